"""A record is changed in every way, and each change is found and placed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.council.ledger.database import Database, Sqlite
from foedus.council.ledger.head import Head, Key, Signer
from foedus.council.ledger.record import NoRecord, export, opened
from foedus.council.ledger.verify import Verified, verify

SERVER = Signer.of("server.example", bytes(range(32)))
SIZES = (1, 2, 1, 3, 1)
"""Entries added at a time: 8 in all."""


def session(folder: Path, text: str = "as it was", name: str = "record.zip") -> tuple[Path, list[Head]]:
    """A record of eight entries and the heads that left the server."""
    store = Database(Sqlite(folder / f"{name}.db"))
    heads = [store.open_room("lir", SERVER)]
    number = 0
    for size in SIZES:
        store.append("lir", [{"n": number + n, "text": text} for n in range(size)], SERVER)
        number += size
        heads.append(store.head("lir"))
    export(store, "lir", [SERVER.key], folder / name)
    store.close()
    return folder / name, heads


def changed(path: Path, part: str, change: Callable[[list[bytes]], list[bytes]]) -> Path:
    """The record with the lines of one part changed."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    lines = parts[part].splitlines(keepends=True)
    parts[part] = b"".join(change(lines))
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def check(path: Path, keys: tuple[Key, ...] = (SERVER.key,), heads: tuple[Head, ...] = ()) -> Verified:
    with zipfile.ZipFile(path) as file:
        return verify(opened(file), keys, heads)


def kinds(found: Verified) -> list[tuple[str, int, int]]:
    return [(fault.kind, fault.first, fault.last) for fault in found.faults]


def test_a_whole_record(tmp_path: Path) -> None:
    path, heads = session(tmp_path)
    found = check(path, heads=tuple(heads))
    assert found.whole
    assert (found.size, found.signers, found.own_keys, found.received) == (8, ("server.example",), False, 6)


def test_by_its_own_keys_it_says_so(tmp_path: Path) -> None:
    path, _ = session(tmp_path)
    found = check(path, keys=())
    assert found.whole
    assert found.own_keys


@given(entry=st.integers(0, 7), where=st.floats(0, 0.999), bit=st.integers(0, 7))
@settings(max_examples=60)
def test_a_flipped_bit_is_found_in_the_entries_added_with_it(
    tmp_path_factory: pytest.TempPathFactory, entry: int, where: float, bit: int
) -> None:
    path, _ = session(tmp_path_factory.mktemp("flip"))

    def flip(lines: list[bytes]) -> list[bytes]:
        line = bytearray(lines[entry])
        at = int(where * (len(line) - 1))
        line[at] ^= 1 << bit
        if line[at] in b"\n\r":
            line[at] = 0
        lines[entry] = bytes(line)
        return lines

    found = check(changed(path, "entries.jsonl", flip))
    assert not found.whole
    assert any(fault.first <= entry <= fault.last for fault in found.faults)


def test_a_word_that_was_exchanged(tmp_path: Path) -> None:
    path, _ = session(tmp_path)
    changed(path, "entries.jsonl", lambda lines: [*lines[:5], lines[5].replace(b"was", b"is"), *lines[6:]])
    assert kinds(check(path)) == [("changed", 4, 6)]  # entries 4 to 6 were added together


def test_left_out(tmp_path: Path) -> None:
    path, _ = session(tmp_path)
    changed(path, "entries.jsonl", lambda lines: [*lines[:2], *lines[4:]])
    assert kinds(check(path)) == [("missing", 2, 3)]


def test_moved(tmp_path: Path) -> None:
    path, _ = session(tmp_path)
    changed(path, "entries.jsonl", lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]])
    assert ("moved", 4, 5) in kinds(check(path))


def test_cut_off(tmp_path: Path) -> None:
    path, heads = session(tmp_path)
    changed(path, "entries.jsonl", lambda lines: lines[:6])
    assert kinds(check(path)) == [("cut off", 6, 7)]
    changed(
        path, "heads.jsonl", lambda lines: lines[:4]
    )  # and the later heads with them: 4 entries are signed
    assert kinds(check(path)) == [("unsigned", 4, 5)]
    changed(path, "entries.jsonl", lambda lines: lines[:4])  # an earlier state, whole in itself …
    assert check(path).whole
    assert kinds(check(path, heads=(heads[-1],))) == [
        ("cut off", 4, 7)
    ]  # … but one who has a later head knows


def test_forked(tmp_path: Path) -> None:
    """The server signs two histories; who received a head of the one is shown the other."""
    _, heads = session(tmp_path)
    other, _ = session(tmp_path, "as it was not", "other.zip")
    assert check(other).whole
    assert kinds(check(other, heads=tuple(heads))) == [("forked", 0, 0), ("forked", 0, 2), *(
        ("forked", 0, last) for last in (3, 6, 7)
    )]  # fmt: skip


def test_signed_by_another(tmp_path: Path) -> None:
    path, _ = session(tmp_path)
    other = Signer.new("server.example")
    found = check(path, (other.key,))
    assert kinds(found) == [("not signed", 8, 8)]
    assert found.signers == ()


def test_a_head_that_was_received_must_be_signed_and_of_this_room(tmp_path: Path) -> None:
    path, _ = session(tmp_path)
    forged = Signer.new("server.example").sign(Head("lir", 8, bytes(32)))
    assert kinds(check(path, heads=(forged,))) == [("not signed", 8, 8)]
    elsewhere = SERVER.sign(Head("marsh", 1, bytes(32)))
    assert [f.kind for f in check(path, heads=(elsewhere,)).faults] == ["other head"]


def test_a_damaged_head_among_good_ones_accuses_no_entry(tmp_path: Path) -> None:
    path, _ = session(tmp_path)

    def damage(lines: list[bytes]) -> list[bytes]:
        head = Head.read(json.loads(lines[2]))
        lines[2] = (
            json.dumps(Head(head.origin, head.size, bytes(32), head.signatures).note()).encode() + b"\n"
        )
        return lines

    changed(path, "heads.jsonl", damage)
    assert check(path).whole  # the last head stands over all entries


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("record.json", b"{"), ("record.json", b"[]"), ("record.json", b'{"format":2}'),
        ("record.json", b'{"format":1,"room":5,"keys":[]}'), ("record.json", b'{"format":1,"room":"x","keys":["x"]}'),
        ("record.json", b"[" * 100_000), ("heads.jsonl", b'"nothing"\n'), ("heads.jsonl", b"5\n"),
        ("entries.jsonl", b"{}"),
    ],
)  # fmt: skip
def test_what_is_no_record(tmp_path: Path, part: str, content: bytes) -> None:
    path, _ = session(tmp_path)
    with pytest.raises(NoRecord):
        check(changed(path, part, lambda _: [content]))


def test_other_files_in_it(tmp_path: Path) -> None:
    path, _ = session(tmp_path)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("../../escape", b"x")
    with pytest.raises(NoRecord, match="only these"):
        check(path)


def test_an_export_that_fails_leaves_nothing(tmp_path: Path) -> None:
    store = Database(Sqlite(tmp_path / "x.db"))
    store.open_room("lir", SERVER)
    target = tmp_path / "folder"
    target.mkdir()
    with pytest.raises(IsADirectoryError):
        export(store, "lir", [], target)
    assert not list(tmp_path.glob("*.part"))
