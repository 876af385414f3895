from __future__ import annotations

from dataclasses import replace

import pytest

from foedus.evidence.claim import Interest
from foedus.evidence.closings import RefutedFact, close
from foedus.evidence.known import undated
from foedus.evidence.record import Closing, Pattern, Presumption, Record
from foedus.evidence.standing import RULES, Standing, judge, stand, weigh
from foedus.terms.fact import Fact
from foedus.terms.time import day
from tests.evidence.said import ATTACK, REQUEST, claim, record, source


def of(made: Record, fact: str = "a1", known_by: str = "") -> Standing:
    return weigh(made, day(known_by).first if known_by else None)[fact]


# ---- the examples of the page on meaning ----


def test_example_1_nothing_is_open_and_a_closing_closes_it() -> None:
    nothing = record(facts=())
    assert stand(nothing) == {}
    assert close(nothing).covering("force", (None, "ARV"), None) is None
    complete = Closing(Pattern("force", (None, "ARV")), None, "encoder")
    assert close(replace(nothing, closings=(complete,))).covering("force", (None, "ARV"), None) is complete


def test_example_2_a_party_alone_only_asserts() -> None:
    found = of(record(claim("ARV", "asserts", "note")))
    assert (found.word, found.rule) == ("asserted", "asserted")
    assert found.would_change[0] == "a second independent source that does not gain by it would establish it"


@pytest.mark.parametrize("origins", [("min",), ()], ids=["copies", "reprints"])
def test_example_3_three_prints_of_one_text_are_one_source(origins: tuple[str, ...]) -> None:
    prints = [
        x for n in ("p1", "p2", "p3") for x in (claim("ARV", "asserts", n), source(n, n.upper(), *origins))
    ]
    found = of(record(*prints))
    assert (found.word, found.documents, found.sources) == ("asserted", 3, 1)


def test_example_4_two_independent_sources_of_which_one_does_not_gain_establish() -> None:
    made = record(
        claim("ARV", "asserts", "note"), claim("OBS", "asserts", "report"), claim("ARV", "asserts", "x", "g1")
    )
    assert (of(made).word, of(made).rule) == ("established", "established-two")
    assert of(made, "g1").word == "undisputed"


def test_example_6_a_doubt_disputes_and_a_denial_contests() -> None:
    doubted = (
        claim("ARV", "asserts", "note"),
        claim("OBS", "asserts", "report"),
        claim("PAPER", "disputes", "p"),
    )
    assert of(record(*doubted)).word == "disputed"
    assert of(record(*doubted, claim("CAD", "denies", "memo"))).word == "contested"


def test_example_9_a_refuted_request_without_roles_refutes_every_request() -> None:
    none = Fact("none", "request", ("ARV", None, None))
    made = record(none, REQUEST, claim("ARV", "denies", "note", "none"))
    assert (of(made, "none").word, of(made, "none").rule) == ("refuted", "refuted-own-word")
    assert (of(made, "r1").word, of(made, "r1").refuted_by) == ("refuted", "none")
    closed = close(made, {f: s.word for f, s in stand(made).items()})
    for args in (("ARV", None, None), ("ARV", "BOR", None), ("ARV", "DUN", "a9")):
        ground = closed.covering("request", args, day("2020-07-21"))
        assert isinstance(ground, RefutedFact) and ground.fact is none
    assert closed.covering("request", (None, None, None), None) is None
    assert closed.covering("request", ("BOR", None, None), None) is None


def test_example_14_one_principal_that_says_both_is_inconsistent() -> None:
    made = record(claim("ARV", "asserts", "note"), claim("EMB", "denies", "tweet"))
    assert (of(made).word, of(made).sources) == ("inconsistent", 1)
    assert of(record(*made.claims, claim("CAD", "denies", "memo"))).word == "contested"


# ---- every other line of the table ----

