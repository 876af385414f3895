"""What stands beside the debate: the assessment, on the table in short and on a page of its own with all the rest."""

from __future__ import annotations

from foedus.web.look import Look
from foedus.web.matter.show import section_html
from foedus.web.pages.page import Filling


def duties(look: Look) -> Filling | None:
    """Which duty is said to arise, and on what it turns."""
    beside = look.room.beside
    if beside is None:
        return None
    position = look.room.position(())
    return {"html": section_html("assessment", beside.matter(look.standing, look.entries, position))}


def matter(look: Look) -> Filling | None:
    """The assessment, the mandate, the sites on a map, the reports."""
    beside = look.room.beside
    if beside is None:
        return None
    chosen = look.query.get("map", "1")
    number = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 4 else 1
    return {"html": beside.html(look.standing, look.entries, look.room.position(()), number)}
