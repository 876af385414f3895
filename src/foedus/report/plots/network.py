"""The network of obligations on a day: who owes whom what, who is owed without owing, and leagues as leagues."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.obligations.obligation import Obligation, Pledge
from foedus.report.lists import listed, on_day
from foedus.report.plots.figure import (
    SMALL,
    TEXT,
    Columns,
    Figure,
    Sample,
    Sheet,
    broken,
    measured,
    put,
)
from foedus.report.plots.naming import source_line, state_name
from foedus.report.plots.palette import FILL, INK, PAPER, PLEDGES, SOFT, ordered
from foedus.report.plots.save import save
from foedus.report.plots.spread import Box, Placed, spread
from foedus.report.plots.ties import League, Pair, Pledges, Tie, Ties, ties
from foedus.sources.edition import Edition
from foedus.terms.codes import state_numbered
from foedus.terms.time import EDate
from foedus.words.speech import phrase, plural, say, say_in

MOST = 400
"""More states and leagues than these are no drawing."""
MOST_TOLD = 40
"""So many ties are told one by one; further ones are counted."""
FEW = 60
"""Up to so many ties each shows all its pledges; beyond, the first of them."""

_SIZES = (TEXT, 6.4, 5.4)
_STRAND = 2.6
"""Between two pledges of one tie, in points."""


def draw_network(
    obligations: Iterable[Obligation], on: date, path: Path, *, columns: Columns = "two",
    pledges: Sequence[Pledge | None] | None = None, states: Iterable[int] | None = None,
    editions: Sequence[Edition] = (), names: Mapping[int, str] | None = None,
) -> str:  # fmt: skip
    """Draw the network of a day into a file (`save`), and return its words."""
    return save(
        network(
            obligations, on, columns=columns, pledges=pledges, states=states, editions=editions, names=names
        ),
        path,
    )


def network(
    obligations: Iterable[Obligation], on: date, *, columns: Columns = "two",
    pledges: Sequence[Pledge | None] | None = None, states: Iterable[int] | None = None,
    editions: Sequence[Edition] = (), names: Mapping[int, str] | None = None,
) -> Figure:  # fmt: skip
    """The network of obligations on a day. `pledges` and `states` narrow it; `names` are names by number where the
    tables of Foedus have none, or others are wanted; `editions` those of the data sets, for the caption and for
    what they cover.

    Raises `Refused`: F871 where nothing is owed on the day as far as is known, F872 where it is too much to draw.
    """
    shown = ties(obligations, on, pledges=pledges, states=states, editions=editions)
    if not shown.states:
        why = (
            phrase("no data set at hand covers {day}", day=on.isoformat())
            if shown.beyond or (editions and not any(one.first <= on <= one.last for one in editions))
            else phrase("nothing at hand is certainly owed on {day}", day=on.isoformat())
        )
        raise Refused(Problem("F871", NOWHERE, {"why": why}))
    if len(shown.states) + len(hubs(shown)) > MOST:
        values = {"n": str(len(shown.states) + len(hubs(shown)))}
        raise Refused(Problem("F872", NOWHERE, values))
    called = {state: (names or {}).get(state) or state_name(state, on) for state in shown.states}
    used = [edition for edition in editions if edition.id in shown.editions]
    return Figure(
        say("Who owed whom what on {day}", day=on_day(EDate.of(on))),
        in_words(shown, called),
        source_line(used, pages=[i for i in shown.instruments if ":" not in i], more=_left_out(shown)),
        columns,
        lambda sheet: _paint(sheet, shown, called),
    )


# ---- in words ----


def in_words(shown: Ties, called: Mapping[int, str]) -> str:
    """What the drawing shows."""
    day = on_day(EDate.of(shown.on))
    owing = plural("{n} state that owes or is owed", "{n} states that owe or are owed", len(shown.states))
    said = [
        say("A network of {states} on {day}.", states=owing, day=day),
        say("Of {all} directed pairs, in {mutual} the other owes something in turn; in {single} not.",
            all=shown.mutual + shown.single, mutual=shown.mutual, single=shown.single),
    ]  # fmt: skip
    said += [_league_words(league, called) for league in shown.leagues]
    told = [sentence for tie in shown.ties for sentence in _tie_words(tie, called)]
    said += told[:MOST_TOLD]
    if more := len(told) - MOST_TOLD:
        said += [plural("And {n} further tie.", "And {n} further ties.", more)] if more > 0 else []
    return " ".join(said)


def _named(states: Iterable[int], called: Mapping[int, str]) -> str:
    return listed(sorted(called[state] for state in states))


def pledge_words(pledges: Pledges) -> str:
    """The pledges by name, in their order."""
    return listed([say_in("pledge", PLEDGES[each].words) for each in ordered(pledges)])


def _league_words(league: League, called: Mapping[int, str]) -> str:
    what = pledge_words(league.pledges)
    if league.debtors == league.owed:
        return say(
            "Under {title} each of {n} owes every other {what}: {states}.",
            title=league.title, n=len(league.members), what=what, states=_named(league.members, called),
        )  # fmt: skip
    return say(
        "Under {title} {debtors} each owe {what} to {owed}.",
        title=league.title, what=what, debtors=_named(league.debtors, called), owed=_named(league.owed, called),
    )  # fmt: skip


def _tie_words(tie: Tie, called: Mapping[int, str]) -> Iterable[str]:
    one, other = called[tie.one], called[tie.other]
    if tie.both:
        yield say(
            "{one} and {other} owe each other {what}.", one=one, other=other, what=pledge_words(tie.both)
        )
    for debtor, owed, what in ((one, other, tie.first), (other, one, tie.second)):
        if what:
            yield say("{one} owes {other} {what}.", one=debtor, other=owed, what=pledge_words(what))


def _left_out(shown: Ties) -> list[str]:
    said: list[str] = []
    if shown.unsure:
        said.append(
            plural(
                "{n} obligation is not drawn: its dates leave open whether it was owed on that day.",
                "{n} obligations are not drawn: their dates leave open whether they were owed on that day.",
                shown.unsure,
            )
        )
    if shown.beyond:
        said.append(
            plural(
                "{n} obligation is not drawn: its data set does not cover that day.",
                "{n} obligations are not drawn: their data set does not cover that day.",
                shown.beyond,
            )
        )
    return said


# ---- drawn ----


Strand = tuple[Pledge | None, bool, bool]
"""A pledge, and whether it has an arrow at the other end and at this: neither where it goes both ways."""


def hubs(shown: Ties) -> list[tuple[str, dict[int, list[Strand]]]]:
    """Each instrument that is drawn as one sign: its title, and the strands between it and each of its members."""
    found: dict[str, tuple[str, dict[int, list[Strand]]]] = {}
    for league in shown.leagues:
        _, members = found.setdefault(league.instrument, (league.title, {}))
        for state in sorted(league.members):
            ends = (state not in league.owed, state not in league.debtors)
            members.setdefault(state, []).extend((pledge, *ends) for pledge in league.pledges)
    place = {pledge: n for n, pledge in enumerate(PLEDGES)}
    for _, members in found.values():
        for strands in members.values():
            strands.sort(key=lambda strand: place[strand[0]])
    return list(found.values())


def _paint(sheet: Sheet, shown: Ties, called: Mapping[int, str]) -> None:
    signs = hubs(shown)
    every = len(shown.ties) + sum(len(members) for _, members in signs) <= FEW
    # A few states need no whole page.
    most = min(sheet.width * 1.25, 110 + 24.0 * (len(shown.states) + len(signs)))
    tried = [(called, size) for size in _SIZES] + [(letters(shown), size) for size in _SIZES]
    labels = [_labels(sheet, shown, names, size) for names, size in tried]
    boxes = [
        [_box(label, size, n >= len(shown.states)) for n, label in enumerate(each)]
        for each, (_, size) in zip(labels, tried, strict=True)
    ]
    gaps = [size * 0.75 for _, size in tried]
    taken, placed = spread(list(zip(boxes, gaps, strict=True)), _lengths(shown, boxes[0]), sheet.room, most)
    if not placed.fits:
        raise Refused(Problem("F872", NOWHERE, {"n": str(len(shown.states) + len(signs))}))
    size = tried[taken][1]
    axes = sheet.board(placed.height + 4, gap=8)
    pen = _Pen(axes, placed, boxes[taken], size, 1 if every else 0.6)
    number = {state: n for n, state in enumerate(shown.states)}
    for n, (_, members) in enumerate(signs, len(shown.states)):
        for state, strands in members.items():
            pen.strands((number[state], n), strands[: None if every else 1])
    for tie in shown.ties:
        pen.strands((number[tie.one], number[tie.other]), _strands(tie, every))
    for n, label in enumerate(labels[taken]):
        pen.box(n, label, n >= len(shown.states))
    sheet.key(_key(shown, every))
    if not every:
        sheet.words(say("Of several pledges a line shows the first, in this order."), SMALL, SOFT, gap=2)
    if taken >= len(_SIZES):
        sheet.words(say("States by their codes on the day."), SMALL, SOFT, gap=2)


def letters(shown: Ties) -> dict[int, str]:
    """The states' codes on the day; the number of one that has none."""
    return {state: state_numbered(state, shown.on).removeprefix("cow:") for state in shown.states}


