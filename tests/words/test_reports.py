"""The pages of the shipped dossiers in every language: nothing of ours is left in English, no line too long."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import polib
import pytest

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.finding import Assessment
from foedus.library import Library
from foedus.report.compare import compare, show_comparison
from foedus.report.html.show import show_page
from foedus.report.json import to_json
from foedus.report.layout import columns
from foedus.report.markdown import show_markdown
from foedus.report.terminal import show_assessment
from foedus.report.why import show_why
from foedus.words.speech import CATALOGUES, Phrase, languages, speaking
from tests.words.extract import brought, template

DOSSIERS = ("armenia-2022", "kazakhstan-2022", "kyrgyzstan-2010")
GREEK = {ord(a): b for a, b in zip("abcdefghijklmnopqrstuvwxyz", "αβψδεφγηιξκλμνοπψρστθωςχυζ", strict=True)}
GREEK |= {a - 32: b.upper() for a, b in GREEK.items()}


@cache
def answer(name: str, **supposed: str) -> Assessment:
    loaded = Library(trials=False).dossier(name)
    assert loaded.dossier is not None
    return assess(loaded.dossier, loaded.program, Asked(suppose=supposed))


def pages(width: int) -> Iterator[str]:
    """Everything that a report can print of the shipped dossiers."""
    for name in DOSSIERS:
        found = answer(name)
        yield show_assessment(found, width=width)
        for norm in dict.fromkeys(finding.norm.id for finding in found.findings):
            yield show_why(found, norm, width)
    yield show_assessment(answer("kazakhstan-2022", directed="no"), width=width)
    for other in (answer("kyrgyzstan-2010"), answer("kazakhstan-2022", directed="no")):
        yield show_comparison(compare(answer("kazakhstan-2022"), other), width)


def documents() -> Iterator[str]:
    """The answers as a page and as a memorandum: what one reads of them, without marks and addresses."""
    for name in DOSSIERS:
        page = re.sub(r"<(style|script|title)\b.*?</\1>", "", show_page(answer(name)), flags=re.DOTALL)
        labels = re.findall(r'(?:aria-label|title|alt)="([^"]*)"', page)
        yield html.unescape(" ¦ ".join([*labels, re.sub(r"<[^>]*>", " ¦ ", page)]))
        yield re.sub(r"\\(.)", r"\1", show_markdown(answer(name)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A language in which every template has Greek letters, and one in which each is twice as long."""
    folder = tmp_path_factory.mktemp("catalogues")
    shipped = polib.pofile(str(CATALOGUES / "fr.po"), encoding="utf-8")
    wanted = template()
    for code, turn in (("el", in_greek), ("zz", lambda text: f"{text} {text}" if len(text) > 8 else text)):
        made = brought(shipped, wanted)
        for entry in made:
            entry.msgstr = "" if entry.msgid_plural else turn(entry.msgid)
            for form in entry.msgstr_plural:
                entry.msgstr_plural[form] = turn(entry.msgid_plural)
        made.save(str(folder / f"{code}.po"))
    return folder


