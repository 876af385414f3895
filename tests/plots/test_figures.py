"""Every kind of figure: told in words, inside its edges, no word on another, the same file each time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from foedus.diagnostics.problem import Refused
from foedus.report.cascade_words import percent
from foedus.report.plots import palette
from foedus.report.plots.chances import chances
from foedus.report.plots.coverage import coverage, coverage_of
from foedus.report.plots.differences import differences
from foedus.report.plots.figure import STYLE, Columns, Figure, drawn
from foedus.report.plots.network import network
from foedus.report.plots.of_cascade import figures_of
from foedus.report.plots.outcomes import outcomes
from foedus.report.plots.pivots import Moved, pivots
from foedus.report.plots.save import alt_beside, rendered, save
from foedus.report.plots.ties import ties
from foedus.terms.edtf import EDate
from foedus.terms.time import day
from foedus.words.speech import languages, speaking
from tests.plots.asked import asked
from tests.plots.invented import (
    EDITION,
    JULY_NAMES,
    NAMES,
    counted,
    exactly,
    july,
    obligations,
    owes,
    pact,
    world,
)
from tests.report.html.told import whole, with_coins

SVG = "{http://www.w3.org/2000/svg}"
ON = date(1914, 7, 28)

RESULT = counted(worlds=1500)
WITHOUT = counted(
    worlds=1500, given=replace(july(), duties=tuple(d for d in july().duties if "Franco" not in d.label))
)


def _network(columns: Columns) -> Figure:
    return network(obligations(), ON, columns=columns, editions=[EDITION], names=NAMES)


def _world(columns: Columns) -> Figure:
    return network(world(60), ON)  # one column has no room for it, see F872


def _coverage(columns: Columns) -> Figure:
    known = coverage_of(obligations(), [EDITION], 1840, 1935, states=dict.fromkeys(range(1850, 1920), 30))
    return coverage(known, columns=columns, editions=[EDITION])


def _chances(columns: Columns) -> Figure:
    return chances(RESULT, columns=columns, editions=[EDITION], names=JULY_NAMES)


def _exact(columns: Columns) -> Figure:
    return chances(exactly(RESULT), columns=columns, names=JULY_NAMES)


def _uncertain(columns: Columns) -> Figure:
    return figures_of(asked(draws=12), "chances", columns)[0]


def _differences(columns: Columns) -> Figure:
    return differences(RESULT, WITHOUT, "without the convention", columns=columns, names=JULY_NAMES)


def _pivots(columns: Columns) -> Figure:
    ends = RESULT.entered[3]
    rows = [Moved(f"Russia: defence of Serbia, promise {n}", ends[0], ends[1]) for n in range(12)]
    return pivots("the chance that Germany enters", ends[0], rows, columns=columns, how="Estimated.")


def _outcomes(columns: Columns) -> Figure:
    return outcomes(whole(), columns=columns)


def _outcomes_hardly(columns: Columns) -> Figure:
    """Shares of which one is nearly all, and the others next to nothing."""
    found = whole().strata
    many = 1 << 30
    groups = tuple(replace(group, strata=1 if n else many - 8) for n, group in enumerate(found.groups))
    entered = {state: many if n == many else 8.0 for state, n in found.entered.items()}
    obliged = dict.fromkeys(found.obliged, many - 8.0)
    strata = replace(found, strata=many, groups=groups, entered=entered, obliged=obliged)
    return outcomes(replace(whole(), strata=strata), columns=columns)


def _outcomes_of_worlds(columns: Columns) -> Figure:
    return outcomes(with_coins(), columns=columns)


KINDS: tuple[Callable[[Columns], Figure], ...] = (
    _network, _world, _coverage, _chances, _exact, _uncertain, _differences, _pivots, _outcomes, _outcomes_of_worlds,
    _outcomes_hardly,
)  # fmt: skip
EVERY = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__.strip("_"))


def texts(picture: Any) -> list[tuple[str, Any]]:
    """Every word that is drawn, with the box it takes."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    with rc_context(STYLE):  # pyright: ignore[reportArgumentType]
        renderer = FigureCanvasAgg(picture).get_renderer()
        picture.draw(renderer)
        beyond = {
            id(label)
            for axes in picture.axes
            for line in (axes.xaxis, axes.yaxis)
            for tick in line.get_major_ticks()
            if not min(line.get_view_interval()) <= tick.get_loc() <= max(line.get_view_interval())
            for label in (tick.label1, tick.label2)
        }
        return [
            (text.get_text(), text.get_window_extent(renderer))
            for text in picture.findobj(Text)
            if text.get_text().strip() and text.get_visible() and id(text) not in beyond
        ]


