"""`foedus show TREATY`."""

from __future__ import annotations

from pathlib import Path

import click

from foedus.cli import complete
from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.say import examples, in_json, print_sheet, written_in
from foedus.library import Library
from foedus.register.keep import as_plain, page_path, register
from foedus.report.instruments import show_instrument
from foedus.report.layout import carried
from foedus.report.procedure import show_procedures


@click.command(
    "show",
    epilog=examples("foedus show cst", "foedus show nato --page | less", "foedus show pko --procedure"),
)
@click.argument("treaty", shell_complete=complete.treaties)
@click.option("--page", "as_page", is_flag=True, help="The page itself, prose and program, as it is written.")
@click.option(
    "--procedure",
    "as_procedure",
    is_flag=True,
    help="How its organs go about a matter: stages, steps and clocks.",
)
@treaties_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="The record as JSON.")
def command(treaty: str, as_page: bool, as_procedure: bool, treaties: Path | None, as_json: bool) -> None:
    """A treaty in brief: its dates and texts, who is party, what it obliges to, what is not encoded."""
    found = register(treaties).find(treaty)
    if as_procedure:
        program = Library(treaties, trials=False).load([found.id]).program
        print_sheet(lambda sheet: show_procedures(sheet, found.id, program))
        return
    if as_json:
        click.echo(in_json(as_plain([found])[0]))
        return
    if as_page:
        text = page_path(treaty, treaties).read_text(encoding="utf-8")
        click.echo(carried(text, written_in()), nl=False)
        return
    print_sheet(lambda sheet: show_instrument(sheet, found))