TABLE = {
    "unresolved": ("unknown", (claim("OBS", "asserts", "o"), source("o", "OBS", resolved=False))),
    "report only": ("unknown", (claim("PAPER", "reports", "p", of="CAD"),)),
    "doubt only": ("disputed", (claim("OBS", "disputes", "o"),)),
    "denial and doubt": ("denied", (claim("CAD", "denies", "m"), claim("OBS", "disputes", "o"))),
    "two that gain": ("asserted", (claim("ARV", "asserts", "n"), claim("CAD", "asserts", "m"))),
    "two that gain, one admits": (
        "established", (claim("ARV", "asserts", "n"), claim("CAD", "asserts", "m", against_interest="x")),
    ),
    "an admission alone": ("asserted", (claim("CAD", "asserts", "m", against_interest="its own troops"),)),
    "an admission and its copy": (
        "asserted",
        (
            claim("CAD", "asserts", "m", against_interest="x"),
            claim("OBS", "asserts", "o"), source("o", "OBS", "m"),
        ),
    ),
    "instrument": ("established", (claim("ARV", "asserts", "n", authentic=True),)),
    "instrument, doubted": (
        "disputed", (claim("ARV", "asserts", "n", authentic=True), claim("OBS", "disputes", "o")),
    ),
    "instrument of denial": ("refuted", (claim("ARV", "denies", "n", authentic=True),)),
    "one denies": ("denied", (claim("CAD", "denies", "m"),)),
    "two deny": ("refuted", (claim("CAD", "denies", "m"), claim("OBS", "denies", "o"))),
    "two that gain deny": ("denied", (claim("CAD", "denies", "m"), claim("ARV", "denies", "n"))),
    "two that gain deny, one admits": (
        "refuted", (claim("CAD", "denies", "m"), claim("ARV", "denies", "n", against_interest="x")),
    ),
    "one paper for both sides": (
        "contested", (claim("ARV", "asserts", "p"), claim("CAD", "denies", "p"), source("p", "PAPER")),
    ),
    "both sides and a doubt": (
        "contested",
        (claim("ARV", "asserts", "n"), claim("CAD", "denies", "m"), claim("OBS", "disputes", "o")),
    ),
    "numbers never outvote": (
        "contested", (*(claim(f"S{n}", "asserts", f"s{n}") for n in range(9)), claim("CAD", "denies", "m")),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("word", "said"), TABLE.values(), ids=TABLE.keys())
def test_the_table(word: str, said: tuple) -> None:
    found = of(record(*said))
    assert found.word == word
    assert found.why == RULES[found.rule] and found.would_change


def test_the_author_of_an_incident_does_not_establish_it_by_his_own_word() -> None:
    assert of(record(claim("CAD", "asserts", "m"))).word == "asserted"
    assert of(record(claim("CAD", "denies", "m"))).word == "denied"


@pytest.mark.parametrize(("verb", "word"), [("asserts", "established"), ("denies", "refuted")])
def test_the_performers_own_word_fixes_his_act(verb, word) -> None:
    assert of(record(claim("MINISTER", verb, "note", "r1")), "r1").word == word
    assert of(record(claim("BOR", verb, "memo", "r1")), "r1").word == verb.replace(
        "asserts", "asserted"
    ).replace("denies", "denied")


def test_of_two_performers_both_must_say_so() -> None:
    joint = Fact("r1", "request", (("ARV", "BOR"), None, None))
    made = record(joint, claim("ARV", "asserts", "n", "r1"))
    assert of(made, "r1").would_change[0] == "the word of BOR, whose act it is, would establish it"
    assert of(made, "r1").word == "asserted"
    assert of(record(joint, *made.claims, claim("BOR", "asserts", "b", "r1")), "r1").word == "established"


def test_a_speech_is_established_by_its_speaker() -> None:
    speech = Fact("s1", "asserts", ("BOR", "threat"))
    assert of(record(speech, claim("BOR", "asserts", "b", "s1")), "s1").word == "established"


def test_what_is_declared_about_gain_comes_before_the_default() -> None:
    said = (claim("BOR", "asserts", "b"), claim("DUN", "asserts", "d"))
    every, this = (Interest(p, f, g, "why") for p, f, g in (("BOR", "*", True), ("DUN", "*", True))), None
    assert of(record(*said)).word == "established"
    both = tuple(every)
    assert of(record(*said, *both)).word == "asserted"
    this = Interest("DUN", "a1", False, "it has no part in it")
    assert of(record(*said, *both, this)).word == "established"


def test_a_copied_text_gains_as_its_author_does_even_if_the_origin_carries_no_claim() -> None:
    made = record(
        claim("PAPER", "asserts", "p"),
        source("p", "PAPER", "min"),
        source("min", "ARV"),
        claim("CAD", "asserts", "m"),
    )
    assert of(made).word == "asserted"


def test_a_trial_stipulates() -> None:
    made = record(claim("CAD", "denies", "m"), given={"a1": "established", "g1": "refuted"})
    assert (of(made).word, of(made).rule, of(made, "g1").word) == ("established", "given", "refuted")


def test_a_fact_without_predicate_is_refused() -> None:
    with pytest.raises(ValueError, match="no predicate 'flood'"):
        stand(record(Fact("x", "flood", ())))


# ---- judgements ----


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ((), "unknown"),
        (("asserts",), "undisputed"),
        (("asserts", "denies"), "disputed"),
        (("asserts", "disputes"), "disputed"),
        (("denies",), "denied"),
        (("denies", "disputes"), "denied"),
        (("disputes",), "unknown"),
        (("asserts", "asserts", "asserts"), "undisputed"),
    ],
)
def test_judgements_are_never_fixed(said, word: str) -> None:
    who = ("OBS", "BOR", "DUN")
    claims = [claim(by, verb, by, "g1", authentic=True) for by, verb in zip(who, said, strict=False)]
    made = record(*claims)
    assert judge(made)["g1"].word == word
    assert "g1" not in stand(made)


