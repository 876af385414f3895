"""Each catalogue says all that is said, no more, and says it whole."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from unicodedata import combining, normalize

import polib
import pytest
from babel import Locale
from babel.core import get_global
from babel.messages.plurals import get_plural

from foedus.terms.states import NAMED, STATES, UNCODED
from foedus.words.catalogue import plural_rule
from foedus.words.speech import CATALOGUES
from tests.words.extract import brought, key, template

FILES = {
    path.stem: polib.pofile(str(path), encoding="utf-8", wrapwidth=100)
    for path in sorted(CATALOGUES.glob("*.po"))
}
WANTED = brought(FILES["ru"], template())
every_language = pytest.mark.parametrize("code", FILES)

SAME = {
    "ru": {"COW", "GW", "SAT", "Foedus {version}"},
    "fr": {
        "Clause {number}", "Clauses", "Codes", "Contingents", "Exact. Foedus {version}, {pages}.",
        "Foedus {version}", "Instruments", "Motion {id}", "Question", "Quorum", "SAT", "Sites", "Source",
        "Sources", "alliances", "consultation", "date", "document", "documents", "dossier {digest}", "exact",
        "pages {digests}", "plan", "points", "question", "question {letter}", "source", "source {n}",
        "sources", "via {channels}", "{minutes} min", "{name} · version {version}", "{n} document",
        "{n} minute", "{n} obligation", "{n} page", "{n} points", "{n} source",
    },
}  # fmt: skip
"""Words that are the same in both languages."""

NAMES = {NAMED, "number", "day of a month"}
"""Contexts in which a name or a figure may well be the same."""

LATIN = {
    "A", "ARV", "ASCII", "ATOP", "Akoma", "C", "COW", "CSV", "Ctrl", "DOCX", "F", "Foedus", "GW", "GeoJSON",
    "HTML", "JSON", "KEY", "Markdown", "N", "Ntoso", "ODT", "PDF", "PRIVATE", "SAT", "SHA", "SVG", "T", "Tab",
    "TopoJSON", "UTC", "XML", "Z", "all", "any", "ask", "assess", "carried", "chmod", "codes", "confusion",
    "cosign", "db", "debate", "dec", "documents", "dyads", "false", "finish", "foedus", "follows", "hand",
    "head", "id", "is", "item", "jan", "json", "july", "key", "keys", "leave", "lost", "meet", "n", "name",
    "new", "object", "open", "p", "pivots", "policies", "port", "put", "rates", "reopen", "resume", "room",
    "rule", "ruling", "sample", "save", "seat", "serve", "session", "settle", "speech", "states", "suppose",
    "sweep", "trace", "treaties", "true", "unit", "unrest", "until", "verify", "viewpoint", "vote", "when",
    "why", "width", "without", "write", "x", "y", "yes", "yield",
}  # fmt: skip
"""What Cyrillic text writes in Latin letters."""


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def parts(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", text))


def unfilled(text: str) -> str:
    return re.sub(r"\{[^}]*\}", "", text)


def plain(name: str) -> str:
    """Small letters without accents and signs."""
    bare = "".join(c for c in normalize("NFD", name.lower()) if not combining(c))
    return " ".join(re.findall(r"\w+", bare))


def test_there_are_the_two_languages_asked_for() -> None:
    assert set(FILES) == {"fr", "ru"}


@every_language
def test_nothing_is_missing_and_nothing_is_left_over(code: str) -> None:
    """Mend with `make words`, then translate what it says is new."""
    wanted, held = {key(entry) for entry in WANTED}, {key(entry) for entry in FILES[code]}
    assert (wanted - held, held - wanted) == (set(), set())
    assert not [entry.msgid for entry in FILES[code] if entry.fuzzy or entry.obsolete]
    assert len(held) == len(FILES[code])


@every_language
def test_a_catalogue_is_as_make_words_leaves_it(code: str) -> None:
    assert str(brought(FILES[code], template())) == str(FILES[code])


@every_language
def test_every_form_is_there(code: str) -> None:
    number = get_plural(code).num_plurals
    for entry in FILES[code]:
        assert all(text.strip() or entry.msgid == "; " for text in forms(entry)), entry.msgid
        assert not entry.msgid_plural or set(entry.msgstr_plural) == set(range(number)), entry.msgid


@every_language
def test_it_counts_as_its_language_does(code: str) -> None:
    rule, known = plural_rule(FILES[code].metadata["Plural-Forms"]), get_plural(code).plural_expr
    oracle = plural_rule(f"nplurals=9; plural={known};")
    assert [rule(n) for n in range(1000)] == [oracle(n) for n in range(1000)]


@every_language
def test_each_translation_is_filled_with_what_its_template_is(code: str) -> None:
    for entry in FILES[code]:
        for n, text in enumerate(forms(entry)):
            asked = [parts(entry.msgid_plural)] if entry.msgid_plural else []
            asked += [parts(entry.msgid)] if n == 0 else []  # one alone need not be counted
            assert parts(text) in asked, entry.msgid


@every_language
def test_nothing_is_left_in_english(code: str) -> None:
    same = [
        entry.msgid
        for entry in FILES[code]
        if entry.msgctxt not in NAMES
        and any(c.isalpha() for c in unfilled(entry.msgid))
        and {entry.msgid, entry.msgid_plural} & set(forms(entry))
        and entry.msgid not in SAME[code]
    ]
    assert same == []


def test_russian_is_written_in_cyrillic() -> None:
    for entry in FILES["ru"]:
        for text in forms(entry):
            words = set(re.findall(r"[A-Za-z]+", unfilled(text)))
            assert words <= LATIN, (entry.msgid, words)


@every_language
def test_signs_are_those_of_the_language(code: str) -> None:
    for entry in FILES[code]:
        for text in forms(entry):
            assert not re.search(r"[“”\"]|'|\.\.\.", text), text
            assert text.count("«") == text.count("»"), text
            assert text[-1:].isspace() == entry.msgid[-1:].isspace(), text
            if code == "fr":
                assert not re.search(r"(?<!\u00a0)[;:?!»](?!\S)|«(?!\u00a0)", text), text


def test_the_states_are_those_of_the_table() -> None:
    for file in FILES.values():
        named = {entry.msgid for entry in file if entry.msgctxt == NAMED and "{" not in entry.msgid}
        assert named == {state.name for state in (*STATES.values(), *UNCODED.values())}


OTHERWISE = {
    "ru": {"KGZ", "LAO", "PRK", "ZAF", "TLS", "GBR", "ARE", "VAT", "BUR", "ZAR", "CYM", "SYR", "USA"},
    "fr": {
        "VAT",
        "FLK",
        "BES",
        "HKG",
        "MAC",
        "PRK",
        "KOR",
        "TLS",
        "KNA",
        "BUR",
        "LAO",
        "ZAR",
        "VNM",
        "TUR",
        "BLR",
        "IRQ",
        "NIU",
    },
}
"""Where CLDR's name is another one, and not only shorter: it has everyday names, we those in official use."""


@every_language
def test_states_have_the_names_that_others_know_them_by(code: str) -> None:
    """CLDR is the oracle, as far as its codes tell one state."""
    territories, codes = Locale(code).territories, get_global("territory_aliases")
    names = {entry.msgid: entry.msgstr for entry in FILES[code] if entry.msgctxt == NAMED}
    strange: dict[str, tuple[str, str]] = {}
    compared = 0
    for iso, state in STATES.items():
        known = codes.get(iso, [])
        if len(known) != 1 or known[0] not in territories or iso in OTHERWISE[code]:
            continue
        compared += 1
        ours, theirs = plain(names[state.name]), plain(territories[known[0]])
        common = SequenceMatcher(None, ours, theirs).find_longest_match()
        if common.size < min(4, len(theirs)):
            strange[iso] = ours, theirs
    assert strange == {}
    assert compared > 200
