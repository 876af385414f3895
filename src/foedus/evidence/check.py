"""What is wrong with a record before anything is weighed.

A record lowered from pages has no unknown names left, and can only have the problems F420 to F424; the
others (F211, F213, F219, F401, F402) are for records that were made otherwise, and are the same codes that
the pages' names have. A record with problems can still be weighed, but for F424: nothing here
changes a standing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foedus.diagnostics.problem import Note, Problem, Refused
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
            yield Problem("F402", closing.place, {"name": closing.pattern.predicate})
    for presumption in record.presumptions:
        if is_judgement(record, presumption.pattern.predicate):
            yield Problem("F422", presumption.place, {"name": presumption.pattern.predicate})


def _unknown_sources(record: Record) -> Iterator[Problem]:
    cited = [(claim.source, claim.place) for claim in record.claims]
    cited += [(value.source, value.place) for quantity in record.quantities for value in quantity.values]
    cited += [(held.source, held.place) for held in record.held if held.source]
    for name, place in cited:
        if name not in record.sources:
            yield Problem("F211", place, {"name": name}, help=_near(name, record.sources))
    for closing in record.closings:
        if closing.by != "encoder" and closing.by not in record.sources:
            yield Problem("F211", closing.place, {"name": closing.by}, help=_near(closing.by, record.sources))


def _circles_of_sources(record: Record) -> Iterator[Problem]:
    told: set[str] = set()
    for name, source in record.sources.items():
        try:
            above = origins_of(record, name)
        except Refused as refused:
            yield from refused.problems
            return
        if name in above and name not in told:
            circle = [name, *(o for o in above if o != name and name in origins_of(record, o))]
            told.update(circle)
            others = ", ".join(f"`{o}`" for o in circle[1:])
            notes = tuple(Note(record.sources[o].place, f"`{o}`") for o in circle[1:])
            yield Problem("F420", source.place, {"name": name, "others": others}, notes=notes)


def _circles_of_speakers(record: Record) -> Iterator[Problem]:
    told: set[str] = set()
    for name, speaker in record.speakers.items():
        circle = circle_of(record, name)
        if circle and name not in told:
            told.update(circle)
            round_ = " → ".join((*circle, circle[0]))
            notes = tuple(Note(record.speakers[s].place, f"`{s}`") for s in circle[1:])
            yield Problem("F421", speaker.place, {"name": name, "circle": round_}, notes=notes)


def _stipulated(record: Record) -> Iterator[Problem]:
    places = {fact.id: fact.place for fact in record.facts}
    for fact, word in record.given.items():
        yield Problem("F401", places.get(fact, NOWHERE), {"name": fact, "word": word})


def _same_fact_twice(record: Record) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for fact in record.facts:
        if fact.id in first:
            yield Problem("F213", fact.place, {"name": fact.id}, notes=(Note(first[fact.id], "first here"),))
        first.setdefault(fact.id, fact.place)


def _unknown_facts(record: Record) -> Iterator[Problem]:
    known = {fact.id for fact in record.facts}
    for interest in record.interests:
        if interest.fact != "*" and interest.fact not in known:
            yield Problem("F219", interest.place, {"name": interest.fact}, help=_near(interest.fact, known))
    for tension in record.tensions:
        for name in tension.facts:
            if name not in known:
                yield Problem("F219", tension.place, {"name": name}, help=_near(name, known))


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
                yield Problem("F423", value.place, {**values, "source": value.source})


def _near(name: str, among: Iterable[str]) -> str:
    """What to do about a name that is not there; empty if nothing is like it."""
    meant = suggest(name, sorted(among))
    return f"Did you mean `{meant}`?" if meant else ""
