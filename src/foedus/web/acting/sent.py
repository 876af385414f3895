"""What was sent with an action, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.meeting.access import Managing, may_manage
from foedus.meeting.viewer import Role, Viewer
from foedus.web.hall import Hall
from foedus.web.look import Look
from foedus.web.shown import Shown

LONGEST = 20_000


@dataclass(frozen=True)
class Sent:
    """An action that is let in; whether it is for this person or code in particular is still to be asked."""

    request: Request
    hall: Hall
    look: Look
    form: FormData

    @property
    def room(self) -> str:
        """The room's name."""
        return self.look.room.name

    @property
    def viewer(self) -> Viewer:
        """Who asks."""
        return self.look.viewer

    def text(self, name: str) -> str:
        """A field of the form; empty where it is not there."""
        found = self.form.get(name, "")
        return found.strip()[:LONGEST] if isinstance(found, str) else ""

    def number(self, name: str, least: int, most: int, default: int | None = None) -> int:
        """A whole number of the form. Raises `Refused` (F745)."""
        said = self.text(name)
        if not said and default is not None:
            return default
        if not (said.isascii() and said.isdigit() and len(said) < 9) or not least <= int(said) <= most:
            raise unreadable()
        return int(said)

    async def file(self, name: str) -> tuple[str, bytes]:
        """A file that was sent, with what it was called. Raises `Refused` (F745)."""
        found = self.form.get(name)
        if not isinstance(found, UploadFile):
            raise unreadable()
        return found.filename or "", await found.read()

    def needs(self, what: Managing, role: Role, seat: str) -> None:
        """Whether it is one's to do about somebody of that role and seat. Raises `Refused` (F741)."""
        if not may_manage(self.viewer, what, role, seat):
            raise Refused(Problem("F741", NOWHERE))

    def show(self, shown: Shown) -> None:
        """Shown once, on the next page."""
        self.hall.shown[self.viewer.handle] = shown


def unreadable() -> Refused:
    """F745: what was sent cannot be read."""
    return Refused(Problem("F745", NOWHERE))
