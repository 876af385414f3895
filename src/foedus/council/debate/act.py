"""What somebody does in the conduct of a meeting: asks for the floor, moves to suspend, tables a paper.

An act is to the debate what a deed is to the matter: one entry of the record, whose order is for the rules of order to
judge (`evolve`), and which changes nothing in the matter itself.

>>> act = Act("ask", "ARV", datetime(2031, 3, 4, 12, tzinfo=UTC), what="speech")
>>> act.body()["what"], read(act.body()) == act
('speech', True)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Literal, TypeAlias, get_args

from foedus.council.fields import READ, WRITE, unreadable
from foedus.council.ledger.canonical import Value
from foedus.ir.decision import Status
from foedus.words.speech import phrase

ActKind: TypeAlias = Literal[
    "meet", "item", "ask", "leave", "floor", "yield", "list", "limit", "point", "ruling", "motion", "put", "hand",
    "settle", "paper", "manner", "bookmark", "clock",
]  # fmt: skip

KINDS: Mapping[ActKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "meet": (("what",), ("until", "text")),  # open, suspend, resume, adjourn: the chair
    "item": (("what", "item"), ("title", "text")),  # propose, adopt, strike, take up, finish
    "ask": (("what",), ("text", "whom")),  # speech, reply (to `whom`), explanation (of a vote)
    "leave": ((), ("what", "motion")),  # takes back what it asked for (all, if not said which), or a motion
    "floor": (("whom",), ("what", "seconds")),  # the chair gives the floor
    "yield": ((), ("whom", "text")),  # the speaker ends, perhaps in favour of `whom`, or the chair ends it
    "list": (("what",), ()),  # open, close
    "limit": (("seconds",), ("what",)),  # speaking time; 0: none. `what`: speech, reply, explanation
    "point": (("text",), ()),  # a point of order
    "ruling": (("answer", "text"), ()),  # the chair on the point of order: upheld, not upheld
    "motion": (("what",), ("until", "item", "seconds", "ballot", "text")),  # of the table of motions
    "put": (("motion",), ()),  # the chair puts a motion to the members
    "hand": (("motion", "status"), ()),  # a member: for, against, abstained
    "settle": (("motion",), ("answer", "text")),  # the chair closes it: counted, or decided: carried, lost
    "paper": (("what", "paper"), ("title", "digest", "size", "proposal", "text")),  # table, revise, sponsor, withdraw
    "manner": (("ballot", "what"), ("hidden", "whom")),  # how a vote is taken: recorded, roll call (from `whom` on)
    "bookmark": (("entry", "text"), ()),
    "clock": (("what",), ("pace", "until")),  # run, pause, jump (to `until`): the room's time against the clock's
}  # fmt: skip
"""The fields that an act of each kind has to have, and those that it may have."""


@dataclass(frozen=True)
class Act:
    """One act. `at` is the room's time, `real` the clock's on the wall, both in UTC to the second; in a session that
    runs in real time they are one.

    `what` says which of its kind it is. `whom` is another delegation. A new item or paper may be called `new`, and gets
    the next number. The `text` of a paper that is tabled says what sort of paper it is. `item`, `motion`, `paper`,
    `ballot` and `entry` name what it is about. `seconds` is a length of speaking time. `pace` is how many seconds of
    the room pass in one on the wall. `digest` and `size` are a file's, whose content is not in the record. `hidden`:
    who voted how is not shown before the close."""

    kind: ActKind
    by: str
    at: datetime
    what: str = ""
    whom: str = ""
    item: str = ""
    title: str = ""
    motion: str = ""
    status: Status | Literal[""] = ""
    answer: str = ""
    paper: str = ""
    digest: str = ""
    size: int | None = None
    proposal: str = ""
    ballot: str = ""
    hidden: str = ""
    entry: int | None = None
    seconds: int | None = None
    pace: int | None = None
    until: datetime | None = None
    text: str = ""

    def __post_init__(self) -> None:
        for name in ("at", "until"):
            instant: datetime | None = getattr(self, name)
            if instant is not None:
                if instant.tzinfo is None:
                    raise ValueError(f"{name} is not aware: {instant}")
                object.__setattr__(self, name, instant.astimezone(UTC).replace(microsecond=0))

    def body(self) -> Mapping[str, Value]:
        """The act as the body of an entry: only what is said."""
        said: dict[str, Value] = {"kind": self.kind, "by": self.by, "at": WRITE["at"](self.at)}
        for name in (*KINDS[self.kind][0], *KINDS[self.kind][1]):
            value = getattr(self, name)
            if value is not None and (value or value == 0):
                said[name] = WRITE[name](value)
        return said


def read(body: object) -> Act:
    """The act that a body is. Raises `Refused` (F656) for whatever is none, as for deeds."""
    if not isinstance(body, Mapping):
        raise unreadable("", phrase("an object was expected"))
    sent: dict[str, object] = {}
    for name, value in body.items():  # type: ignore[reportUnknownVariableType]
        sent[str(name)] = value  # type: ignore[reportUnknownArgumentType]
    kind = sent.pop("kind", None)
    found = next((each for each in get_args(ActKind) if each == kind), None)
    if found is None:
        raise unreadable("kind", phrase("it is none of the kinds of act"))
    required, optional = KINDS[found]
    known = ("by", "at", *required, *optional)
    for name in sent:
        if name not in known:
            raise unreadable(name, phrase("this kind of act has no such field"))
    for name in ("by", "at", *required):
        if name not in sent:
            raise unreadable(name, phrase("it is missing"))
    made = Act(found, **{name: READ[name](name, value) for name, value in sent.items()})  # type: ignore[arg-type]
    written = made.body()
    for name, value in sent.items():
        if written.get(name) != value:
            raise unreadable(name, phrase("it is not written in the one way in which it can be"))
    return made


def shaped(act: Act) -> None:
    """Whether an act has the fields that its kind asks for, and no others. Raises `Refused` (F656)."""
    required, optional = KINDS[act.kind]
    for each in fields(act):
        value = getattr(act, each.name)
        said = value is not None and (bool(value) or value == 0)
        if each.name in required and not said:
            raise unreadable(each.name, phrase("it is missing"))
        if said and each.name not in ("kind", "by", "at", *required, *optional):
            raise unreadable(each.name, phrase("this kind of act has no such field"))
