"""A proof of one entry holds for that entry under that head, and for nothing else; a record may end early."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.council.ledger.database import Database, Sqlite
from foedus.council.ledger.entry import Entry
from foedus.council.ledger.head import Head, Signer
from foedus.council.ledger.proof import holds, prove
from foedus.council.ledger.record import export, opened
from foedus.council.ledger.store import NoRoom
from foedus.council.ledger.tree import root
from foedus.council.ledger.verify import verify

SIGNER = Signer.new("council")


def entries(count: int) -> list[Entry]:
    return [Entry.of("hall", n, {"kind": "vote", "n": n}) for n in range(count)]


def head_of(made: list[Entry]) -> Head:
    return SIGNER.sign(Head("hall", len(made), root([each.hash for each in made])))


@given(st.integers(1, 70), st.data())
def test_every_entry_can_be_proved_and_no_other_passes_for_it(count: int, data: st.DataObject) -> None:
    made = entries(count)
    number = data.draw(st.integers(0, count - 1))
    head = head_of(made)
    further = entries(count + data.draw(st.integers(0, 5)))  # the record has grown since
    proof = prove(made[number].line, number, [each.hash for each in further], head)
    assert holds(proof, [SIGNER.key])
    other = data.draw(st.integers(0, count))
    if other != number:
        assert not holds({**proof, "entry": other}, [SIGNER.key])
        line = Entry.of("hall", other, {"kind": "vote", "n": other}).line.decode()
        assert not holds({**proof, "entry": other, "line": line}, [SIGNER.key])


def proof_of(count: int = 9, number: int = 4) -> dict[str, Any]:
    made = entries(count)
    return dict(prove(made[number].line, number, [each.hash for each in made], head_of(made)))


@pytest.mark.parametrize(
    "change",
    [
        {"line": Entry.of("hall", 4, {"kind": "vote", "n": 5}).line.decode()},
        {"line": Entry.of("cellar", 4, {"kind": "vote", "n": 4}).line.decode()},
        {"line": "no entry"}, {"line": 7}, {"path": []}, {"path": ["!"]}, {"path": None}, {"head": "no head"},
        {"entry": "4"}, {"head": head_of(entries(8)).note()},
    ],
)  # fmt: skip
def test_a_proof_in_which_anything_was_changed_does_not_hold(change: dict[str, Any]) -> None:
    assert holds(proof_of(), [SIGNER.key])
    assert not holds({**proof_of(), **change}, [SIGNER.key])


def test_a_proof_holds_only_by_the_key_that_one_was_given() -> None:
    assert not holds(proof_of(), [Signer.new("council").key])
    assert not holds(proof_of(), [])
    assert not holds({}, [SIGNER.key])


def test_no_proof_of_what_is_not_under_the_head() -> None:
    made = entries(9)
    with pytest.raises(IndexError):
        prove(made[8].line, 8, [each.hash for each in made], head_of(made[:8]))
    with pytest.raises(ValueError, match="fewer"):
        prove(made[0].line, 0, [each.hash for each in made[:3]], head_of(made))


@pytest.mark.parametrize(
    ("until", "size"), [(None, 9), (9, 9), (8, 5), (5, 5), (4, 2), (2, 2), (1, 0), (0, 0)]
)
def test_a_record_ends_in_the_largest_head_that_is_allowed(
    tmp_path: Path, until: int | None, size: int
) -> None:
    store = Database(Sqlite(":memory:"))
    store.open_room("hall", SIGNER)
    for batch in (2, 3, 4):
        store.append("hall", [{"n": n} for n in range(batch)], SIGNER)
    head = export(store, "hall", [SIGNER.key], tmp_path / "record.zip", until)
    assert head.size == size
    with zipfile.ZipFile(tmp_path / "record.zip") as file:
        found = verify(opened(file))
        assert len(list(opened(file).lines)) == size
    assert found.whole and found.head == head
    assert [each.name for each in tmp_path.iterdir()] == ["record.zip"]
    with pytest.raises(NoRoom):
        export(store, "cellar", [], tmp_path / "other.zip", until)
    store.close()
