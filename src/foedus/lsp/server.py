"""The server: what travels to and from an editor over standard input and output, and when pages are reviewed.

Pages are reviewed a moment after the last keystroke, in a thread of their own, so that questions are answered
meanwhile. What goes wrong is written to standard error; the server goes on.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from foedus import __version__
from foedus.lsp.colours import LEGEND
from foedus.lsp.complete import TRIGGERS
from foedus.lsp.desk import path_of
from foedus.lsp.review import Settings, unit_of
from foedus.lsp.service import CannotRename, Service, settings_from

T = TypeVar("T")

PAUSE = 0.15
"""Seconds without a keystroke after which a page is reviewed."""

STACK = 16 * 1024 * 1024
"""Bytes of stack for the threads: some systems give them much less than the main one."""

REQUEST_FAILED = -32803
"""The protocol's number for a request that was understood and cannot be met."""

log = logging.getLogger("foedus.lsp")


class Server(LanguageServer):
    """The protocol's side: takes messages, has them answered, and reviews what has changed."""

    def __init__(self, settings: Settings) -> None:
        # pygls takes any further arguments, without saying of what type
        super().__init__(  # pyright: ignore[reportUnknownMemberType]
            "foedus", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
        )
        self.base = settings
        self.service = Service()
        self.service.shelf.settings = settings
        self.waiting: dict[Path, bool] = {}  # units to review; whether with their trials
        self.warm = False
        self.untold = set[Path]()  # pages of which something new may have to be said
        self.timer: asyncio.TimerHandle | None = None
        self.working: asyncio.Task[None] | None = None
        threading.stack_size(STACK)
        self.reviewing = ThreadPoolExecutor(1, "review")
        self.answering = ThreadPoolExecutor(1, "answer")

    # ---- reviewing ----

    def changed(self, path: Path, pause: float = PAUSE, trials: bool = False) -> None:
        """A page is new, or has another text: have what reads it reviewed, its own unit first."""
        own = unit_of(path, self.service.desk)
        units = {unit: trials and unit == own for unit in self.service.units(path)}
        self.waiting = units | {u: t or units.get(u, False) for u, t in self.waiting.items()}
        self.soon(pause)

    def everything(self) -> None:
        """Have all open pages reviewed: settings have changed, or files on disk."""
        for path in list(self.service.desk.open):
            self.changed(path)

    def soon(self, pause: float) -> None:
        """Begin in a moment; the moment begins anew with each keystroke."""
        if self.timer is not None:
            self.timer.cancel()
        self.timer = asyncio.get_running_loop().call_later(pause, self._begin)

    def _begin(self) -> None:
        if self.working is None or self.working.done():
            self.working = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        while self.waiting or not self.warm:
            if self.waiting:
                await self._next()
            else:  # so that the first question need not wait until all treaties are read
                self.warm = True
                await self._in(self.reviewing, None, self.service.warm)

    async def _next(self) -> None:
        """Review the unit that waits longest, and tell what is new of every page that is up to date."""
        unit = next(iter(self.waiting))
        trials = self.waiting.pop(unit)
        self.untold |= await self._in(self.reviewing, set[Path](), self.service.review, unit, trials)
        for path in list(self.untold):
            if unit_of(path, self.service.desk) not in self.waiting:  # else it has another text by now
                self.untold.discard(path)
                self.publish(path)

    def publish(self, path: Path) -> None:
        """Tell the editor what is wrong with a page."""
        page = self.service.desk.open.get(path)
        try:
            found = self.service.diagnostics(path)
        except Exception:
            log.exception("what is wrong with %s could not be told", path)
            return
        uri = self.service.desk.uri(path)
        version = page.version if page is not None else None
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    # ---- answering ----

    async def answer(self, otherwise: T, ask: Callable[..., T], *about: object) -> T:
        """The answer, found in a thread; `otherwise` if it cannot be found."""
        return await self._in(self.answering, otherwise, ask, *about)

    async def _in(self, pool: ThreadPoolExecutor, otherwise: T, ask: Callable[..., T], *about: object) -> T:
        def run() -> T:
            return context.run(ask, *about)

        context = copy_context()  # the language in which one speaks
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, run)
        except CannotRename as cannot:
            raise JsonRpcException(str(cannot), REQUEST_FAILED) from None
        except Exception:
            log.exception("no answer to %s", getattr(ask, "__name__", ask))
            return otherwise


