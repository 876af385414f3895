"""Votes that were held, under the rules of the pages: each comes out as it did, or turns on what was disputed.

Who voted how is from the dossiers and their sources. Where a source counts votes and names nobody,
somebody is named here, and nothing turns on whom. Weights here are rounded by hand: they are nobody's figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from typing import cast

import pytest

from foedus.assessment.ballot import Ballot, ballot, rules_named
from foedus.council.electorate import members_of
from foedus.council.outcome import outcome
from foedus.diagnostics.problem import Refused
from foedus.ir.decision import Status
from foedus.ir.norm import Program
from foedus.library import Library


@cache
def program(page: str) -> Program:
    return Library(trials=False).load([page]).program


def held(
    rule: str,
    on: str,
    rest: Status | None = "absent",
    *,
    suppose: Mapping[str, str] | None = None,
    left_out: Sequence[str] | None = None,
    held_to: Sequence[str] | None = None,
    weights: Mapping[str, Fraction] | None = None,
    **did: str,
) -> Ballot:
    """`held("rio.decide", "1962-10-23", "for", abstained="URY")`: `for_` where the word is Python's."""
    statuses: dict[str, Status] = {}
    for status, states in did.items():
        statuses |= dict.fromkeys(states.split(), cast("Status", status.rstrip("_")))
    weighed = {"teu.population": weights} if weights is not None else None
    page = rule.partition(".")[0]
    return ballot(
        program(page), rule, statuses, date.fromisoformat(on), rest, suppose,
        left_out=left_out, held=held_to, weights=weighed,
    )  # fmt: skip


def turns_on(asked: Ballot) -> set[str]:
    return set(asked.finding.granting.turns_on)


# ---- the Security Council ----

SEVEN = "CHN FRA GBR USA CUB ECU NOR"
CONCURRING = {
    "when none votes against": "adopted",
    "when none votes against or stays away": "not adopted",
    "when all five vote for": "not adopted",
}


@pytest.mark.parametrize("reading", CONCURRING)
def test_korea_1950_by_each_reading(reading: str) -> None:
    asked = held(
        "unsc.decide", "1950-06-27", suppose={"charter.concurring": reading},
        for_=SEVEN, against="YUG", silent="EGY IND", absent="SUN",
    )  # fmt: skip
    assert asked.came == CONCURRING[reading]
    assert asked.outcome.reasons[0].met  # seven were for it in any case


def test_korea_1950_two_days_before() -> None:
    """The resolution of 25 June: nine for, one abstains, and the same member stays away."""
    asked = held(
        "unsc.decide", "1950-06-25",
        for_="CHN FRA GBR USA CUB ECU EGY IND NOR", abstained="YUG", absent="SUN",
    )  # fmt: skip
    assert asked.came == "depends"
    assert turns_on(asked) == {"charter.concurring"}


def test_on_procedure_nobody_has_a_veto() -> None:
    nine = "USA GBR FRA ALB BRA GAB GHA IRL KEN"
    assert held("unsc.procedure", "2022-02-27", for_=nine, against="RUS CHN").came == "adopted"
    assert held("unsc.procedure", "2022-02-27", for_=nine[:-4], against="RUS CHN").came == "not adopted"
    assert held("unsc.procedure", "1950-06-27", for_=nine[:-8], against="SUN").came == "adopted"
    assert held("unsc.procedure", "1965-08-30", for_=nine[:-8]).came == "adopted"
    assert held("unsc.procedure", "1965-08-31", for_=nine[:-8]).came == "not adopted"


def test_a_party_to_the_dispute_is_held_to_abstain() -> None:
    """Its vote against is no veto, and its vote for is none of the nine."""
    ten = "USA GBR FRA CHN ALB BRA GAB GHA IRL KEN"
    reading = {"charter.concurring": "when none votes against"}
    veto = held("unsc.settle", "2022-02-25", for_=ten, against="RUS", held_to=(), suppose=reading)
    assert (veto.came, veto.outcome.vetoes) == ("not adopted", ("RUS",))
    bound = held("unsc.settle", "2022-02-25", for_=ten, against="RUS", held_to=("RUS",), suppose=reading)
    assert (bound.came, bound.outcome.held) == ("adopted", ("RUS",))
    nine = held("unsc.settle", "2022-02-25", for_=ten, held_to=("KEN",), suppose=reading)
    assert nine.came == "adopted"
    eight = held("unsc.settle", "2022-02-25", for_=ten, held_to=("KEN", "IRL"), suppose=reading)
    assert eight.came == "not adopted"


