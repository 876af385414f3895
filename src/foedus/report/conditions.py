"""On what a verdict turns, in words: letters for open questions, and settling sets said briefly.

A *setting* is one answer to one open question, `B yes` or `C “any author”`. A list of smallest
settling sets is said as its factors: `{A, F, B}, {A, F, C}` is *A and F, and either B or C*.

>>> abf, acf = [frozenset({("A", "yes"), ("F", "yes"), last}) for last in (("B", "yes"), ("C", "“any”"))]
>>> one_line = lambda said: ' '.join(said.split())
>>> one_line(in_words([abf, acf]))
'A and F yes, and either B yes or C “any”'
>>> no_a, no_f, both = {("A", "no")}, {("F", "no")}, {("B", "no"), ("C", "“outside”")}
>>> one_line(in_words([frozenset(no_a), frozenset(no_f), frozenset(both)]))
'A or F no, or B no with C “outside”'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from foedus.assessment.finding import Assessment, View
from foedus.diagnostics.problem import Refused
from foedus.diagnostics.span import NOWHERE
from foedus.engines.contract import Sets
from foedus.engines.situation import answer_var
from foedus.report.layout import tied
from foedus.report.wording import Names, listed, quoted
from foedus.terms.edtf import parse_date
from foedus.terms.time import in_words as date_in_words
from foedus.words.speech import marked_in, phrase, phrase_in, say, say_in

Setting: TypeAlias = tuple[str, str]
"""A letter (or an id in quotation marks) and the answer to it."""

Clause: TypeAlias = frozenset[Setting]
"""One of these answers; several where any of them will do."""

MARK, MARK_ENDS = "\ue000", "\ue001"
"""What may stand around a letter (private-use characters), so that a page can find it again."""

FITS, FITS_NOT = marked_in("answer", "fits"), marked_in("answer", "does not fit")

ANSWERS = (
    marked_in("answer", "perhaps"),
    marked_in("answer", "yes"),
    marked_in("answer", "no"),
    FITS,
    FITS_NOT,
)
"""The answers that are ours; all others are a page's own, in quotation marks."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Read:
    """One variable of the circuit, read: which question it answers, and how (English, or a phrase)."""

    question: str
    answer: str


