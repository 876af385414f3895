"""Open questions: on what the findings turn, with who says what of each.

Letters are aliases for reading only; ids are stable. First come the questions on which a finding turns
though everything undisputed is granted, in the order in which the clauses ask; what is undisputed
follows, and last what concerns dates or what nobody listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase

from foedus.assessment.finding import Assessment, Finding, Open, View, Voice
from foedus.engines.contract import Sets
from foedus.engines.explain import say_variable
from foedus.engines.situation import Situation
from foedus.evidence.record import Record
from foedus.evidence.standing import Standing
from foedus.terms.article_words import article_in_full
from foedus.terms.time import in_words
from foedus.words.speech import phrase

SAID = {"asserts": "yes", "denies": "no", "disputes": "doubted", "reports": "reported"}
"""What a claim's verb answers to the question whether it is so."""


def open_questions(
    at: Situation, findings: Sequence[Finding], standings: Mapping[str, Standing]
) -> tuple[Open, ...]:
    """What the findings turn on, each once, with a letter."""
    first: dict[str, int] = {}
    covered: dict[str, dict[str, None]] = {}
    for number, finding in enumerate(findings):
        # What is undisputed matters on the facts only; it comes after what matters in any case.
        for view, late in ((finding.granting, 0), (finding.on_facts, 1)):
            for name in named_in(view):
                about = question_of(at, name)
                first.setdefault(about, number + late * len(findings))
                covered.setdefault(about, {})[name] = None
    settled_late = {name: place >= len(findings) for name, place in first.items()}
    order = {
        question_of(at, name): -place
        for place, name in enumerate(reversed(list(_order_in_grounds(findings))))
    }
    late = ("date", "order", "unlisted")
    names = sorted(
        first, key=lambda name: (kind_of(at, name) in late, settled_late[name], order.get(name, 1), name)
    )
    letters = iter(_letters())
    return tuple(
        replace(_open(at, name, next(letters), standings), covers=tuple(covered[name])) for name in names
    )


def named_in(view: View) -> Iterable[str]:
    """Every name by which a view mentions what is open."""
    yield from view.turns_on
    for found in (view.arises_if, view.fails_if):
        for setting in found.sets:
            for name, _ in setting:
                yield name


def gathered(at: Situation, view: View) -> View:
    """The view with everything about an incident or act that nobody listed gathered into one name:
    whether there was one that fits. Who its author would be, and what one would call it, are part
    of that one question."""
    names = tuple(sorted({question_of(at, name) for name in view.turns_on}))
    arises, fails = _gather(at, view.arises_if, True), _gather(at, view.fails_if, False)
    if len(names) == 1 and names[0].startswith("some "):  # one question: however many ways, one answer
        arises, fails = replace(arises, complete=True), replace(fails, complete=True)
    return replace(view, turns_on=names, arises_if=arises, fails_if=fails)


def _gather(at: Situation, found: Sets, value: bool) -> Sets:
    made: dict[frozenset[tuple[str, bool]], None] = {}
    for setting in found.sets:
        about = [(question_of(at, name), name, so) for name, so in setting]
        made[frozenset((q, value) if q.startswith("some ") else (name, so) for q, name, so in about)] = None
    least = [s for s in made if not any(other < s for other in made)]
    order = {name: n for n, name in enumerate(dict.fromkeys(name for s in found.sets for name, _ in s))}
    return Sets(
        tuple(
            tuple(sorted(s, key=lambda item: order.get(item[0], len(order)))) for s in sorted(least, key=len)
        ),
        found.complete,
    )


SOME_STATEMENT = "some statement"
STATEMENT = re.compile(r"[^(]+? (?:asserts|denies|finds|recognises|requests|agrees) that ")
_STAND_IN = re.compile(r"\bsome ([a-z][a-z_0-9]*)")


def question_of(at: Situation, name: str) -> str:
    """The question that a variable or group belongs to: an answer's reading, a cell's date, and for
    whatever is said of an incident that nobody listed, that incident."""
    if STATEMENT.match(name):
        return SOME_STATEMENT
    standing_in = _STAND_IN.search(name)
    if standing_in and standing_in.group(1) in at.predicates:
        return f"some {standing_in.group(1)}"
    if name in at.circuit.groups:
        return name
    for group, members in at.circuit.groups.items():
        if name in members:
            return group
    return name


def _order_in_grounds(findings: Iterable[Finding]) -> Iterable[str]:
    """Names in the order in which the clauses ask for them."""
    seen: dict[str, None] = {}
    for finding in findings:
        stack = [finding.ground]
        while stack:
            step = stack.pop()
            seen.setdefault(step.subject, None)
            stack.extend(reversed(step.children))
    return seen


def _letters() -> Iterable[str]:
    yield from ascii_uppercase
    for first in ascii_uppercase:
        for second in ascii_uppercase:
            yield first + second


def kind_of(at: Situation, name: str) -> str:
    """What sort of question a variable or group asks."""
    if name in at.program.questions:
        return "reading"
    if name in at.facts:
        kind = at.predicates[at.facts[name].predicate].kind
        return "judgement" if kind == "judgement" else "fact"
    if name.startswith("unread: "):
        return "unread"
    if name.startswith("some "):
        return "unlisted"
    if name.startswith("when ") or " by " in name or " on " in name:
        return "date"
    if name.startswith("order of "):
        return "order"
    predicate = at.predicates.get(name.partition("(")[0])
    return "judgement" if predicate is not None and predicate.kind == "judgement" else "fact"


def _open(at: Situation, name: str, letter: str, standings: Mapping[str, Standing]) -> Open:
    kind = kind_of(at, name)
    if kind == "reading":
        question = at.program.questions[name]
        answers = tuple((a.name, _holders(at, name, a.name)) for a in question.answers)
        words = question_words(name, question.title, question.place.heading)
        return Open(name, letter, kind, words, "reading", answers)
    if name not in at.facts:
        words = say_variable(at, name)
        return Open(name, letter, kind, words, "unknown", ())
    standing = standings[name]
    answers = tuple(
        (word, voices) for verb, word in SAID.items() if (voices := voices_of(at.record, name, verb))
    )
    return Open(
        name,
        letter,
        kind,
        say_variable(at, name),
        standing.word,
        answers,
        standing.documents,
        standing.sources,
        standing.would_change,
    )


def question_words(ident: str, title: str, heading: str) -> str:
    """A question's own words; for the readings of a term, which has a gloss and no question, how
    the term is to be read."""
    if title and "{" not in title:
        return title
    term = ident.partition(".")[2].replace("_", " ")
    if not heading:
        return phrase("How is “{term}” to be read?", term=term)
    return phrase(
        "How is “{term}” in {article} to be read?",
        term=term,
        article=article_in_full(heading.partition(" · ")[0]),
    )


def _holders(at: Situation, question: str, answer: str) -> tuple[Voice, ...]:
    voices = [
        Voice(h.by, h.source, in_words(h.on) if h.on else "", unconfirmed=h.unconfirmed)
        for h in at.record.held
        if h.question == question and h.answer == answer
    ]
    return tuple(dict.fromkeys(voices))


def voices_of(record: Record, fact: str, verb: str) -> tuple[Voice, ...]:
    """Who says so of a fact, in which sources, in the order of the record."""
    return tuple(
        Voice(c.by, c.source, in_words(c.on) if c.on else "", c.quote, c.unconfirmed)
        for c in record.claims
        if c.fact == fact and c.verb == verb
    )


def letter_of(assessment: Assessment) -> Mapping[str, str]:
    """Letters to ids."""
    return {question.letter: question.id for question in assessment.questions}
