"""The examples at the end of each verb's help, run as they stand: by a shell where they need one."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import click
import pytest

from foedus.cli import serve
from foedus.cli.main import VERBS, cli
from foedus.cli.skeleton import treaty_skeleton
from foedus.diagnostics.cache import cache_folder
from foedus.library import Library
from tests.cascade.owed import MEMBERS as OWED
from tests.cli.program import ROOT, Done, environment, foedus
from tests.exercise.records import a_record
from tests.sources.files import MEMBERS
from tests.sources.samples import SAMPLES, laid

SHIPPED = ROOT / "src" / "foedus"


def verbs() -> dict[str, click.Command]:
    """Every verb, and those below a verb, by what is typed: `new dossier`."""
    found: dict[str, click.Command] = {}
    with click.Context(cli) as ctx:
        for name in VERBS:
            verb = cli.get_command(ctx, name)  # type: ignore[attr-defined]
            assert verb is not None
            found[name] = verb
            if isinstance(verb, click.Group):
                found |= {f"{name} {below}": command for below, command in verb.commands.items()}
    return found


EXAMPLES = [
    (name, line)
    for name, verb in verbs().items()
    for line in re.findall(r"^  (foedus .*)$", verb.epilog or "", re.MULTILINE)
]


@pytest.mark.parametrize("name", verbs())
def test_every_verb_has_an_example_of_its_own(name: str) -> None:
    assert [line for verb, line in EXAMPLES if verb == name and line.startswith(f"foedus {name}")]


PLAIN = re.compile(r"[\w ./:=,-]+")
"""What a shell takes as it stands."""


STORY = (
    "On Monday the Council sent forty boats to the ford, because the toll house had asked for help against raiders "
    "from the hills. The boats came back by night with nobody hurt, and the herons have left the reeds."
)


def texts_in(here: Path) -> None:
    """Documents to be compared, and the texts of a dossier's sources: whatever is quoted from them."""
    for name in ("statement.txt", "treaty.txt", "press/sheet.txt", "press/herald.txt", "crawl/sheet.txt"):
        path = here / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{STORY}\n", encoding="utf-8")
    page = f"<html lang='en'><title>The ford</title><body><p>{STORY}</p></body></html>"
    (here / "report.html").write_text(page, encoding="utf-8")
    dossier = Library().dossier(str(here / "my-dossier")).dossier
    assert dossier
    quoted: dict[str, list[str]] = {}
    for claim in dossier.record.claims:
        if claim.quote:
            quoted.setdefault(claim.source, []).append(claim.quote)
    for folder in (here / "texts", here / "my-dossier" / "documents"):
        folder.mkdir()
        for source, quotes in quoted.items():
            (folder / f"{source}.txt").write_text("\n\n".join(dict.fromkeys(quotes)), encoding="utf-8")


def shell(line: str, here: Path, tmp_path: Path, **env: str) -> Done:
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "foedus"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m foedus "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    around = environment(**env)
    done = subprocess.run(
        ["sh", "-c", line], cwd=here, env=around | {"PATH": f"{tmp_path / 'bin'}:{around['PATH']}"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_an_example_runs(name: str, line: str, tmp_path: Path) -> None:
    if name == "serve":  # it answers until it is ended: tests/web/test_serving.py runs it
        serve.command.make_context("serve", line.split()[2:])
        return
    here = tmp_path / "here"
    shutil.copytree(SHIPPED / "dossiers" / "kazakhstan-2022", here / "my-dossier")
    (here / "treaties").mkdir()
    shutil.copy(SHIPPED / "treaties" / "cst.md", here / "treaties")
    shutil.copy(SHIPPED / "treaties" / "cst.md", here)
    page = treaty_skeleton("my-treaty", "A treaty", date(2001, 1, 1))
    (here / "my-treaty.md").write_text(page, encoding="utf-8")
    shutil.copy(ROOT / "examples" / "border" / "dossier.md", here)
    texts_in(here)
    if "--query" in line:
        assert foedus("trace", here / "crawl", "--index", here / "crawl.index").status == 0
    (here / "atop4-member-level.csv").write_text(MEMBERS, encoding="utf-8")
    if name in ("cascade", "panel"):
        (here / "atop.csv").write_text(OWED, encoding="utf-8")
    if name.startswith("data"):
        laid(here)
        older = SAMPLES["states2016.csv"][1].replace(",2016\n", ",2011\n")
        (here / "states2011.csv").write_text(older, encoding="utf-8")
        assert foedus("data", "add", *[*SAMPLES, "states2011.csv"], cwd=here).status == 0
    for side in ("base.md", "ours.md", "theirs.md"):
        shutil.copy(ROOT / "examples" / "border" / "dossier.md", here / side)
    for table in ("claims.csv", "back.xlsx"):
        if line.startswith("foedus import") and table in line:
            assert foedus("export", here / "my-dossier", here / table).status == 0
    if name in ("verify", "cosign"):
        for file, content in a_record().items():
            (here / file).write_bytes(content)
        (here / "arv.key").chmod(0o600)
    if name == "minutes":
        assert foedus("session", "six-valleys", "--quiet", "--record", here / "record.zip").status == 0
    # Of a home of its own, but with the register that the other tests have had drawn up.
    env = {"HOME": str(tmp_path), "FOEDUS_CACHE": str(cache_folder() or "off")}
    if (
        PLAIN.fullmatch(line) and name != "lsp" and line != "foedus test"
    ):  # an editor's, and one that begins others
        done = foedus(*line.split()[1:], cwd=here, **env)
    else:
        done = shell(line, here, tmp_path, **env)
    if "--atop" in line:  # an invented file lacks the treaties that ship, and each is told of as a warning
        assert done.status == 0 and "error" not in done.err, done.err
        return
    told = [one for one in done.err.splitlines() if not one.startswith(("Written: ", "Saved: "))]
    assert (done.status, told) == (0, []), done.said
