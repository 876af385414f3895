"""A quotation in a page that has changed: exact, moved, edited, or an orphan, at its right place."""

from __future__ import annotations

import random
import string
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from foedus.evidence.anchor import fold
from foedus.trace.anchors import CUT, Kept, changes, remember, resolve
from foedus.trace.nearest import Text, nearest

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
SEEDS = st.integers(0, 2**32 - 1)
WORDS = [
    "".join(random.Random(n).choices(string.ascii_lowercase, k=2 + n % 7)) for n in range(400)
]  # unlike one another, as words are
ARABIC = "قال المتحدث باسم الوزارة إن القوة ستبقى لفترة محدودة في العاصمة وحدها"
CHINESE = "外交部发言人表示维和部队将在有限期限内留驻首都并保护重要设施直到局势恢复稳定"


def words(r: random.Random, number: int) -> list[str]:
    return r.choices(WORDS, k=number)


def page(r: random.Random, number: int = 120) -> list[str]:
    return words(r, number)


def cut(r: random.Random, of: list[str], least: int = 5, most: int = 30) -> tuple[int, int]:
    length = r.randint(least, most)
    first = r.randrange(len(of) - length)
    return first, first + length


def kept(text: str, quote: str) -> Kept:
    start = text.index(quote)
    made = remember(Text(text), quote, (start, start + len(quote)))
    assert made is not None
    return made


# ---- the same words ----


@given(TEXTS, st.data())
def test_any_cut_out_of_any_text_is_exact_in_that_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(fold(text[start:end])[0].strip())
    quote = text[start:end]
    made = remember(Text(text), quote, (start, end))
    assert made is not None and (made.exact, made.start, made.end) == (quote, start, end)
    found = resolve(Text(text), quote, made)
    assert (found.kind, found.start, found.end, found.folded) == ("exact", start, end, False)


@given(TEXTS, st.data())
def test_without_an_anchor_it_is_exact_where_it_first_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    wanted = fold(quote)[0].strip()
    # A cut between a letter and its accent makes another letter.
    assume(wanted and not any(map(unicodedata.combining, text)))
    found = resolve(Text(text), quote)
    assert found.kind == "exact"
    assert fold(text[found.start : found.end])[0].strip() == wanted


@given(SEEDS)
def test_text_put_in_before_moves_it_by_as_much(seed: int) -> None:
    r = random.Random(seed)
    old = page(r)
    first, last = cut(r, old)
    quote, text = " ".join(old[first:last]), " ".join(old)
    anchor = kept(text, quote)
    before = " ".join(words(r, r.randint(1, 20))) + " "
    found = resolve(Text(before + text), quote, anchor)
    assert (found.kind, found.start, found.end) == (
        "moved",
        anchor.start + len(before),
        anchor.end + len(before),
    )
    assert found.around > 0.5
    assert resolve(Text(text), quote, anchor).kind == "exact"


@given(SEEDS)
def test_a_moved_paragraph_is_found_where_it_went(seed: int) -> None:
    r = random.Random(seed)
    parts = [" ".join(page(r, 30)) for _ in range(4)]
    which = r.randrange(4)
    first, last = cut(r, parts[which].split(), 5, 12)
    quote = " ".join(parts[which].split()[first:last])
    anchor = kept("\n\n".join(parts), quote)
    turned = "\n\n".join(parts[2:] + parts[:2])
    found = resolve(Text(turned), quote, anchor)
    assert found.kind == "moved"
    assert turned[found.start : found.end] == quote


