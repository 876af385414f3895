"""The guard: what it lets through untouched, and what it refuses before the room sees it."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.web.cookies import set_cookie
from foedus.web.guard import KIB, MIB, MOST_SENT, Guard, Rate, Settings
from foedus.web.headers import HEADERS
from foedus.web.hosts import Hosts
from foedus.web.refused import HANDLERS
from tests.web.asgi import Answer, acall, call
from tests.web.asgi import run as in_a_loop


class Clock:
    """A clock that stands still unless it is moved."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


async def echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def form(request: Request) -> Response:
    return JSONResponse({name: str(value) for name, value in (await request.form()).items()})


async def broken(request: Request) -> Response:
    raise RuntimeError("the secret is 42")


async def refusing(request: Request) -> Response:
    raise Refused(Problem("F730", NOWHERE))


async def stream(request: Request) -> Response:
    async def numbers() -> AsyncIterator[str]:
        for n in range(3):
            yield f"data: {n}\n\n"

    return StreamingResponse(numbers(), media_type="text/event-stream")


async def half(request: Request) -> Response:
    async def pieces() -> AsyncIterator[str]:
        yield "half"
        raise RuntimeError("the secret is 42")

    return StreamingResponse(pieces())


ROUTES = [
    Route("/", echo, methods=["GET", "POST"]),
    Route("/form", form, methods=["POST"]),
    Route("/broken", broken),
    Route("/half", half),
    Route("/join/{code}", refusing, methods=["GET", "POST"]),
    Route("/rooms/r/stream", stream),
    Route("/rooms/r/papers", echo, methods=["POST"]),
    Route("/static/room.0123abcd.js", echo),
]


def app(settings: Settings | None = None, clock: Clock | None = None) -> Guard:
    room = Starlette(routes=ROUTES, exception_handlers=HANDLERS)  # type: ignore[arg-type]
    return Guard(room, settings, clock or Clock())


def code_in(answer: Answer) -> str:
    found = re.search("F7[0-9]{2}", answer.text)
    return found[0] if found else ""


