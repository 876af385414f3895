"""One question of a cascade over obligations, and everything that answers it.

The answer is of the promises alone: who was bound to whom, and how often such promises were kept. Nothing in it is a
cause of a war, and no state that owed nothing enters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from foedus.cascade.chains import Chains, chains
from foedus.cascade.confusion import Confusion
from foedus.cascade.engine import Engine, Waiting
from foedus.cascade.from_obligations import Built, Conditions, build, state_code
from foedus.cascade.honour import Table
from foedus.cascade.model import Shock
from foedus.cascade.named import Taken
from foedus.cascade.pivots import Pivots, pivots
from foedus.cascade.result import Result
from foedus.cascade.sensitivity import Sensitivity, sensitivity
from foedus.cascade.spread import Spread, spread
from foedus.cascade.within import Within, within
from foedus.cascade.without import Without, without
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.obligations.obligation import Obligation
from foedus.sources.edition import Edition
from foedus.terms.codes import code_of, codes_on, state_numbered

TURNED, FEWEST = 200_000, 50
"""Worlds times promises in which promises are turned, at most, and the fewest worlds: large models take long."""


@dataclass(frozen=True)
class Asked:
    """What is asked: `attacker` and `target` by code, the day, and how chances and conditions are taken. `draws`
    are those of uncertain chances, `told` the worlds of chains, `turned` those of pivots (0: without). `taken`: which
    states were written otherwise, by the day."""

    attacker: str
    target: str
    on: date
    table: Table
    conditions: Conditions = "met"
    joiner_attacks: bool = True
    without: tuple[str, ...] = ()
    draws: int = 200
    told: int = 2000
    turned: int = 0
    taken: Taken = ()


@dataclass(frozen=True)
class Cascade:
    """The answer. `whole` is the model of everything in force, `part` what the shock can reach of it; `result`,
    `spread`, `chains`, `pivots` are of the part. `obligations` are all in force on the day. `outside`: the states of
    the shock that COW's list of states, where it is at hand, does not have on the day."""

    asked: Asked
    editions: tuple[Edition, ...]
    obligations: tuple[Obligation, ...]
    whole: Built
    part: Within
    engine: Engine
    result: Result
    spread: Spread | None
    chains: Chains
    without: tuple[Without, ...] = ()
    pivots: Pivots | None = None
    sensitivity: Sensitivity | None = None
    confusion: Confusion | None = None
    outside: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def built(self) -> Built:
        """The model of what the shock can reach."""
        return self.part.built

    @property
    def bound_to_both(self) -> tuple[str, ...]:
        """The states that count both of the shock among their allies, by their codes: they join neither."""
        model, shock = self.part.built.model, self.part.shock
        ends = {self.whole.model.states.index(model.states[end]) for end in (shock.attacker, shock.target)}
        return tuple(
            code
            for code, allies in zip(self.whole.model.states, self.whole.model.allies, strict=True)
            if ends <= allies
        )


def shock_on(attacker: str, target: str, on: date, text: str = "") -> tuple[int, int]:
    """COW's numbers of the two states on a day; `text` is what was typed for them. Raises `Refused`: F855 for one
    without a number, for one that did not stand then, as far as our table of states says, or for one twice."""
    numbers: list[int] = []
    text = text or f"{attacker}:{target}"
    for code in (attacker, target):
        codes = codes_on(code, on)
        number = int(code[4:]) if code.startswith("cow:") else codes.cow if codes is not None else None
        if number is None:
            why = f"{code} has no number in the list of the Correlates of War on that day"
            raise Refused(Problem("F855", whole(text), {"text": text, "why": why}))
        if ":" not in state_numbered(number, on) and code_of(number, on) is None:
            why = f"no state stood on that day that the Correlates of War number {number}"
            raise Refused(Problem("F855", whole(text), {"text": text, "why": why}))
        numbers.append(number)
    if numbers[0] == numbers[1]:
        raise Refused(Problem("F855", whole(text), {"text": text, "why": "a state does not attack itself"}))
    return numbers[0], numbers[1]


def covered(edition: Edition, on: date) -> None:
    """Raises `Refused` (F856) for a day that a data set does not cover."""
    if not edition.first <= on <= edition.last:
        values = {"on": on.isoformat(), "name": f"{edition.name} {edition.version}"}
        values |= {"first": edition.first.isoformat(), "last": edition.last.isoformat()}
        raise Refused(Problem("F856", whole(f"--on {on.isoformat()}"), values))


def ask(
    obligations: Iterable[Obligation],
    asked: Asked,
    engine: Engine,
    *,
    editions: Sequence[Edition] = (),
    progress: Waiting | None = None,
) -> Cascade:
    """Answer a question over the obligations in force on its day. Raises `Refused` (F853 to F856).

    `progress` is told what is being done: `exact`, `compiling`, `worlds`, `draws`, `chains`, `without`,
    `pivots`, `slopes`."""
    for edition in editions:
        covered(edition, asked.on)
    every = tuple(obligations)
    pair = shock_on(asked.attacker, asked.target, asked.on)
    built = build(
        every,
        asked.on,
        asked.table,
        conditions=asked.conditions,
        further=pair,
        joiner_attacks=asked.joiner_attacks,
    )
    attacker, target = (built.numbers.index(number) for number in pair)
    part = within(built, Shock(attacker, target))

    def tell(what: str) -> Callable[[int, int], object]:
        return lambda done, of: progress(what, done, of) if progress is not None else None

    result = engine.run(part.built.model, part.shock, waiting=progress)
    spreads = spread(part.built, part.shock, engine, result, draws=asked.draws, progress=tell("draws"))
    tell("chains")(0, 0)
    told = chains(part.built.model, part.shock, worlds=asked.told, seed=engine.seed)
    gone: list[Without] = []
    for n, text in enumerate(asked.without):
        tell("without")(n, len(asked.without))
        gone.append(without(built, part, every, text, engine, result))
    turned = slopes = None
    if asked.turned:
        worlds = min(asked.turned, max(FEWEST, TURNED // max(1, len(part.built.links))))
        turned = pivots(part.built, part.shock, worlds=worlds, seed=engine.seed, progress=tell("pivots"))
        tell("slopes")(0, 0)
        slopes = sensitivity(part.built, part.shock, engine, result, turned)
    return Cascade(
        asked, tuple(editions), every, built, part, engine, result, spreads, told, tuple(gone), turned, slopes,
        names={state_code(number, asked.on): str(number) for number in built.numbers},
    )  # fmt: skip
