"""One contract, each test on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from foedus.council.ledger.database import Database
from foedus.council.ledger.head import Signer
from foedus.council.ledger.store import Behind, NoRoom, Unavailable
from foedus.council.ledger.tree import EMPTY, leaf, root
from tests.council.stores import open_store

VOTE = {"kind": "vote", "for": "ARV", "vote": "yes"}


def test_a_room_begins_with_no_entries(store: Database, room: str, signer: Signer) -> None:
    head = store.open_room(room, signer)
    assert (head.origin, head.size, head.root) == (room, 0, EMPTY)
    assert head.signed_by(signer.key)
    assert list(store.entries(room)) == []
    assert room in store.rooms()
    assert store.open_room(room, signer) == head


def test_entries_stand_in_their_order_under_a_signed_head(store: Database, room: str, signer: Signer) -> None:
    store.open_room(room, signer)
    first = store.append(room, [VOTE, {**VOTE, "for": "BOR"}], signer)
    [third] = store.append(room, [{"kind": "close"}], signer, seen=2)
    assert [entry.number for entry in (*first, third)] == [0, 1, 2]
    kept = list(store.entries(room))
    assert kept == [*first, third]
    assert list(store.entries(room, 1, 2)) == [first[1]]
    head = store.head(room)
    assert head.size == 3
    assert head.root == root(leaf(entry.line) for entry in kept)
    assert head.signed_by(signer.key)
    assert [one.size for one in store.heads(room)] == [0, 2, 3]


def test_who_is_behind_adds_nothing(store: Database, room: str, signer: Signer) -> None:
    store.open_room(room, signer)
    store.append(room, [VOTE], signer)
    with pytest.raises(Behind) as told:
        store.append(room, [VOTE], signer, seen=0)
    assert told.value.size == 1
    assert store.head(room).size == 1


def test_all_or_none(store: Database, room: str, signer: Signer) -> None:
    store.open_room(room, signer)
    with pytest.raises(ValueError, match="share"):
        store.append(room, [VOTE, {"share": 0.5}], signer)  # type: ignore[dict-item]
    assert store.head(room).size == 0
    assert store.append(room, [], signer) == ()
    store.append(room, [VOTE], signer)
    assert store.head(room).size == 1


def test_no_room(store: Database, signer: Signer) -> None:
    with pytest.raises(NoRoom):
        store.head("nowhere")
    with pytest.raises(NoRoom):
        store.append("nowhere", [VOTE], signer)


def test_delegations_sign_the_same_head(store: Database, room: str, signer: Signer) -> None:
    store.open_room(room, signer)
    store.append(room, [VOTE], signer)
    arv, bor = Signer.new("ARV"), Signer.new("BOR")
    store.cosign(room, arv.sign(store.head(room)))
    store.cosign(room, bor.sign(store.head(room)))
    head = store.head(room)
    assert all(head.signed_by(key) for key in (signer.key, arv.key, bor.key))
    store.append(room, [VOTE], signer)
    store.open_room(f"{room}-other", signer)
    with pytest.raises(ValueError, match="another"):
        store.cosign(room, arv.sign(store.head(f"{room}-other")))


def test_many_writers_lose_nothing_and_leave_no_gap(address: str, room: str, signer: Signer) -> None:
    first = open_store(address)
    first.open_room(room, signer)

    def write(who: str) -> None:
        mine = open_store(address)
        for n in range(12):
            mine.append(room, [{"by": who, "n": n}], signer)
        mine.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    kept = list(first.entries(room))
    assert [entry.number for entry in kept] == list(range(48))
    for who in "abcd":
        assert [entry.body["n"] for entry in kept if entry.body["by"] == who] == list(range(12))
    assert first.head(room).root == root(leaf(entry.line) for entry in kept)
    first.close()


WRITER = """
import sys
from foedus.council.ledger.head import Signer
from tests.council.stores import open_store
store, signer = open_store(sys.argv[1]), Signer.new("server.example")
store.open_room(sys.argv[2], signer)
n = 0
while True:
    store.append(sys.argv[2], [{"n": n}, {"n": n + 1}], signer)
    n += 2
    sys.stdout.write(f"{n}\\n")
    sys.stdout.flush()
"""


@pytest.mark.parametrize("after", [1, 7, 30])
def test_killed_at_any_moment_nothing_acknowledged_is_lost(address: str, room: str, after: int) -> None:
    """The writer says how many entries were acknowledged, and is killed when it has said so for the nth time."""
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    told: list[int] = []
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, address, room], stdout=subprocess.PIPE, text=True, env=here
    ) as writer:
        assert writer.stdout
        for line in writer.stdout:
            told.append(int(line))
            if len(told) == after:
                writer.send_signal(signal.SIGKILL)
                break
        told += [int(line) for line in writer.stdout]
    store = open_store(address)
    kept = list(store.entries(room))
    assert len(kept) >= told[-1]
    assert len(kept) % 2 == 0  # two were added at a time: both or none
    assert [entry.body["n"] for entry in kept] == list(range(len(kept)))
    head = store.head(room)
    assert (head.size, head.root) == (len(kept), root(leaf(entry.line) for entry in kept))
    store.close()


def test_a_file_that_may_only_be_read(tmp_path: Path, signer: Signer) -> None:
    path = tmp_path / "ledger.db"
    store = open_store(str(path))
    store.open_room("r", signer)
    store.close()
    readonly = open_store_readonly(path)
    with pytest.raises(Unavailable, match="readonly"):
        readonly.append("r", [VOTE], signer)
    assert readonly.head("r").size == 0


def open_store_readonly(path: Path) -> Database:
    """The file as one who may only read it has it: root may write every file, so SQLite is told."""
    store = open_store(str(path))
    store.connection.ask("PRAGMA query_only = ON")
    return store


def test_a_full_disk(tmp_path: Path, signer: Signer) -> None:
    """A database that may grow to so many pages and no further stands for a disk that is full."""
    store = open_store(str(tmp_path / "ledger.db"))
    store.open_room("r", signer)
    pages = store.connection.ask("PRAGMA page_count").fetchone()
    assert pages
    store.connection.ask(f"PRAGMA max_page_count = {pages[0] + 2}")
    done = 0
    with pytest.raises(Unavailable, match="full"):
        for n in range(100):
            store.append("r", [{"n": n, "text": "x" * 900}], signer)
            done = n + 1
    assert store.head("r").size == done == len(list(store.entries("r")))


@pytest.mark.needs_postgresql
def test_a_server_that_is_gone(signer: Signer) -> None:
    with pytest.raises(Unavailable):
        open_store("postgresql://foedus@127.0.0.1:1/none?connect_timeout=2")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"not a database, but long enough to be looked at" * 40)
    with pytest.raises(Unavailable, match="not a database"):
        open_store(str(path))
