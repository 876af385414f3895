"""What a treaty page and a data set's rows of the same number say of one cell of a panel, and where they differ.

Neither is the measure of the other: a data set reads the whole treaty, a page the clauses that it encodes. A condition
stands here if any clause of the pledge has it, under some reading at least; a flag, if it stands somewhere in the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from foedus.obligations.beside import Beside, Both, beside
from foedus.obligations.obligation import Obligation, Pledge
from foedus.panel.explain import Behind, Explained
from foedus.panel.periods import periods
from foedus.report.lists import enumerated, on_day
from foedus.report.pledge_words import CONDITIONS, PLEDGED
from foedus.words.speech import say, say_in

Drawn = Mapping[str, Sequence[Obligation]]
"""What pages come to, by their ids."""
Lacks = Literal["", "page", "data set"]


@dataclass(frozen=True)
class Twice:
    """One instrument in one direction, read twice. `lacks`: which of the two has nothing that counts in the year
    while the other has; `found` is of what counts in the year, or of all days where neither has anything in it (None:
    the page has nothing between the two at all)."""

    page: str
    year: int
    lacks: Lacks
    found: Beside | None


def twice(way: Explained, behind: Behind, page: str, drawn: Drawn) -> Twice | None:
    """The two readings; None for rows of pages themselves, and for a page that was not drawn."""
    if behind.source == "pages" or page not in drawn:
        return None
    when = periods(way.year, way.year, way.rule)
    first, until = int(when.start[0]), int(when.until[0])
    ours = [row for row in drawn[page] if (row.debtor, row.beneficiary) == (way.debtor, way.beneficiary)]
    theirs = [one for interval in behind.intervals for one in interval.obligations]
    then = [
        row
        for row in ours
        if row.start.first.toordinal() < until and (row.until is None or row.until.last.toordinal() > first)
    ]
    thens = [one for interval in behind.intervals if interval.counts for one in interval.obligations]
    whole = beside(ours, theirs)
    if whole is None or bool(then) != bool(thens):
        lacks: Lacks = "data set" if then else "page" if thens or not ours else ""
        return Twice(page, way.year, lacks, whole)
    part = beside(then, thens)
    if part is not None:  # the days are those of the whole instrument, whose phases are rows of their own
        whole = replace(part, page_days=whole.page_days, other_days=whole.other_days)
    return Twice(page, way.year, "", whole)


def lines(one: Twice) -> list[str]:
    """What the two have alike, and what only one of them has, a line each."""
    if one.lacks == "page" and one.found is None:
        return [say("on the page, the one owed the other nothing that a panel counts")]
    if one.lacks == "page":
        return [say("in {year}, the page has nothing between the two, the data set has", year=one.year)]
    if one.lacks == "data set":
        return [say("in {year}, the data set has nothing between the two, the page has", year=one.year)]
    if one.found is None:
        return []
    found = one.found
    told: list[str] = []
    if found.pledges.shared:
        told.append(say("on the page and in the data set: {pledges}", pledges=_pledges(found.pledges.shared)))
    if found.pledges.page:
        told.append(say("on the page only: {pledges}", pledges=_pledges(found.pledges.page)))
    if found.pledges.other:
        told.append(say("in the data set only: {pledges}", pledges=_pledges(found.pledges.other)))
    for pledge, both in found.conditions.items():
        told += _conditions(_pledges([pledge]), both, found.more[pledge])
    ours, theirs = found.page_days.start, found.other_days.start
    if ours.first != theirs.first:
        days = {"day": on_day(ours), "other": on_day(theirs)}
        told.append(say("the page counts from {day}, the data set from {other}", **days))
    return told


def _conditions(pledge: str, both: Both[str], more: Sequence[str]) -> list[str]:
    told: list[str] = []
    if both.page:
        words = _words(both.page)
        told.append(say("{pledge}, on the page only: {conditions}", pledge=pledge, conditions=words))
    if both.other:
        words = _words(both.other)
        told.append(
            say("{pledge}, flagged in the data set only: {conditions}", pledge=pledge, conditions=words)
        )
    if named := [name for name in more if name in CONDITIONS]:
        words = _words(named)
        told.append(
            say("{pledge}, on the page, without a flag for it: {conditions}", pledge=pledge, conditions=words)
        )
    if "owed" in more:
        told.append(say("{pledge}, on the page: under some readings only", pledge=pledge))
    return told


def _pledges(those: Iterable[Pledge]) -> str:
    return enumerated([say_in("pledge", PLEDGED[pledge]) for pledge in those])


def _words(conditions: Iterable[str]) -> str:
    return enumerated([say_in("condition", CONDITIONS[name]) for name in conditions])


def as_row(one: Twice | None) -> dict[str, Any] | None:
    """The same for programs."""
    if one is None:
        return None
    found = one.found
    return {
        "lacks": one.lacks or None,
        "pledges": _both(found.pledges) if found else None,
        "conditions": {pledge: _both(both) for pledge, both in found.conditions.items()} if found else {},
        "without_a_flag": {pledge: list(more) for pledge, more in found.more.items()} if found else {},
        "start": {"page": found.page_days.start.text, "data": found.other_days.start.text} if found else None,
    }


def _both(both: Both[Any]) -> dict[str, list[Any]]:
    return {"both": list(both.shared), "page": list(both.page), "data": list(both.other)}