def test_an_organ_with_several_rules_decides_by_the_first() -> None:
    assert [rules_named(program("unsc"), name)[0].id for name in ("unsc", "UNSC")] == ["unsc.decide"] * 2
    assert rules_named(program("teu"), "EUC")[0].id == "teu.abroad"
    with pytest.raises(Refused):
        rules_named(program("rio"), "rio")


# ---- the Rio Treaty ----


def test_rio_1962_one_abstains() -> None:
    assert held("rio.decide", "1962-10-23", "for", abstained="URY", absent="CUB").came == "adopted"


def test_rio_1962_whoever_is_directly_interested() -> None:
    """By Article 18 they are left out: the others are enough without them, and without the member that called."""
    for out in ((), ("CUB",), ("CUB", "USA")):
        asked = held("rio.neighbours", "1962-10-23", "for", left_out=out, abstained="URY", absent="CUB")
        assert asked.came == "adopted"


def test_rio_1982_convened_by_eleven() -> None:
    """Eleven of twenty-one are more than a half; of twenty-two, with Cuba, they are not."""
    eleven = "ARG BOL BRA CRI DOM ECU SLV GTM HTI HND NIC"
    asked = held("rio.convene", "1982-04-20", for_=eleven)
    cuba = "party(CUB, rio) on 1982-04-20"
    assert (asked.came, turns_on(asked)) == ("depends", {cuba})
    assert held("rio.convene", "1982-04-20", suppose={cuba: "no"}, for_=eleven).came == "adopted"
    assert held("rio.convene", "1982-04-20", suppose={cuba: "yes"}, for_=eleven).came == "not adopted"


PARTIES = "ARG BHS BRA CHL COL CRI DOM GTM HND HTI PAN PER PRY SLV TTO URY USA"


def test_a_matter_between_american_states_turns_on_who_is_left_out() -> None:
    """Eleven of seventeen are too few; of fifteen, without the two whom it is about, they are enough."""
    members = PARTIES.split()
    nobody = {"party(CUB, rio) on 2018-03-03": "no"}
    eleven = " ".join(members[:11])
    assert held("rio.neighbours", "2018-03-03", suppose=nobody, left_out=(), for_=eleven).came == "void"
    asked = held("rio.neighbours", "2018-03-03", "silent", suppose=nobody, left_out=(), for_=eleven)
    assert asked.came == "not adopted"
    two = held("rio.neighbours", "2018-03-03", "silent", suppose=nobody, left_out=("TTO", "URY"), for_=eleven)
    assert (two.came, set(two.outcome.left_out)) == ("adopted", {"TTO", "URY"})  # eleven of fifteen
    theirs = held("rio.neighbours", "2018-03-03", "silent", suppose=nobody, left_out=("ARG",), for_=eleven)
    assert theirs.came == "not adopted"  # the vote of one who is left out is none: ten of sixteen


def test_rio_1982_without_a_quorum() -> None:
    asked = held("rio.decide", "1982-04-28", left_out=(), for_="ARG BOL BRA CRI DOM ECU SLV GTM HTI HND")
    assert asked.came == "void"


def test_rio_2019_whoever_is_a_party() -> None:
    """Twelve, and then sixteen: it turns neither on Venezuela nor on Cuba."""
    first = held(
        "rio.convene", "2019-09-11", for_="ARG BRA CHL COL DOM SLV GTM HTI HND PRY USA VEN",
        abstained="CRI PAN PER TTO URY",
    )  # fmt: skip
    assert first.doubtful == {"CUB", "VEN"}
    assert first.came == "adopted"
    second = held("rio.decide", "2019-09-23", "for", against="URY", abstained="TTO", absent="CUB")
    assert second.came == "adopted"


# ---- NATO, the Arab League, the eastern Caribbean ----


def test_nato_2003_from_the_council_to_the_committee() -> None:
    council = held("nato.decide", "2003-02-10", "silent", against="BEL FRA DEU")
    assert (council.came, council.outcome.vetoes) == ("not adopted", ("BEL", "FRA", "DEU"))
    assert [one.way.by for one in council.outcome.tried] == ["silence", "consensus"]
    running = outcome(
        council.rule, program("nato"), {}, members=council.members, running=True, on=date(2003, 2, 9)
    )
    assert running.word == "pending"
    committee = held("nato.plan", "2003-02-16", "silent", against="FRA")
    assert (committee.came, committee.outcome.left_out) == ("adopted", ("FRA",))


