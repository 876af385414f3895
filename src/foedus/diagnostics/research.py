"""Messages about data sets, panels and cascades: the rows of their codes, F8."""

from __future__ import annotations

from typing import Literal

RESEARCH: tuple[tuple[str, Literal["error", "warning"], str, str], ...] = (
    # F800-F819: files of data sets, and the folder that keeps them
    # F820-F834: panels
    # F835-F849: obligations from pages, and probes
    # F850-F859: cascades over data sets, and chances
    # F860-F869: cascades over pages
    ("F860", "error", "`{what}` is no fact that a cascade can begin with, or be given", ""),
    ("F861", "error", "no norm that is looked at here asks this: {what}", ""),
    ("F862", "error", "{strata} readings of {worlds} worlds each are more than a cascade can hold ({most})",
     "Fix some of the readings: {what}."),
    ("F863", "error", "`{what}` is not among the states of this cascade", ""),
    ("F864", "error", "`{what}` has the chance {number}, and a chance lies from 0 to 1", ""),
    ("F865", "error", "a dossier tells one course of events, and here are {strata} of them",
     "Fix the readings: one answer for each of {what}."),
    # F870-F879: figures
)  # fmt: skip
