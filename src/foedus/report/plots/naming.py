"""What figures call states, and the line that says from which data they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from foedus import __version__
from foedus.report.lists import enumerated
from foedus.sources.edition import Edition
from foedus.terms.codes import state_numbered
from foedus.terms.states import name_of
from foedus.words.speech import aloud, say

MOST_PAGES = 12


def state_name(number: int, on: date | None = None) -> str:
    """The name of the state that has this number of the Correlates of War on a day; the number where none has.

    >>> state_name(345, date(1914, 7, 28)), state_name(345, date(1920, 7, 28)), state_name(9999)
    ('Kingdom of Serbia', 'Yugoslavia', 'COW 9999')
    """
    return aloud(name_of(state_numbered(number, on)))


def edition_words(edition: Edition) -> str:
    """`ATOP members 5.1 (1815 to 2018)`; without a version, where the file names none."""
    name = titled(edition)
    return say("{name} ({first} to {last})", name=name, first=edition.first.year, last=edition.last.year)


def titled(edition: Edition) -> str:
    """`ATOP members 5.1`, or the name alone."""
    return f"{edition.name} {edition.version}".rstrip()


def source_line(editions: Sequence[Edition], *, pages: Sequence[str] = (), more: Sequence[str] = ()) -> str:
    """From which data a figure is, what of them is not shown, and what drew it."""
    told = [edition_words(edition) for edition in editions]
    if pages:
        named = enumerated(pages[:MOST_PAGES])
        told.append(
            say("treaty pages {pages}", pages=named)
            if len(pages) <= MOST_PAGES
            else say("treaty pages {pages} and {n} more", pages=named, n=len(pages) - MOST_PAGES)
        )
    said = [say("Source: {sources}.", sources=enumerated(told))] if told else []
    return " ".join([*said, *more, say("Drawn by Foedus {version}.", version=__version__)])


__all__ = ["edition_words", "source_line", "state_name", "titled"]
