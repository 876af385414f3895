"""The shipped exercise in a real room: ninety minutes on a clock that is stepped, bots in all seats."""

from __future__ import annotations

import zipfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from starlette.types import ASGIApp

from foedus.council.ledger.entry import Entry
from foedus.council.ledger.record import export, opened
from foedus.council.ledger.verify import verify
from foedus.exercise.replay import replayed
from foedus.meeting.clock import Wall
from foedus.web import playing, ticking
from foedus.web.accounts import moment
from foedus.web.serving import Settings, made
from tests.web.test_doors import Browser, played

ROOM = "/rooms/six-valleys"
MINUTES = 95
STEP = 6
"""Seconds between two looks; a server looks twice in a second."""


def test_from_request_to_withdrawal_with_a_broken_silence_and_a_refused_consent(tmp_path: Path) -> None:
    passed = [0.0]
    ready = made(Settings("six-valleys", db=str(tmp_path / "x.db"), bots=True, suggested=True))
    room = ready.hall.rooms["six-valleys"]
    ready.hall.opening.clear()  # the room's own loops: the test looks in their stead
    room.wall = Wall(datetime.now(UTC), ticks=lambda: passed[0])
    assert room.bots is not None

    async def play(app: ASGIApp) -> None:
        code = await ready.hall.accounts.run(
            lambda people: people.invite("six-valleys", "director", "", now=moment())
        )
        director = Browser(app)
        await director.join(code, "Dora")
        assert room.bots is not None
        for _ in range(MINUTES * 60 // STEP):
            passed[0] += STEP
            await ticking.once(room, room.cues)
            await playing.once(room, room.bots, ready.hall.accounts)
        page = (await director.get(f"{ROOM}/director")).text
        assert "has come" in page
        assert "held back" not in page
        await director.post(f"{ROOM}/do", kind="meet", by="chair", what="adjourn")
        assert 'class="timeline"' in (await director.get(f"{ROOM}/review")).text

    what: Callable[[ASGIApp], Awaitable[None]] = play
    played(ready, what)
    done = [(each.by, each.deed.step or each.kind) for each in room.entries if each.deed and not each.problem]
    for wanted in (
        ("ARV", "ask"), ("CAD", "object"), ("FEN", "refuse"), ("BOR", "authorise"), ("BOR", "deploy"),
        ("EIN", "deploy"), ("secretary", "notify"), ("commander", "report"), ("ARV", "finish"), ("BOR", "leave"),
        ("EIN", "leave"),
    ):  # fmt: skip
        assert wanted in done, wanted
    assert done.index(("CAD", "object")) < done.index(("CAD", "vote")) < done.index(("BOR", "deploy"))
    assert not room.standing.state.force
    took = (room.entries[-2].real or moment()) - (room.entries[0].real or moment())
    assert took.total_seconds() <= 90 * 60
    path = tmp_path / "x.zip"
    room.storing.now(lambda store: export(store, room.name, [room.signer.key], path))
    ready.close()
    with zipfile.ZipFile(path) as file:
        assert verify(opened(file), [room.signer.key], []).whole
        bodies = [entry.body for line in opened(file).lines if (entry := Entry.read(line)) is not None]
    again = replayed(bodies, None)
    assert again.amiss is None
    text = path.read_bytes()
    assert b"Dora" not in text
