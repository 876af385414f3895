"""How well, and how fast, quotations are found again in a page that has changed.

`python bench/anchors.py [--cases N] [--seed N] [--stock SHARE] [--speed] [TEXT…]` makes pages of made words, used as
unequally as words are, in which a share of the sentences are communiqués' stock phrases, so that unlike ones share many
words; or takes the user's own texts. From each it quotes runs of 4 to 30 words, changes the page in one of the ways
below, and asks each rule where the quotation stands now. A place counts as right if it shares half of its letters with
the true one (intersection over union); of a quotation that was deleted, finding nothing is right.

The rules beside Foedus' own: exact find; difflib's longest common block, cut at a ratio of .65; the first 32 letters
and then the next by diff-match-patch at its own thresholds, as annotators did first; Hypothesis' published rule
(all places of least edit distance up to half of the quotation, weighed 50 : 20 : 20 : 2 by quotation, prefix,
suffix and place; its search done by edlib); rapidfuzz' partial_ratio_alignment, cut at 65; edlib alone, cut at 35 %.
edlib and diff-match-patch are no dependencies of Foedus: a rule whose library is not there is left out, and said to be.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from time import perf_counter

from rapidfuzz import fuzz

from foedus.evidence.anchor import anchor
from foedus.trace.anchors import AROUND, CUT, Kept, remember, resolve
from foedus.trace.nearest import Text

try:
    import edlib
except ImportError:
    edlib = None
try:
    from diff_match_patch import diff_match_patch
except ImportError:
    diff_match_patch = None

Span = tuple[int, int]

# ---- pages ----

SLOTS = {
    "who": "the ministry|the council|the spokesman|the secretary-general|the ambassador|the government|the embassy|"
    "the chair|the delegation|the commander of the force|the presidential office|the foreign minister",
    "of": "Arvia|Boria|Cadia|Dunmark|Eland|the member states|the organisation|the neighbouring state|the region",
    "said": "said|stated|declared|announced|stressed|recalled|noted with concern|confirmed|denied",
    "when": "on Monday|on Tuesday evening|on 5 March|this morning|at the meeting|in a letter of 4 March|yesterday",
    "what": "the situation in the capital|the seizure of public buildings|the request for assistance|"
    "the state of emergency|"
    "the deployment of peacekeepers|the external threat|the decision of the council|the protection of facilities",
    "did": "had been dealt with|remained grave|called for a common answer|would be examined|rested on the treaty|"
    "was a matter for the state alone|could not be confirmed|was under control|"
    "required consultations without delay",
    "how": "for a limited period|in accordance with the treaty|at the request of the government|"
    "with the consent of all|"
    "without prejudice to its position|in close contact with its partners|until further notice|as a matter of urgency",
    "num": "twelve|two hundred|about 2,500|some forty|no fewer than seventy|three|nineteen|several dozen",
    "things": "vehicles|armed men|wounded|persons detained|buildings|soldiers|observers|"
    "police officers|members of staff",
}
SHAPES = (
    "{who} of {of} {said} {when} that {what} {did} {how}",
    "{num} {things} were counted {when}, {who} {said}, and {what} {did}",
    "{what} {did}, {who} of {of} {said}; {num} {things} stayed {how}",
    "according to {who}, {num} {things} had come from {of} {how}",
    "asked {when} about {what}, {who} of {of} {said} that it {did}",
    "{how}, {who} {said}, {num} {things} will leave {of}",
    "nobody but {who} of {of} had spoken of {what} {when}",
)


PARTS = "ba co de fi ga hu ka le mi no pa ra se ti u va ser tion ment per con al en is or ter"


def made_words(r: random.Random, number: int = 6000) -> list[str]:
    parts = PARTS.split()
    return [
        "".join(r.choice(parts) for _ in range(1 + n // 40 if n < 120 else r.randint(2, 5)))
        for n in range(number)
    ]


WORDS = made_words(random.Random(0))
WEIGHTS = [1 / (n + 3) for n in range(len(WORDS))]
STOCK = [0.2]
"""The share of sentences that are stock phrases."""


def sentence(r: random.Random) -> str:
    if r.random() < STOCK[0]:
        words = {name: r.choice(slot.split("|")) for name, slot in SLOTS.items()}
        made = r.choice(SHAPES).format(**words)
    else:
        made = " ".join(r.choices(WORDS, WEIGHTS, k=r.randint(6, 25)))
    return made[0].upper() + made[1:] + "."


def page(r: random.Random) -> list[str]:
    """Paragraphs."""
    return [" ".join(sentence(r) for _ in range(r.randint(2, 5))) for _ in range(r.randint(8, 16))]


def word(r: random.Random) -> str:
    if r.random() >= STOCK[0]:
        return r.choices(WORDS, WEIGHTS)[0]
    return r.choice(r.choice(SLOTS[r.choice(list(SLOTS))].split("|")).split())


def edited(r: random.Random, words: list[str], share: float) -> list[str]:
    """Each word changed with this chance: half of them replaced, the others left out, added to, or misspelt."""
    made: list[str] = []
    for one in words:
        if r.random() >= share:
            made.append(one)
            continue
        how = r.random()
        if how < 1 / 2:
            made.append(word(r))
        elif how < 4 / 6:
            pass
        elif how < 5 / 6:
            made += [one, word(r)]
        else:
            at = r.randrange(len(one))
            made.append(one[:at] + r.choice("abcdefghijklmnopqrstuvwxyz") + one[at + 1 :])
    return made


@dataclass(frozen=True)
class Case:
    old: str
    place: Span
    new: str
    truth: Span | None

    @property
    def quote(self) -> str:
        return self.old[slice(*self.place)]


def case(r: random.Random, kind: str, paragraphs: list[str]) -> Case:
    """A page, a quotation in it, and the page as it is found again."""
    which = r.randrange(len(paragraphs))
    words = paragraphs[which].split()
    length = min(r.randint(4, 30), len(words))
    first = r.randrange(len(words) - length + 1)
    before, quote, after = words[:first], words[first : first + length], words[first + length :]
    old = "\n\n".join(paragraphs)
    start = sum(len(one) + 2 for one in paragraphs[:which]) + len(" ".join([*before, ""]))
    place = (start, start + len(" ".join(quote)))

    share = {"edited 10 %": 0.1, "edited 20 %": 0.2}.get(kind, 0.0)
    if kind in ("deleted", "deleted, half of it elsewhere", "a near-copy elsewhere"):
        share = 0.1

    def changed(some: list[str]) -> str:
        return " ".join(edited(r, some, share))

    others = [changed(one.split()) for one in paragraphs]
    now = [changed(before), changed(quote), changed(after)]
    if kind.startswith("deleted"):
        now[1] = ""
    mine = " ".join(one for one in now if one)
    offset = len(now[0]) + bool(now[0])
    blocks = [(n, mine if n == which else one) for n, one in enumerate(others)]
    if kind == "moved":
        r.shuffle(blocks)
    if kind == "text put in before":
        blocks.insert(r.randrange(which + 1), (-1, " ".join(sentence(r) for _ in range(3))))
    if kind == "a near-copy elsewhere":
        near = " ".join([sentence(r), *edited(r, quote, 0.25), sentence(r)])
        blocks.insert(r.randrange(len(blocks) + 1), (-1, near))
    if kind == "deleted, half of it elsewhere":
        near = " ".join([sentence(r), *edited(r, quote, 0.6), sentence(r)])
        blocks.insert(r.randrange(len(blocks) + 1), (-1, near))
    new, truth = "", None
    for n, text in blocks:
        if n == which and not kind.startswith("deleted"):
            truth = (len(new) + offset, len(new) + offset + len(now[1]))
        new += text + "\n\n"
    return Case(old, place, new.rstrip("\n"), truth)


KINDS = (
    "unchanged",
    "text put in before",
    "moved",
    "edited 10 %",
    "edited 20 %",
    "a near-copy elsewhere",
    "deleted",
    "deleted, half of it elsewhere",
)

# ---- rules: text, what was kept, and the place or None ----

Rule = Callable[[str, Kept], Span | None]


def by_find(text: str, kept: Kept) -> Span | None:
    at = text.find(kept.exact)
    return (at, at + len(kept.exact)) if at >= 0 else None


def by_folding(text: str, kept: Kept) -> Span | None:
    found = anchor(text, kept.exact)
    return (found.start, found.end) if found.kind != "orphan" else None


def by_difflib(text: str, kept: Kept) -> Span | None:
    matcher = SequenceMatcher(None, text, kept.exact, autojunk=False)
    block = matcher.find_longest_match()
    start = max(block.a - block.b, 0)
    end = min(start + len(kept.exact), len(text))
    ratio = SequenceMatcher(None, text[start:end], kept.exact, autojunk=False).ratio()
    return (start, end) if ratio >= 1 - CUT else None


def by_diff_match_patch(text: str, kept: Kept) -> Span | None:
    made = diff_match_patch()
    made.Match_Distance = len(text) * 2
    at = first = made.match_main(text, kept.exact[:32], kept.start)
    if first < 0:
        return None
    for n in range(32, len(kept.exact), 32):
        at = made.match_main(text, kept.exact[n : n + 32], first + n)
        if at < 0:
            return None
    return first, at + len(kept.exact[(len(kept.exact) - 1) // 32 * 32 :])


def _infix(text: str, wanted: str, most: int) -> tuple[int, list[Span]]:
    found = edlib.align(wanted, text, mode="HW", task="locations", k=most)
    return found["editDistance"], [(s, e + 1) for s, e in found["locations"] if s is not None]


def _likeness(text: str, wanted: str) -> float:
    if not text or not wanted:
        return 0.0
    return 1 - _infix(text, wanted, -1)[0] / len(wanted)


def by_hypothesis(text: str, kept: Kept) -> Span | None:
    exact = kept.exact
    distance, places = _infix(text, exact, min(256, len(exact) // 2))
    if distance < 0:
        return None

    def score(place: Span) -> float:
        start, end = place
        quote = 1 - distance / len(exact)
        prefix = _likeness(text[max(start - len(kept.prefix), 0) : start], kept.prefix) if kept.prefix else 1
        suffix = _likeness(text[end : end + len(kept.suffix)], kept.suffix) if kept.suffix else 1
        return 50 * quote + 20 * prefix + 20 * suffix + 2 * (1 - abs(start - kept.start) / len(text))

    return max(places, key=score)


def by_edlib(text: str, kept: Kept) -> Span | None:
    distance, places = _infix(text, kept.exact, int(CUT * len(kept.exact)))
    return min(places, key=lambda place: abs(place[0] - kept.start)) if distance >= 0 else None


def by_partial_ratio(text: str, kept: Kept) -> Span | None:
    found = fuzz.partial_ratio_alignment(kept.exact, text, score_cutoff=100 * (1 - CUT))
    return (found.dest_start, found.dest_end) if found is not None else None


def by_foedus(text: str, kept: Kept) -> Span | None:
    found = resolve(Text(text), kept.exact, kept)
    return (found.start, found.end) if found.kind != "orphan" else None


def by_words_alone(text: str, kept: Kept) -> Span | None:
    found = resolve(Text(text), kept.exact)
    return (found.start, found.end) if found.kind != "orphan" else None


RULES: dict[str, Rule] = {
    "exact find": by_find,
    "folded find (foedus check)": by_folding,
    "difflib": by_difflib,
    "diff-match-patch": by_diff_match_patch,
    "Hypothesis' rule": by_hypothesis,
    "partial_ratio_alignment": by_partial_ratio,
    "edlib, 35 %": by_edlib,
    "foedus anchors, unsaved": by_words_alone,
    "foedus anchors": by_foedus,
}
NEEDS = {
    "diff-match-patch": diff_match_patch,
    "Hypothesis' rule": edlib,
    "edlib, 35 %": edlib,
}


def right(found: Span | None, truth: Span | None) -> bool:
    if found is None or truth is None:
        return found is truth
    shared = min(found[1], truth[1]) - max(found[0], truth[0])
    joined = max(found[1], truth[1]) - min(found[0], truth[0])
    return shared * 2 >= joined


def rates(rules: dict[str, Rule], pages: list[list[str]], number: int, seed: int) -> None:
    r = random.Random(seed)
    cases: dict[str, list[tuple[Case, Kept]]] = {kind: [] for kind in KINDS}
    for kind, made in cases.items():
        while len(made) < number:
            one = case(r, kind, pages[len(made) % len(pages)])
            if one.truth is None and one.quote in one.new:
                continue  # it is not deleted: the page has it twice
            kept = remember(Text(one.old), one.quote, one.place)
            assert kept is not None and kept.exact == one.quote
            made.append((one, kept))
    print(f"{number} quotations of each kind, seed {seed}; share found right\n")
    print(f"{'':28}" + "".join(f"{kind.split(', ')[-1][:13]:>15}" for kind in KINDS))
    for name, rule in rules.items():
        good = {kind: [right(rule(one.new, kept), one.truth) for one, kept in cases[kind]] for kind in KINDS}
        print(f"{name:28}" + "".join(f"{sum(good[kind]) / number:15.3f}" for kind in KINDS), flush=True)
        if name == "foedus anchors":
            for label, wanted in (("  under 40 letters", True), ("  40 letters and more", False)):
                shares: list[str] = []
                for kind in KINDS:
                    some = [
                        found
                        for found, (one, _) in zip(good[kind], cases[kind], strict=True)
                        if (len(one.quote) < 40) == wanted
                    ]
                    shares.append(f"{sum(some) / len(some):15.3f}" if some else f"{'':15}")
                print(f"{label:28}" + "".join(shares))
    print("\nKinds: " + "; ".join(KINDS) + ".")


# ---- speed ----


def speed(rules: dict[str, Rule], runs: int, seed: int) -> None:
    """Milliseconds for a quotation of about 200 letters, a tenth of its words edited; and for one that is not there."""
    r = random.Random(seed)
    for size in (20_000, 1_000_000):
        made: list[str] = []
        while sum(map(len, made)) < size:
            made += page(r)
        text = "\n\n".join(made)
        begun = perf_counter()
        ready = Text(text)
        _ = (ready.bounds, ready.runs(5), ready.runs(3))
        prepared = 1000 * (perf_counter() - begun)
        timed: dict[str, Rule] = {n: rule for n, rule in rules.items() if not n.startswith("foedus anchors")}
        if size > 100_000:  # tens of seconds each
            timed = {n: rule for n, rule in timed.items() if n not in ("difflib", "diff-match-patch")}
        timed["foedus anchors"] = lambda _, kept, ready=ready: _resolved(ready, kept)
        print(
            f"\n{len(text):,} characters; prepared once for Foedus in {prepared:.0f} ms; milliseconds a quotation,"
        )
        print(f"median of {runs} interleaved runs (least–most)      edited               not there")
        taken: dict[tuple[str, bool], list[float]] = {
            (n, there): [] for n in timed for there in (True, False)
        }
        for number in range(runs + 1):
            at = text.index(" ", r.randrange(len(text) - 400)) + 1
            quote = " ".join(edited(r, text[at : text.index(" ", at + 200)].split(), 0.1))
            gone = " ".join("".join(r.sample("abcdefghijklmnoprstuvwy", r.randint(2, 9))) for _ in range(32))
            for there, exact in ((True, quote), (False, gone)):
                kept = Kept(
                    exact, text[max(at - AROUND, 0) : at], text[at + 200 : at + 232], at, at + len(exact)
                )
                for name, rule in timed.items():
                    begun = perf_counter()
                    rule(text, kept)
                    if number:
                        taken[name, there].append(1000 * (perf_counter() - begun))
        for name in timed:
            cells = [
                f"{median(t):9.2f} ({min(t):.2f}–{max(t):.2f})"
                for t in (taken[name, True], taken[name, False])
            ]
            print(f"{name:40}{cells[0]:28}{cells[1]}")


def _resolved(text: Text, kept: Kept) -> Span | None:
    found = resolve(text, kept.exact, kept)
    return (found.start, found.end) if found.kind != "orphan" else None


def parts_of(block: str) -> list[str]:
    """A block of a text in parts of at most eighty words."""
    words = block.split()
    parts = [words[n : n + 80] for n in range(0, len(words), 80)]
    return [" ".join(part) for part in parts if len(part) >= 4]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("texts", nargs="*", type=Path, metavar="TEXT")
    parser.add_argument("--cases", type=int, default=400, help="quotations of each kind (400)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stock", type=float, default=0.2, help="share of stock phrases (.2)")
    parser.add_argument("--speed", action="store_true", help="measure speed instead")
    given = parser.parse_args()
    missing = [name for name, needed in NEEDS.items() if name in RULES and needed is None]
    rules = {name: rule for name, rule in RULES.items() if name not in missing}
    if missing:
        print(f"Not run, for want of their libraries: {', '.join(missing)}.", file=sys.stderr)
    STOCK[0] = given.stock
    r = random.Random(given.seed)
    pages = [page(r) for _ in range(50)]
    if given.texts:
        texts = [path.read_text(encoding="utf-8") for path in given.texts]
        pages = [[part for block in text.split("\n\n") for part in parts_of(block)] for text in texts]
        pages = [parts for parts in pages if parts]
    if given.speed:
        speed(rules, 9, given.seed)
    else:
        rates(rules, pages, given.cases, given.seed)


if __name__ == "__main__":
    main()
