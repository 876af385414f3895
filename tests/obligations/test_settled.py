"""What differs by partner, settled by the directed dyad-years as far as these tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.obligations.from_data import table_from
from foedus.obligations.settled import settled
from foedus.sources.atop_member import read_phases
from tests.panel.files import BOTH, Row, atop, written


@dataclass(frozen=True)
class Year:
    first: int
    second: int
    year: int
    pledges: frozenset[str]
    alliances: tuple[str, ...] = ("9001",)


ROWS = (
    Row(9001, 2, date(1950, 3, 2), None, BOTH, varies=True),
    Row(9001, 20, date(1950, 3, 2), None, BOTH),
    Row(9001, 70, date(1950, 3, 2), date(1953, 6, 1), BOTH),
)
DEFENCE = frozenset({"defense"})


def test_each_year_has_the_pledges_that_the_file_leaves(tmp_path: Path) -> None:
    table = table_from(read_phases(written(tmp_path, "atop.csv", atop(ROWS))))
    found = settled(
        table,
        [
            Year(2, 20, 1950, DEFENCE),
            Year(2, 20, 1951, frozenset()),
            Year(2, 20, 1952, BOTH, ("9001", "9007")),
            Year(2, 70, 1953, DEFENCE),
            Year(20, 2, 1950, frozenset()),  # its row does not vary: it says itself what is owed
        ],
    )

    def owed(debtor: int, other: int, day: date) -> list[tuple[str | None, bool]]:
        return [(o.pledge, o.varies) for o in found.of(debtor, other).on(day)]

    assert owed(2, 20, date(1950, 3, 1)) == []
    assert owed(2, 20, date(1950, 12, 31)) == [("defense", False)]
    assert owed(2, 20, date(1951, 1, 1)) == owed(2, 20, date(1951, 12, 31)) == []
    assert owed(2, 20, date(1952, 1, 1)) == [
        ("defense", True),
        ("consul", True),
    ]  # perhaps under the other one
    assert owed(2, 20, date(1953, 1, 1)) == [("defense", True), ("consul", True)]  # not in the file
    assert owed(2, 20, date(2016, 12, 31)) == [("defense", True), ("consul", True)]
    assert owed(2, 70, date(1953, 5, 31)) == [("defense", False)]
    assert owed(2, 70, date(1953, 6, 1)) == []
    assert owed(20, 2, date(1950, 6, 1)) == [("defense", False), ("consul", False)]
    assert len(settled(table, [])) >= len(table) and not settled(table, []).of(20, 2).varies.any()
