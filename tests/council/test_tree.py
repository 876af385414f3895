"""The tree against its definition in RFC 6962, and its proofs against forged ones."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from foedus.council.ledger.tree import (
    EMPTY,
    consistency,
    continues,
    included,
    inclusion,
    leaf,
    node,
    root,
)


def by_definition(entries: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, as it stands there."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\0" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return sha256(b"\1" + by_definition(entries[:k]) + by_definition(entries[k:])).digest()


ENTRIES = st.lists(st.binary(max_size=3), max_size=70)


@given(ENTRIES)
def test_the_root_is_that_of_the_definition(entries: list[bytes]) -> None:
    assert root(map(leaf, entries)) == by_definition(entries)


@given(st.integers(1, 70), st.data())
def test_inclusion(size: int, data: st.DataObject) -> None:
    leaves = [leaf(bytes([n])) for n in range(size)]
    index = data.draw(st.integers(0, size - 1))
    proof, head = inclusion(leaves, index), root(leaves)
    assert included(leaves[index], index, size, proof, head)
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        assert not included(leaves[other], index, size, proof, head)
        assert not included(leaves[index], other, size, proof, head)
    assert not included(leaves[index], index, size, (*proof, EMPTY), head)
    if proof:
        assert not included(leaves[index], index, size, proof[:-1], head)


@given(st.integers(0, 70), st.integers(0, 70), st.data())
def test_consistency(first: int, more: int, data: st.DataObject) -> None:
    size = first + more
    leaves = [leaf(bytes([n])) for n in range(size)]
    proof, old, new = consistency(leaves, first), root(leaves[:first]), root(leaves)
    assert continues(first, old, size, new, proof)
    if first > 0:
        changed = list(leaves)
        at = data.draw(st.integers(0, first - 1))
        changed[at] = leaf(b"another")
        assert not continues(first, old, size, root(changed), consistency(changed, first))
        assert not continues(first, node(old, old), size, new, proof)
    if proof:
        assert not continues(first, old, size, new, proof[:-1])
        assert not continues(first, old, size, new, (*proof, EMPTY))
