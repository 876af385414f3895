"""All outcomes side by side: a column for each with its share of the strata, a row for each state that is at war in
some, a dot where it is. To the right, in what share of all strata a state is at war, and in what share a duty arose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.cascade.rounds.outcome import Group
from foedus.report.cascade_words import percent
from foedus.report.chains.pen import QUIET, SIDES, Pen, n, wide
from foedus.report.strata.told import WHOLE, Told, share_of, spoken
from foedus.report.strata.wording import in_words, title_words
from foedus.words.speech import say

WIDTH, SMALL = 940.0, 340.0
ROW, ROW_SMALL = 26.0, 44.0
BARS = 64.0
"""How high the bar of the largest outcome is."""
DUTY, WAR = 0, 1
"""The colours: a duty that arises, being at war."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where columns begin and how far apart they are, where rows begin, and the panel to the right of them; `upright`,
    whether shares are wider than columns, and turned."""

    small: bool
    left: float
    step: float
    top: float
    row: float
    right: float
    end: float
    upright: bool

    def x(self, column: int) -> float:
        return self.left + self.step * (column + 0.5)

    def y(self, row: int) -> float:
        return self.top + self.row * row + (self.row - 13 if self.small else self.row / 2)


def grid(told: Told, name: str, width: float = WIDTH) -> str:
    """The drawing as SVG."""
    small = width < 500
    states, outcomes = told.states, told.outcomes
    place = _placed(told, width, small)
    keys = [key for key in _keys(told) if not small or key[0] != "duty"]
    foot = place.top + place.row * len(states) + 10
    height = foot + 22 * (len(keys) if small else 1)
    pen = Pen.new(
        name, width, height, title_words(told), in_words(told), f"grid {'small' if small else 'wide'}"
    )
    _heads(pen, told, outcomes, place, foot)
    if not small:
        _scale(pen, place, foot)
    for row, state in enumerate(states):
        _row(pen, told, outcomes, place, row, state)
    x = 8.0
    for n_, (kind, words) in enumerate(keys):
        y = foot + 14 + (22 * n_ if small else 0)
        _sign(pen, x, y, kind)
        pen.text(x + 14, y + 4.5, words, kind="soft")
        x += 0 if small else 14 + wide(words) + 26
    return pen.done()


def _placed(told: Told, width: float, small: bool) -> _Place:
    count = max(len(told.outcomes), 1)
    labels = max((wide(percent(share_of(group.strata, told))) for group in told.outcomes), default=0)
    if small:
        step = min((width - 2) / count, 34.0)
        top = 26 + BARS + (labels if labels > step + 4 else 16) + 28
        return _Place(True, 1, step, top, ROW_SMALL, width, width, labels > step + 4)
    left = min(max((wide(_label(state)) for state in told.states), default=0) + 16, 250.0)
    figures = max(
        (wide(percent(share_of(strata, told))) for strata in told.strata.entered.values()), default=0
    )
    end = width - max(figures, 38) - 10
    step = min((end - left - 230) / count, 46.0)
    top = 26 + BARS + (labels if labels > step + 4 else 16) + 28
    return _Place(False, left, step, top, ROW, left + step * count + 26, end, labels > step + 4)


def _label(state: str) -> str:
    return say("{state} ({code})", state=spoken(state), code=state) if spoken(state) != state else state


def _heads(pen: Pen, told: Told, outcomes: Sequence[Group], place: _Place, foot: float) -> None:
    """The bars above the columns: each outcome's share, its number below."""
    most = max((share_of(group.strata, told) for group in outcomes), default=1.0)
    ground = place.top - 28
    head = say("share of the strata in each outcome")
    pen.text(place.left, 12, head, kind="soft")
    for column, group in enumerate(outcomes):
        share, x = share_of(group.strata, told), place.x(column)
        high = max(BARS * share / most, 1)
        half = min(place.step * 0.32, 13)
        pen.filled(
            f"M{n(x - half)} {n(ground)}V{n(ground - high)}H{n(x + half)}V{n(ground)}z",
            "mark side-1",
            SIDES[WAR],
        )
        if place.upright:
            pen.text(x + 4.5, ground - high - 5, percent(share), upright=True)
        else:
            pen.text(x, ground - high - 5, percent(share), "middle")
        pen.text(x, place.top - 10, str(group.number), "middle", bold=True)
        pen.path(f"M{n(x)} {n(place.top - 4)}V{n(foot - 8)}", "rule", QUIET, 0.4)
    pen.path(
        f"M{n(place.left)} {n(ground)}H{n(place.left + place.step * len(outcomes))}", "middle", QUIET, 0.8
    )
    if not place.small:
        pen.text(place.left - 12, place.top - 10, say("outcome"), "end", "soft")


def _scale(pen: Pen, place: _Place, foot: float) -> None:
    """The scale of the panel to the right, over all strata."""
    pen.text(place.right, place.top - 44, say("share of all strata"), kind="soft")
    for share in (0.0, 0.5, 1.0):
        x = place.right + (place.end - place.right) * share
        pen.path(f"M{n(x)} {n(place.top - 4)}V{n(foot - 8)}", "rule", QUIET, 0.5)
        anchor = "start" if share == 0 else "middle"
        pen.text(x, place.top - 10, say("{n} %", n=round(100 * share)), anchor, "soft")


def _row(pen: Pen, told: Told, outcomes: Sequence[Group], place: _Place, row: int, state: str) -> None:
    y = place.y(row)
    at_war, duty = (share_of(of.get(state, 0.0), told) for of in (told.strata.entered, told.strata.obliged))
    if place.small:
        pen.text(0, y - 16, spoken(state), room=place.end - wide(percent(at_war)) - 12)
        pen.text(place.end - 1, y - 16, percent(at_war), "end", "soft")
    else:
        pen.text(0, y + 4.5, _label(state), room=place.left - 12)
    pen.path(f"M{n(place.left)} {n(y)}H{n(place.left + place.step * len(outcomes))}", "rule", QUIET, 0.4)
    for column, group in enumerate(outcomes):
        share = group.entered.get(state, 1.0) if state in group.belligerents else 0.0
        _dot(pen, place.x(column), y, share)
    if not place.small:
        length = (place.end - place.right) * at_war
        pen.filled(
            f"M{n(place.right)} {n(y - 5)}h{n(length)}v10h{n(-length)}z", "mark side-1", SIDES[WAR]
        )  # fmt: skip
        if duty:
            pen.mark(place.right + (place.end - place.right) * duty, y, DUTY, False, "over ")
        pen.text(WIDTH - 1, y + 4.5, percent(at_war), "end", "soft")


def _dot(pen: Pen, x: float, y: float, share: float) -> None:
    if share >= WHOLE:
        pen.mark(x, y, WAR)
    elif share > 0:
        pen.mark(x, y, WAR, False)


def _keys(told: Told) -> list[tuple[str, str]]:
    """The marks that are drawn, with what they mean."""
    shares = [group.entered.get(state, 1.0) for group in told.outcomes for state in group.belligerents]
    found: list[tuple[str, str]] = []
    if any(share >= WHOLE for share in shares):
        found.append(("full", say("at war") if not told.chances else say("at war in every world")))
    if any(share < WHOLE for share in shares):
        found.append(("hollow", say("at war in some worlds")))
    if any(told.strata.obliged.get(state) for state in told.states):
        found.append(("duty", say("a duty to fight or help arises (right)")))
    return found


def _sign(pen: Pen, x: float, y: float, kind: str) -> None:
    pen.mark(x, y, DUTY if kind == "duty" else WAR, kind == "full")
