"""Whole answers over small promises: counterfactuals, turns, slopes and spreads beside going through all coins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from foedus.cascade.ask import ask, shock_on
from foedus.cascade.chains import chains
from foedus.cascade.confusion import Entered, confusion, predicted
from foedus.cascade.engine import Engine
from foedus.cascade.from_obligations import build
from foedus.cascade.honour import read_table
from foedus.cascade.model import WHOLE, Model, Shock
from foedus.cascade.pivots import pivots
from foedus.cascade.rates import rate_of
from foedus.cascade.sensitivity import with_chance
from foedus.cascade.solve import solve
from foedus.cascade.sweep import Sweep, sweep_year
from foedus.cli.schema import schema
from foedus.diagnostics.problem import Refused
from foedus.report.cascade import show_cascade
from foedus.report.cascade_json import COLUMNS, as_json, entries_rows
from foedus.report.layout import Sheet
from foedus.sources.edition import Edition
from tests.cascade.models import exact, models, shock
from tests.cascade.owed import EDGE, ENGINE, ON, OWED, A, B, C, D, E, F, G, asked, owe
from tests.cascade.test_worlds import built as bare

FOUND = ask(EDGE, asked(without=("atop:9001", "FRA:RUS"), turned=400), ENGINE)


def entered(found, state: int, side: int) -> Fraction:
    index = found.built.numbers.index(state)
    chance = found.result.entered[index][side].exact
    assert chance is not None
    return chance


def test_who_owes_the_attacked_enters_as_often_as_it_keeps_its_word() -> None:
    assert FOUND.result.engine == "exact"
    defence = Fraction(next(d.chance for d in FOUND.built.model.duties), WHOLE)
    table = read_table()
    assert abs(float(defence) - table.recipe("defense", 1914).value(table.values())) < 1e-4
    assert entered(FOUND, C, 1) == defence
    # France is called by Russia only once Russia, in, is attacked by whoever comes in against it: nobody can but
    # Germany, whose duty to Austria needs Russia on the other side and Austria attacked, as Russia's entry makes it.
    assert entered(FOUND, E, 0) == defence * defence
    assert entered(FOUND, D, 1) == defence**3


def test_without_a_treaty_only_what_hangs_on_it_differs() -> None:
    none, alliance = FOUND.without
    index = FOUND.built.numbers.index
    assert {one.instrument for one in none.removed} == {"atop:9001"}
    assert none.entered[index(C)][1].exact == -entered(FOUND, C, 1)
    assert none.entered[index(E)][0].exact == -entered(FOUND, E, 0)
    assert alliance.entered[index(D)][1].exact == -entered(FOUND, D, 1)
    assert alliance.entered[index(C)][1].value == 0
    # what was removed can also never have been in force
    gone = [one for one in EDGE if one.instrument != "atop:9001"]
    other = ask(gone, asked(), ENGINE)
    assert none.result.sizes[1].exact == other.result.sizes[1].exact


def test_without_an_alliance_allies_may_meet() -> None:
    """A is an ally of G's enemy: with the alliance G stays out, without it G comes in."""
    promises = (owe(G, B, "offense", "atop:1"), owe(G, A, "consul", "atop:2"))
    kept = asked(without=("atop:2",))
    found = ask(promises, kept, ENGINE)
    assert G not in found.built.numbers or found.result.entered[found.built.numbers.index(G)][1].value == 0
    assert found.without[0].entered[found.built.numbers.index(G)][1].value > 0.5


def test_intervals_of_differences_hold_in_simulation_too() -> None:
    simulated = ask(EDGE, asked(without=("atop:9001", "FRA:RUS")), Engine(solve, nodes=0, worlds=3200))
    for exactly, found in zip(FOUND.without, simulated.without, strict=True):
        for n in range(len(FOUND.built.numbers)):
            for side in (0, 1):
                true, estimate = exactly.entered[n][side].value, found.entered[n][side]
                assert estimate.low - 0.01 <= true <= estimate.high + 0.01


def test_taking_away_what_is_not_there_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        ask(EDGE, asked(without=("atop:1",)), ENGINE)
    assert refused.value.problems[0].code == "F853"


def derivative(model: Model, number: int, at: Shock = shock) -> list[tuple[Fraction, Fraction]]:
    ends = [exact(with_chance(model, number, chance), at) for chance in (WHOLE, 0)]
    return [(one[0] - two[0], one[1] - two[1]) for one, two in zip(*ends, strict=True)]


@settings(max_examples=25, deadline=None)
@given(models)
def test_what_turns_on_a_coin_is_the_derivative_by_its_chance(model: Model) -> None:
    turned = pivots(bare(model), shock, worlds=300, seed=3)
    for turn in turned.turns:
        if turn.kind == "request":
            expected = derivative(model, turn.coins[0])
            for state, side, change in turn.entries:
                assert abs(change.value - float(expected[state][side])) < 0.15