def test_arab_league_1961_turns_on_who_is_left_out() -> None:
    """Iraq walked out. If it is a member like the others, it is not unanimous; if its voice is left out, it is."""
    assert held("alp.decide", "1961-07-20", "for", absent="IRQ", left_out=()).came == "not adopted"
    assert held("alp.decide", "1961-07-20", "for", absent="IRQ", left_out=("IRQ",)).came == "adopted"
    assert held("alp.decide", "1961-07-20", "for", absent="IRQ").came == "depends"
    assert "KWT" in members_of(program("alp"), rules_named(program("alp"), "alp")[0], date(1961, 7, 20))[0]


def test_arab_league_since_2005_asks_two_thirds_of_whom() -> None:
    asked = held("alp.decide", "2011-03-12", left_out=(), for_="EGY TUN QAT ARE SAU", against="DZA")
    assert (asked.came, turns_on(asked)) == ("depends", {"alp.decide"})
    assert held("alp.decide", "2011-03-12", left_out=(), for_="EGY TUN QAT").came == "adopted"  # by consensus
    tie = held("alp.decide", "2011-03-12", left_out=(), for_="EGY TUN", against="DZA LBY")
    assert tie.came == "not adopted"


def test_oecs_1983_turns_on_the_absent() -> None:
    asked = held("oecs.decide", "1983-10-21", for_="ATG DMA LCA VCT KNA MSR", absent="GRD")
    assert (asked.came, turns_on(asked)) == ("depends", {"oecs.decide"})
    for reading, came in (("those present", "adopted"), ("those absent as well", "not adopted")):
        again = held(
            "oecs.decide", "1983-10-21", suppose={"oecs.decide": reading},
            for_="ATG DMA LCA VCT KNA MSR", absent="GRD",
        )  # fmt: skip
        assert again.came == came


# ---- the Kyrgyz parliament, 7 January 2022 ----


def kenesh(for_it: int, against: int, reading: str | None = None) -> str:
    deputies = [f"deputy {n}" for n in range(1, 91)]
    did: dict[str, Status] = {
        who: "for" if n < for_it else "against" if n < for_it + against else "absent"
        for n, who in enumerate(deputies)
    }
    rule = rules_named(program("jogorku"), "jogorku.consent")[0]
    answers = {} if reading is None else {"jogorku.consent": reading}
    return outcome(rule, program("jogorku"), did, members=deputies, answers=answers, on=date(2022, 1, 7)).word


def test_kyrgyz_parliament_first_fails_and_then_passes() -> None:
    assert kenesh(55, 11) == "not adopted"
    assert kenesh(69, 7) == "adopted"
    assert kenesh(55, 0) == "not adopted"  # of all deputies, not of those who came
    assert kenesh(60, 7) == "pending"
    assert kenesh(60, 7, "at least two thirds") == "adopted"
    assert kenesh(60, 7, "more than two thirds") == "not adopted"
    assert kenesh(61, 7) == "adopted"
    assert kenesh(59, 7) == "not adopted"


# ---- other bodies: where their rules part ----


def test_ecowas_two_thirds_of_whom() -> None:
    four = held("ecomech.decide", "2017-01-19", for_="NGA GHA SEN TGO", against="GIN")
    assert (four.came, turns_on(four)) == ("depends", {"ecomech.decide"})
    assert (
        held("ecomech.decide", "2017-01-19", for_="NGA GHA SEN TGO BEN LBR", against="GIN").came == "adopted"
    )
    assert held("ecomech.decide", "2017-01-19", for_="NGA GHA SEN", against="GIN TGO").came == "not adopted"


def test_the_assembly_of_the_african_union() -> None:
    rule = rules_named(program("au"), "au.assembly")[0]
    members, _ = members_of(program("au"), rule, date(2010, 7, 1))
    assert len(members) == 52  # thirty-five are two thirds
    some = " ".join(members[:35])
    few = " ".join(members[:34])
    assert held("au.assembly", "2010-07-01", for_=some, against=members[40]).came == "adopted"
    assert held("au.assembly", "2010-07-01", "silent", for_=few, against=members[40]).came == "not adopted"
    assert held("au.assembly", "2010-07-01", for_=few).came == "void"
    assert held("au.assembly", "2010-07-01", "silent", for_=few).came == "depends"  # what silence is


def test_the_general_assembly_by_silence() -> None:
    assert held("unga.decide", "2020-05-15", for_="FRA", abstained="USA").came == "adopted"
    assert held("unga.decide", "2020-05-15", against="USA").outcome.vetoes == ("USA",)
    [way] = rules_named(program("unga"), "unga")[0].ways
    assert (way.by, way.hours) == ("silence", 72)


