"""The same page is the same page on every system: line ends, marks at the beginning, outputs of few signs."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
from collections import Counter
from pathlib import Path, PureWindowsPath

import pytest

from foedus.cli.new import KEPT
from foedus.diagnostics.span import spelled
from foedus.lang.layout import format_page
from tests.cli.program import ROOT, foedus, process
from tests.house.files import name_of, repository_files

SOURCE = ROOT / "src" / "foedus"
WRITTEN = {
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "with a mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16 of Notepad": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
}


def answered(folder: Path) -> object:
    done = foedus("assess", "dossier", "--treaties", "treaties", "--json", cwd=folder)
    assert (done.status, done.err) == (0, "")
    return json.loads(done.out)


@pytest.fixture(scope="module")
def as_it_is(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("as-it-is")
    shutil.copytree(SOURCE / "dossiers" / "armenia-2022", folder / "dossier")
    shutil.copytree(SOURCE / "treaties", folder / "treaties")
    return folder


@pytest.mark.parametrize("how", WRITTEN)
def test_how_lines_end_changes_no_answer_and_no_digest(how: str, as_it_is: Path, tmp_path: Path) -> None:
    for page in as_it_is.rglob("*.md"):
        other = tmp_path / page.relative_to(as_it_is)
        other.parent.mkdir(exist_ok=True)
        other.write_bytes(WRITTEN[how](page.read_text(encoding="utf-8")))
        assert other.read_bytes() != page.read_bytes()
    assert answered(tmp_path) == answered(as_it_is)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_fmt_keeps_the_line_ends(end: str, tmp_path: Path) -> None:
    page = tmp_path / "lir.md"
    text = format_page((ROOT / "examples" / "border" / "lir.md").read_text(encoding="utf-8"))
    page.write_bytes(text.replace("  in force", "      in force").replace("\n", end).encode())
    assert foedus("fmt", page).status == 0
    assert page.read_bytes() == text.replace("\n", end).encode()
    assert foedus("fmt", "--check", page).status == 0


@pytest.mark.parametrize("encoding", ["cp866", "cp1252", "cp437"])
@pytest.mark.parametrize(
    "args",
    [
        ("assess", "kazakhstan-2022"),
        ("check", "tests/bad/F104-open-quotation.md"),
        ("compare", "armenia-2022", "kazakhstan-2022"),
        ("test", "tests/bad/F104-open-quotation.md"),
        ("why", "F104"),
        ("tset",),
        ("new", "dossier", "nul"),
    ],
    ids=lambda args: args[0],
)
def test_an_output_of_few_signs(encoding: str, args: tuple[str, ...]) -> None:
    usual = foedus(*args)
    done = foedus(*args, PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    assert done.status == usual.status
    assert done.said.count("\n") == usual.said.count("\n")
    assert done.said.count("?") == usual.said.count("?"), [x for x in done.said.splitlines() if "?" in x]


def test_json_loses_nothing_in_an_output_of_few_signs() -> None:
    args = ("assess", "kazakhstan-2022", "--json")
    narrow = foedus(*args, PYTHONUTF8="0", PYTHONIOENCODING="cp1252")
    assert json.loads(narrow.out) == json.loads(foedus(*args).out)
    assert narrow.out.isascii()


def test_a_page_printed_is_in_utf_8() -> None:
    args = ("new", "dossier", "sel", "--from", "2031-01-01", "--stdout")
    done = process(*args, PYTHONUTF8="0")  # what the interpreter itself takes for the output's encoding
    assert "¶2" in done.out
    assert done.out == foedus(*args).out


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (r"C:\cases\lir.md", "C:/cases/lir.md"),
        (r"cases\sel 2031\dossier.md", "cases/sel 2031/dossier.md"),
        (r"\\server\share\lir.md", "//server/share/lir.md"),
    ],
)
def test_paths_of_windows_are_spelled_with_slashes(path: str, said: str) -> None:
    assert spelled(PureWindowsPath(path)) == said


def test_no_path_is_spelled_otherwise() -> None:
    """`str(path)` has backslashes on Windows, and a place that differs by system is another place."""
    own = re.compile(r"(?<!re)\bstr\((?:self\.)?(?:path|folder|entry|file)\)|whole\(str\(")
    found = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in SOURCE.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if own.search(line) and '== "-"' not in line and "pofile(" not in line
    ]
    assert not found


ONE_SYSTEM = {"fcntl", "grp", "pty", "pwd", "resource", "termios", "tty", "msvcrt", "winreg", "_winapi"}
EACH_ITS_OWN = {SOURCE / "diagnostics" / "lock.py"}
"""Files that have what they need from each system, and ask which it is."""
ONE_SYSTEMS = {
    "fork",
    "getuid",
    "geteuid",
    "kill",
    "killpg",
    "rename",
    "setsid",
    "mkfifo",
    "SIGKILL",
    "SIGALRM",
}


def calls_without_encoding(tree: ast.AST) -> list[int]:
    """Lines that read or write text without saying in which encoding."""
    found: list[int] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in {"read_text", "write_text", "open"} or any(k.arg == "encoding" for k in node.keywords):
            continue
        own = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        if own and node.func.value.id in {"self", "os", "scopes"}:  # type: ignore[union-attr]
            continue
        if any(isinstance(a, ast.Constant) and "b" in str(a.value) for a in node.args):
            continue
        if own and node.func.attr == "open" and node.func.value.id in ("file", "packed", "room"):  # type: ignore[union-attr]
            continue  # a part of a zip file, which is bytes; a room is no file
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Attribute):
            continue  # `self.scopes.open`: no file
        found.append(node.lineno)
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=name_of)
def test_nothing_is_of_one_system_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    assert not imported & ONE_SYSTEM or path in EACH_ITS_OWN
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"os", "signal"}
    }
    assert not used & ONE_SYSTEMS
    assert not calls_without_encoding(tree)


def test_every_name_can_stand_on_every_system() -> None:
    names = [name_of(path) for path in repository_files()]
    parts = {part for name in names for part in name.split("/")}
    assert not [p for p in parts if p.split(".")[0].lower() in KEPT or re.search(r'[<>:"\\|?*]|[. ]$', p)]
    assert not [name for name, often in Counter(map(str.casefold, names)).items() if often > 1]
    assert max(map(len, names)) < 150  # 260 is what Windows takes, with the folder before it


def test_the_names_that_windows_keeps() -> None:
    isreserved = getattr(os.path, "isreserved", None)  # of Windows alone, from 3.13
    for name in sorted(KEPT):
        assert PureWindowsPath(name).is_reserved() if isreserved is None else isreserved(name)
