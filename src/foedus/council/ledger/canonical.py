r"""One way to write a value as bytes, so that its hash means something: JSON as RFC 8785 has it.

Values are objects, lists, strings, whole numbers, true, false and null. There are no fractions of numbers (a share is
written as a string, `2/3`), and names of members are plain ASCII; within these bounds the standard library's writer
agrees with RFC 8785 to the byte.

>>> canonical({"b": [1, "é"], "a": None})
b'{"a":null,"b":[1,"\xc3\xa9"]}'
>>> canonical({"share": 0.5})
Traceback (most recent call last):
    ...
ValueError: 0.5 at share is no value of a record: write a share as text, '1/2'
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

Value: TypeAlias = "Mapping[str, Value] | Sequence[Value] | str | int | bool | None"

MOST = 2**53 - 1
"""The largest whole number that every reader of JSON reads alike."""

DEEPEST = 40
"""So deep may a value be nested; nothing that a session records comes near."""


def canonical(value: Value) -> bytes:
    """The one way to write a value. Raises ValueError for what has none."""
    _fit(value, "", 0)
    return written(value)


def written(value: object) -> bytes:
    """The bytes of a value that is known to fit."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def is_canonical(line: bytes) -> Mapping[str, Value] | None:
    """The object that a line holds, if the line is the one way to write it; else None."""
    try:
        value = json.loads(line)
        same = isinstance(value, dict) and canonical(cast("Value", value)) == line
    except (ValueError, RecursionError):
        return None
    return cast("Mapping[str, Value]", value) if same else None


def _fit(value: object, at: str, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError(f"what stands at {at} is nested deeper than {DEEPEST}")
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            raise ValueError(f"the text at {at} holds half a character")
    elif isinstance(value, int):
        if not -MOST <= value <= MOST:
            raise ValueError(f"{value} at {at} is larger than every reader of JSON can read")
    elif isinstance(value, Mapping):
        for name, part in cast("Mapping[object, object]", value).items():
            if not isinstance(name, str) or not name.isascii():
                raise ValueError(f"{name!r} at {at} is no name: names are plain ASCII")
            _fit(part, f"{at}.{name}" if at else name, depth + 1)
    elif isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        for n, part in enumerate(cast("Sequence[object]", value)):
            _fit(part, f"{at}[{n}]", depth + 1)
    else:
        hint = ": write a share as text, '1/2'" if isinstance(value, float) else ""
        raise ValueError(f"{value!r} at {at} is no value of a record{hint}")
