"""Rules of decision and weightings: items of `foedus` blocks.

A rule says for all texts, or for each, who decides and in which ways; a weighting what each member weighs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import cast

from foedus.diagnostics.problem import Note, Problem
from foedus.diagnostics.span import Place
from foedus.ir.decision import By
from foedus.lang.outline import Line
from foedus.lang.reader import Reader
from foedus.lang.said import Said, tokens
from foedus.lang.tree import (
    ApartLine,
    Formula,
    Item,
    Name,
    RuleItem,
    RuleVersion,
    WayLine,
    WeightingItem,
    WeightLine,
)

MOST_SEATS = 1_000
MOST_HOURS = 100_000


@dataclass
class _Rule:
    """A rule while its lines are read: the motion's name, and the line at which it was first said."""

    reader: Reader
    motion: Name | None = None

    def named(self, name: Name) -> bool:
        """Whether the motion is called as it is above."""
        if self.motion is not None and self.motion.text != name.text:
            self.reader.tell(Problem("F137", name.place, {"name": name.text, "motion": self.motion.text}))
            return False
        self.motion = self.motion or name
        return True

    def test(self, says: Said) -> Formula | None:
        """What `passes(m)` or `quorum(m)` says."""
        formula = self.reader.body(says)
        return formula if self.named(says.name(tokens(says.tree, "NAME")[0])) else None

    def apart(self, says: Said) -> ApartLine | None:
        """What `left out(p, m)` or `held to abstain(p, m)` says."""
        member, motion = (says.name(token) for token in tokens(says.tree, "NAME"))
        formula = self.reader.body(says)
        return ApartLine(member, formula, says.place) if self.named(motion) and formula is not None else None


@dataclass
class _Version:
    """What is said for all texts, or for one, while its lines are read."""

    rule: _Rule
    found: RuleVersion
    seen: dict[str, Place] = field(default_factory=dict[str, Place])

    def line(self, key: str, line: Line, says: Said | None) -> None:
        """Take one line in."""
        reader = self.rule.reader
        if key == "way":
            self.way(line, says)
        elif says is None or not reader.once(self.seen, says.kind.words, line):
            pass
        elif key == "members":
            self.found = replace(self.found, members=says.heads[0])
        elif key == "seats":
            self.found = replace(self.found, seats=_seats(reader, says))
        elif key == "left_out":
            self.found = replace(self.found, left_out=self.rule.apart(says))
        elif key == "held_to":
            self.found = replace(self.found, held_to=self.rule.apart(says))
        elif key == "quorum":
            self.found = replace(self.found, quorum=self.rule.test(says))
        elif (passes := self.rule.test(says)) is not None:
            if self.found.ways:
                notes = (Note(self.found.ways[-1].place, "a way of deciding"),)
                values = {"word": "passes", "right": "failing that by vote"}
                reader.tell(Problem("F640", line.place(), values, notes=notes))
            self.add(WayLine("", passes, place=says.place))

    def add(self, way: WayLine) -> None:
        """One way more."""
        self.found = replace(self.found, ways=(*self.found.ways, way))

    def way(self, line: Line, says: Said | None) -> None:
        """`by consensus`, `failing that by silence 72 hours`, with what passes below it."""
        reader, before = self.rule.reader, len(self.rule.reader.problems)
        tests: dict[str, Formula | None] = {}
        seen: dict[str, Place] = {}
        for key, inner, of_way in reader.below(line, "way"):
            if of_way is not None and reader.once(seen, key, inner):
                tests[key] = self.rule.test(of_way)
        if says is None:
            return
        *first, by = says.kind.words.split()
        if bool(self.found.ways) != ("failing" in first):
            right = f"failing that by {by}" if self.found.ways else f"by {by}"
            reader.tell(Problem("F640", says.place, {"word": says.kind.words, "right": right}))
        if (passes := tests.get("passes")) is None:
            if "passes" not in tests:
                reader.lacks(says, before, "what passes", example="passes(m): no member p: objects(p, m)")
            return
        self.add(WayLine(cast("By", by), passes, tests.get("quorum"), _hours(reader, says, by), says.place))