# ---- what had been said by a day ----


def test_a_claim_of_uncertain_date_counts_from_its_latest_day() -> None:
    made = record(
        claim("ARV", "asserts", "note"), source("note", "ARV", on="2020-07-20"),
        claim("OBS", "asserts", "report", on=day("[2020-07-22,2020-07-24]")),
    )  # fmt: skip
    assert [of(made, known_by=f"2020-07-{d}").word for d in (19, 20, 22, 23, 24)] == [
        "unknown", "asserted", "asserted", "asserted", "established",
    ]  # fmt: skip


def test_a_claims_own_date_comes_before_its_documents() -> None:
    said = claim("ARV", "asserts", "book", on=day("2020-07-20"))
    made = record(said, source("book", "ARV", on="2024"))
    assert of(made, known_by="2020-07-20").word == "asserted"


def test_what_nothing_dates_counts_as_known_and_is_listed() -> None:
    made = record(claim("ARV", "asserts", "note"))
    assert of(made, known_by="1990-01-01").word == "asserted"
    assert undated(made) == ("a1/note/asserts",)


# ---- closings and presumptions on listed facts ----


def test_a_denial_never_opens_what_a_closing_closes() -> None:
    role = Fact("s1", "state", ("gunmen",))
    complete = Closing(Pattern("state", ("gunmen",)), None, "encoder")
    for said in ((), (claim("CAD", "denies", "m", "s1"),), (claim("CAD", "disputes", "m", "s1"),)):
        found = of(record(role, *said, closings=(complete,)), "s1")
        assert (found.word, found.closing) == ("refuted", complete)
    assert of(record(role, claim("ARV", "asserts", "n", "s1"), closings=(complete,)), "s1").word == "asserted"


def test_listed_incidents_keep_their_standing_under_a_closing() -> None:
    complete = Closing(Pattern("force", (None, "ARV")), None, "encoder")
    assert of(record(claim("CAD", "denies", "m"), closings=(complete,))).word == "denied"


def test_a_presumption_refutes_a_listed_act_until_somebody_asserts_it() -> None:
    gone = Fact("w1", "withdrawn", ("ARV", "r1"))
    rule = Presumption(Pattern("withdrawn", ("ARV", None)))
    found = of(record(gone, presumptions=(rule,)), "w1")
    assert (found.word, found.presumption) == ("refuted", rule)
    assert of(record(gone, claim("CAD", "asserts", "m", "w1"), presumptions=(rule,)), "w1").word == "asserted"


def test_two_incidents_alike_do_not_refute_one_another() -> None:
    twin = replace(ATTACK, id="a2")
    made = record(
        ATTACK,
        twin,
        claim("CAD", "denies", "m"),
        claim("OBS", "denies", "o"),
        claim("CAD", "denies", "m", "a2"),
    )
    assert (of(made).word, of(made, "a2").word) == ("refuted", "denied")


def test_who_copies_a_text_but_says_the_contrary_speaks_for_itself() -> None:
    said = (claim("ARV", "denies", "d0"), claim("BOR", "asserts", "d1"), source("d1", "ARV", "d0"))
    assert of(record(*said)).rule == "contested-dependent"
    assert of(record(*said, claim("ARV", "asserts", "d2"))).word == "contested"


def test_a_performer_gains_by_the_act_and_of_two_lines_the_one_that_gains_counts() -> None:
    joint = Fact("r1", "request", (("BOR", "DUN"), None, None))
    said = (joint, claim("BOR", "asserts", "b", "r1"), claim("CAD", "asserts", "m", "r1"))
    assert of(record(*said), "r1").word == "asserted"
    free = Interest("BOR", "*", False, "it asked for nothing itself")
    assert of(record(*said, free), "r1").word == "established"
    assert of(record(*said, free, Interest("BOR", "*", True, "it did")), "r1").word == "asserted"
