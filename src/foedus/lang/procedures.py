"""Procedures: `procedure` with its tracks, steps and clocks, read from their lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar, cast

from lark import Token, Tree

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place
from foedus.lang.declarations import Items
from foedus.lang.formulas import to_atom
from foedus.lang.outline import Line
from foedus.lang.procedure_tree import (
    MANNERS,
    ClockPart,
    FirstPart,
    Manner,
    MovePart,
    MoverPart,
    Part,
    ProcedureItem,
    Setter,
    StepPart,
    TrackPart,
    WhilePart,
)
from foedus.lang.reader import Reader
from foedus.lang.said import Said, branches, tokens
from foedus.lang.tree import AtomF, Formula, Name

LONGEST_CLOCK = 876_600
"""Hours: a clock that runs for more than a century is a slip."""
T = TypeVar("T")


def procedure(reader: Reader, line: Line, said: Said | None) -> Items:
    """`procedure operation of CSC "…"` with its tracks, steps and clocks, for all texts or below `text N:`."""
    before = len(reader.problems)
    parts: list[Part] = []
    seen: dict[str, Place] = {}
    for key, inner, says in reader.below(line, "procedure"):
        if key != "text":
            parts += _part(reader, key, inner, says, None, seen)
            continue
        found = reader.text_line(says) if says is not None else None
        if found is None:
            continue
        text, rest = found
        if rest < len(inner.text):
            wanted = {"after": f"text {text.text}:", "wanted": "the end of the line"}
            reader.tell(Problem("F124", inner.place(rest, len(inner.text)), wanted))
        elif not inner.below:
            reader.tell(Problem("F134", inner.place(), {"line": inner.text.strip()}))
        for lower_key, lower, of_text in reader.below(inner, "procedure_text"):
            parts += _part(reader, lower_key, lower, of_text, text, seen)
    if said is None:
        return ()
    if not any(isinstance(part, StepPart) for part in parts):
        reader.lacks(said, before, "its steps", example='step ask "ask the Council for help"')
    return (ProcedureItem(said.heads[0], said.notes.names["of"], said.notes.title, tuple(parts), said.place),)


def _part(
    reader: Reader, key: str, line: Line, said: Said | None, text: Name | None, seen: dict[str, Place]
) -> Iterator[Part]:
    """The part that one line of a procedure begins, unless it has a mistake or stands there already."""
    part = _READ[key](reader, line, said, text)
    if part is None:
        return
    called = "first" if isinstance(part, FirstPart) else f"{key} {part.name.text}"
    if reader.once(seen, f"{called} of text {text.text}" if text else called, line):
        yield part


def _track(reader: Reader, line: Line, said: Said | None, text: Name | None) -> TrackPart | None:
    before = len(reader.problems)
    lists: dict[str, tuple[Name, ...]] = {}
    seen: dict[str, Place] = {}
    for key, inner, says in reader.below(line, "track"):
        if says is not None and reader.once(seen, key, inner):
            lists[key] = _distinct(reader, says)
    if said is None:
        return None
    if "stages" not in lists:
        reader.lacks(said, before, "its stages", example="stages none, asked, decided")
        return None
    names = said.notes.names
    return TrackPart(
        said.heads[0], said.notes.title, names.get("of"), lists["stages"], lists.get("ends", ()), text,
        said.place,
    )  # fmt: skip


def _distinct(reader: Reader, said: Said) -> tuple[Name, ...]:
    """The names of the line; F131 for one that stands there twice."""
    kept: dict[str, Name] = {}
    for name in said.heads:
        if name.text in kept:
            reader.tell(Problem("F131", name.place, {"word": f"`{name.text}`"}))
        kept.setdefault(name.text, name)
    return tuple(kept.values())


def _step(reader: Reader, line: Line, said: Said | None, text: Name | None) -> StepPart | None:
    before = len(reader.problems)
    movers: tuple[MoverPart, ...] = ()
    own: MovePart | None = None
    also: list[MovePart] = []
    whiles: list[WhilePart] = []
    condition: Formula | None = None
    act: AtomF | None = None
    rule: Name | None = None
    mandate: Manner = ""
    seen: dict[str, Place] = {}
    for key, inner, says in reader.below(line, "step"):
        if says is None:
            continue
        if key == "also":
            also.append(_move(says))
        elif key == "while":
            whiles.append(_while(says))
        elif not reader.once(seen, says.kind.words, inner):
            continue
        elif key == "mover":
            movers = tuple(_mover(says, mover) for mover in branches(says.tree, "mover"))
        elif key == "own":
            own = _move(says)
        elif key == "when":
            condition = reader.body(says)
        elif key == "performed":
            act = _or_tell(reader, lambda says=says: to_atom(says, _act(says), _mark(says)))
        elif key == "decided":
            rule = says.heads[0]
        else:
            mandate = _manner(reader, says)
    if said is None:
        return None
    if not movers:
        reader.lacks(said, before, "who takes it", example="by each party p")
    return StepPart(
        said.heads[0], said.notes.title, movers, own, tuple(also), tuple(whiles), condition, act, rule,
        mandate, text, said.place,
    )  # fmt: skip


def _act(said: Said) -> Tree[Token]:
    (act,) = branches(said.tree, "atom")
    return act


def _mark(said: Said) -> Name | None:
    return next((said.name(token) for token in tokens(said.tree, "NAME")), None)


def _or_tell(reader: Reader, make: Callable[[], T]) -> T | None:
    try:
        return make()
    except Refused as refused:
        for problem in refused.problems:
            reader.tell(problem)
        return None


def _mover(said: Said, tree: Tree[Token]) -> MoverPart:
    for ident in branches(tree, "ident"):
        return MoverPart(said.name(tokens(ident)[0]))
    role, name = (said.name(token) for token in tokens(tree, "NAME"))
    return MoverPart(name, role)


def _move(said: Said) -> MovePart:
    track, *of = (said.name(token) for token in tokens(said.tree, "NAME"))
    sources = [said.name(token) for part in branches(said.tree, "sources") for token in tokens(part)]
    (target,) = (said.name(tokens(part)[0]) for part in branches(said.tree, "target"))
    return MovePart(track, tuple(sources), target, of[0] if of else None, said.place)


def _while(said: Said) -> WhilePart:
    track, *of = (said.name(token) for token in tokens(said.tree, "NAME"))
    stages = [said.name(token) for part in branches(said.tree, "sources") for token in tokens(part)]
    return WhilePart(track, tuple(stages), of[0] if of else None, said.place)


def _manner(reader: Reader, said: Said) -> Manner:
    name = said.heads[0]
    if name.text in MANNERS:
        return cast("Manner", name.text)
    _wanted(reader, name, "mandate", MANNERS)
    return ""


def _wanted(reader: Reader, name: Name, after: str, words: tuple[str, ...]) -> None:
    """F124 for a word that is none of those which can stand there."""
    listed = ", ".join(f"`{word}`" for word in words[:-1]) + f" or `{words[-1]}`"
    reader.tell(Problem("F124", name.place, {"after": after, "wanted": listed}))


def _clock(reader: Reader, line: Line, said: Said | None, text: Name | None) -> ClockPart | None:
    before = len(reader.problems)
    starts: tuple[Name, ...] = ()
    until: tuple[Name, ...] = ()
    hours: int | None = None
    set_by: Setter | None = None
    moves: list[MovePart] = []
    seen: dict[str, Place] = {}
    for key, inner, says in reader.below(line, "clock"):
        if says is None:
            continue
        if key == "then":
            moves.append(_move(says))
        elif not reader.once(seen, "its length" if key in _LENGTHS else says.kind.words, inner):
            continue
        elif key == "starts":
            starts = says.heads
        elif key == "stops":
            until = says.heads
        elif key == "length":
            set_by, hours = "text", _or_tell(reader, lambda says=says: hours_of(says, says.tree))
        elif key == "set_by":
            set_by = _setter(reader, says)
        else:
            set_by = "not stated"
    if said is None:
        return None
    if not starts:
        reader.lacks(said, before, "its start", example="from deploy")
    if set_by is None:
        reader.lacks(said, before, "its length", example="not stated")
    return ClockPart(
        said.heads[0], said.notes.title, starts, until, hours, set_by or "not stated", tuple(moves), text,
        said.place,
    )  # fmt: skip


_LENGTHS = ("length", "set_by", "unstated")


def hours_of(said: Said, tree: Tree[Token]) -> int:
    """The whole number of hours with which the branch begins; raises `Refused` (F138)."""
    number = tokens(tree, "NUMBER")[0]
    if not number.isdigit() or len(number) > 6 or not 1 <= int(number) <= LONGEST_CLOCK:
        raise Refused(Problem("F138", said.at(number), {"number": str(number), "most": str(LONGEST_CLOCK)}))
    return int(number)


def _setter(reader: Reader, said: Said) -> Setter:
    name = said.heads[0]
    if name.text in ("decision", "chair"):
        return cast("Setter", name.text)
    _wanted(reader, name, "set by", ("decision", "chair"))
    return "not stated"


def _first(reader: Reader, _: Line, said: Said | None, text: Name | None) -> FirstPart | None:
    return None if said is None else FirstPart(_distinct(reader, said), text, said.place)


_READ: dict[str, Callable[[Reader, Line, Said | None, Name | None], Part | None]] = {
    "track": _track, "step": _step, "clock": _clock, "first": _first,
}  # fmt: skip
BUILDERS: dict[str, Callable[[Reader, Line, Said | None], Items]] = {"procedure": procedure}
