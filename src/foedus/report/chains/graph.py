"""Chains drawn: rounds from left to right, the attacker's side above, the target's below, an arrow for each call.

An arrow that passes a round has a lane of its own there, so that none runs through a state. Where there are more
rounds than a page is wide, and in small windows, the same is drawn as a tree, each below whoever most likely calls it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.report.cascade_words import percent
from foedus.report.chains.chain import Call, Chain, Entrant, Key
from foedus.report.chains.pen import QUIET, SIDES, SIGN, Pen, n, shown, wide
from foedus.report.chains.wording import call_words, shock_words, side_words
from foedus.report.layout import clipped, wrap
from foedus.report.lists import begun, decimal
from foedus.words.speech import plural, say

WIDTH = 940.0
SMALL = 340.0
MOST_COLUMNS = 7
BOX = 42.0
GAP = 12.0
LANE = 12.0
"""The height of a state, the room below it, and that of an arrow which passes."""
HEAD = 26.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a state stands (its left edge and its middle), or an arrow passes."""

    x: float
    y: float


@dataclass(frozen=True)
class Arrow:
    """A call drawn: through which spots it goes; `first` if it is the likeliest of its debtor."""

    call: Call
    side: int
    spots: tuple[Spot, ...]
    first: bool


@dataclass(frozen=True)
class Drawing:
    """A graph as laid out. `heads` are the rounds with the middles of their columns; `apart` where the sides part."""

    boxes: Mapping[Key, Spot]
    arrows: tuple[Arrow, ...]
    heads: tuple[tuple[int, float], ...]
    box: float
    high: float
    height: float
    apart: float


def columns_of(chain: Chain) -> dict[Key, int]:
    """In which round each is drawn: its own, but after whoever it is drawn below."""
    over = chain.above()
    found: dict[Key, int] = {}
    for one in chain.entrants:
        found[one.key] = round(one.round)
    for _ in chain.entrants:
        for one in chain.entrants:
            call = over.get(one.key)
            if call:
                found[one.key] = max(found[one.key], found[call.caller, one.side] + 1)
    return found


def lay(chain: Chain) -> Drawing:
    """The graph laid out over `WIDTH`."""
    columns = columns_of(chain)
    used = sorted(set(columns.values()))
    place = {round_: place for place, round_ in enumerate(used)}
    at = {key: place[round_] for key, round_ in columns.items()}
    over = chain.above()
    step = WIDTH / len(used)
    box = min(step - 30, 190.0)
    tall = BOX + 14 * any(len(_name(one.name, box)) > 1 for one in chain.entrants)
    calls: list[tuple[Entrant, Call]] = [
        (one, call)
        for one in chain.entrants
        for call in one.calls
        if (call.caller, one.side) in at and at[call.caller, one.side] < at[one.key]
    ]
    spots: dict[tuple[Key, int, int], Spot] = {}  # the debtor, the duty (-1: the state itself), the column
    top = HEAD
    apart = 0.0
    for side in (0, 1):
        heights: dict[tuple[Key, int, int], float] = {}
        low = top + 22
        bottom = low
        for column in range(len(used)):
            cells: list[tuple[float, int, tuple[Key, int, int]]] = []
            for order, one in enumerate(chain.entrants):
                if one.side == side and at[one.key] == column:
                    call = over.get(one.key)
                    above = heights.get(_before(one.key, call, column, at), low) if call else low
                    cells.append((above, order, (one.key, -1, column)))
            for one, call in calls:
                if one.side == side and at[call.caller, side] < column < at[one.key]:
                    above = heights.get(_before(one.key, call, column, at), low)
                    cells.append((above, 1000 + call.duty, (one.key, call.duty, column)))
            y = low
            for above, _, cell in sorted(cells):
                high = tall if cell[1] == -1 else LANE
                y = (
                    max(y, above - high / 2) if len(cells) == 1 else y
                )  # straight on, if nothing is in the way
                heights[cell] = y + high / 2
                spots[cell] = Spot(1 + step * column, y + high / 2)
                y += high + GAP
            bottom = max(bottom, y)
        top = bottom + 6
        if side == 0:
            apart = top
            top += 6
    arrows = tuple(
        Arrow(
            call, one.side,
            (
                spots[(call.caller, one.side), -1, at[call.caller, one.side]],
                *(
                    spots[one.key, call.duty, column]
                    for column in range(at[call.caller, one.side] + 1, at[one.key])
                ),
                spots[one.key, -1, at[one.key]],
            ),
            over.get(one.key) is call,
        )
        for one, call in calls
    )  # fmt: skip
    boxes = {key: spots[key, -1, column] for key, column in at.items()}
    heads = tuple((round_, step * place[round_] + box / 2) for round_ in used)
    return Drawing(boxes, arrows, heads, box, tall, top, apart)


def _before(key: Key, call: Call, column: int, at: Mapping[Key, int]) -> tuple[Key, int, int]:
    """Where the arrow of a call is in the column before."""
    caller = (call.caller, key[1])
    return (caller, -1, column - 1) if at[caller] == column - 1 else (key, call.duty, column - 1)


