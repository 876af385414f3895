"""What procedures come to mean: variables, texts, whose track, and what is wrong with one."""

from __future__ import annotations

import pytest

from foedus.diagnostics.problem import Problem
from foedus.ir.formula import Atom, Const, Var, Wild
from foedus.ir.norm import Program
from foedus.ir.procedure import Mover, Procedure
from foedus.ir.show import show
from foedus.lang.bind import free
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower

WORDS = """\
organ COUNCIL "Council of Lir"
values Measure: aid, return
incident unrest(where: State)
act request(by: State, to: Actor, about: Incident)
act withdrawn(by: State, what: Act)
act announced(by: Actor, what: Measure, for: State)
act helped(by: Actor, for: State)
instrument lir "Compact of Lir"
  text 2001 from 2001-01-01 until 2011-01-01
  text 2011 from 2011-01-01
parties
  ARM, BLR from 2001-01-01
  BLR guarantor from 2005-01-01
rule decide of COUNCIL "consensus"
  members party
  passes(m): no party p: request(by: p)
procedure aid of COUNCIL "aid"
"""
TRACKS = """\
  track matter
    stages none, asked, decided
    ends decided
  track contributor of p
    stages none, present
    ends none, present
"""
ASK = """\
  step ask
    by host
    on matter from none to asked
    performed by request(by: host, to: COUNCIL, about: i) as r
"""
DECIDE = """\
  step decide
    by COUNCIL
    on matter from asked to decided
    performed by announced(by: COUNCIL, what: aid, for: host) as m
    decided by decide
"""
HELP = """\
  step help
    by each guarantor p
    on contributor from none to present
    performed by helped(by: p, for: host)
"""


def lowered(*parts: str) -> tuple[Program, list[Problem]]:
    page, mistakes = parse_page("t.md", "# T\n\n```foedus\n" + WORDS + "".join(parts) + "\n```\n")
    program, problems = lower([page])
    return program, [*mistakes, *problems]


def procedure_of(*parts: str) -> Procedure:
    program, problems = lowered(*parts)
    assert problems == []
    return program.procedures["lir.aid"]


def codes(*parts: str) -> list[str]:
    return [problem.code for problem in lowered(*parts)[1]]


def test_one_variable_is_one_thing_in_every_step() -> None:
    aid = procedure_of(TRACKS, ASK, DECIDE, HELP)
    host, r = Var("host", "State"), Var("r", "request")
    assert aid.step("ask").movers == (Mover(host),)
    assert aid.step("ask").act == Atom("request", (host, Const("COUNCIL"), Var("i", "Incident")), r)
    assert aid.step("help").act == Atom("helped", (Var("p", "State"), host))


def test_the_sort_of_a_variable_is_the_narrowest_of_all_steps() -> None:
    condition = "    when unrest(where: host) as i\n"
    act = procedure_of(TRACKS, ASK + condition, DECIDE, HELP).step("ask").act
    assert act is not None
    assert act.terms[2] == Var("i", "unrest")


def test_a_condition_is_open_in_the_variables_of_the_procedure_and_in_no_others() -> None:
    condition = "    when unrest(where: host) as u and request(by: x, about: u) and no withdrawn(what: r)\n"
    found = procedure_of(TRACKS, ASK, DECIDE + condition, HELP).step("decide").condition
    assert found is not None
    assert free(found) == {Var("host", "State"), Var("r", "request")}


def test_who_moves() -> None:
    every = (
        "  step more\n    by chair, COUNCIL, each guarantor p, host\n    on matter from decided to decided\n"
    )
    movers = procedure_of(TRACKS, ASK, DECIDE, HELP, every).step("more").movers
    assert movers == (
        Mover(office="chair"), Mover(name="COUNCIL"), Mover(Var("p", "State"), each=True, role="guarantor"),
        Mover(Var("host", "State")),
    )  # fmt: skip


def test_a_track_of_somebody_is_the_movers_unless_the_page_says_whose() -> None:
    other = "  step send\n    by host\n    on contributor of q from none to present\n    performed by helped(by: q)\n"
    aid = procedure_of(TRACKS, ASK, DECIDE, HELP, other)
    assert aid.step("help").moves[0].of == Var("p", "State")
    assert aid.step("send").moves[0].of == Var("q", "Actor")
    assert aid.step("ask").moves[0].of is None
    assert aid.step("send").act == Atom("helped", (Var("q", "Actor"), Wild()))


