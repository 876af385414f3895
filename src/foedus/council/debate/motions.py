"""Motions on procedure: what may be moved now, which of them is put, and what it does when it is carried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from foedus.council.debate.clock import going_on, held
from foedus.council.debate.counts import count
from foedus.council.debate.doing import Doing, needed, only, quorum, refusal, sitting_refused
from foedus.council.debate.order import LONGEST_SPEECH, MOTIONS, ROWS
from foedus.council.debate.state import Debate, Manner, Motion
from foedus.council.refusal import listed
from foedus.diagnostics.catalogue import title_of
from foedus.diagnostics.problem import Refused
from foedus.ir.decision import Status
from foedus.words.speech import phrase

HANDS: tuple[Status, ...] = ("for", "against", "abstained")
"""What a member may show."""
ANSWERS = ("carried", "lost")
"""What the chair may answer where it is the one who decides."""
PRECEDENCE: Mapping[str, int] = {row.what: number for number, row in enumerate(MOTIONS)}
ON_ITEM = ("refer", "postpone", "close debate", "reopen debate")
"""Motions that are about the item that is taken up."""


def waiting(debate: Debate) -> tuple[Motion, ...]:
    """The motions that wait for hands, those first that have precedence, then those that came first."""
    found = (each for each in debate.motions.values() if not each.fate and ROWS[each.what].decided == "hands")
    return tuple(sorted(found, key=lambda each: (PRECEDENCE[each.what], each.entry)))


def first_waiting(debate: Debate) -> Motion | None:
    """The motion that is put next."""
    return next(iter(waiting(debate)), None)


def with_motion(debate: Debate, motion: Motion) -> Debate:
    """The same debate with this motion in it."""
    return replace(debate, motions={**debate.motions, motion.id: motion})


# ---- moving ----


def move(doing: Doing) -> Debate:
    """A motion on procedure is moved: it waits to be put, unless it is granted when asked for."""
    act, debate = doing.act, doing.debate
    row = ROWS[act.what]
    on_item = act.what in ON_ITEM
    only(doing, "text", *row.needs, *row.takes, *(("item",) if on_item else ()))
    needed(doing, *row.needs)
    made = Motion(
        f"m{len(debate.motions) + 1}", act.what, act.by, doing.table.entries, act.until,
        (act.item or debate.item) if on_item else act.item, act.seconds, act.ballot, act.text,
    )  # fmt: skip
    _sense(doing, made)
    for each in debate.motions.values():
        if not each.fate and _asked(each) == _asked(made):
            raise refusal("F710", row_rule(made), why=phrase("{name} asks for the same", name=each.id))
    if row.decided == "request":
        return _CARRIED[act.what](doing, with_motion(debate, replace(made, fate="carried")), made)
    moved = with_motion(debate, made)
    return held(moved, doing.real) if act.what == "appeal" else moved


def _asked(motion: Motion) -> tuple[object, ...]:
    return motion.what, motion.until, motion.item, motion.seconds, motion.ballot


def row_rule(motion: Motion) -> int:
    """The number of the rule under which a motion stands."""
    return ROWS[motion.what].rule


def _sense(doing: Doing, motion: Motion) -> None:
    """That a motion can still do something. Raises `Refused` (F710, F723)."""
    debate, table, at = doing.debate, doing.table, doing.act.at
    if debate.sitting == "adjourned":
        raise sitting_refused(debate)
    why = ""
    match motion.what:
        case "appeal":
            _appealable(debate, motion)
        case "close debate" if debate.closed:
            why = phrase("the debate on the item is closed")
        case "reopen debate" if not debate.closed:
            why = phrase("the debate on the item is not closed")
        case "close list" if not debate.list_open:
            why = phrase("the list of speakers is closed")
        case "open list" if debate.list_open:
            why = phrase("the list of speakers is open")
        case "open list" if debate.closed:
            why = phrase("the debate on the item is closed")
        case "limit time" if motion.seconds is not None and motion.seconds > LONGEST_SPEECH:
            why = phrase("no speech is longer than {most} seconds", most=LONGEST_SPEECH)
        case "adopt item" if (
            motion.item not in debate.items or debate.items[motion.item].stands != "proposed"
        ):
            why = phrase("there is no item {name} that is proposed", name=motion.item)
        case "hidden vote" | "roll call" if motion.ballot not in table.ballots:
            why = phrase("there is no vote {name} open or to be opened", name=motion.ballot)
        case "hidden vote" | "roll call" if motion.ballot in table.begun:
            why = phrase("the vote {name} has begun", name=motion.ballot)
        case "roll call" if debate.manners.get(motion.ballot, Manner()).what == "roll call":
            why = phrase("it is taken in this manner")
        case "hidden vote" if debate.manners.get(motion.ballot, Manner()).hidden:
            why = phrase("it is taken in this manner")
        case _:
            pass
    if not why and motion.what in ON_ITEM and (not debate.item or motion.item != debate.item):
        why = phrase("no such item is taken up")
    if not why and motion.until is not None and motion.until <= at:
        why = phrase("its time does not lie ahead")
    if why:
        raise refusal("F710", row_rule(motion), why=why)


def _appealable(debate: Debate, motion: Motion) -> None:
    ruled = debate.points[-1].ruled if debate.points else None
    if ruled is None:
        raise refusal("F723", 10, why=phrase("the chair has ruled on nothing"))
    if any(each.entry > ruled for each in debate.speeches):
        raise refusal("F723", 10, why=phrase("somebody has been given the floor since"))
    others = (each for each in debate.motions.values() if each.what == "appeal" and each.id != motion.id)
    if any(each.entry > ruled for each in others):
        raise refusal("F723", 10, why=phrase("the ruling was appealed against before"))


def fallen(doing: Doing) -> Debate:
    """The debate in which motions that can do nothing any more have fallen."""
    debate = doing.debate
    for each in debate.motions.values():
        if each.fate:
            continue
        try:
            _sense(doing if debate is doing.debate else replace(doing, debate=debate), each)
        except Refused as problem:
            debate = with_motion(debate, replace(each, fate="fallen", why=title_of(problem.problems[0])))
    return debate


# ---- putting ----


def put(doing: Doing) -> Debate:
    """The chair puts the motion that has precedence, and hands are shown."""
    only(doing)
    debate = doing.debate
    found = debate.motions.get(doing.act.motion)
    if found is None or found.fate:
        raise _none(doing, 11, "")
    if ROWS[found.what].decided != "hands":
        raise refusal(
            "F715", row_rule(found), name=found.id, why=phrase("the chair decides it alone: `settle`")
        )
    first = first_waiting(debate)
    if first is not None and first.id != found.id:
        raise refusal("F711", 11, name=found.id, first=first.id)
    if found.what != "appeal" and debate.speaking is not None:
        raise refusal("F702", 4, who=debate.speaking.who)
    quorum(doing)
    return with_motion(debate, replace(found, fate="put"))


def _none(doing: Doing, rule: int, fate: str) -> Refused:
    names = listed(each.id for each in doing.debate.motions.values() if each.fate == fate)
    return refusal("F712", rule, phrase("There are: {names}.", names=names), name=doing.act.motion)


def hand(doing: Doing) -> Debate:
    """A member shows its hand."""
    only(doing)
    act, found = doing.act, doing.debate.motions.get(doing.act.motion)
    if found is None or found.fate != "put":
        raise _none(doing, 12, "put")
    if act.status not in HANDS:
        raise refusal("F713", 12, who=act.by, known=listed(HANDS))
    assert act.status != ""
    return with_motion(doing.debate, replace(found, said={**found.said, act.by: act.status}))


def settle(doing: Doing) -> Debate:
    """The chair closes a motion: hands are counted; what they cannot decide, or is not theirs, it answers."""
    only(doing, "answer", "text")
    found = doing.debate.motions.get(doing.act.motion)
    by_hands = found is not None and ROWS[found.what].decided == "hands"
    if found is None or found.fate != ("put" if by_hands else ""):
        raise _none(doing, 12, "put")
    if by_hands:
        carried, why = count(doing.order, found, doing.table, doing.act.at)
        if carried is not None and doing.act.answer:
            raise refusal("F715", 12, name=found.id, why=phrase("the hands decide it"))
        if carried is None and not doing.act.answer:
            raise refusal("F714", 12, name=found.id, why=why)
    else:
        carried, why = None, ""
        if not doing.act.answer:
            raise refusal("F714", row_rule(found), name=found.id, why=phrase("the chair decides it alone"))
    if carried is None:
        if doing.act.answer not in ANSWERS:
            raise refusal("F726", 12, name="answer", value=doing.act.answer, known=listed(ANSWERS))
        needed(doing, "text")
        carried, why = doing.act.answer == "carried", doing.act.text
    return _settled(doing, found, carried, why)


def _settled(doing: Doing, motion: Motion, carried: bool, why: str) -> Debate:
    done = replace(motion, fate="carried" if carried else "lost", why=why)
    debate = with_motion(doing.debate, done)
    if carried:
        debate = _CARRIED[motion.what](doing, debate, done)
    elif motion.what == "adopt item":
        debate = _item(debate, motion.item, "struck")
    return going_on(debate, doing.real) if motion.what == "appeal" else debate


# ---- what they do ----


def laid_aside(debate: Debate, item: str) -> Debate:
    """The item is no longer taken up, and nobody waits to speak on it."""
    return replace(_item(debate, item, "adopted"), item="", asking=(), list_open=True, closed=False)


def _item(debate: Debate, name: str, stands: str) -> Debate:
    changed = replace(debate.items[name], stands=stands)  # type: ignore[arg-type]
    return replace(debate, items={**debate.items, name: changed})


def _overruled(doing: Doing, debate: Debate, motion: Motion) -> Debate:
    del doing, motion
    return replace(debate, points=(*debate.points[:-1], replace(debate.points[-1], overruled=True)))


def _suspended(doing: Doing, debate: Debate, motion: Motion) -> Debate:
    del doing  # nobody has the floor while hands are shown
    return replace(debate, sitting="suspended", until=motion.until)


def _adjourned(doing: Doing, debate: Debate, motion: Motion) -> Debate:
    del doing
    return replace(debate, sitting="adjourned", until=motion.until)


def _aside(doing: Doing, debate: Debate, motion: Motion) -> Debate:
    del doing
    return laid_aside(debate, motion.item)


def _closed(doing: Doing, debate: Debate, motion: Motion) -> Debate:
    del doing, motion
    asking = tuple(each for each in debate.asking if each.what != "speech")
    return replace(debate, closed=True, list_open=False, asking=asking)


def _opened(doing: Doing, debate: Debate, motion: Motion) -> Debate:
    del doing, motion
    return replace(debate, closed=False, list_open=True)


def _list_closed(doing: Doing, debate: Debate, motion: Motion) -> Debate:
    del doing, motion
    return replace(debate, list_open=False)


def _limited(doing: Doing, debate: Debate, motion: Motion) -> Debate:
    del doing
    assert motion.seconds is not None
    return replace(debate, limits={**debate.limits, "speech": motion.seconds})


def _adopted(doing: Doing, debate: Debate, motion: Motion) -> Debate:
    del doing
    return _item(debate, motion.item, "adopted")


def _manner(doing: Doing, debate: Debate, motion: Motion) -> Debate:
    del doing
    manner = Manner("roll call") if motion.what == "roll call" else Manner("recorded", hidden=True)
    return replace(debate, manners={**debate.manners, motion.ballot: manner})


_CARRIED: Mapping[str, Callable[[Doing, Debate, Motion], Debate]] = {
    "appeal": _overruled, "suspend": _suspended, "adjourn": _adjourned, "adjourn until": _adjourned, "refer": _aside,
    "postpone": _aside, "close debate": _closed, "reopen debate": _opened, "close list": _list_closed,
    "open list": _opened, "limit time": _limited, "adopt item": _adopted, "hidden vote": _manner, "roll call": _manner,
}  # fmt: skip
