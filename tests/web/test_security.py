"""Whoever is in the room does what is theirs and sees what is theirs, and nothing else: votes, cookies, roles, secrets,
clocks. Each test goes through the guard and the application, as a browser's request does."""

from __future__ import annotations

import asyncio
import io
import json
import re
import sqlite3
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from foedus.council.fields import instant
from foedus.exercise.replay import replayed
from foedus.meeting import clock
from foedus.meeting.access import DOES, MANAGES, SEES
from foedus.meeting.clock import Wall
from foedus.meeting.viewer import OFFICES, ROLES, Role
from foedus.web import logs, tidying
from foedus.web.actions import ACTIONS
from foedus.web.cookies import cookie_name
from foedus.web.guard import MIB, Guard
from foedus.web.guard import Settings as Guarding
from foedus.web.hosts import Hosts
from foedus.web.pages.registry import PAGES
from foedus.web.ready import Quick
from foedus.web.server import application
from foedus.web.serving import Settings, made
from tests.web.asgi import Answer, acall, run
from tests.web.live import Live, plain, voting

SEAT: dict[Role, str] = {
    **dict.fromkeys(("head", "member", "adviser"), "BOR"), **{each: each for each in OFFICES},
    "observer": "", "screen": "", "director": "",
}  # fmt: skip


@pytest.fixture
def live(tmp_path: Path) -> Generator[Live]:
    made_here = Live(tmp_path)
    yield made_here
    made_here.close()


def sent(
    live: Live,
    token: str,
    path: str,
    fields: dict[str, str] | None,
    headers: dict[str, str] | None = None,
    guard: Guard | None = None,
) -> Answer:
    """A request with somebody's cookie."""
    said = {"cookie": f"{cookie_name(secure=False)}={token}", "accept": "application/json", **(headers or {})}
    app = guard or Guard(live.app)
    return live.run(
        acall(app, "GET" if fields is None else "POST", path, said, b"" if fields is None else fields)
    )


def do(live: Live, token: str, fields: dict[str, str], guard: Guard | None = None) -> Answer:
    """A deed, sent as the page's script sends it."""
    return sent(live, token, f"/rooms/{live.room.name}/do", fields, guard=guard)


def bodies(live: Live) -> list[Any]:
    return live.room.storing.now(lambda store: [entry.body for entry in store.entries(live.room.name)])


def vote(by: str, status: str = "for", **more: str) -> dict[str, str]:
    return {"kind": "vote", "by": by, "ballot": "b2", "status": status, **more}


# ---- votes ----


def test_nobody_votes_for_another(live: Live) -> None:
    voting(live)
    size = live.room.standing.size
    for who in ("CAD", "ARV", "chair", "director", ""):
        assert do(live, live.somebody("head", "BOR"), vote(who)).status == 403, who
    assert do(live, "a" * 43, vote("BOR")).status == 401, "a cookie that was never given"
    assert do(live, "", vote("BOR")).status == 401
    assert live.room.standing.size == size, "nothing of it is in the record"


def test_a_vote_sent_again_is_one_vote(live: Live) -> None:
    voting(live)
    size = live.room.standing.size
    head = live.somebody("head", "BOR")
    first = do(live, head, vote("BOR", once="k"))
    assert first.status == 200
    again = do(live, head, vote("BOR", once="k"))
    changed = do(live, head, vote("BOR", "against", once="k"))
    assert first.text == again.text == changed.text, "the key says that it is the same deed"
    assert live.room.standing.size == size + 1
    other = do(live, live.somebody("head", "CAD"), vote("CAD", once="k"))
    assert other.status == 200 and other.text != first.text, "another's key is not one's own"
    assert live.room.standing.size == size + 2


def test_a_vote_sent_ten_times_at_once_is_one_vote(live: Live) -> None:
    voting(live)
    size, head, app = live.room.standing.size, live.somebody("head", "BOR"), Guard(live.app)
    headers = {"cookie": f"{cookie_name(secure=False)}={head}", "accept": "application/json"}

    async def all_at_once() -> list[Answer]:
        address = f"/rooms/{live.room.name}/do"
        calls = [acall(app, "POST", address, headers, vote("BOR", once="k")) for _ in range(10)]
        return await asyncio.gather(*calls)

    answers = live.run(all_at_once())
    assert {answer.text for answer in answers} == {json.dumps({"entry": size}, separators=(",", ":"))}
    assert live.room.standing.size == size + 1


