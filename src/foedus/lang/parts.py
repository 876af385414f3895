r"""A page taken apart into what can be merged: declarations by their names, everything else by line.

A *part* is a declaration with the comments above it, or a line of prose or of a fence. Its *key* says what
it is about (`source kursiv`; of a claim, its verb, speaker and source), so that two versions of one
thing are known for the same wherever they stand.

>>> page = "```record\nsource x \"X\"\n  date 2022\n```\n"
>>> [part.key for part in parts_of(page)]
[('text', '```record'), ('source', 'x'), ('text', '```'), ('text', '')]
>>> parts_of(page)[1].below[0]
Part(key=('date',), lines=('  date 2022',), below=())
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from foedus.diagnostics.problem import Refused
from foedus.lang.lines import find
from foedus.lang.outline import Line, outline
from foedus.lang.said import Said, hear, tokens
from foedus.lang.tangle import Block, plain, tangle

Key = tuple[str, ...]
NAMED = frozenset({
    "instrument", "term", "question", "norm", "rule", "source", "speaker", "dossier", "someone", "fact", "quantity",
    "procedure", "track", "step", "clock",
})  # fmt: skip
"""Kinds of declaration that are known by their name."""
ONCE = frozenset({
    "by", "publisher", "date", "url", "read", "channel", "unresolved", "period", "on", "concerning", "assess",
    "disputants", "signed", "in_force", "ended", "political", "members",
    "stages", "ends", "mover", "own", "decided", "mandate", "starts", "stops",
})  # fmt: skip
"""Kinds of line that stand at most once below their declaration."""


@dataclass(frozen=True, slots=True)
class Part:
    """`lines` are its own, comments above it included; `below` are the lines of the declaration."""

    key: Key
    lines: tuple[str, ...]
    below: tuple[Part, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether it is a line of prose or a fence, which has no name."""
        return self.key[0] == "text"

    def all_lines(self) -> list[str]:
        """Its lines and those of all parts below it."""
        return [*self.lines, *(line for part in self.below for line in part.all_lines())]


def parts_of(text: str) -> list[Part]:
    """The parts of the page, in order: their lines together are the page's."""
    return _Taker(plain(text)).take()


@dataclass(slots=True)
class _Taker:
    text: str
    rows: list[str] = field(default_factory=list[str])
    keys: dict[tuple[str, str], tuple[str, Key]] = field(
        default_factory=dict[tuple[str, str], tuple[str, Key]]
    )

    def take(self) -> list[Part]:
        self.rows = self.text.split("\n")
        found: list[Part] = []
        at = 0
        for block in tangle("", self.text).blocks:
            if not block.lines:
                continue
            first, last = block.lines[0].number - 1, block.lines[-1].number
            found += map(_text, self.rows[at:first])
            found += self.block(block, first, last)
            at = last
        return _numbered([*found, *map(_text, self.rows[at:])])

    def block(self, block: Block, first: int, last: int) -> list[Part]:
        drawn = outline(block.lines, "", block.heading)
        found: list[Part] = []
        for line in drawn.lines:
            part, first = self.part(block.kind, line, first)
            if block.trial is not None:  # names in a trial are its own
                part = replace(part, key=(*part.key, block.heading))
            found.append(part)
        return [*found, *map(_text, self.rows[first:last])]

    def part(self, context: str, line: Line, start: int) -> tuple[Part, int]:
        """The line's part, which begins with row `start`; and the row behind it."""
        below_in, key = self.key(context, line)
        end = line.pieces[-1].number
        own = tuple(self.rows[start:end])
        below: list[Part] = []
        for inner in line.below:
            part, end = self.part(below_in, inner, end)
            below.append(part)
        return Part(key, own, tuple(_numbered(below))), end

    def key(self, context: str, line: Line) -> tuple[str, Key]:
        """The context of the lines below, and the key: what the line says of itself if it can be read."""
        known = (context, line.text)
        if known not in self.keys:
            self.keys[known] = _key(context, line)
        return self.keys[known]


def _key(context: str, line: Line) -> tuple[str, Key]:
    kind = find(context, line.text)
    if kind is None:
        return "", ("line", line.text)
    try:
        said = hear(context, line)
    except Refused:
        return kind.below, ("line", line.text)
    return kind.below, _named(said)


def _named(said: Said) -> Key:
    kind, notes = said.kind, said.notes
    heads = [head.text for head in said.heads]
    whole = " ".join(said.line.text.split())
    match kind.key:
        case "fact":
            names = tokens(said.tree, "NAME")
            return ("fact", str(names[0]) if names else whole)
        case "term":
            return ("term", str(tokens(said.tree, "NAME")[0]))
        case "claim":
            of = notes.names["of"].text if "of" in notes.names else ""
            return (kind.words, *heads, f"[{notes.ref.text if notes.ref else ''}]", of)
        case "derives":
            return (kind.words, *heads)
        case "amount" | "at_least":
            return ("value", notes.dates["as of"].text, notes.ref.text if notes.ref else "")
        case key if key in NAMED and heads:
            return (kind.words, *heads)
        case key if key in ONCE:
            return (kind.words,)
        case _:
            return ("line", whole)


def _text(row: str) -> Part:
    return Part(("text", row), (row,))


def _numbered(parts: Iterable[Part]) -> list[Part]:
    """The parts, a key that occurs again with a number; lines of prose may be alike."""
    seen: Counter[Key] = Counter()
    found: list[Part] = []
    for part in parts:
        seen[part.key] += 1
        again = seen[part.key] > 1 and not part.is_text
        found.append(replace(part, key=(*part.key, f"#{seen[part.key]}")) if again else part)
    return found


def called(key: Sequence[str]) -> str:
    """How a message calls a part.

    >>> called(("source", "kursiv")), called(("line", "presume no helped"))
    ('source kursiv', 'presume no helped')
    """
    words = key[1:] if key[0] in ("line", "text") else key
    return " ".join(word for word in words if word)[:60]