@dataclass(frozen=True)
class Letters:
    """The letters of one assessment, and how variables answer its open questions.

    `about` maps each name that a view uses to the id of its question; `unlisted` are the questions
    about what nobody listed, of which a view may fix several details at once.
    """

    letters: Mapping[str, str]
    about: Mapping[str, str]
    unlisted: frozenset[str]
    answers: Mapping[str, Read]
    names: Names

    @staticmethod
    def of(assessment: Assessment) -> Letters:
        """The letters as the assessment gave them."""
        answers: dict[str, Read] = {}
        for question in assessment.program.questions.values():
            for answer in question.answers:
                answers[answer_var(question.id, answer.name)] = Read(question.id, answer.name)
        return Letters(
            {q.id: q.letter for q in assessment.questions},
            {name: q.id for q in assessment.questions for name in (*q.covers, q.id)},
            frozenset(q.id for q in assessment.questions if q.kind == "unlisted"),
            answers,
            Names(assessment),
        )

    def letter(self, name: str) -> str:
        """The letter of the question to which a name belongs; the name itself where it has none."""
        return self.letters.get(self.about.get(name, name)) or quoted(name)

    def sorted(self, names: Iterable[str]) -> list[str]:
        """The letters of some questions, each once, in their order."""
        return sorted({self.letter(name) for name in names}, key=_letter_order)

    def several(self, names: Iterable[str], last: Literal["and", "or"] = "and") -> str:
        """`A, B and F`; neighbours as `A–D`."""
        return listed(self.ranged(names), last)

    def ranged(self, names: Iterable[str]) -> list[str]:
        """The letters in order, four or more neighbours as one range."""
        return in_ranges(self.sorted(names))

    def read(self, variable: str, value: bool) -> Read:
        """Which question a setting answers, and what it says: `yes`, `no`, or the answer's name."""
        known = self.answers.get(variable)
        if known is None and variable not in self.letters:
            known = self._member(variable)
        if known is None:
            return Read(self.about.get(variable, variable), "yes" if value else "no")
        return (
            known if value else Read(known.question, phrase_in("answer", "not {answer}", answer=known.answer))
        )

    def _member(self, variable: str) -> Read | None:
        """A member of a group of days, orders or persons (named as in `engines.situation`)."""
        individual, at, cell = variable.partition("@")
        if at:
            return Read(f"when {individual}", _cell(cell))
        low, mark, high = variable.partition("<")
        if mark:
            pair = " and ".join(sorted((low, high)))
            return Read(f"order of {pair}", phrase("{name} first", name=low))
        pair, mark, _ = variable.partition(" at once")
        if mark and "=" in pair:
            order = " and ".join(sorted(pair.split("=", 1)))
            return Read(f"order of {order}", phrase("at once"))
        thing, mark, value = variable.partition("=")
        if mark:
            group = thing if "." in thing else f"who {thing} is"
            return Read(group, phrase("somebody else") if value == "other" else self.names.named(value))
        return None

    def setting(self, variable: str, value: bool, holds: bool) -> Setting:
        """The letter and the answer, as they are printed. Of what nobody listed, all details
        together: it *fits* the clause, or it does not."""
        about = self.about.get(variable, "")
        if about in self.unlisted:
            return self.letters[about], FITS if holds else FITS_NOT
        read = self.read(variable, value)
        answer = read.answer if read.answer in ("yes", "no") else quoted(read.answer)
        return self.letter(read.question), answer

    def condition(self, sets: Sets, holds: bool) -> str:
        """Smallest settling sets in words, saying so when the list was cut; `holds` is the value
        that they settle."""
        said = [frozenset(self.setting(*one, holds) for one in each) for each in sets.sets]
        least = [one for one in dict.fromkeys(said) if not any(other < one for other in said)]
        words = in_words(least)
        return words if sets.complete else say("{ways}, among other ways (the list was cut)", ways=words)

    def depends(self, view: View) -> str:
        """`A, B and F`: what the view turns on."""
        return self.several(view.turns_on)


def _cell(text: str) -> str:
    """`2022-01-05` or `2022-01-05/2022-01-08` as days in words; anything else as it stands."""
    first, _, last = text.partition("/")
    if not _DAY.fullmatch(first) or (last and not _DAY.fullmatch(last)):
        return text
    try:
        return date_in_words(parse_date(f"[{first}..{last}]" if last else first, NOWHERE))
    except Refused:
        return text


def in_ranges(letters: Iterable[str]) -> list[str]:
    """Letters in order, four or more neighbours as one range.

    >>> in_ranges(["A", "B", "D", "Y", "Z", "AA", "AB"])
    ['A', 'B', 'D', 'Y–AB']
    """
    found: list[str] = []
    run: list[str] = []
    for letter in [*letters, ""]:
        if run and (not _rank(letter) or _rank(letter) != _rank(run[-1]) + 1):
            found += [f"{run[0]}–{run[-1]}"] if len(run) > 3 else run
            run = []
        if letter:
            run.append(letter)
    return found


def _rank(letter: str) -> int:
    """A is 1, Z 26, AA 27; 0 of what is no letter. Marks around it are no part of it."""
    letter = letter.rpartition(MARK_ENDS)[2].removesuffix(MARK)
    if not (letter.isascii() and letter.isalpha() and letter.isupper()):
        return 0
    rank = 0
    for character in letter:
        rank = rank * 26 + ord(character) - ord("A") + 1
    return rank


def _letter_order(letter: str) -> tuple[bool, int, str]:
    return not _rank(letter), len(letter), letter


# ---- settling sets ----


