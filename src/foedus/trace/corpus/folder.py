"""The folder of an index: what lies where, what is finished, and whether it is whole.

    index.json              what this folder is, and the settings it was made with
    batches/batch=N/        documents, their words and their runs of words (see `batch.py`)
    found/round=N/          passages between the batches of one round and those before them (see `find.py`)
    work/                   what is being made; a piece is renamed into its place when it is finished

A batch or a round has a `done.json` with the size and the hash of each of its files; sizes are looked at whenever an
index is opened, hashes by `Index.check`. Nothing is changed once it is in place.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from foedus.diagnostics.lock import lock
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled
from foedus.diagnostics.span import whole as of_whole
from foedus.trace.plan import K, Settings

VERSION: Final = 2
"""What is written here; an index of another version is refused."""
DOCUMENTS: Final = 1 << 15
"""Documents that a batch has at most: document n of batch b is number b × DOCUMENTS + n."""
WIDE: Final = Settings(few=4, hubs=2, many=5000, times=0, seeds=5, weak=3)
"""Settings for many documents: with more of them, more runs of words are how people talk."""


@dataclass(frozen=True, slots=True)
class Done:
    """A finished batch or round: its folder, and what its `done.json` says."""

    folder: Path
    said: Mapping[str, Any]

    def file(self, name: str) -> Path:
        """One of its files."""
        return self.folder / name


def damaged(path: Path, why: str) -> Refused:
    """What to raise where a file of an index is not as it was written."""
    return Refused(Problem("F627", of_whole(spelled(path)), {"path": spelled(path), "why": why}))


class Folder:
    """An index folder, made where there is none. Raises `Refused`: F625 for a folder that holds something else,
    F626 for an index of another version, F627 for a damaged one, F628 while another process works on it, F634
    where nothing can be written."""

    def __init__(self, root: Path, settings: Settings | None = None) -> None:
        self.root = root
        self._held: BinaryIO | None = None
        said = root / "index.json"
        if not said.is_file():
            self._begin(said, settings or WIDE)
        self.settings = self._read(said)
        if settings is not None and settings != self.settings:
            raise self._refused("F629", given=_shown(settings), made=_shown(self.settings))

    def _refused(self, code: str, **values: str) -> Refused:
        return Refused(Problem(code, of_whole(spelled(self.root)), {"path": spelled(self.root), **values}))

    def _begin(self, said: Path, settings: Settings) -> None:
        try:
            if self.root.exists() and (not self.root.is_dir() or any(self.root.iterdir())):
                raise self._refused("F625")
            for name in ("batches", "found", "work"):
                (self.root / name).mkdir(parents=True, exist_ok=True)
            write_json(said, {"foedus trace index": VERSION, "words": K, "settings": asdict(settings)})
        except OSError as error:
            raise self._refused("F634", why=error.strerror or str(error)) from None

    def _read(self, said: Path) -> Settings:
        try:
            found = json.loads(said.read_text(encoding="utf-8"))
            version, words = found["foedus trace index"], found["words"]
        except (OSError, ValueError, KeyError, TypeError):
            raise self._refused("F625") from None
        if (version, words) != (VERSION, K):
            raise self._refused("F626", made=str(version), here=str(VERSION))
        try:
            return Settings(**found["settings"])
        except (KeyError, TypeError) as error:
            raise damaged(said, str(error)) from None

    def hold(self) -> None:
        """Keep other processes from writing until this one ends or lets go; work that was cut off is cleared."""
        if self._held is None:
            try:
                self._held = lock(self.work / "lock")
            except OSError as error:
                raise self._refused("F634", why=error.strerror or str(error)) from None
            if self._held is None:
                raise self._refused("F628")
            for left in self.work.glob("**/*.part"):
                remove(left)

    def release(self) -> None:
        """Let other processes write."""
        if self._held is not None:
            self._held.close()
            self._held = None

    @property
    def work(self) -> Path:
        """Where things are made."""
        return self.root / "work"

    def batches(self) -> list[Done]:
        """The batches, in order."""
        return self._in_order("batches", "batch")

    def rounds(self) -> list[Done]:
        """The rounds, in order."""
        return self._in_order("found", "round")

    def place(self, number: int, what: str = "batch") -> Path:
        """Where a batch or a round of that number belongs."""
        return self.root / ("batches" if what == "batch" else "found") / f"{what}={number}"

    def _in_order(self, where: str, what: str) -> list[Done]:
        try:
            names = {one.name for one in (self.root / where).iterdir() if one.name.startswith(f"{what}=")}
        except OSError as error:
            raise damaged(self.root / where, error.strerror or "") from None
        ordered = [self.root / where / f"{what}={n}" for n in range(len(names))]
        for one in ordered:
            if one.name not in names:
                raise damaged(one, "")
        return [whole(one) for one in ordered]


def whole(folder: Path) -> Done:
    """A finished piece, if all its files are there with their sizes. Raises `Refused` (F627)."""
    try:
        said = json.loads((folder / "done.json").read_text(encoding="utf-8"))
        sizes: dict[str, int] = said["files"]
        said["hashes"].items()
        for name, size in sizes.items():
            if (folder / name).stat().st_size != size:
                raise damaged(folder / name, "")
    except OSError as error:
        raise damaged(Path(error.filename or folder), error.strerror or "") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise damaged(folder / "done.json", "") from None
    return Done(folder, said)


def finish(part: Path, place: Path, said: Mapping[str, Any]) -> Done:
    """Write what a piece has, and rename it into its place."""
    made = [one for one in sorted(part.iterdir()) if one.is_file() and one.name != "done.json"]
    files = {one.name: one.stat().st_size for one in made}
    said = {**said, "files": files, "hashes": {one.name: _hash(one) for one in made}}
    write_json(part / "done.json", said)
    part.rename(place)
    return Done(place, said)


def unchanged(done: Done) -> None:
    """Read every byte of a finished piece, and compare it with its hash. Raises `Refused` (F627)."""
    hashes: dict[str, str] = done.said["hashes"]
    for name, made in hashes.items():
        try:
            now = _hash(done.file(name))
        except OSError as error:
            raise damaged(done.file(name), error.strerror or "") from None
        if now != made:
            raise damaged(done.file(name), "")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_json(path: Path, value: object) -> None:
    """Write beside, then rename."""
    beside = path.with_name(path.name + ".part")
    beside.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)


def remove(path: Path) -> None:
    """Remove a file or a folder."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def listed(paths: Sequence[Path]) -> list[str]:
    """Paths as an engine takes them."""
    return [path.as_posix() for path in paths]


def _shown(settings: Settings) -> str:
    return ", ".join(f"{name} {value}" for name, value in asdict(settings).items())
