"""Browsers in which people are known: by a token that only the browser has; here is its hash."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from foedus.council.ledger.database import Connection
from foedus.meeting.viewer import Viewer
from foedus.web.codes import digest, new_token
from foedus.web.keeping import BROWSERS, IDLE, LONGEST, PERSON, SEEN, instant, person_of

LOG = logging.getLogger("foedus.web")


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser in which somebody is known. Nothing is kept of what it is: `ident` is the beginning of a hash."""

    ident: str
    made: datetime
    seen: datetime
    language: str


class Visits:
    """The browsers of all people. Instants are seconds since 1970."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def begin(self, person: Viewer, at: int, language: str) -> tuple[Viewer, str]:
        """Let somebody in, within a transaction: who it is in this browser, and its token."""
        token = new_token()
        LOG.info("%s came into %s as %s", person.handle, person.room, person.role)
        self.connection.ask(
            "DELETE FROM visits WHERE handle = ? AND digest NOT IN "
            "(SELECT digest FROM visits WHERE handle = ? ORDER BY seen DESC LIMIT ?)",
            (person.handle, person.handle, BROWSERS - 1),
        )
        self.connection.ask(
            "INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?, ?)",
            (digest(token), person.handle, person.room, at, at, at + LONGEST, language),
        )
        return replace(person, language=language), token

    def viewer(self, token: str, at: int) -> Viewer | None:
        """Who is known by a token; None where it was never given, was given up, or its time is over."""
        row = self.connection.ask(
            f"SELECT {PERSON}, v.language, v.seen FROM visits v JOIN people p ON p.handle = v.handle "
            "WHERE v.digest = ? AND v.expires > ? AND v.seen > ? AND p.gone IS NULL",
            (digest(token), at, at - IDLE),
        ).fetchone()
        if row is None:
            return None
        if at - int(row[6]) >= SEEN:
            self.connection.ask("UPDATE visits SET seen = ? WHERE digest = ?", (at, digest(token)))
        return replace(person_of(row), language=str(row[5]))

    def speak(self, token: str, language: str) -> None:
        """Read in another language, in this browser."""
        self.connection.ask("UPDATE visits SET language = ? WHERE digest = ?", (language, digest(token)))

    def end(self, token: str) -> None:
        """Give a token up."""
        self.connection.ask("DELETE FROM visits WHERE digest = ?", (digest(token),))

    def end_all(self, handle: str, but: str = "") -> None:
        """Give up all tokens of a person, but perhaps the one it asks with."""
        self.connection.ask(
            "DELETE FROM visits WHERE handle = ? AND digest <> ?", (handle, digest(but) if but else "")
        )

    def end_one(self, handle: str, ident: str) -> None:
        """Have one of a person's browsers forget it."""
        self.connection.ask(
            "DELETE FROM visits WHERE handle = ? AND substr(digest, 1, 16) = ?", (handle, ident)
        )

    def of(self, handle: str) -> tuple[Browser, ...]:
        """Where a person is known, the last seen first."""
        rows = self.connection.ask(
            "SELECT digest, made, seen, language FROM visits WHERE handle = ? ORDER BY seen DESC, digest",
            (handle,),
        ).fetchall()
        return tuple(Browser(str(row[0])[:16], instant(row[1]), instant(row[2]), str(row[3])) for row in rows)
