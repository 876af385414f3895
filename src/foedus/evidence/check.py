"""What is wrong with a record before anything is weighed: each as a problem with a code F4xx.

A record with problems can still be weighed (nothing here changes a standing), except where a fact's
predicate is missing, which the pages' names settle earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foedus.diagnostics.problem import Note, Problem
from foedus.diagnostics.span import NOWHERE, Place
from foedus.diagnostics.suggest import suggest
from foedus.evidence.closings import is_judgement
from foedus.evidence.lineage import origins_of
from foedus.evidence.principals import circle_of
from foedus.evidence.record import Dossier, Record
from foedus.terms.time import certainly_before


def check(checked: Dossier | Record) -> tuple[Problem, ...]:
    """Every problem of a dossier or of a trial's record, by code, then in the writer's order."""
    record = checked.record if isinstance(checked, Dossier) else checked
    found = [
        *_evaluations_closed(record),
        *_unknown_sources(record),
        *_circles_of_sources(record),
        *_circles_of_speakers(record),
        *(_stipulated(record) if isinstance(checked, Dossier) else ()),
        *_same_fact_twice(record),
        *_unknown_facts(record),
        *_figures_ahead(record),
    ]
    return tuple(sorted(found, key=lambda problem: problem.code))


def _evaluations_closed(record: Record) -> Iterator[Problem]:
    for closing in record.closings:
        if is_judgement(record, closing.pattern.predicate):
            yield Problem("F401", closing.place, {"name": closing.pattern.predicate, "how": "closed"})
    for presumption in record.presumptions:
        if is_judgement(record, presumption.pattern.predicate):
            yield Problem(
                "F401", presumption.place, {"name": presumption.pattern.predicate, "how": "presumed"}
            )


def _unknown_sources(record: Record) -> Iterator[Problem]:
    cited = [(claim.source, claim.place) for claim in record.claims]
    cited += [(value.source, value.place) for quantity in record.quantities for value in quantity.values]
    cited += [(held.source, held.place) for held in record.held if held.source]
    for name, place in cited:
        if name not in record.sources:
            yield Problem("F402", place, {"name": name, "near": _near(name, record.sources)})
    for closing in record.closings:
        if closing.by != "encoder" and closing.by not in record.sources:
            yield Problem(
                "F402", closing.place, {"name": closing.by, "near": _near(closing.by, record.sources)}
            )


def _circles_of_sources(record: Record) -> Iterator[Problem]:
    told: set[str] = set()
    for name, source in record.sources.items():
        above = origins_of(record, name)
        if name in above and name not in told:
            circle = [name, *(o for o in above if o != name and name in origins_of(record, o))]
            told.update(circle)
            others = ", ".join(f"`{o}`" for o in circle[1:])
            notes = tuple(Note(record.sources[o].place, f"`{o}`") for o in circle[1:])
            yield Problem("F403", source.place, {"name": name, "others": others}, notes=notes)


def _circles_of_speakers(record: Record) -> Iterator[Problem]:
    told: set[str] = set()
    for name, speaker in record.speakers.items():
        circle = circle_of(record, name)
        if circle and name not in told:
            told.update(circle)
            round_ = " → ".join((*circle, circle[0]))
            notes = tuple(Note(record.speakers[s].place, f"`{s}`") for s in circle[1:])
            yield Problem("F404", speaker.place, {"name": name, "circle": round_}, notes=notes)


def _stipulated(record: Record) -> Iterator[Problem]:
    places = {fact.id: fact.place for fact in record.facts}
    for fact, word in record.given.items():
        yield Problem("F405", places.get(fact, NOWHERE), {"name": fact, "word": word})


def _same_fact_twice(record: Record) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for fact in record.facts:
        if fact.id in first:
            yield Problem("F406", fact.place, {"name": fact.id}, notes=(Note(first[fact.id], "first here"),))
        first.setdefault(fact.id, fact.place)


def _unknown_facts(record: Record) -> Iterator[Problem]:
    known = {fact.id for fact in record.facts}
    for interest in record.interests:
        if interest.fact != "*" and interest.fact not in known:
            yield Problem(
                "F407", interest.place, {"name": interest.fact, "near": _near(interest.fact, known)}
            )
    for tension in record.tensions:
        for name in tension.facts:
            if name not in known:
                yield Problem("F408", tension.place, {"name": name, "near": _near(name, known)})


def _figures_ahead(record: Record) -> Iterator[Problem]:
    for quantity in record.quantities:
        for value in quantity.values:
            source = record.sources.get(value.source)
            if source and source.date and certainly_before(source.date, value.as_of):
                values = {
                    "name": quantity.title or quantity.id,
                    "as_of": value.as_of.text,
                    "date": source.date.text,
                }
                yield Problem("F409", value.place, {**values, "source": value.source})


def _near(name: str, among: Iterable[str]) -> str:
    """What to do about a name that is not there; empty if nothing is like it."""
    meant = suggest(name, sorted(among))
    return f"Did you mean `{meant}`?" if meant else ""
