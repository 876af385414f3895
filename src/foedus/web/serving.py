"""Starts a server: reads the scenarios, opens their rooms, gives out codes, and answers until it is ended."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from socket import socket
from typing import BinaryIO

import uvicorn

from foedus.council.debate.order import Order
from foedus.council.fields import instant
from foedus.council.ledger.entry import Entry
from foedus.council.ledger.head import Signer
from foedus.council.ledger.record import export
from foedus.council.ledger.store import Unavailable
from foedus.diagnostics.lock import lock
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import opened as opened_file
from foedus.diagnostics.span import NOWHERE, spelled, whole
from foedus.exercise.keeping import unkept
from foedus.exercise.places import given_map
from foedus.exercise.reading import read_scenario
from foedus.exercise.scenario import Scenario
from foedus.meeting.bots import Bots
from foedus.meeting.secrecy import shown_until
from foedus.web import logs, tidying
from foedus.web.accounts import Accounts
from foedus.web.addresses import addresses, listening
from foedus.web.guard import Guard
from foedus.web.guard import Settings as Guarding
from foedus.web.hall import Hall
from foedus.web.hosts import Hosts
from foedus.web.invited import Invited, invited, pictures, preview_lines, seats_called, table, written
from foedus.web.listing import Preview
from foedus.web.listing import read as read_list
from foedus.web.matter.beside import Beside
from foedus.web.opening import as_of, opened, signer_beside
from foedus.web.papers.keeping import Cabinet
from foedus.web.playing import play
from foedus.web.ready import Quick
from foedus.web.room import Room
from foedus.web.server import application
from foedus.web.storing import Storing
from foedus.web.ticking import tick
from foedus.web.wire import AT_A_TIME, Wire
from foedus.words.speech import say

GRACE = 3
"""Seconds that requests have to end when the server is ended."""


@dataclass(frozen=True)
class Settings:
    """What the command says. `further`: scenarios of further rooms. `order`: settings of the rules of order in place of
    the scenario's. `suggested`: without a pace, the scenario's own."""

    scenario: str
    host: str = "127.0.0.1"
    port: int = 8000
    db: str = ""
    room: str = ""
    pace: int | None = None
    names: tuple[str, ...] = ()
    treaties: Path | None = None
    further: tuple[str, ...] = ()
    suggested: bool = False
    paused: bool = False
    from_now: bool = False
    order: tuple[tuple[str, int], ...] = ()
    bots: bool = False
    bots_every: float = 5.0
    observers: int = 0
    screen: bool = False
    qr: bool = False
    codes: Path | None = None
    people: Path | None = None
    apply: bool = False
    borders: Path | None = None
    viewpoint: str = ""
    https: bool = False
    log: Path | None = None


@dataclass(frozen=True)
class Made:
    """A hall that is ready, with the codes that were given out. `scenario` is the first room's."""

    hall: Hall
    scenario: Scenario
    invited: tuple[Invited, ...]
    place: str = ""

    @property
    def codes(self) -> tuple[tuple[str, str, str, str], ...]:
        """Role, seat, title and code of each."""
        return tuple((each.role, each.seat, each.title, each.code) for each in self.invited)

    def close(self) -> None:
        """Lets go of the database."""
        self.hall.accounts.close()
        self.hall.papers.close()
        for room in self.hall.rooms.values():
            room.storing.close()


def made(settings: Settings) -> Made:
    """A hall with a room for each scenario. Raises `Refused` for a scenario or a record that is none (F689), and F771
    where another server has the database."""
    scenarios = [_scenario(settings, name) for name in (settings.scenario, *settings.further)]
    names = [settings.room or scenarios[0].name, *(each.name for each in scenarios[1:])]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Refused(Problem("F775", whole(twice), {"name": twice}))
    _guests(settings, scenarios[0], ())
    remote = settings.db.startswith(("postgresql:", "postgres:"))
    own = Path("foedus.room") if settings.further else Path(f"{names[0]}.room")
    place: str | Path = settings.db or own
    key = own if remote else Path(place)
    with ExitStack() as begun:
        locked = None if remote else begun.enter_context(_locked(key))
        signer = signer_beside(key, "foedus-room")
        if not remote:
            _begun(key)
        try:
            storing = Storing(place, locked)
            begun.callback(storing.close)
            accounts = Accounts(place)
            begun.callback(accounts.close)
            papers = Cabinet(place)
            begun.callback(papers.close)
        except Unavailable as error:
            raise unkept(str(place), str(error)) from error
        hall, codes = _hall(
            settings, dict(zip(names, scenarios, strict=True)), storing, accounts, papers, signer
        )
        begun.pop_all()
    return Made(hall, scenarios[0], codes, spelled(place) if isinstance(place, Path) else place)


