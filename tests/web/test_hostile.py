"""What people send to do harm: scripts in every text, odd bytes, too many fields, addresses that lead elsewhere.
Nothing of it acts in a page, nothing breaks the room, and no entry is made of it that the record's check refuses."""

from __future__ import annotations

import json
from collections.abc import Generator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.council.debate.act import KINDS as ACT_KINDS
from foedus.council.deed import KINDS as DEED_KINDS
from foedus.exercise.replay import replayed
from foedus.meeting.viewer import OFFICES, ROLES, Role
from foedus.web import assets
from foedus.web.cookies import cookie_name
from foedus.web.guard import Guard
from foedus.web.pages.registry import PAGES
from tests.web.asgi import Answer, acall
from tests.web.live import Live, voting

SEAT: dict[Role, str] = {
    **dict.fromkeys(("head", "member", "adviser"), "BOR"), **{each: each for each in OFFICES},
    "observer": "", "screen": "", "director": "",
}  # fmt: skip
SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{sea}%s"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Generator[Live]:
    made = Live(tmp_path_factory.mktemp("hostile"))
    made.ready.hall.refused.burst = 1e9
    yield made
    made.close()


def sent(
    live: Live, role: Role, seat: str, method: str, path: str, body: Any = b"", **headers: str
) -> Answer:
    said = {"cookie": f"{cookie_name(secure=False)}={live.somebody(role, seat)}"}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    return live.run(acall(Guard(live.app), method, path, said, body))


