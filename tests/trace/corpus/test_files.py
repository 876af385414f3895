"""Files into an index: small ones in workers, large ones and those with many documents one after the other."""

from __future__ import annotations

import json

from foedus.trace.corpus import add as adding
from foedus.trace.corpus import index
from foedus.trace.corpus.progress import Progress
from tests.trace.corpus.test_index import STORY


def test_files_are_read_once_and_a_changed_one_is_another_document(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(5):
        (pages / f"p{n}.txt").write_text(f"Page {n}.\n{STORY}", "utf-8")
    (pages / "scan.txt").write_bytes(b"")
    rows = [{"id": f"r{n}", "text": f"Row {n}. {STORY}"} for n in range(3)]
    (pages / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    told: list[Progress] = []
    with index(tmp_path / "index", workers=1, watch=told.append) as made:
        first = made.add_files([pages])
        assert first.documents == 8
        assert [one.path for one in first.unread] == [(pages / "scan.txt").as_posix()]
        assert (told[-1].stage, told[-1].done) == ("reading", told[-1].of)
        again = made.add_files([pages])
        assert (again.documents, again.unread) == (0, ())
        (pages / "p1.txt").write_text(f"Page 1, changed.\n{STORY}", "utf-8")
        assert made.add_files([pages]).documents == 1
        assert sorted(made.names().values()) == [
            "p0", "p1", "p1~2", "p2", "p3", "p4", "r0", "r1", "r2",
        ]  # fmt: skip
        made.find()
        assert {(one.a.document, one.b.document) for one in made.passages()} >= {("p0", "p1~2"), ("p0", "r0")}


def test_lumps_do_not_depend_on_workers(tmp_path, monkeypatch):
    monkeypatch.setattr(adding, "CHARACTERS", 700)
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(9):
        (pages / f"p{n}.txt").write_text(f"Page {n}.\n{STORY}" * (1 + 4 * (n == 3)), "utf-8")
    found = []
    for workers in (1, 2):
        with index(tmp_path / str(workers), workers=workers) as made:
            made.add_files([pages])
            made.find()
            found.append((list(made.names().items()), list(made.passages())))
    assert found[0] == found[1]
    assert len({number >> 15 for number, _ in found[0][0]}) > 3
