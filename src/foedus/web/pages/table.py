"""The table: the page on which a session is held. Its parts are put together here, each from a module of its own."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.web.look import Look
from foedus.web.pages.page import Page, Part
from foedus.web.parts.allowed import allowed
from foedus.web.parts.ballots import ballots
from foedus.web.parts.beside import duties
from foedus.web.parts.conduct import conduct
from foedus.web.parts.desk import desk
from foedus.web.parts.floor import agenda, floor, motions
from foedus.web.parts.needs import needs
from foedus.web.parts.proposals import proposals
from foedus.web.parts.seats import seats
from foedus.web.parts.standing import standing
from foedus.words.speech import say

PARTS: tuple[Part, ...] = (
    Part("needs", needs, "seat"),
    Part("desk", desk),
    Part("standing", standing),
    Part("ballots", ballots),
    Part("proposals", proposals, "moved"),
    Part("floor", floor, "moved"),
    Part("conduct", conduct, "seat"),
    Part("motions", motions),
    Part("allowed", allowed, "seat"),
    Part("duties", duties, "moved"),
    Part("agenda", agenda, "moved"),
    Part("seats", seats, "moved"),
)
"""In the order in which a narrow screen has them: column by column, and what comes first within each."""

COLUMN: Mapping[str, int] = {
    "standing": 0, "needs": 0, "desk": 0, "ballots": 0, "proposals": 0,
    "floor": 1, "conduct": 1, "motions": 1, "allowed": 1,
}  # fmt: skip
"""In which of its three columns a wide screen has a part; what is not named here stands in the last. With two columns
the third stands under the second. A part never changes its column: nothing moves elsewhere while it is read."""
COLUMNS = 3


def show(look: Look) -> Page:
    """The page of the table."""
    del look
    columns = tuple(
        tuple(part.name for part in PARTS if COLUMN.get(part.name, COLUMNS - 1) == number)
        for number in range(COLUMNS)
    )
    return Page(say("The table"), "table", PARTS, {"columns": columns}, kept=True)
