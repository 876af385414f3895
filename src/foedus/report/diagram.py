"""A track drawn: its stages from left to right, and arrows labelled with the steps that lead along them.

What leads to the next stage is a straight arrow; what skips stages goes above, what goes back or stays below.
Two arrows never share a height where their spans meet. Lengths are in pixels of a type of `SIZE`, in which every
letter is `LETTER` wide. The drawing says itself in words too, for whoever hears the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from foedus.ir.procedure import Procedure, Track
from foedus.report.lists import begun, listed
from foedus.report.tracks import Arrow, arrows, track_title, way_words
from foedus.words.speech import say

SIZE = 12
LETTER = 7.3
BOX = 30
PAD = 12
"""Room in a box on both sides of its name."""
GAP = 30
LEVEL = 24
MARGIN = 10


@dataclass(frozen=True, slots=True)
class Box:
    """Where a stage stands."""

    name: str
    x: float
    width: float
    end: bool


@dataclass(frozen=True, slots=True)
class Arc:
    """An arrow above or below the boxes, on a level of its own from 1."""

    arrow: Arrow
    label: str
    left: float
    right: float
    level: int
    above: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A track as laid out: `height` above and below the middle of the boxes."""

    boxes: tuple[Box, ...]
    straight: tuple[tuple[Arrow, tuple[str, ...]], ...]
    arcs: tuple[Arc, ...]
    width: float
    above: float
    below: float


def lay(procedure: Procedure, track: Track) -> Drawing:
    """The layout of one track."""
    at = {stage: n for n, stage in enumerate(track.stages)}
    ways = arrows(procedure, track)
    straight = {at[way.source]: way for way in ways if at[way.target] == at[way.source] + 1}
    boxes: list[Box] = []
    x = float(MARGIN + GAP)
    for n, stage in enumerate(track.stages):
        wide = _wide(stage) + 2 * PAD
        boxes.append(Box(stage, x, wide, stage in track.ends))
        labels = way_words(straight[n]) if n in straight else []
        x += wide + max(GAP, *(_wide(label) + 2 * PAD for label in labels), 0)
    stack = max((len(way_words(way)) for way in straight.values()), default=0)
    over = _levels([way for way in ways if at[way.target] > at[way.source] + 1], boxes, at, above=True)
    under = _levels([way for way in ways if at[way.target] <= at[way.source]], boxes, at, above=False)
    arcs = (*over, *under)
    left = min([0.0, *(_reach(arc)[0] - MARGIN for arc in arcs)])
    boxes = [Box(box.name, box.x - left, box.width, box.end) for box in boxes]
    arcs = tuple(
        Arc(arc.arrow, arc.label, arc.left - left, arc.right - left, arc.level, arc.above) for arc in arcs
    )
    right = max([boxes[-1].x + boxes[-1].width, *(_reach(arc)[1] for arc in arcs)])
    lift = max(0, stack * (SIZE + 2) + 6 - BOX / 2)
    above = BOX / 2 + lift + LEVEL * max((arc.level for arc in over), default=0) + SIZE
    below = BOX / 2 + LEVEL * max((arc.level for arc in under), default=0) + MARGIN + (SIZE if under else 0)
    pairs = tuple((way, tuple(way_words(way))) for way in straight.values())
    return Drawing(tuple(boxes), pairs, arcs, right + MARGIN, above, below)


def _wide(text: str) -> float:
    return len(text) * LETTER


def _reach(arc: Arc) -> tuple[float, float]:
    """From where to where the arc and its label go."""
    middle, half = (arc.left + arc.right) / 2, _wide(arc.label) / 2
    return min(arc.left, middle - half), max(arc.right, middle + half)


