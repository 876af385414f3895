"""What somebody did in the conduct of a meeting, in words: each act in a sentence, under its rule of order.

>>> from datetime import UTC, datetime
>>> act = Act("floor", "chair", datetime(2031, 3, 4, 12, tzinfo=UTC), whom="BOR", seconds=180)
>>> act_said(act, Debate(), Order()), rule_of(act)
('gives the floor to BOR for 3 minutes', 'rule 4')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from foedus.council.debate.act import Act
from foedus.council.debate.doing import NEW, rule_for
from foedus.council.debate.order import ROWS, Order
from foedus.council.debate.speakers import allotted
from foedus.council.debate.state import Asking, Debate, Motion, Point
from foedus.diagnostics.problem import Refused
from foedus.report.deeds import actor, moment
from foedus.report.lists import quoted
from foedus.words.speech import aloud, marked_in, plural, say, say_in

MEETS: Mapping[str, str] = {
    "open": marked_in("the chair and a meeting", "opens the meeting"),
    "suspend": marked_in("the chair and a meeting", "suspends the meeting"),
    "resume": marked_in("the chair and a meeting", "resumes the meeting"),
    "adjourn": marked_in("the chair and a meeting", "adjourns the meeting"),
}
MEETS_UNTIL: Mapping[str, str] = {
    "suspend": marked_in("the chair and a meeting", "suspends the meeting until {until}"),
    "adjourn": marked_in("the chair and a meeting", "adjourns the meeting until {until}"),
}
ITEMS: Mapping[str, str] = {
    "propose": marked_in("an item of the agenda", "proposes the item {item}: {title}"),
    "adopt": marked_in("an item of the agenda", "adopts the item {item}: {title}"),
    "strike": marked_in("an item of the agenda", "strikes the item {item}: {title}"),
    "take up": marked_in("an item of the agenda", "takes up the item {item}: {title}"),
    "finish": marked_in("an item of the agenda", "finishes the item {item}: {title}"),
}
ASKS: Mapping[str, str] = {
    "speech": marked_in("asks for the floor", "asks for the floor"),
    "reply": marked_in("asks for the floor", "asks for a right of reply to {whom}"),
    "explanation": marked_in("asks for the floor", "asks for the floor to explain its vote"),
}
LEAVES: Mapping[str, str] = {
    "": marked_in("leaves the list", "takes back its request for the floor"),
    "speech": marked_in("leaves the list", "takes back its request for the floor"),
    "reply": marked_in("leaves the list", "takes back its request for a right of reply"),
    "explanation": marked_in("leaves the list", "takes back its request to explain its vote"),
}
FLOORS: Mapping[str, str] = {
    "speech": marked_in("the floor is given", "gives the floor to {whom}"),
    "reply": marked_in("the floor is given", "gives the floor to {whom} for a reply"),
    "explanation": marked_in("the floor is given", "gives the floor to {whom} to explain its vote"),
}
FLOORS_FOR: Mapping[str, str] = {
    "speech": marked_in("the floor is given", "gives the floor to {whom} for {time}"),
    "reply": marked_in("the floor is given", "gives the floor to {whom} for a reply of {time}"),
    "explanation": marked_in(
        "the floor is given", "gives the floor to {whom} for {time} to explain its vote"
    ),
}
LISTS: Mapping[str, str] = {
    "open": marked_in("the list of speakers", "opens the list of speakers"),
    "close": marked_in("the list of speakers", "closes the list of speakers"),
}
LIMITS: Mapping[str, str] = {
    "speech": marked_in("speaking time", "limits speeches to {time}"),
    "reply": marked_in("speaking time", "limits replies to {time}"),
    "explanation": marked_in("speaking time", "limits explanations of vote to {time}"),
}
UNLIMITED: Mapping[str, str] = {
    "speech": marked_in("speaking time", "lifts the limit on speeches"),
    "reply": marked_in("speaking time", "lifts the limit on replies"),
    "explanation": marked_in("speaking time", "lifts the limit on explanations of vote"),
}
RULINGS: Mapping[str, str] = {
    "upheld": marked_in("a ruling of the chair", "rules on the point of order of {who}: upheld"),
    "not upheld": marked_in("a ruling of the chair", "rules on the point of order of {who}: not upheld"),
}
HANDS: Mapping[str, str] = {
    "for": marked_in("shows a hand", "shows its hand for {motion}"),
    "against": marked_in("shows a hand", "shows its hand against {motion}"),
    "abstained": marked_in("shows a hand", "abstains on {motion}"),
}
FATES: Mapping[str, str] = {
    "carried": marked_in("a motion on procedure came out", "closes {motion}: carried ({why})"),
    "lost": marked_in("a motion on procedure came out", "closes {motion}: lost ({why})"),
}
PAPERS: Mapping[str, str] = {
    "working paper": marked_in("a paper", "tables {paper}, a working paper: {title}"),
    "draft": marked_in("a paper", "tables {paper}, a draft: {title}"),
    "statement": marked_in("a paper", "tables {paper}, a statement: {title}"),
    "letter": marked_in("a paper", "tables {paper}, a letter: {title}"),
    "revise": marked_in("a paper", "revises {paper}"),
    "sponsor": marked_in("a paper", "becomes a sponsor of {paper}"),
    "withdraw": marked_in("a paper", "withdraws {paper}"),
}
CLOCKS: Mapping[str, str] = {
    "run": marked_in("the room's clock", "lets the room’s clock run"),
    "pause": marked_in("the room's clock", "stops the room’s clock"),
    "jump": marked_in("the room's clock", "moves the room’s clock to {until}"),
}


def rule_of(act: Act) -> str:
    """The rule of order under which an act stands, briefly: *rule 7*; nothing for what is no act of any rule."""
    try:
        return say("rule {number}", number=rule_for(act).number)
    except Refused:
        return ""


def rule_titled(act: Act) -> str:
    """The same with its title: *Rule 7 · Right of reply*."""
    try:
        return aloud(rule_for(act).place.heading)
    except Refused:
        return ""


def lasting(seconds: int) -> str:
    """A length of time in words: *3 minutes*, *90 seconds*."""
    if seconds and seconds % 60 == 0:
        return plural("{n} minute", "{n} minutes", seconds // 60)
    return plural("{n} second", "{n} seconds", seconds)


def act_said(act: Act, debate: Debate, order: Order) -> str:
    """What somebody did, in words, without who. `debate` is as it stood after the act, or before it where it was
    refused."""
    match act.kind:
        case "meet" if act.until is not None and act.what in MEETS_UNTIL:
            return say_in("the chair and a meeting", MEETS_UNTIL[act.what], until=moment(act.until))
        case "meet":
            return _of("the chair and a meeting", MEETS, act)
        case "item":
            return _item(act, debate)
        case "ask":
            return _of("asks for the floor", ASKS, act, whom=actor(act.whom))
        case "leave" if act.motion:
            return say("takes back {motion}", motion=act.motion)
        case "leave":
            return _of("leaves the list", LEAVES, act)
        case "floor":
            return _floor(act, debate, order)
        case "yield":
            return _yield(act)
        case "list":
            return _of("the list of speakers", LISTS, act)
        case "limit":
            what = act.what or "speech"
            if what not in LIMITS:
                return _unknown(act)
            if not act.seconds:
                return say_in("speaking time", UNLIMITED[what])
            return say_in("speaking time", LIMITS[what], time=lasting(act.seconds))
        case "point":
            return say("raises a point of order")
        case "ruling":
            point = _point(debate)
            if act.answer not in RULINGS or point is None:
                return say("rules on a point of order")
            return say_in("a ruling of the chair", RULINGS[act.answer], who=point.who)
        case "motion" | "put" | "hand" | "settle":
            return _motion(act, debate)
        case "paper":
            return _paper(act, debate)
        case "manner":
            return _manner(act)
        case "bookmark":
            return say("marks entry {entry}", entry=act.entry)
        case "clock":
            return _clock(act)


def more_of(act: Act, debate: Debate) -> Iterator[str]:
    """What is said beside it: the words of an act; where the outcome of a motion is no more than a count, nothing."""
    if act.text and act.kind not in ("settle",) and not (act.kind == "paper" and act.what == "table"):
        yield quoted(act.text)
    if act.kind == "paper" and act.proposal and act.what in ("table", "revise"):
        yield say("the text of {proposal}", proposal=act.proposal)
    if act.kind == "settle":
        motion = debate.motions.get(act.motion)
        if motion is not None and motion.what == "appeal" and motion.fate == "carried":
            yield say("The ruling is overruled.")


def motion_said(motion: Motion, debate: Debate) -> str:
    """What a motion asks for, in words: *to suspend the meeting until 5 March 2031, 09:40*."""
    said = aloud(ROWS[motion.what].name)
    item = debate.items.get(motion.item)
    if item is not None:
        said = say("{what} ({name})", what=said, name=item.title)
    elif motion.ballot:
        said = say("{what} ({name})", what=said, name=motion.ballot)
    if motion.seconds is not None:
        time = lasting(motion.seconds) if motion.seconds else say("no limit")
        said = say("{what}: {time}", what=said, time=time)
    if motion.until is not None:
        said = say("{what}, until {until}", what=said, until=moment(motion.until))
    return said


def _of(context: str, table: Mapping[str, str], act: Act, **parts: object) -> str:
    return say_in(context, table[act.what], **parts) if act.what in table else _unknown(act)


def _unknown(act: Act) -> str:
    """Of an act that no rule knows, which was refused, what it was called."""
    return say("wants: {what}", what=f"{act.kind} {act.what}".rstrip())


def _item(act: Act, debate: Debate) -> str:
    name = act.item
    if name == NEW and act.what == "propose":
        name = next((each.id for each in reversed(tuple(debate.items.values())) if each.by == act.by), name)
    known = debate.items.get(name)
    title = act.title or (known.title if known is not None else "")
    if not title and act.what in ITEMS:
        title = say("unknown")
    return _of("an item of the agenda", ITEMS, act, item=name, title=title)


def _floor(act: Act, debate: Debate, order: Order) -> str:
    speech = debate.speaking
    given = (
        speech if speech is not None and speech.who == act.whom and act.what in ("", speech.what) else None
    )
    what = given.what if given is not None else act.what or "speech"
    if what not in FLOORS:
        return _unknown(act)
    seconds = act.seconds if given is None else given.seconds
    if given is None and seconds is None and what != "reply":
        asked = Asking(act.whom, "explanation" if what == "explanation" else "speech", 0)
        seconds = allotted(order, debate, asked)
    whom = actor(act.whom)
    if not seconds:
        return say_in("the floor is given", FLOORS[what], whom=whom)
    return say_in("the floor is given", FLOORS_FOR[what], whom=whom, time=lasting(seconds))


def _yield(act: Act) -> str:
    if act.by == "chair":
        return say("ends the speech of {whom}", whom=actor(act.whom)) if act.whom else say("ends the speech")
    if act.whom:
        return say("leaves the rest of its time to {whom}", whom=actor(act.whom))
    return say("ends its speech")


def _point(debate: Debate) -> Point | None:
    return debate.points[-1] if debate.points else None


def _motion(act: Act, debate: Debate) -> str:
    if act.kind == "motion":
        if act.what not in ROWS:
            return _unknown(act)
        made = next(
            (m for m in reversed(tuple(debate.motions.values())) if (m.by, m.what) == (act.by, act.what)),
            None,
        )
        if made is None or (made.until, made.seconds, made.text) != (act.until, act.seconds, act.text):
            asked = Motion("", act.what, act.by, 0, act.until, act.item, act.seconds, act.ballot, act.text)
            return say("moves {what}", what=motion_said(asked, debate))
        return say("moves {name}: {what}", name=made.id, what=motion_said(made, debate))
    motion = debate.motions.get(act.motion)
    if act.kind == "put":
        if motion is None:
            return say("puts {name}", name=act.motion)
        return say("puts {name}: {what}", name=act.motion, what=motion_said(motion, debate))
    if act.kind == "hand":
        if act.status not in HANDS:
            return say("shows its hand on {name}", name=act.motion)
        return say_in("shows a hand", HANDS[act.status], motion=act.motion)
    if motion is None or motion.fate not in FATES:
        return say("closes {name}", name=act.motion)
    return say_in("a motion on procedure came out", FATES[motion.fate], motion=motion.id, why=motion.why)


def _paper(act: Act, debate: Debate) -> str:
    name = act.paper
    if name == NEW and act.what == "table":
        name = next((each.id for each in reversed(tuple(debate.papers.values())) if each.by == act.by), name)
    if act.what != "table":
        return _of(
            "a paper", {key: PAPERS[key] for key in ("revise", "sponsor", "withdraw")}, act, paper=name
        )
    sort = act.text if act.text in PAPERS else "working paper"
    return say_in("a paper", PAPERS[sort], paper=name, title=act.title)


def _manner(act: Act) -> str:
    if act.what == "roll call" and act.whom:
        return say("{ballot} is taken by roll call, beginning with {whom}", ballot=act.ballot, whom=act.whom)
    if act.what == "roll call":
        return say("{ballot} is taken by roll call", ballot=act.ballot)
    if act.hidden:
        return say("{ballot} is recorded, and hidden until it is closed", ballot=act.ballot)
    return say("{ballot} is recorded", ballot=act.ballot)


def _clock(act: Act) -> str:
    if act.what == "run" and act.pace is not None:
        return plural(
            "lets the room’s clock run: {n} second in one on the wall",
            "lets the room’s clock run: {n} seconds in one on the wall",
            act.pace,
        )
    until = "" if act.until is None else moment(act.until)
    return _of("the room's clock", CLOCKS, act, until=until)
