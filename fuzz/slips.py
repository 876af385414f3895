"""Every slip of a page: each line left out, each character left out (`python -m fuzz.slips [PAGE…] [--every N]`).

A slip is read, told of and lowered as `foedus check` does. It must not fell the reader, must take no
longer than `BUDGET`, and must not go unseen: if what the page means is another, its digest is another. Lines are
all tried; of the characters of blocks each N-th (1), of those of prose each hundredth of them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from time import perf_counter

from foedus.diagnostics.span import Place
from foedus.evidence.check import check
from foedus.lang.parse import parse_page
from foedus.lang.tangle import tangle
from foedus.lang.to_ir import lower
from foedus.lang.to_record import to_dossier
from foedus.lang.tree import Page
from foedus.library import Library, digest
from fuzz.targets import BUDGET, ROOT, SHIPPED, Fell, told, treaties

PAGES = (
    *sorted(SHIPPED.glob("treaties/*.md")),
    *sorted(SHIPPED.glob("dossiers/*/*.md")),
    *sorted((ROOT / "tests" / "good").glob("*.md")),
)


@dataclass(frozen=True, slots=True)
class Slip:
    """A page without one line or one character."""

    text: str
    where: str
    kind: str


def slips(text: str, every: int = 1, lines: int = 1) -> Iterator[Slip]:
    """Each `lines`-th line left out, and each `every`-th character."""
    rows = text.split("\n")
    for at in range(0, len(rows), lines):
        yield Slip("\n".join(rows[:at] + rows[at + 1 :]), f"line {at + 1}", "line")
    numbers = {source.number for block in tangle("", text).blocks for source in block.lines}
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row) + 1)
    in_blocks = [at for n in sorted(numbers) for at in range(starts[n - 1], starts[n])]
    elsewhere = sorted(set(range(len(text))) - set(in_blocks))
    for at in (*in_blocks[::every], *elsewhere[:: 100 * every]):
        yield Slip(text[:at] + text[at + 1 :], f"character {at + 1}", "character")


def meaning(path: Path, text: str) -> tuple[object, int]:
    """What the page means, and how many problems it has. Lets out nothing but `Fell`."""
    name = path.name
    page, problems = parse_page(name, text)
    if path.parent.parent.name == "dossiers":
        dossier, found = to_dossier((page, *others(path)), treaties())
        found = (*found, *check(dossier))
        meant: object = (dossier.record, dossier.on, dossier.period, dossier.instruments, dossier.concerning)
    else:
        program, found = lower((*beside(path.stem), page))
        meant = program, page.trials
    told((*problems, *found), {name: text})
    return bare(meant), len(problems) + len(found)


@cache
def others(path: Path) -> tuple[Page, ...]:
    """The other pages of a dossier's folder."""
    return tuple(
        parse_page(other.name, other.read_text(encoding="utf-8"))[0]
        for other in sorted(path.parent.glob("*.md"))
        if other != path
    )


@cache
def beside(name: str) -> tuple[Page, ...]:
    """The pages that a page is read with."""
    library = Library(ROOT / "tests" / "good")
    return tuple(page for called, page in library.load([name]).pages.items() if called != name)


def bare(value: object) -> object:
    """A value without places, digests and the text itself: what is left is what it means."""
    if isinstance(value, Place):
        return None
    if is_dataclass(value) and not isinstance(value, type):
        kept = [f.name for f in fields(value) if f.name not in ("place", "digest", "digests", "page", "path")]
        return type(value).__name__, tuple(bare(getattr(value, name)) for name in kept)
    if isinstance(value, dict):
        return tuple((bare(key), bare(each)) for key, each in value.items())
    if isinstance(value, tuple | list | frozenset | set):
        return tuple(bare(each) for each in value)
    return value


def try_page(path: Path, every: int = 1, lines: int = 1) -> Counter[str]:
    """What became of each slip: told of, harmless, or another meaning under another digest; `Fell` for worse."""
    text = path.read_text(encoding="utf-8")
    meant, before = meaning(path, text)
    known = digest([text])
    found: Counter[str] = Counter()
    for slip in slips(text, every, lines):
        start = perf_counter()
        try:
            now, problems = meaning(path, slip.text)
        except Exception as error:
            raise Fell(f"{path.name}, without {slip.where}: {error!r}") from error
        if (taken := perf_counter() - start) > BUDGET:
            raise Fell(f"{path.name}, without {slip.where}: {taken:.1f} seconds")
        if now != meant and digest([slip.text]) == known:
            raise Fell(f"{path.name}, without {slip.where}: another meaning, and the same digest")
        became = (
            "told of"
            if problems > before
            else "same meaning"
            if now == meant
            else "other meaning, other digest"
        )
        found[f"{slip.kind}: {became}"] += 1
    return found


def main() -> None:
    arguments = sys.argv[1:]
    every = int(arguments.pop(arguments.index("--every") + 1)) if "--every" in arguments else 1
    named = [name for name in arguments if not name.startswith("--")]
    total: Counter[str] = Counter()
    for path in PAGES:
        if not named or path.stem in named:
            found = try_page(path, every)
            total += found
            print(f"{path.parent.name}/{path.name}: {dict(found)}", flush=True)
    print("\n".join(f"{count:8,} {what}" for what, count in sorted(total.items())))


if __name__ == "__main__":
    main()
