"""Does again what a record says was done: do the rules allow every deed in it, and refuse what was refused?

Nothing is taken from the record but the rules by which it says it went and the deeds. The pages are those at hand, and
they have to be the same, by their digests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, cast, get_args

from foedus.council.chair import begin, evolve
from foedus.council.debate import act
from foedus.council.debate.machine import begin_debate, evolve_debate
from foedus.council.debate.order import Order
from foedus.council.debate.state import Debate, Pace
from foedus.council.debate.table import table_of
from foedus.council.deed import read
from foedus.council.fields import READ
from foedus.council.rules import Rules
from foedus.council.state import Noted, State
from foedus.diagnostics.problem import Problem, Refused
from foedus.exercise.reading import procedure_of, scenarios
from foedus.exercise.turns import ABOUT, END, FORMAT, INJECT, LIVE, OPENING, REFUSED
from foedus.ir.procedure import OFFICES, Office
from foedus.library import Library, shipped


@dataclass(frozen=True)
class Replayed:
    """What came of it. `rules` is None where the record does not say by what rules it went, or they are not at hand:
    `missing` and `differ` name the pages. `amiss` is the first entry at which rules and record part, with the problem
    of a deed that is not allowed (none, where one is allowed that was refused). `live`: the session was one with
    people, whose record has acts beside the deeds; `acts` counts those that the rules of `order` in its first entry
    allowed, and `debate` is where they led. `entries` counts what was gone through, the last of it `at`, in the room's
    time."""

    rules: Rules | None = None
    state: State | None = None
    deeds: int = 0
    acts: int = 0
    refused: int = 0
    live: bool = False
    order: Order | None = None
    debate: Debate | None = None
    entries: int = 0
    at: datetime | None = None
    missing: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    amiss: int | None = None
    problem: Problem | None = None

    @property
    def allowed(self) -> bool:
        """Whether every deed is as the rules have it."""
        return self.rules is not None and self.amiss is None


def replayed(bodies: Iterable[Mapping[str, Any]], treaties: Path | None = None) -> Replayed:
    """The deeds and acts of a record done again. Total: what cannot be read is where they part."""
    found = iter(bodies)
    first = next(found, None)
    if first is None or first.get("kind") != OPENING:
        return Replayed()
    live = first.get("live") is True
    if first.get("format") != (LIVE if live else FORMAT):
        return Replayed()
    try:
        made = _rules(first, treaties)
        if live:
            made = _opened(made, first)
        at: datetime = READ["at"]("at", first["at"])
    except (KeyError, ValueError, TypeError, AttributeError, Refused):
        return Replayed(amiss=0)
    if made.rules is None:
        return made
    made = replace(made, state=begin(made.rules), entries=1, at=at)
    for number, body in enumerate(found, 1):
        try:
            made = _after(made, body)
            made = replace(made, entries=number + 1, at=max(made.at or at, READ["at"]("at", body["at"])))
        except Refused as problem:
            return replace(made, amiss=number, problem=problem.problems[0])
        except (KeyError, ValueError, TypeError, AttributeError):
            return replace(made, amiss=number)
    return made


def _opened(made: Replayed, first: Mapping[str, Any]) -> Replayed:
    """The same for a session with people: its rules of order, and the pace of its time."""
    real, at = READ["at"]("real", first["real"]), READ["at"]("at", first["at"])
    pace = Pace(at, real, READ["pace"]("pace", first["pace"]))
    if pace.pace < 1:
        raise ValueError("a pace at which nothing moves")
    return replace(made, live=True, order=Order.read(first["order"]), debate=begin_debate(pace))


def _after(made: Replayed, body: Mapping[str, Any]) -> Replayed:
    """What came of it after one entry more. Raises `Refused` where the rules do not have it so, ValueError and its
    kind where it cannot be read, or is allowed and was refused."""
    said, real = _said(body) if made.live else (body, None)
    kind = said.get("kind")
    if kind == INJECT:
        return made if "fact" not in said else _told(made, said["fact"])
    if kind == END:
        return made
    if kind != REFUSED:
        return _done(made, said, real)
    try:
        _done(made, said["deed"], real)
    except Refused as problem:
        if problem.problems[0].code != said["code"]:
            raise
        return replace(made, refused=made.refused + 1)
    raise ValueError("allowed, and it was refused")


def _done(made: Replayed, said: Mapping[str, Any], real: datetime | None) -> Replayed:
    """One deed done again; or an act, which was done at an instant `real` on the wall."""
    assert made.rules is not None and made.state is not None
    if real is not None and said.get("kind") in ACTS:
        assert made.order is not None and made.debate is not None and made.at is not None
        table = table_of(made.rules, made.state, entries=made.entries, at=made.at, now=made.at)
        debate = evolve_debate(made.order, made.debate, act.read(said), real, table)
        return replace(made, debate=debate, acts=made.acts + 1)
    # In a record with people a deed has the number of its entry, so that one speaks of entries alone.
    state = replace(made.state, size=made.entries) if made.live else made.state
    return replace(made, state=evolve(made.rules, state, read(said)), deeds=made.deeds + 1)


def _said(body: Mapping[str, Any]) -> tuple[Mapping[str, Any], datetime]:
    """What was done, without what a live record says besides; and when on the wall. Raises ValueError, `Refused`."""
    real: datetime = READ["at"]("real", body["real"])
    for name in ABOUT[1:]:
        if not isinstance(body.get(name, ""), str):
            raise ValueError(name)
    return {name: value for name, value in body.items() if name not in ABOUT}, real


def _told(made: Replayed, fact: Mapping[str, Any]) -> Replayed:
    """The same, with a fact from outside known from then on."""
    assert made.rules is not None
    return replace(made, rules=replace(made.rules, known=(*made.rules.known, _noted(fact))))


ACTS: tuple[str, ...] = get_args(act.ActKind)


def _rules(first: Mapping[str, Any], treaties: Path | None) -> Replayed:
    """The rules of which the first entry speaks, if their pages are at hand and the same."""
    digests = cast("Mapping[str, str]", first["pages"])
    beside: tuple[Path, ...] = ()
    if first["scenario"] in scenarios():
        own = sorted((shipped("scenarios") / first["scenario"]).glob("*.md"))
        beside = tuple(page for page in own if treaties is None or not (treaties / page.name).exists())
    library = Library(treaties, trials=False, extra=beside)
    missing = tuple(name for name in digests if name not in library.pages)
    if missing:
        return Replayed(missing=missing)
    program = library.load(digests).program
    differ = tuple(name for name, digest in digests.items() if program.digests.get(name) != digest)
    if differ:
        return Replayed(differ=differ)
    on = date.fromisoformat(first["on"])
    procedure = procedure_of(program, first["procedure"], on)
    offices = tuple(each for each in OFFICES if each in first["offices"])
    if procedure is None:
        raise ValueError(first["procedure"])
    return Replayed(
        Rules(
            program, procedure, on, {role: tuple(who) for role, who in first["members"].items()},
            tuple(first["others"]), cast("tuple[Office, ...]", offices), dict(first["answers"]),
            tuple(_noted(each) for each in first["known"]),
            {name: {who: Fraction(w) for who, w in each.items()} for name, each in first["weights"].items()},
            bool(first["announced"]),
        )
    )  # fmt: skip


def rules_of(first: Mapping[str, Any], treaties: Path | None = None) -> Replayed:
    """The rules of which the first entry of a record speaks; without them, `missing` or `differ` says which pages lack.
    Raises `Refused`, KeyError, ValueError, TypeError and AttributeError for what is no such entry."""
    return _rules(first, treaties)


def _noted(body: Mapping[str, Any]) -> Noted:
    at = body.get("at")
    when = None if at is None else datetime.fromisoformat(at)
    return Noted(body["id"], body["predicate"], tuple(body["args"]), body["truth"], when)
