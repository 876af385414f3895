"""The process beside the room, as a real one: newest first, never in the way, and its failures are told."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition

from foedus.web.matter.assessing import LIMIT, Assessed, Assessing, Pages, pages_of
from tests.exercise.scenes import played, scene
from tests.web.matter.matters import LANGUAGES, of_sources, page_of, summed

PATIENCE = 60.0


class Told:
    """Counts what was told; `until` waits for something to be so."""

    def __init__(self) -> None:
        self.times = 0
        self._turn = Condition()

    def __call__(self) -> None:
        with self._turn:
            self.times += 1
            self._turn.notify_all()

    def until(self, is_so: object) -> None:
        with self._turn:
            assert self._turn.wait_for(is_so, PATIENCE)  # type: ignore[arg-type]


@contextmanager
def assessing(dossier: str = "", limit: float = LIMIT) -> Generator[tuple[Assessing, Told]]:
    told = Told()
    made = Assessing(pages_of(scene().folder, None, LANGUAGES), dossier, limit, told)
    try:
        yield made, told
    finally:
        made.close()


PAGES = [page_of(turn) for turn in played()]


def test_it_is_what_an_assessment_here_gives_and_the_newest_wins() -> None:
    with assessing("kazakhstan-2022") as (room, told):
        assert room.latest is None and room.known == Assessed()
        for n, page in enumerate(PAGES, 1):
            room.ask(n, page)
        told.until(lambda: room.known.version == len(PAGES) and room.known.sources is not None)
        assert room.latest == (len(PAGES), summed())
        assert room.known.sources == of_sources()
        assert told.times < len(PAGES) / 2  # what was asked for in between was passed over
        assert not room.ask(3, PAGES[2])  # late: nothing older takes its place
        assert not room.ask(len(PAGES), PAGES[-1])


def test_since_when_a_verdict_stands_and_what_changes_nothing() -> None:
    with assessing() as (room, told):
        room.ask(10, PAGES[9])
        told.until(lambda: room.known.version == 10)
        assert room.known.since == {}
        room.ask(11, PAGES[9])  # a speech: the same page, of a later entry
        assert room.known.version == 11 and told.times == 1
        room.ask(99, PAGES[-1])
        told.until(lambda: room.known.version == 99)
        assert set(room.known.since.values()) == {99}
        assert (
            "valleys.send:VALLEYS>ARV" in room.known.since
            and "valleys.send:VALLEYS>BOR" not in room.known.since
        )


def test_a_page_that_cannot_be_assessed_leaves_the_last_one() -> None:
    with assessing() as (room, told):
        room.ask(1, PAGES[0])
        told.until(lambda: room.known.version == 1)
        room.ask(2, "# nothing\n")
        told.until(lambda: room.known.failed)
        assert (room.known.version, room.known.failed_at) == (1, 2)
        assert set(room.known.failed) == set(LANGUAGES) and "(F" in room.known.failed["ru"]
        room.ask(3, PAGES[2])
        told.until(lambda: room.known.version == 3)
        assert not room.known.failed


def test_a_process_that_is_killed_is_told_and_another_takes_its_place() -> None:
    with assessing() as (room, told):
        room.ask(1, PAGES[0])
        told.until(lambda: room.known.version == 1)
        assert room.pid is not None
        os.kill(room.pid, signal.SIGSTOP)  # so that it cannot answer before it is gone
        room.ask(2, PAGES[-1])
        os.kill(room.pid, signal.SIGKILL)
        told.until(lambda: room.known.failed or room.known.version == 2)
        if room.known.failed:  # it was gone before the page was sent, and then a new one has it
            assert room.known.failed["en"] == "the process that does it has ended"
        room.ask(3, PAGES[5])
        told.until(lambda: room.known.version == 3)


def test_what_takes_too_long_is_told() -> None:
    with assessing(limit=0.0) as (room, told):
        room.ask(1, PAGES[0])
        told.until(lambda: room.known.failed)
        assert room.known.failed["en"] == "it took longer than 0 seconds"
        assert room.pid is None and room.latest is None


def test_closed_it_does_nothing_more() -> None:
    with assessing("kazakhstan-2022") as (room, told):
        room.ask(1, PAGES[0])
        told.until(lambda: room.known.version == 1)
        before = room.pid
        assert before is not None
        room.close()
        assert room.pid is None
        assert not room.ask(2, PAGES[1])


def test_nothing_starts_before_it_is_asked_for() -> None:
    unused = Assessing(Pages())
    assert unused.pid is None
    unused.close()


def test_a_loop_is_told_and_may_have_ended() -> None:
    told = Told()

    async def heard() -> Assessing:
        loop, came = asyncio.get_running_loop(), asyncio.Event()

        def changed() -> None:
            told()
            loop.call_soon_threadsafe(came.set)

        room = Assessing(pages_of(scene().folder, None, ("en",)), changed=changed)
        room.ask(1, PAGES[0])
        async with asyncio.timeout(PATIENCE):
            await came.wait()
        return room

    with ThreadPoolExecutor(1) as apart:  # where a browser is open, its own loop runs here
        room = apart.submit(asyncio.run, heard()).result(PATIENCE)
    assert room.latest is not None
    for version in (2, 3):  # nobody hears it any more, and the thread goes on
        assert room.ask(version, PAGES[-version])
        told.until(lambda: room.known.version == version and told.times == version)  # noqa: B023
    room.close()
