"""Files that the tests make for themselves: PDF, Parquet, WARC, and pages."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from foedus.diagnostics.catalogue import CATALOGUE, help_of, severity_of, title_of
from foedus.trace.document import Document, Unread
from foedus.trace.read import MOST_BYTES, documents

ENGLISH = "The council of the league met at the lake on Monday. It sent observers to the northern border.\n"
RUSSIAN = "Совет лиги собрался в понедельник у озера. Он направил наблюдателей на северную границу.\n" * 3
ARABIC = "اجتمع مجلس الرابطة يوم الاثنين عند البحيرة. وأرسل مراقبين إلى الحدود الشمالية للبلاد.\n" * 3
CHINESE = "联盟理事会星期一在湖边开会。理事会向北部边境派出了观察员，并要求各方保持克制。\n" * 3


def read(*paths: Path, most: int = MOST_BYTES) -> tuple[list[Document], list[Unread]]:
    """What is read of some paths, and what is not; every message is whole."""
    got: list[Document] = []
    lost: list[Unread] = []
    for found in documents(paths, most_bytes=most):
        told = (found.problem,) if isinstance(found, Unread) else found.warnings
        for problem in told:
            assert problem.code in CATALOGUE
            assert not any(gap in title_of(problem) + help_of(problem) for gap in ("{", "`…`", "``"))
            assert severity_of(problem) == ("error" if isinstance(found, Unread) else "warning")
        if isinstance(found, Unread):
            lost.append(found)
        else:
            got.append(found)
    return got, lost


def one(path: Path) -> Document:
    """The one document of a file."""
    (got,), lost = read(path)
    assert not lost
    return got


def refusal(path: Path, most: int = MOST_BYTES) -> str:
    """The code with which a file is not read."""
    got, (lost,) = read(path, most=most)
    assert not got
    return lost.problem.code


def marked(document: Document, *kinds: str) -> list[str]:
    """The marked parts of a text."""
    return [document.text[one.start : one.end] for one in document.marks if not kinds or one.kind in kinds]


def pdf(path: Path, pages: Sequence[str], password: str = "") -> Path:
    """A PDF with a line of text on each page; "" is a page without."""
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(400, 400)
        if text:
            stream = DecodedStreamObject()
            stream.set_data(f"BT /F1 12 Tf 20 300 Td ({text}) Tj ET".encode())
            font = DictionaryObject({
                NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            })  # fmt: skip
            fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
            page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": "A report", "/Author": "Ann Ray"})
    if password:
        writer.encrypt(password)
    with path.open("wb") as file:
        writer.write(file)
    return path


def parquet(path: Path, query: str) -> Path:
    """The rows of a query."""
    with duckdb.connect() as database:
        database.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


Answer = tuple[str, str, bytes, Iterable[tuple[str, str]]]


def warc(path: Path, answers: Iterable[Answer], *, packed: bool = True, status: str = "200 OK") -> Path:
    """A crawl: for each answer the address, the type, the bytes and further headers."""
    with path.open("wb") as file:
        writer: Any = WARCWriter(file, gzip=packed)
        writer._create_temp_file = io.BytesIO  # its own are left open
        for url, kind, body, more in answers:
            head: Any = StatusAndHeaders(status, [("Content-Type", kind), *more], protocol="HTTP/1.1")
            record = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head)
            writer.write_record(record)
    return path


def packed(text: str) -> bytes:
    return gzip.compress(text.encode())


PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Observers sent &amp; welcomed | Gazette</title>
<meta property="og:site_name" content="The Gazette of Lir">
<link rel="canonical" href="https://gazette.example/observers">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Observers sent &amp; welcomed",
 "datePublished": "2022-01-07T09:00:00Z", "author": [{"@type": "Person", "name": "Ann Ray"}]}</script>
<style>p { color: red }</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Observers sent &amp; welcomed</h1>
<p class="byline">By Ann Ray</p>
<p>The council of the league met at the lake on Monday&nbsp;&mdash; and sent <b>observers</b>
to the northern border.</p>
<p>Its chair said that nobody had asked for soldiers, and that none would be sent before the spring of the year.</p>
<p>Readers may subscribe to that view or leave a comment in the book of visitors, as the mayor of the town put it.</p>
<p>The observers will share what they find with all members of the league, who have promised to publish it in full.</p>
</article>
<form><h3>Leave a Reply</h3><p>Your email address will not be published.</p><textarea>typed</textarea></form>
<footer><p>© 2022 The Gazette of Lir. All rights reserved.</p></footer>
<script>document.write("<p>never seen</p>")</script></body></html>
"""
