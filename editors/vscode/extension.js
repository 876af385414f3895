// Starts `foedus lsp`, and hands on between it and the editor. Nothing here knows pages: the server does. It needs
// no library but the editor's own, and nothing is built: what is here is what runs.
"use strict";

const vscode = require("vscode");
const { spawn } = require("node:child_process");

const PAGES = [{ language: "markdown", scheme: "file" }, { language: "markdown", scheme: "untitled" }];
const MOST_STARTS = 3; // in a row, before it is left alone

let server = null;

// ---- messages: a header with the length, then JSON ----

class Server {
  constructor(command, folder, log, told) {
    this.told = told; // what to do with a notification: method → function
    this.log = log;
    this.waiting = new Map();
    this.number = 0;
    this.rest = Buffer.alloc(0);
    this.ended = false;
    this.process = spawn(command[0], command.slice(1), { cwd: folder, stdio: "pipe" });
    this.process.stdout.on("data", (data) => this.read(data));
    this.process.stderr.on("data", (data) => log.append(data.toString()));
    this.process.stdin.on("error", () => {}); // its end is told by `close`
    this.gone = new Promise((done) => {
      this.process.on("error", (error) => done(error));
      this.process.on("close", (status) => done(status));
    }).then((how) => {
      this.ended = true;
      for (const { fail } of this.waiting.values()) fail(new Error("the server has ended"));
      this.waiting.clear();
      return how;
    });
  }

