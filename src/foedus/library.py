"""Pages and dossiers on disk: the shipped ones, and the user's over them.

A treaty page is named after its instrument (`cst.md`). A dossier is a folder with `dossier.md`, or
a single page. `Library(overlay)` looks into the user's folder first, so that an amended page
replaces the shipped one of the same name; pages that a page refers to (`law.defend`) come along.

>>> "vocabulary" in Library().pages
True
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

from foedus.diagnostics.catalogue import severity_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_page
from foedus.diagnostics.span import spelled, whole
from foedus.diagnostics.suggest import suggest
from foedus.evidence.anchor import anchor
from foedus.evidence.check import check
from foedus.evidence.record import Dossier
from foedus.ir.norm import Program
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower
from foedus.lang.to_record import to_dossier
from foedus.lang.tree import AskItem, DossierItem, InstrumentItem, Page

SHIPPED = "<shipped>"
_REFERENCE = re.compile(
    r"\b([a-z][a-z0-9-]*)\.(?!md\b)[a-z]|^[ \t>]*this (?:prevails over|yields to) ([a-z][a-z0-9-]*)"
    r"|\bparty\([^()]*,\s*([a-z][a-z0-9-]*)\)",
    re.MULTILINE,
)
Parsed: TypeAlias = tuple[Page, str, tuple[Problem, ...]]
"""A page, its text, and every problem of reading and parsing it."""


@dataclass(frozen=True)
class Loaded:
    """What came of reading: pages with their texts, a program, and every problem found."""

    program: Program
    pages: Mapping[str, Page]
    texts: Mapping[str, str]
    problems: tuple[Problem, ...]
    dossier: Dossier | None = None
    asks: tuple[AskItem, ...] = ()  # which a dossier asks of itself
    documents: Path | None = None  # the folder with the texts of a dossier's sources, if there is one

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop work; warnings do not."""
        return tuple(p for p in self.problems if severity_of(p) == "error")


