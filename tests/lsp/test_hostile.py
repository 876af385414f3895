"""Nothing that stands on a page, or is asked of one, ends the server or keeps it from answering the next question."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.cli.program import ROOT, environment, process
from tests.lsp.editor import Editor, at
from tests.lsp.pages import LIR

BLOCK = "# Lir\n\n```foedus\n{}\n```\n"

HOSTILE = {
    "empty": ("```foedus\n```", []),
    "too long a page": (BLOCK.format("duty x\n" * 200_000), ["F006"]),
    "a file of five megabytes": (BLOCK.format("-- " + "x" * 5_000_000), ["F006"]),
    "binary": (BLOCK.format("\0\1\2"), ["F003"]),
    "a PDF": ("%PDF-1.7\n" + BLOCK.format("duty"), ["F003"]),
    "deep brackets": (BLOCK.format("term t\n  when " + "(" * 5_000 + "a" + ")" * 5_000), ["F106"]),
    "deep lists": ("- " * 5_000 + "x\n\n```foedus\nduty x\n```\n", ["F106"]),
    "a line of a million": (BLOCK.format('deems "' + "x" * 900_000 + '"'), ["F107"]),
    "many mistakes": (BLOCK.format("dutty x\n" * 20_000), ["F013", "F120"]),
    "an unfinished merge": (BLOCK.format("<<<<<<< a\nduty x\n=======\nduty y\n>>>>>>> b"), ["F014"]),
    "another language": ("---\nfoedus: 99\n---\n" + BLOCK.format("duty x"), ["F015"]),
    "half a letter": (BLOCK.format("duty \ud83c"), ["F108"]),
    "turned round": (BLOCK.format("duty \u202ex"), ["F108"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    with Editor(tmp_path_factory.mktemp("workspace")) as running:
        yield running
    assert (running.errors, running.status) == ("", 0)


def asked(editor: Editor, uri: str, text: str, line: int, character: int) -> None:
    """Everything that can be asked of a place; what is answered does not matter."""
    where = types.Position(line, character)
    editor.completion(uri, line, character)
    editor.hover(uri, line, character)
    editor.definition(uri, line, character)
    editor.actions(uri, types.Range(types.Position(0, 0), where))
    editor.symbols(uri)
    data = editor.colours(uri)
    assert len(data) % 5 == 0
    assert len(editor.formatting(uri)) <= text.count("\n") + 1


@pytest.mark.parametrize(("text", "codes"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_told_and_the_next_one_is_checked(
    editor: Editor, tmp_path: Path, text: str, codes: list[str]
) -> None:
    uri = editor.open(tmp_path / "hostile.md", text)
    assert sorted({*editor.codes(uri)}) == codes
    asked(editor, uri, text, 3, 5)
    editor.close(uri)
    good = editor.open(tmp_path / "lir.md", LIR)
    assert editor.told(good) == []
    editor.close(good)


def test_a_page_is_answered_for_while_it_is_being_written(editor: Editor, tmp_path: Path) -> None:
    """At every so-manyth letter the page ends, as when it is typed from its beginning."""
    uri = editor.open(tmp_path / "lir.md", "")
    for end in range(1, len(LIR), 37):
        text = LIR[:end]
        editor.change(uri, text)
        line = text.count("\n")
        asked(editor, uri, text, line, len(text.rpartition("\n")[2].encode("utf-16-le")) // 2)
    editor.change(uri, LIR)
    assert editor.told(uri) == []


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "vscode-notebook:/one%00.md", "file:///nowhere/%00/x.md"]
)
def test_a_page_without_a_file_is_checked_too(editor: Editor, uri: str) -> None:
    editor.open(uri, LIR.replace("duty", "dutty"))
    assert [one.code for one in editor.told(uri)][:1] == ["F120"]
    editor.change(uri, LIR)
    assert editor.told(uri) == []
    assert editor.hover(uri, *at(LIR, "danger"))
    editor.close(uri)


@pytest.mark.parametrize(("line", "character"), [(10_000, 0), (0, 10_000), (2**31 - 1, 2**31 - 1)])
def test_a_position_beyond_the_page(editor: Editor, tmp_path: Path, line: int, character: int) -> None:
    uri = editor.open(tmp_path / "lir.md", LIR)
    asked(editor, uri, LIR, line, character)
    editor.close(uri)


def test_a_page_that_is_not_open_has_no_answer(editor: Editor, tmp_path: Path) -> None:
    uri = (tmp_path / "closed.md").as_uri()
    assert editor.completion(uri, 0, 0) == {}
    assert editor.hover(uri, 0, 0) == ""
    assert editor.formatting(uri) == []
    assert editor.actions(uri, types.Range(types.Position(0, 0), types.Position(9, 9))) == []


# ---- what travels ----


def spoken(*messages: bytes) -> subprocess.CompletedProcess[bytes]:
    """The server's whole output for an input that ends."""
    return subprocess.run(
        [sys.executable, "-m", "foedus", "lsp"],
        cwd=ROOT, env=environment(), input=b"".join(messages), capture_output=True, timeout=120, check=False,
    )  # fmt: skip


