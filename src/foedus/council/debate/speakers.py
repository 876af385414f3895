"""The floor: who asks for it, to whom the chair gives it and for how long, points of order and rulings on them."""

from __future__ import annotations

from dataclasses import replace

from foedus.council.debate.clock import ended, going_on, held, left
from foedus.council.debate.doing import Doing, not_for, only, refusal
from foedus.council.debate.motions import first_waiting
from foedus.council.debate.order import LONGEST_SPEECH, ROWS, Order
from foedus.council.debate.state import Asking, Debate, Point, Speaking, Speech
from foedus.council.debate.table import CHAIR, SECRETARY, Table
from foedus.council.refusal import listed
from foedus.words.speech import Phrase, phrase, phrase_in

RULINGS = ("upheld", "not upheld")
_FOR: dict[Speaking, Phrase] = {
    "speech": phrase_in("for what one has the floor", "speech"),
    "reply": phrase_in("for what one has the floor", "reply"),
    "explanation": phrase_in("for what one has the floor", "explanation of its vote"),
}


# ---- asking ----


def ask(doing: Doing) -> Debate:
    """A request for the floor is put at the end of the list."""
    act, debate = doing.act, doing.debate
    what: Speaking = "speech" if act.what == "speech" else "reply" if act.what == "reply" else "explanation"
    only(doing, "text", *(("whom",) if what == "reply" else ()))
    if what == "speech":
        _list_open(debate)
    if any(each.who == act.by and each.what == what for each in debate.asking):
        raise refusal("F707", 5, who=act.by, what=_FOR[what])
    if what == "reply":
        _may_reply(doing)
    if what == "explanation" and not (doing.table.ballots or doing.table.voted):
        raise refusal("F708", 8, why=phrase("there is no vote to explain"))
    return replace(
        debate, asking=(*debate.asking, Asking(act.by, what, doing.table.entries, act.whom, act.text))
    )


def _list_open(debate: Debate) -> None:
    if debate.closed:
        instead = phrase("The members open it again: the motion `reopen debate`.")
        raise refusal("F706", 14, instead, why=phrase("the debate on the item is closed"))
    if not debate.list_open:
        raise refusal("F706", 14, why=phrase("the list of speakers is closed"))


def _may_reply(doing: Doing) -> None:
    act, debate = doing.act, doing.debate
    if not act.whom or act.whom == act.by or act.whom not in doing.table.speakers:
        why = phrase("say to whom: to another at the table")
        raise refusal("F708", 7, why=why)
    here = [each for each in debate.speeches if each.item == debate.item]
    mine = [each for each in here if each.who == act.by and each.what == "reply"]
    if len(mine) >= doing.order.replies:
        why = phrase("{who} has replied {number} times on this item", who=act.by, number=len(mine))
        raise refusal("F708", 7, why=why)
    theirs = [each.entry for each in here if each.who == act.whom]
    answered = [each.entry for each in mine if each.whom == act.whom]
    if not theirs:
        raise refusal("F708", 7, why=phrase("{whom} has not spoken on this item", whom=act.whom))
    if answered and max(answered) > max(theirs):
        raise refusal(
            "F708", 7, why=phrase("{whom} has not spoken since the last reply to it", whom=act.whom)
        )


def leave(doing: Doing) -> Debate:
    """A request, or all that somebody made, is taken back; or a motion."""
    act, debate = doing.act, doing.debate
    only(doing, *(() if act.what else ("motion",)))
    if act.motion:
        return _leave_motion(doing)
    gone = [each for each in debate.asking if each.who == act.by and act.what in ("", each.what)]
    if not gone:
        raise refusal("F709", 5, why=phrase("{who} has not asked for the floor", who=act.by))
    return replace(debate, asking=tuple(each for each in debate.asking if each not in gone))


def _leave_motion(doing: Doing) -> Debate:
    act, debate = doing.act, doing.debate
    found = debate.motions.get(act.motion)
    if found is None or found.fate:
        waiting = listed(each.id for each in debate.motions.values() if not each.fate)
        raise refusal("F712", 13, phrase("There are: {names}.", names=waiting), name=act.motion)
    if found.by != act.by:
        raise not_for(doing, (found.by,))
    debate = replace(debate, motions={**debate.motions, found.id: replace(found, fate="withdrawn")})
    return going_on(debate, doing.real) if found.what == "appeal" else debate


# ---- speaking ----


def floor(doing: Doing) -> Debate:
    """The chair gives the floor to whoever is next; to a reply or an explanation whenever it sees fit."""
    act, debate, table = doing.act, doing.debate, doing.table
    only(doing, "seconds")
    nobody_speaks(debate)
    motion = first_waiting(debate)
    if motion is not None and ROWS[motion.what].at_once:
        raise refusal("F704", 11, motion=motion.id)
    asked = next(
        (each for each in debate.asking if each.who == act.whom and act.what in ("", each.what)), None
    )
    if asked is None and act.whom == SECRETARY and SECRETARY in table.offices and act.what in ("", "speech"):
        asked = Asking(SECRETARY, "speech", table.entries)
    elif asked is None:
        raise refusal(
            "F709", 5, _on_list(debate), why=phrase("{who} has not asked for the floor", who=act.whom)
        )
    elif asked.who in table.away:
        raise refusal("F728", 5, who=asked.who)
    elif asked.what == "speech" and asked.who != SECRETARY:
        following = next_speaker(debate, table)
        if following is not None and following != asked:
            raise refusal("F705", 5, whom=asked.who, first=following.who)
    speech = Speech(
        asked.who,
        asked.what,
        table.entries,
        doing.real,
        _seconds(doing, asked),
        item=debate.item,
        whom=asked.whom,
    )
    rest = tuple(each for each in debate.asking if each != asked)
    return replace(debate, speeches=(*debate.speeches, speech), asking=rest)


