"""What a seat has ready: its drafts, by which a form is filled at one click, and whom or what it is to name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from foedus.council.fields import READ
from foedus.council.mandate import Mandate
from foedus.council.state import Proposal
from foedus.diagnostics.problem import Refused
from foedus.exercise.scenario import Draft, Seat
from foedus.web.look import Look


@dataclass(frozen=True)
class Ready:
    """A draft as a form is filled with it: which of the seat's it is, and whether the address asks for it."""

    number: int
    chosen: bool
    parts: Mapping[str, str]
    terms: Mapping[str, str]
    mandate: Mandate | None
    text: str


def seat_of(look: Look, who: str) -> Seat | None:
    """The seat of the scenario, if its drafts are for whoever looks."""
    if not look.sees("drafts", who):
        return None
    return next((each for each in look.room.scenario.seats if each.who == who), None)


def drafts(look: Look, who: str, step: str, *, amends: bool) -> Iterator[Ready]:
    """The drafts of a seat for a step, or for an amendment of it; not those that it has moved already."""
    seat = seat_of(look, who)
    for number, draft in enumerate(seat.drafts if seat is not None else ()):
        if draft.step != step or draft.amends != amends:
            continue
        ready = _ready(look, number, draft)
        if ready is not None and not any(
            _same(ready, each) for each in look.state.proposals.values() if each.by == who
        ):
            yield ready


def _ready(look: Look, number: int, draft: Draft) -> Ready | None:
    body = cast("Mapping[str, Any]", draft.body)
    try:
        mandate = READ["mandate"]("mandate", body["mandate"]) if "mandate" in body else None
        parts = READ["parts"]("parts", body.get("parts", {}))
        terms = READ["terms"]("terms", body.get("terms", {}))
    except Refused:
        return None  # a draft that nobody could move
    return Ready(
        number, look.query.get("draft") == str(number), parts, terms, mandate, str(body.get("text", ""))
    )


def _same(ready: Ready, moved: Proposal) -> bool:
    return (moved.parts, moved.mandate, moved.text) == (ready.parts, ready.mandate, ready.text)
