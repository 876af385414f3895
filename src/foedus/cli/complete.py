"""What the shell offers after a verb: names that ship with Foedus, found without reading a page.

Answers must come while somebody holds the Tab key, so norms are picked out of the shipped pages by the
look of their lines; a page that is not read cannot be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib.resources import files

import click
from click.shell_completion import CompletionItem

from foedus.diagnostics.catalogue import CATALOGUE
from foedus.terms.states import STATES
from foedus.words import speech

_HEADS = re.compile(
    r"^(?P<kind>instrument|duty|right|power|prohibition) (?P<id>[a-z][a-z0-9_-]*)", re.MULTILINE
)
Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def dossier_names() -> list[str]:
    """The shipped dossiers."""
    return sorted(entry.name for entry in files("foedus").joinpath("dossiers").iterdir() if entry.is_dir())


def scenario_names() -> list[str]:
    """The shipped scenarios."""
    return sorted(entry.name for entry in files("foedus").joinpath("scenarios").iterdir() if entry.is_dir())


def page_names() -> list[str]:
    """The shipped treaty pages."""
    return sorted(entry.name.removesuffix(".md") for entry in files("foedus").joinpath("treaties").iterdir())


def norm_names() -> list[str]:
    """The instruments and norms of the shipped pages: `cst`, `cst.assist`."""
    found: dict[str, None] = {}
    for name in page_names():
        instrument = ""
        text = files("foedus").joinpath("treaties", f"{name}.md").read_text(encoding="utf-8")
        for head in _HEADS.finditer(text):
            instrument = head["id"] if head["kind"] == "instrument" else instrument
            found[instrument if head["kind"] == "instrument" else f"{instrument}.{head['id']}"] = None
    return sorted(found)


def _data_sets() -> list[str]:
    """The names on the user's shelf."""
    from foedus.sources.shelf import names  # noqa: PLC0415  only this argument needs the readers

    return names()


def completer(names: Callable[[], Iterable[str]], or_files: bool = False) -> Completer:
    """Offers the names that begin as typed, and files where a path may stand as well."""

    def complete(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
        del ctx, param  # click hands them over; the names are the same everywhere
        items = [CompletionItem(name) for name in names() if name.startswith(typed)]
        # Files first: where bash meets them, it forgets what was offered before.
        return [CompletionItem(typed, type="file"), *items] if or_files else items

    return complete


dossiers = completer(dossier_names, or_files=True)
scenarios = completer(scenario_names, or_files=True)
pages = completer(lambda: [*page_names(), *dossier_names()], or_files=True)
treaties = completer(page_names)
states = completer(lambda: list(STATES))
norms = completer(norm_names)
codes = completer(lambda: list(CATALOGUE))
data_sets = completer(_data_sets)
languages = completer(speech.languages)
