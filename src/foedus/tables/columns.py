"""The tables of a dossier and their columns: names that stay, what a cell holds, and the JSON Schema.

Every cell is text. A flag holds `yes` or nothing. Columns may stand in any order, and a table may lack
columns: what it does not show stays as the dossier has it.

>>> [column.name for column in TABLES["speakers"].columns]
['id', 'name', 'for']
>>> TABLES["claims"].find("Against_Interest").name
'against interest'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "code", "who", "words", "date", "url", "urls", "verb", "flag", "where", "note", "text"]
VERBS = ("asserts", "denies", "disputes", "reports")


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `needed` says that a new row must fill it."""

    name: str
    kind: Kind
    says: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `key` is the column that tells its rows apart; `taken` says whether changes are taken back."""

    name: str
    key: str
    says: str
    columns: tuple[Column, ...]
    taken: bool = True

    def find(self, header: str) -> Column | None:
        """The column that a header names; capitals, `-`, `_` and spaces do not matter."""
        wanted = plain(header)
        return next((column for column in self.columns if plain(column.name) == wanted), None)

    def column(self, name: str) -> Column:
        """The column of exactly this name."""
        return next(column for column in self.columns if column.name == name)


def plain(header: str) -> str:
    """A header as it is compared."""
    return "".join(header.replace("_", " ").replace("-", " ").split()).casefold()


SOURCES = Table(
    "sources", "id", "The documents of a dossier.",
    (
        Column("id", "name", "the source's id: small letters, digits and hyphens", needed=True),
        Column("title", "words", "what the document is called, or is about", needed=True),
        Column("by", "who", "the code of the speaker whose words it carries"),
        Column("publisher", "words", "who published it"),
        Column("date", "date", "its date: 2022-01-05, 2022-01, or [2022-01-05,2022-01-06] for one of two days"),
        Column("url", "url", "its address"),
        Column("via", "urls", "addresses of copies that were read, with a space between"),
        Column("read", "words", "how much was read: whole, excerpt, opening"),
        Column("channel", "words", "the one channel through which it is known"),
        Column("unresolved", "flag", "yes: it only points to somebody else's words"),
        Column("unconfirmed", "flag", "yes: what is said here of the document was not confirmed"),
    ),
)  # fmt: skip
SPEAKERS = Table(
    "speakers", "id", "Who speaks, besides states and the organs of the treaties.",
    (
        Column("id", "code", "the speaker's code, in capitals", needed=True),
        Column("name", "words", "the speaker's name", needed=True),
        Column("for", "who", "the code of the state or organ for which it speaks"),
    ),
)  # fmt: skip
CLAIMS = Table(
    "claims", "claim", "Who says what of which fact, in which source.",
    (
        Column("claim", "text", "the claim's id, made by Foedus; empty for a new claim"),
        Column("fact", "text", "the id of the fact", needed=True),
        Column("verb", "verb", "asserts, denies, disputes (doubts) or reports", needed=True),
        Column("by", "who", "the code of the speaker; empty: the source's own"),
        Column("source", "name", "the id of the source", needed=True),
        Column("where", "where", "the place in the source, such as ¶3"),
        Column("of", "who", "whose words a report passes on"),
        Column("on", "date", "when it was said, if not on the source's date"),
        Column("quote", "words", "a few exact words of the source"),
        Column("authentic", "flag", "yes: the source is itself what makes the fact so"),
        Column("against interest", "words", "why the speaker admits this against the speaker's interest"),
        Column("unconfirmed", "flag", "yes: the claim was not confirmed"),
        Column("note", "note", "a remark, kept beside the claim"),
    ),
)  # fmt: skip
FACTS = Table(
    "facts", "id", "The facts to which claims refer; to be read, not to be changed.",
    (
        Column("id", "text", "the fact's id"),
        Column("fact", "text", "the fact in the words of the vocabulary"),
        Column("on", "text", "when it happened"),
        Column("title", "text", "what it is called"),
        Column("unconfirmed", "flag", "yes: the fact is entered as unconfirmed"),
    ),
    taken=False,
)  # fmt: skip
TABLES = {table.name: table for table in (SOURCES, SPEAKERS, CLAIMS, FACTS)}
"""In the order of a workbook's sheets."""


def schema_of(table: Table) -> dict[str, object]:
    """The JSON Schema of the table's rows, as `foedus export` writes them to a `.json` file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:foedus:schema:{table.name}:1",
        "title": f"Foedus: {table.name}",
        "description": table.says,
        "type": "array",
        "items": {
            "type": "object",
            "properties": {column.name: _property(column) for column in table.columns},
            "required": [column.name for column in table.columns],
            "additionalProperties": False,
        },
    }


def _property(column: Column) -> dict[str, object]:
    shown: dict[str, object] = {"type": "string", "description": column.says}
    if column.kind == "flag":
        shown["enum"] = ["", "yes"]
    elif column.kind == "verb":
        shown["enum"] = list(VERBS)
    elif column.needed:
        shown["minLength"] = 1
    if column.kind == "url":
        shown["pattern"] = "^(https?://[^\\s<>]+)?$"
    return shown
