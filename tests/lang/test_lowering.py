"""What clauses come to mean: binders, authors, texts, questions, sorts."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.diagnostics.catalogue import severity_of
from foedus.ir.formula import Atom, Const, Formula, Var
from foedus.ir.norm import Norm, Program
from foedus.ir.show import show, show_formula
from foedus.lang import tree
from foedus.lang.bind import free, inside
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower
from foedus.lang.tree import Page
from foedus.library import Library

LIR = Path(__file__).parent.parent / "good" / "lir.md"

WORDS = """\
state ARV "Arvia", BOR "Bor"
group RAID "the raiders"
organ COUNCIL "Council of Lir"
values Interest: security, stability
incident force(author: Actor, victim: State)
incident unrest(where: State)
act request(by: State, to: Actor, about: Incident)
act withdrawn(by: State, what: Act)
act announced(by: Organ, what: Interest)
act helped(by: State, for: State)
judgement grave(of: Incident)
judgement regular(of: Act)
judgement threatens(what: Incident, whom: State, interest: Interest)
instrument lir "Compact of Lir"
  text 2001 from 2001-01-01 until 2011-01-01
  text 2011 from 2011-01-01
parties
  ARV, BOR from 2001-01-01
  BOR guarantor from 2005-01-01
"""


def program_of(*declarations: str) -> Program:
    """The program of WORDS and the declarations; it must have no error."""
    page, mistakes = parse_page("t.md", "# T\n\n```foedus\n" + WORDS + "\n".join(declarations) + "\n```\n")
    program, problems = lower([page])
    assert [p for p in (*mistakes, *problems) if severity_of(p) == "error"] == []
    return program


def duty(*clauses: str, owed: str = "owed by each party d") -> str:
    return "\n".join((f'duty n "n"\n  class consult\n  {owed}', *(f"  {clause}" for clause in clauses)))


def norm_of(*clauses: str, owed: str = "owed by each party d", before: str = "") -> Norm:
    return program_of(before, duty(*clauses, owed=owed)).norms[0]


def when(*clauses: str, owed: str = "owed by each party d", before: str = "") -> str:
    return show_formula(norm_of(*clauses, owed=owed, before=before).when)


def shared_words() -> Page:
    return Library().page("vocabulary")[0]


def lir() -> Program:
    page, mistakes = parse_page("lir.md", LIR.read_text(encoding="utf-8"))
    program, problems = lower([shared_words(), page])
    assert (mistakes, problems) == ((), ())
    return program


# ---- the Compact of Lir ----


def test_the_compact_of_lir_as_a_whole() -> None:
    golden = LIR.with_name("lir.show.txt")
    assert show(lir()) + "\n" == golden.read_text(encoding="utf-8")


def test_a_norm_for_each_text_under_which_it_has_a_condition() -> None:
    assert [(n.id, n.text) for n in lir().norms] == [
        ("lir.assist", "2001"), ("lir.assist", "2011"), ("lir.consult", "2001"), ("lir.consult", "2011"),
        ("lir.send", "2001"), ("lir.send", "2011"),
    ]  # fmt: skip


def test_a_norm_whose_conditions_are_all_of_one_text_exists_under_it_only() -> None:
    program = program_of(duty("text 2011:", "  when force(_, v)", "performed by helped(by: d)"))
    assert [n.text for n in program.norms] == ["2011"]


def test_what_until_shares_with_when_is_bound_around_both() -> None:
    assist = next(n for n in lir().norms if (n.id, n.text) == ("lir.assist", "2011"))
    assert assist.bound == (Var("r", "request"),)
    assert assist.until is not None and free(assist.until) == {Var("r", "request"), Var("victim", "State")}


@pytest.mark.parametrize("norm", lir().norms, ids=lambda n: f"{n.id}-{n.text}")
def test_nothing_is_open_but_the_head_and_what_is_bound(norm: Norm) -> None:
    head = {norm.bearer.var, norm.beneficiary, norm.against, *norm.bound}
    for formula in (norm.when, norm.until, *norm.acts):
        assert formula is None or free(formula) <= head


# ---- scopes ----


def test_variables_are_bound_where_they_occur() -> None:
    assert when("when force(_, v) as a and grave(a) and request(by: w)") == (
        "some force a: (some State v: force(_, v) as a and grave(a)) and some State w: request(w, _, _)"
    )


def test_an_empty_branch_does_not_falsify_the_other() -> None:
    assert when("when force(_, v) or request(by: w, to: RAID)") == (
        "some State v: force(_, v) or some State w: request(w, RAID, _)"
    )


def test_no_binds_its_own_variables_and_shares_the_clause_s() -> None:
    assert when("when force(_, v) as a and no request(by: v, about: a, to: x)") == (
        "some force a: some State v: (force(_, v) as a and no Actor x: request(v, x, a))"
    )


def test_unless_has_the_scope_of_no() -> None:
    assert when("when force(_, v)", "unless request(by: v, to: x)") == (
        "some State v: (force(_, v) and no Actor x: request(v, x, _))"
    )


def test_two_denials_do_not_share_a_variable() -> None:
    assert when("when always", "unless force(x, _) and request(to: x)") == (
        "always and no Actor x: (force(x, _) and request(_, x, _))"
    )
    assert when("when no force(_, x) and no request(by: x)") == (
        "no State x: force(_, x) and no State x: request(x, _, _)"
    )


def test_every_is_no_exception_and_party_is_a_condition() -> None:
    assert when("when every party p: request(by: p, to: x)") == (
        "no State p: (party(p, lir) and no Actor x: request(p, x, _))"
    )


def test_at_least_counts() -> None:
    assert when("when at least 2 Actor x: force(x, v)") == "at least 2 Actor x: some State v: force(x, v)"


def test_a_role_of_parties_is_a_condition_too() -> None:
    norm = norm_of("when some guarantor g: force(_, g)", owed="owed by each guarantor d")
    assert show_formula(norm.when) == "some State g: (guarantor(g, lir) and force(_, g))"
    assert (norm.bearer.each, norm.bearer.role) == ("party", "guarantor")


def test_alternatives_are_an_or_of_atoms() -> None:
    assert when("when force(_, v) as a and threatens(a, v, [security | stability])") == (
        "some force a: some State v: "
        "(force(_, v) as a and (threatens(a, v, security) or threatens(a, v, stability)))"
    )


def test_decided_is_announced_and_regular() -> None:
    assert when("when decided(COUNCIL)") == "some announced m: (announced(COUNCIL, _) as m and regular(m))"


def test_speech_keeps_its_content_flat() -> None:
    assert when("when p asserts that force(_, v)") == "some Actor p: some State v: p asserts that force(_, v)"


# ---- sorts ----


def test_a_name_for_one_of_two_incidents_is_an_incident() -> None:
    assert "some Incident i:" in when("when force(_, v) as i or unrest(v) as i")


def test_a_sort_is_the_narrowest_that_all_uses_allow() -> None:
    assert when("when force(x, _) and request(by: x)") == "some State x: (force(x, _) and request(x, _, _))"


def test_a_parameter_has_the_sort_of_its_uses_in_all_texts() -> None:
    program = program_of(
        "term t(i, v)\n  text 2001: force(_, v) as i\n  text 2011: unrest(v) as i",
        duty("when t(i, v) and grave(i)"),
    )
    assert [d.vars[0].sort for d in program.defines] == ["force", "unrest"]
    assert "some Incident i:" in show_formula(program.norms[0].when)


# ---- authors ----

OTHER = "owed by each other party d to v"


def test_authors_are_left_out_where_the_incident_is_asserted() -> None:
    assert when("when force(_, v) as a or unrest(v)", owed=OTHER) == (
        "some force a: (force(_, v) as a and not force(d, _) as a) or unrest(v)"
    )


def test_an_incident_without_a_name_gets_one() -> None:
    assert when("when force(_, v)", owed=OTHER) == (
        "some force its_force: (force(_, v) as its_force and not force(d, _) as its_force)"
    )


def test_authors_are_found_through_terms() -> None:
    inner = "term inner(i, v)\n  when force(_, v) as i or unrest(v) as i"
    terms = inner + "\nterm outer(j, v)\n  when inner(j, v) and grave(j)"
    assert when("when outer(a, v)", owed=OTHER, before=terms) == (
        "some Incident a: (lir.outer(a, v) and not force(d, _) as a)"
    )


def test_only_the_text_that_applies_counts_for_authors() -> None:
    term = "term t(i, v)\n  text 2001: force(_, v) as i\n  text 2011: unrest(v) as i"
    old, new = program_of(term, duty("when t(i, v)", owed=OTHER)).norms
    assert "not force(d, _)" in show_formula(old.when)
    assert "not force(d, _)" not in show_formula(new.when)


def test_what_is_denied_leaves_nobody_out() -> None:
    assert when("when unrest(v) and no force(_, v)", owed=OTHER) == "unrest(v) and not force(_, v)"


def test_each_party_leaves_out_nobody() -> None:
    assert when("when force(_, v) as a") == "some force a: some State v: force(_, v) as a"


# ---- clauses ----


def test_a_reservation_is_for_one_bearer_only() -> None:
    norm = norm_of("when force(_, v) as a", 'for BOR: "only grave ones"', "  when grave(a)")
    assert show_formula(norm.when) == (
        "some force a: (some State v: force(_, v) as a and (d is not BOR or grave(a)))"
    )


def test_several_named_bearers_each_bear_it() -> None:
    bearer = norm_of("when always", owed="owed by ARV, BOR").bearer
    assert (bearer.names, bearer.name, bearer.var.sort) == (("ARV", "BOR"), "", "State")


def test_lifted_by_is_lifts_on_the_right() -> None:
    program = program_of(
        'prohibition fight "no"\n  of each party d\n  when always\n'
        "  breached by force(author: d)\n  lifted by defend",
        'right defend "yes"\n  of each party d\n  when force(_, d)',
    )
    assert {n.id: n.lifts for n in program.norms} == {"lir.fight": (), "lir.defend": ("lir.fight",)}


def test_readings_of_two_texts_are_two_questions() -> None:
    program = program_of(
        'term t(i, v)\n  text 2001:\n    reading "a": force(_, v) as i\n    reading "b": unrest(v) as i\n'
        '  text 2011:\n    reading "a": force(_, v) as i\n    reading "c": unrest(v) as i',
        duty("when t(i, v)"),
    )
    assert {q.id: [a.name for a in q.answers] for q in program.questions.values()} == {
        "lir.t@2001": ["a", "b"],
        "lir.t@2011": ["a", "c"],
    }


def test_readings_of_a_norm_are_named_after_it() -> None:
    program = program_of(duty("when:", '  reading "a": force(_, v)', '  reading "b": unrest(v)'))
    assert list(program.questions) == ["lir.n"]


def test_a_rule_s_members_and_motion() -> None:
    program = program_of(
        duty("when decided(COUNCIL)"),
        'rule decide of COUNCIL "consensus"\n  members party\n'
        "  passes(m): every party p: request(by: p, to: COUNCIL)",
    )
    rule = program.rules[0]
    assert (rule.id, rule.organ, rule.members, rule.motion.name) == ("lir.decide", "COUNCIL", "lir", "m")


# ---- over a base ----


def test_a_page_over_a_base_uses_its_names() -> None:
    attack = tree.AtomF(tree.Name("lir.attack"), tuple(tree.Arg(None, tree.Name(n)) for n in ("a", "v")))
    party = tree.AtomF(tree.Name("party"), tuple(tree.Arg(None, tree.Name(n)) for n in ("v", "lir")))
    bearer = tree.Who("party", True, tree.Name("d"))
    clauses = (tree.Clause("when", formula=tree.AndF((attack, party))),)
    items = (
        tree.InstrumentItem(tree.Name("gen"), "Pact of Gen"),
        tree.NormItem("duty", tree.Name("n"), "", bearer, tree.Name("v"), None, clauses),
        tree.PrecedenceItem(True, tree.Name("lir")),
    )
    base = lir()
    program, problems = lower([tree.Page("gen.md", "Gen", items, (), ())], base)
    assert problems == ()
    assert show_formula(program.norms[-1].when) == (
        "some force a: (lir.attack(a, v) and not force(d, _) as a) and party(v, lir)"
    )
    assert program.norms[:-1] == base.norms and set(program.instruments) == {"lir", "gen"}


def test_a_deep_formula_is_a_problem_and_no_crash() -> None:
    formula: tree.Formula = tree.LitF(True)
    for _ in range(5_000):
        formula = tree.NotF(formula)
    item = tree.NormItem(
        "duty", tree.Name("n"), "", tree.Who("party"), None, None, (tree.Clause("when", formula=formula),)
    )
    instrument = tree.InstrumentItem(tree.Name("lir"), "Lir")
    _, problems = lower([tree.Page("t.md", "", (instrument, item), (), ())])
    assert "F313" in {p.code for p in problems}


def atoms(formula: Formula) -> list[Atom]:
    own = [formula] if isinstance(formula, Atom) else []
    return own + [atom for part in inside(formula) for atom in atoms(part)]


def test_every_atom_has_a_term_for_each_role() -> None:
    program = lir()
    for norm in program.norms:
        for atom in atoms(norm.when):
            if atom.predicate in program.vocabulary.predicates:
                assert len(atom.terms) == len(program.vocabulary.predicates[atom.predicate].roles)
            if atom.predicate == "party":
                assert atom.terms[1] == Const("lir")
