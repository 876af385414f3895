"""Options of `foedus cascade` that do not go with what is asked: to pass over one would answer another question."""

from __future__ import annotations

from collections.abc import Iterable

import click
from click.core import ParameterSource

from foedus.words.speech import say

OF_DATA_SETS = (
    "--data", "--pivots", "--honour", "--rates", "--width", "--enters", "--conditions", "--attacked", "--draws",
    "--nodes", "--threads", "--engine", "--confusion", "--war", "--cow",
)  # fmt: skip
OF_A_SWEEP = ("--attackers", "--targets")
OF_A_WAR = ("--war", "--until")
OF_ONE_SHOCK = (
    "--shock", "--on", "--reading", "--free", "--without", "--pivots", "--draws", "--engine", "--confusion", "--war",
    "--until", "--html", "--plot", "--columns", "--json",
)  # fmt: skip


def given(options: Iterable[str]) -> str | None:
    """The first of some options that stands on the command line."""
    context = click.get_current_context()
    names = {
        spelling: param.name for param in context.command.params if param.name for spelling in param.opts
    }
    return next(
        (
            option
            for option in options
            if option in names and context.get_parameter_source(names[option]) == ParameterSource.COMMANDLINE
        ),
        None,
    )


def over_pages() -> None:
    """Raises UsageError for an option that a cascade over treaty pages has no use for."""
    if option := given(OF_DATA_SETS):
        said = say("“{option}” is of a cascade over a data set, and this one is over pages.", option=option)
        raise click.UsageError(said)
    _of_a_sweep()


def over_data_sets() -> None:
    """Raises UsageError for an option that one shock over data sets has no use for."""
    if option := given(("--reading", "--free")):
        said = say("“{option}” is for treaty pages; a data set has no readings.", option=option)
        raise click.UsageError(said)
    if (option := given(OF_A_WAR)) and not given(("--confusion",)):
        said = say("“{option}” is of the comparison with a war: give “--confusion” too.", option=option)
        raise click.UsageError(said)
    _of_a_sweep()


def in_a_sweep(page: str | None) -> None:
    """Raises UsageError for an option, or a page, that a sweep has no use for."""
    option = given(OF_ONE_SHOCK)
    if page is not None or option:
        what = option or page or ""
        raise click.UsageError(say("“{what}” is of one shock, and a sweep is of all of a year.", what=what))


def _of_a_sweep() -> None:
    if option := given(OF_A_SWEEP):
        raise click.UsageError(say("“{option}” is of a sweep: give “--sweep” too.", option=option))
