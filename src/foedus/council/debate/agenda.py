"""Meetings and their agenda: opened, suspended, resumed, adjourned; items proposed, adopted, taken up and finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foedus.council.debate.clock import ended, going_on, held
from foedus.council.debate.doing import (
    NEW,
    Doing,
    later,
    needed,
    not_for,
    only,
    quorum,
    refusal,
    sitting_refused,
)
from foedus.council.debate.speakers import nobody_speaks
from foedus.council.debate.state import Debate, Item
from foedus.council.debate.table import CHAIR
from foedus.council.refusal import listed
from foedus.terms.date_words import moment
from foedus.words.speech import Phrase, phrase, phrase_in


def meet(doing: Doing) -> Debate:
    """The chair opens a meeting, suspends, resumes or adjourns it."""
    act, debate = doing.act, doing.debate
    match act.what:
        case "open":
            only(doing, "text")
            _sits(debate, "not opened", "adjourned")
            quorum(doing)
            return replace(debate, sitting="open", meeting=debate.meeting + 1, until=None)
        case "resume":
            only(doing, "text")
            _sits(debate, "suspended")
            quorum(doing)
            return going_on(replace(debate, sitting="open", until=None), doing.real)
        case "suspend":
            only(doing, "text", "until")
            _sits(debate, "open")
            later(doing, 1)
            return replace(held(debate, doing.real), sitting="suspended", until=act.until)
        case _:
            only(doing, "text", "until")
            _sits(debate, "open", "suspended")
            later(doing, 1)
            return replace(ended(debate, doing.real), sitting="adjourned", until=act.until)


def _sits(debate: Debate, *wanted: str) -> None:
    if debate.sitting not in wanted:
        raise sitting_refused(debate)


def item(doing: Doing) -> Debate:
    """A line of the agenda is proposed, adopted, taken up, finished or struck."""
    act = doing.act
    only(doing, "text", *(("title",) if act.what == "propose" else ()))
    match act.what:
        case "propose":
            return _proposed(doing)
        case "adopt":
            return _adopted(doing)
        case "strike":
            return _struck(doing)
        case "take up":
            return _taken_up(doing)
        case _:
            return _finished(doing)


def _proposed(doing: Doing) -> Debate:
    needed(doing, "title")
    act, debate = doing.act, doing.debate
    name = f"i{len(debate.items) + 1}" if act.item == NEW else act.item
    if name in debate.items:
        raise refusal(
            "F716",
            3,
            phrase("Call it `new`: it gets the next number."),
            name=name,
            why=phrase("exists already"),
        )
    return _with(debate, Item(name, act.title, act.by, doing.table.entries, text=act.text))


def _adopted(doing: Doing) -> Debate:
    found = _named(doing, "proposed")
    for each in doing.debate.motions.values():
        if each.what == "adopt item" and each.item == found.id and each.fate in ("", "put"):
            raise refusal(
                "F716", 3, name=found.id, why=phrase("is to be decided by {motion}", motion=each.id)
            )
    return _with(doing.debate, replace(found, stands="adopted"))


def _struck(doing: Doing) -> Debate:
    found = _named(doing, "proposed", "adopted")
    if doing.act.by not in (CHAIR, found.by):
        raise not_for(doing, tuple(dict.fromkeys((CHAIR, found.by))))
    if doing.act.by != CHAIR and found.stands != "proposed":
        raise not_for(doing, (CHAIR,))
    return _with(doing.debate, replace(found, stands="struck"))


def _taken_up(doing: Doing) -> Debate:
    debate, found = doing.debate, _named(doing, "adopted")
    nobody_speaks(debate)
    if debate.item:
        instead = phrase("The chair finishes it first: `item` finish.")
        raise refusal("F716", 3, instead, name=debate.item, why=phrase("is taken up"))
    until = postponed(debate, found.id)
    if until is not None and doing.act.at < until:
        why = phrase("is postponed until {until}", until=moment(until))
        raise refusal("F716", 3, name=found.id, why=why)
    fresh = replace(debate, item=found.id, asking=(), list_open=True, closed=False)
    return _with(fresh, replace(found, stands="taken up"))


def _finished(doing: Doing) -> Debate:
    found = _named(doing, "taken up")
    nobody_speaks(doing.debate)
    fresh = replace(doing.debate, item="", asking=(), list_open=True, closed=False)
    return _with(fresh, replace(found, stands="finished"))


def postponed(debate: Debate, name: str) -> datetime | None:
    """Until when the members have postponed an item, by their last motion on it."""
    found = [m for m in debate.motions.values() if (m.what, m.item, m.fate) == ("postpone", name, "carried")]
    return found[-1].until if found else None


def _named(doing: Doing, *stands: str) -> Item:
    found = doing.debate.items.get(doing.act.item)
    if found is not None and found.stands in stands:
        return found
    fitting = listed(each.id for each in doing.debate.items.values() if each.stands in stands)
    instead = phrase("There are: {names}.", names=fitting)
    why = (
        phrase("is not on the list of items")
        if found is None
        else phrase("is {stands}", stands=STANDS[found.stands])
    )
    raise refusal("F716", 3, instead, name=doing.act.item, why=why)


STANDS: dict[str, Phrase] = {
    "proposed": phrase_in("an item of the agenda is", "proposed"),
    "adopted": phrase_in("an item of the agenda is", "adopted"),
    "taken up": phrase_in("an item of the agenda is", "taken up"),
    "finished": phrase_in("an item of the agenda is", "finished"),
    "struck": phrase_in("an item of the agenda is", "struck"),
}


def _with(debate: Debate, changed: Item) -> Debate:
    return replace(debate, items={**debate.items, changed.id: changed})