def _levels(ways: Sequence[Arrow], boxes: Sequence[Box], at: dict[str, int], *, above: bool) -> list[Arc]:
    """The arcs, shorter ones nearer to the boxes, each on the lowest level on which it meets no other."""
    ends = _feet(ways, boxes, at)
    laid: list[Arc] = []
    for n in sorted(range(len(ways)), key=lambda n: (ends[n][1] - ends[n][0], ends[n])):
        arc = Arc(ways[n], ", ".join(way_words(ways[n])), *ends[n], 1, above)
        low, high = _reach(arc)
        taken = {
            other.level for other in laid if low - PAD < _reach(other)[1] and _reach(other)[0] < high + PAD
        }
        level = next(level for level in range(1, len(ways) + 1) if level not in taken)
        laid.append(Arc(arc.arrow, arc.label, arc.left, arc.right, level, above))
    return laid


def _feet(ways: Sequence[Arrow], boxes: Sequence[Box], at: dict[str, int]) -> list[tuple[float, float]]:
    """Where each arc stands on the boxes, its left foot first. What comes from the left stands left; the feet of
    longer arcs stand further in, so that no arc crosses a shorter one which goes the same way."""
    feet: list[tuple[int, int, int]] = []  # the box, the box at the other end, which foot
    for n, way in enumerate(ways):
        one, two = sorted((at[way.source], at[way.target]))
        feet += [(one, two, 2 * n), (two, one, 2 * n + 1)]
    placed: dict[int, float] = {}
    for number, box in enumerate(boxes):
        mine = [(other, foot) for here, other, foot in feet if here == number]
        row = [
            *sorted((foot for foot in mine if foot[0] < number), key=lambda foot: (-foot[0], foot[1])),
            *(foot for foot in mine if foot[0] == number),
            *sorted((foot for foot in mine if foot[0] > number), key=lambda foot: (-foot[0], foot[1])),
        ]
        for n, (_, foot) in enumerate(row):
            placed[foot] = box.x + box.width * (n + 1) / (len(row) + 1)
    return [(placed[2 * n], placed[2 * n + 1]) for n in range(len(ways))]


# ---- as SVG ----


def draw(procedure: Procedure, track: Track) -> str:
    """The track as an SVG, with its title and what it shows in words; colours are those of the page around it."""
    drawing = lay(procedure, track)
    name = "-".join((*procedure.key.replace("@", "-").split("."), track.name))
    size = (round(drawing.width), round(drawing.above + drawing.below))
    svg = Element(
        "svg", xmlns="http://www.w3.org/2000/svg", role="img", width=str(size[0]), height=str(size[1]),
        viewBox=f"0 0 {size[0]} {size[1]}", style=_STYLE,
    )  # fmt: skip
    svg.set("class", "track")
    svg.set("aria-labelledby", f"{name}-title {name}-words")
    SubElement(svg, "title", id=f"{name}-title").text = begun(track_title(track))
    SubElement(svg, "desc", id=f"{name}-words").text = in_words(procedure, track)
    head = SubElement(
        SubElement(svg, "defs"), "marker", id=f"{name}-head", viewBox="0 0 8 8", refX="7", refY="4",
        markerWidth="8", markerHeight="8", orient="auto",
    )  # fmt: skip
    SubElement(head, "path", d="M0 0 L8 4 L0 8 z", fill="currentColor")
    pen = _Pen(svg, drawing, f"url(#{name}-head)")
    pen.begin()
    for arc in drawing.arcs:
        pen.arc(arc)
    for way, _ in drawing.straight:
        pen.straight(way)
    for box in drawing.boxes:
        pen.box(box)
    for arc in drawing.arcs:  # after the lines, so that a line which crosses them does not run through them
        pen.label((arc.left + arc.right) / 2, pen.height(arc) + (-5 if arc.above else SIZE), arc.label)
    for way, labels in drawing.straight:
        left, right = pen.span(way)
        for n, label in enumerate(reversed(labels)):
            pen.label((left + right) / 2, drawing.above - 6 - n * (SIZE + 2), label)
    return tostring(svg, encoding="unicode")


