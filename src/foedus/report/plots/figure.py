"""A figure before it is drawn, and the sheet on which it is painted from the top down.

All lengths are in points (72 to an inch). A `Sheet` gives out strips, one below the other, and is as high as what was
put on it; so that words never run over its edge, they are measured and broken before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, Literal

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.visible import visible
from foedus.report.plots.palette import INK, SOFT
from foedus.words.speech import aloud

Columns = Literal["one", "two"]
WIDTHS: dict[Columns, float] = {"one": 252.0, "two": 518.0}
"""One column of a journal (89 mm) and two (183 mm)."""

MARGIN = 6.0
TEXT = 7.5
SMALL = 6.2
"""The size of what is read, and of notes: none below six points."""
LINE = 1.32
_SPARE = 0.985
"""A line is filled up to here: letters of a screen may be a little broader than measured."""


@dataclass(frozen=True)
class Figure:
    """A figure: `alt` says what it shows to whoever does not see it, `source` from which data it is."""

    title: str
    alt: str
    source: str
    columns: Columns
    paint: Callable[[Sheet], None]


@dataclass(frozen=True)
class Sample:
    """An entry of a key: `draw` paints a sample into the axes around a point, as wide as given."""

    words: str
    draw: Callable[[Any, float, float, float], None]


@dataclass
class _Strip:
    axes: Any
    top: float
    height: float
    left: float
    right: float


@dataclass
class Sheet:
    """What is painted on. `width` is that of the whole; `top` grows as strips are given out."""

    picture: Any
    width: float
    top: float = MARGIN
    strips: list[_Strip] = field(default_factory=list[_Strip])

    @property
    def room(self) -> float:
        """How wide a strip is that leaves the margins free."""
        return self.width - 2 * MARGIN

    def strip(self, height: float, left: float = 0, right: float = 0, gap: float = 4) -> Any:
        """Axes over the next strip; `left` and `right` are kept free beside them, `gap` below."""
        axes = self.picture.add_axes((0, 0, 1, 1), label=str(len(self.strips)))
        self.strips.append(_Strip(axes, self.top, height, MARGIN + left, MARGIN + right))
        self.top += height + gap
        return axes

    def board(self, height: float, gap: float = 4) -> Any:
        """Axes without an axis, in points from the left below: for drawings and words."""
        axes = self.strip(height, gap=gap)
        axes.set_axis_off()
        axes.set_xlim(0, self.room)
        axes.set_ylim(0, height)
        return axes

    def words(
        self, text: str, size: float = TEXT, colour: str = INK, weight: str = "normal", gap: float = 4
    ) -> None:
        """A paragraph over the whole width."""
        lines = broken(text, self.room, size, weight)
        high = size * LINE
        axes = self.board(high * len(lines), gap)
        for n, line in enumerate(lines):
            put(axes, 0, high * (len(lines) - n) - high / 2, line, size, colour, weight=weight)

    def key(self, samples: Sequence[Sample], gap: float = 4) -> None:
        """What the marks mean, in as many lines as it takes."""
        rows: list[list[tuple[float, Sample]]] = []
        x = self.room + 1
        for sample in samples:
            wide = 26 + measured(sample.words, TEXT)[0] + 12
            if x + wide - 12 > self.room:
                rows.append([])
                x = 0
            rows[-1].append((x, sample))
            x += wide
        high = TEXT * 1.55
        axes = self.board(high * len(rows), gap)
        for n, row in enumerate(rows):
            y = high * (len(rows) - n) - high / 2
            for x, sample in row:
                sample.draw(axes, x + 11, y, 22)
                put(axes, x + 26, y, sample.words)

    def finished(self) -> Any:
        """The picture, in its size, every strip in its place."""
        height = self.top + MARGIN - 4
        self.picture.set_size_inches(self.width / 72, height / 72)
        for strip in self.strips:
            wide = self.width - strip.left - strip.right
            box = (strip.left / self.width, 1 - (strip.top + strip.height) / height)
            strip.axes.set_position((*box, wide / self.width, strip.height / height))
        return self.picture


def put(
    axes: Any, x: float, y: float, text: str, size: float = TEXT, colour: str = INK, *,
    weight: str = "normal", across: str = "left", upright: str = "center_baseline", **more: Any,
) -> Any:  # fmt: skip
    """Words at a place. Nothing in them is taken for mathematics, or hides."""
    return axes.text(
        x, y, visible(aloud(text)), fontsize=size, color=colour, fontweight=weight, ha=across, va=upright,
        parse_math=False, **more,
    )  # fmt: skip


def drawn(figure: Figure) -> Any:
    """The figure as matplotlib's, for `save.py` and for tests. Raises `Refused` (F559) without matplotlib."""
    library = matplotlib()
    with library.rc_context(STYLE):
        picture = import_module("matplotlib.figure").Figure(figsize=(1, 1), dpi=100, layout="none")
        sheet = Sheet(picture, WIDTHS[figure.columns])
        sheet.words(figure.title, TEXT + 1.5, weight="bold", gap=6)
        figure.paint(sheet)
        sheet.words(figure.source, SMALL, SOFT)
        return sheet.finished()


