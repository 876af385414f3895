"""A supposed attack: what would be owed, under each treaty apart, and where it struck decides."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.assessment.attack import attack
from foedus.assessment.finding import Assessment
from foedus.diagnostics.problem import Refused
from foedus.library import Library

LIBRARY = Library(trials=False)


def supposed(
    norms: list[str], victim: str, author: str, day: str, *areas: str, known_by: str = ""
) -> Assessment:
    program = LIBRARY.load(dict.fromkeys(n.partition(".")[0] for n in norms)).program
    known = date.fromisoformat(known_by) if known_by else None
    return attack(program, norms, victim, author, date.fromisoformat(day), areas, known)


def words(answer: Assessment, norm: str) -> set[str]:
    return {finding.granting.settled for finding in answer.findings if finding.norm.id == norm}


def test_inside_and_outside_of_a_treaty_area() -> None:
    inside = supposed(["nato.assist"], "FRA", "SYR", "2015-11-13", "europe")
    outside = supposed(["nato.assist"], "FRA", "SYR", "2015-11-13", "pacific")
    assert words(inside, "nato.assist") == {"depends"}  # on how the author is read
    assert words(outside, "nato.assist") <= {"no"}


def test_germany_attacks_poland_and_the_united_kingdom_owes() -> None:
    answer = supposed(["ukpol.assist"], "POL", "DEU", "1939-09-01", "europe")
    assert {f.granting.settled for f in answer.findings if "GBR" in f.bearers} == {"yes"}


def test_the_soviet_union_attacks_and_only_the_public_text_promises() -> None:
    now = supposed(["ukpol.assist"], "POL", "SUN", "1939-09-17", "europe")
    then = supposed(["ukpol.assist"], "POL", "SUN", "1939-09-17", "europe", known_by="1939-09-17")
    assert {f.granting.settled for f in now.findings if "GBR" in f.bearers} == {"no"}
    assert {f.granting.settled for f in then.findings if "GBR" in f.bearers} != {"no"}


def test_an_unpublished_text_cannot_be_determined() -> None:
    answer = supposed(["saupak.assist"], "SAU", "IRN", "2025-12-01", "middle_east")
    assert {f.granting.settled for f in answer.findings} == {"unread"}


def test_the_attacked_owes_itself_nothing() -> None:
    answer = supposed(["nato.consult", "nato.assist"], "FRA", "SYR", "2015-11-13", "europe")
    assert all(finding.bearers != ("FRA",) for finding in answer.findings)


def test_an_area_that_no_page_knows_is_refused() -> None:
    with pytest.raises(Refused) as told:
        supposed(["nato.assist"], "FRA", "SYR", "2015-11-13", "atlantis")
    assert told.value.problems[0].code == "F503"


@pytest.mark.parametrize("page", ["nato", "rio", "cst", "ukpol", "dual", "seato"])
def test_the_record_says_what_is_supposed_in_the_page_s_own_words(page: str) -> None:
    """Each line is read (a slip would refuse it), each fact stands as granted, and no other incident is left open."""
    program = LIBRARY.load([page]).program
    norms = [norm.id for norm in program.norms if norm.instrument == page]
    record = attack(program, norms, "FRA", "SYR", date(1960, 5, 5)).dossier.record
    words = program.vocabulary.predicates
    assert {fact.predicate for fact in record.facts} >= {"force", "war", "armed_attack", "struck"} & set(
        words
    )
    for fact in record.facts:
        granted = words[fact.predicate].kind == "judgement"
        assert record.given[fact.id] == ("undisputed" if granted else "established"), fact.id
    closed = {closing.pattern.predicate for closing in record.closings}
    assert closed >= {"force", "war", "threat"} & set(words)
    assert "within" not in closed  # where it struck is open unless it is said
    assert not record.claims
