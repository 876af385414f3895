"""Quotations that must survive a changed page: where the words stand now, and what has become of them.

*exact*: the same words in the same place. *moved*: the same words elsewhere. *edited*: words that can be made of
the quotation by changing at most 35 % of its own letters. *orphan*: none of these; what merely stands where the
quotation stood is never taken for it. The words around a quotation choose between places that its own words cannot
tell apart, and do nothing else; where they cannot choose either, all places are given.

"The same words" allows for other spaces, marks, capitals and normal forms (`foedus.evidence.anchor.fold`), and says
so; "the same place" means that as many such letters stand before it. Offsets count characters (Unicode code points)
of the untouched text, ends excluded.

>>> was = Text("The force stays for a limited period. Then it leaves.")
>>> kept = remember(was, "for a limited period")
>>> resolve(Text("As agreed, the force stays for a limited period."), "for a limited period", kept).kind
'moved'
>>> found = resolve(Text("The force stays for a short period. Then it leaves."), "for a limited period", kept)
>>> found.kind, found.start, found.end, round(found.score, 2)
('edited', 16, 34, 0.7)
>>> resolve(Text("The force has left."), "for a limited period", kept).kind
'orphan'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final, Literal

from rapidfuzz.distance import Levenshtein

from foedus.evidence.anchor import fold, inside, standing
from foedus.trace.nearest import Near, Text, nearest
from foedus.trace.passage import Edit
from foedus.trace.tokens import tokenise

AnchorKind = Literal["exact", "moved", "edited", "orphan"]

CUT: Final = 0.35
"""The part of a quotation's letters that may have been changed for it still to be that quotation."""
TIE: Final = 0.1
"""Two places whose scores differ by no more are told apart by what stands around them."""
DECIDES: Final = 0.1
"""By how much the surroundings of one place must be liker for them to decide."""
AROUND: Final = 32
"""Characters kept from before and after a quotation."""
COPIES: Final = 1000
"""Places of one quotation that are looked at."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A quotation as it stood in a document: its words, what stood before and after them, and where.

    `letters` counts the folded letters before it (None where that is not known); `digest` is the SHA-256 of the
    document's text.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    end: int = 0
    letters: int | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What has become of a quotation. Without a kept anchor nothing is *moved*.

    `start` and `end` are its place (0, 0 for an orphan); `score` is the part of its letters that is unchanged,
    from 0 to 1. `around` says the same of what stood before and after it (1 without an anchor): a low one beside
    *moved* means that the words stand in another connection. `folded`: the same words, set otherwise. `within`: it
    begins or ends inside of a longer word. `others` are further places where it stands as well, if nothing decides
    between them. `edits` (of *edited* alone) lead from characters of the quotation to characters of the text.
    """

    kind: AnchorKind
    start: int = 0
    end: int = 0
    score: float = 0.0
    around: float = 1.0
    folded: bool = False
    within: bool = False
    others: tuple[tuple[int, int], ...] = ()
    edits: tuple[Edit, ...] = ()


def remember(text: Text, quote: str, place: tuple[int, int] | None = None) -> Kept | None:
    """The anchor of a quotation: of the words at `place`, else where they first stand word for word; None if they
    do not."""
    if place is None:
        found = resolve(text, quote)
        if found.kind != "exact":
            return None
        place = found.start, found.end
    start, end = place
    return Kept(
        exact=text.text[start:end],
        prefix=text.text[max(start - AROUND, 0) : start],
        suffix=text.text[end : end + AROUND],
        start=start,
        end=end,
        letters=_letters_before(text, start),
        digest=text.digest,
    )


def is_of(kept: Kept, quote: str) -> bool:
    """Whether an anchor is one of these words: a claim that quotes other words now needs another."""
    return fold(kept.exact)[0].strip() == fold(quote)[0].strip()


def resolve(text: Text, quote: str, kept: Kept | None = None) -> Found:
    """What has become of a quotation in a text; `kept` is its anchor in an earlier one."""
    if kept is not None and kept.digest == text.digest and text.text[kept.start : kept.end] == kept.exact:
        return Found("exact", kept.start, kept.end, 1.0, folded=kept.exact != quote)
    wanted = fold(quote)[0].strip()
    places = [(at, at + len(wanted)) for at in islice(standing(text.folded, wanted), COPIES)]
    whole = [place for place in places if not inside(text.folded, *place)]
    if whole or (places and (kept is None or _was_within(kept))):
        return _standing(text, quote, whole or places, kept)
    near = nearest(text, wanted, int(CUT * len(wanted)))
    if not near:
        return Found("orphan")
    return _edited(text, quote, wanted, near, kept)


