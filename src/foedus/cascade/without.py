"""What if a treaty had not been: the same question without some obligations, with the same coins.

What is taken away does not oblige, and makes no allies either; everything else keeps its coin, so that only what
hangs on the difference differs. Intervals of differences come from batches of worlds, each run twice under one seed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from foedus.cascade.engine import Engine
from foedus.cascade.from_obligations import Built, keys_of
from foedus.cascade.model import Model
from foedus.cascade.named import meant, normal
from foedus.cascade.result import Chance, Result
from foedus.cascade.within import Within
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.diagnostics.suggest import suggest
from foedus.obligations.obligation import Obligation

BATCHES = 16
T = 2.131449546
"""Student's quantile for 15 degrees of freedom and 95 %."""


@dataclass(frozen=True)
class Without:
    """The answer without something: `name` as it was asked for, the obligations that go with it, and by how much
    each entry and the sizes differ from what is (negative: fewer without)."""

    name: str
    removed: tuple[Obligation, ...]
    result: Result
    entered: tuple[tuple[Chance, Chance], ...]
    sizes: tuple[Chance, Chance]
    quiet: Chance


def chosen(obligations: Iterable[Obligation], text: str, on: date) -> tuple[Obligation, ...]:
    """The obligations that a user names: an instrument (`atop:1480`), what a state owes under one
    (`atop:1350/ITA`), whatever is between two states (`FRN:RUS`, or `FRN>RUS` for one direction), or whatever a
    state owes (`ITA`); several joined with `+`. Raises `Refused` (F853) where nothing in force is called so."""
    every = tuple(obligations)
    if "+" in text:
        several = [one for part in text.split("+") for one in chosen(every, part, on)]
        return tuple(dict.fromkeys(several))
    keys = set(normal(text, on))
    found = tuple(one for one in every if keys & set(keys_of(one, on)))
    if not found:
        instruments = dict.fromkeys(one.instrument for one in every)
        near = suggest(text, instruments)
        advice = f"Did you mean `{near}`?" if near else meant(text, on)
        values = {"name": text, "on": on.isoformat()}
        raise Refused(Problem("F853", whole(text), values, help=advice))
    return found


def lacking(whole_model: Built, part: Within, removed: Iterable[Obligation]) -> Model:
    """The part's model with what was removed impossible, and allies only by what is left."""
    gone = set(removed)
    model = part.built.model
    place = {old: new for new, old in enumerate(part.states)}
    allied = frozenset(
        (place[duty.debtor], place[duty.beneficiary])
        for duty, link in zip(whole_model.model.duties, whole_model.duties, strict=True)
        if link.obligation not in gone and duty.debtor in place and duty.beneficiary in place
    )
    return replace(
        model,
        duties=tuple(
            replace(duty, chance=0) if link.obligation in gone else duty
            for duty, link in zip(model.duties, part.built.duties, strict=True)
        ),
        neutralities=tuple(
            replace(promise, chance=0) if link.obligation in gone else promise
            for promise, link in zip(model.neutralities, part.built.promises, strict=True)
        ),
        allied=allied,
    )


def without(
    whole_model: Built,
    part: Within,
    obligations: Iterable[Obligation],
    text: str,
    engine: Engine,
    result: Result,
) -> Without:
    """The answer without what `text` names among `obligations`."""
    removed = chosen(obligations, text, part.built.on)
    model = lacking(whole_model, part, removed)
    other = engine.run(model, part.shock)
    changes = compared(engine, part.built.model, model, part, result, other)
    return Without(text, removed, other, *changes)


def compared(
    engine: Engine, now: Model, then: Model, part: Within, result: Result, other: Result
) -> tuple[tuple[tuple[Chance, Chance], ...], tuple[Chance, Chance], Chance]:
    """By how much each entry, the sizes and the chance that nobody joins differ: exactly where both are exact, else
    by the same coins in batches."""
    numbers: list[Callable[[Result], Chance]] = [
        *(
            (lambda r, s=state, k=side: r.entered[s][k])
            for state in range(len(now.states))
            for side in (0, 1)
        ),
        *((lambda r, k=side: r.sizes[k]) for side in (0, 1)),
        lambda r: r.quiet,
    ]  # fmt: skip
    if result.engine == other.engine == "exact":
        found = [_exact(number(other), number(result)) for number in numbers]
    else:
        batches: list[tuple[Result, Result]] = []
        for batch in range(BATCHES):
            own = engine.with_(
                nodes=0, worlds=max(64, engine.worlds // BATCHES), seed=engine.seed * BATCHES + batch
            )
            batches.append((own.run(now, part.shock, False), own.run(then, part.shock, False)))
        found = [_batched([number(b).value - number(a).value for a, b in batches]) for number in numbers]
    states = len(now.states)
    entered = tuple((found[2 * n], found[2 * n + 1]) for n in range(states))
    return entered, (found[2 * states], found[2 * states + 1]), found[-1]


def _exact(one: Chance, other: Chance) -> Chance:
    if one.exact is None or other.exact is None:
        return Chance(one.value - other.value, one.low - other.high, one.high - other.low)
    exact = one.exact - other.exact
    return Chance(float(exact), float(exact), float(exact), exact)


def _batched(values: list[float]) -> Chance:
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1) / len(values))
    return Chance(mean, mean - T * spread, mean + T * spread)
