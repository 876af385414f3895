"""What an editor asks, answered from the desk: nothing here knows how question and answer travel.

Each method answers one question of the protocol about a page; a page that is not open, or none of Foedus, has
no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    CompletionItem,
    Diagnostic,
    DocumentHighlight,
    DocumentSymbol,
    Hover,
    Location,
    Position,
    Range,
    TextEdit,
    WorkspaceEdit,
)

from foedus.assessment.trial import Outcome
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import Place
from foedus.lang.tree import Page
from foedus.lsp.colours import encoded
from foedus.lsp.complete import complete
from foedus.lsp.desk import Desk, Open, file_of
from foedus.lsp.diagnose import accepted, diagnostic, expectation, mended
from foedus.lsp.hover import hover
from foedus.lsp.layout import laid_out
from foedus.lsp.naming import Known, Thing
from foedus.lsp.navigate import Found, at, definitions, may_be_called, named
from foedus.lsp.review import TITLE_PAGE, Review, Settings, is_ours, review, tried, unit_of
from foedus.lsp.shelf import Shelf
from foedus.lsp.symbols import symbols
from foedus.lsp.text import Text
from foedus.words.speech import say


class CannotRename(Exception):
    """Raised with a sentence for the reader."""


@dataclass(slots=True)
class Service:
    """The desk with what was found on it. `snippets`: the editor fills templates in."""

    desk: Desk = field(default_factory=Desk)
    shelf: Shelf = field(init=False)
    snippets: bool = False
    reviews: dict[Path, Review] = field(default_factory=dict[Path, Review])

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.desk)

    @property
    def settings(self) -> Settings:
        """What the editor has set."""
        return self.shelf.settings

    # ---- what is wrong ----

    def units(self, path: Path) -> list[Path]:
        """What has to be reviewed anew when a page has changed: its own unit, and all that read it."""
        page = self.desk.open.get(path)
        own = unit_of(path, self.desk)
        wanted = [own] if page is not None and self.is_ours(page) else []
        others = (u for u, found in self.reviews.items() if path in found.pages.values() or u == own)
        return list(dict.fromkeys([*wanted, *others]))

    def is_ours(self, page: Open) -> bool:
        """Whether an open file is a page of Foedus that is not to be left alone."""
        if self.settings.ignores(page.path):
            return False
        return is_ours(page, unit_of(page.path, self.desk), self.settings, self.desk)

    def is_wanted(self, unit: Path) -> bool:
        """Whether a page of the unit is open."""
        return any(unit_of(p.path, self.desk) == unit and self.is_ours(p) for p in self.desk.open.values())

    def review(self, unit: Path, trials: bool = False) -> set[Path]:
        """Review a unit, its trials with it; the pages of which something new may have to be said."""
        before = self.reviews.get(unit)
        touched = self.touched(before)
        if not self.is_wanted(unit):
            self.reviews.pop(unit, None)
            return touched
        found = review(unit, self.desk, self.settings)
        if trials:
            found = replace(found, outcomes=tried(unit, self.desk, self.settings))
        elif before is not None and [p.path for p in found.seen] and set(found.seen) == set(before.seen):
            found = replace(found, outcomes=before.outcomes)
        self.reviews[unit] = found
        return (
            touched | self.touched(found) | {p.path for p in found.seen if unit_of(p.path, self.desk) == unit}
        )

    def touched(self, found: Review | None) -> set[Path]:
        """The pages that have a problem, or an expectation that does not hold."""
        if found is None:
            return set()
        places = [p.place for p in found.problems] + [o.expected.place for o in found.outcomes]
        return {self._page_of(place, found) for place in places}

    def _page_of(self, place: Place, found: Review) -> Path:
        """The page on which a problem is shown: where it is, or else the first of the unit."""
        known = found.pages.get(place.page)
        if known is None and (path := file_of(place.page)) is not None and path.is_file():
            known = path
        return known or (found.unit / TITLE_PAGE if found.unit.is_dir() else found.unit)

    def problems(self, path: Path) -> Iterator[tuple[Problem, Review]]:
        """The problems of a page, each once, whichever unit found it."""
        told = set[object]()
        for found in list(self.reviews.values()):
            for problem in found.problems:
                p = problem.place
                key = (problem.code, p.line, p.column, p.end_line, p.end_column, problem.label)
                if key not in told and self._page_of(p, found) == path:
                    told.add(key)
                    yield problem, found

    def outcomes(self, path: Path) -> Iterator[Outcome]:
        """The expectations of a page that do not hold."""
        for found in list(self.reviews.values()):
            yield from (o for o in found.outcomes if self._page_of(o.expected.place, found) == path)

    def diagnostics(self, path: Path) -> list[Diagnostic]:
        """What is wrong with a page, as the editor shows it."""
        text = self.shelf.on(path)
        found = [
            diagnostic(problem, text, lambda place, by=by: self._locate(place, by))
            for problem, by in self.problems(path)
        ]
        return found + [expectation(outcome, text) for outcome in self.outcomes(path)]

    def _locate(self, place: Place, found: Review) -> Location | None:
        path = found.pages.get(place.page) or file_of(place.page)
        if path is None:
            return None
        return Location(self.desk.uri(path), self.shelf.on(path).range(place))

    # ---- questions about a page ----

    def warm(self) -> None:
        """Read the treaty pages at hand, before somebody asks."""
        for path in list(self.desk.open)[:1]:
            self.shelf.known(path)

    def _at_hand(self, uri: str) -> tuple[Open, Page, Known, Text] | None:
        page = self.desk.of(uri)
        if page is None or not self.is_ours(page) or (tree := self.shelf.page(page.path)) is None:
            return None
        return page, tree, self.shelf.known(page.path), self.shelf.text(page)

    def completion(self, uri: str, position: Position) -> list[CompletionItem]:
        """What may come next at a position."""
        page = self.desk.of(uri)
        if page is None or self.settings.ignores(page.path):
            return []
        tree = self.shelf.page(page.path, lately=True)
        if tree is None:
            return []
        known = self.shelf.known(page.path, lately=True)
        return complete(self.shelf.text(page), position, tree, known, self.snippets)

    def hover(self, uri: str, position: Position) -> Hover | None:
        """What is told of the word at a position."""
        if (at_hand := self._at_hand(uri)) is None:
            return None
        page, tree, known, text = at_hand
        problems = [problem for problem, _ in self.problems(page.path)]
        return hover(text, position, tree, known, problems, self.shelf.link)

    def definition(self, uri: str, position: Position) -> list[Location]:
        """Where what is named at a position is declared."""
        if (at_hand := self._at_hand(uri)) is None:
            return []
        _, tree, known, text = at_hand
        found = at(text, position, tree, known)
        places = definitions(found, tree, known) if found is not None else []
        return [where for place in places if (where := self.shelf.locate(place)) is not None]

    def references(self, uri: str, position: Position, with_declaration: bool = True) -> list[Location]:
        """Everywhere that what is named at a position is named: on all pages within reach."""
        if (at_hand := self._at_hand(uri)) is None:
            return []
        page, tree, known, text = at_hand
        found = at(text, position, tree, known)
        if found is None:
            return []
        everywhere = self.shelf.everywhere(page.path)
        mentions = named(found.things[0], everywhere)
        places = (m.place for m in mentions if with_declaration or not m.declares)
        return [where for place in places if (where := self.shelf.locate(place)) is not None]

    def highlights(self, uri: str, position: Position) -> list[DocumentHighlight]:
        """Where else on the page the thing is named."""
        if (at_hand := self._at_hand(uri)) is None:
            return []
        _, tree, known, text = at_hand
        found = at(text, position, tree, known)
        mentions = named(found.things[0], known, [tree]) if found is not None else []
        return [DocumentHighlight(text.range(m.place)) for m in mentions]

    def symbols(self, uri: str) -> list[DocumentSymbol]:
        """The outline of a page."""
        if (at_hand := self._at_hand(uri)) is None:
            return []
        _, tree, _, text = at_hand
        return symbols(tree, text)

    def colours(self, uri: str) -> list[int]:
        """What each word of a page is."""
        if (at_hand := self._at_hand(uri)) is None:
            return []
        _, tree, known, text = at_hand
        return encoded(tree, known, text)

    def formatting(self, uri: str) -> list[TextEdit]:
        """The edits that lay a page out."""
        page = self.desk.of(uri)
        if page is None or not self.is_ours(page):
            return []
        return laid_out(self.shelf.text(page), page.ends)

    def actions(self, uri: str, stretch: Range) -> list[CodeAction]:
        """What can be mended in a stretch of a page."""
        page = self.desk.of(uri)
        if page is None:
            return []
        text, found = self.shelf.text(page), list[CodeAction]()
        for problem, by in self.problems(page.path):
            mend = mended(problem, text) if _overlap(text.range(problem.place), stretch) else None
            if mend is not None:
                told = diagnostic(problem, text, lambda place, by=by: self._locate(place, by))
                title = say("Replace “{wrong}” by “{right}”", wrong=text.written(mend[0]), right=mend[1])
                found.append(_action(title, told, uri, text.range(mend[0]), mend[1]))
        for outcome in self.outcomes(page.path):
            new = accepted(outcome) if _overlap(text.range(outcome.expected.place), stretch) else None
            if new is not None:
                title = say("Expect what the trial finds: {line}", line=new[1])
                told = expectation(outcome, text)
                found.append(_action(title, told, uri, text.range(new[0]), new[1], preferred=False))
        return found

    # ---- renaming ----

    def renamed_at(self, uri: str, position: Position) -> Range:
        """The name that would be changed. Raises `CannotRename`."""
        return self._renamed(uri, position)[3].range(self._renamed(uri, position)[1].place)

    def rename(self, uri: str, position: Position, name: str) -> WorkspaceEdit:
        """The edits that give a thing another name everywhere. Raises `CannotRename`."""
        page, found, known, _ = self._renamed(uri, position)
        thing = found.things[0]
        if not may_be_called(thing, name):
            raise CannotRename(say("“{name}” is no name that this can have.", name=name))
        if known.has(replace(thing, name=name)):
            raise CannotRename(say("Something else is called “{name}” already.", name=name))
        everywhere = self.shelf.everywhere(page.path)
        changes: dict[str, list[TextEdit]] = {}
        for mention in named(thing, everywhere):
            path = file_of(mention.place.page)
            if path is None or not self._is_own(path):
                raise CannotRename(_not_own(thing))
            edit = TextEdit(self.shelf.on(path).range(mention.place), name)
            changes.setdefault(self.desk.uri(path), []).append(edit)
        return WorkspaceEdit(changes=changes)

    def _renamed(self, uri: str, position: Position) -> tuple[Open, Found, Known, Text]:
        at_hand = self._at_hand(uri)
        found = at(at_hand[3], position, at_hand[1], at_hand[2]) if at_hand is not None else None
        if at_hand is None or found is None:
            raise CannotRename(say("There is no name here."))
        page, _, known, text = at_hand
        thing = found.things[0]
        declared = known.declared.get(thing, [])
        if not declared and thing.kind != "variable":
            raise CannotRename(say("“{name}” is declared on no page.", name=thing.name))
        for one in declared:
            path = file_of(one.place.page)
            if path is None or not self._is_own(path):
                raise CannotRename(_not_own(thing))
        return page, found, known, text

    def _is_own(self, path: Path) -> bool:
        """Whether a page is the user's: open, or in the workspace."""
        return path in self.desk.open or any(path.is_relative_to(folder) for folder in self.settings.folders)


