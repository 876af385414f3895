"""Data frames hold what the answer holds, the same in every library, in the columns they say they have."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import foedus
from foedus.notebook.columns import Kind
from foedus.notebook.frames import TABLES
from tests.cli.program import environment
from tests.notebook.raid import ANSWERS, dossier, kazakhstan, raid

POLARS: dict[Kind, Any] = {
    "text": pl.String, "texts": pl.List(pl.String), "flag": pl.Boolean, "whole": pl.Int64,
    "number": pl.Float64, "day": pl.Date,
}  # fmt: skip
PANDAS: dict[Kind, str] = {
    "text": "string", "texts": "object", "flag": "boolean", "whole": "Int64", "number": "float64",
    "day": "datetime64[s]",
}  # fmt: skip
PYARROW: dict[Kind, Any] = {
    "text": pa.string(), "texts": pa.list_(pa.string()), "flag": pa.bool_(), "whole": pa.int64(),
    "number": pa.float64(), "day": pa.date32(),
}  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("name", TABLES)
def test_each_library_holds_the_same(name: str, answer: str) -> None:
    made = ANSWERS[answer]()
    first = made.frame(name)
    columns = foedus.columns(name)
    assert dict(first.schema) == {c.name: POLARS[c.kind] for c in columns}
    arrow = made.frame(name, backend="pyarrow")
    assert {f.name: f.type for f in arrow.schema} == {c.name: PYARROW[c.kind] for c in columns}
    assert arrow.to_pylist() == first.to_dicts()
    pandas = made.frame(name, backend="pandas")
    assert {n: str(t) for n, t in pandas.dtypes.items()} == {c.name: PANDAS[c.kind] for c in columns}
    said = [
        {n: v.date() if isinstance(v, pd.Timestamp) else v if isinstance(v, list) or not pd.isna(v) else None
         for n, v in row.items()}
        for row in pandas.to_dict("records")
    ]  # fmt: skip
    assert said == first.to_dicts()


@pytest.mark.parametrize("name", ANSWERS)
def test_one_row_for_one_thing(name: str) -> None:
    answer = ANSWERS[name]()
    plain = answer.to_json()
    rows = {frame: answer.frame(frame).height for frame in TABLES}
    facts, positions = plain["facts"], plain["positions"]
    assert rows["facts"] == len(facts)
    assert rows["claims"] == sum(len(fact["claims"]) for fact in facts)
    assert rows["sources"] == len(plain["sources"])
    assert rows["figures"] == sum(len(figure["values"]) for figure in plain["figures"])
    assert rows["findings"] == sum(len(finding["bearers"]) for finding in plain["findings"])
    assert rows["questions"] == len(plain["questions"])
    assert rows["answers"] == sum(len(a["voices"]) for q in plain["questions"] for a in q["answers"])
    assert rows["positions"] == sum(len(position["holds"]) for position in positions)
    assert rows["follows"] == len(positions) * len(plain["findings"])
    views = [f["views"]["granting"] for f in plain["findings"]]
    sets = [each for v in views for way in ("holds_if", "fails_if") for each in v[way]["sets"]]
    assert rows["conditions"] == sum(map(len, sets))


def test_ids_are_keys() -> None:
    for key in ("fact", "source", "question", "claim"):
        column = kazakhstan().frame(f"{key}s")[key]
        assert column.n_unique() == len(column), key


def test_frames_can_be_joined() -> None:
    claims, facts, sources = (kazakhstan().frame(name) for name in ("claims", "facts", "sources"))
    assert claims.join(facts, on="fact", how="anti").is_empty()
    assert claims.drop_nulls("source").join(sources, on="source", how="anti").is_empty()
    for name in ("answers", "positions", "conditions"):
        frame = kazakhstan().frame(name)
        assert frame.join(kazakhstan().frame("questions"), on="question", how="anti").is_empty(), name


def test_a_claim_is_said_on_its_own_day_or_its_document_s() -> None:
    claims = {row["claim"]: row for row in raid().frame("claims").to_dicts()}
    assert claims["a1/note/asserts"]["on_first"] == date(2020, 3, 6)
    assert claims["outside/embassy/asserts"]["principal"] == "ARV"
    request = raid().frame("facts").filter(pl.col("fact") == "r1").row(0, named=True)
    assert (request["on"], request["on_first"], request["on_last"]) == (
        "[2020-03-06,2020-03-07]", date(2020, 3, 6), date(2020, 3, 7),
    )  # fmt: skip


def test_an_open_end_has_no_day(tmp_path: Any) -> None:
    from foedus.notebook.frames import dated_cells
    from foedus.terms.time import day

    assert dated_cells(day("2020-03-06/..")) == ("2020-03-06/..", date(2020, 3, 6), None)
    assert dated_cells(day("../2020-03-06")) == ("../2020-03-06", None, date(2020, 3, 6))
    assert dated_cells(None) == (None, None, None)


def test_what_is_unconfirmed_is_marked() -> None:
    claims = kazakhstan().frame("claims")
    positions = kazakhstan().frame("positions")
    assert claims["unconfirmed"].sum() > 0
    row = positions.filter(pl.col("speaker") == "EJILTALK").row(0, named=True)
    assert row["unconfirmed"] is True


def test_exact_chances_stay_exact() -> None:
    chances = {"heavy": "1/3", "outside": "1/7", "bound": 1}
    frame = foedus.assess(dossier(), weights=chances).frame("findings")
    exact = [value for value in frame["chance_exact"] if value and "/" in value]
    assert exact or set(frame["chance"]) <= {0.0, 1.0, None}


def test_an_unknown_frame_or_library_is_told() -> None:
    for ask in (
        lambda: raid().frame("claim"),
        lambda: raid().frame("claims", backend="polar"),  # pyright: ignore[reportCallIssue, reportArgumentType]
        lambda: foedus.columns("?"),
    ):
        with pytest.raises(foedus.Refused) as refused:
            ask()
        assert refused.value.problems[0].code == "F510"


@pytest.mark.parametrize(
    ("library", "install"), [("polars", "'foedus[frames]'"), ("pandas", "pandas"), ("pyarrow", "pyarrow")]
)
def test_a_library_that_is_not_there_is_named_with_the_command(library: str, install: str) -> None:
    program = (
        "import sys, foedus\n"
        f"sys.modules[{library!r}] = None\n"
        "try: foedus.assess('kyrgyzstan-2010').frame('facts', backend=sys.argv[1])\n"
        "except foedus.Refused as refused: print(refused)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, library], env=environment(), capture_output=True, encoding="utf-8"
    )
    assert "error F554" in done.stdout, done.stderr
    assert f"pip install {install}\n" in done.stdout
