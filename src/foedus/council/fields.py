"""How the fields of a deed are written in JSON and read again: strictly, whoever sent them.

Instants are text in UTC to the second, numbers are whole, names are short and hold no control characters. What is
written in another way is refused, not mended: an entry of the record has one way to be written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast, get_args

from foedus.council.ledger.canonical import MOST, Value
from foedus.council.mandate import FORCES, Mandate, Task
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.visible import visible
from foedus.ir.decision import Status
from foedus.words.speech import phrase

LONGEST_NAME = 200
LONGEST_TEXT = 20_000
MOST_PARTS = 500

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)

Reader = Callable[[str, object], Any]


def unreadable(name: str, why: str) -> Refused:
    """A body that is no deed, at the field of that name."""
    return Refused(Problem("F656", NOWHERE, {"name": visible(name)[:LONGEST_NAME] or "…", "why": why}))


def instant(at: datetime) -> str:
    """An instant as text: `2031-03-04T12:00:00Z`."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z".rjust(20, "0")


def _instant(name: str, value: object) -> datetime:
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        except ValueError:
            pass
    raise unreadable(name, phrase("an instant is written 2031-03-04T12:00:00Z, in UTC and to the second"))


def _text(name: str, value: object, longest: int = LONGEST_TEXT, *, empty: bool = False) -> str:
    if not isinstance(value, str) or (not value.strip() and not empty):
        raise unreadable(name, phrase("a text was expected"))
    if len(value) > longest:
        raise unreadable(name, phrase("it has more than {most} characters", most=longest))
    if _CONTROL.search(value):
        raise unreadable(name, phrase("it holds characters that cannot be seen"))
    return value


def _name(name: str, value: object) -> str:
    found = _text(name, value, LONGEST_NAME)
    if "\n" in found or "\t" in found or found != found.strip():
        raise unreadable(name, phrase("a name is one line, without spaces at its ends"))
    return found


def _whole(name: str, value: object) -> int:
    if type(value) is not int or not 0 <= value <= MOST:
        raise unreadable(name, phrase("a whole number, not below nothing, was expected"))
    return value


def _object(name: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise unreadable(name, phrase("an object was expected"))
    found = cast("Mapping[object, object]", value)
    if len(found) > MOST_PARTS:
        raise unreadable(name, phrase("it has more than {most} parts", most=MOST_PARTS))
    for key in found:
        if not isinstance(key, str) or not key.isascii() or not key.strip():
            raise unreadable(name, phrase("the names in it are plain ASCII"))
        _name(name, key)
    return cast("Mapping[str, object]", found)


def _list(name: str, value: object) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise unreadable(name, phrase("a list was expected"))
    found = cast("Sequence[object]", value)
    if len(found) > MOST_PARTS:
        raise unreadable(name, phrase("it has more than {most} parts", most=MOST_PARTS))
    return found


def _names(name: str, value: object) -> Mapping[str, str]:
    return {key: _name(name, each) for key, each in _object(name, value).items()}


def _texts(name: str, value: object) -> Mapping[str, str]:
    return {key: _text(name, each, empty=True) for key, each in _object(name, value).items()}


def _numbers(name: str, value: object) -> Mapping[str, int]:
    return {key: _whole(name, each) for key, each in _object(name, value).items()}


def _one_of(values: Sequence[str]) -> Reader:
    def chosen(name: str, value: object) -> str:
        if value not in values or not isinstance(value, str):
            raise unreadable(name, phrase("it is one of {values}", values=tuple(values)))
        return value

    return chosen


def _task(name: str, value: object) -> Task:
    row = _object(name, value)
    if not {"what", "force"} <= row.keys() <= {"what", "force", "where"}:
        raise unreadable(name, phrase("a task says what, its force, and perhaps where"))
    where = _name(name, row["where"]) if "where" in row else ""
    return Task(_name(name, row["what"]), _one_of(FORCES)(name, row["force"]), where)


_MANDATE: Mapping[str, tuple[str, Reader]] = {
    "tasks": ("tasks", lambda name, value: tuple(_task(name, each) for each in _list(name, value))),
    "ceiling": ("ceiling", _whole),
    "ceilings": ("ceilings", _numbers),
    "from": ("since", _instant),
    "until": ("until", _instant),
    "report_hours": ("report_hours", _whole),
    "regions": ("regions", lambda name, value: tuple(_name(name, each) for each in _list(name, value))),
}


def _mandate(name: str, value: object) -> Mandate:
    fields: dict[str, Any] = {}
    for key, part in _object(name, value).items():
        at = f"{name}.{key}"
        if key not in _MANDATE:
            raise unreadable(at, phrase("a mandate has no such field"))
        field, reader = _MANDATE[key]
        fields[field] = reader(at, part)
    made = Mandate(**fields)
    if made.report_hours == 0:
        raise unreadable(f"{name}.report_hours", phrase("a whole number, not below nothing, was expected"))
    return made


def _written_mandate(mandate: Mandate) -> Value:
    rows: list[Value] = [
        {"what": row.what, "force": row.force} | ({"where": row.where} if row.where else {})
        for row in mandate.tasks
    ]
    said: dict[str, Value] = {
        "tasks": rows,
        "ceiling": mandate.ceiling,
        "ceilings": dict(mandate.ceilings),
        "from": None if mandate.since is None else instant(mandate.since),
        "until": None if mandate.until is None else instant(mandate.until),
        "report_hours": mandate.report_hours,
        "regions": list(mandate.regions),
    }
    return {name: value for name, value in said.items() if value not in (None, [], {})}


def _same(value: Any) -> Value:
    return value


def _copied(value: Mapping[str, Any]) -> Value:
    return dict(value)


READ: Mapping[str, Reader] = {
    "by": _name, "at": _instant, "step": _name, "terms": _names, "proposal": _name, "parts": _texts, "part": _name,
    "ballot": _name, "way": _whole, "until": _instant, "status": _one_of(get_args(Status)), "about": _name,
    "answer": _name, "mandate": _mandate, "hours": _numbers, "number": _whole, "task": _name, "where": _name,
    "whom": _name, "seat": _one_of(("away", "suspended")), "clock": _name, "entry": _whole, "text": _text,
    "what": _name, "item": _name, "title": _text, "motion": _name, "paper": _name, "digest": _name, "size": _whole,
    "hidden": _one_of(("yes",)), "seconds": _whole, "pace": _whole,
}  # fmt: skip
"""How each field is read: from its name and what was sent to its value; raises `Refused` (F656)."""

WRITE: Mapping[str, Callable[[Any], Value]] = {
    name: {"at": instant, "until": instant, "mandate": _written_mandate}.get(
        name, _copied if name in ("terms", "parts", "hours") else _same
    )
    for name in READ
}
"""How each field is written."""
