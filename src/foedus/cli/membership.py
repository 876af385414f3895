"""`foedus membership --atop FILE [TREATY]…`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from foedus.cli import complete
from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.say import examples, in_json, print_file, print_sheet, warn
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import whole
from foedus.register.keep import register
from foedus.register.membership import Compared, compare
from foedus.report.membership import as_page, as_rows, show_membership
from foedus.sources.atop import read_atop
from foedus.sources.cow import read_system


@click.command(
    "membership",
    epilog=examples(
        "foedus membership --atop atop4-member-level.csv",
        "foedus membership nato --atop atop4-member-level.csv --md",
    ),
)
@click.argument("names", nargs=-1, metavar="[TREATY]…", shell_complete=complete.treaties)
@click.option(
    "--atop",
    required=True,
    type=click.Path(readable=False, path_type=Path),
    metavar="FILE",
    help="ATOP's member-level file (CSV), which Foedus does not carry.",
)
@click.option(
    "--cow",
    type=click.Path(readable=False, path_type=Path),
    metavar="FILE",
    help="COW's list of states (CSV): tells who was no member of its system on a day.",
)
@treaties_option
@language_option
@click.option("--md", "as_markdown", is_flag=True, help="The differences as a Markdown page.")
@click.option("--json", "as_json", is_flag=True, help="Every row as JSON, those that are the same too.")
def command(
    names: tuple[str, ...],
    atop: Path,
    cow: Path | None,
    treaties: Path | None,
    as_markdown: bool,
    as_json: bool,
) -> None:
    """Who was a member from when to when: the pages beside ATOP, and why they differ.

    ATOP is the data set Alliance Treaty Obligations and Provisions. Each difference is explained
    by a rule, or counted as unexplained. Without a TREATY, all that have parties.
    """
    known = register(treaties)
    instruments = [known.find(name) for name in names] or list(known.instruments)
    data = read_atop(atop)
    found = compare(instruments, data, read_system(cow) if cow is not None else None)
    warn(_strange(found))
    if as_json:
        click.echo(in_json(as_rows(found, data)))
    elif as_markdown:
        print_file(as_page(found, data, _said(names, atop, cow)))
    else:
        print_sheet(lambda sheet: show_membership(sheet, found, data))


def _said(names: Iterable[str], atop: Path, cow: Path | None) -> str:
    """The command as somebody else can give it: files by their names."""
    words = ["foedus", "membership", *names, "--atop", atop.name]
    return " ".join([*words, *(["--cow", cow.name] if cow is not None else []), "--md"])


def _strange(found: Iterable[Compared]) -> Iterator[Problem]:
    """Numbers on pages that cannot be meant."""
    for each in found:
        page = whole(each.instrument.page or each.instrument.id)
        for number in each.lacking:
            yield Problem("F542", page, {"name": each.instrument.id, "number": str(number)})
        for number in each.foreign:
            yield Problem("F543", page, {"name": each.instrument.id, "number": str(number)})
