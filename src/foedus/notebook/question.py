"""An open question: what it asks, how it stands, and who answers it how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus.assessment.finding import Assessment, Open
from foedus.notebook.markup import (
    SMALL,
    Markup,
    block,
    code,
    folded,
    framed,
    joined,
    letter,
    quiet,
    row,
    table,
)
from foedus.report.asking import asked_in, kind_words
from foedus.report.openings import is_silent
from foedus.report.voices import in_words, said_of, silences
from foedus.report.wording import Names
from foedus.words.speech import plural, say


@dataclass(frozen=True, eq=False, repr=False)
class Question:
    """A fact, judgement, reading or date that is open and on which some finding turns.

    >>> import foedus
    >>> question = foedus.assess("kazakhstan-2022").questions["directed"]
    >>> question.letter, question.kind, question.standing
    ('B', 'judgement', 'disputed')
    >>> question.answers["yes"]
    ('RUS',)
    """

    assessment: Assessment
    value: Open

    @property
    def id(self) -> str:
        """Stable: what a supposition names it by."""
        return self.value.id

    @property
    def letter(self) -> str:
        """Its letter in this answer; in another answer the same question may have another."""
        return self.value.letter

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be asked for by."""
        return self.id, self.letter

    @property
    def kind(self) -> str:
        """fact, judgement, reading, date, order, unread or unlisted."""
        return self.value.kind

    @property
    def words(self) -> str:
        """The question in words."""
        return " ".join(asked_in(self.assessment, self.value).split())

    @property
    def standing(self) -> str:
        """How it stands: asserted, disputed, contested, …; `reading` of a reading."""
        return self.value.standing

    @property
    def answers(self) -> Mapping[str, tuple[str, ...]]:
        """Each answer on record with the principals who give it: `yes`, `no`, `doubted`, or a reading."""
        said = said_of(self.assessment, self.value)
        if self.kind == "reading":
            names = [name for name, _ in self.value.answers]
            return {name: each.principals for name, each in zip(names, said, strict=True)}
        return {each.answer: each.principals for each in said}

    @property
    def would_change(self) -> tuple[str, ...]:
        """What would change its standing, in words."""
        return self.value.would_change

    def __repr__(self) -> str:
        return f"{self.letter} · {self.words} [{self.id}]: {kind_words(self.value)}"

    def _repr_html_(self) -> str:
        return framed(drawn(self.assessment, [self.value]))


def drawn(assessment: Assessment, questions: Sequence[Open]) -> Markup:
    """Questions as a table: letter, words and id, who answers how."""
    names = Names(assessment)
    rows = [_row(assessment, question, names) for question in questions]
    return table(("", say("Question"), say("Who says what")), rows)


def _row(assessment: Assessment, question: Open, names: Names) -> Markup:
    asked = [
        block(asked_in(assessment, question)),
        block(quiet(kind_words(question), " "), code(question.id), style=SMALL),
    ]
    said = said_of(assessment, question)
    parts = [block(in_words(names, each)) for each in said]
    silence = silences(question, said) if parts else say("nobody on record")
    if silence:
        parts.append(block(quiet(silence), style=SMALL))
    return row(letter(question.letter), joined(asked), joined(parts), tied=(0,))


def sorted_out(assessment: Assessment) -> tuple[list[Open], list[Open], list[Open]]:
    """The questions on which somebody speaks; those granted because nobody disputes them; the silent."""
    turning = {name for finding in assessment.findings for name in finding.granting.turns_on}
    silent = [q for q in assessment.questions if is_silent(assessment, q)]
    spoken = [q for q in assessment.questions if q not in silent]
    granted = [q for q in spoken if q.standing == "undisputed" and not turning & {q.id, *q.covers}]
    return [q for q in spoken if q not in granted], granted, silent


def drawn_apart(assessment: Assessment) -> Markup:
    """The open questions, and below them, folded, what is granted and of what nobody speaks."""
    spoken, granted, silent = sorted_out(assessment)
    parts = [drawn(assessment, spoken)] if spoken else []
    for questions, title in (
        (
            granted,
            plural(
                "{n} granted, because nobody disputes it",
                "{n} granted, because nobody disputes them",
                len(granted),
            ),
        ),
        (
            silent,
            plural(
                "{n} open too, and nobody on record speaks of it",
                "{n} open too, and nobody on record speaks of them",
                len(silent),
            ),
        ),
    ):
        if questions:
            parts.append(folded(title, drawn(assessment, questions)))
    return joined(parts)