def in_words(procedure: Procedure, track: Track) -> str:
    """What the drawing shows: where the track begins, every way on it, and where it may end."""
    said = [say("It begins with {stage}.", stage=track.start)]
    said += [
        say("From {source} to {target}: {ways}.", source=way.source, target=way.target,
            ways=listed(way_words(way), "or"))
        for way in arrows(procedure, track)
    ]  # fmt: skip
    if track.ends:
        said.append(say("It may end with {stages}.", stages=listed(track.ends, "or")))
    return " ".join(said)


_STYLE = f"font: {SIZE}px ui-monospace, Menlo, Consolas, monospace; max-width: none"
_HALO = "paint-order: stroke; stroke: var(--color-background-primary, Canvas); stroke-width: 4px"


@dataclass(frozen=True, slots=True)
class _Pen:
    svg: Element
    drawing: Drawing
    head: str

    def begin(self) -> None:
        """A dot with an arrow to the first stage."""
        first, middle = self.drawing.boxes[0], self.drawing.above
        SubElement(self.svg, "circle", cx=_n(first.x - GAP + 6), cy=_n(middle), r="4", fill="currentColor")
        self._line(f"M{_n(first.x - GAP + 10)} {_n(middle)} H{_n(first.x)}", False)

    def box(self, box: Box) -> None:
        """A stage; one that may be the end has two borders."""
        top = self.drawing.above - BOX / 2
        for inset in (0, 3) if box.end else (0,):
            SubElement(
                self.svg, "rect", x=_n(box.x + inset), y=_n(top + inset), width=_n(box.width - 2 * inset),
                height=_n(BOX - 2 * inset), rx="6", fill="none", stroke="currentColor",
            )  # fmt: skip
        self._text(box.x + box.width / 2, self.drawing.above + 4, box.name, "")

    def span(self, way: Arrow) -> tuple[float, float]:
        """From where to where a straight arrow goes."""
        source, target = (self._box(name) for name in (way.source, way.target))
        return source.x + source.width, target.x

    def straight(self, way: Arrow) -> None:
        left, right = self.span(way)
        self._line(f"M{_n(left)} {_n(self.drawing.above)} H{_n(right)}", not way.steps)

    def height(self, arc: Arc) -> float:
        """Where the level of an arc is."""
        out = BOX / 2 + LEVEL * arc.level
        if not arc.above:
            return self.drawing.above + out
        highest = max(each.level for each in self.drawing.arcs if each.above)
        return SIZE + LEVEL * (highest - arc.level) + LEVEL / 4

    def arc(self, arc: Arc) -> None:
        back = [box.name for box in self.drawing.boxes].index(arc.arrow.source) > [
            box.name for box in self.drawing.boxes
        ].index(arc.arrow.target)
        start, stop = (arc.right, arc.left) if back else (arc.left, arc.right)
        edge = self.drawing.above + (-BOX / 2 if arc.above else BOX / 2)
        level = self.height(arc)
        turn = min(6.0, abs(stop - start) / 2)
        on, up = (turn if stop > start else -turn), (turn if level > edge else -turn)
        self._line(
            f"M{_n(start)} {_n(edge)} V{_n(level - up)} Q{_n(start)} {_n(level)} {_n(start + on)} {_n(level)} "
            f"H{_n(stop - on)} Q{_n(stop)} {_n(level)} {_n(stop)} {_n(level - up)} V{_n(edge)}",
            not arc.arrow.steps,
        )

    def label(self, x: float, y: float, text: str) -> None:
        self._text(x, y, text, _HALO)

    def _box(self, name: str) -> Box:
        return next(box for box in self.drawing.boxes if box.name == name)

    def _line(self, path: str, dashed: bool) -> None:
        line = SubElement(self.svg, "path", d=path, fill="none", stroke="currentColor")
        line.set("marker-end", self.head)
        if dashed:
            line.set("stroke-dasharray", "4 3")

    def _text(self, x: float, y: float, text: str, style: str) -> None:
        found = SubElement(self.svg, "text", x=_n(x), y=_n(y), fill="currentColor")
        found.set("text-anchor", "middle")
        if style:
            found.set("style", style)
        found.text = text


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


__all__ = ["Arc", "Box", "Drawing", "draw", "in_words", "lay"]