@pytest.fixture
def strange(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_CATALOGUES", str(made))


def in_greek(text: str) -> str:
    return re.sub(r"\{[^}]*\}|[^{]+", lambda m: m[0] if m[0][0] == "{" else m[0].translate(GREEK), text)


OURS = {"word", "settled", "standing", "kind", "op", "rule", "effect", "engine", "verb", "answer"}
"""Fields whose values are words of ours, said where they are shown."""


def own_words(value: object, seen: set[int]) -> Iterator[str]:
    """Every text in an assessment that a page or a dossier wrote, and no phrase of ours."""
    if isinstance(value, Phrase):
        for part in value.parts.values():
            yield from own_words(part, seen)
    elif isinstance(value, str):
        yield value
    elif id(value) in seen:
        return
    elif isinstance(value, Mapping):
        seen.add(id(value))
        for name, part in value.items():
            yield from own_words(name, seen)
            yield from own_words(part, seen)
    elif isinstance(value, (tuple, list, set, frozenset)):
        seen.add(id(value))
        for part in value:
            yield from own_words(part, seen)
    elif is_dataclass(value):
        seen.add(id(value))
        for field in fields(value):
            if field.name not in OURS:
                yield from own_words(getattr(value, field.name), seen)


NOT_READ = re.compile(
    r"foedus assess \S+|--(?:why|suppose|reading|json)\b[^\n]*?(?=  |$)|https?://\S+|\b[0-9a-f]{8,}\b|\b[A-Z]{1,2}\. ",
    re.MULTILINE,
)
"""Commands to be typed, addresses, digests, letters."""


@pytest.mark.usefixtures("strange")
def test_nothing_that_foedus_says_is_said_past_a_catalogue() -> None:
    """In a language without a Latin letter, every run of Latin words is some page's own text."""
    seen: set[int] = set()
    answers = [answer(name) for name in DOSSIERS] + [answer("kazakhstan-2022", directed="no")]
    written = " ¦ ".join(" ".join(text.lower().split()) for one in answers for text in own_words(one, seen))
    with speaking("el"):
        shown = [NOT_READ.sub("¦", page) for page in (*pages(5000), *documents())]
    runs = {run.strip(" '’.-") for page in shown for run in re.findall(r"[A-Za-z](?: ?[A-Za-z'’.-])*", page)}
    assert len(runs) > 300
    instruments = {name for one in answers for name in one.program.instruments}
    glosses = {
        re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(known.gloss)), re.IGNORECASE)  # names filled in
        for one in answers
        for known in (*one.program.vocabulary.predicates.values(), *one.dossier.record.predicates.values())
        if len(re.sub(r"\{\w+\}", "", known.gloss)) > 3
    }
    strangers = {
        run
        for run in runs
        if not any(gloss.fullmatch(run) for gloss in glosses)
        for first, _, rest in (run.partition(" "),)  # `pko Contingents`: an id beside a heading
        if (rest if first in instruments else run).lower() not in written
    }
    assert strangers == set()


@pytest.mark.usefixtures("strange")
@pytest.mark.parametrize("code", ["en", "el", "fr", "ru", "zz"])
@pytest.mark.parametrize("width", [40, 80])
def test_no_line_runs_over_in_any_language(code: str, width: int) -> None:
    assert code in languages()
    with speaking(code):
        for page in pages(width):
            assert max(map(columns, page.splitlines())) <= width


@pytest.mark.parametrize("code", ["fr", "ru"])
def test_a_program_reads_the_same_in_every_language(code: str) -> None:
    """JSON stays English, and what is assessed does not depend on who will read it."""
    loaded = Library(trials=False).dossier("kazakhstan-2022")
    assert loaded.dossier is not None
    english = json.dumps(to_json(answer("kazakhstan-2022")))
    with speaking(code):
        assert json.dumps(to_json(assess(loaded.dossier, loaded.program))) == english
        assert json.dumps(to_json(answer("kazakhstan-2022"))) == english


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            "ru",
            [
                (
                    "◧ От A, B и C зависит, возникло ли обязательство «give the necessary help, military help "
                    "included» по ст. 4 документа «Collective Security Treaty» (кто был бы обязан: Армения, "
                    "Кыргызстан, Российская Федерация, Таджикистан и Беларусь)."
                ),
                (
                    "◧ От C зависит, имелось ли полномочие «send peacekeepers to a member» по ст. 3 документа "
                    "«Agreement on Peacekeeping Activities of the CSTO» (у кого: the Collective Security Council)."
                ),
                "возникает, если C — да, и хотя бы одно: B — да или A — «any author»",
            ],
        ),
        (
            "fr",
            [
                (
                    "◧ La naissance de l’obligation « give the necessary help, military help included » en vertu de "
                    "l’article 4 de l’instrument « Collective Security Treaty » (à la charge de : Arménie, "
                    "Kirghizistan, Fédération de Russie, Tadjikistan et Bélarus) dépend de A, B et C."
                ),
                "naît si C oui, et au moins l’un : B oui ou A « any author »",
            ],
        ),
    ],
)
def test_the_answer_reads_as_its_language_has_it(code: str, sentences: list[str]) -> None:
    with speaking(code):
        page = show_assessment(answer("kazakhstan-2022"), width=5000)
    for sentence in sentences:
        assert sentence in page
