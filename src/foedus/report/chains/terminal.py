"""A cascade in the terminal: who drew whom in, as two trees, and who is in from which round on.

Everybody stands below whoever most likely calls it; the duties that call it otherwise are named beside it. The signs
are those that have stand-ins where an output has few signs (`layout.carried`), and sides differ by sign and heading.
"""

from __future__ import annotations

from collections.abc import Mapping

from foedus.diagnostics.visible import visible
from foedus.report.cascade_words import percent
from foedus.report.chains.chain import Call, Chain, Entrant, Key
from foedus.report.chains.wording import call_words, faint_words, side_words
from foedus.report.layout import TIE, Sheet, clipped, columns, padded, wrap
from foedus.report.lists import begun, decimal, enumerated, listed
from foedus.words.speech import say

SIGNS = ("■", "□")
"""The attacker's side, the target's."""
MOST_CALLS = 3
"""So many duties beside the first are named; further ones are counted."""


def show_chains(sheet: Sheet, chain: Chain) -> None:
    """The two sides as trees: chance and round of each, and under which duty it comes."""
    names = chain.called()
    below, over = chain.below(), chain.above()
    for side in (0, 1):
        sheet.blank()
        head = f"{SIGNS[side]} {begun(side_words(chain, side))}"
        aside = say("chance · round") if chain.result else say("round")
        sheet.aside(head, aside, style="head")
        roots = [one for one in below.get(None, ()) if one.side == side]
        for root in roots:
            _branch(sheet, chain, root, "", "", below, over, names)
    for words in (_torn(chain), faint_words(chain)):
        if words:
            sheet.blank()
            sheet.put(words, style="quiet")


def _torn(chain: Chain) -> str:
    if not chain.torn:
        return ""
    return say(
        "Called by both sides in some round, and out of it in that round: {states}.",
        states=listed(chain.torn),
    )


def _branch(
    sheet: Sheet, chain: Chain, one: Entrant, stem: str, trunk: str,
    below: Mapping[Key | None, tuple[Entrant, ...]], over: Mapping[Key, Call], names: Mapping[int, str],
) -> None:  # fmt: skip
    call = over.get(one.key)
    said = visible(one.name)
    if call:
        said += f"{TIE}{TIE}" + call_words(call, names.get(call.caller, ""))
    others = [other for other in one.calls if other is not call]
    if others:
        told = [
            call_words(other, names[other.caller]) for other in others[:MOST_CALLS] if other.caller in names
        ]
        if len(others) > MOST_CALLS:
            told.append(say("{n} more", n=len(others) - MOST_CALLS))
        said = say("{said}; also {others}", said=said, others=enumerated(told)) if told else said
    figures = _figures(chain, one)
    children = below.get(one.key, ())
    # What does not fit beside the figures goes on below, along the branch.
    room = max(sheet.room - columns(stem) - 18, 16)
    for n, line in enumerate(wrap(said, room)):
        front = stem if n == 0 else trunk + ("│  " if children else "   ")
        text = front + line
        if n == 0:
            text = padded(text, sheet.room - columns(figures)) + sheet.paint(figures, "quiet")
        sheet.lines.append(text.rstrip())
    for n, child in enumerate(children):
        last = n == len(children) - 1
        ahead = ("└─ ", "   ") if last else ("├─ ", "│  ")
        _branch(sheet, chain, child, trunk + ahead[0], trunk + ahead[1], below, over, names)


def _figures(chain: Chain, one: Entrant) -> str:
    if one.round == 0:
        return ""
    round_ = decimal(f"{one.round:.1f}") if chain.result else str(int(one.round))
    round_ = round_ if one.timed else "–"
    chance = f"{percent(one.chance.value)} " if one.chance else ""
    return f" {chance.replace(TIE, ' ')}{round_.rjust(5)}"


def show_timeline(sheet: Sheet, chain: Chain) -> None:
    """Who is in from which round on (of many worlds: on average, if at all), as a line for each."""
    sheet.head(say("Round by round"))
    longest = max(columns(visible(one.name)) for one in chain.entrants)
    name = min(longest, sheet.room * 3 // 10)
    right = 12 if chain.result else 0
    left = name + 5
    room = sheet.room - left - right
    last = max(chain.rounds, 1)
    step = max(room - 3, last) / last
    ticks = ""
    every = 1 if step >= 4 else -(-4 // max(int(step), 1))
    for round_ in range(0, last + 1, every):
        at = round(round_ * step)
        if at >= len(ticks):
            ticks = ticks.ljust(at) + str(round_)
    sheet.lines.append((padded(f"  {clipped(say('round'), name)}", left) + ticks[:room]).rstrip())
    for one in chain.entrants:
        at = min(round(one.round * step), room - 1)
        bar = " " * at + SIGNS[one.side] + "─" * (room - at - 1)
        chance = percent(one.chance.value).replace(TIE, " ") if one.chance and one.round > 0 else ""
        label = padded(f"  {clipped(one.name, name)}", left)
        sheet.lines.append((label + bar + chance.rjust(right)).rstrip())
    key = [f"{SIGNS[side]}{TIE}{side_words(chain, side)}" for side in (0, 1)]
    if chain.result:
        key.append(say("from the mean round of entry on, with the chance of entering at all"))
    sheet.put(enumerated(key), 2, 2, "quiet")
