"""Duties, rights, powers, prohibitions and plans: `norm` builds the item from its clauses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from lark import Token, Tree

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place
from foedus.diagnostics.suggest import suggest
from foedus.lang.declarations import Items
from foedus.lang.formulas import to_atom
from foedus.lang.lines import CLASSES
from foedus.lang.outline import Line
from foedus.lang.reader import Reader
from foedus.lang.said import Said, branches, tokens, unquote
from foedus.lang.tree import Clause, Name, NormItem, Who

LONGEST_WAIT = 36_525
"""Days: `within` more than a century is a slip."""
SINGLE = frozenset({"class", "together", "when", "unless", "until", "immediately", "within"})
"""Clauses of which a text has at most one; further conditions are joined by `and`."""


def norm(reader: Reader, line: Line, said: Said | None) -> Items:
    """`duty assist "…"` with its bearer and clauses."""
    before = len(reader.problems)
    clauses = _Clauses(reader)
    for key, inner, says in reader.below(line, "norm"):
        if says is None:
            clauses.broken = True
        elif key == "owed":
            clauses.bear(says, inner)
        else:
            clauses.take(key, inner, says, None, None, "")
    if said is None:
        return ()
    kind = cast("Literal['duty', 'right', 'power', 'prohibition', 'plan']", said.kind.words)
    if clauses.bearer is None:
        words = "owed by each other party to victim" if kind == "duty" else "of each party"
        reader.lacks(said, before, "its bearer", example=words)
    return (
        NormItem(
            kind, said.heads[0], said.notes.title, clauses.bearer, clauses.beneficiary, clauses.against,
            tuple(clauses.found), said.place,
        ),
    )  # fmt: skip


class _Clauses:
    """The clauses of one norm as they are read."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.found: list[Clause] = []
        self.seen: dict[str, Place] = {}
        self.bearer: Who | None = None
        self.beneficiary: Name | None = None
        self.against: Name | None = None
        self.broken = False

    def bear(self, said: Said, line: Line) -> None:
        """`owed by WHO to WHOM against WHOM`."""
        if self.reader.once(self.seen, said.kind.words, line):
            self.bearer = _who(said)
            self.beneficiary = said.notes.names.get("to")
            self.against = said.notes.names.get("against")

    def take(
        self, key: str, line: Line, said: Said, text: Name | None, bearer: Name | None, note: str
    ) -> None:
        """A clause; `text:` and `for …:` take the lines below them in turn."""
        if key == "text":
            self.of_text(line, said)
        elif key == "for":
            self.reserve(line, said, text)
        else:
            clause = self.clause(key, said, text, bearer, note)
            where = f" of text {text.text}" if text else ""
            whose = f" for {bearer.text}" if bearer else ""
            if clause is not None and (key not in SINGLE or self.once(key, where + whose, line)):
                self.found.append(clause)

    def once(self, key: str, where: str, line: Line) -> bool:
        return self.reader.once(self.seen, key + where, line)

    def of_text(self, line: Line, said: Said) -> None:
        found = self.reader.text_line(said)
        if found is None:
            return
        text, rest = found
        if rest < len(line.text):
            kind, on_line = self.reader.hear("clauses", line, rest)
            if kind is not None and not kind.below:
                self.reader.nothing_below(line, kind)
            if kind is not None and on_line is not None:
                self.take(kind.key, line, on_line, text, None, "")
            return
        self.each(line, said, text, None, "")

    def reserve(self, line: Line, said: Said, text: Name | None) -> None:
        bearer = said.name(tokens(said.tree, "CODE")[0])
        self.each(line, said, text, bearer, unquote(tokens(said.tree, "STRING")[0]))

    def each(self, line: Line, said: Said, text: Name | None, bearer: Name | None, note: str) -> None:
        if not line.below and not line.broken:
            self.reader.tell(Problem("F134", said.place, {"line": line.text.strip()}))
        for key, inner, says in self.reader.below(line, "clauses"):
            if says is not None:
                self.take(key, inner, says, text, bearer, note)

    def clause(
        self, key: str, said: Said, text: Name | None, bearer: Name | None, note: str
    ) -> Clause | None:
        """The clause that one line makes; None if it has a mistake, which is told of."""
        word = {"lifted": "lifted", "lifts": "lifts"}.get(key, key)
        place = said.place
        try:
            match key:
                case "when" | "unless" | "until":
                    formula = self.reader.body(said)
                    return formula and Clause(word, text, bearer, formula, note=note, place=place)
                case "performed" | "breached":
                    return Clause(word, text, bearer, to_atom(said, said.tree), note=note, place=place)
                case "class":
                    return self.of_class(said, text, bearer, note)
                case "lifts" | "lifted":
                    return Clause(word, text, bearer, names=said.heads, note=note, place=place)
                case "within":
                    return Clause(word, text, bearer, number=_days(said), note=note, place=place)
                case _:
                    return Clause(word, text, bearer, note=note, place=place)
        except Refused as refused:
            for problem in refused.problems:
                self.reader.tell(problem)
            return None

    def of_class(self, said: Said, text: Name | None, bearer: Name | None, note: str) -> Clause | None:
        """`class necessary-help, …`, or `class by question:` with a class for each answer."""
        if said.tree.data != "by_class":
            for inner in said.line.below[:1]:
                self.reader.tell(Problem("F133", inner.place(), {"above": "class"}))
            return Clause("class", text, bearer, words=_class(said, said.tree), note=note, place=said.place)
        cases: list[tuple[Name, tuple[str, ...]]] = []
        seen: dict[str, Place] = {}
        if not said.line.below:
            self.reader.tell(Problem("F134", said.place, {"line": said.line.text.strip()}))
        for _, inner, says in self.reader.below(said.line, "class"):
            if says is None:
                continue
            answer = says.quoted(tokens(says.tree, "STRING")[0])
            if self.reader.once(seen, f'"{answer.text}"', inner):
                try:
                    cases.append((answer, _class(says, branches(says.tree, "class_words")[0])))
                except Refused as refused:
                    for problem in refused.problems:
                        self.reader.tell(problem)
        question = said.name(tokens(said.tree, "NAME")[0])
        return Clause(
            "class", text, bearer, note=note, place=said.place, question=question, cases=tuple(cases)
        )


def _who(said: Said) -> Who:
    (bearer,) = branches(said.tree, "each", "whom")
    if bearer.data == "whom":
        names = tuple(said.name(token) for ident in branches(bearer) for token in tokens(ident))
        return Who(names=names, place=said.place)
    each, *variable = tokens(bearer, "NAME")
    other = bool(tokens(bearer, "OTHER"))
    return Who(str(each), other, said.name(variable[0]) if variable else None, place=said.place)


def _class(said: Said, tree: Tree[Token]) -> tuple[str, ...]:
    written = tokens(tree, "NAME")[0]
    if written not in CLASSES:
        near = suggest(written, CLASSES)
        values = {"word": str(written), "classes": ", ".join(CLASSES)}
        raise Refused(
            Problem("F139", said.at(written), values, help=f"Did you mean `{near}`?" if near else "")
        )
    modifiers = (" ".join(tokens(modifier)) for modifier in branches(tree, "modifier"))
    return (str(written), *modifiers)


def _days(said: Said) -> int:
    number = tokens(said.tree, "NUMBER")[0]
    if not number.isdigit() or len(number) > 6 or not 1 <= int(number) <= LONGEST_WAIT:
        raise Refused(Problem("F138", said.at(number), {"number": str(number), "most": str(LONGEST_WAIT)}))
    return int(number)


BUILDERS: dict[str, Callable[[Reader, Line, Said | None], Items]] = {"norm": norm}
