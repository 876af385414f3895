"""Chains: everybody below whoever called it, in every form; nothing on top of anything else; the same in words."""

from __future__ import annotations

from itertools import combinations
from random import Random
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.cascade.model import Shock
from foedus.cascade.plain import run
from foedus.report.chains.bars import SMALL, chances, timeline
from foedus.report.chains.chain import Chain, of_history, of_result
from foedus.report.chains.graph import MOST_COLUMNS, WIDTH, columns_of, graph, in_words, lay, tree
from foedus.report.chains.of_cascade import of_cascade, of_told
from foedus.report.chains.terminal import show_chains, show_timeline
from foedus.report.chains.wording import percent
from foedus.report.layout import Sheet, carried
from tests.cascade.models import some_model
from tests.plots.asked import asked
from tests.plots.invented import JULY_NAMES, SHOCK, counted, exactly, july

SVG = "{http://www.w3.org/2000/svg}"
RESULT = counted(worlds=1500)
JULY = of_result(RESULT, JULY_NAMES)


def one_world(seed: int) -> Chain:
    random = Random(seed)
    model = some_model(random, 8, 16, 2)
    return of_history(model, run(model, Shock(0, 1), lambda coin: Random(seed * 997 + coin).random() < 0.8))


worlds = st.builds(one_world, st.integers(0, 100_000))
chains = worlds | st.just(JULY)


@given(chains)
def test_everybody_who_is_called_stands_below_somebody_who_was_in_before(chain: Chain) -> None:
    over = chain.above()
    rounds = {one.key: one.round for one in chain.entrants}
    for one in chain.entrants:
        assert (one.key in over) == bool(one.calls)
        if one.key in over and chain.result is None:
            assert rounds[over[one.key].caller, one.side] < one.round
    columns = columns_of(chain)
    assert all(columns[over[key].caller, key[1]] < columns[key] for key in over)
    below = chain.below()
    assert sorted(one.key for each in below.values() for one in each) == sorted(rounds)


@given(chains)
def test_nothing_in_the_graph_lies_on_anything_else(chain: Chain) -> None:
    drawing = lay(chain)
    spots = list(drawing.boxes.values())
    for one, other in combinations(spots, 2):
        assert abs(one.x - other.x) >= drawing.box or abs(one.y - other.y) >= drawing.high
    for spot in spots:
        assert spot.x >= 0 and spot.x + drawing.box <= WIDTH
        assert spot.y - drawing.high / 2 >= 0 and spot.y + drawing.high / 2 <= drawing.height
    for key, spot in drawing.boxes.items():
        assert (spot.y < drawing.apart) == (key[1] == 0)
    for arrow in drawing.arrows:
        assert all(one.x < other.x for one, other in zip(arrow.spots, arrow.spots[1:], strict=False))
        for passed in arrow.spots[1:-1]:  # it has a lane of its own there
            assert all(
                abs(spot.y - passed.y) >= drawing.high / 2 for spot in spots if abs(spot.x - passed.x) < 1
            )


@given(chains)
def test_every_call_from_before_is_one_arrow(chain: Chain) -> None:
    columns = columns_of(chain)
    wanted = sum(
        (call.caller, one.side) in columns and columns[call.caller, one.side] < columns[one.key]
        for one in chain.entrants
        for call in one.calls
    )
    assert len(lay(chain).arrows) == wanted


@given(chains, st.sampled_from([40, 46, 80, 100]))
def test_the_terminal_keeps_its_width_and_names_everybody(chain: Chain, room: int) -> None:
    sheet = Sheet(room)
    show_chains(sheet, chain)
    show_timeline(sheet, chain)
    text = sheet.text()
    assert max(map(len, text.split("\n"))) <= room
    plain = carried(text, "ascii")
    assert plain.isascii() and "?" not in plain
    trees = text.split("Round by round")[0]
    if room >= 80:
        assert all(one.name in trees for one in chain.entrants)


def test_the_terminal_says_who_calls_whom_how_likely_and_when() -> None:
    sheet = Sheet(80)
    show_chains(sheet, JULY)
    lines = sheet.text().replace("\u00a0", " ").split("\n")
    (germany,) = [line for line in lines if line.startswith("├─ Germany")]
    chance = percent(RESULT.entered[3][0].value).replace("\u00a0", " ")
    assert "defence of Austria-Hungary (Dual Alliance)" in germany
    assert germany.endswith(f"{chance} {RESULT.entry_round[3]:5.1f}")
    (russia,) = [line for line in lines if "Russia  " in line]
    (france,) = [line for line in lines if "─ France" in line]
    assert france.index("France") == russia.index("Russia") + 3


def read(svg: str) -> ElementTree.Element:
    root = ElementTree.fromstring(svg)
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert set(str(root.get("aria-labelledby")).split()) <= set(ids)
    assert root.get("role") == "img" and root.findtext(f"{SVG}title") and root.findtext(f"{SVG}desc")
    assert not [each for each in root.iter() if each.get("style")]  # a page's policy takes none
    return root


def drawings(chain: Chain) -> list[str]:
    found = [graph(chain, "g"), tree(chain, "t"), timeline(chain, "l"), timeline(chain, "m", SMALL)]
    return [*found, chances(chain, "c"), chances(chain, "d", SMALL)] if chain.result else found


