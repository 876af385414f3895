"""Checks a record without the server that made it: that nothing was changed, left out, moved, cut off or forked.

What a record proves by itself is that it is of one piece under heads that somebody signed. Whose keys these are, and
that no other record was shown to others, it cannot prove: give the keys that you were given, and the heads that you
received. The place of a change is told as closely as the signed heads allow: one was signed with every addition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from foedus.council.ledger.entry import Entry
from foedus.council.ledger.head import Head, Key
from foedus.council.ledger.record import Record
from foedus.council.ledger.tree import EMPTY, Frontier, leaf

Kind = Literal[
    "changed",  # entries first–last are not those that were signed
    "unreadable",  # entry first is not written as entries are
    "missing",  # entries first–last are not there
    "moved",  # the entries first–last are not in their order, or one of them has another's number
    "another room",  # entry first is of another room
    "cut off",  # a head was signed over more entries than there are
    "unsigned",  # entries first–last stand under no signed head
    "forked",  # a head that was received is of another history, which parts from this one within first–last
    "not signed",  # the last head is not signed by a key that is known
    "other head",  # a head of another room
]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a record: what, and in which entries (numbers from 0, both included)."""

    kind: Kind
    first: int = 0
    last: int = 0
    what: str = ""


@dataclass(frozen=True)
class Verified:
    """What was found. `signers` are the names whose signatures under the last head are right, by the keys given
    or, where none were, by those in the record itself (`own_keys`). `received` heads were given and checked.
    `cosigned` names, by the number of entries over which a right head stands, those of the given keys that signed it
    and that the record does not name as its own: delegations. It begins with the most entries."""

    room: str
    size: int
    head: Head | None
    faults: tuple[Fault, ...]
    signers: tuple[str, ...]
    own_keys: bool
    received: int
    cosigned: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.faults


@dataclass
class _Roots:
    """The root at each size that a head speaks of."""

    wanted: Sequence[int]
    found: dict[int, bytes] = field(default_factory=dict[int, bytes])

    def at(self, frontier: Frontier) -> None:
        if len(self.found) < len(self.wanted) and self.wanted[len(self.found)] == frontier.size:
            self.found[frontier.size] = frontier.root()


def verify(record: Record, keys: Iterable[Key] = (), received: Iterable[Head] = ()) -> Verified:
    """Checks a record against itself, the keys and the heads that were received. Raises NoRecord where its lines
    cannot be read at all."""
    given, outside = tuple(keys), tuple(received)
    ours = [head for head in outside if head.origin == record.room]
    faults: list[Fault] = [
        Fault("other head", what=head.origin) for head in outside if head.origin != record.room
    ]
    trusted = given or record.keys
    sizes = sorted({head.size for head in (*record.heads, *ours)} | {0})
    roots = _Roots(sizes)
    frontier = Frontier()
    roots.at(frontier)
    faults += _read(record, frontier, roots)
    heads = sorted(record.heads, key=lambda head: head.size)
    signed = [head for head in ours if any(head.signed_by(key) for key in trusted)]
    faults += [Fault("not signed", head.size, head.size) for head in ours if head not in signed]
    if all(fault.kind in ("other head", "not signed") for fault in faults):
        # Where lines are missing or moved, all that stands above them differs too, and says nothing more.
        faults += _against(heads, roots.found, frontier.size, trusted)
        faults += _forked(signed, roots.found, frontier.size)
    last = heads[-1] if heads else None
    its_own = [key for key in trusted if key in record.keys or not given]
    signers = tuple(dict.fromkeys(k.name for k in its_own if last is not None and last.signed_by(k)))
    others = [key for key in given if key not in record.keys]
    right = [head for head in (*heads, *ours) if roots.found.get(head.size) == head.root]
    return Verified(
        record.room, frontier.size, last, tuple(dict.fromkeys(faults)), signers, not given, len(outside),
        tuple(_cosigned(right, others)),
    )  # fmt: skip


def _cosigned(heads: Sequence[Head], others: Sequence[Key]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Who of these signed which head, each under the last one it signed."""
    said = set[str]()
    for size in sorted({head.size for head in heads}, reverse=True):
        here = [head for head in heads if head.size == size]
        names = dict.fromkeys(
            key.name for key in others if any(head.signed_by(key) for head in here) and key.name not in said
        )
        if names:
            said |= set(names)
            yield size, tuple(names)


def _read(record: Record, frontier: Frontier, roots: _Roots) -> Iterator[Fault]:
    """Every line into the tree; what is wrong with lines as such."""
    expected = 0
    for at, line in enumerate(record.lines):
        entry = Entry.read(line)
        if entry is None:
            yield Fault("unreadable", at, at)
            expected += 1
        else:
            if entry.room != record.room:
                yield Fault("another room", at, at, entry.room)
            if entry.number > expected:
                yield Fault("missing", expected, entry.number - 1)
            elif entry.number < expected:
                yield Fault("moved", min(entry.number, at), max(entry.number, at))
            expected = max(expected, entry.number + 1)
        frontier.add(leaf(line))
        roots.at(frontier)


def _against(
    heads: Sequence[Head], roots: dict[int, bytes], size: int, trusted: Sequence[Key]
) -> Iterator[Fault]:
    """The record's own heads: which is the first that does not stand over these entries, and is the last one signed?"""
    if not heads:
        yield Fault("unsigned", 0, max(size - 1, 0))
        return
    last = heads[-1]
    if not any(last.signed_by(key) for key in trusted):
        yield Fault("not signed", last.size, last.size)
    if last.size > size:
        yield Fault("cut off", size, last.size - 1)
    elif last.size < size:
        yield Fault("unsigned", last.size, size - 1)
    if last.size <= size and roots[last.size] == last.root:
        return
    right = 0
    for head in heads:
        if head.size > size:
            return
        if roots[head.size] == head.root:
            right = head.size
        elif any(head.signed_by(key) for key in trusted):
            yield Fault("changed", right, max(head.size - 1, right))
            return
        elif head is not last:
            yield Fault("not signed", head.size, head.size)


def _forked(received: Sequence[Head], roots: dict[int, bytes], size: int) -> Iterator[Fault]:
    """Heads that somebody received: each must stand over the first entries of this very record."""
    agreed = 0
    for head in sorted(received, key=lambda head: head.size):
        if head.size > size:
            yield Fault("cut off", size, head.size - 1)
        elif roots.get(head.size, EMPTY) != head.root:
            yield Fault("forked", agreed, max(head.size - 1, agreed))
        else:
            agreed = head.size