@EVERY
@pytest.mark.parametrize("columns", ["one", "two"])
def test_no_word_is_cut_off_or_lies_on_another(kind: Callable[[Columns], Figure], columns: Columns) -> None:
    picture = drawn(kind(columns))
    edge = picture.bbox
    found = texts(picture)
    outside = [
        words
        for words, box in found
        if box.x0 < edge.x0 - 0.5
        or box.x1 > edge.x1 + 0.5
        or box.y0 < edge.y0 - 0.5
        or box.y1 > edge.y1 + 0.5
    ]
    assert outside == []
    over = [
        (one, other)
        for (one, a), (other, b) in combinations(found, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1.5
    ]
    assert over == []


@EVERY
def test_the_svg_is_sound_and_says_itself(kind: Callable[[Columns], Figure]) -> None:
    figure = kind("two")
    raw = rendered(figure, "svg")
    root = ElementTree.fromstring(raw)
    assert root.get("role") == "img"
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert set(str(root.get("aria-labelledby")).split()) <= set(ids)
    assert root.findtext(f"{SVG}title") == figure.title
    assert root.findtext(f"{SVG}desc") == figure.alt
    assert not re.search(rb"(?:href|src)=\"(?!#)|<dc:date>|matplotlib v", raw)


@EVERY
def test_the_same_figure_is_the_same_file(kind: Callable[[Columns], Figure]) -> None:
    assert rendered(kind("one"), "svg") == rendered(kind("one"), "svg")


@pytest.mark.parametrize("ending", ["pdf", "png"])
def test_and_so_it_is_in_the_other_forms(ending: str) -> None:
    assert rendered(_network("one"), ending) == rendered(_network("one"), ending)


def test_a_pdf_carries_its_letters_and_its_words() -> None:
    import io

    from pypdf import PdfReader

    read = PdfReader(io.BytesIO(rendered(_network("two"), "pdf")))
    assert read.metadata is not None
    assert read.metadata.title == "Who owed whom what on 28 July 1914"
    assert "Dun owes Lir defence and offence." in str(read.metadata.subject)
    fonts: Any = read.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert fonts and all("DejaVu" in str(font.get_object()["/BaseFont"]) for font in fonts.values())
    assert "League of the" in read.pages[0].extract_text()


@pytest.mark.parametrize("language", languages())
def test_a_figure_speaks_every_language(language: str) -> None:
    with speaking(language):
        root = ElementTree.fromstring(rendered(_chances("one"), "svg"))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language


# ---- the words say the numbers ----


def test_the_words_of_a_network_say_who_owes_whom() -> None:
    alt = _network("two").alt
    assert "A network of 12 states that owe or are owed on 28 July 1914." in alt
    assert "Of 31 directed pairs, in 24 the other owes something in turn; in 7 not." in alt
    assert "Under League of the Five Valleys each of 5 owes every other defence and consultation" in alt
    assert (
        "Under Guarantee of the Straits Bor, Istria Minor and Jed each owe defence to Kell and Lorn." in alt
    )
    assert "Lir and Bor owe each other defence, non-aggression and consultation." in alt
    assert "Dun owes Lir defence and offence." in alt


def test_the_words_of_chances_say_both_sides_the_round_and_how() -> None:
    alt = _chances("two").alt.replace("\u00a0", " ")
    for state, (attacker, target) in zip(JULY_NAMES.values(), RESULT.entered, strict=True):
        if attacker.value == target.value == 0 or state in ("Austria-Hungary", "Serbia"):
            continue
        side, chance = ("Austria-Hungary", attacker) if attacker.value > target.value else ("Serbia", target)
        assert (
            f"{100 * chance.value:.1f} % ({100 * chance.low:.1f}–{100 * chance.high:.1f}) with {side}" in alt
        )
    assert "Estimated from 1 500 simulated worlds (seed 7)" in alt
    assert "Not exact: the budget of nodes was spent." in alt
    exact = _exact("two").alt
    assert "Worked out exactly" in exact and "–" not in exact


def test_exact_is_full_and_an_estimate_is_hollow_with_its_interval() -> None:
    for kind, hollow in ((_exact, False), (_chances, True)):
        marks = [
            line for axes in drawn(kind("two")).axes for line in axes.lines if line.get_marker() in ("s", "o")
        ]
        assert len(marks) >= 8
        assert all((line.get_markerfacecolor() == palette.PAPER) == hollow for line in marks)


def test_the_spread_is_a_bar_from_end_to_end_and_the_words_and_the_key_say_it() -> None:
    found = asked(draws=12)
    figure = _uncertain("two")
    axes = next(each for each in drawn(figure).axes if each.get_xlim() == (-1.0, 1.0))
    bars = {
        tuple(sorted(round(abs(float(x)), 9) for x in {point[0] for point in patch.get_xy()})) for patch in axes.patches
    }  # fmt: skip
    ends = {
        (round(over.low, 9), round(over.high, 9))
        for state, pair in enumerate(found.spread.entered if found.spread else ())
        for side, over in enumerate(pair)
        if state not in (found.part.shock.attacker, found.part.shock.target)
        and found.result.entered[state][side].value >= 0.0005
        and over.high - over.low >= 0.0005
    }
    assert ends and bars == ends
    assert "spread over 12 draws of uncertain chances" in {words for words, _ in texts(drawn(figure))}
    assert ", spread " in figure.alt and "it is no error of simulation" in figure.alt


def test_the_key_has_no_mark_that_the_figure_lacks() -> None:
    def key(figure: Figure) -> set[str]:
        return {words for words, _ in texts(drawn(figure))}

    assert not any("spread" in words for words in key(_chances("two")) | key(_exact("two")))
    assert "exact" in key(_exact("two")) and "exact" not in key(_chances("two"))
    alone = replace(
        RESULT, entered=tuple((pair[0], replace(pair[1], value=0.0, low=0.0, high=0.0)) for pair in RESULT.entered)
    )  # fmt: skip
    words = [words for words, _ in texts(drawn(chances(alone, names=JULY_NAMES)))]
    assert words.count("with Austria-Hungary") == 2 and words.count("with Serbia") == 1


def test_the_attackers_side_is_to_the_left() -> None:
    for kind in (_chances, _exact, _differences):
        marks = [
            line for axes in drawn(kind("two")).axes for line in axes.lines if axes.get_xlim() == (-1.0, 1.0)
        ]
        left = [line.get_xdata()[0] for line in marks if line.get_marker() == "s"]
        right = [line.get_xdata()[0] for line in marks if line.get_marker() == "o"]
        assert left and min(left) < 0 and max(left) <= 0
        assert right and max(right) > 0 and min(right) >= 0


def test_what_is_not_certainly_owed_on_the_day_is_counted_and_not_drawn() -> None:
    known = owes(901, 902, "defense", "lir:1")
    begun = replace(owes(903, 904, "defense", "lir:2"), start=day("1914"))
    ended = replace(owes(905, 906, "defense", "lir:3"), until=day("1914"))
    over = replace(owes(907, 908, "defense", "lir:4"), until=EDate.of(ON))
    later = replace(owes(907, 908, "defense", "lir:5"), start=EDate.of(date(1914, 7, 29)))
    shown = ties([known, begun, ended, over, later], ON)
    assert (shown.states, shown.unsure) == ((901, 902), 2)
    figure = network([known, begun, ended], ON, names=NAMES)
    assert "2 obligations are not drawn: their dates leave open whether they were owed" in figure.source
    beyond = replace(EDITION, last=date(1900, 1, 1))
    assert ties([known], ON, editions=[beyond]).beyond == 1
    assert ties([owes(901, 902, "defense", "lir:1", start=str(ON))], ON).states == (901, 902)


def test_a_pair_that_a_treaty_of_many_lacks_is_drawn_by_itself_and_nothing_is_said_twice() -> None:
    every = pact((901, 902, 903, 904, 905), ("defense",), "lir:1", "Pact of Five")
    lacking = [one for one in every if (one.debtor, one.beneficiary) != (901, 902)]
    shown = ties(lacking, ON)
    (league,) = shown.leagues
    told = {(a, b) for a in league.debtors for b in league.owed if a != b}
    told |= {(t.one, t.other) for t in shown.ties if t.both or t.first}
    told |= {(t.other, t.one) for t in shown.ties if t.both or t.second}
    assert told == {(one.debtor, one.beneficiary) for one in lacking}


def test_the_words_of_a_difference_say_both_chances_and_where_intervals_overlap() -> None:
    alt = _differences("two").alt.replace("\u00a0", " ")
    before = RESULT.entered[4][1]
    assert f"France with Serbia: from {100 * before.value:.1f} %" in alt
    assert "to 0 %" in alt
    (russia,) = re.findall(r"Russia with Serbia: .*?\.(?= [A-Z]).*?\.", alt)
    assert russia.endswith("That may be an error of simulation.")


def test_two_shocks_make_no_difference_to_draw() -> None:
    other = counted(replace(RESULT.shock, attacker=1, target=0), 10)
    with pytest.raises(ValueError, match="one shock"):
        differences(RESULT, other, "otherwise")


def test_what_is_not_covered_is_missing_and_hatched_not_nought() -> None:
    known = coverage_of(obligations(), [EDITION], 1840, 1935)
    assert known.sets[0].pairs["defense"][:10] == (None,) * 10
    assert known.sets[0].pairs["defense"][10] == 0
    assert known.sets[0].pairs["defense"][1925 - 1840] == 29
    assert known.sets[0].pairs["defense"][1926 - 1840 :] == (None,) * 10
    figure = coverage(known)
    assert "Nothing is known of pairs from 1926 to 1935." in figure.alt
    axes = drawn(figure).axes
    hatched = [patch for each in axes for patch in each.patches if patch.get_hatch()]
    assert len(hatched) >= 2
    lines = [line for each in axes for line in each.lines if len(line.get_xdata()) > 50]
    assert len(lines) == 5
    assert all(str(y) == "nan" for line in lines for y in line.get_ydata()[-9:])


# ---- colours ----


def test_what_is_drawn_stands_out_and_no_two_pledges_look_alike_in_grey() -> None:
    strokes = list(palette.PLEDGES.values())
    assert all(palette.contrast(stroke.colour) >= 3 for stroke in strokes)
    assert len({stroke.dashes for stroke in strokes}) == len(strokes)
    assert all(palette.contrast(mark.colour) >= 3 for mark in palette.SIDES)
    assert len({mark.shape for mark in palette.SIDES}) == 2
    assert palette.contrast(palette.SOFT) >= 4.5
    assert palette.contrast(palette.SOFT, palette.FILL) >= 4.5


# ---- files ----


def test_a_figure_is_saved_with_its_words_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "net.svg"
    assert save(_network("one"), path) == _network("one").alt
    assert sorted(p.name for p in tmp_path.iterdir()) == ["net.svg", "net.svg.alt.txt"]
    assert alt_beside(path).read_text(encoding="utf-8").endswith(_network("one").alt + "\n")


def test_f870_an_ending_that_is_no_picture_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        save(_network("one"), tmp_path / "net.jpeg")
    assert refused.value.problems[0].code == "F870"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        save(_network("one"), tmp_path / "nowhere" / "net.svg")
    assert refused.value.problems[0].code == "F507"


def test_f871_beyond_the_data_nothing_is_drawn() -> None:
    with pytest.raises(Refused) as refused:
        network(obligations(), date(2030, 1, 1), editions=[EDITION])
    assert refused.value.problems[0].code == "F871"
    assert "covers 2030-01-01" in str(refused.value.problems[0].values)


def test_f872_more_than_one_can_read_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        network(world(states=420), ON)
    assert refused.value.problems[0].code == "F872"
    with pytest.raises(Refused) as narrow:
        drawn(network(world(60), ON, columns="one"))
    assert narrow.value.problems[0].code == "F872"


def test_f559_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(Refused) as refused:
        rendered(_network("one"), "svg")
    assert refused.value.problems[0].code == "F559"
    assert refused.value.problems[0].values["extra"] == "plots"


# ---- the outcomes of a cascade over pages ----


def test_the_words_of_outcomes_say_every_share_and_that_it_is_no_probability() -> None:
    found, alt = whole().strata, _outcomes("two").alt.replace("\u00a0", " ")
    assert "A share of strata counts readings and open facts; it is no probability." in alt
    for group in found.groups:
        assert f"Outcome {group.number}, " in alt and f"({group.strata:,} strata)".replace(",", " ") in alt
    share = percent(found.entered["BEL"] / found.strata).replace("\u00a0", " ")
    assert f"Belgium: at war in {share} of all strata; a duty to fight or help arises in 0 %." in alt
    assert "it is no probability" in _outcomes("one").source


@pytest.mark.parametrize("columns", ["one", "two"])
def test_a_dot_stands_for_each_state_at_war_in_each_outcome(columns: Columns) -> None:
    for told in (whole(), with_coins()):
        found = [
            (line.get_markerfacecolor() == palette.PAPER, len(line.get_xdata()))
            for axes in drawn(outcomes(told, columns=columns)).axes
            for line in axes.lines
            if line.get_marker() == "o" and line.get_markersize() > 3
        ]
        shares = [group.entered[state] for group in told.outcomes for state in group.belligerents]
        hollow, full = sum(0 < s < 1 for s in shares), sum(s == 1 for s in shares)
        # One more of each in the key.
        assert found.count((False, 1)) == full + (full > 0)
        assert found.count((True, 1)) == hollow + (hollow > 0)
