"""`foedus fmt PAGE…`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from foedus.cli.say import examples, refuse
from foedus.cli.write import write_whole
from foedus.diagnostics.problem import Refused
from foedus.diagnostics.reading import read_page
from foedus.diagnostics.span import spelled
from foedus.lang.layout import format_page
from foedus.library import pages_in


@click.command("fmt", epilog=examples("foedus fmt treaties", "foedus fmt --check dossier.md"))
@click.argument(
    "pages", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path), metavar="PAGE…"
)
@click.option("--check", is_flag=True, help="Write nothing; exit status 1 if a page would change.")
def command(pages: tuple[Path, ...], check: bool) -> None:
    """Lay pages out: two spaces a level, one space between words; prose is left alone.

    A folder stands for the pages in it. Lines that cannot be read are left as they are. A page in
    another encoding than UTF-8 is not touched.
    """
    changed: list[Path] = []
    refused = False
    for given in pages:
        try:
            for path in pages_in(given, "Pages are files such as `cst.md`.") if given.is_dir() else [given]:
                try:
                    if _laid_out(path, check):
                        changed.append(path)
                except Refused as error:
                    refuse(error.problems)
                    refused = True
        except Refused as error:
            refuse(error.problems)
            refused = True
    for path in changed:
        click.echo(f"{'would change' if check else 'changed'} {spelled(path)}")
    sys.exit(2 if refused else 1 if check and changed else 0)


def _laid_out(path: Path, check: bool) -> bool:
    """Whether the page changes; raises `Refused` for one that cannot be read for certain, or written."""
    text, warned = read_page(path)
    if warned:  # a guessed encoding: writing it down would make a guess look certain
        raise Refused(*warned)
    laid = format_page(text)
    if laid == text:
        return False
    if not check:
        write_whole(path, laid.replace("\n", _line_end(path)))
    return True


def _line_end(path: Path) -> str:
    """How the page's lines end: the first that does tells."""
    with path.open(encoding="utf-8", newline="") as page:
        first = page.readline()
    return next((end for end in ("\r\n", "\r") if first.endswith(end)), "\n")
