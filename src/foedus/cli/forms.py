"""The forms in which an answer is written to a file: `--html page.html` and its like.

Each is a module loaded only when it is asked for, with one function from an assessment to text or
bytes. `-` as the file writes to standard output.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from foedus.assessment.finding import Assessment
from foedus.cli.say import print_file
from foedus.cli.write import write_whole


@dataclass(frozen=True, slots=True)
class Form:
    """Where a form is made, and what `--help` says of it."""

    module: str
    function: str
    help: str
    texts: bool = False  # whether the reader's own copies of treaty texts can stand in it


FORMS: Mapping[str, Form] = {
    "html": Form("foedus.report.html.show", "show_page", "One page for a browser and for paper.", True),
    "md": Form("foedus.report.markdown", "show_markdown", "A memorandum in Markdown."),
    "docx": Form("foedus.report.docx", "show_docx", "The same memorandum for a word processor."),
    "bibtex": Form("foedus.report.cite", "show_bibtex", "The sources as BibTeX."),
    "csl": Form("foedus.report.cite", "show_csl", "The sources as CSL-JSON, for reference managers."),
}


def form_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds an option `--<form> FILE` for each form."""
    for name, form in reversed(list(FORMS.items())):
        kind = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
        command = click.option(f"--{name}", f"form_{name}", type=kind, metavar="FILE", help=form.help)(
            command
        )
    return command


def write_forms(
    answer: Assessment, asked: Mapping[str, Path | None], texts: Mapping[tuple[str, str], str]
) -> list[Path]:
    """Write each form asked for; the files written. `texts` are the reader's own, by instrument and
    article. Raises `Refused` (F507) where one cannot be."""
    written: list[Path] = []
    for name, path in asked.items():
        if path is None:
            continue
        form = FORMS[name.removeprefix("form_")]
        make = getattr(import_module(form.module), form.function)
        made: str | bytes = make(answer, texts) if form.texts else make(answer)
        if str(path) == "-":
            print_file(made)
        else:
            write_whole(path, made)
            written.append(path)
    return written
