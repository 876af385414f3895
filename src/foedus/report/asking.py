"""Open questions as indirect questions: what a finding *turns on* is whether, how, or when.

>>> from foedus.assessment.finding import Assessment, Open
>>> question_words(Open("grave", "A", "judgement", "“a raid” was grave", "disputed", ()))
'whether “a raid” was grave'
"""

from __future__ import annotations

from collections.abc import Mapping

from foedus.assessment.finding import Assessment, Open
from foedus.engines.explain import BOUND_ON, DAY_OF, ENDED_BY, HELD_ON
from foedus.report.wording import listed, quoted, shortened, standing_word, titled
from foedus.words.speech import Phrase, aloud, marked, marked_in, say, say_in

UNCERTAIN = (BOUND_ON, HELD_ON, ENDED_BY)
"""What uncertain dates leave open."""


def question_words(question: Open, happened: bool = False, whole: bool = False) -> str:
    """The question in words; long titles in it are cut unless `whole`. `happened`: it is an
    incident or act, whose title need not be a clause."""

    def said(words: object) -> str:
        spoken = aloud(words) if isinstance(words, Phrase) else titled(str(words).strip())
        return spoken if whole else shortened(spoken)

    words, parts = question.words, _parts(question.words)
    match question.kind:
        case "reading":
            return _reading(question)
        case "unlisted":
            return say("whether {what}, though nobody lists it", what=said(parts.get("what", words)))
        case "unread":
            what = said(words.strip().removeprefix("unread: "))
            return say("what the clause says that was not read: {what}", what=what)
        case "date" if isinstance(words, Phrase) and words.template == DAY_OF:
            return say("on which day it was that {incident}", incident=said(parts["incident"]))
        case "date" if isinstance(words, Phrase) and words.template in UNCERTAIN:
            return say("whether {what}", what=said(words))
        case "date" | "order":
            return said(words)
        case _:
            if happened:
                return say("whether this happened: {what}", what=said(words))
            if words.startswith(("who ", "the role ")):
                return said(words)
            return say("whether {what}", what=said(words))


def _parts(words: str) -> Mapping[str, object]:
    """What a phrase that says that nobody lists it is about."""
    return words.parts if isinstance(words, Phrase) else {}


def _reading(question: Open) -> str:
    """A reading's title, or the word to be read, with the answers between which it lies."""
    answers = listed([quoted(answer) for answer, _ in question.answers], "or")
    if "{" not in question.words and question.words.endswith("?"):
        asked = aloud(question.words)
        if isinstance(question.words, Phrase):
            return say("{question} {answers}", question=asked, answers=answers)
        return say_in("a page's question", "{question} {answers}", question=asked, answers=answers)
    term = question.id.partition(".")[2].replace("_", " ") or question.id
    return say("how “{term}” is to be read: {answers}", term=term, answers=answers)


KINDS = {
    "fact": marked_in("kind of question", "fact"),
    "judgement": marked_in("kind of question", "judgement"),
    "reading": marked_in("kind of question", "reading"),
    "date": marked_in("kind of question", "date"),
    "order": marked_in("kind of question", "order"),
    "unread": marked_in("kind of question", "clause not read"),
    "unlisted": marked_in("kind of question", "nobody lists it"),
}

FACTS = {
    "established": marked("fact, established"),
    "refuted": marked("fact, refuted"),
    "asserted": marked("fact, asserted"),
    "denied": marked("fact, denied"),
    "disputed": marked("fact, disputed"),
    "contested": marked("fact, contested"),
    "inconsistent": marked("fact, inconsistent"),
    "unknown": marked("fact, unknown"),
}
JUDGEMENTS = {
    "undisputed": marked("judgement, undisputed"),
    "disputed": marked("judgement, disputed"),
    "denied": marked("judgement, denied"),
    "unknown": marked("judgement, unknown"),
    "established": marked("judgement, established"),
    "refuted": marked("judgement, refuted"),
}
"""A question about a fact, or about a judgement, with how that stands: languages with genders need
both in one."""


def kind_words(question: Open) -> str:
    """`judgement, disputed`; `reading`; `fact, asserted`."""
    standings = {"fact": FACTS, "judgement": JUDGEMENTS}.get(question.kind)
    if standings is None:
        return say_in("kind of question", KINDS.get(question.kind, question.kind))
    if question.standing in standings:
        return say(standings[question.standing])
    kind = say_in("kind of question", KINDS[question.kind])
    return f"{kind}, {standing_word(question.standing)}"


def asked_in(assessment: Assessment, question: Open, whole: bool = False) -> str:
    """A question's words in its assessment, which knows what is an incident or an act."""
    record = assessment.dossier.record
    predicates = {**assessment.program.vocabulary.predicates, **record.predicates}
    happened = any(
        fact.id == question.id
        and fact.title
        and (known := predicates.get(fact.predicate))
        and known.individual
        for fact in record.facts
    )
    return question_words(question, happened, whole)
