"""Who fills each variable of the conditions: the state of a round, an answer, the order of rounds, or what is taken.

The table of treatments (`foedus.obligations.treatment`) says what of a word; this says what that is here. Words of
judgement, and acts for which the table has a coin, become questions, beside those of the pages: that an attack was
unprovoked is never read off from dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from foedus.cascade.rounds.outcome import Choice
from foedus.ir.norm import Program
from foedus.obligations.hypothesis import Hypothesis, Variable
from foedus.obligations.treatment import Table
from foedus.words.speech import marked

JOINER, BLOW, HELP = "cascade.joiner", "cascade.blow", "cascade.help"
OPENER, JOINED = marked("who opens a war attacks"), marked("a joiner makes the other side attacked")
STRUCK, NO_BLOW = marked("who opens a war strikes"), marked("no blow is counted")
ANY_HELP, FORCE_ONLY = marked("help of any kind is war"), marked("only help that includes force is war")
ENGINE: tuple[Choice, ...] = (
    Choice(
        JOINER, marked("Who attacks whom when a state joins a war?"),
        (OPENER,), "engine", (OPENER, JOINED), OPENER,
    ),
    Choice(
        BLOW, marked("Is a blow struck where a war is opened?"), (STRUCK,), "engine", (STRUCK, NO_BLOW), STRUCK
    ),
    Choice(
        HELP, marked("Is help that need not be force taken for war?"),
        (ANY_HELP,), "engine", (ANY_HELP, FORCE_ONLY), ANY_HELP,
    ),
)  # fmt: skip
"""Readings of the engine's own, no page's: at their default unless somebody opens them, and always told."""

SO, NOT_SO = marked("so"), marked("not so")
CLEAN, ALWAYS, NEVER = (
    marked("unless the one attacked had opened a war before"),
    marked("every attack was"),
    marked("no attack was"),
)
PAIRS = ("war", "force", "mobilisation", "helped")
"""Facts between two states that rounds make; `opened` words may be so of more than what is listed."""
FOLLOWING = ("at_blows", "state_of_war", "hostile_act")
"""Facts between two states that follow from those."""
COMPUTED = frozenset({*PAIRS, *FOLLOWING, "general_mobilisation"})
BOTH = frozenset({"defends", "concert_for_belgium"})
"""Words looked at both ways beside those of the table: for these, too, no round says anything."""
_SOME = re.compile(r"^some ([a-z]\w*)")
Source = Literal["state", "answer", "order", "judged", "taken", "given"]


@dataclass(frozen=True, slots=True)
class Feed:
    """Where a variable's column comes from: `state` (a fact that rounds make, or that is given), `answer` of a
    question, `order` of two incidents, `judged` (a question, and the incident), or `taken` for so or not so."""

    source: Source
    name: str
    args: tuple[str, ...] = ()
    value: bool = True


@dataclass(frozen=True)
class Feeding:
    """The feeds for a hypothesis. `given`: predicates of which the caller has said everything."""

    hypothesis: Hypothesis
    table: Table
    given: frozenset[str]

    def of(self, name: str) -> Feed | None:
        """Where a variable's column comes from; None if no engine can say (a clause that nobody read)."""
        found = self.hypothesis.variable(name)
        if found.kind == "answer":
            return Feed("answer", found.args[0], found.args[1:])
        if found.kind == "order":
            return Feed("order", name, found.args)
        if some := _SOME.match(name):
            found = Variable("fact", some[1], (name,))
        word, known = found.predicate, self.hypothesis.at.predicates.get(found.predicate)
        if word in COMPUTED or word in self.given:
            return Feed("state", name, found.args)
        treated = self.table.of(word or name, known.kind if known else found.kind, "cascade")
        if treated.how == "refused":
            return None
        if known is not None and (known.kind == "judgement" or treated.how == "coin" or word in BOTH):
            return Feed("judged", word, found.args)
        return Feed(
            "taken", word or found.kind, (), treated.value in ("true", "both") or treated.how == "coin"
        )

    def opened(self, spoken: Iterable[str]) -> frozenset[str]:
        """Of the words spoken, those of which more may be so than is listed: what is taken for so, or a coin."""
        found: set[str] = set()
        for word in spoken:
            known = self.hypothesis.program.vocabulary.predicates.get(word)
            if known is None or word in COMPUTED or word in self.given or known.kind == "judgement":
                continue
            treated = self.table.of(word, known.kind, "cascade")
            if treated.how == "coin" or treated.value in ("true", "both"):
                found.add(word)
        return frozenset(found)

    def judgement(self, word: str) -> Choice:
        """The question that a word becomes of which no round says anything."""
        known = self.hypothesis.program.vocabulary.predicates[word]
        title, treated = known.gloss, self.table.of(word, known.kind, "cascade")
        both = word in BOTH or treated.value == "both"
        if word == "unprovoked":
            answers, default = (CLEAN, ALWAYS, NEVER), CLEAN
        else:
            default = NOT_SO if treated.value == "false" and not both else SO
            answers = (SO, NOT_SO)
        return Choice(word, title, answers if both else (default,), "judgement", answers, default)


def page_choice(program: Program, question: str) -> Choice:
    """A question of a page, all of its answers open."""
    found = program.questions[question]
    answers = tuple(answer.name for answer in found.answers)
    return Choice(question, found.title, answers, "question", answers)


def chosen(choice: Choice, readings: Mapping[str, tuple[str, ...]], free: frozenset[str]) -> Choice:
    """The question with the answers that are to be looked at."""
    if choice.id in readings:
        return _with(choice, readings[choice.id])
    return _with(choice, choice.all_answers) if choice.id in free else choice


def _with(choice: Choice, answers: tuple[str, ...]) -> Choice:
    kept = tuple(a for a in choice.all_answers if a in answers)
    return Choice(choice.id, choice.title, kept, choice.kind, choice.all_answers, choice.default)
