"""What runs in the tests' own process says what a process of its own says, and leaves nothing for the next run."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.cli.main import VERBS
from foedus.words.speech import language
from tests.cascade.owed import MEMBERS as OWED
from tests.cli.program import ROOT, Done, foedus, process
from tests.exercise.records import a_record
from tests.panel.files import ROWS, atop
from tests.sources.files import MEMBERS
from tests.sources.samples import PHASES

SMOKE: dict[str, tuple[str, ...]] = {
    "anchors": ("anchors", "lir", "--documents", "texts"),
    "assess": ("assess", "kazakhstan-2022"),
    "bound": ("bound", "POL", "--on", "1939-09-01", "--attacked-by", "DEU", "--in", "europe"),
    "cascade": (
        "cascade",
        "--shock",
        "AUH:SRB",
        "--on",
        "1914-07-28",
        "--source",
        "atop=cascade.csv",
        "--draws",
        "0",
    ),
    "cases": ("cases", "niger-2023"),
    "check": ("check", "cst", "kazakhstan-2022", str(ROOT / "tests/bad/F104-open-quotation.md")),
    "compare": ("compare", "kyrgyzstan-2010", "kazakhstan-2022"),
    "completion": ("completion", "bash"),
    "cosign": ("cosign", "head-of-friday.txt", "--key", "arv.key"),
    "coverage": ("coverage", "cst"),
    "data": ("data", "add", "phases.csv", "--dropped"),
    "dossiers": ("dossiers",),
    "export": ("export", "lir", "claims.csv"),
    "fmt": ("fmt", "untidy.md"),
    "import": ("import", "lir", "back.csv"),
    "membership": ("membership", "cst", "--atop", "atop.csv"),
    "merge": ("merge", "untidy.md", "ours.md", "untidy.md"),
    "minutes": ("minutes", "record.zip", "--docx", "minutes.docx"),
    "new": ("new", "treaty", "marsh"),
    "panel": ("panel", "--from", "1950", "--to", "1951", "--atop", "panel-rows.csv", "-o", "made.csv"),
    "power": ("power", "csto", "--on", "2022-01-06", "--reading", "csto.decide=no member objects"),
    "procedure": ("procedure", "kazakhstan-2022"),
    "schema": ("schema", "claims"),
    "session": ("session", "kazakhstan-2022", "--dossier", "session.md"),
    "show": ("show", "cst"),
    "test": ("test", "cst"),
    "trace": ("trace", "texts"),
    "treaties": ("treaties",),
    "verify": ("verify", "record.zip", "--keys", "council.key"),
    "vote": ("vote", "csto", "--on", "2022-01-06", "--for", "RUS", "--others", "for"),
    "why": ("why", "F104"),
}


def laid(folder: Path) -> Path:
    """A folder with what the commands are asked about."""
    folder.mkdir()
    shutil.copytree(ROOT / "examples" / "border", folder / "lir")
    page = (ROOT / "examples" / "border" / "lir.md").read_text(encoding="utf-8")
    for name in ("untidy.md", "ours.md"):
        (folder / name).write_text(page.replace("  in force", "      in force"), encoding="utf-8")
    (folder / "texts").mkdir()
    for name in ("letter-0305", "ministry-0304"):
        (folder / "texts" / f"{name}.txt").write_text(f"The text of {name} is short.\n", encoding="utf-8")
    (folder / "atop.csv").write_text(MEMBERS, encoding="utf-8")
    (folder / "panel-rows.csv").write_text(atop(ROWS), encoding="utf-8")
    (folder / "cascade.csv").write_text(OWED, encoding="utf-8")
    (folder / "phases.csv").write_text(PHASES + "9003,cut off\n", encoding="utf-8")
    for name, content in a_record().items():
        (folder / name).write_bytes(content)
    (folder / "arv.key").chmod(0o600)
    (folder / "back.csv").write_text("id,title\nletter-0305,Another\n", encoding="utf-8")
    return folder


def left(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_verb_is_compared() -> None:
    assert set(SMOKE) == set(VERBS) - {
        "lsp",
        "serve",
    }  # they run until they are ended: tests of their own


@pytest.mark.parametrize("verb", SMOKE)
def test_a_verb_does_in_this_process_what_it_does_in_its_own(verb: str, tmp_path: Path) -> None:
    here, there = laid(tmp_path / "here"), laid(tmp_path / "there")
    assert foedus(*SMOKE[verb], cwd=here) == process(*SMOKE[verb], cwd=there)
    assert left(here) == left(there)


ASKED = ("assess", "armenia-2022", "--only", "cst.assist")
UNLIKE: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "as it is": (ASKED, {}),
    "in Russian": ((*ASKED, "--language", "ru"), {}),
    "in French, by the variable": (ASKED, {"FOEDUS_LANGUAGE": "fr"}),
    "on a wide terminal": (ASKED, {"COLUMNS": "100"}),
    "of few signs": (ASKED, {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp866"}),
    "of English signs alone": (
        (*ASKED, "--language", "ru"),
        {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    ),
    "supposing": ((*ASKED, "--suppose", "A=no"), {}),
    "in no language": ((*ASKED, "--language", "xx"), {}),
    "with other pages": ((*ASKED, "--treaties", "amended"), {}),
    "with broken pages": ((*ASKED, "--treaties", "broken"), {}),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unlike")
    shipped = (ROOT / "src/foedus/treaties/cst.md").read_text(encoding="utf-8")
    for name, text in (
        ("amended", shipped.replace('"Collective Security Treaty"', '"Amended Treaty"')),
        ("broken", shipped.replace("duty assist", "duti assist")),
    ):
        (folder / name).mkdir()
        (folder / name / "cst.md").write_text(text, encoding="utf-8")
    return folder


def test_runs_do_not_influence_one_another(pages: Path) -> None:
    """There and back: each comes after two others, and what one leaves behind would change the next."""

    def said(how: Callable[..., Done], name: str) -> Done:
        args, variables = UNLIKE[name]
        return how(*args, cwd=pages, **variables)

    alone = {name: said(process, name) for name in UNLIKE}
    assert len({(done.out, done.err) for done in alone.values()}) == len(UNLIKE)
    for name in [*UNLIKE, *reversed(UNLIKE)]:
        assert said(foedus, name) == alone[name], name


def test_a_run_leaves_the_process_as_it_was(tmp_path: Path) -> None:
    def state() -> list[object]:
        streams = [sys.stdin, sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__]
        return [
            dict(os.environ),
            Path.cwd(),
            streams,
            sys.argv,
            gc.get_threshold(),
            sys.getrecursionlimit(),
            language(),
        ]

    before = state()
    foedus(*ASKED, "--language", "ru", cwd=tmp_path, COLUMNS="60", FOEDUS_LANGUAGE="fr")
    foedus("assess", "nowhere", cwd=tmp_path)
    assert state() == before
