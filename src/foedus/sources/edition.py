"""A data set as somebody published it: version, terms, coverage, how to cite it; and what a reader left out of it.

Every frame, figure and answer that rests on a file carries its `Edition`. Foedus ships no rows of these data sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from foedus.diagnostics.problem import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Edition:
    """One file of a data set in one version. `first` and `last` are the days that it covers: beyond them, nothing
    is known, and nothing is taken for nought. `terms` says on which terms it may be used, as far as known (empty:
    not stated); `bibtex` is one entry whose key is `key`."""

    id: str  # "atop-member", "cow-states", …: what kind of file it is
    name: str
    version: str
    first: date
    last: date
    terms: str
    citation: str
    key: str
    bibtex: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row that a reader left out, and why. `cells` are what it says where that matters (column, value)."""

    line: int
    why: str
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Read(Generic[T]):
    """What was read from a file: its rows, where it came from, and every row left out. `digest` is the SHA-256 of
    the file's bytes; `path` is the file as a message calls it; `warnings` are what to tell of it; `kept`: it is the
    copy that the user keeps."""

    edition: Edition
    rows: tuple[T, ...]
    dropped: tuple[Dropped, ...] = ()
    path: str = ""
    digest: str = ""
    warnings: tuple[Problem, ...] = ()
    kept: bool = False