def test_who_goes_away_while_the_vote_is_written_has_voted_once(live: Live) -> None:
    voting(live)
    size, head, app = live.room.standing.size, live.somebody("head", "BOR"), live.app
    headers = {"cookie": f"{cookie_name(secure=False)}={head}", "accept": "application/json"}

    async def cut_off() -> Answer:
        address = f"/rooms/{live.room.name}/do"
        first = asyncio.ensure_future(acall(app, "POST", address, headers, vote("BOR", once="k")))
        while not live.room._under_way and not first.done():  # pyright: ignore[reportPrivateUsage]
            await asyncio.sleep(0)
        first.cancel()
        return await acall(app, "POST", address, headers, vote("BOR", once="k"))

    assert live.run(cut_off()).status == 200
    assert live.room.standing.size == size + 1


def test_nobody_votes_after_being_sent_out(live: Live) -> None:
    voting(live)
    head, accounts = live.somebody("head", "BOR"), live.ready.hall.accounts
    assert do(live, head, vote("BOR", once="1")).status == 200
    size = live.room.standing.size
    (gone,) = accounts.now(
        lambda people: [each for each in people.people(live.room.name) if each.seat == "BOR"]
    )
    secretary = live.somebody("secretary", "secretary")
    away = sent(live, secretary, f"/rooms/{live.room.name}/send-out", {"handle": gone.handle})
    assert away.status == 200, away.text
    assert do(live, head, vote("BOR", "against", once="2")).status == 401
    assert live.room.standing.size == size


# ---- roles: all of them, against the table ----


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_what_the_table_has_and_nothing_else(live: Live, role: Role) -> None:
    live.ready.hall.refused.burst = 1_000.0
    token = live.somebody(role, SEAT[role])
    for kind, reaches in DOES.items():
        own, before = SEAT[role] or ("director" if role == "director" else ""), live.room.standing.size
        reach = reaches.get(role)
        answer = sent(live, token, f"/rooms/{live.room.name}/do", {"kind": kind, "by": own})
        assert (answer.status == 403) == (reach in (None, "aloud")), f"{role} {kind}: {answer.text}"
        if answer.status == 403:
            assert live.room.standing.size == before
        for other in ("CAD", "chair", "secretary", "director", "nobody", "*", "BOR"):
            if reach == "all" or other == own or (role == "chair" and reach == "own" and other == own):
                continue
            forged = sent(live, token, f"/rooms/{live.room.name}/do", {"kind": kind, "by": other})
            assert forged.status == 403, f"{role} {kind} by {other}"
    for kind in ("inject", "refused", "session", "end", "", "<script>", "vote\0", "step "):
        assert do(live, token, {"kind": kind, "by": SEAT[role]}).status == 403, kind
    assert replayed(bodies(live)).allowed


@pytest.mark.parametrize("role", ROLES)
def test_each_role_manages_what_the_table_has_and_nothing_else(live: Live, role: Role) -> None:
    token = live.somebody(role, SEAT[role])
    for name, action in ACTIONS.items():
        if role in MANAGES[action.needs]:
            continue
        answer = sent(live, token, f"/rooms/{live.room.name}/{name}", {"handle": "x"})
        assert answer.status == 403, f"{role} {name}"
    assert sent(live, token, f"/rooms/{live.room.name}/nothing", {}).status == 404


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_the_pages_that_the_table_has_and_no_other(live: Live, role: Role) -> None:
    token = live.somebody(role, SEAT[role])
    for name, page in PAGES.items():
        for headers in ({}, {"x-part": "main"}):
            answer = sent(live, token, f"/rooms/{live.room.name}/{name}".rstrip("/"), None, headers)
            seen = role in SEES[page.sight]
            assert (answer.status in (200, 303)) == seen, f"{role} {name}: {answer.status}"


def test_a_room_is_not_entered_with_the_cookie_of_another(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = Live(tmp_path / "a"), Live(tmp_path / "b", "kazakhstan-2022")
    token = one.somebody("head", "BOR")
    for path in ("", "/papers", "/minutes", "/stream", "/get/record.zip", "/do"):
        answer = sent(other, token, f"/rooms/{other.room.name}{path}", {} if path == "/do" else None)
        assert answer.status in (303, 401), path
        crossed = sent(one, token, f"/rooms/{other.room.name}{path}", {} if path == "/do" else None)
        assert crossed.status in (303, 401), path
        assert "location" not in crossed.headers or crossed.headers["location"] == "/"
    one.close()
    other.close()


# ---- other sites ----


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "", "origin": "http://evil.example"}, {"sec-fetch-site": "", "origin": "null"},
        {"sec-fetch-site": "", "referer": "http://evil.example/localhost:8000"}, {"sec-fetch-site": ""},
        {"sec-fetch-site": "", "origin": "http://localhost:8000.evil.example"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["do", "papers", "send-out", "passphrase"])
