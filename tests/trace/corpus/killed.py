"""A process that makes an index, and waits after each piece of progress for its turn: it is killed while it waits."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from foedus.trace.corpus import Progress, index
from foedus.trace.corpus import add as adding
from foedus.trace.corpus import find as finding
from foedus.trace.document import Document


def documents() -> list[Document]:
    """Pages of paragraphs that come again, word for word or with a word changed."""
    chance = random.Random(5)
    words = [f"word{n}" for n in range(500)]
    paragraphs = [" ".join(chance.choices(words, k=40)) for _ in range(30)]
    pages = [[*chance.sample(paragraphs, 3), " ".join(chance.choices(words, k=60))] for _ in range(40)]
    return [
        Document(f"d{n}", "\n".join(page).replace(chance.choice(words), "changed"))
        for n, page in enumerate(pages)
    ]


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def watch(event: Progress) -> None:
    say(f"{event.stage} {event.done}")
    sys.stdin.readline()


def main(place: str, workers: int) -> None:
    adding.CHARACTERS = 8000  # type: ignore[misc]
    finding.BUCKET, finding.SHARD = 2500, 2  # type: ignore[misc]
    with index(Path(place), workers=workers, watch=watch) as made:
        made.add(documents())
        made.find()
        for one in sorted(map(repr, made.passages())):
            say(f"passage {one}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
