"""The obligations of all treaty pages, drawn once and kept until a page or Foedus itself changes.

What is kept is JSON in the user's cache folder, under a key made of the pages' contents, of the code that draws them
and of what the run changed in the tables: nothing stale can be found under it. Where nothing can be written, they are
drawn anew each time. `FOEDUS_CACHE` names another folder, or `off`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from foedus.diagnostics.cache import cache_folder, code_of, keep
from foedus.diagnostics.problem import Refused
from foedus.diagnostics.span import NOWHERE
from foedus.library import Library
from foedus.obligations.intervals import Interval
from foedus.obligations.obligation import Obligation
from foedus.obligations.pages import Drawn, Lost, Unlowered, draw
from foedus.obligations.treatment import changed
from foedus.terms.time import EDate, parse_date

DRAWERS = (
    "diagnostics", "engines", "evidence", "ir", "lang", "library.py", "obligations", "terms",
)  # fmt: skip
"""The rooms whose code decides what pages come to."""
_NAMES = tuple(field.name for field in fields(Obligation))
_DATES = ("start", "until", "signed", "in_force")


def from_pages(
    treaties: Path | None = None, *, published: bool = False, changes: Iterable[str] = ()
) -> Drawn:
    """What the shipped pages, with the user's over them, come to: secret texts as agreed, or, `published`, from the
    day on which they were. `changes` are treatments of this run (`great_power=given`). Raises `Refused` with the
    mistakes of pages that cannot be read, and for changes that cannot be made (F835, F836)."""
    library, asked = Library(treaties, trials=False), tuple(changes)
    folder, name = cache_folder(), f"obligations-{_key(library, published, asked)}.json"
    if folder is not None and (found := _kept(folder / name)) is not None:
        return found
    drawn = _drawn(library, library.pages, published, asked)
    if folder is not None:
        keep(folder, name, json.dumps(as_plain(drawn), ensure_ascii=False))
    return drawn


def of_pages(names: Iterable[str], treaties: Path | None = None) -> Drawn:
    """What a few pages come to, drawn anew, which is quicker than to draw all. Raises `Refused` as `from_pages`."""
    return _drawn(Library(treaties, trials=False), names, False, ())


def _drawn(library: Library, names: Iterable[str], published: bool, changes: tuple[str, ...]) -> Drawn:
    loaded = library.load(sorted(names))
    if loaded.errors:
        raise Refused(*loaded.errors)
    table = changed(changes, loaded.program.vocabulary.predicates)
    return draw(loaded.program, published=published, table=table)


def _key(library: Library, published: bool, changes: tuple[str, ...]) -> str:
    made = sha256(code_of(DRAWERS).encode())
    made.update(repr((published, changes)).encode())
    for name, (_, path) in sorted(library.pages.items()):
        with suppress(OSError):
            made.update(f"\0{name}\0".encode())
            made.update(path.read_bytes())
    return made.hexdigest()[:32]


def as_plain(drawn: Drawn) -> dict[str, Any]:
    """What was drawn, as JSON has it: rows as lists in the order of `Obligation`'s fields, dates as written."""
    return {
        "rows": [
            [_text(value) if name in _DATES else value for name, value in zip(_NAMES, _of(row), strict=True)]
            for row in drawn.rows
        ],
        "refused": [[left.norm, left.text, left.why, left.line] for left in drawn.refused],
        "lost": [
            [one.state, one.norm, str(one.when.start), _text(one.when.until), one.when.unconfirmed]
            for one in drawn.lost
        ],
    }


def from_plain(plain: dict[str, Any]) -> Drawn:
    """The other way. Raises ValueError, TypeError or KeyError for what is none."""
    rows = tuple(
        Obligation(**{name: _value(name, value) for name, value in zip(_NAMES, row, strict=True)})
        for row in plain["rows"]
    )
    refused = tuple(Unlowered(norm, text, why, line) for norm, text, why, line in plain["refused"])
    lost: list[Lost] = []
    for state, norm, start, until, unconfirmed in plain["lost"]:
        begun = _date(start)
        assert begun is not None
        lost.append(Lost(state, norm, Interval(begun, _date(until), unconfirmed)))
    return Drawn(rows, refused, tuple(lost))


def _value(name: str, value: Any) -> Any:
    if name in _DATES:
        return _date(value)
    return tuple(cast("list[Any]", value)) if isinstance(value, list) else value


def _of(row: Obligation) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _NAMES)


def _text(on: EDate | None) -> str | None:
    return None if on is None else str(on)


@cache
def _date(text: str | None) -> EDate | None:
    return None if text is None else parse_date(text, NOWHERE)


def _kept(path: Path) -> Drawn | None:
    try:
        return from_plain(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, Refused):  # none there, or one that somebody else wrote
        return None
