"""What a page is, and the parts that it is put together from.

A part that is the same for all who may see it (`shared`) is rendered once for each state of the record; one that is of
a seat, once for each seat, and anew only when something moved that it depends on. A thousand viewers cost one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from foedus.web.look import Look

Filling: TypeAlias = Mapping[str, Any]
"""With what a template is filled; `look` is always there."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: `name` is its id and its template's (`parts/NAME.html`). `fill` gives None where there is
    nothing to show. `of`: whose it is. *Shared*: alike for all of one role; *moved*: the same, and votes change nothing
    in it; *seat*: of a seat and role, and changes when something has moved or the seat acted; *person*: of one person,
    never kept."""

    name: str
    fill: Callable[[Look], Filling | None]
    of: Literal["shared", "moved", "seat", "person"] = "shared"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its heading, its template (`pages/NAME.html`), its parts by name, and what else fills the template.
    `live`: it is fetched anew when something was entered. `kept`: nothing in it depends on the person, but for role,
    seat and language, so that its inside is answered from what was rendered for another like it."""

    title: str
    template: str
    parts: tuple[Part, ...] = ()
    values: Filling | None = None
    live: bool = True
    kept: bool = False


Showing: TypeAlias = Callable[[Look], Page]
"""What makes a page. Raises `Refused` for what one may not see or what is not there."""
