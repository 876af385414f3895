"""The course of one stratum, round by round from above: a line for each state, strong from where it is at war; an
arrow for each act, from whoever does it to whom it is done; beside it what it is, and by which article it is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.cascade.rounds.example import Example
from foedus.report.chains.pen import QUIET, SIDES, SIGN, Pen, n, wide
from foedus.report.layout import wrap
from foedus.report.strata.told import Act, Told, drawn_of, enters_at, lines_of
from foedus.report.strata.wording import act_words, because_words, course_title, course_words
from foedus.words.speech import say

WIDTH, SMALL = 940.0, 340.0
LINE = 17.0
SPARE = 9.0
MOST_LINES = 24
"""With more states than this there is no drawing; the table has all."""
HEAD = 44.0
DUTY, WAR = 0, 1


@dataclass(frozen=True, slots=True)
class _Text:
    """Where words stand: the rounds (None: above the acts), the acts, the norms, each with its room in letters."""

    round: float | None
    act: tuple[float, int]
    norm: tuple[float, int]


@dataclass(frozen=True, slots=True)
class _Row:
    """An act with its words, and where it stands."""

    act: Act
    first: bool  # of its round
    words: tuple[str, ...]
    reasons: tuple[str, ...]
    top: float
    high: float
    y: float


def course(example: Example, told: Told, name: str, width: float = WIDTH) -> str:
    """The drawing as SVG; nothing where there are more states than have room."""
    acts = drawn_of(example.course)
    states = lines_of(example.course, acts)
    if len(states) > MOST_LINES:
        return ""
    small = width < 500
    step = min(15.0, 130 / max(len(states), 1)) if small else min(34.0, 400 / max(len(states), 1))
    upright = step < 32
    edge = 8.0 if upright else 15.0
    at = {state: edge + step * number for number, state in enumerate(states)}
    left = edge + step * (len(states) - 1) + (22 if small else 40)
    text = _text(left, width, small)
    head = HEAD if upright else 24.0
    rows = _rows(acts, told, text, head)
    height = (rows[-1].top + rows[-1].high if rows else head) + 2
    kind = f"course {'small' if small else 'wide'}"
    pen = Pen.new(name, width, height, course_title(example), course_words(example, told), kind)
    for state in states:
        if upright:
            pen.text(at[state] + 4.5, head - 6, state, upright=True, bold=True)
        else:
            pen.text(at[state], 13, state, "middle", bold=True)
    for row in rows:
        if row.first:
            pen.path(f"M0 {n(row.top)}H{n(width)}", "rule", QUIET, 0.5)
    for state in states:
        _line(pen, at[state], head, height, enters_at(state, acts), rows)
    for row in rows:
        _arrow(pen, row.act, at, row.y, step)
        _words(pen, row, text)
    return pen.done()


def _text(left: float, width: float, small: bool) -> _Text:
    """In wide drawings three columns; in small ones all below one another."""
    if small:
        room = int((width - left) / (SIGN * 1.09))
        return _Text(None, (left, room), (left, room))
    act = left + wide(say("round {n}", n=10)) + 8
    norm = act + (width - act) * 0.49
    return _Text(left, (act, int((norm - act - 10) / SIGN)), (norm, int((width - norm) / SIGN)))


def _rows(acts: Sequence[Act], told: Told, text: _Text, top: float) -> list[_Row]:
    found: list[_Row] = []
    for number, act in enumerate(acts):
        first = number == 0 or acts[number - 1].round != act.round
        words = tuple(wrap(act_words(act), text.act[1]))
        reasons = tuple(wrap(because_words(act, told), text.norm[1]))
        above = first and text.round is None  # the round has a line of its own
        lines = above + len(words) + len(reasons) if text.round is None else max(len(words), len(reasons))
        high = LINE * lines + SPARE
        found.append(_Row(act, first, words, reasons, top, high, top + LINE * above + LINE / 2 + 4))
        top += high
    return found


def _words(pen: Pen, row: _Row, text: _Text) -> None:
    y = row.y + 4.5
    if row.first:
        words = say("round {n}", n=row.act.round)
        x = text.act[0] if text.round is None else text.round
        pen.text(x, y - LINE if text.round is None else y, words, kind="soft")
    for number, line in enumerate(row.words):
        pen.text(text.act[0], y + LINE * number, line)
    below = len(row.words) if text.round is None else 0
    for number, line in enumerate(row.reasons):
        pen.text(text.norm[0], y + LINE * (below + number), line, kind="soft")


def _line(pen: Pen, x: float, head: float, foot: float, enters: int | None, rows: Sequence[_Row]) -> None:
    begins = rows[enters].y if enters is not None else foot
    pen.path(f"M{n(x)} {n(head)}V{n(begins)}", "rule", QUIET, 1)
    if enters is not None:
        pen.path(f"M{n(x)} {n(begins)}V{n(foot)}", "side-1", SIDES[WAR], 4)


def _arrow(pen: Pen, act: Act, at: dict[str, float], y: float, step: float) -> None:
    """From whoever does it to whom it is done: red and whole by a duty, dashed by a plan, black of the shock, by what
    it is done most often; the head is full for war and force, open for anything else."""
    kinds = {step.kind for step in act.reasons if step.share == act.share}
    duty = "duty" in kinds
    kind, colour = ("side-0", SIDES[DUTY]) if duty else ("ink", "currentColor")
    dashes = "4 3" if not duty and "plan" in kinds else ""
    x = at[act.state]
    if act.target is None or act.target not in at:
        pen.path(_ring(x, y, min(6.0, step * 0.45)), kind, colour, 1.8, "3 2" if dashes else "")
        return
    to = at[act.target]
    sign = 1 if to > x else -1
    end = to - sign * 3
    size = min(8.0, step * 0.5)
    pen.path(f"M{n(x)} {n(y)}H{n(end - sign * (size - 1 if act.fights else 0))}", kind, colour, 2, dashes)
    pen.filled(_ring(x, y, min(3.4, step * 0.28)), f"dot {kind}", colour)
    tip = (
        f"M{n(end - sign * size)} {n(y - size / 2)}L{n(end)} {n(y)}L{n(end - sign * size)} {n(y + size / 2)}"
    )
    if act.fights:
        pen.filled(tip + "z", f"dot {kind}", colour)
    else:
        pen.path(tip, kind, colour, 1.8)


def _ring(x: float, y: float, r: float) -> str:
    return f"M{n(x - r)} {n(y)}a{n(r)} {n(r)} 0 1 0 {n(2 * r)} 0a{n(r)} {n(r)} 0 1 0 {n(-2 * r)} 0z"


def key(name: str, width: float = WIDTH) -> str:
    """What lines, heads and colours mean, one below the other."""
    words = (
        say("by a duty"), say("by a plan, which obliges nobody"), say("the shock"), say("war or force"),
        say("mobilisation, or help without war"), say("mobilises all its forces"), say("at war from here on"),
    )  # fmt: skip
    small = width < 500
    columns = 1 if small else 3
    pen = Pen.new(
        name, width, 8 + 24 * -(-len(words) // columns), say("What the drawings of courses mean"),
        say("Samples: {samples}.", samples="; ".join(words)), f"key {'small' if small else 'wide'}",
    )  # fmt: skip
    for number, text in enumerate(words):
        x, y = width / columns * (number % columns) + 4, 16 + 24 * (number // columns)
        _sample(pen, number, x, y)
        pen.text(x + 44, y + 4.5, text, kind="soft")
    return pen.done()


def _sample(pen: Pen, number: int, x: float, y: float) -> None:
    if number == 6:
        pen.path(f"M{n(x)} {n(y)}h16", "rule", QUIET, 1)
        pen.path(f"M{n(x + 16)} {n(y)}h18", "side-1", SIDES[WAR], 4)
    elif number == 5:
        pen.path(_ring(x + 17, y, 6), "ink", "currentColor", 1.8)
    else:
        kind, colour = ("side-0", SIDES[DUTY]) if number == 0 else ("ink", "currentColor")
        pen.path(f"M{n(x)} {n(y)}h{30 if number != 3 else 26}", kind, colour, 2, "4 3" if number == 1 else "")
        if number == 3:
            pen.filled(f"M{n(x + 26)} {n(y - 4)}l8 4l-8 4z", "dot ink", "currentColor")
        if number == 4:
            pen.path(f"M{n(x + 22)} {n(y - 4)}l8 4l-8 4", "ink", "currentColor", 1.8)
