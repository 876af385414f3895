"""The outcomes of a cascade over treaty pages: a column for each with its share of the strata, and who is at war in it.

A dot stands where a state is at war, a hollow one where it is so in some worlds only. To the right, over all strata: in
what share a state is at war (bar), and in what share a duty to fight or to help arises for it (mark).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.report.cascade_words import percent
from foedus.report.plots.figure import SMALL, TEXT, Columns, Figure, Sample, Sheet, clipped, measured, put
from foedus.report.plots.naming import source_line
from foedus.report.plots.palette import BLUE, HAIR, PAPER, SOFT, VERMILLION
from foedus.report.plots.save import save
from foedus.report.strata.told import WHOLE, Told, share_of, spoken
from foedus.report.strata.wording import (
    further_words,
    in_words,
    no_probability,
    strata_words,
    title_words,
    worlds_words,
)
from foedus.words.speech import plural, say

ROW = 14.0
BARS = 46.0
"""How high the bar of the largest outcome is."""


def draw_outcomes(told: Told, path: Path, *, columns: Columns = "two") -> str:
    """Draw the outcomes into a file (`save`), and return their words."""
    return save(outcomes(told, columns=columns), path)


def outcomes(told: Told, *, columns: Columns = "two") -> Figure:
    """The outcomes as a figure."""
    found = told.strata
    done = {step.norm.partition(".")[0] for group in found.groups for step in group.steps if step.norm}
    acting = [each for each in found.instruments if each in done]
    looked = plural("{n} page was looked at.", "{n} pages were looked at.", len(found.instruments))
    more = [looked if len(acting) < len(found.instruments) else "", strata_words(told), worlds_words(told)]
    more += [no_probability(), further_words(told)]
    return Figure(
        title_words(told),
        in_words(told),
        source_line([], pages=acting, more=list(filter(None, more))),
        columns,
        lambda sheet: _paint(sheet, told),
    )


@dataclass(frozen=True, slots=True)
class _Board:
    """Axes in points from the left below, where columns begin and how far apart they are, and the panel to the right of
    them: of bars, or where there is no room for these of two columns of figures."""

    axes: Any
    left: float
    step: float
    begin: float
    end: float
    edge: float
    bars: bool

    def x(self, column: int) -> float:
        return self.left + self.step * (column + 0.5)

    def share(self, share: float) -> float:
        return self.begin + (self.end - self.begin) * share


def _paint(sheet: Sheet, told: Told) -> None:
    states, groups = told.states, told.outcomes
    bars = sheet.room > 300
    figures = _figures(told, told.strata.entered)
    heads = [say("at war"), say("duty")]
    widest = max(
        figures, _figures(told, told.strata.obliged), *(measured(each, SMALL)[0] + 6 for each in heads)
    )
    panel = sheet.room * 0.34 if bars else 2 * widest
    names = max((measured(spoken(state))[0] for state in states), default=0)
    least = (9.0 if bars else 6.5) * len(groups)
    left = min(names + 12, sheet.room - panel - 10 - least)
    step = min((sheet.room - left - panel - 10) / max(len(groups), 1), 26.0)
    foot = 4.0
    rows = ROW * len(states)
    most = max((measured(percent(share_of(group.strata, told)), SMALL)[0] for group in groups), default=0)
    above = SMALL * 1.6 if most + 2 <= step else most + 6
    high = foot + rows + 24 + BARS + above + TEXT * 1.5
    axes = sheet.board(high, gap=6)
    begin = left + step * len(groups) + 12
    board = _Board(axes, left, step, begin, sheet.room - (figures if bars else 0), sheet.room, bars)
    _heads(board, told, foot + rows, high, most + 2 > step)
    if bars:
        put(axes, begin, foot + rows + 26, say("of all strata"), SMALL, SOFT)
        for share, across in ((0.0, "left"), (1.0, "right")):
            put(axes, board.share(share), foot + rows + 12, percent(share), SMALL, SOFT, across=across)
    else:
        for number, head in enumerate(heads):
            put(axes, _figures_end(board, number), foot + rows + 12, head, SMALL, SOFT, across="right")
    for number, state in enumerate(states):
        _row(board, told, state, foot + rows - ROW * (number + 0.5))
    sheet.key(_key(told, bars))
    if not bars:
        sheet.words(
            say(
                "at war, duty: in what share of all strata it is at war, and a duty to fight or help arises."
            ),
            SMALL,
        )


def _figures(told: Told, of: Mapping[str, float]) -> float:
    """How wide the figures of a column are, at most, with what parts them from what stands before."""
    shares = [1.0, *(share_of(n, told) for n in of.values())]
    return max(measured(percent(share), SMALL)[0] for share in shares) + 6


def _figures_end(board: _Board, number: int) -> float:
    """Where a column of figures ends."""
    return board.end - (board.end - board.begin) / 2 * (1 - number)


def _heads(board: _Board, told: Told, top: float, high: float, upright: bool) -> None:
    """The bars above the columns, each outcome's share above it (`upright` where it is wider than its column)."""
    axes = board.axes
    most = max((share_of(group.strata, told) for group in told.outcomes), default=1.0)
    ground = top + 22
    head = say("share of the strata in each outcome")
    put(
        axes,
        max(min(board.left, board.end - measured(head, SMALL)[0]), 0),
        high - TEXT * 0.6,
        head,
        SMALL,
        SOFT,
    )
    end = board.left + board.step * len(told.outcomes)
    axes.plot([board.left, end], [ground, ground], color=SOFT, linewidth=0.6)
    for column, group in enumerate(told.outcomes):
        share, x = share_of(group.strata, told), board.x(column)
        tall, half = max(BARS * share / most, 0.8), min(board.step * 0.32, 8)
        box = [x - half, x + half, x + half, x - half]
        axes.fill(box, [ground, ground, ground + tall, ground + tall], color=BLUE, linewidth=0)
        if upright:
            put(
                axes,
                x,
                ground + tall + 3,
                percent(share),
                SMALL,
                across="center",
                upright="bottom",
                rotation=90,
            )
        else:
            put(axes, x, ground + tall + SMALL * 0.8, percent(share), SMALL, across="center")
        turn = 90 if upright and board.step < 11 and group.number > 9 else 0
        put(
            axes,
            x,
            top + 12,
            str(group.number),
            weight="bold",
            across="center",
            upright="center",
            rotation=turn,
        )
    put(axes, board.left - 6, top + 12, say("outcome"), SMALL, SOFT, across="right")


