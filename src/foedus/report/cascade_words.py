"""Words and numbers that every part of a cascade's report needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus.cascade.from_obligations import Built
from foedus.cascade.named import Taken
from foedus.cascade.result import Chance
from foedus.cascade.spread import Range
from foedus.report.layout import TIE
from foedus.report.lists import decimal, enumerated, listed
from foedus.report.pledge_words import PLEDGED
from foedus.terms.states import name_of, with_article
from foedus.words.speech import aloud, marked, marked_in, say, say_in

NAMED = 6
"""States of a long list that are named; the others are counted."""

RATED: Mapping[str, str] = {
    **PLEDGED,
    "any": marked_in("pledge", "any pledge"),
    "": marked_in("pledge", "no pledge"),
}
"""What a rate is of: ATOP's pledges, any, or none."""

WHY: Mapping[str, str] = {
    "fixed": marked("as given"),
    "width": marked("as given"),
    "counts": marked("as counted"),
    "unknown": marked("nobody has counted it: anything is as likely"),
}

SIDE: Mapping[str, str] = {
    "attacker": marked_in("side in a cascade", "attacker"),
    "target": marked_in("side in a cascade", "target"),
    "out": marked_in("side in a cascade", "stays out"),
}


def names_of(built: Built) -> tuple[str, ...]:
    """The states' names in the order of the model, on the day."""
    return tuple(aloud(name_of(code)) for code in built.model.states)


def spoken_of(built: Built) -> tuple[str, ...]:
    """The same as they stand inside a sentence: `the Russian Empire`."""
    return tuple(aloud(with_article(code)) for code in built.model.states)


def taken_words(taken: Taken) -> str:
    """Which states were written otherwise: `Taken by the day: SRB for the Kingdom of Serbia (SER).`; or nothing."""
    if not taken:
        return ""
    each = [
        say("{written} for {state} ({code})", written=written, state=aloud(with_article(code)), code=code)
        for written, code in taken
    ]
    return say("Taken by the day: {states}.", states=enumerated(each))


def outside_words(outside: Sequence[str]) -> str:
    """Which states of a shock COW's list does not have on the day; or nothing."""
    if not outside:
        return ""
    states = listed([aloud(with_article(code)) for code in outside])
    return say("Not in the list of states of the Correlates of War on that day: {states}.", states=states)


def bound_words(codes: Sequence[str]) -> str:
    """Which states are bound to both of a shock, the first of them by name; or nothing."""
    if not codes:
        return ""
    named = [aloud(with_article(code)) for code in codes]
    if len(named) <= NAMED:
        states = listed(named)
    else:
        states = say("{states} and {n} more", states=enumerated(named[: NAMED - 1]), n=len(named) - NAMED + 1)
    return say("Bound to both, and so with neither: {states}.", states=states)


def taken_json(taken: Taken) -> list[Mapping[str, str]]:
    """The states that were written otherwise: what was written, and the code it was taken for."""
    return [{"written": written, "state": state} for written, state in taken]


def rate_label(name: str) -> str:
    """`promises kept, defence, 1816–2003`: a rate's name in words; one given by hand as it was given."""
    what, _, rest = name.partition(" ")
    pledge, _, years = rest.partition(" ")
    if what not in ("honours", "enters"):
        return name
    words = say("promises kept") if what == "honours" else say("who keeps it goes to war")
    kind = say_in("pledge", RATED[pledge]) if pledge in RATED else pledge
    return ", ".join(filter(None, (words, kind, years.replace("-", "–"))))


def percent(value: float) -> str:
    """A chance or a share, in the one form that every report of a cascade has: `97.3 %`. What can be never reads as
    nothing, and what may fail never as certain.

    >>> percent(0.973).replace("\u00a0", " "), percent(0.0001).replace("\u00a0", " "), percent(0.9999999)
    ('97.3 %', 'under 0.1 %', 'over\u00a099.9\u00a0%')
    """
    if value <= 0 or value >= 1:
        return _tied(say("{n} %", n=100 if value > 0 else 0))
    if value < 0.0005:
        return _tied(say("under {n} %", n=decimal("0.1")))
    if value >= 0.9995:
        return _tied(say("over {n} %", n=decimal("99.9")))
    return _tied(say("{n} %", n=decimal(f"{100 * value:.1f}")))


def _tied(text: str) -> str:
    return text.replace(" ", TIE)


def points(one: Chance, exact: bool = False) -> str:
    """A change of a chance: `−12 ± 0.3`, in hundredths."""
    value = signed(100 * one.value, 1)
    if exact or one.low == one.high:
        return value
    return f"{value}\u00a0±\u00a0{decimal(f'{50 * (one.high - one.low):.1f}')}"


def signed(value: float, places: int) -> str:
    """A number with its sign, a true minus.

    >>> signed(-0.254, 2), signed(0.0, 1)
    ('−0.25', '0.0')
    """
    figures = decimal(f"{abs(value):.{places}f}")
    if not round(value, places):
        return figures
    return f"+{figures}" if value > 0 else f"−{figures}"


def number(value: float) -> str:
    """`1.86`."""
    return decimal(f"{value:.2f}")


def margin(one: Chance) -> str:
    """The error of simulation, in hundredths: half the interval."""
    if one.exact is not None:
        return ""
    half = 50 * (one.high - one.low)
    return "±\u00a0" + decimal(f"{half:.2f}" if half < 0.1 else f"{half:.1f}")


def between(over: Range | None) -> str:
    """The spread: `36.0–74.1 %`."""
    return "–" if over is None else span(over.low, over.high)


def span(low: float, high: float) -> str:
    """From one chance to another: `36.0–74.1 %`."""
    ends = {"low": decimal(f"{100 * low:.1f}"), "high": decimal(f"{100 * high:.1f}")}
    return _tied(say("{low}–{high} %", **ends))
