"""`foedus cases [DOSSIER]…`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from foedus.assessment.cases import compare
from foedus.cli import complete
from foedus.cli.busy import busy
from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.say import examples, in_json, print_file, print_sheet, refuse, warn
from foedus.diagnostics.problem import Refused
from foedus.library import Library
from foedus.report.cases import Case, as_page, as_rows, show_cases


@click.command("cases", epilog=examples("foedus cases", "foedus cases niger-2023 gambia-2017"))
@click.argument("dossiers", nargs=-1, metavar="[DOSSIER]…", shell_complete=complete.dossiers)
@treaties_option
@language_option
@click.option("--md", "as_markdown", is_flag=True, help="As a Markdown page.")
@click.option("--json", "as_json", is_flag=True, help="The rows as JSON.")
def command(dossiers: tuple[str, ...], treaties: Path | None, as_markdown: bool, as_json: bool) -> None:
    """What Foedus finds against what happened, case by case.

    Without a DOSSIER, all that ship with Foedus. Where the two differ, the row says how: the
    text left it open, the outcome went beyond it, or politics did not follow it.
    """
    library = Library(treaties, trials=False)
    cases: list[Case] = []
    failed = False
    names = dossiers or library.dossiers
    with busy("Assessing") as work:
        for number, name in enumerate(names, 1):
            work.on(f"Assessing {number} of {len(names)}: {name}")
            try:
                loaded = library.dossier(name)
                if loaded.errors or loaded.dossier is None:
                    work.aside()
                    failed = warn(loaded.problems, loaded.texts) or failed
                    continue
                cases.append(Case(loaded.dossier, compare(loaded.dossier, loaded.program)))
            except Refused as refused:
                work.aside()
                refuse(refused.problems)
                failed = True
    if as_json:
        click.echo(in_json([row for case in cases for row in as_rows(case)]))
    elif as_markdown:
        print_file(as_page(cases))
    else:
        print_sheet(lambda sheet: show_cases(sheet, cases))
    sys.exit(1 if failed else 0)
