"""One's own votes that nobody else sees before the close, and the forms by which lines are marked and corrected."""

from __future__ import annotations

from foedus.meeting.secrecy import hides
from foedus.report.journal import Journal
from foedus.web.look import Look
from foedus.web.pages.page import Filling


def own_votes(look: Look) -> Filling | None:
    """The lines of one's own delegation that are hidden from others."""
    if not look.viewer.seat or not look.sees_own(look.viewer.seat):
        return None
    mine = [
        each for each in look.entries if each.by == look.viewer.seat and hides(look.state, look.debate, each)
    ]
    return {"lines": list(Journal(look.standing.order, look.state).lines(mine))} if mine else None


def keeping(look: Look) -> Filling | None:
    """Forms to mark an entry and to say how it should read, for whoever may."""
    seat = next(iter(look.seats), "")
    may = {kind: look.may(kind, seat) for kind in ("bookmark", "correct")}
    if not any(may.values()):
        return None
    return {"may": may, "by": seat, "last": look.standing.size - 1}
