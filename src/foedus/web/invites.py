"""Codes in their table: made, looked into, used, ended. Each is kept as a hash, and told once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from foedus.council.ledger.database import Connection
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.meeting.viewer import Role
from foedus.web.codes import digest, new_code, read_code
from foedus.web.keeping import instant

LOG = logging.getLogger("foedus.web")

_ALL = "SELECT digest, room, role, seat, expires, uses_left, used_by, returning_handle, name FROM codes"


@dataclass(frozen=True, slots=True)
class Invite:
    """A code as it is known here, where the code itself is not: `ident` is the beginning of its hash. `used_by`: the
    handle of who came by it last; `returning`: of whom it is to come back; `name`: for whom it is, until used."""

    ident: str
    room: str
    role: Role
    seat: str
    expires: datetime
    uses_left: int
    used_by: str = ""
    returning: str = ""
    name: str = ""


class Invites:
    """The codes of all rooms. Instants are seconds since 1970; what writes is called within a transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(
        self,
        room: str,
        role: str,
        seat: str,
        at: int,
        seconds: int,
        uses: int = 1,
        returning: str | None = None,
        name: str = "",
    ) -> str:
        """A new code, as it is shown."""
        code = new_code()
        self.connection.ask(
            "INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)",
            (_digest(code), room, role, seat, at, at + seconds, uses, returning, name),
        )
        return code

    def use(self, code: str, at: int) -> Invite:
        """Use a code once. Raises `Refused` (F730) for what lets nobody in."""
        row = self.connection.ask(
            "UPDATE codes SET uses_left = uses_left - 1 WHERE digest = ? AND uses_left > 0 AND expires > ? "
            "RETURNING digest, room, role, seat, expires, uses_left, used_by, returning_handle, name",
            (_digest(code), at),
        ).fetchone()
        if row is None:
            raise no_code()
        return _invite(row)

    def used(self, code: str, handle: str) -> None:
        """Say who came by a code. The name for which it was is then kept with the person only."""
        self.connection.ask(
            "UPDATE codes SET used_by = ?, name = '' WHERE digest = ?", (handle, _digest(code))
        )

    def opened(self, code: str, at: int) -> Invite:
        """What a code opens, without using it. Raises `Refused` (F730)."""
        row = self.connection.ask(
            f"{_ALL} WHERE digest = ? AND uses_left > 0 AND expires > ?", (_digest(code), at)
        ).fetchone()
        if row is None:
            raise no_code()
        return _invite(row)

    def of(self, room: str) -> tuple[Invite, ...]:
        """The codes of a room, also those that are over, the newest first."""
        rows = self.connection.ask(f"{_ALL} WHERE room = ? ORDER BY made DESC, digest", (room,)).fetchall()
        return tuple(_invite(row) for row in rows)

    def end(self, code: str) -> bool:
        """End a code, given itself or by its `ident`; whether there was one."""
        found = self.connection.ask(
            "UPDATE codes SET uses_left = 0, name = '' "
            "WHERE (digest = ? OR substr(digest, 1, 16) = ?) AND uses_left > 0 RETURNING digest",
            (_digest(code), code if code.isascii() and code.isalnum() else ""),
        ).fetchall()
        return bool(found)

    def end_returning(self, handle: str) -> None:
        """End the codes by which somebody could come back."""
        self.connection.ask("DELETE FROM codes WHERE returning_handle = ?", (handle,))


def no_code() -> Refused:
    """F730: a code that lets nobody in, whatever the reason."""
    LOG.warning("a code was refused")
    return Refused(Problem("F730", NOWHERE))


def _digest(code: str) -> str:
    return digest(read_code(code) or "")


def _invite(row: Any) -> Invite:
    return Invite(
        str(row[0])[:16],
        str(row[1]),
        cast("Role", row[2]),
        str(row[3]),
        instant(row[4]),
        int(row[5]),
        row[6] or "",
        row[7] or "",
        str(row[8]),
    )
