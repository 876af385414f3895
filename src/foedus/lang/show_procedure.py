"""Procedures written out again: the lines that `procedures` reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from foedus.lang.formula_tree import AtomF, Formula, Name
from foedus.lang.procedure_tree import (
    ClockPart,
    FirstPart,
    MovePart,
    MoverPart,
    Part,
    ProcedureItem,
    StepPart,
    TrackPart,
    WhilePart,
)

Rows = Iterator[str]
Body = Callable[[str, Formula], Rows]
"""The lines of a word such as `when` with its formula."""


def show_procedure(item: ProcedureItem, body: Body, atom: Callable[[AtomF], str]) -> Rows:
    """The item's lines; `body` and `atom` write formulas."""
    yield f"procedure {item.name.text} of {item.organ.text}{_quoted(item.title)}"
    for text, parts in groupby(item.parts, lambda part: part.text):
        if text is not None:
            yield f"  text {text.text}:"
        for part in parts:
            yield from _deeper(_part(part, body, atom), "    " if text is not None else "  ")


def _part(part: Part, body: Body, atom: Callable[[AtomF], str]) -> Rows:
    match part:
        case TrackPart():
            yield f"track {part.name.text}{_of(part.of)}{_quoted(part.title)}"
            yield f"  stages {_names(part.stages)}"
            if part.ends:
                yield f"  ends {_names(part.ends)}"
        case StepPart():
            yield f"step {part.name.text}{_quoted(part.title)}"
            yield from _deeper(_step(part, body, atom))
        case ClockPart():
            yield f"clock {part.name.text}{_quoted(part.title)}"
            yield from _deeper(_clock(part))
        case FirstPart():
            yield f"first {_names(part.names)}"


def _step(step: StepPart, body: Body, atom: Callable[[AtomF], str]) -> Rows:
    if step.movers:
        yield f"by {', '.join(map(_mover, step.movers))}"
    if step.own is not None:
        yield f"on {_move(step.own)}"
    yield from (f"also on {_move(move)}" for move in step.also)
    yield from (f"while {_while(each)}" for each in step.whiles)
    if step.condition is not None:
        yield from body("when", step.condition)
    if step.act is not None:
        yield f"performed by {atom(step.act)}"
    if step.rule is not None:
        yield f"decided by {step.rule.text}"
    if step.mandate:
        yield f"mandate {step.mandate}"


def _clock(clock: ClockPart) -> Rows:
    if clock.starts:
        yield f"from {_names(clock.starts)}"
    if clock.until:
        yield f"until {_names(clock.until)}"
    if clock.hours is not None:
        yield f"length {clock.hours} {'hour' if clock.hours == 1 else 'hours'}"
    elif clock.set_by == "not stated":
        yield "not stated"
    else:
        yield f"set by {clock.set_by}"
    yield from (f"then {_move(move)}" for move in clock.moves)


def _mover(mover: MoverPart) -> str:
    return f"each {mover.each.text} {mover.name.text}" if mover.each is not None else mover.name.text


def _move(move: MovePart) -> str:
    sources = f" from {_names(move.sources)}" if move.sources else ""
    return f"{move.track.text}{_of(move.of)}{sources} to {move.target.text}"


def _while(each: WhilePart) -> str:
    return f"{each.track.text}{_of(each.of)} is {_names(each.stages)}"


def _of(name: Name | None) -> str:
    return f" of {name.text}" if name is not None else ""


def _names(names: Iterable[Name]) -> str:
    return ", ".join(name.text for name in names)


def _quoted(words: str) -> str:
    return f' "{words}"' if words else ""


def _deeper(rows: Iterable[str], by: str = "  ") -> Rows:
    yield from (by + row for row in rows)
