"""What a cascade over treaty pages came to, told so that a page, a figure or a table can be made of it.

A *stratum* is one choice of an answer for every question that was left open. Strata are never mixed with chance:
how many of them say a thing is a count of readings, not a probability. Within a stratum lie its worlds, which
differ only in how coins fell; with every chance at 1 each stratum is a single world, and a share is 0 or 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

ChoiceKind = Literal["text", "question", "engine", "judgement", "plans"]
StepKind = Literal["shock", "duty", "plan"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with the answers that were looked at, in their order.

    `kind`: a reading of a page's own words (`text`) or its `question`; a reading of the `engine`, no page's own;
    what is taken of a `judgement`; which `plans` are carried out. `default` is the answer where nobody opens it
    (empty for pages: there all are open). `all_answers` are those that there are.
    """

    id: str
    title: str
    answers: tuple[str, ...]
    kind: ChoiceKind
    all_answers: tuple[str, ...] = ()
    default: str = ""

    @property
    def open(self) -> bool:
        """Whether more than one answer was looked at."""
        return len(self.answers) > 1


@dataclass(frozen=True, slots=True)
class Step:
    """One act, in the round in which it is done: 0 is the shock itself; what a round brings is done in it.

    `act` is the fact (`war(FRA, DEU)`), `state` who does it, `target` against whom (None for help or for staying
    out). `norm` is the id of the duty or plan it keeps (empty for the shock), `owed_to` for whom. `share` is that
    of the group's worlds in which it is done in this round by this norm.
    """

    round: int
    act: str
    predicate: str
    state: str
    target: str | None
    kind: StepKind
    norm: str = ""
    title: str = ""
    article: str = ""
    owed_to: str | None = None
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Held:
    """What was called for and not done: `state` would have fought `target`, and did not because of `why`."""

    round: int
    state: str
    target: str
    norm: str
    why: Literal["ally", "both sides", "neutrality", "prohibition", "not honoured", "did not enter"]
    by: str = ""  # the norm that stood in the way, if one did
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Case:
    """Strata, as answers of the questions on which it turns: one of `answers[q]` for each q."""

    answers: Mapping[str, tuple[str, ...]]
    strata: int


@dataclass(frozen=True)
class Group:
    """All strata in which the same states come to be at war (in the same worlds, if there are coins).

    `cases` together are exactly these strata, and name only questions on which membership turns (`turns_on`).
    `belligerents` are in a war in at least one world; `entered` says in which share of the worlds, and
    `round_of` in which round first (the least over strata and worlds). `obliged` says in which share of strata and
    worlds a duty that is kept by war, or by help, arose for a state, kept or not. Wars and steps may differ between
    strata of one group: `share` counts over all its strata and worlds. `broken` are plans carried out against a
    promise (`by`).
    """

    number: int
    strata: int
    turns_on: tuple[str, ...]
    cases: tuple[Case, ...]
    belligerents: tuple[str, ...]
    entered: Mapping[str, float]
    round_of: Mapping[str, int]
    wars: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    held: tuple[Held, ...] = ()
    broken: tuple[Held, ...] = ()
    obliged: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class Pivot:
    """That a state's entry turns on a question: for each answer, in how many of its strata the state is in, and of
    how many."""

    state: str
    choice: str
    by_answer: tuple[tuple[str, float, int], ...]


@dataclass(frozen=True, slots=True)
class Assumed:
    """What was taken for so, or not so, of facts and judgements that no round yields (`what` is the predicate)."""

    what: str
    taken: str
    norms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Treated:
    """How one norm was carried: `exact`, `assumed` (with the list) or `refused` (never absent without a word).
    `effect` says what keeping it does here."""

    norm: str
    title: str
    article: str
    kind: str
    label: Literal["exact", "assumed", "refused"]
    effect: str
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Strata:
    """The whole answer. `states` in the order of their codes; `groups` with the most strata first.

    `entered[x]` are the strata (weighed by the share of their worlds) in which x is at war, of `strata` all in
    all: a count of readings; `obliged[x]` those in which a duty to fight or to help arose for x. `choices` are all
    questions, those with one answer too; `chances` the chances that are given. `rounds` is the last round in which
    anything was done; `worlds` are those of *one* stratum; `seed` is None without coins. `superseded` are rows of
    data sets whose place a page takes.
    """

    day: date
    instruments: tuple[str, ...]
    shock: tuple[str, ...]
    states: tuple[str, ...]
    strata: int
    worlds: int
    seed: int | None
    rounds: int
    choices: tuple[Choice, ...]
    groups: tuple[Group, ...]
    entered: Mapping[str, float]
    obliged: Mapping[str, float]
    pivots: tuple[Pivot, ...]
    assumed: tuple[Assumed, ...]
    treated: tuple[Treated, ...]
    chances: Mapping[str, float] = field(default_factory=dict[str, float])
    superseded: tuple[str, ...] = ()

    def frame_rows(self) -> Iterator[dict[str, Any]]:
        """One row for each step of each group, flat: what a table or a figure is made of."""
        for group in self.groups:
            for step in group.steps:
                yield {"group": group.number, "strata": group.strata, "of": self.strata} | asdict(step)

    def as_json(self) -> dict[str, Any]:
        """The answer as data that JSON can carry; dates in ISO 8601."""
        return asdict(self) | {"day": self.day.isoformat()}
