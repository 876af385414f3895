"""`foedus power RULE`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from foedus.assessment.ballot import check_weights, rule_on, weighed
from foedus.assessment.put import read_day, supposed
from foedus.assessment.seats import seated
from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.options import split
from foedus.cli.ruled import Pages
from foedus.cli.say import examples, in_json, print_sheet
from foedus.council.game import Unsettled
from foedus.council.power import Power, TooLarge, Turned, power
from foedus.council.sitting import Sitting
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.ir.decision import Status
from foedus.report.power import as_json as power_json
from foedus.report.power import show_power

OTHERWISE: dict[str, Status] = {
    "against": "against", "abstain": "abstained", "absent": "absent", "silent": "silent",
}  # fmt: skip


@click.command(
    "power",
    epilog=examples(
        "foedus power rio.decide --on 1950-01-01",
        "foedus power rio.decide --on 1950-01-01",
    ),
)
@click.argument("rule")
@click.option("--on", metavar="DATE", help="The day whose text and members count; today if none is given.")
@click.option(
    "--members", multiple=True, metavar="STATES", help="Who the members are, where no page says so."
)
@click.option("--seats", type=click.IntRange(1, 1000), metavar="N", help="How many seats there are.")
@click.option(
    "--left-out", multiple=True, metavar="STATES", help="Who has no part in the decision, and nobody else."
)
@click.option("--weights", multiple=True, metavar="NAME=FILE", help="What members weigh, as for vote.")
@click.option("--reading", multiple=True, metavar="Q=ANSWER", help="Suppose a reading.")
@click.option(
    "--otherwise",
    type=click.Choice(list(OTHERWISE)),
    default="against",
    show_default=True,
    help="What a member does who is not for it.",
)
@treaties_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="The indices as JSON.")
def command(
    rule: str,
    on: str | None,
    members: tuple[str, ...],
    seats: int | None,
    left_out: tuple[str, ...],
    weights: tuple[str, ...],
    reading: tuple[str, ...],
    otherwise: str,
    treaties: Path | None,
    as_json: bool,
) -> None:
    """How much each member's vote can decide under an organ's rule: the indices of Shapley and Shubik and of Banzhaf.

    RULE is a rule (rio.decide), a treaty that has one (unsc), or an organ (CSC). The rule is taken as a game of two
    choices, for and otherwise; every vote is counted, and the numbers are exact.
    """
    day = read_day("--on", on) or date.today()  # noqa: DTZ011  nothing else says when
    pages = Pages.of(rule, treaties, day)
    found = rule_on(pages.program, rule, day)
    who, doubtful = seated(pages.program, found, day, pages.named(members), seats)
    out = pages.named(left_out)
    sitting = Sitting(
        found, weighed(pages.program, pages.weights(rule, weights)), who, doubtful, frozenset(out or ()), frozenset(),
        answers=supposed([split("--reading", one) for one in reading]), on=day,
    )  # fmt: skip
    check_weights(sitting)
    status = OTHERWISE[otherwise]
    shares = _power(sitting, status)
    if as_json:
        click.echo(in_json(power_json(sitting, shares, status)))
    else:
        print_sheet(lambda sheet: show_power(sheet, sitting, shares, status))


def _power(sitting: Sitting, otherwise: Status) -> Power:
    """The indices, or why there are none: F695 for what is open, F696 for a rule that has none."""
    place = whole(sitting.rule.id)
    try:
        return power(sitting, otherwise)
    except Unsettled as unsettled:
        names = ", ".join(_with_answers(sitting, name) for name in unsettled.names)
        raise Refused(Problem("F695", place, {"rule": sitting.rule.id, "names": names})) from None
    except TooLarge:
        why, advice = (
            "its members and their weights are too many to count every vote",
            "Give rounder weights: --weights NAME=FILE.",
        )
    except Turned as turned:
        why = f"a vote for a motion, that of {turned.args[0]}, can defeat it"
        advice = "The indices mean something only where a vote for a motion cannot harm it."
    raise Refused(Problem("F696", place, {"rule": sitting.rule.id, "why": why, "help": advice}))


def _with_answers(sitting: Sitting, name: str) -> str:
    """A question with the answers that it has; any other name as it is."""
    question = sitting.program.questions.get(name)
    if question is None:
        return f"`{name}`"
    return f"`{name}` ({', '.join(f'“{answer.name}”' for answer in question.answers)})"
