"""What the chair allows and refuses: the course of a matter, and the cases at its edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from foedus.council.chair import begin, decide, evolve
from foedus.council.deed import Deed
from foedus.council.mandate import Mandate, Task
from foedus.council.rules import Rules
from foedus.council.state import State
from foedus.diagnostics.catalogue import CATALOGUE, help_of, title_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.ir.procedure import Move
from tests.council.convention import ASK, CLOSE, DECIDED, GO, MANDATE, OPEN, PROPOSE, at, rules, run


def refused(state: State, deed: Deed, by: Rules | None = None) -> Problem:
    """The problem with which a deed is refused."""
    with pytest.raises(Refused) as told:
        evolve(by or rules(), state, deed)
    return told.value.problems[0]


def after(*deeds: Deed) -> State:
    return run(rules(), *deeds)


# ---- the course of a matter ----


def test_from_a_request_to_the_end() -> None:
    state = after(*DECIDED, *GO)
    assert state.stages == {"matter": "decided", "mandate": "running", "contributor of BOR": "present"}
    assert state.bound["host"] == "ARV"
    assert [noted.args for noted in state.noted["announced"]] == [("COUNCIL", "peacekeepers", "ARV")]
    state = run(
        rules(),
        Deed("rule", "chair", at(6), about="calm(ARV)", answer="yes", text="no shot since Monday"),
        Deed("propose", "DUN", at(7), step="finish"),
        Deed("open", "chair", at(8), proposal="p2"),
        Deed("close", "chair", at(9), ballot="b2"),
        Deed("step", "BOR", at(10), step="leave"),
        state=state,
    )
    assert state.stages["matter"] == "over"
    assert not state.force
    assert decide(rules(), state, at(11)).stuck == ()


def test_who_the_host_is_holds_for_the_whole_matter() -> None:
    state = after(*DECIDED)
    assert refused(state, Deed("step", "BOR", at(5), step="recall")).code == "F659"
    assert refused(state, Deed("step", "ARV", at(5), step="authorise")).code == "F668"
    told = refused(state, Deed("step", "BOR", at(5), step="authorise", terms={"host": "CAD"}))
    assert (told.code, told.values["var"]) == ("F674", "host")


def test_each_contributor_has_a_track_of_its_own() -> None:
    state = after(*DECIDED, *GO, Deed("step", "CAD", at(20), step="authorise"))
    assert state.stages["contributor of BOR"] == "present"
    assert state.stages["contributor of CAD"] == "authorised"
    assert refused(state, Deed("step", "DUN", at(21), step="deploy", number=1)).code == "F658"


def test_a_deed_waits_until_the_chair_has_ruled() -> None:
    by = rules(known=rules().known[:1])
    told = refused(begin(by), ASK, by)
    assert told.code == "F669"
    assert "grave(riots)" in told.values["open"]
    assert "grave(riots)" in decide(by, begin(by), at(0)).waiting
    ruling = Deed("rule", "chair", at(0), about="grave(riots)", answer="yes", text="twenty dead")
    assert run(by, ruling, ASK).stages["matter"] == "asked"
    no = run(by, replace(ruling, answer="no"))
    assert refused(no, ASK, by).code == "F668"
    assert run(by, ruling, state=no).rulings["grave(riots)"].answer == "yes"
    assert refused(no, replace(ruling, answer="no"), by).code == "F675"
    assert refused(begin(by), replace(ruling, about="grave(other)"), by).code == "F675"
    assert refused(begin(by), replace(ruling, by="ARV"), by).code == "F659"


# ---- refusals name the article, and what would do ----


@pytest.mark.parametrize(
    ("code", "deeds", "wrong"),
    [
        ("F656", (), Deed("vote", "ARV", at(0), ballot="b1")),
        ("F656", (), Deed("close", "chair", at(0), ballot="b1", step="ask")),
        ("F657", (), Deed("step", "ARV", at(0), step="aks")),
        ("F658", (), Deed("step", "BOR", at(0), step="deploy")),
        ("F659", (ASK,), Deed("step", "BOR", at(1), step="recall")),
        ("F659", (ASK,), Deed("step", "ARV", at(1), step="consult")),
        ("F659", (ASK,), Deed("propose", "EST", at(1), step="decide")),
        ("F659", (ASK, PROPOSE), Deed("withdraw", "CAD", at(2), proposal="p1")),
        ("F659", (ASK, PROPOSE), replace(OPEN, by="BOR")),
        ("F659", (ASK, PROPOSE), Deed("tick", "BOR", at(2), clock="answer")),
        ("F659", (), Deed("correct", "ARV", at(0), entry=0, text="no")),
        ("F659", (), Deed("report", "DUN", at(0), where="north")),
        ("F667", (ASK, Deed("step", "DUN", at(1), step="raise")), Deed("step", "chair", at(1), step="consult")),
        ("F668", DECIDED, Deed("step", "ARV", at(5), step="authorise")),
        ("F673", (ASK,), Deed("step", "COUNCIL", at(1), step="decide")),
        ("F673", (), Deed("propose", "ARV", at(0), step="ask")),
        ("F674", (), replace(ASK, terms={})),
        ("F674", (), replace(ASK, terms={"i": "riots", "x": "y"})),
        ("F674", (), replace(ASK, terms={"i": "riots", "r": "Not a name"})),
        ("F674", (ASK,), replace(PROPOSE, terms={"host": "BOR"})),
        ("F674", DECIDED, Deed("step", "BOR", at(5), step="authorise", number=3)),
        ("F674", (ASK,), Deed("step", "chair", at(1), step="consult", mandate=MANDATE)),
        ("F674", (ASK,), replace(PROPOSE, hours={"answer": 3})),
        ("F674", (ASK, PROPOSE), Deed("amend", "CAD", at(2), proposal="p1")),
        ("F675", (ASK, PROPOSE), replace(OPEN, proposal="p9")),
        ("F675", (ASK, PROPOSE), replace(OPEN, part="9")),
        ("F675", (ASK, PROPOSE, OPEN), Deed("vote", "ARV", at(2), ballot="b9", status="for")),
        ("F675", DECIDED, Deed("close", "chair", at(4), ballot="b1")),
        ("F675", DECIDED, Deed("withdraw", "BOR", at(4), proposal="p1")),
        ("F675", (ASK,), Deed("correct", "chair", at(1), entry=1, text="no")),
        ("F675", (ASK,), Deed("extend", "chair", at(1), until=at(2))),
        ("F675", (ASK,), Deed("extend", "chair", at(1), until=at(2), clock="talks")),
        ("F675", (ASK,), Deed("tick", "clock", at(1), clock="answer")),
        ("F676", (ASK, PROPOSE, OPEN), Deed("vote", "EST", at(2), ballot="b1", status="for")),
        ("F676", (ASK, PROPOSE, OPEN), Deed("vote", "ARV", at(2), ballot="b1", status="absent")),
        ("F676", (), Deed("seat", "ARV", at(0), whom="ARV")),
        ("F676", (), Deed("unseat", "chair", at(0), whom="EST", seat="away")),
        ("F678", DECIDED, Deed("report", "commander", at(4), where="east")),
        ("F678", (), Deed("report", "commander", at(4), where="north")),
        ("F678", (ASK,), replace(PROPOSE, mandate=Mandate(until=at(0.5)))),
        ("F679", (ASK,), replace(PROPOSE, at=at(-1))),
        ("F679", (ASK, PROPOSE), replace(OPEN, way=1)),
        ("F679", (ASK, PROPOSE), replace(OPEN, until=at(1))),
        ("F679", (ASK, PROPOSE, OPEN), replace(OPEN, at=at(3))),
        ("F679", (ASK, PROPOSE, OPEN), Deed("withdraw", "BOR", at(3), proposal="p1")),
        ("F679", (ASK, PROPOSE, OPEN), Deed("amend", "BOR", at(3), proposal="p1", parts={"1": "No."})),
        ("F679", (ASK, PROPOSE, replace(OPEN, until=at(9))), CLOSE),
        ("F679", (ASK,), Deed("extend", "chair", at(1), until=at(99), clock="answer")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_out_of_order(code: str, deeds: tuple[Deed, ...], wrong: Deed) -> None:
    state = after(*deeds)
    told = refused(state, wrong)
    assert told.code == code
    assert state == after(*deeds)
    assert "…" not in title_of(told)
    assert "…" not in help_of(told)
    if wrong.step in rules().steps and code not in ("F656", "F679"):
        assert told.place.heading.startswith("Article 5")


def test_every_code_is_met() -> None:
    met = {mark.args[1][n][0] for mark in test_out_of_order.pytestmark for n in range(len(mark.args[1]))}  # type: ignore[attr-defined]
    others = {"F669", "F677"}  # in tests of their own
    ours = {
        code
        for code in CATALOGUE
        if "F656" <= code <= "F659" or "F667" <= code <= "F669" or "F673" <= code <= "F679"
    }
    assert ours == met | others


def test_what_would_be_allowed_is_said() -> None:
    state = after(*DECIDED)
    assert "authorise" in help_of(refused(state, Deed("step", "BOR", at(4), step="deploy", number=1)))
    assert "ask, consult" in help_of(refused(state, Deed("step", "BOR", at(4), step="nothing")))
    assert "host" in help_of(refused(state, Deed("step", "BOR", at(4), step="recall")))


# ---- degenerate cases ----


def test_two_motions_of_equal_precedence_go_in_the_order_received() -> None:
    second = replace(PROPOSE, by="CAD", at=at(1.5))
    state = after(ASK, PROPOSE, second)
    told = refused(state, replace(OPEN, proposal="p2"))
    assert (told.code, told.values["why"]) == ("F679", "first to be put is p1")
    assert decide(rules(), state, at(2)).first == "p1"
    withdrawn = run(rules(), Deed("withdraw", "BOR", at(2), proposal="p1"), state=state)
    assert run(rules(), replace(OPEN, proposal="p2"), state=withdrawn).ballots["b1"].proposal == "p2"


def test_a_step_with_precedence_goes_first() -> None:
    state = after(
        *DECIDED, *GO,
        Deed("propose", "CAD", at(6), step="prolong", mandate=Mandate(until=at(300))),
        Deed("propose", "DUN", at(7), step="finish"),
    )  # fmt: skip
    assert decide(rules(), state, at(8)).first == "p2"  # whether there is calm is open: it cannot be put
    state = run(
        rules(), Deed("rule", "chair", at(8), about="calm(ARV)", answer="yes", text="so it is"), state=state
    )
    assert decide(rules(), state, at(8)).first == "p3"
    assert refused(state, Deed("open", "chair", at(8), proposal="p2")).code == "F679"


def test_an_amendment_goes_before_what_it_amends() -> None:
    change = Deed("amend", "CAD", at(1.5), proposal="p1", parts={"2": "", "3": "For a week."})
    state = after(ASK, PROPOSE, change)
    assert refused(state, OPEN).values["why"] == "first to be put is p2"
    opened = run(rules(), replace(OPEN, proposal="p2"), state=state)
    assert "p2" in refused(opened, OPEN).values["why"]
    closed = run(rules(), CLOSE, state=opened)
    assert closed.proposals["p1"].parts == {"1": "Help is sent.", "3": "For a week."}
    assert closed.proposals["p2"].fate == "adopted"
    assert closed.stages == {"matter": "asked"}
    assert refused(state, Deed("amend", "DUN", at(2), proposal="p2", parts={"1": "x"})).code == "F675"


def test_whoever_moved_it_amends_it_at_once() -> None:
    state = after(
        ASK, PROPOSE, Deed("amend", "BOR", at(1.5), proposal="p1", parts={"1": "Much help is sent."})
    )
    assert state.proposals["p1"].parts["1"] == "Much help is sent."
    assert run(rules(), OPEN, state=state).ballots["b1"].proposal == "p1"


def test_what_amends_falls_with_what_it_amends() -> None:
    change = Deed("amend", "CAD", at(1.5), proposal="p1", parts={"1": "No help is sent."})
    state = after(ASK, PROPOSE, change, Deed("withdraw", "BOR", at(2), proposal="p1"))
    assert {name: each.fate for name, each in state.proposals.items()} == {"p1": "withdrawn", "p2": "lapsed"}


def test_parts_are_voted_on_apart() -> None:
    apart = replace(OPEN, part="2")
    no = tuple(Deed("object", "DUN", at(3), ballot=f"b{n}") for n in (1,))
    state = after(ASK, PROPOSE, apart, *no, CLOSE)
    assert "2" in state.proposals["p1"].parts  # consensus failed, and there are further ways
    state = run(
        rules(),
        replace(apart, at=at(4), way=1),
        *(Deed("vote", who, at(4), ballot="b2", status="against") for who in ("CAD", "DUN")),
        Deed("close", "chair", at(4), ballot="b2"),
        replace(apart, at=at(5), way=2, until=at(29)),
        Deed("object", "DUN", at(6), ballot="b3"),
        Deed("close", "chair", at(6), ballot="b3"),
        state=state,
    )
    assert state.proposals["p1"].parts == {"1": "Help is sent."}
    assert refused(state, replace(OPEN, at=at(7), part="1")).code == "F675"  # the last part is the whole
    assert (
        run(rules(), replace(OPEN, at=at(7)), replace(CLOSE, at=at(8), ballot="b4"), state=state).stages[
            "matter"
        ]
        == "decided"
    )


def test_ways_are_tried_in_their_order() -> None:
    state = after(ASK, PROPOSE, OPEN, Deed("object", "DUN", at(2), ballot="b1"), CLOSE)
    assert state.stages == {"matter": "asked"}
    assert refused(state, replace(OPEN, at=at(3), way=2, until=at(99))).code == "F679"
    vote = run(
        rules(),
        replace(OPEN, at=at(4)),
        *(Deed("vote", who, at(5), ballot="b2", status="for") for who in ("BOR", "CAD")),
        Deed("vote", "DUN", at(5), ballot="b2", status="against"),
        state=state,
    )
    assert vote.ballots["b2"].way == 1
    closed = run(rules(), Deed("close", "chair", at(6), ballot="b2"), state=vote)
    assert closed.stages["matter"] == "decided"  # two of three who voted
    assert closed.ballots["b2"].came is not None
    assert closed.ballots["b2"].said["ARV"] == "silent"
    lost = run(
        rules(),
        Deed("vote", "ARV", at(5), ballot="b2", status="against"),
        Deed("close", "chair", at(6), ballot="b2"),
        state=vote,
    )
    assert (lost.stages["matter"], lost.proposals["p1"].fate) == ("asked", "")


def test_a_way_that_failed_may_be_tried_again_and_counts_once() -> None:
    failed = after(
        ASK, PROPOSE, OPEN, Deed("object", "DUN", at(2), ballot="b1"), CLOSE,
        replace(OPEN, at=at(4)), Deed("close", "chair", at(4), ballot="b2"),
        replace(OPEN, at=at(5), way=0), Deed("object", "DUN", at(5), ballot="b3"),
        Deed("close", "chair", at(5), ballot="b3"),
    )  # fmt: skip
    assert failed.proposals["p1"].tried == {"": 2}
    assert run(rules(), replace(OPEN, at=at(6), until=at(30)), state=failed).ballots["b4"].way == 2
    again = run(
        rules(), replace(OPEN, at=at(6), way=0), Deed("close", "chair", at(6), ballot="b4"), state=failed
    )
    assert again.stages["matter"] == "decided"


def test_the_last_vote_before_the_close_counts() -> None:
    said = [
        Deed("vote", "DUN", at(2, n), ballot="b1", status=status)
        for n, status in enumerate(("against", "for"))
    ]
    state = after(ASK, PROPOSE, OPEN, *said)
    assert state.ballots["b1"].said == {"DUN": "for"}
    assert run(rules(), CLOSE, state=state).stages["matter"] == "decided"
    assert refused(run(rules(), CLOSE, state=state), replace(said[0], at=at(4))).code == "F675"


def silence() -> State:
    """A silence from hour 4 to hour 28, after consensus and a vote have failed."""
    return after(
        ASK, PROPOSE, OPEN, Deed("object", "DUN", at(2), ballot="b1"), CLOSE,
        replace(OPEN, at=at(3)), Deed("close", "chair", at(3), ballot="b2"),
        replace(OPEN, at=at(4), until=at(28)),
    )  # fmt: skip


@pytest.mark.parametrize(("when", "adopted"), [(at(28, -1), False), (at(28), False), (at(28, 1), True)])
def test_a_silence_is_broken_at_its_last_second_and_not_after(when: datetime, adopted: bool) -> None:
    broken = Deed("object", "CAD", when, ballot="b3")
    if adopted:
        told = refused(silence(), broken)
        assert (told.code, told.values["until"]) == ("F677", "5 March 2031, 16:00 UTC")
        state = silence()
    else:
        state = run(rules(), broken, state=silence())
    state = run(rules(), Deed("close", "chair", at(28, 2), ballot="b3"), state=state)
    assert (state.stages["matter"] == "decided") is adopted
    assert state.proposals["p1"].fate == ("adopted" if adopted else "not adopted")


def test_a_silence_is_closed_when_it_is_over_or_broken() -> None:
    close = Deed("close", "chair", at(5), ballot="b3")
    assert refused(silence(), close).code == "F679"
    assert refused(silence(), replace(close, at=at(28))).code == "F679"
    broken = run(rules(), Deed("object", "CAD", at(5), ballot="b3"), state=silence())
    assert run(rules(), close, state=broken).proposals["p1"].fate == "not adopted"
    assert refused(broken, Deed("extend", "chair", at(6), ballot="b3", until=at(40))).code == "F679"
    assert refused(silence(), Deed("vote", "CAD", at(6), ballot="b3", status="for")).code == "F679"


def test_a_consensus_with_an_end_is_closed_before_it_where_somebody_objects() -> None:
    """A time for objections: whoever agrees may say nothing, one objection prevents it, and may be given up."""
    opened = after(ASK, PROPOSE, replace(OPEN, until=at(30)))
    close = Deed("close", "chair", at(3), ballot="b1")
    agreed = run(rules(), Deed("vote", "ARV", at(2), ballot="b1", status="for"), state=opened)
    assert refused(agreed, close).code == "F679"
    objected = run(rules(), Deed("object", "DUN", at(2), ballot="b1"), state=agreed)
    assert run(rules(), close, state=objected).proposals["p1"].tried == {"": 1}
    given_up = run(rules(), Deed("vote", "DUN", at(3), ballot="b1", status="for"), state=objected)
    assert refused(given_up, close).code == "F679"
    assert run(rules(), replace(close, at=at(31)), state=given_up).proposals["p1"].fate == "adopted"


def test_a_silence_lasts_as_long_as_the_article_says_and_may_be_extended_in_time() -> None:
    before = after(
        ASK, PROPOSE, OPEN, Deed("object", "DUN", at(2), ballot="b1"), CLOSE,
        replace(OPEN, at=at(3)), Deed("close", "chair", at(3), ballot="b2"),
    )  # fmt: skip
    assert refused(before, replace(OPEN, at=at(4))).code == "F679"
    assert refused(before, replace(OPEN, at=at(4), until=at(28, -1))).code == "F679"
    longer = Deed("extend", "chair", at(28), ballot="b3", until=at(50))
    state = run(rules(), longer, state=silence())
    assert run(rules(), Deed("object", "CAD", at(50), ballot="b3"), state=state).ballots["b3"].broken
    assert refused(silence(), replace(longer, at=at(28, 1))).code == "F677"


def test_nobody_for_it_and_nobody_at_all() -> None:
    failed = after(
        ASK, PROPOSE, OPEN, Deed("object", "DUN", at(2), ballot="b1"), CLOSE, replace(OPEN, at=at(3))
    )
    state = run(rules(), Deed("close", "chair", at(3), ballot="b2"), state=failed)
    assert state.proposals["p1"].tried[""] == 2  # a share of nobody is not reached
    away = [Deed("unseat", "chair", at(3), whom=who, seat="away") for who in ("ARV", "BOR", "CAD")]
    void = run(rules(), *away, Deed("close", "chair", at(3), ballot="b2"), state=failed)
    assert void.ballots["b2"].came is not None
    assert void.ballots["b2"].came.word == "void"  # no quorum: it may be put again
    assert void.proposals["p1"].tried[""] == 1
    assert run(rules(), replace(OPEN, at=at(4)), state=void).ballots["b3"].way == 1


def test_the_electorate_is_that_of_the_opening_day() -> None:
    out = Deed("unseat", "chair", at(2.5), whom="DUN", seat="suspended")
    no = Deed("vote", "DUN", at(2), ballot="b1", status="against")
    state = after(ASK, PROPOSE, OPEN, no, out)
    assert state.ballots["b1"].electorate == ("ARV", "BOR", "CAD", "DUN")
    assert refused(state, replace(no, at=at(3), status="for")).code == "F676"
    assert run(rules(), CLOSE, state=state).stages["matter"] == "asked"  # what it had said counts
    assert refused(state, Deed("seat", "DUN", at(3), whom="DUN")).code == "F659"
    assert refused(state, Deed("propose", "DUN", at(3), step="decide")).code == "F676"
    later = after(ASK, PROPOSE, replace(out, at=at(1)), OPEN)
    assert later.ballots["b1"].electorate == ("ARV", "BOR", "CAD")


def test_what_can_no_longer_be_done_lapses() -> None:
    state = after(ASK, PROPOSE, OPEN, Deed("step", "ARV", at(2.5), step="recall"), CLOSE)
    assert state.proposals["p1"].fate == "lapsed"
    assert state.stages["matter"] == "over"
    assert state.mandate is None


# ---- clocks and mandates ----


def test_a_clock_that_is_started_twice_starts_anew() -> None:
    twice = after(
        ASK, Deed("step", "chair", at(1), step="consult"), Deed("step", "chair", at(2), step="consult")
    )
    assert twice.clocks["talks"].start == at(2)
    assert twice.clocks["talks"].end is None  # the chair's to set
    ends = run(rules(), Deed("extend", "chair", at(3), clock="talks", until=at(9)), state=twice)
    assert ends.clocks["talks"].end == at(9)
    assert refused(ends, Deed("extend", "chair", at(9, 1), clock="talks", until=at(12))).code == "F677"
    assert refused(twice, Deed("extend", "chair", at(3), clock="answer", until=at(90))).code == "F679"


def test_a_second_contributor_does_not_lengthen_the_mandate() -> None:
    state = after(
        ASK, replace(PROPOSE, mandate=replace(MANDATE, until=None), hours={"term": 48}), OPEN, CLOSE, *GO,
        Deed("step", "CAD", at(20), step="authorise"), Deed("step", "CAD", at(30), step="deploy", number=1),
    )  # fmt: skip
    assert state.clocks["term"].end == at(5 + 48)
    assert decide(rules(), state, at(53)).stages["mandate"] == "running"
    assert decide(rules(), state, at(53, 1)).stages["mandate"] == "over"


def test_each_contributor_has_a_clock_of_its_own() -> None:
    state = after(*DECIDED, GO[0], Deed("step", "CAD", at(20), step="authorise"))
    found = decide(rules(), state, at(4 + 48, 1)).stages
    assert found["contributor of BOR"] == "gone"
    assert found["contributor of CAD"] == "authorised"
    late = Deed("step", "BOR", at(52), step="deploy", number=1)
    assert run(rules(), late, state=state).stages["contributor of BOR"] == "present"
    assert refused(state, replace(late, at=at(52, 1))).code == "F658"


def test_it_is_the_same_whether_or_not_a_tick_was_written() -> None:
    state = after(*DECIDED, *GO)
    tick = Deed("tick", "clock", at(241), clock="term")
    leave = Deed("step", "BOR", at(250), step="leave")
    written = run(rules(), tick, leave, state=state)
    silent = run(rules(), leave, state=state)
    assert written.stages == silent.stages
    assert written.mandate == silent.mandate
    assert silent.mandate is not None
    assert silent.mandate.over == at(240)
    assert refused(run(rules(), tick, state=state), replace(tick, at=at(242))).code == "F675"
    assert refused(state, replace(tick, at=at(240))).code == "F675"


def test_late_things_are_shown() -> None:
    late = decide(rules(), after(ASK), at(72, 1)).late
    assert [(each.kind, each.what, each.steps) for each in late] == [
        ("clock", "answer", ("decide", "recall"))
    ]
    assert decide(rules(), after(ASK), at(72)).late == ()
    state = run(rules(), Deed("report", "commander", at(20), where="north"), state=after(*DECIDED, *GO))
    found = decide(rules(), state, at(40))
    assert [(each.kind, each.what) for each in found.late] == [("report", "south")]
    over = decide(rules(), state, at(240, 1)).late
    assert [(each.kind, each.what, each.steps) for each in over if each.kind == "departure"] == [
        ("departure", "BOR", ("leave",))
    ]


def test_what_was_done_in_time_is_not_late() -> None:
    assert set(after(ASK).clocks) == {"answer", "help"}
    assert set(after(*DECIDED, *GO).clocks) == {"term"}
    told = [Deed("report", "commander", at(230), where=where) for where in ("north", "south")]
    state = run(rules(), *told, state=after(*DECIDED, *GO))
    assert [each.kind for each in decide(rules(), state, at(300)).late] == [
        "departure"
    ]  # none is owed after the end


def test_a_length_that_is_not_stated_has_no_end() -> None:
    found = decide(rules(), after(ASK), at(10_000))
    assert [each.at for each in found.deadlines if each.what == "help"] == [None]
    assert not [each for each in found.late if each.what == "help"]
    endless = after(ASK, replace(PROPOSE, mandate=replace(MANDATE, until=None)), OPEN, CLOSE, *GO)
    deadlines = {(each.kind, each.what): each.at for each in decide(rules(), endless, at(9)).deadlines}
    assert deadlines["mandate", ""] is None
    assert deadlines["clock", "term"] is None
    assert decide(rules(), endless, at(100_000)).stages["mandate"] == "running"


PROLONG = Deed("propose", "CAD", at(100), step="prolong", mandate=Mandate(until=at(480)))


def decided(deed: Deed, state: State, when: float) -> State:
    """A proposal put to the vote and closed; nobody speaks against it."""
    name, ballot = f"p{len(state.proposals) + 1}", f"b{len(state.ballots) + 1}"
    return run(
        rules(), deed, Deed("open", "chair", at(when), proposal=name), Deed("close", "chair", at(when), ballot=ballot),
        state=state,
    )  # fmt: skip


def test_a_mandate_is_extended_while_it_runs() -> None:
    state = decided(PROLONG, after(*DECIDED, *GO), 101)
    assert state.mandate is not None
    assert state.mandate.mandate == replace(MANDATE, until=at(480))
    assert decide(rules(), state, at(241)).stages["mandate"] == "running"
    assert decide(rules(), state, at(480, 1)).stages["mandate"] == "over"
    assert refused(after(*DECIDED, *GO), replace(PROLONG, mandate=Mandate(until=at(240)))).code == "F678"
    assert refused(after(*DECIDED, *GO), replace(PROLONG, mandate=Mandate(ceiling=900))).code == "F678"


def test_what_was_said_last_of_its_length_holds() -> None:
    hours = after(
        ASK, replace(PROPOSE, mandate=replace(MANDATE, until=None), hours={"term": 240}), OPEN, CLOSE, *GO
    )
    assert hours.clocks["term"].end == at(245)
    until = decided(PROLONG, hours, 101)
    assert (until.clocks["term"].end, until.hours) == (at(480), {})
    again = decided(replace(PROLONG, at=at(102), mandate=None, hours={"term": 500}), until, 102)
    assert again.clocks["term"].end == at(505)
    assert decide(rules(), again, at(505)).stages["mandate"] == "running"
    patrol = Deed("step", "BOR", at(505), step="patrol", task="guard", where="airport")
    assert run(rules(), patrol, state=again).at == at(505)
    shorter = replace(PROLONG, at=at(103), mandate=None, hours={"term": 400})
    assert refused(again, shorter).code == "F678"


def test_a_new_mandate_runs_at_once_where_a_force_is_there() -> None:
    renew = Deed("propose", "CAD", at(250), step="renew", hours={"term": 24})
    there = decided(renew, after(*DECIDED, *GO), 250)
    assert (there.clocks["term"].start, there.clocks["term"].end) == (at(250), at(274))
    gone = decided(renew, after(*DECIDED, *GO, Deed("step", "BOR", at(9), step="leave")), 250)
    assert "term" not in gone.clocks
    back = run(
        rules(), Deed("step", "CAD", at(251), step="authorise"), Deed("step", "CAD", at(260), step="deploy", number=9),
        state=gone,
    )  # fmt: skip
    assert back.clocks["term"].end == at(284)


def test_what_is_over_is_not_extended_but_decided_anew() -> None:
    state = after(*DECIDED, *GO)
    assert refused(state, replace(PROLONG, at=at(240, 1))).code == "F658"
    tabled = run(rules(), PROLONG, Deed("open", "chair", at(101), proposal="p2"), state=state)
    late = run(rules(), Deed("close", "chair", at(241), ballot="b2"), state=tabled)
    assert late.proposals["p2"].fate == "lapsed"
    assert decide(rules(), late, at(241)).stages["mandate"] == "over"
    new = decided(Deed("propose", "CAD", at(250), step="renew", mandate=Mandate(until=at(480))), state, 250)
    assert new.mandate is not None
    assert (new.mandate.given, new.mandate.over, new.mandate.mandate.ceiling) == (at(250), None, None)


def test_an_extension_without_a_clock_is_refused_after_the_end() -> None:
    by = rules()
    freed = replace(
        by.procedure,
        clocks=(),
        steps=tuple(
            replace(step, moves=(Move("mandate", (), "running"),)) if step.name == "prolong" else step
            for step in by.procedure.steps
        ),
    )
    by = replace(by, procedure=freed)
    state = run(by, *DECIDED, *GO)
    told = refused(state, replace(PROLONG, at=at(240, 1)), by)
    assert (told.code, told.values["why"]) == ("F678", "the mandate ended on 14 March 2031, 12:00 UTC")
    assert "new mandate" in help_of(told)
    run(by, replace(PROLONG, at=at(240)), state=state)


def test_a_host_that_takes_its_request_back_ends_it_though_the_organ_is_silent() -> None:
    state = after(*DECIDED, *GO, Deed("step", "ARV", at(6), step="recall"))
    assert state.stages["mandate"] == "over"
    assert state.mandate is not None
    assert state.mandate.over == at(6)
    assert [each.what for each in decide(rules(), state, at(7)).late] == ["BOR"]
    assert (
        refused(state, Deed("step", "BOR", at(7), step="patrol", task="guard", where="airport")).code
        == "F667"
    )
    assert run(rules(), Deed("step", "BOR", at(7), step="leave"), state=state).force == {}


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"number": 41}, "ceiling"),
        ({}, "how many"),
        ({"number": 1, "task": "fight", "where": "airport"}, "forbids"),
        ({"number": 1, "task": "guard", "where": "border"}, "no such task"),
        ({"number": 1, "task": "cook"}, "no such task"),
    ],
)
def test_beyond_the_mandate(changes: dict[str, object], word: str) -> None:
    state = after(*DECIDED, GO[0])
    deed = replace(GO[1], number=None, task="", where="")
    told = refused(state, replace(deed, **changes))  # type: ignore[arg-type]
    assert told.code == "F678"
    assert word in told.values["why"]


def test_the_ceiling_is_for_all_together() -> None:
    others = [
        Deed("step", who, at(10 + n), step=step, number=40 if step == "deploy" else None)
        for n, (who, step) in enumerate([("CAD", "authorise"), ("CAD", "deploy"), ("DUN", "authorise")])
    ]
    state = after(*DECIDED, *GO, *others)
    last = Deed("step", "DUN", at(14), step="deploy", number=21)
    assert help_of(refused(state, last)) == "There is room for 20."
    assert run(rules(), replace(last, number=20), state=state).force == {"BOR": 40, "CAD": 40, "DUN": 20}
    freed = run(rules(), Deed("step", "BOR", at(14), step="leave"), replace(last, number=60), state=state)
    assert freed.force == {"CAD": 40, "DUN": 60}


def test_a_mandate_that_has_not_begun_is_not_acted_upon() -> None:
    later = replace(PROPOSE, mandate=replace(MANDATE, since=at(8)))
    state = after(ASK, later, OPEN, CLOSE, GO[0])
    assert "begins" in refused(state, GO[1]).values["why"]
    assert run(rules(), replace(GO[1], at=at(8)), state=state).force == {"BOR": 40}


def test_a_correction_adds_and_changes_nothing() -> None:
    state = after(*DECIDED)
    corrected = run(
        rules(), Deed("correct", "secretary", at(4), entry=1, text="the ceiling is in persons"), state=state
    )
    assert corrected.corrections[0].entry == 1
    assert replace(corrected, corrections=(), size=state.size, at=state.at) == state


def test_an_announced_decision_needs_no_ballot() -> None:
    by = rules(announced=True)
    filed = Deed("step", "COUNCIL", at(1), step="decide", terms={"m": "decision"})
    state = run(by, ASK, filed, *GO[:1], replace(GO[1], number=None))
    assert state.stages["mandate"] == "running"
    assert state.noted["authorised"][0].args == ("BOR", "decision")
    assert refused(state, replace(filed, at=at(9), terms={}), by).code == "F658"
    assert run(by, Deed("step", "COUNCIL", at(9), step="prolong"), state=state).mandate is not None


def test_a_task_is_forbidden_whatever_else_allows_it() -> None:
    both = Mandate((Task("guard", "may"), Task("guard", "must not", "border")))
    assert both.tasked("guard", "border") == "must not"
    assert both.tasked("guard", "airport") == "may"


def test_no_track_without_an_exit() -> None:
    assert decide(rules(), begin(rules()), at(0)).stuck == ()
    shut = replace(
        rules().procedure,
        steps=tuple(
            step for step in rules().procedure.steps if step.name not in ("decide", "recall", "consult")
        ),
    )
    by = rules(procedure=shut)
    assert decide(by, run(by, ASK), at(1)).stuck == ("matter",)
