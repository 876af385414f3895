"""A dossier that was read, with the pages it is assessed under: what `foedus.load` gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.assessment.traced import compared
from foedus.diagnostics.catalogue import severity_of
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.render import to_terminal
from foedus.evidence import record as values
from foedus.ir.norm import Program
from foedus.library import Library, Loaded
from foedus.notebook.markup import Markup, block, code, element, framed, joined, quiet
from foedus.notebook.refusal import WIDE, Refused, told
from foedus.terms.time import EDate, in_words
from foedus.words.speech import plural, say


@dataclass(frozen=True, eq=False, repr=False)
class Dossier:
    """The documents and claims of one crisis, read once and asked as often as one likes.

    >>> import foedus
    >>> dossier = foedus.load("kazakhstan-2022")
    >>> dossier.title, "cst" in dossier.instruments
    ('Kazakhstan, January 2022', True)
    """

    value: values.Dossier
    program: Program
    warnings: tuple[Problem, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The name it gives itself."""
        return self.value.id

    @property
    def title(self) -> str:
        """Its title."""
        return self.value.title

    @property
    def period(self) -> EDate | None:
        """The days it covers."""
        return self.value.period

    @property
    def on(self) -> date | None:
        """The day asked about, unless another is given."""
        named = self.value.on or self.value.period
        return named.last if named else None

    @property
    def instruments(self) -> tuple[str, ...]:
        """The instruments it asks about, by id."""
        return self.value.instruments

    def __repr__(self) -> str:
        return f"{self.title} [{self.id}]: {self._counts()}"

    def _counts(self) -> str:
        record = self.value.record
        return ", ".join(
            (
                plural("{n} document", "{n} documents", len(record.sources)),
                plural("{n} fact or judgement", "{n} facts and judgements", len(record.facts)),
                plural("{n} claim", "{n} claims", len(record.claims)),
            )
        )

    def _repr_html_(self) -> str:
        lines = [
            block(self.title, " ", code(self.id), style="font-weight:700;font-size:1.15em"),
            block(self._counts()),
        ]
        if self.period is not None:
            lines.append(block(say("covers {period}", period=in_words(self.period))))
        titles = [
            self.program.instruments[i].title for i in self.instruments if i in self.program.instruments
        ]
        if titles:
            lines.append(block(say("asks about {instruments}", instruments="; ".join(titles))))
        return framed(*lines, warned(self))


def warned(dossier: Dossier) -> Markup:
    """The warnings of reading, as the command line prints them; nothing where there are none."""
    if not dossier.warnings:
        return Markup()
    text = to_terminal(dossier.warnings, dict(dossier.texts), width=WIDE)
    style = "white-space:pre-wrap;font-size:.85em;background:transparent;color:inherit;margin:.3rem 0"
    lines = [element("pre", Markup("\n").join(joined([line]) for line in text.split("\n")), style=style)]
    return joined([block(quiet(say("Warnings of reading"))), *lines])


def load(
    dossier: str | Path | Dossier,
    *,
    treaties: str | Path | None = None,
    documents: str | Path | None = None,
) -> Dossier:
    """Read a dossier: one that ships, by its name; a folder or page, by its path.

    `treaties` is a folder with your own or amended treaty pages, over the shipped ones; `documents` one
    with the texts of sources, in which quotations are looked up, and which are compared. Raises `Refused`
    with every mistake.
    """
    if isinstance(dossier, Dossier):
        return dossier
    with told():
        library = Library(_folder(treaties), _folder(documents), trials=False)
        loaded = compared(library.dossier(str(dossier)))
    return _read(loaded)


def _folder(given: str | Path | None) -> Path | None:
    return None if given is None else Path(given)


def _read(loaded: Loaded) -> Dossier:
    if loaded.errors or loaded.dossier is None:
        raise Refused(*loaded.problems, texts=loaded.texts)
    warnings = tuple(p for p in loaded.problems if severity_of(p) != "error")
    return Dossier(loaded.dossier, loaded.program, warnings, tuple(loaded.texts.items()))
