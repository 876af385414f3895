"""Papers: what is taken as one, where it lies, who may take it, and what the page shows of it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.diagnostics.problem import Refused
from foedus.meeting.viewer import Role
from foedus.web.codes import new_handle
from foedus.web.cookies import cookie_name
from foedus.web.guard import Guard
from foedus.web.papers import keeping
from foedus.web.papers.history import history
from foedus.web.papers.judging import MEDIA, judged
from foedus.web.papers.keeping import LOOSE, Papers, digest_of
from foedus.web.papers.lines import lined
from tests.web.asgi import Answer, acall
from tests.web.conftest import connected
from tests.web.live import Live

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def packed(*parts: tuple[str, bytes], before: bytes = b"", comment: bytes = b"") -> bytes:
    """An archive with these parts, the first of them stored as it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for number, (name, content) in enumerate(parts):
            kind = zipfile.ZIP_STORED if number == 0 else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name), content, kind)
        made.comment = comment
    return before + file.getvalue()


DOCX = packed(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"))
ODT = packed(("mimetype", MEDIA["odt"].encode()), ("content.xml", b"<o/>"))


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"Item 1.\r\nItem 2.", "text"), ("Проект решения Совета коллективной безопасности".encode("cp1251"), "text"),
        (b"# Heading\n\n* a < b\n", "text"), (PDF, "pdf"), (DOCX, "docx"), (ODT, "odt"),
    ],
)  # fmt: skip
def test_what_is_a_paper(raw: bytes, kind: str) -> None:
    found = judged(raw)
    assert found.kind == kind
    if kind == "text":
        assert "\r" not in found.content.decode()


def test_text_in_windows_1251_is_read_and_kept_in_utf_8() -> None:
    text = "Проект решения Совета коллективной безопасности"
    assert judged(text.encode("cp1251")).content.decode() == text


HOSTILE = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "svg after a declaration": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "svg in utf-16": '<svg onload="alert(1)"/>'.encode("utf-16"),
    "html": b"  \n<!DOCTYPE html><script>alert(1)</script>",
    "html after a mark of order": b"\xef\xbb\xbf<html>",
    "pdf that is a page": b"%PDF-1.7\n<html><script>alert(1)</script>\n%%EOF",
    "pdf after text": b"Item 1.\n" + PDF,
    "pdf that is an archive": PDF + DOCX + b"%%EOF",
    "pdf without end": b"%PDF-1.7\n1 0 obj",
    "pdf that runs": b"%PDF-1.7\n<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>\n%%EOF",
    "archive": packed(("a.txt", b"a")),
    "jar": packed(("META-INF/MANIFEST.MF", b"a"), ("A.class", b"\xca\xfe")),
    "docx with macros": packed(
        ("[Content_Types].xml", b""), ("word/document.xml", b""), ("word/vbaProject.bin", b"x")
    ),
    "docx of macros by its type": packed(
        ("[Content_Types].xml", b"application/vnd.ms-word.document.macroEnabled.main+xml"), ("word/document.xml", b"")
    ),
    "docx with a path": packed(("[Content_Types].xml", b""), ("word/document.xml", b""), ("../../a", b"")),
    "docx behind a page": b"PK\x03\x04<html>" + DOCX,
    "docx with a comment": packed(
        ("[Content_Types].xml", b""), ("word/document.xml", b""), comment=b"<script>alert(1)</script>"
    ),
    "docx that unpacks": packed(("[Content_Types].xml", b""), ("word/document.xml", bytes(101 * 1024 * 1024))),
    "odt with programs": packed(
        ("mimetype", MEDIA["odt"].encode()), ("content.xml", b""), ("Basic/Standard/Module1.xml", b"")
    ),
    "spreadsheet": packed(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"")),
    "cut off": DOCX[:-30],
    "a program": b"\x7fELF\x02\x01\x01\x00\x00\x00",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "rich text": b"{\\rtf1 {\\object}}",
    "nothing": b" \n",
    "text with a null": b"a\0b",
    "text that moves the cursor": b"a\x1b[31mb",
    "too much": b"a" * (10 * 1024 * 1024 + 1),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_none(name: str) -> None:
    with pytest.raises(Refused) as refused:
        judged(HOSTILE[name])
    assert refused.value.problems[0].code in ("F777", "F002", "F003", "F004", "F006")


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", DOCX[:60], ODT[:90]]))
def test_whatever_is_sent_is_judged_or_refused(raw: bytes, start: bytes) -> None:
    try:
        judged(start + raw)
    except Refused:
        return


@given(
    st.text(st.sampled_from("ab \n"), max_size=60).map(lambda text: text or "a"),
    st.text(st.sampled_from("ab \n"), max_size=60),
)
def test_lines_make_up_both_texts(after: str, before: str) -> None:
    rows = lined(before, after)
    new = ["".join(text for kind, text in row.runs if kind != "gone") for row in rows if row.number]
    assert "\n".join(new) == after.removesuffix("\n")
    assert [row.number for row in rows if row.number] == list(range(1, len(new) + 1))
    old = "".join(text for row in rows for kind, text in row.runs if kind != "new")
    assert old == before.removesuffix("\n").replace("\n", "")


