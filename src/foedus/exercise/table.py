"""A table of TOML, read strictly: what is not known, not there, or of another type is said with its name.

>>> table = Table({"title": "The dam", "sed": 3}, "scenario.toml")
>>> table.text("title")
'The dam'
>>> table.done()
Traceback (most recent call last):
    ...
foedus.diagnostics.problem.Refused: F687 scenario.toml
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.diagnostics.suggest import suggest
from foedus.diagnostics.visible import visible
from foedus.words.speech import phrase

LONGEST = 80


def unknown(page: str, key: str, value: object, why: str, known: str = "") -> Refused:
    """A value that names nothing, or cannot be."""
    shown = visible(str(value))[:LONGEST] if isinstance(value, str | int | float) else "…"
    return Refused(Problem("F688", whole(page), {"key": key, "value": shown, "why": why}, help=known))


def _amiss(page: str, key: str, why: str, advice: str = "") -> Refused:
    return Refused(Problem("F687", whole(page), {"key": visible(key)[:LONGEST], "why": why}, help=advice))


@dataclass
class Table:
    """One table; `at` is how a message calls it. Each way of reading takes its key out; `done` refuses what is left."""

    raw: Mapping[str, object]
    page: str
    at: str = ""
    asked: set[str] = field(default_factory=set[str])

    def called(self, key: str) -> str:
        """The key with the table's own name."""
        return f"{self.at}.{key}" if self.at else key

    def has(self, key: str) -> bool:
        """Whether the key is there; it is then known."""
        self.asked.add(key)
        return key in self.raw

    def value(self, key: str) -> object:
        """Whatever stands there."""
        if not self.has(key):
            raise _amiss(self.page, self.called(key), phrase("it is missing"))
        return self.raw[key]

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it has to be there and say something."""
        if default is not None and not self.has(key):
            return default
        found = self.value(key)
        if not isinstance(found, str) or (default is None and not found.strip()):
            raise _amiss(self.page, self.called(key), phrase("a text was expected"))
        return found.strip()

    def whole(self, key: str, default: int | None = None, least: int = 0, most: int = 1_000_000) -> int:
        """A whole number within bounds."""
        if default is not None and not self.has(key):
            return default
        found = self.value(key)
        if type(found) is not int or not least <= found <= most:
            why = phrase("a whole number from {least} to {most} was expected", least=least, most=most)
            raise _amiss(self.page, self.called(key), why)
        return found

    def number(self, key: str, least: float, most: float) -> float:
        """A number within bounds."""
        found = self.value(key)
        if isinstance(found, bool) or not isinstance(found, int | float) or not least <= found <= most:
            why = phrase("a number from {least} to {most} was expected", least=f"{least:g}", most=f"{most:g}")
            raise _amiss(self.page, self.called(key), why)
        return float(found)

    def flag(self, key: str) -> bool:
        """Whether it is set; false where it is not there."""
        found = self.value(key) if self.has(key) else False
        if not isinstance(found, bool):
            raise _amiss(self.page, self.called(key), phrase("true or false was expected"))
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one; none where the key is not there."""
        if not self.has(key):
            return ()
        found = self.raw[key]
        given = [found] if isinstance(found, str) else found
        if not isinstance(given, list) or not all(isinstance(each, str) for each in cast("list[Any]", given)):
            raise _amiss(self.page, self.called(key), phrase("a list of texts was expected"))
        return tuple(cast("list[str]", given))

    def named(self, key: str) -> Mapping[str, str]:
        """A table of texts by name."""
        if not self.has(key):
            return {}
        found = self.raw[key]
        if not isinstance(found, dict):
            raise _amiss(self.page, self.called(key), phrase("a table was expected"))
        made = cast("dict[str, Any]", found)
        for name, each in made.items():
            if not isinstance(each, str):
                raise _amiss(self.page, f"{self.called(key)}.{name}", phrase("a text was expected"))
        return made

    def inner(self, key: str) -> Table:
        """A table below."""
        found = self.value(key)
        if not isinstance(found, dict):
            raise _amiss(self.page, self.called(key), phrase("a table was expected"))
        return Table(cast("dict[str, object]", found), self.page, self.called(key))

    def many(self, key: str) -> tuple[Table, ...]:
        """The tables of a list (`[[key]]`), each with its number, from 1."""
        if not self.has(key):
            return ()
        found = self.raw[key]
        if not isinstance(found, list) or not all(
            isinstance(each, dict) for each in cast("list[Any]", found)
        ):
            raise _amiss(
                self.page, self.called(key), phrase("tables were expected, each under [[{key}]]", key=key)
            )
        rows = cast("list[dict[str, object]]", found)
        return tuple(Table(row, self.page, f"{self.called(key)} {n}") for n, row in enumerate(rows, 1))

    def instant(self, key: str) -> datetime:
        """An instant with its offset from UTC."""
        found = self.value(key)
        if not isinstance(found, datetime) or found.tzinfo is None:
            why = phrase("an instant was expected, with its zone, as in 2031-03-04T09:00:00Z")
            raise _amiss(self.page, self.called(key), why)
        return found.astimezone(UTC)

    def rest(self) -> Mapping[str, object]:
        """Whatever nobody has asked for yet; it is then known."""
        found = {key: value for key, value in self.raw.items() if key not in self.asked}
        self.asked |= set(found)
        return found

    def done(self) -> None:
        """Refuses what is left."""
        for key in self.raw:
            if key not in self.asked:
                near = suggest(key, self.asked)
                advice = (
                    phrase("Did you mean `{near}`?", near=near)
                    if near
                    else phrase("Known here: {names}.", names=tuple(sorted(self.asked)))
                )
                raise _amiss(self.page, self.called(key), phrase("nothing here is called so"), advice)
