"""Obligations out of ATOP's member-level file: one row for each directed pair of members of a phase.

What each member pledged is owed to every other member of its phase. In asymmetric alliances the members pledge
different things, which their own rows say. Where what is pledged differs by partner as well (`obvary`), the member's
row does not say to whom: it is carried to every partner and marked as varying. The directed dyad-years say more
(`foedus.obligations.settled`).
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.obligations.pairs import Part, paired
from foedus.obligations.table import Table
from foedus.sources.edition import Edition

SOURCE = "atop"


def from_atop(phases: Sequence[Part], edition: Edition | None = None) -> Table:
    """The table of these phases; `Table.left_out` lists those that give no pair."""
    return paired(SOURCE, phases, edition)
