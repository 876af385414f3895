"""July 1914 over treaty pages: what the treaties alone give, what a mobilisation adds, what plans add."""

from __future__ import annotations

from datetime import date

from foedus.cascade.rounds.compared import compared, confusion
from foedus.cascade.rounds.page import shipped_courses
from foedus.cascade.rounds.run import cascade
from tests.cascade.courses import JOINED, MOBILISATION, ON, OPENING, PLANS, TEXT, july, names, plans, told

LOCAL = ("AUH", "SER")
ENTENTE = ("AUH", "BEL", "DEU", "FRA", "GBR", "RUE", "SER")


def test_the_page_says_what_it_gives_and_what_it_only_compares_with() -> None:
    page = july()
    assert "july-1914" in shipped_courses()
    assert [fact.id for fact in page.shock] == ["war(AUH, SER)", "mobilisation(AUH, SER)"]
    assert "general_mobilisation" not in {fact.predicate for fact in page.given}
    assert len(page.observed) == 15
    assert not [norm for norm in page.program.norms if norm.kind == "plan" and norm.instrument != "staffs"]


def test_treaties_alone_on_their_words_start_nothing() -> None:
    (only,) = told(TEXT | plans()).groups
    assert only.belligerents == LOCAL


def test_neither_reading_alone_starts_it_and_two_together_do() -> None:
    any_forces = {"frarus.mobilised_member": ["any of its forces"]}
    attack = {"dual.attacked": [MOBILISATION], "triple.attacked": [MOBILISATION]}
    assert told(TEXT | plans() | any_forces).groups[0].belligerents == LOCAL
    assert told(TEXT | plans() | attack).groups[0].belligerents == LOCAL
    both = told(TEXT | plans() | any_forces | attack).groups[0]
    assert {"DEU", "FRA", "RUE"} <= set(both.belligerents)
    assert both.round_of["DEU"] == 2


def test_with_all_plans_the_words_name_those_of_5_august() -> None:
    (only,) = told(TEXT | plans(*PLANS)).groups
    assert only.belligerents == ENTENTE
    acts = [(s.round, s.act, s.norm) for s in only.steps if s.predicate in ("war", "force", "mobilised_all")]
    assert acts[:8] == [
        (0, "war(AUH, SER)", ""),
        (1, "mobilised_all(RUE)", "staffs.stand_by_serbia"),
        (2, "war(DEU, RUE)", "staffs.mobilisation_is_war"),
        (3, "war(FRA, DEU)", "frarus.fight"),
        (3, "war(DEU, FRA)", "staffs.west_first"),
        (4, "force(DEU, BEL)", "staffs.through_belgium"),
        (5, "war(GBR, DEU)", "london.guarantee"),
        (6, "war(AUH, GBR)", "dual.assist_joined"),
    ]
    assert [(h.state, h.target, h.norm, h.why) for h in only.held] == [
        ("AUH", "DEU", "london.guarantee", "ally")
    ]
    assert [(b.state, b.by) for b in only.broken] == [("DEU", "london.respect")]


def test_two_that_open_war_at_once_were_neither_first() -> None:
    """With a careless tie, France would have attacked Germany, and Italy be bound by Article II."""
    provoked = {"unprovoked": ["every attack was"]}
    (only,) = told(TEXT | provoked | plans(*PLANS)).groups
    assert "ITA" not in only.belligerents
    (without,) = told(TEXT | provoked | plans("stand_by_serbia", "mobilisation_is_war")).groups
    assert [s.act for s in without.steps if s.state == "ITA" and s.predicate == "war"] == ["war(ITA, FRA)"]


def test_a_joiner_who_makes_the_other_side_attacked_brings_italy_in() -> None:
    joined = {"cascade.joiner": [JOINED]}
    (every,) = told(TEXT | plans(*PLANS) | joined | {"unprovoked": ["every attack was"]}).groups
    assert "ITA" in every.belligerents
    (clean,) = told(TEXT | plans(*PLANS) | joined).groups
    assert "ITA" not in clean.belligerents  # Germany had opened a war before


def test_the_united_kingdom_turns_on_how_the_guarantee_is_borne_and_japan_on_what_is_defended() -> None:
    open_ = {"london.borne": ["each by itself", "in concert only"], "defends": ["so", "not so"]}
    strata = told(TEXT | plans(*PLANS) | open_ | {"unprovoked": ["every attack was"]})
    turns = {(p.state, p.choice): p.by_answer for p in strata.pivots}
    assert set(turns) == {("GBR", "london.borne"), ("JPN", "london.borne"), ("JPN", "defends")}
    assert turns["GBR", "london.borne"] == (("each by itself", 2.0, 2), ("in concert only", 0.0, 2))
    assert strata.entered["JPN"] == 1


def test_groups_hold_every_stratum_once_and_their_cases_say_which() -> None:
    strata = told(plans(*PLANS))
    assert sum(group.strata for group in strata.groups) == strata.strata
    for group in strata.groups:
        acts = [(s.round, s.act, s.norm, s.owed_to) for s in group.steps]
        assert len(set(acts)) == len(acts)
        assert all(0 < s.share <= 1 for s in group.steps)
        assert sum(case.strata for case in group.cases) == group.strata
        for case in group.cases[:3]:
            fixed = {c.id: [c.answers[0]] for c in strata.choices} | {
                k: [v[0]] for k, v in case.answers.items()
            }
            (again,) = told(fixed).groups
            assert again.belligerents == group.belligerents


