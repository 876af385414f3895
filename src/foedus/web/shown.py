"""What a page is told of people and of what was just done, besides what a look has."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.meeting.viewer import Role, Viewer
from foedus.web.listing import Preview
from foedus.web.people import Invite


@dataclass(frozen=True)
class Shown:
    """What somebody is shown once, on its next page: codes that were just made (role, seat, title, code), a list of
    people that was read, a word that something was done."""

    codes: tuple[tuple[Role, str, str, str], ...] = ()
    preview: Preview | None = None
    done: str = ""


@dataclass(frozen=True)
class Here:
    """Who is in the room and which codes there are, as one viewer may know them."""

    people: tuple[Viewer, ...]
    invites: tuple[Invite, ...]
