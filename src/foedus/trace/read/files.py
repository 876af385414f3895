"""Which files there are: those named, and those in folders named, in the order of their names.

Hidden files are passed over, and so are links within a folder to what it holds anyway; a link out of it is
reported. No folder is entered twice, so no loop of links holds anybody up.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from foedus.diagnostics.span import spelled
from foedus.trace.document import Unread
from foedus.trace.read.source import problem


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read, and how the user named it."""

    path: Path
    name: str


def files(paths: Iterable[Path]) -> Iterator[File | Unread]:
    """Every file of these paths, once, though it be named twice."""
    paths = list(paths)
    seen: set[tuple[int, int]] = set()
    for path in paths:
        for found in _below(path) if path.is_dir() else (File(path, spelled(path)),):
            if len(paths) > 1 and isinstance(found, File):
                if (key := _inode(found.path)) in seen:
                    continue
                if key is not None:
                    seen.add(key)
            yield found


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if found.st_ino else None


def _below(folder: Path) -> Iterator[File | Unread]:
    root = folder.resolve()
    waiting = [folder]
    empty = True
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            empty = False
            yield _closed(here, error)
            continue
        inner: list[Path] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = here / entry.name
            if entry.is_symlink():
                if (told := _link(path, root, folder)) is not None:
                    empty = False
                    yield told
            elif entry.is_dir(follow_symlinks=False):
                inner.append(path)
            else:
                empty = False
                yield File(path, spelled(path))
        waiting += reversed(inner)
    if empty:
        yield Unread(spelled(folder), problem("F619", spelled(folder)))


def _link(path: Path, root: Path, folder: Path) -> Unread | None:
    """A link that leads nowhere or out of the folder; None for one to what the folder holds anyway."""
    name = spelled(path)
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        return _closed(path, error)
    if target.is_relative_to(root):
        return None
    return Unread(name, problem("F017", name, folder=spelled(folder)))


def _closed(path: Path, error: OSError | RuntimeError) -> Unread:
    why = (getattr(error, "strerror", None) or str(error)).lower()
    return Unread(spelled(path), problem("F008", spelled(path), why=why))