def _labels(sheet: Sheet, shown: Ties, names: Mapping[int, str], size: float) -> list[list[str]]:
    """The words of each box, states first."""
    states = [broken(names[state], 62, size) for state in shown.states]
    return [*states, *(broken(title, sheet.width / 8 + 32, size, "bold", most=4) for title, _ in hubs(shown))]


def _strands(tie: Tie, every: bool) -> list[Strand]:
    """Each pledge, and whether it has an arrow at the other and at the one: neither where it goes both ways."""
    found: list[Strand] = [
        (pledge, pledge in tie.first, pledge in tie.second)
        for pledge in ordered(tie.both | tie.first | tie.second)
    ]
    if every:
        return [
            (pledge, *ends)
            for pledge, there, back in found
            for ends in ([(True, False), (False, True)] if there and back else [(there, back)])
        ]
    there, back = bool(tie.both | tie.first), bool(tie.both | tie.second)
    return [(found[0][0], there and not back, back and not there)]


def _lengths(shown: Ties, boxes: Sequence[Box]) -> dict[Pair, float]:
    """How many steps long each tie is: longer between broad boxes, which hide a part of it."""
    number = {state: n for n, state in enumerate(shown.states)}
    pairs = [(number[tie.one], number[tie.other]) for tie in shown.ties]
    found = {(one, other): 0.8 + (boxes[one].wide + boxes[other].wide) / 240 for one, other in pairs}
    for n, (_, members) in enumerate(hubs(shown), len(shown.states)):
        # A large league needs a wide ring: its members stand around it.
        far = max(0.8, len(members) / 14)
        found |= {
            (number[state], n): far + (boxes[number[state]].wide + boxes[n].wide) / 300 for state in members
        }
    return found