def _not_own(thing: Thing) -> str:
    return say("“{name}” is named on a page outside the workspace.", name=thing.name)


def _overlap(one: Range, other: Range) -> bool:
    def key(position: Position) -> tuple[int, int]:
        return position.line, position.character

    return key(one.start) <= key(other.end) and key(other.start) <= key(one.end)


def _action(
    title: str, told: Diagnostic, uri: str, stretch: Range, new: str, preferred: bool = True
) -> CodeAction:
    return CodeAction(
        title=title,
        kind=CodeActionKind.QuickFix,
        diagnostics=[told],
        is_preferred=preferred,
        edit=WorkspaceEdit(changes={uri: [TextEdit(stretch, new)]}),
    )


def settings_from(said: object, base: Settings) -> Settings:
    """The settings that an editor sends, over those of the command line; what is no setting is passed over."""
    if not isinstance(said, Mapping):
        return base
    given = cast("Mapping[str, object]", said)
    inner = given.get("foedus")
    if isinstance(inner, Mapping):
        given = cast("Mapping[str, object]", inner)
    ignore = given.get("ignore")
    patterns = cast("Iterable[object]", ignore) if isinstance(ignore, list) else ()
    trials = given.get("trials")
    return replace(
        base,
        treaties=_folder(given.get("treaties"), base) or base.treaties,
        documents=_folder(given.get("documents"), base) or base.documents,
        trials=trials if isinstance(trials, bool) else base.trials,
        ignore=tuple(p for p in patterns if isinstance(p, str)) or base.ignore,
    )


def _folder(said: object, base: Settings) -> Path | None:
    if not isinstance(said, str) or not said.strip():
        return None
    path = Path(said.strip()).expanduser()
    return path if path.is_absolute() or not base.folders else base.folders[0] / path
