"""`foedus treaties [WORDS]`."""

from __future__ import annotations

from pathlib import Path

import click

from foedus.assessment.put import read_day
from foedus.cli import complete
from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.say import examples, in_json, print_sheet
from foedus.register.bound import ORDER, search
from foedus.register.keep import as_plain, register
from foedus.report.instruments import show_list
from foedus.terms.codes import state_of


@click.command(
    "treaties",
    epilog=examples(
        "foedus treaties --party FRA --on 1914-08-01",
        "foedus treaties guarantee",
        "foedus treaties --class all-means --on 2025-01-01",
    ),
)
@click.argument("words", nargs=-1)
@click.option(
    "--party", metavar="STATE", shell_complete=complete.states, help="In which this state has a part."
)
@click.option("--on", metavar="DATE", help="In force on this day.")
@click.option(
    "--class",
    "duty_class",
    type=click.Choice(ORDER),
    metavar="CLASS",
    help="With a duty of this class: consult, all-means, …",
)
@treaties_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="The whole records as JSON.")
def command(
    words: tuple[str, ...],
    party: str | None,
    on: str | None,
    duty_class: str | None,
    treaties: Path | None,
    as_json: bool,
) -> None:
    """The treaty pages: all, or those that say WORDS in title or norms.

    Filters narrow the list together. `foedus show ID` shows one.
    """
    day = read_day("--on", on)
    known = register(treaties)
    state = state_of(party, day, known.names) if party else ""
    found = search(known, " ".join(words), state, day, duty_class or "")
    if as_json:
        click.echo(in_json(as_plain(found)))
        return
    print_sheet(lambda sheet: show_list(sheet, found, day))
