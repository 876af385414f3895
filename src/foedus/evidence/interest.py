"""Who gains by a fact: the one question that tells a disinterested witness from a party.

To gain is a relation of a principal to a fact, declared in the dossier with its ground: a line for
the fact comes before a line for every fact (`*`). Whoever is said to gain has a stake, and is no
disinterested witness for the fact or against it. Where nothing is declared:

- parties to the dispute gain by every fact: each fact of a dossier is there because it may bear on
  what they owe or are owed;
- who performed an act gains by it: people answer for what they did;
- nobody else gains. That someone took part in an incident is not enough, because the parts in it are
  the very thing in doubt; a state that was hurt or is accused is a party to the dispute.

>>> record = Record(disputants=frozenset({"ARV"}))
>>> gains(record, "ARV", "a1"), gains(record, "OBS", "a1")
(True, False)
"""

from __future__ import annotations

from collections.abc import Iterable

from foedus.evidence.lineage import Component
from foedus.evidence.principals import principal_of
from foedus.evidence.record import Record


def gains(record: Record, principal: str, fact_id: str, performing: Iterable[str] = ()) -> bool:
    """Whether `principal` gains by the fact; `performing` are the principals who did the act, if it is one.

    Where lines of one rank differ for the same principal, the one that says it gains counts.
    """
    own = [i for i in record.interests if principal_of(record, i.principal) == principal]
    for about in (fact_id, "*"):
        declared = [interest.gains for interest in own if interest.fact == about]
        if declared:
            return any(declared)
    if principal in performing:
        return True
    return principal in {principal_of(record, party) for party in record.disputants}


def disinterested(record: Record, component: Component, fact_id: str, performing: Iterable[str] = ()) -> bool:
    """Whether none of those whose word the component is gains by the fact."""
    return not any(gains(record, principal, fact_id, performing) for principal in component.principals)
