"""The rules of order of a room, as data: numbered rules, motions on procedure by precedence, and what a room settles.

These are the room's own rules, in our own words. They are not those of any body: a source says after which rule of
which body one is modelled, and where a body has it otherwise, its own `rule` of decision can be named, by which motions
on procedure are then decided. They say how a meeting goes, and never what a council may decide: that is for the pages.

>>> Order().speech, Order(rule="unsc.procedure").body()["rule"], numbered(7).title
(180, 'unsc.procedure', 'Right of reply')
>>> [row.what for row in MOTIONS[:3]]
['appeal', 'suspend', 'adjourn']
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypeAlias, cast, get_args

from foedus.council.debate.rule import RULES, Rule, numbered
from foedus.council.ledger.canonical import Value
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.visible import visible
from foedus.words.speech import Phrase, marked_in, phrase, phrase_in

__all__ = [
    "LONGEST_SPEECH",
    "MOTIONS",
    "ROWS",
    "RULES",
    "Decided",
    "Majority",
    "Moved",
    "Order",
    "Rule",
    "numbered",
]

Majority: TypeAlias = Literal["simple", "two thirds"]
"""Of those who show for or against: more for than against, or at least twice as many."""
Decided: TypeAlias = Literal["hands", "chair", "request"]
"""By whom a motion is decided: the members, who show hands; the chair alone; nobody, it is granted when asked for."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A row of the table of motions. The first row has precedence over all others, and so on.

    `needs` are the fields of the act that have to be said, `takes` those that may. `at_once`: while it waits the floor
    is given to nobody. `carried` says what it does then."""

    what: str
    title: str
    carried: str
    decided: Decided = "hands"
    majority: Majority = "simple"
    rule: int = 11
    source: str = ""
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    at_once: bool = False

    @property
    def name(self) -> Phrase:
        """What is moved, to be said aloud: *to suspend the meeting*."""
        return phrase_in("motion on procedure", self.title)


MOTIONS: tuple[Moved, ...] = (
    Moved("appeal", marked_in("motion on procedure", "to overrule the chair"),
          marked_in("motion on procedure", "The ruling is overruled."),
          rule=10, source="Security Council, rule 30", at_once=True),
    Moved("suspend", marked_in("motion on procedure", "to suspend the meeting"),
          marked_in("motion on procedure", "The meeting is suspended."),
          source="Security Council, rule 33, 1", takes=("until",), at_once=True),
    Moved("adjourn", marked_in("motion on procedure", "to adjourn the meeting"),
          marked_in("motion on procedure", "The meeting is adjourned."),
          source="Security Council, rule 33, 2", at_once=True),
    Moved("adjourn until", marked_in("motion on procedure", "to adjourn the meeting to a day or hour"),
          marked_in("motion on procedure", "The meeting is adjourned; it is to be opened again then."),
          source="Security Council, rule 33, 3", needs=("until",)),
    Moved("refer", marked_in("motion on procedure", "to refer the item to somebody"),
          marked_in("motion on procedure", "The item is laid aside, and goes to whom the motion names."),
          source="Security Council, rule 33, 4", needs=("text",)),
    Moved("postpone", marked_in("motion on procedure", "to postpone discussion of the item"),
          marked_in("motion on procedure", "The item is laid aside, and not taken up again before the time "
                                           "that the motion names."),
          source="Security Council, rule 33, 5", takes=("until",)),
    Moved("close debate", marked_in("motion on procedure", "to close the debate on the item"),
          marked_in("motion on procedure", "The list is closed, and whoever stands on it for a speech does "
                                           "not speak."),
          majority="two thirds", rule=14,
          source="General Assembly, rule 75; the two thirds are those of Robert's Rules of Order "
                 "(the previous question)"),
    Moved("reopen debate", marked_in("motion on procedure", "to open the debate on the item again"),
          marked_in("motion on procedure", "The list is open again."),
          majority="two thirds", rule=14, source="General Assembly, rule 81"),
    Moved("close list", marked_in("motion on procedure", "to close the list of speakers"),
          marked_in("motion on procedure", "The list is closed; those on it still speak."),
          rule=14, source="General Assembly, rule 73"),
    Moved("open list", marked_in("motion on procedure", "to open the list of speakers"),
          marked_in("motion on procedure", "The list is open again."), rule=14),
    Moved("limit time", marked_in("motion on procedure", "to limit the time of speeches"),
          marked_in("motion on procedure", "Speeches are as long as that from now on, and the chair gives no "
                                           "more."),
          rule=6, source="General Assembly, rule 72", needs=("seconds",)),
    Moved("adopt item", marked_in("motion on procedure", "to adopt an item of the agenda"),
          marked_in("motion on procedure", "The item is on the agenda; if the motion is lost, it is struck."),
          rule=3, source="Security Council, rule 9", needs=("item",)),
    Moved("hidden vote", marked_in("motion on procedure", "to show who voted how only after the close"),
          marked_in("motion on procedure", "The vote is recorded, and hidden until it is closed."),
          decided="chair", rule=17, needs=("ballot",)),
    Moved("roll call", marked_in("motion on procedure", "to vote by roll call"),
          marked_in("motion on procedure", "The members are called one by one."),
          decided="request", rule=17, source="General Assembly, rule 87", needs=("ballot",)),
)  # fmt: skip
"""The motions on procedure, by precedence: those above come before those below."""

ROWS: Mapping[str, Moved] = {row.what: row for row in MOTIONS}
"""By name."""


@dataclass(frozen=True)
class Order:
    """What a room has settled, for a whole session: it stands in the first entry of the record.

    `speech`, `reply`, `second_reply` and `explanation` are lengths in seconds, 0 for no limit. `replies`: how often one
    delegation replies on one item. `quorum`: how many members have to be at the table, 0 for any number; `away`:
    whether those who are away count towards it. `yields`: whether a speaker may leave the rest of its time to somebody.
    `rule` is the id of the rule of decision by which motions are decided, in place of the majorities of the table of
    motions; `majorities` are those in which this room differs from the table, by motion."""

    speech: int = 180
    reply: int = 120
    second_reply: int = 60
    explanation: int = 120
    replies: int = 2
    quorum: int = 0
    away: bool = False
    yields: bool = False
    rule: str = ""
    majorities: Mapping[str, Majority] = field(default_factory=dict[str, Majority])

    def majority(self, what: str) -> Majority:
        """By what a motion that hands decide is carried in this room."""
        return self.majorities.get(what, ROWS[what].majority)

    def body(self) -> Mapping[str, Value]:
        """As JSON: every setting, so that a record says by what it was made though the defaults change."""
        return {
            each.name: dict(self.majorities) if each.name == "majorities" else getattr(self, each.name)
            for each in fields(self)
        }

    @staticmethod
    def read(body: object) -> Order:
        """The order that a body is; what it leaves out is as it is by default. Raises `Refused` (F724)."""
        if not isinstance(body, Mapping):
            raise _unreadable("", phrase("an object was expected"))
        sent: dict[str, Any] = {}
        for name, value in cast("Mapping[object, object]", body).items():
            if name not in _READ:
                raise _unreadable(str(name), phrase("there is no such setting"))
            sent[str(name)] = _READ[str(name)](str(name), value)
        return Order(**sent)


def _unreadable(name: str, why: str) -> Refused:
    return Refused(Problem("F724", NOWHERE, {"name": visible(name)[:100] or "order", "why": why}))


def _up_to(most: int) -> Callable[[str, object], int]:
    def whole(name: str, value: object) -> int:
        if type(value) is not int or not 0 <= value <= most:
            raise _unreadable(name, phrase("it is a whole number from 0 to {most}", most=most))
        return value

    return whole


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _unreadable(name, phrase("it is true or false"))
    return value


def _id(name: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > 200 or value != value.strip() or not value.isprintable():
        raise _unreadable(name, phrase("it names a rule of decision, or is empty"))
    return value


def _majorities(name: str, value: object) -> Mapping[str, Majority]:
    if not isinstance(value, Mapping):
        raise _unreadable(name, phrase("an object was expected"))
    found: dict[str, Majority] = {}
    for what, said in cast("Mapping[object, object]", value).items():
        row = ROWS.get(str(what))
        if row is None or row.decided != "hands":
            raise _unreadable(f"{name}.{what}", phrase("it is no motion on which hands are shown"))
        majority = next((each for each in get_args(Majority) if each == said), None)
        if majority is None:
            why = phrase("it is one of {values}", values=get_args(Majority))
            raise _unreadable(f"{name}.{what}", why)
        found[row.what] = majority
    return found


LONGEST_SPEECH = 24 * 3600
"""Seconds."""

_READ: Mapping[str, Callable[[str, object], Any]] = {
    **dict.fromkeys(("speech", "reply", "second_reply", "explanation"), _up_to(LONGEST_SPEECH)),
    "replies": _up_to(100), "quorum": _up_to(1000), "away": _flag, "yields": _flag, "rule": _id,
    "majorities": _majorities,
}  # fmt: skip
