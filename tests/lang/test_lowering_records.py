"""Records and dossiers, lowered: ids, arguments, claims, what a trial may say."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from foedus.evidence.record import Dossier, Pattern, Record
from foedus.ir.norm import Program
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower
from foedus.lang.to_record import to_dossier, to_record
from foedus.library import Library

LIR = Path(__file__).parent.parent / "good" / "lir.md"


@pytest.fixture(scope="module")
def program() -> Program:
    words = Library().page("vocabulary")[0]
    return lower([words, parse_page("lir.md", LIR.read_text(encoding="utf-8"))[0]])[0]


def trial(program: Program, *lines: str) -> tuple[Record, list[str]]:
    text = (
        "# T\n\n## Trial · t\n\n```record\n"
        + "\n".join(lines)
        + "\n```\n\n```ask\nlir.assist on 2020-07-20\n  expect arises\n```\n"
    )
    page, mistakes = parse_page("t.md", text)
    record, problems = to_record(page.trials[0].records, program)
    return record, [p.code for p in (*mistakes, *problems)]


def dossier(program: Program, *lines: str) -> tuple[Dossier, list[str]]:
    text = (
        '# D\n\n```record\ndossier border "The border"\n  on 2020-07-20\n  assess lir\n'
        + "\n".join(lines)
        + "\n```\n"
    )
    page, mistakes = parse_page("d.md", text)
    made, problems = to_dossier([page], program)
    return made, [p.code for p in (*mistakes, *problems)]


def test_ids_given_and_derived(program: Program) -> None:
    record, codes = trial(
        program,
        "fact request(by: ARV, to: BOR) established",
        "fact a1 force(CAD, ARV) on 2020-07-12 established",
        "fact request(by: BOR) refuted",
        "fact grave(a1) undisputed",
        "fact outer external(a1, ARV) disputed",
        "fact binds(request-2, BOR) undisputed",
    )
    assert codes == []
    assert [f.id for f in record.facts] == [
        "request",
        "a1",
        "request-2",
        "grave(a1)",
        "outer",
        "binds(request-2, BOR)",
    ]
    assert record.given["request-2"] == "refuted"
    assert record.sorts == {"a1": "force", "request": "request", "request-2": "request"}


def test_arguments_stand_in_the_order_of_the_roles(program: Program) -> None:
    record, codes = trial(
        program, "fact request(about: a1, by: ARV) established", "fact a1 force(_, ARV) established"
    )
    assert codes == []
    assert [f.args for f in record.facts] == [("ARV", None, "a1"), (None, "ARV")]


def test_several_authors_are_all_of_them(program: Program) -> None:
    record, _ = trial(program, "fact a1 force([CAD | DUN], ARV) established")
    assert record.facts[0].args == (("CAD", "DUN"), "ARV")


def test_someone_may_be_somebody(program: Program) -> None:
    record, codes = trial(
        program, 'someone gunmen "the armed men"', "  may be CAD", "fact a1 force(gunmen, ARV) asserted"
    )
    assert codes == []
    assert (record.sorts["gunmen"], record.names["gunmen"], record.may_be) == (
        "Actor",
        "the armed men",
        {"gunmen": ("CAD",)},
    )


def test_a_name_declared_twice_keeps_the_first(program: Program) -> None:
    record, codes = trial(
        program, "fact a1 force(CAD, ARV) established", "fact a1 force(CAD, BOR) established"
    )
    assert codes == ["F213"] and [f.args for f in record.facts] == [("CAD", "ARV")]


def test_closing_lists_alternatives_apart(program: Program) -> None:
    record, codes = trial(program, 'complete for force(_, [ARV | BOR]) by encoder "all were looked for"')
    assert codes == []
    assert [c.pattern for c in record.closings] == [Pattern("force", (None, v)) for v in ("ARV", "BOR")]


def test_built_in_words_may_be_closed(program: Program) -> None:
    record, codes = trial(program, 'someone gunmen "men"', 'complete for state(gunmen) by encoder "none"')
    assert codes == [] and record.closings[0].pattern == Pattern("state", ("gunmen",))
    assert record.predicates["state"].kind == "role"


def test_presuming(program: Program) -> None:
    record, codes = trial(program, 'presume no withdrawn(by: ARV) "none known"')
    assert codes == [] and record.presumptions[0].pattern == Pattern("withdrawn", ("ARV", None))


def test_as_party_of_the_only_instrument(program: Program) -> None:
    record, codes = trial(program, "DUN as party")
    assert codes == [] and record.as_party == (("DUN", "lir"),)


SOURCES = (
    'source note "Note"',
    "  by ARV",
    "  date 2020-07-13",
    'source paper "The Herald of Lir"',
    '  publisher "Herald"',
)


def test_claims_have_stable_ids_and_the_source_s_speaker(program: Program) -> None:
    made, codes = dossier(
        program,
        *SOURCES,
        "fact a1 force(CAD, ARV) on 2020-07-12",
        "  asserts [note ¶3]",
        '  asserts ARV [note] on 2020-07-14 "they came"',
        "  disputes [paper]",
        "  reports [paper] of BOR",
    )
    assert codes == []
    claims = made.record.claims
    assert [c.id for c in claims] == [
        "a1/note/asserts",
        "a1/note/asserts/2",
        "a1/paper/disputes",
        "a1/paper/reports",
    ]
    assert [(c.by, str(c.on), c.of) for c in claims] == [
        ("ARV", "2020-07-13", None),
        ("ARV", "2020-07-14", None),
        ("paper", "None", None),
        ("paper", "None", "BOR"),
    ]
    assert claims[0].where == "¶3"


def test_holding_an_answer(program: Program) -> None:
    made, codes = dossier(program, *SOURCES, 'held lir.attack "any author" by ARV on 2020-07-14 [note]')
    assert codes == []
    held = made.record.held[0]
    assert (held.question, held.answer, held.by, held.source) == ("lir.attack", "any author", "ARV", "note")


def test_figures_are_exact(program: Program) -> None:
    made, codes = dossier(
        program,
        *SOURCES,
        'quantity deaths "Deaths" of persons',
        "  0.1 as of 2020-07-13 [note]",
        "  at least 164 as of 2020-07-14 [paper]",
    )
    assert codes == []
    values = made.record.quantities[0].values
    assert [(v.value, v.at_least, v.by) for v in values] == [
        (Fraction(1, 10), False, "ARV"),
        (Fraction(164), True, "paper"),
    ]


def test_interests_and_tensions(program: Program) -> None:
    made, codes = dossier(
        program,
        *SOURCES,
        "fact a1 force(CAD, ARV)",
        "  asserts [note]",
        "fact r1 request(by: ARV)",
        "  asserts [note]",
        'gains ARV by a1 "why"',
        'does not gain BOR by * "why"',
        'tension a1, r1 "why"',
    )
    assert codes == []
    assert [(i.principal, i.fact, i.gains) for i in made.record.interests] == [
        ("ARV", "a1", True),
        ("BOR", "*", False),
    ]
    assert made.record.tensions[0].facts == ("a1", "r1")


def test_the_title_page(program: Program) -> None:
    made, codes = dossier(program)
    assert codes == []
    assert (made.id, made.title, str(made.on), made.instruments, made.only) == (
        "border",
        "The border",
        "2020-07-20",
        ("lir",),
        (),
    )


def test_a_dossier_may_add_words_and_actors_of_its_own(program: Program) -> None:
    page, _ = parse_page(
        "d.md",
        '# D\n\n```foedus\ngroup RAID "the raiders"\njudgement planned(of: Incident)\n```\n\n'
        '```record\ndossier border "The border"\nsource note "Note"\n  by ARV\n'
        "fact a1 force(RAID, ARV)\n  asserts [note]\n"
        "fact planned(a1)\n  asserts [note]\n```\n",
    )
    made, problems = to_dossier([page], program)
    assert problems == ()
    assert made.record.names["RAID"] == "the raiders" and "planned" in made.record.predicates


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("fact grave(nothing) undisputed", "F219"),
        ("fact a1 force(ARV, gunmen) established", "F219"),
        ("fact a1 force(ARV, COUNCIL) established", "F206"),
        ("fact r1 request(by: ARV, about: r1) established", "F206"),
        ("fact a1 force(QQQ, ARV) established", "F202"),
        ('speaker HERALD "the paper"\nfact a1 force(ARV, HERALD) established', "F206"),
        ('complete for force(_, ARV) by nobody "why"', "F211"),
        ('held lir.attack "no author" by ARV on 2020-01-01', "F209"),
        ('held lir.atack "any author" by ARV on 2020-01-01', "F208"),
        ('tension a1, a2 "why"', "F219"),
    ],
)
def test_mistakes_in_a_record(program: Program, line: str, code: str) -> None:
    assert set(trial(program, line)[1]) == {code}
