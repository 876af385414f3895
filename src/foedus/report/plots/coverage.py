"""A panel's coverage over time: states, pairs with each pledge, and from when to when each data set knows anything.

A year that a data set does not cover is hatched, never nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from foedus.obligations.obligation import PLEDGES, Obligation, Pledge
from foedus.report.plots.figure import SMALL, TEXT, Columns, Figure, Sample, Sheet, broken, measured, put
from foedus.report.plots.naming import source_line, titled
from foedus.report.plots.palette import HAIR, INK, SOFT, contrast
from foedus.report.plots.palette import PLEDGES as STROKES
from foedus.report.plots.save import save
from foedus.sources.edition import Edition
from foedus.words.speech import say, say_in

Counts = tuple[int | None, ...]
"""A number for each year; None where nothing is known."""


@dataclass(frozen=True)
class Span:
    """From which year to which a data set covers, both included."""

    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Counted:
    """The pairs with each pledge by one data set (`name` empty: by all of them). Of a `selection`, such as treaty
    pages, the numbers are the least there are."""

    name: str
    pairs: Mapping[Pledge, Counts]
    selection: bool = False


@dataclass(frozen=True)
class Coverage:
    """What is known of each year from `first` on: states in the system, pairs with each pledge, and the spans of the
    data sets."""

    first: int
    states: Counts
    sets: tuple[Counted, ...]
    spans: tuple[Span, ...]
    directed: bool = True

    @property
    def last(self) -> int:
        """The last year."""
        lengths = [len(counts) for each in self.sets for counts in each.pairs.values()]
        return self.first + max(len(self.states), *lengths) - 1


def coverage_of(
    obligations: Iterable[Obligation], editions: Sequence[Edition], first: int, last: int,
    *, states: Mapping[int, int] | None = None,
) -> Coverage:  # fmt: skip
    """The coverage from obligations: directed pairs with each pledge in force on any day of a year. Years that no
    edition among those of the obligations covers are not known. `states` are the states of each year, if known."""
    years = range(first, last + 1)
    by_edition = {edition.id: edition for edition in editions}
    pairs: dict[Pledge, list[set[tuple[int, int]]]] = {pledge: [set() for _ in years] for pledge in PLEDGES}
    used: set[str] = set()
    for one in obligations:
        if one.pledge is None:
            continue
        used.add(one.edition)
        edition = by_edition.get(one.edition)
        stop = edition.last if edition else date(last, 12, 31)
        end = min(one.until.last.toordinal() - 1, stop.toordinal()) if one.until else stop.toordinal()
        begin = max(one.start.first, edition.first) if edition else one.start.first
        if end < begin.toordinal():
            continue
        for year in range(max(begin.year, first), min(date.fromordinal(end).year, last) + 1):
            pairs[one.pledge][year - first].add((one.debtor, one.beneficiary))
    reach = [by_edition[name] for name in sorted(used) if name in by_edition]
    known = [
        not reach or any(edition.first.year <= year <= edition.last.year for edition in reach)
        for year in years
    ]
    return Coverage(
        first,
        tuple((states or {}).get(year) for year in years),
        (
            Counted(
                "",
                {
                    pledge: tuple(
                        len(found) if sure else None for found, sure in zip(counts, known, strict=True)
                    )
                    for pledge, counts in pairs.items()
                },
            ),
        ),
        tuple(Span(titled(edition), edition.first.year, edition.last.year) for edition in editions),
    )


def draw_coverage(
    shown: Coverage, path: Path, *, columns: Columns = "two", editions: Sequence[Edition] = ()
) -> str:
    """Draw the coverage into a file (`save`), and return its words."""
    return save(coverage(shown, columns=columns, editions=editions), path)


def coverage(shown: Coverage, *, columns: Columns = "two", editions: Sequence[Edition] = ()) -> Figure:
    """The coverage of a panel as a figure."""
    return Figure(
        say("What is known of each year, {first} to {last}", first=shown.first, last=shown.last),
        in_words(shown),
        source_line(editions),
        columns,
        lambda sheet: _paint(sheet, shown),
    )


# ---- in words ----


def in_words(shown: Coverage) -> str:
    """What the figure shows: each line's first, highest and last number, and the years that are missing."""
    said = [say("What is known of each year, {first} to {last}.", first=shown.first, last=shown.last)]
    if told := _course(shown.first, shown.states):
        said.append(say("States in the system: {course}.", course=told))
    for each in shown.sets:
        for pledge, counts in each.pairs.items():
            if told := _course(shown.first, counts):
                name = say_in("pledge", STROKES[pledge].words)
                said.append(
                    say("{what} {pledge}: {course}.", what=pairs_words(shown, each), pledge=name, course=told)
                )
    every = [(say("states"), shown.states)]
    every += [(each.name or say("pairs"), counts) for each in shown.sets for counts in _first(each.pairs)]
    for name, counts in every:
        for begin, end in gaps(counts):
            said.append(
                say(
                    "Nothing is known of {what} from {first} to {last}.",
                    what=name, first=shown.first + begin, last=shown.first + end,
                )
            )  # fmt: skip
    said += [
        say("{name} covers {first} to {last}.", name=span.name, first=span.first, last=span.last)
        for span in shown.spans
    ]
    return " ".join(said)


