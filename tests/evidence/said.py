"""Builds small records of the Compact of Lir: states ARV, BOR, CAD, DUN, observers and papers."""

from __future__ import annotations

from dataclasses import replace

from foedus.evidence.claim import Claim, Derivation, Interest, Source, Speaker, Verb
from foedus.evidence.record import Record
from foedus.terms.fact import Fact, Predicate, Role
from foedus.terms.time import day

PREDICATES = {
    p.name: p
    for p in (
        Predicate("force", "incident", (Role("author", "Actor"), Role("victim", "State"))),
        Predicate("request", "act", (Role("by", "State"), Role("to", "Actor"), Role("about", "Incident"))),
        Predicate("withdrawn", "act", (Role("by", "State"), Role("what", "Act"))),
        Predicate("asserts", "speech", (Role("by", "Actor"), Role("content", "Content"))),
        Predicate("state", "role", (Role("who", "Actor"),)),
        Predicate("territory", "status", (Role("of", "Place"), Role("state", "State"))),
        Predicate("grave", "judgement", (Role("of", "Incident"),)),
    )
}
SPEAKERS = {
    "EMB": Speaker("EMB", "Embassy of Arvia", speaks_for="ARV"),
    "MINISTER": Speaker("MINISTER", "Minister of Arvia", speaks_for="EMB"),
    "OBS": Speaker("OBS", "Observers"),
    "PAPER": Speaker("PAPER", "The Paper"),
    "GAZETTE": Speaker("GAZETTE", "The Gazette"),
}


def source(
    name: str, by: str, *origins: str, on: str = "", channel: str | None = None, resolved: bool = True
):
    derives = tuple(Derivation(origin, "repeats it") for origin in origins)
    date = day(on) if on else None
    return Source(name, name, by, date=date, derives=derives, channel=channel, resolved=resolved)


def claim(by: str, verb: Verb, name: str, fact: str = "a1", **more: object) -> Claim:
    return replace(Claim(f"{fact}/{name}/{verb}", fact, verb, by, name), **more)


ATTACK = Fact("a1", "force", ("CAD", "ARV"), day("2020-07-20"))
REQUEST = Fact("r1", "request", ("ARV", "BOR", "a1"), day("2020-07-21"))
GRAVE = Fact("g1", "grave", ("a1",))


def record(*said: Claim | Source | Fact | Interest, **more: object) -> Record:
    """A record of what is given; each claim's source is made its speaker's own where none is given."""
    sources = {s.id: s for s in said if isinstance(s, Source)}
    claims = tuple(c for c in said if isinstance(c, Claim))
    for c in claims:
        sources.setdefault(c.source, source(c.source, c.by))
    facts = tuple(f for f in said if isinstance(f, Fact)) or (ATTACK, REQUEST, GRAVE)
    made = Record(
        facts=facts,
        claims=claims,
        sources=sources,
        speakers=SPEAKERS,
        interests=tuple(i for i in said if isinstance(i, Interest)),
        disputants=frozenset({"ARV", "CAD"}),
        predicates=PREDICATES,
    )
    return replace(made, **more)
