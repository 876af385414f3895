"""A page's norms over a hypothetical record: each listed fact may be so or not, and all else is closed.

This is the one lowering behind probes and cascades: the conditions become literals of one circuit, whose variables
are named after what they are about. A listed fact's id is its text (`war(RUE, AUH)`), so that words of judgement
about it read `armed_attack(force(RUE, AUH))`. An engine only fills the columns (`engines.lanes`).

Judgements are never closed, nor is what somebody says: both stay variables, as do the answers of questions, the
order of two incidents (`war(A, B)<war(B, A)`) and clauses that nobody read. `variable` tells which a name is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from foedus.engines.contract import Circuit
from foedus.engines.norms import Instance, instances, windows
from foedus.engines.situation import Situation, arguments, canonical
from foedus.evidence.closings import close
from foedus.evidence.record import Closing, Pattern, Record, StandingWord
from foedus.ir.norm import Norm, Program
from foedus.terms.fact import Fact
from foedus.terms.time import EDate

CLOSED = ("incident", "act", "role", "status")
BY = "hypothesis"
GROUNDS = 4_000_000
"""How many grounds more than an assessment may make one norm may make here: every pair of states is asked about."""
_ORDER = re.compile(r"^(?P<first>.+\))<(?P<second>.+\))$")
_ANSWER = re.compile(r'^(?P<question>[^"=]+)="(?P<answer>.*)"$')
_FACT = re.compile(r"^(?P<predicate>[a-z]\w*)\((?P<args>.*)\)$")


@dataclass(frozen=True, slots=True)
class Variable:
    """What a variable of a hypothesis is about. `args` are those of a fact or judgement (a nested one is its text),
    the two incidents of an order, or the question and the answer."""

    kind: Literal["fact", "judgement", "answer", "order", "speech", "unread", "other"]
    predicate: str = ""
    args: tuple[str, ...] = ()


def supposed(predicate: str, *args: str | None, on: EDate | None = None) -> Fact:
    """A fact that may be so, under its own text as id."""
    return Fact(canonical(predicate, args), predicate, args, on)


@dataclass(frozen=True)
class Hypothesis:
    """`facts` may each be so or not on `day`; of all other incidents, acts, roles and status there is none.

    `states`, if given, are the only states considered (parties beside them are left out of the instruments).
    `opened` are predicates of which more than the listed facts may be so. `sorts` are those of names that are no
    states (`{"band": "Group"}`). Texts that were secret on the day `known_by` are left out.
    """

    program: Program
    day: date
    facts: tuple[Fact, ...]
    states: frozenset[str] | None = None
    opened: frozenset[str] = frozenset()
    circuit: Circuit = field(default_factory=Circuit)
    sorts: Mapping[str, str] = field(default_factory=dict[str, str])
    known_by: date | None = None

    @cached_property
    def at(self) -> Situation:
        """The situation in which conditions are grounded."""
        program = self._narrowed()
        closings = tuple(
            Closing(Pattern(predicate.name, ()), None, BY)
            for predicate in program.vocabulary.predicates.values()
            if predicate.kind in CLOSED and predicate.name not in self.opened and predicate.name != "said"
        )
        record = Record(self.facts, closings=closings, sorts=self.sorts)
        words: dict[str, StandingWord] = {fact.id: "disputed" for fact in self.facts}
        closed = close(record, words)
        return Situation(
            program, record, words, closed, self.day, circuit=self.circuit, known_by=self.known_by
        )

    def _narrowed(self) -> Program:
        if self.states is None:
            return self.program
        keep = self.states
        kept = {
            name: replace(i, lives=tuple(life for life in i.lives if life.state in keep))
            for name, i in self.program.instruments.items()
        }
        return replace(self.program, instruments=kept)

    def instances(
        self,
        norm: Norm,
        *,
        bearers: Iterable[str] | None = None,
        beneficiaries: Iterable[str] | None = None,
        against: str | None = None,
    ) -> tuple[Instance, ...]:
        """The norm under the text in force on the day, for each bearer and beneficiary: none before it is in force
        or after it ended, or if the norm belongs to another text."""
        return tuple(
            instance
            for window in windows(self.at, norm.instrument)
            if norm.text in (None, window.text)
            for instance in instances(
                self.at, norm, window, beneficiaries, bearers, [-GROUNDS], against, brief=True
            )
        )

    def variable(self, name: str) -> Variable:
        """What a variable of the circuit is about."""
        if name.startswith("unread: "):
            return Variable("unread", args=(name.removeprefix("unread: "),))
        if found := _ANSWER.match(name):
            return Variable("answer", args=(found["question"], found["answer"]))
        if found := _ORDER.match(name):
            return Variable("order", args=(found["first"], found["second"]))
        found = _FACT.match(name)
        known = self.at.predicates.get(found["predicate"]) if found else None
        if found and known:
            kind = "judgement" if known.kind == "judgement" else "fact"
            return Variable(kind, known.name, arguments(found["args"]))
        return Variable("speech" if " that " in name else "other", args=(name,))