def nobody_speaks(debate: Debate) -> None:
    """That the floor is free. Raises `Refused` (F702)."""
    if debate.speaking is not None:
        raise refusal("F702", 4, who=debate.speaking.who)


def next_speaker(debate: Debate, table: Table) -> Asking | None:
    """Whose turn it is to make a speech: the first on the list who is at the table."""
    return next(
        (each for each in debate.asking if each.what == "speech" and each.who not in table.away), None
    )


def _on_list(debate: Debate) -> str:
    names = listed(dict.fromkeys(each.who for each in debate.asking))
    return phrase("On the list: {names}.", names=names)


def allotted(order: Order, debate: Debate, asked: Asking) -> int:
    """How many seconds a request is given at most; 0 where no limit holds. A second reply on an item is shorter."""
    if asked.what in debate.limits:
        return debate.limits[asked.what]
    if asked.what != "reply":
        return order.speech if asked.what == "speech" else order.explanation
    before = [
        each
        for each in debate.speeches
        if (each.who, each.what, each.item) == (asked.who, "reply", debate.item)
    ]
    return order.second_reply if before else order.reply


def _seconds(doing: Doing, asked: Asking) -> int | None:
    most, given = allotted(doing.order, doing.debate, asked), doing.act.seconds
    if given is None:
        return most or None
    if given > (most or LONGEST_SPEECH) or (given == 0 and most):
        raise refusal("F722", 6, most=str(most or LONGEST_SPEECH))
    return given or None


def yield_(doing: Doing) -> Debate:
    """The speaker has spoken, perhaps leaving the rest of its time to somebody; or the chair ends it."""
    act, debate = doing.act, doing.debate
    only(doing, "text", "whom")
    speech = debate.speaking
    if speech is None:
        raise refusal("F709", 4, why=phrase("nobody has the floor"))
    if act.by not in (CHAIR, speech.who):
        raise not_for(doing, (speech.who, CHAIR))
    if act.by == CHAIR:
        if act.whom not in ("", speech.who):
            raise refusal("F702", 4, who=speech.who)
        return ended(debate, doing.real)
    return _left_to(doing, speech) if act.whom else ended(debate, doing.real)


def _left_to(doing: Doing, speech: Speech) -> Debate:
    act, table = doing.act, doing.table
    if not doing.order.yields or speech.what != "speech":
        raise refusal("F727", 4, name="whom", why=phrase("in this room nobody leaves that time to another"))
    if act.whom == act.by or act.whom not in table.delegations:
        raise refusal("F709", 4, why=phrase("{who} cannot have the floor", who=act.whom))
    if act.whom in table.away:
        raise refusal("F728", 4, who=act.whom)
    rest = left(speech, doing.real)
    if rest is not None and rest <= 0:
        raise refusal("F722", 6, phrase("There is nothing left of it to give."), most="0")
    debate = ended(doing.debate, doing.real)
    given = Speech(act.whom, "speech", table.entries, doing.real, rest, item=debate.item)
    return replace(debate, speeches=(*debate.speeches, given))


# ---- the list, and the time ----


def list_(doing: Doing) -> Debate:
    """The chair opens or closes the list of speakers."""
    only(doing)
    wanted = doing.act.what == "open"
    if wanted:
        if doing.debate.closed:
            _list_open(doing.debate)
        if doing.debate.list_open:
            raise refusal("F706", 14, why=phrase("the list of speakers is open"))
    elif not doing.debate.list_open:
        raise refusal("F706", 14, why=phrase("the list of speakers is closed"))
    return replace(doing.debate, list_open=wanted)


def limit(doing: Doing) -> Debate:
    """The chair says how long one speaks from now on; no longer than the members have decided."""
    act, debate = doing.act, doing.debate
    only(doing)
    assert act.seconds is not None
    if act.seconds > LONGEST_SPEECH:
        raise refusal("F722", 6, most=str(LONGEST_SPEECH))
    what = act.what or "speech"
    decided = [
        each.seconds
        for each in debate.motions.values()
        if each.what == "limit time" and each.fate == "carried"
    ]
    most = decided[-1] if decided and what == "speech" else 0
    if most and (act.seconds == 0 or act.seconds > most):
        raise refusal("F722", 6, most=str(most))
    return replace(debate, limits={**debate.limits, what: act.seconds})


# ---- points of order ----


def point(doing: Doing) -> Debate:
    """A point of order is raised; whoever speaks is interrupted."""
    only(doing)
    raised = Point(doing.act.by, doing.table.entries, doing.act.text)
    return replace(held(doing.debate, doing.real), points=(*doing.debate.points, raised))


def ruling(doing: Doing) -> Debate:
    """The chair rules on the point of order, and whoever spoke goes on."""
    act, debate = doing.act, doing.debate
    only(doing)
    if debate.point is None:
        raise refusal("F709", 9, why=phrase("no point of order is raised"))
    if act.answer not in RULINGS:
        raise refusal("F726", 9, name="answer", value=act.answer, known=listed(RULINGS))
    ruled = replace(debate.point, answer=act.answer, why=act.text, ruled=doing.table.entries)
    return going_on(replace(debate, points=(*debate.points[:-1], ruled)), doing.real)
