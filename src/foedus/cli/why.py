"""`foedus why CODE`."""

from __future__ import annotations

import sys

import click

from foedus.cli.say import examples
from foedus.diagnostics.catalogue import explain
from foedus.diagnostics.problem import Refused


@click.command("why", epilog=examples("foedus why F110"))
@click.argument("code")
def command(code: str) -> None:
    """Explain an error code, with an example and how to mend it."""
    try:
        click.echo(explain(code))
    except (KeyError, Refused) as unknown:
        click.echo(str(unknown).strip("'\""), err=True)
        sys.exit(2)