def test_two_members_have_the_csto_council_called() -> None:
    assert held("csto.convene", "2022-09-13", for_="ARM KAZ").came == "adopted"
    assert held("csto.convene", "2022-09-13", for_="ARM").came == "not adopted"
    with pytest.raises(Refused) as told:
        held("csto.procedure", "2022-09-13", for_="ARM")
    assert told.value.problems[0].code == "F692"


# ---- the Council of the European Union ----

LARGE = {"DEU": 84, "FRA": 68, "ITA": 59, "ESP": 48, "POL": 37, "ROU": 19, "NLD": 18, "BEL": 12, "CZE": 11}
DAY = "2024-01-01"


@cache
def union() -> tuple[dict[str, Fraction], tuple[str, ...]]:
    rule = rules_named(program("teu"), "teu.majority")[0]
    members, doubtful = members_of(program("teu"), rule, date.fromisoformat(DAY))
    assert not doubtful
    return {who: Fraction(LARGE.get(who, 5)) for who in members}, members


def union_votes(
    rule: str,
    rest: Status = "for",
    *,
    for_: str = "",
    against: str = "",
    abstained: str = "",
    aside: str = "",
) -> Ballot:
    return held(
        f"teu.{rule}",
        DAY,
        rest,
        weights=union()[0],
        for_=for_,
        against=against,
        abstained=abstained,
        aside=aside,
    )


def test_twenty_seven_of_them() -> None:
    assert len(union()[1]) == 27


def test_three_cannot_block_and_four_can() -> None:
    """Three of the largest have more than 35 % of the people; it takes a fourth member to block."""
    people, _ = union()
    three = sum(people[who] for who in ("DEU", "FRA", "ITA"))
    assert three > Fraction(35, 100) * sum(people.values())
    assert union_votes("majority", against="DEU FRA ITA").came == "adopted"
    assert union_votes("majority", against="DEU FRA ITA MLT").came == "not adopted"
    assert union_votes("majority", against="MLT CYP LUX EST").came == "adopted"


def test_fifteen_are_needed_however_many_people_they_have() -> None:
    _, members = union()
    most = sorted(members, key=lambda who: -LARGE.get(who, 5))
    assert union_votes("majority", "against", for_=" ".join(most[:15])).came == "adopted"
    assert union_votes("majority", "against", for_=" ".join(most[:14])).came == "not adopted"


def test_an_abstention_counts_against_a_majority_and_not_against_unanimity() -> None:
    _, members = union()
    most = sorted(members, key=lambda who: -LARGE.get(who, 5))
    assert union_votes("majority", "abstained", for_=" ".join(most[:14])).came == "not adopted"
    assert union_votes("majority", abstained="DEU FRA ITA ESP").came == "not adopted"
    assert union_votes("unanimous", "abstained", for_="MLT").came == "adopted"
    assert union_votes("unanimous", against="HUN").came == "not adopted"
    assert union_votes("unanimous", "silent", abstained="HUN").came == "not adopted"  # nobody is for it


def test_a_third_with_a_third_of_the_people_stand_aside() -> None:
    nine = "DEU FRA AUT IRL CYP MLT HUN BGR DNK"
    people, members = union()
    assert sum(people[who] for who in nine.split()) * 3 >= sum(people.values())
    assert union_votes("abroad", aside=nine).came == "not adopted"
    assert union_votes("abroad", aside=nine[:-4]).came == "adopted"  # eight
    small = " ".join(who for who in members if who not in LARGE)[: 9 * 4 - 1]
    assert len(small.split()) == 9
    assert union_votes("abroad", aside=small).came == "adopted"  # too few people
    assert union_votes("abroad", abstained=nine).came == "adopted"  # nothing declared
    assert union_votes("abroad", aside="DEU", against="HUN").came == "not adopted"


def test_populations_are_asked_for_and_never_taken_for_nothing() -> None:
    with pytest.raises(Refused) as told:
        held("teu.majority", DAY, "for", against="DEU")
    assert told.value.problems[0].code == "F642"


def test_some_do_not_take_part() -> None:
    """Both shares are of those who do."""
    _, members = union()
    fourteen = " ".join(members[:14])
    out = members[20:]
    assert held("teu.unanimous", DAY, "for", left_out=out, against=" ".join(out)).came == "adopted"
    many = held(
        "teu.majority",
        DAY,
        "against",
        left_out=out,
        weights=dict.fromkeys(members, Fraction(1)),
        for_=fourteen,
    )
    assert many.came == "adopted"
    assert (
        held(
            "teu.majority",
            DAY,
            "against",
            left_out=(),
            weights=dict.fromkeys(members, Fraction(1)),
            for_=fourteen,
        ).came
        == "not adopted"
    )
