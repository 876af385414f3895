"""`foedus export DOSSIER FILE…`."""

from __future__ import annotations

from pathlib import Path

import click

from foedus.cli import complete
from foedus.cli.options import treaties_option
from foedus.cli.say import examples
from foedus.cli.tables import book_module
from foedus.cli.write import refuse_standing, write_new
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.tables.columns import TABLES, Table
from foedus.tables.delimited import write_csv, write_json
from foedus.tables.exchange import Opened, open_dossier
from foedus.words.speech import plural

SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@click.command(
    "export",
    epilog=examples(
        "foedus export kazakhstan-2022 kazakhstan.xlsx",
        "foedus export ./my-dossier claims.csv --delimiter semicolon",
    ),
)
@click.argument("dossier", shell_complete=complete.dossiers)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--delimiter", type=click.Choice([*SIGNS]), default="comma", help="What stands between cells of CSV."
)
@click.option("--replace", is_flag=True, help="Overwrite a file that is there already.")
@treaties_option
def command(
    dossier: str, files: tuple[Path, ...], delimiter: str, replace: bool, treaties: Path | None
) -> None:
    """Write the sources, speakers and claims of a dossier as tables.

    A workbook (.xlsx) has a sheet for each table. A .csv or .json file has one, named in the
    file's name: sources, speakers, claims or facts.
    """
    opened = open_dossier(dossier, treaties)
    # All of them are made, and none stands there already, before one is written.
    made = [(path, *_made(opened, path, SIGNS[delimiter])) for path in files]
    for path in files:
        refuse_standing(path, replace)
    for path, raw, rows in made:
        write_new(path, raw, replace)
        click.echo(plural("wrote {path}: {n} row", "wrote {path}: {n} rows", rows, path=path))


def _made(opened: Opened, path: Path, delimiter: str) -> tuple[bytes, int]:
    """What the file is to hold, and how many rows."""
    ending = path.suffix.lower()
    if ending == ".xlsx":
        raw = book_module().write_book({name: opened.rows.cells(name) for name in TABLES})
        return raw, sum(len(rows) for rows in opened.rows.tables.values())
    if ending not in (".csv", ".tsv", ".json"):
        why = "its name must end in .csv, .tsv, .json or .xlsx"
        raise Refused(Problem("F521", whole(spelled(path)), {"path": spelled(path), "why": why}))
    table = _table(path)
    rows = opened.rows.cells(table.name)
    text = (
        write_json(rows)
        if ending == ".json"
        else write_csv(rows, table, "\t" if ending == ".tsv" else delimiter)
    )
    return text.encode(), len(rows)


def _table(path: Path) -> Table:
    named = [table for name, table in TABLES.items() if name in path.stem.lower()]
    if len(named) != 1:
        why = f"its name must say which table it is to hold: {', '.join(TABLES)}"
        raise Refused(Problem("F521", whole(spelled(path)), {"path": spelled(path), "why": why}))
    return named[0]
