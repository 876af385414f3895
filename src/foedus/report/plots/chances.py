"""The chances that states enter, with their intervals: the attacker's side to the left, the target's to the right.

A chance that was worked out exactly is a full mark; an estimate is a hollow one with its interval, the error of
simulation. A pale bar is something else: how far the chance moves as far as those of promises may be wrong. Rows go by
the round in which a state enters on average, so that one reads from above how the war spreads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.cascade.result import Chance, Result
from foedus.cascade.spread import Range
from foedus.report.chains.chain import Chain, of_result
from foedus.report.chains.wording import how_found, shock_words, side_words, spread_words, with_spread
from foedus.report.lists import decimal
from foedus.report.plots.figure import (
    SMALL,
    TEXT,
    Columns,
    Figure,
    Sample,
    Sheet,
    broken,
    clipped,
    measured,
    put,
)
from foedus.report.plots.naming import source_line
from foedus.report.plots.palette import HAIR, INK, PAPER, SIDES, SOFT, to_pale
from foedus.report.plots.save import save
from foedus.sources.edition import Edition
from foedus.words.speech import plural, say

LEAST = 0.0005
"""Who enters with a smaller chance is not drawn."""
MOST = 40
"""So many states are drawn, the likeliest; the others are counted."""
ROW = 12.5
_RIGHT = 14.0


@dataclass(frozen=True)
class Row:
    """A state with its chances on both sides, how far each may move, and the mean round of its entry."""

    name: str
    round: float | None  # not known
    chances: tuple[Chance, Chance]
    over: tuple[Range | None, Range | None] = (None, None)


def draw_chances(
    result: Result, path: Path, *, columns: Columns = "two", editions: Sequence[Edition] = (),
    names: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """Draw the chances of entry into a file (`save`), and return their words."""
    return save(chances(result, columns=columns, editions=editions, names=names), path)


def chances(
    result: Result, *, columns: Columns = "two", editions: Sequence[Edition] = (),
    names: Mapping[str, str] | None = None, chain: Chain | None = None,
) -> Figure:  # fmt: skip
    """The chances of entry of a cascade as a figure. `names` are names for the model's states; `chain` is that of
    the result, where somebody has made it with more than the result says (`of_cascade`)."""
    chain = chain or of_result(result, names, LEAST)
    rows = rows_of(chain)
    shown = _likeliest(rows)
    return Figure(
        say("Chances of entry if {shock}", shock=shock_words(chain)),
        in_words(chain, rows),
        source_line(editions, more=[how_found(result), *_rest(len(rows) - len(shown))]),
        columns,
        lambda sheet: _paint(sheet, chain, shown),
    )


def rows_of(chain: Chain) -> list[Row]:
    """Everybody who may enter, by round, then by chance."""
    assert chain.result is not None
    found: dict[int, Row] = {}
    for one in chain.entrants:
        if one.round > 0:
            found.setdefault(
                one.state,
                Row(
                    one.name, one.round if one.timed else None, chain.result.entered[one.state],
                    (chain.over(one.state, 0), chain.over(one.state, 1)),
                ),
            )  # fmt: skip
    return list(found.values())


def _likeliest(rows: Sequence[Row]) -> list[Row]:
    kept = sorted(rows, key=lambda row: -max(chance.value for chance in row.chances))[:MOST]
    return [row for row in rows if row in kept]


def _rest(count: int) -> list[str]:
    words = plural(
        "{n} state less likely to enter is not drawn.",
        "{n} states less likely to enter are not drawn.",
        count,
    )
    return [words] if count > 0 else []


# ---- in words ----


def in_words(chain: Chain, rows: Sequence[Row]) -> str:
    """Each state with its round and its chances, and how they were found."""
    assert chain.result is not None
    said = [
        say("Chances that states enter the war after {shock}.", shock=shock_words(chain)),
        how_found(chain.result),
    ]
    for row in rows:
        told = [
            say("{chance} {side}", chance=with_spread(chance, row.over[side]), side=side_words(chain, side))
            for side, chance in enumerate(row.chances)
            if chance.value > 0
        ]
        both = say("{one} or {other}", one=told[0], other=told[1]) if len(told) == 2 else "".join(told)
        said.append(
            say("{state}: {chances}.", state=row.name, chances=both)
            if row.round is None
            else say("{state}: {chances}, on average in round {round}.",
                     state=row.name, chances=both, round=decimal(f"{row.round:.1f}"))
        )  # fmt: skip
    said.append(spread_words(chain) if rows else say("Nobody else enters."))
    return " ".join(filter(None, said))


# ---- drawn ----


def _paint(sheet: Sheet, chain: Chain, rows: Sequence[Row]) -> None:
    assert chain.result is not None
    exact = chain.result.engine == "exact"
    wide = max((measured(row.name)[0] for row in rows), default=0)
    left = min(wide, sheet.room * 0.36) + 34
    if not rows:
        sheet.words(say("Nobody else enters."))
        return
    heads(sheet, [side_words(chain, side) for side in (0, 1)], left, _RIGHT, say("round"))
    axes, scale = axis(sheet, len(rows), left, _RIGHT)
    before: int | None = -1
    for n, row in enumerate(rows):
        name = clipped(row.name, left - 32)
        put(axes, -1 - 8 * scale, n, name, across="right")
        now = None if row.round is None else round(row.round)
        if now != before:
            put(axes, -1 - (left - 1) * scale, n, "–" if now is None else str(now), SMALL, SOFT)
            if n:
                axes.plot(
                    [-1 - left * scale, 1], [n - 0.5] * 2, color=HAIR, linewidth=0.5, clip_on=False, zorder=0
                )
        before = now
        for side, chance in enumerate(row.chances):
            if chance.value > 0:
                _mark(axes, n, side, chance, exact, row.over[side])
    sheet.key(_key(exact, chain, rows))


def heads(
    sheet: Sheet, sides: Sequence[str], left: float, right: float, corner: str = "", at_right: str = ""
) -> None:
    """Whose side is on which side of the middle."""
    middle = left + (sheet.room - left - right) / 2
    ends = ((middle - 8, "right", middle, corner), (middle + 8, "left", sheet.room - middle, at_right))
    lines = [
        broken(sides[side], room - measured(beside, SMALL)[0] - 14, weight="bold", most=2)
        for side, (_, _, room, beside) in enumerate(ends)
    ]
    high = TEXT * 1.5
    board = sheet.board(high * max(len(each) for each in lines), gap=2)
    put(board, 0, high / 2, corner, SMALL, SOFT)
    put(board, sheet.room, high / 2, at_right, SMALL, SOFT, across="right")
    for (x, across, _, _), each in zip(ends, lines, strict=True):
        for n, line in enumerate(reversed(each)):
            put(board, x, high * (n + 0.5), line, across=across, weight="bold")


def axis(sheet: Sheet, rows: int, left: float, right: float) -> tuple[Any, float]:
    """Axes from one over nought to one, with a row for each state; and how long a point is on them."""
    axes = sheet.strip(ROW * rows + 4, left, right, gap=18)
    axes.set_xlim(-1, 1)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1])
    axes.set_xticklabels([_tick(value) for value in (1, 0.5, 0, 0.5, 1)])
    axes.axvline(0, color=SOFT, linewidth=0.8, zorder=1)
    for value in (-1, -0.5, 0.5, 1):
        axes.axvline(value, color=HAIR, linewidth=0.5, zorder=0)
    return axes, 2 / (sheet.room - left - right)


def _tick(value: float) -> str:
    return say("{n} %", n=round(100 * value)).replace(" ", "\u202f")


def _mark(axes: Any, y: float, side: int, chance: Chance, exact: bool, over: Range | None) -> None:
    sign = (-1, 1)[side]
    mark = SIDES[side]
    if over is not None:
        axes.fill(*_bar(sign * over.low, sign * over.high, y, 0.3), **_pale(mark.colour))
    axes.plot([0, sign * chance.value], [y, y], color=mark.colour, linewidth=0.7, alpha=0.55, zorder=1)
    if not exact:
        axes.plot([sign * chance.low, sign * chance.high], [y, y], color=mark.colour, linewidth=1.4, zorder=2)
        for end in (chance.low, chance.high):
            axes.plot([sign * end] * 2, [y - 0.2, y + 0.2], color=mark.colour, linewidth=0.9, zorder=2)
    axes.plot(
        [sign * chance.value], [y], marker=mark.shape, markersize=4.6 if exact else 3.4, color=mark.colour,
        markerfacecolor=mark.colour if exact else PAPER, markeredgewidth=1, linestyle="none", zorder=3, clip_on=False,
    )  # fmt: skip


def _bar(low: float, high: float, y: float, half: float) -> tuple[list[float], list[float]]:
    return [low, high, high, low], [y - half, y - half, y + half, y + half]


def _pale(colour: str) -> dict[str, Any]:
    return {
        "facecolor": to_pale(colour), "edgecolor": colour, "linewidth": 0.5, "zorder": 0.5, "clip_on": False,
    }  # fmt: skip


def _key(exact: bool, chain: Chain, rows: Sequence[Row]) -> list[Sample]:
    """What the marks mean that are drawn; no others."""
    told = [(side, chance) for row in rows for side, chance in enumerate(row.chances) if chance.value > 0]
    samples = [
        Sample(side_words(chain, side), _sample(side, exact)) for side in sorted({side for side, _ in told})
    ]
    bare = exact or all(chance.low == chance.high for _, chance in told)
    words = say("exact") if exact else say("estimate") if bare else say("estimate and its 95 % interval")
    samples.append(Sample(words, _how(exact, bare)))
    if any(over for row in rows for over in row.over):
        assert chain.spread is not None
        words = say("spread over {draws} draws of uncertain chances", draws=chain.spread.draws)
        samples.append(Sample(words, _spread))
    return samples


def _spread(axes: Any, x: float, y: float, wide: float) -> None:
    axes.fill(*_bar(x - wide / 2, x + wide / 2, y, 3), **_pale(SOFT))


def _sample(side: int, exact: bool) -> Any:
    def draw(axes: Any, x: float, y: float, _wide: float) -> None:
        mark = SIDES[side]
        axes.plot(
            [x], [y], marker=mark.shape, markersize=4.6, color=mark.colour, linestyle="none", markeredgewidth=1.2,
            markerfacecolor=mark.colour if exact else PAPER,
        )  # fmt: skip

    return draw


def _how(exact: bool, bare: bool) -> Any:
    def draw(axes: Any, x: float, y: float, wide: float) -> None:
        if not bare:
            axes.plot([x - wide / 2, x + wide / 2], [y, y], color=INK, linewidth=1.8)
            for end in (-1, 1):
                axes.plot([x + end * wide / 2] * 2, [y - 2.4, y + 2.4], color=INK, linewidth=0.9)
        axes.plot(
            [x],
            [y],
            marker="D",
            markersize=4,
            color=INK,
            markerfacecolor=INK if exact else PAPER,
            linestyle="none",
        )

    return draw
