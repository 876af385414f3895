"""Pages written whole or not at all: a page is never left half-written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole


def write_whole(path: Path, text: str | bytes) -> None:
    """Write a new file, or replace one by `text`, keeping its permissions; a link stays a link.
    Lines end as they do in `text`. Raises `Refused` (F507), with the page as it was."""
    page = path.resolve()
    beside = _beside(page)
    try:
        _lay_beside(page, beside, text if isinstance(text, bytes) else text.encode())
        beside.replace(page)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise _unwritten(path, error) from None


def write_pages(pages: Mapping[Path, str], was: Mapping[Path, bytes], folder: Path) -> None:
    """Replace several pages of a folder (or the page that is the dossier), all of them or none.

    `was` is what each held when it was read. Raises `Refused`: F532 for a page that a link keeps outside
    of the folder, or that somebody has changed since; F507 where the system refuses.
    """
    home = folder.resolve() if folder.is_dir() else folder.resolve().parent
    laid: dict[Path, Path] = {}
    done: list[Path] = []
    path = folder
    try:
        for path, text in pages.items():
            page = path.resolve()
            if not page.is_relative_to(home):
                raise _kept(path, "a link leads from it out of the dossier's folder")
            if page.read_bytes() != was[path]:
                raise _kept(path, "it has changed while it was looked at")
            laid[page] = _beside(page)
            _lay_beside(page, laid[page], text.encode())
        for path in pages:
            laid[path.resolve()].replace(path.resolve())
            done.append(path)
    except OSError as error:
        for earlier in done:
            earlier.resolve().write_bytes(was[earlier])
        raise _unwritten(path, error) from None
    finally:
        for beside in laid.values():
            beside.unlink(missing_ok=True)


def write_new(path: Path, raw: bytes, replace: bool = False) -> None:
    """Write a file that is not there yet; with `replace`, over one that is. Raises `Refused` (F507, F533).

    A link is not followed: with `replace` it gives way to a file.
    """
    beside = _beside(path)
    try:
        if (path.exists() or path.is_symlink()) and not replace:
            raise Refused(Problem("F533", whole(spelled(path)), {"path": spelled(path)}))
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        beside.write_bytes(raw)
        beside.replace(path)
    except (OSError, ValueError) as error:
        beside.unlink(missing_ok=True)
        raise _unwritten(path, error) from None


def refuse_standing(path: Path, replace: bool = False) -> None:
    """Raises `Refused` (F533) for a file that is there already and is not to be replaced."""
    if not replace and (path.exists() or path.is_symlink()):
        raise Refused(Problem("F533", whole(spelled(path)), {"path": spelled(path)}))


def _beside(page: Path) -> Path:
    return page.with_name(f".{page.name[:100]}.{os.getpid()}.new")


def _lay_beside(page: Path, beside: Path, raw: bytes) -> None:
    known = page.exists()
    if known and not os.access(page, os.W_OK):
        # A page that is kept from being changed is not replaced behind its back.
        raise PermissionError(None, "you may not change it")
    beside.write_bytes(raw)
    if known:
        shutil.copymode(page, beside)


def _unwritten(path: Path, error: OSError | ValueError) -> Refused:
    why = (getattr(error, "strerror", None) or str(error)).lower()
    return Refused(Problem("F507", whole(spelled(path)), {"why": why}))


def _kept(path: Path, why: str) -> Refused:
    return Refused(Problem("F532", whole(spelled(path)), {"path": spelled(path), "why": why}))


def begin_page(path: Path, text: str, alone: bool = False) -> None:
    """Write a page where nothing is yet; its folder is made if need be, or always where it is to stand
    `alone`. Raises `Refused`: F536 if something is there, F507 if it cannot be written; then nothing is left
    behind."""
    made: list[Path] = []
    begun = False
    try:
        wanted = [path.parent, *_missing(path.parent.parent)] if alone else _missing(path.parent)
        for folder in reversed(wanted):
            folder.mkdir()
            made.append(folder)
        with path.open("x", encoding="utf-8", newline="") as file:
            begun = True
            file.write(text)
    except OSError as error:
        if begun:
            path.unlink(missing_ok=True)
        for folder in reversed(made):
            folder.rmdir()
        called = spelled(path.parent if alone else path)
        if isinstance(error, FileExistsError) and not begun:
            values = {"path": called, "what": "is there already"}
            raise Refused(Problem("F536", whole(called), values)) from None
        raise _unwritten(path, error) from None


def _missing(folder: Path) -> list[Path]:
    """The folders that have to be made for this one to be there, the innermost first."""
    found: list[Path] = []
    while not folder.exists() and folder != folder.parent:
        found.append(folder)
        folder = folder.parent
    return found