SETTINGS = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "laid out anew": lambda text: "\n   ".join(text.split()),
    "in capitals": str.upper,
    "soft hyphens": lambda text: text.replace("ри", "р\u00adи").replace("ar", "a\u00adr"),
    "marks of direction": lambda text: "\u202b" + text.replace(" ", " \u200f") + "\u202c",
    "other quotation marks": lambda text: text.replace("«", "“").replace("»", "”").replace("—", "-"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("how", SETTINGS)
def test_a_page_set_otherwise_has_the_same_words_in_the_same_place(how: str) -> None:
    text = "Её слова: «Ещё рано — решение примут на границе»; café naïve, говорит Совет старейшин."
    quote = "«Ещё рано — решение примут на границе»; café"
    anchor = kept(text, quote)
    page = SETTINGS[how](text)
    found = resolve(Text(page), quote, anchor)
    assert (found.kind, found.folded) == ("exact", page[found.start : found.end] != quote)
    assert found.score == 1.0 and not found.edits
    assert fold(page[found.start : found.end])[0] == fold(quote)[0]


@given(TEXTS)
def test_normal_forms_fold_alike(text: str) -> None:
    composed, decomposed = (fold(unicodedata.normalize(form, text))[0] for form in ("NFC", "NFD"))
    assert composed == decomposed


@given(TEXTS)
def test_each_folded_letter_has_its_place(text: str) -> None:
    folded, places = fold(text)
    assert len(folded) == len(places)
    assert all(0 <= place < len(text) for place in places)
    assert "  " not in folded and not folded.startswith(" ")


# ---- other words ----


@given(SEEDS, st.sampled_from([0.1, 0.2]))
def test_words_changed_within_the_limit_are_edited_at_their_place(seed: int, share: float) -> None:
    r = random.Random(seed)
    old = page(r)
    first, last = cut(r, old, 8)
    now = old.copy()
    for n in range(first, last):
        if r.random() < share:
            now[n] = r.choice(WORDS)
    quote, text, new = " ".join(old[first:last]), " ".join(old), " ".join(now)
    place = len(" ".join(now[:first])) + (first > 0)
    truth = place, place + len(" ".join(now[first:last]))
    assume(Levenshtein.distance(quote, new[slice(*truth)]) <= int(CUT * len(quote)) and quote not in new)
    found = resolve(Text(new), quote, kept(text, quote))
    assert found.kind == "edited"
    assert found.start < truth[1] and truth[0] < found.end
    assert 1 - CUT <= found.score < 1
    assert found.score >= 1 - Levenshtein.distance(quote, new[slice(*truth)]) / len(quote)


@given(SEEDS, st.integers(40, 200))
def test_letters_misread_within_the_limit_are_edited_at_their_place(seed: int, length: int) -> None:
    r = random.Random(seed)
    text = " ".join(page(r, 150))
    start = text.index(" ", r.randrange(len(text) - length - 20)) + 1
    end = text.index(" ", start + length // 2)
    quote = list(text[start:end])
    for n in r.sample(range(len(quote)), k=len(quote) // 5):
        quote[n] = r.choice(string.ascii_lowercase)
    assume("".join(quote) not in text)
    found = resolve(Text(text), "".join(quote))
    assert found.kind in (
        "edited",
        "exact",
    )  # a letter for a space joins two words: the same letters, set otherwise
    assert found.start < end and start < found.end


@given(SEEDS)
def test_a_deleted_quotation_is_an_orphan(seed: int) -> None:
    r = random.Random(seed)
    old = page(r)
    first, last = cut(r, old, 8)
    quote = " ".join(old[first:last])
    anchor = kept(" ".join(old), quote)
    rest = Text(" ".join(old[:first] + old[last:]))
    assert resolve(rest, quote, anchor).kind == "orphan"
    assert resolve(rest, quote).kind == "orphan"


@given(SEEDS, st.integers(1, 60))
def test_what_is_found_is_within_the_limit_and_apart(seed: int, limit: int) -> None:
    r = random.Random(seed)
    text, wanted = Text(" ".join(page(r, 60))), " ".join(words(r, r.randint(1, 12)))
    found = nearest(text, wanted, limit)
    assert all(
        Levenshtein.distance(wanted, text.folded[n.start : n.end]) == n.distance <= limit for n in found
    )
    assert [n.distance for n in found] == sorted(n.distance for n in found)
    spans = sorted((n.start, n.end) for n in found)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "old", "new"), [(ARABIC, "محدودة", "قصيرة"), (CHINESE, "有限期限", "短暂时间")]
)
def test_scripts_of_other_kinds(text: str, old: str, new: str) -> None:
    quote = text.split()[0] if text is CHINESE else " ".join(text.split()[1:-1])
    anchor = kept(text, quote)
    assert resolve(Text(text), quote, anchor).kind == "exact"
    changed = text.replace(old, new)
    found = resolve(Text(changed), quote, anchor)
    assert found.kind == "edited"
    assert changed[found.start : found.end] == quote.replace(old, new)
    assert "".join(changed[edit.b_start : edit.b_end] for edit in found.edits) in new
    assert resolve(Text(WORDS[3] * 40), quote, anchor).kind == "orphan"


def test_part_of_a_longer_word_is_not_the_word() -> None:
    anchor = kept("They met armed groups there.", "armed groups")
    found = resolve(Text("They met unarmed groups there."), "armed groups", anchor)
    assert (found.kind, [(e.a_start, e.a_end, e.b_start, e.b_end) for e in found.edits]) == (
        "edited",
        [(0, 5, 9, 16)],
    )
    unsaved = resolve(Text("They met unarmed groups there."), "armed groups")
    assert (unsaved.kind, unsaved.within) == ("exact", True)


def test_another_accent_is_another_letter() -> None:
    assert resolve(Text(unicodedata.normalize("NFD", "un café fermé")), "un cafe ferme").kind == "edited"


# ---- which of two ----

TWICE = "In Arv the force guards the bridge by day. Far to the north the force guards the bridge by night."


@pytest.mark.parametrize("nth", [0, 1])
def test_what_stands_around_decides_between_two_places(nth: int) -> None:
    quote = "force guards the bridge"
    old = Text("Preface. " + TWICE)
    places = [old.text.index(quote), old.text.rindex(quote)]
    anchor = remember(old, quote, (places[nth], places[nth] + len(quote)))
    found = resolve(Text(TWICE), quote, anchor)
    assert (found.kind, found.start, found.others) == (
        "moved",
        TWICE.index(quote) if nth == 0 else TWICE.rindex(quote),
        (),
    )


def test_what_nothing_decides_is_said() -> None:
    quote = "the force guards the bridge"
    anchor = kept("One sentence. And " + quote + ", it was said.", quote)
    twice = f"Again {quote} now. Again {quote} now."
    found = resolve(Text(twice), quote, anchor)
    assert found.kind == "moved"
    assert [twice[slice(*place)] for place in found.others] == [quote]
    assert len(resolve(Text(twice), quote).others) == 1
    changed = twice.replace("guards", "guarded")
    edited = resolve(Text(changed), quote, anchor)
    assert (edited.kind, len(edited.others)) == ("edited", 1)


def test_the_quotation_s_own_words_come_before_those_around_it() -> None:
    quote = "the council decided to send observers to the border region at once"
    anchor = kept(f"Late that evening, {quote}, and said so in public.", quote)
    far = "Late that evening, the council was asked to send experts to a border town at last, and said so in public."
    text = far + " " + "x" * 40 + " " + quote.replace("at once", "soon")
    found = resolve(Text(text), quote, anchor)
    assert (found.kind, found.others) == ("edited", ())
    assert text[found.start : found.end].endswith("soon")
    assert found.around < 0.5


# ---- the difference, word by word ----


@given(SEEDS)
def test_the_edits_lead_from_the_old_words_to_the_new(seed: int) -> None:
    r = random.Random(seed)
    old, new = " ".join(words(r, r.randint(0, 12))), " ".join(words(r, r.randint(0, 12)))
    at = 0
    made = ""
    for edit in changes(old, new, 100):
        made += old[at : edit.a_start] + " " + new[edit.b_start - 100 : edit.b_end - 100] + " "
        at = edit.a_end
    made += old[at:]
    assert made.split() == new.split()


def test_spaces_and_capitals_are_no_edits_and_marks_are() -> None:
    assert changes("We do not  know", "we do not know") == ()
    [edit] = changes("A, B and C", "A B and C")
    assert (edit.a_start, edit.a_end, edit.b_start, edit.b_end) == (1, 2, 1, 1)


# ---- hostile texts ----


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "ab" * 100_000, "а́" * 50_000, "\u202e" * 100_000, " " * 1000, ""]
)
@pytest.mark.parametrize("quote", ["aaaaaaaab", "abababac", "a" * 5000 + "b", "\u202e", ".", "", "x"])
def test_no_text_and_no_quotation_is_too_odd(text: str, quote: str) -> None:
    found = resolve(Text(text), quote, Kept("a", "b" * 32, "c" * 32, 10**12, 10**12 + 1, 10**12))
    assert found.kind in ("exact", "moved", "edited", "orphan")
    assert 0 <= found.start <= found.end <= len(text)
