from __future__ import annotations

import pytest

from foedus.evidence.closings import Closings, RefutedFact, close
from foedus.evidence.record import Closing, Pattern, Presumption, Record
from foedus.terms.fact import Fact
from foedus.terms.time import day
from tests.evidence.said import claim, record, source

WITHDRAWN = Fact("w1", "withdrawn", ("ARV", "r1"))


def closed(pattern: tuple[str | None, ...], span: str = "") -> Closings:
    return close(
        record(closings=(Closing(Pattern("request", pattern), day(span) if span else None, "encoder"),))
    )


@pytest.mark.parametrize(
    ("pattern", "asked", "covered"),
    [
        ((None, None, None), (None, None, None), True),
        ((None, None, None), ("ARV", None, "a1"), True),
        (("ARV", None, None), ("ARV", "BOR", None), True),
        (("ARV", None, None), ("BOR", None, None), False),
        (("ARV", None, None), (None, "BOR", None), False),
        (("ARV", "BOR", None), ("ARV", None, None), False),
        (("ARV",), ("ARV", "BOR", None), True),
        (("ARV", None, "a1"), ("ARV",), False),
    ],
)
def test_a_narrower_pattern_never_covers_a_wider_question(pattern, asked, covered: bool) -> None:
    assert bool(closed(pattern).covering("request", asked, None)) is covered


@pytest.mark.parametrize(
    ("period", "asked", "covered"),
    [
        ("", "", True),
        ("", "2020-07-20", True),
        ("2020-07-01/2020-07-31", "", False),
        ("2020-07-01/2020-07-31", "2020-07-31", True),
        ("2020-07-01/2020-07-31", "2020-08-01", False),
        ("2020-07-01/2020-07-31", "[2020-07-31,2020-08-01]", False),
        ("2020-07-01/2020-07-31", "2020-07-30/2020-08-02", False),
        ("2020-07", "2020-07-20/2020-07-31", True),
        ("2020-07/2020-08", "2020-07-01", True),
        ("2020-07/..", "2020-09-01", True),
        ("[2020-07-01,2020-07-03]", "2020-07-01", False),
    ],
)
def test_a_closing_covers_only_what_lies_within_its_period(period: str, asked: str, covered: bool) -> None:
    question = day(asked) if asked else None
    assert bool(closed((None,), period).covering("request", ("ARV", None, None), question)) is covered


def test_another_predicate_is_not_covered() -> None:
    assert closed(()).covering("force", ("CAD", "ARV"), None) is None


def test_nothing_closes_or_presumes_a_judgement() -> None:
    pattern = Pattern("grave", (None,))
    made = record(closings=(Closing(pattern, None, "encoder"),), presumptions=(Presumption(pattern),))
    assert close(made).covering("grave", ("a1",), None) is None


def test_a_closing_by_a_document_waits_for_the_document() -> None:
    made = record(
        source("list", "OBS", on="2020-08-01"), closings=(Closing(Pattern("force", ()), None, "list"),)
    )
    assert close(made, known_by=day("2020-07-31").first).covering("force", (None, None), None) is None
    assert close(made, known_by=day("2020-08-01").first).covering("force", (None, None), None)


@pytest.mark.parametrize(
    ("fact", "verb", "holds"),
    [
        (WITHDRAWN, "denies", True),
        (WITHDRAWN, "disputes", True),
        (WITHDRAWN, "reports", True),
        (WITHDRAWN, "asserts", False),
        (Fact("w1", "withdrawn", (None, "r1")), "asserts", False),  # somebody withdrew: it may be ARV
        (Fact("w1", "withdrawn", ("BOR", "r1")), "asserts", True),
    ],
)
def test_a_presumption_holds_until_somebody_asserts_it(fact: Fact, verb, holds: bool) -> None:
    rule = Presumption(Pattern("withdrawn", ("ARV", None)))
    made = record(fact, claim("OBS", verb, "o", "w1"), presumptions=(rule,))
    assert close(made).covering("withdrawn", ("ARV", "r2"), day("2020-07-22")) is (rule if holds else None)


def test_a_presumption_falls_only_when_the_assertion_is_known() -> None:
    rule = Presumption(Pattern("withdrawn", ()))
    made = record(WITHDRAWN, claim("OBS", "asserts", "o", "w1", on=day("2020-07-22")), presumptions=(rule,))
    assert close(made, known_by=day("2020-07-21").first).covering("withdrawn", (None, None), None) is rule
    assert close(made).covering("withdrawn", (None, None), None) is None


def test_a_trial_that_stipulates_an_assertion_ends_a_presumption() -> None:
    made = record(WITHDRAWN, presumptions=(Presumption(Pattern("withdrawn", ())),), given={"w1": "contested"})
    assert close(made).covering("withdrawn", (None, None), None) is None


def test_a_refuted_fact_of_one_day_leaves_other_days_open() -> None:
    none = Fact("none", "request", ("ARV", None, None), day("2020-07-20"))
    found = close(record(none), {"none": "refuted"})
    assert found.covering("request", ("ARV", "BOR", None), day("2020-07-20")) == RefutedFact(none)
    assert found.covering("request", ("ARV", "BOR", None), day("2020-07-21")) is None


def test_an_empty_record_closes_nothing() -> None:
    assert close(Record()).covering("force", (), None) is None
