"""Messages about data sets, panels and cascades: the rows of their codes, F8."""

from __future__ import annotations

from typing import Literal

RESEARCH: tuple[tuple[str, Literal["error", "warning"], str, str], ...] = (
    # F800-F819: files of data sets, and the folder that keeps them
    ("F800", "warning", "`{path}` says that it is version {version} of {what}, and Foedus knows {known}",
     "Its columns fit, so it was read. Check with the makers' notes whether a column has changed its meaning."),
    ("F801", "error", "{n} of {all} rows of `{path}` cannot be read as {what}; the first: {why}",
     "Give the file as its makers publish it."),
    ("F802", "warning", "{n} of `{path}` left out; the first: {why}",
     "Compare them with the file as its makers publish it: `foedus data add FILE --dropped` lists every row."),
    # F820-F834: panels
    # F835-F849: obligations from pages, and probes
    # F850-F859: cascades over data sets, and chances
    ("F850", "error", "`{value}` is no chance: {why}",
     "A chance is a number from 0 to 1 (0.41), a number with its width (0.41±0.1), counts (41/100), or `unknown`."),
    ("F851", "error", "`{value}` cannot stand in a table of chances: {why}",
     "The columns are what, pledge, first, last, kept, of, share, width, source and note."),
    ("F852", "error", "there is no {what} called `{name}`", ""),
    ("F853", "error", "nothing that was in force on {on} is called `{name}`",
     "Name an instrument (atop:1350), what a state owes under it (atop:1350/ITA), two states (ITA:DEU) or one (ITA)."),
    ("F854", "error", "the table `{name}` has no chance for {pledge}",
     "Add a row for it, or for any pledge; or give it by hand with --chance."),
    ("F855", "error", "`{text}` is no shock: {why}", "Write attacker and target with a colon: --shock AUH:SRB."),
    ("F856", "error", "{on} lies outside of what {name} covers: {first} to {last}",
     "What was owed then is not known from it, which is not the same as nothing. Ask about a day that it covers."),
    ("F857", "error", "`{path}` holds parts of another sweep: {why}",
     "Give another file to write to, or move the parts away."),
    ("F858", "error", "no war to compare with: {why}", ""),
    ("F859", "error", "`{text}` are no years of a sweep: {why}", "Write the first and the last: --sweep 1900-1914."),
    # F860-F869: cascades over pages
    # F870-F879: figures
)  # fmt: skip
