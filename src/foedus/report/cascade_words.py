"""Words and numbers that every part of a cascade's report needs."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.cascade.from_obligations import Built
from foedus.cascade.result import Chance
from foedus.cascade.spread import Range
from foedus.report.lists import decimal
from foedus.terms.states import name_of
from foedus.words.speech import aloud, marked, marked_in, say

PLEDGED: Mapping[str, str] = {
    "defense": marked("defence"),
    "offense": marked("offence"),
    "neutral": marked("neutrality"),
    "nonagg": marked("non-aggression"),
    "consul": marked("consultation"),
    "any": marked("any pledge"),
    "": marked("no pledge"),
}
"""ATOP's pledges in words."""

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


def rate_label(name: str) -> str:
    """`promises kept, defence, 1816–2003`: a rate's name in words; one given by hand as it was given."""
    what, _, rest = name.partition(" ")
    pledge, _, years = rest.partition(" ")
    if what not in ("honours", "enters"):
        return name
    words = say("promises kept") if what == "honours" else say("who keeps it goes to war")
    kind = say(PLEDGED[pledge]) if pledge in PLEDGED else pledge
    return ", ".join(filter(None, (words, kind, years.replace("-", "–"))))


def percent(value: float) -> str:
    """`57 %`; below one and above 99, with a decimal.

    >>> percent(0.574), percent(0.0042), percent(1.0)
    ('57 %', '0.4 %', '100 %')
    """
    shown = 100 * value
    figures = f"{shown:.0f}" if shown in (0.0, 100.0) or 1 <= abs(shown) <= 99 else f"{shown:.1f}"
    return say("{n} %", n=decimal(figures)).replace(" ", "\u00a0")


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
    """The spread: `36–74 %`."""
    if over is None:
        return "–"
    return say("{low}–{high} %", low=f"{100 * over.low:.0f}", high=f"{100 * over.high:.0f}").replace(
        " ", "\u00a0"
    )