def _box(label: Sequence[str], size: float, league: bool) -> Box:
    wide = max(measured(line, size, "bold" if league else "normal")[0] for line in label)
    return Box(wide + size * (1.1 if league else 0.9), size * 1.25 * len(label) + size * 0.55)


class _Pen:
    def __init__(self, axes: Any, placed: Placed, boxes: Sequence[Box], size: float, bold: float = 1) -> None:
        self.bold = bold
        self.axes, self.at, self.boxes, self.size = axes, placed.at, boxes, size
        self.patches: Any = import_module("matplotlib.patches")

    def strands(self, ends: Pair, found: Sequence[Strand]) -> None:
        """All pledges between two boxes, beside one another."""
        for place, (pledge, to_other, to_one) in enumerate(found):
            self.strand(ends, pledge, (place - (len(found) - 1) / 2) * _STRAND, to_other, to_one)

    def strand(self, ends: Pair, pledge: Pledge | None, off: float, to_other: bool, to_one: bool) -> None:
        """One pledge between two boxes, set off sideways; arrows where it goes one way only."""
        (x0, y0), (x1, y1) = (self.at[n] for n in ends)
        far = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1e-6)
        way = ((x1 - x0) / far, (y1 - y0) / far)
        sx, sy = -way[1] * off, way[0] * off
        start = _edge(self.boxes[ends[0]], way) + (1.2 if to_one else 0)
        stop = far - _edge(self.boxes[ends[1]], way) - (1.2 if to_other else 0)
        if stop <= start:
            return
        stroke = PLEDGES[pledge]
        head = 4.6 * self.bold**0.5
        begin, end = start + (head if to_one else 0), stop - (head if to_other else 0)
        spots = [(x0 + way[0] * t + sx, y0 + way[1] * t + sy) for t in (begin, end)]
        self.axes.plot(
            *zip(*spots, strict=True),
            **{**stroke.style, "linewidth": stroke.width * self.bold},
            zorder=1,
            clip_on=False,
        )
        for wanted, tip, turn in ((to_other, stop, 1), (to_one, start, -1)):
            if wanted:
                point = (x0 + way[0] * tip + sx, y0 + way[1] * tip + sy)
                self.head(point, (way[0] * turn, way[1] * turn), stroke.colour, head)

    def head(
        self, point: Pair | tuple[float, float], way: tuple[float, float], colour: str, size: float
    ) -> None:
        """The head of an arrow, its tip at a place."""
        x, y = point
        back = (x - way[0] * size, y - way[1] * size)
        side = (-way[1] * size * 0.42, way[0] * size * 0.42)
        corners = [(x, y), (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])]
        self.axes.add_patch(
            self.patches.Polygon(
                corners, closed=True, facecolor=colour, edgecolor="none", zorder=2, clip_on=False
            )
        )

    def box(self, n: int, label: Sequence[str], league: bool) -> None:
        """A state with a round frame, a league filled and with corners."""
        (x, y), box = self.at[n], self.boxes[n]
        round_ = 0.0 if league else min(box.wide, box.high) * 0.35
        self.axes.add_patch(
            self.patches.FancyBboxPatch(
                (x - box.wide / 2 + round_, y - box.high / 2 + round_), box.wide - 2 * round_, box.high - 2 * round_,
                boxstyle=f"round,pad={round_},rounding_size={round_}" if round_ else "square,pad=0",
                facecolor=FILL if league else PAPER, edgecolor=SOFT if league else INK, linewidth=0.7,
                zorder=3, clip_on=False,
            )
        )  # fmt: skip
        high = self.size * 1.25
        for line, text in enumerate(label):
            put(
                self.axes, x, y + high * ((len(label) - 1) / 2 - line), text, self.size, across="center",
                upright="center_baseline", weight="bold" if league else "normal", zorder=4,
            )  # fmt: skip