def test_another_site_does_nothing(live: Live, headers: dict[str, str], path: str) -> None:
    voting(live)
    size = live.room.standing.size
    answer = sent(live, live.somebody("head", "BOR"), f"/rooms/{live.room.name}/{path}", vote("BOR"), headers)
    assert (answer.status, live.room.standing.size) == (403, size)


def test_twenty_megabytes_are_refused_and_kept_nowhere(live: Live) -> None:
    token = live.somebody("head", "BOR")
    headers = {
        "cookie": f"{cookie_name(secure=False)}={token}", "content-type": "multipart/form-data; boundary=x",
    }  # fmt: skip
    start = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    for path in ("papers", "do"):
        if path == "do":  # there a file is refused at once, so it comes as a field
            headers["content-type"], start = "application/x-www-form-urlencoded", b"text="
        pieces = [start, *(b"a" * MIB for _ in range(20)), b"\r\n--x--\r\n"]
        answer = live.run(acall(Guard(live.app), "POST", f"/rooms/{live.room.name}/{path}", headers, pieces))
        assert answer.status == 413
    assert live.room.standing.size == 1
    assert live.ready.hall.papers.now(lambda papers: papers.kinds(live.room.name)) == {}


# ---- too much ----


def test_a_browser_acts_twenty_times_at_once_and_others_are_not_kept_waiting(live: Live) -> None:
    guard = Guard(live.app, clock=lambda: 0.0)
    head = live.somebody("head", "BOR")
    statuses = [do(live, head, {"kind": "nothing", "by": "BOR"}, guard).status for _ in range(25)]
    assert statuses == [403] * 20 + [429] * 5
    assert do(live, live.somebody("head", "CAD"), {"kind": "nothing", "by": "CAD"}, guard).status == 403


def test_refused_deeds_do_not_fill_the_record(live: Live) -> None:
    head = live.somebody("head", "BOR")
    statuses = [do(live, head, {"kind": "ask", "by": "BOR", "what": "speech"}).status for _ in range(40)]
    assert statuses[:30] == [409] * 30
    assert set(statuses[31:]) == {429}
    assert live.room.standing.size <= 32
    voting(live)
    assert do(live, live.somebody("head", "CAD"), vote("CAD")).status == 200, "others go on"


# ---- secrets ----


def test_no_secret_is_in_the_record_or_the_stream(live: Live, tmp_path: Path) -> None:
    hall = live.ready.hall
    now = datetime.now(UTC)
    code = hall.accounts.now(lambda people: people.invite(live.room.name, "head", "CAD", now=now))
    viewer, token = hall.accounts.now(lambda people: people.join(code, "Zebulon Quist", now=now))
    phrase = "correct horse battery staple"
    hall.accounts.now(lambda people: people.set_passphrase(viewer.handle, phrase))
    voting(live)
    assert do(live, token, vote("CAD", once="a-key-of-a-form")).status == 200
    paper = {"by": "CAD", "title": "A paper", "words": "Words of a paper.", "sort": "letter"}
    assert sent(live, token, f"/rooms/{live.room.name}/papers", paper).status in (200, 409)
    briefs = [line for seat in live.room.scenario.seats for line in seat.brief.split("\n") if len(line) > 20]
    assert briefs
    given = [each[3] for each in live.ready.codes]
    secrets = [
        code, code.replace("-", ""), token, phrase, "Zebulon", "Words of a paper", "a-key-of-a-form",
        *given, *live.people.values(), *briefs,
    ]  # fmt: skip
    with sqlite3.connect(tmp_path / "room.db") as raw:
        record = b"".join(bytes(row[0]) for row in raw.execute("SELECT line FROM entries"))
        heads = "".join(row[0] for row in raw.execute("SELECT note FROM heads")).encode()
        visits = str(
            raw.execute("SELECT * FROM visits").fetchall() + raw.execute("SELECT * FROM codes").fetchall()
        )
    raw.close()
    assert viewer.handle.encode() in record
    for secret in secrets:
        assert secret.encode() not in record + heads, secret
    for secret in (code, token, phrase, *given, *live.people.values()):
        assert secret not in visits, "the tables have hashes"

    async def streamed() -> bytes:
        scope: dict[str, Any] = {
            "type": "http", "method": "GET", "path": f"/rooms/{live.room.name}/stream", "query_string": b"",
            "headers": [(b"cookie", f"{cookie_name(secure=False)}={token}".encode())], "raw_path": b"",
            "http_version": "1.1", "scheme": "http", "server": ("x", 1), "client": ("x", 1), "root_path": "",
        }  # fmt: skip
        came: list[bytes] = []
        gone = asyncio.Event()

        async def receive() -> dict[str, Any]:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            came.append(message.get("body", b""))

        task = asyncio.ensure_future(live.app(scope, receive, send))
        headers = {"cookie": f"{cookie_name(secure=False)}={token}", "accept": "application/json"}
        await acall(live.app, "POST", f"/rooms/{live.room.name}/do", headers, vote("CAD", "against"))
        while sum(piece.count(b"data") for piece in came) < 2:
            await asyncio.sleep(0.01)
        gone.set()
        await task
        return b"".join(came)

    text = live.run(streamed()).decode()
    assert re.fullmatch(r"retry: 1000\n(data: \d+\n\n|: \n\n)+", text), text


