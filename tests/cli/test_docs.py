"""The pages for users hold: the tutorial's commands run and answer as shown, and no command is undocumented."""

from __future__ import annotations

import contextlib
import doctest
import importlib
import os
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import click
import pytest

from foedus.cli.main import VERBS
from foedus.lang.parse import parse_page
from tests.cli.program import OWN, ROOT, foedus, process

DOCS = ROOT / "docs"
FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)

WEIGHTS = """[chance]
directed = "1/3"
binding = 1
[reading."cst.aggression"]
"any author" = "1/2"
"external author" = "1/2"
"""


@dataclass(frozen=True, slots=True)
class Command:
    """A line after `$`, with what the page shows below it, and whether it is said to fail."""

    line: str
    shown: tuple[str, ...]
    fails: bool

    def words(self) -> tuple[list[str], dict[str, str]]:
        """What foedus is given, and the variables set before it."""
        words = shlex.split(self.line, comments=True)
        program = words.index("foedus") if "foedus" in words else 0
        assert words[program] == "foedus", f"only foedus is run: {self.line}"
        return words[program + 1 :], dict(word.split("=", 1) for word in words[:program])


def commands(body: str, fails: bool) -> list[Command]:
    """The commands of one block; only the first of a block that fails is said to."""
    found: list[Command] = []
    for stretch in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        line, *shown = stretch.rstrip("\n").split("\n")
        found.append(Command(line, tuple(shown), fails and not found))
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """Lines of a file put in the place of others, as a block `diff` shows them; or, without old ones, put after all."""

    name: str
    old: str
    new: str

    def to(self, text: str) -> str:
        """The text changed; what is to be changed stands in it once."""
        if not self.old:
            return f"{text}\n{self.new}"
        assert text.count(self.old) == 1, f"{self.name} has {text.count(self.old)} times\n{self.old}"
        return text.replace(self.old, self.new)


def change(name: str, body: str) -> Change:
    """What a block `diff` says: lines with `-` go, lines with `+` come, others stay."""
    lines = body.splitlines(keepends=True)
    assert all(line[0] in " +-" for line in lines), body
    old = "".join(line[1:] for line in lines if line[0] != "+")
    new = "".join(line[1:] for line in lines if line[0] != "-")
    assert old != new and old, f"nothing changes:\n{body}"
    return Change(name, old, new)


@dataclass(frozen=True, slots=True)
class Session:
    """What is typed into Python, and what it says; a page's sessions are one."""

    text: str


Step = tuple[str, str] | Change | Command | Session


def steps(page: Path) -> list[Step]:
    """Files to write (name, text), add to (`add=`) or change (`diff`), and commands to run, in the page's order."""
    found: list[Step] = []
    for block in FENCE.finditer(page.read_text(encoding="utf-8")):
        kind, _, rest = block["info"].strip().partition(" ")
        if kind == "diff" and rest.startswith("file="):
            found.append(change(rest.removeprefix("file="), block["body"]))
        elif rest.startswith("file="):
            found.append((rest.removeprefix("file="), block["body"]))
        elif rest.startswith("add="):
            found.append(Change(rest.removeprefix("add="), "", block["body"]))
        elif kind == "console":
            found += commands(block["body"], rest == "fails")
        elif kind == "pycon":
            found.append(Session(block["body"]))
    return found


def assert_said(session: Session, known: dict[str, object], where: Path) -> None:
    """What Python answers is what the page shows; names are kept in `known` for the page's next session."""
    test = doctest.DocTestParser().get_doctest(session.text, known, where.name, None, 0)
    told: list[str] = []
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    with contextlib.chdir(where), patch.dict(os.environ, {"FOEDUS_DATA": OWN["FOEDUS_DATA"]}):
        doctest.DocTestRunner(optionflags=flags).run(test, out=told.append, clear_globs=False)
    assert not told, "".join(told)
    known |= test.globs


def assert_shown(command: Command, said: str) -> None:
    """Each line shown is written, in that order; `…` stands for any lines."""
    lines = iter(said.rstrip().split("\n"))
    gap = False
    for shown in command.shown:
        if shown == "…":
            gap = True
            continue
        line = next(lines, None)
        while gap and line is not None and line != shown:
            line = next(lines, None)
        assert line == shown, f"$ {command.line}\nwrites\n{said}"
        gap = False
    assert not command.shown or gap or next(lines, None) is None, f"$ {command.line}\nwrites\n{said}"


WITH_COMMANDS = sorted(
    page.relative_to(DOCS).as_posix()
    for page in DOCS.rglob("*.md")
    if any(isinstance(s, Command) for s in steps(page))
)
ALONE = ("tutorial.md", "tutorial-research.md", "encode-in-twenty-minutes.md", "reference/errors.md")
"""Pages that write what they need themselves; the others take the tutorial's files for granted."""


