"""A procedure as its page lays it down, for the terminal: tracks, steps with their articles, clocks."""

from __future__ import annotations

from foedus.ir.norm import Program
from foedus.ir.procedure import Clock, Move, Mover, Procedure, Step, While
from foedus.ir.show import show_formula
from foedus.report.called import Called
from foedus.report.layout import GAP, Sheet
from foedus.report.lists import text_named
from foedus.report.wording import (
    apart,
    article_short,
    begun,
    enumerated,
    labelled,
    listed,
    quoted,
)
from foedus.words.speech import marked_in, plural, say, say_in

OFFICES = {
    "chair": marked_in("office", "the chair"),
    "secretary": marked_in("office", "the secretary"),
    "commander": marked_in("office", "the commander"),
}
MANDATES = {
    "gives": marked_in("mandate", "lays down a mandate"),
    "within": marked_in("mandate", "keeps within the mandate"),
    "extends": marked_in("mandate", "extends the mandate"),
    "ends": marked_in("mandate", "ends the mandate"),
}


def show_procedure(sheet: Sheet, procedure: Procedure, program: Program) -> None:
    """The whole procedure."""
    called = Called(program)
    title = f"{begun(called.spoken(procedure.organ))} · {procedure.title}"
    if procedure.text is not None:
        title = f"{title} · {text_named(procedure.text)}"
    sheet.aside(title, procedure.id, style="title")
    sheet.head(say("Tracks"))
    for track in procedure.tracks:
        ends = say("may end at {stages}", stages=listed(list(track.ends), "or")) if track.ends else ""
        way = enumerated(list(track.stages))
        sheet.row(track.title or track.name, 25, apart(filter(None, (way, ends))), "", 0)
    sheet.head(say("Steps"))
    for step in procedure.steps:
        sheet.aside(f"{step.name}{GAP}{step.title}", article_short(step.place.heading), 2, "letter", 2)
        _step(sheet, step, called)
    if procedure.clocks:
        sheet.head(say("Clocks"))
        for clock in procedure.clocks:
            sheet.put(labelled(clock.title or clock.name, _clock(clock)), 2, 2)
    if procedure.precedence:
        sheet.blank()
        order = enumerated(list(procedure.precedence))
        sheet.put(say("Put first when several are on the table: {steps}.", steps=order))


def _step(sheet: Sheet, step: Step, called: Called) -> None:
    lines = [say("by {who}", who=listed([_mover(mover, called) for mover in step.movers], "or"))]
    lines += [_move(move) for move in step.moves]
    lines += [_while(each) for each in step.whiles]
    if step.condition is not None:
        lines.append(say("when {formula}", formula=show_formula(step.condition)))
    if step.rule is not None:
        lines.append(say("decided under {rule}", rule=step.rule))
    if step.mandate:
        lines.append(say_in("mandate", MANDATES[step.mandate]))
    if step.act is not None:
        lines.append(say("known in a record as {act}", act=show_formula(step.act)))
    for line in lines:
        sheet.put(line, 6, 2)


def _mover(mover: Mover, called: Called) -> str:
    if mover.var is None:
        return say_in("office", OFFICES[mover.office]) if mover.office else called.spoken(mover.name)
    if mover.each:
        return say("each {role} {name}", role=mover.role, name=mover.var.name)
    return mover.var.name


def _move(move: Move) -> str:
    parts = {"track": _track(move), "target": quoted(move.target)}
    if not move.sources:
        return say("{track}: to {target}", **parts)
    sources = listed([quoted(stage) for stage in move.sources], "or")
    return say("{track}: from {sources} to {target}", **parts, sources=sources)


def _while(each: While) -> str:
    stages = listed([quoted(stage) for stage in each.stages], "or")
    return say("while {track} is {stages}", track=_track(each), stages=stages)


def _track(at: Move | While) -> str:
    return say("{track} of {name}", track=at.track, name=at.of.name) if at.of is not None else at.track


def _clock(clock: Clock) -> str:
    parts = [say("from {steps}", steps=listed(list(clock.starts), "or"))]
    if clock.until:
        parts.append(say("until {steps}", steps=listed(list(clock.until), "or")))
    if clock.hours is not None:
        parts.append(plural("{n} hour", "{n} hours", clock.hours))
    elif clock.set_by == "decision":
        parts.append(say("set by the decision"))
    elif clock.set_by == "chair":
        parts.append(say("set by the chair"))
    else:
        parts.append(say("not stated"))
    parts += [say("then {move}", move=_move(move)) for move in clock.moves]
    return apart(parts)
