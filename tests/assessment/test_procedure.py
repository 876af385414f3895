"""Cases replayed through a procedure: fictional ones through the page of a harbour, Kazakhstan through its own page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from foedus.assessment.procedure import Event, Matter, Replay, replay
from foedus.evidence.record import Dossier
from foedus.ir.norm import Program
from foedus.lang.parse import parse_page
from foedus.lang.to_record import to_record
from foedus.library import Library
from foedus.terms.time import EDate, day

HARBOUR = Path(__file__).parents[1] / "good" / "harbour.md"

ASKED = "fact plea request(by: ARV, to: HARBOUR, about: storm) on 2015-03-01 established"
DECIDED = "fact word announced(by: HARBOUR, what: forces, for: ARV) on 2015-03-02 established"
CRISIS = (
    "fact storm unrest(ARV) on 2015-03-01 established",
    ASKED,
    DECIDED,
    "fact leave_bor authorised(BOR, word) on 2015-03-03 established",
    "fact sail_bor deployed(BOR, ARV) on 2015-03-04 established",
    "fact sail_cad deployed(CAD, ARV) on 2015-03-05 established",
    "fact home_bor left(BOR, ARV) on 2015-03-20 established",
    "fact end announced(by: HARBOUR, what: return, for: ARV) on 2015-03-19 established",
)


@cache
def harbour() -> Program:
    return Library(trials=False, extra=(HARBOUR,)).load(["harbour"]).program


def case(*lines: str, moved: Mapping[str, str] = {}, instead: Mapping[str, str] = {}) -> Replay:
    """The crisis of the harbour with these lines besides; `instead` replaces or (empty) leaves out facts by name."""
    kept = [instead.get(line.split()[1], line) for line in CRISIS]
    text = "\n".join(
        ["# case", "", "## Trial · case", "", "```record", *filter(None, kept), *lines, "```", ""]
    )
    page, mistakes = parse_page("case", text)
    record, slips = to_record(page.trials[0].records, harbour())
    assert not mistakes and not slips, (mistakes, slips)
    period = day("2015-03-01/2015-03-31")
    dossier = Dossier("case", "A case", record, on=day("2015-03-31"), period=period, instruments=("harbour",))
    days: dict[str, EDate] = {name: day(on) for name, on in moved.items()}
    return replay(dossier, harbour(), harbour().procedures["harbour.patrol_ordered@2011"], days)


def only(found: Replay) -> Matter:
    [matter] = found.matters
    return matter


def ids(events: tuple[Event, ...]) -> set[str]:
    return {event.id for event in events}


def test_a_plain_case_is_in_order_in_all() -> None:
    matter = only(case())
    assert (matter.word, matter.without, matter.depends) == ("all", "all", False)
    assert [event.act.step.name for event in matter.events] == [
        "ask", "decide", "authorise", "sail", "sail", "finish", "leave",
    ]  # fmt: skip
    assert matter.bound["host"] == ("ARV",) and matter.bound["m"] == ("word",)


def test_nobody_complains_of_a_step_that_is_not_on_record() -> None:
    """CAD's leave is not on record; without the request the decision stands all the same."""
    assert only(case(instead={"plea": ""})).word == "all"
    assert only(case(instead={"plea": "", "word": "", "leave_bor": "", "end": ""})).word == "all"


def test_what_is_on_record_counts_on_its_own_day() -> None:
    found = only(case(moved={"leave_bor": "2015-03-06"}))
    assert found.word == "none"
    refusal = found.refusal
    assert refusal is not None
    assert (refusal.event.id, refusal.subject) == ("sail_bor", ("contributor", "BOR"))
    assert (refusal.at, refusal.wanted) == (("none",), ("authorised",))
    assert ids(refusal.missing) == {"leave_bor"}
    assert refusal.event.act.step.place.heading.startswith("Article 2")


def test_a_step_too_late_names_what_had_ended_it() -> None:
    found = only(case(moved={"sail_cad": "2015-03-25"}))
    refusal = found.refusal
    assert found.word == "none" and refusal is not None and refusal.since is not None
    assert (refusal.event.id, refusal.since.id, refusal.at) == ("sail_cad", "end", ("over",))
    assert not refusal.missing


