"""Starts a server: reads the scenario, opens its room, gives out codes, and answers until it is ended."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from foedus.council.debate.order import Order
from foedus.council.ledger.store import Unavailable
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.exercise.keeping import unkept
from foedus.exercise.reading import read_scenario
from foedus.exercise.scenario import Scenario
from foedus.meeting.outside import Cues
from foedus.meeting.viewer import Role
from foedus.web.accounts import Accounts, moment
from foedus.web.guard import Guard
from foedus.web.guard import Settings as Guarding
from foedus.web.hall import Hall
from foedus.web.hosts import Hosts
from foedus.web.matter.beside import Beside
from foedus.web.opening import opened, signer_beside
from foedus.web.ready import Quick
from foedus.web.room import Room
from foedus.web.server import application
from foedus.web.storing import Storing
from foedus.web.ticking import tick
from foedus.words.speech import say

GRACE = 3
"""Seconds that requests have to end when the server is ended."""


@dataclass(frozen=True)
class Settings:
    """What the command says."""

    scenario: str
    host: str = "127.0.0.1"
    port: int = 8000
    db: str = ""
    room: str = ""
    pace: int | None = None
    names: tuple[str, ...] = ()
    treaties: Path | None = None


@dataclass(frozen=True)
class Made:
    """A hall that is ready, with the codes that were given out: role, seat, its title, code."""

    hall: Hall
    scenario: Scenario
    codes: tuple[tuple[str, str, str, str], ...]


def made(settings: Settings) -> Made:
    """A hall with one room. Raises `Refused` for a scenario or a record that is none."""
    scenario, _ = read_scenario(settings.scenario, settings.treaties)
    name = settings.room or scenario.name
    place: str | Path = settings.db or Path(f"{name}.room")
    key = Path(f"{name}.room") if str(place).startswith(("postgresql:", "postgres:")) else Path(place)
    signer = signer_beside(key, "foedus-room")
    try:
        storing = Storing(place)
        accounts = Accounts(place)
    except Unavailable as error:
        raise unkept(str(place), str(error)) from error
    room = opened(name, scenario, Order(), storing, signer, settings.pace or 1)
    hall = Hall({name: room}, accounts)
    hall.opening.append(lambda: _also(room, settings.treaties))
    hall.closing.append(lambda: _without(room))
    return Made(hall, scenario, tuple(_codes(accounts, room.name, scenario)))


async def _also(room: Room, treaties: Path | None) -> None:
    loop = asyncio.get_running_loop()
    room.beside = Beside(room.scenario, treaties, changed=lambda: loop.call_soon_threadsafe(room.renewed))
    room.beside.moved(room.standing)
    room.also(loop.create_task(tick(room, Cues(room.scenario))))


async def _without(room: Room) -> None:
    if room.beside is not None:
        await asyncio.to_thread(room.beside.close)


def _codes(accounts: Accounts, room: str, scenario: Scenario) -> Iterator[tuple[str, str, str, str]]:
    """A code for each seat that nobody has taken, one for the director, the screen, and observers."""
    taken = accounts.now(lambda people: people.seats_taken(room))
    there = {person.role for person in accounts.now(lambda people: people.people(room))}
    offices = scenario.rules.offices
    seats: list[tuple[Role, str, str]] = [
        (seat.who if seat.who in offices else "head", seat.who, seat.title) for seat in scenario.seats
    ]
    if "director" not in there:
        seats.append(("director", "", say("director of the exercise")))
    for role, seat, title in seats:
        if seat and taken.get(seat):
            continue
        code = accounts.now(
            lambda people, role=role, seat=seat: people.invite(room, role, seat, now=moment())
        )
        yield role, seat, title, code


def serve(settings: Settings, tell: Callable[[str], None]) -> None:
    """Serves until it is ended. Raises `Refused`."""
    answered(made(settings), settings, tell)


def answered(ready: Made, settings: Settings, tell: Callable[[str], None]) -> None:
    """Serves a hall that is ready."""
    try:
        listening = _socket(settings)
    except OSError as error:
        values = {
            "host": settings.host,
            "port": str(settings.port),
            "why": (error.strerror or str(error)).lower(),
        }
        raise Refused(Problem("F770", NOWHERE, values)) from None
    host, port = listening.getsockname()[:2]
    tell(say("{title}: http://{host}:{port}/", title=ready.scenario.title, host=host, port=port))
    for role, seat, title, code in ready.codes:
        tell(f"  {code}  {role:10} {seat:10} {title}")
    hosts = Hosts.of(settings.host, settings.names)
    guarded = Quick(Guard(application(ready.hall), Guarding(hosts)), ready.hall)
    config = uvicorn.Config(
        guarded, http="httptools", lifespan="on", log_level="warning", access_log=False,
        timeout_graceful_shutdown=GRACE, timeout_keep_alive=75, server_header=False, date_header=True,
    )  # fmt: skip
    asyncio.run(uvicorn.Server(config).serve([listening]))


def _socket(settings: Settings) -> socket.socket:
    kind = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made_here = socket.socket(kind, socket.SOCK_STREAM)
    made_here.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made_here.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # taken over by every connection
    made_here.bind((settings.host, settings.port))
    made_here.listen(2048)
    made_here.set_inheritable(True)
    return made_here
