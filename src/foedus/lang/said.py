"""What one line says: its kind, the names it begins with, and the notes behind them.

>>> from foedus.lang.outline import outline
>>> from foedus.lang.tangle import Source
>>> line = outline([Source(1, 1, 'source x-1 "Statement"')], "lir.md", "").lines[0]
>>> said = hear("record", line)
>>> said.kind.key, said.heads[0].text, said.notes.title
('source', 'x-1', 'Statement')
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from lark import Lark, Token, Tree, UnexpectedInput

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place
from foedus.lang.lines import STANDINGS, Kind, after, find
from foedus.lang.mistakes import misplaced, too_deep, why_not
from foedus.lang.outline import Line
from foedus.lang.tree import Name
from foedus.terms.time import EDate, parse_date

RULES = (
    "body", "condition", "atom", "subject", "event", "listed", "quoted", "dated", "amount", "link",
    "text_from",
    "code", "party", "actors", "values", "predicate", "term_head", "reading", "answer", "bearer", "class",
    "reservation", "effect", "passes", "apart", "wait", "weight", "suppose", "verdict", "class_case",
    "as_role", "movers", "move", "while", "act", "hours",
)  # fmt: skip
_DATED = ("on", "as of")
_QUOTED = ("against interest", "withdrawn", "read")


class Grammar(Protocol):
    """What is needed of the parser."""

    def parse(self, text: str, start: str) -> Tree[Token]:
        """The branches of `text`, read by the rule `start`; raises `UnexpectedInput`."""
        ...


@cache
def grammar() -> Grammar:
    """The parser for the rest of a line; built once, in some 50 ms, when the first line is read."""
    rules = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(rules, parser="lalr", start=list(RULES), maybe_placeholders=False, propagate_positions=True)


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes at the end of a line. `places` says which were written, and where."""

    title: str = ""
    ref: Name | None = None
    where: str = ""
    flags: frozenset[str] = frozenset()
    standing: str = ""
    dates: dict[str, EDate] = field(default_factory=dict[str, EDate])
    names: dict[str, Name] = field(default_factory=dict[str, Name])
    quotes: dict[str, str] = field(default_factory=dict[str, str])
    places: dict[str, Place] = field(default_factory=dict[str, Place])


@dataclass(frozen=True, slots=True)
class Said:
    """A line understood. `heads` are the names before the notes; `tree` is for lines of other shapes."""

    kind: Kind
    line: Line
    start: int
    tree: Tree[Token]
    heads: tuple[Name, ...] = ()
    notes: Notes = field(default_factory=Notes)

    @property
    def place(self) -> Place:
        """Where the line stands."""
        return self.line.place()

    def at(self, token: Token) -> Place:
        """Where the token stands."""
        start = self.start + (token.start_pos or 0)
        return self.line.place(start, start + len(token))

    def name(self, token: Token) -> Name:
        """The token as a name."""
        return Name(str(token), self.at(token))

    def quoted(self, token: Token) -> Name:
        """The content of a string as a name."""
        return Name(unquote(token), self.at(token))

    def date(self, token: Token) -> EDate:
        """The token as a date; raises `Refused`."""
        return parse_date(str(token), self.at(token))


def unquote(string: str) -> str:
    """The words between the quotation marks, on one line."""
    return " ".join(string[1:-1].split())


def tokens(tree: Tree[Token], *kinds: str) -> list[Token]:
    """The tree's own tokens, of these kinds if any are named."""
    return [
        child for child in tree.children if isinstance(child, Token) and (not kinds or child.type in kinds)
    ]


def branches(tree: Tree[Token], *rules: str) -> list[Tree[Token]]:
    """The tree's own branches, of these rules if any are named."""
    return [
        child
        for child in tree.children
        if not isinstance(child, Token) and (not rules or child.data in rules)
    ]


def hear(context: str, line: Line, start: int = 0) -> Said:
    """The line understood, as one that stands in the context; raises `Refused` with its one mistake."""
    kind = find(context, line.text, start)
    if kind is None:
        raise Refused(misplaced(context, line, start))
    rest = after(kind, line.text, start)
    return hear_rest(kind, kind.rule, line, rest)


def hear_rest(kind: Kind, rule: str, line: Line, rest: int) -> Said:
    """The rest of a line of this kind, read by this rule."""
    if deep := too_deep(line, rest):
        raise Refused(deep)
    if rule == "text":  # the reader takes `text N:` apart: what follows differs by where it stands
        return Said(kind, line, rest, Tree("text", []))
    if not rule:
        if line.text[rest:].strip():
            raise Refused(why_not(kind, line, rest, rest, frozenset({"$END"})))
        return Said(kind, line, rest, Tree("nothing", []))
    try:
        tree = parsed(rule, line.text[rest:])
    except UnexpectedInput as mistake:
        raise Refused(_explain(mistake, kind, line, rest)) from None
    said = Said(kind, line, rest, tree)
    named = [tokens(head)[0] for head in branches(tree, "ident", "id_in_quotes")]
    heads = tuple(said.quoted(token) if token.type == "STRING" else said.name(token) for token in named)
    noted = Said(kind, line, rest, tree, heads, read_notes(said, tree))
    _check(noted)
    return noted


