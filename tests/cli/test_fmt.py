"""`foedus fmt` and `foedus test --accept`: pages are written whole or not at all, and only what differs."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.cli.program import ROOT, foedus

LIR = (ROOT / "tests/good/lir.md").read_text(encoding="utf-8")
UNTIDY = LIR.replace("  in force 2001-01-01", "  in force   2001-01-01").replace(
    "duty assist", "duty   assist"
)


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def test_a_page_is_laid_out_and_then_stays(tmp_path: Path) -> None:
    page = write(tmp_path / "lir.md", UNTIDY)
    page.chmod(0o640)
    assert foedus("fmt", page).out == f"changed {page}\n"
    assert page.read_text(encoding="utf-8") == LIR
    assert stat.S_IMODE(page.stat().st_mode) == 0o640
    before = page.stat().st_mtime_ns
    again = foedus("fmt", page)
    assert (again.status, again.said) == (0, "")
    assert page.stat().st_mtime_ns == before
    assert sorted(tmp_path.iterdir()) == [page]


def test_checking_writes_nothing(tmp_path: Path) -> None:
    page = write(tmp_path / "lir.md", UNTIDY)
    done = foedus("fmt", "--check", page)
    assert (done.status, done.out) == (1, f"would change {page}\n")
    assert page.read_text(encoding="utf-8") == UNTIDY


def test_a_folder_stands_for_its_pages(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "not-a-page.txt"):
        write(tmp_path / name, UNTIDY)
    write(tmp_path / "tidy.md", LIR)
    done = foedus("fmt", tmp_path)
    assert done.out.split() == ["changed", str(tmp_path / "a.md"), "changed", str(tmp_path / "b.md")]
    assert (tmp_path / "not-a-page.txt").read_text(encoding="utf-8") == UNTIDY


def test_one_bad_page_does_not_hold_up_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "")
    write(tmp_path / "b.md", UNTIDY)
    done = foedus("fmt", tmp_path / "a.md", tmp_path / "missing.md", tmp_path / "b.md")
    assert (done.status, "F002" in done.err, "F001" in done.err) == (2, True, True)
    assert (tmp_path / "b.md").read_text(encoding="utf-8") == LIR


def test_a_guess_is_not_written_down(tmp_path: Path) -> None:
    prose = "Договор о коллективной безопасности был подписан в Ташкенте; стороны обязались помогать.\n" * 20
    raw = UNTIDY.replace("\n", "\n\n" + prose, 1).replace("·", "-").encode("cp1251", "replace")
    page = tmp_path / "lir.md"
    page.write_bytes(raw)
    done = foedus("fmt", page)
    assert (done.status, "F005" in done.err) == (2, True)
    assert page.read_bytes() == raw


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    page = write(tmp_path / "lir.md", UNTIDY)
    link = tmp_path / "link.md"
    link.symlink_to(page)
    foedus("fmt", link)
    assert link.is_symlink()
    assert page.read_text(encoding="utf-8") == LIR


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write every file")
def test_a_page_that_may_not_be_changed_is_left_whole(tmp_path: Path) -> None:
    page = write(tmp_path / "lir.md", UNTIDY)
    page.chmod(0o444)
    done = foedus("fmt", page)
    assert (done.status, "F507" in done.err) == (2, True)
    assert page.read_text(encoding="utf-8") == UNTIDY


def test_wrong_expectations_are_told_and_fail(tmp_path: Path) -> None:
    page = write(
        tmp_path / "lir.md", LIR.replace("expect depends on a1, g, e, b, lir.attack", "expect arises", 1)
    )
    done = foedus("test", page)
    assert done.status == 1
    assert "  expect arises\n  found  depends on a1, b, e, g, lir.attack\n" in done.out
    assert "1 not met" in done.out


WRONG = LIR.replace("  expect depends on a1, g, e, b, lir.attack", "  expect arises  -- as it seems", 1)
UNSAID = """
## Trial · an opinion nobody gave

```record
fact a1 force(DUN, ARV) on 2020-03-01 established
fact r1 request(by: ARV, to: BOR, about: a1) on 2020-03-02 established
complete for force(victim: ARV) by encoder "the trial knows of one"
complete for request(by: ARV) by encoder "the trial knows of one"
presume no withdrawn(by: ARV) "nobody takes it back"
```

```ask
lir.assist owed to ARV by BOR on 2020-06-01
  suppose lir.attack = "any author"
  expect arises
  granting expect does not arise
```
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
def test_only_the_lines_that_differ_are_rewritten(ends: str, tmp_path: Path) -> None:
    written = (WRONG + UNSAID).replace("\n", ends)
    page = write(tmp_path / "lir.md", written)
    done = foedus("test", page, "--accept")
    assert (done.status, done.err) == (0, "")
    before, after = written.split(ends), page.read_bytes().decode().split(ends)
    assert len(before) == len(after)
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        ("  expect arises  -- as it seems", "  expect depends on a1, b, e, g, lir.attack  -- as it seems"),
        ("  expect arises", '  expect depends on "binds(r1, ARV)", "grave(a1)"'),
        ("  granting expect does not arise", '  granting expect depends on "binds(r1, ARV)", "grave(a1)"'),
    ]
    again = foedus("test", page)
    assert (again.status, "0 not met" in again.out) == (0, True)
    assert foedus("check", page).status == 0


def test_nothing_to_accept_writes_nothing(tmp_path: Path) -> None:
    page = write(tmp_path / "lir.md", LIR)
    before = page.stat().st_mtime_ns
    assert foedus("test", page, "--accept").status == 0
    assert page.stat().st_mtime_ns == before
