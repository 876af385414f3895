"""Who draws in whom: the histories of simulated worlds, the most frequent first, and how often each call is heeded.

A history is who entered in which round on which side. Worlds go their ways by `worlds`, apart from the engine's, so
that every one of them can be told whole.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from foedus.cascade.engine import share
from foedus.cascade.model import Model, Shock
from foedus.cascade.result import Chance
from foedus.cascade.worlds import Worlds


@dataclass(frozen=True, slots=True)
class Step:
    """A state that enters on a side in a round; `by` are those on whose account it does, `because` the numbers of
    the duties (in this history, whichever world)."""

    state: int
    side: int
    round: int
    by: tuple[int, ...]
    because: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A history and how often it came about; no step where nobody joined."""

    steps: tuple[Step, ...]
    chance: Chance


@dataclass(frozen=True, slots=True)
class Call:
    """`debtor` enters on account of `beneficiary`, on a side, under these duties."""

    debtor: int
    beneficiary: int
    side: int
    chance: Chance
    duties: tuple[int, ...]
    round: float


@dataclass(frozen=True)
class Chains:
    """What `worlds` worlds under a seed told: the most frequent histories, how many different ones there were, every
    call that was heeded, and for each state how often both sides called it at once (it then stays out)."""

    worlds: int
    seed: int
    histories: tuple[Told, ...]
    different: int
    calls: tuple[Call, ...]
    torn: tuple[Chance, ...]


def chains(model: Model, shock: Shock, *, worlds: int = 2000, seed: int = 1, most: int = 5) -> Chains:
    """Simulate worlds and tell them."""
    told: Counter[tuple[tuple[int, int, int], ...]] = Counter()
    because: dict[tuple[tuple[int, int, int], ...], dict[int, set[int]]] = {}
    calls: Counter[tuple[int, int, int]] = Counter()
    rounds: Counter[tuple[int, int, int]] = Counter()
    duties: dict[tuple[int, int, int], set[int]] = {}
    torn: Counter[int] = Counter()
    for world in Worlds(model, shock, seed).drawn(worlds):
        joined = [entry for entry in world.history.entries if entry.round]
        key = tuple((entry.round, entry.side, entry.state) for entry in joined)
        told[key] += 1
        for entry in joined:
            because.setdefault(key, {}).setdefault(entry.state, set()).update(entry.because)
            for beneficiary in {model.duties[number].beneficiary for number in entry.because}:
                call = (entry.state, beneficiary, entry.side)
                calls[call] += 1
                rounds[call] += entry.round
            for number in entry.because:
                call = (entry.state, model.duties[number].beneficiary, entry.side)
                duties.setdefault(call, set()).add(number)
        torn.update(world.history.torn)
    histories = [
        Told(
            tuple(
                Step(
                    state, side, round_,
                    tuple(sorted({model.duties[n].beneficiary for n in because[key][state]})),
                    tuple(sorted(because[key][state])),
                )
                for round_, side, state in key
            ),
            share(count, worlds),
        )
        for key, count in sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    ]  # fmt: skip
    heeded = [
        Call(*call, share(count, worlds), tuple(sorted(duties[call])), rounds[call] / count)
        for call, count in sorted(calls.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Chains(
        worlds, seed, tuple(histories), len(told), tuple(heeded),
        tuple(share(torn[state], worlds) for state in range(len(model.states))),
    )  # fmt: skip
