"""A procedure for the terminal: what leads from stage to stage on each track, the steps, the clocks."""

from __future__ import annotations

from foedus.ir.norm import Program
from foedus.ir.procedure import Clock, Procedure, Step, Track
from foedus.ir.show import show_formula
from foedus.report.layout import Sheet, columns, padded
from foedus.report.lists import begun, text_named
from foedus.report.tracks import (
    Names,
    arrows,
    moved,
    runs,
    taken_by,
    track_title,
    waits_for,
    way_words,
)
from foedus.words.speech import say

STEM = "──"


def show_procedures(sheet: Sheet, instrument: str, program: Program) -> None:
    """All procedures of an instrument, or that it has none."""
    names = {code: actor.name for code, actor in program.vocabulary.actors.items()}
    found = [each for each in program.procedures.values() if each.instrument == instrument]
    for procedure in found:
        sheet.blank()
        show_procedure(sheet, procedure, names)
    if not found:
        sheet.put(say("The page of {id} lays down no procedure.", id=instrument))


def show_procedure(sheet: Sheet, procedure: Procedure, names: Names) -> None:
    """The whole procedure: its tracks drawn, its steps and clocks listed."""
    aside = procedure.id
    if procedure.text is not None:
        aside = say("{id}, {text}", id=procedure.id, text=text_named(procedure.text))
    sheet.aside(begun(procedure.title or names.get(procedure.organ, procedure.organ)), aside, style="title")
    sheet.put(begun(names.get(procedure.organ, procedure.organ)))
    for track in procedure.tracks:
        sheet.head(begun(track_title(track)), track.name)
        _draw(sheet, procedure, track)
    sheet.head(say("Steps"))
    room = max((columns(each.name) for each in (*procedure.steps, *procedure.clocks)), default=0) + 2
    for step in procedure.steps:
        _step(sheet, step, names, room)
    if procedure.clocks:
        sheet.head(say("Clocks"))
        for clock in procedure.clocks:
            _clock(sheet, clock, room)
    if procedure.precedence:
        sheet.blank()
        sheet.put(say("Put first, in this order: {steps}.", steps=", ".join(procedure.precedence)))


def _draw(sheet: Sheet, procedure: Procedure, track: Track) -> None:
    """Each stage with the arrows that lead from it: `none ── ask → asked`."""
    ways = arrows(procedure, track)
    room = max(columns(stage) for stage in track.stages) + 1
    for stage in track.stages:
        leading = [way for way in ways if way.source == stage]
        label = padded(stage, room)
        for way in leading:
            drawn = say(
                "{stem} {ways} → {target}", stem=STEM, ways=", ".join(way_words(way)), target=way.target
            )
            _beside(sheet, label, drawn)
            label = " " * room
        if stage in track.ends:
            _beside(sheet, label, say("may end here"))
        elif not leading:
            _beside(sheet, label, "")


def _beside(sheet: Sheet, label: str, text: str) -> None:
    """A label of fixed width and a text beside it, which goes on below itself."""
    before = len(sheet.lines)
    sheet.put(text, 2 + columns(label), 3)
    if len(sheet.lines) > before:
        first = sheet.lines[before]
        sheet.lines[before] = ("  " + label + first[2 + columns(label) :]).rstrip()


def _step(sheet: Sheet, step: Step, names: Names, room: int) -> None:
    lines = [begun(step.title) if step.title else "", begun(taken_by(step, names))]
    lines += [moved(move) for move in step.moves]
    lines.append(waits_for(step))
    if step.condition is not None:
        lines.append(say("only when {condition}", condition=show_formula(step.condition)))
    if step.act is not None:
        lines.append(say("in a record: {act}", act=show_formula(step.act)))
    _listed(sheet, step.name, lines, room)


def _clock(sheet: Sheet, clock: Clock, room: int) -> None:
    lines = [begun(clock.title) if clock.title else "", begun(runs(clock))]
    lines += [say("then {move}", move=moved(move)) for move in clock.moves]
    _listed(sheet, clock.name, lines, room)


def _listed(sheet: Sheet, name: str, lines: list[str], room: int) -> None:
    label = padded(name, room)
    for line in filter(None, lines):
        _beside(sheet, label, line)
        label = " " * room
