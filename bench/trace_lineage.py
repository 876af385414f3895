"""How much two documents must share to be related: PAN13's unrelated pairs and its pairs with copied passages, and one
story printed in many outlets.

    python bench/trace_lineage.py DATA [--outlets 500]

DATA is as for `bench/trace_pan13.py`; it is not part of this repository.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections import Counter
from pathlib import Path

from foedus.terms.time import day
from foedus.trace import lineage
from foedus.trace.compare import passages
from foedus.trace.document import Document, Meta

BOUNDS = ((1, 1), (15, 12), (20, 12), (20, 15), (30, 12), (40, 20))
"""Words in all, and in one passage."""


def bounds(data: Path) -> None:
    with gzip.open(data / "documents.jsonl.gz", "rt", encoding="utf-8") as file:
        documents = [Document(one["id"], one["text"]) for one in map(json.loads, file)]
    pairs = json.loads((data / "pairs.json").read_text(encoding="utf-8"))
    kinds = {
        frozenset((one["suspicious"], one["source"])): one["class"]
        for one in pairs
        if one["cases"] or "no-plagiarism" in one["class"]
    }
    found = passages(documents)
    print(f"{len(documents)} documents, {len(found)} passages; pairs: {dict(Counter(kinds.values()))}")
    for least, run in BOUNDS:
        lineage.LEAST, lineage.RUN = least, run  # type: ignore[misc]
        related = {frozenset((one.origin, one.copy)) for one in lineage.related(documents, found)}
        met = Counter(kinds[pair] for pair in related & kinds.keys())
        print(f"{least:3} words, {run:2} in one passage: {dict(sorted(met.items()))}")


def outlets(count: int) -> None:
    chance = random.Random(2)
    story = [f"w{chance.randrange(5000)}" for _ in range(300)]
    made = [Document("wire", " ".join(story), meta=Meta(on=day("2020-03-01"), publisher="Marsh Wire"))]
    for n in range(count):
        words = list(story)
        for _ in range(chance.randrange(30)):
            words[chance.randrange(300)] = f"x{chance.randrange(10**9)}"
        words += [f"o{n}y{chance.randrange(5000)}" for _ in range(200)]
        made.append(Document(f"outlet{n}", " ".join(words), meta=Meta(on=day(f"2020-03-{2 + n % 20:02}"))))
    found = passages(made)
    start = time.perf_counter()
    links = lineage.links(made, found)
    groups = lineage.groups(made, links)
    took = time.perf_counter() - start
    straight = sum(link.origin == "wire" for link in links)
    print(
        f"{count} outlets: {len(found)} passages, {len(links)} links ({straight} from the wire), "
        f"{len(groups)} groups, {took:.1f} s"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--outlets", type=int, default=500)
    given = parser.parse_args()
    bounds(given.data)
    outlets(given.outlets)
