"""What is fuzzed: each target takes bytes, does with them what a verb would, and returns nothing.

A target lets out no exception but its own `Fell`: a mistake in the input is a `Problem` or `Refused`, told in
words that a terminal and a browser show as they are. A new target is a function and a line of `TARGETS`.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

from foedus.assessment.assess import Asked, assess
from foedus.assessment.trial import mistakes
from foedus.cli.main import main
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_page
from foedus.diagnostics.render import to_html, to_json, to_terminal
from foedus.ir.norm import Program
from foedus.lang.layout import format_page
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower
from foedus.lang.to_record import to_dossier
from foedus.lang.tree import Page
from foedus.library import Library
from foedus.report.json import to_json as answer_json
from foedus.report.terminal import show_assessment
from foedus.trace.document import Unread
from foedus.trace.read import documents

BUDGET = 10.0
"""Seconds for one input of a few thousand bytes, on a busy machine; a hundredth is usual."""

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "src" / "foedus"
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What a terminal obeys instead of showing it, or shows as nothing."""
TAGS = {"article", "h4", "p", "pre", "code", "span", "mark", "figure", "figcaption"}
"""The elements of a problem in HTML; none of them has any attribute but its class."""


WHOLE = {"test", "cases"}
"""Verbs that try every page or case when none is named."""


class Fell(AssertionError):
    """What must not happen, happened."""


class Elements(HTMLParser):
    """Refuses every element and attribute that is not ours."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS or any(name != "class" for name, _ in attrs):
            raise Fell(f"markup of the input stands in HTML: <{tag} {attrs}>")


def page(data: bytes) -> None:
    """`foedus check` and `foedus fmt` of a treaty page."""
    text = read(data)
    if text is None:
        return
    parsed, problems = parse_page("page.md", text)
    told(problems, {"page.md": text})
    program, found = lower((*shared(), parsed))
    told(found, {"page.md": text})
    if not problems and not found:
        told(mistakes(parsed, program), {"page.md": text})
    laid = format_page(text)
    if not problems and format_page(laid) != laid:
        raise Fell("laying the page out twice differs from once")


def dossier(data: bytes) -> None:
    """`foedus assess` of a dossier in one page."""
    text = read(data)
    if text is None:
        return
    parsed, problems = parse_page("dossier.md", text)
    told(problems, {"dossier.md": text})
    program = treaties()
    made, found = to_dossier((parsed,), program)
    told(found, {"dossier.md": text})
    if problems or found:
        return
    try:
        answer = assess(made, program, Asked(only=made.instruments[:1]))
    except Refused as refused:
        told(refused.problems, {"dossier.md": text})
        return
    shown = show_assessment(answer, width=80)
    if unseen := UNSEEN.search(shown):
        raise Fell(f"the answer holds {unseen[0]!r}")
    json.loads(json.dumps(answer_json(answer), allow_nan=False))


def command(data: bytes) -> None:
    """A command line, its arguments parted by line ends; run in a folder of its own."""
    args = [word for word in data.decode("utf-8", "replace").split("\n") if "\0" not in word][:12]
    if any(word.startswith(("/", "~")) or ".." in word or "\\" in word for word in args):
        return  # verbs that write are tried in this folder alone
    if args and args[0] in WHOLE and all(word.startswith("-") for word in args[1:]):
        return  # the whole catalogue in processes of their own: right, and slower than one input may be
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("lir.md").write_bytes((ROOT / "tests" / "good" / "lir.md").read_bytes())
        Path("weights.toml").write_text('[chance]\ngrave = "1/3"\n', encoding="utf-8")
        status, said = run(args)
    if status not in (0, 1, 2):
        raise Fell(f"exit status {status}: {said[-300:]}")
    if "Traceback" in said:
        raise Fell(said[-2000:])
    if unseen := UNSEEN.search(said):
        raise Fell(f"{unseen[0]!r} is written: {said[-300:]}")


def document(data: bytes) -> None:
    """A document to be compared with others; the first byte chooses how its file's name ends."""
    path = scratch().with_suffix(ENDINGS[data[0] % len(ENDINGS)] if data else ".txt")
    path.write_bytes(data[1:])
    ids: set[str] = set()
    for found in documents([path], most_bytes=100_000):
        told((found.problem,) if isinstance(found, Unread) else found.warnings, {})
        if isinstance(found, Unread):
            continue
        if found.id in ids:
            raise Fell(f"two documents are called {found.id!r}")
        ids.add(found.id)
        at = 0
        for mark in found.marks:
            if not at <= mark.start < mark.end <= len(found.text):
                raise Fell(f"{mark} lies outside the text or over another mark")
            at = mark.end
        if found.places is not None and len(found.places) != len(found.text):
            raise Fell("a character has no place")
    path.unlink()


