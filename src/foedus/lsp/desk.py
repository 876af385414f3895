"""What lies on the desk: pages open in the editor, with the text they have now; all others as they are on disk.

A page is parsed once for each text it has had, whoever asks. Paths are resolved, so that a page has one name
however it was reached; an editor gets back the address that it gave.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from threading import Lock
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from foedus.diagnostics.reading import read_unsaved
from foedus.lang.parse import parse_page
from foedus.library import SHIPPED, Parsed, read_parsed, shipped
from foedus.lsp.text import plain

UNSAVED = Path(os.sep).resolve() / "unsaved"
"""Where pages lie that have no file yet: a folder that is never looked into."""


@dataclass(frozen=True, slots=True)
class Open:
    """A page as the editor holds it. `text` is plain: its lines end in one way."""

    uri: str
    path: Path
    text: str
    ends: str
    version: int | None = None


@dataclass(slots=True)
class Desk:
    """The open pages, and every page that was parsed."""

    open: dict[Path, Open] = field(default_factory=dict[Path, Open])
    _parsed: dict[tuple[Path, str, bool], tuple[object, Parsed]] = field(
        default_factory=dict[tuple[Path, str, bool], "tuple[object, Parsed]"]
    )

    _lock: Lock = field(default_factory=Lock)  # what two threads ask for is parsed by the first of them

    # ---- what is open ----

    def put(self, uri: str, text: str, version: int | None) -> Open:
        """Lay a page on the desk, or its new text."""
        path = path_of(uri)
        ends = "\r\n" if "\r\n" in text else "\n"
        self.open = {**self.open, path: Open(uri, path, plain(text), ends, version)}
        return self.open[path]

    def take_away(self, uri: str) -> Path:
        """Take a page off the desk: from now on it is what is on disk."""
        path = path_of(uri)
        self.open = {known: page for known, page in self.open.items() if known != path}
        return path

    def of(self, uri: str) -> Open | None:
        """The open page at an address."""
        return self.open.get(path_of(uri))

    def inside(self, folder: Path) -> list[Path]:
        """The open pages of a folder."""
        return sorted(p for p in self.open if p.parent == folder and p.suffix.lower() == ".md")

    def uri(self, path: Path) -> str:
        """The address of a page: the editor's own, if it is open there."""
        known = self.open.get(path)
        return known.uri if known is not None else path.as_uri()

    # ---- reading ----

    def read_lately(self, path: Path, called: str, trials: bool = True) -> Parsed:
        """The same, but of an open page perhaps as it was a keystroke ago: for what cannot wait."""
        path = resolved(path)
        known = self._parsed.get((path, called, trials)) if path in self.open else None
        return known[1] if known is not None else self.read(path, called, trials)

    def read(self, path: Path, called: str, trials: bool = True) -> Parsed:
        """The page as it is now, parsed. Raises `Refused` as `read_page` does."""
        path = resolved(path)
        page = self.open.get(path)
        stamp: object = page or _stamp(path)
        with self._lock:
            known = self._parsed.get((path, called, trials))
            if known is not None and stamp is not None and known[0] == stamp:
                return known[1]
            parsed = read_parsed(path, called, trials) if page is None else _parsed(page, called, trials)
            self._parsed[path, called, trials] = (stamp, parsed)
        return parsed


def _parsed(page: Open, called: str, trials: bool) -> Parsed:
    text = read_unsaved(called, page.text)
    made, problems = parse_page(called, text, trials)
    return made, text, problems


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


def path_of(uri: str) -> Path:
    """The file at an address; of a page that has none yet, a name where none is looked for."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        name = PurePosixPath(unquote(parts.path)).name or "page"
        return UNSAVED / (name if name.endswith(".md") else f"{name}.md")
    host = f"//{parts.netloc}" if parts.netloc else ""
    return resolved(Path(url2pathname(host + parts.path)))


def resolved(path: Path) -> Path:
    """The path without links, as far as there are files on it."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # links in a circle, or a name that no system takes
        return path.absolute()


def file_of(called: str) -> Path | None:
    """The file of a page by the name that messages call it; None if it names none."""
    if not called.startswith(f"{SHIPPED}/"):
        path = Path(called)
        return resolved(path) if path.is_absolute() else None
    parts = called.split("/")[1:]
    return shipped("treaties" if len(parts) == 1 else "dossiers").joinpath(*parts)
