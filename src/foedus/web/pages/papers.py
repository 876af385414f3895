"""Papers: those on the table with their revisions and sponsors, one of them to be read, and one's own drafts."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

from foedus.council.debate.candidates import Allowed
from foedus.council.debate.state import Paper
from foedus.web.look import Look
from foedus.web.pages.page import Page
from foedus.web.papers.asking import Shelf
from foedus.web.papers.history import Revision, history
from foedus.words.speech import marked_in, say, say_in

SORT = {
    "working paper": marked_in("sort of paper", "working paper"),
    "draft": marked_in("sort of paper", "draft"),
    "statement": marked_in("sort of paper", "statement"),
    "letter": marked_in("sort of paper", "letter"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper in the list: what one may do with it, and in which kind each of its revisions is there."""

    paper: Paper
    revisions: tuple[Revision, ...]
    mine: bool
    may_sponsor: bool


def sort_words(sort: str) -> str:
    """What sort of paper it is, in words."""
    return say_in("sort of paper", SORT[sort]) if sort in SORT else sort


def show(look: Look) -> Page:
    """The page of papers."""
    shelf: Shelf = look.told["shelf"]
    seat: str = look.told["seat"]
    of = history(look.room).of
    rows = [
        Listed(
            each, tuple(of.get(each.id, ())), bool(seat) and each.by == seat and not each.withdrawn,
            bool(seat) and each.by != seat and seat not in each.sponsors and not each.withdrawn
            and _may(look.acts, "sponsor", seat),
        )
        for each in reversed(list(look.debate.papers.values()))
    ]  # fmt: skip
    proposals = [name for name, each in look.state.proposals.items() if not each.fate]
    typed: dict[str, str] = look.told.get("typed", {})
    return Page(
        say("Papers"), "papers",
        values={
            "rows": rows, "shelf": shelf, "seat": seat, "sorts": look.told["sorts"], "sort_words": sort_words,
            "proposals": proposals, "typed": typed, "words": escape(typed.get("words", "")),
            "read": look.debate.papers[shelf.chosen.paper] if shelf.chosen else None,
        },
    )  # fmt: skip


def _may(acts: tuple[Allowed, ...], what: str, by: str) -> bool:
    found = [each for each in acts if each.act.kind == "paper" and each.act.by == by]
    return not found or any(each.act.what == what for each in found)
