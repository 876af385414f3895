"""`foedus dossiers`."""

from __future__ import annotations

import click

from foedus.cli.say import examples
from foedus.library import Library


@click.command("dossiers", epilog=examples("foedus dossiers"))
def command() -> None:
    """The dossiers that ship with Foedus, by the names that `foedus assess` takes."""
    library = Library()
    for name in library.dossiers:
        loaded = library.dossier(name)
        click.echo(f"{name:22s} {loaded.dossier.title if loaded.dossier else ''}")
