"""The numbers under which Correlates of War and Gleditsch & Ward know states, so that a reader can tell one that is
no state's. A number that neither list has is kept apart with its row: what it means, nobody can guess.
"""

from __future__ import annotations

from foedus.sources.cells import NO_STATE, Unfit, number
from foedus.terms.codes import table

FORMER = {
    89: "United Provinces of Central America",  # Gleditsch & Ward alone
    99: "Great Colombia",  # Gleditsch & Ward alone
    273: "Hesse Electoral",
    275: "Hesse Grand Ducal",
    280: "Mecklenburg-Schwerin",
    511: "Zanzibar",
    563: "Transvaal",  # Gleditsch & Ward alone
    564: "Orange Free State",  # Gleditsch & Ward alone
    711: "Tibet",  # Gleditsch & Ward alone
    730: "Korea",
    751: "Hyderabad",  # UCDP, which goes by Gleditsch & Ward; unconfirmed
    815: "Vietnam",  # Gleditsch & Ward alone, before 1893; unconfirmed
}
"""Former states with a number and no letters in our table of states."""

STATES = frozenset(FORMER) | frozenset(found for row in table() for found in (row.cow, row.gw))


def state(text: str, column: str) -> int:
    """The number of a state. Raises `Unfit` for what is no number, and for one that is no state's."""
    found = number(text, column)
    if found not in STATES:
        raise Unfit(column, text, NO_STATE)
    return found
