"""Options of verbs that reason about nothing: they come without the engines, which take a tenth of a second to load."""

from __future__ import annotations

from pathlib import Path

import click

from foedus.cli import complete
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.words.speech import languages, speaking

treaties_option = click.option(
    "--treaties",
    type=click.Path(readable=False, path_type=Path),
    metavar="DIR",
    help="Your own or amended treaty pages, over the shipped ones.",
)

data_option = click.option(
    "--data",
    "folder",
    type=click.Path(file_okay=False, readable=False, path_type=Path),
    metavar="DIR",
    help="The folder that keeps your data sets; else FOEDUS_DATA, else your own.",
)


def _speak(ctx: click.Context, _: click.Parameter, code: str | None) -> None:
    """Speak the language asked for as long as the command runs. Raises `Refused` for one that has no
    catalogue (F550), or whose catalogue cannot be read (F551)."""
    if code is None:
        return
    place = whole(f"--language {code}")
    if code not in languages():
        raise Refused(Problem("F550", place, {"code": code, "known": ", ".join(languages())}))
    try:
        ctx.with_resource(speaking(code))
    except ValueError as wrong:
        raise Refused(Problem("F551", place, {"code": code, "why": str(wrong)})) from None


language_option = click.option(
    "--language",
    metavar="CODE",
    envvar="FOEDUS_LANGUAGE",
    shell_complete=complete.languages,
    expose_value=False,
    callback=_speak,
    help="Interface words in this language: en, fr, ru.",
)
"""The command itself need not know: it speaks the language from here on."""
