"""What would be owed to a state if another attacked it: a supposed record, under the treaties that bind.

The record is stipulated, not found: one use of force that opens a war, granted to be an armed attack and
unprovoked, and nothing else. Where it struck is said by the user, or stays open; whether help was asked for,
and everything else a treaty waits for, stays open too, and the answer says so. It is written as a trial writes
its record, and read as one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.finding import Assessment
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.evidence.record import Dossier, Record
from foedus.ir.norm import Program
from foedus.lang.parse import parse_page
from foedus.lang.to_record import to_record
from foedus.terms.states import with_article
from foedus.terms.time import EDate
from foedus.words.speech import aloud, phrase

PAGE = "attack"
GRANTED = ("armed_attack", "act_of_aggression", "unprovoked", "grave")
"""The judgements that the supposition grants, where the pages know the word."""
NOTHING_ELSE = ("force", "war", "at_blows", "threat", "unrest", "mobilisation", "event")
"""Incidents of which the supposed record holds no others."""
TARGETS = ("territory", "metropolitan_territory", "administered_territory")
"""What the attack strikes."""


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
    day = EDate.of(on)
    struck = tuple(dict.fromkeys(areas))
    known = program.vocabulary.values.get("Area", ())
    for area in struck:
        if area not in known:
            values = {"name": "--in", "value": area, "known": ", ".join(known)}
            raise Refused(Problem("F503", whole(f"--in {area}"), values))
    sides = {"author": _named(program, author), "victim": _named(program, victim)}
    called = aloud(phrase("an attack by {author} on {victim}", **sides))
    war = aloud(phrase("a war of {author} on {victim}", **sides))
    record = _read(program, _written(program, victim, author, day, struck, called, war))
    ids = tuple(norms)
    instruments = tuple(dict.fromkeys(name.partition(".")[0] for name in ids))
    dossier = Dossier(
        "attack", called, record, on=day, period=day, concerning=(victim,), instruments=instruments
    )
    answer = assess(dossier, program, Asked(only=ids, beneficiary=victim, known_by=known_by))
    # Nobody has claimed anything: what would follow on the claims alone, or under another text, says nothing here.
    kept = (replace(f, claimed=f.granting, had_applied=()) for f in answer.findings if f.bearers != (victim,))
    return replace(answer, findings=tuple(kept))


def _written(
    program: Program, victim: str, author: str, day: EDate, areas: Collection[str], called: str, war: str
) -> Iterator[str]:
    """The lines of the record, as far as the pages know their words."""
    words = program.vocabulary.predicates
    incidents = ["attack"]
    yield f'fact attack force({author}, {victim}) on {day.text} "{called}" established'
    if "war" in words:
        incidents.append("war")
        yield f'fact war war({author}, {victim}) on {day.text} "{war}" established'
    if "at_blows" in words:
        yield f'fact at_blows at_blows({victim}, {author}) on {day.text} "{war}" established'
    for name in GRANTED:
        if name in words and len(words[name].roles) == 1:
            yield from (f"fact {name}({incident}) undisputed" for incident in incidents)
    if "threatens" in words:
        for interest in program.vocabulary.values.get("Interest", ()):
            yield f"fact threatens(attack, {victim}, {interest}) undisputed"
    if "struck" in words:
        yield from (f"fact struck(attack, {target}, {victim}) established" for target in TARGETS)
        yield 'complete for struck(attack, _, _) by encoder "it struck what is listed"'
    yield from (f"fact within(attack, {area}) established" for area in areas)
    if areas:
        yield 'complete for within(attack, _) by encoder "it struck where is listed"'
    for name in NOTHING_ELSE:
        if name in words:
            yield f'complete for {name} by encoder "nothing else is supposed"'
    for name, atom in (("withdrawn", "withdrawn"), ("announced", "announced(by: UNSC)")):
        if name in words:
            yield f"presume no {atom}"


def _read(program: Program, lines: Iterable[str]) -> Record:
    text = "\n".join((f"# {PAGE}", "", f"## Trial · {PAGE}", "", "```record", *lines, "```", ""))
    page, mistakes = parse_page(PAGE, text)
    record, slips = to_record(page.trials[0].records, program)
    if mistakes or slips:
        raise Refused(*mistakes, *slips)
    return record


def _named(program: Program, code: str) -> str:
    actor = program.vocabulary.actors.get(code)
    return with_article(code) if actor is None else actor.name
