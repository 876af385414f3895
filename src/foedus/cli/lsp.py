"""`foedus lsp`."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import click

from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.main import INTERRUPTED
from foedus.cli.say import examples
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE


@click.command("lsp", epilog=examples("foedus lsp", "foedus lsp --treaties treaties"))
@treaties_option
@click.option(
    "--documents",
    type=click.Path(readable=False, path_type=Path),
    metavar="DIR",
    help="Texts of sources, named by their ids (letter.txt): quotations are looked up in them.",
)
@language_option
def command(treaties: Path | None, documents: Path | None) -> None:
    """Speak with an editor about the pages open in it: mistakes as one types, names to choose from.

    It is started by the editor, and speaks the Language Server Protocol over standard input and output. What
    has to be set in which editor is told in docs/how-to/edit-pages.md. Needs foedus[lsp].
    """
    if find_spec("pygls") is None:
        raise Refused(Problem("F559", NOWHERE, {"option": "foedus lsp", "library": "pygls", "extra": "lsp"}))
    from foedus.lsp.review import Settings  # noqa: PLC0415  its library is an extra
    from foedus.lsp.server import serve  # noqa: PLC0415  the same

    if sys.stdin.isatty():
        click.echo("This is for an editor, which starts it by itself. Ctrl-C ends it.", err=True)
    settings = Settings(
        treaties.resolve() if treaties is not None else None,
        documents.resolve() if documents is not None else None,
    )
    sys.exit(serve(settings, INTERRUPTED))
