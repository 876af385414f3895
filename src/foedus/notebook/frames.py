"""What is in an answer as rows, one thing a row: facts, claims, sources, figures, findings and the rest.

>>> table_of("positions").columns[0]
Column(name='speaker', kind='text', meaning='the principal')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from foedus.assessment.finding import WORDS, Assessment
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.suggest import suggest
from foedus.engines.estimate import Estimate
from foedus.evidence.claim import Source
from foedus.evidence.principals import principal_of
from foedus.notebook import columns as c
from foedus.notebook.columns import Column
from foedus.report.conditions import Letters
from foedus.report.openings import is_unconfirmed
from foedus.report.wording import Names, norm_title
from foedus.terms.edtf import EDate

Cell: TypeAlias = str | tuple[str, ...] | bool | int | float | date | None
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A frame's name, what one row of it is, its columns, and where the rows come from."""

    name: str
    row: str
    columns: tuple[Column, ...]
    rows: Callable[[Assessment], Iterable[Row]]


def table_of(name: str, further: Iterable[str] = ()) -> Table:
    """The table of that name; refuses (F510) one that there is not, `further` names being known as well."""
    found = TABLES.get(name)
    if found is None:
        names = (*TABLES, *further)
        near = suggest(name, names)
        advice = f"Did you mean `{near}`?" if near else f"The frames are {', '.join(names)}."
        raise Refused(Problem("F510", NOWHERE, {"name": name, "known": advice}))
    return found


def dated_cells(on: EDate | None) -> tuple[str | None, date | None, date | None]:
    """A date on record in its three columns: as written, the earliest and the latest day it can be."""
    if on is None:
        return None, None, None
    return on.text, None if on.open_start else on.first, None if on.open_end else on.last


def _facts(assessment: Assessment) -> Iterator[Row]:
    record = assessment.dossier.record
    predicates = {**assessment.program.vocabulary.predicates, **record.predicates}
    for fact in record.facts:
        standing, predicate = assessment.standings[fact.id], predicates[fact.predicate]
        args = tuple(
            f"{role.name}={', '.join(value) if isinstance(value, tuple) else value}"
            for role, value in zip(predicate.roles, fact.args, strict=False)
            if value is not None
        )
        yield (
            fact.id, predicate.kind, fact.predicate, args, fact.title or None, *dated_cells(fact.on),
            standing.word, standing.rule, standing.why, standing.documents, standing.sources,
            fact.unconfirmed, fact.place.page or None, fact.place.line or None,
        )  # fmt: skip


def _claims(assessment: Assessment) -> Iterator[Row]:
    record, sources = assessment.dossier.record, _documents(assessment)
    for standing in assessment.standings.values():
        for claims in standing.claims.values():
            for claim in claims:
                source = sources.get(claim.source)
                unsure = claim.unconfirmed or (source is not None and source.unconfirmed)
                yield (
                    claim.id, claim.fact, claim.verb, claim.by, principal_of(record, claim.by),
                    claim.source or None, *dated_cells(claim.on or (source.date if source else None)),
                    claim.where or None, claim.quote or None, claim.of, claim.authentic,
                    claim.against_interest or None, unsure, claim.note or None,
                )  # fmt: skip


def _documents(assessment: Assessment) -> Mapping[str, Source]:
    return {**assessment.program.sources, **assessment.dossier.record.sources}


def _sources(assessment: Assessment) -> Iterator[Row]:
    for source in _documents(assessment).values():
        yield (
            source.id, source.title, source.by, source.publisher or None, *dated_cells(source.date),
            source.url or None, source.via, tuple(d.origin for d in source.derives), source.channel,
            source.read or None, source.resolved, source.unconfirmed,
        )  # fmt: skip


def _figures(assessment: Assessment) -> Iterator[Row]:
    for figure in assessment.quantities:
        for value in figure.values:
            yield (
                figure.id, figure.title, figure.unit or None, float(value.value), str(value.value),
                *dated_cells(value.as_of), value.source or None, value.by or None, value.at_least,
                value.withdrawn or None, value.unconfirmed, value.note or None,
            )  # fmt: skip


