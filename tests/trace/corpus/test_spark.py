"""Spark and DuckDB run the same SQL, and find the same."""

from __future__ import annotations

import pytest

from bench.wire import Press
from foedus.trace.corpus import Name, index
from foedus.trace.corpus import add as adding
from foedus.trace.corpus import find as finding
from foedus.trace.plan import Settings


@pytest.mark.needs_spark
def test_both_engines_find_the_same_and_go_on_with_each_others_work(tmp_path, monkeypatch):
    monkeypatch.setattr(adding, "CHARACTERS", 20_000)
    monkeypatch.setattr(finding, "BUCKET", 16_000)
    monkeypatch.setattr(finding, "SHARD", 2)
    documents = [document for document, _ in Press(11, 1200).documents(40)]
    found: list[list[str]] = []
    both: tuple[tuple[Name, Name], ...] = (("duckdb", "duckdb"), ("spark", "duckdb"))
    passages: list[str] = []
    for engines in both:
        place = tmp_path / "-".join(engines)
        for engine, some in zip(engines, (documents[:30], documents[30:]), strict=True):
            with index(place, engine, settings=Settings(few=3, hubs=2, many=20), workers=1) as made:
                made.add(some)
                made.find()
                passages = sorted(map(repr, made.passages()))
        found.append(passages)
    assert found[0]
    assert found[1] == found[0]
