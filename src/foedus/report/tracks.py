"""What leads from where to where on a track, and who takes a step, in words: what every drawing of a procedure shows.

>>> from foedus.ir.procedure import Move, Step, Track
>>> matter = Track("matter", ("none", "asked"), ends=("asked",))
>>> ask = Step("lir.aid.ask", "ask", "", (), (Move("matter", ("none",), "asked"),))
>>> arrows(Procedure("lir.aid", "CSL", "", (matter,), (ask,)), matter)
(Arrow(source='none', target='asked', steps=('ask',), clocks=()),)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.ir.formula import Var
from foedus.ir.procedure import Clock, Move, Mover, Office, Procedure, Step, Track
from foedus.report.lists import labelled, listed
from foedus.words.speech import marked_in, plural, say, say_in

Names = Mapping[str, str]
"""What codes are called: `CSC` → “the Collective Security Council”."""

OFFICES: dict[Office, str] = {
    "chair": marked_in("office", "the chair"),
    "secretary": marked_in("office", "the secretary"),
    "commander": marked_in("office", "the commander"),
}
MANDATES = {
    "gives": marked_in("mandate", "lays a mandate down"),
    "within": marked_in("mandate", "keeps within the mandate"),
    "extends": marked_in("mandate", "extends the mandate"),
    "ends": marked_in("mandate", "ends the mandate"),
}


@dataclass(frozen=True, slots=True)
class Arrow:
    """Steps, and clocks that run out, by which a track goes from one stage to another (or stays in one)."""

    source: str
    target: str
    steps: tuple[str, ...]
    clocks: tuple[str, ...] = ()


def arrows(procedure: Procedure, track: Track) -> tuple[Arrow, ...]:
    """Every way on the track, by its stages in their order. A move from any stage is one from every other."""
    found: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    movers: tuple[Step | Clock, ...] = (*procedure.steps, *procedure.clocks)
    for mover in movers:
        for move in mover.moves:
            for source in _sources(move, track) if move.track == track.name else ():
                names = found.setdefault((source, move.target), ([], []))[isinstance(mover, Clock)]
                if mover.name not in names:
                    names.append(mover.name)
    order = {stage: n for n, stage in enumerate(track.stages)}
    known = sorted(
        (pair for pair in found if set(pair) <= set(order)), key=lambda pair: (order[pair[0]], order[pair[1]])
    )
    return tuple(Arrow(*pair, tuple(found[pair][0]), tuple(found[pair][1])) for pair in known)


def _sources(move: Move, track: Track) -> tuple[str, ...]:
    return move.sources or tuple(stage for stage in track.stages if stage != move.target)


def way_words(arrow: Arrow) -> list[str]:
    """What leads along the arrow, each in words: a step by its name, a clock as running out."""
    return [*arrow.steps, *(say("{clock} runs out", clock=clock) for clock in arrow.clocks)]


# ---- in words ----


def track_title(track: Track) -> str:
    """The track's title, and whose it is where there is one each."""
    title = track.title or track.name
    return say("{track} ({name})", track=title, name=track.of.name) if track.of else title


def movers_words(step: Step, names: Names) -> str:
    """`the chair or each party`."""
    return listed([mover_words(mover, names) for mover in step.movers], "or")


def mover_words(mover: Mover, names: Names) -> str:
    """One of those who may take a step."""
    if mover.office is not None:
        return say_in("office", OFFICES[mover.office])
    if mover.var is None:
        return names.get(mover.name, mover.name)
    if not mover.each:
        return say("the state {name}", name=mover.var.name)
    if mover.role == "party":
        return say("any party {name}", name=mover.var.name)
    return say("any {role} {name}", role=mover.role, name=mover.var.name)


def taken_by(step: Step, names: Names) -> str:
    """Who takes the step, by what rule, and what it is to the mandate."""
    who = movers_words(step, names)
    said = say("by {who}", who=who)
    if step.rule is not None:
        said = say("by {who}, under the rule {rule}", who=who, rule=step.rule)
    if step.mandate:
        return say("{said}; {mandate}", said=said, mandate=say_in("mandate", MANDATES[step.mandate]))
    return said


def moved(move: Move) -> str:
    """`matter: none, asked → decided`."""
    sources = ", ".join(move.sources) if move.sources else say("any stage")
    return labelled(_whose(move.track, move.of), f"{sources} → {move.target}")


def waits_for(step: Step) -> str:
    """In which stages other tracks must be; empty if in any."""
    parts = [
        say("{track} is {stages}", track=_whose(each.track, each.of), stages=listed(each.stages, "or"))
        for each in step.whiles
    ]
    return say("while {conditions}", conditions=listed(parts)) if parts else ""


def _whose(track: str, of: Var | None) -> str:
    return say("{track} of {name}", track=track, name=of.name) if of is not None else track


def length_words(clock: Clock) -> str:
    """How long the clock runs, and who says so."""
    if clock.hours is not None:
        return plural("{n} hour", "{n} hours", clock.hours)
    if clock.set_by == "decision":
        return say("as long as the decision says")
    return say("as long as the chair says") if clock.set_by == "chair" else say("how long is not stated")


def runs(clock: Clock) -> str:
    """From which steps the clock runs, until which, and how long."""
    parts = {"starts": listed(clock.starts, "or"), "length": length_words(clock)}
    if clock.until:
        return say("from {starts} until {stops}; {length}", stops=listed(clock.until, "or"), **parts)
    return say("from {starts}; {length}", **parts)


__all__ = [
    "Arrow", "Names", "arrows", "length_words", "moved", "mover_words", "movers_words", "runs", "taken_by",
    "track_title", "waits_for", "way_words",
]  # fmt: skip
