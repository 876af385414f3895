"""`foedus trace PATHS…`."""

from __future__ import annotations

import shlex
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.cli import complete
from foedus.cli.everywhere import language_option
from foedus.cli.say import colourful, examples, in_json, print_file, width, written_in
from foedus.cli.write import write_whole
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE, spelled

if TYPE_CHECKING:
    from foedus.cli.tracing import Run

NEEDED = ("numpy", "duckdb", "rapidfuzz")
"""What comes with the extra, and tracing cannot do without."""

_FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)


@click.command(
    "trace",
    epilog=examples(
        "foedus trace statement.txt report.html",
        "foedus trace press/ --known treaty.txt --html trace.html",
        "pdftotext report.pdf - | foedus trace - statement.txt --all",
    ),
)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, readable=False, allow_dash=True),
    metavar="PATHS…",
)
@click.option(
    "--known",
    multiple=True,
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="A text that anybody may quote (a treaty, a speech): no sign of copying.",
)
@click.option(
    "--dossier",
    metavar="DOSSIER",
    shell_complete=complete.dossiers,
    help="Dates, speakers and derivations of this dossier's sources, by the files' names.",
)
@click.option("--all", "every", is_flag=True, help="Every passage, word by word.")
@click.option("--html", type=_FILE, metavar="FILE", help="One page: the lineage, the texts side by side.")
@click.option("--parquet", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Passages as Parquet, and documents in a file beside.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON (schema: foedus schema trace).")
@language_option
def command(
    paths: tuple[Path, ...],
    known: tuple[Path, ...],
    dossier: str | None,
    every: bool,
    html: Path | None,
    parquet: Path | None,
    as_json: bool,
) -> None:
    """Which passages of documents stand in which others, who has them from whom, and how many
    independent sources there really are.

    PATHS are files or folders: text, HTML, Markdown, PDF, JSONL, Parquet, WARC; - is standard
    input. It says which words stand where, and takes no side. Needs foedus[trace].
    """
    missing = next((name for name in NEEDED if find_spec(name) is None), None)
    if missing is not None:
        raise Refused(
            Problem("F559", NOWHERE, {"option": "foedus trace", "library": missing, "extra": "trace"})
        )
    # Imported here because they come with an extra.
    from foedus.cli.tracing import run  # noqa: PLC0415

    found = run(paths, known, dossier)
    written = _write(found, html, parquet, _typed(paths, known, dossier))
    for path in written:
        click.echo(f"Written: {spelled(path)}", err=True)
    if as_json:
        click.echo(in_json(found.as_json()))
    elif html is None and parquet is None:
        from foedus.report.trace.terminal import show_traced  # noqa: PLC0415  the same

        shown = show_traced(
            found.traced,
            paths=[spelled(path) for path in paths],
            every=every,
            width=width(),
            colour=colourful(sys.stdout),
            encoding=written_in(),
        )
        click.echo(shown, nl=False)


def _write(found: Run, html: Path | None, parquet: Path | None, typed: str) -> list[Path]:
    """The files asked for; those written, but for standard output. Raises `Refused` (F507)."""
    written: list[Path] = []
    if html is not None:
        from foedus.report.html.trace.page import show_page  # noqa: PLC0415  templates take a moment to load

        page = show_page(found.traced, f"{typed} --html {shlex.quote(html.name)}")
        if str(html) == "-":
            print_file(page)
        else:
            write_whole(html, page)
            written.append(html)
    if parquet is not None:
        from foedus.report.trace.parquet import write_parquet  # noqa: PLC0415  the same

        written += write_parquet(parquet, found.traced, found.known)
    return written


def _typed(paths: tuple[Path, ...], known: tuple[Path, ...], dossier: str | None) -> str:
    """The command as somebody else can give it: files by their names."""
    words = ["foedus", "trace", *(path.name or spelled(path) for path in paths)]
    words += [word for path in known for word in ("--known", path.name)]
    return shlex.join([*words, *(["--dossier", dossier] if dossier else [])])
