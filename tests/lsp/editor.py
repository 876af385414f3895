"""An editor, as far as the server can tell: pygls's own client, which starts `foedus lsp` and speaks to it over pipes.

Whatever the server publishes is kept; `told` waits for what it says of a version of a page. Nothing here sleeps.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.cli.program import ROOT, environment

T = TypeVar("T")
PATIENCE = 60
"""Seconds after which a test gives up; an answer takes a fraction of one."""


class Editor:
    """An editor with some folders open. `counts` are the ways to count that it offers, `snippets` whether it fills
    templates in."""

    def __init__(
        self,
        *folders: Path,
        settings: object = None,
        counts: Sequence[types.PositionEncodingKind | str] | None = None,
        snippets: bool = False,
        options: Sequence[str] = (),
        env: dict[str, str] | None = None,
    ) -> None:
        self.folders, self.settings, self.counts, self.snippets = folders, settings, counts, snippets
        self.options, self.env = options, env or {}
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.heard = threading.Condition()
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.versions: dict[str, int] = {}
        self.told_to_register: list[types.Registration] = []
        self.status: int | None = None
        self.errors = ""

    # ---- from beginning to end ----

    def __enter__(self) -> Editor:
        self.thread.start()
        self.server = self.run(self._begin())
        return self

    async def _begin(self) -> types.InitializeResult:
        self.client = client = LanguageClient("editor", "1")

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            with self.heard:
                self.published[params.uri] = params
                self.heard.notify_all()

        @client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def registered(params: types.RegistrationParams) -> None:
            with self.heard:
                self.told_to_register += params.registrations
                self.heard.notify_all()

        command = [sys.executable, "-m", "foedus", "lsp", *self.options]
        await client.start_io(*command, cwd=ROOT, env=environment(**self.env))
        item = types.ClientCompletionItemOptions(snippet_support=self.snippets)
        can = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=self.counts),
            text_document=types.TextDocumentClientCapabilities(
                completion=types.CompletionClientCapabilities(completion_item=item)
            ),
            workspace=types.WorkspaceClientCapabilities(
                did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(
                    dynamic_registration=True
                )
            ),
        )
        folders = [types.WorkspaceFolder(path.as_uri(), path.name) for path in self.folders]
        result = await client.initialize_async(
            types.InitializeParams(
                capabilities=can, workspace_folders=folders, initialization_options=self.settings
            )
        )
        client.initialized(types.InitializedParams())
        return result

    def __exit__(self, *_: object) -> None:
        self.run(self._end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE)
        self.loop.close()

    async def _end(self) -> None:
        process = self.client._server
        assert process is not None and process.stderr is not None and process.stdin is not None
        if process.returncode is None:
            await self.client.shutdown_async(None)
            self.client.exit(None)
        self.errors = (await process.stderr.read()).decode()
        self.status = await process.wait()
        await self.client.stop()
        process.stdin.close()
        process._transport.close()  # pyright: ignore  asyncio closes it late, and pytest counts that as a mistake

    def run(self, what: Coroutine[Any, Any, T]) -> T:
        """Await something in the editor's own thread."""
        future: Future[T] = asyncio.run_coroutine_threadsafe(what, self.loop)
        return future.result(PATIENCE)

    def say(self, tell: Callable[[Any], None], params: object) -> None:
        """Tell the server something that has no answer."""

        async def told() -> None:
            tell(params)

        self.run(told())

    # ---- pages ----

    def open(self, page: Path | str, text: str | None = None) -> str:
        """Open a page, with another text than it has on disk if one is given; its address."""
        uri = page if isinstance(page, str) else page.as_uri()
        if text is None:
            assert isinstance(page, Path)
            text = page.read_bytes().decode()
        self.versions[uri] = 1
        document = types.TextDocumentItem(uri, "markdown", 1, text)
        self.say(self.client.text_document_did_open, types.DidOpenTextDocumentParams(document))
        return uri

    def change(self, uri: str, text: str) -> None:
        """Give the page another text, without saving it."""
        self.versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        params = types.DidChangeTextDocumentParams(document, [whole])
        self.say(self.client.text_document_did_change, params)

    def save(self, uri: str) -> None:
        """Say that the page was saved."""
        params = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri))
        self.say(self.client.text_document_did_save, params)

    def close(self, uri: str) -> None:
        """Close the page."""
        params = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        self.say(self.client.text_document_did_close, params)

    # ---- what the server says ----

    def told(
        self, uri: str, when: Callable[[Sequence[types.Diagnostic]], bool] | None = None
    ) -> list[types.Diagnostic]:
        """What is wrong with the page as it is now; if a condition is given, once it holds."""

        def known() -> bool:
            said = self.published.get(uri)
            if said is None or (said.version is not None and said.version != self.versions.get(uri)):
                return False
            if when is not None:
                return when(said.diagnostics)
            return said.version is not None

        with self.heard:
            assert self.heard.wait_for(known, PATIENCE), f"nothing said of {uri}: {self.published.get(uri)}"
            return list(self.published[uri].diagnostics)

    def codes(self, uri: str) -> list[str]:
        """The codes of what is wrong with the page as it is now."""
        return [str(one.code) for one in self.told(uri)]

    def completion(self, uri: str, line: int, character: int) -> dict[str, types.CompletionItem]:
        """What may come next at a position, by label."""
        params = types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(line, character))
        found = self.run(self.client.text_document_completion_async(params))
        items = found.items if isinstance(found, types.CompletionList) else found or []
        return {item.label: item for item in items}

    def hover(self, uri: str, line: int, character: int) -> str:
        """What is told of the word at a position."""
        params = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, character))
        found = self.run(self.client.text_document_hover_async(params))
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    def definition(self, uri: str, line: int, character: int) -> list[types.Location]:
        """Where what is named at a position is declared."""
        params = types.DefinitionParams(types.TextDocumentIdentifier(uri), types.Position(line, character))
        found = self.run(self.client.text_document_definition_async(params))
        return [one for one in found or [] if isinstance(one, types.Location)]  # type: ignore[union-attr]

    def references(self, uri: str, line: int, character: int, declared: bool = True) -> list[types.Location]:
        """Everywhere that what is named at a position is named."""
        params = types.ReferenceParams(
            types.ReferenceContext(declared),
            types.TextDocumentIdentifier(uri),
            types.Position(line, character),
        )
        return list(self.run(self.client.text_document_references_async(params)) or [])

    def formatting(self, uri: str) -> list[types.TextEdit]:
        """The edits that lay the page out."""
        params = types.DocumentFormattingParams(
            types.TextDocumentIdentifier(uri), types.FormattingOptions(2, True)
        )
        return list(self.run(self.client.text_document_formatting_async(params)) or [])

    def symbols(self, uri: str) -> list[types.DocumentSymbol]:
        """The outline of the page."""
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
        found = self.run(self.client.text_document_document_symbol_async(params)) or []
        return [one for one in found if isinstance(one, types.DocumentSymbol)]

    def actions(self, uri: str, at: types.Range) -> list[types.CodeAction]:
        """What can be mended in a stretch."""
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), at, types.CodeActionContext([]))
        found = self.run(self.client.text_document_code_action_async(params)) or []
        return [one for one in found if isinstance(one, types.CodeAction)]

    def rename(self, uri: str, line: int, character: int, name: str) -> dict[str, Sequence[types.TextEdit]]:
        """The edits that give a thing another name; raises what the server refuses with."""
        params = types.RenameParams(types.TextDocumentIdentifier(uri), types.Position(line, character), name)
        found = self.run(self.client.text_document_rename_async(params))
        return dict(found.changes or {}) if found is not None else {}

    def colours(self, uri: str) -> list[int]:
        """What each word is, as the protocol has it."""
        params = types.SemanticTokensParams(types.TextDocumentIdentifier(uri))
        found = self.run(self.client.text_document_semantic_tokens_full_async(params))
        return list(found.data) if found is not None else []


def edited(text: str, edits: Sequence[types.TextEdit]) -> str:
    """The text after the edits, as an editor that counts in UTF-16 makes them."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def offset(at: types.Position) -> int:
        if at.line >= len(starts) - 1:
            return len(text)
        units = text[starts[at.line] :].partition("\n")[0].encode("utf-16-le")[: 2 * at.character]
        return starts[at.line] + len(units.decode("utf-16-le"))

    for edit in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


def at(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    """The line and character (in UTF-16) at which some words of a text begin."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    line = text.count("\n", 0, start)
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return line, len(before.encode("utf-16-le")) // 2
