"""How far the work on an index is: events for whoever draws them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Literal

Stage = Literal["reading", "joining", "chaining", "aligning"]


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done, how much of it is done (`done` of `of`; `of` is 0 while nobody knows), and the seconds
    that the rest will take at the speed so far, None while that is unknown."""

    stage: Stage
    done: int
    of: int
    left: float | None


Watch = Callable[[Progress], None]


def unwatched(event: Progress) -> None:
    """Nobody looks on."""


class Pace:
    """Tells progress through one stage; what was done before a restart says nothing about speed."""

    def __init__(self, stage: Stage, of: int, watch: Watch, done: int = 0) -> None:
        self._stage: Stage = stage
        self._of = of
        self._watch = watch
        self._before = done
        self._done = done
        self._begun = monotonic()
        self._tell()

    def more(self, count: int = 1) -> None:
        """So much more is done."""
        self._done += count
        self._tell()

    def end(self) -> None:
        """All is done: what was estimated, and what was passed over, is settled."""
        self._done = max(self._done, self._of)
        self._tell()

    def _tell(self) -> None:
        made = self._done - self._before
        left = None
        if made > 0 and self._of:
            left = (monotonic() - self._begun) / made * max(self._of - self._done, 0)
        self._watch(Progress(self._stage, self._done, self._of, left))
