"""Each format gives documents: text, places, what they say of themselves."""

from __future__ import annotations

import gzip
import json
import socket
from pathlib import Path

import pytest

from foedus.terms.time import day
from foedus.trace.document import Document
from foedus.trace.read import documents
from tests.trace.read.made import (
    ENGLISH,
    PAGE,
    RUSSIAN,
    marked,
    one,
    packed,
    parquet,
    pdf,
    read,
    refusal,
    warc,
)


def test_a_text_is_kept_as_it_stands(tmp_path: Path) -> None:
    text = "\ufeffThe council met.\r\n\r\n\tIt sent\u00a0observers. \r\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    found = one(tmp_path / "a.txt")
    assert (found.text, found.id, found.encoding, found.guessed, found.places) == (
        text[1:],
        "a",
        "utf-8",
        False,
        None,
    )


def test_lines_at_the_head_of_a_text_say_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"Title: Observers\nDate: 6 January 2022\nSource: Agency of Lir\n\n{ENGLISH}"
    )
    found = one(tmp_path / "a.txt")
    assert (found.meta.title, found.meta.on, found.meta.origin) == (
        "Observers",
        day("2022-01-06"),
        "Agency of Lir",
    )
    assert marked(found) == ["Title: Observers\nDate: 6 January 2022\nSource: Agency of Lir"]


@pytest.mark.parametrize(
    "head", ["Note: the council", "Title: the council\nmet. Nothing", "Date: the day: it"]
)
def test_a_sentence_with_a_colon_is_no_head(tmp_path: Path, head: str) -> None:
    (tmp_path / "a.txt").write_text(f"{head} met.\n{ENGLISH}")
    found = one(tmp_path / "a.txt")
    assert (found.meta.title, found.marks) == ("", ())


def test_markdown_is_read_without_the_addresses_of_its_links(tmp_path: Path) -> None:
    head = '---\ntitle: "Observers"\ndate: 2022-01-06\n---\n'
    source = head + '# Sent\n\nThe [council](https://lir.example/a_(b) "x") met.\n'
    (tmp_path / "a.md").write_text(source)
    found = one(tmp_path / "a.md")
    assert found.text.endswith("# Sent\n\nThe council met.\n")
    assert found.places is not None
    assert "".join(source[place] for place in found.places) == found.text
    assert (found.meta.title, found.meta.on) == ("Observers", day("2022-01-06"))
    assert marked(found, "heading") == ["# Sent"]


def test_a_page_in_html(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    found = one(tmp_path / "a.html")
    about = found.meta
    assert (about.publisher, about.speaker, about.on) == ("The Gazette of Lir", "Ann Ray", day("2022-01-07"))
    assert (about.url, about.language) == ("https://gazette.example/observers", "en-GB")
    assert "never seen" not in found.text
    assert "color" not in found.text
    assert "Monday\xa0— and sent observers to" in found.text
    own = list(found.text)
    for mark in found.marks:
        own[mark.start : mark.end] = " " * (mark.end - mark.start)
    body = "".join(own).split()
    assert body[:6] == ["The", "council", "of", "the", "league", "met"]
    assert " ".join(body).count(".") == 4
    assert marked(found, "byline") == ["By Ann Ray"]
    assert marked(found, "heading") == ["Observers sent & welcomed"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Observers sent - Gazette</title>", "Observers sent"),
        ("<title>Gazette of Lir</title>", "Gazette of Lir"),
        ('<title>x</title><meta property="og:title" content="Sent">', "Sent"),
    ],
)
def test_the_title_that_a_page_states(tmp_path: Path, head: str, title: str) -> None:
    page = f"<html><head>{head}</head><body><h1>Observers <b>sent</b></h1><p>{ENGLISH}</p></body></html>"
    (tmp_path / "a.html").write_text(page)
    assert one(tmp_path / "a.html").meta.title == title


def test_a_paragraph_within_the_article_stays_body(tmp_path: Path) -> None:
    dropped = (
        "“The observers of the league shall write down what they see, and no more,” said the order of the day. "
        * 2
    )
    page = PAGE.replace("<p>Its chair", f'<div class="newsletter-signup"><p>{dropped}</p></div><p>Its chair')
    (tmp_path / "a.html").write_text(page)
    found = one(tmp_path / "a.html")
    at = found.text.index("“The observers")
    assert not [mark for mark in found.marks if mark.start <= at < mark.end]


def test_nothing_is_taken_for_a_fact_that_a_page_does_not_state(tmp_path: Path) -> None:
    page = (
        f"<html><body><p>Posted on 5 May 2020 in a.example/2020/05/06</p><p>{ENGLISH * 4}</p></body></html>"
    )
    (tmp_path / "a.html").write_text(page)
    about = one(tmp_path / "a.html").meta
    assert (about.on, about.publisher, about.speaker, about.url, about.language) == (None, "", "", "", "")


def test_pages_of_a_pdf(tmp_path: Path) -> None:
    found = one(pdf(tmp_path / "a.pdf", ["The council met at the lake.", "It sent observers."]))
    assert found.text.split("\f") == ["The council met at the lake.", "It sent observers."]
    assert (found.meta.title, found.meta.speaker, found.meta.on, found.places) == (
        "A report",
        "Ann Ray",
        None,
        None,
    )


