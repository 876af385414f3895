// What VS Code does with the extension, in little: activates it, opens a page, types in it, asks about it, ends it.
// Stands in for the editor's own module only; the extension and the server are the real ones. Prints what it saw.
"use strict";

const Module = require("node:module");
const [extension, python, root, folder, text, wrong] = process.argv.slice(2);

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}
class Range {
  constructor(start, end) {
    Object.assign(this, { start, end });
  }
}
const holds = (...names) =>
  class {
    constructor(...values) {
      names.forEach((name, n) => (this[name] = values[n]));
    }
  };
class WorkspaceEdit {
  edits = {};
  set(uri, edits) {
    this.edits[uri.toString()] = edits;
  }
}
const uri = (spelled) => ({ toString: () => spelled, fsPath: spelled.replace("file://", "") });

const seen = { shown: {}, errors: [], providers: {} };
const listeners = {};
const waiting = [];
const on = (what) => (listener) => {
  listeners[what] = listener;
  return { dispose() {} };
};
const offered = (what) => (...given) => {
  seen.providers[what] = given;
  return { dispose() {} };
};
const settings = { command: [python, "-m", "foedus", "lsp"], treaties: "", documents: "", trials: false, ignore: [] };

const vscode = {
  Position, Range, WorkspaceEdit,
  Location: holds("uri", "range"),
  TextEdit: holds("range", "newText"),
  Diagnostic: holds("range", "message", "severity"),
  DiagnosticRelatedInformation: holds("location", "message"),
  CompletionItem: holds("label", "kind"),
  SnippetString: holds("value"),
  MarkdownString: holds("value"),
  Hover: holds("contents", "range"),
  DocumentSymbol: holds("name", "detail", "kind", "range", "selectionRange"),
  DocumentHighlight: holds("range"),
  CodeAction: holds("title", "kind"),
  CodeActionKind: { QuickFix: "quickfix" },
  SemanticTokens: holds("data"),
  SemanticTokensLegend: holds("types", "modifiers"),
  Uri: { parse: uri },
  window: {
    createOutputChannel: () => ({ append: (words) => process.stderr.write(words), show() {}, dispose() {} }),
    showErrorMessage: (words) => seen.errors.push(words),
  },
  languages: {
    createDiagnosticCollection: () => ({
      set: (where, found) => {
        seen.shown[where.toString()] = found;
        waiting.splice(0).forEach((done) => done());
      },
      clear: () => (seen.shown = {}),
      dispose() {},
    }),
    match: () => 10,
    registerCompletionItemProvider: offered("completion"),
    registerHoverProvider: offered("hover"),
    registerDefinitionProvider: offered("definition"),
    registerReferenceProvider: offered("references"),
    registerDocumentHighlightProvider: offered("highlight"),
    registerDocumentSymbolProvider: offered("symbols"),
    registerDocumentFormattingEditProvider: offered("formatting"),
    registerCodeActionsProvider: offered("actions"),
    registerRenameProvider: offered("rename"),
    registerDocumentSemanticTokensProvider: offered("colours"),
  },
  workspace: {
    textDocuments: [],
    workspaceFolders: [{ uri: uri(`file://${folder}`), name: "case" }],
    getConfiguration: () => ({ get: (name) => settings[name] }),
    createFileSystemWatcher: () => ({ onDidCreate: on("create"), onDidChange: on("disk"), onDidDelete: on("delete"), dispose() {} }),
    onDidOpenTextDocument: on("open"),
    onDidChangeTextDocument: on("change"),
    onDidSaveTextDocument: on("save"),
    onDidCloseTextDocument: on("close"),
    onDidChangeConfiguration: on("settings"),
  },
  commands: { registerCommand: (name, run) => ((listeners[name] = run), { dispose() {} }) },
};

const load = Module._load;
Module._load = (name, ...more) => (name === "vscode" ? vscode : load(name, ...more));

const document = {
  uri: uri(`file://${folder}/lir.md`), version: 1, text,
  getText() {
    return this.text;
  },
};
const told = () => new Promise((done) => waiting.push(done));
const find = (words) => {
  const before = document.text.slice(0, document.text.indexOf(words)).split("\n");
  return new Position(before.length - 1, before.at(-1).length);
};

async function main() {
  process.chdir(root);
  const { activate, deactivate } = require(extension);
  const context = { subscriptions: [] };
  await activate(context);
  let next = told();
  listeners.open(document);
  await next;
  const first = seen.shown[document.uri.toString()];
  next = told();
  document.version = 2;
  document.text = wrong;
  listeners.change({ document });
  await next;
  const found = seen.shown[document.uri.toString()];
  const asked = async (what, method, ...given) => seen.providers[what][0 + 1][method](document, ...given);
  const mend = await asked("actions", "provideCodeActions", found[0].range, {}, undefined);
  document.version = 3;
  document.text = text;
  next = told();
  listeners.change({ document });
  await next;
  const where = find("danger(i, v) and");
  const result = {
    first: first.length,
    found: found.map((one) => ({ code: one.code.value, severity: one.severity, message: one.message, range: one.range })),
    mended: Object.values(mend[0].edit.edits)[0][0].newText,
    last: seen.shown[document.uri.toString()].length,
    completion: (await asked("completion", "provideCompletionItems", where, undefined)).map((one) => one.label).length,
    hover: (await asked("hover", "provideHover", where, undefined)).contents.value,
    definition: (await asked("definition", "provideDefinition", where, undefined))[0].range.start.line,
    references: (await asked("references", "provideReferences", where, { includeDeclaration: true }, undefined)).length,
    highlights: (await asked("highlight", "provideDocumentHighlights", where, undefined)).length,
    symbols: (await asked("symbols", "provideDocumentSymbols", undefined))[0].children.length,
    formatting: await asked("formatting", "provideDocumentFormattingEdits", { tabSize: 2, insertSpaces: true }, undefined),
    colours: (await asked("colours", "provideDocumentSemanticTokens", undefined)).data.length,
    refused: await asked("rename", "prepareRename", find("its text"), undefined).catch((error) => error.message),
    errors: seen.errors,
  };
  await deactivate();
  settings.command = [`${folder}/nothing-here`];
  await listeners["foedus.restart"]();
  result.errors = [...seen.errors];
  process.stdout.write(JSON.stringify(result));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
