"""What calls on a norm, and on what it hangs: differences of two probes, never written by hand.

The trigger is the first of `PROBES` that calls on the norm with some cast: a state that nobody names, one that the
condition names, another party, an actor that is no state. A condition is marginal: the norm is called on with it, and
not without it, all else being as favourable. Each is so in all readings of the text, or in some.

>>> AXES["location"]
'place'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from foedus.ir.norm import Norm
from foedus.obligations.obligation import Label
from foedus.obligations.probe import (
    BAND,
    FAVOURABLE,
    HOSTILE,
    PROBES,
    SECOND,
    STRANGER,
    Cast,
    Column,
    Layout,
    Probe,
    Stage,
    Staged,
    Words,
    layout,
    readings,
)

AXES: Mapping[str, str] = {
    "unprovoked": "unprovoked",
    "request": "request",
    "finding": "finding",
    "accord": "accord",
    "location": "place",
}
"""The conditions that one axis of a probe switches."""
MOST_MEMBERS = 8
"""How many parties of another instrument, of which a condition speaks, are tried as adversaries."""


@dataclass(frozen=True, slots=True)
class Called:
    """What calls on a norm, for one debtor and one beneficiary.

    `fires` are the lanes of `lanes` in which `probe`, with `cast`, does; `conditions` hold in all of them,
    `in_some` in some (`owed`: it is not called on at all in others). `adversaries` are the states that a
    condition names. `offense`: a war that the victim opens calls on it too.
    """

    probe: Probe
    cast: Cast
    lanes: Layout
    fires: Column
    conditions: tuple[str, ...]
    in_some: tuple[str, ...]
    adversaries: tuple[str, ...]
    offense: bool
    label: Label
    assumed: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    """A norm under every cast that its condition can tell apart, for one debtor and one beneficiary."""

    staged: Mapping[Cast, Staged]
    lanes: Layout

    def fires(self, cast: Cast, probe: Probe) -> Column:
        """The lanes in which a probe with this cast calls on the norm."""
        found = self.staged.get(cast)
        return found.fires(probe, self.lanes) if found is not None else 0


def casts(
    stage: Stage, words: Words, debtor: str, whom: str | None, others: tuple[str, ...]
) -> Iterator[Cast]:
    """Every cast to be tried, the least special first. `others` are further parties, of whom one is there."""
    there = others[:1]
    plain = Cast(debtor, whom, parties=there)
    members = (
        life.state for name in sorted(words.instruments) for life in stage.program.instruments[name].lives
    )
    states = {*list(dict.fromkeys(members))[:MOST_MEMBERS], *words.names}
    named = sorted(n for n in states if stage.sort_of(n) == "State" and n not in (debtor, plain.victim))
    yield plain
    for state in named:
        yield replace(plain, adversary=state)
        yield replace(plain, second=state)
    yield replace(plain, adversary=BAND)
    if there and there[0] != plain.victim:
        yield replace(plain, adversary=there[0])
    if debtor != plain.victim:
        yield replace(plain, adversary=debtor)


def look(
    stage: Stage, norm: Norm, words: Words, debtor: str, whom: str | None, others: tuple[str, ...], day: date
) -> Looked:
    """The norm lowered for all its casts. TooManyReadings, and what grounding raises."""
    found: dict[Cast, Staged] = {}
    for cast in casts(stage, words, debtor, whom, others):
        staged = stage.set(norm, cast, day, words)
        if staged is not None:
            found[cast] = staged
    lanes = layout(found.values())
    assert lanes.full  # counted now, so that what is too large is refused here
    return Looked(found, lanes)


OWN: tuple[Probe, ...] = tuple(probe for probe in PROBES if probe.own)


def called(looked: Looked, probes: tuple[Probe, ...] = PROBES) -> Called | None:
    """What calls on the norm first, and on what that hangs; None if no probe does."""
    found = next(_calling(looked, probes), None)
    if found is None:
        return None
    cast, probe, fires = found
    always, some = list[str](), list[str]()
    for name, column in _differences(looked, cast, probe, fires):
        lost = readings(column & fires, fires)
        if lost != "none":
            (always if lost == "all" else some).append(name)
    if fires != looked.lanes.full:
        some.append("owed")
    staged = looked.staged[cast]
    label, assumed = staged.table.label(staged.hypothesis, staged.variables, "panel")
    return Called(
        probe, cast, looked.lanes, fires, tuple(always), tuple(some), _adversaries(looked, cast, probe, fires),
        _offense(looked), label, assumed,
    )  # fmt: skip


def _calling(looked: Looked, probes: tuple[Probe, ...]) -> Iterator[tuple[Cast, Probe, Column]]:
    for probe in probes:
        found = [(looked.fires(cast, probe), cast) for cast in looked.staged]
        for fires, cast in sorted(found, key=lambda one: -one[0].bit_count()):  # the least special first
            if fires:
                yield cast, probe, fires


def _differences(looked: Looked, cast: Cast, probe: Probe, fires: Column) -> Iterator[tuple[str, Column]]:
    """Each condition, with the lanes in which it makes the difference."""
    named = [name for name in ("adversary", "second") if _is_named(cast, name)]
    if named:
        plain = replace(cast, **{name: STRANGER if name == "adversary" else SECOND for name in named})
        yield "adversary", fires & ~looked.fires(plain, probe)
    if probe.second:
        yield "number", fires & ~looked.fires(cast, replace(probe, second=False))
    for name, axis in AXES.items():
        if axis in probe.axes:
            yield name, fires & ~looked.fires(cast, probe.without(axis))
    if probe.axes.intersection(HOSTILE) and not probe.own:
        yield "nonstate", looked.fires(replace(cast, adversary=BAND), probe)
        mobilised = replace(probe, axes=(probe.axes & FAVOURABLE) | {"mobilisation"})
        yield "mobilisation", looked.fires(cast, mobilised)


def _offense(looked: Looked) -> bool:
    """Whether a war that the victim opens calls on the norm, and what else there is with it does not."""
    for probe in OWN:
        for cast in looked.staged:
            without = probe.without("force", "war")
            if cast.adversary != cast.debtor and looked.fires(cast, probe) & ~looked.fires(cast, without):
                return True
    return False


def _is_named(cast: Cast, role: str) -> bool:
    who = cast.adversary if role == "adversary" else cast.second
    return who not in (STRANGER, SECOND, BAND, cast.debtor, *cast.parties)


def _adversaries(looked: Looked, cast: Cast, probe: Probe, fires: Column) -> tuple[str, ...]:
    """The named states with which the probe calls on the norm where it does not with a state nobody names."""
    found: set[str] = set()
    for other in looked.staged:
        for role in ("adversary", "second"):
            if _is_named(other, role) and _is_named(cast, role):
                plain = replace(other, **{role: STRANGER if role == "adversary" else SECOND})
                if looked.fires(other, probe) & ~looked.fires(plain, probe):
                    found.add(other.adversary if role == "adversary" else other.second)
    return tuple(sorted(found)) if fires else ()
