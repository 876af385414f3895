"""English for what an assessment holds: lists, numbers, names, articles, verbs of each kind of norm.

>>> listed(["A", "B", "C"]), listed(["A", "B"], "or"), counted(2, "document")
('A, B and C', 'A or B', '2 documents')
>>> article_short("Article 4 · Collective defence"), article_long("Contingents")
('Art. 4', 'Contingents')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus.assessment.finding import Assessment, Finding
from foedus.ir.norm import Instrument, Norm
from foedus.report.layout import TIE, tied
from foedus.terms.states import STATES, with_article
from foedus.terms.time import EDate, in_words

NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_ARTICLE = re.compile(r"^(?:Article|Art\.)\s+([^\s·]+(?:\s*\([^)]*\))?)")


def listed(parts: Sequence[str], last: str = "and") -> str:
    """`A, B and C`; nothing of nothing."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def counted(number: int, noun: str, many: str = "") -> str:
    """`1 document`, `2 documents`; `many` where the plural is not made with an s."""
    return f"{number} {noun if number == 1 else many or noun + 's'}"


def in_letters(number: int) -> str:
    """`three`; from thirteen on, figures."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def begun(sentence: str) -> str:
    """With a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def article_short(heading: str) -> str:
    """`Art. 4` of `Article 4 · Collective defence`; other headings up to the dot between words."""
    found = _ARTICLE.match(heading)
    return f"Art. {found[1]}" if found else heading.partition("·")[0].strip()


def article_long(heading: str) -> str:
    """`Article 4` as a sentence has it."""
    found = _ARTICLE.match(heading)
    return f"Article {found[1]}" if found else heading.partition("·")[0].strip()


def on_day(on: EDate | None) -> str:
    """The date in words, or nothing."""
    return in_words(on) if on else ""


def quoted(text: str) -> str:
    """In quotation marks."""
    return f"“{text}”"


@dataclass(frozen=True)
class Names:
    """How a reader knows the speakers, states and organs of one assessment."""

    assessment: Assessment

    def plain(self, name: str) -> str:
        """Without article: `Russian Federation`, `Meduza`; the id where nothing else is known."""
        found = self._declared(name)
        if found:
            return found.removeprefix("the ")
        return STATES[name].name if name in STATES else name

    def spoken(self, name: str) -> str:
        """As it stands inside a sentence: `the Russian Federation`, `Meduza`."""
        return self._declared(name) or (with_article(name) if name in STATES else name)

    def brief(self, name: str) -> str:
        """For a narrow place: a state by its code, others by name."""
        return name if name in STATES or self._is_state(name) else self.plain(name)

    def _declared(self, name: str) -> str:
        record, program = self.assessment.dossier.record, self.assessment.program
        if name in record.names:
            return record.names[name]
        for speakers in (record.speakers, program.speakers):
            if name in speakers:
                return speakers[name].name
        actor = program.vocabulary.actors.get(name)
        return actor.name if actor and actor.name != name else ""

    def _is_state(self, name: str) -> bool:
        actor = self.assessment.program.vocabulary.actors.get(name)
        return actor is not None and actor.sort == "State"

    def source(self, source: str) -> str:
        """A document's title, or its id."""
        for sources in (self.assessment.dossier.record.sources, self.assessment.program.sources):
            if source in sources:
                return sources[source].title or source
        return source


def parties_on(assessment: Assessment, instrument: Instrument) -> frozenset[str]:
    """The states certainly bound by the instrument on the day asked about."""
    day = assessment.on
    bound = {
        life.state
        for life in instrument.lives
        if life.role == "party" and life.start.last <= day and (life.until is None or day < life.until.first)
    }
    suspended = {
        life.state
        for life in instrument.lives
        if life.role == "suspended"
        and life.start.first <= day
        and (life.until is None or day < life.until.last)
    }
    made = {state for state, of in assessment.dossier.record.as_party if of in ("", instrument.id)}
    return frozenset(bound - suspended | made)


def bearers_brief(assessment: Assessment, finding: Finding) -> str:
    """`each other party`, or the codes."""
    names = Names(assessment)
    instrument = assessment.program.instruments.get(finding.norm.instrument)
    everyone: frozenset[str] = parties_on(assessment, instrument) if instrument else frozenset()
    bearers = frozenset(finding.bearers)
    if len(bearers) > 1 and bearers == everyone:
        return "each party"
    if len(bearers) > 1 and bearers == everyone - {finding.beneficiary or ""}:
        return "each other party"
    if len(bearers) == 1:
        return names.spoken(finding.bearers[0])
    return listed([names.brief(bearer) for bearer in finding.bearers])


def bearers_spoken(assessment: Assessment, finding: Finding, most: int = 6) -> str:
    """The bearers by name as the subject of a sentence; many are called by what they are."""
    if len(finding.bearers) <= most:
        return listed([Names(assessment).spoken(bearer) for bearer in finding.bearers])
    brief = bearers_brief(assessment, finding)
    if brief in ("each party", "each other party"):
        return "all parties" if brief == "each party" else "all other parties"
    return f"{in_letters(len(finding.bearers))} states"


@dataclass(frozen=True, slots=True)
class Verbs:
    """How a kind of norm is said of the past: of what held, and of what did not."""

    held: str
    held_not: str
    wondered: str


VERBS: Mapping[str, Verbs] = {
    "duty": Verbs("had to", "did not have to", "had to"),
    "right": Verbs("could", "could not", "could"),
    "power": Verbs("could", "could not", "could"),
    "prohibition": Verbs("had not to", "were free to", "had not to"),
    "plan": Verbs("planned to", "did not plan to", "planned to"),
}
"""`had to` and `could` are different things; the lead keeps them apart."""


def verbs(norm: Norm) -> Verbs:
    """The verbs of a norm's kind."""
    return VERBS[norm.kind]


def norm_title(norm: Norm) -> str:
    """The infinitive that says what the norm asks; its name where the page gives none."""
    return norm.title or norm.id.partition(".")[2].replace("_", " ") or norm.id


def under(assessment: Assessment, norm: Norm, again: bool = False) -> str:
    """`under Article 4 of the Collective Security Treaty`; `under its Article 4` if the instrument
    has just been named."""
    instrument = assessment.program.instruments.get(norm.instrument)
    title = instrument.title if instrument else norm.instrument
    the = "" if title.startswith(("The ", "the ")) else "the "
    article = article_long(norm.article)
    if _ARTICLE.match(norm.article) and again:
        return f"under its {tied(article)}"
    if _ARTICLE.match(norm.article):
        return f"under {tied(article)} of {the}{title}"
    return f"under {the}{title}"


def dated(on: EDate) -> str:
    """`on 6 January 2022`, `in January 2022`, `between …` as it stands."""
    said = in_words(on)
    exact = re.fullmatch(r"\d{4}-\d\d-\d\d", on.text)
    if exact:
        return f"on {said}"
    return f"in {said}" if re.fullmatch(r"\d{4}(-\d\d)?", on.text) else said


_QUOTE = re.compile(r"“([^“”]*)”")


def shortened(text: str, most: int = 60) -> str:
    """Long quotations cut at a word: “armed men seized and burned public buildings …”."""

    def cut(found: re.Match[str]) -> str:
        if len(found[1]) <= most:
            return found[0]
        return f"“{found[1][:most].rpartition(' ')[0].rstrip(',;')}{TIE}…”"

    return _QUOTE.sub(cut, text)


def in_one_place(text: str) -> str:
    """Every run of spaces and line ends as one space: a quotation that ran over lines."""
    return " ".join(text.split())
