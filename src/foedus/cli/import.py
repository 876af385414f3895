"""`foedus import DOSSIER FILE…`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from foedus.cli import complete
from foedus.cli.options import treaties_option
from foedus.cli.say import examples, warn, width
from foedus.cli.tables import sheets_in
from foedus.cli.write import write_pages
from foedus.diagnostics.catalogue import severity_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.report.preview import show_preview
from foedus.tables.exchange import Opened, Proposal, open_dossier, propose
from foedus.tables.sheet import Sheet
from foedus.words.speech import plural, say

MOST_TOLD = 20
"""Problems that are shown: a table of another dossier has one in every row."""


@click.command(
    "import",
    epilog=examples("foedus import ./my-dossier claims.csv", "foedus import ./my-dossier back.xlsx --write"),
)
@click.argument("dossier", shell_complete=complete.dossiers)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--write", is_flag=True, help="Make the changes; without it they are only shown.")
@click.option("--remove", is_flag=True, help="Take out what the tables no longer have.")
@treaties_option
def command(dossier: str, files: tuple[Path, ...], write: bool, remove: bool, treaties: Path | None) -> None:
    """Take changed tables back into a dossier, after showing what would change.

    FILE is CSV, JSON or a workbook (.xlsx), as `foedus export` writes them. Nothing is written if
    any row has a mistake. Exit status 1 if one has, 2 if a file cannot be read.
    """
    opened = open_dossier(dossier, treaties)
    sheets = [sheet for path in files for sheet in sheets_in(path)]
    for sheet in sheets:
        click.echo(_said(sheet))
    proposal = propose(opened, sheets, remove)
    if _warned(proposal.problems):
        click.echo(say("Nothing was written."), err=True)
        sys.exit(1)
    click.echo()
    click.echo(show_preview(opened, proposal.compared, width()))
    if proposal.pages and (write or _agreed()):
        _write(opened, proposal)


def _warned(problems: tuple[Problem, ...]) -> bool:
    """Tells what is wrong; of more than anybody mends at once, the first. Whether there is an error."""
    found = sorted(problems, key=lambda p: (severity_of(p) == "warning", p.place.page, p.place.line))
    wrong = warn(found[:MOST_TOLD])
    if left := len(found[MOST_TOLD:]):
        click.echo(plural("and {n} more", "and {n} more", left), err=True)
    return wrong


def _said(sheet: Sheet) -> str:
    """How a sheet was read: what a colleague's program wrote is not what one sees."""
    n = max(len(sheet.rows) - 1, 0)
    where = f"{sheet.path} · {sheet.title}" if sheet.title else sheet.path
    if sheet.said:
        return plural(
            "{where}: {n} row ({form})", "{where}: {n} rows ({form})", n, where=where, form=sheet.said
        )
    return plural("{where}: {n} row", "{where}: {n} rows", n, where=where)


def _agreed() -> bool:
    """Asks on a terminal; elsewhere says how to have it written."""
    click.echo()
    if sys.stdin.isatty() and sys.stdout.isatty():
        return click.confirm(say("Write this into the dossier?"))
    click.echo(say("Nothing was written. To make these changes, add --write."))
    return False


def _write(opened: Opened, proposal: Proposal) -> None:
    if opened.shipped:
        why = "it ships with Foedus"
        advice = f"Copy the folder {opened.folder}, and import into the copy."
        raise Refused(Problem("F532", whole(opened.name), {"path": opened.name, "why": why}, help=advice))
    was = {written.path: written.raw for written in opened.rows.pages if written.path in proposal.pages}
    write_pages(proposal.pages, was, opened.folder)
    click.echo()
    for path in proposal.pages:
        click.echo(say("changed {path}", path=path))
