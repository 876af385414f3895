"""Every verb: its help, its exit status, how it looks through a pipe and on a terminal."""

from __future__ import annotations

import json
import os
import platform
import pty
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from foedus.cli.main import VERBS
from tests.cli.program import ROOT, environment, foedus

LIR = ROOT / "tests" / "good" / "lir.md"
BAD = ROOT / "tests" / "bad" / "F104-open-quotation.md"


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_help_has_an_example_and_fits(verb: str) -> None:
    done = foedus(verb, "--help")
    assert (done.status, done.err) == (0, "")
    assert f"    foedus {verb}" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_help_names_every_verb_and_fits() -> None:
    done = foedus("--help")
    assert all(f"\n  {verb} " in done.out for verb in VERBS)
    assert "foedus assess kazakhstan-2022" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_the_verbs_are_the_files() -> None:
    rooms = {path.stem for path in (ROOT / "src/foedus/cli").glob("*.py")}
    assert set(VERBS) <= rooms


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("asess", "assess"), ("chek", "check"), ("format", "fmt"), ("explain", "why"), ("tests", "test")],
)
def test_an_unknown_verb_is_told_with_the_one_meant(typed: str, meant: str) -> None:
    done = foedus(typed, "x")
    assert done.status == 2
    assert f"Did you mean “{meant}”?" in done.err
    assert "Traceback" not in done.err


def test_the_version_is_the_package_s() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = foedus("--version").out.splitlines()
    assert said[0] == f"foedus {project['version']}"
    assert platform.python_version() in said[1]
    assert platform.system() in said[2]


def test_nothing_asked_shows_the_way() -> None:
    assert "foedus assess kazakhstan-2022" in foedus().said


ANSWERS: dict[str, tuple[tuple[str, ...], int, str]] = {
    "assess": (("assess", "kazakhstan-2022"), 0, "Kazakhstan, January 2022"),
    "assess on a day": (("assess", "kazakhstan-2022", "--on", "2022-01-04"), 0, "4 January 2022"),
    "assess as known": (("assess", "kazakhstan-2022", "--known-by", "2022-01-06"), 0, "Kazakhstan"),
    "assess supposing": (("assess", "kazakhstan-2022", "--suppose", "directed=no"), 0, "directed"),
    "assess by a letter": (("assess", "kazakhstan-2022", "--suppose", "B=no"), 0, "Kazakhstan"),
    "assess with a reading": (
        ("assess", "kazakhstan-2022", "--reading", "cst.aggression=any author"), 0, "any author",
    ),
    "assess with a text": (("assess", "kazakhstan-2022", "--suppose", "cst.text=1992"), 0, "1992"),
    "assess one norm": (("assess", "kazakhstan-2022", "--only", "cst.assist"), 0, "Art. 4"),
    "assess one instrument": (("assess", "kazakhstan-2022", "--only", "pko"), 0, "Peacekeeping"),
    "assess why": (("assess", "kazakhstan-2022", "--why", "cst.assist"), 0, "Article 4"),
    "check a page": (("check", str(LIR)), 0, "nothing to mend"),
    "check shipped": (("check", "cst", "kazakhstan-2022"), 0, "2 pages checked"),
    "check a bad page": (("check", str(BAD)), 1, "F104"),
    "check no file": (("check", "nowhere.md"), 2, "F001"),
    "compare": (("compare", "kyrgyzstan-2010", "kazakhstan-2022"), 0, "Kyrgyzstan, June 2010"),
    "compare supposing": (
        ("compare", "kazakhstan-2022", "kazakhstan-2022", "--suppose", "directed=no"), 0, "Art. 4",
    ),
    "completion bash": (("completion", "bash"), 0, "_FOEDUS_COMPLETE"),
    "completion zsh": (("completion", "zsh"), 0, "_FOEDUS_COMPLETE"),
    "completion fish": (("completion", "fish"), 0, "_FOEDUS_COMPLETE"),
    "completion elsewhere": (("completion", "csh"), 2, "bash"),
    "dossiers": (("dossiers",), 0, "kazakhstan-2022"),
    "fmt nothing to do": (("fmt", "--check", str(LIR)), 0, ""),
    "fmt no file": (("fmt", "nowhere.md"), 2, "F001"),
    "test a page": (("test", str(LIR)), 0, "0 not met"),
    "test a shipped page": (("test", "cst"), 0, "0 not met"),
    "test a bad page": (("test", str(BAD)), 1, "F104"),
    "test no page": (("test", "nowhere"), 2, "F001"),
    "why": (("why", "F110"), 0, "# F110"),
    "why in small letters": (("why", "f110"), 0, "# F110"),
    "why not": (("why", "F999"), 2, "There is no code F999"),
    "version": (("--version",), 0, "foedus 0."),
    "an unknown option": (("assess", "kazakhstan-2022", "--supose", "x=y"), 2, "--suppose"),
}  # fmt: skip


@pytest.mark.parametrize(("args", "status", "words"), ANSWERS.values(), ids=ANSWERS.keys())
def test_what_is_asked_is_answered(args: tuple[str, ...], status: int, words: str) -> None:
    done = foedus(*args)
    assert "Traceback" not in done.err
    assert done.status == status, done.err
    assert words in done.said
    assert "\x1b" not in done.said
    assert status == 0 or done.err or done.out


@pytest.mark.parametrize("page", [LIR, BAD], ids=["good", "bad"])
def test_problems_as_json(page: Path) -> None:
    done = foedus("check", page, "--json")
    found = json.loads(done.out)
    assert [problem["code"] for problem in found] == (["F104"] if page is BAD else [])
    assert done.err == ""


