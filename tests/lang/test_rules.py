"""Rules of decision: what each line of them comes to, in the formulas by which everybody judges."""

from __future__ import annotations

import pytest

from foedus.diagnostics.problem import Problem
from foedus.ir.decision import DecisionRule
from foedus.ir.norm import Program
from foedus.ir.show import show_formula
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower

WORDS = """
state ARV "Arvia", BOR "Bor", CAD "Cad"
organ COUNCIL "Council"
act announced(by: Organ)
act vote(by: State, on: Act)
act agrees(by: State, to: Act)
act objects(by: State, to: Act)
act abstained_on(by: State, on: Act)
act stayed_away(who: State, from: Act)
judgement regular(of: Act)
judgement disputant(who: State, in: Act)
instrument pact "Pact"
  in force 2001-01-01
  text 2001 from 2001-01-01 until 2010-01-01
  text 2010 from 2010-01-01
parties
  ARV, BOR from 2001-01-01
  ARV, CAD elder from 2001-01-01
weighting shares "shares"
  ARV 83
  BOR 68.5
"""


def read(rule: str) -> tuple[Program, list[Problem]]:
    page, mistakes = parse_page("pact.md", f"# Pact\n\n```foedus{WORDS}{rule}\n```\n")
    program, problems = lower([page])
    return program, [*mistakes, *problems]


def rules(rule: str) -> tuple[DecisionRule, ...]:
    program, problems = read(rule)
    assert [p for p in problems if p.code != "F307"] == []
    return program.rules


def passes(line: str, *more: str) -> str:
    head = "".join(f"\n  {line}" for line in ("members party", *more))
    rule, *_ = rules(f"rule r of COUNCIL{head}\n  passes(m): {line}")
    return show_formula(rule.ways[0].passes)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("more than 8 party p: vote(p, m)", "at least 9 State p: (party(p, pact) and vote(p, m))"),
        (
            "at least 2/3 of State p who vote(p, m): agrees(p, m)",
            "at least 2/3 of State p who vote(p, m): agrees(p, m)",
        ),
        (
            "more than 1/2 by shares of member p: vote(p, m)",
            "more than 1/2 by pact.shares of State p who party(p, pact): vote(p, m)",
        ),
        (
            "more than 35 by pact.shares of member p who vote(p, m): agrees(p, m)",
            "more than 35 by pact.shares of State p: (party(p, pact) and vote(p, m) and agrees(p, m))",
        ),
        (
            "every elder p who vote(p, m): agrees(p, m)",
            "no State p: (elder(p, pact) and vote(p, m) and not agrees(p, m))",
        ),
        ("no State p who vote(p, m): agrees(p, m)", "no State p: (vote(p, m) and agrees(p, m))"),
        ("some State p who vote(p, m): agrees(p, m)", "some State p: (vote(p, m) and agrees(p, m))"),
        ("every member p: present(p, m)", "no State p: (party(p, pact) and not not stayed_away(p, m))"),
    ],
)
def test_what_is_written_and_what_it_means(written: str, meant: str) -> None:
    assert passes(written) == meant


def test_of_seats_a_part_is_a_number() -> None:
    counted = "State p: (party(p, pact) and vote(p, m))"
    assert passes("at least 2/3 of member p: vote(p, m)", "seats 10") == f"at least 7 {counted}"
    assert passes("more than 1/2 of member p: vote(p, m)", "seats 10") == f"at least 6 {counted}"
    assert "2/3 of" in passes("at least 2/3 of member p who agrees(p, m): vote(p, m)", "seats 10")


def test_who_is_left_out_is_no_member_and_is_not_heard() -> None:
    left = "left out(q, m): disputant(q, m)"
    assert passes("no member p: objects(p, m)", left) == (
        "no State p: (party(p, pact) and not disputant(p, m) and objects(p, m))"
    )
    assert passes("no elder p: objects(p, m)", left) == (
        "no State p: (elder(p, pact) and (objects(p, m) and not disputant(p, m)))"
    )
    assert passes("objects(to: m)", left) == "some State _q: (objects(_q, m) and not disputant(_q, m))"


