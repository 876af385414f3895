"""Assesses the session while it goes on, beside the room: in one process of its own, one page at a time.

An assessment takes up to a second of a processor, and the room has other things to do. So the newest page wins: what
was asked for in between is passed over. Whatever happens in that process, the room goes on; a failure is told.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Condition, Thread

from foedus.web.matter.summary import Summary, of_dossier, of_session, said_in
from foedus.words.speech import ENGLISH, aloud, phrase

LIMIT = 30.0
"""Seconds for one assessment, the start of the process included."""
NICE = 10
"""By how much the process stands back: votes go first."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """What there is to show. `session` is the assessment of the page of entry `version` (None: none yet), `since` from
    which entry on each verdict has stood as it does, where it has changed; `sources` is that of the scenario's
    dossier. `failed`: the newest page, of entry `failed_at`, could not be assessed, and why, by language; `session` is
    then of an earlier one."""

    version: int = -1
    session: Summary | None = None
    since: Mapping[str, int] = field(default_factory=dict[str, int])
    sources: Summary | None = None
    failed: Mapping[str, str] = field(default_factory=dict[str, str])
    failed_at: int = -1


@dataclass(frozen=True, slots=True)
class Pages:
    """By which pages is assessed, and in which languages it is said: all that the process is told at its start."""

    treaties: Path | None = None
    beside: tuple[Path, ...] = ()
    languages: tuple[str, ...] = (ENGLISH,)


Job = tuple[int, str]
"""The number of an entry with the page of the session up to it; or -1 with the name of the dossier."""


class Assessing:
    """One for a room. `changed` is called when there is something new to show, in a thread of its own: a room that
    lives in an event loop gives `lambda: loop.call_soon_threadsafe(…)`. The process starts when something is first
    asked for."""

    def __init__(
        self,
        pages: Pages,
        dossier: str = "",
        limit: float = LIMIT,
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        self._pages, self._dossier, self._limit, self._changed = pages, dossier, limit, changed
        self._wanted: Job | None = None
        self._page = ""  # that `session` is of
        self._closed = False
        self._known: Assessed = Assessed()
        self._turn = Condition()
        self._thread: Thread | None = None
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def ask(self, version: int, page: str) -> bool:
        """Asks for the assessment of a page, the minutes up to entry `version`. Returns at once; False for what is no
        newer than what is known or asked for."""
        with self._turn:
            newest = max(self._known.version, self._known.failed_at, self._wanted[0] if self._wanted else -1)
            if self._closed or version <= newest:
                return False
            if page == self._page:  # a speech changes nothing in the matter
                self._wanted = None
                self._known = replace(self._known, version=version, failed={})
                return True
            self._wanted = version, page
            if self._thread is None:
                self._thread = Thread(target=self._work, name="assessing", daemon=True)
                self._thread.start()
            self._turn.notify()
            return True

    @property
    def known(self) -> Assessed:
        """All there is to show."""
        return self._known

    @property
    def latest(self) -> tuple[int, Summary] | None:
        """The newest assessment of the session, and of which entry it is."""
        known = self._known
        return None if known.session is None else (known.version, known.session)

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        process = self._process
        return process.pid if process is not None else None

    def close(self) -> None:
        """Ends the process, whatever it is doing. Nothing is assessed any more."""
        with self._turn:
            self._closed = True
            self._turn.notify()
            process = self._process
        if process is not None:
            with suppress(ValueError):  # the thread has ended it already
                process.kill()
        if self._thread is not None:
            self._thread.join()

    # ---- the thread ----

    def _work(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._closed or self._next() is not None)
                job = self._next()
                if self._closed or job is None:
                    break
                self._wanted = None if job[0] >= 0 else self._wanted
            came = self._asked(job)
            with self._turn:
                if self._closed:
                    break
                self._learn(job, came)
            with suppress(RuntimeError):  # a loop that has ended has nobody to tell
                self._changed()
        self._end()

    def _next(self) -> Job | None:
        """The session goes before the dossier, which does not change."""
        if self._wanted is not None:
            return self._wanted
        return (-1, self._dossier) if self._dossier and self._known.sources is None else None

    def _learn(self, job: Job, came: Summary) -> None:
        version, page = job
        known = self._known
        if version < 0:
            self._known = replace(known, sources=came)
        elif came.failed:
            self._known = replace(known, failed=came.failed, failed_at=version)
        else:
            before = known.session.verdicts if known.session is not None else None
            since = {
                key: version
                if before is not None and before.get(key, "no") != now
                else known.since.get(key, -1)
                for key, now in came.verdicts.items()
            }  # of whom there was no talk before, it was no
            self._page = page
            self._known = replace(
                known, version=version, session=came, failed={},
                since={key: entry for key, entry in since.items() if entry >= 0},
            )  # fmt: skip

    # ---- the process ----

    def _asked(self, job: Job) -> Summary:
        """The summary that came of it, which says why where none did."""
        try:
            pipe = self._started()
            pipe.send(job)
            if not pipe.poll(self._limit):
                self._end()
                return self._none(phrase("it took longer than {n} seconds", n=f"{self._limit:g}"))
            came: Summary = pipe.recv()
        except (OSError, EOFError):
            self._end()
            return self._none(phrase("the process that does it has ended"))
        return came

    def _none(self, why: str) -> Summary:
        return Summary(failed=said_in(self._pages.languages, lambda: aloud(why)))

    def _started(self) -> Connection:
        if self._process is not None and self._pipe is not None and self._process.is_alive():
            return self._pipe
        self._end()
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=assess_on, args=(theirs, self._pages), name="assessing", daemon=True)
        process.start()
        theirs.close()
        with self._turn:
            self._process, self._pipe = process, ours
            if self._closed:  # in the meantime
                raise EOFError
        return ours

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        with self._turn:
            self._process = self._pipe = None


def assess_on(pipe: Connection, pages: Pages) -> None:
    """What the process does: a job, its summary, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the server by hand stops this by its pipe
    if hasattr(os, "nice"):
        os.nice(NICE)
    while True:
        try:
            job: Job = pipe.recv()
        except (EOFError, OSError):
            return
        came = _came_of(job, pages)
        try:
            pipe.send(came)
        except OSError:  # the server was killed meanwhile
            return


def _came_of(job: Job, pages: Pages) -> Summary:
    version, page = job
    made = partial(of_dossier if version < 0 else of_session, page)
    try:
        return made(pages.treaties, pages.beside, pages.languages)
    except Exception as error:  # the room goes on without it, and says so
        why = f"{type(error).__name__}: {error}"
        return Summary(failed=dict.fromkeys(pages.languages, why))


def pages_of(folder: Path | None, treaties: Path | None, languages: Sequence[str]) -> Pages:
    """The pages of a scenario's room: those that lie in its folder go before all others."""
    beside = tuple(sorted(folder.glob("*.md"))) if folder is not None else ()
    return Pages(treaties, beside, tuple(languages))
