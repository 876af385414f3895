"""Formulas read over facts: as every way of settling what is open has it, and no further."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.council.facts import Args
from foedus.council.holds import holds
from foedus.ir.formula import (
    And,
    AtLeast,
    Atom,
    Choose,
    Const,
    Defined,
    Earlier,
    Formula,
    Lit,
    Not,
    Or,
    Said,
    Same,
    Some,
    Speech,
    Unread,
    Var,
    Wild,
)  # fmt: skip
from foedus.ir.norm import Define, Instrument, Program, Text
from foedus.ir.vocabulary import Vocabulary
from foedus.terms.fact import Predicate, Role
from foedus.terms.time import EDate

P, X = Var("p", "State"), Const("ARV")
STATES = ("ARV", "BOR", "CAD")
WEIGHTS = {"ARV": Fraction(3), "BOR": Fraction(1), "CAD": Fraction(0)}


@dataclass
class Told:
    """Facts as they are given; what is not there is open."""

    known: Mapping[Any, bool | None]
    acts: Mapping[str, tuple[str, Args]] = field(default_factory=dict[str, tuple[str, Args]])
    weights: Mapping[str, Fraction] = field(default_factory=lambda: WEIGHTS)

    def atom(self, predicate: str, args: Args) -> bool | None:
        return self.known.get((predicate, args))

    def domain(self, sort: str, instrument: str) -> Sequence[str]:
        del sort, instrument
        return STATES

    def weight(self, weighting: str, who: str) -> Fraction | None:
        del weighting
        return self.weights.get(who)

    def individuals(self, predicate: str) -> list[tuple[str, Args]]:
        return [(name, args) for name, (its, args) in self.acts.items() if its == predicate]


# ---- by settling everything ----


def plain(formula: Formula, facts: Mapping[Any, bool], answers: Mapping[str, str], p: str = "") -> bool:
    """The same in two values, in ten lines."""

    def below(part: Formula, of: str = p) -> bool:
        return plain(part, facts, answers, of)

    match formula:
        case Atom(predicate, (term,)):
            return facts[predicate, (p if isinstance(term, Var) else term.name,)]  # type: ignore[union-attr]
        case And(parts):
            return all(map(below, parts))
        case Or(parts):
            return any(map(below, parts))
        case Not(body):
            return not below(body)
        case Choose(question, given):
            return below(dict(given)[answers[question]])
        case AtLeast(k, _, body):
            weigh = WEIGHTS if formula.weight else dict.fromkeys(STATES, Fraction(1))
            sum_of = sum(weigh[who] for who in STATES if below(body, who))
            if formula.share is not None:
                assert isinstance(body, And)
                base = sum(weigh[who] for who in STATES if below(body.parts[0], who))
                return base > 0 and (
                    sum_of > formula.share * base or (sum_of == formula.share * base and not formula.strict)
                )
            return sum_of > k or (sum_of == k and not formula.strict)
        case _:
            raise AssertionError(formula)


ATOMS = st.builds(lambda word, term: Atom(word, (term,)), st.sampled_from("abc"), st.sampled_from((P, X)))


def joined(parts: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    some = st.lists(parts, min_size=1, max_size=3).map(tuple)
    shares = st.sampled_from((Fraction(1, 2), Fraction(2, 3), Fraction(1)))
    return st.one_of(
        st.builds(And, some), st.builds(Or, some), st.builds(Not, parts),
        st.builds(lambda one, two: Choose("q", (("one", one), ("two", two))), parts, parts),
        st.builds(lambda k, body: AtLeast(k, P, body), st.integers(1, 4), parts),
        st.builds(
            lambda base, body, share, strict, weight: AtLeast(
                2, P, And((base, body)), share=share, strict=strict, weight=weight
            ),
            parts, parts, shares, st.booleans(), st.sampled_from((None, "people")),
        ),
        st.builds(
            lambda k, body, strict: AtLeast(k, P, body, strict=strict, weight="people"),
            st.integers(1, 4), parts, st.booleans(),
        ),
    )  # fmt: skip


CLOSED = st.recursive(ATOMS, joined, max_leaves=5).map(lambda body: Some(P, body))
KNOWN = st.lists(st.sampled_from((True, False, False, True, None)), min_size=9, max_size=9)


@settings(max_examples=300)
@given(CLOSED, KNOWN)
def test_open_is_what_can_change_it(formula: Formula, truths: list[bool | None]) -> None:
    """Of at most six open facts and a question, everything is exact; of more, nothing is missed."""
    keys = [(word, (who,)) for word in "abc" for who in STATES]
    known = {key: truth for key, truth in zip(keys, truths, strict=True) if truth is not None}
    unknown = [key for key in keys if key not in known]
    came: dict[tuple[object, ...], bool] = {}
    for settled in product((True, False), repeat=len(unknown)):
        for answer in ("one", "two"):
            world = {**known, **dict(zip(unknown, settled, strict=True))}
            came[(*settled, answer)] = plain(formula, world, {"q": answer})
    names = [*(f"{word}({who})" for word, (who,) in unknown), "q"]
    matters = {
        name
        for n, name in enumerate(names)
        if any(came[a] != came[b] for a in came for b in came if a[:n] == b[:n] and a[n + 1 :] == b[n + 1 :])
    } if len(unknown) <= 4 else None  # fmt: skip
    found = holds(formula, Program(), Told(dict(known)))
    if found.truth is not None:
        assert set(came.values()) == {found.truth}
        assert not found.open
    if matters is not None and 2 ** len(unknown) * 2 <= 64:
        assert (found.truth is None) == (len(set(came.values())) == 2)
        assert set(found.open) == matters
    if len(set(came.values())) == 2:
        assert found.truth is None


def test_what_cancels_out_is_not_open() -> None:
    a = Atom("a", (X,))
    assert holds(Or((a, Not(a))), Program(), Told({})).truth is True
    one = Choose("q", (("one", a), ("two", a)))
    assert holds(one, Program(), Told({})).open == ("a(ARV)",)


# ---- every node ----

FORCE = Predicate("request", "act", (Role("by", "State"), Role("to", "Organ")))
TERM = (
    Define("lir.grave", "2001", (P,), Atom("a", (P,))),
    Define("lir.grave", "2011", (P,), Atom("b", (P,))),
    Define("lir.near", None, (P,), Defined("lir.grave", (P,))),
)
LIR = Instrument(
    "lir", "Lir", texts=tuple(Text(y, EDate.of(date(int(y), 1, 1)), None) for y in ("2001", "2011"))
)
PROGRAM = Program(Vocabulary({"request": FORCE}), {"lir": LIR}, defines=TERM)
R = Var("r", "request")


@pytest.mark.parametrize(
    ("formula", "truth", "names"),
    [
        (Lit(True), True, ()),
        (And(()), True, ()),
        (Or(()), False, ()),
        (Same(X, Const("ARV")), True, ()),
        (Same(X, Const("BOR")), False, ()),
        (Unread("Article 9"), None, ("unread: Article 9",)),
        (Not(Unread("Article 9")), None, ("unread: Article 9",)),
        (Speech("asserts", X, Said("a", (Const("BOR"),))), None, ("ARV asserts that a(BOR)",)),
        (Earlier(Const("r1"), Const("r2")), None, ("r1 before r2",)),
        (Earlier(Const("r1"), Const("r1")), False, ()),
        (Defined("lir.grave", (X,)), None, ("b(ARV)",)),  # by the newest text
        (Defined("lir.near", (Wild(),)), None, ("b(ARV)", "b(BOR)", "b(CAD)")),
        (Defined("lir.far", (X,)), None, ("what lir.far means",)),
        (Atom("a", (Var("q", "State"),)), None, ("a(_), whose q is not said",)),
        (Some(R, Atom("request", (X, Const("CSL")), R)), True, ()),
        (Some(R, Atom("request", (Const("BOR"), Const("CSL")), R)), None, ("r2 is request(BOR, CSL)",)),
        (Some(R, Atom("request", (Const("CAD"), Const("OTH")), R)), None, ("some request(CAD, OTH)",)),
        (Atom("request", (X, Wild()), Const("r1")), True, ()),
        (Atom("request", (X, Wild()), Const("r9")), False, ()),
        (Some(R, And((Atom("request", (X, Wild()), R), Atom("binds", (R, X))))), None, ("binds(r1, ARV)",)),
    ],
    ids=str,
)  # fmt: skip
def test_every_node(formula: Formula, truth: bool | None, names: tuple[str, ...]) -> None:
    acts = {"r1": ("request", ("ARV", "CSL")), "r2": ("request", ("BOR", None))}
    facts = Told({("request", ("CAD", "CSL")): False, ("request", ("BOR", "CSL")): False}, acts)
    found = holds(formula, PROGRAM, facts)
    assert (found.truth, found.open) == (truth, names)


def test_terms_are_read_by_the_text_that_is_given() -> None:
    found = holds(Defined("lir.near", (X,)), PROGRAM, Told({}), texts={"lir": "2001"})
    assert found.open == ("a(ARV)",)


def test_an_unknown_weight_is_open_only_where_it_can_tell() -> None:
    half = AtLeast(2, P, And((Lit(True), Atom("a", (P,)))), share=Fraction(1, 2), weight="people")
    told = {("a", ("ARV",)): True, ("a", ("BOR",)): False, ("a", ("CAD",)): False}
    two = {"ARV": Fraction(3), "BOR": Fraction(1)}
    assert holds(half, Program(), Told(told, weights=two)).open == ("people of CAD",)
    assert holds(half, Program(), Told(told, weights={})).open == (
        "people of ARV",
        "people of BOR",
        "people of CAD",
    )
    alone = AtLeast(2, P, And((Atom("a", (P,)), Lit(True))), share=Fraction(1, 2), weight="people")
    assert holds(alone, Program(), Told(told, weights={})).truth is True  # it weighs something
    nobody = dict.fromkeys(told, False)
    assert holds(half, Program(), Told(nobody, weights=two)).truth is False


def test_a_share_of_nobody_is_never_reached() -> None:
    every = AtLeast(2, P, And((Atom("a", (P,)), Lit(True))), share=Fraction(1))
    assert holds(every, Program(), Told({("a", (who,)): False for who in STATES})).truth is False
    open_ = {("a", (who,)): False for who in STATES[1:]}
    assert holds(every, Program(), Told(open_)).open == ("a(ARV)",)


def test_counts_say_who() -> None:
    told = {("a", ("ARV",)): True, ("a", ("BOR",)): False}
    [count] = holds(Not(AtLeast(2, P, Atom("a", (P,)))), Program(), Told(told)).counts
    assert (count.who, count.open, count.tally, count.needed) == (("ARV",), ("CAD",), (1, 2), (2, 2))
    assert (count.truth, count.wanted, count.met) == (None, False, None)
