"""Pages written whole or not at all: a page is never left half-written."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole


def write_whole(path: Path, text: str | bytes) -> None:
    """Write a new file, or replace one by `text`, keeping its permissions; a link stays a link.
    Lines end as they do in `text`. Raises `Refused` (F507), with the page as it was."""
    page = path.resolve()
    beside = page.with_name(f".{page.name}.{os.getpid()}.new")
    try:
        known = page.exists()
        # A page that is kept from being changed is not replaced behind its back.
        if known and not os.access(page, os.W_OK):
            raise PermissionError(None, "you may not change it")
        beside.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        if known:
            shutil.copymode(page, beside)
        beside.replace(page)
    except OSError as error:
        beside.unlink(missing_ok=True)
        why = (error.strerror or str(error)).lower()
        raise Refused(Problem("F507", whole(spelled(path)), {"why": why})) from None


def write_new(path: Path, text: str, alone: bool = False) -> None:
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
        why = (error.strerror or str(error)).lower()
        raise Refused(Problem("F507", whole(spelled(path)), {"why": why})) from None


def _missing(folder: Path) -> list[Path]:
    """The folders that have to be made for this one to be there, the innermost first."""
    found: list[Path] = []
    while not folder.exists() and folder != folder.parent:
        found.append(folder)
        folder = folder.parent
    return found
