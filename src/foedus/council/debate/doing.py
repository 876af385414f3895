"""One act at the table: under which rule each kind stands, whose it is, and when nothing of the kind is in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from foedus.council.debate.act import KINDS, Act, ActKind
from foedus.council.debate.order import ROWS, Order, Rule, numbered
from foedus.council.debate.state import SPEAKING, Debate, Motion
from foedus.council.debate.table import CHAIR, DIRECTOR, SECRETARY, Table
from foedus.council.refusal import listed
from foedus.diagnostics.problem import Problem, Refused
from foedus.terms.date_words import moment
from foedus.words.speech import Phrase, marked_in, phrase, phrase_in

NEW = "new"
"""How an item or a paper is named that is to get the next number."""


@dataclass(frozen=True, slots=True)
class Doing:
    """An act to be judged: by what order, where the debate stands, at what instant on the wall, at what table."""

    order: Order
    debate: Debate
    act: Act
    real: datetime
    table: Table


@dataclass(frozen=True, slots=True)
class Line:
    """Under which rule an act stands, and whose it is: offices, `member`, `invited`, `speaker`."""

    rule: int
    whose: tuple[str, ...]


_CHAIR = (CHAIR,)
_AT_TABLE = ("member", "invited")
_PAPERS = ("member", "invited", CHAIR, SECRETARY, DIRECTOR)
_SPEAKS = ("member", "invited", SECRETARY)

LINES: Mapping[tuple[ActKind, str], Line] = {
    **{("meet", what): Line(1, _CHAIR) for what in ("open", "suspend", "resume", "adjourn")},
    ("item", "propose"): Line(3, (*_AT_TABLE, CHAIR, SECRETARY)),
    ("item", "adopt"): Line(3, _CHAIR),
    ("item", "strike"): Line(3, (*_AT_TABLE, CHAIR, SECRETARY)),
    ("item", "take up"): Line(3, _CHAIR),
    ("item", "finish"): Line(3, _CHAIR),
    ("ask", "speech"): Line(5, _SPEAKS),
    ("ask", "reply"): Line(7, _AT_TABLE),
    ("ask", "explanation"): Line(8, _AT_TABLE),
    ("leave", ""): Line(5, (*_SPEAKS, CHAIR)),
    ("floor", ""): Line(4, _CHAIR),
    ("yield", ""): Line(4, (*_SPEAKS, CHAIR)),
    ("list", "open"): Line(14, _CHAIR),
    ("list", "close"): Line(14, _CHAIR),
    ("limit", ""): Line(6, _CHAIR),
    ("point", ""): Line(9, _AT_TABLE),
    ("ruling", ""): Line(9, _CHAIR),
    **{("motion", what): Line(row.rule, ("member", CHAIR)) for what, row in ROWS.items()},
    ("motion", "appeal"): Line(10, ("member",)),
    ("put", ""): Line(11, _CHAIR),
    ("hand", ""): Line(12, ("member",)),
    ("settle", ""): Line(12, _CHAIR),
    ("paper", "table"): Line(15, _PAPERS),
    ("paper", "revise"): Line(15, _PAPERS),
    ("paper", "sponsor"): Line(16, _AT_TABLE),
    ("paper", "withdraw"): Line(15, _PAPERS),
    ("manner", "recorded"): Line(17, _CHAIR),
    ("manner", "roll call"): Line(17, _CHAIR),
    ("bookmark", ""): Line(19, (*_AT_TABLE, CHAIR, SECRETARY, DIRECTOR)),
    **{("clock", what): Line(20, (CHAIR, DIRECTOR)) for what in ("run", "pause", "jump")},
}  # fmt: skip
"""Every act there is, by its kind and, where that names it, by what of its kind it is."""

_OPTIONAL: Mapping[ActKind, tuple[str, ...]] = dict.fromkeys(("leave", "floor", "limit"), SPEAKING)
"""Where `what` only says for which kind of speech, and may be left out."""

CLOSED: frozenset[tuple[str, str]] = frozenset({("item", "propose"), ("item", "strike")})
_WHILE_CLOSED = frozenset({"meet", "leave", "paper", "bookmark", "clock"})
_WHILE_POINT = frozenset({"ruling", "bookmark", "clock"})
_WHILE_APPEAL = frozenset({"put", "hand", "settle", "leave", "bookmark", "clock"})
_WHILE_HANDS = frozenset({"hand", "settle", "point", "ask", "leave", "paper", "bookmark", "clock"})

GROUPS: Mapping[str, str] = {
    "member": marked_in("who acts in a meeting", "the members at the table"),
    "invited": marked_in("who acts in a meeting", "those who are invited"),
    CHAIR: marked_in("who acts in a meeting", "the chair"),
    SECRETARY: marked_in("who acts in a meeting", "the secretary"),
    DIRECTOR: marked_in("who acts in a meeting", "the director"),
}
SITTINGS: Mapping[str, str] = {
    "not opened": marked_in("sitting", "not opened"),
    "open": marked_in("sitting", "open"),
    "suspended": marked_in("sitting", "suspended"),
    "adjourned": marked_in("sitting", "adjourned"),
}
_TO_OPEN: Mapping[str, Phrase] = {
    "not opened": phrase("The chair opens it first: `meet` open."),
    "suspended": phrase("The chair resumes it first: `meet` resume."),
    "adjourned": phrase("The chair opens the next one first: `meet` open."),
    "open": phrase("It goes on as it is."),
}


def refusal(code: str, rule: Rule | int, instead: str = "", /, **values: str) -> Refused:
    """A refusal under a rule of order, which is the problem's place. `instead`: what would do."""
    under = numbered(rule) if isinstance(rule, int) else rule
    return Refused(Problem(code, under.place, values, help=instead))


