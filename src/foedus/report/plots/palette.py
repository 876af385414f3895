"""Colours and dashes: Okabe and Ito's, those of them that stand out from white paper, each with a shape of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.obligations.obligation import Pledge
from foedus.report.pledge_words import PLEDGED
from foedus.words.speech import marked_in

INK = "#1a1a1a"
SOFT = "#5c5c5c"
HAIR = "#d4d4d4"
PAPER = "#ffffff"
FILL = "#eef2f5"
"""Behind the name of a treaty with many members."""

BLUE, VERMILLION, GREEN, PURPLE, BLACK = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#1a1a1a"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: its colour, its dashes (in widths of the line; none is solid), its width in points, what it means."""

    colour: str
    dashes: tuple[float, ...]
    width: float
    words: str

    @property
    def style(self) -> dict[str, Any]:
        """As matplotlib takes it."""
        return {
            "color": self.colour,
            "linewidth": self.width,
            "linestyle": (0, self.dashes) if self.dashes else "-",
            "solid_capstyle": "butt",
            "dash_capstyle": "butt",
        }


PLEDGES: Mapping[Pledge | None, Stroke] = {
    "defense": Stroke(BLUE, (), 1.7, PLEDGED["defense"]),
    "offense": Stroke(VERMILLION, (7, 1.6), 1.7, PLEDGED["offense"]),
    "neutral": Stroke(GREEN, (4, 1.4, 1, 1.4), 1.5, PLEDGED["neutral"]),
    "nonagg": Stroke(PURPLE, (2.6, 1.6), 1.5, PLEDGED["nonagg"]),
    "consul": Stroke(BLACK, (1, 1.5), 1.2, PLEDGED["consul"]),
    None: Stroke(SOFT, (9, 2, 1, 2, 1, 2), 1.1, marked_in("pledge", "another duty")),
}
"""How each pledge is drawn; a duty that is none of the five is the last."""


def ordered(pledges: Collection[Pledge | None]) -> list[Pledge | None]:
    """The pledges in the order in which they are named and drawn."""
    found: list[Pledge | None] = [*PLEDGES]
    return [each for each in found if each in pledges]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a plot: its shape (matplotlib's sign for it) and colour."""

    shape: str
    colour: str


SIDES = (Mark("s", VERMILLION), Mark("o", BLUE))
"""The attacker's side and the target's."""


def to_pale(colour: str, share: float = 0.22) -> str:
    """The colour thinned with paper, for what lies behind a mark; no print or viewer has to know transparency.

    >>> to_pale("#000000", 0.5)
    '#808080'
    """
    parts = [int(colour[n : n + 2], 16) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * share + 1e-9):02x}" for part in parts)


def contrast(colour: str, ground: str = PAPER) -> float:
    """The ratio of contrast by WCAG, 1 to 21: 3 is asked of what is to be seen, 4.5 of what is to be read.

    >>> round(contrast("#000000"), 1), round(contrast(SOFT), 1)
    (21.0, 6.7)
    """
    light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
