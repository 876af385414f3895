"""A cascade as chains: who enters on which side, in which round, called by whom under which duty.

Of a history (one world) each call is a fact; of a result it has a chance. A state that may enter on either side stands
on both. `above` gives the call under which an entrant is drawn: the likeliest from somebody who enters before it.

>>> from foedus.cascade.model import WHOLE, Duty, Shock, model
>>> from foedus.cascade.plain import run
>>> three = model(("A", "B", "C"), (Duty(2, 1, "defence", WHOLE),))
>>> found = of_history(three, run(three, Shock(0, 1), lambda coin: True))
>>> [(one.name, one.side, one.round, [call.caller for call in one.calls]) for one in found.entrants]
[('A', 0, 0.0, []), ('B', 1, 0.0, []), ('C', 1, 1.0, [1])]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from foedus.cascade.model import Duty, Model, Trigger
from foedus.cascade.plain import History
from foedus.cascade.result import Chance, Result
from foedus.cascade.spread import Range, Spread

FAINTEST = 0.01
"""Who enters on a side with a smaller chance is counted, not drawn."""
VISIBLE = 0.0005
"""A narrower spread is not drawn."""

Key = tuple[int, int]
"""A state's place in the model, and a side: 0 the attacker's, 1 the target's."""


@dataclass(frozen=True, slots=True)
class Call:
    """A duty that calls: whose `caller` is its beneficiary. `chance` is None in one world. `shared`: both may be on
    either side, and the chance is that of both sides together."""

    duty: int
    caller: int
    trigger: Trigger
    label: str
    chance: Chance | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Entrant:
    """A state on a side; `round` is that of its entry, of many worlds the mean. Where the engine gives none, it is
    where the state is drawn, after its likeliest caller, and `timed` is false: nothing is said of it."""

    state: int
    name: str
    side: int
    round: float
    chance: Chance | None
    calls: tuple[Call, ...]
    timed: bool = True

    @property
    def key(self) -> Key:
        """State and side."""
        return self.state, self.side


@dataclass(frozen=True)
class Chain:
    """Everybody who enters, the two of the shock first, then by round and chance. `attacker`, `target` and `spoken`
    (by state, where it differs) are names as a sentence has them. `result` is None of one world; `torn` are the
    names of those whom both sides called. `faint` counts entries too unlikely to be drawn. `spread` is how far the
    chances move as far as those of promises may be wrong, where that was asked for."""

    attacker: str
    target: str
    entrants: tuple[Entrant, ...]
    result: Result | None
    torn: tuple[str, ...] = ()
    faint: int = 0
    spoken: Mapping[int, str] = field(default_factory=dict[int, str])
    spread: Spread | None = None

    def over(self, state: int, side: int) -> Range | None:
        """The spread of a chance; None where there is none, or none that shows."""
        found = self.spread.entered[state][side] if self.spread else None
        return found if found and found.high - found.low >= VISIBLE else None

    def called(self) -> Mapping[int, str]:
        """The names of all who enter, as a sentence has them."""
        return {one.state: self.spoken.get(one.state, one.name) for one in self.entrants}

    @property
    def rounds(self) -> int:
        """The last round in which somebody enters (the last mean one, rounded up)."""
        last = max(one.round for one in self.entrants)
        return int(last) + (last > int(last))

    def above(self) -> Mapping[Key, Call]:
        """For each entrant who was called the call under which it is drawn; nobody is drawn below itself."""
        found: dict[Key, Call] = {}
        placed = {one.key for one in self.entrants if one.round == 0}
        waiting = [one for one in self.entrants if one.key not in placed]
        while waiting:
            choices = [
                (one, call) for one in waiting for call in one.calls if (call.caller, one.side) in placed
            ]
            if not choices:
                break
            first = {key: n for n, key in enumerate(one.key for one in self.entrants)}
            # Whoever enters first is placed first; its likeliest call from those already placed.
            one, _ = min(choices, key=lambda each: first[each[0].key])
            found[one.key] = max(
                (call for other, call in choices if other is one),
                key=lambda call: (call.chance.value if call.chance else 1.0, -call.duty),
            )
            placed.add(one.key)
            waiting.remove(one)
        return found

    def below(self) -> Mapping[Key | None, tuple[Entrant, ...]]:
        """The entrants drawn below each; below None those who begin, and whoever could not be placed."""
        over = self.above()
        found: dict[Key | None, list[Entrant]] = {}
        for one in self.entrants:
            call = over.get(one.key)
            found.setdefault((call.caller, one.side) if call else None, []).append(one)
        return {key: tuple(each) for key, each in found.items()}


