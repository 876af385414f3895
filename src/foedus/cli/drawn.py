"""`--plot [KIND=]FILE` and `--columns`: figures that a verb writes, with their words beside them."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
from click.core import ParameterSource

from foedus.diagnostics.span import spelled
from foedus.words.speech import say

if TYPE_CHECKING:
    from foedus.report.plots.figure import Columns, Figure


def plot_option(kinds: str) -> Callable[[Any], Any]:
    """The option; `kinds` are named in its help."""
    return click.option(
        "--plot",
        multiple=True,
        metavar="[KIND=]FILE",
        help=f"A figure (.svg, .pdf, .png), and its words beside it: {kinds}.",
    )


columns_option = click.option(
    "--columns",
    type=click.Choice(["one", "two"]),
    default="two",
    show_default=True,
    help="Over how many columns of a journal a figure goes.",
)


def plots_of(given: Sequence[str], kinds: Sequence[str]) -> list[tuple[str, Path]]:
    """Each kind with its file; the first kind where none is named. Endings are looked at before anything is worked
    out. Raises `Refused` (F559, F870), `UsageError` for a kind that there is not."""
    if not given:
        return []
    from foedus.report.plots.figure import matplotlib  # noqa: PLC0415  figures take a moment to load
    from foedus.report.plots.save import ending_of  # noqa: PLC0415

    found: list[tuple[str, Path]] = []
    for text in given:
        kind, equals, file = text.partition("=")
        if not equals or "/" in kind or "." in kind:
            kind, file = kinds[0], text
        if kind not in kinds or not file:
            raise click.UsageError(f"--plot {text}: {', '.join(f'{each}=FILE' for each in kinds)}")
        ending_of(Path(file))
        found.append((kind, Path(file)))
    matplotlib()
    return found


def typed_again() -> str:
    """The command as somebody else can give it: the options that were typed, files by their names."""
    context = click.get_current_context()
    words = ["foedus", str(context.info_name)]
    for option in context.command.params:
        if isinstance(option, click.Argument) and option.name and context.params[option.name] is not None:
            words.append(_by_name(context.params[option.name]))
        if option.name in NOT_REPEATED or not isinstance(option, click.Option):
            continue
        if context.get_parameter_source(option.name) is not ParameterSource.COMMANDLINE:
            continue
        value: object = context.params[option.name]
        values = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
        name = max(option.opts, key=len)
        for each in values:
            words += [name] if option.is_flag else [name, _by_name(each)]
    return shlex.join(words)


NOT_REPEATED = ("html", "plot", "columns", "output", "as_json_", "language")
"""Options that say where an answer goes, not what is asked."""


def _by_name(value: object) -> str:
    """A value as typed; a file, also after `atop=`, without the folders above it."""
    if isinstance(value, Path):
        return value.name
    head, equals, tail = str(value).partition("=")
    return f"{head}={Path(tail).name}" if equals and "/" in tail and " " not in head else str(value)


def draw(
    plots: Sequence[tuple[str, Path]], made: Callable[[str, Columns], list[Figure]], columns: Columns
) -> None:
    """Draw all of them or none, each into its file, further ones of one kind into `NAME-2`, and say so."""
    from foedus.report.plots.save import save_all  # noqa: PLC0415  figures take a moment to load

    figures = [
        (figure, path if number == 1 else path.with_stem(f"{path.stem}-{number}"))
        for kind, path in plots
        for number, figure in enumerate(made(kind, columns), 1)
    ]
    save_all(figures)
    for _, path in figures:
        click.echo(say("Written: {path}", path=spelled(path)), err=True)