  send(message) {
    if (this.ended) return;
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  tell(method, params) {
    this.send({ method, params });
  }

  ask(method, params, token) {
    const id = ++this.number;
    return new Promise((done, fail) => {
      this.waiting.set(id, { done, fail });
      this.send({ id, method, params });
      token?.onCancellationRequested(() => {
        this.tell("$/cancelRequest", { id });
        this.waiting.delete(id);
        done(null);
      });
    });
  }

  read(data) {
    this.rest = Buffer.concat([this.rest, data]);
    for (;;) {
      const end = this.rest.indexOf("\r\n\r\n");
      const length = end < 0 ? null : /Content-Length: (\d+)/i.exec(this.rest.subarray(0, end).toString());
      if (!length || this.rest.length < end + 4 + Number(length[1])) return;
      const start = end + 4;
      const body = this.rest.subarray(start, start + Number(length[1])).toString();
      this.rest = this.rest.subarray(start + Number(length[1]));
      this.take(JSON.parse(body));
    }
  }

  take(message) {
    if (message.method === undefined) {
      const asked = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (message.error) asked?.fail(new Error(message.error.message));
      else asked?.done(message.result);
    } else if (message.id !== undefined) {
      this.send({ id: message.id, result: null }); // it asks for nothing that the editor does not do anyway
    } else {
      this.told[message.method]?.(message.params);
    }
  }

  async end() {
    if (this.ended) return;
    const slow = new Promise((done) => setTimeout(done, 2000).unref());
    await Promise.race([this.ask("shutdown", null).catch(() => null), slow]);
    this.tell("exit", null);
    await Promise.race([this.gone, slow]);
    if (!this.ended) this.process.kill();
  }
}

// ---- from the protocol's words to the editor's, and back ----

const there = (p) => ({ line: p.line, character: p.character });
const position = (p) => new vscode.Position(p.line, p.character);
const range = (r) => new vscode.Range(position(r.start), position(r.end));
const location = (l) => new vscode.Location(vscode.Uri.parse(l.uri), range(l.range));
const edit = (e) => new vscode.TextEdit(range(e.range), e.newText);
const page = (document) => ({ uri: document.uri.toString() });
const at = (document, where) => ({ textDocument: page(document), position: there(where) });

function markdown(content) {
  return content && new vscode.MarkdownString(content.value ?? content);
}

function diagnostic(one) {
  const made = new vscode.Diagnostic(range(one.range), one.message, one.severity - 1);
  made.source = one.source;
  const page = one.codeDescription?.href;
  made.code = one.code && page ? { value: one.code, target: vscode.Uri.parse(page) } : one.code;
  made.relatedInformation = one.relatedInformation?.map(
    (note) => new vscode.DiagnosticRelatedInformation(location(note.location), note.message),
  );
  return made;
}

function completion(one) {
  const made = new vscode.CompletionItem(one.label, one.kind - 1);
  made.detail = one.detail ?? undefined;
  made.documentation = markdown(one.documentation) ?? undefined;
  made.filterText = one.filterText ?? undefined;
  made.sortText = one.sortText ?? undefined;
  const text = one.textEdit.newText;
  made.insertText = one.insertTextFormat === 2 ? new vscode.SnippetString(text) : text;
  made.range = range(one.textEdit.range);
  return made;
}

function symbol(one) {
  const made = new vscode.DocumentSymbol(
    one.name, one.detail ?? "", one.kind - 1, range(one.range), range(one.selectionRange),
  );
  made.children = (one.children ?? []).map(symbol);
  return made;
}

function workspaceEdit(one) {
  const made = new vscode.WorkspaceEdit();
  for (const [uri, edits] of Object.entries(one.changes ?? {})) made.set(vscode.Uri.parse(uri), edits.map(edit));
  return made;
}

function action(one) {
  const made = new vscode.CodeAction(one.title, vscode.CodeActionKind.QuickFix);
  made.edit = workspaceEdit(one.edit);
  made.isPreferred = one.isPreferred ?? false;
  made.diagnostics = (one.diagnostics ?? []).map(diagnostic);
  return made;
}

// ---- what the editor asks ----

function offer(running, capabilities) {
  const asked = async (method, params, token, made) => {
    const found = await running().ask(method, params, token).catch(() => null);
    return found === null || found === undefined ? null : made(found);
  };
  const each = (made) => (found) => found.map(made);
  const triggers = capabilities.completionProvider.triggerCharacters;
  const { tokenTypes, tokenModifiers } = capabilities.semanticTokensProvider.legend;
  const legend = new vscode.SemanticTokensLegend(tokenTypes, tokenModifiers);
  const language = vscode.languages;
  return [
    language.registerCompletionItemProvider(
      PAGES,
      {
        provideCompletionItems: (document, where, token) =>
          asked("textDocument/completion", at(document, where), token, each(completion)),
      },
      ...triggers,
    ),
    language.registerHoverProvider(PAGES, {
      provideHover: (document, where, token) =>
        asked("textDocument/hover", at(document, where), token, (found) =>
          new vscode.Hover(markdown(found.contents), found.range ? range(found.range) : undefined),
        ),
    }),
    language.registerDefinitionProvider(PAGES, {
      provideDefinition: (document, where, token) =>
        asked("textDocument/definition", at(document, where), token, each(location)),
    }),
    language.registerReferenceProvider(PAGES, {
      provideReferences: (document, where, context, token) =>
        asked("textDocument/references", { ...at(document, where), context }, token, each(location)),
    }),
    language.registerDocumentHighlightProvider(PAGES, {
      provideDocumentHighlights: (document, where, token) =>
        asked("textDocument/documentHighlight", at(document, where), token,
          each((one) => new vscode.DocumentHighlight(range(one.range)))),
    }),
    language.registerDocumentSymbolProvider(PAGES, {
      provideDocumentSymbols: (document, token) =>
        asked("textDocument/documentSymbol", { textDocument: page(document) }, token, each(symbol)),
    }),
    language.registerDocumentFormattingEditProvider(PAGES, {
      provideDocumentFormattingEdits: (document, { tabSize, insertSpaces }, token) =>
        asked("textDocument/formatting",
          { textDocument: page(document), options: { tabSize, insertSpaces } }, token, each(edit)),
    }),
    language.registerCodeActionsProvider(
      PAGES,
      {
        provideCodeActions: (document, where, context, token) =>
          asked("textDocument/codeAction",
            {
              textDocument: page(document),
              range: { start: there(where.start), end: there(where.end) },
              context: { diagnostics: [] },
            },
            token, each(action)),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    language.registerRenameProvider(PAGES, {
      prepareRename: async (document, where, token) =>
        range(await running().ask("textDocument/prepareRename", at(document, where), token)),
      provideRenameEdits: async (document, where, newName, token) =>
        workspaceEdit(await running().ask("textDocument/rename", { ...at(document, where), newName }, token)),
    }),
    language.registerDocumentSemanticTokensProvider(
      PAGES,
      {
        provideDocumentSemanticTokens: (document, token) =>
          asked("textDocument/semanticTokens/full", { textDocument: page(document) }, token, (found) =>
            new vscode.SemanticTokens(new Uint32Array(found.data)),
          ),
      },
      legend,
    ),
  ];
}

// ---- from beginning to end ----

function settings() {
  const set = vscode.workspace.getConfiguration("foedus");
  return Object.fromEntries(["treaties", "documents", "trials", "ignore"].map((name) => [name, set.get(name)]));
}

const isPage = (document) => vscode.languages.match(PAGES, document) > 0;

function opened(document) {
  if (!isPage(document)) return;
  server?.tell("textDocument/didOpen", {
    textDocument: { ...page(document), languageId: "markdown", version: document.version, text: document.getText() },
  });
}

async function start(shown, log, starts = 1) {
  const command = vscode.workspace.getConfiguration("foedus").get("command");
  const folders = vscode.workspace.workspaceFolders ?? [];
  const mine = new Server(command, folders[0]?.uri.fsPath, log, {
    "textDocument/publishDiagnostics": ({ uri, diagnostics }) =>
      shown.set(vscode.Uri.parse(uri), diagnostics.map(diagnostic)),
  });
  server = mine;
  mine.gone.then((how) => {
    if (server !== mine) return; // it was told to end
    server = null;
    shown.clear();
    if (how instanceof Error) {
      const told = `“${command.join(" ")}” cannot be started (${how.message}). Install it with pip install 'foedus[lsp]', or say in the setting foedus.command where it is.`;
      vscode.window.showErrorMessage(`Foedus: ${told}`);
    } else if (how === 2 || starts >= MOST_STARTS) {
      log.show(true); // it has said why
      vscode.window.showErrorMessage("Foedus: the server has ended. What it said is in the output “Foedus”.");
    } else {
      start(shown, log, starts + 1).catch(() => null);
    }
  });
  const begun = await mine.ask("initialize", {
    processId: process.pid,
    rootUri: folders[0]?.uri.toString() ?? null,
    workspaceFolders: folders.map((folder) => ({ uri: folder.uri.toString(), name: folder.name })),
    initializationOptions: settings(),
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      textDocument: { completion: { completionItem: { snippetSupport: true } } },
    },
  });
  mine.tell("initialized", {});
  vscode.workspace.textDocuments.forEach(opened);
  return begun.capabilities;
}

async function activate(context) {
  const log = vscode.window.createOutputChannel("Foedus");
  const shown = vscode.languages.createDiagnosticCollection("foedus");
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.md");
  const onDisk = (type) => (uri) =>
    server?.tell("workspace/didChangeWatchedFiles", { changes: [{ uri: uri.toString(), type }] });
  context.subscriptions.push(
    log, shown, watcher,
    watcher.onDidCreate(onDisk(1)), watcher.onDidChange(onDisk(2)), watcher.onDidDelete(onDisk(3)),
    vscode.workspace.onDidOpenTextDocument(opened),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (!isPage(document)) return;
      server?.tell("textDocument/didChange", {
        textDocument: { ...page(document), version: document.version },
        contentChanges: [{ text: document.getText() }],
      });
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (isPage(document)) server?.tell("textDocument/didSave", { textDocument: page(document) });
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (isPage(document)) server?.tell("textDocument/didClose", { textDocument: page(document) });
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("foedus"))
        server?.tell("workspace/didChangeConfiguration", { settings: { foedus: settings() } });
    }),
    vscode.commands.registerCommand("foedus.restart", async () => {
      const old = server;
      server = null;
      await old?.end();
      shown.clear();
      await begin();
    }),
  );
  const nobody = { ask: () => Promise.reject(new Error("the server is not running")) };
  let offered = false;
  async function begin() {
    const capabilities = await start(shown, log).catch(() => null);
    if (!capabilities || offered) return;
    offered = true;
    context.subscriptions.push(...offer(() => server ?? nobody, capabilities));
  }
  await begin();
}

async function deactivate() {
  const old = server;
  server = null;
  await old?.end();
}

module.exports = { activate, deactivate };
