"""`foedus minutes`: minutes from a record, and from none that is not whole or whose pages are not at hand."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from foedus.cli.schema import schema
from foedus.council.ledger.database import Database, Sqlite
from foedus.council.ledger.head import Signer
from foedus.council.ledger.record import export
from tests.cli.program import foedus
from tests.exercise.records import a_record
from tests.exercise.scenes import VALLEYS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "record.zip").write_bytes(a_record("six-valleys")["record.zip"])
    return tmp_path


def test_minutes_are_printed(folder: Path) -> None:
    done = foedus("minutes", "record.zip", cwd=folder)
    assert done.status == 0, done.err
    assert done.out.startswith("# Minutes: The dam at Marn\n")
    assert "### Decision 1/2031: decide to send the Ward" in done.out
    assert "Meeting" not in done.out, "no meeting was opened where policies play"


def test_minutes_as_json_are_as_their_schema_says(folder: Path) -> None:
    done = foedus("minutes", "record.zip", "--json", cwd=folder)
    data = json.loads(done.out)
    Draft202012Validator(schema("minutes")).validate(data)
    assert not data["live"] and {line["real"] for sat in data["meetings"] for line in sat["lines"]} == {None}


def test_all_forms_are_written_at_once(folder: Path) -> None:
    wanted = ("--pdf", "m.pdf", "--docx", "m.docx", "--akn", "m.xml", "-o", "m.md")
    done = foedus("minutes", "record.zip", *wanted, cwd=folder)
    assert (done.status, done.out) == (0, "")
    begins = {"m.pdf": b"%PDF-", "m.docx": b"PK", "m.xml": b"<?xml", "m.md": b"# Minutes"}
    assert {name: (folder / name).read_bytes()[: len(b)] for name, b in begins.items()} == begins


def test_a_decision_that_was_announced_is_a_decision_without_a_vote(tmp_path: Path) -> None:
    (tmp_path / "record.zip").write_bytes(a_record("kazakhstan-2022")["record.zip"])
    data = json.loads(foedus("minutes", "record.zip", "--json", cwd=tmp_path).out)
    assert [(each["number"], each["ballot"]) for each in data["decisions"]] == [("1/2022", "")]


def repacked(raw: bytes, part: str, old: bytes, new: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as was, zipfile.ZipFile(stream, "w") as made:
        for name in was.namelist():
            content = was.read(name)
            made.writestr(name, content.replace(old, new) if name == part else content)
    return stream.getvalue()


def made_by_hand(path: Path, *bodies: Mapping[str, object]) -> None:
    store, signer = Database(Sqlite(":memory:")), Signer.new("hand")
    store.open_room("hall", signer)
    store.append("hall", bodies, signer)  # type: ignore[arg-type]
    export(store, "hall", [signer.key], path)
    store.close()


def test_no_minutes_of_a_record_that_was_changed(folder: Path) -> None:
    raw = (folder / "record.zip").read_bytes()
    (folder / "record.zip").write_bytes(repacked(raw, "entries.jsonl", b'"BOR"', b'"CAD"'))
    done = foedus("minutes", "record.zip", "--pdf", "m.pdf", cwd=folder)
    assert done.status == 2 and "F766" in done.err and "not whole" in done.err
    assert not (folder / "m.pdf").exists()


def test_no_minutes_of_what_is_no_session(tmp_path: Path) -> None:
    made_by_hand(tmp_path / "record.zip", {"kind": "vote", "by": "ARV"})
    done = foedus("minutes", "record.zip", cwd=tmp_path)
    assert done.status == 2 and "F766" in done.err


def first_of(raw: bytes) -> dict[str, object]:
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return json.loads(file.read("entries.jsonl").splitlines()[0])["body"]


def test_no_minutes_where_the_rules_part_from_the_record(tmp_path: Path) -> None:
    first = first_of(a_record("six-valleys")["record.zip"])
    vote = {"kind": "vote", "by": "ARV", "at": "2031-03-04T09:00:00Z", "ballot": "b1", "status": "for"}
    made_by_hand(tmp_path / "record.zip", first, vote)
    done = foedus("minutes", "record.zip", cwd=tmp_path)
    assert done.status == 2 and "F766" in done.err and "entry 1" in " ".join(done.err.split())


def test_no_minutes_by_pages_that_differ(folder: Path) -> None:
    (folder / "treaties").mkdir()
    page = (VALLEYS / "valleys.md").read_text(encoding="utf-8")
    (folder / "treaties" / "valleys.md").write_text(page.replace("Council", "Board"), encoding="utf-8")
    done = foedus("minutes", "record.zip", "--treaties", "treaties", cwd=folder)
    assert done.status == 2 and "F766" in done.err and "valleys" in done.err


def test_bytes_that_are_damaged_are_told_and_show_no_trace(folder: Path) -> None:
    raw = bytearray((folder / "record.zip").read_bytes())
    raw[400] ^= 0xFF
    (folder / "record.zip").write_bytes(bytes(raw))
    for verb in ("minutes", "verify"):
        done = foedus(verb, "record.zip", cwd=folder)
        assert done.status in (1, 2) and "Traceback" not in done.err
        assert "F680" in done.err or "F766" in done.err or "Not whole" in done.out