# ---- hidden votes ----


class Still(datetime):
    """A clock on the wall that stands."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return datetime(2031, 3, 4, 8, tzinfo=tz)


def test_a_hidden_vote_changes_nothing_that_others_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two rooms alike but for how Borland voted: before the close every page of everybody else is the same in both."""
    monkeypatch.setattr(clock, "datetime", Still)
    rooms: list[Live] = []
    for name, said in (("one", "for"), ("two", "against")):
        (tmp_path / name).mkdir()
        live = Live(tmp_path / name)
        rooms.append(live)
        live.acts("meet", "chair", what="open")
        voting(live)
        live.acts("manner", "chair", ballot="b2", what="recorded", hidden="yes")
        for role in ROLES:
            live.somebody(role, SEAT[role])
        assert do(live, live.somebody("head", "BOR"), vote("BOR", said)).status == 200
    own = [told(live.page("head", "BOR"), live) for live in rooms]
    assert own[0] != own[1], "one sees one's own vote"
    viewers: list[tuple[Role, str]] = [(role, SEAT[role]) for role in ROLES if SEAT[role] != "BOR"]
    for role, seat in [*viewers, ("head", "CAD"), ("member", "ARV")]:
        for path in (
            "",
            "/minutes",
            "/replay",
            "/review",
            "/director",
            "/screen",
            "/matter",
            "/get/minutes.md",
        ):
            answers = [live.asked(role, seat, "GET", path) for live in rooms]
            assert answers[0].status == answers[1].status
            assert told(answers[0].text, rooms[0]) == told(answers[1].text, rooms[1]), f"{role} {path}"
    for live in rooms:
        live.close()


def told(html: str, live: Live) -> str:
    """A page without what differs between any two rooms: keys, hashes, handles."""
    text = plain(html)
    handles = live.ready.hall.accounts.now(
        lambda people: [each.handle for each in people.people(live.room.name)]
    )
    text = re.sub("|".join(handles), "HANDLE", text)
    text = re.sub(r"[0-9a-f]{64}|[A-Za-z0-9+/]{40,}={0,2}", "HASH", text)
    text = re.sub(r"\+[0-9a-f]{8}\+?", "+KEY", text)
    return re.sub(r'data-real="\d+"', "", text)


# ---- the clock ----