def test_records_of_jsonl(tmp_path: Path) -> None:
    rows = [
        {
            "id": "x",
            "text": ENGLISH,
            "publisher": "Gazette",
            "source": "Agency",
            "published_at": "2022-01-06",
        },
        {"content": RUSSIAN, "author": "Анна Рэй", "source": "Газета", "lang": "ru", "date": "6 января 2022"},
        {"id": 7, "body": ENGLISH, "text": ENGLISH * 2},
    ]
    text = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    for name, raw in (("a.jsonl", text.encode()), ("b.jsonl.gz", packed(text)), ("c.txt", text.encode())):
        (tmp_path / name).write_bytes(raw)
        got, lost = read(tmp_path / name)
        assert not lost
        assert [found.id for found in got] == ["x", f"{name[0]}:3", "7"]
        assert got[0].path.endswith(f"{name}:1")
        assert (got[0].meta.publisher, got[0].meta.origin, got[0].meta.on) == (
            "Gazette",
            "Agency",
            day("2022-01-06"),
        )
        assert (got[1].text, got[1].meta.speaker, got[1].meta.publisher) == (RUSSIAN, "Анна Рэй", "Газета")
        assert (got[1].meta.on, got[1].meta.language) == (day("2022-01-06"), "ru")
        assert got[2].text == ENGLISH * 2


def test_rows_of_parquet(tmp_path: Path) -> None:
    rows = "SELECT 'r' || i AS id, 'The council met ' || i AS text, DATE '2022-01-06' AS date FROM range(1000) t(i)"
    got, lost = read(parquet(tmp_path / "a[1]*.parquet", rows))
    assert not lost
    assert [found.id for found in got] == [f"r{i}" for i in range(1000)]
    assert (got[999].text, got[999].meta.on) == ("The council met 999", day("2022-01-06"))


@pytest.mark.parametrize("wrapped", [True, False])
def test_answers_kept_in_a_warc(tmp_path: Path, wrapped: bool) -> None:
    path = warc(
        tmp_path / ("a.warc.gz" if wrapped else "a.warc"),
        [
            ("https://a.example/1", "text/html; charset=utf-8", PAGE.encode(), ()),
            ("https://a.example/2.png", "image/png", b"\x89PNG", ()),
            ("https://a.example/3", "text/plain; charset=windows-1251", RUSSIAN.encode("cp1251"), ()),
            ("https://a.example/4", "text/html", packed(PAGE), [("Content-Encoding", "gzip")]),
        ],
        packed=wrapped,
    )
    got, lost = read(path)
    assert not lost
    assert [found.id for found in got] == ["a:1", "a:3", "a:4"]
    assert got[0].meta.url == "https://gazette.example/observers"
    assert (got[1].text, got[1].meta.url, got[1].encoding) == (RUSSIAN, "https://a.example/3", "Windows-1251")
    assert got[2].text == got[0].text


def test_an_answer_that_is_no_success_is_no_document(tmp_path: Path) -> None:
    answers = [("https://a.example/1", "text/html", PAGE.encode(), ())]
    assert refusal(warc(tmp_path / "a.warc", answers, status="404 Not Found")) == "F600"


def test_content_goes_before_the_ending(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    (tmp_path / "text.html.gz").write_bytes(packed(ENGLISH))
    pdf(tmp_path / "report", ["The council met."])
    by_id = {found.id: found for found in read(tmp_path)[0]}
    assert by_id["page"].meta.publisher == "The Gazette of Lir"
    assert by_id["report"].text == "The council met."
    assert by_id["text"].text.strip() == ENGLISH.strip()


def test_a_first_record_of_any_length_is_known(tmp_path: Path) -> None:
    for name in ("a.txt", "b", "c.json", "d.txt.gz"):
        raw = (
            json.dumps({"id": name, "text": ENGLISH * 300}) + "\n" + json.dumps({"text": ENGLISH})
        ).encode()
        (tmp_path / name).write_bytes(gzip.compress(raw) if name.endswith("gz") else raw)
    got, lost = read(tmp_path)
    assert [len(found.text) for found in got] == [len(ENGLISH) * 300, len(ENGLISH)] * 4
    assert not lost


def test_a_text_that_begins_with_a_bracket_is_a_text(tmp_path: Path) -> None:
    for name, text in (
        ("a.txt", f"{{Draft}} {ENGLISH}"),
        ("b.txt", f"[1] {ENGLISH}"),
        ("c.md", f"[a](b) {ENGLISH}"),
    ):
        (tmp_path / name).write_text(text)
    got, lost = read(tmp_path)
    assert [found.text[:7] for found in got] == ["{Draft}", "[1] The", "a The c"]
    assert not lost


def test_many_records_are_never_held_at_once(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.jsonl.gz", "wt") as file:
        for number in range(20_000):
            file.write(json.dumps({"id": str(number), "text": ENGLISH}) + "\n")
    reading = documents([tmp_path])
    first = next(reading)
    assert isinstance(first, Document)
    assert first.id == "0"
    assert sum(1 for _ in reading) == 19_999


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    (tmp_path / "a.html").write_text(PAGE.replace("<body>", '<body><img src="https://a.example/x.png">'))
    (tmp_path / "https:").mkdir()
    parquet(tmp_path / "https:" / "b.parquet", "SELECT 'The council met' AS text")
    pdf(tmp_path / "c.pdf", ["The council met."])
    warc(tmp_path / "d.warc", [("https://a.example/1", "text/plain", ENGLISH.encode(), ())])
    monkeypatch.chdir(tmp_path)
    got, lost = read(Path("a.html"), Path("https:/b.parquet"), Path("c.pdf"), Path("d.warc"))
    assert (len(got), lost) == (4, [])
