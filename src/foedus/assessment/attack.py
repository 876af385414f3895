"""What would be owed to a state if another attacked it: a supposed record, under the treaties that bind.

The record is stipulated, not found: one use of force that opens a war, granted to be an armed attack and
unprovoked, and nothing else. Where it struck is said by the user, or stays open; whether help was asked for,
and everything else a treaty waits for, stays open too, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.finding import Assessment
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.evidence.record import Closing, Dossier, Pattern, Presumption, Record, StandingWord
from foedus.ir.norm import Program
from foedus.terms.fact import Fact
from foedus.terms.states import with_article
from foedus.terms.time import EDate
from foedus.words.speech import aloud, phrase

ATTACK, WAR, BLOWS = "attack", "war", "at_blows"
GRANTED = ("armed_attack", "act_of_aggression", "unprovoked", "grave")
"""The judgements that the supposition grants, where the pages know the word."""
NOTHING_ELSE = ("force", "war", "at_blows", "threat", "unrest", "mobilisation", "event")
"""Incidents of which the supposed record holds no others."""


def attack(
    program: Program,
    norms: Iterable[str],
    victim: str,
    author: str,
    on: date,
    areas: Iterable[str] = (),
    known_by: date | None = None,
) -> Assessment:
    """The norms asked about, towards the victim of a supposed attack on a day; `areas` is where it struck.

    Raises `Refused` (F503) for an area that no page knows.
    """
    words = program.vocabulary.predicates
    day = EDate.of(on)
    called = phrase(
        "an attack by {author} on {victim}", author=_named(program, author), victim=_named(program, victim)
    )
    war = phrase(
        "a war of {author} on {victim}", author=_named(program, author), victim=_named(program, victim)
    )
    facts = [Fact(ATTACK, "force", (author, victim), day, aloud(called))]
    given: dict[str, StandingWord] = {ATTACK: "established"}
    if WAR in words:
        facts.append(Fact(WAR, "war", (author, victim), day, aloud(war)))
        given[WAR] = "established"
    if BLOWS in words:
        facts.append(Fact(BLOWS, BLOWS, (victim, author), day, aloud(war)))
        given[BLOWS] = "established"
    for name in GRANTED:
        for incident in (ATTACK, WAR) if WAR in words else (ATTACK,):
            if name in words and len(words[name].roles) == 1:
                fact = Fact(f"{name}({incident})", name, (incident,))
                facts.append(fact)
                given[fact.id] = "undisputed"
    if "threatens" in words:
        for value in program.vocabulary.values.get("Interest", ()):
            fact = Fact(f"threatens-{value}", "threatens", (ATTACK, victim, value))
            facts.append(fact)
            given[fact.id] = "undisputed"
    if "struck" in words:
        for target in ("territory", "metropolitan_territory", "administered_territory"):
            facts.append(Fact(f"struck-{target}", "struck", (ATTACK, target, victim)))
            given[f"struck-{target}"] = "established"
    closings = [
        Closing(Pattern(name, (None,) * len(words[name].roles)), None, "encoder")
        for name in NOTHING_ELSE
        if name in words
    ]
    if "struck" in words:
        closings.append(Closing(Pattern("struck", (ATTACK, None, None)), None, "encoder"))
    known = program.vocabulary.values.get("Area", ())
    for area in dict.fromkeys(areas):
        if area not in known:
            values = {"name": "--in", "value": area, "known": ", ".join(known)}
            raise Refused(Problem("F503", whole(f"--in {area}"), values))
        facts.append(Fact(f"in-{area}", "within", (ATTACK, area)))
        given[f"in-{area}"] = "established"
    if areas:
        closings.append(Closing(Pattern("within", (ATTACK, None)), None, "encoder"))
    presumed = tuple(
        Presumption(Pattern(name, pattern))
        for name, pattern in (("withdrawn", (None, None)), ("announced", ("UNSC", None, None)))
        if name in words and len(words[name].roles) == len(pattern)
    )
    record = Record(
        facts=tuple(facts), closings=tuple(closings), presumptions=presumed, given=given,
        sorts={ATTACK: "force", WAR: "war", BLOWS: "at_blows"}, predicates=dict(words),
    )  # fmt: skip
    ids = tuple(norms)
    instruments = tuple(dict.fromkeys(name.partition(".")[0] for name in ids))
    dossier = Dossier(
        "attack", aloud(called), record, on=day, period=day, concerning=(victim,),
        instruments=instruments,
    )  # fmt: skip
    answer = assess(dossier, program, Asked(only=ids, beneficiary=victim, known_by=known_by))
    # Nobody has claimed anything: what would follow on the claims alone, or under another text, says nothing here.
    kept = (replace(f, claimed=f.granting, had_applied=()) for f in answer.findings if f.bearers != (victim,))
    return replace(answer, findings=tuple(kept))


def _named(program: Program, code: str) -> str:
    actor = program.vocabulary.actors.get(code)
    return with_article(code) if actor is None else actor.name
