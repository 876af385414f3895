"""What somebody does at the table: files a step, proposes, votes, rules. One deed is one entry of the record.

A deed says who does it (a state, an office, an organ, or the `clock`), when, and what its kind asks for: `KINDS` has
the fields. Whether it is in order is not its own affair but the chair's.

>>> deed = Deed("vote", "ARV", datetime(2031, 3, 4, 12, tzinfo=UTC), ballot="b1", status="for")
>>> deed.body()["at"], read(deed.body()) == deed
('2031-03-04T12:00:00Z', True)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from operator import attrgetter
from typing import Literal, TypeAlias, get_args

from foedus.council.fields import READ, WRITE, unreadable
from foedus.council.ledger.canonical import Value
from foedus.council.mandate import Mandate
from foedus.ir.decision import Status
from foedus.words.speech import phrase

Kind: TypeAlias = Literal[
    "step", "propose", "withdraw", "amend", "open", "vote", "object", "extend", "close", "rule", "report", "seat",
    "unseat", "correct", "tick",
]  # fmt: skip

CLOCK = "clock"
"""Who acts when a time has run out and nobody else writes it down."""

KINDS: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "step": (("step",), ("terms", "mandate", "hours", "number", "task", "where", "text")),
    "propose": (("step",), ("terms", "mandate", "hours", "parts", "text")),
    "withdraw": (("proposal",), ("text",)),
    "amend": (("proposal",), ("parts", "mandate", "hours", "text")),
    "open": (("proposal",), ("way", "until", "part")),
    "vote": (("ballot", "status"), ("text",)),
    "object": (("ballot",), ("text",)),
    "extend": (("until",), ("ballot", "clock", "text")),
    "close": (("ballot",), ("text",)),
    "rule": (("about", "answer", "text"), ()),
    "report": (("where",), ("text",)),
    "seat": (("whom",), ("text",)),
    "unseat": (("whom", "seat"), ("text",)),
    "correct": (("entry", "text"), ()),
    "tick": ((), ("clock", "ballot")),
}
"""The fields that a deed of each kind has to have, and those that it may have."""


@dataclass(frozen=True)
class Deed:
    """One deed. `at` is an instant in UTC to the second: what came within a second has come at it.

    `terms` name what the variables of a step stand for; the name of the step's own mark names its act. `parts` are
    the passages of a proposal by number; in an amendment, those that it changes (an empty text strikes one out). `way`
    is the number of the rule's way, from 0. `hours` are the lengths of those clocks that a decision sets. `number` is
    how many a contributor sends, `task` what for. `entry` is the number of an earlier deed, from 0. `text` is the
    reason or the words, as the kind has it; a document is named by its digest."""

    kind: Kind
    by: str
    at: datetime
    step: str = ""
    terms: Mapping[str, str] = field(default_factory=dict[str, str])
    proposal: str = ""
    parts: Mapping[str, str] = field(default_factory=dict[str, str])
    part: str = ""
    ballot: str = ""
    way: int | None = None
    until: datetime | None = None
    status: Status | Literal[""] = ""
    about: str = ""
    answer: str = ""
    mandate: Mandate | None = None
    hours: Mapping[str, int] = field(default_factory=dict[str, int])
    number: int | None = None
    task: str = ""
    where: str = ""
    whom: str = ""
    seat: Literal["away", "suspended", ""] = ""
    clock: str = ""
    entry: int | None = None
    text: str = ""

    def __post_init__(self) -> None:
        for name in ("at", "until"):
            instant: datetime | None = getattr(self, name)
            if instant is not None and (instant.tzinfo is not UTC or instant.microsecond):
                if instant.tzinfo is None:
                    raise ValueError(f"{name} is not aware: {instant}")
                object.__setattr__(self, name, instant.astimezone(UTC).replace(microsecond=0))

    def body(self) -> Mapping[str, Value]:
        """The deed as the body of an entry: only what is said, in values of which there is one way to write them."""
        said: dict[str, Value] = {"kind": self.kind, "by": self.by, "at": WRITE["at"](self.at)}
        required, optional = KINDS[self.kind]
        for name in (*required, *optional):
            value = getattr(self, name)
            if value is not None and (value or value == 0):
                said[name] = WRITE[name](value)
        return said


def shaped(deed: Deed) -> None:
    """Whether a deed has the fields that its kind asks for, and no others. Raises `Refused` (F656)."""
    for name in KINDS[deed.kind][0]:
        if not _said(deed, name):
            raise unreadable(name, phrase("it is missing"))
    others = _OTHERS[deed.kind]
    if others(deed) != others(_NOTHING):
        for name in _NAMES:
            if name not in KINDS[deed.kind][0] and name not in KINDS[deed.kind][1] and _said(deed, name):
                raise unreadable(name, phrase("this kind of deed has no such field"))


def _said(deed: Deed, name: str) -> bool:
    value = getattr(deed, name)
    return value is not None and (bool(value) or value == 0)


_NAMES = tuple(each.name for each in fields(Deed) if each.name not in ("kind", "by", "at"))
"""The fields that not every deed has."""
_NOTHING = Deed("tick", CLOCK, datetime.min.replace(tzinfo=UTC))
_OTHERS: Mapping[Kind, Callable[[Deed], tuple[object, ...]]] = {
    kind: attrgetter(*(name for name in _NAMES if name not in (*required, *optional)))
    for kind, (required, optional) in KINDS.items()
}
"""By kind, the values of the fields that it has not. All at once: it is asked of every deed that anybody thinks of."""


def read(body: object) -> Deed:
    """The deed that a body is. Raises `Refused` (F656) for whatever is none: a field missing or too many, a value of
    another shape, an instant that is not in UTC or not to the second."""
    if not isinstance(body, Mapping):
        raise unreadable("", phrase("an object was expected"))
    sent: dict[str, object] = {}
    for name, value in body.items():  # type: ignore[reportUnknownVariableType]
        sent[str(name)] = value  # type: ignore[reportUnknownArgumentType]
    kind = sent.pop("kind", None)
    found = next((each for each in get_args(Kind) if each == kind), None)
    if found is None:
        raise unreadable("kind", phrase("it is none of the kinds of deed"))
    required, optional = KINDS[found]
    known = ("by", "at", *required, *optional)
    for name in sent:
        if name not in known:
            raise unreadable(name, phrase("this kind of deed has no such field"))
    for name in ("by", "at", *required):
        if name not in sent:
            raise unreadable(name, phrase("it is missing"))
    made = Deed(found, **{name: READ[name](name, value) for name, value in sent.items()})  # type: ignore[arg-type]
    written = made.body()
    for name, value in sent.items():
        if written.get(name) != value:  # an empty list, say: there is one way to write that nothing is said
            raise unreadable(name, phrase("it is not written in the one way in which it can be"))
    return made
