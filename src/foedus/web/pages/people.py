"""Who is here, by seat; codes for those who are to come."""

from __future__ import annotations

from functools import partial

from foedus.diagnostics.problem import Problem
from foedus.meeting.access import BELOW, Managing, may_manage
from foedus.meeting.viewer import CALLED, DELEGATED, OFFICES, ROLES, Role, Viewer
from foedus.report.deeds import problem_said
from foedus.web.invited import seats_called
from foedus.web.look import Look
from foedus.web.pages.page import Page
from foedus.web.people import Invite
from foedus.web.qr import svg
from foedus.web.shown import Here
from foedus.words.speech import say, say_in


def show(look: Look) -> Page:
    """The page of people: of all, or of one's own delegation."""
    people: Here = look.told["people"]
    seats = [seat for seat in look.room.scenario.seats if look.sees("people", seat.who)]
    rows = [(seat, [each for each in people.people if each.seat == seat.who]) for seat in seats]
    others = [each for each in people.people if not each.seat]
    shown = look.told["shown"]
    codes = [
        (
            role,
            seat,
            title,
            code,
            svg(f"{look.told['address']}join#{code}", say("Code for {who}", who=title or role)),
        )
        for role, seat, title, code in shown.codes
    ]
    return Page(
        say("People"), "people",
        values={
            "rows": rows, "others": others, "invites": people.invites, "shown": shown, "codes": codes,
            "roles": roles(look), "states": states(look), "delegated": DELEGATED, "role_words": role_words,
            "may": partial(_may, look),
            "problem_words": problem_words, "all": may_manage(look.viewer, "make codes", "observer", ""),
        },
        live=False,
    )  # fmt: skip


def _may(look: Look, what: Managing, each: Viewer | Invite) -> bool:
    return may_manage(look.viewer, what, each.role, each.seat)


def roles(look: Look) -> tuple[Role, ...]:
    """The roles for which one may make codes."""
    offices = look.rules.offices
    made: tuple[Role, ...] = tuple(each for each in ROLES if each not in OFFICES or each in offices)
    if may_manage(look.viewer, "make codes", "observer", ""):
        return made
    return BELOW


def states(look: Look) -> dict[str, str]:
    """The delegations for which one may make codes, with their names."""
    found = seats_called(look.room.scenario)
    return {
        code: name for code, name in found.items() if may_manage(look.viewer, "make codes", "member", code)
    }


def role_words(role: Role) -> str:
    """A role in words."""
    return say_in("role", CALLED[role])


def problem_words(problem: Problem) -> str:
    """What cannot be read in a list, in a sentence."""
    return problem_said(problem)
