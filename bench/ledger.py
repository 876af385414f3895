"""How fast a record is kept and checked: entries a second, each signed and on the disk before the next; and 100,000
entries verified. `python bench/ledger.py [postgresql://…]`.

The peer of a durable append is the bare database: the same rows inserted and committed one by one, with no hash, no
head and no signature. Runs are interleaved, and medians given.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from foedus.council.ledger.database import Database, Sqlite
from foedus.council.ledger.head import Signer
from foedus.council.ledger.postgresql import Postgresql
from foedus.council.ledger.record import export, opened
from foedus.council.ledger.verify import verify

RUNS, EACH, MANY = 5, 300, 100_000
VOTE = {
    "at": "2022-01-06T10:00:00Z",
    "by": "head",
    "for": "ARV",
    "kind": "vote",
    "motion": "m-1",
    "vote": "for",
}


def kept(store: Database, room: str, signer: Signer) -> float:
    store.open_room(room, signer)
    start = time.perf_counter()
    for n in range(EACH):
        store.append(room, [{**VOTE, "n": n}], signer)
    return EACH / (time.perf_counter() - start)


def bare(path: Path) -> float:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("CREATE TABLE IF NOT EXISTS rows (line BLOB)")
    start = time.perf_counter()
    for _ in range(EACH):
        raw.execute("INSERT INTO rows VALUES (?)", (b"x" * 200,))
    return EACH / (time.perf_counter() - start)


def main() -> None:
    signer = Signer.new("server.example")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rates: dict[str, list[float]] = {}
        sqlite = Database(Sqlite(folder / "a.db"))
        server = Database(Postgresql(sys.argv[1])) if len(sys.argv) > 1 else None
        for run in range(RUNS):
            rates.setdefault("SQLite, bare rows", []).append(bare(folder / "bare.db"))
            rates.setdefault("SQLite, signed", []).append(kept(sqlite, f"room {run} {time.time()}", signer))
            if server:
                rates.setdefault("PostgreSQL, signed", []).append(
                    kept(server, f"room {run} {time.time()}", signer)
                )
        for what, found in rates.items():
            print(f"{what:20} {statistics.median(found):8.0f} entries/s  ({min(found):.0f}–{max(found):.0f})")
        sqlite.open_room("large", signer)
        for start in range(0, MANY, 1000):
            sqlite.append("large", [{**VOTE, "n": n} for n in range(start, start + 1000)], signer)
        export(sqlite, "large", [signer.key], folder / "record.zip")
        times: list[float] = []
        for _ in range(RUNS):
            start = time.perf_counter()
            with zipfile.ZipFile(folder / "record.zip") as file:
                assert verify(opened(file), [signer.key]).whole
            times.append(time.perf_counter() - start)
        low, high = min(times), max(times)
        size = (folder / "record.zip").stat().st_size / 1e6
        print(
            f"verify {MANY} entries {statistics.median(times):.2f} s  ({low:.2f}–{high:.2f}; {size:.1f} MB)"
        )


if __name__ == "__main__":
    main()