def test_one_day_for_both_leaves_the_order_open() -> None:
    found = only(case(moved={"leave_bor": "2015-03-04"}))
    assert found.word == "some"
    assert [(a.id, b.id) for a, b in found.hinges] == [("leave_bor", "sail_bor")]


@pytest.mark.parametrize("date", ["2015-03-04", "[2015-03-03..2015-03-04]", "2015-03-04/2015-03-18"])
def test_dates_that_come_to_overlap_nothing_change_nothing(date: str) -> None:
    assert only(
        case(moved={"sail_bor": date}, instead={"leave_bor": CRISIS[3].replace("03-03", "03-02")})
    ).word == ("all")


def test_a_closed_predicate_leaves_nothing_unseen() -> None:
    closing = 'complete for authorised(_, word) by encoder "all leaves are listed"'
    found = only(case(closing))
    assert (found.word, found.closed) == ("none", True)
    assert found.refusal is not None and found.refusal.event.id == "sail_cad"
    [way] = found.refusal.through
    assert way.step is not None and way.step.name == "authorise" and way.closed is not None
    assert only(case(closing, "fact leave_cad authorised(CAD, word) on 2015-03-03 established")).word == "all"


def test_what_is_refuted_is_no_step_and_closes_its_own() -> None:
    never = "fact leave_bor authorised(BOR, word) refuted"
    found = case(instead={"leave_bor": never})
    assert [act.fact.id for act in found.refuted] == ["leave_bor"]
    assert only(found).word == "none"
    that_day = CRISIS[3].replace("established", "refuted")  # says nothing of another day
    assert only(case(instead={"leave_bor": that_day})).word == "all"


def test_a_doubted_step_is_told_as_what_the_answer_hangs_on() -> None:
    early = "fact early deployed(BOR, ARV) on 2015-03-01 contested"
    found = only(case(early))
    assert (found.word, found.without, found.depends) == ("none", "all", True)
    assert ids(found.decisive) == {"early"}
    assert found.refusal is not None and found.refusal.event.id == "early"


def test_a_tension_is_a_doubt_where_the_fact_is_not_established() -> None:
    early = "fact early deployed(BOR, ARV) on 2015-03-01"
    strain = 'tension early, leave_bor "there before it was allowed to be"'
    assert only(case(f"{early} asserted", strain)).depends
    assert not only(case(f"{early} established", strain)).depends
    assert not only(case(f"{early} asserted")).depends


def test_what_rests_on_an_assertion_says_so() -> None:
    found = only(case("fact early deployed(BOR, ARV) on 2015-03-01 asserted"))
    assert found.word == "none" and ids(found.rests_on) == {"early"}


def test_a_further_request_makes_a_matter_of_its_own() -> None:
    other = "fact plea_dun request(by: DUN, to: HARBOUR, about: squall) on 2015-03-10 established"
    found = case("fact squall unrest(DUN) on 2015-03-10 established", other)
    assert [matter.bound["host"] for matter in found.matters] == [("ARV",), ("DUN",)]


def test_two_requests_of_one_state_make_two_matters() -> None:
    again = "fact plea_2 request(by: ARV, to: HARBOUR, about: storm) on 2015-03-15 established"
    found = case(again)
    assert [matter.bound["r"] for matter in found.matters] == [("plea",), ("plea_2",)]
    assert [matter.word for matter in found.matters] == ["all", "all"]


def test_what_speaks_of_another_request_is_no_step() -> None:
    lines = (
        "fact other request(by: ARV, to: BOR, about: storm) on 2015-03-01 established",
        "fact back withdrawn(by: ARV, what: other) on 2015-03-02 established",
    )
    assert "back" not in ids(case(*lines).events)
    mine = "fact back withdrawn(by: ARV, what: plea) on 2015-03-19 established"
    assert "back" in ids(case(mine).events)