def pairs_words(shown: Coverage, each: Counted) -> str:
    """What is counted: `Directed pairs with a pledge of`, by which data set."""
    if not each.name:
        return say("Directed pairs with a pledge of") if shown.directed else say("Pairs with a pledge of")
    if each.selection:
        return say("{name}, a selection: at least so many pairs with a pledge of", name=each.name)
    if shown.directed:
        return say("{name}: directed pairs with a pledge of", name=each.name)
    return say("{name}: pairs with a pledge of", name=each.name)


def _first(pairs: Mapping[Pledge, Counts]) -> list[Counts]:
    """The counts whose gaps speak for all: each that lacks other years than those before it."""
    found: dict[tuple[tuple[int, int], ...], Counts] = {}
    for counts in pairs.values():
        found.setdefault(tuple(gaps(counts)), counts)
    return list(found.values())


def _course(first: int, counts: Counts) -> str:
    known = [(first + n, count) for n, count in enumerate(counts) if count is not None]
    if not known:
        return ""
    highest = max(known, key=lambda each: (each[1], -each[0]))
    return say(
        "{start} in {begin}, at most {most} in {when}, {stop} in {end}",
        start=known[0][1], begin=known[0][0], most=highest[1], when=highest[0], stop=known[-1][1], end=known[-1][0],
    )  # fmt: skip


def gaps(counts: Counts) -> list[tuple[int, int]]:
    """Runs of years of which nothing is known, as places from the first year, both ends included.

    >>> gaps((1, None, None, 2, None))
    [(1, 2), (4, 4)]
    """
    runs = groupby(enumerate(counts), key=lambda each: each[1] is None)
    found = [[place for place, _ in run] for missing, run in runs if missing]
    return [(run[0], run[-1]) for run in found]


# ---- drawn ----

_LEFT = 34.0
_RIGHT = 78.0
_HIGH = 118.0


def _paint(sheet: Sheet, shown: Coverage) -> None:
    end = shown.last + 1
    missing = any(gaps(shown.states)) or any(gaps(c) for each in shown.sets for c in each.pairs.values())
    if any(count is not None for count in shown.states):
        sheet.words(say("States in the system"), gap=2)
        axes = _axes(sheet, 58, shown.first, end)
        _line(axes, shown.first, shown.states, {"color": INK, "linewidth": 1.3})
        _hatch(axes, shown.first, gaps(shown.states))
    for each in shown.sets:
        sheet.words(pairs_words(shown, each), gap=2)
        axes = _axes(sheet, _HIGH, shown.first, end)
        for pledge, counts in each.pairs.items():
            _line(axes, shown.first, counts, STROKES[pledge].style)
        courses = _first(each.pairs)
        _hatch(axes, shown.first, gaps(courses[0]) if len(courses) == 1 else [])
        _ends(axes, each.pairs, sheet.room - _LEFT - _RIGHT)
    if shown.spans:
        sheet.words(say("Years that each data set covers"), gap=2)
        _spans(sheet, shown, end)
    if missing:
        sheet.key([Sample(say("not covered by the data: missing, not nought"), _sample)])


def _axes(sheet: Sheet, height: float, first: int, end: int) -> Any:
    axes = sheet.strip(height, _LEFT, _RIGHT, gap=20)
    axes.set_xlim(first, end)
    axes.tick_params(length=2.5, pad=2)
    axes.yaxis.set_major_locator(_whole(4))
    axes.xaxis.set_major_locator(_whole(8))
    axes.yaxis.set_major_formatter(_thousands)
    axes.xaxis.set_major_formatter(_year)
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=HAIR, linewidth=0.5)
    return axes


