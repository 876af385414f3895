"""What was simulated beside what happened, for the terminal."""

from __future__ import annotations

from foedus.cascade.ask import Cascade
from foedus.cascade.confusion import SIDES, Confusion, Side
from foedus.cascade.from_obligations import state_code
from foedus.report.cascade_words import SIDE, percent
from foedus.report.layout import Sheet
from foedus.report.lists import decimal, enumerated, labelled, on_day
from foedus.report.tables import tabulate
from foedus.terms.edtf import EDate
from foedus.terms.states import name_of
from foedus.words.speech import aloud, plural, say, say_in

NAMED = 12
"""So many states are named in a cell's list."""


def show_confusion(sheet: Sheet, found: Confusion, of: Cascade) -> None:
    """The table of counts, who stands in each cell where prediction or war had a side, and the score."""
    sheet.head(
        say("Beside what happened: {war}", war=found.war), say("until {day}", day=on_day(EDate.of(found.by)))
    )
    rows = [
        [say_in("side in a cascade", SIDE[one]), *(str(found.count(one, other)) for other in SIDES)]
        for one in SIDES
    ]
    heads = [say("predicted, by what happened"), *(say_in("side in a cascade", SIDE[side]) for side in SIDES)]
    sheet.lines += tabulate(heads, rows, sheet.room, first=30, other=14)
    for one in SIDES:
        for other in SIDES:
            if (one, other) != ("out", "out") and found.count(one, other):
                sheet.put(labelled(_cell(one, other), _named(found, one, other, of)), 2, 4)
    sheet.put(
        say(
            "Predicted is the side whose chance is more than {threshold}. The parties to the shock are left out.",
            threshold=percent(found.threshold),
        ),
        2, 2, "quiet",
    )  # fmt: skip
    population = (
        plural("{n} member of the system of states", "{n} members of the system of states", len(found.states))
        if found.population == "system"
        else plural(
            "{n} state of the model or of the war, for want of a list of states",
            "{n} states of the model or of the war, for want of a list of states",
            len(found.states),
        )
    )
    if found.brier is not None and found.nobody is not None:
        sheet.put(
            say(
                "Compared: {population}. Brier score {score}; saying that nobody enters scores {nobody} (less is "
                "better).",
                population=population, score=decimal(f"{found.brier:.4f}"), nobody=decimal(f"{found.nobody:.4f}"),
            ),
            2, 2, "quiet",
        )  # fmt: skip


def _cell(one: Side, other: Side) -> str:
    return say(
        "predicted {one}, happened {other}",
        one=say_in("side in a cascade", SIDE[one]), other=say_in("side in a cascade", SIDE[other]),
    )  # fmt: skip


def _named(found: Confusion, one: Side, other: Side, of: Cascade) -> str:
    states = [each for each in found.states if (each.predicted, each.happened) == (one, other)]
    names = [aloud(name_of(state_code(each.state, of.asked.on))) for each in states[:NAMED]]
    if len(states) > NAMED:
        names.append(plural("{n} more", "{n} more", len(states) - NAMED))
    return enumerated(names)
