"""A room under load: 1,000 who watch and 200 who vote, on one server and one laptop. `python bench/room.py`.

The server is a process of its own, as `foedus serve` starts it, with a record on the disk; the load is another. Each
client holds a stream, and fetches its page again whenever the room says that something was entered, as a browser does.
Measured: from a vote's being sent to its acknowledgement (it is on the disk then); from the acknowledgement until the
last of all clients has fetched a page that has it; the server's memory and processor time. Beside it, in the same run,
the same server's answer to a request that asks for nothing but a style sheet: what the framework alone costs.

`--soak SECONDS` goes on voting for so long, and prints the memory as it goes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from foedus.meeting.viewer import Role
from foedus.web import serving
from foedus.web.accounts import moment
from foedus.web.people import People

STATES = 200
WATCHERS = 1000


def scenario(folder: Path, states: int) -> Path:
    """A council of so many members, with one thing to decide again and again."""
    folder.mkdir(parents=True, exist_ok=True)
    codes = [f"S{n:03}" for n in range(1, states + 1)]
    named = ", ".join(f'{code} "Stateland {code[1:]}"' for code in codes)
    (folder / "crowd.md").write_text(
        f"""# Compact of the Many

A fictional compact, written for a measurement.

```foedus
state {named}
organ CROWD "the Council of the Many"

instrument crowd "Compact of the Many"
  signed 2028-05-01
  in force 2029-01-01
  text 2029 from 2029-01-01
parties
  {", ".join(codes)} from 2029-01-01
```

## Article 1 · How the Council decides

```foedus
rule decide of CROWD "more than half of those who vote"
  members party
  by vote
    passes(m): more than 1/2 of member p who (vote(p, m) or objects(p, m)): vote(p, m)
```

## Article 2 · What it does

```foedus
procedure business of CROWD "from a question to an answer"
  track matter "the matter"
    stages none, decided
    ends none, decided
  step decide "decide"
    by CROWD
    on matter from none, decided to decided
    performed by announced(by: CROWD, what: mission, for: S001) as m
    decided by decide
```
""",
        encoding="utf-8",
    )
    seats = "".join(f'\n[[delegation]]\nstate = "{code}"\ntitle = "Stateland {code[1:]}"\n' for code in codes)
    (folder / "scenario.toml").write_text(
        'title = "A crowd"\nsummary = "Two hundred vote."\npages = ["crowd"]\nprocedure = "crowd.business"\n'
        "start = 2031-03-04T08:00:00Z\nlength = 960\nseed = 1\npace = 10\n"
        '\n[[office]]\noffice = "chair"\ntitle = "the chair"\n' + seats,
        encoding="utf-8",
    )
    return folder


def serve(folder: Path, states: int, watchers: int) -> None:
    """The server's process: everybody is let in beforehand, and their tokens are written where the load finds them."""
    ready = serving.made(serving.Settings(str(folder / "crowd"), db=str(folder / "crowd.room"), port=0))
    accounts, room = ready.hall.accounts, next(iter(ready.hall.rooms))

    def come(people: People, role: Role, seat: str, name: str) -> str:
        code = people.invite(room, role, seat, now=moment())
        return people.join(code, name, now=moment())[1]

    tokens = {"chair": accounts.now(lambda people: come(people, "chair", "chair", "Chair")), "S": [], "W": []}
    for n in range(1, states + 1):
        tokens["S"].append(accounts.now(lambda people, n=n: come(people, "head", f"S{n:03}", f"Head {n}")))
    for n in range(watchers):
        tokens["W"].append(accounts.now(lambda people, n=n: come(people, "observer", "", f"Observer {n}")))
    (folder / "tokens.json").write_text(json.dumps({"room": room, **tokens}))

    def tell(line: str) -> None:
        print(line, flush=True)

    serving.answered(ready, serving.Settings(str(folder), port=0), tell)


# ---- the load ----


