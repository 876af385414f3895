"""Finding beside outcome: how the two stand is derived, for every kind of norm and every word."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.assessment.cases import GIVEN, WITHHELD, compare, relation
from foedus.lang.lines import OUTCOMES
from foedus.library import Library
from foedus.report.cases import OUTCOMES as SAID

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
    (tmp_path / "ford.md").write_text(PACT, encoding="utf-8")
    page = tmp_path / "case.md"
    page.write_text(CASE.format(victim=victim, word=word), encoding="utf-8")
    loaded = Library(tmp_path).dossier(str(page))
    assert loaded.dossier is not None and not loaded.errors, loaded.errors
    assert [row.relation for row in compare(loaded.dossier, loaded.program)] == expected


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
