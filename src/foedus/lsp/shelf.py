"""The pages within reach of an open one: the treaty pages at hand, its dossier, and what the workspace holds.

What all of them declare is gathered once for each set of texts.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lsprotocol.types import Location, PositionEncodingKind

from foedus.diagnostics.problem import Refused
from foedus.diagnostics.span import Place, spelled
from foedus.lang.tree import Page
from foedus.library import Library, dossier_files
from foedus.lsp.desk import Desk, Open, file_of, resolved
from foedus.lsp.naming import Known
from foedus.lsp.review import OURS, Settings, unit_of
from foedus.lsp.text import Text

MOST_FILES = 2_000
"""Markdown files of a workspace that are looked into for mentions; no collection of treaties has more."""

KEPT = 4
"""Sets of pages whose names are kept gathered: an editor goes back and forth between a few."""


@dataclass(slots=True)
class Shelf:
    """The pages at hand. `counts` is how the editor counts within a line."""

    desk: Desk
    settings: Settings = field(default_factory=Settings)
    counts: PositionEncodingKind | str = PositionEncodingKind.Utf16
    _known: dict[tuple[int, ...], Known] = field(default_factory=dict[tuple[int, ...], Known])

    # ---- pages ----

    def page(self, path: Path, lately: bool = False) -> Page | None:
        """A page as far as it can be read; None if it cannot be opened. `lately`: as it was a keystroke ago will do."""
        read = self.desk.read_lately if lately else self.desk.read
        try:
            return read(path, spelled(path))[0]
        except Refused:
            return None

    def text(self, page: Open) -> Text:
        """An open page's text."""
        return Text(page.text, self.counts)

    def near(self, path: Path, lately: bool = False) -> list[Page]:
        """The treaty pages at hand, and the pages of a page's dossier; itself among them."""
        unit = unit_of(path, self.desk)
        parts = self._parts(unit) if unit.is_dir() else []
        found = {page.path: page for page in self._shelved(() if parts else (path,), lately)}
        found |= {page.path: page for part in parts if (page := self.page(part, lately)) is not None}
        return list(found.values())

    def known(self, path: Path, lately: bool = False) -> Known:
        """What the pages near a page declare."""
        return self._gathered(self.near(path, lately))

    def everywhere(self, path: Path) -> Known:
        """What all pages within reach declare: near the page, open, or in the workspace."""
        found = {page.path: page for page in self.near(path)}
        taken = {resolved(file) for called in found if (file := file_of(called)) is not None}
        for other in (*self.desk.open, *self._in_workspace()):
            if other not in taken and (page := self.page(other)) is not None:
                found.setdefault(page.path, page)
                taken.add(other)
        return self._gathered(found.values())

    def _gathered(self, pages: Iterable[Page]) -> Known:
        pages = tuple(pages)
        key = tuple(id(page) for page in pages)  # what is gathered keeps its pages: no id is used anew
        known = self._known.get(key)
        if known is None:
            kept = dict(list(self._known.items())[1 - KEPT :])
            known = Known(pages)
            self._known = {**kept, key: known}
        return known

    def _shelved(self, extra: tuple[Path, ...], lately: bool) -> Iterator[Page]:
        read = self.desk.read_lately if lately else self.desk.read
        try:
            library = Library(self.settings.overlay(self.desk), None, extra, read=read)
            names = list(library.pages)
        except Refused:
            library = Library(None, None, extra, read=read)
            names = list(library.pages)
        for name in names:
            try:
                yield library.page(name)[0]
            except Refused:
                continue

    def _parts(self, folder: Path) -> list[Path]:
        try:
            found = [resolved(path) for path in dossier_files(folder)]
        except Refused:
            found = []
        return [*found, *(path for path in self.desk.inside(folder) if path not in found)]

    def _in_workspace(self) -> Iterator[Path]:
        """The pages of the workspace: Markdown with a block of Foedus."""
        left = MOST_FILES
        for root in self.settings.folders:
            for folder, below, names in os.walk(root):
                below[:] = sorted(name for name in below if name[0] != "." and name != "node_modules")
                for name in sorted(names):
                    if not name.lower().endswith(".md"):
                        continue
                    left -= 1
                    if left < 0:
                        return
                    path = resolved(Path(folder) / name)
                    if self._has_block(path):
                        yield path

    def _has_block(self, path: Path) -> bool:
        if path in self.desk.open:
            return True
        try:
            return OURS.search(path.read_text(encoding="utf-8", errors="replace")) is not None
        except OSError:
            return False

    # ---- places ----

    def locate(self, place: Place, page: Page | None = None) -> Location | None:
        """Where a place is for the editor; None if it is on no page."""
        path = file_of(place.page)
        if path is None:
            return None
        return Location(self.desk.uri(path), self.on(path, page).range(place))

    def on(self, path: Path, page: Page | None = None) -> Text:
        """The text of a page, open or not."""
        if (known := self.desk.open.get(path)) is not None:
            return Text(known.text, self.counts)
        page = page or self.page(path)
        return Text(page.text if page is not None else "", self.counts)

    def link(self, place: Place) -> str:
        """The address of a place, with its line."""
        path = file_of(place.page)
        return f"{self.desk.uri(path)}#L{place.line}" if path is not None else ""
