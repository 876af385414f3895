"""`foedus serve`: what it prints and writes, what it refuses, and that a session goes on where it was left."""

from __future__ import annotations

import csv
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from foedus.council.ledger.database import Sqlite
from foedus.diagnostics.problem import Refused
from foedus.report.layout import columns
from foedus.web.accounts import moment
from foedus.web.addresses import addresses
from foedus.web.serving import Made, Settings, answered, made, serve

SRC = Path(__file__).parents[2] / "src"
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


@contextmanager
def process(folder: Path, *said: str) -> Generator[subprocess.Popen[str]]:
    """The real program in a folder; it is ended if the test does not."""
    command = [sys.executable, "-m", "foedus", "serve", *said]
    with subprocess.Popen(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(SRC)}, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        try:
            yield running
        finally:
            running.kill()


def until(stream: IO[str] | None, words: str) -> list[str]:
    """The lines up to the one that has these words."""
    assert stream is not None
    found: list[str] = []
    for line in stream:
        found.append(line.rstrip("\n"))
        if words in line:
            return found
    raise AssertionError(found)


def ended(running: subprocess.Popen[str]) -> str:
    """What it says when it is ended as by Ctrl-C."""
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (0, "")
    return out


def test_a_server_tells_its_codes_keeps_its_file_to_itself_and_goes_on(tmp_path: Path) -> None:
    with process(
        tmp_path, "six-valleys", "--port", "0", "--bots", "--observers", "5", "--codes", "codes.csv"
    ) as first:
        lines = until(first.stdout, "Ctrl-C")
        codes = [line for line in lines if CODE.search(line)]
        assert len(codes) == 11, "nine seats, the director, the observers"
        assert all(columns(line) <= 80 for line in lines)
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", lines[0])
        assert address is not None
        with socket.create_connection(("127.0.0.1", int(address[1])), timeout=20) as raw:
            raw.sendall(
                b"GET / HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: none\r\nConnection: close\r\n\r\n"
            )
            assert raw.recv(64).startswith(b"HTTP/1.1 200")
        with process(tmp_path, "six-valleys", "--port", "0") as second:
            out, err = second.communicate(timeout=60)
        assert (second.returncode, out) == (2, "") and "F771" in err and "Traceback" not in err
        assert "foedus verify six-valleys.zip" in ended(first)
    written = (tmp_path / "codes.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(written.splitlines()))
    assert {row["code"] for row in rows} == {found[0] for line in codes if (found := CODE.search(line))}
    if os.name == "posix":
        assert (tmp_path / "codes.csv").stat().st_mode & 0o077 == 0
    with process(tmp_path, "six-valleys", "--port", "0") as again:
        assert "The dam at Marn" in until(again.stdout, "Ctrl-C")[0]
        assert "six-valleys.zip" in ended(again)
    assert subprocess.run(
        [sys.executable, "-m", "foedus", "verify", "six-valleys.zip"], cwd=tmp_path, check=False,
        env={**os.environ, "PYTHONPATH": str(SRC)}, capture_output=True,
    ).returncode == 0  # fmt: skip


def refused(settings: Settings) -> str:
    """The code with which it is refused, before anything is served."""
    with pytest.raises(Refused) as found:
        ready = made(settings)
        try:
            answered(ready, settings, lambda _: None)
        finally:
            ready.close()
    return found.value.problems[0].code


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert (
            refused(Settings("six-valleys", port=other.getsockname()[1], db=str(tmp_path / "a.room")))
            == "F770"
        )


def test_an_address_that_is_none_of_ours(tmp_path: Path) -> None:
    assert refused(Settings("six-valleys", host="192.0.2.77", port=0, db=str(tmp_path / "a.room"))) == "F770"


def test_codes_that_cannot_be_written(tmp_path: Path) -> None:
    settings = Settings(
        "six-valleys", port=0, db=str(tmp_path / "a.room"), codes=tmp_path / "none" / "codes.csv"
    )
    assert refused(settings) == "F772"


def test_two_rooms_of_one_name(tmp_path: Path) -> None:
    assert refused(Settings("six-valleys", db=str(tmp_path / "a.room"), further=("six-valleys",))) == "F775"
    assert not list(tmp_path.iterdir()), "nothing was begun"


def test_a_record_of_a_later_version(tmp_path: Path) -> None:
    place = tmp_path / "a.room"
    made(Settings("six-valleys", db=str(place))).close()
    later = Sqlite(place)
    later.ask("INSERT INTO version VALUES (99)")
    later.close()
    assert refused(Settings("six-valleys", db=str(place))) == "F689"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert refused(Settings("six-valleys", db=str(tmp_path / "none" / "a.room"))) == "F689"


def test_rules_of_order_that_are_none(tmp_path: Path) -> None:
    assert refused(Settings("six-valleys", db=str(tmp_path / "a.room"), order=(("speech", -1),))) == "F724"


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "x.room")


