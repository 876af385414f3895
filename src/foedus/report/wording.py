"""Words for what an assessment holds: lists, numbers, names, articles, titles; in the language spoken.

>>> listed(["A", "B", "C"]), listed(["A", "B"], "or"), article_short("Article 4 · Collective defence")
('A, B and C', 'A or B', 'Art. 4')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from foedus.assessment.finding import Assessment, Finding
from foedus.ir.norm import Instrument, Norm
from foedus.report.layout import TIE, tied
from foedus.report.lists import (
    NUMBERS as NUMBERS,
)
from foedus.report.lists import (
    apart as apart,
)
from foedus.report.lists import (
    article_short as article_short,
)
from foedus.report.lists import (
    begun as begun,
)
from foedus.report.lists import (
    decimal as decimal,
)
from foedus.report.lists import (
    enumerated as enumerated,
)
from foedus.report.lists import (
    in_letters as in_letters,
)
from foedus.report.lists import (
    labelled as labelled,
)
from foedus.report.lists import (
    listed as listed,
)
from foedus.report.lists import (
    on_day as on_day,
)
from foedus.report.lists import (
    placed as placed,
)
from foedus.report.lists import (
    quoted as quoted,
)
from foedus.report.lists import (
    titled as titled,
)
from foedus.terms.article_words import article_in_full, is_numbered
from foedus.terms.states import STATES, name_of, with_article
from foedus.words.speech import aloud, marked_in, plural, say, say_in

STANDINGS = (
    marked_in("standing", "established"),
    marked_in("standing", "refuted"),
    marked_in("standing", "asserted"),
    marked_in("standing", "denied"),
    marked_in("standing", "disputed"),
    marked_in("standing", "undisputed"),
    marked_in("standing", "contested"),
    marked_in("standing", "inconsistent"),
    marked_in("standing", "unknown"),
)


def standing_word(word: str) -> str:
    """How a fact or judgement stands, in a word."""
    return say_in("standing", word)


@dataclass(frozen=True)
class Names:
    """How a reader knows the speakers, states and organs of one assessment."""

    assessment: Assessment

    def plain(self, name: str) -> str:
        """Without article: `Russian Federation`, `Meduza`; the id where nothing else is known."""
        return aloud(self.named(name))

    def named(self, name: str) -> str:
        """The same, not yet said: a state's name is a phrase."""
        found = self._declared(name)
        return found.removeprefix("the ") if found else name_of(name)

    def spoken(self, name: str) -> str:
        """As it stands inside a sentence: `the Russian Federation`, `Meduza`."""
        return self._declared(name) or aloud(with_article(name))

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


def all_bearers(assessment: Assessment, finding: Finding) -> Literal["each", "each other", ""]:
    """Whether the bearers are all parties, or all but the one to whom it is owed."""
    instrument = assessment.program.instruments.get(finding.norm.instrument)
    everyone: frozenset[str] = parties_on(assessment, instrument) if instrument else frozenset()
    bearers = frozenset(finding.bearers)
    if len(bearers) > 1 and bearers == everyone:
        return "each"
    return "each other" if len(bearers) > 1 and bearers == everyone - {finding.beneficiary or ""} else ""


def bearers_brief(assessment: Assessment, finding: Finding) -> str:
    """`each other party`, or the codes."""
    names = Names(assessment)
    match all_bearers(assessment, finding):
        case "each":
            return say("each party")
        case "each other":
            return say("each other party")
        case _ if len(finding.bearers) == 1:
            return names.spoken(finding.bearers[0])
        case _:
            return listed([names.brief(bearer) for bearer in finding.bearers])


def bearers_spoken(assessment: Assessment, finding: Finding, most: int = 6) -> str:
    """The bearers by name as the subject of a sentence; many are called by what they are."""
    if len(finding.bearers) <= most:
        return listed([Names(assessment).spoken(bearer) for bearer in finding.bearers])
    match all_bearers(assessment, finding):
        case "each":
            return say("all parties")
        case "each other":
            return say("all other parties")
        case _:
            number = len(finding.bearers)
            return plural("{n} state", "{n} states", number, n=in_letters(number))


def norm_title(norm: Norm) -> str:
    """The infinitive that says what the norm asks; its name where the page gives none."""
    return norm.title or norm.id.partition(".")[2].replace("_", " ") or norm.id


def norm_heading(norm: Norm) -> str:
    """The title where it stands alone: of a prohibition, what is *not* to be done."""
    title = norm_title(norm)
    return say("not to {what}", what=title) if norm.kind == "prohibition" else title


def under(assessment: Assessment, norm: Norm, again: bool = False) -> str:
    """`under Article 4 of the Collective Security Treaty`; `under its Article 4` if the instrument
    has just been named."""
    known = assessment.program.instruments.get(norm.instrument)
    title = known.title if known else norm.instrument
    of = aloud(article_in_full(norm.article))
    if is_numbered(norm.article) and again:
        return say("under its {article}", article=tied(of))
    if title.startswith(("The ", "the ")):
        instrument = titled(title)
    else:
        instrument = say("the {instrument}", instrument=title)
    if is_numbered(norm.article):
        return say("under {article} of {instrument}", article=tied(of), instrument=instrument)
    return say("under {instrument}", instrument=instrument)


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
