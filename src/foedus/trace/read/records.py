"""A record of a table, or the lines at the head of a text, as a document: which of its fields mean what.

`source` is the outlet where nothing else names one; beside a publisher it is where the words come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from foedus.diagnostics.problem import Problem
from foedus.terms.time import EDate
from foedus.trace.document import Document, Meta
from foedus.trace.read.dates import stated
from foedus.trace.read.source import problem

TEXTS: Final = ("text", "content", "body")
"""The fields of which the first that there is holds the text."""

IDS: Final = ("id", "doc_id", "document_id")

_MEANS: Final[dict[str, str]] = {
    "title": "title", "headline": "title", "publisher": "publisher", "outlet": "publisher", "site": "publisher",
    "speaker": "speaker", "author": "author", "authors": "author", "by": "author", "byline": "author", "date": "on",
    "published": "on", "publish_date": "on", "published_at": "on", "date_published": "on", "url": "url",
    "link": "url", "language": "language", "lang": "language", "source": "source", "origin": "origin",
    # The same words at the head of texts in other languages.
    "заголовок": "title", "название": "title", "издание": "publisher", "автор": "author", "дата": "on",
    "ссылка": "url", "язык": "language", "источник": "source", "дереккөз": "source", "күні": "on",
    "тақырып": "title", "тақырыбы": "title", "басылым": "publisher", "тілі": "language",
    "titre": "title", "auteur": "author", "éditeur": "publisher", "langue": "language", "título": "title",
    "autor": "author", "fecha": "on", "fuente": "source", "idioma": "language", "titel": "title", "datum": "on",
    "quelle": "source", "sprache": "language", "العنوان": "title", "الكاتب": "author", "التاريخ": "on",
    "المصدر": "source", "الناشر": "publisher", "الصحيفة": "publisher",
    "اللغة": "language", "标题": "title", "作者": "author", "日期": "on", "来源": "source",
    "媒体": "publisher", "出版": "publisher", "语言": "language",
}  # fmt: skip
"""Each known field with what it means."""

COLUMNS: Final = frozenset((*TEXTS, *IDS, *(name for name in _MEANS if name.isascii())))


def known(name: str) -> bool:
    """Whether a field of this name is understood."""
    return name.strip().casefold() in _MEANS


def meta(fields: Mapping[str, str], path: str, *, head: bool = False) -> tuple[Meta, tuple[Problem, ...]]:
    """What the fields say; a date of which the day is in doubt is left out, and told (F617). At the `head` of a
    text, its source is where its words come from."""
    said: dict[str, str] = {}
    for name, value in fields.items():
        means = _MEANS.get(name.strip().casefold())
        if means and value.strip() and means not in said:
            said[means] = " ".join(value.split())
    on: EDate | None = None
    told: tuple[Problem, ...] = ()
    if "on" in said and (on := stated(said["on"])) is None:
        told = (problem("F617", path, text=said["on"]),)
    source, origin, publisher, url = (said.get(key, "") for key in ("source", "origin", "publisher", "url"))
    if source.startswith(("http://", "https://")):
        url, source = url or source, ""
    if publisher or head:
        origin = origin or source
    else:
        publisher = source
    speaker = said.get("speaker") or said.get("author", "")
    made = Meta(said.get("title", ""), publisher, speaker, on, url, said.get("language", ""), origin)
    return made, told


class Table:
    """The records of one file: what was not understood is told once, with the first record that has it."""

    def __init__(self, name: str, stem: str) -> None:
        self.name, self.stem = name, stem
        self._told: set[str] = set()

    def path(self, number: int) -> str:
        """How a record is named to the user."""
        return f"{self.name}:{number}"

    def document(
        self, fields: Mapping[str, object], number: int, encoding: str, guessed: bool
    ) -> Document | Problem:
        """The record as a document; else the problem: no field with text (F614), or an empty one (F600)."""
        named = {name.strip().casefold(): _plain(value) for name, value in fields.items()}
        path = self.path(number)
        text = next((named[name] for name in TEXTS if name in named), None)
        if text is None:
            return problem("F614", self.name, number, record=str(number))
        if not text.strip():
            return problem("F600", path)
        made, told = meta(named, path)
        own = next((named[name].strip() for name in IDS if named.get(name, "").strip()), "")
        return Document(
            own or f"{self.stem}:{number}",
            text,
            path,
            encoding,
            guessed,
            made,
            warnings=(*told, *self.unknown(name for name in fields if not self._understood(name))),
            taken_out=True,
        )

    def unknown(self, names: Iterable[str]) -> tuple[Problem, ...]:
        """F615 for fields that were not told yet."""
        new = [name for name in names if name not in self._told]
        if not new:
            return ()
        self._told.update(new)
        return (problem("F615", self.name, fields=", ".join(f"`{name}`" for name in new)),)

    def _understood(self, name: str) -> bool:
        name = name.strip().casefold()
        return name in _MEANS or name in COLUMNS


def _plain(value: object) -> str:
    """A value as text: of a list its parts, of anything else in it nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(part for part in value if isinstance(part, str))  # pyright: ignore[reportUnknownVariableType]
    return str(value) if isinstance(value, int | float) else ""