@dataclass(frozen=True)
class Library:
    """Shipped pages under the user's own (`overlay`).

    `documents` is a folder with the texts of sources, named by their ids (`letter.txt`); without
    it, a dossier's own folder `documents` is looked at, if it has one. Texts stay where they are.
    Without `trials`, the trials of pages are passed over; without `quoted`, words quoted are not looked up.
    `read` reads a page in place of `read_parsed`: an editor's own text of it, or what was parsed before.
    """

    overlay: Path | None = None
    documents: Path | None = None
    extra: tuple[Path, ...] = ()
    trials: bool = True
    quoted: bool = True
    read: Callable[[Path, str, bool], Parsed] | None = None
    _read: dict[str, Parsed] = field(default_factory=dict[str, Parsed])

    @cached_property
    def pages(self) -> Mapping[str, tuple[str, Path]]:
        """Page names with how to call the file in a message, and where it is."""
        found: dict[str, tuple[str, Path]] = {}
        for entry in sorted(shipped("treaties").glob("*.md")):
            found[entry.stem] = (f"{SHIPPED}/{entry.name}", entry)
        if self.overlay is not None:
            for entry in pages_in(self.overlay, "Treaty pages are named after their instrument: `cst.md`."):
                found[entry.stem] = (spelled(entry), entry)
        for entry in self.extra:
            found[entry.stem] = (spelled(entry), entry)
        return found

    def page(self, name: str) -> Parsed:
        """One page, parsed once."""
        if name not in self._read:
            called, path = self.pages[name]
            self._read[name] = self._parsed(path, called, self.trials)
        return self._read[name]

    def _parsed(self, path: Path, called: str, trials: bool = True) -> Parsed:
        return (self.read or read_parsed)(path, called, trials)

    def load(self, instruments: Iterable[str]) -> Loaded:
        """The program of these instruments, the shared vocabulary, and what they refer to."""
        wanted, chosen = ["vocabulary", *instruments], dict[str, Page]()
        texts: dict[str, str] = {}
        problems: list[Problem] = []
        while wanted:
            name = wanted.pop(0)
            if name in chosen or name not in self.pages:
                continue
            page, text, found = self.page(name)
            chosen[name] = page
            texts[page.path] = text
            problems += found
            wanted += [ref for ref in _referred(text) if ref in self.pages and ref not in chosen]
        program, found = lower(tuple(chosen.values()))
        if any(severity_of(p) == "error" for p in problems):
            found = ()  # what was not read is missing everywhere else: those mistakes would be false
        return Loaded(_digested(program, chosen, texts), chosen, texts, (*problems, *found))

    def dossier(self, name: str) -> Loaded:
        """A dossier by its path or shipped name, with the program it is assessed under."""
        return self.dossier_of(self.parts(name), self.find_dossier(name), name)

    def dossier_of(self, parts: Mapping[Path, str], folder: Path, name: str) -> Loaded:
        """The dossier that these pages make, its title page first, each with how a message calls it; `folder` is
        where they are, or the only page."""
        if self.documents is not None:
            folder_at(self.documents)
        elif stands(folder / "documents"):
            stays_in(folder / "documents", folder)
        parsed = [self._parsed(path, called) for path, called in parts.items()]
        pages = [page for page, _, _ in parsed]
        texts = {page.path: text for page, text, _ in parsed}
        problems = [problem for *_, found in parsed for problem in found]
        declared = [i.id.text for page in pages for i in page.items if isinstance(i, InstrumentItem)]
        asked = [
            n for p in pages for i in p.records + p.items if isinstance(i, DossierItem) for n in i.assess
        ]
        for wanted in asked:
            instrument = wanted.text.partition(".")[0]
            if instrument not in self.pages and instrument not in declared:
                near = suggest(instrument, self.pages)
                advice = f"Did you mean `{near}`?" if near else ""
                problems.append(Problem("F508", wanted.place, {"name": instrument}, help=advice))
        needed = [n.text.partition(".")[0] for n in asked] + _referred("\n".join(texts.values()))
        loaded = self.load(name for name in needed if name not in declared)
        program, lowered = loaded.program, ()
        if declared:
            program, lowered = lower((*loaded.pages.values(), *pages))
            program = _digested(program, loaded.pages, loaded.texts)
        made, recorded = to_dossier(pages, program)
        documents = self.documents or folder / "documents"
        recorded = (*recorded, *check(made))
        if self.quoted:
            recorded = (*recorded, *unfound(made, documents))
        made = _with_digest(made, texts, name)
        if any(severity_of(p) == "error" for p in problems):
            lowered, recorded = (), ()
        found = (*loaded.problems, *problems, *lowered, *recorded)
        asks = tuple(ask for page in pages for ask in page.asks)
        at_hand = documents if stands(documents) else None
        return Loaded(
            program, loaded.pages, {**loaded.texts, **texts}, unrepeated(found), made, asks, at_hand
        )

    def parts(self, name: str) -> dict[Path, str]:
        """The pages of a dossier, its title page first, with how to call each in a message."""
        folder = self.find_dossier(name)
        return {path: _called(path, folder, name) for path in dossier_files(folder)}

    @cached_property
    def dossiers(self) -> tuple[str, ...]:
        """The names of the shipped dossiers."""
        return tuple(sorted(entry.name for entry in shipped("dossiers").iterdir() if entry.is_dir()))

    def find_dossier(self, name: str, others: Iterable[str] = ()) -> Path:
        """The folder or page of a dossier; suggests the nearest name, `others` too, for one that is not there."""
        path = Path(name)
        if stands(path):
            return path
        if name in self.dossiers:
            return shipped("dossiers") / name
        if path.suffix or len(path.parts) > 1:
            read_page(path)  # says that it is not there, and which file was probably meant
        near = suggest(name, [*others, *self.dossiers])
        advice = f"Did you mean `{near}`?" if near else ""
        raise Refused(Problem("F501", whole(name), {"name": name}, help=advice))


def _referred(text: str) -> list[str]:
    """The instruments that a page may refer to: `law` of `law.defend`, and of `this yields to law`."""
    return [norm or rank or other for norm, rank, other in _REFERENCE.findall(text)]


def unfound(dossier: Dossier, documents: Path) -> tuple[Problem, ...]:
    """The quotations that are not in the documents at hand."""
    problems: list[Problem] = []
    texts: dict[str, tuple[Path, str] | None] = {}
    for claim in dossier.record.claims:
        if claim.quote:
            if claim.source not in texts:
                texts[claim.source] = _document(documents, claim.source)
            at_hand = texts[claim.source]
            if at_hand is not None and anchor(at_hand[1], claim.quote).kind == "orphan":
                problems.append(
                    Problem("F425", claim.place, {"source": claim.source, "file": spelled(at_hand[0])})
                )
    return tuple(problems)


def _document(documents: Path, source: str) -> tuple[Path, str] | None:
    for ending in (".txt", ".md", ".html"):
        path = documents / f"{source}{ending}"
        if path.is_file():
            stays_in(path, documents)
            return path, read_page(path)[0]
    return None


