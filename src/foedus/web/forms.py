"""What a form sends, as the body of a deed or an act.

A field is named as in the record, with points for what lies deeper: `terms.host`, `parts.1`, `mandate.tasks.0.what`.
What was left empty was not said. A time may be given as so many hours from now (`until.hours`). Who acts and when is
not taken from here: `by` is checked against what one may, and the room gives the time.

>>> now = datetime(2031, 3, 4, 8, tzinfo=UTC)
>>> body([("kind", "open"), ("by", "chair"), ("proposal", "p1"), ("until.hours", "24"), ("part", "")], now)
{'kind': 'open', 'by': 'chair', 'proposal': 'p1', 'until': '2031-03-05T08:00:00Z', 'at': '2031-03-04T08:00:00Z'}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from foedus.council.fields import instant, unreadable
from foedus.council.ledger.canonical import Value
from foedus.council.state import State
from foedus.words.speech import phrase

NOT_SAID = ("once", "back", "for")
"""Fields of a form that are no fields of a deed."""

WHOLE = ("way", "number", "entry", "seconds", "pace", "size", "ceiling", "report_hours")
"""Fields that hold whole numbers, wherever they stand; with them all below `hours` and `ceilings`."""
INSTANTS = ("until", "from")
LISTS = ("tasks", "regions")
MOST = 400
DEEPEST = 4
FARTHEST = 24 * 366 * 100
_LOCAL = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?Z?")
_DIGITS = re.compile(r"[0-9]{1,15}")


def body(fields: Iterable[tuple[str, str]], now: datetime) -> dict[str, Value]:
    """The body that a form says. Raises `Refused` (F656) for a number that is none, and the like."""
    made: dict[str, Any] = {}
    for count, (name, raw) in enumerate(fields):
        if count >= MOST:
            raise unreadable(name, phrase("it has more than {most} parts", most=MOST))
        value = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
        path = name.split(".")
        if path[0] in NOT_SAID or (not value and path[0] != "parts"):
            continue
        if len(path) > DEEPEST or not all(path):
            raise unreadable(name, phrase("this kind of deed has no such field"))
        _put(made, path, _read(path, value, now))
    for name in LISTS:
        _listed(made, name)
        if isinstance(made.get("mandate"), dict):
            _listed(made["mandate"], name)
    made["at"] = instant(now)
    return cast("dict[str, Value]", made)


def _read(path: list[str], value: str, now: datetime) -> Value:
    last = path[-1]
    if last == "hours" and len(path) > 1 and path[-2] in INSTANTS:
        hours = _whole(path, value)
        if hours > FARTHEST:
            raise unreadable(".".join(path), phrase("that is more than a hundred years"))
        return instant(now + timedelta(hours=hours))
    if last in INSTANTS:
        return _instant(value)
    if last in WHOLE or (len(path) > 1 and path[-2] in ("hours", "ceilings")):
        return _whole(path, value)
    if last == "regions":
        return [each.strip() for each in re.split(r"[,;\n]", value) if each.strip()]
    return value


def _put(made: dict[str, Any], path: list[str], value: Value) -> None:
    if path[-1] == "hours" and len(path) > 1 and path[-2] in INSTANTS:
        path = path[:-1]
    at: dict[str, Any] = made
    for step in path[:-1]:
        inner = at.setdefault(step, {})
        if not isinstance(inner, dict):
            raise unreadable(".".join(path), phrase("an object was expected"))
        at = cast("dict[str, Any]", inner)
    if path[-1] not in at or at[path[-1]] in ("", None):
        at[path[-1]] = value


def _listed(made: dict[str, Any], name: str) -> None:
    """A list whose lines were numbered in the names of the fields; a line of which nothing but its choices is said is
    none."""
    found = made.get(name)
    if isinstance(found, dict):
        rows = [row for _, row in sorted(cast("dict[str, Any]", found).items())]
        made[name] = [row for row in rows if not isinstance(row, dict) or "what" in row]
        if not made[name]:
            del made[name]


def _whole(path: list[str], value: str) -> int:
    if not _DIGITS.fullmatch(value):
        raise unreadable(".".join(path), phrase("a whole number, not below nothing, was expected"))
    return int(value)


def _instant(value: str) -> str:
    if not _LOCAL.fullmatch(value):
        return value  # for the reader of deeds to refuse
    plain = value.replace(" ", "T").removesuffix("Z")
    try:
        return instant(datetime.fromisoformat(plain).replace(tzinfo=UTC))
    except ValueError:
        return value


def trimmed(said: Mapping[str, Value], state: State) -> dict[str, Value]:
    """A body without what a form sends although it changes nothing: parts of an amendment that are as they were, parts
    of a proposal that are empty, a mandate of which nothing is said."""
    made = dict(said)
    parts = made.get("parts")
    if isinstance(parts, Mapping):
        before: Mapping[str, str] = {}
        if made.get("kind") == "amend":
            target = state.proposals.get(str(made.get("proposal", "")))
            before = target.parts if target is not None else {}
        kept = {name: words for name, words in parts.items() if words != before.get(name, "")}
        made["parts"] = kept
        if not kept:
            del made["parts"]
    if made.get("mandate") == {}:
        del made["mandate"]
    return made