# ---- what every answer carries ----


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200), ("GET", "/nowhere", 404), ("DELETE", "/", 405), ("GET", "/broken", 500),
        ("GET", "/join/x", 403), ("GET", "/rooms/r/stream", 200), ("HEAD", "/", 200), ("OPTIONS", "/", 405),
        ("TRACE", "/", 405),
    ],
)  # fmt: skip
def test_every_answer_carries_the_headers(
    method: str, path: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    answer = call(app(), method, path)
    assert answer.status == status
    for name, value in HEADERS.items():
        assert answer.headers[name.decode()] == value.decode()
    assert answer.headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in answer.headers
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy


def test_what_is_named_by_its_content_lasts() -> None:
    assert "immutable" in call(app(), "GET", "/static/room.0123abcd.js").headers["cache-control"]
    assert call(app(), "GET", "/static/other.0123abcd.js").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("settings", [Settings(secure=True), Settings()])
def test_over_https_browsers_are_told_to_stay_there(settings: Settings) -> None:
    answer = call(app(settings), "GET", "/", scheme="http" if settings.secure else "https")
    assert "max-age=31536000" in answer.headers["strict-transport-security"]


def test_a_stream_goes_through_piece_by_piece() -> None:
    came: list[Mapping[str, Any]] = []

    async def run() -> None:
        async def receive() -> Any:
            await asyncio.Event().wait()

        async def send(message: Any) -> None:
            came.append(message)

        async def room(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            for n in range(3):
                await send({"type": "http.response.body", "body": b"%d" % n, "more_body": True})
                assert came[-1]["body"] == b"%d" % n, "it does not wait for the rest"
            await send({"type": "http.response.body", "body": b""})

        scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", b"localhost")]}
        await Guard(room)(scope, receive, send)

    in_a_loop(run())
    assert [message["type"] for message in came] == ["http.response.start", *["http.response.body"] * 4]


def test_what_is_no_request_goes_through() -> None:
    seen: list[str] = []

    async def room(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    async def no(*_: Any) -> Any:
        sent.append(_[0])

    sent: list[Any] = []
    in_a_loop(Guard(room)({"type": "lifespan"}, no, no))
    in_a_loop(Guard(room)({"type": "websocket", "path": "/", "headers": []}, no, no))
    assert seen == ["lifespan"]
    assert sent == [{"type": "websocket.close", "code": 1008}]


# ---- names of the server ----


@pytest.mark.parametrize(
    ("bound", "further", "host", "known"),
    [
        ("127.0.0.1", (), "localhost:8000", True),
        ("127.0.0.1", (), "LOCALHOST", True),
        ("127.0.0.1", (), "127.0.0.1:1", True),
        ("127.0.0.1", (), "[::1]:8000", True),
        ("127.0.0.1", (), "192.0.2.7:8000", False),
        ("127.0.0.1", (), "evil.example", False),
        ("127.0.0.1", (), "localhost.evil.example", False),
        ("127.0.0.1", (), "localhost:8000@evil.example", False),
        ("127.0.0.1", (), "localhost\r\nx: y", False),
        ("127.0.0.1", (), "", False),
        ("192.0.2.7", (), "192.0.2.7:8000", True),
        ("2001:db8::7", (), "[2001:db8::7]:8000", True),
        ("0.0.0.0", (), "192.0.2.7", True),
        ("0.0.0.0", (), "[2001:db8::7]", True),
        ("0.0.0.0", (), "evil.example", False),
        ("::", (), "999.0.2.7", False),
        ("0.0.0.0", ("Council.Example.",), "council.example:8000", True),
        ("0.0.0.0", ("council.example",), "council.example.", True),
    ],
)  # fmt: skip
def test_the_server_answers_to_its_names_only(
    bound: str, further: tuple[str, ...], host: str, known: bool
) -> None:
    answer = call(app(Settings(Hosts.of(bound, further))), "GET", "/", {"host": host})
    assert (answer.status, code_in(answer)) == ((200, "") if known else (421, "F735"))


# ---- requests from other pages ----

OWN = "http://localhost:8000"
FOREIGN = "http://evil.example"


@pytest.mark.parametrize(
    ("headers", "fine"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": OWN}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, False),
        ({"sec-fetch-site": "", "origin": OWN}, True),
        ({"sec-fetch-site": "", "origin": "https://localhost:8000"}, False),
        ({"sec-fetch-site": "", "origin": "http://localhost:8001"}, False),
        ({"sec-fetch-site": "", "origin": "http://localhost"}, False),
        ({"sec-fetch-site": "", "origin": "null"}, False),
        ({"sec-fetch-site": "", "origin": FOREIGN, "referer": f"{OWN}/"}, False),
        ({"sec-fetch-site": "", "referer": f"{OWN}/rooms/r"}, True),
        ({"sec-fetch-site": "", "referer": f"{FOREIGN}/?{OWN}"}, False),
        ({"sec-fetch-site": "", "referer": "http://localhost:8000.evil.example/"}, False),
        ({"sec-fetch-site": "", "referer": "http://[bad"}, False),
        ({"sec-fetch-site": ""}, False),
    ],
)
def test_what_changes_something_comes_from_a_page_of_ours(headers: dict[str, str], fine: bool) -> None:
    answer = call(app(), "POST", "/", headers)
    assert (answer.status, code_in(answer)) == ((200, "") if fine else (403, "F734"))


@pytest.mark.parametrize(
    ("headers", "fine"),
    [
        ({}, True),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, True),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, False),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, False),
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, True),
        ({"origin": FOREIGN}, True),
    ],
)
def test_what_only_reads_is_not_for_other_sites_scripts(headers: dict[str, str], fine: bool) -> None:
    answer = call(app(), "GET", "/", headers)
    assert answer.status == (200 if fine else 403)
    assert "access-control-allow-origin" not in answer.headers


def test_behind_a_proxy_the_own_origin_is_https() -> None:
    secure = app(Settings(secure=True))
    for origin, status in (("https://localhost:8000", 200), (OWN, 403)):
        assert call(secure, "POST", "/", {"sec-fetch-site": "", "origin": origin}).status == status


# ---- how much ----


def test_what_says_that_it_is_too_large_is_refused_before_it_is_read() -> None:
    room: list[str] = []

    async def never(scope: Any, receive: Any, send: Any) -> None:
        room.append("called")

    answer = call(Guard(never), "POST", "/", {"content-length": str(20 * MIB)}, b"x")
    assert (answer.status, code_in(answer), room) == (413, "F736", [])
    assert answer.headers["connection"] == "close"
    for length in ("-1", "1e3", "٣", "0x10", "9" * 5000):
        assert (
            call(Guard(never), "POST", "/", {"content-length": length.encode().decode("latin-1")}).status
            == 413
        )