def _thousands(value: float, _: object) -> str:
    return f"{int(value):,}".replace(",", "\u202f")


def _year(value: float, _: object) -> str:
    return str(int(value))


def _whole(most: int) -> Any:
    return import_module("matplotlib.ticker").MaxNLocator(most, integer=True, steps=[1, 2, 2.5, 5, 10])


def _line(axes: Any, first: int, counts: Counts, style: Mapping[str, Any]) -> None:
    """A line as high as each year's number over the whole year; a year of which nothing is known is a gap."""
    values = [float("nan") if count is None else count for count in counts]
    axes.step([first + n for n in range(len(values) + 1)], [*values, *values[-1:]], where="post", **style)
    highest = max((count for count in counts if count is not None), default=1)
    axes.set_ylim(0, max(axes.get_ylim()[1] if axes.lines[:-1] else 0, highest * 1.06, 1))


def _hatch(axes: Any, first: int, missing: Sequence[tuple[int, int]]) -> None:
    for begin, end in missing:
        axes.axvspan(
            first + begin,
            first + end + 1,
            facecolor="none",
            edgecolor=SOFT,
            hatch="////",
            linewidth=0,
            zorder=0,
        )


def _ends(axes: Any, pairs: Mapping[Pledge, Counts], room: float) -> None:
    """The names of the lines at their right ends, pushed apart where they would meet."""
    top = axes.get_ylim()[1]
    ends: list[tuple[int, Pledge]] = [
        (next(count for count in reversed(counts) if count is not None), pledge)
        for pledge, counts in pairs.items()
        if any(count is not None for count in counts)
    ]
    step = TEXT * 1.25 / _HIGH * top
    heights: list[float] = []
    for value, _ in sorted(ends, key=lambda each: each[0]):
        heights.append(max(value, heights[-1] + step if heights else 0.0))
    over = heights[-1] - top * 1.02 if heights else 0
    if over > 0:
        limit = top * 1.02
        for n in range(len(heights) - 1, -1, -1):
            heights[n] = min(heights[n], limit)
            limit = heights[n] - step
    for (_, pledge), height in zip(sorted(ends, key=lambda each: each[0]), heights, strict=True):
        stroke = STROKES[pledge]
        colour = stroke.colour if contrast(stroke.colour) >= 4.5 else INK
        words = say_in("pledge", stroke.words)
        trans = axes.get_yaxis_transform()
        axes.plot(
            [1 + 4 / room, 1 + 18 / room], [height, height], transform=trans, clip_on=False, **stroke.style
        )
        put(axes, 1 + 21 / room, height, words, SMALL, colour, transform=trans)


def _spans(sheet: Sheet, shown: Coverage, end: int) -> None:
    row = TEXT * 2.5
    axes = sheet.strip(row * len(shown.spans), _LEFT, _RIGHT, gap=16)
    axes.set_xlim(shown.first, end)
    axes.set_ylim(len(shown.spans), 0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(_whole(8))
    axes.xaxis.set_major_formatter(_year)
    room = sheet.room - _LEFT
    for n, span in enumerate(shown.spans):
        begin, stop = max(span.first, shown.first), min(span.last + 1, end)
        label = broken(f"{span.name}, {span.first}–{span.last}", room, SMALL, most=1)[0]
        for left, right in ((shown.first, begin), (stop, end)):
            if right > left:
                axes.axvspan(
                    left, right, 1 - (n + 0.86) / len(shown.spans), 1 - (n + 0.58) / len(shown.spans),
                    facecolor="none", edgecolor=SOFT, hatch="////", linewidth=0,
                )  # fmt: skip
        if stop > begin:
            axes.barh(n + 0.72, stop - begin, 0.28, begin, color=INK, linewidth=0)
        at = (max(begin, shown.first) - shown.first) / (end - shown.first) * (room - _RIGHT)
        at = max(0.0, min(at, room - measured(label, SMALL)[0]))
        put(axes, shown.first + at / (room - _RIGHT) * (end - shown.first), n + 0.3, label, SMALL)


def _sample(axes: Any, x: float, y: float, wide: float) -> None:
    axes.axhspan(
        y - 3.4, y + 3.4, (x - wide / 2) / axes.get_xlim()[1], (x + wide / 2) / axes.get_xlim()[1],
        facecolor="none", edgecolor=SOFT, hatch="////", linewidth=0,
    )  # fmt: skip


__all__ = ["Counted", "Coverage", "Span", "coverage", "coverage_of", "draw_coverage", "gaps", "in_words"]