def test_two_scenarios_are_two_rooms_in_one_file(place: str) -> None:
    ready = made(Settings("six-valleys", db=place, further=("kazakhstan-2022",), suggested=True))
    assert list(ready.hall.rooms) == ["six-valleys", "kazakhstan-2022"]
    assert {each.room for each in ready.invited} == set(ready.hall.rooms)
    paces = [room.standing.debate.pace for room in ready.hall.rooms.values()]
    assert [pace.pace if pace else None for pace in paces] == [640, 1]
    ready.close()


def test_who_has_a_seat_gets_no_second_code(place: str) -> None:
    first = made(Settings("six-valleys", db=place))
    code = next(each.code for each in first.invited if each.seat == "ARV")
    first.hall.accounts.now(lambda people: people.join(code, "Asel", now=moment()))
    first.close()
    second = made(Settings("six-valleys", db=place))
    assert {each.seat for each in first.invited} - {each.seat for each in second.invited} == {"ARV"}
    second.close()


def test_a_meeting_of_today_is_taken_up_as_it_was_begun(place: str) -> None:
    first = made(Settings("six-valleys", db=place, from_now=True, suggested=True))
    room = first.hall.rooms["six-valleys"]
    began = room.standing.at
    assert began.year > 2024 and began != room.scenario.start.replace(year=2031)
    assert room.standing.debate.pace is not None and room.standing.debate.pace.pace == 1
    first.close()
    again = made(Settings("six-valleys", db=place))
    assert again.hall.rooms["six-valleys"].standing.at == began
    again.close()


def test_the_rules_of_order_are_the_scenarios_and_the_commands(place: str) -> None:
    ready = made(Settings("six-valleys", db=place, order=(("reply", 45),)))
    order = ready.hall.rooms["six-valleys"].standing.order
    assert (order.speech, order.reply) == (90, 45)
    ready.close()


LIST = (
    "Name;Delegation;Role;E-mail\nAsel;Arvia;head;a@b.example\nIlse;;chair;i@b.example\nOlga;BOR;adviser;\n"
)


def test_a_list_of_people_is_shown_first_and_then_invited(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text(LIST, encoding="utf-8")
    settings = Settings("six-valleys", db=str(tmp_path / "a.room"), people=people)
    said: list[str] = []
    serve(settings, said.append)
    assert "Asel" in "\n".join(said) and "--yes" in said[-1]
    assert not (tmp_path / "a.room").exists()
    ready: Made = made(settings)
    by = {each.title: (each.role, each.seat) for each in ready.invited}
    assert (by["Asel"], by["Olga"]) == (("head", "ARV"), ("adviser", "BOR"))
    assert "Arvia" not in by, "whose seat somebody on the list takes"
    assert "Borland" in by, "an adviser takes none"
    ready.close()
    people.write_text("Name;Delegation\nAsel;Atlantis\n", encoding="utf-8")
    with pytest.raises(Refused) as found:
        serve(settings, said.append)
    assert found.value.problems[0].code == "F738"


@pytest.mark.needs_postgresql
def test_records_and_people_in_postgresql(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings("six-valleys", db=server, room="served")
    first = made(settings)
    code = next(each.code for each in first.invited if each.seat == "ARV")
    first.hall.accounts.now(lambda people: people.join(code, "Asel", now=moment()))
    first.close()
    again = made(settings)
    assert "ARV" not in {each.seat for each in again.invited}
    assert again.hall.rooms["served"].standing.size == 1
    again.close()
    assert [each.name for each in tmp_path.iterdir()] == ["served.room.key"]


def test_addresses_of_all_of_a_machine() -> None:
    found = addresses("0.0.0.0", 81)
    assert found[-1] == "http://127.0.0.1:81/"
    assert all(re.fullmatch(r"http://[0-9.]+:81/", each) for each in found)
