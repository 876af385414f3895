"""`foedus panel --from YEAR --to YEAR -o FILE`, `foedus panel --explain STATE STATE YEAR`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.cli.drawn import columns_option, plot_option, plots_of
from foedus.cli.everywhere import data_option, language_option, treaties_option
from foedus.cli.say import examples
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE

if TYPE_CHECKING:
    from foedus.report.plots.figure import Columns

PLOTS = ("coverage", "network")
"""What `--plot` draws; the first if none is named."""
NEEDED = ("numpy", "polars")
file = click.Path(readable=False, path_type=Path)


@click.command(
    "panel",
    epilog=examples(
        "foedus panel --from 1990 --to 2000 -o panel.parquet --atop atop.csv",
        "foedus panel --from 1990 --to 2000 --unit state --atop atop.csv",
        "foedus panel --explain 2 20 1955 --atop atop.csv",
    ),
)
@click.option("--from", "first", type=int, metavar="YEAR", help="The first year.")
@click.option("--to", "last", type=int, metavar="YEAR", help="The last year.")
@click.option("-o", "--output", type=file, metavar="FILE", help="Write it: .parquet, .csv, .dta, .arrow.")
@click.option(
    "--unit",
    type=click.Choice(["dyads", "undirected", "state", "days", "triads"]),
    default="dyads",
    show_default=True,
    help="What a row is.",
)
@click.option(
    "--rule",
    type=click.Choice(["any", "jan1", "july1", "dec31"]),
    help="Which day of a year decides; any day, if none is given.",
)
@click.option(
    "--begin",
    type=click.Choice(["signature", "in-force"]),
    default="signature",
    show_default=True,
    help="From which day on something is owed.",
)
@click.option(
    "--codes", type=click.Choice(["cow", "gw", "iso"]), help="Codes of states; else those of the list."
)
@click.option("--pledges", metavar="NAMES", help="Of these pledges only: defense,consul.")
@click.option("--markers", is_flag=True, help="A column for each kind of condition as well.")
@click.option(
    "--source", metavar="NAMES", help="Of these sources only: atop,cow,pages; with a file, atop=atop.csv."
)
@click.option("--atop", type=file, metavar="FILE", help="ATOP's member-level file (CSV).")
@click.option(
    "--directed", type=file, metavar="FILE", help="ATOP's directed dyad-years: to whom, where it varies."
)
@click.option("--alliances", type=file, metavar="FILE", help="COW's alliances, version 4.1 (CSV).")
@click.option(
    "--states",
    type=file,
    multiple=True,
    metavar="FILE",
    help="A list of states, COW's or GW's; `own` for the states of the data.",
)
@click.option(
    "--explain",
    nargs=3,
    metavar="STATE STATE YEAR",
    help="What stands behind one cell, in place of a panel.",
)
@plot_option("coverage (if none is named), network")
@columns_option
@data_option
@treaties_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="Editions, rules, counts and losses as JSON.")
def command(
    first: int | None,
    last: int | None,
    output: Path | None,
    unit: str,
    rule: str | None,
    begin: str,
    codes: str | None,
    pledges: str | None,
    markers: bool,
    source: str | None,
    atop: Path | None,
    directed: Path | None,
    alliances: Path | None,
    states: tuple[Path, ...],
    explain: tuple[str, str, str] | None,
    plot: tuple[str, ...],
    columns: Columns,
    folder: Path | None,
    treaties: Path | None,
    as_json: bool,
) -> None:
    """Who owed what to whom: every pair of states and every year, out of data sets of yours.

    Reads the files named, or those kept with `foedus data add`. Beyond the days that a data set
    covers its cells are missing, never 0; what the list of states lacks is counted and named.
    Needs foedus[panel].
    """
    if explain is None and (first is None or last is None):
        raise click.UsageError("Say which years: --from 1816 --to 2016.")
    missing = next((name for name in NEEDED if find_spec(name) is None), None)
    if missing is not None:
        values = {"option": "foedus panel", "library": missing, "extra": "panel"}
        raise Refused(Problem("F559", NOWHERE, values))
    # Imported here because it comes with an extra.
    from foedus.cli.panels import made  # noqa: PLC0415
    from foedus.panel.given import Given, asked, meaningless  # noqa: PLC0415  the same

    given = Given(atop, alliances, states, source, folder, treaties, directed)
    if explain is not None:
        if output is not None:
            raise meaningless("-o", "--explain prints what it finds")
        if plot:
            raise meaningless("--plot", "--explain prints what it finds")
        from foedus.cli.behind import explained  # noqa: PLC0415  the pages, which a panel does not need

        explained(explain, given, treaties, rule, begin, as_json)
        return
    wanted = asked(
        first or 0, last or 0, unit=unit, rule=rule, begin=begin, codes=codes, pledges=pledges, markers=markers
    )  # fmt: skip
    made(wanted, given, treaties, output, as_json, plots_of(plot, PLOTS), columns)
