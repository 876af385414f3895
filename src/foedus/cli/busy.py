"""What a person at a terminal sees while something takes long: one line, which goes away again.

Nothing is shown in a pipe, under CI, or within the first second.

>>> with busy("Assessing lir") as work:
...     work.on("Assessing marsh")
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import monotonic
from typing import TextIO

from foedus.diagnostics.visible import visible
from foedus.diagnostics.visible import width as columns
from foedus.words.speech import say

AFTER = 1.0
"""Seconds before the line is first shown, and between one and the next."""


class Busy:
    """The line. `on` says what is being done; `aside` clears it for something else to be written."""

    def __init__(self, stream: TextIO, doing: str, after: float = AFTER) -> None:
        self._stream = stream
        self._doing = doing
        self._after = after
        self._begun = monotonic()
        self._drawn = 0
        self._hushed = False
        self._lock = Lock()
        self._over = Event()
        self._clock = Thread(target=self._tick, daemon=True)
        self._clock.start()

    def on(self, doing: str) -> None:
        """Say what is being done from now on."""
        with self._lock:
            self._doing = doing
            self._hushed = False

    def aside(self) -> None:
        """Clear the line, and show none until the next `on`."""
        with self._lock:
            self._hushed = True
            self._clear()

    def end(self) -> None:
        """Clear the line for good."""
        self._over.set()
        self._clock.join()
        self.aside()

    def _tick(self) -> None:
        while not self._over.wait(self._after):
            with self._lock:
                if self._hushed:
                    continue
                self._clear()
                said = f"{visible(self._doing)} … {monotonic() - self._begun:.0f} s (Ctrl-C ends it)"
                room = shutil.get_terminal_size().columns - 1
                while said and columns(said) > room:
                    said = said[:-1]
                self._write(said)
                self._drawn = columns(said)

    def _clear(self) -> None:
        if self._drawn:
            self._write(f"\r{' ' * self._drawn}\r")
            self._drawn = 0

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):  # the terminal went away: nobody is left to tell
            self._over.set()


class Silent:
    """Where nobody looks on."""

    def on(self, doing: str) -> None:
        """Say nothing."""

    def aside(self) -> None:
        """Clear nothing."""


def how_far(stage: str, done: int, of: int, left: float | None) -> str:
    """What is being done, how much of it is done (nothing where `of` is 0: nobody knows), and the seconds that the
    rest will take."""
    if not of:
        return stage
    part = f"{100 * done / of:.0f}"
    if left is None:
        return say("{stage}: {part} %", stage=stage, part=part)
    return say("{stage}: {part} %, about {left} s left", stage=stage, part=part, left=f"{left:.0f}")


@contextmanager
def busy(doing: str) -> Generator[Busy | Silent]:
    """Show what is being done while the block runs, if somebody is there to see it."""
    if not sys.stderr.isatty() or "CI" in os.environ or os.environ.get("TERM") == "dumb":
        yield Silent()
        return
    shown = Busy(sys.stderr, doing)
    try:
        yield shown
    finally:
        shown.end()
