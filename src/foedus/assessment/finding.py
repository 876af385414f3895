"""What an assessment answers: findings, open questions, positions, conduct. Values only.

A *finding* is a verdict on a norm, per bearer and beneficiary, with its grounds. A *view* is the
verdict under one set of things granted. Verdict words are those of semantics §4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from foedus.assessment.case import Asked
from foedus.engines.contract import Lit, Sets
from foedus.engines.estimate import Estimate
from foedus.engines.explain import Reason
from foedus.engines.ground import Ground
from foedus.evidence.claim import Claim
from foedus.evidence.record import Dossier, Held, Quantity
from foedus.evidence.standing import Standing
from foedus.evidence.tensions import Strain
from foedus.ir.norm import Norm, NotEncoded, Program
from foedus.words.speech import marked

Settled = Literal["yes", "no", "depends", "unread", "not in force"]

NO_SETS = Sets((), complete=True)
"""Nothing settles it otherwise than it is settled, or nothing was asked for."""

WORDS: Mapping[str, Mapping[Settled, str]] = {
    "duty": {"yes": marked("arises"), "no": marked("does not arise")},
    "right": {"yes": marked("available"), "no": marked("not available")},
    "power": {"yes": marked("available"), "no": marked("not available")},
    "prohibition": {"yes": marked("applies"), "no": marked("does not apply")},
    "plan": {"yes": marked("arises"), "no": marked("does not arise")},
}
"""The two settled words of each kind of norm. A prohibition that a right lifts is *lifted*.

The English word is the value; whoever shows it says it in the language spoken."""

OTHER_WORDS: Mapping[Settled, str] = {
    "depends": marked("depends"),
    "unread": marked("cannot be determined"),
    "not in force": marked("not in force"),
}
"""The words that all kinds of norm share."""

LIFTED = marked("lifted")

IDLE: Mapping[Settled, str] = {"yes": "may create", "no": "may defeat"}
"""Clauses left out that change nothing, by how a verdict is settled."""


@dataclass(frozen=True, slots=True)
class View:
    """A verdict under one set of things granted.

    `turns_on` are the ids of the facts, judgements and questions that matter; `arises_if` and
    `fails_if` the smallest sets that settle it either way; `engine` produced it. `needless` are
    questions in the clause whose answer changes nothing.
    """

    settled: Settled
    word: str
    turns_on: tuple[str, ...] = ()
    arises_if: Sets = NO_SETS
    fails_if: Sets = NO_SETS
    needless: tuple[str, ...] = ()
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Conduct:
    """What was done about a norm by one bearer: kept, breached, or not shown; never more than the
    record holds. `acts` are ids of facts; `interval` says in words how soon, where promptness is
    asked without a stated bound."""

    bearer: str
    word: Literal["kept", "breached", "not shown", "disputed"]
    acts: tuple[str, ...] = ()
    interval: str = ""


@dataclass(frozen=True)
class Finding:
    """One norm under one text, for the bearers to whom the same grounds apply.

    Where the verdict is settled (granting what is undisputed), `because` is one sufficient reason for
    it, and `turned_by` the smallest sets of what is established or granted that would have to be
    otherwise, or open, for it not to be settled: who would have to be wrong. A prohibition is `liftable`
    where its own condition holds, so that only a right can stand against it.
    """

    id: str
    norm: Norm
    bearers: tuple[str, ...]
    beneficiary: str | None
    lit: Lit
    ground: Ground
    on_facts: View
    granting: View
    claimed: View
    reason: Reason
    had_applied: tuple[tuple[str, View], ...] = ()
    qualifiers: tuple[NotEncoded, ...] = ()
    details: tuple[NotEncoded, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    liftable: bool = False
    lifted_by: tuple[str, ...] = ()
    conduct: tuple[Conduct, ...] = ()
    because: tuple[tuple[str, bool], ...] = ()
    turned_by: Sets = NO_SETS
    chance: Fraction | Estimate | str | None = None

    @property
    def headline(self) -> View:
        """What the answer leads with: granting what is undisputed."""
        return self.granting

    @property
    def qualifying(self) -> tuple[NotEncoded, ...]:
        """What is left out and could turn the verdict: of one that holds, only what may defeat it."""
        return tuple(left for left in self.qualifiers if left.effect != IDLE.get(self.granting.settled))


@dataclass(frozen=True, slots=True)
class Open:
    """An open question: a fact, a judgement or a reading on which some finding turns.

    `letter` is an alias of `id` for reading only. `answers` maps what is said to who says it.
    `covers` are the names by which a view's `turns_on` and sets mention it: everything about an
    incident that nobody listed is one question.
    """

    id: str
    letter: str
    kind: str  # fact | judgement | reading | date | order | unread | unlisted
    words: str
    standing: str
    answers: tuple[tuple[str, tuple[Voice, ...]], ...]
    documents: int = 0
    sources: int = 0
    would_change: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says so, in which source, when (a claim), or who holds a reading."""

    by: str
    source: str
    on: str = ""
    quote: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """What one speaker holds of the open questions, and what follows on it for each finding."""

    speaker: str
    holds: Mapping[str, str]  # open id → yes | no | doubts | the answer's name
    verdicts: Mapping[str, View]  # finding id → view
    claims: tuple[Claim, ...] = ()
    held: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """A dossier's answer."""

    dossier: Dossier
    program: Program
    on: date
    known_by: date | None
    findings: tuple[Finding, ...]
    questions: tuple[Open, ...]
    positions: tuple[Position, ...]
    standings: Mapping[str, Standing]
    documents: int
    sources: int
    tensions: tuple[Strain, ...] = ()
    not_in_force: tuple[tuple[str, str], ...] = ()  # (instrument, why)
    quantities: tuple[Quantity, ...] = ()
    supposed: Mapping[str, str] = field(default_factory=dict[str, str])
    engine: str = ""
    version: str = ""
    digests: Mapping[str, str] = field(default_factory=dict[str, str])
    asked: Asked = field(default_factory=Asked)  # what was asked, letters as ids
