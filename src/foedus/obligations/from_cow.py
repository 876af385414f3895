"""Obligations out of COW's Formal Alliances (4.1): defence, neutrality, non-aggression, entente, member by member.

An entente is an undertaking to consult, which is the pledge that it is carried as. COW has no offensive pledge and no
conditions; what differs by partner it does not say.
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.obligations.pairs import Part, paired
from foedus.obligations.table import Table
from foedus.sources.edition import Edition

SOURCE = "cow"


def from_cow(members: Sequence[Part], edition: Edition | None = None) -> Table:
    """The table of these members; `Table.left_out` lists those that give no pair."""
    return paired(SOURCE, members, edition)
