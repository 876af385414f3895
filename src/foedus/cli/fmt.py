"""`foedus fmt PAGE…`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from foedus.cli.say import warn
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_page
from foedus.diagnostics.span import Place
from foedus.lang.layout import format_page


@click.command("fmt", epilog="Examples:  foedus fmt treaties/*.md\n\n           foedus fmt --check dossier.md")
@click.argument("pages", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PAGE…")
@click.option("--check", is_flag=True, help="Write nothing; exit status 1 if a page would change.")
def command(pages: tuple[Path, ...], check: bool) -> None:
    """Lay pages out: two spaces a level, one space between words; prose is left alone.

    A folder stands for the pages in it. Lines that cannot be read are left as they are.
    """
    changed: list[Path] = []
    refused = False
    for path in [p for given in pages for p in (sorted(given.glob("*.md")) if given.is_dir() else [given])]:
        try:
            text, warned = read_page(path)
        except Refused as error:
            refused = warn(error.problems) or refused
            continue
        warn(warned)
        laid = format_page(text)
        if laid != text:
            changed.append(path)
            if not check:
                _replace(path, laid)
    for path in changed:
        click.echo(f"{'would change' if check else 'changed'} {path}")
    sys.exit(2 if refused else 1 if check and changed else 0)


def _replace(path: Path, text: str) -> None:
    """Write whole or not at all: a page is never left half-written."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused(Problem("F507", Place(str(path), 0, 0, 0, 0), {"why": error.strerror or str(error)})) from None
