"""The tables in which people are kept, beside those of the records and apart from them: what stands here can be changed
and taken away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from foedus.council.ledger.database import Connection
from foedus.council.ledger.store import Unavailable
from foedus.meeting.viewer import Role, Viewer

VERSION = 1
"""Of the tables; those of a later version are not opened."""

IDLE = 12 * 3600
"""Seconds without a request after which a browser is forgotten."""
LONGEST = 7 * 24 * 3600
"""Seconds after which it is forgotten whatever it does."""
SEEN = 1800
"""Seconds after which it is written down again that a browser was seen: not with each request, since what is written
here keeps the record waiting that is written beside it."""
BROWSERS = 10
"""In how many browsers one person is known at a time; the longest unseen gives way."""
HOURS = 48
"""For how long a code lets in, if nobody says otherwise."""
RETURN = 15 * 60
"""Seconds for which a code to come back lets in."""
KEPT = 30 * 24 * 3600
"""Seconds for which codes that are over stay listed."""

TABLES = (
    (
        "CREATE TABLE IF NOT EXISTS people (handle TEXT PRIMARY KEY, room TEXT NOT NULL, name TEXT NOT NULL, "
        "alike TEXT, role TEXT NOT NULL, seat TEXT NOT NULL, made BIGINT NOT NULL, gone BIGINT, "
        "UNIQUE (room, alike))"
    ),
    (
        "CREATE TABLE IF NOT EXISTS codes (digest TEXT PRIMARY KEY, room TEXT NOT NULL, role TEXT NOT NULL, "
        "seat TEXT NOT NULL, made BIGINT NOT NULL, expires BIGINT NOT NULL, uses_left BIGINT NOT NULL, "
        "used_by TEXT, returning_handle TEXT, name TEXT NOT NULL)"
    ),
    (
        "CREATE TABLE IF NOT EXISTS visits (digest TEXT PRIMARY KEY, handle TEXT NOT NULL, room TEXT NOT NULL, "
        "made BIGINT NOT NULL, seen BIGINT NOT NULL, expires BIGINT NOT NULL, language TEXT NOT NULL)"
    ),
    "CREATE INDEX IF NOT EXISTS visits_of ON visits (handle)",
    "CREATE TABLE IF NOT EXISTS passphrases (handle TEXT PRIMARY KEY, kept TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS people_version (version BIGINT PRIMARY KEY)",
)
"""Instants are seconds since 1970. `alike`: what no two names of a room have in common; NULL for who has left."""


def prepare(connection: Connection) -> None:
    """Make the tables where they are missing. Raises Unavailable for those of a later version."""
    with connection.writing():
        for table in TABLES:
            connection.ask(table)
        row = connection.ask("SELECT max(version) FROM people_version").fetchone()
        found = row[0] if row else None
        if found is None:
            connection.ask("INSERT INTO people_version VALUES (?) ON CONFLICT DO NOTHING", (VERSION,))
        elif found > VERSION:
            raise Unavailable(f"the people are kept in version {found}, made by a later Foedus")


def tidy(connection: Connection, now: int) -> Mapping[str, int]:
    """Take away browsers whose time is over and codes that have long been; how many of each."""
    with connection.writing():
        connection.ask("UPDATE codes SET name = '' WHERE expires <= ? AND name <> ''", (now,))
        visits = connection.ask(
            "DELETE FROM visits WHERE expires <= ? OR seen <= ? RETURNING digest", (now, now - IDLE)
        ).fetchall()
        codes = connection.ask(
            "DELETE FROM codes WHERE expires <= ? RETURNING digest", (now - KEPT,)
        ).fetchall()
    return {"visits": len(visits), "codes": len(codes)}


PERSON = "p.handle, p.name, p.role, p.seat, p.room"
"""The columns of `people p` of which `person_of` makes a person."""


def person_of(row: Any) -> Viewer:
    """The person of a row that begins with `PERSON`."""
    return Viewer(str(row[0]), str(row[1]), cast("Role", row[2]), str(row[3]), str(row[4]))


def seconds(now: datetime) -> int:
    """An instant as it is kept. Raises ValueError for one without its zone."""
    if now.tzinfo is None:
        raise ValueError(f"an instant without its zone: {now}")
    return int(now.timestamp())


def instant(kept: Any) -> datetime:
    """An instant that was kept."""
    return datetime.fromtimestamp(int(kept), UTC)
