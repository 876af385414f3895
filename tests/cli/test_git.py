"""A dossier in git: two branches, real merges, with and without Foedus as the one who merges pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.program import ROOT, environment, foedus

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

Change = Callable[[str], str]
PAGE = """# Lir, July 2020

```record
dossier lir-2020 "Lir, July 2020"
  period 2020-07
  assess cst
state ARV "Arvia", BOR "Bor"
speaker GAZETTE "Gazette of Arvia"
source gazette-0712 "Order of the day"
  by GAZETTE
  date 2020-07-12
source gazette-0714 "Second order"
  by GAZETTE
  date 2020-07-14
```

## What happened

```record
fact a1 force(BOR, ARV) on 2020-07-12 "the shelling of the bridge"
  asserts ARV [gazette-0712]
fact a2 force(BOR, ARV) on 2020-07-14
  asserts ARV [gazette-0714]
```
"""


@dataclass(frozen=True)
class Clone:
    """A repository with one page, and two people's branches."""

    folder: Path

    @property
    def page(self) -> Path:
        return self.folder / "dossier.md"

    def git(self, *args: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        names = {
            f"GIT_{who}_{what}": "lir@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        return subprocess.run(
            ["git", *args], cwd=self.folder, env=environment(**names, **alone), capture_output=True, text=True,
            check=check, timeout=120,
        )  # fmt: skip

    def merged(self, ours: Change, theirs: Change, driver: bool = True) -> bool:
        """Whether git merges the two branches by itself."""
        self.git("init", "-q", "-b", "main")
        self.page.write_text(PAGE, encoding="utf-8")
        if driver:
            (self.folder / ".gitattributes").write_text("*.md merge=foedus\n", encoding="utf-8")
            command = f"'{sys.executable}' -m foedus merge %O %A %B --marker-size %L --name %P"
            self.git("config", "merge.foedus.driver", command)
        self.commit(lambda text: text)
        self.git("switch", "-q", "-c", "theirs")
        self.commit(theirs)
        self.git("switch", "-q", "main")
        self.commit(ours)
        return self.git("merge", "-q", "-m", "both", "theirs", check=False).returncode == 0

    def commit(self, change: Change) -> None:
        text = self.page.read_text(encoding="utf-8")
        self.page.write_text(change(text), encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")


def after(line: str, *more: str) -> Change:
    def change(text: str) -> str:
        assert line in text
        return text.replace(line, line + "".join(f"{row}\n" for row in more), 1)

    return change


def instead(was: str, now: str) -> Change:
    def change(text: str) -> str:
        assert was in text
        return text.replace(was, now, 1)

    return change


LAST_SOURCE = "  date 2020-07-14\n"
LAST_CLAIM = "  asserts ARV [gazette-0714]\n"
MINE = after(LAST_SOURCE, 'source mine "Mine"', "  by BOR", "  date 2020-07-15")
YOURS = after(LAST_SOURCE, 'source yours "Yours"', "  by ARV", "  date 2020-07-16")
DENIED = after(LAST_CLAIM, "  denies BOR [gazette-0714]")
DOUBTED = after(LAST_CLAIM, "  disputes GAZETTE [gazette-0714] -- nobody saw it")

BOTH_KEPT: dict[str, tuple[Change, Change, bool]] = {
    "claims of two facts": (after("  asserts ARV [gazette-0712]\n", "  denies BOR [gazette-0712]"), DOUBTED, True),
    "sources at one place": (MINE, YOURS, False),
    "claims at one place": (DENIED, DOUBTED, False),
    "a source and a claim": (MINE, DENIED, True),
    "two lines of one source": (
        instead('"Second order"', '"The second order"'),
        instead("  by GAZETTE\n  date 2020-07-14\n", "  by ARV\n  date 2020-07-14\n"), False,
    ),
}  # fmt: skip
"""What two people do, and whether git alone merges it too."""


@pytest.mark.parametrize("name", BOTH_KEPT)
def test_what_both_did_is_kept(name: str, tmp_path: Path) -> None:
    ours, theirs, _ = BOTH_KEPT[name]
    clone = Clone(tmp_path)
    assert clone.merged(ours, theirs), clone.git("diff").stdout
    merged = clone.page.read_text(encoding="utf-8")
    lines = set(merged.splitlines())
    for change in (ours, theirs):
        assert set(change(PAGE).splitlines()) - set(PAGE.splitlines()) <= lines
    assert sorted(lines) == sorted(set(ours(theirs(PAGE)).splitlines()))
    assert foedus("check", clone.page).status == 0


@pytest.mark.parametrize("name", BOTH_KEPT)
def test_what_git_alone_makes_of_it(name: str, tmp_path: Path) -> None:
    """Why there is a merge of our own: where two people append, git asks a person."""
    ours, theirs, alone = BOTH_KEPT[name]
    assert Clone(tmp_path).merged(ours, theirs, driver=False) is alone


def test_one_thing_said_differently_is_a_conflict(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    day = "  date 2020-07-12\n"
    assert not clone.merged(instead(day, "  date 2020-07-11\n"), instead(day, "  date 2020-07-13\n"))
    assert clone.git("diff", "--name-only", "--diff-filter=U").stdout.split() == ["dossier.md"]
    said = foedus("check", "dossier.md", cwd=tmp_path)
    assert said.status == 1
    assert "error F014: this page holds an unfinished merge" in said.err
    assert "dossier.md:11:1" in said.err
    assert said.err.count("error") == 2  # the one, and the tally
    assert foedus("assess", tmp_path).status == 1
    before = clone.page.read_bytes()
    assert foedus("fmt", clone.page).out == ""
    assert clone.page.read_bytes() == before


def test_an_import_on_a_branch_is_merged(tmp_path: Path) -> None:
    """The table is taken back into the commit from which it was written; git does the rest."""
    clone = Clone(tmp_path)
    table = tmp_path.parent / f"{tmp_path.name}-claims.csv"

    def imported(text: str) -> str:
        assert foedus("export", tmp_path, table).status == 0
        rows = table.read_text(encoding="utf-8-sig") + ",a2,denies,BOR,gazette-0714,,,2020-07-15,,,,,\r\n"
        table.write_text(rows, encoding="utf-8", newline="")
        assert foedus("import", tmp_path, table, "--write").status == 0
        return clone.page.read_text(encoding="utf-8")

    assert clone.merged(imported, DOUBTED)
    merged = clone.page.read_text(encoding="utf-8")
    assert "  denies BOR [gazette-0714] on 2020-07-15\n" in merged
    assert "  disputes GAZETTE [gazette-0714] -- nobody saw it\n" in merged


def test_two_shipped_branches_of_a_real_dossier(tmp_path: Path) -> None:
    page = (ROOT / "src/foedus/dossiers/armenia-2022/dossier.md").read_text(encoding="utf-8")
    base, ours, theirs = (tmp_path / f"{name}.md" for name in ("base", "ours", "theirs"))
    base.write_text(page, encoding="utf-8")
    claim = "  asserts ARM [azatutyun-1018]\n"
    ours.write_text(page.replace(claim, claim + "  asserts [jamnews]\n", 1), encoding="utf-8")
    theirs.write_text(page.replace(claim, claim + "  denies AZE [breaking]\n", 1), encoding="utf-8")
    done = foedus("merge", base, ours, theirs)
    assert (done.status, done.said) == (0, "")
    assert claim + "  asserts [jamnews]\n  denies AZE [breaking]\n" in ours.read_text(encoding="utf-8")


@pytest.mark.parametrize("missing", range(3))
def test_a_version_that_is_not_there(missing: int, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("base.md", "ours.md", "theirs.md")]
    for at, path in enumerate(files):
        if at != missing:
            path.write_text(PAGE, encoding="utf-8")
    done = foedus("merge", *files)
    assert (done.status, "F001" in done.err, "Traceback" in done.err) == (2, True, False)


def test_what_is_not_utf_8_is_kept_byte_by_byte(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("base.md", "ours.md", "theirs.md")]
    raw = "Лир\nи море\nи горы\n".encode("cp1251")
    for path, was, now in zip(files, (b"", raw[:3], raw[-5:-1]), (b"", b"Lir", b"hills"), strict=True):
        path.write_bytes(raw.replace(was, now) if was else raw)
    assert foedus("merge", *files).status == 0
    assert files[1].read_bytes() == raw.replace(raw[:3], b"Lir").replace(raw[-5:-1], b"hills")