@given(chains)
def test_the_drawings_are_sound_say_themselves_and_hold_every_word(chain: Chain) -> None:
    for svg in drawings(chain):
        root = read(svg)
        width, height = map(float, str(root.get("viewBox")).split()[2:])
        for text in root.iter(f"{SVG}text"):
            x, y, long = float(text.get("x", 0)), float(text.get("y", 0)), len(text.text or "") * 5.2
            left = {"middle": x - long / 2, "end": x - long}.get(text.get("text-anchor", ""), x)
            assert left >= -2 and left + long <= width + 2, text.text
            assert 8 <= y <= height, text.text


def test_more_rounds_than_a_page_is_wide_are_drawn_as_a_tree() -> None:
    long = tuple(f"S{n}" for n in range(MOST_COLUMNS + 4))
    from foedus.cascade.model import WHOLE, Duty, model

    chained = model(long, tuple(Duty(n, n - 1, "offence", WHOLE) for n in range(2, len(long))))
    chain = of_history(chained, run(chained, Shock(0, 1), lambda coin: True))
    assert chain.rounds == MOST_COLUMNS + 2
    root = read(graph(chain, "g"))
    assert "small" in str(root.get("class")) and float(str(root.get("viewBox")).split()[2]) == WIDTH


def test_the_words_of_a_graph_say_chance_round_and_duty() -> None:
    words = in_words(JULY).replace("\u00a0", " ")
    chance = percent(RESULT.entered[4][1].value).replace("\u00a0", " ")
    assert (
        f"France enters with Serbia in {chance}, on average in round {RESULT.entry_round[4]:.1f}, most often by "
        "defence of Russia (Franco-Russian Convention)." in words
    )
    history = of_history(july(), run(july(), SHOCK, lambda coin: True), JULY_NAMES)
    assert "In round 1 Russia enters with Serbia: defence of Serbia (promise of 1909)." in in_words(history)


def test_a_round_that_no_engine_gives_is_not_made_up() -> None:
    from dataclasses import replace

    chain = of_result(replace(RESULT, entry_round=()), JULY_NAMES)
    assert not any(one.timed for one in chain.entrants if one.name not in ("Austria-Hungary", "Serbia"))
    assert "on average in round" not in in_words(chain)
    assert columns_of(chain)[4, 1] > columns_of(chain)[2, 1] > 0  # France is drawn after Russia all the same


def test_a_full_mark_is_exact_and_a_hollow_one_has_an_interval() -> None:
    for result, hollow in ((RESULT, True), (exactly(RESULT), False)):
        root = read(chances(of_result(result, JULY_NAMES), "c"))
        marks = [each for each in root.iter() if "mark" in str(each.get("class"))]
        assert marks and all(("hollow" in str(each.get("class"))) == hollow for each in marks)
        intervals = [each for each in root.iter() if str(each.get("class")).startswith("interval")]
        assert bool(intervals) == hollow


def test_sides_differ_by_shape() -> None:
    root = read(timeline(JULY, "t"))
    shapes = {
        (each.tag.removeprefix(SVG), str(each.get("class")).split()[1])
        for each in root.iter()
        if str(each.get("class")).startswith("mark")
    }
    assert shapes == {("rect", "side-0"), ("circle", "side-1")}


@pytest.mark.parametrize("value", [0.0, 1e-9, 0.0004, 0.5, 0.99949, 0.9999999, 1.0])
def test_what_can_be_is_never_nothing_and_what_may_fail_never_certain(value: float) -> None:
    said = percent(value).replace("\u00a0", " ")
    assert (said == "0 %") == (value == 0) and (said == "100 %") == (value == 1)
    assert said not in ("0.0 %", "100.0 %")


def test_a_cascade_over_obligations_has_its_own_count_of_calls_and_treaties() -> None:
    found = asked()
    chain = of_cascade(found)
    (germany,) = [one for one in chain.entrants if one.name == "Germany"]
    assert germany.calls[0].label == "Dual Alliance and Triple Alliance"
    assert germany.chance == found.result.entered[germany.state][0]
    assert chain.target == "the Kingdom of Serbia"
    told = of_told(found, max(found.chains.histories, key=lambda each: len(each.steps)))
    assert all(one.calls for one in told.entrants if one.round > 0)
    read(graph(told, "h"))


def test_who_enters_in_one_mean_round_with_its_caller_is_drawn_after_it() -> None:
    from dataclasses import replace

    chain = of_result(replace(RESULT, entry_round=(1.0,) * 11), JULY_NAMES)
    columns, over = columns_of(chain), chain.above()
    assert all(columns[over[key].caller, key[1]] < columns[key] for key in over)
    assert len(over) == len(chain.entrants) - 2


def test_a_spread_is_a_bar_of_its_own_that_the_key_and_the_words_name() -> None:
    drawn = chances(of_cascade(asked(draws=12)), "s")
    bars = [each for each in read(drawn).iter(f"{SVG}rect") if str(each.get("class")).startswith("bar")]
    assert len(bars) > 2 and "spread, if the chances of promises are wrong" in drawn
    assert ", spread " in drawn and "12 draws" in drawn
    without = chances(JULY, "c")
    assert "spread" not in without and 'class="bar' not in without


def test_the_attackers_side_is_to_the_left_of_the_middle() -> None:
    root = read(chances(JULY, "c"))
    (line,) = [each for each in root.iter() if each.get("class") == "middle"]
    middle = float(str(line.get("d")).removeprefix("M").split()[0])
    squares = [each for each in root.iter(f"{SVG}rect") if str(each.get("class")).startswith("mark")]
    circles = [each for each in root.iter(f"{SVG}circle") if str(each.get("class")).startswith("mark")]
    assert squares and all(float(str(each.get("x"))) + 4.5 < middle for each in squares)
    assert circles and all(float(str(each.get("cx"))) > middle for each in circles)
