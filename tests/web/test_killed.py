"""A server that is killed in mid-vote: what it acknowledged is in the record, and what is sent again is there once."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

import pytest

from foedus.council.ledger.record import export
from foedus.exercise.replay import replayed
from foedus.web.cookies import cookie_name
from tests.cli.program import foedus
from tests.council.stores import open_store
from tests.web.live import Live, voting

ROOT = Path(__file__).parent.parent.parent
VOTERS, KILLED_AFTER, EACH = 20, 60, 8
NAMES = ("ARV", "BOR", "CAD")


@contextmanager
def serving(folder: Path, address: str, room: str) -> Generator[tuple[subprocess.Popen[str], int]]:
    """A server over a database that is there, with its port."""
    command = [
        sys.executable,
        "-m",
        "foedus",
        "serve",
        "six-valleys",
        "--db",
        address,
        "--room",
        room,
        "--port",
        "0",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env=environment) as running:
        try:
            assert running.stdout is not None
            line = running.stdout.readline()
            while line and "http://" not in line:
                line = running.stdout.readline()
            while "Ctrl-C" not in running.stdout.readline():
                pass
            yield running, int(line.rpartition(":")[2].strip().strip("/"))
        finally:
            running.kill()


def voted(port: int, room: str, token: str, by: str, key: str) -> int:
    """The entry of a vote. Raises OSError or HTTPException where there is no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        status = "for" if int(key.rpartition("-")[2]) % 2 else "against"
        fields = {"kind": "vote", "by": by, "ballot": "b2", "status": status, "once": key}
        connection.request(
            "POST", f"/rooms/{room}/do", urlencode(fields),
            {"Cookie": f"{cookie_name(secure=False)}={token}", "Sec-Fetch-Site": "same-origin",
             "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        answer = connection.getresponse()
        said = json.loads(answer.read())
        if "entry" not in said:
            raise http.client.HTTPException(str(said))
        return int(said["entry"])
    finally:
        connection.close()


def test_a_server_killed_in_mid_vote_loses_nothing(
    address: str, room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the key of a room in PostgreSQL lies where the server was started
    room = f"killed-{room}-{os.getpid()}"
    live = Live(tmp_path, pace=1, db=address, room=room)
    voting(live)
    people: list[tuple[str, str, str]] = []
    now = datetime.now(UTC)
    for number in range(VOTERS):
        seat = NAMES[number % len(NAMES)]
        code = live.ready.hall.accounts.now(
            lambda them, seat=seat: them.invite(room, "member", seat, now=now)
        )
        viewer, token = live.ready.hall.accounts.now(
            lambda them, code=code, n=number: them.join(code, f"Voter {n}", now=now)
        )
        people.append((seat, viewer.handle, token))
    live.close()

    sent: list[tuple[str, str, str, str]] = []
    acknowledged: dict[str, int] = {}
    lock, enough = threading.Lock(), threading.Event()

    def votes(port: int, seat: str, handle: str, token: str) -> None:
        for number in range(EACH):
            key = f"{handle}-{number}"
            with lock:
                sent.append((seat, handle, token, key))
            try:
                entry = voted(port, room, token, seat, key)
            except (OSError, http.client.HTTPException, ValueError):
                return
            with lock:
                acknowledged[key] = entry
                if len(acknowledged) >= KILLED_AFTER:
                    enough.set()

    with serving(tmp_path, address, room) as (running, port):
        threads = [threading.Thread(target=votes, args=(port, *each)) for each in people]
        for thread in threads:
            thread.start()
        assert enough.wait(60), f"only {len(acknowledged)} votes were acknowledged"
        running.send_signal(signal.SIGKILL)
        for thread in threads:
            thread.join()
    assert KILLED_AFTER <= len(acknowledged) < VOTERS * EACH, "it was killed in the middle"
    assert len(sent) > len(acknowledged), "somebody was left without an answer"

    with serving(tmp_path, address, room) as (_, port):
        again = {key: voted(port, room, token, seat, key) for seat, _, token, key in sent}
    assert {key: again[key] for key in acknowledged} == acknowledged

    store = open_store(address)
    bodies = [entry.body for entry in store.entries(room)]
    key = Path(f"{room}.room.key") if address.startswith("postgresql") else Path(f"{address}.key")
    assert key.exists()
    export(store, room, [live.room.signer.key], tmp_path / "record.zip")
    store.close()
    once = [str(body["once"]) for body in bodies if "once" in body]
    assert len(once) == len(set(once)) == len(sent), "each is there, and once"
    assert set(once) == {sha256(f"{handle} {key}".encode()).hexdigest()[:24] for _, handle, _, key in sent}
    assert all(bodies[number]["once"] in once for number in again.values())
    assert replayed(bodies).allowed
    assert foedus("verify", str(tmp_path / "record.zip")).status == 0