def test_contents_are_bounded(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    papers, room = Papers(connected(address)), f"papers-{new_handle()}"
    monkeypatch.setattr(keeping, "OF_PERSON", 30)
    monkeypatch.setattr(keeping, "OF_ROOM", 50)
    digest = papers.put(room, judged(b"a" * 20), "aaaaaaaa", 0)
    assert papers.put(room, judged(b"a" * 20), "bbbbbbbb", 0) == digest == digest_of(b"a" * 20)
    with pytest.raises(Refused):
        papers.put(room, judged(b"b" * 20), "aaaaaaaa", 0)
    papers.put(room, judged(b"b" * 20), "bbbbbbbb", 0)
    with pytest.raises(Refused):
        papers.put(room, judged(b"c" * 20), "cccccccc", 0)
    content = papers.get(room, digest)
    assert content is not None and content.whole and content.content == b"a" * 20
    for number in range(keeping.DRAFTS):
        papers.draft(room, "ARV", digest, f"Draft {number}", "letter", number)
    with pytest.raises(Refused):
        papers.draft(room, "ARV", digest, "One more", "letter", 0)
    assert papers.drafts(room, "BOR") == ()
    assert papers.tidy(room, (), LOOSE) == 1, "what a draft speaks of stays"
    assert set(papers.kinds(room)) == {digest}
    papers.connection.close()


# ---- in a room ----


@pytest.fixture
def live(tmp_path: Path) -> Generator[Live]:
    made = Live(tmp_path)
    made.acts("meet", "chair", what="open")
    yield made
    made.close()


def sends(
    live: Live, role: Role, seat: str, file: bytes | None = None, called: str = "a.txt", **fields: str
) -> Answer:
    """A form with a paper, as a browser sends it."""
    mark = b"----foedus"
    pieces = [
        b"--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n" % (mark, name.encode(), value.encode())
        for name, value in {"by": seat, "what": "table", "sort": "working paper", **fields}.items()
    ]  # fmt: skip
    if file is not None:
        head = b'--%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n'
        pieces.append(head % (mark, called.encode()) + file + b"\r\n")
    headers = {
        "cookie": f"{cookie_name(secure=False)}={live.somebody(role, seat)}", "accept": "application/json",
        "content-type": f"multipart/form-data; boundary={mark.decode()}",
    }  # fmt: skip
    body = b"".join(pieces) + b"--%s--\r\n" % mark
    return live.run(acall(Guard(live.app), "POST", f"/rooms/{live.room.name}/papers", headers, [body]))


def took(live: Live, role: Role, seat: str, digest: str) -> Answer:
    headers = {"cookie": f"{cookie_name(secure=False)}={live.somebody(role, seat)}"}
    return live.run(acall(Guard(live.app), "GET", f"/rooms/{live.room.name}/papers/{digest}", headers))


def test_a_paper_from_hand_to_hand(live: Live) -> None:
    text = "1. The Ward goes.\n2. It stays.\n3. <script>alert(1)</script>"
    answer = sends(live, "head", "BOR", title="The dam", words=text)
    assert answer.status == 200, answer.text
    paper = live.room.standing.debate.papers["d1"]
    assert (paper.by, paper.title, paper.digest, paper.size) == (
        "BOR", "The dam", digest_of(text.encode()), len(text),
    )  # fmt: skip
    page = live.page("observer", "", "/papers?paper=d1")
    assert '<li value="2" id="line-2">2. It stays.</li>' in page
    assert "&lt;script&gt;" in page and "<script>alert" not in page
    file = took(live, "observer", "", paper.digest)
    assert file.body == text.encode()
    assert file.headers["content-disposition"] == 'attachment; filename="d1.txt"'
    assert file.headers["content-type"] == "text/plain; charset=utf-8"
    assert "sandbox" in file.headers["content-security-policy"]
    assert file.headers["x-content-type-options"] == "nosniff"

    assert sends(live, "head", "CAD", what="revise", paper="d1", words="mine").status == 409
    assert (
        sends(live, "head", "BOR", what="revise", paper="d1", words=text.replace("stays", "goes")).status
        == 200
    )
    page = live.page("observer", "", "/papers?paper=d1")
    assert "stays.<span" in page and "goes.<span" in page
    assert live.does("head", "CAD", "paper", what="sponsor", paper="d1")["status"] == 200
    assert live.room.standing.debate.papers["d1"].sponsors == ("CAD",)
    assert live.does("head", "BOR", "paper", what="withdraw", paper="d1")["status"] == 200
    assert "withdrawn" in live.page("observer", "", "/papers")
    assert len(history(live.room).of["d1"]) == 2
    with_content = [row for row in rows_of(live) if b"The Ward goes" in row]
    assert not with_content, "the record has only the digest"


def rows_of(live: Live) -> list[bytes]:
    return live.room.storing.now(lambda store: [entry.line for entry in store.entries(live.room.name)])


def test_files_are_taken_as_they_were_handed_in_under_a_name_of_ours(live: Live) -> None:
    hostile = '../../x"; filename=evil.html\r\nSet-Cookie: a=b.pdf'.replace("\r\n", "%0d%0a").replace(
        '"', "%22"
    )
    assert sends(live, "head", "BOR", PDF, hostile, title="A\u202e file").status in (200, 409)
    if "d1" not in live.room.standing.debate.papers:
        assert sends(live, "head", "BOR", PDF, hostile, title="A file").status == 200
    file = took(live, "head", "CAD", digest_of(PDF))
    assert (file.body, file.headers["content-type"]) == (PDF, "application/pdf")
    assert file.headers["content-disposition"] == 'attachment; filename="d1.pdf"'
    assert file.cookies == ()
    assert "take it as a file" in live.page("observer", "", "/papers?paper=d1")


@pytest.mark.parametrize("name", ["svg", "html", "pdf that is a page", "docx with macros"])
def test_what_is_no_paper_is_refused_in_words_whatever_it_is_called(live: Live, name: str) -> None:
    before = live.room.standing.size
    answer = sends(live, "head", "BOR", HOSTILE[name], "paper.txt", title="A paper")
    said: dict[str, Any] = json.loads(answer.text)
    assert (answer.status, said["code"], live.room.standing.size) == (422, "F777", before)
    assert live.ready.hall.papers.now(lambda papers: papers.kinds(live.room.name)) == {}


def test_drafts_are_seen_by_their_delegation_only(live: Live) -> None:
    assert sends(live, "head", "BOR", what="draft", title="Not yet", words="Our secret.").status == 200
    digest = digest_of(b"Our secret.")
    assert live.room.standing.debate.papers == {}
    assert "Not yet" in live.page("adviser", "BOR", "/papers")
    assert took(live, "member", "BOR", digest).status == 200
    others: list[tuple[Role, str]] = [
        ("head", "CAD"), ("chair", "chair"), ("secretary", "secretary"), ("observer", ""), ("screen", ""),
    ]  # fmt: skip
    for role, seat in others:
        assert took(live, role, seat, digest).status == 404, role
        if role != "screen":
            assert "Not yet" not in live.page(role, seat, "/papers"), role
    (draft,) = live.ready.hall.papers.now(lambda papers: papers.drafts(live.room.name, "BOR"))
    assert sends(live, "head", "CAD", draft=draft.id, title="Stolen").status == 404
    sends(live, "head", "CAD", draft=draft.id, what="drop")
    assert "Our secret." in live.page("head", "BOR", f"/papers?draft={draft.id}")
    assert sends(live, "head", "BOR", draft=draft.id).status == 200
    assert live.room.standing.debate.papers["d1"].title == "Not yet"
    assert took(live, "observer", "", digest).status == 200
    assert live.ready.hall.papers.now(lambda papers: papers.drafts(live.room.name, "BOR")) == ()


@pytest.mark.parametrize(("role", "seat"), [("observer", ""), ("screen", ""), ("head", "CAD")])
def test_nobody_hands_in_for_another(live: Live, role: Role, seat: str) -> None:
    assert sends(live, role, seat, by="BOR", title="Forged", words="x").status == 403
    assert live.room.standing.debate.papers == {}


def test_a_file_that_was_changed_is_not_handed_out(live: Live) -> None:
    sends(live, "head", "BOR", title="The dam", words="As it was.")
    live.ready.hall.papers.now(
        lambda papers: papers.connection.ask("UPDATE papers SET content = ?", (b"As it never was.",))
    )
    assert "no longer what was handed in" in live.page("observer", "", "/papers?paper=d1")
    answer = took(live, "observer", "", digest_of(b"As it was."))
    assert answer.status == 409 and b"As it never" not in answer.body


def test_a_paper_sent_twice_is_one(live: Live) -> None:
    for _ in range(2):
        assert sends(live, "head", "BOR", title="The dam", words="As it was.", once="abc").status == 200
    assert set(live.room.standing.debate.papers) == {"d1"}


def test_what_was_typed_stays_where_it_is_refused(live: Live) -> None:
    headers = {"accept": "text/html", "cookie": f"{cookie_name(secure=False)}={live.somebody('head', 'BOR')}"}
    sent = {
        "by": "BOR",
        "what": "table",
        "sort": "letter",
        "title": "A page",
        "words": "<html>\nmine</textarea>",
    }
    answer = live.run(acall(live.app, "POST", f"/rooms/{live.room.name}/papers", headers, sent))
    assert answer.status == 422
    assert "&lt;html&gt;\nmine&lt;/textarea&gt;" in answer.text and 'value="A page"' in answer.text
