"""An assessment as JSON: everything that the page says, keyed by stable ids.

Letters are a field (`letter`), never a key; fractions are text (`1/3`), dates EDTF. The form is
published beside this module (`assessment.schema.json`, JSON Schema 2020-12) and its `$id` is cited
in every answer. Equal assessments give equal documents, in the same order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from foedus.assessment.finding import Assessment, Finding, Open, Position, View
from foedus.engines.contract import Sets
from foedus.evidence.claim import Claim, Source
from foedus.evidence.principals import principal_of
from foedus.evidence.record import Quantity
from foedus.evidence.standing import Standing
from foedus.evidence.tensions import Strain
from foedus.report.conditions import Letters
from foedus.report.plain import (
    Json,
    basis_json,
    chance_json,
    conduct_json,
    date_json,
    norm_json,
    not_encoded_json,
    place_json,
    reason_json,
    source_json,
)
from foedus.report.texts import texts_json

SCHEMA_ID = "urn:foedus:schema:assessment:1"
"""Changes when the form changes in a way that a reader of it could not take."""

SCHEMA = Path(__file__).with_name("assessment.schema.json")


def schema() -> Json:
    """The published JSON Schema."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def to_json(assessment: Assessment) -> Json:
    """The whole answer as a value for `json.dumps`."""
    writer = _Writer(assessment)
    dossier = assessment.dossier
    return {
        "schema": SCHEMA_ID,
        "version": assessment.version,
        "engine": assessment.engine,
        "digests": dict(sorted(assessment.digests.items())),
        "dossier": {
            "id": dossier.id,
            "title": dossier.title,
            "period": date_json(dossier.period),
            "concerning": list(dossier.concerning),
            "instruments": list(dossier.instruments),
        },
        "on": assessment.on.isoformat(),
        "known_by": assessment.known_by.isoformat() if assessment.known_by else None,
        "supposed": dict(sorted(assessment.supposed.items())),
        "documents": assessment.documents,
        "sources_independent": assessment.sources,
        "instruments": [
            {
                "id": i.id,
                "title": i.title,
                "in_force_unconfirmed": i.in_force_unconfirmed,
                "yields_to": [p.first for p in assessment.program.precedence if p.second == i.id],
            }
            for i in assessment.program.instruments.values()
        ],
        "not_in_force": [{"instrument": name, "why": why} for name, why in assessment.not_in_force],
        "findings": [writer.finding(finding) for finding in assessment.findings],
        "questions": [writer.question(question) for question in assessment.questions],
        "positions": [writer.position(position) for position in assessment.positions],
        "facts": [writer.fact(name, standing) for name, standing in assessment.standings.items()],
        "outcomes": [
            {
                "word": outcome.word,
                "what": outcome.title,
                "on": outcome.on.text if outcome.on else None,
                "source": outcome.source or None,
                "unconfirmed": outcome.unconfirmed,
                "under": [
                    {"norm": a.norm, "to": a.beneficiary or None, "by": a.bearer or None}
                    for a in outcome.under
                ],
                "note": outcome.note or None,
            }
            for outcome in assessment.dossier.outcomes
        ],
        "tensions": [writer.tension(strain) for strain in assessment.tensions],
        "texts": texts_json(assessment),
        "figures": [writer.figure(quantity) for quantity in assessment.quantities],
        "sources": [source_json(source) for source in writer.sources()],
        "speakers": writer.speakers(),
    }


