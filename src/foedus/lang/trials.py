"""Questions of a page's trials with the answers expected: items of `ask` blocks."""

from __future__ import annotations

from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import Place
from foedus.diagnostics.suggest import suggest
from foedus.lang.lines import VERDICTS
from foedus.lang.outline import Line
from foedus.lang.reader import Reader
from foedus.lang.said import Said, branches, tokens, unquote
from foedus.lang.tree import AskItem, Expectation, Name


def ask(reader: Reader, line: Line, said: Said | None) -> tuple[AskItem, ...]:
    """`lir.assist owed to ARV by BOR on 2020-07-20` with what is supposed and expected."""
    before = len(reader.problems)
    supposed: tuple[tuple[Name, str], ...] = ()
    expects: list[Expectation] = []
    seen: dict[str, Place] = {}
    for key, inner, says in reader.below(line, "asked"):
        if says is None:
            continue
        if key == "suppose":
            supposed += _supposed(says)
        elif reader.once(seen, says.kind.words, inner):
            expectation = _expectation(reader, says)
            expects += [expectation] if expectation else []
    if said is None:
        return ()
    if not expects:
        reader.lacks(said, before, "what is expected", example="expect arises", item=said.heads[0].text)
    names = said.notes.names
    bearer = names.get("by") or names.get("of")
    return (
        AskItem(
            said.heads[0], names.get("to"), bearer, said.notes.dates.get("on"), names.get("under text"),
            supposed, tuple(expects), said.place,
        ),
    )  # fmt: skip


def _supposed(said: Said) -> tuple[tuple[Name, str], ...]:
    found: list[tuple[Name, str]] = []
    for one in branches(said.tree, "supposed"):
        about = tokens(branches(one)[0])[0]
        what = said.quoted(about) if about.type == "STRING" else said.name(about)
        value = tokens(one)[0]
        found.append((what, unquote(value) if value.type == "STRING" else str(value)))
    return tuple(found)


def _expectation(reader: Reader, said: Said) -> Expectation | None:
    words = tokens(branches(said.tree, "said")[0])
    verdict = " ".join(words)
    start = said.at(words[0])
    if verdict not in VERDICTS:
        near = suggest(verdict, VERDICTS)
        values = {"word": verdict, "verdicts": ", ".join(VERDICTS)}
        place = Place(
            start.page, start.line, start.column, start.line, start.column + len(verdict), start.heading
        )
        reader.tell(Problem("F142", place, values, help=f"Did you mean `{near}`?" if near else ""))
        return None
    if verdict == "depends" and not said.heads:
        wanted = "what it depends on: `depends on a1, grave`"
        reader.tell(Problem("F124", start, {"after": "depends", "wanted": wanted}))
        return None
    return Expectation(verdict, said.heads, said.kind.key == "granting", said.place)
