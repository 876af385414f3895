"""What every section of a page is made from, and how the parts are put together.

A `Setting` holds the assessment with what is worked out once for the whole page: the letters of the
open questions, the names, and the numbers of the sources. Templates get it as `page`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from secrets import token_hex
from urllib.parse import urlsplit

from foedus.assessment.finding import Assessment
from foedus.assessment.switches import Answer, Switches, switches
from foedus.evidence.claim import Source
from foedus.ir.norm import Norm
from foedus.report.conditions import MARK, MARK_ENDS, Letters
from foedus.report.wording import Names
from foedus.terms.fact import Fact, Predicate


@dataclass(frozen=True)
class Setting:
    """One assessment, about to be a page.

    `texts` is the user's own copy of treaty texts, by instrument and article as the page names it.
    """

    assessment: Assessment
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    @cached_property
    def letters(self) -> Letters:
        """The letters of the open questions."""
        return Letters.of(self.assessment)

    @cached_property
    def linked(self) -> Letters:
        """The same letters for composed sentences: each between marks, by which `pieces` finds it.

        The marks hold a word drawn by lot, which is on no page: no title can pretend to be a letter.
        """
        return replace(
            self.letters,
            letters={
                question: f"{MARK}{self._word}{MARK_ENDS}{letter}{MARK}"
                for question, letter in self.letters.letters.items()
            },
        )

    @cached_property
    def _word(self) -> str:
        return token_hex(8)

    def pieces(self, sentence: str) -> Iterator[tuple[str, str]]:
        """A sentence composed with `linked` letters, in pieces: (words, "") or (letter, its question)."""
        questions = {letter: question for question, letter in self.letters.letters.items()}
        for n, piece in enumerate(re.split(f"{MARK}{self._word}{MARK_ENDS}([A-Z]+){MARK}", sentence)):
            if n % 2:
                yield piece, questions[piece]
            elif piece:
                yield piece, ""

    def norm_anchor(self, norm: Norm) -> str:
        """The id under which a norm's grounds stand: `norm-cst.assist`; of a further text with its name."""
        return self._norms[norm.id, norm.text]

    @cached_property
    def _norms(self) -> Mapping[tuple[str, str | None], str]:
        found: dict[tuple[str, str | None], str] = {}
        for norm in (finding.norm for finding in self.assessment.findings):
            further = any(name == norm.id and text != norm.text for name, text in found)
            name = f"{norm.id}@{norm.text}" if further else norm.id
            found.setdefault((norm.id, norm.text), anchor("norm", name))
        return found

    @cached_property
    def names(self) -> Names:
        """How a reader knows the speakers and states."""
        return Names(self.assessment)

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The facts and judgements on record, by id."""
        return {fact.id: fact for fact in self.assessment.dossier.record.facts}

    def predicate(self, name: str) -> Predicate | None:
        """A word of the dossier or of the treaty pages."""
        record, known = self.assessment.dossier.record, self.assessment.program.vocabulary.predicates
        return record.predicates.get(name) or known.get(name)

    @cached_property
    def switches(self) -> Switches | None:
        """The answer under every supposition; None where that is too large to travel with a page."""
        return switches(self.assessment)

    @cached_property
    def answers(self) -> Mapping[str, tuple[Answer, ...]]:
        """The answers to each open question, by its id, that a switch can give; none without switches."""
        found = self.switches
        return {switch.question: switch.answers for switch in found.switches} if found else {}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every document by its id: the dossier's in their order, then those of the treaty pages."""
        record, program = self.assessment.dossier.record, self.assessment.program
        return {**record.sources, **{k: v for k, v in program.sources.items() if k not in record.sources}}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each source, from 1; the same on the screen, on paper and in every link."""
        return {name: number for number, name in enumerate(self.sources, 1)}

    def number(self, source: str) -> int | None:
        """The number of a source; None where it is not declared."""
        return self.numbers.get(source)


def anchor(kind: str, name: str) -> str:
    """The id of an element, from a stable id: `norm-cst.assist`; no sign that a URL would change.

    >>> anchor("open", "threatens(protest, KAZ)")
    'open-threatens.28.protest.2c..20.KAZ.29.'
    """
    kept = (c if c.isascii() and (c.isalnum() or c in "-_.") else f".{ord(c):x}." for c in name)
    return f"{kind}-{''.join(kept)}"


def linkable(url: str) -> str:
    """The address if a browser may follow it (http and https only), else nothing.

    >>> linkable("https://example.org/a"), linkable("javascript:alert(1)"), linkable("http://[a")
    ('https://example.org/a', '', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
