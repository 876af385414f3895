"""What is shown of a cascade over treaty pages: its outcomes, whom each has at war, and by which acts.

Acts of many strata together are no course of events, so each outcome is drawn by one of its strata. With coins, of that
stratum's worlds: the acts that are done in half of them or more, and of whoever would come to be at war by none of
these the one by which it does most often, so that nobody who is at war stands there without a reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Unpack

from foedus.cascade.named import Taken
from foedus.cascade.rounds.compared import Compared, Confusion, compared
from foedus.cascade.rounds.example import Example, examples
from foedus.cascade.rounds.outcome import Group, Step, Strata
from foedus.cascade.rounds.page import Course
from foedus.cascade.rounds.run import Options
from foedus.terms.edtf import EDate
from foedus.terms.states import name_of, with_article
from foedus.words.speech import aloud

HALF = 0.5
WHOLE = 1 - 1e-9
"""A share from which on it is all."""
MOST_OUTCOMES = 12
"""So many outcomes are drawn, the largest; the others are counted."""
MOST_ACTS = 60
"""So many acts of a course are drawn."""
FIGHTS = ("war", "force")


@dataclass(frozen=True)
class Told:
    """The answer, with what its page says beside it: `titles` of instruments by their ids, what states did in fact
    `until` a day, tables that compare (each with what it is about). `examples` are of the outcomes that are drawn,
    `taken` the states that were written otherwise."""

    strata: Strata
    title: str
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    did: Mapping[str, Compared] = field(default_factory=dict[str, Compared])
    tables: Sequence[tuple[str, Confusion]] = ()
    until: EDate | None = None
    examples: Sequence[Example] = ()
    taken: Taken = ()

    @property
    def outcomes(self) -> tuple[Group, ...]:
        """Those that are drawn."""
        return self.strata.groups[:MOST_OUTCOMES]

    @property
    def chances(self) -> bool:
        """Whether there are coins: shares are then of strata and worlds."""
        return self.strata.worlds > 1

    @property
    def states(self) -> tuple[str, ...]:
        """Whoever is at war somewhere: those of the shock first, then whoever is in the most strata."""
        first = shocked(self.strata)
        return tuple(
            sorted(
                self.strata.entered,
                key=lambda one: (first.index(one) if one in first else 9, -self.strata.entered[one], one),
            )
        )

    def title_of(self, instrument: str) -> str:
        """What an instrument is called, or its id."""
        return self.titles.get(instrument) or instrument


def told_of(
    page: Course,
    strata: Strata,
    tables: Sequence[tuple[str, Confusion]] = (),
    until: EDate | None = None,
    **options: Unpack[Options],
) -> Told:
    """The answer to a page with what its drawings need; `options` are those with which it was asked."""
    shown = strata.groups[:MOST_OUTCOMES]
    courses = examples(strata, shown, page.program, page.shock, page.day, **options)
    titles = {name: each.title for name, each in page.program.instruments.items()}
    by = until.last if until is not None else None
    rows = compared(strata, dict(page.observed), stayed=dict(page.stayed), by=by)
    did = {row.state: row for row in rows} if page.observed or page.stayed else {}
    return Told(strata, page.title, titles, did, tables, until, courses)


@dataclass(frozen=True, slots=True)
class Act:
    """An act in a round: `target` is whom it is done to, of help whom it is for. `reasons` are the norms by which it
    is done, the most frequent first; of one of the shock, the shock."""

    round: int
    predicate: str
    state: str
    target: str | None
    reasons: tuple[Step, ...]

    @property
    def share(self) -> float:
        """In which share of strata and worlds it is done by one norm, at least."""
        return self.reasons[0].share

    @property
    def fights(self) -> bool:
        """Whether it is war or force."""
        return self.predicate in FIGHTS

    @property
    def shock(self) -> bool:
        """Whether it is of the shock."""
        return self.reasons[0].kind == "shock"


def spoken(state: str) -> str:
    """A state's name, as it stands by itself."""
    return aloud(name_of(state))


def called(state: str) -> str:
    """A state's name, as a sentence has it: `the Russian Empire`."""
    return aloud(with_article(state))


def shocked(strata: Strata) -> list[str]:
    """Those whom the shock names, in its order."""
    steps = (step for group in strata.groups for step in group.steps if step.kind == "shock")
    named = [state for step in steps for state in (step.state, step.target) if state is not None]
    return list(dict.fromkeys(named))


def acts_of(group: Group) -> list[Act]:
    """Every act of an outcome, by round; help by which a war is opened in the same round is told as the war."""
    found: dict[tuple[int, str], list[Step]] = {}
    wars = {
        (step.state, step.round, step.norm, step.owed_to) for step in group.steps if step.predicate in FIGHTS
    }
    for step in group.steps:
        if step.predicate != "helped" or (step.state, step.round, step.norm, step.owed_to) not in wars:
            found.setdefault((step.round, step.act), []).append(step)
    acts = [
        Act(
            steps[0].round, steps[0].predicate, steps[0].state,
            steps[0].owed_to if steps[0].predicate == "helped" else steps[0].target,
            tuple(sorted(steps, key=lambda step: (-step.share, step.norm, step.owed_to or ""))),
        )
        for steps in found.values()
    ]  # fmt: skip
    order = (*FIGHTS, "mobilisation", "mobilised_all")
    return sorted(
        acts,
        key=lambda act: (
            act.round,
            order.index(act.predicate) if act.predicate in order else len(order),
            act.state,
            act.target or "",
        ),
    )


def drawn_of(group: Group) -> list[Act]:
    """The acts that are drawn of a course: see above."""
    every = acts_of(group)
    kept = [act for act in every if act.shock or act.share >= HALF][:MOST_ACTS]
    for state in group.belligerents:
        if not any(act.fights and state in (act.state, act.target) for act in kept):
            entering = [act for act in every if act.fights and state in (act.state, act.target)]
            kept += sorted(entering, key=lambda act: (-act.share, act.round))[:1]
    return sorted(kept, key=every.index)


def lines_of(group: Group, acts: Sequence[Act]) -> list[str]:
    """Whoever has a line in the drawing of an outcome: by the acts in which it first comes up."""
    named = [state for act in acts for state in (act.state, act.target) if state is not None]
    return list(dict.fromkeys([*named, *group.belligerents]))


def enters_at(state: str, acts: Sequence[Act]) -> int | None:
    """At which of these acts a state comes to be at war."""
    return next((n for n, act in enumerate(acts) if act.fights and state in (act.state, act.target)), None)


def share_of(strata: float, told: Told) -> float:
    """A number of strata as a share of all."""
    return strata / told.strata.strata if told.strata.strata else 0.0
