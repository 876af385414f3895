"""`foedus bound STATE`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from foedus.assessment.put import read_day
from foedus.cli import complete
from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.say import examples, in_json, print_sheet
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.register.bound import Bonds, bound
from foedus.register.keep import register
from foedus.report.bonds import bonds_as_json, show_bonds
from foedus.terms.codes import state_of


@click.command(
    "bound",
    epilog=examples(
        "foedus bound KAZ --on 2022-01-05",
        "foedus bound POL --on 1939-09-01 --attacked-by DEU --in europe",
    ),
)
@click.argument("state", shell_complete=complete.states)
@click.option("--on", metavar="DATE", help="The day asked about; today if none is given.")
@click.option("--known-by", metavar="DATE", help="Only texts that were public by this day.")
@click.option(
    "--attacked-by",
    metavar="STATE",
    shell_complete=complete.states,
    help="Suppose that this state attacks it: what would be owed then, and what stays open.",
)
@click.option(
    "--in",
    "areas",
    multiple=True,
    metavar="AREA",
    help="Where the supposed attack strikes: europe, pacific, …",
)
@click.option("--all", "everything", is_flag=True, help="Rights, powers and prohibitions as well as duties.")
@treaties_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="The rows as JSON.")
def command(
    state: str,
    on: str | None,
    known_by: str | None,
    attacked_by: str | None,
    areas: tuple[str, ...],
    everything: bool,
    treaties: Path | None,
    as_json: bool,
) -> None:
    """Who owes a state what, under which article, on what trigger; and what it owes.

    STATE is a code (KAZ), a name, or a number with its list: cow:705, gw:705.
    """
    day = read_day("--on", on) or date.today()  # noqa: DTZ011  nothing else says when
    known = read_day("--known-by", known_by)
    if areas and attacked_by is None:
        raise Refused(Problem("F539", whole(f"--in {areas[0]}")))
    known_pages = register(treaties)
    found = bound(known_pages, state_of(state, day, known_pages.names), day, known)
    if attacked_by is None:
        if as_json:
            click.echo(in_json(bonds_as_json(found)))
            return
        print_sheet(lambda sheet: show_bonds(sheet, found, everything))
        return
    _attacked(found, state_of(attacked_by, day, known_pages.names), areas, treaties, as_json)


def _attacked(
    bonds: Bonds, author: str, areas: tuple[str, ...], treaties: Path | None, as_json: bool
) -> None:
    from foedus.assessment.attack import attack  # noqa: PLC0415  the engines, which a list does not need
    from foedus.library import Library  # noqa: PLC0415
    from foedus.report.attack import show_attack  # noqa: PLC0415
    from foedus.report.json import to_json  # noqa: PLC0415

    if author == bonds.state:
        raise Refused(Problem("F539", whole(f"--attacked-by {author}")))
    norms = [bond.norm.id for bond in bonds.to if bond.norm.kind == "duty"]
    program = Library(treaties, trials=False).load(dict.fromkeys(n.partition(".")[0] for n in norms)).program
    answer = attack(program, norms, bonds.state, author, bonds.on, areas, bonds.known_by)
    if as_json:
        click.echo(in_json(to_json(answer)))
        return
    print_sheet(lambda sheet: show_attack(sheet, answer))
