"""A place in a page, with the heading above it.

>>> Place("lir.md", 41, 8, 41, 14, "Article 4 · Collective defence").where()
'lir.md:41:8 · Article 4 · Collective defence'
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: lines and columns count from 1, `end_column` is exclusive.

    `page` is the path as the user gave it (or `<shipped>/cst.md` for a page that ships with
    Foedus); `heading` is the heading above the block, the address a lawyer would use.
    """

    page: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    heading: str = ""

    def where(self) -> str:
        """One line that names the place: path, line, column, heading; of a whole file (line 0), its path."""
        at = f"{self.page}:{self.line}:{self.column}" if self.line else self.page
        return f"{at} · {self.heading}" if self.heading else at


def spelled(path: str | PurePath) -> str:
    r"""A path as messages and answers spell it: with slashes on every system.

    >>> from pathlib import PureWindowsPath
    >>> spelled(PureWindowsPath(r"C:\cases\lir.md")), spelled("cases/lir.md")
    ('C:/cases/lir.md', 'cases/lir.md')
    """
    return path.as_posix() if isinstance(path, PurePath) else Path(path).as_posix()


NOWHERE = Place("", 0, 0, 0, 0, "")
"""For values that no page wrote (a command-line supposition, a computed default)."""


def whole(page: str) -> Place:
    """A file as a whole, a folder, or what was typed: no line of it is meant.

    >>> whole("lir.md").where()
    'lir.md'
    """
    return Place(page, 0, 0, 0, 0)
