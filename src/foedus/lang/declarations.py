"""Instruments, parties, the vocabulary, terms, questions and rules: items of `foedus` blocks.

Each function takes the reader, an item's line and what it says (None if the line has a mistake: the
lines below are still read), and returns the items.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place
from foedus.lang.outline import Line
from foedus.lang.reader import Reader
from foedus.lang.rules import rule, weighting
from foedus.lang.said import Said, branches, tokens, unquote
from foedus.lang.tree import (
    ActorItem,
    Credit,
    DeemsItem,
    Formula,
    Holder,
    InstrumentItem,
    Item,
    Name,
    NotEncodedItem,
    PartiesItem,
    PartyLine,
    PrecedenceItem,
    PredicateItem,
    QuestionItem,
    Remark,
    TermItem,
    TextItem,
    ValuesItem,
)
from foedus.terms.time import EDate

Items = tuple[Item, ...]
Builder = Callable[[Reader, Line, Said | None], Items]
Versions = tuple[tuple[Name | None, Formula], ...]


def dated(reader: Reader, said: Said) -> EDate | None:
    """The date with which the rest of the line begins."""
    try:
        return said.date(tokens(said.tree, "DATE")[0])
    except Refused as refused:
        for problem in refused.problems:
            reader.tell(problem)
        return None


def spans(said: Said) -> tuple[tuple[EDate, EDate | None], ...]:
    """The spans `from … until …` of the line; raises `Refused` for what is no date."""
    found: list[tuple[EDate, EDate | None]] = []
    for span in branches(said.tree, "span"):
        start, *until = (said.date(token) for token in tokens(span))
        found.append((start, until[0] if until else None))
    return tuple(found)


def instrument(reader: Reader, line: Line, said: Said | None) -> Items:
    """`instrument cst "…"` with its dates, texts and codes."""
    dates: dict[str, EDate | None] = {}
    unsure: set[str] = set()
    texts: list[TextItem] = []
    codes: list[tuple[str, str]] = []
    political = False
    remarks: dict[str, Remark] = {}
    credited: dict[str, list[Credit]] = {"encoded": [], "reviewed": []}
    seen: dict[str, Place] = {}
    for key, inner, says in reader.below(line, "instrument"):
        if says is None:
            continue
        if key == "text":
            text = _text(reader, says)
            if text and reader.once(seen, f"text {text.id.text}", inner):
                texts.append(text)
        elif key == "code":
            name, value = tokens(says.tree)
            if reader.once(seen, f"code {name}", inner):
                codes.append((str(name), unquote(value) if value.type == "STRING" else str(value)))
        elif key in credited:
            credited[key].append(Credit(unquote(tokens(says.tree, "STRING")[0]), says.notes.dates.get("on")))
        elif reader.once(seen, says.kind.words, inner):
            if key == "political":
                political = True
            elif key in ("duration", "exit"):
                unsure_of = "unconfirmed" in says.notes.flags
                remarks[key] = Remark(unquote(tokens(says.tree, "STRING")[0]), says.notes.ref, unsure_of)
            else:
                dates[key] = dated(reader, says)
                unsure |= {key} if "unconfirmed" in says.notes.flags else set()
    if said is None:
        return ()
    return (
        InstrumentItem(
            said.heads[0], said.notes.title, dates.get("signed"), dates.get("in_force"), "in_force" in unsure,
            dates.get("ended"), political, tuple(texts), tuple(codes), said.place,
            "signed" in unsure, "ended" in unsure, remarks.get("duration"), remarks.get("exit"),
            tuple(credited["encoded"]), tuple(credited["reviewed"]),
        ),
    )  # fmt: skip


def _text(reader: Reader, said: Said) -> TextItem | None:
    try:
        ((start, until),) = spans(said)
        secret = [said.date(tokens(branch)[0]) for branch in branches(said.tree, "secret")]
    except Refused as refused:
        for problem in refused.problems:
            reader.tell(problem)
        return None
    name = said.name(tokens(said.tree, "NUMBER", "NAME")[0])
    unsure = "unconfirmed" in said.notes.flags
    read = said.notes.quotes.get("read", "")
    return TextItem(name, start, until, read, unsure, said.place, secret[0] if secret else None)


def parties(reader: Reader, line: Line, said: Said | None) -> Items:
    """`parties` with its lines."""
    lines: list[PartyLine] = []
    before = len(reader.problems)
    for _, _, says in reader.below(line, "parties"):
        if says is None:
            continue
        states = tuple(says.name(token) for token in tokens(says.tree, "CODE"))
        roles = [str(token) for token in tokens(says.tree, "NAME")]
        try:
            notes = says.notes
            unsure = "unconfirmed" in notes.flags
            lines.append(
                PartyLine(states, roles[0] if roles else "", spans(says), unsure, notes.ref, says.place)
            )
        except Refused as refused:
            for problem in refused.problems:
                reader.tell(problem)
    if said is None:
        return ()
    if not lines:
        reader.lacks(said, before, "its parties", example="ARV from 2001-01-01")
    return (PartiesItem(tuple(lines), said.place),)


def actors(_: Reader, __: Line, said: Said | None) -> Items:
    """`organ CSC "…"`, `state ARV "…", BOR "…"`, `group …`: one item per code."""
    if said is None:
        return ()
    sort = cast("Literal['Organ', 'State', 'Group']", said.kind.words.capitalize())
    found: list[Item] = []
    for actor in branches(said.tree, "actor"):
        code, *title = tokens(actor)
        found.append(ActorItem(sort, said.name(code), unquote(title[0]) if title else "", said.at(code)))
    return tuple(found)


def values(_: Reader, __: Line, said: Said | None) -> Items:
    """`values Interest: security, stability`."""
    if said is None:
        return ()
    sort, *names = (said.name(token) for token in tokens(said.tree))
    return (ValuesItem(sort, tuple(names), said.place),)


def predicate(_: Reader, __: Line, said: Said | None) -> Items:
    """`incident force(author: Actor, victim: State) "…"` and its kin."""
    if said is None:
        return ()
    kind = cast("Literal['incident', 'act', 'role', 'status', 'judgement']", said.kind.words)
    roles: list[tuple[Name, Name]] = []
    for role in branches(said.tree, "role"):
        name, sort = tokens(role)
        roles.append((said.name(name), said.name(sort)))
    gloss = [unquote(token) for token in tokens(said.tree, "STRING")]
    name = said.name(tokens(said.tree, "NAME")[0])
    return (PredicateItem(kind, name, tuple(roles), gloss[0] if gloss else "", said.place),)


def term(reader: Reader, line: Line, said: Said | None) -> Items:
    """`term aggression(a, victim)` with a formula for all texts, or one for each."""
    before = len(reader.problems)
    versions: list[tuple[Name | None, Formula]] = []
    seen: dict[str, Place] = {}
    if line.below and line.below[0].text.startswith("reading"):
        formula = reader.readings([(inner, *reader.hear("term", inner)) for inner in line.below])
        versions = [(None, formula)] if formula else []
    else:
        for _, inner, says in reader.below(line, "term"):
            if says is not None:
                versions += version(reader, inner, says, seen)
    if said is None:
        return ()
    if not versions:
        reader.lacks(said, before, "what the word means", example="when force(author, victim) as a")
    name, *variables = (said.name(token) for token in tokens(said.tree, "NAME"))
    gloss = [unquote(token) for token in tokens(said.tree, "STRING")]
    return (TermItem(name, tuple(variables), gloss[0] if gloss else "", tuple(versions), said.place),)


def version(reader: Reader, line: Line, said: Said, seen: dict[str, Place]) -> Versions:
    """The formula for a text (`text 2010: …`) or for all texts (`when …`), if the line is sound."""
    text: Name | None = None
    if said.kind.key == "reading":
        reader.tell(Problem("F135", line.place()))
        return ()
    if said.kind.key == "text":
        found = reader.text_line(said)
        if found is None:
            return ()
        text = found[0]
        formula = reader.body_from(said, found[1])
    else:
        formula = reader.body(said)
    if not reader.once(seen, f"text {text.text}" if text else "when", line) or formula is None:
        return ()
    return ((text, formula),)


def question(reader: Reader, line: Line, said: Said | None) -> Items:
    """`question name "…"` with its answers and who holds them."""
    before = len(reader.problems)
    answers: list[tuple[Name, tuple[Holder, ...]]] = []
    seen: dict[str, Place] = {}
    for _, inner, says in reader.below(line, "question"):
        if says is not None:
            name = says.quoted(tokens(says.tree, "STRING")[0])
            if reader.once(seen, f'"{name.text}"', inner):
                answers.append((name, reader.holders(says)))
    if said is None:
        return ()
    if len(answers) < 2:
        reader.lacks(said, before, "at least two answers", example='"yes"')
    return (QuestionItem(said.heads[0], said.notes.title, tuple(answers), said.place),)


def deems(_: Reader, __: Line, said: Said | None) -> Items:
    """`deems "…"`."""
    return () if said is None else (DeemsItem(unquote(tokens(said.tree, "STRING")[0]), said.place),)


def not_encoded(reader: Reader, _: Line, said: Said | None) -> Items:
    """`not encoded "…" detail`, `… may defeat assist`, `… may create assist`."""
    if said is None:
        return ()
    string, effect = tokens(said.tree, "STRING", "EFFECT")
    does = cast("Literal['may defeat', 'may create', 'detail']", " ".join(effect.split()))
    if (does == "detail") == bool(said.heads):
        end = said.line.place(len(said.line.text), len(said.line.text) + 1)
        place = said.heads[0].place if said.heads else end
        wanted = "nothing more" if said.heads else "the norm that it concerns, such as `assist`"
        reader.tell(Problem("F124", place, {"after": does, "wanted": wanted}))
        return ()
    return (NotEncodedItem(unquote(string), does, said.heads, said.place),)


def precedence(_: Reader, __: Line, said: Said | None) -> Items:
    """`this prevails over cst`, `this yields to law`."""
    return () if said is None else (PrecedenceItem(said.kind.key == "prevails", said.heads[0], said.place),)


BUILDERS: dict[str, Builder] = {
    "instrument": instrument, "parties": parties, "actors": actors, "values": values, "predicate": predicate,
    "term": term, "question": question, "deems": deems, "not_encoded": not_encoded, "prevails": precedence,
    "yields": precedence, "rule": rule, "weighting": weighting,
}  # fmt: skip
