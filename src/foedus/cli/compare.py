"""`foedus compare A B`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from foedus.assessment.assess import assess
from foedus.cli import complete
from foedus.cli.busy import busy
from foedus.cli.options import asked_from, question_options
from foedus.cli.say import colourful, examples, warn, width, written_in
from foedus.library import Library
from foedus.report.compare import compare, show_comparison


@click.command(
    "compare",
    epilog=examples(
        "foedus compare kyrgyzstan-2010 kazakhstan-2022",
        "foedus compare kazakhstan-2022 kazakhstan-2022 --suppose directed=no",
    ),
)
@click.argument("a", shell_complete=complete.dossiers)
@click.argument("b", shell_complete=complete.dossiers)
@question_options
def command(
    a: str,
    b: str,
    on: str | None,
    known_by: str | None,
    suppose: tuple[str, ...],
    reading: tuple[str, ...],
    only: tuple[str, ...],
    weights: Path | None,
    treaties: Path | None,
) -> None:
    """Which findings move between dossiers A and B, and why.

    The options apply to B alone, so that a dossier can be compared with itself under a
    supposition, on another day, or with amended treaty pages.
    """
    asked = asked_from(on, known_by, suppose, reading, only, weights)
    first, second = Library(trials=False).dossier(a), Library(treaties, trials=False).dossier(b)
    failed = [warn(loaded.problems, loaded.texts) for loaded in (first, second)]
    if any(failed) or first.dossier is None or second.dossier is None:
        sys.exit(1)
    with busy(f"Assessing {a}") as work:
        before = assess(first.dossier, first.program)
        work.on(f"Assessing {b}")
        moved = compare(before, assess(second.dossier, second.program, asked))
    click.echo(show_comparison(moved, width(), colour=colourful(sys.stdout), encoding=written_in()))
