"""`foedus why CODE`."""

from __future__ import annotations

import sys

import click

from foedus.cli import complete
from foedus.cli.say import examples
from foedus.diagnostics.catalogue import explain


@click.command("why", epilog=examples("foedus why F110"))
@click.argument("code", shell_complete=complete.codes)
def command(code: str) -> None:
    """Explain an error code, with an example and how to mend it.

    CODE is a code such as F110; the F may be left out. Exit status 2 if there is no such code.
    """
    page = explain(code)
    known = page.startswith("# ")
    click.echo(page, err=not known)
    sys.exit(0 if known else 2)
