"""The part of a model that a shock can reach: the same answers, with fewer states, duties and coins.

A state is reached if a duty could call it in, whatever the coins: who owes something to whoever is reached. What
concerns the others can never matter. The coins keep their order, not their numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from foedus.cascade.from_obligations import Built
from foedus.cascade.model import Duty, Model, Shock


@dataclass(frozen=True)
class Within:
    """The part, and where its states and coins stood in the whole."""

    built: Built
    shock: Shock
    states: tuple[int, ...]
    duties: tuple[int, ...]
    promises: tuple[int, ...]


def reached(model: Model, shock: Shock) -> frozenset[int]:
    """Every state that could be in, both parties to the shock included."""
    found = {shock.attacker, shock.target}
    more = True
    while more:
        more = False
        for duty in model.duties:
            if (
                duty.debtor not in found
                and duty.beneficiary in found
                and _may_call(model, shock, duty, found)
            ):
                found.add(duty.debtor)
                more = True
    return frozenset(found)


def _may_call(model: Model, shock: Shock, duty: Duty, found: set[int] | frozenset[int]) -> bool:
    if duty.adversaries and not found.intersection(duty.adversaries):
        return False
    if duty.trigger == "offence":
        return True
    if duty.beneficiary != shock.target and not model.joiner_attacks:
        return False
    return duty.trigger == "defence" or bool(found.intersection(duty.others))


def within(built: Built, shock: Shock) -> Within:
    """The part of a model that matters to a shock."""
    model = built.model
    found = reached(model, shock)
    states = tuple(sorted(found))
    place = {old: new for new, old in enumerate(states)}
    outside = found - {shock.attacker, shock.target}
    duties = tuple(
        number for number, duty in enumerate(model.duties)
        if duty.debtor in outside and duty.beneficiary in found and _may_call(model, shock, duty, found)
    )  # fmt: skip
    promises = tuple(
        number
        for number, one in enumerate(model.neutralities)
        if one.debtor in outside and one.power in found
    )
    kept = (model.duties[number] for number in duties)
    allied = frozenset(
        (place[one], place[other])
        for one, others in enumerate(model.allies) if one in found
        for other in others if other in found
    )  # fmt: skip
    part = Model(
        tuple(model.states[old] for old in states),
        tuple(
            replace(
                d, debtor=place[d.debtor], beneficiary=place[d.beneficiary],
                others=tuple(place[n] for n in d.others if n in found),
                adversaries=tuple(place[n] for n in d.adversaries if n in found),
            )
            for d in kept
        ),
        tuple(
            replace(p, debtor=place[p.debtor], power=place[p.power])
            for p in (model.neutralities[number] for number in promises)
        ),
        tuple(model.requests[old] for old in states), allied, model.joiner_attacks,
    )  # fmt: skip
    smaller = replace(
        built, model=part, numbers=tuple(built.numbers[old] for old in states),
        duties=tuple(built.duties[n] for n in duties), promises=tuple(built.promises[n] for n in promises),
        requests=tuple(built.requests[old] for old in states),
    )  # fmt: skip
    return Within(smaller, Shock(place[shock.attacker], place[shock.target]), states, duties, promises)