@pytest.mark.parametrize(
    ("path", "most"), [("/", MOST_SENT), ("/form", MOST_SENT), ("/rooms/r/papers", 10 * MIB)]
)
def test_what_is_too_large_is_refused_while_it_is_read(path: str, most: int) -> None:
    guard = app()
    read = 0

    def pieces(size: int) -> Any:
        nonlocal read
        for _ in range(0, size, 64 * KIB):
            read += 1
            yield b"a" * min(64 * KIB, size)

    form_type = {"content-type": "application/x-www-form-urlencoded"}
    assert call(guard, "POST", path, form_type, pieces(most)).status == 200
    answer = call(guard, "POST", path, form_type, pieces(most + 64 * KIB))
    assert (answer.status, code_in(answer)) == (413, "F736")
    assert "secret" not in answer.text


def test_the_refusal_is_ours_whatever_the_room_says_of_it() -> None:
    async def failed(request: Request, error: Exception) -> Response:
        return PlainTextResponse("something failed", 500)

    for handlers in ({}, {Exception: failed}, {Refused: failed}, {Exception: failed, Refused: failed}):
        room = Starlette(routes=ROUTES, exception_handlers=handlers)  # type: ignore[arg-type]
        answer = call(Guard(room), "POST", "/", {}, [b"x" * MOST_SENT, b"x"])
        assert (answer.status, code_in(answer)) == (413, "F736")


def test_what_goes_on_being_sent_is_thrown_away_up_to_a_point() -> None:
    sent = 0

    def endless() -> Any:
        nonlocal sent
        while True:
            sent += 1
            yield b"x" * MIB

    assert call(app(), "POST", "/", {}, endless()).status == 413
    assert sent < 40


def test_whoever_asks_before_sending_is_told_at_once() -> None:
    sent = 0

    def endless() -> Any:
        nonlocal sent
        while True:
            sent += 1
            yield b"x" * MIB

    answer = call(app(), "POST", "/", {"expect": "100-continue", "content-length": str(20 * MIB)}, endless())
    assert answer.status == 413
    assert sent == 1


def test_what_stops_half_way_is_let_go() -> None:
    async def run() -> Answer:
        guard = app(Settings(patience=0.01))
        came: list[Any] = []

        async def receive() -> Any:
            if not came_once:
                came_once.append(1)
                return {"type": "http.request", "body": b"half", "more_body": True}
            return await asyncio.Event().wait()

        async def send(message: Any) -> None:
            came.append(message)

        came_once: list[int] = []
        headers = [(b"host", b"localhost"), (b"sec-fetch-site", b"same-origin"), (b"expect", b"100-continue")]
        scope = {
            "type": "http", "method": "POST", "path": "/", "raw_path": b"/", "query_string": b"", "scheme": "http",
            "headers": headers, "client": ("127.0.0.1", 1), "server": None, "root_path": "",
        }  # fmt: skip
        await guard(scope, receive, send)
        return Answer(came[0]["status"], {}, b"".join(message.get("body", b"") for message in came))

    answer = in_a_loop(run())
    assert (answer.status, code_in(answer)) == (408, "F744")


def test_long_addresses_and_headers_are_refused() -> None:
    assert call(app(), "GET", "/" + "a" * 9000).status == 413
    assert call(app(), "GET", "/?" + "a" * 9000).status == 413
    assert call(app(), "GET", "/", {"x": "a" * 40_000}).status == 413


# ---- how often ----


def test_codes_that_do_not_fit_are_counted_by_address() -> None:
    clock = Clock()
    guard = app(clock=clock)
    assert [call(guard, "GET", "/join/x").status for _ in range(12)] == [403] * 10 + [429] * 2
    refused = call(guard, "POST", "/join/x")
    assert (refused.status, refused.headers["retry-after"], code_in(refused)) == (429, "6", "F737")
    assert call(guard, "GET", "/join/x", client=("192.0.2.9", 1)).status == 403
    clock.at += 6
    assert [call(guard, "GET", "/join/x").status for _ in range(2)] == [403, 429]


def test_an_address_of_the_new_kind_counts_by_its_household() -> None:
    guard = app()
    said = [call(guard, "GET", "/join/x", client=(f"2001:db8::{n}", 1)).status for n in range(1, 13)]
    assert said == [403] * 10 + [429] * 2


