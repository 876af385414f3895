"""How the command line speaks: problems to standard error, answers to standard output."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping

import click

from foedus.diagnostics.catalogue import severity_of
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.render import tally, to_terminal
from foedus.report.layout import Sheet, carried


def examples(*lines: str) -> str:
    """The end of a verb's help: one example a line, kept apart by click only with blank lines between."""
    return "\b\n" + "\n".join(
        ["Examples:" if len(lines) > 1 else "Example:", *(f"  {line}" for line in lines)]
    )


def refuse(problems: Iterable[Problem], texts: Mapping[str, str] | None = None) -> None:
    """Print problems with their places to standard error."""
    found = list(problems)
    click.echo(to_terminal(found, texts or {}, width=width(), colour=colourful(sys.stderr)), err=True)


def warn(problems: Iterable[Problem], texts: Mapping[str, str] | None = None) -> bool:
    """Print problems; whether one of them is an error."""
    found = list(problems)
    if found:
        refuse(found, texts)
        click.echo(tally(found), err=True)
    return any(severity_of(problem) == "error" for problem in found)


def in_json(value: object) -> str:
    """JSON that the output carries whole: letters that its encoding lacks are written by their numbers."""
    known = written_in().lower().replace("-", "").startswith(("utf8", "utf16", "utf32"))
    return json.dumps(value, ensure_ascii=not known, indent=2)


def print_sheet(draw: Callable[[Sheet], object]) -> None:
    """What `draw` puts on a sheet as wide as the terminal, to standard output, in signs that it can carry."""
    sheet = Sheet(width(), colourful(sys.stdout))
    draw(sheet)
    click.echo(carried(sheet.text(), written_in()), nl=False)


def print_file(content: str | bytes) -> None:
    """What would be a file, to standard output: in UTF-8, also where a terminal would be written to otherwise."""
    if isinstance(content, str) and not sys.stdout.isatty():
        content = content.encode()
    click.echo(content, nl=False)


def width() -> int:
    """Columns to write in: the terminal's, at most 100; 80 where there is none."""
    return max(40, min(shutil.get_terminal_size((80, 24)).columns, 100))


def colourful(stream: object) -> bool:
    """Whether to use colour: only on a terminal, and not when NO_COLOR is set."""
    return bool(getattr(stream, "isatty", lambda: False)()) and "NO_COLOR" not in os.environ


def written_in() -> str:
    """The encoding of standard output, so that signs it does not have are written otherwise."""
    return sys.stdout.encoding or "utf-8"
