"""Every form of file, read back: the same rows, missing cells, and what it rests on."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, cast

import narwhals as nw
import pandas
import polars as pl
import pyarrow.feather
import pyarrow.parquet
import pytest

from foedus.diagnostics.problem import Refused
from foedus.obligations.from_data import table_from
from foedus.panel.described import as_json, described
from foedus.panel.frame import WRITERS, frame, write
from foedus.panel.make import Asked, Panel, make
from foedus.panel.system import system_from
from foedus.sources.atop_member import read_phases
from foedus.sources.cow import read_spells
from tests.panel.files import ROWS, SPELLS, atop, states, written


def panel_of(folder: Path, asked: Asked) -> Panel:
    table = table_from(read_phases(written(folder, "atop.csv", atop(ROWS))))
    return make([table], system_from([read_spells(written(folder, "states.csv", states(SPELLS)))]), asked)


@pytest.fixture
def panel(tmp_path: Path) -> Panel:
    return panel_of(tmp_path, Asked(2015, 2018))


def test_columns_are_integers_and_beyond_coverage_null(panel: Panel) -> None:
    found = frame(panel)
    assert found.columns[:4] == ["ccode1", "ccode2", "year", "atop_defense"]
    assert all(kind.is_integer() for kind in found.dtypes)
    assert found.filter(pl.col("year") > 2016)["atop_defense"].null_count() == 2 * 7 * 6
    assert found.filter(pl.col("year") <= 2016)["atop_defense"].null_count() == 0
    assert found.select(pl.struct("ccode1", "ccode2", "year").is_unique().all()).item()
    assert found.equals(found.sort("ccode1", "ccode2", "year"))


def test_parquet_carries_what_it_rests_on(panel: Panel, tmp_path: Path) -> None:
    assert write(panel, tmp_path / "p.parquet") == (tmp_path / "p.parquet",)
    assert pl.read_parquet(tmp_path / "p.parquet").equals(frame(panel))
    kept = pyarrow.parquet.read_metadata(tmp_path / "p.parquet").metadata[b"foedus"]
    said = json.loads(kept)
    assert said == json.loads(pl.read_parquet_metadata(tmp_path / "p.parquet")["foedus"])
    assert said == json.loads(as_json(panel)) == described(panel)
    source = said["sources"][0]
    assert source["edition"]["version"] == "4.01" and source["covers"] == ["1815-01-01", "2016-12-31"]
    assert (said["rule"], said["begin"], said["codes"], said["rows"]) == ("any", "signature", "cow", 168)
    assert said["missing"] == {"atop": 84}


def test_csv(panel: Panel, tmp_path: Path) -> None:
    path, beside = write(panel, tmp_path / "p.csv")
    assert beside.name == "p.csv.json" and json.loads(beside.read_text(encoding="utf-8"))["rows"] == 168
    back = pl.read_csv(path)
    assert back.cast(dict(frame(panel).schema)).equals(frame(panel))  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8").splitlines()[-1].endswith(",,,")  # missing, not 0


def test_stata(panel: Panel, tmp_path: Path) -> None:
    path, _ = write(panel, tmp_path / "p.dta")
    back: Any = pandas.read_stata(path)
    there = frame(panel)
    assert list(back.columns) == there.columns
    for name in there.columns:
        assert [None if pandas.isna(v) else int(v) for v in back[name]] == there[name].to_list()


@pytest.mark.parametrize("ending", [".arrow", ".feather"])
def test_arrow(panel: Panel, tmp_path: Path, ending: str) -> None:
    path, _ = write(panel, tmp_path / f"p{ending}")
    assert pl.read_ipc(path).equals(frame(panel))
    assert pyarrow.feather.read_table(path).num_rows == len(panel)


@pytest.mark.parametrize("ending", WRITERS)
def test_codes_of_iso_and_days_in_every_form(tmp_path: Path, ending: str) -> None:
    asked = Asked(2016, 2017, "days", codes="iso", on=date(2016, 12, 31), until=date(2017, 1, 1))
    panel = panel_of(tmp_path, asked)
    found = frame(panel)
    assert set(found["iso1"].cast(pl.String)) == {"USA", "CAN", "MEX", "GTM", "DEU", "POL", "RUS"}
    assert found["date"].unique().sort().to_list() == [date(2016, 12, 31), date(2017, 1, 1)]
    write(panel, tmp_path / f"p{ending}")
    read = {
        ".parquet": pl.read_parquet, ".csv": lambda p: pl.read_csv(p, try_parse_dates=True),
        ".arrow": pl.read_ipc, ".feather": pl.read_ipc,
        ".dta": lambda p: pl.DataFrame(cast("Any", pandas.read_stata(p)).to_dict("list")),
    }[ending]  # fmt: skip
    back = read(tmp_path / f"p{ending}")
    assert back["iso2"].cast(pl.String).to_list() == found["iso2"].cast(pl.String).to_list()
    assert back["date"].cast(pl.Date).to_list() == found["date"].to_list()


def test_narwhals_takes_it(panel: Panel) -> None:
    found = nw.from_native(frame(panel))
    assert found.filter(nw.col("atop_defense") == 1).shape[0] == frame(panel)["atop_defense"].sum()


def test_nothing_half_written(panel: Panel, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "p.csv").write_text("mine", encoding="utf-8")
    (folder / "p.csv.json").mkdir()
    with pytest.raises(Refused) as refused:  # what stands beside cannot be written: neither is
        write(panel, folder / "p.csv")
    assert refused.value.problems[0].code == "F507"
    assert (folder / "p.csv").read_text(encoding="utf-8") == "mine"
    assert sorted(p.name for p in folder.iterdir()) == ["p.csv", "p.csv.json"]
    for path in (tmp_path / "nowhere" / "p.parquet", tmp_path / "out"):
        with pytest.raises(Refused):
            write(panel, path)


def test_an_unknown_ending(panel: Panel, tmp_path: Path) -> None:  # F823
    with pytest.raises(Refused) as refused:
        write(panel, tmp_path / "p.xlsx")
    assert refused.value.problems[0].code == "F823"
    assert not list(tmp_path.glob("p.*"))
