"""A probe as a dossier: what it says is so stands in a record with its day, and all else is closed.

Nothing here goes through `Hypothesis`: facts are established, judgements undisputed or supposed away, what somebody
said is a claim in a document, readings are supposed, and the order is one of days.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.engines.situation import arguments
from foedus.evidence.claim import Claim, Source, Speaker
from foedus.evidence.record import Closing, Dossier, Pattern, Record, StandingWord
from foedus.ir.norm import Program
from foedus.obligations.probe import BAND, LAST, Probe, Staged
from foedus.terms.fact import Fact
from foedus.terms.time import EDate

SPEECH = re.compile(r"^(?P<who>\S+) (?P<verb>\w+) that (?P<predicate>\w+)\((?P<args>.*)\)$")
CLOSED = ("incident", "act", "role", "status")
SPAN = LAST + 3
"""How many days a probe takes."""


def without_rights(program: Program) -> Program:
    """The program without the rights that lift prohibitions, which probes leave aside."""
    return replace(program, norms=tuple(norm for norm in program.norms if not norm.lifts))


def arises(staged: Staged, probe: Probe, day: date, lane: int | None, program: Program) -> bool | None:
    """What the assessment says of a staged norm under a probe in a lane (None: readings left open): it arises, it
    does not, or that depends (None)."""
    suppose: dict[str, str] = {}
    dossier = _dossier(staged, probe, day, lane, suppose, program)
    cast, norm = staged.cast, staged.norm
    asked = Asked(on=day, suppose=suppose, only=(norm.id,), bearer=cast.debtor, beneficiary=cast.beneficiary)
    found = [
        finding
        for finding in assess(dossier, program, asked).findings
        if finding.norm.id == norm.id and finding.norm.text == norm.text and cast.debtor in finding.bearers
        and finding.beneficiary == cast.beneficiary
    ]  # fmt: skip
    settled = {finding.granting.settled for finding in found}
    if "yes" in settled:
        return True
    return False if settled <= {"no"} else None


def _dossier(
    staged: Staged, probe: Probe, day: date, lane: int | None, suppose: dict[str, str], program: Program
) -> Dossier:
    chosen = staged.layout.lane(lane) if lane is not None else {}
    facts: dict[str, Fact] = {}
    given: dict[str, StandingWord] = {}
    claims: list[Claim] = []
    begun = day - timedelta(SPAN)
    unsure = any(about.kind == "other" for about, _ in staged.variables.values())
    for fact in staged.hypothesis.facts:
        if staged.so(fact.id, probe):
            # Whether somebody is bound is asked of the day of the event: where that is unsure, it is the day itself.
            on = EDate.of(day if unsure else begun + timedelta(staged.rank(fact.id)))
            args = tuple(all_of_them(arg, staged, program) for arg in fact.args)
            facts[fact.id] = replace(fact, args=args, on=on)
            given[fact.id] = "established"
    spoken_of = {
        name
        for fact in facts.values()
        for arg in fact.args
        for name in (arg if isinstance(arg, tuple) else (arg,))
    }
    said = " ".join(name for name, (about, _) in staged.variables.items() if about.kind == "speech")
    for fact in staged.hypothesis.facts:  # what somebody asks about, or speaks of, need not be so
        if (fact.id in spoken_of or fact.id in said) and fact.id not in facts:
            facts[fact.id], given[fact.id] = fact, "refuted"
    for name in {**staged.variables, **dict.fromkeys(staged.layout.columns)}:
        about = staged.hypothesis.variable(name)
        if name in staged.axis or about.kind == "order":
            continue
        open_ = lane is None and name in staged.layout.columns
        so = chosen[name] if name in chosen else not open_ and staged.holds(name, probe)
        if about.kind == "answer":
            if so:
                suppose[about.args[0]] = about.args[1]
        elif about.kind in ("unread", "other"):
            if not open_:
                suppose[name] = "yes" if so else "no"
        elif about.kind == "speech":
            if so:
                claims.append(_claim(name, facts, given, program))
        elif about.kind == "judgement":
            facts[name] = Fact(name, about.predicate, about.args)
            given[name] = "undisputed" if so else "disputed"
            if not so and not open_:
                suppose[name] = "no"
        elif so or open_:
            kind = program.vocabulary.predicates[about.predicate].kind
            span = EDate(f"{begun}/{day}", "span", begun, day) if kind == "status" else None
            facts[name] = Fact(name, about.predicate, about.args, span)
            given[name] = "disputed" if open_ else "established"
    kinds: Mapping[str, str] = {name: p.kind for name, p in program.vocabulary.predicates.items()}
    record = Record(
        facts=tuple(facts.values()),
        claims=tuple(claims),
        sources={"note": Source("note", "Note", "HERALD")},
        speakers={claim.by: Speaker(claim.by, claim.by) for claim in claims},
        closings=tuple(
            Closing(Pattern(name, ()), None, "encoder") for name, kind in kinds.items() if kind in CLOSED
        ),
        given=given,
        sorts={BAND: "Group"},
        predicates=program.vocabulary.predicates,
    )
    span = EDate(f"{begun}/{day}", "span", begun, day)
    return Dossier("probe", "A probe", record, period=span, instruments=(staged.norm.instrument,))


def all_of_them(
    arg: str | tuple[str, ...] | None, staged: Staged, program: Program
) -> str | tuple[str, ...] | None:
    """What the parties of a cast do, all parties do: a probe tells of three, and an agreement needs every one."""
    if isinstance(arg, str) or arg is None or staged.cast.debtor not in arg:
        return arg
    lives = program.instruments[staged.norm.instrument].lives
    return tuple(dict.fromkeys((*arg, *(life.state for life in lives))))


def _claim(name: str, facts: dict[str, Fact], given: dict[str, StandingWord], program: Program) -> Claim:
    found = SPEECH.match(name)
    assert found is not None, name
    args = tuple(None if a == "_" else a for a in arguments(found["args"]))
    id_ = f"what {name}"
    facts[id_] = Fact(id_, found["predicate"], args)
    given[id_] = (
        "disputed" if program.vocabulary.predicates[found["predicate"]].kind == "judgement" else "refuted"
    )
    return Claim(f"{id_}/note", id_, found["verb"], found["who"], "note")  # type: ignore[arg-type]
