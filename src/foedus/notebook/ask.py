"""The verbs of Foedus in Python: assess, compare, check; and the dossiers there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from foedus.assessment import assess as engine
from foedus.assessment import check as checking
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.render import tally, to_terminal
from foedus.library import Library
from foedus.notebook.answer import Answer
from foedus.notebook.columns import OF_ALL, Column
from foedus.notebook.dossier import Dossier, load
from foedus.notebook.frames import table_of
from foedus.notebook.markup import Markup, element, framed, shown
from foedus.notebook.moved import Comparison
from foedus.notebook.put import Chances, Day, Settings, put
from foedus.notebook.refusal import WIDE, told
from foedus.report import moved
from foedus.words.speech import say


def assess(
    dossier: str | Path | Dossier,
    *,
    on: Day | None = None,
    known_by: Day | None = None,
    suppose: Settings | None = None,
    reading: Settings | None = None,
    only: str | Iterable[str] = (),
    weights: str | Path | Chances | None = None,
    treaties: str | Path | None = None,
    documents: str | Path | None = None,
) -> Answer:
    """What follows in a crisis: which obligations arise, on which facts and readings that turns.

    `dossier` is the name of one that ships, the path of a folder or page, or what `load` gave. `on` is the
    day asked about, `known_by` leaves out what was said later; `suppose` and `reading` take ids or letters
    with values; `only` names norms or instruments; `weights` gives chances, as a mapping or a file. Raises
    `Refused` with what the command line would say.

    >>> import foedus
    >>> foedus.assess("kazakhstan-2022", on="2022-01-06", only="pko.send").findings[0]
    pko.send · the Collective Security Council: ◧ depends on A
    """
    read = load(dossier, treaties=treaties, documents=documents)
    with told(dict(read.texts)):
        asked = put(on=on, known_by=known_by, suppose=suppose, reading=reading, only=only, weights=weights)
        return Answer(engine.assess(read.value, read.program, asked), read, asked)


def compare(a: Answer | str | Path | Dossier, b: Answer | str | Path | Dossier) -> Comparison:
    """What moves from one answer to another, and why; a dossier that is given is assessed first.

    >>> import foedus
    >>> foedus.compare("kyrgyzstan-2010", "kazakhstan-2022").value.same_case
    False
    """
    first, second = (each if isinstance(each, Answer) else assess(each) for each in (a, b))
    return Comparison(moved.compare(first.assessment, second.assessment))


def dossiers() -> tuple[str, ...]:
    """The names of the dossiers that ship.

    >>> import foedus
    >>> "kazakhstan-2022" in foedus.dossiers()
    True
    """
    return Library().dossiers


@dataclass(frozen=True, eq=False, repr=False)
class Problems(Sequence[Problem]):
    """The mistakes of some pages, each with its code, place and what to do; printed, as `foedus check` does."""

    found: tuple[Problem, ...]
    texts: tuple[tuple[str, str], ...]

    def __len__(self) -> int:
        return len(self.found)

    @overload
    def __getitem__(self, index: int) -> Problem: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Problem, ...]: ...
    def __getitem__(self, index: int | slice) -> Problem | tuple[Problem, ...]:
        return self.found[index]

    def __repr__(self) -> str:
        if not self.found:
            return say("Nothing to mend.")
        return f"{to_terminal(self.found, dict(self.texts), width=WIDE)}\n\n{tally(self.found)}"

    def _repr_html_(self) -> str:
        text = Markup("\n").join(shown(line) for line in repr(self).split("\n"))
        return framed(element("pre", text, style="white-space:pre-wrap;background:transparent;color:inherit"))


def check(
    *pages: str | Path, treaties: str | Path | None = None, documents: str | Path | None = None
) -> Problems:
    """Every mistake of treaty pages and dossiers: paths, or names of what ships.

    Raises `Refused` for a page that cannot be read at all.

    >>> import foedus
    >>> foedus.check("cst", "kazakhstan-2022")
    Nothing to mend.
    """
    names = tuple(str(page) for page in pages)
    with told():
        found, texts, _ = checking.check(
            names,
            None if treaties is None else Path(treaties),
            None if documents is None else Path(documents),
        )
    return Problems(tuple(found), tuple(texts.items()))


def columns(frame: str) -> tuple[Column, ...]:
    """The columns of a data frame, each with its kind and what it means.

    >>> import foedus
    >>> foedus.columns("claims")[2]
    Column(name='verb', kind='text', meaning='asserts, denies, disputes or reports')
    """
    with told():
        return OF_ALL[frame] if frame in OF_ALL else table_of(frame, OF_ALL).columns
