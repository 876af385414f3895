"""The table of honoured alliances, from a file in the form of Berkemeier & Fuhrmann's; every row in it is invented."""

from __future__ import annotations

from pathlib import Path

from foedus.report.fulfilment import rates, show_rates
from foedus.report.layout import Sheet
from foedus.sources.fulfilment import CODINGS, PLEDGES, Commitment, Tally, read_commitments
from tests.sources.files import COMMITMENTS, written


def rows(folder: Path) -> tuple[Commitment, ...]:
    return read_commitments(written(folder, "bf.csv", COMMITMENTS)).rows


def test_periods_part_the_whole_and_pledges_overlap(tmp_path: Path) -> None:
    read = rows(tmp_path)
    found = {(rate.pledge, rate.period, rate.coding): rate.found for rate in rates(read)}
    for coding in CODINGS:
        for pledge in ("", *PLEDGES):
            whole, early, late = (found[pledge, period, coding] for period in ("", "early", "late"))
            assert (early.honoured + late.honoured, early.counted + late.counted) == (
                whole.honoured,
                whole.counted,
            )
        assert sum(found[pledge, "", coding].counted for pledge in PLEDGES) > found["", "", coding].counted


def test_the_year_in_which_a_war_began_parts_them_otherwise(tmp_path: Path) -> None:
    read = rows(tmp_path)
    found = {
        rate.period: rate.found
        for rate in rates(read, {901: 1901, 902: 1945, 903: 1944})
        if (rate.pledge, rate.coding) == ("", "LLM")
    }
    assert found["before 1945"] == Tally(2, 3)
    assert found["from 1945"] == Tally(1, 2)
    assert found["not listed"] == Tally(0, 0)
    assert found["early"] == Tally(3, 4)


def test_it_is_read_at_eighty_columns(tmp_path: Path) -> None:
    sheet = Sheet(80)
    show_rates(sheet, rates(rows(tmp_path), {901: 1901}))
    text = sheet.text()
    assert max(map(len, text.splitlines())) <= 80
    lines = [line.split() for line in text.splitlines()]
    assert ["all", "3", "of", "5", "60", "23–88", "2", "of", "5", "40", "12–77"] in lines
    assert ["non-aggression", "none", "none"] in lines
    assert "\n    earlier period  " in text  # set in below its pledge
