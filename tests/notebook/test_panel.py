"""`foedus.panel()`: what the command makes, as a data frame with what it rests on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest

import foedus
from tests.notebook.test_public import fresh
from tests.panel.files import ROWS, SPELLS, atop, states, written


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Any]:
    return {
        "atop": written(tmp_path, "atop.csv", atop(ROWS)),
        "states": written(tmp_path, "states.csv", states(SPELLS)),
    }


def test_a_frame_of_polars_with_what_it_rests_on(files: dict[str, Any]) -> None:
    found = foedus.panel(2015, 2018, **files)
    assert isinstance(found, pl.DataFrame)
    assert found.filter(ccode1=2, ccode2=90)["atop_defense"].to_list() == [1, 1, None, None]
    assert found.foedus["rule"] == "any"  # type: ignore[attr-defined]
    assert found.foedus["sources"][0]["edition"]["version"] == "4.01"  # type: ignore[attr-defined]
    assert found.foedus["left_out"] == []  # type: ignore[attr-defined]
    assert nw.from_native(found).shape == found.shape


def test_pandas_has_integers_that_may_be_missing(files: dict[str, Any]) -> None:
    found = foedus.panel(2015, 2018, backend="pandas", **files)
    assert str(found["atop_defense"].dtype) == "Int8" and str(found["ccode1"].dtype) == "int16"
    assert int(found["atop_defense"].isna().sum()) == 84
    assert found.attrs["foedus"]["missing"] == {"atop": 84}


def test_pyarrow_has_it_in_the_schema(files: dict[str, Any]) -> None:
    found = foedus.panel(2015, 2016, backend="pyarrow", **files)
    assert json.loads(found.schema.metadata[b"foedus"])["rows"] == found.num_rows == 84


def test_what_the_command_takes_python_takes(files: dict[str, Any]) -> None:
    options = {"unit": "undirected", "rule": "dec31", "codes": "iso", "pledges": ["defense", "consul"]}
    found = foedus.panel(1955, 1956, markers=True, **options, **files)  # type: ignore[arg-type]
    assert found.columns[:5] == ["iso1", "iso2", "year", "atop_defense", "atop_consul"]
    assert found.filter(iso1="GTM", iso2="USA")["atop_if_adversary"].to_list() == [1, 1]
    days = foedus.panel(1960, 1960, unit="days", on="1960-04-30", until="1960-05-01", **files)
    assert days.filter(ccode1=2, ccode2=90)["atop_consul"].to_list() == [1, 0]


def test_pages_are_a_source_that_is_one_or_missing(files: dict[str, Any]) -> None:
    found = foedus.panel(1955, 1955, source="pages", states=files["states"])
    assert found.filter(ccode1=2, ccode2=20)["pages_defense"].to_list() == [1]  # the North Atlantic Treaty
    assert set(found["pages_defense"].to_list()) == {1, None}
    assert found.filter(ccode1=2, ccode2=365)["pages_defense"].to_list() == [None]


def test_the_room_of_the_same_name_does_not_cover_it() -> None:
    from foedus.panel.make import make

    assert callable(make) and callable(foedus.panel) and foedus.panel.__name__ == "panel"


BAD = {
    "F510": {"unit": "dyad"},
    "F820": {"last": 1990},
    "F824": {"pledges": "defence"},
    "F825": {"source": ["atpo"]},
    "F828": {"unit": "days", "rule": "any"},
}


@pytest.mark.parametrize("code", BAD)
def test_refusals(code: str, files: dict[str, Any]) -> None:
    with pytest.raises(foedus.Refused) as refused:
        foedus.panel(**{"first": 1995, "last": 1996, **files, **BAD[code]})  # type: ignore[call-overload]
    assert [p.code for p in refused.value.problems] == [code]


def test_without_numpy_one_is_told_what_to_install() -> None:
    program = (
        "import sys; sys.modules['numpy'] = None; import foedus\n"
        "try: foedus.panel(1870, 1880)\n"
        "except foedus.Refused as refused: print(refused.problems[0].code)"
    )
    assert fresh(program) == "F554"