def test_a_rule_belongs_to_this_instrument_unless_another_is_named() -> None:
    assert procedure_of(TRACKS, ASK, DECIDE, HELP).step("decide").rule == "lir.decide"
    assert "F653" in codes(TRACKS, ASK, DECIDE.replace("decided by decide", "decided by pko.decide"), HELP)


@pytest.mark.parametrize(
    ("line", "hours", "set_by"),
    [("length 96 hours", 96, "text"), ("length 1 hour", 1, "text"), ("set by chair", None, "chair"),
     ("set by decision", None, "decision"), ("not stated", None, "not stated")],
)  # fmt: skip
def test_how_long_a_clock_runs(line: str, hours: int | None, set_by: str) -> None:
    clock = f"  clock answer\n    from ask\n    until decide\n    {line}\n"
    (found,) = procedure_of(TRACKS, ASK, DECIDE, HELP, clock).clocks
    assert (found.hours, found.set_by, found.starts, found.until) == (hours, set_by, ("ask",), ("decide",))


def test_what_is_tagged_with_a_text_stands_in_place_of_what_is_not() -> None:
    clock = "  clock answer\n    from ask\n    not stated\n"
    later = "  text 2011:\n    clock answer\n      from ask\n      length 72 hours\n"
    program, problems = lowered(TRACKS, ASK, DECIDE, HELP, clock, later)
    assert problems == []
    hours = {key: [clock.hours for clock in found.clocks] for key, found in program.procedures.items()}
    assert hours == {"lir.aid@2001": [None], "lir.aid@2011": [72]}
    assert {found.id for found in program.procedures.values()} == {"lir.aid"}


def test_a_procedure_of_one_text_only() -> None:
    below = "".join(f"  {line}\n" for line in (TRACKS + ASK + DECIDE + HELP).splitlines())
    program, problems = lowered("  text 2011:\n", below)
    assert problems == []
    assert [found.text for found in program.procedures.values()] == ["2011"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((TRACKS, ASK, DECIDE, HELP, "  clock answer\n    not stated\n"), "F130"),
        ((TRACKS, ASK, DECIDE, HELP, "  clock answer\n    from ask\n"), "F130"),
        ((TRACKS, TRACKS, ASK, DECIDE, HELP), "F131"),
        ((TRACKS, ASK, DECIDE, HELP, ASK), "F131"),
        ((TRACKS, ASK.replace("by host", "by each guard p"), DECIDE, HELP), "F218"),
        ((TRACKS, ASK, DECIDE, HELP.replace("by each guarantor p", "by i")), "F216"),
        ((TRACKS, ASK.replace("as r", "as r\n    mandate starts"), DECIDE, HELP), "F124"),
        ((TRACKS, ASK.replace("from none", "from"), DECIDE, HELP), "F124"),
        ((TRACKS.replace("none, asked", "none, none, asked"), ASK, DECIDE, HELP), "F131"),
    ],
)
def test_what_is_wrong_is_told(parts: tuple[str, ...], code: str) -> None:
    assert code in codes(*parts)


def test_a_slip_in_one_name_is_one_message() -> None:
    assert codes(TRACKS, ASK.replace("to asked", "to askd"), DECIDE, HELP) == ["F649"]


def test_what_belongs_to_every_text_is_wrong_once() -> None:
    later = "  text 2011:\n    clock answer\n      from ask\n      length 72 hours\n"
    assert codes(TRACKS, ASK, DECIDE, HELP.replace("none to", "nine to"), later) == ["F649"]


def test_a_step_from_any_stage_leads_on_from_every_other() -> None:
    tracks = TRACKS.replace("    ends decided\n", "")
    assert codes(tracks, ASK, DECIDE, HELP) == ["F650"]
    anew = "  step anew\n    by host\n    on matter to none\n"
    assert codes(tracks, ASK, DECIDE, HELP, anew) == []


def test_the_program_shows_its_procedures() -> None:
    program, _ = lowered(TRACKS, ASK, DECIDE, HELP, "  first decide, ask\n")
    shown = show(program)
    assert "procedure lir.aid of COUNCIL" in shown
    assert "    on contributor of p from none to present" in shown
    assert "  first decide, ask" in shown
