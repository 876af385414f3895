"""What is listed as allowed is taken, and everything else is refused: over all deeds of a small universe; and over any
course of a matter, a refused deed changes nothing and a replay gives the same state."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from foedus.council.ballots import SPOKEN, may_object, may_say
from foedus.council.candidates import Candidate
from foedus.council.chair import begin, decide, evolve
from foedus.council.deed import KINDS, Deed, read
from foedus.council.ledger.canonical import canonical, is_canonical
from foedus.council.mandate import Mandate
from foedus.council.rules import Rules
from foedus.council.state import State
from foedus.diagnostics.catalogue import help_of, title_of
from foedus.diagnostics.problem import Refused
from foedus.ir.formula import Atom, Const, Var
from tests.council.convention import (
    ASK,
    CLOSE,
    DECIDED,
    GO,
    MANDATE,
    OPEN,
    PARTIES,
    PROPOSE,
    START,
    at,
    rules,
    run,
)

RULES = rules()
ACTORS = (*PARTIES, "EST", "COUNCIL", "chair", "secretary", "commander", "clock")
P = Var("p", "State")
HOUR = timedelta(hours=1)
TERMS = (
    {},
    {"i": "riots"},
    {"host": "ARV"},
    {"host": "BOR"},
    {"i": "riots", "host": "ARV"},
    {"i": "nothing"},
)


def universe(state: State) -> Iterator[Deed]:
    """Every deed that can be put together of a few values, in order or not."""
    now = state.at or START
    for by in ACTORS:
        for step in RULES.procedure.steps:
            mandate = Mandate(until=now + 1000 * HOUR) if step.mandate == "extends" else None
            for terms in TERMS:
                yield Deed("propose", by, now, step=step.name, terms=terms, mandate=mandate)
                number = 0 if step.mandate == "within" else None
                yield Deed("step", by, now, step=step.name, terms=terms, number=number)
        for name in ("p1", "p2", "p3"):
            yield Deed("withdraw", by, now, proposal=name)
            yield Deed("amend", by, now, proposal=name, parts={"1": "Other words."})
            for part, way in product(("", "1", "2"), range(4)):
                yield Deed("open", by, now, proposal=name, part=part, way=way, until=now + 24 * HOUR)
        for name in ("b1", "b2", "b3"):
            for status in (*SPOKEN, "absent"):
                yield Deed("vote", by, now, ballot=name, status=status)
            yield Deed("object", by, now, ballot=name)
            yield Deed("close", by, now, ballot=name)
            yield Deed("extend", by, now, ballot=name, until=now + 5000 * HOUR)
            yield Deed("tick", by, now, ballot=name)
        for name in ("term", "answer", "talks", "help", "parliament of BOR", "parliament of CAD"):
            yield Deed("extend", by, now, clock=name, until=now + 5000 * HOUR)
            yield Deed("tick", by, now, clock=name)
        for about, answer in product(("calm(ARV)", "grave(riots)", "calm(BOR)"), ("yes", "no", "perhaps")):
            yield Deed("rule", by, now, about=about, answer=answer, text="so")
        for where in ("north", "south", "east"):
            yield Deed("report", by, now, where=where)
        for whom in (*PARTIES, "EST"):
            yield Deed("seat", by, now, whom=whom)
            for how in ("away", "suspended"):
                yield Deed("unseat", by, now, whom=whom, seat=how)  # type: ignore[arg-type]
        for entry in (0, 3, 99):
            yield Deed("correct", by, now, entry=entry, text="so")


def _is(each: Candidate, deed: Deed, state: State) -> bool:
    """The same deed, but for what is to be named; that is named as it can be."""
    if each.deed.kind != deed.kind:
        return False
    for name in ("by", *KINDS[deed.kind][0], *KINDS[deed.kind][1]):
        one, other = getattr(each.deed, name), getattr(deed, name)
        if name == "terms":
            step = RULES.steps.get(deed.step)
            words = RULES.outlines[deed.step].variables if step is not None else {}
            movers = (
                {mover.var.name: deed.by for mover in step.movers if mover.var} if step is not None else {}
            )
            known = {**state.bound, **movers, **one}
            if not set(one) <= set(other) <= set(words) or any(known.get(w) != v for w, v in other.items()):
                return False
        elif name == "status" and name in each.to_name:
            if other not in SPOKEN:
                return False
        elif name == "entry":
            if other >= state.size:
                return False
        elif name == "answer":
            said = state.rulings.get(deed.about)
            if other not in ("yes", "no") or (said is not None and said.answer == other):
                return False
        elif name not in each.to_name and name not in ("until", "text", "parts", "mandate") and one != other:
            return False
    return True


COURSES: dict[str, tuple[Deed, ...]] = {
    "nothing": (),
    "asked": (ASK,),
    "order": (ASK, Deed("step", "DUN", at(1), step="raise"), Deed("step", "chair", at(1), step="settle")),
    "raised": (ASK, Deed("step", "DUN", at(1), step="raise")),
    "proposed": (ASK, PROPOSE, replace(PROPOSE, by="CAD", at=at(1.5), parts={})),
    "amended": (ASK, PROPOSE, Deed("amend", "DUN", at(1.5), proposal="p1", parts={"1": "No."})),
    "open": (ASK, PROPOSE, OPEN, Deed("unseat", "DUN", at(2), whom="DUN", seat="away")),
    "suspended": (ASK, PROPOSE, OPEN, Deed("unseat", "chair", at(2), whom="DUN", seat="suspended")),
    "failed": (ASK, PROPOSE, OPEN, Deed("object", "DUN", at(2), ballot="b1"), CLOSE),
    "consulting": (ASK, PROPOSE, Deed("step", "chair", at(4), step="consult")),
    "timed": (ASK, PROPOSE, replace(OPEN, until=at(4)), Deed("correct", "chair", at(5), entry=0, text="so")),
    "decided": DECIDED,
    "there": (*DECIDED, *GO),
    "calm": (*DECIDED, *GO, Deed("rule", "chair", at(6), about="calm(ARV)", answer="yes", text="so")),
    "over": (*DECIDED, *GO, Deed("correct", "chair", at(241), entry=0, text="so")),
    "recalled": (*DECIDED, *GO, Deed("step", "ARV", at(6), step="recall")),
    "left": (*DECIDED, *GO, Deed("step", "BOR", at(6), step="leave")),
}  # fmt: skip


@pytest.mark.parametrize("course", COURSES)
def test_what_is_listed_is_taken_and_nothing_else(course: str) -> None:
    state = run(RULES, *COURSES[course])
    position = decide(RULES, state, state.at or START)
    by_whom: dict[tuple[str, str], list[Candidate]] = {}
    for each in position.allowed:
        by_whom.setdefault((each.deed.kind, each.deed.by), []).append(each)
    wrong: list[str] = []
    taken = 0
    for deed in universe(state):
        try:
            evolve(RULES, state, deed)
            accepted = True
        except Refused as told:
            accepted = False
            assert all(title_of(each) for each in told.problems)
        taken += accepted
        if accepted is not any(_is(each, deed, state) for each in by_whom.get((deed.kind, deed.by), ())):
            wrong.append(f"{'taken' if accepted else 'refused'}: {deed.body()}")
    assert not wrong, "\n".join(wrong[:20])
    assert taken > 5
    for each in position.allowed:
        evolve(RULES, state, each.deed)
    for each in position.refused:
        with pytest.raises(Refused):
            evolve(RULES, state, each.deed)


@pytest.mark.parametrize("course", COURSES)
def test_whoever_asks_alone_is_told_the_same(course: str) -> None:
    state = run(RULES, *COURSES[course])
    now = state.at or START
    whole = decide(RULES, state, now)
    for who in ACTORS:
        alone = decide(RULES, state, now, {who})
        assert alone.allowed == tuple(each for each in whole.allowed if each.deed.by == who)
        assert alone.refused == tuple(each for each in whole.refused if each.deed.by == who)
        waiting = whole.waiting if who == "chair" else ()
        assert alone == replace(whole, allowed=alone.allowed, refused=alone.refused, waiting=waiting)
    some = decide(RULES, state, now, ("ARV", "chair"))
    assert some.allowed == tuple(each for each in whole.allowed if each.deed.by in ("ARV", "chair"))


def heard(by: Rules, state: State, now: datetime) -> int:
    """What everybody may say in every vote is what is taken, and nothing else; and how much that is."""
    taken = 0
    for name, who in product(("b1", "b2", "b3"), (*ACTORS, "S000")):
        deeds = [Deed("vote", who, now, ballot=name, status=word) for word in (*SPOKEN, "absent")]
        said = may_say(by, state, name, who, now)
        may = [deed.status in said for deed in deeds] + [may_object(by, state, name, who, now)]
        for deed, allowed in zip((*deeds, Deed("object", who, now, ballot=name)), may, strict=True):
            try:
                evolve(by, state, deed)
            except Refused:
                assert not allowed, deed
            else:
                assert allowed, deed
                taken += 1
    return taken


@pytest.mark.parametrize("course", COURSES)
def test_what_a_member_may_say_is_taken(course: str) -> None:
    state = run(RULES, *COURSES[course])
    for hours in (0, 1, 400):
        heard(RULES, state, (state.at or START) + hours * HOUR)


@pytest.mark.parametrize("by", ["consensus", "vote", "silence"])
def test_what_may_be_said_hangs_on_the_way(by: str) -> None:
    rule = replace(RULES.program.rules[0], left_out=Atom("request", (P, Const("COUNCIL"), Const("riots"))))
    ways = tuple(way for way in rule.ways if way.by == by)
    there = rules(program=replace(RULES.program, rules=(replace(rule, ways=ways),)))
    state = run(
        there,
        ASK,
        PROPOSE,
        replace(OPEN, until=at(30)),
        Deed("unseat", "DUN", at(2), whom="DUN", seat="away"),
    )
    # BOR and CAD are heard: ARV has no part in it, DUN is away.
    assert heard(there, state, at(3)) == 2 * {"consensus": 6, "vote": 5, "silence": 1}[by]
    assert heard(there, state, at(31)) == 0


ANYTHING = tuple(universe(State(at=START)))


@settings(max_examples=12, stateful_step_count=25, deadline=None)
class Session(RuleBasedStateMachine):
    """Somebody does something, in order or not; time goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.state = begin(RULES)
        self.deeds: list[Deed] = []
        self.now = START

    @rule(data=st.data())
    def what_is_allowed(self, data: st.DataObject) -> None:
        allowed = decide(RULES, self.state, self.now).allowed
        # The steps and the votes, and less often what can be done at any time.
        most = [each for each in allowed if each.deed.kind not in ("seat", "unseat", "correct", "report")]
        each = data.draw(st.sampled_from(most if most and data.draw(st.integers(0, 4)) else allowed))
        deed = each.deed
        changes: dict[str, Any] = {}
        if "status" in each.to_name:
            changes["status"] = data.draw(st.sampled_from(SPOKEN))
        if deed.step and RULES.steps[deed.step].mandate == "gives":
            changes["mandate"] = replace(MANDATE, until=self.now + data.draw(st.integers(1, 300)) * HOUR)
        self.done(replace(deed, **changes), True)

    @rule(data=st.data(), hours=st.integers(-2, 2))
    def anything(self, data: st.DataObject, hours: int) -> None:
        deed = data.draw(st.sampled_from(ANYTHING))
        at = self.now + hours * HOUR
        until = deed.until and at + (deed.until - deed.at)
        self.done(replace(deed, at=at, until=until), None)

    @rule(hours=st.integers(0, 60))
    def time_goes_on(self, hours: int) -> None:
        self.now += hours * HOUR

    def done(self, deed: Deed, expected: bool | None) -> None:
        before = copy.deepcopy(self.state)
        line = is_canonical(canonical(deed.body()))
        assert line is not None
        assert read(line) == deed
        try:
            after = evolve(RULES, self.state, deed)
        except Refused as told:
            assert not expected, (deed, title_of(told.problems[0]))
            assert help_of(told.problems[0]) is not None
        else:
            assert after.size == self.state.size + 1
            self.deeds.append(deed)
            self.now = max(self.now, deed.at)
            assert self.state == before
            self.state = after
            return
        assert self.state == before

    def teardown(self) -> None:
        """The replay gives the same."""
        assert run(RULES, *(read(deed.body()) for deed in self.deeds)) == self.state

    @invariant()
    def members_are_told_what_they_may_say(self) -> None:
        heard(RULES, self.state, self.now)

    @invariant()
    def stages_are_stages(self) -> None:
        position = decide(RULES, self.state, self.now)
        for key, stage in position.stages.items():
            assert stage in RULES.tracks[key.partition(" of ")[0]].stages
        assert not position.stuck
        assert position.allowed


TestSession = Session.TestCase
