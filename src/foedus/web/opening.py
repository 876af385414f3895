"""Opens a room: begins its record, or takes up one that is there.

The key with which a room signs lies in a file beside the database, for nobody else to read; without it nothing can be
signed, and a record that was begun with another key is not gone on with.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from foedus.council.debate.order import Order
from foedus.council.fields import instant
from foedus.council.ledger.canonical import Value
from foedus.council.ledger.head import Head, Signer
from foedus.council.ledger.store import Store, Unavailable
from foedus.diagnostics.problem import Refused
from foedus.exercise.keeping import unkept
from foedus.exercise.scenario import Inject, Scenario
from foedus.exercise.turns import LIVE, OPENING, opening
from foedus.meeting.clock import Wall
from foedus.meeting.entering import Body, started, taken_up
from foedus.web.room import Room
from foedus.web.storing import Storing
from foedus.words.speech import phrase


def first_entry(scenario: Scenario, order: Order, pace: int, real: datetime) -> Body:
    """The first entry: the rules of the session and of its conduct, and at what pace the room's time runs."""
    said: dict[str, Value] = dict(opening(scenario, scenario.seed))
    return {**said, "format": LIVE, "live": True, "order": order.body(), "pace": pace, "real": instant(real)}


def opened(name: str, scenario: Scenario, order: Order, storing: Storing, signer: Signer, pace: int) -> Room:
    """The room of that name: begun, or taken up where it was left. Raises `Refused` (F689)."""
    try:
        storing.now(lambda store: store.open_room(name, signer))
        bodies = storing.now(lambda store: [entry.body for entry in store.entries(name)])
    except Unavailable as error:
        raise unkept(name, str(error)) from error
    wall = Wall() if not bodies else Wall(not_before=_real(bodies[-1]))
    real = wall.now().replace(microsecond=0)
    begins = not bodies
    if begins:
        bodies = [first_entry(scenario, order, pace, real)]
    first = bodies[0]
    _same(name, first, scenario)
    order = Order.read(first["order"])
    standing = started(scenario.rules, order, scenario.start, _real(first), _whole(first.get("pace")))
    try:
        standing, entries, had = taken_up(standing, bodies[1:])
    except (Refused, ValueError, KeyError, TypeError) as error:
        raise unkept(name, phrase("it cannot be gone on with: {why}", why=str(error))) from error
    head = storing.now(lambda store: _written(store, name, bodies if begins else [], signer))
    room = Room(name, scenario, storing, signer, wall, standing, head, entries)
    room.had |= set(had)
    return room


def _whole(value: Value) -> int:
    if type(value) is not int or value < 1:
        raise unkept("pace", phrase("it is no record of a room"))
    return value


def _written(store: Store, name: str, bodies: list[Body], signer: Signer) -> Head:
    if bodies:
        store.append(name, bodies, signer, 0)
    return store.head(name)


def _real(body: Mapping[str, Value]) -> datetime:
    return datetime.fromisoformat(str(body["real"]))


def _same(name: str, first: Body, scenario: Scenario) -> None:
    """Whether a record that is there is of this scenario, as it is now."""
    if first.get("kind") != OPENING or first.get("format") != LIVE:
        raise unkept(name, phrase("it is no record of a room"), phrase("Give another file."))
    if first.get("scenario") != scenario.name or dict(_pages(first)) != dict(scenario.pages):
        why = phrase("it was begun with another scenario, or with pages that have changed since")
        raise unkept(name, why, phrase("Give the scenario and the pages with which it was begun."))


def _pages(first: Body) -> Mapping[str, Value]:
    found = first.get("pages")
    return found if isinstance(found, Mapping) else {}


def signer_beside(path: Path, name: str) -> Signer:
    """The key of a database, in `FILE.key`: read, or made where there is none. Raises `Refused` (F689)."""
    beside = path.with_name(path.name + ".key")
    try:
        if beside.exists():
            return Signer.of(name, bytes.fromhex(beside.read_text(encoding="ascii").strip()))
        made = Signer.new(name)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(made.secret.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise unkept(str(beside), why.lower()) from None
    return made


def as_of(scenario: Scenario, now: datetime) -> Scenario:
    """The scenario as a meeting of today: it begins now, and nothing in it has a time of its own."""
    shift: timedelta = now - scenario.start

    def moved(inject: Inject) -> Inject:
        at = inject.cue.at
        return inject if at is None else replace(inject, cue=replace(inject.cue, at=at + shift))

    return replace(
        scenario,
        start=now,
        end=scenario.end + shift,
        injects=tuple(moved(each) for each in scenario.injects),
        moves=(),
        rules=replace(scenario.rules, on=now.date()),
    )
