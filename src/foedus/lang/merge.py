r"""Three versions of a page into one: what both sides changed in different declarations is kept of both.

Two people who add sources at the same place add two sources; two who add claims to one fact add two claims.
Where both changed the same line, or one changed what the other took out, both versions stand between
the marks that git uses, and a person decides. Prose is merged line by line.

>>> base = "```record\nsource a \"A\"\n  date 2021\n```\n"
>>> ours = base.replace("2021", "2022")
>>> theirs = base.replace("```\n", "source b \"B\"\n```\n", 2).replace("record\n", "record\n", 1)
>>> merged = merge(base, ours, base.replace("2021\n", "2021\nsource b \"B\"\n"))
>>> print(merged.text, merged.conflicts)
```record
source a "A"
  date 2022
source b "B"
```
 ()
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from foedus.lang.parts import Key, Part, called, parts_of
from foedus.lang.tangle import plain

MOST_ALIKE = 1_500
"""Lines of one wording that can be told apart in reasonable time; no page has so many."""

Parts = Sequence[Part]


@dataclass(frozen=True, slots=True)
class Merged:
    """The page, and what both sides changed differently (empty if nothing)."""

    text: str
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """How the two versions of a conflict are set apart."""

    ours: str = "ours"
    theirs: str = "theirs"
    size: int = 7


def merge(base: str, ours: str, theirs: str, marks: Marks = Marks()) -> Merged:
    """The three versions merged; lines end as those of `ours` do."""
    merger = _Merger(marks)
    versions = [plain(text) for text in (base, ours, theirs)]
    if versions[1] == versions[2] or versions[0] == versions[2]:
        return Merged(ours, ())
    if versions[0] == versions[1]:
        return Merged(_ended(versions[2], ours), ())
    if any(map(_monotonous, versions)):
        rows = merger.conflict("the page", versions[1].split("\n"), versions[2].split("\n"))
    else:
        base_parts, our_parts, their_parts = map(parts_of, versions)
        rows = merger.parts(base_parts, our_parts, their_parts)
    return Merged(_ended("\n".join(rows), ours), tuple(merger.conflicts))


def _ended(text: str, like: str) -> str:
    mark = "\ufeff" if like.startswith("\ufeff") else ""
    return mark + (text.replace("\n", "\r\n") if "\r\n" in like else text)


def _monotonous(text: str) -> bool:
    return any(n > MOST_ALIKE for _, n in Counter(text.split("\n")).most_common(1))


@dataclass(slots=True)
class _Level:
    """The parts of one declaration, or of the page, in all three versions, by their keys."""

    base: Mapping[Key, Part]
    ours: Mapping[Key, Part]
    theirs: Mapping[Key, Part]
    within: str
    done: set[Key] = field(default_factory=set[Key])

    def call(self, key: Key) -> str:
        """How a message calls a part: with what it stands in."""
        return f"{self.within}, {called(key)}" if self.within else called(key)


@dataclass(slots=True)
class _Merger:
    marks: Marks
    conflicts: list[str] = field(default_factory=list[str])

    def parts(self, base: Parts, ours: Parts, theirs: Parts, within: str = "") -> list[str]:
        """The lines of the merged parts, which stand `within` a declaration."""
        level = _Level(_by_key(base), _by_key(ours), _by_key(theirs), within)
        rows: list[str] = []
        for o, a, b in _regions(base, ours, theirs):
            rows += self.region(level, o, a, b)
        return rows

    def region(self, level: _Level, o: Parts, a: Parts, b: Parts) -> list[str]:
        """The lines of a stretch in which at least one side has other parts than the base."""
        if _keys(a) == _keys(b):
            return self.emit_all(level, [*_gone(o, a), *a], here=a)
        if _keys(a) == _keys(o):
            return self.emit_all(level, _with_gone(o, b), here=b)
        if _keys(b) == _keys(o):
            return self.emit_all(level, _with_gone(o, a), here=a)
        if not o and _is_section(a) and _is_section(b):
            return self.emit_all(level, [*a, *b], here=[*a, *b])
        start = _shared(a, b)
        end = _shared(a[start:][::-1], b[start:][::-1])
        if start or end:
            head, tail = a[:start], a[len(a) - end :] if end else ()
            inner = (a[start : len(a) - end], b[start : len(b) - end])
            left = [part for part in o if part.key not in {p.key for p in (*head, *tail)} or part.is_text]
            for part in (*head, *tail):
                left = _without(left, part)
            return [
                *self.emit_all(level, head, head), *self.both(level, left, *inner), *self.emit_all(level, tail, tail)
            ]  # fmt: skip
        return self.both(level, o, a, b)

    def both(self, level: _Level, o: Parts, a: Parts, b: Parts) -> list[str]:
        """A stretch that both sides changed, each otherwise."""
        if _keys(a) == _keys(b) or _keys(a) == _keys(o) or _keys(b) == _keys(o):
            return self.region(level, o, a, b)
        if not any(part.is_text for part in (*o, *a, *b)):
            lost = {part.key for part in o} - {part.key for part in (*a, *b)}
            new_a = [key for key in _keys(a) if key not in level.base]
            new_b = [key for key in _keys(b) if key not in level.base]
            if not lost or new_a == new_b:
                return self.emit_all(level, _woven(o, a, b), here=[*a, *b])
        level.done.update(part.key for part in (*a, *b) if not part.is_text)
        name = next((level.call(part.key) for part in (*a, *b, *o) if called(part.key)), "the page")
        ours, theirs = self.version(level, a, b, level.theirs), self.version(level, b, a, level.ours)
        return self.conflict(name, ours, theirs)

    def version(self, level: _Level, side: Parts, other: Parts, elsewhere: Mapping[Key, Part]) -> list[str]:
        """One side of a conflict; what the other side has elsewhere comes here, with its changes."""
        beside = set(_keys(other))
        rows: list[str] = []
        for part in side:
            moved = not part.is_text and part.key in elsewhere and part.key not in beside
            rows += self.emit(level, part.key) if moved else part.all_lines()
        return rows

    def emit_all(self, level: _Level, parts: Parts, here: Parts) -> list[str]:
        """The lines of the parts; those that are not `here` any more are the base's."""
        staying = {id(part) for part in here}
        rows: list[str] = []
        for part in parts:
            gone = id(part) not in staying
            if part.is_text:
                rows += () if gone else part.lines
            elif gone and part.key in level.ours and part.key in level.theirs:
                pass  # moved: it comes where it stands now
            elif part.key not in level.done:
                level.done.add(part.key)
                rows += self.emit(level, part.key)
        return rows

    def emit(self, level: _Level, key: Key) -> list[str]:
        """What becomes of a declaration, wherever each side has it."""
        o, a, b = level.base.get(key), level.ours.get(key), level.theirs.get(key)
        if a is not None and b is not None:
            return self.part(level, key, o, a, b)
        there = a or b
        if there is None:
            return []
        if o is None:
            return there.all_lines()
        if o.all_lines() == there.all_lines():
            return []  # one side took it out, the other left it as it was
        return self.conflict(level.call(key), a.all_lines() if a else [], b.all_lines() if b else [])

    def part(self, level: _Level, key: Key, o: Part | None, a: Part, b: Part) -> list[str]:
        if a.lines == b.lines or (o is not None and o.lines == b.lines):
            own = list(a.lines)
        elif o is not None and o.lines == a.lines:
            own = list(b.lines)
        else:
            own = self.conflict(level.call(key), list(a.lines), list(b.lines))
        return [*own, *self.parts(o.below if o else (), a.below, b.below, level.call(key))]

    def conflict(self, name: str, ours: list[str], theirs: list[str]) -> list[str]:
        self.conflicts.append(name)
        size = self.marks.size
        return [
            f"{'<' * size} {self.marks.ours}", *ours, "=" * size, *theirs, f"{'>' * size} {self.marks.theirs}"
        ]  # fmt: skip


