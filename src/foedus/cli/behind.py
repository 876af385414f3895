"""What `foedus panel --explain` does: tells what stands behind a cell, with the treaty pages of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import cast

import click

from foedus.cli.busy import busy
from foedus.cli.heard import Heard
from foedus.cli.panels import tables_of
from foedus.cli.say import in_json, print_sheet
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.obligations.table import Table
from foedus.panel.explain import Explained, explain
from foedus.panel.given import Given
from foedus.panel.periods import DEFAULT, Rule
from foedus.register.keep import register
from foedus.report.explained import Pages, as_rows, by_number, covering, show_explained
from foedus.report.layout import Sheet
from foedus.report.page_beside import Drawn
from foedus.terms.codes import codes_on, state_of
from foedus.words.speech import say


def explained(
    cell: tuple[str, str, str], given: Given, treaties: Path | None, rule: str | None, begin: str, as_json: bool
) -> None:  # fmt: skip
    """What stands behind a cell, in both directions, with the treaty pages that carry the instruments' numbers."""
    year = _year(cell[2])
    heard = Heard()
    tables = tables_of(given, begin, treaties, heard)
    pages = by_number(register(treaties).instruments)
    one, other = (_number(text, year, tables) for text in cell[:2])
    day = cast("Rule", rule or DEFAULT)
    ways = [explain(tables, one, other, year, day), explain(tables, other, one, year, day)]
    with busy(say("Reading treaty pages")):
        drawn = _drawn(covering(ways, pages), treaties)
    if as_json:
        click.echo(in_json([{**as_rows(way, pages, drawn), "left_out": heard.rows()} for way in ways]))
    else:
        print_sheet(lambda sheet: _shown(sheet, ways, pages, drawn, heard))


def _shown(sheet: Sheet, ways: Sequence[Explained], pages: Pages, drawn: Drawn, heard: Heard) -> None:
    show_explained(sheet, ways, pages, drawn)
    heard.show(sheet)


def _drawn(names: Sequence[str], treaties: Path | None) -> Drawn:
    """What the pages come to that carry the instruments' numbers."""
    if not names:
        return {}
    # The parser of pages, which cells without one do not need, takes half a second to load.
    from foedus.obligations.kept import of_pages  # noqa: PLC0415

    rows = of_pages(names, treaties).rows
    return {name: [row for row in rows if row.instrument == name] for name in names}


def _year(text: str) -> int:
    with suppress(ValueError):
        if 1 <= int(text) <= 9998:
            return int(text)
    raise Refused(Problem("F830", whole("--explain"), {"text": text}))


def _number(text: str, year: int, tables: Sequence[Table]) -> int:
    """COW's number of a state, given so, by its code or name, or by COW's letters. Raises `Refused` (F538, F829)."""
    day, named = date(year, 7, 1), text.strip()
    if named.isdigit():
        if any(
            (table.debtor == int(named)).any() or (table.beneficiary == int(named)).any() for table in tables
        ):
            return int(named)
        with suppress(Refused):
            state_of(f"cow:{named}", day)
            return int(named)
    else:
        for each in (
            named,
            f"cow:{named}",
        ):  # `RUS` is the Federation's code, and COW's letters for the Empire
            with suppress(Refused):
                codes = codes_on(state_of(each, day), day)
                if codes is not None:
                    return codes.cow
        state_of(named, day)  # tells what was probably meant, where it names no state
    values = {"text": text, "what": "the lists of the Correlates of War"}
    raise Refused(Problem("F829", whole("--explain"), values))
