"""`foedus check PAGE…`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from foedus.assessment.check import check
from foedus.cli import complete
from foedus.cli.busy import busy
from foedus.cli.options import documents_option, treaties_option
from foedus.cli.say import examples, in_json, refuse
from foedus.diagnostics.catalogue import severity_of
from foedus.diagnostics.render import tally, to_json


@click.command("check", epilog=examples("foedus check cst.md", "foedus check ./my-dossier treaties/*.md"))
@click.argument("pages", nargs=-1, required=True, metavar="PAGE…", shell_complete=complete.pages)
@treaties_option
@documents_option
@click.option("--json", "as_json", is_flag=True, help="The problems as JSON.")
def command(pages: tuple[str, ...], treaties: Path | None, documents: Path | None, as_json: bool) -> None:
    """Check treaty pages and dossiers: every mistake, with its article and place.

    PAGE is a treaty page, a dossier (its folder or page), or a shipped dossier's name.
    Exit status 1 if there is an error, 2 if a page cannot be read. Whether words that
    --documents does not have were edited, `foedus anchors` says.
    """
    with busy("Checking") as work:

        def begun(number: int, name: str) -> None:
            work.on(f"Checking {number} of {len(pages)}: {name}")

        problems, texts, unread = check(pages, treaties, documents, begun)
    if as_json:
        click.echo(in_json([to_json(p) for p in problems]))
    elif problems:
        refuse(problems, texts)
        click.echo(tally(problems), err=True)
    else:
        click.echo(f"{len(pages)} page{'s' if len(pages) != 1 else ''} checked: nothing to mend.")
    if unread:
        sys.exit(2)
    if any(severity_of(p) == "error" for p in problems):
        sys.exit(1)