def unrepeated(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, in order: a page that two readers met has its mistakes told once."""
    kept: dict[object, Problem] = {}
    for p in problems:
        kept.setdefault((p.code, p.place, tuple(sorted(p.values.items())), p.label, p.notes, p.help), p)
    return tuple(kept.values())


def stands(path: Path) -> bool:
    """Whether something stands at a path that a user gave: one that no system would take names nothing."""
    try:
        return path.exists()
    except OSError:  # too long a name, or a folder that may not be looked into
        return False


def folder_at(folder: Path) -> Path:
    """A folder that the user gave. Refuses one that is not there (F001), or is a file (F007)."""
    if not folder.is_dir():
        read_page(folder)  # says that it is not there, and which name was probably meant
        values = {"path": spelled(folder), "found": "file", "wanted": "folder"}
        raise Refused(Problem("F007", whole(spelled(folder)), values))
    return folder


def pages_in(folder: Path, wanted: str) -> list[Path]:
    """The pages of a folder that the user gave, by name. Refuses one that is no folder, may not be read
    (F008) or has no page (F509, with what is `wanted`)."""
    place = whole(spelled(folder))
    try:
        entries = folder_at(folder).iterdir()
        found = sorted(e for e in entries if e.suffix.lower() == ".md" and not e.name.startswith("."))
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Refused(Problem("F008", place, {"path": spelled(folder), "why": why})) from None
    if not found:
        raise Refused(Problem("F509", place, {"name": spelled(folder)}, help=wanted))
    return found


def dossier_files(folder: Path) -> list[Path]:
    """The pages of a dossier, its title page first. Refuses a link that leads out of the folder (F017)."""
    if not folder.is_dir():
        return [folder]
    found = sorted(pages_in(folder, ""), key=lambda path: (path.name != "dossier.md", path.name))
    for path in found:
        stays_in(path, folder)
    return found


def stays_in(path: Path, folder: Path) -> None:
    """Refuses what is a link, or lies behind one, that leads out of the folder (F017). A folder may itself be
    a link."""
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links that lead to one another: reading it says so
        return
    if not inside:
        raise Refused(
            Problem("F017", whole(spelled(path)), {"path": spelled(path), "folder": spelled(folder)})
        )


def read_parsed(path: Path, called: str, trials: bool = True) -> Parsed:
    """A page from disk, with its text and every problem of reading and parsing it."""
    text, warned = read_page(path)
    page, problems = _parse(called, text, trials)
    return page, text, (*warned, *problems)


@lru_cache(maxsize=256)
def _parse(called: str, text: str, trials: bool) -> tuple[Page, tuple[Problem, ...]]:
    """A text is read once in a process: whoever asks about several dossiers reads their treaties again and again."""
    return parse_page(called, text, trials)


def digest(texts: Iterable[str]) -> str:
    """SHA-256 of texts, line ends normalised: the same page gives the same digest anywhere."""
    made = hashlib.sha256()
    for text in texts:
        made.update(text.encode())
        made.update(b"\0")
    return made.hexdigest()


def shipped(kind: str) -> Path:
    """The folder of the `treaties` or `dossiers` that ship."""
    return Path(str(files("foedus"))) / kind


def _called(path: Path, folder: Path, name: str) -> str:
    """How a message calls a file: shipped pages without the place where Foedus is installed."""
    if folder == shipped("dossiers") / name and not Path(name).is_absolute():
        return f"{SHIPPED}/{name}/{path.name}"
    return spelled(path)


def _digested(program: Program, pages: Mapping[str, Page], texts: Mapping[str, str]) -> Program:
    """The program with the digests of all pages it was read from, those without an instrument too: what a word
    of the vocabulary means, every finding rests on."""
    by_page = {page.path: digest([texts[page.path]]) for page in pages.values()}
    instruments = {
        name: replace(i, digest=by_page.get(i.place.page, i.digest), page=i.place.page)
        for name, i in program.instruments.items()
    }
    names = {i.place.page: i.id for i in program.instruments.values()}
    digests = {names.get(page.path, name): by_page[page.path] for name, page in pages.items()}
    return replace(program, instruments=instruments, digests=digests)


def _with_digest(dossier: Dossier, texts: Mapping[str, str], called: str) -> Dossier:
    return replace(dossier, digest=digest(texts[name] for name in sorted(texts)), called=called)