def test_turns_of_single_promises_match_the_exact_derivatives() -> None:
    assert FOUND.pivots is not None
    model = FOUND.built.model
    for turn in FOUND.pivots.of("promise"):
        expected = derivative(model, turn.coins[0], FOUND.part.shock)
        sizes = [sum(pair[side] for pair in expected) for side in (0, 1)]
        for side in (0, 1):
            assert turn.sizes[side].low - 0.02 <= sizes[side] <= turn.sizes[side].high + 0.02
            chance = [c.chance for c in (*model.duties, *model.neutralities)][turn.coins[0]] / WHOLE
            assert turn.kept[side].value == pytest.approx((1 - chance) * turn.sizes[side].value)
            assert turn.broken[side].value == pytest.approx(-chance * turn.sizes[side].value)


def test_a_state_is_pivotal_as_often_as_all_its_promises_together() -> None:
    assert FOUND.pivots is not None
    states = {turn.name: turn for turn in FOUND.pivots.of("state")}
    assert states["RUE"].turns.value > states["DEU"].turns.value > 0
    promises = {turn.name: turn for turn in FOUND.pivots.of("promise")}
    assert states["DEU"].turns.value >= promises["atop:9003 DEU>AUH defense"].turns.value - 1e-9


def test_slopes_are_exact_where_the_answer_is() -> None:
    assert FOUND.sensitivity is not None and FOUND.sensitivity.exact
    slope = next(s for s in FOUND.sensitivity.slopes if s.rate.name == "honours defense 1816-2003")
    table = read_table()
    step = 0.001
    moved = {**table.values(), slope.rate.name: slope.rate.mean + step}
    model = FOUND.built.at(moved)
    found = exact(model, FOUND.part.shock)
    grown = sum(float(pair[1]) for pair in found) - FOUND.result.sizes[1].value
    assert slope.sizes[1].value == pytest.approx(grown / step, rel=0.02)


def test_slopes_by_simulation_hold_the_exact_ones() -> None:
    simulated = ask(EDGE, asked(turned=800), Engine(solve, nodes=0, worlds=800))
    assert simulated.sensitivity is not None and not simulated.sensitivity.exact
    assert FOUND.sensitivity is not None
    true = {slope.rate.name: slope for slope in FOUND.sensitivity.slopes}
    for slope in simulated.sensitivity.slopes:
        for side in (0, 1):
            value = true[slope.rate.name].sizes[side].value
            assert slope.sizes[side].low - 0.05 <= value <= slope.sizes[side].high + 0.05


def test_a_spread_comes_from_the_rates_and_none_from_fixed_ones() -> None:
    fixed = {name: replace(rate_of("0.5"), name=name) for name in ("defense", "offense", "neutral", "nonagg")}
    assert ask(EDGE, asked(read_table().with_given(fixed), draws=20), ENGINE).spread is None
    drawn = ask(EDGE, asked(draws=60), ENGINE)
    assert drawn.spread is not None and drawn.spread.worlds is None  # each draw exact
    place = drawn.built.numbers.index(C)
    over, value = drawn.spread.entered[place][1], drawn.result.entered[place][1].value
    assert over.low < value < over.high and 0.2 < over.high - over.low < 0.6


def test_a_wider_width_makes_a_wider_spread() -> None:
    def of(width: float) -> float:
        table = read_table("leeds-long-mitchell-2000", width=width)
        found = ask(EDGE, asked(table, draws=60), ENGINE)
        assert found.spread is not None
        over = found.spread.entered[found.built.numbers.index(C)][1]
        return over.high - over.low

    assert of(0.05) < of(0.1) < of(0.2)


@settings(max_examples=20, deadline=None)
@given(models)
def test_chains_tell_the_same_story_as_the_chances(model: Model) -> None:
    told = chains(model, shock, worlds=300, seed=5, most=1000)
    assert len(told.histories) == told.different
    assert sum(each.chance.value for each in told.histories) == pytest.approx(1)
    true = exact(model)
    for state in range(len(model.states)):
        for side in (0, 1):
            if state in (shock.attacker, shock.target):
                continue
            seen = sum(
                each.chance.value for each in told.histories
                if any((step.state, step.side) == (state, side) for step in each.steps)
            )  # fmt: skip
            assert abs(seen - float(true[state][side])) < 0.16


def test_each_step_of_a_chain_is_called_by_somebody_on_its_side() -> None:
    for told in FOUND.chains.histories:
        in_ = {FOUND.part.shock.attacker: 0, FOUND.part.shock.target: 1}
        for step in told.steps:
            assert step.by and all(in_[other] == step.side for other in step.by)
            in_[step.state] = step.side


SYSTEM = (A, B, C, D, E, F, G, 200, 640)
ENTRIES = tuple(
    Entered(state, side, date(1914, month, day))
    for state, side, month, day in (
        (A, 0, 7, 29), (B, 1, 7, 29), (C, 1, 8, 1), (E, 0, 8, 1), (200, 1, 8, 5), (F, 1, 12, 30)
    )
)  # fmt: skip


