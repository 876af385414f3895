"""`foedus vote RULE`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import cast

import click

from foedus.assessment.ballot import ballot
from foedus.assessment.put import read_day, supposed
from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.options import split
from foedus.cli.ruled import Pages
from foedus.cli.say import colourful, examples, in_json, print_sheet, width, written_in
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.ir.decision import Status
from foedus.report.ballot import as_json as ballot_json
from foedus.report.ballot import show_ballot
from foedus.report.why import show_why

OPTIONS: dict[str, Status] = {
    "--for": "for", "--against": "against", "--abstain": "abstained", "--aside": "aside", "--absent": "absent",
    "--silent": "silent",
}  # fmt: skip


@click.command(
    "vote",
    epilog=examples(
        "foedus vote csto --on 2022-01-06 --for RUS,KAZ,BLR,ARM,TJK --absent KGZ",
        "foedus vote nato.decide --on 2003-02-10 --against BEL,FRA,DEU",
        "foedus vote unsc --on 1950-06-27 --for CHN,FRA,GBR,USA --absent SUN",
    ),
)
@click.argument("rule")
@click.option("--for", "in_favour", multiple=True, metavar="STATES", help="Who voted for it: codes or names.")
@click.option("--against", multiple=True, metavar="STATES", help="Who voted against it, or objected.")
@click.option("--abstain", multiple=True, metavar="STATES", help="Who abstained.")
@click.option(
    "--aside",
    "--constructive",
    multiple=True,
    metavar="STATES",
    help="Who abstained and declared that it stands aside (a constructive abstention).",
)
@click.option("--absent", multiple=True, metavar="STATES", help="Who stayed away.")
@click.option("--silent", multiple=True, metavar="STATES", help="Who was there and did nothing.")
@click.option(
    "--others",
    type=click.Choice(["silent", "for", "against", "abstain", "aside", "absent", "unknown"]),
    default="silent",
    show_default=True,
    help="What the members did who are not named.",
)
@click.option(
    "--left-out",
    multiple=True,
    metavar="STATES",
    help="Who has no part in the decision, and nobody else; or none.",
)
@click.option(
    "--held", multiple=True, metavar="STATES", help="Who is held to abstain, and nobody else; or none."
)
@click.option(
    "--weights",
    multiple=True,
    metavar="NAME=FILE",
    help="What members weigh: a CSV file with the columns state and weight.",
)
@click.option("--on", metavar="DATE", help="The day of the vote; today if none is given.")
@click.option("--reading", multiple=True, metavar="Q=ANSWER", help="Suppose a reading.")
@click.option("--why", is_flag=True, help="How each step of the rule came out.")
@treaties_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON.")
def command(
    rule: str,
    in_favour: tuple[str, ...],
    against: tuple[str, ...],
    abstain: tuple[str, ...],
    aside: tuple[str, ...],
    absent: tuple[str, ...],
    silent: tuple[str, ...],
    others: str,
    left_out: tuple[str, ...],
    held: tuple[str, ...],
    weights: tuple[str, ...],
    on: str | None,
    reading: tuple[str, ...],
    why: bool,
    treaties: Path | None,
    as_json: bool,
) -> None:
    """How a vote comes out under an organ's own rule: adopted, not adopted, or on what that depends.

    RULE is a rule (nato.decide), a treaty that has one (unsc), or an organ (CSC). States are given by code, name or
    number, with commas between.
    """
    day = read_day("--on", on) or date.today()  # noqa: DTZ011  nothing else says when
    given = dict(zip(OPTIONS, (in_favour, against, abstain, aside, absent, silent), strict=True))
    pages = Pages.of(rule, treaties, day)
    asked = ballot(
        pages.program,
        rule,
        _statuses(pages, given),
        day,
        None if others == "unknown" else cast("Status", OPTIONS.get(f"--{others}", others)),
        supposed([split("--reading", one) for one in reading]),
        left_out=pages.named(left_out),
        held=pages.named(held),
        weights=pages.weights(rule, weights),
    )
    if as_json:
        click.echo(in_json(ballot_json(asked)))
    elif why:
        norm = asked.finding.norm.id
        shown = show_why(asked.assessment, norm, width(), colour=colourful(sys.stdout), encoding=written_in())
        click.echo(shown, nl=False)
    else:
        print_sheet(lambda sheet: show_ballot(sheet, asked))


def _statuses(pages: Pages, given: Mapping[str, tuple[str, ...]]) -> dict[str, Status]:
    """Who did what; refuses (F694) a state that is said to have done two things."""
    statuses: dict[str, Status] = {}
    for option, values in given.items():
        for written, state in pages.states(values):
            if statuses.setdefault(state, OPTIONS[option]) != OPTIONS[option]:
                raise Refused(Problem("F694", whole(f"{option} {written}"), {"name": state}))
    return statuses
