"""The codes that are given out when a server starts: for each seat that is free, the director, observers, a screen."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.exercise.scenario import Scenario
from foedus.meeting.viewer import CALLED, DELEGATED, SPEAKING, Role
from foedus.report.layout import columns
from foedus.web.accounts import Accounts, moment
from foedus.web.listing import Guest, Preview, apply, codes_csv
from foedus.web.qr import terminal
from foedus.web.room import Room
from foedus.words.speech import say, say_in

WIDTH = 80
ROLE, CODE = 22, 14


@dataclass(frozen=True, slots=True)
class Invited:
    """A code that was given out: for which room, role and seat, for whom, for how many people."""

    room: str
    role: Role
    seat: str
    title: str
    code: str
    uses: int = 1


def invited(
    accounts: Accounts, room: Room, guests: Preview | None = None, *, observers: int = 0, screen: bool = False
) -> Iterator[Invited]:
    """Codes for the people of a list; for each seat that nobody has taken and nobody on the list will; for a director
    where there is none. Raises `Refused` with the problems of the list."""
    coming: set[str] = set()
    if guests is not None:
        found = accounts.now(lambda people: apply(guests, people, room.name, now=moment()))
        for guest, code in found:
            coming |= (
                {guest.seat}
                if guest.role in SPEAKING
                else {"director"}
                if guest.role == "director"
                else set()
            )
            yield Invited(room.name, guest.role, guest.seat, guest.name, code)
    taken = accounts.now(lambda people: people.seats_taken(room.name))
    there = {person.role for person in accounts.now(lambda people: people.people(room.name))}
    for role, seat, title in _empty(room.scenario):
        if taken.get(seat) or seat in coming or (role == "director" and "director" in there | coming):
            continue
        yield _one(accounts, room.name, role, seat, title)
    if observers:
        yield _one(accounts, room.name, "observer", "", say("observers"), observers)
    if screen:
        yield _one(accounts, room.name, "screen", "", say("public screen"))


def _empty(scenario: Scenario) -> Iterator[tuple[Role, str, str]]:
    offices = scenario.rules.offices
    for seat in scenario.seats:
        role: Role = "head"
        for office in offices:
            role = office if office == seat.who else role
        yield role, seat.who, seat.title
    yield "director", "", say("director of the exercise")


def _one(accounts: Accounts, room: str, role: Role, seat: str, title: str, uses: int = 1) -> Invited:
    code = accounts.now(lambda people: people.invite(room, role, seat, uses, now=moment()))
    return Invited(room, role, seat, title, code, uses)


def table(codes: Iterable[Invited]) -> Iterator[str]:
    """The codes as lines of at most 80 columns."""
    for each in codes:
        role = say_in("role", CALLED[each.role])
        uses = f" × {each.uses}" if each.uses > 1 else ""
        seat = each.seat if each.role in DELEGATED else ""
        yield _cut(f"  {each.code}  {_wide(seat, 4)} {_wide(role, ROLE)} {each.title}{uses}".rstrip())


def _wide(text: str, most: int) -> str:
    return text + " " * max(0, most - columns(text))


def _cut(text: str) -> str:
    while columns(text) > WIDTH:
        text = text[:-2].rstrip() + "…"
    return text


def pictures(codes: Iterable[Invited], address: str, coloured: bool) -> Iterator[str]:
    """A QR code for each, with its line. The code stands behind the mark of the address, where no server logs it."""
    for each in codes:
        yield from table([each])
        yield terminal(f"{address}join#{each.code}", coloured=coloured)


def preview_lines(preview: Preview) -> Iterator[str]:
    """What a list of people says, before anybody is invited."""
    if preview.said:
        yield "  " + say("How it was read: {how}.", how=preview.said)
    for guest in preview.guests:
        role = say_in("role", CALLED[guest.role])
        seat = guest.seat if guest.role in DELEGATED else ""
        yield _cut(f"  {_wide(seat, 4)} {_wide(role, ROLE)} {guest.name}")
    if preview.dropped:
        yield "  " + say("Not kept: {columns}.", columns=", ".join(preview.dropped))


def written(path: Path, codes: Iterable[Invited], address: Callable[[str], str] | str) -> None:
    """The codes as CSV, in a file that nobody else can read. Raises `Refused` (F008)."""
    link = address if isinstance(address, str) else address("")
    rows = ((Guest(0, each.title, each.role, each.seat), each.code) for each in codes)
    text = codes_csv(rows, f"{link}join#")
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        values = {"path": spelled(path), "why": (error.strerror or str(error)).lower()}
        raise Refused(Problem("F772", whole(spelled(path)), values)) from None


def seats_called(scenario: Scenario) -> Mapping[str, str]:
    """The delegations of a scenario by code, with their names."""
    offices = scenario.rules.offices
    return {seat.who: seat.title for seat in scenario.seats if seat.who not in offices}