def test_an_answer_as_json() -> None:
    answer = json.loads(foedus("assess", "armenia-2022", "--json").out)
    assert answer["schema"] == "urn:foedus:schema:assessment:1"


def test_weights_give_chances(tmp_path: Path) -> None:
    weights = tmp_path / "weights.toml"
    weights.write_text('[chance]\ndirected = "1/3"\nbinding = 1\n[reading."cst.aggression"]\n'
                       '"any author" = "1/2"\n"external author" = "1/2"\n', encoding="utf-8")  # fmt: skip
    done = foedus("assess", "kazakhstan-2022", "--only", "cst.assist", "--weights", weights)
    assert done.status == 0
    assert "2/3" in done.out  # 1/2, and 1/2 · 1/3


def test_amended_pages_come_first(tmp_path: Path) -> None:
    shipped = (ROOT / "src/foedus/treaties/cst.md").read_text(encoding="utf-8")
    (tmp_path / "cst.md").write_text(
        shipped.replace('"Collective Security Treaty"', '"Amended Treaty"'), encoding="utf-8"
    )
    assert "Amended Treaty" in foedus("assess", "kazakhstan-2022", "--treaties", tmp_path).out
    assert foedus("check", "cst", "--treaties", tmp_path).status == 0
    assert foedus("test", "cst", "--treaties", tmp_path).status == 0


def test_all_files_are_checked_and_each_mistake_is_told_once() -> None:
    other = ROOT / "tests" / "bad" / "F101-tab.md"
    done = foedus("check", BAD, "nowhere.md", other, BAD)
    assert done.status == 2
    assert [done.err.count(code) for code in ("error F104", "error F001", "error F101")] == [1, 1, 1]


@pytest.mark.parametrize("columns", [70, 80, 100])
def test_an_answer_fits_the_terminal(columns: int) -> None:
    for args in (
        ("assess", "kazakhstan-2022"),
        ("check", BAD.name),
        ("compare", "armenia-2022", "kazakhstan-2022"),
    ):
        done = foedus(*args, cwd=BAD.parent, COLUMNS=str(columns))
        wide = [line for line in done.said.splitlines() if len(line) > columns]
        assert not wide


@pytest.mark.parametrize("columns", ["0", "-5", "wide", "100000", ""])
def test_a_strange_width_is_survived(columns: str) -> None:
    done = foedus("check", BAD, COLUMNS=columns)
    assert (done.status, "Traceback" in done.err) == (1, False)


def test_a_reader_that_stops_reading() -> None:
    command = f"{shlex.quote(sys.executable)} -m foedus assess kazakhstan-2022 | head -n 1"
    done = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, env=environment(), capture_output=True, check=False, timeout=120
    )
    assert done.stdout.startswith(b"Kazakhstan")
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk here that is always full")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "foedus", "dossiers"],
            env=environment(), stdout=full, stderr=subprocess.PIPE, check=False, timeout=120,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.decode().strip() == "No space left on device"


def on_a_terminal(*args: str | Path, **env: str) -> str:
    """What is seen on a terminal, which a pipe is not."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "foedus", *map(str, args)]
    child = subprocess.Popen(
        command, cwd=ROOT, env=environment(**env), stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    seen = b""
    try:
        while more := os.read(ours, 65536):
            seen += more
    except OSError:  # Linux's way to say that the other end is closed
        pass
    os.close(ours)
    child.wait(timeout=120)
    return seen.decode()


@pytest.mark.parametrize(
    ("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)], ids=["as it is", "NO_COLOR"]
)
def test_colour_is_for_terminals(env: dict[str, str], coloured: bool) -> None:
    seen = on_a_terminal("check", BAD, **env)
    assert "F104" in seen
    assert bool(re.search(r"\x1b\[[0-9;]*m", seen)) is coloured


def test_a_terminal_without_the_signs_shows_others() -> None:
    done = foedus("check", BAD, PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    assert (done.status, "Traceback" in done.err) == (1, False)
    assert "6 | duty assist" in done.err


def test_help_loads_no_more_than_it_needs() -> None:
    seen = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "foedus", "--help"],
        env=environment(), capture_output=True, check=True, timeout=120,
    ).stderr.decode()  # fmt: skip
    loaded = {line.rpartition("|")[2].strip() for line in seen.splitlines()}
    assert "click" in loaded
    assert not loaded & {"lark", "markdown_it", "oxidd", "pysat", "charset_normalizer", "foedus.library"}


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("foedus a", {"assess"}),
        ("foedus assess k", {"kazakhstan-2022", "kyrgyzstan-2010"}),
        ("foedus compare kazakhstan-2022 arm", {"armenia-2022"}),
        ("foedus check cst", {"cst", "csto"}),
        ("foedus assess x --why cst.as", {"cst.assist"}),
        ("foedus assess x --only cst", {"cst", "cst.assist", "csto"}),
        ("foedus assess x --known", {"--known-by"}),
        ("foedus assess x --language r", {"ru"}),
        ("foedus session six", {"six-valleys"}),
        ("foedus why F51", {"F510", "F511", "F512"}),
        ("foedus completion b", {"bash"}),
    ],
)
def test_what_the_shell_offers(typed: str, offered: set[str]) -> None:
    number = str(len(typed.split()) - 1)
    done = foedus(_FOEDUS_COMPLETE="bash_complete", COMP_WORDS=typed, COMP_CWORD=number)
    words = {line.partition(",")[2] for line in done.out.splitlines() if line.startswith("plain,")}
    assert offered <= words
    assert not [word for word in words if not word.startswith(typed.split()[-1])]
