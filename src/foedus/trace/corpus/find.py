"""One round: what the batches that are new share with one another and with those before.

    families.parquet/    paragraphs that stand more than once
    met/N/shard=S/       where documents meet, of bucket N of the runs of words
    chains/S/            the chains of shard S of the documents
    passages/S.parquet   its passages

Every piece is written beside and renamed, so that a round that was cut off goes on with the next piece.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from foedus.trace.corpus import joins
from foedus.trace.corpus.aligning import align_shard, close
from foedus.trace.corpus.engine import Engine, rows_of
from foedus.trace.corpus.folder import DOCUMENTS, Done, Folder, finish, remove, write_json
from foedus.trace.corpus.progress import Pace, Watch
from foedus.trace.corpus.workers import done

BUCKET: Final = 8_000_000
"""Runs of words that are joined at once for each GiB that the engine may hold: with room to group them."""
SHARD: Final = 8
"""Batches whose documents' chains are made at once."""


def find(
    folder: Folder, engine: Callable[[], Engine], memory: int, workers: int, watch: Watch
) -> Done | None:
    """Find the passages of the batches that no round has had yet; None if there are none."""
    batches, rounds = folder.batches(), folder.rounds()
    begin = rounds[-1].said["to"] if rounds else 0
    if begin == len(batches):
        return None
    place = folder.work / f"round-{begin}-{len(batches)}"
    for left in folder.work.glob("round-*"):
        if left != place:
            remove(left)
    place.mkdir(exist_ok=True)
    shards = range(begin // SHARD, (len(batches) - 1) // SHARD + 1)
    _joined(folder, engine, place, batches, begin, shards, memory, watch)
    made = place / "made"  # once this is there, every shard is finished
    missing = (
        []
        if made.exists()
        else [shard for shard in shards if not (place / "passages" / f"{shard}.parquet").exists()]
    )
    if not made.exists():
        (place / "passages").mkdir(exist_ok=True)
    pace = Pace("aligning", len(shards), watch, len(shards) - len(missing))
    tasks = (
        (
            align_shard,
            (batches, rows_of(place / "chains" / str(shard)), place / "passages" / f"{shard}.parquet"),
        )
        for shard in missing
    )
    try:
        for _ in done(tasks, workers, str(folder.root)):
            pace.more()
    finally:
        close()  # with one worker they were opened in this process
    if not made.exists():
        (place / "passages").rename(made)
    finished = finish(made, folder.place(len(rounds), "round"), {"from": begin, "to": len(batches)})
    remove(place)
    return finished


def _joined(
    folder: Folder,
    engine: Callable[[], Engine],
    place: Path,
    batches: Sequence[Done],
    begin: int,
    shards: Sequence[int],
    memory: int,
    watch: Watch,
) -> None:
    """The round's chains, by shards."""
    buckets = _buckets(place, batches, memory)
    met, chains = place / "met", place / "chains"
    wanted = [n for n in range(buckets) if not (met / str(n)).is_dir()]
    unchained = [shard for shard in shards if not (chains / str(shard)).is_dir()]
    if not unchained:
        return
    run = engine()
    try:
        if not (place / "families").is_dir():
            run.files("parts_in", [one.file("parts.parquet") for one in batches], joins.PARTS)
            run.write(joins.families(), place / "families")
        run.files("families", rows_of(place / "families"), joins.FAMILIES)
        fresh = begin * DOCUMENTS
        pace = Pace("joining", buckets, watch, buckets - len(wanted))
        if wanted:
            run.table("later", joins.later())
            run.files("grams_in", [one.file("grams.parquet") for one in batches], joins.GRAMS)
        for n in wanted:
            run.table("grams", joins.bucket(n, buckets))  # it is looked at twice
            run.write(joins.met(folder.settings, fresh, SHARD), met / str(n), by="shard")
            pace.more()
        pace = Pace("chaining", len(shards), watch, len(shards) - len(unchained))
        for shard in unchained:
            paths = [path for n in range(buckets) for path in rows_of(met / str(n), f"shard={shard}")]
            run.files("met", paths, joins.MET)
            wide = SHARD * DOCUMENTS
            low = max(shard * wide, fresh)
            *steps, last = joins.chained(folder.settings, low, (shard + 1) * wide)
            for name, sql, once in steps:
                (run.table if once else run.view)(name, sql)
            run.write(last[1], chains / str(shard))
            pace.more()
    finally:
        run.close()


def _buckets(place: Path, batches: Sequence[Done], memory: int) -> int:
    """In how many buckets the runs of words are joined; once a round has begun, that stays as it was."""
    said = place / "plan.json"
    if said.exists():
        return json.loads(said.read_text(encoding="utf-8"))["buckets"]
    words: int = sum(one.said["words"] for one in batches)
    buckets = max(1, -(-words * (1 << 30) // (BUCKET * memory)))
    plan: dict[str, Any] = {"buckets": buckets}
    write_json(said, plan)
    return buckets
