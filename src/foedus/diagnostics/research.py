"""Messages about data sets, panels and cascades: the rows of their codes, F8."""

from __future__ import annotations

from typing import Literal

RESEARCH: tuple[tuple[str, Literal["error", "warning"], str, str], ...] = (
    # F800-F819: files of data sets, and the folder that keeps them
    # F820-F834: panels
    # F835-F849: obligations from pages, and probes
    # F850-F859: cascades over data sets, and chances
    # F860-F869: cascades over pages
    # F870-F879: figures
    ("F870", "error", "no figure can be written to `{path}`", "Its name must end in .svg, .pdf or .png."),
    ("F871", "error", "there is nothing to draw: {why}", ""),
    (
        "F872",
        "error",
        "{n} states and treaties are too many for a drawing of this width",
        "Draw it over two columns, or name the states or the pledges that are to be drawn.",
    ),
)