def parsed(rule: str, text: str) -> Tree[Token]:
    """The tree of a line's rest; nobody changes it, so that lines which recur (`by RUS`) are parsed once."""
    return _recurring(rule, text) if len(text) <= RECURRING else grammar().parse(text, start=rule)


RECURRING = 60
"""Characters of a line that may well stand on other lines too; longer ones hardly do."""


@lru_cache(maxsize=4096)
def _recurring(rule: str, text: str) -> Tree[Token]:
    return grammar().parse(text, start=rule)


def _explain(mistake: UnexpectedInput, kind: Kind, line: Line, rest: int) -> Problem:
    expected = getattr(mistake, "accepts", None) or getattr(mistake, "expected", None)
    expected = expected or getattr(mistake, "allowed", None) or ()
    token = getattr(mistake, "token", None)
    at = mistake.pos_in_stream
    if token is not None and token.type == "$END":
        at = len(line.text) - rest
    return why_not(kind, line, rest, rest + (at or 0), frozenset(expected))


def read_notes(said: Said, tree: Tree[Token]) -> Notes:
    """The notes among the tree's branches; raises `Refused` for one that is unwanted, doubled or wrong."""
    title, where, standing = "", "", ""
    ref: Name | None = None
    dates: dict[str, EDate] = {}
    names: dict[str, Name] = {}
    quotes: dict[str, str] = {}
    places: dict[str, Place] = {}
    for note in branches(tree, "note"):
        first, *rest = tokens(note)
        key = _key(first)
        if key in places:
            raise Refused(Problem("F131", said.at(first), {"word": _shown(key)}))
        places[key] = said.at(first)
        if key == "title":
            title = unquote(first)
        elif key == "ref":
            ref, where = _reference(said, first)
        elif key == "standing":
            standing = str(first)
        elif not rest:
            pass
        elif key in _DATED:
            dates[key] = said.date(rest[0])
        elif key in _QUOTED:
            if rest[0].type != "STRING":
                raise Refused(
                    Problem("F124", said.at(rest[0]), {"after": key, "wanted": "words in quotation marks"})
                )
            quotes[key] = unquote(rest[0])
        else:
            names[key] = _named(said, key, rest[0])
    flags = frozenset(key for key in places if key in ("unconfirmed", "authentic", "owed", "days"))
    return Notes(title, ref, where, flags, standing, dates, names, quotes, places)


def _key(token: Token) -> str:
    words = " ".join(token.split())
    if token.type == "STRING":
        return "title"
    if token.type == "REF":
        return "ref"
    if words in STANDINGS:
        return "standing"
    return "days" if words == "day" else words


def _shown(key: str) -> str:
    return {"title": "a title in quotation marks", "ref": "a source in brackets"}.get(key, f"`{key}`")


_REFERENCE = re.compile(r"\[\s*([a-z][a-z0-9_]*(?:-[a-z0-9_]+)*)(?:\s+([^\]]*?))?\s*\]")


def _reference(said: Said, token: Token) -> tuple[Name, str]:
    found = _REFERENCE.fullmatch(token)
    if found is None:
        raise Refused(Problem("F136", said.at(token), {"written": str(token)}))
    return Name(found[1], said.at(token)), " ".join((found[2] or "").split())


def _named(said: Said, key: str, token: Token) -> Name:
    if token.type == "DATE" and key == "by" and token.startswith("["):
        return _reference(said, token)[0]
    if token.type == "DATE" and key == "under text":
        return said.name(token)
    if token.type == "STRING" and key == "of":
        return said.quoted(token)
    if token.type in ("DATE", "STRING") or (token.type == "STAR" and key != "by"):
        raise Refused(Problem("F124", said.at(token), {"after": key, "wanted": "a name or a code"}))
    return said.name(token)


def _check(said: Said) -> None:
    """Raises `Refused` if the line's head or notes are not those of its kind."""
    kind, notes, line = said.kind, said.notes, said.line
    for key, place in notes.places.items():
        if key not in kind.allowed and kind.rule not in ("answer", "reading", "effect"):
            values = {"word": _shown(key), "line": kind.shows}
            raise Refused(Problem("F125", place, values))
    if kind.rule == "subject":
        _check_head(said)
    end = line.place(len(line.text), len(line.text) + 1)
    for key in kind.needed:
        if key not in notes.places:
            raise Refused(Problem("F132", end, {"missing": _shown(key), "line": kind.shows}))


def _check_head(said: Said) -> None:
    kind = said.kind
    if kind.head == "may":
        return
    if not said.heads:
        rest = frozenset(
            {"CODE"} if kind.head == "CODE" else {"CODE", "NAME"} if kind.head == "who" else {"NAME"}
        )
        at = next(iter(said.notes.places.values()), None)
        problem = why_not(kind, said.line, said.start, len(said.line.text), rest)
        raise Refused(problem if at is None else Problem(problem.code, at, problem.values, help=problem.help))
    head = said.heads[0]
    upper = head.text.isupper()
    if (kind.head == "name" and upper) or (kind.head == "CODE" and not upper):
        right = head.text.lower() if upper else head.text.upper()
        raise Refused(Problem("F126", head.place, {"word": head.text, "right": right}))
