"""Whatever is wrong with an index is said in a sentence, with its code, and what is finished stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.diagnostics.catalogue import CATALOGUE, title_of
from foedus.diagnostics.problem import Refused
from foedus.trace.corpus import folder, index, spark
from foedus.trace.corpus.engine import DuckDB
from foedus.trace.corpus.workers import done
from foedus.trace.document import Document
from foedus.trace.plan import Settings
from tests.trace.corpus.test_index import STORY


def refused(code: str, do: object, *given: object, **named: object) -> Refused:
    with pytest.raises(Refused) as caught:
        do(*given, **named)  # type: ignore[operator]
    (problem,) = caught.value.problems
    assert problem.code == code
    assert "…" not in title_of(problem)
    return caught.value


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with index(tmp_path / "index", workers=1) as made:
        made.add([Document("a", STORY), Document("b", f"News. {STORY}")])
        made.find()
    return tmp_path / "index"


def read(place: Path) -> None:
    with index(place, workers=1) as made:
        made.add([Document("c", f"{STORY} And more.")])
        made.find()
        list(made.documents())
        list(made.passages())
        made.query(Document("mine", STORY))


@pytest.mark.parametrize("what", ["file in it", "a file", "other json", "no json"])
def test_a_folder_of_something_else_is_left_alone(tmp_path, what):
    place = tmp_path / "letters"
    if what == "a file":
        place.write_text("mine")
    else:
        place.mkdir()
        name = "letter.txt" if what == "file in it" else "index.json"
        (place / name).write_text('{"mine": 1}' if what == "other json" else "mine")
    before = sorted(tmp_path.rglob("*"))
    refused("F625", index, place)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("version", [0, 1, 3, "2"])
def test_an_index_of_another_version_is_not_read(place, version):
    said = json.loads((place / "index.json").read_text("utf-8"))
    (place / "index.json").write_text(json.dumps({**said, "foedus trace index": version}))
    refused("F626", index, place)


def files(place: Path) -> list[Path]:
    return [path for path in sorted(place.glob("*/*/*")) if path.is_file()]


def test_a_file_that_is_missing_or_cut_is_named(place):
    some = files(place)
    assert len(some) == 13
    for path in some:
        whole = path.read_bytes()
        for changed in (None, whole[: len(whole) // 2], whole + b"x"):
            if path.name == "done.json" and changed == whole + b"x":
                changed = b"[]"
            path.unlink()
            if changed is not None:
                path.write_bytes(changed)
            problem = refused("F627", read, place).problems[0]
            assert problem.values["path"] == str(path)
            path.write_bytes(whole)
    read(place)


def test_bytes_changed_within_a_file_never_show_a_traceback(place):
    for path in files(place):
        whole = path.read_bytes()
        if path.suffix not in (".parquet", ".npy"):
            continue
        for start in (0, len(whole) - 20):
            path.write_bytes(whole[:start] + bytes(20) + whole[start + 20 :])
            assert refused("F627", index(place).check).problems[0].values["path"] == str(path)
            try:
                read(place)
            except Refused as error:
                assert {problem.code for problem in error.problems} <= {"F627"}
        path.write_bytes(whole)
        index(place).check()


def test_a_batch_that_is_missing_is_named(place):
    read(place)
    (place / "batches" / "batch=0").rename(place / "batches" / "batch=7")
    refused("F627", read, place)


def test_settings_that_do_not_fit_are_not_taken(place):
    refused("F629", index, place, settings=Settings())
    refused("F627", spoilt_settings, place)


def spoilt_settings(place: Path) -> None:
    said = json.loads((place / "index.json").read_text("utf-8"))
    (place / "index.json").write_text(json.dumps({**said, "settings": {"none": 1}}))
    index(place)


def test_two_processes_do_not_write_at_once(place):
    with index(place, workers=1) as made:
        made.find()
        with index(place, workers=1) as other:
            refused("F628", other.add, [])
            assert len(list(other.passages())) == 1  # to read is not to write
    with index(place, workers=1) as other:
        other.add([])


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="whoever may write anywhere is refused nowhere"
)
def test_a_folder_that_may_not_be_written_to(tmp_path):
    tmp_path.chmod(0o500)
    refused("F634", index, tmp_path / "index")


def test_a_folder_below_a_file_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    refused("F634", index, tmp_path / "file" / "index")


def test_a_full_disk_and_too_little_memory_are_told_apart(tmp_path):
    engine = DuckDB(tmp_path / "work" / "spill", 8 << 20)
    refused("F636", engine.table, "much", "SELECT list(range) FROM range(10000000)")
    engine.close()


def test_a_worker_that_ends_is_told():
    refused("F635", lambda: list(done([(os._exit, (1,))] * 2, 2, "index")))


def test_spark_without_java(tmp_path, monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    refused("F631", spark.Spark, tmp_path, 1 << 30, 1)


def test_spark_without_pyspark(tmp_path, monkeypatch):
    monkeypatch.setattr(spark.shutil, "which", lambda _: "java")
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    refused("F559", spark.Spark, tmp_path, 1 << 30, 1)


def test_every_code_here_is_in_the_catalogue():
    text = "".join(path.read_text("utf-8") for path in Path(folder.__file__).parent.glob("*.py"))
    ours = {code for code in CATALOGUE if "F625" <= code <= "F636"}
    assert ours == {code for code in ours if f'"{code}"' in text}


def test_nothing_of_it_is_needed_to_start_the_program():
    code = (
        "import foedus.cli.main, sys; sys.exit(any(m in sys.modules for m in ('duckdb', 'numpy', 'pyspark')))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
