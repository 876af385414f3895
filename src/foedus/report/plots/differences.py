"""What a counterfactual changes: each state's chance of entry as it is and as it would be.

On either side of the middle a hollow mark is the chance as it is, a full one as it would be, an arrow leads from the
one to the other. What may be an error of simulation (the intervals overlap, or that of the difference holds nought)
is drawn fainter, and said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.cascade.result import Chance, Result
from foedus.report.chains.wording import how_found, with_interval
from foedus.report.lists import decimal
from foedus.report.plots.chances import MOST, axis, heads
from foedus.report.plots.figure import SMALL, Columns, Figure, Sample, Sheet, clipped, measured, put
from foedus.report.plots.naming import source_line
from foedus.report.plots.palette import INK, PAPER, SIDES
from foedus.report.plots.save import save
from foedus.sources.edition import Edition
from foedus.words.speech import say

LEAST = 0.0005
"""A change of less is none that could be drawn."""

Pairs = Sequence[tuple[Chance, Chance]]


@dataclass(frozen=True)
class Change:
    """A state's chance on one side, as it is and as it would be; `paired`, if given, is the difference with its own
    error, from worlds that share their coins."""

    name: str
    side: int
    before: Chance
    after: Chance
    paired: Chance | None = None

    @property
    def by(self) -> float:
        """By how much it changes."""
        return self.paired.value if self.paired else self.after.value - self.before.value

    @property
    def sure(self) -> bool:
        """Whether it is more than the error of simulation leaves open."""
        if self.paired and not self._exact:
            return not self.paired.low <= 0 <= self.paired.high
        return self.after.low > self.before.high or self.after.high < self.before.low or self._exact

    @property
    def _exact(self) -> bool:
        return self.before.exact is not None and self.after.exact is not None and self.by != 0


def draw_differences(
    before: Result, after: Result, supposed: str, path: Path, *, columns: Columns = "two",
    editions: Sequence[Edition] = (), names: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """Draw the differences into a file (`save`), and return their words."""
    return save(differences(before, after, supposed, columns=columns, editions=editions, names=names), path)


def differences(
    before: Result, after: Result, supposed: str, *, columns: Columns = "two", editions: Sequence[Edition] = (),
    names: Mapping[str, str] | None = None, paired: Pairs | None = None, spoken: tuple[str, str] | None = None,
) -> Figure:  # fmt: skip
    """What changes between two results of one shock. `supposed` says in words what is changed, to stand after a
    colon: `without the convention of 1894`; `paired` are the differences with their errors, by state and side, where
    both were counted in worlds that share their coins; `spoken` the two of the shock as a sentence has them. States
    are matched by name.

    Raises ValueError where the shocks differ.
    """
    called = [(names or {}).get(state, state) for state in before.model.states]
    ends = spoken or (called[before.shock.attacker], called[before.shock.target])
    other = tuple(after.model.states[n] for n in (after.shock.attacker, after.shock.target))
    if other != tuple(before.model.states[n] for n in (before.shock.attacker, before.shock.target)):
        raise ValueError("two results of one shock")
    changes = changes_of(before, after, names, paired)
    shown = changes[:MOST]
    shock = say("{attacker} attacks {target}", attacker=ends[0], target=ends[1])
    return Figure(
        say("{shock}: {supposed}", shock=shock, supposed=supposed),
        in_words(shock, supposed, changes, before, after, ends),
        source_line(editions, more=[how_found(before)]),
        columns,
        lambda sheet: _paint(sheet, shown, ends),
    )


def changes_of(
    before: Result, after: Result, names: Mapping[str, str] | None = None, paired: Pairs | None = None
) -> list[Change]:
    """Every change that can be drawn, the largest first."""
    later = dict(zip(after.model.states, after.entered, strict=True))
    found = [
        Change(
            (names or {}).get(state, state),
            side,
            chances[side],
            later[state][side],
            paired[number][side] if paired else None,
        )
        for number, (state, chances) in enumerate(zip(before.model.states, before.entered, strict=True))
        if state in later
        for side in (0, 1)
    ]
    return sorted(
        (each for each in found if abs(each.by) >= LEAST),
        key=lambda each: (-abs(each.by), each.name, each.side),
    )


def points(by: float) -> str:
    """`−12.3 points`."""
    return say("{n} points", n=_by(by)).replace(" ", "\u00a0")


def _by(by: float) -> str:
    return ("+" if by > 0 else "−") + decimal(f"{abs(100 * by):.1f}")


def in_words(
    shock: str, supposed: str, changes: Sequence[Change], before: Result, after: Result, ends: Sequence[str]
) -> str:
    """Every change with both chances, and which of them may be chance alone."""
    said = [say("How chances of entry after {shock} change: {supposed}.", shock=shock, supposed=supposed)]
    for each in changes:
        sentence = say(
            "{state} with {side}: from {before} to {after}, {by}.",
            state=each.name, side=ends[each.side], before=with_interval(each.before),
            after=with_interval(each.after), by=points(each.by),
        )  # fmt: skip
        said.append(
            sentence if each.sure else say("{said} That may be an error of simulation.", said=sentence)
        )
    if not changes:
        said.append(say("Nobody’s chance changes."))
    quiet = (with_interval(before.quiet), with_interval(after.quiet))
    said.append(say("That nobody joins: from {before} to {after}.", before=quiet[0], after=quiet[1]))
    return " ".join(said)


def _paint(sheet: Sheet, changes: Sequence[Change], ends: Sequence[str]) -> None:
    if not changes:
        sheet.words(say("Nobody’s chance changes."))
        return
    names = list(dict.fromkeys(each.name for each in changes))
    left = min(max(measured(name)[0] for name in names), sheet.room * 0.34) + 12
    right = max(measured(_by(1.0))[0], measured(say("points"), SMALL)[0]) + 18
    heads(sheet, [say("with {state}", state=end) for end in ends], left, right, at_right=say("points"))
    axes, scale = axis(sheet, len(names), left, right)
    for n, name in enumerate(names):
        put(axes, -1 - 8 * scale, n, clipped(name, left - 10), across="right")
        mine = [each for each in changes if each.name == name]
        for each in mine:
            _arrow(axes, n, each, scale)
        by = max(mine, key=lambda each: abs(each.by)).by
        put(axes, 1 + (right - 2) * scale, n, _by(by), across="right")
    sheet.key(
        [
            Sample(say("as it is"), _sample(False)),
            Sample(say("as it would be"), _sample(True)),
            *(
                [Sample(say("may be an error of simulation"), _faint)]
                if any(not each.sure for each in changes)
                else []
            ),
        ]
    )
    if len({each.name for each in changes}) < len(changes):
        sheet.words(say("At the right the larger of a state’s two changes."))


def _arrow(axes: Any, y: float, change: Change, scale: float) -> None:
    sign, mark = (-1, 1)[change.side], SIDES[change.side]
    start, stop = sign * change.before.value, sign * change.after.value
    alpha = 1 if change.sure else 0.45
    axes.plot([start, stop], [y, y], color=mark.colour, alpha=alpha, linewidth=1.3, zorder=1)
    if abs(stop - start) > 13 * scale:  # a shorter way has no room for a head: full and hollow tell it
        axes.annotate(
        "", (stop, y), (start, y), zorder=2, annotation_clip=False,
        arrowprops={
            "arrowstyle": "-|>,head_length=0.28,head_width=0.12", "color": mark.colour, "alpha": alpha,
            "linewidth": 0, "shrinkA": 2.4, "shrinkB": 2.6, "mutation_scale": 14,
        },
      )  # fmt: skip
    for value, full in ((start, False), (stop, True)):
        axes.plot(
            [value], [y], marker=mark.shape, markersize=4, color=mark.colour, alpha=alpha, markeredgewidth=1,
            markerfacecolor=mark.colour if full else PAPER, linestyle="none", zorder=3, clip_on=False,
        )  # fmt: skip


def _sample(full: bool) -> Any:
    def draw(axes: Any, x: float, y: float, _wide: float) -> None:
        axes.plot(
            [x],
            [y],
            marker="D",
            markersize=4,
            color=INK,
            linestyle="none",
            markerfacecolor=INK if full else PAPER,
        )

    return draw


def _faint(axes: Any, x: float, y: float, wide: float) -> None:
    axes.plot([x - wide / 2, x + wide / 2], [y, y], color=INK, alpha=0.45, linewidth=1.3)


__all__ = ["Change", "changes_of", "differences", "draw_differences", "in_words", "points"]
