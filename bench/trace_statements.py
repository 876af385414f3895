"""Two statements aligned by hand, and what `foedus trace`, difflib, rapidfuzz and passim find of it.

    python bench/trace_statements.py FOLDER [--known FILE …] [--passim FOLDER --spark PYTHON]

FOLDER holds `ambassador-indonesia.txt` and `embassy-india.txt`, which are not part of this repository; nor is any
sentence of them: the alignment is places and hashes. How to get passim is told in `trace_pan13.py`. `--known` is the
text of the treaty that both retell; with it that part is to be found as shared, without it as copied.

How it was aligned: both read closely, side by side. A passage begins and ends with a word that stands in both. A
clause that stands in one only, of more than a few words, ends a passage. Not taken as copied: names and titles of
persons and bodies by themselves, but the name of the organisation that is the subject of a copied sentence.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from rapidfuzz import fuzz
from trace_pan13 import Case, Corpus, passim

from foedus.trace.compare import passages
from foedus.trace.document import Document


@dataclass(frozen=True)
class Gold:
    """Characters of the one and the other, and a hash of both."""

    case: Case
    kind: str
    what: str
    hash: str


GOLD = (
    Gold((409, 459, 823, 873), "verbatim", "who decided", "fe346174d020"),
    Gold((669, 845, 874, 1072), "edited", "upon which request, what was decided", "b4dcf3d3a2e4"),
    Gold(
        (761, 932, 1667, 1860),
        "edited",
        "what was decided, quoted in the other: a second origin",
        "a0ee801d58e3",
    ),
    Gold((956, 1018, 1604, 1666), "verbatim", "under which article, quoted in the other", "00f15449b7a6"),
    Gold((975, 1034, 1883, 1942), "verbatim", "the article again, of which day", "bca1713e7c50"),
    Gold((1042, 1334, 1944, 2236), "shared", "what the article says", "332b350f79fa"),
    Gold((1348, 1466, 1087, 1212), "edited", "who supported it, true to which commitment", "0b3d7ae2e069"),
    Gold((1472, 1562, 406, 496), "verbatim", "what the situation was", "09afbfade734"),
    Gold((1564, 1620, 498, 554), "edited", "how it is seen", "54ae8b9cd90f"),
    Gold((1624, 1770, 642, 780), "edited", "what it is taken to be", "1794f9edd5fa"),
)
FOUND = 0.7
"""The share of a passage, on both sides, from which on it counts as found."""
SHORTEST = 30
"""Characters of a block that difflib finds, and of a sentence for rapidfuzz."""


def read(folder: Path) -> tuple[str, str]:
    a, b = ((folder / f"{name}.txt").read_text("utf-8") for name in ("ambassador-indonesia", "embassy-india"))
    for gold in GOLD:
        parts = f"{a[gold.case[0] : gold.case[1]]}|{b[gold.case[2] : gold.case[3]]}"
        if hashlib.sha256(parts.encode()).hexdigest()[:12] != gold.hash:
            sys.exit(f"These are other texts: “{gold.what}” does not stand where it was.")
    return a, b


def traced(a: str, b: str, known: Sequence[Document]) -> tuple[list[Case], list[Case]]:
    """What is copied, and what is shared."""
    found: dict[bool, list[Case]] = {False: [], True: []}
    for one in passages([Document("a", a), Document("b", b)], known):
        found[one.kind == "shared"].append((one.a.start, one.a.end, one.b.start, one.b.end))
    return found[False], found[True]


def difflib(a: str, b: str) -> list[Case]:
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return [(x.a, x.a + x.size, x.b, x.b + x.size) for x in blocks if x.size >= SHORTEST]


def sentences(text: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(r"[^.!?\n][^!?\n]*?(?:[.!?”]+(?=\s)|$)", text, re.M)]


def rapidfuzz(a: str, b: str) -> list[Case]:
    return [
        (*x, *y)
        for x in sentences(a)
        for y in sentences(b)
        if min(x[1] - x[0], y[1] - y[0]) >= SHORTEST and fuzz.ratio(a[slice(*x)], b[slice(*y)]) >= 60
    ]


def covered(cases: Iterable[Case]) -> set[tuple[int, int]]:
    return {(side, at) for case in cases for side in (0, 2) for at in range(case[side], case[side + 1])}


def report(name: str, found: Sequence[Case], gold: Sequence[Gold]) -> None:
    wanted, said = covered(one.case for one in gold), covered(found)
    both = len(wanted & said)
    held = [one for one in gold if any(holds(case, one.case) for case in found)]
    print(
        f"{name}: precision {both / max(len(said), 1):.3f}, recall {both / len(wanted):.3f}, "
        f"{len(held)} of {len(gold)} passages"
    )
    for one in gold:
        if one not in held:
            print(f"    not found: {one.what} ({one.kind})")


def holds(found: Case, gold: Case) -> bool:
    return all(
        min(found[side + 1], gold[side + 1]) - max(found[side], gold[side])
        >= FOUND * (gold[side + 1] - gold[side])
        for side in (0, 2)
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--known", type=Path, nargs="*", default=[])
    parser.add_argument("--passim", type=Path)
    parser.add_argument("--spark", type=Path)
    asked = parser.parse_args()
    a, b = read(asked.folder)
    copied, _ = traced(a, b, ())
    report("foedus", copied, GOLD)
    if asked.known:
        copied, shared = traced(a, b, [Document(path.stem, path.read_text("utf-8")) for path in asked.known])
        report("foedus, treaty known: copied", copied, [one for one in GOLD if one.kind != "shared"])
        report("foedus, treaty known: shared", shared, [one for one in GOLD if one.kind == "shared"])
    report(f"difflib, from {SHORTEST} characters", difflib(a, b), GOLD)
    report("rapidfuzz, sentences alike by 60", rapidfuzz(a, b), GOLD)
    if asked.passim:
        for n in (25, 15):
            found = passim(asked.passim.resolve(), asked.spark.absolute(), n)(
                Corpus({"a": a, "b": b}, frozenset("a"), ()), 1
            )
            report(f"passim, n = {n}", found.get(("a", "b"), []), GOLD)


if __name__ == "__main__":
    main()
