"""Procedures written out again: the lines that `procedures` reads."""

from __future__ import annotations

from itertools import groupby

from foedus.lang.formula_tree import Name
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
from foedus.lang.show_formula import Rows, deeper, listed, rows_of, show_atom, titled


def show_procedure(item: ProcedureItem) -> Rows:
    """The item's lines."""
    yield f"procedure {item.name.text} of {item.organ.text}{titled(item.title)}"
    for text, parts in groupby(item.parts, lambda part: part.text):
        if text is not None:
            yield f"  text {text.text}:"
        for part in parts:
            yield from deeper(deeper(_part(part), text is not None))


def _part(part: Part) -> Rows:
    match part:
        case TrackPart():
            yield f"track {part.name.text}{_of(part.of)}{titled(part.title)}"
            yield f"  stages {listed(part.stages)}"
            if part.ends:
                yield f"  ends {listed(part.ends)}"
        case StepPart():
            yield f"step {part.name.text}{titled(part.title)}"
            yield from deeper(_step(part))
        case ClockPart():
            yield f"clock {part.name.text}{titled(part.title)}"
            yield from deeper(_clock(part))
        case FirstPart():
            yield f"first {listed(part.names)}"


def _step(step: StepPart) -> Rows:
    if step.movers:
        yield f"by {', '.join(map(_mover, step.movers))}"
    if step.own is not None:
        yield f"on {_move(step.own)}"
    yield from (f"also on {_move(move)}" for move in step.also)
    yield from (f"while {_while(each)}" for each in step.whiles)
    if step.condition is not None:
        yield from rows_of("when", step.condition)
    if step.act is not None:
        yield f"performed by {show_atom(step.act)}"
    if step.rule is not None:
        yield f"decided by {step.rule.text}"
    if step.mandate:
        yield f"mandate {step.mandate}"


def _clock(clock: ClockPart) -> Rows:
    if clock.starts:
        yield f"from {listed(clock.starts)}"
    if clock.until:
        yield f"until {listed(clock.until)}"
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
    sources = f" from {listed(move.sources)}" if move.sources else ""
    return f"{move.track.text}{_of(move.of)}{sources} to {move.target.text}"


def _while(each: WhilePart) -> str:
    return f"{each.track.text}{_of(each.of)} is {listed(each.stages)}"


def _of(name: Name | None) -> str:
    return f" of {name.text}" if name is not None else ""