ENDINGS = (".txt", ".html", ".md", ".jsonl", ".pdf", ".parquet", ".warc", "")
TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "page": page,
    "dossier": dossier,
    "command": command,
    "document": document,
}


def timed(target: Callable[[bytes], None], data: bytes) -> float:
    """Seconds that the target takes; `Fell` if it takes too long."""
    start = perf_counter()
    target(data)
    taken = perf_counter() - start
    if taken > BUDGET:
        raise Fell(f"{taken:.1f} seconds for {len(data):,} bytes")
    return taken


def run(args: list[str]) -> tuple[int, str]:
    """Exit status and what was written, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with patch.object(sys, "argv", ["foedus", *args]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as exit_:
            status = exit_.code if isinstance(exit_.code, int) else 0 if exit_.code is None else 1
        else:
            status = 0
    return status, out.getvalue() + err.getvalue()


def read(data: bytes) -> str | None:
    """The text that a page of these bytes holds; None if it is refused, in words."""
    path = scratch()
    path.write_bytes(data)
    try:
        text, warned = read_page(path)
    except Refused as refused:
        told(refused.problems, {})
        return None
    told(warned, {str(path): text})
    return text


def told(problems: Iterable[Problem], texts: Mapping[str, str]) -> None:
    """Every form in which problems are shown; nothing of the input acts in any of them."""
    problems = list(problems)
    shown = to_terminal(problems, texts, width=80)
    if unseen := UNSEEN.search(shown):
        raise Fell(f"a message holds {unseen[0]!r}: {shown[:300]}")
    Elements().feed(to_html(problems, texts))
    json.dumps([to_json(problem) for problem in problems], allow_nan=False)


@cache
def scratch() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="foedus-fuzz-"))
    return folder / f"{os.getpid()}.md"


@cache
def shared() -> tuple[Page, ...]:
    """The vocabulary, which every page is read with."""
    return (Library().page("vocabulary")[0],)


@cache
def treaties() -> Program:
    """The treaties under which dossiers are read."""
    return Library(trials=False).load(["cst", "pko"]).program


def seeds(target: str) -> list[bytes]:
    """Inputs to begin with: what ships, and what the tests call good and bad."""
    if target == "page":
        found = [
            *SHIPPED.glob("treaties/*.md"),
            *(ROOT / "tests").glob("good/*.md"),
            *(ROOT / "tests").glob("bad/*.md"),
        ]
    elif target == "dossier":
        found = [*SHIPPED.glob("dossiers/*/*.md"), *(ROOT / "tests").glob("report/dossiers/*.md")]
    elif target == "document":
        return [bytes([number % len(ENDINGS)]) + text.encode() for number, text in enumerate(DOCUMENTS)]
    else:
        lines = (
            "assess\nkyrgyzstan-2010\n--only\ncst.assist", "assess\nlir.md\n--json", "check\nlir.md", "test\nlir.md",
            "fmt\n--check\nlir.md", "why\nF110", "compare\nkyrgyzstan-2010\narmenia-2022", "--help", "dossiers",
            "assess\narmenia-2022\n--suppose\nA=yes\n--on\n2022-01-06\n--weights\nweights.toml",
            "assess\narmenia-2022\n--reading\ncst.aggression=any author\n--known-by\n2022-09-14",
        )  # fmt: skip
        return [line.encode() for line in lines]
    return [path.read_bytes() for path in sorted(found)]


DOCUMENTS = (
    "By Ann Ray\n\nThe council met at the lake.\n\nSource: Gazette\n\nLeave a Reply\nRequired fields are marked *\n",
    (
        '<html lang="en"><head><meta charset="utf-8"><title>Council &amp; lake</title></head><body><nav>Home</nav>'
        "<h1>Council</h1><p>The council met at the lake.</p><pre>a\n b</pre><!-- x --><footer>© 2022</footer></html>"
    ),
    "---\ntitle: Council\ndate: 2022-01-06\n---\n# Council\n\nThe [council](https://lir.example/a) met.\n",
    '{"id": "a", "text": "The council met.", "date": "2022-01-06"}\n{"content": "It left.", "source": "Gazette"}\n',
    (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n4 0 obj<</Length 24>>stream\n"
        "BT (The council met.) Tj ET\n"
        "endstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ),
    "PAR1 the council PAR1",
    "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 16\r\n\r\nThe council met.\r\n\r\n",
)
"""Documents to begin with, one for each of `ENDINGS`."""


def words(target: str) -> list[str]:
    """Words out of which an input is made up: those that the seeds have more than once."""
    seen: dict[str, int] = {}
    for seed in seeds(target):
        for word in re.findall(r"[A-Za-z_-]+|[^\sA-Za-z]", seed.decode("utf-8", "replace")):
            seen[word] = seen.get(word, 0) + 1
    return sorted(word for word, count in seen.items() if count > 1 and word.isprintable())