class Looked(HTMLParser):
    """A page as a browser takes it: what in it would act that is not ours."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.amiss: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in ("img", "iframe", "object", "embed", "base", "style", "foreignobject"):
            self.amiss.append(f"<{tag}>")
        if tag == "script" and not said.get("src", "").startswith("/static/"):
            self.amiss.append("<script>")
        for name, value in said.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction") or "alert" in name:
                self.amiss.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "xlink:href") and not value.startswith(
                ("/", "#", "?", "data:image/")
            ):
                self.amiss.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def fresh(tmp_path: Path) -> Generator[Live]:
    made = Live(tmp_path)
    yield made
    made.close()


def test_a_script_is_a_text_wherever_it_stands(fresh: Live) -> None:
    live = fresh
    live.ready.hall.refused.burst = 1e9
    live.acts("meet", "chair", what="open")
    accounts = live.ready.hall.accounts
    for role in ROLES:
        live.somebody(role, SEAT[role])
    people = accounts.now(lambda them: them.people(live.room.name))
    for number, each in enumerate(people):
        called = f"<script>alert({number})</script>"
        accounts.now(lambda them, each=each, called=called: them.rename(each.handle, called))
    live.run(accounts.learn(live.room.name))
    voting(live)
    live.does("head", "CAD", "object", ballot="b1", text=SCRIPT)
    live.does("head", "BOR", "propose", step="decide", terms__host="ARV", text=SCRIPT, parts__1=SCRIPT)
    live.does("head", "BOR", "amend", proposal="p1", text=SCRIPT, parts__1=SCRIPT)
    live.does("head", "BOR", "report", text=SCRIPT, region=SCRIPT)
    live.does("chair", "chair", "item", what="propose", item="new", title=SCRIPT, text=SCRIPT)
    live.does("head", "BOR", "ask", what="speech", text=SCRIPT)
    live.does("head", "BOR", "point", text=SCRIPT)
    live.does("head", "CAD", "motion", what="suspend", text=SCRIPT)
    live.does("chair", "chair", "ruling", answer="upheld", text=SCRIPT)
    live.does("chair", "chair", "bookmark", entry="3", text=SCRIPT)
    live.does("secretary", "secretary", "correct", entry="3", text=SCRIPT)
    live.does("head", "CAD", "vote", ballot="b2", status="for", text=SCRIPT)
    for what in ("table", SCRIPT):
        live.does("head", "BOR", "paper", what=what, paper="new", title=SCRIPT, digest="0" * 64, size="3")
    sent(live, "head", "BOR", "POST", f"/rooms/{live.room.name}/papers",
         {"by": "BOR", "what": "table", "title": SCRIPT, "words": f"One\n{SCRIPT}", "sort": "letter"})  # fmt: skip
    sent(live, "head", "BOR", "POST", f"/rooms/{live.room.name}/papers",
         {"by": "BOR", "what": "draft", "title": SCRIPT, "words": SCRIPT + "x", "sort": "letter"})  # fmt: skip
    sent(live, "director", "", "POST", f"/rooms/{live.room.name}/make-up", {"title": SCRIPT, "text": SCRIPT})
    live.does("head", "BOR", "vote", ballot=SCRIPT, status="for")
    seen = 0
    for role in ROLES:
        for name in PAGES:
            for query in ("", "?paper=d1", "?paper=d2&rev=0", f"?draft={quote(SCRIPT)}&for={quote(SCRIPT)}"):
                answer = sent(
                    live, role, SEAT[role], "GET", f"/rooms/{live.room.name}/{name}".rstrip("/") + query
                )
                looked = Looked(answer.text)
                assert looked.amiss == [], f"{role} {name}{query}: {looked.amiss}"
                assert answer.status in (200, 303, 404), f"{role} {name}{query}"
                seen += looked.text.count("<script>alert(1)")
    assert seen > 100, "it is shown, as the text that it is"
    _files(live)


def _files(live: Live) -> None:
    get = f"/rooms/{live.room.name}/get"
    for name in ("minutes.md", "minutes.json", "minutes.akn.xml", "dossier.md", "head.txt", "record.zip"):
        answer = sent(live, "secretary", "secretary", "GET", f"{get}/{name}")
        assert answer.status == 200, name
        assert answer.headers["content-disposition"].startswith("attachment;"), name
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "html" not in answer.headers["content-type"]
        if name.endswith(".json"):
            assert "<script>" in json.dumps(json.loads(answer.text))
        if name.endswith(".xml"):
            tags = {each.tag.rpartition("}")[2] for each in ElementTree.fromstring(answer.text).iter()}
            assert tags and not tags & {"script", "img"}


def test_refusals_as_json_are_json_and_no_page(live: Live) -> None:
    for by in (SCRIPT, "BOR"):
        answer = sent(
            live, "head", "BOR", "POST", f"/rooms/{live.room.name}/do",
            {"kind": "vote", "by": by, "ballot": SCRIPT, "status": SCRIPT}, accept="application/json",
        )  # fmt: skip
        assert answer.headers["content-type"].startswith("application/json")
        assert set(json.loads(answer.text)) <= {"code", "title", "help", "article", "entry"}


BESIDE = (
    "..", "../..", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//", "..\\..", "%5c..%5c", "/etc/passwd",
    "%00", "papers%00", "minutes.md%00.html", "a/b", "six-valleys.room", "room.db", "~root", "con", "\u202e",
    "%ff%fe", "'; DROP TABLE people; --", "{{7*7}}", "a" * 3000,
)  # fmt: skip


@pytest.mark.parametrize("where", ["/{}", "/rooms/{}", "/rooms/ROOM/{}", "/rooms/ROOM/get/{}", "/rooms/ROOM/papers/{}",
                                   "/static/{}", "/join/{}"])  # fmt: skip
def test_addresses_that_lead_elsewhere_lead_nowhere(live: Live, where: str) -> None:
    for name in BESIDE:
        path = where.replace("ROOM", live.room.name).format(quote(name, safe="%/"))
        answer = sent(live, "head", "BOR", "GET", path)
        assert answer.status in (303, 307, 404, 400), f"{path}: {answer.status}"
        location = answer.headers.get("location", "/")
        assert location.startswith("/") and not location.startswith(("//", "/\\")), f"{path} → {location}"
        assert "root:" not in answer.text and "Traceback" not in answer.text


def test_no_answer_leads_to_another_site(live: Live) -> None:
    for back in ("//evil.example", "https://evil.example", "/rooms/six-valleys@evil.example", "/\\evil.example",
                 f"/rooms/{live.room.name}\r\nSet-Cookie: a=b", f"/rooms/{live.room.name}/../../evil"):  # fmt: skip
        answer = sent(
            live, "chair", "chair", "POST", f"/rooms/{live.room.name}/do",
            {"kind": "bookmark", "by": "chair", "entry": "0", "text": "x", "back": back},
        )  # fmt: skip
        assert answer.status == 303
        assert answer.headers["location"].startswith(f"/rooms/{live.room.name}"), back
        assert "\r" not in answer.headers["location"] and answer.cookies == ()


# ---- forms of every kind ----

FORM = "application/x-www-form-urlencoded"
BODIES: dict[str, tuple[str, bytes]] = {
    "ten thousand fields": (FORM, b"&".join(b"f%d=1" % n for n in range(10_000))),
    "ten thousand parts": (FORM, b"kind=vote&by=BOR&" + b"&".join(b"parts.%d=x" % n for n in range(10_000))),
    "deep": (FORM, b"kind=vote&by=BOR&" + b".".join([b"a"] * 5_000) + b"=1"),
    "deep json in a field": (FORM, b"kind=vote&by=BOR&terms=" + b"[" * 50_000 + b"]" * 50_000),
    "json": ("application/json", b'{"kind": "vote", "by": "BOR"}'),
    "deep json": ("application/json", b"[" * 100_000),
    "a long text": (FORM, b"kind=object&by=BOR&ballot=b1&text=" + b"a" * 200_000),
    "nulls": (FORM, b"kind=object&by=BOR&ballot=b1&text=%00%00&once=%00"),
    "turned round": (FORM, "kind=object&by=BOR&ballot=b1&text=\u202eabc\u2066".encode()),
    "no utf-8": (FORM, b"kind=object&by=BOR&ballot=b1&text=%ff%fe%80"),
    "half letters": (FORM, b"kind=object&by=BOR&ballot=b1&text=%ed%a0%80"),
    "no form": ("text/plain", b"kind=vote"),
    "parts without end": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"kind\""),
    "parts without a border": ("multipart/form-data", b"--x\r\n"),
    "many parts": (
        "multipart/form-data; boundary=x",
        b"".join(b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n' % n for n in range(2_000))
        + b"--x--\r\n",
    ),
    "many files": (
        "multipart/form-data; boundary=x",
        b"".join(
            b'--x\r\nContent-Disposition: form-data; name="a"; filename="%d"\r\n\r\n1\r\n' % n for n in range(1_500)
        )
        + b"--x--\r\n",
    ),
    "a file where a text is asked for": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="kind"; filename="../../etc/passwd"\r\n\r\nvote\r\n--x--\r\n',
    ),
    "an unknown charset": (
        "multipart/form-data; boundary=x; charset=none",
        b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nvote\r\n--x--\r\n',
    ),
    "the same field many times": (FORM, b"kind=vote&" * 1_000 + b"by=BOR"),
    "huge numbers": (FORM, b"kind=limit&by=BOR&seconds=" + b"9" * 5_000),
    "other digits": (FORM, "kind=bookmark&by=BOR&entry=²&text=x".encode()),
    "far hours": (FORM, b"kind=open&by=BOR&proposal=p1&until.hours=999999999999999"),
    "no date": (FORM, b"kind=open&by=BOR&proposal=p1&until=9999-99-99T99:99:99Z"),
    "the last date": (FORM, b"kind=open&by=BOR&proposal=p1&until=9999-12-31T23:59:59Z"),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("path", ["do", "papers", "name", "codes"])
def test_what_cannot_be_read_is_refused_and_breaks_nothing(live: Live, name: str, path: str) -> None:
    kind, raw = BODIES[name]
    asking: list[tuple[Role, str]] = [("head", "BOR"), ("chair", "chair"), ("director", "")]
    for role, seat in asking:
        said = raw.replace(b"by=BOR", b"by=chair") if role == "chair" else raw
        answer = sent(
            live,
            role,
            seat,
            "POST",
            f"/rooms/{live.room.name}/{path}",
            said,
            content_type=kind,
            accept="application/json",
        )  # type: ignore[arg-type]
        assert answer.status < 500, f"{name} to {path}: {answer.status} {answer.text[:200]}"
        for inside in ("Traceback", ".py", "/src/", "site-packages", "line "):
            assert inside not in answer.text, f"{name} to {path}: {answer.text[:300]}"
    entries = live.room.storing.now(lambda store: [each.body for each in store.entries(live.room.name)])
    assert replayed(entries).allowed


KINDS = {**DEED_KINDS, **ACT_KINDS}
NAMES = ("BOR", "ARV", "CAD", "chair", "secretary", "p1", "b1", "b2", "d1", "new", "m1", "i1", "3", "0", "yes", "for",
         "open", "speech", "table", "decide", "ask", "2031-03-05T08:00:00Z", "99999", "", "\0", "\u202e")  # fmt: skip
FIELDS = sorted({name for kind in KINDS.values() for group in kind for name in group} | {
    "once", "at", "real", "person", "parts.1", "terms.host", "mandate.tasks.0.what", "mandate.until.hours",
    "until.hours",
    "a.b.c.d.e", ".", "parts.", "kind", "live", "code", "deed",
})  # fmt: skip
VALUES = st.sampled_from(NAMES) | st.text(max_size=12)
SENT = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=6), VALUES, max_size=6)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    who=st.sampled_from([("head", "BOR"), ("chair", "chair"), ("director", ""), ("secretary", "secretary")]),
    kind=st.sampled_from(sorted(KINDS)),
    by=st.sampled_from(["BOR", "chair", "secretary", "director", "ARV"]),
    fields=SENT,
)
def test_whatever_is_sent_the_record_holds(
    live: Live, who: tuple[Role, str], kind: str, by: str, fields: dict[str, str]
) -> None:
    before = live.room.standing
    said = {
        **{name: value for name, value in fields.items() if name not in ("kind", "by")},
        "kind": kind,
        "by": by,
    }
    text = "&".join(
        f"{quote(name, errors='replace')}={quote(value, errors='replace')}" for name, value in said.items()
    )
    answer = sent(
        live,
        *who,
        "POST",
        f"/rooms/{live.room.name}/do",
        text.encode(),
        content_type=FORM,
        accept="application/json",
    )
    assert answer.status in (200, 403, 409, 422, 400), answer.text
    assert live.room.standing.size - before.size in (0, 1)
    for entry in live.room.entries[before.size - 1 :]:
        assert entry.person and entry.at >= before.at


def test_what_came_of_it_all_is_a_record_that_holds(live: Live) -> None:
    """After the tests above, which leave their entries in one room."""
    entries = live.room.storing.now(lambda store: [each.body for each in store.entries(live.room.name)])
    found = replayed(entries)
    assert found.allowed, f"entry {found.amiss}: {found.problem} {entries[found.amiss or 0]}"
    assert found.entries == len(entries)
    for path in ("", "/minutes", "/papers", "/review"):
        assert sent(live, "director", "", "GET", f"/rooms/{live.room.name}{path}").status == 200


def test_scripts_of_pages_keep_nothing_and_make_no_markup_of_texts() -> None:
    scripts = {
        path.name: path.read_text(encoding="utf-8")
        for path in (Path(assets.__file__).parent / "static").glob("*.js")
    }
    assert {"room.js", "morph.js"} <= set(scripts)
    for name, script in scripts.items():
        for word in ("localStorage", "sessionStorage", "indexedDB", "innerHTML", "outerHTML", "insertAdjacentHTML",
                     "document.write", "eval(", "Function(", "__proto__"):  # fmt: skip
            assert word not in script, f"{name}: {word}"
