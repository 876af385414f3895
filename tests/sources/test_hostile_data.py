"""Whatever stands in a cell, and wherever a file is changed: a reader gives rows, or refuses in its own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.diagnostics.problem import Refused
from foedus.sources.atop_member import read_phases
from foedus.sources.kinds import kind_named, recognised
from tests.sources import samples
from tests.sources.files import written
from tests.sources.samples import SAMPLES

CELLS = st.one_of(
    st.sampled_from(
        ["", "NA", ".", "-9", "-8", "0", "99", "1e300", "1e400", "nan", "inf", "-1", "1.5", "9" * 30, "9" * 5000,
         "٣", "\x00", "'", "1816-02-30", "99:99:9999", "01:01:99999999999", "10000-01-01", "=1+1",
         "\ufeff", "“", "½", "²"]
    ),
    st.integers().map(str),
    st.text(max_size=12),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@settings(max_examples=150)
@given(name=st.sampled_from(sorted(SAMPLES)), data=st.data())
def test_any_cell_may_hold_anything(name: str, data: st.DataObject, folder: Path) -> None:
    kind, text = SAMPLES[name]
    sign = "\t" if kind.startswith("gw") else ","
    lines = text.splitlines()
    row = data.draw(st.integers(0, len(lines) - 1))
    cells = lines[row].split(sign)
    cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(CELLS)
    lines[row] = sign.join(cells)
    path = folder / "file"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    try:
        found = kind_named(kind).read(path)
        kind_named(kind).count(found.rows)
    except Refused as told:
        assert told.problems[0].code in ("F540", "F801")


@settings(max_examples=100)
@given(name=st.sampled_from(sorted(SAMPLES)), at=st.floats(0, 1), junk=st.binary(max_size=40))
def test_any_bytes_may_stand_anywhere(name: str, at: float, junk: bytes, folder: Path) -> None:
    content = SAMPLES[name][1].encode()
    cut = int(at * len(content))
    path = folder / "file"
    path.write_bytes(content[:cut] + junk + content[cut:])
    try:
        recognised(path).read(path)
    except Refused as told:
        assert told.problems[0].code in ("F540", "F801", "F803", "F559")


def test_a_column_that_is_named_twice_is_refused(tmp_path: Path) -> None:
    lines = samples.PHASES.splitlines()
    text = "\n".join([f"{lines[0]},member", *(f"{line},20" for line in lines[1:])])
    with pytest.raises(Refused) as told:
        read_phases(written(tmp_path, "a.csv", text))
    assert "names `member` twice" in told.value.problems[0].values["why"]


def test_a_row_more_or_less_does_not_change_the_others(tmp_path: Path) -> None:
    """What a reader makes of a row hangs on that row alone, but for rows that tell of the same."""
    whole = read_phases(written(tmp_path, "a.csv", samples.PHASES)).rows
    first, *rest = samples.PHASES.splitlines()
    for n in range(len(rest)):
        left = [*rest[:n], "", *rest[n + 1 :]]
        found = read_phases(written(tmp_path, "b.csv", "\n".join([first, *left]))).rows
        assert found == (*whole[:n], *whole[n + 1 :])