def _regions(base: Parts, ours: Parts, theirs: Parts) -> Iterator[tuple[Parts, Parts, Parts]]:
    """The stretches between parts that all three have, and those parts, one by one."""
    in_ours, in_theirs = _matched(base, ours), _matched(base, theirs)
    i = j = k = 0
    for at in range(len(base)):
        if at in in_ours and at in in_theirs:
            n, m = in_ours[at], in_theirs[at]
            if at > i or n > j or m > k:
                yield base[i:at], ours[j:n], theirs[k:m]
            yield base[at : at + 1], ours[n : n + 1], theirs[m : m + 1]
            i, j, k = at + 1, n + 1, m + 1
    if i < len(base) or j < len(ours) or k < len(theirs):
        yield base[i:], ours[j:], theirs[k:]


def _matched(base: Parts, side: Parts) -> dict[int, int]:
    """Which part of a side each part of the base is."""
    matcher = SequenceMatcher(None, _keys(base), _keys(side), autojunk=False)
    return {
        block.a + n: block.b + n for block in matcher.get_matching_blocks() for n in range(block.size)
    }  # fmt: skip


def _by_key(parts: Parts) -> dict[Key, Part]:
    return {part.key: part for part in parts if not part.is_text}


def _keys(parts: Parts) -> list[Key]:
    return [part.key for part in parts]


def _gone(o: Parts, side: Parts) -> list[Part]:
    """Declarations of the base that a side does not have here."""
    there = set(_keys(side))
    return [part for part in o if part.key not in there and not part.is_text]


def _with_gone(o: Parts, side: Parts) -> list[Part]:
    """The side's parts, with those of the base that it lacks where they were."""
    found: list[Part] = []
    for what, i, j, m, n in SequenceMatcher(None, _keys(o), _keys(side), autojunk=False).get_opcodes():
        if what in ("delete", "replace"):
            found += o[i:j]
        if what != "delete":
            found += side[m:n]
    return found


def _woven(o: Parts, a: Parts, b: Parts) -> list[Part]:
    """The parts of both sides, each of theirs behind the one that it follows there."""
    woven = _with_gone(o, a)
    at = 0
    for part in _with_gone(o, b):
        places = [n for n, there in enumerate(woven) if there.key == part.key]
        if places:
            at = places[0] + 1
        else:
            at = _behind_new(woven, at, {p.key for p in o})
            woven.insert(at, part)
            at += 1
    return woven


def _behind_new(woven: Parts, at: int, old: set[Key]) -> int:
    """Behind what ours added at the same place."""
    while at < len(woven) and woven[at].key not in old:
        at += 1
    return at


def _shared(a: Parts, b: Parts) -> int:
    """How many parts both begin with."""
    n = 0
    while n < min(len(a), len(b)) and a[n].key == b[n].key:
        n += 1
    return n


def _without(parts: list[Part], gone: Part) -> list[Part]:
    """The parts without the first that is like this one."""
    for n, part in enumerate(parts):
        if part.key == gone.key:
            return [*parts[:n], *parts[n + 1 :]]
    return parts


def _is_section(parts: Parts) -> bool:
    """Whether these are whole sections: a heading first, and every fence that opens closes."""
    rows = [line for part in parts for line in part.all_lines()]
    first = next((row for row in rows if row.strip()), "")
    return first.startswith("#") and sum(row.startswith("```") for row in rows) % 2 == 0
