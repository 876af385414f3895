"""An assessment as a memorandum: one list of blocks, which Markdown and DOCX write each in their way.

The memorandum says what the page says, in the order of a brief: the answer, what it turns on, who must be
right, the norms one by one, conduct, figures, what is not encoded, the sources by their numbers, and how
to repeat it.

>>> Heading(1, "The answer").text
'The answer'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from foedus.assessment.finding import Assessment, Finding
from foedus.evidence.claim import Source
from foedus.report.asking import asked_in, kind_words
from foedus.report.cases import outcome_words
from foedus.report.cite import citation, command
from foedus.report.conditions import Letters
from foedus.report.findings import (
    by_norm,
    by_text,
    conditions,
    notes,
    qualifying,
    turned,
    unconfirmed_dates,
    whom,
)
from foedus.report.layout import TIE
from foedus.report.lead import asked_on, headline, sentences, supposed
from foedus.report.lists import text_named
from foedus.report.openings import holdings, is_silent
from foedus.report.remains import series
from foedus.report.voices import in_words, said_of, silences
from foedus.report.wording import Names, article_short, begun, in_one_place, labelled, norm_heading, on_day
from foedus.words.speech import marked, say, say_in

DISCLAIMER = marked(
    "A claim is always someone’s claim. This says what follows from which facts and readings, not who is right. "
    "It is no legal opinion."
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (the title), 2 or 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `sources` are the documents by which it is borne out, `strong` if it is the answer."""

    text: str
    sources: tuple[str, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item with the documents that bear it out."""

    items: tuple[Paragraph, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a row of headings."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A line to be typed as it stands."""

    text: str


Block: TypeAlias = Heading | Paragraph | Items | Grid | Verbatim


@dataclass(frozen=True)
class Memo:
    """The blocks of a memorandum, and the number of each source in it."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    numbers: Mapping[str, int] = field(default_factory=dict[str, int])


def memo(assessment: Assessment, language: str = "en") -> Memo:
    """The whole memorandum."""
    record, program = assessment.dossier.record, assessment.program
    sources = {**record.sources, **{k: v for k, v in program.sources.items() if k not in record.sources}}
    letters, names = Letters.of(assessment), Names(assessment)
    blocks: list[Block] = [
        Heading(1, assessment.dossier.title or assessment.dossier.id),
        Paragraph(begun(asked_on(assessment))),
        Paragraph(headline(assessment)),
        *_answer(assessment, letters),
        *_questions(assessment, names),
        *_positions(assessment, letters),
        *_norms(assessment, letters),
        *_figures(assessment, names),
        *_outcomes(assessment),
        *_left_out(assessment),
        *_sources(sources, names),
        Heading(2, say("To repeat this answer")),
        Verbatim(command(assessment)),
        Paragraph(citation(assessment)),
        Paragraph(say(DISCLAIMER)),
    ]
    numbers = {name: number for number, name in enumerate(sources, 1)}
    return Memo(
        assessment.dossier.title or assessment.dossier.id, language, tuple(map(_untied, blocks)), numbers
    )


def _answer(assessment: Assessment, letters: Letters) -> Iterable[Block]:
    yield Heading(2, say("The answer"))
    if assumption := supposed(assessment):
        yield Paragraph(assumption)
    for settled, sentence in sentences(assessment, letters):
        yield Paragraph(sentence, strong=settled is not None)


def _questions(assessment: Assessment, names: Names) -> Iterable[Block]:
    spoken = [question for question in assessment.questions if not is_silent(assessment, question)]
    silent = [question for question in assessment.questions if is_silent(assessment, question)]
    if spoken:
        yield Heading(2, say("On what it turns"))
    for question in spoken:
        said = said_of(assessment, question)
        yield Paragraph(
            f"{question.letter}. {begun(asked_in(assessment, question))} ({kind_words(question)})",
            strong=True,
        )
        documents = {
            answer: tuple(dict.fromkeys(v.source for v in voices if v.source))
            for answer, voices in question.answers
        }
        lines = [
            Paragraph(in_words(names, each), tuple(documents.get(each.answer.strip("“”«»„\u00a0"), ())))
            for each in said
        ]
        if silence := silences(question, said):
            lines.append(Paragraph(silence))
        yield Items(tuple(lines))
    if silent:
        yield Paragraph(say("Open too, and nobody on record speaks of it:"))
        yield Items(tuple(Paragraph(f"{q.letter}. {asked_in(assessment, q)}") for q in silent))


def _positions(assessment: Assessment, letters: Letters) -> Iterable[Block]:
    held = holdings(assessment, letters)
    if held is None:
        return
    yield Heading(2, say("Who must be right"))
    yield Grid(tuple(held.heads), tuple(tuple(row) for row in held.rows))
    for sentence in held.sentences:
        yield Paragraph(sentence)


def _norms(assessment: Assessment, letters: Letters) -> Iterable[Block]:
    for instrument, text, found in by_text(assessment.findings):
        known = assessment.program.instruments.get(instrument)
        title = known.title if known else instrument
        if text is not None and known is not None and len(known.texts) > 1:
            title = say("{title}, {text}", title=title, text=text_named(text))
        yield Heading(2, title)
        for same in by_norm(found):
            yield from _norm(assessment, same, letters)
        if unsure := unconfirmed_dates(found):
            yield Paragraph(say("Unconfirmed: {what}.", what=unsure))
    if assessment.not_in_force:
        yield Heading(2, say("Not in force on that day"))
        yield Items(
            tuple(
                Paragraph(
                    labelled(
                        known.title if (known := assessment.program.instruments.get(name)) else name, why
                    )
                )
                for name, why in assessment.not_in_force
            )
        )


def _norm(assessment: Assessment, found: Sequence[Finding], letters: Letters) -> Iterable[Block]:
    norm = found[0].norm
    yield Heading(
        3, labelled(article_short(norm.article), norm_heading(norm)) if norm.article else norm_heading(norm)
    )
    groups: dict[tuple[str, tuple[str, ...]], list[Finding]] = {}
    for finding in found:
        key = turned(finding.granting, letters), tuple(conditions(assessment, finding, letters))
        groups.setdefault(key, []).append(finding)
    for (verdict, lines), same in groups.items():
        who = whom(assessment, same, alone=len(found) == 1)
        yield Paragraph(f"{begun(who)}: {verdict}", strong=True)
        if lines:
            yield Items(tuple(Paragraph(line) for line in lines))
    for line in notes(found):
        yield Paragraph(begun(line))


def _figures(assessment: Assessment, names: Names) -> Iterable[Block]:
    quantities = [q for q in assessment.quantities if q.values]
    if not quantities:
        return
    yield Heading(2, say("Figures"))
    yield Items(
        tuple(
            Paragraph(
                f"{q.title or q.id}: {series(q, names)}",
                tuple(dict.fromkeys(value.source for value in q.values if value.source)),
            )
            for q in quantities
        )
    )


def _outcomes(assessment: Assessment) -> Iterable[Block]:
    recorded = assessment.dossier.outcomes
    if not recorded:
        return
    yield Heading(2, say("What history records"))
    for outcome in recorded:
        yield Paragraph(begun(outcome_words(outcome)), (outcome.source,) if outcome.source else ())
        if outcome.note:
            yield Paragraph(outcome.note)


def _left_out(assessment: Assessment) -> Iterable[Block]:
    said: dict[str, None] = {}
    for finding in assessment.findings:
        for left in qualifying(finding):
            article = f"{finding.norm.instrument} {article_short(finding.norm.article)}"
            effect = say_in("what is left out", left.effect)
            said[labelled(f"{article} ({effect})", in_one_place(left.text))] = None
    if said:
        yield Heading(2, say("Not encoded"))
        yield Items(tuple(map(Paragraph, said)))


def _sources(sources: Mapping[str, Source], names: Names) -> Iterable[Block]:
    if not sources:
        return
    yield Heading(2, say("Sources"))
    yield Items(tuple(Paragraph(described(source, names)) for source in sources.values()), numbered=True)


def described(source: Source, names: Names) -> str:
    """A document on one line: who, title, publisher, date, address, how it was read."""
    by = names.plain(source.by) if source.by else ""
    parts = [
        by,
        source.title or source.id,
        source.publisher if source.publisher != by else "",
        on_day(source.date),
    ]
    said = ", ".join(part for part in parts if part)
    said = f"{said}." + "".join(f" {address}" for address in (source.url, *source.via) if address)
    if source.read:
        said += " " + say("Read: {how}.", how=source.read)
    if source.channel:
        said += " " + say("Known through {channel} only.", channel=source.channel)
    if source.unconfirmed:
        said += " " + say("Unconfirmed.")
    return said


def _untied(block: Block) -> Block:
    """No-break spaces that hold a terminal's lines together are ordinary spaces here."""
    match block:
        case Heading(level, text):
            return Heading(level, text.replace(TIE, " "))
        case Paragraph(text, sources, strong):
            return Paragraph(text.replace(TIE, " "), sources, strong)
        case Items(items, numbered):
            return Items(
                tuple(Paragraph(i.text.replace(TIE, " "), i.sources, i.strong) for i in items), numbered
            )
        case Grid(heads, rows):
            return Grid(
                tuple(head.replace(TIE, " ") for head in heads),
                tuple(tuple(cell.replace(TIE, " ") for cell in row) for row in rows),
            )
        case Verbatim():
            return block