def made(settings: Settings) -> Server:
    """The server with everything that it offers."""
    server = Server(settings)
    _with_pages(server)
    _with_questions(server)
    return server


def _with_pages(server: Server) -> None:
    service = server.service

    @server.feature(types.INITIALIZE)
    def begin(params: types.InitializeParams) -> None:
        folders = [folder.uri for folder in params.workspace_folders or ()]
        folders = folders or ([params.root_uri] if params.root_uri else [])
        roots = tuple(path_of(uri) for uri in folders if uri.startswith("file:"))
        server.base = Settings(
            server.base.treaties, server.base.documents, server.base.trials, server.base.ignore, roots
        )
        service.shelf.settings = settings_from(params.initialization_options, server.base)
        service.shelf.counts = server.workspace.position_encoding or types.PositionEncodingKind.Utf16
        document = params.capabilities.text_document
        completion = document.completion if document is not None else None
        item = completion.completion_item if completion is not None else None
        service.snippets = bool(item is not None and item.snippet_support)

    @server.feature(types.INITIALIZED)
    async def begun(params: types.InitializedParams) -> None:
        del params
        workspace = server.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace is not None else None
        if watched is not None and watched.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*.md")])
            name = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration("pages", name, options)
            await server.client_register_capability_async(types.RegistrationParams([registration]))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        page = service.desk.put(document.uri, document.text, document.version)
        server.changed(page.path, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        source = server.workspace.get_text_document(uri).source
        page = service.desk.put(uri, source, params.text_document.version)
        server.changed(page.path)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.changed(path_of(params.text_document.uri), 0, trials=service.settings.trials)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: types.DidCloseTextDocumentParams) -> None:
        page = service.desk.of(params.text_document.uri)
        path = service.desk.take_away(params.text_document.uri)
        server.changed(path, 0)
        if page is not None:
            empty = types.PublishDiagnosticsParams(page.uri, [])
            server.text_document_publish_diagnostics(empty)

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configured(params: types.DidChangeConfigurationParams) -> None:
        service.shelf.settings = settings_from(params.settings, server.base)
        server.everything()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def watched(params: types.DidChangeWatchedFilesParams) -> None:
        del params
        server.everything()


def _with_questions(server: Server) -> None:
    service = server.service

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list(TRIGGERS))
    )
    async def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        return await server.answer([], service.completion, params.text_document.uri, params.position)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        return await server.answer(None, service.hover, params.text_document.uri, params.position)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location]:
        return await server.answer([], service.definition, params.text_document.uri, params.position)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location]:
        asked = (params.text_document.uri, params.position, params.context.include_declaration)
        return await server.answer([], service.references, *asked)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    async def highlight(params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
        return await server.answer([], service.highlights, params.text_document.uri, params.position)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        return await server.answer([], service.symbols, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    async def formatting(params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        return await server.answer([], service.formatting, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await server.answer([], service.actions, params.text_document.uri, params.range)

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def renamed_at(params: types.PrepareRenameParams) -> types.Range | None:
        return await server.answer(None, service.renamed_at, params.text_document.uri, params.position)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        asked = (params.text_document.uri, params.position, params.new_name)
        return await server.answer(None, service.rename, *asked)

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, LEGEND)
    async def colours(params: types.SemanticTokensParams) -> types.SemanticTokens:
        return types.SemanticTokens(await server.answer([], service.colours, params.text_document.uri))


def _unforeseen(record: logging.LogRecord) -> bool:
    """Whether what pygls would write down is a mistake, and no refusal that the reader is told anyway."""
    return record.exc_info is None or not isinstance(record.exc_info[1], JsonRpcException)


def serve(settings: Settings, interrupted: int = 130) -> int:
    """Serve an editor until it says that it is done, or is gone. The exit status."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else may get among the answers
    server = made(settings)

    def stop(*_: object) -> None:
        os.write(2, b"Interrupted.\n")
        os._exit(interrupted)  # a thread waits for input, and would go on waiting

    signal.signal(signal.SIGINT, stop)
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_unforeseen)
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="foedus lsp: %(message)s")
    server.start_io(sys.stdin.buffer, answers)
    for pool in (server.reviewing, server.answering):
        pool.shutdown(wait=False, cancel_futures=True)
    return 0
