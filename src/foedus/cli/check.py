"""`foedus check PAGE…`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from foedus.cli.say import refuse
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.render import tally, to_json
from foedus.library import Library, severity, unrepeated
from foedus.lang.tree import DossierItem, Page


@click.command("check", epilog="Examples:  foedus check cst.md\n\n           foedus check ./my-dossier ./treaties/*.md")
@click.argument("pages", nargs=-1, required=True, metavar="PAGE…")
@click.option("--treaties", type=click.Path(path_type=Path), metavar="DIR", help="Your own or amended treaty pages, over the shipped ones.")
@click.option("--json", "as_json", is_flag=True, help="The problems as JSON.")
def command(pages: tuple[str, ...], treaties: Path | None, as_json: bool) -> None:
    """Check treaty pages and dossiers: every mistake, with its article and place.

    PAGE is a treaty page, a dossier (its folder or page), or a shipped dossier's name.
    Exit status 1 if there is an error.
    """
    problems, texts = check(pages, treaties)
    if as_json:
        click.echo(json.dumps([to_json(p) for p in problems], ensure_ascii=False, indent=2))
    elif problems:
        refuse(problems, texts)
        click.echo(tally(problems), err=True)
    else:
        click.echo(f"{len(pages)} page{'s' if len(pages) != 1 else ''} checked: nothing to mend.")
    if any(severity(p) == "error" for p in problems):
        sys.exit(1)


def check(pages: tuple[str, ...], treaties: Path | None) -> tuple[list[Problem], dict[str, str]]:
    """Every problem of the pages, each once, with the texts to show them in."""
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for name in pages:
        try:
            found, read = _check_one(name, treaties)
        except Refused as refused:
            problems += refused.problems
        else:
            problems += found
            texts |= read
    return list(unrepeated(problems)), texts


def _check_one(name: str, treaties: Path | None) -> tuple[tuple[Problem, ...], dict[str, str]]:
    path = Path(name)
    library = Library(treaties, extra=(path,) if path.is_file() else ())
    if not path.is_file():
        if not path.exists() and name in library.pages:
            loaded = library.load([name])
        else:
            loaded = library.dossier(name)
        return loaded.problems, dict(loaded.texts)
    page, text, problems = library.page(path.stem)
    if _is_dossier(page):
        loaded = library.dossier(name)
        return loaded.problems, dict(loaded.texts)
    if any(severity(p) == "error" for p in problems) and not page.items:
        return problems, {page.path: text}
    loaded = library.load([path.stem])
    return loaded.problems, dict(loaded.texts)


def _is_dossier(page: Page) -> bool:
    return any(isinstance(item, DossierItem) for item in page.records + page.items)