def framed(**message: Any) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


BEGIN = framed(id=1, method="initialize", params={"processId": None, "rootUri": None, "capabilities": {}})
END = framed(id=9, method="shutdown") + framed(method="exit")


def test_the_protocol_without_a_library() -> None:
    """Written by hand: what the client's library and the server's might both take wrongly is seen here."""
    opened = {"textDocument": {"uri": "untitled:x", "languageId": "markdown", "version": 7, "text": LIR}}
    hover = {
        "textDocument": {"uri": "untitled:x"},
        "position": dict(zip(("line", "character"), at(LIR, "danger"), strict=True)),
    }
    done = spoken(BEGIN, framed(method="initialized", params={}), framed(method="textDocument/didOpen", params=opened),
                  framed(id=2, method="textDocument/hover", params=hover))  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    answers = [json.loads(part) for part in bodies(done.stdout)]
    (begun,) = [one["result"]["capabilities"] for one in answers if one.get("id") == 1]
    assert begun["hoverProvider"] and begun["completionProvider"] and begun["renameProvider"]
    assert begun["semanticTokensProvider"]["legend"]["tokenTypes"][0] == "keyword"


def bodies(raw: bytes) -> Iterator[bytes]:
    while raw:
        head, _, rest = raw.partition(b"\r\n\r\n")
        assert head.startswith(b"Content-Length: "), head  # nothing else is written among the answers
        length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
        yield rest[:length]
        raw = rest[length:]


@pytest.mark.parametrize(
    "noise",
    [
        b"Content-Length: 3\r\n\r\n{{{",
        framed(id=3, method="textDocument/hover", params={"nonsense": True}),
        framed(id=3, method="textDocument/teleport", params={}),
        framed(method="$/setTrace", params={"value": "off"}),
        framed(
            method="workspace/didChangeConfiguration",
            params={"settings": {"foedus": {"treaties": 7, "ignore": "x"}}},
        ),
    ],
    ids=["no JSON", "no position", "no such method", "trace", "settings of other kinds"],
)
def test_a_message_that_makes_no_sense_is_survived(noise: bytes) -> None:
    done = spoken(BEGIN, noise, END)
    assert done.returncode == 0
    assert any(json.loads(body).get("id") == 9 for body in bodies(done.stdout))


def test_an_editor_that_is_gone_ends_the_server() -> None:
    assert process("lsp").status == 0
    assert process("lsp").said == ""


@pytest.mark.skipif(os.name == "nt", reason="no such signal there")
def test_it_can_be_ended_from_the_keyboard() -> None:
    command = [sys.executable, "-m", "foedus", "lsp"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdin=-1, stdout=-1, stderr=-1) as running:
        assert running.stdin is not None and running.stdout is not None and running.stderr is not None
        running.stdin.write(BEGIN)
        running.stdin.flush()
        assert running.stdout.readline().startswith(b"Content-Length")
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert running.stderr.read() == b"Interrupted.\n"


def test_without_its_library_the_message_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\nfound = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'pygls' else found(name, *more)\n"
    )  # fmt: skip
    done = process("lsp", PYTHONPATH=f"{tmp_path}:{ROOT / 'src'}")
    assert done.status == 2
    assert "F559" in done.err
    assert "pip install 'foedus[lsp]'" in done.err
