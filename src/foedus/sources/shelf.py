"""The folder that keeps a user's data sets: a copy of each file, and a list of what they are.

Verbs that need a data set ask the shelf for it by name, so that it is given once and not with every command. A copy
is written beside and renamed, and told by the SHA-256 of its bytes; the list (`data-sets.json`) is written so as well.
Several versions of one data set stand side by side. The folder is the user's own (`FOEDUS_DATA` names another);
nothing in it is sent anywhere.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import platformdirs

from foedus.diagnostics.lock import lock
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.diagnostics.suggest import suggest
from foedus.sources.about import ABOUT, edition
from foedus.sources.edition import Edition, Read
from foedus.sources.kinds import kind_named, recognised

VARIABLE = "FOEDUS_DATA"
MANIFEST = "data-sets.json"
LANGUAGE = 1
"""The form of the list; a newer one is refused, not guessed at."""

DIGITS = 8
"""Of a digest, how many digits tell a file from others."""

PATIENCE = 10.0
"""Seconds to wait for another command that writes."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A data set on the shelf: its edition, where its copy stands, what the file was called, the SHA-256 of its
    bytes, the day on which it was added, and how many rows were read and left out."""

    edition: Edition
    path: Path
    called: str
    digest: str
    added: date
    rows: int
    dropped: int

    @property
    def name(self) -> str:
        """What a user calls it: `atop-member`."""
        return self.edition.id

    @property
    def version(self) -> str:
        """Its version; where the file names none, the first digits of its digest."""
        return self.edition.version or self.digest[:DIGITS]

    def answers(self, name: str, version: str) -> bool:
        """Whether a user means it: by its name, and by its version or the first digits of its digest, if any."""
        by_digest = len(version) >= DIGITS and self.digest.startswith(version)
        return self.name == name and (version in ("", self.version) or by_digest)


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a file: what is kept, whether it was there before, what was read, and what to tell: the
    reader's warnings, and F809 for a version of which another file is kept."""

    kept: Kept
    before: bool
    read: Read[Any]
    warnings: tuple[Problem, ...] = ()


def data_folder(folder: Path | None = None) -> Path:
    """The folder asked for; else what `FOEDUS_DATA` names; else the user's data folder."""
    if folder is not None:
        return folder
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named else Path(platformdirs.user_data_dir("foedus", appauthor=False)) / "data-sets"


def shelf(folder: Path | None = None) -> Shelf:
    """The shelf in a folder (None: the user's). Raises `Refused` (F806) for one whose list cannot be read."""
    return Shelf(data_folder(folder))


