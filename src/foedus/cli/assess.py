"""`foedus assess DOSSIER`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from foedus.assessment.assess import assess
from foedus.assessment.traced import compared
from foedus.cli import complete
from foedus.cli.busy import busy
from foedus.cli.copies import read_copies
from foedus.cli.forms import form_options, write_forms
from foedus.cli.options import asked_from, documents_option, question_options
from foedus.cli.say import colourful, examples, in_json, warn, width, written_in
from foedus.diagnostics.span import spelled
from foedus.library import Library
from foedus.report.json import to_json
from foedus.report.own_copy import beside
from foedus.report.terminal import show_assessment
from foedus.report.why import show_why


@click.command(
    "assess",
    epilog=examples(
        "foedus assess kazakhstan-2022 --why cst.assist",
        "foedus assess ./my-dossier --suppose directed=no --json",
    ),
)
@click.argument("dossier", shell_complete=complete.dossiers)
@question_options
@documents_option
@click.option(
    "--why",
    multiple=True,
    metavar="NORM",
    shell_complete=complete.norms,
    help="The grounds of a norm, article by article, source by source.",
)
@form_options
@click.option(
    "--texts",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Your own copies of treaty texts (cst.txt), to stand beside the encoding on the page.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="The whole answer as JSON (schema: assessment.schema.json)."
)
def command(
    dossier: str,
    on: str | None,
    known_by: str | None,
    suppose: tuple[str, ...],
    reading: tuple[str, ...],
    only: tuple[str, ...],
    weights: Path | None,
    treaties: Path | None,
    documents: Path | None,
    why: tuple[str, ...],
    as_json: bool,
    texts: Path | None,
    **forms: Path | None,
) -> None:
    """What follows in a crisis: which obligations arise, on which facts and readings that turns.

    DOSSIER is a folder, a page, or the name of a shipped dossier.
    """
    asked = asked_from(on, known_by, suppose, reading, only, weights)
    loaded = compared(Library(treaties, documents, trials=False).dossier(dossier))
    if warn(loaded.problems, loaded.texts) or loaded.dossier is None:
        sys.exit(1)
    with busy(f"Assessing {dossier}"):
        answer = assess(loaded.dossier, loaded.program, asked)
    if any(forms.values()):
        own = beside(answer, read_copies(texts, answer) if texts is not None else {})
        for path in write_forms(answer, forms, own):
            click.echo(f"Written: {spelled(path)}", err=True)
    elif as_json:
        click.echo(in_json(to_json(answer)))
    elif why:
        for norm in why:
            click.echo(show_why(answer, norm, width(), colour=colourful(sys.stdout), encoding=written_in()))
    else:
        click.echo(
            show_assessment(answer, width=width(), colour=colourful(sys.stdout), encoding=written_in())
        )