def matplotlib(option: str = "--plot") -> Any:
    """The library. Raises `Refused` (F559) where it is not installed."""
    try:
        return import_module("matplotlib")
    except ModuleNotFoundError:
        values = {"option": option, "library": "matplotlib", "extra": "plots"}
        raise Refused(Problem("F559", NOWHERE, values)) from None


STYLE: dict[str, Any] = {
    "axes.edgecolor": SOFT,
    "axes.facecolor": "none",
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.grid": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.unicode_minus": True,
    "figure.facecolor": "white",
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same letters everywhere
    "font.size": TEXT,
    "hatch.color": SOFT,
    "hatch.linewidth": 0.5,
    "lines.scale_dashes": True,
    "path.simplify": False,
    "pdf.compression": 6,
    "pdf.fonttype": 42,  # fonts embedded, and the words can be searched for
    "savefig.bbox": "standard",
    "savefig.facecolor": "white",
    "svg.fonttype": "path",  # letters as shapes: no reader lacks the font
    "svg.hashsalt": "foedus",
    "text.hinting": "none",  # letters as wide as they were measured
    "text.parse_math": False,
    "text.usetex": False,
    "xtick.color": INK,
    "xtick.labelsize": TEXT,
    "xtick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "ytick.color": INK,
    "ytick.labelsize": TEXT,
    "ytick.major.size": 2.5,
    "ytick.major.width": 0.6,
}


def measured(text: str, size: float = TEXT, weight: str = "normal") -> tuple[float, float]:
    """How wide and how high words are."""
    return _measured(visible(aloud(text)), size, weight)


@cache
def _measured(text: str, size: float, weight: str) -> tuple[float, float]:
    matplotlib()
    fonts: Any = import_module("matplotlib.font_manager")
    paths: Any = import_module("matplotlib.textpath")
    properties = fonts.FontProperties(family=STYLE["font.family"], size=size, weight=weight)
    wide, high, _ = paths.text_to_path.get_text_width_height_descent(text, properties, ismath=False)
    return float(wide), float(high)


def broken(text: str, room: float, size: float = TEXT, weight: str = "normal", most: int = 99) -> list[str]:
    """Lines no wider than `room`, at most so many; what does not fit ends in `…`."""
    lines: list[str] = []
    for word in visible(aloud(text)).replace("\u00a0", " ").split():
        tried = f"{lines[-1]} {word}" if lines else word
        if lines and measured(tried, size, weight)[0] <= room * _SPARE:
            lines[-1] = tried
        else:
            lines += _pieces(word, room, size, weight)
    if len(lines) > most:
        lines = [*lines[: most - 1], clipped(" ".join(lines[most - 1 :]), room, size, weight)]
    return lines or [""]


def _pieces(word: str, room: float, size: float, weight: str) -> list[str]:
    found = [""]
    for letter in word:
        if found[-1] and measured(found[-1] + letter, size, weight)[0] > room:
            found.append("")
        found[-1] += letter
    return found


def clipped(text: str, room: float, size: float = TEXT, weight: str = "normal") -> str:
    """As much of the beginning as fits, with `…`."""
    text = visible(aloud(text))
    if measured(text, size, weight)[0] <= room * _SPARE:
        return text
    while text and measured(text + "…", size, weight)[0] > room * _SPARE:
        text = text[:-1]
    return text.rstrip() + "…"
