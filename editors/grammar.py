"""Writes the colours of pages for editors that read TextMate grammars: the words are those of `foedus.lang.lines`.

    python editors/grammar.py

A test holds what is written to what this makes, so that no editor is left behind when the language grows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from foedus.ir.procedure import OFFICES
from foedus.lang.lines import BELOW, CLASSES, DECLARED, OUTCOMES, RECORDED, SOURCES, STANDINGS, VERDICTS
from foedus.lang.procedure_tree import MANNERS
from foedus.lang.tangle import KINDS
from foedus.lsp.offers import EACH, EFFECTS, MODIFIERS, SAID, VERBS

FOLDER = Path(__file__).parent / "vscode" / "syntaxes"
NAME = r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*"
CODE = r"[A-Z][A-Z0-9_]*(?![\w-])"
SORT = r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*"


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of these phrases, the longer before what begins it."""
    found = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    phrases = (r"\s+".join(map(re.escape, word.split())) for word in found)
    return f"(?:{'|'.join(phrases)})(?![\\w-])"


ITEMS = one_of(kind.words for kind in (*DECLARED, *SOURCES, *RECORDED))
LINES = one_of(kind.words for kinds in BELOW.values() for kind in kinds)
NOTES = one_of(
    note
    for kinds in BELOW.values()
    for kind in kinds
    for note in kind.allowed
    if note not in ("title", "ref")
)
JOINING = one_of(
    ("and", "or", "not", "no", "is", "before", "that", "as", "some", "every", "at least", "more than")
)
FIXED = one_of(
    (
        *CLASSES, *MODIFIERS, *VERDICTS, *STANDINGS, *OUTCOMES, *EFFECTS, *EACH, *OFFICES, *MANNERS,
        "other", "always", "never",
    )
)  # fmt: skip
WORDS = one_of((*SAID.values(), *VERBS, "unread", "because", "depends on"))


def match(pattern: str, name: str = "", **captures: str) -> dict[str, Any]:
    """A rule for one stretch of a line; `_1` names what its first group is."""
    rule: dict[str, Any] = {"match": pattern}
    if name:
        rule["name"] = f"{name}.foedus"
    if captures:
        rule["captures"] = {key[1:]: {"name": f"{value}.foedus"} for key, value in captures.items()}
    return rule


RULES: tuple[dict[str, Any], ...] = (
    match(r"(?:^|(?<=\s))--.*$", "comment.line.double-dash"),
    {
        "name": "string.quoted.double.foedus",
        "begin": '"',
        "end": '"',
        "patterns": [match(r"\{[^{}\"]*\}", "variable.parameter")],
    },
    match(r"<https?:[^<>\s]*>", "markup.underline.link"),
    match(rf"\[\s*({NAME})((?:\s[^\]|\"\n]*)?)\]", _1="variable.other.source", _2="string.unquoted.place"),
    match(r"\[[0-9.][^\]|\n]*\]", "constant.numeric.date"),
    match(
        rf"^[ \t>]*({ITEMS})\s+({NAME}|{CODE})(?![\w-])(?!\s*\()", _1="keyword.declaration", _2="entity.name"
    ),
    match(rf"^[ \t>]*({ITEMS})", _1="keyword.declaration"),
    match(rf"^[ \t>]*({LINES})", _1="keyword.control"),
    match(rf"(?<![\w.-])(?:{JOINING})", "keyword.operator.word"),
    match(rf"(?<![\w.-])(?:{NAME}\.)?{NAME}(?=\()", "entity.name.function"),
    match(rf"(?<=[(,])\s*({NAME})(?=:)", _1="variable.parameter"),
    match(rf"(?<![\w.-])(?:{FIXED})", "constant.language"),
    match(rf"(?<![\w.-])(?:{WORDS}|{NOTES})", "keyword.other"),
    match(rf"(?<![\w.-]){CODE}", "constant.other.code"),
    match(rf"(?<![\w.-]){SORT}", "entity.name.type"),
    match(r"(?<![\w.-])[0-9][0-9./?~%X-]*", "constant.numeric"),
    match(
        rf"(?<![\w.-])({NAME})(\.)({NAME})", _1="entity.name.namespace", _2="punctuation", _3="entity.name"
    ),
    match(r"[()\[\]:,|=]", "punctuation"),
)

GRAMMAR: Mapping[str, Any] = {
    "name": "Foedus",
    "scopeName": "source.foedus",
    "fileTypes": [],
    "patterns": list(RULES),
}

BLOCKS: Mapping[str, Any] = {
    "name": "Foedus in Markdown",
    "scopeName": "markdown.foedus.codeblock",
    "injectionSelector": "L:text.html.markdown",
    "patterns": [
        {
            "name": "markup.fenced_code.block.markdown",
            "begin": rf"(^|\G)(\s*)(`{{3,}}|~{{3,}})\s*({'|'.join(KINDS)})(?![\w-])[^`]*$",
            "end": r"(^|\G)(\2|\s{0,3})(\3)\s*$",
            "beginCaptures": {
                "3": {"name": "punctuation.definition.markdown"},
                "4": {"name": "fenced_code.block.language.markdown"},
            },
            "endCaptures": {"3": {"name": "punctuation.definition.markdown"}},
            "patterns": [
                {
                    "begin": r"(^|\G)(\s*)(.*)",
                    "while": r"(^|\G)(?!\s*([`~]{3,})\s*$)",
                    "contentName": "meta.embedded.block.foedus",
                    "patterns": [{"include": "source.foedus"}],
                }
            ],
        }
    ],
}

FILES = {"foedus.tmLanguage.json": GRAMMAR, "markdown-foedus.tmLanguage.json": BLOCKS}


def written(grammar: Mapping[str, Any]) -> str:
    """A grammar as its file has it."""
    return json.dumps(grammar, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name, grammar in FILES.items():
        (FOLDER / name).write_text(written(grammar), encoding="utf-8", newline="\n")
