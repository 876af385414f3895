"""The Merkle tree over a record's entries (RFC 6962, section 2.1): one hash stands for all of them, in their order.

A *frontier* is what has to be kept to add entries: the roots of the full subtrees, largest first. It grows with the
logarithm of the size. Proofs show that an entry is in a tree (`inclusion`) or that one tree continues another
(`consistency`) without the other entries.

>>> leaves = [leaf(b"one"), leaf(b"two"), leaf(b"three")]
>>> root(leaves) == node(node(leaves[0], leaves[1]), leaves[2])
True
>>> included(leaves[2], 2, 3, inclusion(leaves, 2), root(leaves))
True
>>> included(leaves[1], 2, 3, inclusion(leaves, 2), root(leaves))
False
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

EMPTY = sha256(b"").digest()
"""The root of no entries."""


def leaf(data: bytes) -> bytes:
    """The hash of an entry: 32 bytes. The byte before it keeps an entry from passing for a node."""
    return sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """A tree to which leaves can be added. `peaks` are the roots of its full subtrees, largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list[bytes])

    def add(self, leaf_hash: bytes) -> None:
        """One more leaf."""
        self.peaks.append(leaf_hash)
        self.size += 1
        joined = self.size
        while joined % 2 == 0:
            right = self.peaks.pop()
            self.peaks.append(node(self.peaks.pop(), right))
            joined //= 2

    def root(self) -> bytes:
        """The hash that stands for all leaves so far."""
        if not self.peaks:
            return EMPTY
        made = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            made = node(peak, made)
        return made


def root(leaves: Iterable[bytes]) -> bytes:
    """The root of a tree over these leaf hashes."""
    grown = Frontier()
    for one in leaves:
        grown.add(one)
    return grown.root()


def inclusion(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The hashes that lead from leaf `index` to the root, nearest first. Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return ()
    split = _split(len(leaves))
    if index < split:
        return (*inclusion(leaves[:split], index), root(leaves[split:]))
    return (*inclusion(leaves[split:], index - split), root(leaves[:split]))


def included(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], head: bytes) -> bool:
    """Whether the proof shows that leaf `index` of a tree of `size` under `head` is this one."""
    if not 0 <= index < size:
        return False
    at, last, made, left = index, size - 1, leaf_hash, list(proof)
    while last:
        if at % 2 or at < last:
            if not left:
                return False
            made = node(left.pop(0), made) if at % 2 else node(made, left.pop(0))
        at, last = at // 2, last // 2
    return not left and made == head


def consistency(leaves: Sequence[bytes], size: int) -> tuple[bytes, ...]:
    """The hashes which show that the tree of all leaves continues that of the first `size`."""
    if not 0 <= size <= len(leaves):
        raise IndexError(size)
    return () if size in (0, len(leaves)) else _subproof(leaves, size, True)


def _subproof(leaves: Sequence[bytes], size: int, whole: bool) -> tuple[bytes, ...]:
    if size == len(leaves):
        return () if whole else (root(leaves),)
    split = _split(len(leaves))
    if size <= split:
        return (*_subproof(leaves[:split], size, whole), root(leaves[split:]))
    return (*_subproof(leaves[split:], size - split, False), root(leaves[:split]))


def continues(size: int, head: bytes, later_size: int, later: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree under `later` begins with the one under `head` (RFC 9162, 2.1.4.2)."""
    if size > later_size:
        return False
    if size in (0, later_size):
        return not proof and (head == EMPTY if size == 0 else head == later)
    path = [head, *proof] if size & (size - 1) == 0 else list(proof)
    at, last = size - 1, later_size - 1
    while at % 2:
        at, last = at // 2, last // 2
    if not path:
        return False
    first = second = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            first, second = node(other, first), node(other, second)
            while at and at % 2 == 0:
                at, last = at // 2, last // 2
        else:
            second = node(second, other)
        at, last = at // 2, last // 2
    return last == 0 and first == head and second == later


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
