"""What a dossier closes, and what it presumes, and how far each reaches.

A *closing* (`complete for …`) says that the dossier lists everything of a kind. Of incidents and acts
it says that there is no other individual than those listed; the listed ones keep their standing. Of
roles and status it says that what nobody asserts is not so; a denial never opens what silence would
leave closed. Of judgements it says nothing: closing a word of evaluation would take a side.

A *presumption* (`presume no …`) holds until somebody asserts anything of which it speaks, and then
falls as a whole. A *refuted fact* with roles left out refutes everything it could have meant.

A pattern covers a question that asks for no more than the pattern says: what the pattern leaves out
matches anything, but a pattern about one state never covers a question about any state.

>>> record = Record(closings=(Closing(Pattern("force", (None, "ARV")), None, "encoder"),))
>>> close(record).covering("force", ("BOR", "ARV"), None) is record.closings[0]
True
>>> close(record).covering("force", ("BOR", None), None) is None
True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from foedus.evidence.known import source_known, witnessing
from foedus.evidence.record import Closing, Pattern, Presumption, Record, StandingWord
from foedus.terms.fact import Fact
from foedus.terms.time import EDate

Args: TypeAlias = tuple[str | tuple[str, ...] | None, ...]

NOT_CLAIMED: frozenset[StandingWord] = frozenset({"unknown", "denied", "refuted"})
"""Standings that a trial can stipulate without stipulating that somebody asserts the fact."""


@dataclass(frozen=True, slots=True)
class RefutedFact:
    """A fact that is refuted, as the ground on which a narrower one is."""

    fact: Fact


@dataclass(frozen=True)
class Closings:
    """The closings, presumptions and refuted facts of a record that are in effect, by predicate."""

    closings: Mapping[str, tuple[Closing, ...]] = field(default_factory=dict[str, tuple[Closing, ...]])
    presumptions: Mapping[str, tuple[Presumption, ...]] = field(
        default_factory=dict[str, tuple[Presumption, ...]]
    )
    refuted: Mapping[str, tuple[RefutedFact, ...]] = field(default_factory=dict[str, tuple[RefutedFact, ...]])

    def covering(
        self, predicate: str, args: Args, span: EDate | None
    ) -> Closing | Presumption | RefutedFact | None:
        """On what ground nothing unlisted makes `predicate(args)` true in `span`; None if it is open.

        None in `args` asks about any value; `span` None asks about any time. A closing comes before a
        refuted fact, that before a presumption, and within each the writer's order decides.
        """
        return (
            self.closing(predicate, args, span)
            or self.refuted_fact(predicate, args, span)
            or self.presumption(predicate, args)
        )

    def closing(self, predicate: str, args: Args, span: EDate | None) -> Closing | None:
        """The first closing that covers the question."""
        return next(
            (
                c
                for c in self.closings.get(predicate, ())
                if covers(c.pattern.args, args) and _in_time(c.span, span)
            ),
            None,
        )

    def refuted_fact(self, predicate: str, args: Args, span: EDate | None) -> RefutedFact | None:
        """The first refuted fact that covers the question."""
        return next(
            (
                r
                for r in self.refuted.get(predicate, ())
                if covers(r.fact.args, args) and _in_time(r.fact.on, span)
            ),
            None,
        )

    def wider(self, fact: Fact) -> RefutedFact | None:
        """The first refuted fact that leaves out a role which `fact` fills, and so refutes it too.

        One with the same arguments does not: two incidents may be alike, and only one of them untrue.
        """
        return next(
            (
                r
                for r in self.refuted.get(fact.predicate, ())
                if covers(r.fact.args, fact.args)
                and not covers(fact.args, r.fact.args)
                and _in_time(r.fact.on, fact.on)
            ),
            None,
        )

    def presumption(self, predicate: str, args: Args) -> Presumption | None:
        """The first presumption that covers the question (presumptions are for any time)."""
        return next((p for p in self.presumptions.get(predicate, ()) if covers(p.pattern.args, args)), None)


def close(
    record: Record, words: Mapping[str, StandingWord] | None = None, known_by: date | None = None
) -> Closings:
    """What is closed, presumed and refuted, as known by `known_by`.

    `words` are the standings by fact id; without them no refuted fact is looked at. A closing in the
    name of a document that was not yet out is left out, and so is whatever speaks of a judgement.
    """
    asserted = asserted_facts(record, known_by)
    closings: dict[str, tuple[Closing, ...]] = {}
    presumptions: dict[str, tuple[Presumption, ...]] = {}
    refuted: dict[str, tuple[RefutedFact, ...]] = {}
    for closing in record.closings:
        name = closing.pattern.predicate
        if not is_judgement(record, name) and source_known(record, closing.by, known_by):
            closings[name] = (*closings.get(name, ()), closing)
    for presumption in record.presumptions:
        name = presumption.pattern.predicate
        fallen = any(f.id in asserted and _may_be(presumption.pattern, f) for f in record.facts)
        if not is_judgement(record, name) and not fallen:
            presumptions[name] = (*presumptions.get(name, ()), presumption)
    for fact in record.facts:
        if words is not None and words.get(fact.id) == "refuted":
            refuted[fact.predicate] = (*refuted.get(fact.predicate, ()), RefutedFact(fact))
    return Closings(closings, presumptions, refuted)


def asserted_facts(record: Record, known_by: date | None = None) -> frozenset[str]:
    """The ids of the facts that somebody asserts (or that a trial stipulates as asserted)."""
    said = {claim.fact for claim in witnessing(record, known_by) if claim.verb == "asserts"}
    return frozenset(
        said - record.given.keys() | {f for f, word in record.given.items() if word not in NOT_CLAIMED}
    )


def is_judgement(record: Record, predicate: str) -> bool:
    """Whether the predicate is a word of evaluation; an undeclared predicate is not."""
    return predicate in record.predicates and record.predicates[predicate].kind == "judgement"


def covers(pattern: Args, question: Args) -> bool:
    """Whether a pattern says at least what the question asks; a role left out at the end is None."""
    for n, asked in enumerate(question):
        said = pattern[n] if n < len(pattern) else None
        if said is not None and _one(said) != _one(asked):
            return False
    return all(said is None for said in pattern[len(question) :])


def _may_be(pattern: Pattern, fact: Fact) -> bool:
    """Whether what the fact says can be what the pattern speaks of."""
    if fact.predicate != pattern.predicate:
        return False
    for said, value in zip(pattern.args, fact.args, strict=False):
        if (
            said is not None
            and value is not None
            and said not in ((value,) if isinstance(value, str) else value)
        ):
            return False
    return True


def _one(value: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def _in_time(period: EDate | None, asked: EDate | None) -> bool:
    """Whether every day asked about lies in the period, whatever the dates were.

    A month or a year is all of its days here; of `[a,b]` nobody knows which, so it covers nothing
    but a question in the same words.
    """
    if period is None:
        return True
    if asked is None:
        return False
    if period.text.startswith("["):
        return period == asked
    return period.first <= asked.first and asked.last <= period.last
