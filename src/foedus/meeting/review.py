"""What a session looks like afterwards: who spoke how long, what each delegation did, what came of it, how soon it
answered what came from outside. Everything is counted from the entries; nothing here judges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Literal, TypeAlias

from foedus.council.debate.state import Debate
from foedus.council.rules import Rules
from foedus.council.state import State
from foedus.meeting.bots import BOT
from foedus.meeting.entering import Entered

Sort: TypeAlias = Literal["speech", "proposal", "vote", "step", "outside", "refused", "other"]
"""What a mark on the timeline is."""
SORTS: tuple[Sort, ...] = ("speech", "proposal", "vote", "step", "outside", "refused", "other")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at an instant on the wall. `until` is the end of a speech; `who` is empty for what came from
    outside."""

    entry: Entered
    sort: Sort
    real: datetime
    who: str
    until: datetime | None = None


@dataclass
class Share:
    """What one seat did. `spoke` is in seconds. `sided` and `opposed` count votes that went with what was decided and
    against it; `bot` those of its entries that a bot made; `answers` are seconds from what came from outside to its
    next entry, before the next such thing."""

    who: str
    speeches: int = 0
    spoke: int = 0
    deeds: int = 0
    acts: int = 0
    refused: int = 0
    sided: int = 0
    opposed: int = 0
    abstained: int = 0
    bot: int = 0
    answers: list[int] = field(default_factory=list[int])

    @property
    def answered(self) -> int | None:
        """The median of its answers, in seconds; None where it never did."""
        return round(median(self.answers)) if self.answers else None


@dataclass(frozen=True)
class Review:
    """The whole: marks in their order, shares by seat, and when it began and ended on the wall."""

    marks: tuple[Mark, ...]
    shares: tuple[Share, ...]
    begin: datetime
    end: datetime


def reviewed(
    entries: Sequence[Entered],
    rules: Rules,
    state: State,
    debate: Debate,
    seats: Sequence[str],
    began: datetime,
) -> Review:
    """A review of the entries of a session after its first, which was made at `began`."""
    marks = tuple(_marks(entries, debate))
    shares = {who: Share(who) for who in seats}
    for each in entries:
        share = shares.get(each.by)
        if share is None:
            continue
        share.refused += each.problem is not None
        share.bot += each.person == BOT
        if each.problem is None:
            share.deeds += each.deed is not None
            share.acts += each.act is not None
    for speech in debate.speeches:
        if speech.who in shares:
            shares[speech.who].speeches += 1
            shares[speech.who].spoke += speech.used
    _votes(state, shares)
    _answers(entries, shares)
    del rules
    end = max((each.real for each in entries if each.real is not None), default=began)
    return Review(marks, tuple(shares.values()), began, max(end, began))


def _marks(entries: Sequence[Entered], debate: Debate) -> Iterator[Mark]:
    begun = {speech.entry: speech for speech in debate.speeches}
    for each in entries:
        if each.real is None:
            continue
        speech = begun.get(each.number)
        if speech is not None and each.problem is None:
            yield Mark(each, "speech", each.real, speech.who, speech.ended)
        else:
            yield Mark(each, _sort(each), each.real, each.by)


def _sort(each: Entered) -> Sort:
    if each.inject is not None:
        return "outside"
    if each.problem is not None:
        return "refused"
    kinds: dict[str, Sort] = {
        "propose": "proposal", "amend": "proposal", "withdraw": "proposal", "vote": "vote", "object": "vote",
        "hand": "vote", "open": "vote", "close": "vote", "step": "step", "report": "step", "rule": "step",
    }  # fmt: skip
    return kinds.get(each.kind, "other")


def _votes(state: State, shares: dict[str, Share]) -> None:
    for ballot in state.ballots.values():
        if ballot.came is None or ballot.came.word not in ("adopted", "not adopted"):
            continue
        wanted = "for" if ballot.came.word == "adopted" else "against"
        for who, said in ballot.said.items():
            if who in shares:
                share = shares[who]
                share.sided += said == wanted
                share.opposed += said in ("for", "against") and said != wanted
                share.abstained += said in ("abstained", "aside")


def _answers(entries: Sequence[Entered], shares: dict[str, Share]) -> None:
    came: datetime | None = None
    waiting: set[str] = set()
    for each in entries:
        if each.real is None:
            continue
        if each.inject is not None:
            came, waiting = each.real, set(shares)
        elif came is not None and each.by in waiting:
            waiting.discard(each.by)
            shares[each.by].answers.append(int((each.real - came).total_seconds()))
