from __future__ import annotations

from foedus.evidence.claim import Speaker
from foedus.evidence.lineage import components, count_documents, count_sources, origins_of
from foedus.evidence.principals import circle_of, principal_of
from foedus.evidence.record import Record
from tests.evidence.said import claim, record, source


def sets(made: Record) -> list[tuple[str, ...]]:
    return [component.documents for component in components(made, made.claims)]


def test_a_minister_of_an_embassy_speaks_for_the_state() -> None:
    assert principal_of(record(), "MINISTER") == "ARV"
    assert principal_of(record(), "BOR") == "BOR"


def test_speakers_in_a_circle_are_one_principal() -> None:
    round_ = {n: Speaker(n, n, speaks_for=to) for n, to in (("X", "Y"), ("Y", "Z"), ("Z", "Y"))}
    made = Record(speakers=round_)
    assert {principal_of(made, n) for n in "XYZ"} == {"Y"}
    assert circle_of(made, "X") == () and circle_of(made, "Z") == ("Z", "Y")


def test_a_copy_is_joined_to_its_origin_with_the_reason() -> None:
    made = record(
        claim("ARV", "asserts", "min"), claim("PAPER", "asserts", "paper"), source("paper", "PAPER", "min")
    )
    [one] = components(made, made.claims)
    assert one.documents == ("min", "paper")
    assert one.reasons == ("min is the origin of paper: repeats it",)
    assert one.principals == ("ARV",)


def test_two_copies_of_an_origin_that_is_not_in_the_record_are_one_source() -> None:
    made = record(
        claim("PAPER", "asserts", "p"), claim("GAZETTE", "asserts", "g"),
        source("p", "PAPER", "wire"), source("g", "GAZETTE", "wire"),
    )  # fmt: skip
    [one] = components(made, made.claims)
    assert one.reasons == ("g and p are derived from wire, which is not in the record",)
    assert (count_documents(made), count_sources(made)) == (2, 1)


def test_derivation_joins_through_a_document_that_carries_no_claim() -> None:
    made = record(
        claim("PAPER", "asserts", "p"), claim("GAZETTE", "asserts", "g"),
        source("p", "PAPER", "mid"), source("mid", "WIRE", "far"), source("g", "GAZETTE", "far"),
    )  # fmt: skip
    assert origins_of(made, "p") == ("mid", "far")
    assert sets(made) == [("g", "p")]


def test_two_reports_of_one_origin_are_one_source_even_if_the_origin_is_not_in_the_record() -> None:
    made = record(claim("PAPER", "reports", "p", of="BOR"), claim("GAZETTE", "reports", "g", of="BOR"))
    [one] = components(made, made.claims)
    assert one.witnesses == () and one.documents == ("g", "p")
    assert count_sources(made) == 1


def test_a_report_is_listed_with_the_origin_it_names_and_adds_no_source() -> None:
    made = record(
        claim("ARV", "asserts", "note"), claim("BOR", "asserts", "memo"),
        claim("PAPER", "reports", "p", of="EMB"), claim("GAZETTE", "reports", "g", of="memo"),
    )  # fmt: skip
    assert sets(made) == [("g", "memo"), ("note", "p")]
    assert count_sources(made) == 2


def test_one_principal_is_one_source() -> None:
    made = record(claim("ARV", "asserts", "note"), claim("EMB", "asserts", "tweet"))
    [one] = components(made, made.claims)
    assert one.reasons == ("note and tweet both speak for ARV",)


def test_one_channel_is_one_source() -> None:
    made = record(
        claim("BOR", "asserts", "b"), claim("OBS", "asserts", "o"),
        source("b", "BOR", channel="the leak"), source("o", "OBS", channel="the leak"),
    )  # fmt: skip
    [one] = components(made, made.claims)
    assert one.reasons == ("b and o are known only through the leak",)


def test_who_speaks_elsewhere_too_is_not_known_only_through_the_channel() -> None:
    made = record(
        claim("BOR", "asserts", "b"), claim("OBS", "asserts", "o"), claim("BOR", "asserts", "own"),
        source("b", "BOR", channel="the leak"), source("o", "OBS", channel="the leak"),
    )  # fmt: skip
    assert sets(made) == [("b", "own"), ("o",)]


def test_two_known_only_from_one_paper_are_one_source() -> None:
    made = record(claim("BOR", "asserts", "p"), claim("OBS", "asserts", "p"), source("p", "PAPER"))
    assert sets(made) == [("p",)]


def test_a_review_that_quotes_two_witnesses_does_not_make_them_one() -> None:
    made = record(claim("BOR", "asserts", "b"), claim("OBS", "asserts", "o"))
    quoting = record(
        *made.claims, claim("PAPER", "asserts", "review"), source("review", "PAPER", "b", "o"),
        claim("BOR", "asserts", "news"), claim("OBS", "asserts", "news", where="2"), source("news", "PAPER"),
    )  # fmt: skip
    assert len(sets(made)) == len(sets(quoting)) == 2


def test_documents_in_a_circle_are_one_source_and_do_not_hang() -> None:
    made = record(
        claim("PAPER", "asserts", "p"), claim("GAZETTE", "asserts", "g"),
        source("p", "PAPER", "g"), source("g", "GAZETTE", "p"),
    )  # fmt: skip
    assert sets(made) == [("g", "p")]


def test_a_paper_that_carries_several_speakers_counts_as_itself() -> None:
    made = record(
        claim("ARV", "asserts", "note"), claim("CAD", "denies", "memo"),
        claim("ARV", "asserts", "p"), claim("CAD", "denies", "p"), source("p", "PAPER"),
        claim("CAD", "denies", "g"), source("g", "GAZETTE"),
    )  # fmt: skip
    assert (count_documents(made), count_sources(made)) == (4, 3)
