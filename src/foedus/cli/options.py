"""Options that several verbs share, and how their values are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from foedus.assessment.case import Asked
from foedus.assessment.put import read_day, supposed
from foedus.assessment.weights import read_weights
from foedus.cli import complete
from foedus.cli.everywhere import language_option as language_option
from foedus.cli.everywhere import treaties_option as treaties_option
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole

F = TypeVar("F", bound=Callable[..., Any])

documents_option = click.option(
    "--documents",
    type=click.Path(readable=False, path_type=Path),
    metavar="DIR",
    help="Texts of sources, named by their ids (letter.txt): quotations are looked up, copies found in them.",
)

QUESTION_OPTIONS = (
    click.option("--on", metavar="DATE", help="Law and facts as of this day (2022-01-06)."),
    click.option("--known-by", metavar="DATE", help="Only what had been said by this day."),
    click.option(
        "--suppose",
        multiple=True,
        metavar="ID=VALUE",
        help="Suppose a fact or judgement: --suppose B=no (ids or letters).",
    ),
    click.option(
        "--reading",
        multiple=True,
        metavar="Q=ANSWER",
        help="Suppose a reading: --reading 'cst.aggression=any author'.",
    ),
    click.option(
        "--only",
        multiple=True,
        metavar="NORM",
        shell_complete=complete.norms,
        help="Only this norm or instrument.",
    ),
    click.option(
        "--weights",
        type=click.Path(readable=False, path_type=Path),
        metavar="FILE",
        help="Chances of facts and readings (TOML), for exact chances.",
    ),
    treaties_option,
    language_option,
)


def question_options(command: F) -> F:
    """Adds the options that say what is asked."""
    for option in reversed(QUESTION_OPTIONS):
        command = option(command)
    return command


def asked_from(
    on: str | None,
    known_by: str | None,
    suppose: tuple[str, ...],
    reading: tuple[str, ...],
    only: tuple[str, ...],
    weights: Path | None,
) -> Asked:
    """What the options ask. Raises `Refused` for a value that cannot be read."""
    return Asked(
        on=read_day("--on", on),
        known_by=read_day("--known-by", known_by),
        suppose=supposed(
            [*(split("--suppose", s) for s in suppose), *(split("--reading", r) for r in reading)]
        ),
        only=only,
        weights=read_weights(weights) if weights else None,
    )


def split(option: str, text: str) -> tuple[str, str]:
    """`id=value`; spaces around are not part of either, quotes around the value are not either."""
    name, equals, value = text.rpartition("=") if '="' not in text else text.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise Refused(Problem("F504", whole(f"{option} {text}"), {"option": option, "text": text}))
    return name.strip(), value.strip().strip('"“”')