@pytest.mark.parametrize("name", WITH_COMMANDS)
def test_the_commands_of_a_page_run(name: str, tmp_path: Path) -> None:
    found = steps(DOCS / name)
    if name not in ALONE:
        found = [
            step for step in steps(DOCS / "tutorial.md") if isinstance(step, tuple) and "slip" not in step[0]
        ] + found
        (tmp_path / "documents").mkdir()
        (tmp_path / "texts").mkdir()
        (tmp_path / "texts" / "cst.txt").write_text("Article 4\nA copy of one's own.\n", encoding="utf-8")
        (tmp_path / "weights.toml").write_text(WEIGHTS, encoding="utf-8")
        for version in ("base.md", "ours.md", "theirs.md"):
            shutil.copy(ROOT / "examples" / "border" / "dossier.md", tmp_path / version)
    shutil.copytree(ROOT / "examples" / "border", tmp_path / "border")
    known: dict[str, object] = {}
    for step in found:
        if isinstance(step, Session):
            assert_said(step, known, tmp_path)
        elif isinstance(step, tuple):
            path = tmp_path / step[0]
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_text(step[1], encoding="utf-8")
        elif isinstance(step, Change):
            path = tmp_path / step.name
            path.write_text(step.to(path.read_text(encoding="utf-8")), encoding="utf-8")
        elif step.line.startswith("rm "):
            (tmp_path / step.line.removeprefix("rm ")).unlink()
        else:
            args, variables = step.words()
            if args[0] == "serve":  # it answers until it is ended: tests/web/test_serving.py runs it
                verb("serve").make_context("serve", args[1:])
                continue
            run = process if args[0] == "lsp" else foedus  # a server speaks through the process's own pipes
            done = run(*args, cwd=tmp_path, **variables)
            assert (done.status > 0) is step.fails, f"$ {step.line}\n{done.said}"
            assert "Traceback" not in done.said
            assert_shown(step, done.said)


def test_the_page_that_is_encoded_is_the_example() -> None:
    """The tutorial's page and case are those in `examples/narrows`; the example goes on with further trials."""
    made: dict[str, str] = {}
    for step in steps(DOCS / "encode-in-twenty-minutes.md"):
        if isinstance(step, Change):
            made[step.name] = step.to(made[step.name])
        elif isinstance(step, tuple):
            made[step[0]] = step[1]
    example = ROOT / "examples" / "narrows"
    assert (example / "narrows.md").read_text(encoding="utf-8").startswith(made["treaties/narrows.md"])
    assert (example / "dossier.md").read_text(encoding="utf-8").startswith(made["strait.md"])


def test_the_lines_of_the_style_page_can_be_read() -> None:
    """Both versions of each, for what is said against the first is not that it fails."""
    page = DOCS / "how-to" / "style-for-encoders.md"
    read, problems = parse_page(page.name, page.read_text(encoding="utf-8"))
    assert len(read.items) > 15
    assert [p for p in problems if p.code != "F143"] == []  # what a dossier asks stands in none here


def verb(name: str) -> click.Command:
    return importlib.import_module(f"foedus.cli.{name}").command


def options(name: str) -> list[click.Option]:
    """The options of a verb, and of the verbs below it, but for `--help`."""
    found = verb(name)
    below = list(found.commands.values()) if isinstance(found, click.Group) else []
    every = [o for one in (found, *below) for o in one.params if isinstance(o, click.Option)]
    return [option for option in every if option.opts[0] != "--help"]


def section(name: str) -> str:
    """What the reference says of a verb."""
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    found = re.search(rf"^## foedus {name}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"docs/reference/commands.md has no section “foedus {name}”"
    return found[1]


@pytest.mark.parametrize("name", sorted(VERBS))
def test_every_verb_is_documented_with_an_example(name: str) -> None:
    assert f"$ foedus {name}" in section(name)


SHARED = {"--on", "--known-by", "--suppose", "--reading", "--only", "--weights", "--language"}
"""The options that say what is asked: explained once, under `assess`, to which `compare` refers."""


@pytest.mark.parametrize(
    ("name", "option"),
    sorted({(n, o.opts[0]) for n in VERBS for o in options(n)}),
)
def test_every_option_is_documented(name: str, option: str) -> None:
    text = section(name)
    if name == "compare" and option in SHARED:
        assert "as in [`assess`](#foedus-assess)" in text
        text = section("assess")
    assert re.search(rf"^\| `{option}\b", text, re.MULTILINE), f"{name} {option}"
    assert any(
        f"{option} " in c or c.endswith(option) for c in re.findall(r"^\$ (foedus .*)$", text, re.MULTILINE)
    )


def test_no_option_is_documented_that_is_not_there() -> None:
    for name in VERBS:
        known = {opt for option in options(name) for opt in option.opts}
        documented = set(re.findall(r"^\| `(--[a-z-]+)", section(name), re.MULTILINE))
        assert documented <= known, name
