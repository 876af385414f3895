"""A proof that one entry is in a record, as a file: whoever has the signed head can check it without the record.

The entry stands in it in the bytes that were hashed; the path leads from its hash to the root that the head signs, as
RFC 6962 (section 2.1.1) has it. Nothing of another entry is in it but hashes.

>>> from foedus.council.ledger.head import Signer
>>> from foedus.council.ledger.tree import root
>>> signer = Signer.new("council")
>>> entries = [Entry.of("hall", n, {"kind": "vote", "by": who}) for n, who in enumerate(("ARV", "BOR", "CAD"))]
>>> head = signer.sign(Head("hall", 3, root([entry.hash for entry in entries])))
>>> proof = prove(entries[1].line, 1, [entry.hash for entry in entries], head)
>>> holds(proof, [signer.key]), holds({**proof, "line": entries[2].line.decode()}, [signer.key])
(True, False)
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from foedus.council.ledger.entry import Entry
from foedus.council.ledger.head import Head, Key
from foedus.council.ledger.tree import included, inclusion, leaf

FORMAT = 1


def prove(line: bytes, number: int, hashes: Sequence[bytes], head: Head) -> Mapping[str, Any]:
    """The proof of entry `number`, in the bytes `line`, under a head over the entries with these hashes. Raises
    IndexError for an entry that is not under it, ValueError for hashes that are not its."""
    under = hashes[: head.size]
    if len(under) != head.size:
        raise ValueError("fewer hashes than the head counts")
    path = inclusion(under, number)
    return {
        "format": FORMAT, "room": head.origin, "entry": number, "line": line.decode(), "size": head.size,
        "path": [base64.b64encode(each).decode() for each in path], "head": head.note(),
    }  # fmt: skip


def holds(proof: Mapping[str, Any], keys: Iterable[Key]) -> bool:
    """Whether a proof holds: its head is signed by one of the keys, and its entry is under it. Total: what is no proof
    does not hold."""
    try:
        head, line, number = Head.read(proof["head"]), proof["line"].encode(), proof["entry"]
        path = [base64.b64decode(each, validate=True) for each in proof["path"]]
        entry = Entry.read(line)
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        return False
    return (
        entry is not None
        and (entry.number, entry.room) == (number, head.origin)
        and any(head.signed_by(key) for key in keys)
        and included(leaf(line), number, head.size, path, head.root)
    )