def test_the_table_beside_a_war_counts_every_state_once() -> None:
    found = confusion(FOUND.result, FOUND.built.numbers, "Lir", ENTRIES, date(1914, 9, 1), system=SYSTEM)
    assert sum(sum(row.values()) for row in found.table().values()) == len(SYSTEM) - 2 == len(found.states)
    by_state = {one.state: (one.predicted, one.happened) for one in found.states}
    assert by_state[C] == ("target", "target")
    assert by_state[200] == ("out", "target")
    assert by_state[F] == ("out", "out")  # it came in after the day
    later = confusion(FOUND.result, FOUND.built.numbers, "Lir", ENTRIES, date(1915, 1, 1), system=SYSTEM)
    assert {one.state: one.happened for one in later.states}[F] == "target"
    assert found.nobody == pytest.approx(3 / 7)
    assert found.brier is not None and 0 < found.brier < 1


def test_without_a_list_of_states_the_comparison_says_so() -> None:
    found = confusion(FOUND.result, FOUND.built.numbers, "Lir", ENTRIES, date(1914, 9, 1))
    assert found.population == "model" and {one.state for one in found.states} >= {200, C}
    assert predicted((0.5, 0.2), 0.5) == "out" and predicted((0.2, 0.51), 0.5) == "target"


def test_a_shock_of_one_state_on_itself_is_refused() -> None:
    for pair in (("AUH", "AUH"), ("AUH", "ATA")):
        with pytest.raises(Refused) as refused:
            shock_on(*pair, ON)
        assert refused.value.problems[0].code == "F855"


def test_a_day_beyond_what_is_known_is_refused() -> None:
    ends = Edition("x", "Ours", "1", date(1900, 1, 1), date(1910, 1, 1), "", "", "", "")
    with pytest.raises(Refused) as refused:
        ask(EDGE, asked(), ENGINE, editions=(ends,))
    assert refused.value.problems[0].code == "F856"


def test_json_is_as_its_schema_says() -> None:
    drawn = ask(OWED, asked(without=("ITA",), turned=50, draws=3), ENGINE)
    war = confusion(drawn.result, drawn.built.numbers, "Lir", ENTRIES, date(1914, 9, 1), system=SYSTEM)
    for each in (FOUND, drawn, replace(drawn, confusion=war)):
        Draft202012Validator(schema("cascade")).validate(as_json(each))


def test_the_frame_has_a_row_for_each_entry_that_can_be() -> None:
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in entries_rows(FOUND)]
    assert {(row["state"], row["side"]) for row in rows} >= {("RUE", "target"), ("DEU", "attacker")}
    assert all(row["low"] <= row["chance"] <= row["high"] for row in rows)


def test_what_is_shown_fits_the_terminal_and_says_what_it_is_not() -> None:
    drawn = ask(OWED, asked(without=("ITA",), turned=50, draws=3), ENGINE)
    war = confusion(drawn.result, drawn.built.numbers, "Lir", ENTRIES, date(1914, 9, 1), system=SYSTEM)
    sheet = Sheet(80)
    show_cascade(sheet, replace(drawn, confusion=war))
    text = " ".join(sheet.text().split())
    assert max(map(len, sheet.lines)) <= 80
    assert "Obligations are not causes" in text and "it is owed in named places only" in text
    assert "Austria-Hungary attacks the Kingdom of Serbia" in text and "Without ITA" in text


def test_a_sweep_gives_every_pair_and_what_a_single_question_gives() -> None:
    sweep = Sweep(1914, 1914, read_table())
    rows = {(r.attacker, r.target): r for r in sweep_year(EDGE, SYSTEM, ON, sweep, ENGINE)}
    assert len(rows) == len(SYSTEM) * (len(SYSTEM) - 1)
    own = rows[A, B]
    assert own.sizes[1] == pytest.approx(FOUND.result.sizes[1].value)
    assert {state for state, _, _ in own.entered} >= {C, E, D}
    assert rows[200, 640].quiet == 1 and rows[200, 640].sizes == (1, 1)
    narrowed = list(sweep_year(EDGE, SYSTEM, ON, replace(sweep, attackers=(A,), targets=(B, C)), ENGINE))
    assert [(r.attacker, r.target) for r in narrowed] == [(A, B), (A, C)]


def test_shocks_that_nobody_answers_are_quiet_by_the_engine_too() -> None:
    """The short way of a sweep must agree with asking."""
    whole = build(EDGE, ON, read_table(), further=SYSTEM)
    for row in sweep_year(EDGE, SYSTEM, ON, Sweep(1914, 1914, read_table()), ENGINE):
        pair = Shock(whole.numbers.index(row.attacker), whole.numbers.index(row.target))
        if not row.entered:
            others = [
                c for n, c in enumerate(exact(whole.model, pair)) if n not in (pair.attacker, pair.target)
            ]
            assert not any(map(any, others))
