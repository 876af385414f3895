"""A dossier may come from anybody: what lies in its folder is read from there alone, or refused in words."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

import pytest

from foedus.library import Library
from fuzz.targets import page
from tests.cli.program import foedus

DOSSIER = """# The border

```foedus
state ARV "Arvia", BOR "Bor"
```

```record
dossier border "The border, July 2020"
  on 2020-07-25
  concerning ARV
  assess cst
speaker MFA "the ministry" for ARV
source letter "Letter to the Council"
  by MFA
fact {id} force(BOR, ARV) on 2020-07-20 {title}
  asserts MFA [letter] {quote}
```
"""
LINKS = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


def written(folder: Path, id: str = "a1", title: str = '"shots"', quote: str = '"shots were fired"') -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "dossier.md").write_text(DOSSIER.format(id=id, title=title, quote=quote), encoding="utf-8")
    return folder


def to_outside(folder: Path) -> None:
    (folder.parent / "private.txt").write_text("private words\n", encoding="utf-8")
    (folder / "more.md").symlink_to(folder.parent / "private.txt")


def to_a_device(folder: Path) -> None:
    (folder / "more.md").symlink_to("/dev/zero")


def to_itself(folder: Path) -> None:
    (folder / "more.md").symlink_to("more.md")


def to_nothing(folder: Path) -> None:
    (folder / "more.md").symlink_to("gone.md")


def documents_elsewhere(folder: Path) -> None:
    (folder.parent / "private").mkdir()
    (folder / "documents").symlink_to(folder.parent / "private")


def a_document_elsewhere(folder: Path) -> None:
    (folder.parent / "private.txt").write_text("private words\n", encoding="utf-8")
    (folder / "documents").mkdir()
    (folder / "documents" / "letter.txt").symlink_to(folder.parent / "private.txt")


def a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "more.md")


def a_folder(folder: Path) -> None:
    (folder / "more.md").mkdir()


def fifty_megabytes(folder: Path) -> None:
    with (folder / "more.md").open("wb") as file:
        file.truncate(50_000_000)


@LINKS
@pytest.mark.parametrize(
    ("lay", "code"),
    [
        (to_outside, "F017"), (to_a_device, "F017"), (to_itself, "F008"), (to_nothing, "F001"),
        (documents_elsewhere, "F017"), (a_document_elsewhere, "F017"),
        (a_pipe, "F008"), (a_folder, "F007"), (fifty_megabytes, "F006"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)  # fmt: skip
def test_what_is_no_page_of_the_folder_is_refused(lay: Callable[[Path], None], code: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "border")
    lay(folder)
    for verb in ("check", "assess"):
        start = perf_counter()
        done = foedus(verb, folder)
        assert perf_counter() - start < 30
        assert (done.status, f" {code}" in done.err) == (2, True), done.said
        assert "private words" not in done.said
        assert "Traceback" not in done.said


@LINKS
def test_a_link_within_the_folder_and_a_folder_that_is_one_are_read(tmp_path: Path) -> None:
    folder = written(tmp_path / "border")
    (folder / "notes").mkdir()
    (folder / "notes" / "more.md").write_text("```record\nfact a2 force(BOR, ARV) on 2020-07-21\n```\n", encoding="utf-8")
    (folder / "more.md").symlink_to("notes/more.md")
    (tmp_path / "called").symlink_to(folder)
    for path in (folder, tmp_path / "called"):
        assert foedus("check", path).status == 0
    assert Library().dossier(str(tmp_path / "called")).dossier is not None


@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", "\u202egnihton", "\u200bhidden", "\x1b[2J\x1b[31mred", "\x07bell", "\x9b31m", "a" * 15_000,
     "e" + "\u0301" * 500, "{letters} {0} %s", "`code` **bold** [link](javascript:x)"],
    ids=["script", "turned", "hidden", "escapes", "bell", "one-byte escape", "long", "marks", "templates", "markup"],
)  # fmt: skip
def test_words_are_shown_and_not_obeyed(words: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "border", title=f'"{words}"', quote=f'"{words}"')
    for args in (("check",), ("assess",), ("assess", "--why", "cst.assist")):
        done = foedus(args[0], folder, *args[1:])
        assert done.status in (0, 1, 2)
        assert "Traceback" not in done.said
        assert not {"\x1b", "\u202e", "\u200b", "\x07", "\x9b"} & set(done.said)
        assert all(len(line) <= 400 for line in done.said.splitlines())


def test_very_long_names(tmp_path: Path) -> None:
    folder = written(tmp_path / "border", id="a" * 15_000)
    for verb in ("check", "assess"):
        done = foedus(verb, folder)
        assert done.status in (0, 1)
        assert "Traceback" not in done.said


@pytest.mark.parametrize(
    ("id", "meant"), [("а1", "a1"), ("e\u0301tat", "etat"), ("état", "etat"), ("ａ1", "a1"), ("ο1", "o1")],
    ids=["Cyrillic", "composed of two", "with an accent", "of full width", "Greek"],
)  # fmt: skip
def test_letters_that_look_alike_are_told(id: str, meant: str, tmp_path: Path) -> None:
    done = foedus("check", written(tmp_path / "border", id=id))
    assert (done.status, " F018" in done.err, f"Did you mean `{meant}`" in done.err) == (1, True, True), done.err


SHAPES: dict[str, Callable[[int], str]] = {
    "blocks": lambda n: "# Lir\n" + "\n```foedus\nstate ARV \"Arvia\"\n```\n" * n,
    "trials": lambda n: "# Lir\n\n```foedus\nstate ARV \"Arvia\"\n```\n" + "\n## Trial · one\n\n```record\nfact a event(ARV)\n```\n" * n,
    "one long line": lambda n: "# Lir\n\n```foedus\nterm x(a)\n  when " + " or ".join(["state(a)"] * n) + "\n```\n",
    "lines of a condition": lambda n: "# Lir\n\n```foedus\nterm x(a)\n  when state(a)\n" + "    or state(a)\n" * n + "```\n",
    "open brackets": lambda n: "# Lir\n\n```foedus\n" + "term x(a\n" * n + "```\n",
    "open quotations": lambda n: "# Lir\n\n```foedus\n" + 'deems "a\n' * n + "```\n",
    "backticks": lambda n: "# Lir\n\n" + "`" * n + "\n\n" + "``` " * n + "\n",
    "quotations of prose": lambda n: "> " * min(n, 2_000) + "a\n" + "> a\n" * n,
    "headings": lambda n: "# Lir\n" * n,
    "dashes": lambda n: "-- " * n + "\n" + "---\n" * n,
    "tables": lambda n: "|" * n + "\n" + "|-" * n + "\n",
    "references": lambda n: "[a]: <b>\n" * n + "[a]" * n,
    "emphasis": lambda n: "# " + "*a_" * n + "\n",
    "spaces": lambda n: "# Lir\n\n```foedus\nterm" + " " * n + "x(a)\n```\n",
    "dates": lambda n: "# Lir\n\n```record\nfact a event(ARV) on [" + "2020-01-01," * n + "2020-01-02]\n```\n",
    "front matter": lambda n: "---\n" + "a: b\n" * n,
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_the_time_of_reading_grows_with_the_page(shape: str) -> None:
    """A page eight times as long takes no more than some twenty times as long: it grows by less than its square."""
    def taken(n: int) -> float:
        data = SHAPES[shape](n).encode()
        start = process_time()
        page(data)
        return process_time() - start

    page(b"# Lir\n")
    short, long = taken(125), taken(1_000)
    assert long < 25 * short + 1.0, f"{short:.3f} s, then {long:.3f} s"
