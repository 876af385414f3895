"""SVG as the pages and notebooks of Foedus have it: with a title and a description, and no style of its own.

Colours are attributes that a page's style goes before; without one, in a notebook, they stand out from light and dark
paper alike. Lengths are in pixels of a drawing at its full size.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from foedus.diagnostics.visible import visible
from foedus.report.layout import clipped, columns
from foedus.words.speech import aloud

SIDES = ("#d55e00", "#0072b2")
"""The attacker's side, the target's: at least 3 to 1 on white and on black."""
QUIET = "#808080"
SIGN = 7.1
"""How wide a letter of 13 pixels is, at most on average."""


@dataclass(frozen=True)
class Pen:
    """Draws into one SVG; `name` begins its ids, so that several stand on one page."""

    svg: Element
    name: str

    @classmethod
    def new(cls, name: str, width: float, height: float, title: str, words: str, kind: str) -> Pen:
        """An empty drawing of this size, that says what it shows."""
        svg = Element(
            "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {n(width)} {n(height)}", role="img",
            fill="none", width="100%",
        )  # fmt: skip
        svg.set("class", kind)
        svg.set("aria-labelledby", f"{name}-title {name}-words")
        svg.set("font-size", "13")
        SubElement(svg, "title", id=f"{name}-title").text = shown(title)
        SubElement(svg, "desc", id=f"{name}-words").text = shown(words)
        return cls(svg, name)

    def text(
        self, x: float, y: float, words: str, anchor: str = "start", kind: str = "", room: float = 0,
        bold: bool = False, upright: bool = False,
    ) -> None:  # fmt: skip
        """Words; with `room`, as many of them as have it; `upright`, turned to read from below."""
        made = SubElement(self.svg, "text", x=n(x), y=n(y), fill="currentColor")
        if anchor != "start":
            made.set("text-anchor", anchor)
        if bold:
            made.set("font-weight", "700")
        if upright:
            made.set("transform", f"rotate(-90 {n(x)} {n(y)})")
        if kind:
            made.set("class", kind)
        made.text = clipped(aloud(words), int(room / SIGN)) if room else shown(words)

    def path(self, way: str, kind: str, colour: str, wide: float = 1, dashes: str = "") -> None:
        """A line."""
        made = SubElement(self.svg, "path", d=way, stroke=colour)
        made.set("class", kind)
        made.set("stroke-width", n(wide))
        if dashes:
            made.set("stroke-dasharray", dashes)

    def filled(self, way: str, kind: str, colour: str) -> None:
        """A shape."""
        made = SubElement(self.svg, "path", d=way, fill=colour)
        made.set("class", kind)

    def mark(self, x: float, y: float, side: int, full: bool = True, kind: str = "") -> None:
        """The mark of a side: a square for the attacker's, a circle for the target's; hollow for an estimate."""
        if side == 0:
            made = SubElement(self.svg, "rect", x=n(x - 4.5), y=n(y - 4.5), width="9", height="9")
        else:
            made = SubElement(self.svg, "circle", cx=n(x), cy=n(y), r="5")
        made.set("class", f"{kind}mark side-{side}{'' if full else ' hollow'}")
        made.set("stroke", SIDES[side])
        made.set("stroke-width", "1.8")
        if full:
            made.set("fill", SIDES[side])

    def bar(self, low: float, high: float, y: float, side: int) -> None:
        """A pale bar with an edge: a range, which no mark of an interval looks like."""
        left, right = min(low, high), max(low, high)
        made = SubElement(
            self.svg, "rect", x=n(left), y=n(y - 6.5), width=n(right - left), height="13", stroke=SIDES[side],
            fill=SIDES[side],
        )  # fmt: skip
        made.set("class", f"bar side-{side}")
        made.set("fill-opacity", "0.22")
        made.set("stroke-width", "0.8")

    def box(self, x: float, y: float, wide: float, high: float, side: int) -> None:
        """The frame of a state: with corners on the attacker's side, round on the target's."""
        made = SubElement(self.svg, "rect", x=n(x), y=n(y), width=n(wide), height=n(high), stroke=SIDES[side])
        made.set("class", f"box side-{side}")
        made.set("stroke-width", "1.6")
        if side:
            made.set("rx", "9")

    def tip(self, x: float, y: float, side: int) -> None:
        """The head of an arrow that comes from the left."""
        self.filled(f"M{n(x)} {n(y)}l-8 -4v8z", f"tip side-{side}", SIDES[side])

    def done(self) -> str:
        """The SVG as text."""
        return tostring(self.svg, encoding="unicode")


def wide(words: str) -> float:
    """How much room words take, at most."""
    return columns(shown(words)) * SIGN


def shown(words: str) -> str:
    """The words, with nothing in them that hides."""
    return visible(aloud(words)).replace("\u00a0", " ")


def n(number: float) -> str:
    """A length without needless figures."""
    return f"{number:.1f}".removesuffix(".0")