@dataclass(frozen=True)
class Shelf:
    """What a folder keeps. A folder that is not there keeps nothing."""

    folder: Path

    def all(self) -> tuple[Kept, ...]:
        """Every data set, by name; the latest version of each last, and of one version what was added last. Raises
        `Refused` (F806) for a list that cannot be read."""
        path = self.folder / MANIFEST
        try:
            found = cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
            if found["foedus data sets"] != LANGUAGE:
                raise ValueError("it was written by a newer Foedus")
            kept = [self._kept(row) for row in found["files"]]
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except KeyError as lacking:
            raise self._broken(path, f"`{lacking.args[0]}` is missing") from None
        except OSError as error:
            raise self._broken(path, (error.strerror or str(error)).lower()) from None
        except (ValueError, TypeError) as error:
            raise self._broken(path, str(error)) from None
        return tuple(sorted(kept, key=lambda each: (each.name, _order(each.version), each.added)))

    def find(self, name: str, version: str = "") -> Kept:
        """The data set of that name; without a version, its latest. Raises `Refused`: F804 for one that is not
        there, F805 for one whose copy is gone."""
        every = self.all()
        found = [each for each in every if each.answers(name, version)]
        if not found:
            raise Refused(Problem("F804", whole(name), {"name": name}, help=_advice(name, version, every)))
        kept = found[-1]
        if not kept.path.is_file():
            raise _damaged(kept, "its copy is gone")
        return kept

    def has(self, name: str) -> bool:
        """Whether there is a data set of that name."""
        return any(each.name == name for each in self.all())

    def read(self, name: str, version: str = "") -> Read[Any]:
        """The rows of a data set on the shelf. Raises `Refused` as `find`, and F805 for a copy that is not as it was
        added."""
        kept = self.find(name, version)
        read = kind_named(kept.name).read(kept.path)
        if read.digest != kept.digest:
            raise _damaged(kept, "it is not as it was added")
        return replace(read, edition=kept.edition, path=kept.called, kept=True)

    def add(self, path: Path) -> Added:
        """Keeps a copy of a file, after reading it. Raises `Refused`: what its reader does, F803 for a file that is
        no data set known, F807 where the folder cannot be written."""
        read = recognised(path).read(path)
        same = next((each for each in self.all() if each.digest == read.digest and each.path.is_file()), None)
        if same is not None:
            return Added(same, True, read, read.warnings)
        with self._writing():
            name = self._copied(path, read)
            kept = Kept(
                read.edition,
                self.folder / name,
                path.name,
                read.digest,
                datetime.now(UTC).date(),
                len(read.rows),
                len(read.dropped),
            )
            others = [each for each in self.all() if each.digest != read.digest]
            self._list([*others, kept])
        twins = [each for each in others if (each.name, each.version) == (kept.name, kept.version)]
        return Added(kept, False, read, (*read.warnings, *map(_twin, twins)))

    def remove(self, name: str, version: str = "") -> Kept:
        """Takes a data set off the shelf, and its copy with it. Raises `Refused`: F804 for one that is not there,
        F808 where several versions have the name, F807 where the folder cannot be written."""
        every = self.all()
        found = [each for each in every if each.answers(name, version)]
        if not found:
            raise Refused(Problem("F804", whole(name), {"name": name}, help=_advice(name, version, every)))
        if len(found) > 1:
            alike = len({each.version for each in found}) < len(found)
            versions = ", ".join(each.digest[:DIGITS] if alike else each.version for each in found)
            raise Refused(Problem("F808", whole(name), {"name": name, "versions": versions}))
        with self._writing():
            self._list(each for each in self.all() if each.digest != found[0].digest)
            found[0].path.unlink(missing_ok=True)
        return found[0]

    def _copied(self, path: Path, read: Read[Any]) -> str:
        """The name of the copy, which has the bytes that were read."""
        version = "".join(c if c.isalnum() or c in ".-" else "_" for c in read.edition.version)
        name = f"{read.edition.id}-{version or 'undated'}-{read.digest[:8]}{path.suffix.lower()[:8]}"
        with self._beside(name) as beside:
            with path.open("rb") as source, beside.open("wb") as copy:
                shutil.copyfileobj(source, copy)
            if _digest(beside) != read.digest:
                raise _unwritten(self.folder, f"{spelled(path)} changed while it was copied")
        return name

    def _list(self, kept: Iterable[Kept]) -> None:
        rows = [self._row(each) for each in kept]
        text = json.dumps({"foedus data sets": LANGUAGE, "files": rows}, ensure_ascii=False, indent=1)
        with self._beside(MANIFEST) as beside:
            beside.write_text(text + "\n", encoding="utf-8")

    @contextmanager
    def _beside(self, name: str) -> Generator[Path]:
        """A file to write that takes the name only when it is whole."""
        handle, written = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        os.close(handle)
        beside = Path(written)
        try:
            yield beside
            beside.replace(self.folder / name)
        finally:
            beside.unlink(missing_ok=True)

    @contextmanager
    def _writing(self) -> Generator[None]:
        """Alone to write: another command that writes is waited for. Raises `Refused` (F807)."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            held = lock(self.folder / ".lock")
            until = time.monotonic() + PATIENCE
            while held is None and time.monotonic() < until:
                time.sleep(0.05)
                held = lock(self.folder / ".lock")
            if held is None:
                raise _unwritten(self.folder, "another command has been writing there for too long")
            with held:
                yield
        except OSError as error:
            raise _unwritten(self.folder, (error.strerror or str(error)).lower()) from None

    def _row(self, kept: Kept) -> dict[str, object]:
        of = kept.edition
        return {
            "kind": of.id,
            "version": of.version,
            "first": of.first.isoformat(),
            "last": of.last.isoformat(),
            "file": kept.path.name,
            "called": kept.called,
            "sha256": kept.digest,
            "added": kept.added.isoformat(),
            "rows": kept.rows,
            "left out": kept.dropped,
        }

    def _kept(self, row: dict[str, Any]) -> Kept:
        if row["kind"] not in ABOUT:
            raise ValueError(f"there is no data set `{row['kind']}`")
        name = str(row["file"])
        if name != Path(name).name or name.startswith("."):
            raise ValueError(f"`{name}` is no file of the folder")
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        return Kept(
            edition(row["kind"], str(row["version"]), last, first),
            self.folder / name,
            str(row["called"]),
            str(row["sha256"]),
            date.fromisoformat(row["added"]),
            int(row["rows"]),
            int(row["left out"]),
        )

    def _broken(self, path: Path, why: str) -> Refused:
        return Refused(Problem("F806", whole(spelled(path)), {"path": spelled(path), "why": why}))


def names(folder: Path | None = None) -> list[str]:
    """The names on the shelf, for the shell to offer; nothing where the list cannot be read."""
    try:
        return list(dict.fromkeys(each.name for each in shelf(folder).all()))
    except Refused:
        return []


def _order(version: str) -> tuple[tuple[int, int | str], ...]:
    """Versions as numbers where they are such: 4.01 before 5.1, 9.1 before 10.1."""
    return tuple((1, int(part)) if part.isdigit() else (0, part) for part in version.split("."))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        made = sha256()
        while chunk := file.read(1 << 20):
            made.update(chunk)
    return made.hexdigest()


def _advice(name: str, version: str, every: Iterable[Kept]) -> str:
    there = [each for each in every if each.name == name]
    if there:
        return f"There is no version `{version}` of it; there is {', '.join(each.version for each in there)}."
    known = {each.name for each in every}
    near = suggest(name, known)
    if near:
        return f"Did you mean `{near}`?"
    if name in ABOUT:
        return f"It is {ABOUT[name].name}: get the file from {ABOUT[name].url}, then `foedus data add FILE`."
    meant = suggest(name, ABOUT)
    return f"Did you mean `{meant}`? Add it first: `foedus data add FILE`." if meant else ""


def _twin(kept: Kept) -> Problem:
    values = {
        "name": kept.name,
        "version": kept.version,
        "called": kept.called,
        "digest": kept.digest[:DIGITS],
    }
    return Problem("F809", whole(spelled(kept.path)), values)


def _damaged(kept: Kept, why: str) -> Refused:
    values = {"name": kept.name, "why": why, "path": spelled(kept.path), "called": kept.called}
    return Refused(Problem("F805", whole(spelled(kept.path)), values))


def _unwritten(folder: Path, why: str) -> Refused:
    return Refused(Problem("F807", whole(spelled(folder)), {"folder": spelled(folder), "why": why}))
