"""A historic case replayed through the procedure of its treaty's organ: was it in order?

Every fact that is a step of the procedure is an event with its interval and its standing. What nobody recorded is
neither counted nor complained of: a track may have passed a stage unseen, unless the record has that very step for
that subject (then its own dates count), or closes it. Out of order is said only where no order that the dates allow
goes through; *some* means that the dates do not tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from foedus.assessment.case import resting_on_unconfirmed
from foedus.assessment.clocks import Ran, ran
from foedus.assessment.conditions import Condition, Conditions, Decision
from foedus.assessment.lanes import Around, Way, lanes_of, taken_of
from foedus.assessment.orders import Lane, Subject, Taken, Word, entangled, furthest, judge
from foedus.assessment.steps import Act, Bound, acts, matter_of, telling
from foedus.evidence.closings import Closings, close
from foedus.evidence.record import Dossier, StandingWord
from foedus.evidence.standing import Standing, weigh
from foedus.evidence.tensions import tensions
from foedus.ir.norm import Program
from foedus.ir.procedure import Procedure
from foedus.terms.time import EDate

DOUBTED: frozenset[StandingWord] = frozenset({"contested", "disputed", "inconsistent", "denied", "unknown"})
"""Standings with which a step may not have been taken at all, so that it is asked what follows if it was not."""
MOST_PAIRS = 60
"""Of so many pairs whose order is open it is looked at which way the case is in order."""


@dataclass(frozen=True)
class Event:
    """A step that the record holds. `doubted`: whether it happened is contested, disputed, or does not sit well with
    another fact, or it may have been another act; `moved`: the asker gave it this date."""

    act: Act
    standing: Standing
    doubted: bool = False
    unconfirmed: bool = False
    moved: bool = False
    condition: Condition | None = None
    decision: Decision | None = None

    @property
    def id(self) -> str:
        """The fact's."""
        return self.act.fact.id

    @property
    def barred(self) -> bool:
        """Whether its own condition, or the vote on it, refuses it whenever it was taken."""
        refused = self.condition is not None and self.condition.answer == "no"
        return refused or (self.decision is not None and self.decision.answer == "no")


@dataclass(frozen=True)
class Refusal:
    """The first step that is refused in the order that goes furthest. `before` are the events of that order that bear
    on it; `subject` is the track that stood in one of the stages `at` while the step asks for one of `wanted`;
    `missing` are events that would have had to come first, `since` the one that brought the track there. `through`
    are the steps that would have led on, with what closes them if the record has none. Without a subject, the
    step's own condition or vote refuses it."""

    event: Event
    before: tuple[Event, ...] = ()
    subject: Subject | None = None
    at: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    missing: tuple[Event, ...] = ()
    since: Event | None = None
    through: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Matter:
    """One matter with its events by date. `word` is how it comes out if everything that is not refuted happened,
    `without` if nothing did that is doubted. `decisive` are the doubted events on which the answer hangs.
    `rests_on` are those of the refusal that are not established; `closed`: it is refused only because the record claims
    to be complete. `hinges` are pairs of events that have to have come in
    this order, which the dates leave open."""

    bound: Bound
    events: tuple[Event, ...]
    word: Word
    without: Word
    decisive: tuple[Event, ...] = ()
    refusal: Refusal | None = None
    rests_on: tuple[Event, ...] = ()
    closed: bool = False
    hinges: tuple[tuple[Event, Event], ...] = ()
    clocks: tuple[Ran, ...] = ()
    ways: tuple[tuple[Subject, tuple[tuple[str, Event], ...]], ...] = ()

    @property
    def depends(self) -> bool:
        """Whether the answer hangs on whether something happened."""
        return (self.word == "none") != (self.without == "none")


@dataclass(frozen=True)
class Replay:
    """A dossier under one procedure. `refuted` are the facts that would be steps, had they happened."""

    dossier: Dossier
    program: Program
    procedure: Procedure
    matters: tuple[Matter, ...]
    refuted: tuple[Act, ...] = ()
    moved: Mapping[str, EDate] | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """Those of all matters, by date."""
        found = [event for matter in self.matters for event in matter.events]
        return tuple(sorted(found, key=lambda event: event.act.days))


