"""The folder that keeps data sets: copies by their digests, versions beside each other, nothing half-written."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from foedus.diagnostics.problem import Problem, Refused
from foedus.sources import shelf as room
from foedus.sources.atop_member import read_phases
from foedus.sources.shelf import MANIFEST, VARIABLE, Shelf, data_folder, names, shelf
from tests.sources import samples
from tests.sources.files import written
from tests.sources.samples import SAMPLES, laid


@pytest.fixture
def kept(tmp_path: Path) -> Shelf:
    return shelf(tmp_path / "kept")


def refused(call: object, *args: object) -> Problem:
    assert callable(call)
    with pytest.raises(Refused) as told:
        call(*args)
    return told.value.problems[0]


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name != ".lock"}


def test_a_folder_that_is_not_there_keeps_nothing(kept: Shelf) -> None:
    assert (kept.all(), kept.has("nmc"), kept.folder.exists()) == ((), False, False)


def test_every_kind_is_kept_and_read_again_as_it_was(kept: Shelf, tmp_path: Path) -> None:
    for path in sorted(laid(tmp_path / "files").iterdir()):
        added = kept.add(path)
        assert not added.before
        again = kept.read(added.kept.name)
        assert (again.rows, again.edition) == (added.read.rows, added.read.edition)
        assert kept.find(added.kept.name) == added.kept
    assert [each.name for each in kept.all()] == sorted(kind for kind, _ in SAMPLES.values())
    assert len(files(kept.folder)) == len(SAMPLES) + 1


def test_the_copy_has_the_bytes_of_the_file(kept: Shelf, tmp_path: Path) -> None:
    path = written(tmp_path, "W.CSV", samples.WARS, "\r", "latin-1")
    copy = kept.add(path).kept
    assert copy.path.read_bytes() == path.read_bytes()
    assert copy.called == "W.CSV" and copy.path.suffix == ".csv"
    path.unlink()
    assert len(kept.read("cow-wars").rows) == 2


def test_the_same_file_is_kept_once_whatever_it_is_called(kept: Shelf, tmp_path: Path) -> None:
    first = kept.add(written(tmp_path, "one.csv", samples.STATES))
    second = kept.add(written(tmp_path, "two.csv", samples.STATES))
    assert (first.before, second.before, second.kept) == (False, True, first.kept)
    assert len(kept.all()) == 1


def test_versions_stand_beside_each_other_and_the_latest_is_found(kept: Shelf, tmp_path: Path) -> None:
    for version in ("9.1", "25.1", "10.1"):
        text = samples.CONFLICTS.replace("25.1\n", f"{version}\n")
        kept.add(written(tmp_path, f"{version}.csv", text))
    assert [each.version for each in kept.all()] == ["9.1", "10.1", "25.1"]
    assert kept.find("ucdp-conflict").version == "25.1"
    assert kept.read("ucdp-conflict", "9.1").edition.version == "9.1"
    problem = refused(kept.find, "ucdp-conflict", "11.1")
    assert (problem.code, "there is 9.1, 10.1, 25.1" in problem.help) == ("F804", True)
    assert refused(kept.remove, "ucdp-conflict").code == "F808"
    gone = kept.remove("ucdp-conflict", "10.1")
    assert not gone.path.exists()
    assert [each.version for each in kept.all()] == ["9.1", "25.1"]


def test_a_file_that_names_no_version_goes_by_its_digest(kept: Shelf, tmp_path: Path) -> None:
    added = kept.add(written(tmp_path, "iisystem.dat", samples.INDEPENDENT)).kept
    assert added.version == added.digest[:8]
    assert kept.find("gw-states", added.version) == added


def test_two_files_of_one_version_are_told_and_can_be_told_apart(kept: Shelf, tmp_path: Path) -> None:
    first = kept.add(written(tmp_path, "one.csv", samples.STATES)).kept
    changed = kept.add(written(tmp_path, "two.csv", samples.STATES.replace("2016,12,31", "2015,12,31", 1)))
    assert [(p.code, p.values["called"]) for p in changed.warnings] == [("F809", "one.csv")]
    assert kept.find("cow-states") == changed.kept
    assert first.digest[:8] in refused(kept.remove, "cow-states").values["versions"]
    assert refused(kept.remove, "cow-states", "2016").code == "F808"
    assert kept.remove("cow-states", first.digest[:8]) == first
    assert kept.all() == (changed.kept,)


def test_a_data_set_that_is_not_there_is_told_with_the_way(kept: Shelf, tmp_path: Path) -> None:
    assert "get the file from http" in refused(kept.find, "nmc").help
    assert "`nmc`" in refused(kept.find, "nmcs").help
    kept.add(written(tmp_path, "a.csv", samples.PHASES))
    problem = refused(kept.read, "atop-membr")
    assert (problem.code, problem.help) == ("F804", "Did you mean `atop-member`?")
    assert refused(kept.remove, "zzz").code == "F804"


def test_a_copy_that_was_changed_or_is_gone_is_not_read(kept: Shelf, tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", samples.STATES)
    copy = kept.add(path).kept.path
    copy.write_text(samples.STATES.replace("2016,12,31", "2017,12,31", 1), encoding="utf-8")
    assert refused(kept.read, "cow-states").code == "F805"
    copy.unlink()
    assert refused(kept.find, "cow-states").code == "F805"
    assert not kept.add(path).before  # adding it again makes it whole
    assert len(kept.read("cow-states").rows) == 4 and len(kept.all()) == 1


LISTS = {
    "no JSON": "{",
    "another thing": "[]",
    "a newer form": '{"foedus data sets": 2, "files": []}',
    "no version": '{"files": []}',
    "a kind that there is not": '{"foedus data sets": 1, "files": [{"kind": "x"}]}',
    "a path that leads away": (
        '{"foedus data sets": 1, "files": [{"kind": "nmc", "version": "", "first": "1816-01-01", "last": "2016-12-31", '
        '"file": "../../secret", "called": "x", "sha256": "", "added": "2026-01-01", "rows": 1, "left out": 0}]}'
    ),
    "a day that is none": (
        '{"foedus data sets": 1, "files": [{"kind": "nmc", "version": "", "first": "never", "last": "2016-12-31", '
        '"file": "x", "called": "x", "sha256": "", "added": "2026-01-01", "rows": 1, "left out": 0}]}'
    ),
    "no text": "\udcff",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS.keys())
def test_a_list_that_cannot_be_read_is_refused_and_not_written_over(
    text: str, kept: Shelf, tmp_path: Path
) -> None:
    kept.folder.mkdir()
    manifest = kept.folder / MANIFEST
    manifest.write_bytes(text.encode("utf-8", "surrogateescape"))
    before = manifest.read_bytes()
    assert refused(kept.all).code == "F806"
    assert refused(kept.add, written(tmp_path, "a.csv", samples.STATES)).code == "F806"
    assert manifest.read_bytes() == before
    assert names(kept.folder) == []


def test_nothing_is_left_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "a.csv", samples.STATES)
    assert refused(shelf(path / "below").add, path).code == "F807"  # a file stands where the folder would
    kept = shelf(tmp_path / "kept")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(room.shutil, "copyfileobj", full)
    problem = refused(kept.add, path)
    assert (problem.code, "no space left" in problem.values["why"]) == ("F807", True)
    assert files(kept.folder) == set()


def test_a_file_that_changes_while_it_is_copied_is_not_kept(
    kept: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "a.csv", samples.STATES)
    monkeypatch.setattr(room, "_digest", lambda path: "another")
    assert refused(kept.add, path).code == "F807"
    assert files(kept.folder) == set()


def test_another_writer_is_waited_for_and_not_for_ever(
    kept: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PATIENCE", 0.1)
    kept.folder.mkdir()
    held = room.lock(kept.folder / ".lock")
    assert held is not None
    with held:
        assert refused(kept.add, written(tmp_path, "a.csv", samples.STATES)).code == "F807"
    assert not kept.add(tmp_path / "a.csv").before


def _add(folder: Path, path: Path) -> None:
    shelf(folder).add(path)


def test_two_that_write_at_once_lose_nothing(kept: Shelf, tmp_path: Path) -> None:
    paths = sorted(laid(tmp_path / "files").iterdir())[:3]
    runs = [
        multiprocessing.get_context("spawn").Process(target=_add, args=(kept.folder, path)) for path in paths
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert len(kept.all()) == len(paths)


def test_the_folder_is_the_one_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine"
    assert data_folder(tmp_path) == tmp_path
    monkeypatch.delenv(VARIABLE)
    assert data_folder().name == "data-sets" and data_folder().parent.name == "foedus"


def test_the_list_is_plain_json_and_names_come_from_it(kept: Shelf, tmp_path: Path) -> None:
    kept.add(written(tmp_path, "a.csv", samples.PHASES))
    found = json.loads((kept.folder / MANIFEST).read_text(encoding="utf-8"))
    assert found["files"][0]["rows"] == len(read_phases(tmp_path / "a.csv").rows)
    assert names(kept.folder) == ["atop-member"]
