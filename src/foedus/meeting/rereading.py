"""A record read again, entry by entry, with the rules of its pages: what minutes of it are made from.

A record of a session that policies played is read like one with people whose meeting was never opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from foedus.council.chair import evolve
from foedus.council.debate.order import Order
from foedus.council.rules import Rules
from foedus.council.state import State
from foedus.diagnostics.problem import Refused
from foedus.exercise.replay import rules_of
from foedus.exercise.turns import END, FORMAT, OPENING
from foedus.meeting.entering import QUIET, Entered, Standing, started, taken_up

FORMATS = (FORMAT, 2)
"""Of records that are read: of a session that policies played, and of one with people."""


@dataclass(frozen=True)
class Reread:
    """What came of it. `standing` is None where the record is none of a session, or its pages are not at hand
    (`missing`) or are other ones (`differ`). `amiss` is the entry at which the rules part from it, counted from 0;
    entries and standing are then those before it."""

    title: str = ""
    live: bool = False
    standing: Standing | None = None
    entries: tuple[Entered, ...] = ()
    missing: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    amiss: int | None = None


def state_after(entry: Entered) -> State:
    """The state after an entry: of a vote, that in which it is said."""
    if entry.deed is None or entry.kind not in QUIET or entry.problem is not None:
        return entry.state
    return evolve(entry.rules, replace(entry.state, size=entry.number), entry.deed)


def reread(bodies: Iterable[Mapping[str, Any]], treaties: Path | None = None) -> Reread:
    """The entries of a record with rules and state after each. Total: what cannot be read is where it ends."""
    found = iter(bodies)
    first = next(found, None)
    if first is None or first.get("kind") != OPENING or first.get("format") not in FORMATS:
        return Reread()
    try:
        made = rules_of(first, treaties)
        if made.rules is None:
            return Reread(missing=made.missing, differ=made.differ)
        standing = _begun(first, made.rules)
        title, live = str(first.get("title", "")), first.get("live") is True
    except (Refused, KeyError, ValueError, TypeError, AttributeError):
        return Reread(amiss=0)
    entries: list[Entered] = []
    for number, body in _timed(found):
        try:
            standing, more, _ = taken_up(standing, [body])
        except (Refused, KeyError, ValueError, TypeError, AttributeError):
            return Reread(title, live, standing, tuple(entries), amiss=number)
        entries += more
    return Reread(title, live, standing, tuple(entries))


def _begun(first: Mapping[str, Any], rules: Rules) -> Standing:
    at = datetime.fromisoformat(first["at"])
    real = datetime.fromisoformat(first.get("real", first["at"]))
    pace = first.get("pace", 1)
    return started(rules, Order.read(first.get("order", {})), at, real, pace if type(pace) is int else 1)


def _timed(bodies: Iterator[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The entries, each with a time on the wall: its own, where the record has no other."""
    for number, body in enumerate(bodies, 1):
        if body.get("kind") != END:
            yield number, body if "real" in body else {**body, "real": body.get("at", "")}
