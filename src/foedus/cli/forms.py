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
from foedus.cli.write import write_whole


@dataclass(frozen=True, slots=True)
class Form:
    """Where a form is made, and what `--help` says of it."""

    module: str
    function: str
    help: str


FORMS: Mapping[str, Form] = {
    "html": Form(
        "foedus.report.html.show", "show_page", "The answer as one page, for a browser and for paper."
    ),
}


def form_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds an option `--<form> FILE` for each form."""
    for name, form in reversed(list(FORMS.items())):
        kind = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
        command = click.option(f"--{name}", f"form_{name}", type=kind, metavar="FILE", help=form.help)(
            command
        )
    return command


def write_forms(answer: Assessment, asked: Mapping[str, Path | None]) -> list[Path]:
    """Write each form asked for; the files written. Raises `Refused` (F507) where one cannot be."""
    written: list[Path] = []
    for name, path in asked.items():
        if path is None:
            continue
        form = FORMS[name.removeprefix("form_")]
        made: str | bytes = getattr(import_module(form.module), form.function)(answer)
        if str(path) == "-":
            click.echo(made, nl=False)
        else:
            write_whole(path, made)
            written.append(path)
    return written
