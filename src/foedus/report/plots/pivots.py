"""How far an answer hangs on each chance that was put in: from where to where it goes if one of them is moved.

One row for each duty (or promise, or request): a bar from the answer with that chance at its lowest to the answer at
its highest, and a line through all rows at the answer as it is. Chances of entry are not monotone: a bar may lie on
one side of the line alone, and the mark at an end says which end it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.cascade.result import Chance
from foedus.report.cascade_words import percent
from foedus.report.lists import decimal
from foedus.report.plots.figure import SMALL, Columns, Figure, Sample, Sheet, broken, put
from foedus.report.plots.naming import source_line
from foedus.report.plots.palette import BLUE, HAIR, INK, PAPER, SOFT, VERMILLION
from foedus.report.plots.save import save
from foedus.sources.edition import Edition
from foedus.words.speech import plural, say

MOST = 25
ROW = 15.0


@dataclass(frozen=True)
class Moved:
    """What the answer is if one chance is set to `low` and to `high`; `words` name what is moved."""

    words: str
    low: Chance
    high: Chance
    least: float = 0.0
    most: float = 1.0

    @property
    def reach(self) -> float:
        """How far apart the two answers are."""
        return abs(self.high.value - self.low.value)


def draw_pivots(
    answer: str, value: Chance, moved: Sequence[Moved], path: Path, *, columns: Columns = "two",
    editions: Sequence[Edition] = (), share: bool = True, how: str = "",
) -> str:  # fmt: skip
    """Draw the sensitivity into a file (`save`), and return its words."""
    return save(pivots(answer, value, moved, columns=columns, editions=editions, share=share, how=how), path)


def pivots(
    answer: str, value: Chance, moved: Sequence[Moved], *, columns: Columns = "two",
    editions: Sequence[Edition] = (), share: bool = True, how: str = "",
) -> Figure:  # fmt: skip
    """How far `answer` (in words: `the chance that Lir enters with Bor`) hangs on each chance. `share`: the answer
    is a chance, otherwise a number of states. `how` says how it was found, for the caption."""
    rows = sorted(moved, key=lambda each: (-each.reach, each.words))
    shown = [each for each in rows[:MOST] if each.reach > 0]
    more = [how] if how else []
    if rest := len(rows) - len(shown):
        more.append(
            plural(
                "{n} further chance matters less, or not at all.",
                "{n} further chances matter less, or not at all.",
                rest,
            )
        )
    return Figure(
        say("On what it hangs: {answer}", answer=answer),
        in_words(answer, value, rows, share),
        source_line(editions, more=more),
        columns,
        lambda sheet: _paint(sheet, value, shown, share),
    )


def in_words(answer: str, value: Chance, rows: Sequence[Moved], share: bool) -> str:
    """The answer as it is, and what it becomes with each chance at both ends."""
    said = [
        say("{answer} is {value}.", answer=answer[:1].upper() + answer[1:], value=_figure(value.value, share))
    ]
    said += [
        say(
            "{what}: {low} if its chance is {least}, {high} if it is {most}.",
            what=row.words, low=_figure(row.low.value, share), least=percent(row.least),
            high=_figure(row.high.value, share), most=percent(row.most),
        )
        for row in rows
    ]  # fmt: skip
    if not rows:
        said.append(say("It hangs on no chance."))
    return " ".join(said)


def _figure(value: float, share: bool) -> str:
    return percent(value) if share else decimal(f"{value:.2f}")


def _paint(sheet: Sheet, value: Chance, rows: Sequence[Moved], share: bool) -> None:
    if not rows:
        sheet.words(say("It hangs on no chance."))
        return
    left = sheet.room * 0.42
    axes = sheet.strip(ROW * len(rows) + 6, left, 16, gap=18)
    ends = [bound for row in rows for chance in (row.low, row.high) for bound in (chance.low, chance.high)]
    low, high = min(*ends, value.low), max(*ends, value.high)
    pad = max((high - low) * 0.05, 0.01)
    floor, roof = (0.0, 1.0) if share else (0.0, float("inf"))
    axes.set_xlim(max(low - pad, floor), min(high + pad, roof))
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)

    def ticked(x: float, _: object) -> str:
        return _tick(x, share)

    axes.xaxis.set_major_formatter(ticked)
    axes.locator_params(axis="x", nbins=5)
    axes.grid(axis="x", color=HAIR, linewidth=0.5)
    axes.axvline(value.value, color=INK, linewidth=1, linestyle=(0, (3, 2)), zorder=1)
    side = axes.get_yaxis_transform()
    room = sheet.room - left - 16
    for n, row in enumerate(rows):
        lines = broken(row.words, left - 10, SMALL, most=2)
        for line, words in enumerate(lines):
            shift = (line - (len(lines) - 1) / 2) * SMALL * 1.1 / ROW
            put(axes, -8 / room, n + shift, words, SMALL, across="right", transform=side)
        axes.plot([row.low.value, row.high.value], [n, n], color=SOFT, linewidth=2.2, zorder=2)
        for chance, mark, colour, full in (
            (row.low, "o", BLUE, False),
            (row.high, "D", VERMILLION, True),
        ):
            if chance.exact is None and chance.high > chance.low:
                axes.plot([chance.low, chance.high], [n, n], color=colour, linewidth=0.9, zorder=2)
            axes.plot(
                [chance.value], [n], marker=mark, markersize=4.4, color=colour, linestyle="none", zorder=3,
                markerfacecolor=colour if full else PAPER, markeredgewidth=1.1, clip_on=False,
            )  # fmt: skip
    first = rows[0]
    same = all((row.least, row.most) == (first.least, first.most) for row in rows)
    ends_said = (
        (say("if never ({chance})", chance=percent(0)), say("if always ({chance})", chance=percent(1)))
        if same and (first.least, first.most) == (0, 1)
        else (say("at its lowest chance"), say("at its highest chance"))
    )
    sheet.key(
        [
            Sample(ends_said[0], _sample("o", BLUE, False)),
            Sample(ends_said[1], _sample("D", VERMILLION, True)),
            Sample(say("as it is: {value}", value=_figure(value.value, share)), _dashes),
        ]
    )


def _tick(x: float, share: bool) -> str:
    if not share:
        return decimal(f"{x:g}")
    return say("{n} %", n=decimal(f"{100 * x:g}")).replace(" ", "\u202f")


def _sample(mark: str, colour: str, full: bool) -> Any:
    def draw(axes: Any, x: float, y: float, _wide: float) -> None:
        axes.plot(
            [x], [y], marker=mark, markersize=4.4, color=colour, linestyle="none", markeredgewidth=1.1,
            markerfacecolor=colour if full else PAPER,
        )  # fmt: skip

    return draw


def _dashes(axes: Any, x: float, y: float, wide: float) -> None:
    axes.plot([x - wide / 2, x + wide / 2], [y, y], color=INK, linewidth=1, linestyle=(0, (3, 2)))
