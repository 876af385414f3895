"""`foedus trace PATHS…`."""

from __future__ import annotations

import shlex
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from foedus.cli import complete
from foedus.cli.everywhere import language_option
from foedus.cli.say import colourful, examples, in_json, print_file, width, written_in
from foedus.cli.write import write_whole
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE, spelled, whole

if TYPE_CHECKING:
    from foedus.cli.tracing import Run

NEEDED = ("numpy", "duckdb", "rapidfuzz")
"""What comes with the extra, and tracing cannot do without."""

_OUT = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_IN = click.Path(path_type=Path, readable=False)


@click.command(
    "trace",
    epilog=examples(
        "foedus trace statement.txt report.html",
        "foedus trace press/ --known treaty.txt --html trace.html",
        "pdftotext report.pdf - | foedus trace - statement.txt --all",
        "foedus trace crawl/ --index crawl.index",
        "foedus trace --index crawl.index --query statement.txt",
        "foedus trace --index crawl.index --known treaty.txt --parquet crawl.parquet",
    ),
)
@click.argument(
    "paths", nargs=-1, type=click.Path(path_type=Path, readable=False, allow_dash=True), metavar="PATHS…"
)
@click.option("--known", multiple=True, type=_IN, metavar="FILE",
              help="A text that anybody may quote (a treaty, a speech): no sign of copying.")  # fmt: skip
@click.option("--dossier", metavar="DOSSIER", shell_complete=complete.dossiers,
              help="Dates, speakers and derivations of this dossier's sources, by the files' names.")  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Every passage, word by word.")
@click.option("--html", type=_OUT, metavar="FILE", help="One page: the lineage, the texts side by side.")
@click.option("--parquet", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Passages as Parquet, and documents in a file beside.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON (schema: foedus schema trace).")
@click.option("--index", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
              help="Keep an index there: any number of documents, further ones added later.")  # fmt: skip
@click.option("--query", type=_IN, metavar="FILE", help="Where else this document stands in the index.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]),
              help="What makes the index; spark needs foedus[spark] and Java.")  # fmt: skip
@language_option
def command(
    paths: tuple[Path, ...],
    known: tuple[Path, ...],
    dossier: str | None,
    every: bool,
    html: Path | None,
    parquet: Path | None,
    as_json: bool,
    index: Path | None,
    query: Path | None,
    engine: Literal["duckdb", "spark"] | None,
) -> None:
    """Which passages of documents stand in which others, who has them from whom, and how many
    independent sources there really are.

    PATHS are files or folders: text, HTML, Markdown, PDF, JSONL, Parquet, WARC; - is standard
    input. It says which words stand where, and takes no side. Needs foedus[trace].
    """
    for option, given in (("--query", query), ("--engine", engine)):
        if given is not None and index is None:
            raise _refused("F663", option=option)
    if not paths and index is None:
        raise click.UsageError("Name the documents, or a folder of them.")
    missing = next((name for name in NEEDED if find_spec(name) is None), None)
    if missing is not None:
        raise _refused("F559", option="foedus trace", library=missing, extra="trace")
    typed = _typed(paths, known, dossier)
    if index is None:
        # Imported here because it comes with an extra.
        from foedus.cli.tracing import run  # noqa: PLC0415

        _tell(run(paths, known, dossier), paths, typed, html, parquet, as_json, every)
        return
    if dossier:
        why = "Leave it out, or compare in memory, without --index."
        raise _refused("F666", option="--dossier", why=why)
    from foedus.cli import indexed, tracing  # noqa: PLC0415  the same

    texts = tracing.known_texts(known)
    found, written, said = None, list[Path](), ""
    with indexed.opened(index, paths, engine or "duckdb") as (opened, added):
        typed = f"{typed} --index {shlex.quote(index.name)}"
        if query is not None:
            found = indexed.looked_up(opened, query, texts)
            typed = f"{typed} --query {shlex.quote(query.name)}"
        elif indexed.is_small(opened) or html or as_json:
            found = indexed.held(opened, "--html" if html else "--json", texts)
        else:
            written = indexed.into_parquet(opened, parquet, texts) if parquet else []
            said = "" if parquet else indexed.overview(opened, index, added, every, texts)
    if found is None:  # told only now, when the line of progress is gone
        for path in written:
            click.echo(f"Written: {spelled(path)}", err=True)
        click.echo(said, nl=False)
        return
    _tell(found, [*paths, Path("--index"), index], typed, html, parquet, as_json, every)


def _refused(code: str, **values: str) -> Refused:
    return Refused(Problem(code, whole(values["option"]) if code != "F559" else NOWHERE, values))


def _tell(
    found: Run,
    paths: list[Path] | tuple[Path, ...],
    typed: str,
    html: Path | None,
    parquet: Path | None,
    as_json: bool,
    every: bool,
) -> None:
    """Write the files asked for, and print the rest. Raises `Refused` (F507)."""
    written: list[Path] = []
    if html is not None:
        from foedus.report.html.trace.page import show_page  # noqa: PLC0415  templates take a moment to load

        page = show_page(found.traced, f"{typed} --html {shlex.quote(html.name)}", found.lead)
        if str(html) == "-":
            print_file(page)
        else:
            write_whole(html, page)
            written.append(html)
    if parquet is not None:
        written += found.into_parquet(parquet)
    for path in written:
        click.echo(f"Written: {spelled(path)}", err=True)
    if as_json:
        click.echo(in_json(found.as_json()))
    elif html is None and parquet is None:
        from foedus.report.trace.terminal import show_traced  # noqa: PLC0415  only where it is printed

        shown = show_traced(
            found.traced,
            paths=[spelled(path) for path in paths],
            lead=found.lead,
            every=every,
            width=width(),
            colour=colourful(sys.stdout),
            encoding=written_in(),
        )
        click.echo(shown, nl=False)


def _typed(paths: tuple[Path, ...], known: tuple[Path, ...], dossier: str | None) -> str:
    """The command as somebody else can give it: files by their names."""
    words = ["foedus", "trace", *(path.name or spelled(path) for path in paths)]
    words += [word for path in known for word in ("--known", path.name)]
    return shlex.join([*words, *(["--dossier", dossier] if dossier else [])])
