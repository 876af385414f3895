"""Fills the templates of pages, and keeps what several people see alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from foedus.meeting.viewer import CALLED
from foedus.report.deeds import actor, moment
from foedus.report.html.sealed import environment
from foedus.report.lists import on_day
from foedus.terms.time import EDate
from foedus.web.assets import address, look_of_all
from foedus.web.look import Look
from foedus.web.pages.page import Page, Part
from foedus.web.parts.bar import bar
from foedus.words.speech import language, languages

HERE = Path(__file__).parent
BAR = Part("bar", bar)
"""What stands at the top of every page."""
BARE = ("screen",)
"""Templates of pages without it."""
MOST = 4_000
"""Parts kept; the oldest goes first."""


@cache
def templates() -> Environment:
    """The templates of the room."""
    made = environment(HERE / "templates")
    made.globals.update(  # pyright: ignore[reportUnknownMemberType]
        actor=actor, moment=moment, day=_day, static=address, assets_digest=look_of_all, language=language,
        languages=languages, own_name=own_name, role_title=CALLED.__getitem__,
    )  # fmt: skip
    return made


def _day(at: datetime) -> str:
    return on_day(EDate.of(at.date()))


OWN_NAMES = {"en": "English", "fr": "Français", "ru": "Русский"}


def own_name(code: str) -> str:
    """A language's name in itself."""
    return OWN_NAMES.get(code, code)


def plain(template: str, **values: Any) -> str:
    """A page that is of no room."""
    return templates().get_template(template).render(**values)


class Renderer:
    """Renders pages of one room. What is kept is keyed by all on which it depends."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], str] = {}

    def main(self, look: Look, page: Page) -> str:
        """What stands inside `<main>`."""
        parts = {part.name: self._part(look, part) for part in page.parts}
        above = "" if page.template in BARE else str(self._part(look, BAR))
        return above + self._filled(
            f"pages/{page.template}.html", look, parts=parts, page=page, **(page.values or {})
        )

    def whole(self, look: Look, page: Page, menu: Sequence[tuple[str, str]], said: str = "") -> str:
        """The page as a browser first gets it. `menu`: the pages that one may see, with their titles; `said` is a
        message for whoever asked."""
        main = Markup(self.main(look, page))
        return self._filled("frame.html", look, page=page, main=main, menu=menu, said=said)

    def _part(self, look: Look, part: Part) -> Markup:
        key = self._key(look, part)
        if key is not None and key in self._kept:
            return Markup(self._kept[key])
        filling = part.fill(look)
        text = "" if filling is None else self._filled(f"parts/{part.name}.html", look, **filling)
        if key is not None:
            if len(self._kept) >= MOST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = text
        return Markup(text)

    def _key(self, look: Look, part: Part) -> tuple[object, ...] | None:
        if part.of == "person":
            return None
        standing, viewer = look.standing, look.viewer
        asked = tuple(sorted(look.query.items()))
        if part.of == "shared":
            return (part.name, language(), viewer.role, asked, look.stamp, look.room.trouble)
        if part.of == "moved":
            return (part.name, language(), viewer.role, asked, standing.moved, look.stamp - standing.size)
        mine = look.room.last_by(look.seats)
        return (part.name, language(), viewer.role, viewer.seat, asked, standing.moved, mine)

    def _filled(self, template: str, look: Look, **values: Any) -> str:
        return templates().get_template(template).render(look=look, **values)
