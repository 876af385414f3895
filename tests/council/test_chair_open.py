"""What is open keeps a vote from being closed until the chair has ruled; other procedures than the convention's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from foedus.council.ballots import warning
from foedus.council.chair import begin, decide, evolve
from foedus.council.deed import Deed
from foedus.council.rules import Rules
from foedus.diagnostics.problem import Refused
from foedus.ir.decision import Way, Weighting
from foedus.ir.formula import And, AtLeast, Atom, Choose, Const, Not, Or, Unread, Var
from foedus.ir.norm import Answer, Question
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower
from foedus.library import shipped
from tests.council.convention import ASK, CLOSE, OPEN, PROPOSE, at, program, rules, run

P, M = Var("p", "State"), Var("m", "Act")
PARTY = Atom("party", (P, Const("lir")))
NONE = program().rules[0].ways[0].passes
EVERY = Not(AtLeast(1, P, And((PARTY, Not(Atom("vote", (P, M)))))))
HEAVY = AtLeast(
    2, P, And((PARTY, Atom("vote", (P, M)))), share=Fraction(1, 2), strict=True, weight="lir.shares"
)


def under(way: Way, **changes: object) -> Rules:
    """The rules of a session in which decisions are made in one way only."""
    rule = replace(program().rules[0], ways=(way,), **changes)  # type: ignore[arg-type]
    return rules(
        program=replace(
            program(),
            rules=(rule,),
            questions={"lir.q": Question("lir.q", "Who?", (Answer("nobody objects"), Answer("everybody agrees")))},
            weightings={"lir.shares": Weighting("lir.shares", "", {"ARV": Fraction(5), "BOR": Fraction(1)})},
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("way", "changes", "about", "answers"),
    [
        (
            Way("", Choose("lir.q", (("nobody objects", NONE), ("everybody agrees", EVERY)))), {}, "lir.q",
            {"nobody objects": "adopted", "everybody agrees": "not adopted"},
        ),
        (Way("", And((NONE, Unread("Article 9")))), {}, "unread: Article 9", {"yes": "adopted", "no": "not adopted"}),
        (Way("", And((NONE, Atom("regular", (M,))))), {}, "regular(b1)", {"yes": "adopted", "no": "not adopted"}),
    ],
)  # fmt: skip
def test_a_vote_waits_for_a_ruling(
    way: Way, changes: dict[str, object], about: str, answers: dict[str, str]
) -> None:
    by = under(way, **changes)
    state = run(by, ASK, PROPOSE, OPEN)
    with pytest.raises(Refused) as told:
        evolve(by, state, CLOSE)
    assert told.value.problems[0].code == "F669"
    assert about in told.value.problems[0].values["open"]
    assert about in decide(by, state, at(3)).waiting
    for answer, word in answers.items():
        ruling = Deed("rule", "chair", at(3), about=about, answer=answer, text="so I read it")
        came = run(by, ruling, CLOSE, state=state).ballots["b1"].came
        assert came is not None
        assert came.word == word


def test_what_a_member_weighs_may_be_said_at_the_table() -> None:
    by = under(Way("vote", HEAVY))
    said = [Deed("vote", who, at(2), ballot="b1", status="for") for who in ("BOR", "CAD")]
    state = run(by, ASK, PROPOSE, OPEN, *said)
    waiting = decide(by, state, at(3)).waiting
    assert set(waiting) == {"lir.shares of CAD", "lir.shares of DUN"}
    for heavy, word in (("9/2", "not adopted"), ("9", "adopted")):
        ruled = [
            Deed("rule", "chair", at(3), about=about, answer=answer, text="by the table of 2030")
            for about, answer in (("lir.shares of CAD", heavy), ("lir.shares of DUN", "1"))
        ]
        came = run(by, *ruled, CLOSE, state=state).ballots["b1"].came
        assert came is not None
        assert came.word == word
    with pytest.raises(Refused):
        run(
            by, Deed("rule", "chair", at(3), about="lir.shares of CAD", answer="much", text="so"), state=state
        )


def test_a_rule_known_in_words_only_is_not_voted_under() -> None:
    by = rules(program=replace(program(), rules=(replace(program().rules[0], ways=()),)))
    with pytest.raises(Refused) as told:
        run(by, ASK, PROPOSE, OPEN)
    assert told.value.problems[0].code == "F673"


def test_who_is_left_out_has_no_part() -> None:
    by = under(Way("", NONE), left_out=Atom("request", (P, Const("COUNCIL"), Const("riots"))))
    state = run(by, ASK, PROPOSE, OPEN)
    came = run(by, CLOSE, state=state).ballots["b1"].came
    assert came is not None
    assert came.left_out == ("ARV",)
    assert came.electorate == ("BOR", "CAD", "DUN")


def test_who_is_left_out_is_not_heard_and_not_waited_for() -> None:
    by = under(Way("vote", NONE), left_out=Atom("request", (P, Const("COUNCIL"), Const("riots"))))
    state = run(by, ASK, PROPOSE, replace(OPEN, until=at(9)))
    with pytest.raises(Refused) as told:
        evolve(by, state, Deed("vote", "ARV", at(2), ballot="b1", status="for"))
    assert told.value.problems[0].code == "F676"
    said = [Deed("vote", who, at(2), ballot="b1", status="for") for who in ("BOR", "CAD", "DUN")]
    came = run(by, *said, CLOSE, state=state).ballots["b1"].came
    assert came is not None
    assert came.word == "adopted"
    with pytest.raises(Refused):  # before its end everybody else has to be heard
        run(by, *said[:2], CLOSE, state=state)


def test_the_chair_is_warned_where_a_vote_against_can_carry_it() -> None:
    state = run(rules(), ASK, PROPOSE, OPEN)
    assert warning(rules(), state, "b1").monotone
    spoke = Or((Atom("vote", (P, M)), Atom("objects", (P, M))))
    by = under(Way("vote", Atom("vote", (Const("BOR"), M)), AtLeast(2, P, And((PARTY, spoke)))))
    found = warning(by, run(by, ASK, PROPOSE, OPEN), "b1")
    assert found.carried_by_against is not None
    assert found.monotone is False


HARBOUR = Path(__file__).parents[1] / "good" / "harbour.md"


def harbour(text: str) -> Rules:
    """Another procedure: stages under two texts, observers, another organ that inspects."""
    shared, _ = parse_page(
        "vocabulary.md", (shipped("treaties") / "vocabulary.md").read_text(encoding="utf-8")
    )
    page, _ = parse_page("harbour.md", HARBOUR.read_text(encoding="utf-8"))
    found, problems = lower([shared, page])
    assert not problems
    day = date(2005, 5, 5) if text == "2001" else date(2015, 5, 5)
    return Rules(found, found.procedures[f"harbour.patrol_ordered@{text}"], day)


@pytest.mark.parametrize("text", ["2001", "2011"])
def test_a_patrol_in_the_harbour(text: str) -> None:
    by = harbour(text)
    now = datetime(by.on.year, 5, 5, tzinfo=UTC)

    def deed(kind: str, who: str, **fields: object) -> Deed:
        return Deed(kind, who, now, **fields)  # type: ignore[arg-type]

    state = run(
        by,
        deed("step", "CAD", step="ask"),
        deed("step", "DUN", step="debate"),
        deed("propose", "chair", step="decide", hours={"term": 24}),
        deed("open", "chair", proposal="p1"),
        deed("close", "chair", ballot="b1"),
        deed("step", "secretary", step="notify"),
        deed("step", "ARV", step="authorise"),
        deed("step", "BOR", step="authorise"),
        deed("step", "chair", step="release", terms={"p": "BOR"}),
        deed("step", "ARV", step="sail"),
    )
    assert state.stages == {
        "matter": "decided", "mandate": "running", "notice": "given",
        "contributor of ARV": "present", "contributor of BOR": "gone",
    }  # fmt: skip
    found = decide(by, state, now)
    assert ("WARDENS" in {each.deed.by for each in found.allowed if each.deed.step == "inspect"}) is (
        text == "2011"
    )
    assert {each.what for each in found.deadlines if each.kind == "clock"} >= {"term"}
    later = now.replace(day=6, second=1)
    assert decide(by, state, later).stages["mandate"] == "over"


def test_the_end_of_time_is_no_trouble() -> None:
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    state = run(rules(), ASK, replace(PROPOSE, mandate=None, hours={"term": 2**53 - 1}), OPEN, CLOSE)
    assert decide(rules(), state, last).at == last
    assert run(rules(), Deed("step", "ARV", last, step="recall"), state=state).at == last
    assert decide(rules(), begin(rules()), last).allowed