def _standing(text: Text, quote: str, places: Sequence[tuple[int, int]], kept: Kept | None) -> Found:
    chosen, others, around = _chosen(text, [Near(*place, 0) for place in places], kept)
    start, end = text.characters(chosen.start, chosen.end)
    return Found(
        kind="exact" if kept is None or _in_place(text, chosen, kept) else "moved",
        start=start,
        end=end,
        score=1.0,
        around=around,
        folded=text.text[start:end] != quote,
        within=inside(text.folded, chosen.start, chosen.end),
        others=others,
    )


def _edited(text: Text, quote: str, wanted: str, near: Sequence[Near], kept: Kept | None) -> Found:
    tie = near[0].distance + (int(TIE * len(wanted)) if kept is not None else 0)
    chosen, others, around = _chosen(text, [one for one in near if one.distance <= tie], kept)
    start, end = text.characters(chosen.start, chosen.end)
    edits = changes(quote, text.text[start:end], start)
    if not edits:  # the same words and marks, with a space more or less
        return _standing(text, quote, [(chosen.start, chosen.end)], kept)
    return Found(
        kind="edited",
        start=start,
        end=end,
        score=1 - chosen.distance / len(wanted),
        around=around,
        others=others,
        edits=edits,
    )


# ---- which of several places ----


def _chosen(
    text: Text, places: Sequence[Near], kept: Kept | None
) -> tuple[Near, tuple[tuple[int, int], ...], float]:
    """The place that is meant, those that may as well be, and how like its surroundings are to what they were."""
    likeness = dict.fromkeys(places, 1.0)
    if kept is not None:
        before, after = fold(kept.prefix)[0], fold(kept.suffix)[0]
        likeness = {place: _surroundings(text.folded, place, before, after) for place in places}
    best = max(likeness.values())
    meant = [place for place in places if likeness[place] >= best - DECIDES]
    least = min(place.distance for place in meant)
    meant = [place for place in meant if place.distance == least]
    if kept is not None:
        meant = [place for place in meant if _in_place(text, place, kept)] or meant
        meant.sort(key=lambda place: abs(text.places[place.start] - kept.start))
    chosen, *others = meant
    return chosen, tuple(sorted(text.characters(one.start, one.end) for one in others)), likeness[chosen]


def _surroundings(folded: str, place: Near, before: str, after: str) -> float:
    """How like what stands around a place is to what stood around the quotation: from 0 to 1."""
    # Folding leaves no space at the beginning of a text, and one may stand after the words.
    end = place.end + (folded[place.end : place.end + 1] == " ")
    return (
        Levenshtein.normalized_similarity(before, folded[max(place.start - len(before), 0) : place.start])
        + Levenshtein.normalized_similarity(after.lstrip(" "), folded[end : end + len(after)])
    ) / 2


def _in_place(text: Text, place: Near, kept: Kept) -> bool:
    if kept.letters is not None:
        return place.start == kept.letters
    return text.places[place.start] == kept.start


def _was_within(kept: Kept) -> bool:
    around = kept.prefix + kept.exact + kept.suffix
    return inside(around, len(kept.prefix), len(kept.prefix) + len(kept.exact))


def _letters_before(text: Text, start: int) -> int:
    low, high = 0, len(text.places)
    while low < high:  # canonical order may swap the places of two accents, and those of letters never
        middle = (low + high) // 2
        low, high = (middle + 1, high) if text.places[middle] < start else (low, middle)
    return low


# ---- what was changed ----


def changes(old: str, new: str, offset: int = 0) -> tuple[Edit, ...]:
    """Word by word, what leads from one wording to another: characters of `old`, and of `new` counted from
    `offset`. Marks other than spaces count as words; spaces, capitals and normal forms make no difference."""
    olds, news = _pieces(old), _pieces(new)
    said = [[fold(text[s:e])[0] for s, e in pieces] for text, pieces in ((old, olds), (new, news))]
    edits: list[Edit] = []
    for same, steps in groupby(Levenshtein.opcodes(*said), key=lambda step: step.tag == "equal"):
        if not same:
            run = list(steps)
            a = _covered(olds, run[0].src_start, run[-1].src_end)
            b = _covered(news, run[0].dest_start, run[-1].dest_end)
            edits.append(Edit(*a, b[0] + offset, b[1] + offset))
    return tuple(edits)


def _pieces(text: str) -> list[tuple[int, int]]:
    """Words and single marks, in order."""
    tokens = tokenise([text])
    pieces: list[tuple[int, int]] = []
    last = 0
    for start, end in [*zip(tokens.start.tolist(), tokens.end.tolist(), strict=True), (len(text), len(text))]:
        pieces += [(n, n + 1) for n in range(last, start) if fold(text[n])[0]]
        if end > start:
            pieces.append((start, end))
        last = end
    return pieces


def _covered(pieces: Sequence[tuple[int, int]], low: int, high: int) -> tuple[int, int]:
    """The characters of some pieces; of none, the place where they would stand."""
    if low < high:
        return pieces[low][0], pieces[high - 1][1]
    at = pieces[low - 1][1] if low else 0
    return at, at