def test_confusion_is_read_over_states_that_are_no_principals() -> None:
    page = july()
    strata = told(TEXT | plans(*PLANS))
    rows = compared(strata, dict(page.observed), stayed=dict(page.stayed), by=date(1914, 8, 31))
    table = confusion(rows, strata.strata)
    assert names(table.all.entered) == ["FRA", "GBR", "RUE"]
    assert names(table.all.stayed_out) == names(table.some.entered) == names(table.none.unknown) == []
    assert names(table.none.entered) == [
        "BEL",
        "DEU",
        "JPN",
    ]  # attacked; by plans; by a reading not taken here
    assert {"ITA", "CHE", "NLD"} <= set(names(table.none.stayed_out))
    everybody = [
        state for cell in (table.all, table.some, table.none) for state in (*cell.entered, *cell.stayed_out)
    ]
    assert not {"AUH", "SER"} & set(names(everybody)) and len(set(names(everybody))) == len(everybody)


def test_who_stayed_out_is_what_the_page_says_and_nobody_else() -> None:
    page = july()
    strata = told(TEXT | plans(*PLANS))
    later = date(1918, 11, 11)
    told_of = {
        row.state: row.happened for row in compared(strata, dict(page.observed), stayed=dict(page.stayed))
    }
    assert (told_of["CHE"], told_of["ITA"]) == ("stayed out", "entered")
    # Beyond the days of which it was said, and of whom nothing is said, nobody knows.
    beyond = compared(strata, dict(page.observed), stayed=dict(page.stayed), by=later)
    assert {row.state for row in beyond if row.happened == "unknown"} == {s for s, _ in page.stayed}
    days = {state: day for state, day in page.observed if state != "ITA"}
    silent = confusion(compared(strata, days), strata.strata)
    assert not silent.told and names(silent.none.unknown) == ["ITA"]
    assert confusion(compared(strata, days, stayed={"ITA": None}, by=later), strata.strata).told


def test_in_some_strata_is_said_with_how_many() -> None:
    strata = told(plans(*PLANS))
    table = confusion(compared(strata, dict(july().observed)), strata.strata)
    assert {each.state: each.strata for each in table.some.entered}["ITA"] == strata.obliged["ITA"]
    every = [*table.all.entered, *table.some.entered, *table.none.entered]
    assert all(each.strata == strata.obliged.get(each.state, 0) for each in every)


def test_without_a_treaty_its_part_of_the_chain_is_gone() -> None:
    readings = {
        k: v for k, v in (TEXT | plans(*PLANS)).items() if k not in ("london.borne", "concert_for_belgium")
    }
    assert "GBR" not in told(readings, without=["london"]).entered


def test_rows_and_frames_carry_norms_and_shares() -> None:
    strata = told(TEXT | plans(*PLANS))
    rows = list(strata.frame_rows())
    assert {"group", "round", "act", "norm", "article", "share"} <= set(rows[0])
    assert strata.as_json()["day"] == "1914-07-28"
    assert all(choice.answers for choice in strata.choices)
    assert {a.what for a in strata.assumed} >= {"armed_attack", "threatens"}
    assert next(c for c in strata.choices if c.id == "cascade.joiner").answers == ("who opens a war attacks",)


def test_coins_are_the_same_in_every_stratum_and_given_again_by_their_seed() -> None:
    options = {"chances": {"duty": 0.5}, "worlds": 2000, "seed": 3}
    one = told(TEXT | plans(*PLANS) | {"london.borne": ["each by itself", "in concert only"]}, **options)
    again = told(TEXT | plans(*PLANS) | {"london.borne": ["each by itself", "in concert only"]}, **options)
    assert one == again
    assert one.worlds == 2048
    assert one.seed == 3
    by_case = {g.cases[0].answers.get("london.borne"): g.entered for g in one.groups}
    assert len(by_case) == 2
    fra = {round(entered["FRA"], 9) for entered in by_case.values()}
    assert fra == {1.0}  # a plan of Germany brings it in
    gbr = by_case["each by itself",]["GBR"]
    assert 0.45 < gbr < 0.55


def test_a_plan_may_fail_by_chance() -> None:
    strata = told(TEXT | plans(*PLANS), chances={"staffs.stand_by_serbia": 0.25}, worlds=4096, seed=1)
    (only,) = strata.groups
    assert 0.22 < only.entered["RUE"] < 0.28
    assert only.entered["AUH"] == 1


def test_every_reading_is_looked_at_in_one_go() -> None:
    page = july()
    strata = cascade(page.program, page.shock, page.day, given=page.given, free=["engine"])
    assert strata.strata == 331_776
    assert strata.entered["SER"] == strata.strata
    assert {p.choice for p in strata.pivots if p.state == "ITA"} >= {
        "cascade.joiner",
        "unprovoked",
        "triple.attacked",
    }
    assert {c.id for c in strata.choices if ON in c.answers} == {f"staffs.{name}" for name in PLANS}
    assert OPENING in next(c for c in strata.choices if c.id == "dual.attacked").answers