class Back(datetime):
    """A clock on the wall that was set back by a year."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return datetime.now(tz) - timedelta(days=366)


def test_a_clock_that_is_set_back_between_two_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Live(tmp_path)
    voting(first)
    first.passes(30)
    assert first.does("chair", "chair", "close", ballot="b2")["status"] == 200
    before, deadline = first.room.standing, first.room.standing.state.ballots["b2"]
    last = bodies(first)[-1]
    first.close()
    monkeypatch.setattr(clock, "datetime", Back)
    later = made(Settings("six-valleys", db=str(tmp_path / "room.db"), pace=3600))
    room = later.hall.rooms["six-valleys"]
    assert room.wall.now() >= before.real and room.now() >= before.at
    assert deadline.came is not None and room.standing.state.ballots["b2"].came is not None, (
        "it does not open again"
    )

    async def goes_on() -> None:
        room.open()
        await room.act(
            lambda at: {
                "kind": "meet",
                "by": "chair",
                "what": "open",
                "at": instant(at),
            },
            "",
        )
        await room.close()

    asyncio.run(goes_on())
    after = room.storing.now(lambda store: [entry.body for entry in store.entries("six-valleys")])
    assert after[-1]["real"] >= last["real"] and after[-1]["at"] >= last["at"]
    assert replayed(after).allowed
    later.close()


def test_a_clock_that_is_set_back_during_a_session(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    voting(live)
    live.passes(1)
    before = live.room.now()
    monkeypatch.setattr(clock, "datetime", Back)
    assert live.room.now() == before, "the clock on the wall is not asked again"
    live.seconds -= 10_000  # and a clock that should never go back
    assert live.room.now() >= live.room.standing.at
    for who in ("BOR", "CAD"):
        do(live, live.somebody("head", who), vote(who))
    stamps = [(body["real"], body["at"]) for body in bodies(live) if "real" in body]
    assert stamps == sorted(stamps)
    assert replayed(bodies(live)).allowed


@pytest.mark.parametrize("ticks", [[0.0, 5.0, 3.0, 1.0, 9.0]])
def test_a_wall_never_goes_back_of_itself(ticks: list[float]) -> None:
    left = iter(ticks)
    wall = Wall(datetime(2031, 3, 4, tzinfo=UTC), lambda: next(left))
    seen = [wall.now() for _ in ticks[1:]]
    assert seen == sorted(seen)


# ---- what is left behind ----


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    live = Live(tmp_path)
    live.acts("meet", "chair", what="open")
    files = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()}
    assert {"room.db", "room.db.key", "room.db-wal"} <= set(files)
    assert {name for name, others in files.items() if others} <= {"room.db.lock"}
    live.close()


def test_what_is_over_is_taken_away(live: Live) -> None:
    hall = live.ready.hall
    long_ago = datetime.now(UTC) - timedelta(days=60)
    hall.accounts.now(lambda people: people.invite(live.room.name, "head", "CAD", now=long_ago))
    count = len(hall.accounts.now(lambda people: people.invites(live.room.name)))
    live.run(tidying.once(hall))
    assert len(hall.accounts.now(lambda people: people.invites(live.room.name))) == count - 1


def test_the_log_says_who_was_refused_and_no_secret(live: Live, tmp_path: Path) -> None:
    file, aloud = tmp_path / "log", io.StringIO()
    handlers = logs.to(file, aloud)
    try:
        code = live.ready.hall.accounts.now(
            lambda people: people.invite(live.room.name, "head", "CAD", now=datetime.now(UTC))
        )
        _, token = live.ready.hall.accounts.now(
            lambda people: people.join(code, "Zebulon", now=datetime.now(UTC))
        )
        assert do(live, token, vote("BOR\nforged line")).status == 403
        assert do(live, token, vote("BOR"), None).status == 403
    finally:
        logs.no_longer(handlers)
    text = file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0
    assert "may not vote for BOR" in text and "came in" in text
    assert "may not vote" in aloud.getvalue() and "came in" not in aloud.getvalue()
    for secret in (code, token, "Zebulon"):
        assert secret not in text
    assert all(
        re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (INFO|WARNING) ", line) for line in text.splitlines()
    )


def test_behind_a_proxy_with_https_cookies_go_over_https_only(tmp_path: Path) -> None:
    ready = made(Settings("six-valleys", db=str(tmp_path / "room.db"), https=True))
    hall = ready.hall
    assert hall.secure
    app = Quick(Guard(application(hall), Guarding(Hosts.of("127.0.0.1"), secure=True)), hall)
    code = next(each[3] for each in ready.codes)
    headers = {"origin": "https://localhost:8000", "sec-fetch-site": ""}

    async def play() -> tuple[Answer, Answer, Answer]:
        room = next(iter(hall.rooms.values()))
        room.open()
        joined = await acall(app, "POST", "/join", headers, {"code": code, "name": "Asel"})
        (cookie,) = (each for each in joined.cookies if "__Host-" in each)
        asked = {"cookie": cookie.partition(";")[0], "x-part": "main"}
        first = await acall(app, "GET", f"/rooms/{room.name}/screen", asked)
        again = await acall(app, "GET", f"/rooms/{room.name}/screen", asked)
        await room.close()
        return joined, first, again

    joined, *parts = run(play())
    (cookie,) = (each for each in joined.cookies if "__Host-" in each)
    assert "Secure" in cookie and "HttpOnly" in cookie
    for part in parts:
        assert part.status == 200
        assert part.headers["strict-transport-security"].startswith("max-age=31536000")
    ready.close()
