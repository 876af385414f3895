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
    ("F803", "error", "`{path}` is no data set that Foedus reads", ""),
    ("F804", "error", "there is no data set `{name}` on the shelf", ""),
    ("F805", "error", "the copy of `{name}` cannot be used: {why}",
     "Take it off the shelf (`foedus data remove {name}`), and add `{called}` again."),
    ("F806", "error", "`{path}`, the list of the data sets that are kept, cannot be read: {why}",
     "Move the folder away, and add the files again."),
    ("F807", "error", "nothing can be kept in `{folder}`: {why}",
     "Name another folder: `--data DIR`, or the variable FOEDUS_DATA."),
    ("F808", "error", "there are several versions of `{name}`: {versions}",
     "Say which is meant, with `--version`."),
    # F820-F834: panels
    ("F820", "error", "a panel cannot go from {first} to {last}", "Give the earlier end first: --from 1816 --to 2016."),
    ("F821", "error", "this panel would have {rows} rows, and the limit is {limit}",
     "Ask for fewer years or pledges: --from 1900 --to 1920, --pledges defense."),
    ("F822", "error", "there is no data set to make a panel of",
     "Keep one (`foedus data add atop4-member-level.csv`), or name its file: --atop FILE."),
    ("F823", "error", "no form of file is known by the ending `{ending}`", "The endings are {known}."),
    ("F824", "error", "`{name}` is not a pledge", "The pledges are {known}."),
    ("F825", "error", "`{name}` is not a source of obligations", "The sources are {known}."),
    ("F826", "error", "`{path}` is {what}; {option} takes {wanted}", "`foedus data add FILE` says what a file is."),
    ("F827", "warning", "nothing is known of {first} to {last}: {what} covers {span}",
     "Its cells are missing there, not 0. A later version of the data set may cover these years."),
    ("F828", "error", "{option} means nothing here: {why}", "Leave it out."),
    ("F829", "error", "{text} is the number of no state in {what}",
     "Give the number of COW's list, or a name: --explain ARM AZE 2010."),
    ("F830", "error", "`{text}` is not a year", "Write the year last: --explain 371 373 2010."),
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
    ("F860", "error", "`{what}` is no fact that a cascade can begin with, or be given", ""),
    ("F861", "error", "no norm that is looked at here asks this: {what}", ""),
    ("F862", "error", "{strata} readings of {worlds} worlds each are more than a cascade can hold ({most})",
     "Fix some of the readings: {what}."),
    ("F863", "error", "`{what}` is not among the states of this cascade", ""),
    ("F864", "error", "`{what}` has the chance {number}, and a chance lies from 0 to 1", ""),
    ("F865", "error", "a dossier tells one course of events, and here are {strata} of them",
     "Fix the readings: one answer for each of {what}."),
    # F870-F879: figures
    ("F870", "error", "no figure can be written to `{path}`", "Its name must end in .svg, .pdf or .png."),
    ("F871", "error", "there is nothing to draw: {why}", ""),
    ("F872", "error", "{n} states and treaties are too many for a drawing of this width",
     "Draw it over two columns, or name the states or the pledges that are to be drawn."),
)  # fmt: skip