def _row(board: _Board, told: Told, state: str, y: float) -> None:
    axes = board.axes
    put(axes, 0, y, clipped(spoken(state), board.left - 6))
    right = board.left + board.step * len(told.outcomes)
    axes.plot([board.left, right], [y, y], color=HAIR, linewidth=0.5, zorder=0)
    for column, group in enumerate(told.outcomes):
        share = group.entered.get(state, 1.0) if state in group.belligerents else 0.0
        if share > 0:
            _dot(axes, board.x(column), y, share >= WHOLE)
        else:
            axes.plot([board.x(column)], [y], marker="o", markersize=1.2, color=HAIR, linestyle="none")
    at_war, duty = (share_of(of.get(state, 0.0), told) for of in (told.strata.entered, told.strata.obliged))
    if not board.bars:
        for number, share in enumerate((at_war, duty)):
            put(axes, _figures_end(board, number), y, percent(share), SMALL, across="right")
        return
    x0, x1 = board.share(0), board.share(at_war)
    axes.plot([x0, board.share(1)], [y, y], color=HAIR, linewidth=0.5, zorder=0)
    axes.fill([x0, x1, x1, x0], [y - 3.2, y - 3.2, y + 3.2, y + 3.2], color=BLUE, linewidth=0, zorder=1)
    if duty > 0:
        _mark(axes, board.share(duty), y)
    put(axes, board.edge, y, percent(at_war), SMALL, across="right")


def _dot(axes: Any, x: float, y: float, full: bool) -> None:
    axes.plot(
        [x], [y], marker="o", markersize=5, color=BLUE, markerfacecolor=BLUE if full else PAPER, markeredgewidth=1,
        linestyle="none", zorder=2,
    )  # fmt: skip


def _mark(axes: Any, x: float, y: float) -> None:
    axes.plot(
        [x], [y], marker="s", markersize=4, color=VERMILLION, markerfacecolor=PAPER, markeredgewidth=1.1,
        linestyle="none", zorder=3, clip_on=False,
    )  # fmt: skip


def _key(told: Told, bars: bool) -> list[Sample]:
    """What the marks mean that are drawn; no others."""
    shares = [group.entered.get(state, 1.0) for group in told.outcomes for state in group.belligerents]
    samples: list[Sample] = []
    if any(share >= WHOLE for share in shares):
        words = say("at war in every world") if told.chances else say("at war")
        samples.append(Sample(words, lambda axes, x, y, _: _dot(axes, x, y, True)))
    if any(share < WHOLE for share in shares):
        samples.append(Sample(say("at war in some worlds"), lambda axes, x, y, _: _dot(axes, x, y, False)))
    if bars and any(told.strata.obliged.get(state) for state in told.states):
        words = say("a duty to fight or help arises (right)")
        samples.append(Sample(words, lambda axes, x, y, _: _mark(axes, x, y)))
    return samples


__all__ = ["draw_outcomes", "outcomes"]
