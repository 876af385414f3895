"""Goes through the lines of an item, hears each, and gathers what is wrong.

The reader knows no item; `declarations`, `norms`, `records` and `trials` ask it for the lines below
theirs. A line with a mistake is told of once and left out; what stands below it is read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from foedus.diagnostics.problem import Note, Problem, Refused
from foedus.diagnostics.span import Place
from foedus.lang.formulas import asked, to_formula
from foedus.lang.lines import Kind, find
from foedus.lang.outline import Line
from foedus.lang.said import Said, branches, hear, hear_rest, read_notes, tokens
from foedus.lang.tree import ByF, Formula, Holder, Name, ReadingF

MOST_PROBLEMS = 100
_TEXT = re.compile(r"\s*([0-9]+|[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*)(\s*:)?")


def _broken(line: Line) -> bool:
    return line.broken or any(map(_broken, line.below))


class Full(Exception):
    """Raised when a page has more mistakes than anybody reads."""


class Reader:
    """Reads lines; keeps the problems of the page. `trial` says whether it is inside a trial."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.trial = False

    # ---- what is wrong ----

    def tell(self, problem: Problem) -> None:
        """Keeps the problem, unless the same place has one already."""
        self.problems.append(problem)
        if len(self.problems) >= MOST_PROBLEMS:
            raise Full

    def lacks(self, said: Said, before: int, what: str, **values: str) -> None:
        """F130: the item lacks a line, unless something in it was wrong and may have been that line."""
        if len(self.problems) == before and not _broken(said.line):
            self.tell(Problem("F130", said.place, {"item": said.kind.words, "what": what} | values))

    def once(self, seen: dict[str, Place], key: str, line: Line) -> bool:
        """Whether the line may stand; F131 if the item has one like it already."""
        if key in seen:
            place = line.place()
            self.tell(Problem("F131", place, {"word": f"`{key}`"}, notes=(Note(seen[key], "the first"),)))
            return False
        seen[key] = line.place()
        return True

    # ---- lines ----

    def hear(self, context: str, line: Line, start: int = 0) -> tuple[Kind | None, Said | None]:
        """The line's kind, and what it says; None where it cannot be told."""
        kind = find(context, line.text, start)
        if line.broken:
            return kind, None
        try:
            return kind, hear(context, line, start)
        except Refused as refused:
            for problem in refused.problems:
                self.tell(problem)
            return kind, None

    def below(self, line: Line, context: str) -> Iterator[tuple[str, Line, Said | None]]:
        """The lines below `line`: key of the kind, the line, what it says. Unknown kinds are left out."""
        for inner in line.below:
            kind, said = self.hear(context, inner)
            if kind is not None:
                if not kind.below:
                    self.nothing_below(inner, kind)
                yield kind.key, inner, said

    def nothing_below(self, line: Line, kind: Kind) -> None:
        """F133 for the first line below one that takes none."""
        for inner in line.below[:1]:
            if not inner.broken:
                self.tell(Problem("F133", inner.place(), {"above": kind.words or kind.shows}))

    def text_line(self, said: Said) -> tuple[Name, int] | None:
        """Of `text 2010: …`, the text's name and where the rest begins (at the line's end if none)."""
        line = said.line
        found = _TEXT.match(line.text, said.start)
        if found is None or found[2] is None:
            end = found.end() if found else said.start
            written = line.text[:end].strip()
            code = "F123" if found else "F124"
            wanted = {"after": written, "wanted": "the text's name, such as `text 2010:`"}
            while end < len(line.text) and line.text[end].isspace():
                end += 1
            self.tell(Problem(code, line.place(end, end + 1), wanted))
            return None
        rest = found.end()
        while rest < len(line.text) and line.text[rest].isspace():
            rest += 1
        return Name(found[1], line.place(found.start(1), found.end(1))), rest

    # ---- what follows a `:` ----

    def body(self, said: Said) -> Formula | None:
        """The formula of a line: on it, or below it as a formula, readings, or answers."""
        try:
            formula = to_formula(said)
        except Refused as refused:
            for problem in refused.problems:
                self.tell(problem)
            return None
        if formula is not None:
            if said.line.below:
                self.tell(
                    Problem("F135", said.line.below[0].place(), notes=(Note(said.place, "the condition"),))
                )
            return formula
        question = asked(said)
        return self.answers(said, question) if question else self.lower(said, said.line.below)

    def body_from(self, said: Said, rest: int) -> Formula | None:
        """The formula of `text N: …`, whose rest begins at `rest`."""
        if rest >= len(said.line.text):
            return self.lower(said, said.line.below)
        try:
            return self.body(hear_rest(said.kind, "body", said.line, rest))
        except Refused as refused:
            for problem in refused.problems:
                self.tell(problem)
            return None

    def lower(self, said: Said, lines: Sequence[Line]) -> Formula | None:
        """The formula that the lines below a `:` make: one formula, or readings."""
        if not lines:
            end = said.line.place(max(len(said.line.text) - 1, 0), len(said.line.text))
            self.tell(Problem("F134", end, {"line": said.line.text.strip()}))
            return None
        heard = [(line, *self.hear("body", line)) for line in lines]
        if heard[0][1] is not None and heard[0][1].key == "reading":
            return self.readings(heard)
        first, kind, inner = heard[0]
        for other, _, _ in heard[1:2]:
            self.tell(Problem("F135", other.place(), notes=(Note(first.place(), "the condition"),)))
        if kind is not None and kind.key == "case":
            self.tell(
                Problem("F121", first.place(), {"word": first.text.split(":")[0], "under": said.kind.words})
            )
            return None
        return self.body(inner) if inner else None

    def readings(self, heard: Sequence[tuple[Line, Kind | None, Said | None]]) -> Formula | None:
        """`reading` lines in place of a formula."""
        readings: list[tuple[Name, tuple[Holder, ...], Formula]] = []
        seen: dict[str, Place] = {}
        for line, kind, said in heard:
            if kind is None or kind.key != "reading":
                self.tell(Problem("F135", line.place(), notes=(Note(heard[0][0].place(), "a reading"),)))
            elif said is not None:
                name = said.quoted(tokens(said.tree, "STRING")[0])
                formula = self.body(said)
                if isinstance(formula, ReadingF):
                    self.tell(
                        Problem("F121", formula.place, {"word": "reading", "under": "another `reading`"})
                    )
                elif formula is not None and self.once(seen, f'"{name.text}"', line):
                    readings.append((name, self.holders(said), formula))
        return ReadingF(tuple(readings), heard[0][0].place()) if readings else None

    def answers(self, said: Said, question: Name) -> Formula | None:
        """The answers below `by question:`."""
        answers: list[tuple[Name, Formula]] = []
        seen: dict[str, Place] = {}
        before = len(self.problems)
        for line in said.line.below:
            kind, inner = self.hear("body", line)
            if kind is None or kind.key != "case":
                if len(self.problems) == before or not line.broken:
                    self.tell(
                        Problem(
                            "F124", line.place(), {"after": f"by {question.text}:", "wanted": '`"answer": F`'}
                        )
                    )
            elif inner is not None:
                name = inner.quoted(tokens(inner.tree, "STRING")[0])
                formula = self.body(inner)
                if formula is not None and self.once(seen, f'"{name.text}"', line):
                    answers.append((name, formula))
        if not said.line.below:
            self.tell(Problem("F134", question.place, {"line": f"by {question.text}:"}))
        return ByF(question, tuple(answers), said.place) if answers else None

    def holders(self, said: Said) -> tuple[Holder, ...]:
        """Who holds a reading or an answer."""
        found: list[Holder] = []
        for held in branches(said.tree, "held"):
            for holder in branches(held, "holder"):
                by = said.name(tokens(branches(holder, "ident")[0])[0])
                try:
                    notes = read_notes(said, holder)
                except Refused as refused:  # a date that is none: who holds it is left out, the reading stays
                    for problem in refused.problems:
                        self.tell(problem)
                    continue
                for key, place in notes.places.items():
                    if key not in ("on", "ref", "unconfirmed"):
                        self.tell(
                            Problem(
                                "F125", place, {"word": f"`{key}`", "line": "held by ARV on 2020-07-12 [x]"}
                            )
                        )
                found.append(
                    Holder(by, notes.dates.get("on"), notes.ref, "unconfirmed" in notes.flags, by.place)
                )
        return tuple(found)
