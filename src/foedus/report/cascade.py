"""A cascade over obligations, for the terminal: who enters, by whom, what it turns on, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.cascade.ask import Cascade
from foedus.cascade.chains import Told
from foedus.cascade.from_obligations import ASSUMED, IDLE, REFUSED
from foedus.cascade.honour import CITATIONS
from foedus.cascade.result import Chance
from foedus.cascade.spread import Range
from foedus.report.cascade_changes import show_changes
from foedus.report.cascade_confusion import show_confusion
from foedus.report.cascade_words import (
    WHY,
    between,
    bound_words,
    margin,
    names_of,
    number,
    outside_words,
    percent,
    rate_label,
    span,
    spoken_of,
    taken_words,
)
from foedus.report.chains.of_cascade import of_cascade
from foedus.report.chains.terminal import show_chains, show_timeline
from foedus.report.layout import TIE, Sheet
from foedus.report.lists import apart, begun, decimal, labelled, listed, on_day
from foedus.report.tables import tabulate
from foedus.terms.edtf import EDate
from foedus.words.speech import aloud, plural, say

LEAST = 0.0005
"""Chances below this are counted, not listed."""
MOST = 25
"""So many states, calls and assumptions are listed; --json has all."""


def show_cascade(sheet: Sheet, found: Cascade) -> None:
    """The whole answer."""
    names, spoken = names_of(found.built), spoken_of(found.built)
    attacker, target = spoken[found.part.shock.attacker], spoken[found.part.shock.target]
    title = begun(say("{attacker} attacks {target}", attacker=attacker, target=target))
    sheet.aside(title, on_day(EDate.of(found.asked.on)), style="title")
    sheet.put(
        say("What follows if states are drawn in by what they had promised, and by nothing else."), 2, 2
    )
    sheet.put(how(found), 2, 2, "quiet")
    if found.asked.taken:
        sheet.put(taken_words(found.asked.taken), 2, 2, "quiet")
    if found.outside:
        sheet.put(outside_words(found.outside), 2, 2)
    _who(sheet, found, names)
    _chains(sheet, found, spoken)
    show_changes(sheet, found, names)
    if found.confusion is not None:
        show_confusion(sheet, found.confusion, found)
    _rests(sheet, found)
    sheet.blank()
    sheet.put(note(), style="quiet")


def note() -> str:
    """What the numbers are not."""
    return say(
        "Obligations are not causes. Nobody enters here without a promise, and no promise here is more than a rate at "
        "which such promises were kept: this is no forecast, and says nothing of what any government will do."
    )


def how(found: Cascade) -> str:
    """Whether it is exact, or simulated how."""
    result = found.result
    coins = plural("{n} promise", "{n} promises", len(found.built.links))
    if result.engine == "exact":
        return say("Exact: every way in which {coins} can be kept or broken is counted.", coins=coins)
    worlds = grouped(result.worlds or 0)
    if result.why:
        why = aloud(result.why)
        return say(
            "{worlds} simulated worlds, seed {seed}; not exact: {why}.",
            worlds=worlds,
            seed=result.seed,
            why=why,
        )
    return say("{worlds} simulated worlds, seed {seed}.", worlds=worlds, seed=result.seed)


def grouped(n: int) -> str:
    """`262 144`, which no line breaks in two."""
    return f"{n:,}".replace(",", TIE)


# ---- who enters ----


def _who(sheet: Sheet, found: Cascade, names: Sequence[str]) -> None:
    result, over, spoken = found.result, found.spread, spoken_of(found.built)
    for side, party in enumerate((found.part.shock.attacker, found.part.shock.target)):
        rows = [
            (index, result.entered[index][side])
            for index in range(len(names))
            if index not in (found.part.shock.attacker, found.part.shock.target)
            and result.entered[index][side].value > LEAST
        ]
        rows.sort(key=lambda row: (-row[1].value, names[row[0]]))
        sheet.head(say("With {state}", state=spoken[party]))
        if not rows:
            sheet.put(say("Nobody enters on this side."), 2, 2)
        else:
            drawn = [over.entered[index][side] if over is not None else None for index, _ in rows]
            rounds = [result.entry_round[index] if result.entry_round else None for index, _ in rows]
            _table(sheet, [names[index] for index, _ in rows], [c for _, c in rows], drawn, rounds)
        sheet.put(
            size_words(result.sizes[side], over.sizes[side] if over is not None else None), 2, 2, "quiet"
        )
    sheet.blank()
    sheet.put(quiet_words(result.quiet, over.quiet if over is not None else None), 2, 2)
    if both := found.bound_to_both:
        sheet.put(bound_words(both), 2, 2)
    if over is not None:
        draws = grouped(over.draws)
        if over.worlds is None:
            said = say(
                "Spread: the middle 95 % over {draws} draws of the chances, each answered exactly.",
                draws=draws,
            )
        else:
            worlds = grouped(over.worlds)
            said = say(
                "Spread: the middle 95 % over {draws} draws of the chances, each in {worlds} worlds. More worlds make "
                "the error of simulation smaller; the spread stays.",
                draws=draws, worlds=worlds,
            )  # fmt: skip
        sheet.put(said, 2, 2, "quiet")


def _table(
    sheet: Sheet,
    names: Sequence[str],
    chances: Sequence[Chance],
    drawn: Sequence[Range | None],
    rounds: Sequence[float | None],
) -> None:
    exact = all(one.exact is not None for one in chances)
    fixed = all(over is None for over in drawn)
    errors, spreads = ([] if exact else [say("error")]), ([] if fixed else [say("spread")])
    heads = ["", say("enters"), *errors, *spreads, say("round")]
    rows: list[list[str]] = []
    for name, one, over, round_ in list(zip(names, chances, drawn, rounds, strict=True))[:MOST]:
        cells = [name, percent(one.value), *([] if exact else [margin(one)])]
        entered = decimal(f"{round_:.1f}") if round_ is not None else ""
        rows.append([*cells, *([] if fixed else [between(over)]), entered])
    sheet.lines += tabulate(heads, rows, sheet.room, first=30, other=16)
    if len(names) > MOST:
        sheet.put(plural("{n} further state: --json", "{n} further states: --json", len(names) - MOST), 2, 2)


def size_words(one: Chance, over: Range | None) -> str:
    """How many states are expected on a side, its first included."""
    if over is None:
        return say("Expected on this side: {n} states, its own included.", n=number(one.value))
    return say(
        "Expected on this side: {n} states, its own included; spread {low} to {high}.",
        n=number(one.value), low=number(over.low), high=number(over.high),
    )  # fmt: skip


def quiet_words(one: Chance, over: Range | None) -> str:
    """How likely the two stay alone."""
    if over is None:
        return say("Nobody joins either side: {chance}.", chance=percent(one.value))
    return say(
        "Nobody joins either side: {chance}; spread {spread}.",
        chance=percent(one.value),
        spread=between(over),
    )


# ---- chains ----


def _chains(sheet: Sheet, found: Cascade, spoken: Sequence[str]) -> None:
    told = found.chains
    if not told.calls:
        return
    sheet.head(say("Who draws in whom"))
    chain = of_cascade(found)
    show_chains(sheet, chain)
    show_timeline(sheet, chain)
    sheet.head(say("The most frequent histories"))
    for each in told.histories:
        sheet.row("", 1, history_words(each, spoken), percent(each.chance.value), 8, 1)
    sheet.put(
        plural(
            "{n} different history in {worlds} worlds told one by one, seed {seed}.",
            "{n} different histories in {worlds} worlds told one by one, seed {seed}.",
            told.different, worlds=grouped(told.worlds), seed=told.seed,
        ),
        2, 2, "quiet",
    )  # fmt: skip


def history_words(told: Told, names: Sequence[str]) -> str:
    """`1: Montenegro with Serbia. 2: Germany and Romania with Austria-Hungary.`, or that nobody joins."""
    if not told.steps:
        return say("Nobody joins.")
    rounds: dict[int, list[str]] = {}
    for step in told.steps:
        for_whom = listed([names[n] for n in step.by])
        rounds.setdefault(step.round, []).append(
            say("{state} for {others}", state=names[step.state], others=for_whom)
        )
    return apart([labelled(str(round_), ", ".join(who)) for round_, who in rounds.items()])


# ---- what it rests on ----


def _rests(sheet: Sheet, found: Cascade) -> None:
    whole, counts = found.whole, found.whole.labels()
    sheet.head(say("What it rests on"))
    sheet.put(
        say(
            "{n} obligations in force: {exact} carried exactly, {assumed} with assumptions, {refused} not carried, "
            "{idle} without anything of their own to add. The shock can reach {reached} of them.",
            n=len(found.obligations), exact=counts["exact"], assumed=counts["assumed"], refused=counts["refused"],
            idle=counts["idle"], reached=len(found.built.links),
        ),
        2, 2,
    )  # fmt: skip
    own = found.built.assumptions()
    for name, count in sorted(own.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]:
        what = say(ASSUMED[name]) if name in ASSUMED else aloud(name)
        sheet.row("", 1, say("Assumed: {what}", what=what), f"{count} ×", 8, 1)
    for table, reasons in ((REFUSED, whole.refused), (IDLE, whole.idle)):
        for name in table:
            count = sum(why == name for _, why in reasons)
            if count:
                said = say("Left out: {why}", why=say(table[name]))
                sheet.row("", 1, said, f"{count} ×", 8, 1)
    reading = (
        say("Reading: whoever joins a side makes the other side attacked.")
        if found.asked.joiner_attacks
        else say("Reading: only the target of the shock counts as attacked.")
    )
    sheet.put(reading, 2, 2)
    sheet.put(say("Each promise under each instrument falls by itself; rates are drawn once for all."), 2, 2)
    sheet.head(say("Chances"), found.asked.table.name)
    for rate in found.built.rates.values():
        low, high = rate.interval()
        ends = "" if rate.kind == "fixed" else span(low, high)
        label = say(
            "{rate}: {why}",
            rate=rate_label(rate.name),
            why=_origin(rate.kind, rate.source, rate.kept, rate.of),
        )
        sheet.row("", 1, label, " ".join(filter(None, (percent(rate.mean), ends))), 20, 1)
    if any(rate.assumed for rate in found.built.rates.values()):
        sheet.put(
            say(
                "Where a source gives no counts, the width is ours: a standard deviation of {width} (--width).",
                width=decimal(f"{_width(found):g}"),
            ),
            2, 2, "quiet",
        )  # fmt: skip
    if any(len(link.recipe.kept) > 1 for link in found.built.links):
        sheet.put(
            say(
                "The rate of a pledge and that of its era are put together by their odds, as if neither influenced "
                "the other (--rates)."
            ),
            2, 2, "quiet",
        )  # fmt: skip
    sheet.head(say("Sources"))
    for edition in found.editions:
        days = say("{first} to {last}", first=edition.first.isoformat(), last=edition.last.isoformat())
        sheet.put(f"{edition.name} {edition.version}".rstrip() + f" ({days}). {edition.citation}", 2, 2)
    for source in dict.fromkeys(rate.source for rate in found.built.rates.values()):
        if source in CITATIONS:
            sheet.put(CITATIONS[source], 2, 2)


def _width(found: Cascade) -> float:
    return next(rate.width for rate in found.built.rates.values() if rate.assumed)


def _origin(kind: str, source: str, kept: int | None, of: int | None) -> str:
    if kept is not None and of is not None:
        counts = say("{kept} of {of}", kept=kept, of=of)
        return f"{source}, {counts}" if source else counts
    return source or say(WHY[kind])
