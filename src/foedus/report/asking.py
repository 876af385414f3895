"""Open questions as indirect questions: what a finding *turns on* is whether, how, or when.

>>> from foedus.assessment.finding import Assessment, Open
>>> question_words(Open("grave", "A", "judgement", "“a raid” was grave", "disputed", ()))
'whether “a raid” was grave'
"""

from __future__ import annotations

from foedus.assessment.finding import Assessment, Open
from foedus.report.wording import listed, quoted, shortened


def question_words(question: Open, happened: bool = False, whole: bool = False) -> str:
    """The question in words; long titles in it are cut unless `whole`. `happened`: it is an
    incident or act, whose title need not be a clause."""
    words = question.words.strip() if whole else shortened(question.words.strip())
    match question.kind:
        case "reading":
            return _reading(question)
        case "unlisted":
            return f"whether {words.removesuffix(': none listed')}, though nobody lists it"
        case "unread":
            return f"what the clause says that was not read: {words.removeprefix('unread: ')}"
        case "date" if words.startswith("the day of "):
            return f"on which day it was that {words.removeprefix('the day of ')}"
        case "date" | "order":
            return words
        case _:
            if happened:
                return f"whether this happened: {words}"
            return words if words.startswith(("who ", "the role ")) else f"whether {words}"


def _reading(question: Open) -> str:
    """A reading's title, or the word to be read, with the answers between which it lies."""
    answers = listed([quoted(answer) for answer, _ in question.answers], "or")
    if "{" not in question.words and question.words.endswith("?"):
        return f"{question.words} {answers}"
    term = question.id.partition(".")[2].replace("_", " ") or question.id
    return f"how “{term}” is to be read: {answers}"


def kind_words(question: Open) -> str:
    """`judgement, disputed`; `reading`; `fact, asserted`."""
    if question.kind in ("fact", "judgement"):
        return f"{question.kind}, {question.standing}"
    return {"unread": "clause not read", "unlisted": "nobody lists it"}.get(question.kind, question.kind)


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
