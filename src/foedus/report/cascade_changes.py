"""What a cascade would be otherwise: without a treaty, with a promise kept or broken, with another chance."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.cascade.ask import Cascade
from foedus.cascade.pivots import Kind, Turn
from foedus.cascade.result import Chance
from foedus.cascade.sensitivity import Slope
from foedus.cascade.without import Without
from foedus.report.cascade_words import percent, points, rate_label, signed
from foedus.report.layout import Sheet, tied
from foedus.report.lists import listed
from foedus.report.tables import tabulate
from foedus.words.speech import marked, plural, say

KINDS: tuple[tuple[Kind, str], ...] = (
    ("promise", marked("Which promise it turns on")),
    ("state", marked("Whose promises to help it turns on")),
    ("instrument", marked("Which instrument it turns on")),
    ("request", marked("Whose request it turns on")),
)
SHOWN = 8
"""So many of each kind are listed; --json has all."""
LEAST = 0.0005


def show_changes(sheet: Sheet, found: Cascade, names: Sequence[str]) -> None:
    """Counterfactuals, pivots and slopes, as far as they were asked for."""
    for each in found.without:
        _without(sheet, each, names)
    if found.pivots is not None:
        for kind, head in KINDS:
            _turns(sheet, say(head), found.pivots.of(kind), names)
        sheet.put(
            plural(
                "Kept throughout against broken throughout, in {n} world, seed {seed}.",
                "Kept throughout against broken throughout, in {n} worlds, seed {seed}.",
                found.pivots.worlds, seed=found.pivots.seed,
            ),
            2, 2, "quiet",
        )  # fmt: skip
    if found.sensitivity is not None:
        _slopes(sheet, found.sensitivity.slopes, found.sensitivity.exact, names)


def _without(sheet: Sheet, each: Without, names: Sequence[str]) -> None:
    n = len(each.removed)
    aside = plural("{n} obligation", "{n} obligations", n)
    sheet.head(say("Without {what}", what=each.name), aside)
    rows: list[list[str]] = []
    changes = [
        (max(abs(pair[0].value), abs(pair[1].value)), name, pair)
        for name, pair in zip(names, each.entered, strict=True)
    ]
    for size, name, pair in sorted(changes, key=lambda change: (-change[0], change[1])):
        if size > LEAST:
            rows.append([name, points(pair[0]), points(pair[1])])
    heads = ["", say("with the attacker"), say("with the target")]
    if not rows:
        sheet.put(say("Nothing differs."), 2, 2)
        return
    sheet.lines += tabulate(heads, rows[:SHOWN], sheet.room, first=30, other=20)
    sheet.put(
        say(
            "Differences of chances in points, the same coins in both. Sides: {one} and {other} states; nobody "
            "joins: {quiet}.",
            one=signed(each.sizes[0].value, 2), other=signed(each.sizes[1].value, 2), quiet=points(each.quiet),
        ),
        2, 2, "quiet",
    )  # fmt: skip


def _turns(sheet: Sheet, head: str, turns: Sequence[Turn], names: Sequence[str]) -> None:
    shown = [turn for turn in turns if turn.turns.value > 0][:SHOWN]
    if not shown:
        return
    sheet.head(head)
    rows = [
        [
            turn.name, percent(turn.turns.value), signed(turn.sizes[0].value, 2), signed(turn.sizes[1].value, 2),
            _most(turn.entries, names),
        ]
        for turn in shown
    ]  # fmt: skip
    heads = ["", say("turns"), say("attacker's"), say("target's"), say("most")]
    sheet.lines += tabulate(heads, rows, sheet.room, first=30, other=24)


def _most(entries: Sequence[tuple[int, int, Chance]], names: Sequence[str]) -> str:
    """Whose entry changes most."""
    if not entries:
        return ""
    state, _, change = entries[0]
    return tied(f"{names[state]} {signed(100 * change.value, 1)}")


def _slopes(sheet: Sheet, slopes: Sequence[Slope], exact: bool, names: Sequence[str]) -> None:
    shown = [slope for slope in slopes if any(one.value for one in slope.sizes)][:SHOWN]
    if not shown:
        return
    sheet.head(say("What another rate would change"))
    rows = [
        [
            rate_label(slope.rate.name), signed(slope.sizes[0].value / 10, 3), signed(slope.sizes[1].value / 10, 3),
            listed([f"{names[state]} {signed(10 * change.value, 1)}" for state, _, change in slope.entries[:2]]),
        ]
        for slope in shown
    ]  # fmt: skip
    heads = [say("a rate 10 points higher"), say("attacker's"), say("target's"), say("most")]
    sheet.lines += tabulate(heads, rows, sheet.room, first=34, other=22)
    how = (
        say("Exact derivatives.")
        if exact
        else say("Derivatives from the same worlds with one promise turned.")
    )
    sheet.put(how, 2, 2, "quiet")
