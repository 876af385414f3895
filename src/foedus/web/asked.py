"""What the address of a page asks for, with whatever is nonsense left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping

LONGEST = 9
"""Figures of a number."""


def number(query: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    """A whole number between two bounds (both included); None where there is none such.

    >>> number({"page": "2"}, "page", 1, 5), number({"page": "9"}, "page", 1, 5), number({"page": "²"}, "page", 1, 5)
    (2, None, None)
    """
    said = query.get(name, "")
    if not (said.isascii() and said.isdigit()) or len(said) > LONGEST:
        return None
    return int(said) if least <= int(said) <= most else None


def one_of(query: Mapping[str, str], name: str, known: Collection[str], otherwise: str = "") -> str:
    """A word, if it is one of those that are known."""
    said = query.get(name, "")
    return said if said in known else otherwise