@dataclass
class Client:
    """A browser: one stream, and one connection on which it asks."""

    port: int
    room: str
    token: str
    has: int = 0
    shown: int = 0
    wanted: int = 0
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    fetched: int = 0
    size: int = 0

    def head(self, method: str, path: str, more: str = "") -> bytes:
        return (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: foedus={self.token}\r\n"
            f"Sec-Fetch-Site: same-origin\r\nAccept-Encoding: gzip\r\n{more}\r\n"
        ).encode()

    async def asked(self, raw: bytes) -> tuple[int, dict[str, str], bytes]:
        async with self.busy:
            if self.writer is None or self.writer.is_closing():
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            assert self.reader is not None
            self.writer.write(raw)
            try:
                head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            except (
                asyncio.IncompleteReadError
            ):  # an idle connection that the server has closed: as browsers do
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
                self.writer.write(raw)
                head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            status = int(head.split(" ", 2)[1])
            lines = (line.partition(": ") for line in head.split("\r\n")[1:])
            headers = {name.lower(): value for name, _, value in lines}
            body = await self.reader.readexactly(int(headers.get("content-length", "0")))
            return status, headers, body

    async def fetch(self, told: dict[int, list[float]]) -> None:
        status, headers, body = await self.asked(self.head("GET", f"/rooms/{self.room}", "X-Part: main\r\n"))
        assert status == 200, (status, body[:200])
        now, has = time.perf_counter(), int(headers["x-record"])
        self.shown = int(headers["x-entry"])
        self.fetched += 1
        self.size = len(body)
        for entry in range(self.has, has):
            told.setdefault(entry, []).append(now)
        self.has = max(self.has, has)

    async def listen(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=4096)
        writer.write(self.head("GET", f"/rooms/{self.room}/stream"))
        await reader.readuntil(b"\r\n\r\n")
        while True:
            line = await reader.readline()
            if not line:
                raise ConnectionError("the stream ended")
            if line.startswith(b"data: "):
                self.wanted = int(line[6:])
                self.news.set()

    async def follow(self, told: dict[int, list[float]]) -> None:
        while True:
            await self.news.wait()
            self.news.clear()
            if self.wanted > self.shown:
                await self.fetch(told)

    async def do(self, **fields: str) -> tuple[float, int]:
        said = urlencode({**fields, "once": f"{random.getrandbits(64):x}"}).encode()
        more = (
            "Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(said)}\r\n"
        )
        start = time.perf_counter()
        status, _, body = await self.asked(self.head("POST", f"/rooms/{self.room}/do", more) + said)
        took = time.perf_counter() - start
        assert status == 200, (status, body)
        return took, json.loads(body)["entry"]


def share(values: list[float], part: float) -> float:
    """A quantile, in milliseconds."""
    ordered = sorted(values)
    return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def memory(pid: int) -> float:
    """MiB that a process has resident."""
    text = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", text)
    return int(found[1]) / 1024 if found else 0.0