def _edge(box: Box, way: tuple[float, float]) -> float:
    """How far it is from the middle of a box to its edge, in a direction."""
    across = box.wide / 2 / abs(way[0]) if abs(way[0]) > 1e-9 else 1e9
    upward = box.high / 2 / abs(way[1]) if abs(way[1]) > 1e-9 else 1e9
    return min(across, upward)


def _key(shown: Ties, every: bool) -> list[Sample]:
    used: set[Pledge | None] = {
        pledge
        for _, members in hubs(shown)
        for strands in members.values()
        for pledge, _, _ in strands[: None if every else 1]
    }
    used |= {pledge for tie in shown.ties for pledge, _, _ in _strands(tie, every)}
    samples = [Sample(say_in("pledge", PLEDGES[each].words), _line(each)) for each in ordered(used)]
    if any(tie.first or tie.second for tie in shown.ties) or any(
        le.debtors != le.owed for le in shown.leagues
    ):
        samples.append(Sample(say("owed one way only"), _arrow))
    if shown.leagues:
        samples.append(Sample(say("treaty of many: each owes every other"), _sign))
    return samples


def _line(pledge: Pledge | None) -> Callable[[Any, float, float, float], None]:
    def draw(axes: Any, x: float, y: float, wide: float) -> None:
        axes.plot([x - wide / 2, x + wide / 2], [y, y], **PLEDGES[pledge].style)

    return draw


def _arrow(axes: Any, x: float, y: float, wide: float) -> None:
    axes.plot([x - wide / 2, x + wide / 2 - 4], [y, y], color=INK, linewidth=1.2)
    pen = _Pen(axes, Placed((), 0, True), (), TEXT)
    pen.head((x + wide / 2, y), (1, 0), INK, 5)


def _sign(axes: Any, x: float, y: float, wide: float) -> None:
    patches: Any = import_module("matplotlib.patches")
    axes.add_patch(
        patches.Rectangle(
            (x - wide / 2 + 2, y - 3.4), wide - 4, 6.8, facecolor=FILL, edgecolor=SOFT, linewidth=0.7
        )
    )
