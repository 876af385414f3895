"""Lays out what the site is made of: the pages of `docs/`, and those that are made from Foedus itself.

    python docs/site/stage.py FOLDER

Nothing made here is committed: messages come from their catalogue, cases from the engine, names of Python
from their docstrings, so that none of them can say what is no longer so.
"""

from __future__ import annotations

import inspect
import json
import posixpath
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

import procedures

import foedus
from foedus.assessment.assess import assess
from foedus.assessment.finding import Assessment
from foedus.diagnostics.catalogue import CATALOGUE, PAGES
from foedus.library import Library
from foedus.report.html.show import show_page
from foedus.report.terminal import show_assessment

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ABOVE = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
"""Pages of the repository's root that the site has too."""

LINK = re.compile(r"(?P<before>\]\()(?!https?:|mailto:|#)(?P<to>[^)#\s]+)(?P<after>(?:#[^)]*)?\))")
FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)`*\s*$|`[^`\n]+`", re.M | re.S)

MODULES = (
    "foedus.library",
    "foedus.assessment.assess",
    "foedus.assessment.case",
    "foedus.assessment.finding",
    "foedus.report.terminal",
    "foedus.report.json",
    "foedus.diagnostics.problem",
)
"""What a program may build on, besides what `foedus` itself names."""

WHOLE = "whole"
"""The folder of files that go into the site as they are."""

ON_SITE = """
Only on this site: [every message by its code](errors/index.md),
[the cases that ship, with their answers](cases/index.md),
[how councils go about a matter, drawn](procedures/index.md),
and [the names that Python programs may use](reference/names.md).
"""

SECTIONS = (
    ("Learn", "tutorial.md"),
    ("", "encode-in-twenty-minutes.md"),
    ("", "notebook.md"),
    ("", "tutorial-research.md"),
    ("", "panel.md"),
    ("How to", "how-to/*.md"),
    ("Reference", "reference/*.md"),
    ("", "glossary.md"),
    ("", "errors/index.md"),
    ("Cases", "cases/*.md"),
    ("Procedures", "procedures/*.md"),
    ("Why it is so", "why/*.md"),
    ("The project", "README.md"),
    ("", "CONTRIBUTING.md"),
    ("", "CHANGELOG.md"),
    ("", "SECURITY.md"),
)
"""The way through the site, as the side shows it."""


def stage(folder: Path) -> None:
    """Everything that the site is made of, in a folder made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    for page in sorted(DOCS.rglob("*.md")):
        _write(folder / page.relative_to(DOCS), moved(page))
    for book in sorted(DOCS.rglob("*.ipynb")):
        _write(folder / _on_site(book), notebook(book))
    for figure in sorted(DOCS.rglob("*.svg")):
        _write(folder / figure.relative_to(DOCS), figure.read_text(encoding="utf-8"))
    for name in ABOVE:
        _write(folder / name, moved(ROOT / name))
    shown = (ROOT / "LICENSE", ROOT / "src" / "foedus" / "treaties" / "vocabulary.md")
    for file in (*sorted((ROOT / "examples").rglob("*.md")), *shown):
        _write(
            folder / "files" / f"{file.relative_to(ROOT).as_posix()}.txt", file.read_text(encoding="utf-8")
        )
    messages(folder / "errors")
    cases(folder / "cases")
    for name, text in procedures.pages():
        _write(folder / "procedures" / name, text)
    _write(folder / "reference" / "names.md", names())
    index = folder / "index.md"
    landing = index.read_text(encoding="utf-8").partition("\nHow the folder is laid out:")[0]
    _write(index, landing + ON_SITE + contents(folder))


def moved(page: Path) -> str:
    """The page, its links leading to where the site has what they name."""
    return _relinked(page.read_text(encoding="utf-8"), page)


def _relinked(text: str, page: Path) -> str:
    here = posixpath.dirname(_on_site(page)) or "."

    def lead(link: re.Match[str]) -> str:
        to = posixpath.relpath(_on_site((page.parent / link["to"]).resolve()), here)
        return f"{link['before']}{to}{link['after']}"

    parts: list[str] = []
    at = 0
    for code in FENCE.finditer(text):  # a link in code is shown, not followed
        parts += [LINK.sub(lead, text[at : code.start()]), code[0]]
        at = code.end()
    return "".join(parts) + LINK.sub(lead, text[at:])


def _on_site(path: Path) -> str:
    if path.is_relative_to(DOCS):
        page = path.with_suffix(".md") if path.suffix == ".ipynb" else path
        return page.relative_to(DOCS).as_posix()
    name = path.relative_to(ROOT).as_posix()
    return name if name in ABOVE else f"files/{name}.txt"


def notebook(book: Path) -> str:
    """A notebook to read: its prose, its code, and what is kept in it of what was written."""
    parts: list[str] = []
    for cell in json.loads(book.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(_relinked(text, book))
            continue
        parts.append(f"```python\n{text}\n```")
        for output in cell.get("outputs", []):
            plain = "".join(output.get("text", output.get("data", {}).get("text/plain", [])))
            parts += [f"````text\n{plain}\n````"] if plain else []
    return "\n\n".join([*parts, ""])


def messages(folder: Path) -> None:
    """A page for each code, and a list of them all."""
    rows = [
        "# Messages by code", "",
        "What each code means, a mistake that has it, and how to mend it: as `foedus why CODE` tells it.", "",
    ]  # fmt: skip
    groups = {
        "0": "Files and pages",
        "1": "Writing",
        "2": "Names and sorts",
        "3": "Meaning",
        "4": "Dossiers and evidence",
        "5": "What was asked",
        "6": "Documents and decisions",
        "7": "The room of a council",
        "8": "Data sets, panels and cascades",
    }
    for first, about in groups.items():
        rows += [f"## {about}", "", "| code | | |", "|---|---|---|"]
        for code, entry in CATALOGUE.items():
            if code[1] == first:
                page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
                mistake, mended = page.split("\n## How to mend it\n")
                shown = re.sub(r"^(`{3,})(?:toml|po)$", r"\1text", mistake, flags=re.M)  # it reads as neither
                page = f"{shown}\n## How to mend it\n{mended}"
                _write(folder / f"{code}.md", f"---\norphan: true\n---\n{page}\n[All codes](index.md)\n")
                title = page.splitlines()[0].partition(": ")[2].replace("|", "\\|")
                rows.append(f"| [{code}]({code}.md) | {title} | {entry.severity} |")
        rows.append("")
    _write(folder / "index.md", "\n".join(rows))


def cases(folder: Path) -> None:
    """Each dossier that ships, with what the engine answers today."""
    shown = [
        "# Cases",
        "",
        "The dossiers that ship, each with the answer that this version of Foedus gives. They are there to be",
        "corrected: every claim names its source.",
        "",
    ]
    library = Library()
    for name in library.dossiers:
        loaded = library.dossier(name)
        assert loaded.dossier is not None, loaded.problems
        answer = assess(loaded.dossier, loaded.program)
        _write(folder / f"{name}.md", case(name, answer))
        _write(folder.parent / WHOLE / "cases" / f"{name}-page.html", show_page(answer, {}))
        shown.append(f"- [{answer.dossier.title}]({name}.md)")
    _write(folder / "index.md", "\n".join([*shown, ""]))


def case(name: str, answer: Assessment) -> str:
    """One case: how to ask, the page with its switches, the answer as the terminal shows it."""
    text = show_assessment(answer, width=78)
    fence = "`" * 4
    return "\n".join([
        f"# {answer.dossier.title}", "",
        f'The same answer as <a href="{name}-page.html">a page with its sources</a>, for a browser and for paper.', "",
        f"{fence}console", f"$ foedus assess {name}", fence, "", f"{fence}text", text.rstrip(), fence, "",
    ])  # fmt: skip


def names() -> str:
    """What Python programs may call, from the docstrings."""
    parts = [
        "# Names in Python",
        "",
        "What a program may build on; each with its docstring. Examples run in the tests.",
        "",
    ]
    public = [name for name in getattr(foedus, "__all__", ()) if not name.startswith("__")]
    if public:
        parts += ["## foedus", "", *_told((name, getattr(foedus, name)) for name in public)]
    for module in MODULES:
        found = import_module(module)
        own = ((n, v) for n, v in vars(found).items() if getattr(v, "__module__", "") == module)
        parts += [
            f"## {module}",
            "",
            *_prose(inspect.getdoc(found) or ""),
            *_told((n, v) for n, v in own if n[0] != "_"),
        ]
    return "\n".join(parts)


def _told(found: Iterable[tuple[str, object]]) -> Iterator[str]:
    for name, value in found:
        if not (inspect.isclass(value) or inspect.isfunction(value)):
            continue
        yield from (f"### {name}", "", "```python", _signature(name, value), "```", "")
        yield from _prose(inspect.getdoc(value) or "")
        if inspect.isclass(value):
            for part, method in vars(value).items():
                if not part.startswith("_") and (inspect.isfunction(method) or isinstance(method, property)):
                    said = (inspect.getdoc(method) or "").partition("\n\n")[0].replace("\n", " ")
                    called = f"{part}{'' if isinstance(method, property) else '()'}"
                    yield f"- `{name}.{called}`: {said}" if said else f"- `{name}.{called}`"
            yield ""


def _signature(name: str, value: object) -> str:
    kind = "class" if inspect.isclass(value) else "def"
    try:
        signed = str(inspect.signature(value))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        signed = ""
    signed = re.sub(r"<factory>|<[^<>]* object at 0x[0-9a-f]+>", "...", signed)
    signed = re.sub(r"(?<=: |> )'([^']*)'", r"\1", signed)  # types are kept as they were written
    if len(signed) > 80:
        signed = signed.replace("(", "(\n    ", 1).replace(", ", ",\n    ") if "[" not in signed else signed
    return f"{kind} {name}{signed}"


def _prose(doc: str) -> Iterator[str]:
    """A docstring as Markdown: its examples and what is indented become blocks of code."""
    inside = False
    for line in inspect.cleandoc(doc).splitlines():
        begins = line.startswith((">>>", "    "))
        if begins and not inside:
            yield from ("", "```pycon")
            inside = True
        elif inside and not line.strip():
            yield "```"
            inside = False
        yield line
    if inside:
        yield "```"
    yield ""


def contents(folder: Path) -> str:
    """The way through the site, for the side; a page that is in no section is in the last."""
    made = [""]
    for caption, pattern in SECTIONS:
        found = sorted(path.relative_to(folder).as_posix() for path in folder.glob(pattern))
        index = [name for name in found if name.endswith("/index.md")]
        if caption or not made[-1]:
            made += ["", "```{toctree}", ":hidden:", *([f":caption: {caption}"] if caption else []), ""]
        else:
            made.pop()  # the same list goes on
        made += [*index, *(name for name in found if name not in index), "```"]
    return "\n".join([*made, ""])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    stage(Path(sys.argv[1]))
