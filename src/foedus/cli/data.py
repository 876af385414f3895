"""`foedus data add FILE…`, `list`, `show NAME`, `cite [NAME]`, `remove NAME`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from foedus.cli import complete
from foedus.cli.everywhere import data_option, language_option
from foedus.cli.say import examples, in_json, print_file, print_sheet, refuse, warn
from foedus.diagnostics.problem import Refused
from foedus.diagnostics.span import spelled
from foedus.report.data_sets import as_json, as_row, in_bibtex, show_added, show_cited, show_kept, show_shelf
from foedus.report.fulfilment import Rate, rates, rates_as_json, show_rates
from foedus.report.layout import Sheet
from foedus.sources import cow_wars, fulfilment
from foedus.sources.cow_wars import began
from foedus.sources.edition import Read
from foedus.sources.kinds import kind_named
from foedus.sources.shelf import Added, Shelf, shelf
from foedus.words.speech import say

json_option = click.option(
    "--json", "as_json_", is_flag=True, help="The same as JSON (schema: data.schema.json)."
)
dropped_option = click.option(
    "--dropped", "every", is_flag=True, help="List every row that was left out, with its reason."
)
version_option = click.option(
    "--version",
    "version",
    default="",
    metavar="VERSION",
    help="Of several versions, which (or a digest's first digits); else the latest.",
)


@click.group(
    "data",
    epilog=examples(
        "foedus data add atop4-member-level.csv states2016.csv",
        "foedus data list",
        "foedus data show atop-member",
        "foedus data cite --bibtex",
    ),
)
def command() -> None:
    """The data sets that you have: what a file is, what it covers, how to cite it.

    Foedus carries no data sets of others. It reads the files that you have, tells what they are,
    and keeps a copy in a folder of yours, so that other commands find them by name.
    """


@command.command(
    "add",
    epilog=examples(
        "foedus data add atop4-member-level.csv",
        "foedus data add Inter-StateWarData_v4.0.csv --dropped",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@dropped_option
@data_option
@language_option
@json_option
def add(files: tuple[Path, ...], every: bool, folder: Path | None, as_json_: bool) -> None:
    """Recognise files by their columns, and keep copies.

    Each is read whole. Says what it is, its version, what it covers, which rows were left out and why, and how
    to cite it. The same file is kept once; another version is kept beside.
    """
    to = shelf(folder)
    done: list[Added] = []
    failed = False
    for path in files:
        try:
            added = to.add(path)
        except Refused as refused:
            refuse(refused.problems)
            failed = True
            continue
        warn(problem for problem in added.warnings if problem.code != "F802")  # those the sheet tells
        done.append(added)
    if as_json_:
        rows = [{**as_row(each.kept, each.read.dropped), "kept_before": each.before} for each in done]
        click.echo(in_json(as_json(rows, spelled(to.folder))))
    elif done:
        print_sheet(lambda sheet: _added(sheet, done, every, spelled(to.folder)))
    if failed:
        sys.exit(2)


def _added(sheet: Sheet, done: list[Added], every: bool, folder: str) -> None:
    for each in done:
        show_added(sheet, each, every)
    sheet.blank()
    sheet.put(say("Kept in {folder}.", folder=folder))


@command.command("list", epilog=examples("foedus data list", "foedus data list --json"))
@data_option
@language_option
@json_option
def list_(folder: Path | None, as_json_: bool) -> None:
    """What is kept, in which versions, and what it covers."""
    of = shelf(folder)
    every = of.all()
    if as_json_:
        click.echo(in_json(as_json([as_row(kept) for kept in every], spelled(of.folder))))
    else:
        print_sheet(lambda sheet: show_shelf(sheet, every, spelled(of.folder)))


@command.command(
    "show", epilog=examples("foedus data show atop-alliance", "foedus data show atop-member --dropped")
)
@click.argument("name", shell_complete=complete.data_sets)
@version_option
@dropped_option
@data_option
@language_option
@json_option
def show(name: str, version: str, every: bool, folder: Path | None, as_json_: bool) -> None:
    """One data set: its counts, and the rows left out."""
    of = shelf(folder)
    kept = of.find(name, version)
    read = of.read(name, version)
    counts = kind_named(kept.name).count(read.rows)
    found = _rates(of, kept.name, read)
    if as_json_:
        row = as_row(kept, read.dropped, counts)
        click.echo(in_json(as_json([row | rates_as_json(found) if found else row], spelled(of.folder))))
        return

    def shown(sheet: Sheet) -> None:
        show_kept(sheet, kept, counts, read.dropped, every)
        if found:
            show_rates(sheet, found)

    print_sheet(shown)


def _rates(of: Shelf, name: str, read: Read[Any]) -> list[Rate]:
    """Of the file on honoured alliances, its rates; by the years in which wars began, where those are kept too."""
    if name != fulfilment.KIND:
        return []
    wars = of.read(cow_wars.KIND) if of.has(cow_wars.KIND) else None
    return rates(read.rows, began(wars.rows) if wars else None)


@command.command("cite", epilog=examples("foedus data cite atop-member", "foedus data cite --bibtex"))
@click.argument("name", required=False, shell_complete=complete.data_sets)
@version_option
@click.option("--bibtex", is_flag=True, help="As entries for BibTeX.")
@data_option
def cite(name: str | None, version: str, bibtex: bool, folder: Path | None) -> None:
    """How to cite one data set, or all that are kept."""
    of = shelf(folder)
    every = [of.find(name, version)] if name else list(of.all())
    if bibtex:
        print_file("\n".join(in_bibtex(every)))
    elif every:
        print_sheet(lambda sheet: show_cited(sheet, every))


@command.command("remove", epilog=examples("foedus data remove cow-states --version 2011"))
@click.argument("name", shell_complete=complete.data_sets)
@version_option
@data_option
@language_option
def remove(name: str, version: str, folder: Path | None) -> None:
    """Take a data set off the shelf.

    Its copy is deleted; the file that you added is not touched.
    """
    gone = shelf(folder).remove(name, version)
    click.echo(
        say("Removed: {name} {version} ({file}).", name=gone.name, version=gone.version, file=gone.called)
    )
