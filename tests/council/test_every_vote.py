"""Every complete vote under rules at random: `outcome` against the circuit of the same formulas, of which assessment
makes its answers.

A rule is grounded once, with every act of every member and everybody's standing apart left open. The circuit is then
read in all votes at once, one lane for each; `outcome` has to be asked vote by vote, about a thousand in a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from foedus.assessment.ballot import weighed
from foedus.assessment.seats import formulas_of
from foedus.council.electorate import MOTION, WORDS
from foedus.council.outcome import Outcome, Word, outcome
from foedus.engines.contract import Circuit, Lit
from foedus.engines.ground import Grounding
from foedus.engines.situation import Situation
from foedus.evidence.closings import close
from foedus.evidence.record import Closing, Pattern, Record
from foedus.ir.check import below
from foedus.ir.decision import ACTS, STATUSES, DecisionRule, Status
from foedus.ir.formula import AtLeast, Atom, Const, Formula
from foedus.ir.norm import Program
from foedus.terms.fact import Fact
from foedus.terms.time import EDate
from tests.council.rules import PEOPLE, SEVEN, page, rule_of, rules

DAY = date(2020, 1, 1)
MOST = 200
"""How many votes of five or six members `outcome` is asked at most under one rule."""
AS_FOUND = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to make a counterexample smaller takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
WORD: tuple[Word, ...] = ("adopted", "not adopted", "void")
ADOPTED, NOT, VOID = range(3)
NONE = -1
"""No way decides: nobody has a part in it."""
Lanes = np.ndarray[tuple[int], np.dtype[np.bool_]]
Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True)
class Vote:
    """A rule, who its members are and what they weigh, and who of them is left out or held to abstain."""

    text: str
    members: tuple[str, ...]
    weights: tuple[Fraction, ...]
    out: frozenset[str]
    held: frozenset[str]

    @cached_property
    def program(self) -> Program:
        """The page, with these members and no others."""
        known = page(self.text, PEOPLE)
        ferry = known.instruments["ferry"]
        lives = tuple(life for life in ferry.lives if life.state in self.members)
        known = replace(known, instruments={**known.instruments, "ferry": replace(ferry, lives=lives)})
        return weighed(known, {"ferry.people": dict(zip(SEVEN, self.weights, strict=False))})

    @cached_property
    def rule(self) -> DecisionRule:
        """The rule of the page."""
        return rule_of(self.program)

    def came(self, choice: Sequence[int]) -> Outcome:
        """By the council, of one vote: what each member did, by the status's number."""
        did: dict[str, Status] = {
            who: STATUSES[status] for who, status in zip(self.members, choice, strict=True)
        }
        left = None if self.rule.left_out is None else self.out
        held = None if self.rule.held_to is None else self.held
        return outcome(self.rule, self.program, did, members=self.members, left_out=left, held=held)

    # ---- by the engine, in all votes at once ----

    @cached_property
    def choices(self) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
        """Every vote: a row for each member, a column (a lane) for each vote, of the numbers of statuses."""
        n, kinds = len(self.members), len(STATUSES)
        return np.indices((kinds,) * n, dtype=np.int8).reshape(n, kinds**n)

    @cached_property
    def grounding(self) -> Grounding:
        """The situation in which each member may have done each act, and nobody else anything."""
        facts = tuple(
            Fact(f"{who} {word}", word, (who, MOTION), EDate.of(DAY))
            for who in self.members
            for word in sorted(WORDS)
        )
        closings = tuple(Closing(Pattern(word, (None, None)), None, "encoder") for word in sorted(WORDS))
        record = Record(facts, closings=closings)
        return Grounding(Situation(self.program, record, {}, close(record), DAY), "ferry", "1990", DAY)

    def lanes(self, formula: Formula) -> Lanes:
        """In which votes a formula of the rule holds."""
        lit = self.grounding.ground(formula, {self.rule.motion.name: MOTION}).lit
        return read(self.grounding.circuit, lit, self.variables)

    @cached_property
    def variables(self) -> Mapping[str, Lanes]:
        """In which votes each variable of the circuit holds."""
        found: dict[str, Lanes] = {}
        for n, who in enumerate(self.members):
            for word in WORDS:
                means = np.array([word in ACTS[status] for status in STATUSES])
                found[f"{who} {word}"] = means[self.choices[n]]
        for told, condition in ((self.out, self.rule.left_out), (self.held, self.rule.held_to)):
            if isinstance(condition, Atom):
                for who in SEVEN:
                    found[f"{condition.predicate}({who}, {MOTION})"] = np.full(
                        self.choices.shape[1], who in told
                    )
        return found

    @cached_property
    def expected(self) -> tuple[Numbers, Numbers]:
        """Of each vote the word (its number) and the way that decides, by the circuits of the rule's tests."""
        many = self.choices.shape[1]
        if self.rule.left_out is not None and self.out >= set(self.members):
            return np.full(many, VOID), np.full(many, NONE)
        word, way = np.full(many, NOT), np.full(many, len(self.rule.ways) - 1)
        adopted = np.zeros(many, dtype=bool)
        for n, each in enumerate(self.rule.ways):
            here = self.lanes(each.passes)
            quorum = np.ones(many, dtype=bool) if each.quorum is None else self.lanes(each.quorum)
            if each.by == "vote":
                here = here & self.lanes(self.rule.somebody())
            way[quorum & here & ~adopted] = n
            adopted |= quorum & here
            word[:] = np.where(quorum, NOT, VOID)  # of the last way, where none carries it
        word[adopted] = ADOPTED
        assert self.rule.passes is not None
        assert (adopted == self.lanes(self.rule.passes)).all()  # what an assessment asks
        return word, way

    # ---- votes that are alike ----

    @cached_property
    def kinds(self) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
        """Of each status the first that the rule cannot tell from it: the acts are the same for which it asks."""
        asked = {part.predicate for each in self.formulas for part in below(each) if isinstance(part, Atom)}
        meant = [asked & set(ACTS[status]) for status in STATUSES]
        return np.array([meant.index(each) for each in meant], dtype=np.int8)

    @cached_property
    def alike(self) -> list[list[int]]:
        """The members in groups of whom the rule cannot tell one from another: none is named, they weigh the same, and
        stand apart alike."""
        parts = [part for each in self.formulas for part in below(each)]
        named = {
            term.name
            for part in parts
            if isinstance(part, Atom)
            for term in part.terms
            if isinstance(term, Const)
        }
        weights = {part.weight for part in parts if isinstance(part, AtLeast) and part.weight is not None}
        groups: dict[object, list[int]] = {}
        for n, who in enumerate(self.members):
            heavy = tuple(self.program.weightings[each].values[who] for each in sorted(weights))
            key = (who if who in named else "", heavy, who in self.out, who in self.held)
            groups.setdefault(key, []).append(n)
        return list(groups.values())

    @cached_property
    def formulas(self) -> list[Formula]:
        """All that the rule says."""
        apart = (each for each in (self.rule.left_out, self.rule.held_to) if each is not None)
        return [*formulas_of(self.program, self.rule), self.rule.somebody(), *apart]

    def classes(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Of each vote the number of its class: the same kinds of statuses, whoever of those alike has which."""
        rows = self.kinds[self.choices]
        for group in self.alike:
            rows[group] = np.sort(rows[group], axis=0)
        base = len(STATUSES) ** np.arange(len(self.members))
        return base @ rows.astype(np.int64)


def read(circuit: Circuit, lit: Lit, variables: Mapping[str, Lanes]) -> Lanes:
    """In which lanes a literal holds, by the definition of each node."""
    true = np.ones(len(next(iter(variables.values()))), dtype=bool)
    value: dict[int, Lanes] = {}

    def of(part: Lit) -> Lanes:
        return value[part] if part > 0 else ~value[-part]

    for number in circuit.below(lit):
        node = circuit.nodes[number]
        match node.op:
            case "true":
                value[number] = true
            case "var":
                value[number] = variables[node.name]
            case _:
                enough = {"and": len(node.children), "or": 1, "atleast": node.k}[node.op]
                many = np.zeros(len(true), dtype=np.int8)
                for child in node.children:
                    many += of(child)
                value[number] = many >= enough
    return of(lit)


WEIGHTS = st.lists(
    st.sampled_from((Fraction(0), Fraction(1), Fraction(1), Fraction(2), Fraction(7, 2))),
    min_size=6,
    max_size=6,
).map(tuple)


def votes(*sizes: int) -> st.SearchStrategy[Vote]:
    """A rule at random, with so many members."""
    some = st.frozensets(st.sampled_from(SEVEN[:6]))
    members = st.sampled_from(sizes).map(lambda n: SEVEN[:n])
    return st.builds(Vote, rules(), members, WEIGHTS, some, some)


def compare(vote: Vote, lanes: Iterable[int]) -> None:
    """That both say the same of these votes."""
    words, ways = vote.expected
    for lane in lanes:
        came = vote.came(vote.choices[:, lane].tolist())
        way = NONE if came.way is None else came.way
        assert (came.word, way) == (WORD[words[lane]], ways[lane]), came.statuses


@settings(AS_FOUND, max_examples=16)
@given(votes(1, 2, 3))
def test_every_vote_of_up_to_three_members(vote: Vote) -> None:
    """All 6, 36 or 216 of them: the word, and the way that decides."""
    compare(vote, range(vote.choices.shape[1]))


@settings(AS_FOUND, max_examples=3)
@given(votes(4))
def test_every_vote_of_four_members(vote: Vote) -> None:
    """All 1,296 of them."""
    compare(vote, range(vote.choices.shape[1]))


@settings(AS_FOUND, max_examples=20)
@given(votes(5, 6), st.integers(0, 2**32 - 1))
def test_votes_of_five_and_six_members(vote: Vote, seed: int) -> None:
    """All 7,776 or 46,656 of them by the engine, but by `outcome` one of each class of votes that the rule cannot tell
    apart: statuses that are the same acts for it, members of whom none is named and who weigh and stand alike. Where
    there are more than `MOST` classes, no more of them: as many that come out in each way, and half of these where one
    member who does otherwise turns it. Which vote of a class, and which classes, is drawn. That the rule indeed cannot
    tell the votes of a class apart is held against the circuit, in all of them."""
    random = np.random.default_rng(seed)
    shuffled = random.permutation(vote.choices.shape[1])
    _, first, which = np.unique(vote.classes()[shuffled], return_index=True, return_inverse=True)
    words, ways = vote.expected
    said = 2 * (len(WORD) * ways + words) + edges(len(vote.members), words)
    assert (said[shuffled] == said[shuffled][first][which]).all()
    one_of_each = shuffled[first]
    came = np.unique(said[one_of_each])
    for each in came:
        found = one_of_each[said[one_of_each] == each]
        compare(vote, random.permutation(found)[: MOST // len(came)].tolist())


def edges(members: int, words: Numbers) -> Lanes:
    """In which votes one member who does otherwise turns it."""
    cube = words.reshape((len(STATUSES),) * members)
    turns = (cube.max(n, keepdims=True) != cube.min(n, keepdims=True) for n in range(members))
    found = np.zeros(cube.shape, dtype=bool)
    for each in turns:
        found |= each
    return found.reshape(-1)
