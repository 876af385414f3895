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
        for found in _below(path) if _is_folder(path) else (File(path, spelled(path)),):
            if len(paths) > 1 and isinstance(found, File):
                if (key := _inode(found.path)) in seen:
                    continue
                if key is not None:
                    seen.add(key)
            yield found


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False  # whoever opens it says what is wrong with it


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if found.st_ino else None


def _below(folder: Path) -> Iterator[File | Unread]:
    root = folder.resolve()
    waiting: list[Iterator[File | Path | Unread]] = [_entries(folder, root, folder)]
    empty = True
    while waiting:
        found = next(waiting[-1], None)
        if found is None:
            waiting.pop()
        elif isinstance(found, Path):
            waiting.append(_entries(found, root, folder))
        else:
            empty = False
            yield found
    if empty:
        yield Unread(spelled(folder), problem("F619", spelled(folder)))


def _entries(here: Path, root: Path, folder: Path) -> Iterator[File | Path | Unread]:
    """The files and folders in a folder, in the order of their names, without links."""
    try:
        with os.scandir(here) as entries:
            seen = [entry for entry in entries if entry.name[0] != "."]
            ordered = sorted((one.name, one.is_symlink(), one.is_dir(follow_symlinks=False)) for one in seen)
    except OSError as error:
        yield _closed(here, error)
        return
    for name, link, inner in ordered:
        path = here / name
        if link:
            if (told := _link(path, root, folder)) is not None:
                yield told
        else:
            yield path if inner else File(path, spelled(path))


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
