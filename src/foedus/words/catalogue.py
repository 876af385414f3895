"""A catalogue of words: a `.po` file read as it stands, with nothing to compile and nothing stale.

Entries marked fuzzy or obsolete are not used. Read only for a language other than English.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from pathlib import Path

import polib

OTHERWISE = "nplurals=2; plural=(n != 1);"
"""How a file counts that does not say how: as English does."""


class Catalogue:
    """What one language says, template by template."""

    def __init__(self, file: polib.POFile) -> None:
        self._said: dict[tuple[str, str], str] = {}
        self._counted: dict[str, dict[int, str]] = {}
        self._which = plural_rule(file.metadata.get("Plural-Forms", OTHERWISE))
        for entry in file:
            if entry.obsolete or entry.fuzzy:
                continue
            if entry.msgid_plural:
                self._counted[entry.msgid] = dict(entry.msgstr_plural)
            elif entry.msgstr:
                self._said[entry.msgctxt or "", entry.msgid] = entry.msgstr

    def said(self, template: str, context: str = "") -> str:
        """The template in this language, or as it is."""
        return self._said.get((context, template), template)

    def counted(self, one: str, many: str, n: int) -> str:
        """The form for a number, or the English one."""
        return self._counted.get(one, {}).get(self._which(n)) or (one if n == 1 else many)


def read(path: Path) -> Catalogue:
    """The catalogue in a file. ValueError, with what is wrong and where, for one that is no `.po`."""
    try:
        return Catalogue(polib.pofile(str(path), encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as wrong:
        raise ValueError(f"{path.name}: {wrong}") from None


def plural_rule(header: str) -> Callable[[int], int]:
    """Of `nplurals=2; plural=(n > 1);`, the function from a number to its form."""
    rule = re.sub(r".*?\bplural=", "", header)
    compiled: Callable[[int], int] = gettext.c2py(rule.rstrip("; \n"))  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnknownMemberType]
    return compiled