def spent(pid: int) -> float:
    """Processor seconds of a process."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


async def load(port: int, pid: int, told_by: dict[str, object], soak: float, spread: float) -> None:
    room = str(told_by["room"])
    told: dict[int, list[float]] = {}
    chair = Client(port, room, str(told_by["chair"]))
    voters = [Client(port, room, token) for token in told_by["S"]]  # type: ignore[attr-defined]
    watchers = [Client(port, room, token) for token in told_by["W"]]  # type: ignore[attr-defined]
    every = [chair, *voters, *watchers]
    tasks = []
    start = time.perf_counter()
    for n, client in enumerate(every):
        tasks += [asyncio.create_task(client.listen()), asyncio.create_task(client.follow(told))]
        if n % 50 == 49:
            await asyncio.sleep(0.05)
    while any(client.has == 0 for client in every):
        await asyncio.sleep(0.05)
        for task in tasks:
            if task.done():
                task.result()
    took = time.perf_counter() - start
    print(f"{len(every)} clients in the room after {took:.1f} s; the server has {memory(pid):.0f} MiB")
    print(
        f"a page: {watchers[0].size} bytes for an observer, {voters[0].size} for a voter, {chair.size} for the chair"
    )

    bare = []
    plain = Client(port, room, str(told_by["chair"]))
    for _ in range(200):
        at = time.perf_counter()
        await plain.asked(plain.head("GET", "/static/foedus.svg"))
        bare.append(time.perf_counter() - at)
    print(f"a file of the server, one after the other: median {share(bare, 0.5):.2f} ms")

    number = 0
    over = time.perf_counter() + soak
    while True:
        number += 1
        opening = [time.perf_counter()]
        await chair.do(kind="propose", by="chair", step="decide", text=f"Question {number}")
        _, entry = await chair.do(kind="open", by="chair", proposal=f"p{number}")
        await all_have(every, entry, told)
        opened = max(told[entry]) - opening[0]
        before, cpu, fetched = time.perf_counter(), spent(pid), sum(c.fetched for c in every)
        acks: list[float] = []
        seen: dict[int, float] = {}

        width = 0.0 if number % 2 == 0 else spread
        await asyncio.gather(
            *(
                cast(voter, n, number, random.random() * width, acks, seen)
                for n, voter in enumerate(voters, 1)
            )
        )
        await all_have(every, max(seen), told)
        delays = [max(told[entry]) - at for entry, at in seen.items()]
        took = time.perf_counter() - before
        used = (spent(pid) - cpu) / took
        closing = time.perf_counter()
        _, entry = await chair.do(kind="close", by="chair", ballot=f"b{number}")
        await all_have(every, entry, told)
        closed = max(told[entry]) - closing
        how = f"within {width:.0f} s" if width else "all at once"
        pages = sum(client.fetched for client in every) - fetched
        print(
            f"vote {number}, {len(voters)} votes {how}: acknowledged p50 {share(acks, 0.5):.0f} p99 "
            f"{share(acks, 0.99):.0f} ms, seen by all {len(every)} p50 {share(delays, 0.5):.0f} max "
            f"{share(delays, 1.0):.0f} ms; opened, seen by all {1000 * opened:.0f} ms, closed {1000 * closed:.0f} ms; "
            f"{pages / took:.0f} pages/s, server {100 * used:.0f} % of a core, {memory(pid):.0f} MiB",
            flush=True,
        )
        told.clear()
        if number >= 4 and time.perf_counter() > over:
            break
    for task in tasks:
        task.cancel()


async def cast(
    voter: Client, state: int, number: int, wait: float, acks: list[float], seen: dict[int, float]
) -> None:
    await asyncio.sleep(wait)
    said = random.choice(("for", "against", "abstained"))
    took, entry = await voter.do(kind="vote", by=f"S{state:03}", ballot=f"b{number}", status=said)
    acks.append(took)
    seen[entry] = time.perf_counter()


async def all_have(clients: list[Client], entry: int, told: dict[int, list[float]]) -> None:
    while any(client.has <= entry for client in clients):
        await asyncio.sleep(0.005)
    assert statistics.mode(len(times) for times in told.values()) == len(clients)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--soak", type=float, default=0)
    asked.add_argument(
        "--spread", type=float, default=5, help="seconds within which all vote, in every other vote"
    )
    asked.add_argument("--voters", type=int, default=STATES)
    asked.add_argument("--watchers", type=int, default=WATCHERS)
    asked.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    said = asked.parse_args()
    if said.serve:
        serve(said.serve, said.voters, said.watchers)
        return
    with tempfile.TemporaryDirectory() as raw:
        folder = Path(raw)
        scenario(folder / "crowd", said.voters)
        server = subprocess.Popen(
            [
                sys.executable,
                __file__,
                "--serve",
                raw,
                "--voters",
                str(said.voters),
                "--watchers",
                str(said.watchers),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stdout is not None
            port = 0
            while not port:
                found = re.search(r"http://127\.0\.0\.1:(\d+)/", server.stdout.readline())
                port = int(found[1]) if found else 0
            asyncio.run(
                load(
                    port, server.pid, json.loads((folder / "tokens.json").read_text()), said.soak, said.spread
                )
            )
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