def test_who_is_held_to_abstain_stays_and_abstains_whatever_he_says() -> None:
    held = "held to abstain(p, m): disputant(p, m)"
    assert passes("vote(ARV, m)", held) == "vote(ARV, m) and not disputant(ARV, m)"
    assert passes("abstained_on(ARV, m)", held) == (
        "abstained_on(ARV, m) or disputant(ARV, m) and not stayed_away(ARV, m)"
    )


def test_a_name_within_what_is_left_out_is_not_taken_for_the_members() -> None:
    left = "left out(p, m): some State q: (disputant(q, m) and disputant(p, m))"
    assert passes("no member q: objects(q, m)", left) == (
        "no State q: (party(q, pact) and no State q1: (disputant(q1, m) and disputant(q, m))"
        " and objects(q, m))"
    )


def test_each_text_has_its_own_and_what_is_said_for_all() -> None:
    old, new = rules(
        "rule r of COUNCIL\n  members party\n  quorum(m): at least 2 member p: present(p, m)\n"
        "  text 2001:\n    seats 11\n    passes(m): at least 2/3 of member p: vote(p, m)\n"
        "  text 2010:\n    seats 15\n    by vote\n      passes(m): at least 2/3 of member p: vote(p, m)\n"
        "    failing that by silence 72 hours\n      quorum(m): always\n      passes(m): always"
    )
    assert (old.text, old.seats, [way.by for way in old.ways]) == ("2001", 11, [""])
    assert (new.text, new.seats, [way.by for way in new.ways]) == ("2010", 15, ["vote", "silence"])
    assert [way.hours for way in new.ways] == [None, 72]
    assert show_formula(old.ways[0].passes).startswith("at least 8")
    assert show_formula(new.ways[0].passes).startswith("at least 10")
    assert old.ways[0].quorum == new.ways[0].quorum != new.ways[1].quorum


def test_ways_for_all_texts_count_the_seats_of_each() -> None:
    found = rules(
        "rule r of COUNCIL\n  members party\n  passes(m): more than 1/2 of member p: vote(p, m)\n"
        "  text 2001:\n    seats 11"
    )
    shown = {rule.text: show_formula(rule.ways[0].passes) for rule in found}
    assert shown["2001"].startswith("at least 6 State")
    assert shown["2010"].startswith("more than 1/2 of State")


def test_a_vote_needs_somebody_for_it_who_is_heard() -> None:
    (rule, *_) = rules(
        "rule r of COUNCIL\n  members elder\n  left out(p, m): disputant(p, m)\n"
        "  by vote\n    passes(m): no member p: objects(p, m)"
    )
    assert rule.passes is not None
    assert show_formula(rule.passes).endswith(
        "some State p: (elder(p, pact) and not disputant(p, m) and (vote(p, m) or agrees(p, m)))"
    )


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("  members party\n  failing that by vote\n    passes(m): always", "F640"),
        ("  members party\n  by vote\n    passes(m): objects(ARV, m)\n  passes(m): never", "F640"),
        ("  members party\n  by silence 1.5 hours\n    passes(m): always", "F637"),
        ("  members party\n  by vote 3\n    passes(m): always", "F125"),
        ("  members party\n  by vote", "F130"),
        ("  members party\n  by vote\n    passes(n): always\n    quorum(m): always", "F137"),
        ("  members party\n  seats 0\n  passes(m): always", "F138"),
        ("  members party\n  seats 3\n  seats 4\n  passes(m): always", "F131"),
        ("  members party\n  left out(m, m): always\n  passes(m): always", "F213"),
        ("  members party\n  passes(m): at least 1/2 by weights of member p: vote(p, m)", "F638"),
        ("  members party\n  text 2001:", "F134"),
        ("  members party\n  passes(m): more than 2/3", "F621"),
        ("  passes(m): always", "F130"),
    ],
)
def test_what_cannot_be_meant_is_told(lines: str, code: str) -> None:
    assert [p.code for p in read(f"rule r of COUNCIL\n{lines}")[1] if p.code != "F307"] == [code]
