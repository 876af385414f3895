"""Who looks: a person in a room, with the role in which it came and the seat for which it speaks.

>>> Viewer("bcdfghjk", "Asel", "head", "KGZ", "council").speaks
True
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from foedus.words.speech import marked_in

Role: TypeAlias = Literal[
    "head", "member", "adviser", "chair", "secretary", "commander", "observer", "screen", "director"
]
ROLES: tuple[Role, ...] = get_args(Role)

DELEGATED: tuple[Role, ...] = ("head", "member", "adviser")
"""Roles of a delegation: the seat is a state's code."""
OFFICES: tuple[Role, ...] = ("chair", "secretary", "commander")
"""Roles whose seat is the office itself."""
SPEAKING: tuple[Role, ...] = ("head", "member", *OFFICES)
"""Roles that fill a seat: where nobody has one of them, the seat is empty (and a bot may take it)."""

CALLED: dict[Role, str] = {
    "head": marked_in("role", "head of delegation"),
    "member": marked_in("role", "member of a delegation"),
    "adviser": marked_in("role", "adviser to a delegation"),
    "chair": marked_in("role", "chair"),
    "secretary": marked_in("role", "secretary"),
    "commander": marked_in("role", "commander"),
    "observer": marked_in("role", "observer"),
    "screen": marked_in("role", "public screen"),
    "director": marked_in("role", "director of the exercise"),
}
"""Each role in words, to be said by `say_in("role", …)`."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody in a room. `handle`: eight random letters, all that the record ever has of a person. `seat`: a state's
    code, an office, or empty. `language`: the code of the language in which this browser reads."""

    handle: str
    name: str
    role: Role
    seat: str
    room: str
    language: str = "en"

    @property
    def speaks(self) -> bool:
        """Whether the role fills its seat."""
        return self.role in SPEAKING


def role_of(word: str) -> Role | None:
    """The role of exactly this name."""
    return next((role for role in ROLES if role == word), None)
