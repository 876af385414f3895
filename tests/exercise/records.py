"""The record of a session for tests that ask about it: made once, since each is signed with a key of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from foedus.council.ledger.head import Signer
from foedus.exercise.keeping import in_memory
from tests.exercise.scenes import played, scene


@cache
def a_record(name: str = "kazakhstan-2022") -> Mapping[str, bytes]:
    """Files by name: the record of a session, the key that signed it, its head; and a delegation's key to sign with."""
    keeper = in_memory(name)
    for _ in keeper.kept(scene(name), scene(name).seed, iter(played(name))):
        pass
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.zip"
        head = keeper.export(path)
        return {
            "record.zip": path.read_bytes(),
            "council.key": keeper.signer.key.line().encode(),
            "head-of-friday.txt": head.note().encode(),
            "arv.key": Signer.new("ARV").line().encode(),
        }
