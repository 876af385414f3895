"""Berkemeier & Fuhrmann's replication file: alliances called on by a war, and whether they were honoured.

One row is one alliance (by ATOP's number) in one war. Two codings stand side by side: `LLM`, by the rules of Leeds,
Long & Mitchell (2000), and `BF`, the authors' own. In each, a row was honoured, violated, or not called on; the three
exclude one another, and a rate is the honoured of those honoured or violated. What the alliance had pledged are
ATOP's five, of which a row may have several: rates by pledge overlap.

`early` is the file's column `sample`. We have not seen a codebook. In the file it is 1 for alliances made before 1945
in wars up to the Second World War, and the two rates that the authors publish by period (66 % and 22 %) come out of
it; they do not come out of the years in which the wars began.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Literal

from foedus.sources.about import edition
from foedus.sources.cells import CONTRADICTS, NO_YES, Unfit, flag, missing_or_number, number
from foedus.sources.edition import Read
from foedus.sources.gather import Layout, as_read, gather
from foedus.sources.grid import grid

KIND = "fulfilment"
COVERED = date(2003, 12, 31)

Coding = Literal["LLM", "BF"]
CODINGS: tuple[Coding, ...] = ("LLM", "BF")
Outcome = Literal["honoured", "violated", "not called on"]

PLEDGES = ("defense", "offense", "neutral", "nonagg", "consul")
_CODED = tuple(f"{stem}{coding}".casefold() for coding in CODINGS for stem in ("honor", "violate", "dna"))

LAYOUT = Layout(
    "Berkemeier & Fuhrmann's replication file on alliances in war",
    ("sample", "warid", "atopid", "cowwarid", "warname", *_CODED, *PLEDGES),
    ("cowid", "multilateral"),
)


@dataclass(frozen=True, slots=True)
class Commitment:
    """An alliance in a war. `war` is the file's own number, `cow_war` COW's (None: COW counts no such war);
    `outcomes` is by coding, and lacks a coding of which the row says nothing."""

    alliance: int
    war: int
    cow_war: int | None
    war_name: str
    early: bool
    multilateral: bool | None
    pledges: frozenset[str]
    outcomes: Mapping[Coding, Outcome] = field(hash=False)
    line: int = 0


def read_commitments(path: Path) -> Read[Commitment]:
    """The file, as Stata's or as a CSV of the same columns. Raises `Refused`: F540 for one that is not it, F801 for
    one of which most rows cannot be read, F559 for Stata's where pandas is not installed."""
    with grid(path, LAYOUT.what) as file:
        found = gather(file, LAYOUT, _made, lambda row: (row.alliance, row.war))
        return as_read(file, found, edition(KIND, "", COVERED), LAYOUT, ())


def _made(line: int, cells: Sequence[str]) -> Commitment:
    by = dict(zip(LAYOUT.all, cells, strict=True))
    early = flag(by["sample"], "sample")
    if early is None:
        raise Unfit("sample", by["sample"], NO_YES)
    outcomes: dict[Coding, Outcome] = {}
    for coding in CODINGS:
        outcome = _outcome(by, coding)
        if outcome is not None:
            outcomes[coding] = outcome
    return Commitment(
        number(by["atopid"], "atopid"),
        number(by["warid"], "warid"),
        missing_or_number(by["cowwarid"], "cowwarid"),
        by["warname"],
        early,
        flag(by["multilateral"], "multilateral"),
        frozenset(pledge for pledge in PLEDGES if flag(by[pledge], pledge)),
        outcomes,
        line,
    )


_COLUMNS: Mapping[str, Outcome] = {"honor": "honoured", "violate": "violated", "dna": "not called on"}


def _outcome(by: Mapping[str, str], coding: Coding) -> Outcome | None:
    found: list[Outcome] = []
    for stem, outcome in _COLUMNS.items():
        column = f"{stem}{coding}".casefold()
        if flag(by[column], column):
            found.append(outcome)
        if len(found) > 1:
            raise Unfit(column, by[column], CONTRADICTS)
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were honoured, of how many honoured or violated."""

    honoured: int
    counted: int

    @property
    def share(self) -> float | None:
        """The rate; None of nothing."""
        return self.honoured / self.counted if self.counted else None

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Wilson's interval (1927), as for independent draws: (0, 1) of nothing.

        >>> [round(end, 3) for end in Tally(12, 54).interval()]
        [0.132, 0.349]
        """
        n = self.counted
        if n == 0:
            return 0.0, 1.0
        z = NormalDist().inv_cdf((1 + confidence) / 2)
        share = self.honoured / n
        middle = share + z * z / (2 * n)
        reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        whole = 1 + z * z / n
        return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def tally(rows: Iterable[Commitment], coding: Coding = "LLM") -> Tally:
    """The commitments that were called on, and how many of them were honoured."""
    found = [row.outcomes.get(coding) for row in rows]
    honoured = found.count("honoured")
    return Tally(honoured, honoured + found.count("violated"))