def in_words(sets: Sequence[frozenset[Setting]]) -> str:
    """A list of alternatives, each a set of settings, as one clause after *if*."""
    if not sets:
        return say("nothing on record")
    if not all(sets):
        return say("anything")
    return _or([_and(product) for product in _factor(sets)])


def _factor(sets: Iterable[frozenset[Setting]]) -> list[frozenset[Clause]]:
    """The same alternatives with settings that stand in for one another merged into one clause."""
    products = {frozenset(frozenset({setting}) for setting in each) for each in sets}
    while True:
        beside: dict[Clause, frozenset[frozenset[Clause]]] = {}
        for clause in {clause for product in products for clause in product}:
            beside[clause] = frozenset(p - {clause} for p in products if clause in p)
        alike: dict[frozenset[frozenset[Clause]], list[Clause]] = {}
        for clause in sorted(beside, key=_clause_order):
            alike.setdefault(beside[clause], []).append(clause)
        merged = next((group for group in alike.values() if len(group) > 1), None)
        if merged is None:
            return sorted(products, key=lambda p: (len(p), sorted(map(_clause_order, p))))
        whole: Clause = frozenset(setting for clause in merged for setting in clause)
        products = {
            frozenset(whole if clause in merged else clause for clause in product) for product in products
        }


def _clause_order(clause: Clause) -> tuple[int, list[tuple[bool, int, str, str]]]:
    return len(clause), sorted((*_letter_order(letter), answer) for letter, answer in clause)


def _and(product: frozenset[Clause]) -> str:
    """All clauses of one alternative: those of one answer together, then the choices."""
    single = [next(iter(clause)) for clause in product if len(clause) == 1]
    choices = sorted((clause for clause in product if len(clause) > 1), key=_clause_order)
    fixed = _by_answer(single, "and")
    said = listed(fixed)
    if len(fixed) == 2:
        said = say("{one} with {other}", one=fixed[0], other=fixed[1])
    for n, clause in enumerate(choices):
        choice = listed(_by_answer(clause, "or"), "or")
        if len(product) == 1:
            return choice
        choice = say("either {choice}", choice=choice)
        if said and n == len(choices) - 1:
            said = say("{all}, and {choice}", all=said, choice=choice)
        else:
            said = f"{said}, {choice}" if said else choice
    return said


def _by_answer(settings: Iterable[Setting], last: Literal["and", "or"]) -> list[str]:
    """`A and F yes`, `B no`: letters with the same answer said together, yes first."""
    letters: dict[str, list[str]] = {}
    for letter, answer in sorted(settings, key=lambda s: (_answer_order(s[1]), *_letter_order(s[0]))):
        letters.setdefault(answer, []).append(letter)
    return [
        say("{letters}\u00a0{answer}", letters=_together(same, last), answer=tied(_answer(answer)))
        for answer, same in letters.items()
    ]


def _answer(answer: str) -> str:
    return say_in("answer", answer) if answer in ANSWERS else answer


def _together(letters: Sequence[str], last: Literal["and", "or"]) -> str:
    """`A and F`, `A, B or F`; of one range only, which has no word between, `any of A–F`."""
    ranges = in_ranges(letters)
    if len(ranges) == 1 and len(letters) > 1:
        return (
            say("any of {letters}", letters=ranges[0])
            if last == "or"
            else say("all of {letters}", letters=ranges[0])
        )
    return listed(ranges, last)


def _answer_order(answer: str) -> tuple[int, str]:
    return ("yes", "no").index(answer) if answer in ("yes", "no") else 2, answer


def _or(alternatives: Sequence[str]) -> str:
    """Alternatives; semicolons where one of them has commas of its own."""
    if len(alternatives) > 2 and any("," in each for each in alternatives):
        said = alternatives[0]
        for each in alternatives[1:]:
            said = say("{one}; or {other}", one=said, other=each)
        return said
    if len(alternatives) < 2:
        return "".join(alternatives)
    return say("{before}, or {last}", before=", ".join(alternatives[:-1]), last=alternatives[-1])
