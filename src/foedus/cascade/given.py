"""Chances that a user gives by hand, and whose chances they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from foedus.cascade.from_obligations import keys_of
from foedus.cascade.honour import refused_chance
from foedus.cascade.named import named_state, normal
from foedus.cascade.rates import NotAChance, Rate, rate_of
from foedus.cascade.without import chosen
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.obligations.obligation import PLEDGES, Obligation

WRITTEN: Mapping[str, str] = {
    "defence": "defense", "offence": "offense", "neutrality": "neutral", "non-aggression": "nonagg",
    "nonaggression": "nonagg", "consultation": "consul",
}  # fmt: skip
"""Other ways of writing ATOP's pledges."""


def given_chances(
    chances: Iterable[tuple[str, str]],
    enters: Iterable[tuple[str, str]],
    obligations: Iterable[Obligation],
    on: date,
) -> dict[str, Rate]:
    """The rates that options give, by the keys of `Table.recipe`: of a pledge (`defense`), of `request` (all states,
    or `request/SER`), or of whatever `chosen` finds among the obligations in force.

    Raises `Refused`: F850 for what is no chance, F852 for no pledge, F853 for what names nothing in force.
    """
    every = tuple(obligations)
    found: dict[str, Rate] = {}
    for name, value in chances:
        rate = _rate(f"--chance {name}={value}", name, value)
        pledge = WRITTEN.get(name.casefold(), name)
        if pledge in (*PLEDGES, "request"):
            found[pledge] = rate
        elif name.startswith("request/"):
            found[f"request/{named_state(name.removeprefix('request/'), on)}"] = rate
        else:
            own = {key for one in chosen(every, name, on) for key in keys_of(one, on)}
            found |= dict.fromkeys(own.intersection(normal(name, on)), rate)
    for name, value in enters:
        pledge = WRITTEN.get(name.casefold(), name)
        if pledge not in PLEDGES:
            help_ = f"There are {', '.join(PLEDGES)}."
            raise Refused(
                Problem("F852", whole(f"--enters {name}"), {"what": "pledge", "name": name}, help=help_)
            )
        found[f"enters/{pledge}"] = replace(
            _rate(f"--enters {name}={value}", f"enters {pledge}", value), name=f"enters {pledge}, given"
        )
    return found


def _rate(option: str, name: str, value: str) -> Rate:
    try:
        return replace(rate_of(value, name), source="--chance")
    except NotAChance as why:
        raise refused_chance(value, str(why), place=option) from None
