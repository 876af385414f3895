"""What the page of papers asks for before it is made: contents, and one's own drafts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.requests import Request

from foedus.council.debate.papers import SORTS
from foedus.web.asked import number
from foedus.web.hall import Hall
from foedus.web.look import Look
from foedus.web.papers.history import Revision, history
from foedus.web.papers.judging import Sort
from foedus.web.papers.keeping import Content, Draft, Papers
from foedus.web.papers.lines import Row, lined, short


@dataclass(frozen=True)
class Shelf:
    """What there is of papers besides what the record says: of what kind each content is, the drafts of the seat for
    which one acts, and what one chose to read. `whole`: it still has its digest; None where it is not there."""

    kinds: dict[str, Sort]
    drafts: tuple[Draft, ...] = ()
    chosen: Revision | None = None
    draft: Draft | None = None
    rows: tuple[Row, ...] | None = None
    whole: bool | None = None
    against: int | None = None


def seat_for(look: Look) -> str:
    """For whom one hands papers in; empty for who does not."""
    return next((who for who in look.seats if look.may("paper", who)), "")


def chosen_of(look: Look) -> Revision | None:
    """The paper and revision that the address names; the last, if it names none."""
    found = history(look.room).of.get(look.query.get("paper", ""))
    if not found:
        return None
    return found[number(look.query, "rev", 0, len(found) - 1) or 0] if "rev" in look.query else found[-1]


async def of_papers(request: Request, hall: Hall, look: Look) -> dict[str, object]:
    """The shelf, as one viewer may see it."""
    del request
    room, seat, chosen = look.room.name, seat_for(look), chosen_of(look)
    before = history(look.room).of[chosen.paper][chosen.number - 1] if chosen and chosen.number else None
    mine = seat if seat and look.sees("drafts", seat) else ""
    wanted = look.query.get("draft", "")

    def ask(papers: Papers) -> tuple[Shelf, Content | None, Content | None]:
        kinds = papers.kinds(room)
        drafts = papers.drafts(room, mine) if mine else ()
        draft = next((each for each in drafts if each.id == wanted), None)
        digest = chosen.digest if chosen else draft.digest if draft else ""
        found = papers.get(room, digest) if digest else None
        earlier = papers.get(room, before.digest) if before else None
        return Shelf(kinds, drafts, chosen, None if chosen else draft), found, earlier

    shelf, content, earlier = await hall.papers.run(ask)
    rows = await asyncio.to_thread(_rows, content, earlier)
    whole = content.whole if content is not None else None
    against = before.number if before is not None and earlier is not None and earlier.kind == "text" else None
    return {
        "shelf": Shelf(shelf.kinds, shelf.drafts, shelf.chosen, shelf.draft, rows, whole, against),
        "seat": seat, "sorts": SORTS,
    }  # fmt: skip


def _rows(content: Content | None, earlier: Content | None) -> tuple[Row, ...] | None:
    if content is None or content.kind != "text":
        return None
    text = content.content.decode(errors="replace")
    if not short(text):
        return None
    was = earlier.content.decode(errors="replace") if earlier is not None and earlier.kind == "text" else None
    return lined(was if was is not None and short(was) else None, text)
