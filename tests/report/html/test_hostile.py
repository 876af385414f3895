"""A dossier of which every word is an attack: all of it is shown as words, and none of it is markup."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from foedus.assessment.assess import assess
from foedus.assessment.finding import Assessment
from foedus.library import Library
from foedus.report.conditions import MARK, MARK_ENDS
from foedus.report.html.grounds import grounds
from foedus.report.html.setting import Setting
from foedus.report.html.show import show_page
from tests.report.html.reading import by_id, read
from tests.report.lir import HERE, PAGES, raid

ATTACK = "<script>alert(1)</script>\" onmouseover=\"alert(2) ' x=' {{ 7*7 }} \u202e"
WORDY = ("title", "name", "quote", "publisher", "read", "where", "note", "url", "why", "channel", "via",
         "gloss", "against_interest", "text", "words", "heading", "how", "unit")  # fmt: skip


def poisoned(value: Any, seen: dict[int, Any]) -> Any:
    """The same value with the attack after every text that a writer words freely."""
    if id(value) in seen:
        return seen[id(value)]
    if is_dataclass(value) and not isinstance(value, type):
        made = {}
        for each in fields(value):
            if not each.init:
                continue
            held = getattr(value, each.name)
            if (
                isinstance(held, str)
                and each.name in WORDY
                and held
                and type(value).__name__ not in ("Norm", "EDate")
                and not (each.name in ("name", "text") and type(value).__module__.startswith("foedus.ir."))
            ) or (type(value).__name__ == "Norm" and each.name in ("title", "article")):
                made[each.name] = held + ATTACK
            elif not isinstance(held, str):
                made[each.name] = poisoned(held, seen)
        found = replace(value, **made) if any(getattr(value, k) is not v for k, v in made.items()) else value
    elif isinstance(value, tuple):
        found = tuple(poisoned(one, seen) for one in value)
        found = type(value)(*found) if hasattr(value, "_fields") else found
    elif isinstance(value, dict):
        found = {k: poisoned(v, seen) for k, v in value.items()}
    else:
        return value
    seen[id(value)] = found
    return found


def hostile() -> Assessment:
    made = poisoned(raid(), {})
    assert ATTACK in made.dossier.title
    return made


def test_no_word_of_a_dossier_becomes_markup() -> None:
    before, after = read(show_page(raid())), read(show_page(hostile()))
    assert len(after.all("script")) == len(before.all("script")) == 2  # what it reads, and what it does
    assert not [e for e in after if any(name.startswith("on") for name in e.attributes)]
    assert {e.tag for e in after} == {e.tag for e in before}
    assert {name for e in after for name in e.attributes} == {name for e in before for name in e.attributes}
    assert after.text.count("<script>alert(1)") > 40
    assert "{{ 7*7 }}" in after.all("h1")[0].text
    by_id(after)


def test_what_would_turn_round_the_line_is_spelled_out() -> None:
    page = show_page(hostile())
    assert "\u202e" not in page
    assert "⟨U+202E⟩" in page


def test_a_title_cannot_pretend_to_be_a_letter() -> None:
    forged = f"{MARK}{MARK_ENDS}A{MARK}"
    page = Setting(raid())
    assert [piece for piece in page.pieces(f"It turns on {forged}.") if piece[1]] == []
    word = page.linked.letter("lir.attack")
    assert ("A", "lir.attack") in list(page.pieces(f"It turns on {word}."))
    assert word != Setting(raid()).linked.letter("lir.attack")


def test_a_copy_of_a_treaty_is_shown_as_words() -> None:
    norm = raid().findings[0].norm
    made = grounds(Setting(raid(), {(norm.instrument, norm.article): ATTACK}))
    assert made is not None
    assert made["texts"][0][2][0].copy == ATTACK


def test_a_readings_own_words_stay_words(tmp_path: Path) -> None:
    """Answers are written freely, and stand in values, in ids and in what a row holds."""
    sharp = "any <i onclick=x>author's"
    for page in ("lir.md", "raid.md"):
        folder = PAGES if page == "lir.md" else HERE / "dossiers"
        text = (folder / page).read_text(encoding="utf-8")
        assert "any author" in text
        (tmp_path / page).write_text(text.replace("any author", sharp), encoding="utf-8")
    loaded = Library(tmp_path, trials=False).dossier(str(tmp_path / "raid.md"))
    assert loaded.dossier is not None, loaded.problems
    page = read(show_page(assess(loaded.dossier, loaded.program)))
    assert not [e for e in page if "onclick" in e.attributes]
    assert sharp in [e.attributes["value"] for e in page.all("input")]
    holds = [json.loads(e.attributes["data-holds"]) for e in page if "data-holds" in e.attributes]
    assert sharp in [answer for held in holds for answer in held.values()]
