"""The rules of rounds, on treaties of our own: allies, both sides, neutrality, together, rows of data sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foedus.cascade.rounds.outcome import Group, Strata
from foedus.cascade.rounds.rows import Names
from foedus.cascade.rounds.run import cascade
from foedus.diagnostics.span import NOWHERE
from foedus.library import Library
from foedus.obligations.obligation import Obligation
from foedus.terms.edtf import parse_date

DAY = date(1930, 5, 1)
HEAD = """# {title}

```foedus
instrument {id} "{title}"
  signed 1920-01-01
  in force 1920-01-01
  encoded by "Foedus contributors" on 2026-11-22
parties
  {parties} from 1920-01-01

{norms}
```
"""
HELP = """duty assist "help"
  class {kind}
  owed by each other party d to v against x
{manner}  when war(x, v)
  performed by helped(by: d, for: v)
"""
World = Callable[..., Strata]


def treaty(name: str, parties: str, *norms: str) -> str:
    return HEAD.format(id=name, title=f"Treaty {name}", parties=parties, norms="\n".join(norms))


def pact(name: str, parties: str, kind: str = "all-means, force included", *, together: bool = False) -> str:
    return treaty(name, parties, HELP.format(kind=kind, manner="  together\n" if together else ""))


@pytest.fixture
def world(tmp_path: Path) -> World:
    def made(pages: dict[str, str], *shock: str, **options: Any) -> Strata:
        for name, text in pages.items():
            (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        loaded = Library(overlay=tmp_path, trials=False).load(pages)
        assert not loaded.errors
        return cascade(loaded.program, shock, DAY, **options)

    return made


def only(strata: Strata) -> Group:
    (group,) = strata.groups
    return group


def wars(group: Group) -> list[tuple[int, str]]:
    return [(s.round, s.act) for s in group.steps if s.predicate in ("war", "force")]


def test_help_goes_round_by_round(world: World) -> None:
    found = only(world({"one": pact("one", "FRA, BEL"), "two": pact("two", "FRA, POL")}, "war(DEU, BEL)"))
    assert wars(found) == [(0, "war(DEU, BEL)"), (1, "war(FRA, DEU)")]
    found = only(
        world(
            {"one": pact("one", "FRA, BEL"), "two": pact("two", "FRA, POL")},
            "war(DEU, BEL)",
            readings={"cascade.joiner": ["a joiner makes the other side attacked"]},
        )
    )
    assert wars(found) == [(0, "war(DEU, BEL)"), (1, "war(FRA, DEU)"), (2, "war(POL, DEU)")]


def test_no_war_on_an_ally_and_the_conflict_is_kept(world: World) -> None:
    found = only(world({"one": pact("one", "FRA, BEL"), "two": pact("two", "FRA, DEU")}, "war(DEU, BEL)"))
    assert found.belligerents == ("BEL", "DEU")
    assert [(h.state, h.target, h.norm, h.why) for h in found.held] == [("FRA", "DEU", "one.assist", "ally")]
    assert found.obliged == {"FRA": 1.0}


def test_who_would_fight_both_sides_fights_neither(world: World) -> None:
    pages = {"one": pact("one", "FRA, BEL"), "two": pact("two", "FRA, POL")}
    found = only(world(pages, "war(DEU, BEL)", "war(ITA, POL)", "war(DEU, ITA)"))
    assert "FRA" not in found.belligerents
    assert {(h.target, h.why) for h in found.held} == {("DEU", "both sides"), ("ITA", "both sides")}


def test_who_is_at_war_with_ones_enemy_is_not_fought_later_either(world: World) -> None:
    """France fights Germany, which fights Italy: it does not fight Italy for Poland when Italy attacks that."""
    pages = {
        "one": pact("one", "FRA, BEL"),
        "two": pact("two", "FRA, POL"),
        "three": pact("three", "ITA, GRC"),
    }
    shock = ("war(DEU, BEL)", "war(ITA, DEU)", "war(POL, GRC)")
    found = only(world(pages, *shock))
    assert wars(found)[3:] == [(1, "war(FRA, DEU)"), (1, "war(ITA, POL)")]
    assert [(h.round, h.target, h.why) for h in found.held] == [(2, "ITA", "both sides")]


def test_a_duty_against_nobody_named_is_against_who_made_war_on_the_ally(world: World) -> None:
    norm = HELP.format(kind="all-means, force included", manner="").replace(" against x", "")
    page = treaty("one", "DEU, AUH", norm.replace("when war(x, v)", "when war(x, v) and state(x)"))
    found = only(world({"one": page}, "war(AUH, SER)", "war(RUE, AUH)"))
    assert wars(found)[2:] == [(1, "war(DEU, RUE)")]


def test_a_right_lifts_the_prohibition_that_would_stand_in_the_way(world: World) -> None:
    barred = (
        'prohibition force "use force"\n  of each state s to v\n  when always\n'
        "  breached by force(author: s, victim: v)\n"
    )
    right = 'right defend "defend"\n  of each state s to v against x\n  when war(x, v) and x is not s\n  lifts force\n'
    pages = {"one": pact("one", "FRA, BEL"), "law": treaty("law", "FRA, BEL, DEU", barred)}
    held = only(world(pages, "war(DEU, BEL)"))
    assert held.belligerents == ("BEL", "DEU")
    assert [(h.why, h.by) for h in held.held] == [("prohibition", "law.force")]
    pages["law"] = treaty("law", "FRA, BEL, DEU", barred, right)
    assert only(world(pages, "war(DEU, BEL)")).belligerents == ("BEL", "DEU", "FRA")


def test_a_promise_of_neutrality_stands_in_the_way_if_it_is_kept(world: World) -> None:
    stay = treaty("stay", "FRA, DEU", 'act stood_aside(by: State, in: Incident) "{by} stood aside in {in}"', "",
                  'duty stay "stay neutral"\n  class none, neutrality\n  owed by FRA to DEU\n  when always\n'
                  "  performed by stood_aside(by: FRA)")  # fmt: skip
    pages = {"one": pact("one", "FRA, BEL"), "stay": stay}
    found = only(world(pages, "war(DEU, BEL)"))
    assert found.belligerents == ("BEL", "DEU")
    assert [(h.why, h.by) for h in found.held] == [("neutrality", "stay.stay")]
    half = only(world(pages, "war(DEU, BEL)", chances={"neutrality": 0.5}, worlds=4096, seed=2))
    assert 0.45 < half.entered["FRA"] < 0.55
    broken = only(world(pages, "war(DEU, BEL)", chances={"neutrality": 0.0}))
    assert "FRA" in broken.belligerents


def test_together_means_all_or_none(world: World) -> None:
    apart = {"one": pact("one", "FRA, GBR, BEL")}
    joint = {"one": pact("one", "FRA, GBR, BEL", together=True)}
    assert only(world(apart, "war(DEU, BEL)")).belligerents == ("BEL", "DEU", "FRA", "GBR")
    assert only(world(joint, "war(DEU, BEL)")).belligerents == ("BEL", "DEU", "FRA", "GBR")
    chances = {"chances": {"duty": 0.5, "all-means": 0.5}, "worlds": 4096, "seed": 5}
    one = only(world(apart, "war(DEU, BEL)", **chances))
    both = only(world(joint, "war(DEU, BEL)", **chances))
    assert 0.45 < one.entered["FRA"] < 0.55
    assert 0.22 < both.entered["FRA"] == both.entered["GBR"] < 0.28


def test_less_than_war_is_war_under_one_reading_only(world: World) -> None:
    pages = {"one": pact("one", "FRA, BEL", "as-deemed-necessary, force silent")}
    strata = world(pages, "war(DEU, BEL)", free=["cascade.help"])
    assert {g.belligerents for g in strata.groups} == {("BEL", "DEU"), ("BEL", "DEU", "FRA")}
    (pivot,) = strata.pivots
    assert (pivot.state, pivot.choice) == ("FRA", "cascade.help")
    assert only(world({"one": pact("one", "FRA, BEL", "consult")}, "war(DEU, BEL)")).belligerents == (
        "BEL",
        "DEU",
    )


def test_honouring_and_entering_are_two_chances(world: World) -> None:
    pages = {"one": pact("one", "FRA, BEL")}
    found = only(world(pages, "war(DEU, BEL)", chances={"enters": 0.5}, worlds=4096, seed=1))
    assert 0.45 < found.entered["FRA"] < 0.55
    helped = next(s for s in found.steps if s.predicate == "helped")
    assert helped.share == pytest.approx(1.0, abs=0.6)
    assert {h.why for h in found.held} == {"did not enter"}


def row(debtor: int, beneficiary: int, pledge: Any, **more: Any) -> Obligation:
    since = parse_date("1920-01-01", NOWHERE)
    instrument = more.pop("instrument", "atop:1")
    return Obligation(debtor, beneficiary, pledge, None, since, None, instrument, pledge, **more)


def test_rows_run_beside_pages_and_a_page_takes_the_place_of_its_row(world: World) -> None:
    pages = {"one": pact("one", "FRA, BEL")}
    rows = [row(200, 220, "defense", instrument="atop:2"), row(290, 200, "offense", instrument="atop:3")]
    found = only(world(pages, "war(DEU, BEL)", rows=rows))
    assert wars(found) == [(0, "war(DEU, BEL)"), (1, "war(FRA, DEU)")]
    rows.append(row(220, 211, "offense", instrument="atop:4"))
    both = world(pages, "war(BEL, DEU)", rows=rows)
    assert wars(only(both)) == [(0, "war(BEL, DEU)"), (1, "war(FRA, DEU)")]
    coded = pages["one"].replace("  encoded", "  code atop 4\n  encoded")
    less = world({"one": coded}, "war(BEL, DEU)", rows=rows)
    assert less.superseded == ("atop:4",)
    assert only(less).belligerents == ("BEL", "DEU")


def test_rows_name_adversaries_and_flags_that_are_assumed(world: World) -> None:
    pages = {"one": pact("one", "ITA, ESP")}
    rows = [row(220, 211, "defense", adversaries=(255,), conditions=("adversary", "unprovoked"))]
    assert "FRA" in only(world(pages, "war(DEU, BEL)", rows=rows)).belligerents
    strata = world(pages, "war(POL, BEL)", rows=rows)
    assert "FRA" not in only(strata).belligerents
    told = next(t for t in strata.treated if t.norm == "atop:1/defense")
    assert (told.label, told.assumed) == ("assumed", ("unprovoked",))


def test_rows_of_neutrality_and_no_attack_block(world: World) -> None:
    pages = {"one": pact("one", "FRA, BEL")}
    for pledge in ("neutral", "nonagg"):
        found = only(world(pages, "war(DEU, BEL)", rows=[row(220, 255, pledge)]))
        assert found.belligerents == ("BEL", "DEU")


def test_a_number_is_the_code_that_pages_and_the_shock_use(world: World) -> None:
    rows = [row(300, 345, "offense", instrument="atop:9")]
    found = only(world({"one": pact("one", "FRA, BEL")}, "war(DEU, SER)", rows=rows))
    assert found.belligerents == ("AUH", "DEU", "SER")


def test_only_states_that_a_war_can_reach_are_considered(world: World) -> None:
    rows = [row(200, 220, "defense"), row(2, 200, "offense"), row(145, 155, "defense")]
    assert world({"one": pact("one", "FRA, BEL")}, "war(DEU, BEL)", rows=rows).states == (
        "BEL", "DEU", "FRA", "GBR", "USA",
    )  # fmt: skip


def test_of_several_codes_of_a_number_one_that_stood_then_is_taken() -> None:
    names = Names(date(1914, 7, 28), frozenset())
    assert [names.of(n) for n in (345, 255, 300, 365, 325, 99999)] == [
        "SER",
        "DEU",
        "AUH",
        "RUE",
        "ITA",
        "cow:99999",
    ]