def _hall(
    settings: Settings,
    scenarios: Mapping[str, Scenario],
    storing: Storing,
    accounts: Accounts,
    papers: Cabinet,
    signer: Signer,
) -> tuple[Hall, tuple[Invited, ...]]:
    """The rooms, and codes for those who are to come."""
    rooms = {name: _room(settings, name, each, storing, signer) for name, each in scenarios.items()}
    hall = Hall(rooms, accounts, papers, settings.https)
    tidying.begun(hall)
    codes: list[Invited] = []
    for number, (name, room) in enumerate(rooms.items()):
        guests = _guests(settings, scenarios[name], _named(accounts, room)) if number == 0 else None
        codes += invited(accounts, room, guests, observers=settings.observers, screen=settings.screen)
        hall.opening.append(lambda room=room: _going(settings, room, accounts))
        hall.closing.append(lambda room=room: _without(room))
    return hall, tuple(codes)


def _scenario(settings: Settings, name: str) -> Scenario:
    scenario, _ = read_scenario(name, settings.treaties)
    if settings.borders is not None:
        given = given_map(settings.borders, settings.viewpoint, scenario.places, scenario.maps)
        scenario = replace(scenario, maps=(given, *scenario.maps))
    if settings.order:
        order = Order.read({**scenario.order.body(), **dict(settings.order)})
        scenario = replace(scenario, order=order)
    return scenario


def _locked(path: Path) -> BinaryIO:
    """The lock beside a database. Raises `Refused` (F689, F771)."""
    try:
        found = lock(path.with_name(path.name + ".lock"))
    except OSError as error:
        raise unkept(spelled(path), (error.strerror or str(error)).lower()) from None
    if found is None:
        raise Refused(Problem("F771", whole(spelled(path)), {"path": spelled(path)}))
    return found


