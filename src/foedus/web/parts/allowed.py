"""What is allowed now and by which article: a form for each deed that the chair would take, and, folded, what would be
refused and why. Nothing else tells it than what tells whether a deed is in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.council.candidates import Candidate
from foedus.council.deed import Deed, Kind
from foedus.exercise.turns import Turn
from foedus.report.deeds import article, article_of, problem_said
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.web.parts.ballots import is_hidden
from foedus.web.parts.doing import Form, forms_of, summary
from foedus.web.parts.naming import Naming
from foedus.words.speech import marked, say

GROUPS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (marked("Steps to take"), ("step",)),
    (marked("Steps to propose"), ("propose",)),
    (marked("Amendments"), ("amend",)),
    (marked("Taking back"), ("withdraw",)),
    (marked("Putting to the vote"), ("open",)),
    (marked("More time"), ("extend",)),
    (marked("Closing votes"), ("close",)),
    (marked("Rulings"), ("rule",)),
    (marked("Reports"), ("report",)),
    (marked("Who is at the table"), ("seat", "unseat")),
    (marked("The record"), ("correct", "tick")),
)
"""In this order; votes and objections have forms of their own."""

PLAIN: tuple[Kind, ...] = ("vote", "object", "seat", "unseat", "tick", "correct", "report")
"""Of what is refused of these kinds nobody has to be told."""


@dataclass(frozen=True, slots=True)
class Group:
    """Forms under a heading."""

    id: str
    title: str
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is not allowed: what, under which article, why and what would be."""

    what: str
    article: str
    why: str


def allowed(look: Look) -> Filling | None:
    """What one may do about the matter, and what not. Nothing for whoever acts for nobody."""
    if not look.sees("what is allowed", look.viewer.seat) or not (
        look.seats or look.viewer.role == "director"
    ):
        return None
    names = Naming.of(look)
    groups: list[Group] = []
    # A director who has not said for whom it acts is asked that first.
    found = [
        each
        for each in look.position.allowed
        if look.may(each.deed.kind, each.deed.by) and _told(look, each.deed)
    ]
    found += _hidden_ones(look)
    for number, (title, kinds) in enumerate(GROUPS):
        forms = tuple(forms_of(look, names, [each for each in found if each.deed.kind in kinds]))
        if forms:
            groups.append(Group(f"allowed-group-{number}", say(title), forms))
    return {
        "groups": tuple(groups),
        "refused": tuple(_refused(look, names)),
        "whom": tuple(_whom(look, names)),
    }


def _told(look: Look, deed: Deed) -> bool:
    """Whether it tells nothing of a hidden vote that the deed is in order, or not."""
    ballot = look.state.ballots.get(deed.ballot)
    return not (deed.kind in ("close", "extend") and ballot is not None and is_hidden(look, ballot))


def _hidden_ones(look: Look) -> list[Candidate]:
    """Of hidden votes: closing them and giving them more time, whether or not that is in order now."""
    if "chair" not in look.seats or not look.may("close", "chair"):
        return []
    hidden = [each for each in look.state.ballots.values() if is_hidden(look, each)]
    return [
        candidate
        for each in hidden
        for candidate in (
            Candidate(Deed("extend", "chair", look.now, ballot=each.id, until=each.until), ("until",)),
            Candidate(Deed("close", "chair", look.now, ballot=each.id)),
        )
    ]


def _refused(look: Look, names: Naming) -> Iterable[Refusal]:
    found: dict[tuple[str, str], Refusal] = {}
    for each in look.position.refused:
        deed = each.deed
        if deed.kind in PLAIN or not look.may(deed.kind, deed.by) or not _told(look, deed):
            continue
        turn = Turn(look.now, look.rules, look.state, deed, each.problem)
        what, why = summary(look, names, deed), problem_said(each.problem)
        found.setdefault((what, why), Refusal(what, article_of(each.problem) or article(turn, deed), why))
    return found.values()


def _whom(look: Look, names: Naming) -> Iterable[tuple[str, str, bool]]:
    """For whom a director can act: code, name, whether it does."""
    if look.viewer.role != "director":
        return ()
    every = (*look.rules.states(look.now.date()), *look.rules.offices, *look.rules.organs)
    return [(who, names.who(who), who in look.seats) for who in every]