def test_people_behind_one_address_come_in_together() -> None:
    async def lets_in(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 303, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    guard = Guard(lets_in, clock=Clock())
    assert {call(guard, "GET", "/join/x").status for _ in range(50)} == {303}


def test_a_browser_acts_so_often_and_no_other_is_held_up() -> None:
    clock = Clock()
    guard = app(clock=clock)
    mine, other = (
        {"cookie": set_cookie(token, secure=False).partition(";")[0]} for token in ("mine", "other")
    )
    assert [call(guard, "POST", "/", mine).status for _ in range(22)] == [200] * 20 + [429] * 2
    assert call(guard, "POST", "/", other).status == 200
    assert call(guard, "GET", "/", mine).status == 200
    clock.at += 1
    assert [call(guard, "POST", "/", mine).status for _ in range(6)] == [200] * 5 + [429]


def test_without_a_cookie_one_counts_by_address_whatever_is_put_into_it() -> None:
    guard = app()
    for n in range(20):
        call(guard, "POST", "/", {"cookie": f"foedus=bad value {n}; foedus={n}; x={n}"})
    assert call(guard, "POST", "/", {"cookie": "foedus=a; foedus=b"}).status == 429


def test_limits_are_a_table() -> None:
    rate = Rate("all", frozenset({"GET"}), re.compile(".*"), "address", 1, 1)
    guard = app(Settings(rates=(rate,)))
    assert [call(guard, "GET", "/").status, call(guard, "GET", "/").status] == [200, 429]


# ---- how it is said ----


def test_a_mistake_inside_tells_nothing_but_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    for room in (
        Starlette(routes=ROUTES, exception_handlers=HANDLERS),
        Starlette(routes=ROUTES),
        broken_room,
    ):  # type: ignore[arg-type]
        caplog.clear()
        with caplog.at_level(logging.ERROR, "foedus.web"):
            answer = call(Guard(room), "GET", "/broken")
        assert answer.status == 500
        assert "secret" not in answer.text and "Traceback" not in answer.text
        assert [record.levelname for record in caplog.records] == ["ERROR"]
        assert "the secret is 42" in caplog.text


async def broken_room(scope: Any, receive: Any, send: Any) -> None:
    raise RuntimeError("the secret is 42")


def test_a_mistake_in_the_middle_of_an_answer_cuts_it_off() -> None:
    with pytest.raises(RuntimeError):
        call(app(), "GET", "/half")


def test_the_log_is_told_of_refusals_and_of_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    guard = app()
    call(guard, "GET", "/join/SECR-ETSE-CRET?code=SECRET")
    call(guard, "POST", "/", {"sec-fetch-site": "cross-site", "cookie": "foedus=SECRET"})
    call(guard, "GET", "/\r\nforged line\x1b[31m/x", {"host": "evil.example"})
    call(guard, "GET", "/")
    assert [record.getMessage() for record in caplog.records] == [
        "403 GET /join refused to 127.0.0.1 ",
        "403 POST / refused to 127.0.0.1 F734",
        "421 GET /␍␊forged line␛[31m refused to 127.0.0.1 F735",
    ]


def test_a_refusal_is_told_as_who_asks_reads_it() -> None:
    page = call(app(), "GET", "/join/x", {"accept": "text/html", "accept-language": "ru, en;q=0.5"})
    assert page.headers["content-type"].startswith("text/html")
    assert '<html lang="ru">' in page.text
    assert "<script" not in page.text and "<style" not in page.text and "style=" not in page.text
    told = call(app(), "GET", "/join/x", {"accept": "application/json"})
    assert told.headers["content-type"] == "application/json"
    assert json.loads(told.text).keys() == {"code", "title", "help", "article"}
    assert json.loads(told.text)["code"] == "F730"


def test_a_page_quotes_as_pages_do() -> None:
    page = call(app(), "GET", "/", {"host": "evil.example"}).text
    assert "the name “evil.example”" in page and "`" not in page


def test_what_was_sent_stands_in_no_refusal_as_markup() -> None:
    answer = call(app(), "GET", "/", {"host": "<script>alert(1)</script>"})
    assert answer.status == 421
    assert "<script" not in answer.text


def test_two_requests_at_once_do_not_mix() -> None:
    async def run() -> list[int]:
        guard = app()
        asked = [acall(guard, "POST", "/", {}, [b"a" * n, b"b" * n]) for n in range(5)]
        return [int(answer.text) for answer in await asyncio.gather(*asked)]

    assert in_a_loop(run()) == [0, 2, 4, 6, 8]
