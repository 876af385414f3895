"""Rows of states beside one axis: from which round on each is in, and with which chance on which side."""

from __future__ import annotations

from foedus.cascade.result import Chance
from foedus.cascade.spread import Range
from foedus.report.cascade_words import percent
from foedus.report.chains.chain import Chain, Entrant
from foedus.report.chains.pen import QUIET, SIDES, Pen, n, wide
from foedus.report.chains.wording import shock_words, side_words, spread_words, with_spread
from foedus.report.lists import decimal
from foedus.words.speech import say

WIDE, SMALL = 940.0, 340.0
ROW = 24.0
ROW_SMALL = 40.0
"""A row in which the name stands above."""


def timeline(chain: Chain, name: str, width: float = WIDE) -> str:
    """From which round on each state is in: of many worlds on average, if it enters at all, the line as strong as
    the chance."""
    small = width < 500
    left = 8.0 if small else _names(chain.entrants)
    right = 12.0 if small or chain.result is None else 84.0
    high = ROW_SMALL if small else ROW
    last = max(chain.rounds, 1)
    step = (width - left - right - 10) / last
    height = 26 + high * len(chain.entrants)
    title = say("From which round on who is in")
    pen = Pen.new(name, width, height, title, _timeline_words(chain), _kind("timeline", small))
    every = 1 if step >= 26 else -(-26 // int(max(step, 1)))
    for round_ in range(0, last + 1, every):
        x = left + step * round_
        pen.path(f"M{n(x)} 20V{n(height)}", "rule", QUIET, 0.5)
        words = say("round {n}", n=round_) if round_ == 0 and not small else str(round_)
        pen.text(x, 13, words, "middle" if round_ else "start", "soft")
    for row, one in enumerate(chain.entrants):
        top = 26 + high * row
        y = top + (high - 9 if small else high / 2)
        x = left + step * one.round
        chance = 1.0 if one.chance is None else one.chance.value
        figures = percent(chance) if one.chance and one.round > 0 else ""
        if small:
            pen.text(0, top + 13, one.name, room=width - wide(figures) - 14)
            pen.text(width - 1, top + 13, figures, "end", "soft")
        else:
            pen.text(0, y + 4.5, one.name, room=left - 14)
        pen.path(
            f"M{n(x)} {n(y)}H{n(width - right)}", f"span side-{one.side}", SIDES[one.side], 1 + 5 * chance
        )
        pen.mark(x, y, one.side)
        if figures and not small:
            pen.text(width, y + 4.5, figures, "end", "soft")
    return pen.done()


def _timeline_words(chain: Chain) -> str:
    said: list[str] = []
    for one in chain.entrants:
        round_ = decimal(f"{one.round:.1f}") if chain.result else str(int(one.round))
        if not one.timed:
            said.append(
                say(
                    "{state} {side}: its round is not known.",
                    state=one.name,
                    side=side_words(chain, one.side),
                )
            )
            continue
        said.append(
            say(
                "{state} {side}: round {round}.",
                state=one.name,
                side=side_words(chain, one.side),
                round=round_,
            )
        )
    return " ".join(said)


def chances(chain: Chain, name: str, width: float = WIDE) -> str:
    """The chance of entry on either side of the middle, with its interval; a full mark is exact. A pale bar is the
    spread as far as the chances of promises may be wrong. Below stands what the marks mean that are drawn."""
    assert chain.result is not None
    small = width < 500
    rows: dict[int, Entrant] = {}
    for one in chain.entrants:
        if one.round > 0:
            rows.setdefault(one.state, one)
    left = 4.0 if small else _names(list(rows.values()))
    right = 22.0
    high = ROW_SMALL if small else ROW
    half = (width - left - right - (18 if small else 0)) / 2
    middle = left + half + (18 if small else 0)
    exact = chain.result.engine == "exact"
    drawn = [
        (row, one, side, chance, chain.over(one.state, side))
        for row, one in enumerate(rows.values())
        for side, chance in enumerate(chain.result.entered[one.state])
        if chance.value > 0
    ]
    keys = _keys(exact, [chance for *_, chance, _ in drawn], any(over for *_, over in drawn))
    foot = 44 + high * len(rows)
    height = foot + (14 + 20 * len(keys) if keys else 0)
    title = say("Chances of entry if {shock}", shock=shock_words(chain))
    pen = Pen.new(name, width, height, title, _chances_words(chain, rows), _kind("chances", small))
    for side, (x, anchor) in enumerate(((middle - 10, "end"), (middle + 10, "start"))):
        pen.text(x, 13, side_words(chain, side), anchor, room=(x if side == 0 else width - x) - 2, bold=True)
    for share in (-1.0, -0.5, 0.5, 1.0):
        x = middle + half * share
        pen.path(f"M{n(x)} 38V{n(foot)}", "rule", QUIET, 0.5)
        pen.text(x, 33, say("{n} %", n=round(100 * abs(share))), "middle", "soft")
    pen.path(f"M{n(middle)} 20V{n(foot)}", "middle", QUIET, 1.2)
    heights = [44 + high * row + (high - 10 if small else high / 2) for row in range(len(rows))]
    for y, one in zip(heights, rows.values(), strict=True):
        pen.text(0, y - 16 if small else y + 4.5, one.name, room=half - 6 if small else left - 14)
    for row, _, side, chance, over in drawn:
        _bar(pen, middle, half, heights[row], side, chance, exact, over)
    for row, (kind, words) in enumerate(keys):
        _key(pen, 24, foot + 20 + 20 * row, kind, words, drawn[0][2], exact)
    return pen.done()


def _keys(exact: bool, told: list[Chance], spread: bool) -> list[tuple[str, str]]:
    """The marks that are drawn, with what they mean."""
    if not told:
        return []
    wide = any(chance.low != chance.high for chance in told)
    mark = say("exact") if exact else say("estimate and its 95 % interval") if wide else say("estimate")
    found = [("mark" if exact or not wide else "interval", mark)]
    if spread:
        found.append(("bar", say("spread, if the chances of promises are wrong")))
    return found


def _key(pen: Pen, x: float, y: float, kind: str, words: str, side: int, exact: bool) -> None:
    if kind == "bar":
        pen.bar(x - 20, x + 20, y, side)
    if kind == "interval":
        pen.path(_ends(x - 20, x + 20, y), f"interval side-{side}", SIDES[side], 1.6)
    if kind != "bar":
        pen.mark(x, y, side, exact, "key ")
    pen.text(x + 32, y + 4.5, words, kind="soft")


def _ends(low: float, high: float, y: float) -> str:
    return f"M{n(low)} {n(y)}H{n(high)}M{n(low)} {n(y - 6)}v12M{n(high)} {n(y - 6)}v12"


def _bar(
    pen: Pen, middle: float, half: float, y: float, side: int, chance: Chance, exact: bool, over: Range | None
) -> None:  # fmt: skip
    sign = (-1, 1)[side]
    if over is not None:
        pen.bar(middle + sign * half * over.low, middle + sign * half * over.high, y, side)
    value, low, high = (middle + sign * half * each for each in (chance.value, chance.low, chance.high))
    near = value - sign * 5
    if (near - middle) * sign > 0:
        pen.path(f"M{n(middle)} {n(y)}H{n(near)}", f"stem side-{side}", SIDES[side], 1.2)
    if not exact:
        pen.path(_ends(low, high, y), f"interval side-{side}", SIDES[side], 1.6)
    pen.mark(value, y, side, exact)


def _chances_words(chain: Chain, rows: dict[int, Entrant]) -> str:
    assert chain.result is not None
    said: list[str] = []
    for one in rows.values():
        for side, chance in enumerate(chain.result.entered[one.state]):
            if chance.value > 0:
                said.append(
                    say("{state} {side}: {chance}.", state=one.name, side=side_words(chain, side),
                        chance=with_spread(chance, chain.over(one.state, side)))
                )  # fmt: skip
    return " ".join(filter(None, (*said, spread_words(chain)))) if said else say("Nobody else enters.")


def _names(entrants: tuple[Entrant, ...] | list[Entrant]) -> float:
    return min(max((wide(one.name) for one in entrants), default=0) + 18, 230.0)


def _kind(name: str, small: bool) -> str:
    return f"{name} {'small' if small else 'wide'}"