def replay(
    dossier: Dossier, program: Program, procedure: Procedure, moved: Mapping[str, EDate] | None = None
) -> Replay:
    """The dossier's facts through the procedure; `moved` gives facts other dates."""
    moved = moved or {}
    record = dossier.record
    facts = tuple(replace(f, on=moved[f.id]) if f.id in moved else f for f in record.facts)
    record = replace(record, facts=facts)
    dossier = replace(dossier, record=record)
    standings = weigh(record)
    words: dict[str, StandingWord] = {name: standing.word for name, standing in standings.items()}
    refuted = {name for name, word in words.items() if word == "refuted"}
    strained = {name for strain in tensions(record, standings) for name in strain.tension.facts}
    unsure = resting_on_unconfirmed(record, words)
    ask = Conditions(dossier, program, words)
    found = acts(procedure, program, record, refuted)
    left = tuple(act for act in acts(procedure, program, record) if act.fact.id in refuted)
    tell = telling(procedure)
    matters: list[Matter] = []
    for _, group in groupby(sorted(found, key=lambda act: act.matter), key=lambda act: act.matter):
        own = tuple(group)
        bound = matter_of(own, tell)
        events = tuple(
            Event(
                act,
                standings[act.fact.id],
                act.vague or _doubted(words[act.fact.id], act.fact.id in strained),
                act.fact.unconfirmed or act.fact.id in unsure,
                act.fact.id in moved,
                ask.of(act, bound),
                ask.decided(act),
            )
            for act in own
        )
        around = Around(procedure, bound, close(record, words), dossier.period or _span(own))
        matters.append(_Asked(around, events).matter())
    return Replay(dossier, program, procedure, tuple(matters), left, moved)


def _doubted(word: StandingWord, strained: bool) -> bool:
    """Whether it may not have happened; one in a tension with another is not, where it is established."""
    return word in DOUBTED or (strained and word != "established")


def _span(own: Sequence[Act]) -> EDate | None:
    days = [day for act in own for day in act.days if date.min < day < date.max]
    if not days:
        return None
    first, last = min(days), max(days)
    return EDate.of(first) if first == last else EDate(f"{first}/{last}", "span", first, last)