def _seats(reader: Reader, says: Said) -> int | None:
    number = tokens(says.tree, "NUMBER")[0]
    seats = int(number) if number.isdigit() and len(number) <= len(str(MOST_SEATS)) else 0
    if 1 <= seats <= MOST_SEATS:
        return seats
    reader.tell(Problem("F138", says.at(number), {"number": str(number), "most": str(MOST_SEATS)}))
    return None


def _hours(reader: Reader, says: Said, by: str) -> int | None:
    """The hours of a silence; what is no number of them is F637, and has no place behind another way."""
    words = tokens(says.tree)
    if not words:
        return None
    if by != "silence":
        values = {"word": f"`{words[0]}`", "line": says.kind.shows}
        reader.tell(Problem("F125", says.at(words[0]), values))
        return None
    number, *unit = map(str, words)
    whole = number.isdigit() and len(number) <= len(str(MOST_HOURS)) and 1 <= int(number) <= MOST_HOURS
    if whole and unit in (["hours"], ["hour"]):
        return int(number)
    start, end = says.at(words[0]), says.at(words[-1])
    place = replace(start, end_line=end.end_line, end_column=end.end_column)
    reader.tell(Problem("F637", place, {"written": " ".join((number, *unit))}))
    return None


def rule(reader: Reader, line: Line, said: Said | None) -> tuple[Item, ...]:
    """`rule decide of CSC "consensus"` with who decides, and in which ways."""
    before = len(reader.problems)
    whole = _Rule(reader)
    for_all = _Version(whole, RuleVersion(None, place=line.place()))
    of_texts: list[_Version] = []
    texts: dict[str, Place] = {}
    for key, inner, says in reader.below(line, "rule"):
        if key != "text":
            for_all.line(key, inner, says)
        elif says is not None and (found := reader.text_line(says)) is not None:
            text, rest = found
            version = _Version(whole, RuleVersion(text, place=inner.place()))
            if rest < len(inner.text):
                kind, on_line = reader.hear("decides", inner, rest)
                if kind is not None:
                    version.line(kind.key, inner, on_line)
            elif not inner.below:
                reader.tell(Problem("F134", inner.place(), {"line": inner.text.strip()}))
            else:
                for lower_key, lower, of_text in reader.below(inner, "decides"):
                    version.line(lower_key, lower, of_text)
            if reader.once(texts, f"text {text.text}", inner):
                of_texts.append(version)
    if said is None:
        return ()
    if for_all.found.members is None and not (of_texts and all(v.found.members for v in of_texts)):
        reader.lacks(said, before, "who its members are", example="members party")
        return ()
    versions = tuple(v.found for v in of_texts)
    if for_all.found != RuleVersion(None):
        versions = (for_all.found, *versions)
    organ = said.notes.names["of"]
    return (RuleItem(said.heads[0], organ, said.notes.title, whole.motion, versions, said.place),)


def weighting(reader: Reader, line: Line, said: Said | None) -> tuple[Item, ...]:
    """`weighting population "…"` with a line for each state; there may be none."""
    lines: list[WeightLine] = []
    seen: dict[str, Place] = {}
    for _, inner, says in reader.below(line, "weighting"):
        if says is None:
            continue
        code, number = tokens(says.tree, "CODE")[0], tokens(says.tree, "NUMBER", "SHARE")[0]
        if number.endswith("/0") or "/0" in number:
            reader.tell(Problem("F146", says.at(number), {"share": str(number)}))
        elif reader.once(seen, str(code), inner):
            notes = says.notes
            lines.append(
                WeightLine(
                    says.name(code),
                    Fraction(str(number)),
                    notes.ref,
                    "unconfirmed" in notes.flags,
                    says.place,
                )
            )
    if said is None:
        return ()
    return (WeightingItem(said.heads[0], said.notes.title, tuple(lines), said.place),)
