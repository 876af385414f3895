"""What is wrong with the pages on the desk: as `foedus check` finds it, in what has not been saved yet.

A *unit* is what is checked as one: a page, or the folder of a dossier. A *review* is what was found in one
unit, with the pages that were read for it. Another Markdown file than a page of Foedus has no review.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from foedus.assessment.check import check_page, is_dossier
from foedus.assessment.trial import Outcome, ask_itself, run
from foedus.diagnostics.catalogue import severity_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled
from foedus.lang.tangle import tangle
from foedus.lang.tree import Page
from foedus.library import Library, Loaded, Parsed, folder_at, stands, unrepeated
from foedus.lsp.desk import Desk, Open, resolved

TITLE_PAGE = "dossier.md"
OURS = re.compile(r"^[ \t>*+\-0-9.)]*(?:`{3,}|~{3,})[ \t]*(?:foedus|record|ask)(?![\w-])", re.MULTILINE)
_MARKED = re.compile(r"---[ \t]*\n(?:.*\n)*?foedus:")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an editor may set. `treaties` and `documents` are the folders of the options of the same name; where
    `treaties` is not set, the folder `treaties` of the workspace is taken, if it has pages. `trials`: run the
    trials of a page when it is saved. `ignore` are patterns of paths to leave alone."""

    treaties: Path | None = None
    documents: Path | None = None
    trials: bool = False
    ignore: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()

    def overlay(self, desk: Desk) -> Path | None:
        """The folder of the user's own treaty pages."""
        if self.treaties is not None:
            return self.treaties
        for folder in self.folders:
            own = folder / "treaties"
            if own.is_dir() and (any(own.glob("*.md")) or desk.inside(own)):
                return own if any(own.glob("*.md")) else None
        return None

    def ignores(self, path: Path) -> bool:
        """Whether a page is to be left alone."""
        names = [path.name, spelled(path)]
        names += [spelled(path.relative_to(f)) for f in self.folders if path.is_relative_to(f)]
        return any(fnmatch(name, pattern) for pattern in self.ignore for name in names)


@dataclass(frozen=True)
class Review:
    """What was found in a unit. `pages` are those that were read, by their names in messages; `seen` those of
    them that were open, with the text they had."""

    unit: Path
    problems: tuple[Problem, ...]
    pages: Mapping[str, Path] = field(default_factory=dict[str, Path])
    trees: Mapping[str, Page] = field(default_factory=dict[str, Page])
    seen: tuple[Open, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


@dataclass(slots=True)
class _Reading:
    """Reads for a library, and remembers what."""

    desk: Desk
    pages: dict[str, Path] = field(default_factory=dict[str, Path])
    trees: dict[str, Page] = field(default_factory=dict[str, Page])
    seen: dict[Path, Open] = field(default_factory=dict[Path, Open])

    def read(self, path: Path, called: str, trials: bool) -> Parsed:
        """The page as it is now."""
        found = resolved(path)
        self.pages[called] = found
        if (page := self.desk.open.get(found)) is not None:
            self.seen[found] = page
        parsed = self.desk.read(found, called, trials)
        self.trees[called] = parsed[0]
        return parsed


def unit_of(path: Path, desk: Desk) -> Path:
    """What is checked when a page is: the folder, where it has the title page of a dossier; else the page."""
    title = path.parent / TITLE_PAGE
    if (
        path.suffix.lower() == ".md"
        and not path.name.startswith(".")
        and (stands(title) or title in desk.open)
    ):
        return path.parent if path.parent.is_dir() else path
    return path


def is_ours(page: Open, unit: Path, settings: Settings, desk: Desk) -> bool:
    """Whether an open file is a page of Foedus, and no other Markdown: it has a block, or one whose name is a slip;
    it says so in its front matter; or it is among a dossier's pages, or the user's treaties."""
    if unit != page.path or OURS.search(page.text) or _MARKED.match(page.text):
        return True
    if page.path.parent == settings.overlay(desk):
        return True
    return any(problem.code == "F011" for problem in tangle("", page.text).problems)


def review(unit: Path, desk: Desk, settings: Settings) -> Review:
    """Everything that is wrong with a unit as it is now."""
    reading = _Reading(desk)
    try:
        library = _library(unit, reading, desk, settings)
        problems = _dossier(unit, library, desk).problems if unit.is_dir() else check_page(unit, library)[0]
    except Refused as refused:
        problems = refused.problems
    return Review(unit, unrepeated(problems), reading.pages, reading.trees, tuple(reading.seen.values()))


def tried(unit: Path, desk: Desk, settings: Settings) -> tuple[Outcome, ...]:
    """The expectations of a unit's trials that do not hold; none of a unit that has a mistake."""
    reading = _Reading(desk)
    try:
        library = _library(unit, reading, desk, settings)
        page = None if unit.is_dir() else library.page(unit.stem)[0]
        if page is not None and not is_dossier(page):
            loaded = library.load([unit.stem])
        elif page is not None:
            loaded = library.dossier_of({unit: spelled(unit)}, unit, str(unit))
        else:
            loaded = _dossier(unit, library, desk)
        if any(severity_of(p) == "error" for p in loaded.problems):
            return ()
        if loaded.dossier is not None:
            outcomes, _ = ask_itself(loaded.dossier, loaded.asks, loaded.program)
        else:
            outcomes, _ = run(loaded.pages[unit.stem], loaded.program)
    except Refused:
        return ()
    return tuple(outcome for outcome in outcomes if not outcome.holds)


def library_of(desk: Desk, settings: Settings) -> Library:
    """Every treaty page at hand, as it is now. Raises `Refused` for a folder that is not there."""
    return Library(settings.overlay(desk), settings.documents, read=_Reading(desk).read)


def _library(unit: Path, reading: _Reading, desk: Desk, settings: Settings) -> Library:
    extra = () if unit.is_dir() else (unit,)
    if settings.treaties is not None:
        folder_at(settings.treaties)
    return Library(settings.overlay(desk), settings.documents, extra, read=reading.read)


def _dossier(folder: Path, library: Library, desk: Desk) -> Loaded:
    """The dossier of a folder; pages of it that are open and not on disk yet are of it too."""
    parts = library.parts(spelled(folder)) if any(folder.glob("*.md")) else dict[Path, str]()
    for path in desk.inside(folder):
        parts.setdefault(path, spelled(path))
    title = {path: called for path, called in parts.items() if path.name == TITLE_PAGE}
    return library.dossier_of(title | parts, folder, spelled(folder))
