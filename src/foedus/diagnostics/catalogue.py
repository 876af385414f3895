"""Every code, with its severity and the wording of its title and help.

A *title* says what is wrong in the treaty's or dossier's own words, a *help* what to do; both are
templates into which a problem's values are filled. The severity of an `error` stops the work; a
`warning` does not. Codes go by hundreds: F0 files and pages, F1 writing, F2 names and sorts, F3
meaning, F4 dossiers and evidence, F5 the command line, F6 trials. Each has a page in `pages/`.

>>> from foedus.diagnostics.span import Place
>>> title_of(Problem("F012", Place("lir.md")))
'there is nothing to read on this page: it has no `foedus` block'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from foedus.diagnostics.problem import Problem
from foedus.diagnostics.suggest import suggest
from foedus.diagnostics.visible import visible

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `title` and `help` are templates: `{name}` is filled from a problem's values."""

    code: str
    severity: Severity
    title: str
    help: str = ""


_ROWS: tuple[tuple[str, Severity, str, str], ...] = (
    # F0: files and pages
    ("F001", "error", "there is no file `{path}`", "{near}"),
    ("F002", "error", "`{path}` is empty", ""),
    ("F003", "error", "`{path}` is {what}, not a text", "Save it as plain text (Markdown) in UTF-8."),
    ("F004", "error", "`{path}` is not UTF-8, nor clearly in any other encoding",
     "Open it in the program that wrote it and save it as UTF-8."),
    ("F005", "warning", "`{path}` was read as {encoding}, which is a guess",
     "Check the names in it, and save it as UTF-8."),
    ("F006", "error", "`{path}` is too large: {size}, and the limit is {limit}",
     "Split it into several pages."),
    ("F007", "error", "`{path}` is a {found}, and a {wanted} is wanted here", ""),
    ("F008", "error", "`{path}` cannot be opened: {why}", ""),
    ("F010", "error", "this block is never closed", "Close it with a line of its own: `{fence}`."),
    ("F011", "error", "there is no kind of block called `{kind}`",
     "The kinds are `foedus` (a treaty's norms), `record` (facts of a trial) and `ask` (its questions)."),
    ("F012", "error", "there is nothing to read on this page: it has no `foedus` block",
     "Put the treaty's norms between a line ```` ```foedus ```` and a line ```` ``` ````."),
    # F1: writing
    ("F110", "error", "`{date}` is not a date",
     "Write year, month and day, as in `2022-01-05`; a month is `2022-01`, a year `2022`."),
    ("F111", "error", "the calendar has no `{date}`", ""),
    ("F112", "error", "`{date}` ends before it begins", "Write the earlier date first."),
    ("F113", "error", "`{date}` is a form of date that Foedus does not read",
     "Write a day `2022-01-05`, one of two `[2022-01-05,2022-01-06]`, or a span `2022-01-05/2022-01-06`."),
    # F2: names and sorts
    # F3: meaning
    # F4: dossiers and evidence
    # F5: the command line
    # F6: trials
)  # fmt: skip

CATALOGUE: dict[str, Entry] = {row[0]: Entry(*row) for row in _ROWS}
"""Every code. Add a row above and a page in `pages/`; a test holds the two sets equal."""

PAGES = Path(__file__).with_name("pages")
LONGEST_VALUE = 200
_HOLE = re.compile(r"\{([a-z_]+)\}")


def severity_of(problem: Problem) -> Severity:
    """`error` or `warning`; a code that the catalogue lacks is an error."""
    entry = CATALOGUE.get(problem.code)
    return entry.severity if entry else "error"


def title_of(problem: Problem) -> str:
    """The title with the problem's values filled in; of a code that the catalogue lacks, the values."""
    entry = CATALOGUE.get(problem.code)
    return _filled(entry.title, problem) if entry else ", ".join(map(_short, problem.values.values()))


def help_of(problem: Problem) -> str:
    """What to do: the problem's own help, else the catalogue's, filled in; empty if unknown."""
    if problem.help:
        return problem.help
    entry = CATALOGUE.get(problem.code)
    return _filled(entry.help, problem).strip() if entry else ""


def _filled(template: str, problem: Problem) -> str:
    """A value that is missing shows as `…`: a message with a gap still helps, a crash does not.

    A help that is one value and nothing else is left out where that value is missing.
    """
    alone = _HOLE.fullmatch(template)
    if alone:
        return problem.values.get(alone[1], "")
    return _HOLE.sub(lambda hole: _short(problem.values.get(hole[1], "…")), template)


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"


def explain(code: str) -> str:
    """The page of `code` in Markdown (`f110` and `110` mean F110); else a sentence with the nearest code.

    >>> explain("F111").splitlines()[0]
    '# F111: no such day'
    >>> explain("F119")
    'There is no code F119. The nearest is F011: `foedus why F011`.'
    """
    wanted = code.strip().upper()
    if re.fullmatch(r"[0-9]{3}", wanted):
        wanted = f"F{wanted}"
    if wanted in CATALOGUE:
        page = PAGES / f"{wanted}.md"
        if page.is_file():
            return page.read_text(encoding="utf-8")
        entry = CATALOGUE[wanted]
        return f"# {wanted}\n\n{entry.title}\n\n{entry.help}".rstrip() + "\n"
    near = suggest(wanted, CATALOGUE)
    said = f"There is no code {visible(code.strip())[:40]}."
    return f"{said} The nearest is {near}: `foedus why {near}`." if near else said
