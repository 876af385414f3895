"""`foedus coverage [TREATY]…`."""

from __future__ import annotations

from pathlib import Path

import click

from foedus.cli import complete
from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.say import examples, in_json, print_sheet
from foedus.register.keep import register
from foedus.report.instruments import coverage_row, show_coverage

COLUMNS = (
    "instrument", "encoded", "not_encoded", "of_weight", "unread", "unconfirmed", "trials", "reviewed",
)  # fmt: skip


@click.command("coverage", epilog=examples("foedus coverage", "foedus coverage cst nato --json"))
@click.argument("names", nargs=-1, metavar="[TREATY]…", shell_complete=complete.treaties)
@treaties_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="The rows as JSON.")
def command(names: tuple[str, ...], treaties: Path | None, as_json: bool) -> None:
    """How much of each treaty is encoded, left out, unread, unconfirmed, tried and reviewed."""
    known = register(treaties)
    found = [known.find(name) for name in names] or list(known.instruments)
    if as_json:
        rows = [dict(zip(COLUMNS, coverage_row(one), strict=True)) for one in found]
        click.echo(in_json(rows))
        return
    print_sheet(lambda sheet: show_coverage(sheet, found))
