"""The memorandum and the sources in other forms; oracles: a Markdown reader, python-docx, the answer itself."""

import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.finding import Assessment
from foedus.diagnostics.problem import Refused
from foedus.evidence.claim import Source
from foedus.library import Library
from foedus.report.cite import answer_digest, bibtex, citation, command, csl
from foedus.report.docx import show_docx, to_docx
from foedus.report.markdown import escaped, show_markdown
from foedus.report.memo import Heading, Items, Memo, Paragraph
from foedus.terms.time import day

BORDER = Path(__file__).parents[2] / "examples" / "border" / "dossier.md"


def answer(asked: Asked | None = None) -> Assessment:
    loaded = Library(BORDER.parent, trials=False).dossier(str(BORDER))
    assert loaded.dossier is not None
    return assess(loaded.dossier, loaded.program, asked)


def told(markdown: str) -> str:
    """What a reader of the Markdown sees, without markup."""
    tokens = MarkdownIt("commonmark").parseInline(markdown)
    return "".join(child.content for token in tokens for child in token.children or ())


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=60))
def test_what_a_dossier_holds_is_never_taken_for_markdown(text: str) -> None:
    assert told(escaped(text)).split() == text.replace("\x7f", "\x7f").split()


@pytest.mark.parametrize(
    "text", ["1. one", "- item", "# head", "> quoted", "+ plus", "2) two", "    code", "---", "***"]
)
def test_nor_for_a_list_or_a_heading(text: str) -> None:
    kinds = {token.type for token in MarkdownIt("commonmark").parse(escaped(text))}
    assert told(escaped(text)) == text.strip()
    assert kinds <= {"paragraph_open", "inline", "paragraph_close"}


def test_the_memorandum_says_what_the_terminal_says() -> None:
    said = show_markdown(answer())
    for words in ("## The answer", "turns on", "## On what it turns", "A. ", "## Sources", "foedus assess"):
        assert words in said


def test_the_same_memorandum_for_a_word_processor_is_the_same_file_each_time() -> None:
    one, two = show_docx(answer()), show_docx(answer())
    assert one == two
    paragraphs = docx.Document(io.BytesIO(one)).paragraphs
    heads = [
        p.text for p in paragraphs if (p.style is not None and (p.style.name or "").startswith("Heading"))
    ]
    assert {"The answer", "On what it turns", "Sources"} <= set(heads)
    plain = re.sub(r"[*_\\`#]", "", show_markdown(answer()))
    for paragraph in paragraphs:
        assert re.sub(r"[*_\\`#]", "", re.sub(r"^\[\d+\] ", "", paragraph.text)) in plain


def test_signs_that_a_word_processor_cannot_hold_do_not_spoil_the_file() -> None:
    hostile = "a\x00b\x0bc\ud800d<w:p/>"
    made = to_docx(Memo("t", "en", (Heading(1, hostile), Paragraph(hostile), Items((Paragraph(hostile),)))))
    assert "<w:p/>" in docx.Document(io.BytesIO(made)).paragraphs[0].text


def test_a_missing_library_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(Refused) as refused:
        show_docx(answer())
    assert refused.value.problems[0].code == "F559"
    assert refused.value.problems[0].values["extra"] == "docx"


# ---- citing ----


def test_the_digest_of_an_answer_changes_with_the_answer_and_with_nothing_else() -> None:
    plain = answer()
    assert answer_digest(plain) == answer_digest(answer())
    assert answer_digest(plain) == answer_digest(replace(plain, version="9.9", engine="SAT"))
    moved = answer(Asked(suppose={plain.questions[0].id: "no"}))
    assert answer_digest(moved) != answer_digest(plain)


def test_a_citation_names_what_one_needs_to_repeat_it() -> None:
    said = citation(answer(Asked(suppose={"heavy": "no"})))
    whole = answer()
    assert "supposing heavy = no" in said and f"Foedus {whole.version}" in said
    for digest in whole.digests.values():
        assert digest[:12] in said


def test_the_command_asks_the_same_again() -> None:
    asked = Asked(suppose={"heavy": "no"}, on=day("2020-03-12").first)
    said = command(answer(asked))
    assert said.endswith("--on 2020-03-12 --suppose heavy=no")
    assert "--on" not in command(answer())


def with_source(**changes: object) -> Assessment:
    whole = answer()
    source = Source("s", "T", "ARV", **changes)  # pyright: ignore[reportArgumentType]
    record = replace(whole.dossier.record, sources={"s": source})
    return replace(whole, dossier=replace(whole.dossier, record=record))


@given(st.text(max_size=40))
def test_bibtex_stays_whole_whatever_a_title_holds(title: str) -> None:
    whole = with_source(publisher=title, url="https://a.example/{x}?a=%41&b=\\")
    said = bibtex(whole)
    depth = 0
    for sign in re.sub(r"\\[\\{}$&#%_]", "", said):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("on", "parts"),
    [
        ("2031-01-05", [[2031, 1, 5]]),
        ("2031-01", [[2031, 1]]),
        ("2031~", [[2031]]),
        ("[2031-01-05,2031-01-07]", [[2031, 1, 5], [2031, 1, 7]]),
        ("2031-01-05/2031-02", [[2031, 1, 5], [2031, 2]]),
    ],
)
def test_dates_reach_a_reference_manager_as_exact_as_they_are(on: str, parts: list[list[int]]) -> None:
    assert csl(with_source(date=day(on)))[0]["issued"]["date-parts"] == parts


def test_every_source_is_an_item_with_an_id_of_its_own() -> None:
    whole = answer()
    items = csl(whole)
    assert [item["id"] for item in items][: len(whole.dossier.record.sources)] == list(
        whole.dossier.record.sources
    )
    assert json.loads(json.dumps(items)) == items
    keys = re.findall(r"^@misc\{([^,]+),$", bibtex(whole), re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(items)
