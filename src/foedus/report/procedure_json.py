"""Procedures, and cases replayed through them, as JSON; the form is published (`procedure.schema.json`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from foedus import __version__
from foedus.assessment.clocks import Ran
from foedus.assessment.lanes import Way
from foedus.assessment.orders import Subject
from foedus.assessment.procedure import Event, Matter, Refusal, Replay
from foedus.ir.procedure import Clock, Move, Mover, Procedure, Step, While
from foedus.ir.show import show_formula
from foedus.report.plain import Json, basis_json, date_json, place_json

SCHEMA_ID = "urn:foedus:schema:procedure:1"
"""Changes when the form changes in a way that a reader of it could not take."""

SCHEMA = Path(__file__).with_name("procedure.schema.json")


def schema() -> Json:
    """The published JSON Schema."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def to_json(procedures: Sequence[Procedure], replays: Sequence[Replay] = ()) -> Json:
    """The procedures, and what came of replaying a dossier through each; none for a page."""
    dossier = replays[0].dossier if replays else None
    return {
        "schema": SCHEMA_ID,
        "version": __version__,
        "dossier": {"id": dossier.id, "title": dossier.title} if dossier else None,
        "procedures": [procedure_json(procedure) for procedure in procedures],
        "replays": [replay_json(found) for found in replays],
    }


def procedure_json(procedure: Procedure) -> Json:
    """A procedure as the page lays it down."""
    return {
        "id": procedure.id,
        "organ": procedure.organ,
        "title": procedure.title,
        "text": procedure.text,
        "tracks": [
            {
                "name": track.name, "title": track.title, "of": track.of.name if track.of else None,
                "stages": list(track.stages), "ends": list(track.ends), "place": place_json(track.place),
            }
            for track in procedure.tracks
        ],
        "steps": [_step(step) for step in procedure.steps],
        "clocks": [_clock(clock) for clock in procedure.clocks],
        "first": list(procedure.precedence),
        "place": place_json(procedure.place),
    }  # fmt: skip


def _step(step: Step) -> Json:
    return {
        "id": step.id,
        "name": step.name,
        "title": step.title,
        "article": step.place.heading,
        "by": [_mover(mover) for mover in step.movers],
        "moves": [_move(move) for move in step.moves],
        "while": [_while(each) for each in step.whiles],
        "when": show_formula(step.condition) if step.condition is not None else None,
        "decided_by": step.rule,
        "mandate": step.mandate or None,
        "performed_by": show_formula(step.act) if step.act is not None else None,
        "place": place_json(step.place),
    }


def _mover(mover: Mover) -> str:
    if mover.var is None:
        return mover.office or mover.name
    return f"each {mover.role} {mover.var.name}" if mover.each else mover.var.name


def _move(move: Move) -> Json:
    of = move.of.name if move.of else None
    return {"track": move.track, "of": of, "from": list(move.sources), "to": move.target}


def _while(each: While) -> Json:
    return {"track": each.track, "of": each.of.name if each.of else None, "stages": list(each.stages)}


def _clock(clock: Clock) -> Json:
    return {
        "name": clock.name,
        "title": clock.title,
        "from": list(clock.starts),
        "until": list(clock.until),
        "hours": clock.hours,
        "set_by": clock.set_by,
        "then": [_move(move) for move in clock.moves],
    }


# ---- replayed ----


def replay_json(found: Replay) -> Json:
    """A dossier under one procedure."""
    return {
        "procedure": found.procedure.id,
        "moved": {name: on.text for name, on in sorted((found.moved or {}).items())},
        "matters": [_matter(matter) for matter in found.matters],
        "refuted": [act.fact.id for act in found.refuted],
    }


def _matter(matter: Matter) -> Json:
    return {
        "in_order": "depends" if matter.depends else _word(matter.word),
        "if_all_happened": _word(matter.word),
        "if_nothing_doubted_did": _word(matter.without),
        "depends_on": [event.id for event in matter.decisive],
        "bound": {name: list(values) for name, values in matter.bound.items()},
        "events": [_event(event, matter) for event in matter.events],
        "refusal": _refusal(matter.refusal) if matter.refusal is not None else None,
        "not_established": [event.id for event in matter.rests_on],
        "rests_on_closing": matter.closed,
        "hinges": [[first.id, second.id] for first, second in matter.hinges],
        "clocks": [_ran(clock) for clock in matter.clocks],
    }


def _word(word: str) -> str:
    return "not determined" if word == "too many" else word


def _event(event: Event, matter: Matter) -> Json:
    act = event.act
    return {
        "fact": event.id,
        "step": act.step.name,
        "article": act.step.place.heading,
        "by": list(act.who),
        "on": date_json(act.fact.on),
        "begun": [day.isoformat() for day in act.days],
        "standing": event.standing.word,
        "doubted": event.doubted,
        "unconfirmed": event.unconfirmed,
        "moved": event.moved,
        "vague": act.vague,
        "stages": [
            {"track": subject.track, "of": subject.owner or None, "stage": stage}
            for subject, way in matter.ways
            for stage, at in way
            if at is event
        ],
        "condition": {
            "answer": event.condition.answer,
            "turns_on": [name for name, _ in event.condition.turns_on],
        }
        if event.condition is not None
        else None,
        "decision": {
            "rule": event.decision.rule,
            "answer": event.decision.answer,
            "ballots": dict(event.decision.statuses),
            "regular": event.decision.judgement or None,
            "turns_on": [name for name, _ in event.decision.turns_on],
        }
        if event.decision is not None
        else None,
    }


def _subject(subject: Subject | None) -> Json | None:
    return {"track": subject.track, "of": subject.owner or None} if subject is not None else None


def _refusal(refusal: Refusal) -> Json:
    return {
        "fact": refusal.event.id,
        "step": refusal.event.act.step.name,
        "article": refusal.event.act.step.place.heading,
        "place": place_json(refusal.event.act.step.place),
        "track": _subject(refusal.subject),
        "at": list(refusal.at),
        "wanted": list(refusal.wanted),
        "since": refusal.since.id if refusal.since is not None else None,
        "before": [event.id for event in refusal.before],
        "first": [event.id for event in refusal.missing],
        "through": [_way(way) for way in refusal.through],
    }


def _way(way: Way) -> Json:
    return {
        "from": way.source,
        "to": way.target,
        "step": way.step.name if way.step is not None else None,
        "clock": way.clock.name if way.clock is not None else None,
        "closed": basis_json(way.closed),
    }


def _ran(clock: Ran) -> Json:
    return {
        "clock": clock.clock.name,
        "from": clock.start.fact.id,
        "until": clock.stop.fact.id if clock.stop is not None else None,
        "days": list(clock.days) if clock.days is not None else None,
        "hours": clock.clock.hours,
        "set_by": clock.clock.set_by,
        "kept": clock.kept or None,
    }
