"""Obligations out of ATOP's member-level file: one row for each directed pair of members of a phase.

What each member pledged is owed to every other member of its phase. In asymmetric alliances the members pledge
different things, which their own rows say. Where what is pledged differs by partner as well (`obvary`), the member's
row does not say to whom: it is carried to every partner and marked as varying. A directed dyad file says to whom, and
replaces those rows where it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foedus.obligations.pairs import Part, paired
from foedus.obligations.table import Table
from foedus.sources.edition import Edition

SOURCE = "atop"


def from_atop(phases: Sequence[Part], edition: Edition | None = None) -> Table:
    """The table of these phases; `Table.left_out` lists those that give no pair."""
    return paired(SOURCE, phases, edition)


def retitled(table: Table, titles: dict[str, tuple[str, str]]) -> Table:
    """The same with titles and pages of instruments that treaty pages carry: by `atop:4220`, title and page."""
    named = tuple(
        replace(each, title=titles[each.id][0], page=titles[each.id][1]) if each.id in titles else each
        for each in table.instruments
    )
    return replace(table, instruments=named)
