"""Finding beside outcome: how the two stand is derived, for every kind of norm and every word."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.assessment.cases import GIVEN, WITHHELD, Compared, compare, relation
from foedus.lang.lines import OUTCOMES
from foedus.library import Library
from foedus.report.cases import OUTCOMES as SAID
from foedus.report.cases import Case, as_page, as_rows, turning, verdict, who_to_whom

PACT = """# Pact of the Ford

```foedus
state ARV "Arvia", BOR "Bor", CAD "Cad"
instrument ford "Pact of the Ford"
  in force 2001-01-01
parties
  ARV, BOR from 2001-01-01
duty help "help whoever is attacked"
  class all-means
  owed by each other party d to v
  when force(_, v) as a and party(v)
duty consult "consult on what happened"
  class consult
  owed by each party d to v
  when force(_, v) as a and party(v)
```
"""
CASE = """# A case

```record
dossier ford-case "A case at the ford"
  period 2002-02-01/2002-02-20
  on 2002-02-20
  concerning ARV
  assess ford
source letter "A letter"
  by ARV
source log "A log"
  by CAD
fact shots force(CAD, {victim}) on 2002-02-02 "shots over the ford"
  asserts ARV [letter]
  asserts CAD [log]
complete for force by encoder "one shooting"
outcome {word} "what came of it" on 2002-02-19 [letter]
  under ford.help owed to ARV by BOR
  under ford.consult owed to ARV
  note "a note"
```
"""


@pytest.mark.parametrize(
    ("victim", "word", "expected"),
    [
        ("ARV", "granted", ["as the text has it", "as the text has it"]),
        ("ARV", "consultation", ["less than the text", "as the text has it"]),
        ("ARV", "refused", ["not followed", "not followed"]),
        ("BOR", "refused", ["as the text has it", "as the text has it"]),
        ("BOR", "granted", ["beyond the text", "beyond the text"]),
    ],
)
def test_a_case_from_end_to_end(tmp_path: Path, victim: str, word: str, expected: list[str]) -> None:
    rows = found(tmp_path, PACT, CASE.format(victim=victim, word=word)).compared
    assert [row.relation for row in rows] == expected


def found(folder: Path, pact: str, written: str) -> Case:
    """What is found in a dossier as written, under a treaty as written."""
    (folder / "ford.md").write_text(pact, encoding="utf-8")
    page = folder / "case.md"
    page.write_text(written, encoding="utf-8")
    loaded = Library(folder).dossier(str(page))
    assert loaded.dossier is not None and not loaded.errors, loaded.errors
    return Case(loaded.dossier, compare(loaded.dossier, loaded.program))


@pytest.mark.parametrize(
    ("change", "settled", "finding", "relation"),
    [
        (("ARV, BOR from 2001-01-01", "ARV from 2001-01-01"), "no", "does not arise", "as the text has it"),
        (("2001-01-01\nparties", "2003-01-01\nparties"), "not in force", "not in force", "not in force"),
    ],
)
def test_nobody_bound_is_not_a_treaty_out_of_force(
    tmp_path: Path, change: tuple[str, str], settled: str, finding: str, relation: str
) -> None:
    case = found(tmp_path, PACT.replace(*change), CASE.format(victim="ARV", word="refused"))
    for row in as_rows(case):
        told = (row["bearers"], row["settled"], row["finding"], row["relation"])
        assert told == ([], settled, finding, relation)


@pytest.mark.parametrize(
    ("victim", "effect", "qualified"),
    [
        ("ARV", "may defeat", True),
        ("ARV", "may create", False),
        ("BOR", "may create", True),
        ("BOR", "may defeat", False),
    ],
)
def test_a_clause_left_out_qualifies_only_what_it_could_turn(
    tmp_path: Path, victim: str, effect: str, qualified: bool
) -> None:
    pact = PACT.replace("duty consult", f'not encoded "a clause" {effect} help\nduty consult')
    case = found(tmp_path, pact, CASE.format(victim=victim, word="refused"))
    help_, consult = case.compared
    assert (help_.qualified, consult.qualified) == (qualified, False)
    assert verdict(help_).endswith(", as far as encoded") == qualified
    assert [row["as_far_as_encoded"] for row in as_rows(case)] == [qualified, False]


def test_what_a_finding_rests_on_unconfirmed_stays_so(tmp_path: Path) -> None:
    written = CASE.format(victim="ARV", word="granted").replace(
        "asserts CAD [log]", "asserts CAD [log] unconfirmed"
    )
    pact = PACT.replace("in force 2001-01-01", "in force 2001-01-01 unconfirmed")
    case = found(tmp_path, pact, written)
    assert [row["rests_on_unconfirmed"] for row in as_rows(case)] == [
        ["shots", "entry into force of ford"], ["shots", "entry into force of ford"],
    ]  # fmt: skip
    assert (
        as_page([case]).count("<br>rests on 1 unconfirmed fact: shots<br>unconfirmed: entry into force |")
        == 2
    )


def test_bearers_of_whom_something_else_is_found_are_named() -> None:
    loaded = Library(trials=False).dossier("bahrain-2011")
    assert loaded.dossier is not None
    rows: list[Compared] = [row for row in compare(loaded.dossier, loaded.program) if row.apart]
    assert [(who_to_whom(row), row.settled, row.relation) for row in rows] == [
        ("the United Arab Emirates to Bahrain", "depends", "left open"),
        ("Kuwait, Oman and Qatar to Bahrain", "no", "left open"),  # nobody says that these came
        ("Saudi Arabia to Bahrain", "depends", "left open"),
    ]


def test_what_reads_alike_is_one_row_and_nobody_owes_himself() -> None:
    loaded = Library(trials=False).dossier("september-2001-rio")
    assert loaded.dossier is not None
    rows = compare(loaded.dossier, loaded.program)
    keys = [
        (row.norm.id, row.settled, row.word, frozenset(row.view.turns_on if row.view else ())) for row in rows
    ]
    assert len(set(keys)) == len(keys)
    assert not any(row.bearers == ("USA",) for row in rows)


def test_every_word_is_of_one_kind_and_has_its_words() -> None:
    assert {*GIVEN, *WITHHELD, "consultation"} == set(OUTCOMES) == set(SAID)


@pytest.mark.parametrize("word", OUTCOMES)
@pytest.mark.parametrize("kind", ["duty", "right", "power", "prohibition"])
def test_what_is_open_is_never_held_against_anybody(kind: str, word: str) -> None:
    assert relation(kind, "all-means", "depends", word) == "left open"
    assert relation(kind, "all-means", "unread", word) == "not read"
    assert relation(kind, "all-means", "not in force", word) == "not in force"


@pytest.mark.parametrize("word", WITHHELD)
def test_a_power_may_be_left_unused(word: str) -> None:
    assert relation("power", None, "yes", word) == "within the text"
    assert relation("power", None, "no", word) == "as the text has it"


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        (
            ("in force 2001-01-01\n", "in force 2001-01-01\n  ended [2002-01-01,2003-01-01]\n"),
            "whether the Pact of the Ford had ended by 2 February 2002",
        ),
        (
            ("from 2001-01-01", "from [2002-01-01,2003-01-01]"),
            "whether Arvia was bound by the Pact of the Ford on 2 February 2002",
        ),
    ],
)
def test_what_uncertain_dates_leave_open_is_asked_in_words(
    tmp_path: Path, change: tuple[str, str], asked: str
) -> None:
    case = found(tmp_path, PACT.replace(*change), CASE.format(victim="ARV", word="granted"))
    points = [point for row in case.compared for point in turning(row)]
    assert asked in points
    assert not any("party(" in point or "ford had ended" in point for point in points)
