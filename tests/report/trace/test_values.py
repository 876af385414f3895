"""JSON by its published schema, places that cut the very words, and the same rows as Parquet."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from foedus.diagnostics.problem import Refused
from foedus.report.trace.asked import Asked
from foedus.report.trace.parquet import beside, write_parquet
from foedus.report.trace.values import SCHEMA_ID, document_json, schema, to_json
from foedus.trace.document import Document
from foedus.trace.passage import Traced
from tests.report.test_json import described
from tests.report.trace.corpus import custom, ford

duckdb = pytest.importorskip("duckdb", reason="duckdb comes with foedus[trace]")

VALIDATOR = Draft202012Validator(schema())


def carried(traced: Traced, *more: Any) -> Any:
    return json.loads(json.dumps(to_json(traced, (custom,), {"k": 4}, *more)))


def test_the_schema_is_one_and_describes_itself() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$id"] == SCHEMA_ID
    assert described(schema()) == []


@pytest.mark.parametrize("asked", [None, Asked("toll", 1, ("minutes",), ())])
def test_an_answer_is_as_its_schema_says(asked: Asked | None) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(carried(ford(), asked))] == []


def test_the_schema_refuses_what_it_does_not_know() -> None:
    made = carried(ford())
    made["passages"][0]["class"] = "alike"
    del made["links"][0]["why"]
    assert len(list(VALIDATOR.iter_errors(made))) == 2


def test_places_cut_the_very_words() -> None:
    traced = ford()
    made = carried(traced)
    texts = {document.id: document.text for document in traced.documents}
    a, b = made["passages"][1]["a"], made["passages"][1]["b"]
    words = "the request of the marsh people the Council sent"
    assert texts[a["document"]][a["start"] : a["end"]] == texts[b["document"]][b["start"] : b["end"]] == words
    edit = made["passages"][0]["edits"][1]
    assert texts["minutes"][edit["a_start"] : edit["a_end"]] == "short"
    assert texts["toll"][edit["b_start"] : edit["b_end"]] == "brief"
    mark = made["documents"][0]["marks"][0]
    assert texts["minutes"][mark["start"] : mark["end"]] == "The clerk writes for the Council."


def test_a_text_that_was_taken_out_of_its_file_comes_along_with_its_places_there() -> None:
    file = "<p>In reply to the <b>request</b></p>"
    text = "In reply to the request"
    places = [file.index("In reply") + n for n in range(16)] + [file.index("request") + n for n in range(7)]
    made = document_json(Document("page", text, "page.html", places=places))
    assert made["text"] == text
    assert document_json(Document("page", text, "page.txt"))["text"] is None
    assert document_json(Document("page", text, "pages.jsonl:3", taken_out=True))["text"] == text
    traced = ford()
    first, *rest = traced.documents
    shifted = [n + 100 for n in range(len(first.text))]
    [span, *_] = [
        p["a"]
        for p in carried(replace(traced, documents=(replace(first, places=shifted), *rest)))["passages"]
    ]
    assert (span["file_start"], span["file_end"]) == (span["start"] + 100, span["end"] + 100)


def test_texts_that_no_encoding_can_carry_have_a_digest_all_the_same() -> None:
    assert document_json(Document("x", "\ud800"))["sha256"]


def rows(path: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?) ORDER BY id", [str(path)])
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_parquet_has_the_rows_of_the_json(tmp_path: Path) -> None:
    traced, path = ford(), tmp_path / "it's.parquet"
    documents = {document.id: document for document in (*traced.documents, custom)}
    assert write_parquet(path, traced.passages, documents.values(), documents) == [path, beside(path)]
    made = carried(traced)
    assert rows(path) == made["passages"]
    wanted = sorted((*made["documents"], *made["known"]), key=lambda one: one["id"])
    assert rows(beside(path)) == [{k: v for k, v in one.items() if k != "text"} for one in wanted]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["it's.documents.parquet", "it's.parquet"]


def test_nothing_found_is_a_table_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "none.parquet"
    write_parquet(path, (), (), {})
    assert rows(path) == []


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "trace.documents.parquet").mkdir()
    with pytest.raises(Refused) as refused:
        write_parquet(tmp_path / "trace.parquet", ford().passages, ford().documents, {})
    assert refused.value.problems[0].code == "F507"
    assert [p.name for p in tmp_path.iterdir()] == ["trace.documents.parquet"]
    with pytest.raises(Refused):
        write_parquet(tmp_path / "nowhere" / "trace.parquet", (), (), {})
