"""A process that makes an index, and waits after each piece of progress for its turn: it is killed while it waits."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.wire import Press
from foedus.trace.corpus import Progress, index
from foedus.trace.corpus import add as adding
from foedus.trace.corpus import find as finding


def watch(event: Progress) -> None:
    print(f"{event.stage} {event.done}", flush=True)
    sys.stdin.readline()


def main(place: str, workers: int) -> None:
    adding.CHARACTERS = 8000  # type: ignore[misc]
    finding.BUCKET, finding.SHARD = 2500, 2  # type: ignore[misc]
    with index(Path(place), workers=workers, watch=watch) as made:
        made.add(document for document, _ in Press(5, 900).documents(40))
        made.find()
        for one in sorted(map(repr, made.passages())):
            print("passage", one, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
