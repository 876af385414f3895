"""What pages ask for before they are made: of people, codes, what was just done. Each only what its viewer sees."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from starlette.requests import Request

from foedus.web.accounts import moment
from foedus.web.hall import Hall
from foedus.web.look import Look
from foedus.web.papers.asking import of_papers
from foedus.web.people import Browser, People
from foedus.web.shown import Here, Shown

Told: TypeAlias = Mapping[str, Any]
Ahead: TypeAlias = Callable[[Request, Hall, Look], Awaitable[Told]]


def address_of(request: Request) -> str:
    """Under which address this server was asked: what codes are put behind."""
    return f"{request.url.scheme}://{request.headers.get('host', 'localhost')}/"


def shown_to(hall: Hall, look: Look) -> Shown:
    """What one is shown once."""
    return hall.shown.pop(look.viewer.handle, Shown())


async def of_done(request: Request, hall: Hall, look: Look) -> Told:
    """Only a word on what was just done."""
    del request
    return {"shown": shown_to(hall, look)}


async def of_people(request: Request, hall: Hall, look: Look) -> Told:
    """The people and the codes, of all or of one's own delegation."""
    room = look.room.name
    here, invites = await hall.accounts.ask(lambda people: (people.people(room), people.invites(room)))
    now = moment()
    found = Here(
        tuple(each for each in here if look.sees("people", each.seat or "-")),
        tuple(
            each
            for each in invites
            if each.uses_left
            and each.expires > now
            and not each.returning
            and look.sees("codes", each.seat or "-")
        ),
    )
    return {"people": found, "shown": shown_to(hall, look), "address": address_of(request)}


async def of_seats(request: Request, hall: Hall, look: Look) -> Told:
    """Which seats people have."""
    del request
    room = look.room.name
    taken = await hall.accounts.ask(lambda people: dict(people.seats_taken(room)))
    return {"taken": taken, "shown": shown_to(hall, look)}


async def of_me(request: Request, hall: Hall, look: Look) -> Told:
    """In which browsers one is known, and whether one has a passphrase."""
    handle = look.viewer.handle

    def ask(people: People) -> tuple[tuple[Browser, ...], bool]:
        return people.browsers(handle), people.kept_of(handle) is not None

    browsers, kept = await hall.accounts.ask(ask)
    return {
        "browsers": browsers, "kept": kept, "shown": shown_to(hall, look), "address": address_of(request),
    }  # fmt: skip


AHEAD: Mapping[str, Ahead] = {
    "people": of_people, "director": of_seats, "review": of_done, "me": of_me, "papers": of_papers,
}  # fmt: skip
"""By the page that asks; what is found becomes `look.told`."""
