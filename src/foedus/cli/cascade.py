"""`foedus cascade --shock AUH:SRB --on 1914-07-28 [--source atop]`, `foedus cascade july-1914`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.cli import unfit
from foedus.cli.cascading import Given, answer, sweep_to, table_to, written
from foedus.cli.drawn import columns_option, draw, plot_option, plots_of, typed_again
from foedus.cli.everywhere import data_option, language_option, treaties_option
from foedus.cli.say import examples, in_json, print_file, print_sheet
from foedus.cli.write import write_whole
from foedus.diagnostics.span import spelled
from foedus.report.cascade import show_cascade
from foedus.report.cascade_json import as_json
from foedus.words.speech import say

if TYPE_CHECKING:
    from foedus.cascade.ask import Cascade
    from foedus.cli.heard import Heard
    from foedus.report.layout import Sheet
    from foedus.report.plots.figure import Columns
    from foedus.report.strata.told import Told

PLOTS = ("chances", "difference", "pivots", "network")
"""What `--plot` draws; the first if none is named."""
PAGE_PLOTS = ("outcomes",)
"""The same over treaty pages."""


@click.command(
    "cascade",
    epilog=examples(
        "foedus cascade --shock AUH:SRB --on 1914-07-28 --source atop=atop.csv",
        "foedus cascade --shock AUH:SRB --on 1914-07-28",
        "foedus cascade july-1914 --reading 'dual.attacked=armed force'",
        "foedus cascade july-1914 --html july.html --plot outcomes.svg",
    ),
)
@click.argument("name", required=False, metavar="[PAGE|A:B]")
@click.option("--shock", metavar="A:B", help="Who attacks whom: AUH:SRB, by codes, names or cow:300:345.")
@click.option("--on", metavar="DATE", help="The day of the attack: what was owed then counts.")
@click.option(
    "--source",
    multiple=True,
    metavar="SET[=FILE]",
    help="Obligations from a data set, atop or cow: from your shelf, or a file; else treaty pages.",
)
@click.option(
    "--reading", multiple=True, metavar="Q=ANSWER", help="Over pages: only this answer to a question."
)
@click.option(
    "--free", multiple=True, metavar="Q", help="Over pages: open a question that is taken as settled."
)
@click.option(
    "--without",
    multiple=True,
    metavar="WHAT",
    help="The difference if it had not been: frarus, atop:1385, FRA:RUS, ITA; joined with +.",
)
@click.option("--pivots", is_flag=True, help="What the outcome turns on, and how it moves with each chance.")
@click.option(
    "--honour",
    default="berkemeier-fuhrmann-2018",
    show_default=True,
    metavar="SET|FILE",
    help="Chances that promises are kept: a set that ships, or your table (CSV).",
)
@click.option(
    "--rates",
    type=click.Choice(["both", "pledge", "era"]),
    default="both",
    show_default=True,
    help="Whether the pledge's rate counts, the era's, or their odds together.",
)
@click.option(
    "--width",
    type=click.FloatRange(0, 0.5),
    default=0.1,
    show_default=True,
    help="The standard deviation of a published rate without counts.",
)
@click.option(
    "--chance",
    multiple=True,
    metavar="WHAT=P",
    help="A chance that a promise is kept: defense=0.6, atop:1350/ITA=0.2, request=0.9.",
)
@click.option(
    "--enters",
    multiple=True,
    metavar="PLEDGE=P",
    help="How likely who keeps a promise goes to war: consul=0.3.",
)
@click.option(
    "--conditions",
    type=click.Choice(["met", "unmet"]),
    default="met",
    show_default=True,
    help="Conditions that the data only flag: taken as met, or such promises left out.",
)
@click.option(
    "--attacked",
    type=click.Choice(["joined", "target"]),
    default="joined",
    show_default=True,
    help="Whether who is joined against counts as attacked, or only the target.",
)
@click.option(
    "--draws",
    type=click.IntRange(0, 100_000),
    default=200,
    show_default=True,
    help="Draws of uncertain chances; 0 for none.",
)
@click.option(
    "--worlds", type=click.IntRange(100, 1 << 32), metavar="N",
    help="Worlds to simulate, where it is not exact.",
)  # fmt: skip
@click.option(
    "--nodes", type=click.IntRange(0, 1 << 30), metavar="N",
    help="How large an exact answer may grow; 0 never tries.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0, (1 << 63) - 1), default=1, show_default=True,
    help="The seed of every coin.",
)  # fmt: skip
@click.option(
    "--threads", type=click.IntRange(1, 1024), metavar="N",
    help="Threads; the answer is the same with any.",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice(["here", "spark"]), default="here", show_default=True,
    help="Who runs the worlds: this machine, or Spark (foedus[spark], with Java).",
)  # fmt: skip
@click.option(
    "--confusion",
    type=click.Path(readable=False, path_type=Path),
    is_flag=False,
    flag_value=Path(),
    metavar="[FILE]",
    help="Compare with COW's inter-state wars: a file, or the one on your shelf.",
)
@click.option("--war", type=int, metavar="N", help="Which war of that file, by its number.")
@click.option("--until", metavar="DATE", help="Entries until this day are compared; else a year's.")
@click.option(
    "--cow",
    type=click.Path(readable=False, path_type=Path),
    metavar="FILE",
    help="COW's list of states: who could have entered; else your shelf's.",
)
@click.option("--sweep", metavar="YEARS", help="Every attack of every year, 1900-1914, into the file of -o.")
@click.option("--attackers", metavar="STATES", help="Only attacks by these, for --sweep: DEU,FRA.")
@click.option("--targets", metavar="STATES", help="Only attacks on these, for --sweep.")
@click.option(
    "--output",
    "-o",
    type=click.Path(readable=False, path_type=Path),
    metavar="FILE",
    help="The entries as a table: .csv, .json or .parquet.",
)
@click.option(
    "--html",
    type=click.Path(readable=False, path_type=Path),
    metavar="FILE",
    help="One page: chains, rounds, chances or outcomes drawn, a table behind each.",
)
@plot_option("chances (if none is named), difference, pivots, network; over pages, outcomes")
@columns_option
@data_option
@treaties_option
@language_option
@click.option("--json", "as_json_", is_flag=True, help="The whole answer as JSON.")
def command(
    name: str | None,
    shock: str | None,
    on: str | None,
    source: tuple[str, ...],
    sweep: str | None,
    output: Path | None,
    as_json_: bool,
    html: Path | None,
    plot: tuple[str, ...],
    columns: Columns,
    **options: object,
) -> None:
    """How a war spreads if states are drawn in by what they promised.

    A state attacks another on a day. Whoever owes one of them help is called on, keeps its word with the chance
    that such promises were kept, and is drawn in; round by round, on two sides. Exact where that can be had,
    else simulated, with the error; and how far the answer moves as far as the chances may be wrong.

    Without --source it spreads over the treaty pages in force on the day, under every reading of their words that
    is open; PAGE is a page with a shock, plans and what happened, such as july-1914. A:B in its place is the same
    as --shock A:B.
    """
    reading, free = options.pop("reading"), options.pop("free")
    if name is not None and ":" in name and shock is None:
        name, shock = None, name  # as in Python, where the shock comes first; no page has a colon in its name
    if sweep is not None:
        unfit.in_a_sweep(name or shock)
        sweep_to(sweep, source, output, Given.of(options))
        return
    if name is None and shock is None:
        raise click.UsageError("Missing option “--shock”: who attacks whom, such as AUH:SRB.")
    if name is None and on is None:
        raise click.UsageError("Missing option “--on”: the day of the attack, such as 1914-07-28.")
    if name is not None or not source:
        asked = {**options, "reading": reading, "free": free}
        _over_pages(
            name, shock, on, source, asked, output, as_json_, html, plots_of(plot, PAGE_PLOTS), columns
        )
        return
    unfit.over_data_sets()
    assert shock is not None and on is not None  # asked for above
    given = Given.of(options)
    plots = plots_of(plot, PLOTS)
    found, heard = answer(shock, on, source, given)
    if output is not None:
        written(found, output)
    if html is not None:
        _page(found, html)
    if plots:
        from foedus.report.plots.of_cascade import figures_of  # noqa: PLC0415  figures take a moment to load

        draw(plots, lambda kind, over: figures_of(found, kind, over), columns)
    if as_json_:
        click.echo(in_json({**as_json(found), "left_out": heard.rows()}))
    elif output is None and html is None and not plots:
        print_sheet(lambda sheet: _shown(sheet, found, heard))


def _shown(sheet: Sheet, found: Cascade, heard: Heard) -> None:
    show_cascade(sheet, found)
    heard.show(sheet)


def _over_pages(
    name: str | None,
    shock: str | None,
    on: str | None,
    source: tuple[str, ...],
    options: Mapping[str, object],
    output: Path | None,
    as_json_: bool,
    html: Path | None,
    plots: list[tuple[str, Path]],
    columns: Columns,
) -> None:
    if name is not None and (shock is not None or on is not None):
        raise click.UsageError(
            f"A page ({name}) says its own shock and day: leave out “--shock” and “--on”. A shock is written with a "
            "colon: AUH:SRB."
        )
    if name is not None and source:
        raise click.UsageError("A page says its own obligations: leave out “--source”, or the page.")
    unfit.over_pages()
    # Pages, their parser and engine, which a cascade over a data set does without.
    from foedus.cli.cascading_pages import over_pages  # noqa: PLC0415
    from foedus.report import cascade_pages  # noqa: PLC0415

    found = over_pages(name, shock, on, options)
    told = (found.strata, found.title, found.tables, found.until, found.taken)
    if output is not None:
        table_to(output, [dict(row) for row in found.strata.frame_rows()])
    if html is not None or plots:
        _drawn_of_pages(found.drawn(), html, plots, columns)
    if as_json_:
        click.echo(in_json(cascade_pages.as_json(*told)))
    elif output is None and html is None and not plots:
        print_sheet(lambda sheet: cascade_pages.show_strata(sheet, *told))


def _drawn_of_pages(
    found: Told, html: Path | None, plots: list[tuple[str, Path]], columns: Columns
) -> None:  # fmt: skip
    if html is not None:
        from foedus.report.html.course.page import show_page  # noqa: PLC0415  templates take a moment to load

        _written(show_page(found, typed_again()), html)
    if plots:
        from foedus.report.plots.outcomes import outcomes  # noqa: PLC0415  figures take a moment to load

        draw(plots, lambda _kind, over: [outcomes(found, columns=over)], columns)


def _page(found: Cascade, path: Path) -> None:
    from foedus.report.html.cascade.page import show_page  # noqa: PLC0415  templates take a moment to load

    _written(show_page(found, typed_again()), path)


def _written(page: str, path: Path) -> None:
    if str(path) == "-":
        print_file(page)
    else:
        write_whole(path, page)
        click.echo(say("Written: {path}", path=spelled(path)), err=True)