def test_a_condition_that_is_refuted_refuses_the_step() -> None:
    """No procedure for DUN, which is no party; whether the host is one is asked on the day."""
    lines = (
        "fact squall unrest(DUN) on 2015-03-10 established",
        "fact plea_dun request(by: DUN, to: HARBOUR, about: squall) on 2015-03-10 established",
    )
    _, second = case(*lines).matters
    assert second.word == "none" and second.refusal is not None and second.refusal.subject is None
    assert second.refusal.event.id == "plea_dun"


def test_an_open_condition_is_told_and_refuses_nothing() -> None:
    """Whether the request was taken back is contested: the decision depends on it, and is in order."""
    back = "fact back withdrawn(by: ARV, what: plea) on 2015-03-19 contested"
    all_told = 'complete for withdrawn by encoder "one is spoken of"'
    decide = next(e for e in only(case(back, all_told)).events if e.act.step.name == "decide")
    assert decide.condition is not None and decide.condition.answer == "yes"
    same_day = back.replace("03-19", "03-02")
    decide = next(e for e in only(case(same_day, all_told)).events if e.act.step.name == "decide")
    assert decide.condition is not None
    assert (decide.condition.answer, [n for n, _ in decide.condition.turns_on]) == ("open", ["back"])


def test_a_decision_without_ballots_is_one_open_fact() -> None:
    decide = next(e for e in only(case()).events if e.act.step.name == "decide")
    assert decide.decision is not None and decide.decision.answer == "open" and not decide.decision.statuses


def test_a_decision_with_ballots_is_judged_by_the_rule() -> None:
    for_it = [f"fact v_{who.lower()} agrees({who}, word) on 2015-03-02 established" for who in ("ARV", "BOR")]
    against = "fact nay objects(CAD, word) on 2015-03-02 established"
    found = only(case(*for_it, against))
    decide = next(e for e in found.events if e.act.step.name == "decide")
    assert decide.decision is not None
    assert decide.decision.statuses == {"ARV": "for", "BOR": "for", "CAD": "against"}
    assert decide.decision.answer == "no"
    assert found.word == "none" and found.refusal is not None and found.refusal.event.id == "word"
    closing = 'complete for objects by encoder "nobody objected"'
    decide = next(e for e in only(case(*for_it, closing)).events if e.act.step.name == "decide")
    assert decide.decision is not None and decide.decision.answer == "yes"


@pytest.mark.parametrize(
    ("on", "kept"), [("2015-03-02", "in time"), ("2015-03-04", "open"), ("2015-03-18", "late")]
)
def test_a_stated_time_is_kept_or_not(on: str, kept: str) -> None:
    names = ("leave_bor", "sail_bor", "sail_cad", "home_bor", "end")
    found = only(case(moved={"word": on}, instead=dict.fromkeys(names, "")))
    answer = next(ran for ran in found.clocks if ran.clock.name == "answer")
    assert answer.kept == kept


def test_a_time_that_is_not_stated_is_never_late() -> None:
    program = harbour()
    found = case(moved={"word": "2015-03-18"})
    old = replay(found.dossier, program, program.procedures["harbour.patrol_ordered@2001"])
    answer = next(ran for ran in only(old).clocks if ran.clock.name == "answer")
    assert (answer.clock.set_by, answer.kept, answer.days) == ("not stated", "", (17, 17))


def test_a_time_begins_anew() -> None:
    """The mandate was prolonged before it ended: its term ran from then."""
    more = "fact more announced(by: HARBOUR, what: mission, for: ARV) on 2015-03-12 established"
    term = next(ran for ran in only(case(more)).clocks if ran.clock.name == "term")
    assert (term.start.fact.id, term.stop and term.stop.fact.id, term.days) == ("more", "end", (7, 7))


def test_what_may_have_been_another_act_is_doubted() -> None:
    """Of whom it was asked is not on record: after the decision it would be out of order, if it was of the Council."""
    found = only(case(instead={"plea": "fact plea request(by: ARV, about: storm) on 2015-03-10 established"}))
    assert found.depends and ids(found.decisive) == {"plea"}