def line_of(act: Act) -> Line:
    """Under which rule an act stands, and whose it is. Raises `Refused` (F726) where there is no such act."""
    found = LINES.get((act.kind, act.what))
    if found is not None:
        return found
    plain = LINES.get((act.kind, ""))
    if plain is not None and (not act.what or act.what in _OPTIONAL.get(act.kind, ())):
        return plain
    known = [what for kind, what in LINES if kind == act.kind and what] or _OPTIONAL[act.kind]
    rules = [line.rule for (kind, _), line in LINES.items() if kind == act.kind]
    raise refusal(
        "F726", 11 if act.kind == "motion" else rules[0], name="what", value=act.what, known=listed(known)
    )


def rule_for(act: Act) -> Rule:
    """The rule of order under which an act stands; of one that takes a motion back, that about motions."""
    return numbered(13 if act.kind == "leave" and act.motion else line_of(act).rule)


def judged(doing: Doing) -> None:
    """Whether an act is dated, is its doer's to do, and comes at a time at which acts of its kind are in order."""
    _dated(doing)
    line = line_of(doing.act)
    _whose(doing, line)
    _when(doing)


def _dated(doing: Doing) -> None:
    pace = doing.debate.pace
    for last in (doing.table.at, pace.room if pace is not None else None):
        if last is not None and doing.act.at < last:
            raise refusal("F721", 19, last=moment(last), at=moment(doing.act.at))


def _whose(doing: Doing, line: Line) -> None:
    who, table = doing.act.by, doing.table
    if not belongs(line, who, table):
        raise not_for(doing, line.whose)
    if who in table.away and doing.act.kind != "bookmark":
        raise refusal("F728", 5, who=who)


def belongs(line: Line, who: str, table: Table) -> bool:
    """Whether acts of that line are for somebody at this table."""
    if who in table.offices:
        return who in line.whose
    group = "member" if who in table.members else "invited" if who in table.invited else ""
    return group in line.whose


def not_for(doing: Doing, whose: tuple[str, ...]) -> Refused:
    """The refusal of an act that is somebody else's: of one of the groups, or of a state by its code."""
    movers = listed(
        phrase_in("who acts in a meeting", GROUPS[each]) if each in GROUPS else each for each in whose
    )
    return refusal("F701", rule_for(doing.act), act=named(doing.act), who=doing.act.by, movers=movers)


def named(act: Act) -> str:
    """An act as a message calls it: `item adopt`."""
    return f"{act.kind} {act.what}".rstrip()


def _when(doing: Doing) -> None:
    debate, kind = doing.debate, doing.act.kind
    if debate.sitting != "open" and kind not in _WHILE_CLOSED and (kind, doing.act.what) not in CLOSED:
        raise sitting_refused(debate)
    if debate.point is not None and kind not in _WHILE_POINT:
        raise refusal("F703", 9, who=debate.point.who)
    appeal = waiting_appeal(debate)
    if appeal is not None and kind not in _WHILE_APPEAL:
        raise refusal("F704", 10, motion=appeal.id)
    voting = debate.voting
    if (
        voting is not None
        and voting.what != "appeal"
        and kind not in _WHILE_HANDS
        and (kind, doing.act.what) not in CLOSED
    ):
        raise refusal("F704", 12, motion=voting.id)


def sitting_refused(debate: Debate) -> Refused:
    """That the meeting does not stand as it would have to."""
    sitting = phrase_in("sitting", SITTINGS[debate.sitting])
    return refusal("F700", 1, _TO_OPEN[debate.sitting], sitting=sitting)


def waiting_appeal(debate: Debate) -> Motion | None:
    """An appeal against a ruling that is to be decided before anything else."""
    return next(
        (each for each in debate.motions.values() if each.what == "appeal" and each.fate in ("", "put")), None
    )


def only(doing: Doing, *names: str) -> None:
    """That an act says nothing else than these, beside what every act of its kind has to. Raises `Refused` (F727)."""
    for name in _said(doing.act):
        if name not in names:
            why = phrase("it does not go with `{act}`", act=named(doing.act))
            raise refusal("F727", rule_for(doing.act), name=name, why=why)


def needed(doing: Doing, *names: str) -> None:
    """That an act says each of these. Raises `Refused` (F727)."""
    said = tuple(_said(doing.act))
    for name in names:
        if name not in said:
            raise refusal("F727", rule_for(doing.act), name=name, why=phrase("it is missing"))


def _said(act: Act) -> Iterator[str]:
    """What an act says of that which its kind may say; `what` is for the table above."""
    for name in KINDS[act.kind][1]:
        value = getattr(act, name)
        if name != "what" and value is not None and (value or value == 0):
            yield name


def later(doing: Doing, rule: int) -> None:
    """That the time an act names lies ahead. Raises `Refused` (F727)."""
    if doing.act.until is not None and doing.act.until <= doing.act.at:
        raise refusal("F727", rule, name="until", why=phrase("it has to lie ahead"))


def quorum(doing: Doing) -> None:
    """That as many members are at the table as the room has settled. Raises `Refused` (F725)."""
    table, order = doing.table, doing.order
    there = len(table.members) if order.away else sum(who not in table.away for who in table.members)
    if there < order.quorum:
        raise refusal("F725", 2, there=str(there), needed=str(order.quorum))