def _findings(assessment: Assessment) -> Iterator[Row]:
    for finding in assessment.findings:
        norm, view, chance = finding.norm, finding.granting, finding.chance
        conduct = {each.bearer: each.word for each in finding.conduct}
        for bearer in finding.bearers:
            yield (
                finding.id, norm.id, norm.instrument, norm.text, norm.article, norm_title(norm), norm.kind,
                norm.duty_class, bearer, finding.beneficiary, view.word, view.settled, view.turns_on,
                finding.on_facts.word, finding.claimed.word, finding.lifted_by, conduct.get(bearer),
                finding.unconfirmed, len(finding.qualifiers),
                float(chance) if isinstance(chance, Fraction) else None,
                str(chance) if isinstance(chance, Fraction | str) else None,
                *((chance.low, chance.high) if isinstance(chance, Estimate) else (None, None)),
            )  # fmt: skip


def _conditions(assessment: Assessment) -> Iterator[Row]:
    letters = Letters.of(assessment)
    for finding in assessment.findings:
        view = finding.granting
        for holds, sets in ((True, view.arises_if), (False, view.fails_if)):
            word = WORDS[finding.norm.kind]["yes" if holds else "no"]
            for number, each in enumerate(sets.sets, 1):
                for name, so in each:
                    read = letters.read(name, so)
                    asked = letters.about.get(name, read.question)
                    yield (
                        finding.id, finding.norm.id, word, holds, number, asked, letters.letters.get(asked),
                        read.answer, sets.complete,
                    )  # fmt: skip


def _questions(assessment: Assessment) -> Iterator[Row]:
    turning = {name for finding in assessment.findings for name in finding.granting.turns_on}
    for question in assessment.questions:
        yield (
            question.id, question.letter, question.kind, question.words, question.standing,
            question.documents, question.sources, bool(turning & {question.id, *question.covers}),
            question.would_change,
        )  # fmt: skip


def _answers(assessment: Assessment) -> Iterator[Row]:
    record = assessment.dossier.record
    for question in assessment.questions:
        for answer, voices in question.answers:
            for voice in voices:
                yield (
                    question.id, question.letter, answer, voice.by, principal_of(record, voice.by),
                    voice.source or None, voice.on or None, voice.quote or None, voice.unconfirmed,
                )  # fmt: skip


def _positions(assessment: Assessment) -> Iterator[Row]:
    names = Names(assessment)
    letters = {question.id: question.letter for question in assessment.questions}
    for position in assessment.positions:
        for question, answer in position.holds.items():
            unsure = is_unconfirmed(position, question)
            yield (
                position.speaker, names.plain(position.speaker), question, letters.get(question), answer,
                unsure,
            )  # fmt: skip


def _follows(assessment: Assessment) -> Iterator[Row]:
    names = Names(assessment)
    norms = {finding.id: finding.norm.id for finding in assessment.findings}
    for position in assessment.positions:
        for finding, view in position.verdicts.items():
            yield (
                position.speaker, names.plain(position.speaker), finding, norms[finding], view.word,
                view.settled, view.turns_on,
            )  # fmt: skip


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("facts", "a fact or judgement on record", c.FACTS, _facts),
        Table("claims", "one speaker's word on one fact, in one document", c.CLAIMS, _claims),
        Table("sources", "a document", c.SOURCES, _sources),
        Table("figures", "one value of a figure, from one document", c.FIGURES, _figures),
        Table("findings", "a norm for one bearer", c.FINDINGS, _findings),
        Table(
            "conditions", "one answer in one smallest set that settles a finding", c.CONDITIONS, _conditions
        ),
        Table("questions", "an open question", c.QUESTIONS, _questions),
        Table("answers", "one voice on an open question", c.ANSWERS, _answers),
        Table("positions", "what one speaker holds of one question", c.POSITIONS, _positions),
        Table("follows", "what follows for one finding on what one speaker holds", c.FOLLOWS, _follows),
    )
}
"""The frames of an answer, by name."""
