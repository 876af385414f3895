"""What `foedus verify` does, where the library for signatures is there: reads the record, the keys and the heads."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from foedus.council.ledger.entry import Entry
from foedus.council.ledger.head import Head, Key
from foedus.council.ledger.record import NoRecord, opened
from foedus.council.ledger.verify import Verified, verify
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_page
from foedus.diagnostics.span import spelled, whole
from foedus.exercise.replay import Replayed, replayed
from foedus.report.record import as_json as verified_json
from foedus.report.record import show_verified

__all__ = ("again", "head_in", "keys_in", "show_verified", "verified", "verified_json")


def verified(path: Path, keys: Sequence[str], heads: Sequence[Path]) -> Verified:
    """What is found in the record. Raises `Refused`: F001, F007, F008, and F680 to F682 for what is none."""
    place = whole(spelled(path))
    if not path.exists():
        raise Refused(Problem("F001", place, {"path": spelled(path), "near": ""}))
    if path.is_dir():
        raise Refused(Problem("F007", place, {"path": spelled(path), "found": "folder", "wanted": "file"}))
    known, received = tuple(keys_in(keys)), tuple(head_in(head) for head in heads)
    try:
        with zipfile.ZipFile(path) as file:
            return verify(opened(file), known, received)
    except zipfile.BadZipFile as error:
        raise Refused(Problem("F680", place, {"path": spelled(path), "why": "it is no zip file"})) from error
    except NoRecord as error:
        raise Refused(Problem("F680", place, {"path": spelled(path), "why": str(error)})) from error
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Refused(Problem("F008", place, {"path": spelled(path), "why": why})) from error


def again(path: Path, treaties: Path | None) -> Replayed:
    """The deeds of a record that is whole, done again."""
    with zipfile.ZipFile(path) as file:
        lines = (Entry.read(line) for line in opened(file).lines)
        return replayed((entry.body for entry in lines if entry is not None), treaties)


def keys_in(given: Sequence[str]) -> Iterator[Key]:
    """Keys from lines or from files of lines; blank lines and those that begin with # say nothing."""
    for one in given:
        try:
            yield Key.read(one)
            continue
        except ValueError:
            if not Path(one).exists():
                raise Refused(Problem("F681", whole("--keys"), {"key": one})) from None
        for line in filter(None, map(str.strip, read_page(one)[0].splitlines())):
            if not line.startswith("#"):
                try:
                    yield Key.read(line)
                except ValueError as error:
                    raise Refused(Problem("F681", whole(spelled(one)), {"key": line})) from error


def head_in(path: Path) -> Head:
    """A head from its file. Raises `Refused` (F682, and as `read_page` does)."""
    try:
        return Head.read(read_page(path)[0])
    except ValueError as error:
        raise Refused(Problem("F682", whole(spelled(path)), {"path": spelled(path)})) from error