def _begun(path: Path) -> None:
    """A database's file is there, and was made for its owner alone: names and drafts are in it. What SQLite puts beside
    it has the same rights. Raises `Refused` (F689)."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise unkept(spelled(path), (error.strerror or str(error)).lower()) from None


def _room(settings: Settings, name: str, scenario: Scenario, storing: Storing, signer: Signer) -> Room:
    first = storing.now(lambda store: _first(store.entries(name, 0, 1)) if name in store.rooms() else None)
    if first is not None:
        begun = datetime.fromisoformat(str(first.body["at"]))
        scenario = scenario if begun == scenario.start else as_of(scenario, begun)
    elif settings.from_now:
        scenario = as_of(scenario, datetime.now(UTC).replace(microsecond=0))
    pace = settings.pace or (scenario.suggested if settings.suggested and not settings.from_now else 1)
    room = opened(name, scenario, scenario.order, storing, signer, pace)
    room.bots = Bots(
        scenario, {seat.who for seat in scenario.seats} if settings.bots else set(), settings.bots_every
    )
    return room


def _first(entries: Iterator[Entry]) -> Entry | None:
    return next(entries, None)


def _guests(settings: Settings, scenario: Scenario, taken: tuple[str, ...]) -> Preview | None:
    """What the list of people says. Raises `Refused` where it cannot be read."""
    if settings.people is None:
        return None
    with opened_file(settings.people) as file:
        raw = file.read()
    found = read_list(spelled(settings.people), raw, seats_called(scenario), taken)
    if found.problems:
        raise Refused(*found.problems)
    return found


def _named(accounts: Accounts, room: Room) -> tuple[str, ...]:
    return tuple(each.name for each in accounts.now(lambda people: people.people(room.name)))


async def _without(room: Room) -> None:
    if room.beside is not None:
        await asyncio.to_thread(room.beside.close)


async def _going(settings: Settings, room: Room, accounts: Accounts) -> None:
    """What goes on as long as a room is open."""
    loop = asyncio.get_running_loop()
    room.beside = Beside(
        room.scenario, settings.treaties, changed=lambda: loop.call_soon_threadsafe(room.renewed)
    )
    room.beside.moved(room.standing)
    room.also(loop.create_task(tick(room, room.cues)))
    if room.bots is not None:
        room.also(loop.create_task(play(room, room.bots, accounts)))
    pace = room.standing.debate.pace
    if settings.paused and room.standing.size == 1 and pace is not None and pace.running:
        await room.act(lambda at: {"kind": "clock", "by": "director", "what": "pause", "at": instant(at)}, "")


def serve(settings: Settings, tell: Callable[[str], None]) -> None:
    """Serves until it is ended. A list of people is only shown, unless it is to be applied. Raises `Refused`."""
    if settings.people is not None and not settings.apply:
        found = _guests(settings, _scenario(settings, settings.scenario), ())
        assert found is not None
        tell(say("{n} people would be invited:", n=len(found.guests)))
        for line in preview_lines(found):
            tell(line)
        tell(say("Nothing was done yet: give --yes as well, and they get their codes."))
        return
    ready = made(settings)
    try:
        with suppress(KeyboardInterrupt):  # before the server looks after it
            answered(ready, settings, tell)
        handed_on(ready, tell)
    finally:
        ready.close()


def answered(ready: Made, settings: Settings, tell: Callable[[str], None]) -> None:
    """Serves a hall that is ready. Raises `Refused` (F770, F772)."""
    try:
        found = listening(settings.host, settings.port)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        values = {"host": settings.host, "port": str(settings.port), "why": why}
        raise Refused(Problem("F770", NOWHERE, values)) from None
    with found:
        places = addresses(settings.host, found.getsockname()[1])
        if settings.codes is not None:
            written(settings.codes, ready.invited, places[0])
        for line in _told(ready, settings, places):
            tell(line)
        guarded = Quick(
            Guard(application(ready.hall), Guarding(Hosts.of(settings.host, settings.names), settings.https)),
            ready.hall,
        )
        config = uvicorn.Config(
            guarded, http=Wire, lifespan="on", log_level="warning", access_log=False,
            limit_concurrency=AT_A_TIME,
            timeout_graceful_shutdown=GRACE, timeout_keep_alive=75, server_header=False, date_header=True,
        )  # fmt: skip
        logged = logs.to(settings.log)
        try:
            asyncio.run(_Server(config, ready.hall).serve([found]))
        finally:
            logs.no_longer(logged)


def _told(ready: Made, settings: Settings, places: tuple[str, ...]) -> Iterator[str]:
    for name, room in ready.hall.rooms.items():
        yield say("{title}: {address}", title=room.scenario.title, address=places[0])
        mine = [each for each in ready.invited if each.room == name]
        yield from pictures(mine, places[0], sys.stdout.isatty()) if settings.qr else table(mine)
        if room.standing.size > 1:
            yield say(
                "  The session goes on after {n} entries. Whoever is in has no new code.",
                n=room.standing.size,
            )
    if len(places) > 1:
        yield say("Also at: {addresses}", addresses=", ".join(places[1:]))
    if settings.codes is not None:
        yield say("The codes are in {file}, for you alone.", file=spelled(settings.codes))
    yield say("The record is kept in {place}.", place=_without_secrets(ready.place))
    yield say("Ctrl-C ends the server; nothing is lost.")


def _without_secrets(place: str) -> str:
    """An address of a database without the password in it."""
    return re.sub(r"(?<=://)([^/@:]*):[^/@]*@", r"\1@", place)


def handed_on(ready: Made, tell: Callable[[str], None]) -> None:
    """Where the record is, and how it is checked: it is written out beside the database, or here."""
    beside = Path() if "://" in ready.place else Path(ready.place).parent
    for name, room in ready.hall.rooms.items():
        path = beside / f"{name}.zip"
        try:
            keys = [room.signer.key]
            # What is hidden before the close of a vote is so in a file as well, should the server be ended meanwhile.
            until = shown_until(room.entries, room.standing.state, room.standing.debate)
            head = room.storing.now(
                lambda store, name=name, path=path, keys=keys, until=until: export(
                    store, name, keys, path, until=until
                )
            )
        except (OSError, Unavailable) as error:
            tell(say("The record of {room} is in {place}; it could not be written out: {why}.", room=name,
                     place=_without_secrets(ready.place), why=str(error)))  # fmt: skip
            continue
        tell(say("The record of {room} has {n} entries: {place}, and for others {file}.", room=name, n=head.size,
                 place=_without_secrets(ready.place), file=spelled(path)))  # fmt: skip
        tell(say("Check it: foedus verify {file}", file=spelled(path)))


class _Server(uvicorn.Server):
    """Ends in order when it is told to, and lets the command say what remains."""

    def __init__(self, config: uvicorn.Config, hall: Hall) -> None:
        super().__init__(config)
        self.hall = hall

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        for room in self.hall.rooms.values():
            room.let_go()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)
