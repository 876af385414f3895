"""The published JSON Schemas hold for what is really written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from foedus.assessment.assess import assess
from foedus.cli.check import check
from foedus.cli.schema import WRITTEN, schema
from foedus.diagnostics.render import to_json as problem_as_json
from foedus.library import Library
from foedus.report.json import to_json
from foedus.tables.columns import TABLES
from foedus.tables.delimited import write_json
from foedus.tables.exchange import open_dossier
from tests.cli.program import ROOT, foedus

NAMES = [*WRITTEN, *TABLES]
DOSSIERS = sorted({*Library().dossiers[::9], "armenia-2022", "kazakhstan-2022"})
BAD = sorted(path for path in (ROOT / "tests/bad").glob("F*.md") if ".with." not in path.name)


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_and_is_printed(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema(name)["$id"] == f"urn:foedus:schema:{name}:1"
    assert json.loads(foedus("schema", name).out) == schema(name)


@pytest.mark.parametrize("name", DOSSIERS)
def test_an_answer_is_as_its_schema_says(name: str) -> None:
    loaded = Library().dossier(name)
    assert loaded.dossier is not None
    answer: Any = to_json(assess(loaded.dossier, loaded.program))
    validator("assessment").validate(json.loads(answer) if isinstance(answer, str) else answer)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", DOSSIERS)
def test_rows_are_as_their_schema_says(name: str, table: str) -> None:
    rows = json.loads(write_json(open_dossier(name).rows.cells(table)))
    assert rows
    validator(table).validate(rows)


@pytest.mark.parametrize("path", BAD[::6], ids=lambda path: path.stem)
def test_problems_are_as_their_schema_says(path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    problems, _, _ = check((path.name, "nowhere.md"), None)
    assert problems
    validator("problems").validate([problem_as_json(problem) for problem in problems])


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("claims", {"verb": "says"}),
        ("claims", {"unconfirmed": "perhaps"}),
        ("sources", {"url": "file:///x"}),
        ("sources", {"title": ""}),
    ],
)
def test_a_schema_refuses_what_an_import_refuses(table: str, row: dict[str, str]) -> None:
    good = dict(open_dossier("armenia-2022").rows.cells(table)[0])
    assert validator(table).is_valid([good])
    assert not validator(table).is_valid([{**good, **row}])
