"""Spark and DuckDB run the same SQL, and find the same."""

from __future__ import annotations

import pytest

from bench.wire import Press
from foedus.diagnostics.problem import Refused
from foedus.trace.corpus import Name, index
from foedus.trace.corpus import add as adding
from foedus.trace.corpus import find as finding
from foedus.trace.document import Document
from foedus.trace.plan import Settings
from tests.trace.corpus.test_index import STORY


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


@pytest.mark.needs_spark
def test_spark_that_stops_is_told_in_its_own_words_and_duckdb_goes_on(tmp_path, monkeypatch):
    with index(tmp_path / "index", "spark", workers=1) as made:
        made.add([Document("a", STORY), Document("b", f"News. {STORY}")])
        with monkeypatch.context() as broken:
            broken.setattr(
                "foedus.trace.corpus.joins.later", lambda: "SELECT raise_error('the cluster is gone') AS gone"
            )
            with pytest.raises(Refused) as told:
                made.find()
            assert [one.code for one in told.value.problems] == ["F632"]
            assert "the cluster is gone" in told.value.problems[0].values["why"]
    with index(tmp_path / "index", workers=1) as made:
        made.find()
        assert [one.kind for one in made.passages()] == ["verbatim"]
