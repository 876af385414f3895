"""What names stand for in a procedure: its tracks, their stages, its steps; and which of them may stand on a line."""

from __future__ import annotations

from collections.abc import Iterable

from foedus.ir.procedure import OFFICES
from foedus.lang.procedure_tree import (
    ClockPart,
    FirstPart,
    MovePart,
    Part,
    ProcedureItem,
    StepPart,
    TrackPart,
    WhilePart,
)
from foedus.lang.tree import Name, Page
from foedus.lsp.meanings import Meanings
from foedus.lsp.naming import parts_declared


def mention_procedure(walk: Meanings, item: ProcedureItem) -> None:
    """Every name of a procedure, as a mention of what it stands for."""
    for thing, name in parts_declared(item, walk.home):
        walk.mention(thing, name.place, name.text, declares=True)
    walk.actor(item.organ)
    within = f"{walk.home}.{item.name.text}"
    for part in item.parts:
        walk.text(part.text)
        _mention_part(walk, part, within)


def _mention_part(walk: Meanings, part: Part, within: str) -> None:
    match part:
        case TrackPart():
            walk.actor(part.of)
            _stages(walk, part.ends, f"{within}.{part.name.text}")
        case StepPart():
            for mover in part.movers:
                if mover.each is not None or mover.name.text not in OFFICES:
                    walk.actor(mover.name)
            for move in (*((part.own,) if part.own is not None else ()), *part.also):
                _on_track(walk, move, (*move.sources, move.target), within)
            for each in part.whiles:
                _on_track(walk, each, each.stages, within)
            walk.formula(part.condition, f"{within}-{part.name.text}")
            walk.formula(part.act, within)
            if part.rule is not None:
                walk.dotted("rule", part.rule)
        case ClockPart():
            _steps(walk, (*part.starts, *part.until), within)
            for move in part.moves:
                _on_track(walk, move, (*move.sources, move.target), within)
        case FirstPart():
            _steps(walk, part.names, within)


def _on_track(walk: Meanings, at: MovePart | WhilePart, stages: Iterable[Name], within: str) -> None:
    walk.add("track", at.track, within)
    walk.actor(at.of)
    _stages(walk, stages, f"{within}.{at.track.text}")


def _stages(walk: Meanings, names: Iterable[Name], track: str) -> None:
    for name in names:
        walk.add("stage", name, track)


def _steps(walk: Meanings, names: Iterable[Name], within: str) -> None:
    for name in names:
        walk.add("step", name, within)


# ---- what may stand on a line ----


def around(page: Page, line: int) -> ProcedureItem | None:
    """The procedure that begins at the line."""
    found = (item for item in page.items if isinstance(item, ProcedureItem))
    return next((item for item in found if item.place.line == line), None)


def tracks(item: ProcedureItem) -> list[TrackPart]:
    """The tracks, those of all texts."""
    return [part for part in item.parts if isinstance(part, TrackPart)]


def stages(item: ProcedureItem, track: str) -> list[str]:
    """The stages of the track, or of all if there is none of that name."""
    mine = [part for part in tracks(item) if part.name.text == track] or tracks(item)
    return list(dict.fromkeys(stage.text for part in mine for stage in part.stages))


def steps(item: ProcedureItem) -> list[StepPart]:
    """The steps, those of all texts."""
    return [part for part in item.parts if isinstance(part, StepPart)]


def movers(roles: Iterable[str]) -> list[str]:
    """Who may take a step, as far as the words are the language's own."""
    return [*OFFICES, "each party", *(f"each {role}" for role in roles)]