def test_a_record_without_any_step() -> None:
    found = case(instead={line.split()[1]: "" for line in CRISIS[1:]})
    assert found.matters == () and found.events == ()


# ---- Kazakhstan, January 2022 ----


@cache
def kazakhstan() -> tuple[Dossier, Program]:
    loaded = Library(trials=False).dossier("kazakhstan-2022")
    assert loaded.dossier is not None
    return loaded.dossier, loaded.program


def january(**moved: str) -> Matter:
    dossier, program = kazakhstan()
    dates = {name: day(on) for name, on in moved.items()}
    return only(replay(dossier, program, program.procedures["pko.operation"], dates))


def test_kazakhstan_is_in_order_as_far_as_the_dates_tell() -> None:
    found = january()
    assert (found.word, found.depends, found.refusal) == ("some", False, None)
    assert {"asked", "decision", "leave_kgz", "at_kgz", "at_rus", "left_last"} <= ids(found.events)
    assert ("decision", "at_rus") in [(a.id, b.id) for a, b in found.hinges]
    assert ("leave_kgz", "at_kgz") not in [(a.id, b.id) for a, b in found.hinges]


def test_kyrgyzstan_authorised_while_russia_was_there_already() -> None:
    """What one stage for the whole matter refused: the tracks of two contributors do not touch one another."""
    by_id = {event.id: event.act.days for event in january().events}
    assert by_id["at_rus"] < by_id["leave_kgz"]


def test_with_its_leave_moved_behind_it_the_kyrgyz_deployment_is_refused() -> None:
    found = january(leave_kgz="2022-01-09")
    assert found.word == "none" and found.refusal is not None
    assert (found.refusal.event.id, ids(found.refusal.missing)) == ("at_kgz", {"leave_kgz"})
    assert found.refusal.event.act.step.id == "pko.operation.deploy"
    assert found.refusal.event.act.step.place.heading


def test_the_listing_of_6_january_is_what_it_would_hang_on(tmp_path: Path) -> None:
    """The page knows a deployment by `deployed`; known by what was sent, the listing counts, which is in tension with
    the leave of the 7th."""
    text = Library(trials=False).pages["pko"][1].read_text(encoding="utf-8")
    amended = text.replace("deployed(by: p, where: host)", "helped(by: p, for: host)")
    assert amended != text
    (tmp_path / "pko.md").write_text(amended, encoding="utf-8")
    loaded = Library(tmp_path, trials=False).dossier("kazakhstan-2022")
    assert loaded.dossier is not None
    found = only(replay(loaded.dossier, loaded.program, loaded.program.procedures["pko.operation"]))
    assert (found.word, found.without, found.depends) == ("none", "some", True)
    assert ids(found.decisive) == {"listed_kgz"}
    assert found.refusal is not None and found.refusal.event.id == "listed_kgz"
    assert ids(found.refusal.missing) == {"leave_kgz"}


DOSSIERS = (
    "comoros-2008", "cuba-1962", "falklands-1982", "korea-1950", "kyrgyzstan-2010", "lebanon-1976", "mali-2012",
    "turkey-2003", "venezuela-2019",
)  # fmt: skip


def test_dossiers_are_replayed() -> None:
    """Some from every page. None is refused but where the record, by what it closes, leaves no way."""
    library = Library(trials=False)
    seen: set[str] = set()
    for name in DOSSIERS:
        loaded = library.dossier(name)
        assert loaded.dossier is not None
        for procedure in loaded.program.procedures.values():
            if procedure.instrument in loaded.dossier.instruments:
                for matter in replay(loaded.dossier, loaded.program, procedure).matters:
                    seen.add(procedure.instrument)
                    assert "too many" not in (matter.word, matter.without), name
                    assert (matter.refusal is not None) == ("none" in (matter.word, matter.without)), name
                    assert matter.refusal is None or matter.closed or matter.depends, name
    assert seen >= {"pko", "nato", "rio", "au", "alp", "unsc", "ecomech"}