def graph(chain: Chain, name: str) -> str:
    """The graph as SVG; as a tree where it has more columns than there is room for."""
    if len(set(columns_of(chain).values())) > MOST_COLUMNS:
        return tree(chain, name, WIDTH)
    drawing = lay(chain)
    pen = Pen.new(name, WIDTH, drawing.height, _title(chain), in_words(chain), "chain wide")
    for round_, x in drawing.heads:
        pen.text(x, 14, _round_words(round_, chain), "middle", "soft")
    pen.path(f"M0 {n(drawing.apart)}H{n(WIDTH)}", "rule", QUIET, 0.6)
    for side, y in ((0, HEAD + 12), (1, drawing.apart + 18)):
        pen.text(0, y, begun(side_words(chain, side)), bold=True)
    for arrow in sorted(drawing.arrows, key=lambda each: each.first):
        _arrow(pen, arrow, drawing.box)
    for one in chain.entrants:
        spot = drawing.boxes[one.key]
        pen.box(spot.x, spot.y - drawing.high / 2, drawing.box, drawing.high, one.side)
        lines = _name(one.name, drawing.box)
        figures = [percent(one.chance.value)] if one.chance and one.round > 0 else []
        y = spot.y + 4.5 - 8 * (len(lines) + len(figures) - 1)
        for line in lines:
            pen.text(spot.x + drawing.box / 2, y, line, "middle", bold=True)
            y += 16
        for line in figures:
            pen.text(spot.x + drawing.box / 2, y, line, "middle")
    return pen.done()


def _name(name: str, box: float) -> list[str]:
    """A name on one line or two."""
    room = int((box - 8) / SIGN)
    lines = [line.replace("- ", "-") for line in wrap(shown(name).replace("-", "- "), room)]
    return lines if len(lines) < 3 else [lines[0], clipped(" ".join(lines[1:]), room)]


def _arrow(pen: Pen, arrow: Arrow, box: float) -> None:
    """A line from box to box, level where it passes a column."""
    x, y = arrow.spots[0].x + box, arrow.spots[0].y
    way = f"M{n(x)} {n(y)}"
    for place, spot in enumerate(arrow.spots[1:], 1):
        end = place == len(arrow.spots) - 1
        to = spot.x - (7 if end else 0)
        half = (x + to) / 2
        way += f"C{n(half)} {n(y)} {n(half)} {n(spot.y)} {n(to)} {n(spot.y)}"
        x, y = to, spot.y
        if not end:
            x = spot.x + box
            way += f"H{n(x)}"
    chance = arrow.call.chance.value if arrow.call.chance else 0.5
    kind = f"call side-{arrow.side}{' first' if arrow.first else ''}"
    pen.path(way, kind, SIDES[arrow.side], 1 + 2.2 * chance, "" if arrow.first else "5 4")
    last = arrow.spots[-1]
    pen.tip(last.x - 0.5, last.y, arrow.side)


def tree(chain: Chain, name: str, width: float = SMALL) -> str:
    """The same as a tree, one line for each state."""
    below = chain.below()
    lines: list[tuple[Entrant | None, int, int]] = []  # who, how deep, the line of whom it stands below
    rows: dict[Key, int] = {}

    def put(one: Entrant, deep: int, over: int) -> None:
        rows[one.key] = len(lines)
        lines.append((one, deep, over))
        for child in below.get(one.key, ()):
            put(child, deep + 1, rows[one.key])

    for side in (0, 1):
        lines.append((None, side, -1))
        for root in below.get(None, ()):
            if root.side == side:
                put(root, 0, -1)
    high, indent = 27.0, 17.0
    pen = Pen.new(name, width, high * len(lines) + 8, _title(chain), in_words(chain), "chain small")
    for row, (one, deep, over) in enumerate(lines):
        y = high * row + 18
        if one is None:
            pen.text(0, y + 4, begun(side_words(chain, deep)), bold=True)
            continue
        x = 7 + indent * deep
        if over >= 0:
            pen.path(
                f"M{n(x - indent)} {n(high * over + 24)}V{n(y)}H{n(x - 6)}",
                f"call side-{one.side}",
                SIDES[one.side],
                1.4,
            )
        pen.mark(x, y, one.side)
        figures = _figures(one)
        pen.text(x + 11, y + 4.5, one.name, room=width - x - 18 - wide(figures))
        if figures:
            pen.text(width, y + 4.5, figures, "end", "soft")
    return pen.done()


def _figures(one: Entrant) -> str:
    if one.round == 0:
        return ""
    if one.chance is None:
        return say("round {n}", n=int(one.round))
    return percent(one.chance.value)


def _round_words(round_: int, chain: Chain) -> str:
    return say("about round {n}", n=round_) if chain.result and round_ else say("round {n}", n=round_)


def _title(chain: Chain) -> str:
    return say("Who draws whom in if {shock}", shock=shock_words(chain))


def in_words(chain: Chain) -> str:
    """The drawing in words: for each who calls it, how likely, in which round."""
    names = chain.called()
    over = chain.above()
    said = [begun(say("{shock}.", shock=shock_words(chain)))]
    for one in chain.entrants:
        call = over.get(one.key)
        if one.round == 0 or call is None:
            continue
        because = call_words(call, names[call.caller])
        if one.chance is None:
            said.append(
                say("In round {round} {state} enters {side}: {because}.",
                    round=int(one.round), state=names[one.state], side=side_words(chain, one.side), because=because)
            )  # fmt: skip
        elif not one.timed:
            said.append(
                say("{state} enters {side} in {chance}, most often by {because}.",
                    state=begun(names[one.state]), side=side_words(chain, one.side), chance=percent(one.chance.value),
                    because=because)
            )  # fmt: skip
        else:
            said.append(
                say("{state} enters {side} in {chance}, on average in round {round}, most often by {because}.",
                    state=begun(names[one.state]), side=side_words(chain, one.side), chance=percent(one.chance.value),
                    round=decimal(f"{one.round:.1f}"), because=because)
            )  # fmt: skip
    drawn = sum(1 for one in chain.entrants if one.round > 0)
    said.append(plural("{n} state joins in the drawing.", "{n} states join in the drawing.", drawn))
    return " ".join(said)
