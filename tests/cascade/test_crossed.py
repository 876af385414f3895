"""Rates by pledge and era at once stand for themselves."""

from __future__ import annotations

import pytest

from foedus.cascade.honour import CROSSED, STANDARD, read_table
from foedus.obligations.obligation import PLEDGES


@pytest.mark.parametrize("pledge", PLEDGES)
@pytest.mark.parametrize(("year", "first"), [(1914, 1816), (1990, 1945)])
def test_a_rate_of_the_pledge_in_the_era_is_not_weighed_again(pledge: str, year: int, first: int) -> None:
    table = read_table(CROSSED)
    recipe = table.recipe(pledge, year)  # pyright: ignore[reportArgumentType]
    [name] = recipe.kept
    rate = table.rates[name]
    assert name.startswith(f"honours {pledge} {first}-")
    assert recipe.value({**table.values(), recipe.enters: 1.0}) == rate.mean


@pytest.mark.parametrize("pledge", PLEDGES)
def test_the_cells_of_a_pledge_are_all_of_it(pledge: str) -> None:
    """A file of counts by pledge and one by pledge and era say the same of the pledge."""
    whole = read_table(STANDARD).rates[f"honours {pledge} 1816-2003"]
    crossed = read_table(CROSSED).rates
    cells = [crossed[f"honours {pledge} {era}"] for era in ("1816-1944", "1945-2003")]
    assert (sum(cell.kept or 0 for cell in cells), sum(cell.of or 0 for cell in cells)) == (
        whole.kept,
        whole.of,
    )


def test_the_eras_are_all_of_it() -> None:
    rates = read_table(STANDARD).rates
    parts = [rates["honours any 1816-1944"], rates["honours any 1945-2003"]]
    whole = rates["honours any 1816-2003"]
    assert (sum(part.kept or 0 for part in parts), sum(part.of or 0 for part in parts)) == (
        whole.kept,
        whole.of,
    )
