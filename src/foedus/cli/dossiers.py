"""`foedus dossiers [WORDS]`."""

from __future__ import annotations

import re

import click

from foedus.cli.say import examples, width
from foedus.library import Library, dossier_files

_TITLE = re.compile(r'^dossier\s+\S+\s+"([^"]*)"', re.MULTILINE)


@click.command("dossiers", epilog=examples("foedus dossiers", "foedus dossiers 2022"))
@click.argument("words", nargs=-1)
def command(words: tuple[str, ...]) -> None:
    """The dossiers that ship with Foedus, by the names that `foedus assess` takes.

    With WORDS, those that say them in name or title.
    """
    library = Library()
    titles = {name: _title(library, name) for name in library.dossiers}
    wide = max(map(len, titles))
    for name, title in titles.items():
        if all(word.casefold() in f"{name} {title}".casefold() for word in words):
            click.echo(f"{name:{wide}}  {title}"[: width()].rstrip())


def _title(library: Library, name: str) -> str:
    """The title as its page writes it: to find it, no page need be parsed."""
    page = dossier_files(library.find_dossier(name))[0]
    found = _TITLE.search(page.read_text(encoding="utf-8"))
    return found[1] if found else ""
