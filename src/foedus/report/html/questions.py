"""Open questions with who answers what: a form that a script makes live, and that reads well as it is.

A question is a field set named by its stable id; each answer is a radio button whose value is what
`--suppose` takes. An answer that nobody gave can be supposed as well, and says that nobody gave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from foedus.assessment.finding import Open
from foedus.evidence.claim import Verb
from foedus.evidence.principals import principal_of
from foedus.report.asking import asked_in, kind_words
from foedus.report.html.setting import Setting
from foedus.report.openings import is_silent
from foedus.report.voices import WORDS, Said, said_of, silences
from foedus.report.wording import begun, quoted
from foedus.words.speech import aloud, plural, say, say_in

RADIO = ("fact", "judgement", "unlisted", "unread")
"""Kinds of question that are answered yes or no."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """One principal who gives an answer, with the documents in which it does."""

    name: str
    unconfirmed: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its value as `--suppose` takes it ("" where it cannot be supposed), who gives it."""

    value: str
    words: str
    speaking: tuple[Speaking, ...]
    count: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the form shows it."""

    id: str
    letter: str
    words: str
    kind: str
    left: str
    choices: tuple[Choice, ...]
    doubts: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions under one heading; all but the first group are folded."""

    name: str
    title: str
    questions: tuple[Asked, ...]


def question_groups(page: Setting) -> Sequence[QuestionGroup]:
    """What is open; what is granted because nobody disputes it; what nobody speaks of."""
    assessment = page.assessment
    turning = {name for finding in assessment.findings for name in finding.granting.turns_on}
    silent = [q for q in assessment.questions if is_silent(assessment, q)]
    spoken = [q for q in assessment.questions if q not in silent]
    granted = [q for q in spoken if q.standing == "undisputed" and not turning & {q.id, *q.covers}]
    groups = (
        ("spoken", say("Open questions"), [q for q in spoken if q not in granted]),
        ("granted", say("Granted, because nobody disputes it"), granted),
        ("silent", say("Open too, and nobody on record speaks of it"), silent),
    )
    return [
        QuestionGroup(name, title, tuple(_asked(page, q, name) for q in questions))
        for name, title, questions in groups
        if questions
    ]


def _asked(page: Setting, question: Open, group: str) -> Asked:
    said = said_of(page.assessment, question)
    granted = group == "granted"
    return Asked(
        question.id,
        question.letter,
        begun(asked_in(page.assessment, question, whole=True)),
        kind_words(question),
        say("as recorded") if granted else say("left open"),
        tuple(_choices(page, question, said)),
        tuple(_doubts(page, question, said)),
    )


def _choices(page: Setting, question: Open, said: Sequence[Said]) -> Iterable[Choice]:
    named = [answer for answer in page.answers.get(question.id, ()) if answer.variable]
    if question.kind == "reading":
        for (answer, _), each in zip(question.answers, said, strict=True):
            yield _choice(page, question, answer, quoted(answer), each)
    elif named:
        for answer in named:
            yield Choice(answer.value, aloud(page.letters.read(answer.variable, True).answer), (), "")
    elif question.kind in RADIO or page.answers:
        given = {each.answer: each for each in said}
        silence = silences(question, said)
        for value, shown in (("yes", say_in("answer", "yes")), ("no", say_in("answer", "no"))):
            each = given.get(value)
            # Where somebody doubts, the silence is said beside the doubt.
            missing = silence if each is None and (value == "yes" or "doubted" not in given) else ""
            yield _choice(page, question, value, shown, each, missing)


def _doubts(page: Setting, question: Open, said: Sequence[Said]) -> Iterable[Choice]:
    """Those who doubt; doubt answers neither yes nor no."""
    silence = silences(question, said)
    for each in said:
        if each.answer not in ("yes", "no") and question.kind != "reading":
            shown = _choice(page, question, "", say_in("answer", "doubted"), each)
            yield replace(shown, note=silence if "no" not in {one.answer for one in said} else "")


def _choice(
    page: Setting, question: Open, value: str, words: str, said: Said | None, note: str = ""
) -> Choice:
    if said is None:
        return Choice(value, words, (), "", note)
    if not said.principals:
        return Choice(value, words, (), "", say("held by nobody on record"))
    return Choice(value, words, tuple(_speaking(page, question, said)), _counted(said), note)


def _speaking(page: Setting, question: Open, said: Said) -> Iterable[Speaking]:
    documents = _documents(page, question, said)
    for name in said.principals:
        yield Speaking(page.names.plain(name), name in said.unconfirmed, tuple(documents.get(name, ())))


def _documents(page: Setting, question: Open, said: Said) -> Mapping[str, Mapping[str, None]]:
    """The documents of each principal who gives an answer, each once."""
    record = page.assessment.dossier.record
    if question.kind == "reading":
        voices = next((v for answer, v in question.answers if quoted(answer) == said.answer), ())
        pairs = [(voice.by, voice.source) for voice in voices]
    else:
        verb: Verb = next(verb for verb, word in WORDS if word == said.answer)
        standing = page.assessment.standings[question.id]
        pairs = [(claim.by, claim.source) for claim in standing.claims.get(verb, ())]
    found: dict[str, dict[str, None]] = {}
    for by, source in pairs:
        found.setdefault(principal_of(record, by), {})[source] = None
    return found


def _counted(said: Said) -> str:
    """`1 source, 5 documents`, where the names alone would say something else."""
    if said.documents <= len(said.principals) and said.sources == len(said.principals):
        return ""
    documents = plural("{n} document", "{n} documents", said.documents)
    if not said.sources:
        return say("no source of its own, {documents}", documents=documents)
    sources = plural("{n} source", "{n} sources", said.sources)
    return say("{sources}, {documents}", sources=sources, documents=documents)