class _Writer:
    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.record = assessment.dossier.record
        self.letters = Letters.of(assessment)
        self.predicates = {**assessment.program.vocabulary.predicates, **self.record.predicates}
        self.by_id = {fact.id: fact for fact in self.record.facts}

    def finding(self, finding: Finding) -> Json:
        return {
            "id": finding.id,
            "norm": norm_json(finding.norm),
            "bearers": list(finding.bearers),
            "beneficiary": finding.beneficiary,
            "views": {
                "on_facts": self.view(finding.on_facts),
                "granting": self.view(finding.granting),
                "claimed": self.view(finding.claimed),
            },
            "had_applied": [{"text": text, "view": self.view(view)} for text, view in finding.had_applied],
            "reason": reason_json(finding.reason),
            "not_encoded": [not_encoded_json(n) for n in (*finding.qualifiers, *finding.details)],
            "unconfirmed": list(finding.unconfirmed),
            "lifted_by": list(finding.lifted_by),
            "conduct": [conduct_json(conduct) for conduct in finding.conduct],
            "because": [self.setting(name, value) for name, value in finding.because],
            "turned_by": self.sets(finding.turned_by),
            "chance": chance_json(finding.chance),
        }

    def view(self, view: View) -> Json:
        return {
            "settled": view.settled,
            "word": view.word,
            "turns_on": list(view.turns_on),
            "holds_if": self.sets(view.arises_if),
            "fails_if": self.sets(view.fails_if),
            "needless": list(view.needless),
            "engine": view.engine,
        }

    def sets(self, found: Sets) -> Json:
        return {
            "sets": [[self.setting(name, value) for name, value in each] for each in found.sets],
            "complete": found.complete,
        }

    def setting(self, name: str, value: bool) -> Json:
        read = self.letters.read(name, value)
        about = self.letters.about.get(name, read.question)
        return {"question": about, "variable": name, "value": value, "answer": read.answer}

    def question(self, question: Open) -> Json:
        return {
            "id": question.id,
            "letter": question.letter,
            "kind": question.kind,
            "words": question.words,
            "standing": question.standing,
            "answers": [
                {
                    "answer": answer,
                    "voices": [
                        {
                            "by": v.by,
                            "source": v.source,
                            "on": v.on,
                            "quote": v.quote,
                            "unconfirmed": v.unconfirmed,
                        }
                        for v in voices
                    ],
                }
                for answer, voices in question.answers
            ],
            "documents": question.documents,
            "sources_independent": question.sources,
            "would_change": list(question.would_change),
            "covers": list(question.covers),
        }

    def position(self, position: Position) -> Json:
        return {
            "speaker": position.speaker,
            "holds": dict(sorted(position.holds.items())),
            "verdicts": {
                name: {"word": v.word, "settled": v.settled, "turns_on": list(v.turns_on)}
                for name, v in sorted(position.verdicts.items())
            },
            "claims": [claim.id for claim in position.claims],
            "held": [
                {
                    "question": h.question,
                    "answer": h.answer,
                    "by": h.by,
                    "on": date_json(h.on),
                    "source": h.source or None,
                }
                for h in position.held
            ],
        }

    def fact(self, name: str, standing: Standing) -> Json:
        fact = self.by_id.get(name)
        predicate = self.predicates.get(fact.predicate) if fact else None
        return {
            "id": name,
            "predicate": fact.predicate if fact else None,
            "kind": predicate.kind if predicate else None,
            "args": [list(arg) if isinstance(arg, tuple) else arg for arg in fact.args] if fact else [],
            "on": date_json(fact.on) if fact else None,
            "title": fact.title if fact else "",
            "unconfirmed": fact.unconfirmed if fact else False,
            "standing": standing.word,
            "rule": standing.rule,
            "why": standing.why,
            "documents": standing.documents,
            "sources_independent": standing.sources,
            "claims": [self.claim(claim) for claims in standing.claims.values() for claim in claims],
            "components": [
                {"documents": list(c.documents), "principals": list(c.principals), "reasons": list(c.reasons)}
                for c in standing.components
            ],
            "basis": basis_json(standing.closing or standing.presumption),
            "refuted_by": standing.refuted_by,
            "would_change": list(standing.would_change),
            "place": place_json(fact.place) if fact else None,
        }

    def claim(self, claim: Claim) -> Json:
        return {
            "id": claim.id,
            "verb": claim.verb,
            "by": claim.by,
            "principal": principal_of(self.record, claim.by),
            "source": claim.source or None,
            "on": date_json(claim.on),
            "where": claim.where,
            "quote": claim.quote,
            "of": claim.of,
            "authentic": claim.authentic,
            "against_interest": claim.against_interest,
            "unconfirmed": claim.unconfirmed,
            "note": claim.note,
        }

    def tension(self, strain: Strain) -> Json:
        return {
            "facts": list(strain.tension.facts),
            "why": strain.tension.why,
            "first": [claim.id for claim in strain.first],
            "second": [claim.id for claim in strain.second],
            "within": list(strain.principals),
        }

    def figure(self, quantity: Quantity) -> Json:
        return {
            "id": quantity.id,
            "title": quantity.title,
            "unit": quantity.unit,
            "values": [
                {
                    "value": str(value.value),
                    "as_of": date_json(value.as_of),
                    "source": value.source or None,
                    "by": value.by or None,
                    "at_least": value.at_least,
                    "withdrawn": value.withdrawn or None,
                    "unconfirmed": value.unconfirmed,
                    "note": value.note,
                }
                for value in quantity.values
            ],
        }

    def sources(self) -> Iterable[Source]:
        """Every document of the dossier and of the pages, by id; the dossier's first."""
        return {**self.assessment.program.sources, **self.record.sources}.values()

    def speakers(self) -> Json:
        known = {**self.assessment.program.speakers, **self.record.speakers}
        return {
            name: {"name": speaker.name, "speaks_for": speaker.speaks_for}
            for name, speaker in sorted(known.items())
        }
