"""Anchors on disk: what is written is read again, and no JSON is too odd."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.diagnostics.problem import Refused
from foedus.trace.anchor_file import name_of, read_anchors, written
from foedus.trace.anchors import AROUND, Kept

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=AROUND)
KEPT = st.builds(
    lambda exact, prefix, suffix, start, length, letters: Kept(
        exact, prefix, suffix, start, start + length, letters, "0" * 64
    ),
    TEXTS.filter(str.strip), TEXTS, TEXTS, st.integers(0, 10**9), st.integers(0, 10**4),
    st.none() | st.integers(0, 10**9),
)  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
KEYS = st.sampled_from(
    ["id", "items", "target", "selector", "type", "exact", "start", "end", "source", "prefix"]
)
WORTH = st.sampled_from(["urn:foedus:claim:a:b", "TextQuoteSelector", "TextPositionSelector"]) | SCALARS
ANY = st.recursive(
    WORTH, lambda of: st.lists(of, max_size=3) | st.dictionaries(KEYS, of, max_size=5), max_leaves=25
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("anchors") / "anchors.json"


@given(
    st.dictionaries(st.builds(name_of, NAMES, NAMES), st.tuples(TEXTS, KEPT), max_size=4),
    st.lists(SCALARS, max_size=2),
)
def test_what_is_written_is_read_again(
    path: Path, made: dict[str, tuple[str, Kept]], foreign: list[object]
) -> None:
    path.write_text(written(made, tuple(foreign)), encoding="utf-8")
    read = read_anchors(path)
    assert (read.of, list(read.foreign), read.problems) == (made, foreign, ())
    assert written(read.of, read.foreign) == path.read_text(encoding="utf-8")


@given(st.lists(ANY, max_size=4))
def test_any_json_is_read_or_refused(path: Path, items: list[object]) -> None:
    for value in (items, {"items": items}):
        path.write_text(json.dumps(value), encoding="utf-8")
        try:
            read = read_anchors(path)
        except Refused as refused:
            assert [problem.code for problem in refused.problems] == ["F670"]
        else:
            told = int(read.problems[0].values["count"]) if read.problems else 0
            assert len(read.of) + len(read.foreign) + told == len(items)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    with pytest.raises(Refused) as refused:
        read_anchors(path)
    assert [problem.code for problem in refused.value.problems] == ["F670"]