def of_history(model: Model, history: History, names: Mapping[str, str] | None = None) -> Chain:
    """The chain of one world. `names` are names for the model's states, where others are wanted."""
    called = [(names or {}).get(state, state) for state in model.states]
    entrants = tuple(
        Entrant(
            entry.state, called[entry.state], entry.side, float(entry.round), None,
            tuple(_call(model.duties, number) for number in entry.because),
        )
        for entry in sorted(history.entries, key=lambda each: (each.round, each.side, each.state))
    )  # fmt: skip
    attacker, target = (
        next(one for one in entrants if one.round == 0 and one.side == side) for side in (0, 1)
    )
    torn = tuple(sorted(called[state] for state in history.torn))
    return Chain(attacker.name, target.name, entrants, None, torn)


def of_result(result: Result, names: Mapping[str, str] | None = None, faintest: float = FAINTEST) -> Chain:
    """The chains over many worlds: whoever enters with at least the chance `faintest`."""
    model, shock = result.model, result.shock
    called = [(names or {}).get(state, state) for state in model.states]
    entrants: list[Entrant] = []
    faint = 0
    for state, chances in enumerate(result.entered):
        for side, chance in enumerate(chances):
            begins = state == (shock.attacker, shock.target)[side]
            if not begins and chance.value < faintest:
                faint += chance.value > 0
                continue
            if state in (shock.attacker, shock.target) and not begins:
                continue
            round_ = _round(result, state)
            calls = () if begins else _calls(result, state, side)
            entrants.append(
                Entrant(
                    state, called[state], side, 0.0 if round_ is None else round_, chance, calls,
                    round_ is not None,
                )
            )  # fmt: skip
    entrants = after_callers(entrants)
    entrants.sort(key=lambda one: (one.round, -(one.chance.value if one.chance else 1), one.side, one.name))
    return Chain(called[shock.attacker], called[shock.target], tuple(entrants), result, faint=faint)


def after_callers(entrants: list[Entrant]) -> list[Entrant]:
    """Those without a round placed one after the likeliest of their callers who has one."""
    placed = {one.key: one.round for one in entrants if one.timed}
    waiting = [one for one in entrants if not one.timed]
    while waiting:
        ready = [one for one in waiting if any((call.caller, one.side) in placed for call in one.calls)]
        for one in ready or waiting:
            call = next((call for call in one.calls if (call.caller, one.side) in placed), None)
            placed[one.key] = (placed[call.caller, one.side] if call else 0.0) + 1
        waiting = [one for one in waiting if one.key not in placed]
    return [replace(one, round=placed[one.key]) for one in entrants]


def _round(result: Result, state: int) -> float | None:
    if state in (result.shock.attacker, result.shock.target):
        return 0.0
    return result.entry_round[state] if state < len(result.entry_round) else None


def _calls(result: Result, state: int, side: int) -> tuple[Call, ...]:
    """The duties that may call a state to a side, the likeliest first."""
    both = all(chance.value > 0 for chance in result.entered[state])
    found: list[Call] = []
    for number, duty in enumerate(result.model.duties):
        chance = result.called[number] if number < len(result.called) else None
        if duty.debtor != state or chance is None or chance.value <= 0:
            continue
        sides = result.entered[duty.beneficiary]
        if sides[side].value <= 0:
            continue
        shared = both and sides[1 - side].value > 0
        found.append(_call(result.model.duties, number, chance, shared))
    return tuple(sorted(found, key=lambda call: (-(call.chance.value if call.chance else 0), call.duty)))


def _call(duties: tuple[Duty, ...], number: int, chance: Chance | None = None, shared: bool = False) -> Call:
    duty = duties[number]
    return Call(number, duty.beneficiary, duty.trigger, duty.label, chance, shared)


__all__ = ["FAINTEST", "Call", "Chain", "Entrant", "after_callers", "of_history", "of_result"]
