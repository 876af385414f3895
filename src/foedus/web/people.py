"""Who is in which room: codes that let people in, the browsers in which they are known, and what they are called.

Nothing of this is in a record: there a person is eight random letters. A name can be changed and taken away; what was
done in the room stays as it was. Secrets are kept as hashes: whoever reads the tables can enter no room.

A wrong code is refused in one way, whether it never was, is used up or is over. Instants are given in; nothing here
looks at a clock.

>>> from datetime import UTC
>>> from foedus.council.ledger.database import Sqlite
>>> people, now = People(Sqlite(":memory:")), datetime(2031, 3, 4, 12, tzinfo=UTC)
>>> viewer, token = people.join(people.invite("council", "head", "KGZ", now=now), "Asel", now=now)
>>> people.viewer(token, now) == viewer, viewer.seat
(True, 'KGZ')
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from argon2 import PasswordHasher

from foedus.council.ledger.database import Connection
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.meeting.viewer import SPEAKING, Role, Viewer
from foedus.web.codes import new_handle
from foedus.web.invites import Invite, Invites, no_code
from foedus.web.keeping import HOURS, PERSON, RETURN, person_of, prepare, seconds, tidy
from foedus.web.names import name_of, same, unfit
from foedus.web.passphrase import HASHER, fits, hashed, outdated, passphrase_of
from foedus.web.visits import Browser, Visits
from foedus.words.speech import phrase

LOG = logging.getLogger("foedus.web")
"""Who came and went, by handle: no names, no codes, no passphrases."""


MOST_USES = 1_000


class People:
    """The people of all rooms, over one connection; not to be shared between threads."""

    def __init__(self, connection: Connection, hasher: PasswordHasher = HASHER) -> None:
        self.connection = connection
        self.hasher = hasher
        self.codes, self.visits = Invites(connection), Visits(connection)
        prepare(connection)

    # ---- codes ----

    def invite(
        self, room: str, role: Role, seat: str, uses: int = 1, hours: int = HOURS, *, now: datetime
    ) -> str:
        """A code for so many people, for so many hours: `XXXX-XXXX-XXXX`. It is told once, and kept nowhere."""
        if not 1 <= uses <= MOST_USES or hours < 1:
            raise ValueError(f"a code for {uses} uses in {hours} hours")
        with self.connection.writing():
            return self.codes.add(room, role, seat, seconds(now), hours * 3600, uses)

    def invite_each(
        self, room: str, guests: Iterable[tuple[Role, str, str]], hours: int = HOURS, *, now: datetime
    ) -> tuple[str, ...]:
        """A code for each of several people by role, seat and name: all of them, or none."""
        with self.connection.writing():
            return tuple(
                self.codes.add(room, role, seat, seconds(now), hours * 3600, name=name_of(name))
                for role, seat, name in guests
            )

    def return_code(self, handle: str, *, now: datetime) -> str:
        """A code for one person to come back with, in another browser, within a quarter of an hour. An earlier one no
        longer lets in. Raises LookupError for who is not there."""
        person = self.person(handle)
        if person is None:
            raise LookupError(handle)
        with self.connection.writing():
            self.codes.end_returning(handle)
            at = seconds(now)
            return self.codes.add(person.room, person.role, person.seat, at, RETURN, returning=handle)

    def opened(self, code: str, *, now: datetime) -> Invite:
        """What a code opens, without using it. Raises `Refused` (F730)."""
        return self.codes.opened(code, seconds(now))

    def invites(self, room: str) -> tuple[Invite, ...]:
        """The codes of a room, also those that are over, the newest first."""
        return self.codes.of(room)

    def revoke_code(self, code: str) -> bool:
        """End a code, given itself or by its `ident`; whether there was one."""
        return self.codes.end(code)

    # ---- coming in ----

    def join(self, code: str, name: str, *, now: datetime, language: str = "en") -> tuple[Viewer, str]:
        """Come in by a code, and the token by which the browser is known from now on.

        A code to come back leads to who one was; the name is then not looked at. Without a name one is called as
        whoever made the code has it. Raises `Refused` (F730 for a code that does not let in, F731 for a name that
        cannot be); the code is then not used up."""
        at = seconds(now)
        with self.connection.writing():
            invite = self.codes.use(code, at)
            handle = invite.returning
            if not handle:
                called = name_of(name if name.strip() else invite.name)
                handle = self._new_person(invite.room, invite.role, invite.seat, called, at)
            person = self.person(handle)
            if person is None:
                raise no_code()
            self.codes.used(code, handle)
            return self.visits.begin(person, at, language)

    def enter(
        self, room: str, who: str, passphrase: str, *, now: datetime, language: str = "en"
    ) -> tuple[Viewer, str]:
        """Come back by name (or handle) and passphrase. Raises `Refused` (F732), whichever of them is wrong.

        It takes as long as Argon2 does: a server calls `kept_for`, `fits` in a thread, and `entered`."""
        handle, kept = self.kept_for(room, who)
        if not fits(kept, passphrase, self.hasher):
            raise wrong_passphrase()
        if kept is not None and outdated(kept, self.hasher):
            self.keep_passphrase(handle, hashed(passphrase, self.hasher))
        return self.entered(handle, now=now, language=language)

    def kept_for(self, room: str, who: str) -> tuple[str, str | None]:
        """The handle of who is meant and what is kept of its passphrase; None if there is nothing to be right."""
        row = self.connection.ask(
            "SELECT p.handle, k.kept FROM people p JOIN passphrases k ON k.handle = p.handle "
            "WHERE p.room = ? AND p.gone IS NULL AND (p.handle = ? OR p.alike = ?) "
            "ORDER BY CASE WHEN p.handle = ? THEN 0 ELSE 1 END",  # whoever calls itself by another's handle comes after
            (room, *_askable(who)),
        ).fetchone()
        return ("", None) if row is None else (str(row[0]), str(row[1]))

    def entered(self, handle: str, *, now: datetime, language: str = "en") -> tuple[Viewer, str]:
        """Let in somebody whose passphrase was right."""
        with self.connection.writing():
            person = self.person(handle)
            if person is None:
                raise wrong_passphrase()
            return self.visits.begin(person, seconds(now), language)

    def set_passphrase(self, handle: str, passphrase: str, current: str = "") -> None:
        """Keep a passphrase for who came in by a code; whoever has one already says it as `current`. Raises `Refused`
        (F733; F732 for a wrong `current`), LookupError for who is not there. Takes as long as Argon2 does."""
        person = self.person(handle)
        if person is None:
            raise LookupError(handle)
        found = passphrase_of(passphrase, person.name, person.room)
        kept = self.kept_of(handle)
        if kept is not None and not fits(kept, current, self.hasher):
            raise wrong_passphrase()
        self.keep_passphrase(handle, hashed(found, self.hasher))
        LOG.info("%s set a passphrase", handle)

    def kept_of(self, handle: str) -> str | None:
        """What is kept of a person's passphrase; None if it has none."""
        row = self.connection.ask("SELECT kept FROM passphrases WHERE handle = ?", (handle,)).fetchone()
        return None if row is None else str(row[0])

    def keep_passphrase(self, handle: str, kept: str) -> None:
        """Keep what `hashed` made."""
        self.connection.ask(
            "INSERT INTO passphrases VALUES (?, ?) ON CONFLICT (handle) DO UPDATE SET kept = excluded.kept",
            (handle, kept),
        )

    # ---- being there ----

    def viewer(self, token: str, now: datetime) -> Viewer | None:
        """Who is known by a token; None where it was never given, was given up, or its time is over."""
        return self.visits.viewer(token, seconds(now))

    def speak(self, token: str, language: str) -> None:
        """Read in another language, in this browser."""
        self.visits.speak(token, language)

    def leave(self, token: str) -> None:
        """Give a token up."""
        self.visits.end(token)

    def leave_everywhere(self, handle: str, but: str = "") -> None:
        """Give up all tokens of a person, but perhaps the one it asks with."""
        self.visits.end_all(handle, but)

    def browsers(self, handle: str) -> tuple[Browser, ...]:
        """Where a person is known, the last seen first."""
        return self.visits.of(handle)

    def end_browser(self, handle: str, ident: str) -> None:
        """Have one of a person's browsers forget it."""
        self.visits.end_one(handle, ident)

    # ---- who is there ----

    def person(self, handle: str) -> Viewer | None:
        """The person of a handle, unless it has gone."""
        row = self.connection.ask(
            f"SELECT {PERSON} FROM people p WHERE p.handle = ? AND p.gone IS NULL", (handle,)
        ).fetchone()
        return None if row is None else person_of(row)

    def people(self, room: str) -> tuple[Viewer, ...]:
        """Everybody who came into a room and has not gone, by seats and names."""
        rows = self.connection.ask(
            f"SELECT {PERSON} FROM people p WHERE p.room = ? AND p.gone IS NULL ORDER BY p.seat, p.made, p.handle",
            (room,),
        ).fetchall()
        return tuple(person_of(row) for row in rows)

    def names(self, room: str) -> Mapping[str, str]:
        """The names by handle, also of those who have gone but not been forgotten: to show beside entries."""
        rows = self.connection.ask("SELECT handle, name FROM people WHERE room = ?", (room,)).fetchall()
        return {str(row[0]): str(row[1]) for row in rows if row[1]}

    def seats_taken(self, room: str) -> Mapping[str, int]:
        """Each seat for which somebody may speak (advisers may not), with how many."""
        return Counter(person.seat for person in self.people(room) if person.role in SPEAKING)

    def rename(self, handle: str, name: str) -> None:
        """Call somebody otherwise. Raises `Refused` (F731), and LookupError for who is not there."""
        called = name_of(name)
        person = self.person(handle)
        if person is None:
            raise LookupError(handle)
        with self.connection.writing():
            self._free(person.room, called, handle)
            self.connection.ask(
                "UPDATE people SET name = ?, alike = ? WHERE handle = ?", (called, same(called), handle)
            )

    def revoke(self, handle: str, *, now: datetime) -> None:
        """Send somebody out: no token and no passphrase of theirs lets in any more."""
        with self.connection.writing():
            self._send_out(handle, seconds(now))

    def forget(self, handle: str, *, now: datetime) -> None:
        """The same, and nothing stays of who it was but the handle, which the record has."""
        with self.connection.writing():
            self._send_out(handle, seconds(now))
            self.connection.ask("UPDATE people SET name = '' WHERE handle = ?", (handle,))

    def tidy(self, *, now: datetime) -> Mapping[str, int]:
        """Take away what is long over."""
        return tidy(self.connection, seconds(now))

    # ---- within a transaction ----

    def _new_person(self, room: str, role: str, seat: str, name: str, at: int) -> str:
        self._free(room, name, "")
        while True:
            handle = new_handle()
            made = self.connection.ask(
                "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT DO NOTHING RETURNING handle",
                (handle, room, name, same(name), role, seat, at),
            ).fetchone()
            if made is not None:
                return handle
            self._free(
                room, name, ""
            )  # somebody took the name in this very moment, or the handle was not new

    def _free(self, room: str, name: str, but: str) -> None:
        row = self.connection.ask(
            "SELECT handle FROM people WHERE room = ? AND alike = ? AND handle <> ?", (room, same(name), but)
        ).fetchone()
        if row is not None:
            raise unfit(name, phrase("somebody in this room is called so already"))

    def _send_out(self, handle: str, at: int) -> None:
        LOG.info("%s was sent out", handle)
        self.visits.end_all(handle)
        self.codes.end_returning(handle)
        self.connection.ask("DELETE FROM passphrases WHERE handle = ?", (handle,))
        self.connection.ask(
            "UPDATE people SET alike = NULL, gone = coalesce(gone, ?) WHERE handle = ?", (at, handle)
        )


def wrong_passphrase() -> Refused:
    """F732: name and passphrase do not fit."""
    LOG.warning("a passphrase was refused")
    return Refused(Problem("F732", NOWHERE))


def _askable(who: str) -> tuple[str, str, str]:
    """A handle and a name to look for: nothing that no name can be reaches the database."""
    try:
        name = name_of(who)
    except Refused:
        return "", "", ""
    return name.lower(), same(name), name.lower()
