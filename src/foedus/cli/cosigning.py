"""What `foedus cosign` does, where the library for signatures is there: makes keys, and signs heads with them."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

from foedus.cli.verifying import again, head_in, keys_in, verified
from foedus.cli.write import write_new, write_whole
from foedus.council.ledger.head import Head, Key, Signer, is_name
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_page
from foedus.diagnostics.span import spelled, whole
from foedus.words.speech import phrase

__all__ = ("made", "signed")


def _refused(code: str, path: Path, **values: str) -> Refused:
    return Refused(Problem(code, whole(spelled(path)), {"path": spelled(path), **values}))


def made(path: Path, name: str, out: Path | None) -> Key:
    """A new key in a new file, which nobody else can read; its public part, also written to `out`. Raises `Refused`
    (F751, F752, F507, F533)."""
    if not is_name(name):
        raise Refused(Problem("F752", whole("--name"), {"name": name}))
    if out is not None and (out.exists() or out.is_symlink()):
        raise _refused("F751", out)
    signer = Signer.new(name)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise _refused("F751", path) from None
    except OSError as error:
        raise _unwritten(path, error) from None
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(signer.line() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _unwritten(path, error) from None
    if out is not None:
        write_new(out, f"{signer.key.line()}\n".encode("ascii"))
    return signer.key


def signed(head: Path, key: Path, keys: Sequence[str], out: Path | None) -> Head:
    """The head with the key's signature, also written to `out`. Raises `Refused`: F001, F007 and F008 for files,
    F680 to F682 for what is none, F750 and F756 for the key, F753 and F755 for what is not signed, F754 and F507 for
    `out`."""
    signer = _signer(key)
    found = _checked(head, keys) if _is_record(head) else _received(head, keys)
    done = signer.sign(found)
    if out is not None:
        done = _standing(out, done).joined(done)
        write_whole(out, done.note())
    return done


def _signer(path: Path) -> Signer:
    try:
        found = Signer.read(read_page(path)[0])
    except ValueError:
        why = phrase("it is one line that begins with PRIVATE+KEY, and this is another")
        raise _refused("F750", path, why=why) from None
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise _refused("F756", path)
    return found


def _is_record(path: Path) -> bool:
    return path.is_file() and zipfile.is_zipfile(path)


def _checked(path: Path, keys: Sequence[str]) -> Head:
    """The last head of a record that is whole, and by its rules as far as they are at hand."""
    found = verified(path, keys, ())
    if found.faults and all(fault.kind == "not signed" for fault in found.faults):
        raise _refused("F755", path)
    if found.head is None or not found.whole or again(path, None).amiss is not None:
        raise _refused("F753", path)
    return found.head


def _received(path: Path, keys: Sequence[str]) -> Head:
    """A head as it was handed on: all that can be asked is who signed it."""
    found, known = head_in(path), tuple(keys_in(keys))
    if known and not any(found.signed_by(key) for key in known):
        raise _refused("F755", path)
    return found


def _standing(path: Path, head: Head) -> Head:
    """What is in the file already: the same head, or none yet."""
    if not path.exists():
        return head
    try:
        there = Head.read(read_page(path)[0])
    except (ValueError, Refused):
        raise _refused("F754", path) from None
    if not there.same(head):
        raise _refused("F754", path)
    return there


def _unwritten(path: Path, error: OSError) -> Refused:
    why = (error.strerror or str(error)).lower()
    return Refused(Problem("F507", whole(spelled(path)), {"path": spelled(path), "why": why}))