class _Asked:
    """One matter, asked again and again with some of its events."""

    def __init__(self, around: Around, events: Sequence[Event]) -> None:
        self.around, self.events = around, tuple(events)
        self.by_id = {event.id: event for event in events}

    def taken(self, kept: Sequence[Event]) -> tuple[Taken, ...]:
        own = [event.act for event in kept]
        barred = frozenset(event.id for event in kept if event.barred)
        return taken_of(self.around, own, barred)

    def lanes(self, kept: Sequence[Event], spared: Sequence[Event] = ()) -> dict[Subject, Lane]:
        own, left = [event.act for event in kept], [event.act for event in spared]
        return lanes_of(self.around, own, self.taken(kept), left)

    def word(self, kept: Sequence[Event], spared: Sequence[Event] = ()) -> Word:
        """How it comes out if these events happened; of those `spared` it is not asked whether they did."""
        return judge(self.taken(kept), self.lanes(kept, spared))

    def _unclosed(self, kept: Sequence[Event]) -> Word:
        """How it would come out if the record did not claim to be complete for anything."""
        return _Asked(replace(self.around, closings=Closings()), kept).word(kept)

    def matter(self) -> Matter:
        sure = [event for event in self.events if not event.doubted]
        word = self.word(self.events)
        without = word if len(sure) == len(self.events) else self.word(sure)
        refused = self.events if word == "none" else sure if without == "none" else ()
        open_ = self.events if word == "some" else sure if without == "some" else ()
        core = self._core(refused)
        return Matter(
            self.around.bound,
            self.events,
            word,
            without,
            self._decisive(sure, word, without),
            self._refusal(core, refused) if core else None,
            tuple(event for event in core if event.standing.word != "established"),
            bool(refused) and self._unclosed(refused) != "none",
            self._hinges(open_),
            ran(self.around.procedure, [event.act for event in self.events]),
            tuple(self._ways()),
        )

    def _decisive(self, sure: Sequence[Event], word: Word, without: Word) -> tuple[Event, ...]:
        """The doubted events on which it hangs whether the case is in order: each by itself if one suffices."""
        doubted = [event for event in self.events if event.doubted]
        if (word == "none") == (without == "none"):
            return ()
        alone = [e for e in doubted if (self.word(self._with(sure, e)) == "none") != (without == "none")]
        return tuple(alone or doubted)

    def _with(self, kept: Sequence[Event], more: Event) -> list[Event]:
        names = {event.id for event in kept} | {more.id}
        return [event for event in self.events if event.id in names]

    def _core(self, refused: Sequence[Event]) -> tuple[Event, ...]:
        """As few of the events as by themselves are in order in none of their orders; what is established is kept
        rather than what is not, and what came first rather than what came later."""
        kept = list(refused)
        least_sure = sorted(kept, key=lambda event: (event.standing.word == "established", not event.doubted))
        for event in [*least_sure, *reversed(kept)]:
            fewer = [other for other in kept if other.id != event.id]
            if len(fewer) < len(kept) and self.word(fewer, refused) == "none":
                kept = fewer
        return tuple(kept)

    def _refusal(self, core: Sequence[Event], spared: Sequence[Event]) -> Refusal:
        barred = next((event for event in core if event.barred), None)
        if barred is not None:
            return Refusal(barred)
        taken, lanes = self.taken(core), self.lanes(core, spared)
        gone, refused, state = furthest(taken, lanes)
        event = self.by_id[refused.id]
        before = tuple(self.by_id[step.id] for step in gone)
        for subject, stages in state.items():
            change = refused.changes.get(subject)
            if change is None or change.on(stages, lanes[subject]) is not None:
                continue
            sources = [s for sources, _ in change.moves for s in sources]
            wanted = tuple(dict.fromkeys([*sorted(change.needs or ()), *sources]))
            through = self.around.way(subject, stages, wanted)
            names = {way.step.name for way in through if way.step is not None}
            recorded = {e.act.step.name for e in spared if subject in dict(self.around.moves(e.act))}
            later = [e for e in core if e not in before and e.id != event.id]
            missing = tuple(e for e in later if e.act.step.name in names and self._touches(e, subject, taken))
            moved = [e for e in before if self._moves(e, subject, taken)]
            return Refusal(
                event, before, subject, tuple(sorted(stages)), wanted, missing, moved[-1] if moved else None,
                tuple(way for way in through if way.step is None or way.step.name not in recorded),
            )  # fmt: skip
        raise AssertionError("a step is refused on a track")

    def _touches(self, event: Event, subject: Subject, taken: Sequence[Taken]) -> bool:
        return any(step.id == event.id and subject in step.changes for step in taken)

    def _moves(self, event: Event, subject: Subject, taken: Sequence[Taken]) -> bool:
        return any(
            step.id == event.id and subject in step.changes and step.changes[subject].moves for step in taken
        )

    def _hinges(self, kept: Sequence[Event]) -> tuple[tuple[Event, Event], ...]:
        """The pairs of which the first has to have come before the second."""
        taken, lanes = self.taken(kept), self.lanes(kept)
        found: list[tuple[Event, Event]] = []
        for n, (one, other) in enumerate(entangled(taken, lanes)):
            if n == MOST_PAIRS:
                break
            for first, second in ((one, other), (other, one)):
                if judge(taken, lanes, [(second.id, first.id)]) == "none":
                    found.append((self.by_id[first.id], self.by_id[second.id]))
        return tuple(found)

    def _ways(self) -> Iterator[tuple[Subject, tuple[tuple[str, Event], ...]]]:
        """Track by track, the stages that the record shows, with the events that made them, by date."""
        found: dict[Subject, list[tuple[str, Event]]] = {}
        for event in self.events:
            for subject, stage in self.around.moves(event.act):
                found.setdefault(subject, []).append((stage, event))
        order = {track.name: n for n, track in enumerate(self.around.procedure.tracks)}
        for subject in sorted(found, key=lambda each: (order[each.track], each.owner)):
            yield subject, tuple(found[subject])
