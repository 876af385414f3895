"""Strata with the same outcome, put together, with what they turn on: out of columns, without looking at each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from foedus.cascade.rounds.engine import Done, Rounds, Stopped
from foedus.cascade.rounds.outcome import Case, Group, Held, Pivot, Step


def entered(rounds: Rounds) -> dict[str, int]:
    """For each state, the lanes in which it is at war with somebody at the end."""
    found = dict.fromkeys(rounds.states, 0)
    for one in rounds.states:
        for other in rounds.states:
            if one != other:
                found[one] |= rounds.at_war(one, other)
    return found


def groups(rounds: Rounds, at_war: Mapping[str, int]) -> tuple[Group, ...]:
    """The strata in which the same states are at war in the same worlds, the largest group first."""
    parts = [(1 << rounds.space.strata) - 1]
    if rounds.space.worlds == 1:
        for column in at_war.values():
            parts = [piece for part in parts for piece in (part & column, part & ~column) if piece]
    else:
        parts = _alike(rounds, tuple(at_war.values()))
    made = [_group(rounds, at_war, part) for part in parts]
    made.sort(key=lambda group: (-group.strata, len(group.belligerents), group.belligerents))
    return tuple(replace(group, number=number) for number, group in enumerate(made, 1))


def _alike(rounds: Rounds, columns: tuple[int, ...]) -> list[int]:
    """Strata whose worlds agree in every column. Worlds come in whole bytes, so that a stratum is a slice."""
    strata, width = rounds.space.strata, rounds.space.worlds // 8
    raw = [column.to_bytes(strata * width, "little") for column in columns]
    found: dict[tuple[bytes, ...], int] = {}
    for number in range(strata):
        key = tuple(one[number * width : (number + 1) * width] for one in raw)
        found[key] = found.get(key, 0) | 1 << number
    return list(found.values())


def lanes_of(rounds: Rounds, strata: int) -> int:
    """The lanes of a set of strata."""
    worlds = rounds.space.worlds
    if worlds == 1:
        return strata
    found = 0
    number = 0
    while strata:
        low = (strata & -strata).bit_length() - 1
        number += low
        strata >>= low
        run = (~strata & (strata + 1)).bit_length() - 1  # so many strata in a row
        found |= ((1 << run * worlds) - 1) << number * worlds
        strata >>= run
        number += run
    return found


def _group(rounds: Rounds, at_war: Mapping[str, int], part: int) -> Group:
    lanes = lanes_of(rounds, part)
    size = lanes.bit_count()

    def share(column: int) -> float:
        return (column & lanes).bit_count() / size

    acts: dict[Step, int] = {}
    for done in rounds.done:
        step = _step(done)
        acts[step] = acts.get(step, 0) | done.lanes & lanes
    steps = tuple(replace(step, share=share(column)) for step, column in acts.items() if column)
    inside = {state: share(column) for state, column in at_war.items() if column & lanes}
    first: dict[str, int] = {}
    for done in rounds.done:
        if done.predicate in ("war", "force") and done.lanes & lanes:
            for state in (done.state, done.target):
                if state is not None:
                    first.setdefault(state, done.round)
    wars = dict.fromkeys(
        (step.state, step.target) for step in steps if step.predicate in ("war", "force") and step.target
    )
    return Group(
        0,
        part.bit_count(),
        rounds.space.turns_on(part),
        tuple(Case(answers, strata) for answers, strata in rounds.space.boxes(part)),
        tuple(sorted(inside)),
        inside,
        first,
        tuple(wars),
        steps,
        tuple(_held(s, share(s.lanes)) for s in rounds.stopped if s.lanes & lanes),
        tuple(_held(s, share(s.lanes)) for s in rounds.broken if s.lanes & lanes),
        {state: share(column) for state, column in sorted(rounds.obliged.items()) if column & lanes},
    )


def _step(done: Done) -> Step:
    act = f"{done.predicate}({', '.join(a for a in (done.state, done.target) if a)})"
    target = done.target if done.predicate != "helped" else None
    if done.call is None:
        return Step(done.round, act, done.predicate, done.state, done.target, "shock")
    norm = done.call.norm
    kind = "plan" if norm.kind == "plan" else "duty"
    return Step(
        done.round, act, done.predicate, done.state, target, kind, norm.id, norm.title, norm.article,
        done.call.beneficiary,
    )  # fmt: skip


def _held(one: Stopped, share: float) -> Held:
    return Held(one.round, one.state, one.target, one.call.norm.id, one.why, one.by, share)


def pivots(rounds: Rounds, at_war: Mapping[str, int]) -> tuple[Pivot, ...]:
    """For each state, the questions of which another answer alone would bring it in, or keep it out, somewhere."""
    found: list[Pivot] = []
    space = rounds.space
    for state, column in at_war.items():
        for name, answers in space.choices:
            if len(answers) > 1 and space.moved_by(column, name):
                each = space.strata // len(answers)
                found.append(
                    Pivot(
                        state,
                        name,
                        tuple(
                            (a, (column & space.lanes(name, a)).bit_count() / space.worlds, each)
                            for a in answers
                        ),
                    )
                )
    return tuple(found)
