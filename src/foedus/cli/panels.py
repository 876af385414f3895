"""What `foedus panel` does: makes the panel, writes and tells it, or tells what stands behind a cell. It comes with an
extra."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from foedus.cli.busy import busy
from foedus.cli.drawn import draw
from foedus.cli.say import in_json, print_sheet, warn
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.obligations.table import Table
from foedus.panel.described import described
from foedus.panel.explain import explain
from foedus.panel.given import Given
from foedus.panel.make import Asked, Panel, make, ordered
from foedus.panel.periods import DEFAULT, Rule
from foedus.register.keep import register
from foedus.report.explained import as_rows, by_number, entries_into_force, show_explained
from foedus.report.panel import beyond, show_panel
from foedus.sources.edition import Read
from foedus.terms.codes import codes_on, state_of
from foedus.words.speech import say

if TYPE_CHECKING:
    from foedus.report.plots.figure import Columns


def _told(read: Read[Any]) -> None:
    warn(read.warnings)


def made(
    wanted: Asked,
    given: Given,
    treaties: Path | None,
    output: Path | None,
    as_json: bool,
    plots: Sequence[tuple[str, Path]] = (),
    columns: Columns = "two",
) -> None:
    """Make the panel; write and draw it where asked; tell what it is."""
    ordered(wanted)
    if output is not None:
        # A tenth of a second that a summary does not need.
        from foedus.panel.frame import ending_of  # noqa: PLC0415

        ending_of(output)
    with busy(say("Reading the data sets")) as work:
        tables = _tables(given, wanted.begin, treaties)
        system = given.system(tables, wanted.codes, _told)
        work.on(say("Making the panel"))
        panel = make(tables, system, wanted)
        written: tuple[Path, ...] = ()
        if output is not None:
            from foedus.panel.frame import write  # noqa: PLC0415  the same

            work.on(say("Writing {file}", file=spelled(output)))
            written = write(panel, output)
    if plots:
        from foedus.report.plots.of_panel import figures_of  # noqa: PLC0415  the same

        draw(plots, lambda kind, over: figures_of(panel, kind, over), columns)
    _tell(panel, written, as_json)


def _tables(given: Given, begin: str, treaties: Path | None) -> tuple[Table, ...]:
    tables = given.tables(_told)
    if begin == "in-force":
        days = entries_into_force(by_number(register(treaties).instruments))
        return tuple(table.from_entry_into_force(days) for table in tables)
    return tables


def _tell(panel: Panel, written: Sequence[Path], as_json: bool) -> None:
    warn(beyond(panel))
    if as_json:
        click.echo(in_json(described(panel)))
    else:
        print_sheet(lambda sheet: show_panel(sheet, panel, written))


def explained(
    cell: tuple[str, str, str], given: Given, treaties: Path | None, rule: str | None, begin: str, as_json: bool
) -> None:  # fmt: skip
    """What stands behind a cell, in both directions, with the treaty pages that carry the instruments' numbers."""
    year = _year(cell[2])
    tables = _tables(given, begin, treaties)
    pages = by_number(register(treaties).instruments)
    one, other = (_number(text, year, tables) for text in cell[:2])
    day = cast("Rule", rule or DEFAULT)
    ways = [explain(tables, one, other, year, day), explain(tables, other, one, year, day)]
    if as_json:
        click.echo(in_json([as_rows(way, pages) for way in ways]))
    else:
        print_sheet(lambda sheet: show_explained(sheet, ways, pages))


def _year(text: str) -> int:
    with suppress(ValueError):
        if 1 <= int(text) <= 9998:
            return int(text)
    raise Refused(Problem("F830", whole("--explain"), {"text": text}))


def _number(text: str, year: int, tables: Sequence[Table]) -> int:
    """COW's number of a state, given so or by its code or name. Raises `Refused` (F538, F829)."""
    day = date(year, 7, 1)
    if not text.strip().isdigit():
        codes = codes_on(state_of(text, day), day)
        if codes is not None:
            return codes.cow
    elif any((table.debtor == int(text)).any() or (table.beneficiary == int(text)).any() for table in tables):
        return int(text)
    with suppress(Refused):
        state_of(f"cow:{text}", day)
        return int(text)
    values = {"text": text, "what": "the lists of the Correlates of War"}
    raise Refused(Problem("F829", whole("--explain"), values))
