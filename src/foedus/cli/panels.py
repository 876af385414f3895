"""What `foedus panel` does: makes the panel, writes it and tells what it is. It comes with an extra."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.cli.busy import busy
from foedus.cli.drawn import draw
from foedus.cli.heard import Heard
from foedus.cli.say import in_json, print_sheet, warn
from foedus.diagnostics.span import spelled
from foedus.obligations.table import Table
from foedus.panel.described import described
from foedus.panel.given import Given, Told
from foedus.panel.make import Asked, Panel, make, ordered
from foedus.report.layout import Sheet
from foedus.report.panel import beyond, show_panel
from foedus.words.speech import say

if TYPE_CHECKING:
    from foedus.report.plots.figure import Columns


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
        heard = Heard(work.aside)
        tables = tables_of(given, wanted.begin, treaties, heard)
        system = given.system(tables, wanted.codes, heard)
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
    _tell(panel, written, as_json, heard)


def tables_of(given: Given, begin: str, treaties: Path | None, told: Told) -> tuple[Table, ...]:
    """The obligations of the data given, counted from the day asked for; `told` hears of every file that is read."""
    tables = given.tables(told)
    if begin == "in-force":
        # The pages, which signatures do not need, take a twentieth of a second to load.
        from foedus.register.keep import register  # noqa: PLC0415
        from foedus.report.explained import by_number, entries_into_force  # noqa: PLC0415

        days = entries_into_force(by_number(register(treaties).instruments))
        return tuple(table.from_entry_into_force(days) for table in tables)
    return tables


def _tell(panel: Panel, written: Sequence[Path], as_json: bool, heard: Heard) -> None:
    warn(beyond(panel))
    if as_json:
        click.echo(in_json({**described(panel), "left_out": heard.rows()}))
    else:
        print_sheet(lambda sheet: _shown(sheet, panel, written, heard))


def _shown(sheet: Sheet, panel: Panel, written: Sequence[Path], heard: Heard) -> None:
    show_panel(sheet, panel, written)
    heard.show(sheet)
