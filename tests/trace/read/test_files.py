"""Which files are read: in the order of their names, none twice, none outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.trace.read.made import ENGLISH, read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files in two levels, and a file beside the folder."""
    for name in ("in/b.txt", "in/a.txt", "in/c/a2.txt", "in/.hidden.txt", "in/.git/x.txt", "out/secret.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(ENGLISH)
    return tmp_path


def test_a_folder_is_read_in_the_order_of_names(folder: Path) -> None:
    got, lost = read(folder / "in")
    assert [one.id for one in got] == ["a", "b", "a2"]
    assert not lost


def test_paths_are_named_as_the_user_named_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert [one.path for one in read(Path("in"))[0]] == ["in/a.txt", "in/b.txt", "in/c/a2.txt"]
    assert [one.path for one in read(Path("in/c/../a.txt"))[0]] == ["in/c/../a.txt"]


def test_links_out_of_the_folder_are_told_and_not_followed(folder: Path) -> None:
    (folder / "in" / "d.txt").symlink_to(folder / "out" / "secret.txt")
    (folder / "in" / "e").symlink_to(folder / "out")
    (folder / "in" / "f").symlink_to(folder / "in" / "gone")
    got, lost = read(folder / "in")
    assert [one.id for one in got] == ["a", "b", "a2"]
    assert [one.problem.code for one in lost] == ["F017", "F017", "F008"]


def test_links_within_the_folder_make_no_second_document(folder: Path) -> None:
    (folder / "in" / "c" / "up").symlink_to(folder / "in")
    (folder / "in" / "z.txt").symlink_to(folder / "in" / "a.txt")
    (folder / "in" / "self").symlink_to(folder / "in" / "self")
    got, lost = read(folder / "in")
    assert [one.id for one in got] == ["a", "b", "a2"]
    assert [one.problem.code for one in lost] == ["F008"]


def test_a_link_that_the_user_names_is_followed(folder: Path) -> None:
    (folder / "here.txt").symlink_to(folder / "in" / "a.txt")
    assert [one.id for one in read(folder / "here.txt")[0]] == ["here"]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    got, _ = read(folder / "in" / "b.txt", folder / "in", folder / "in" / "b.txt")
    assert [one.id for one in got] == ["b", "a", "a2"]


@pytest.mark.skipif(os.name != "posix", reason="pipes lie in folders on POSIX only")
def test_a_pipe_in_a_folder_holds_nobody_up(folder: Path) -> None:
    os.mkfifo(folder / "in" / "pipe.txt")
    got, lost = read(folder / "in")
    assert [one.id for one in got] == ["a", "b", "a2"]
    assert [one.problem.code for one in lost] == ["F008"]
