"""A table of obligations from whichever data set was read, by what its edition says it is."""

from __future__ import annotations

from typing import Any

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.obligations.from_atop import from_atop
from foedus.obligations.from_cow import from_cow
from foedus.obligations.table import Table
from foedus.sources.edition import Read

ATOP = ("atop-member",)
COW = (
    "cow-alliances", "cow-alliances-member", "cow-alliances-dyad", "cow-alliances-yearly",
    "cow-alliances-member-yearly", "cow-alliances-dyad-yearly",
)  # fmt: skip
"""The data sets that say who owed what to whom from when to when, the better first."""


def table_from(read: Read[Any], option: str = "") -> Table:
    """The table. Raises `Refused` (F826) for a data set that has no obligations, or none from day to day."""
    kind = read.edition.id
    if kind in ATOP:
        return from_atop(read.rows, read.edition)
    if kind in COW:
        return from_cow(read.rows, read.edition)
    values = {
        "path": read.path,
        "what": read.edition.name,
        "wanted": "a list of alliances with their days (ATOP by member, or COW's alliances)",
        "option": option or "--atop",
    }
    raise Refused(Problem("F826", whole(option or read.path), values))
