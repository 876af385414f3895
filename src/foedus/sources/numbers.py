"""The numbers under which Correlates of War and Gleditsch & Ward know states, so that a reader can tell one that is
no state's. A number that neither list has is kept apart with its row: what it means, nobody can guess.
"""

from __future__ import annotations

from foedus.sources.cells import NO_STATE, Unfit, number
from foedus.terms.codes import table
from foedus.terms.states import UNCODED

STATES = frozenset(UNCODED) | frozenset(found for row in table() for found in (row.cow, row.gw))


def state(text: str, column: str) -> int:
    """The number of a state. Raises `Unfit` for what is no number, and for one that is no state's."""
    found = number(text, column)
    if found not in STATES:
        raise Unfit(column, text, NO_STATE)
    return found
