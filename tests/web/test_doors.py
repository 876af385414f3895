"""Coming in and going, through the guard, as a browser does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from typing import TypeVar

import pytest
from starlette.types import ASGIApp

from foedus.web.accounts import moment
from foedus.web.assets import address
from foedus.web.cookies import cookie_name
from foedus.web.guard import Guard
from foedus.web.guard import Settings as Guarding
from foedus.web.server import application
from foedus.web.serving import Made, Settings, made
from tests.web.asgi import Answer, acall
from tests.web.asgi import run as in_a_loop

T = TypeVar("T")
PASSPHRASE = "a ship of three masts"


@pytest.fixture
def hall(tmp_path: Path) -> Generator[Made]:
    ready = made(Settings("six-valleys", db=str(tmp_path / "x.db")))
    yield ready
    ready.hall.accounts.close()
    ready.hall.rooms["six-valleys"].storing.close()


def code_for(ready: Made, role: str = "observer", seat: str = "") -> str:
    hall = ready.hall
    return hall.accounts.now(
        lambda people: people.invite("six-valleys", role, seat, now=moment())  # type: ignore[arg-type]
    )


class Browser:
    """Keeps cookies, and sends forms from the server's own pages."""

    def __init__(self, app: ASGIApp, address: str = "127.0.0.1") -> None:
        self.app, self.address, self.cookies = app, address, dict[str, str]()

    async def get(self, path: str, **headers: str) -> Answer:
        return await self._asked("GET", path, headers, b"")

    async def post(self, path: str, **form: str) -> Answer:
        return await self._asked("POST", path, {}, form)

    async def _asked(
        self, method: str, path: str, headers: dict[str, str], body: bytes | dict[str, str]
    ) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = await acall(
            self.app, method, path, {"cookie": cookie, **headers}, body, client=(self.address, 1)
        )
        for each in answer.cookies:
            name, _, value = each.partition(";")[0].partition("=")
            if "Max-Age=0" in each:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer

    async def join(self, code: str, name: str = "Asel") -> Answer:
        return await self.post("/join", code=code, name=name)

    async def inside(self) -> bool:
        return (await self.get("/rooms/six-valleys")).status == 200


def played(ready: Made, what: Callable[[ASGIApp], Awaitable[T]], secure: bool = False) -> T:
    """What is done while the server runs."""

    async def run() -> T:
        inner = application(ready.hall)
        async with inner.router.lifespan_context(inner):
            return await what(Guard(inner, Guarding(secure=secure)))

    return in_a_loop(run())


def test_a_code_lets_in_and_another_browser_stays_out(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        asel, other = Browser(app), Browser(app)
        assert (await asel.get("/")).status == 200
        answer = await asel.join(code_for(hall), "Asel")
        assert (answer.status, answer.headers["location"]) == (303, "/rooms/six-valleys")
        (cookie,) = answer.cookies
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
        assert await asel.inside()
        assert (await other.get("/rooms/six-valleys")).headers["location"] == "/"
        assert (await other.get("/rooms/six-valleys/stream")).status == 401
        assert (await other.post("/rooms/six-valleys/do", kind="vote", by="ARV")).headers["location"] == "/"

    played(hall, play)


def test_a_used_code_and_a_wrong_one_are_told_alike(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        code = code_for(hall)
        assert (await Browser(app).join(code, "Bek")).status == 303
        said = {
            (await Browser(app).join(each, "Cem")).text for each in (code, "0000-0000-0000", "nothing", "")
        }
        assert len(said) == 1
        text = said.pop()
        assert "does not let you in" in text and code not in text

    played(hall, play)


def test_a_script_in_a_name_is_a_name_with_odd_signs(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        name = "<script>alert(1)</script><b>x"
        asel = Browser(app)
        assert (await asel.join(code_for(hall), name)).status == 303
        page = (await asel.get("/rooms/six-valleys")).text
        assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
        shut = await Browser(app).join("0000-0000-0000", '"><script>alert(2)</script>')
        assert "<script>alert" not in shut.text

    played(hall, play)


def test_who_leaves_is_out_and_the_token_is_worth_nothing(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        asel = Browser(app)
        await asel.join(code_for(hall), "Dan")
        thief = Browser(app)
        thief.cookies = dict(asel.cookies)
        answer = await asel.post("/leave")
        assert "storage" in answer.headers["clear-site-data"]
        assert cookie_name(secure=False) not in asel.cookies
        assert not await thief.inside()

    played(hall, play)


def test_coming_in_anew_ends_what_the_browser_was_known_by(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        asel = Browser(app)
        await asel.join(code_for(hall), "Eve")
        before = Browser(app)
        before.cookies = dict(asel.cookies)
        await asel.join(code_for(hall), "Fay")
        assert await asel.inside()
        assert asel.cookies != before.cookies
        assert not await before.inside()

    played(hall, play)


def test_a_passphrase_lets_in_and_is_tried_a_few_times_only(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        await Browser(app).join(code_for(hall), "Gul")
        accounts = hall.hall.accounts
        handle = next(
            person.handle
            for person in await accounts.run(lambda p: p.people("six-valleys"))
            if person.name == "Gul"
        )
        await accounts.run(lambda people: people.set_passphrase(handle, PASSPHRASE))

        async def tried(
            passphrase: str, who: str = "gul", address: str = "192.0.2.1", room: str = "six-valleys"
        ) -> int:
            asked = Browser(app, address)
            return (await asked.post("/enter", room=room, who=who, passphrase=passphrase)).status

        assert await tried(PASSPHRASE) == 303
        assert [await tried("a ship of four masts") for _ in range(6)] == [403] * 4 + [429] * 2
        assert await tried(PASSPHRASE) == 429, "nor the right one, for a while"
        assert await tried(PASSPHRASE, address="192.0.2.2") == 303, "nobody locks out another"
        assert await tried(PASSPHRASE, who="Nobody") == 403
        assert await tried(PASSPHRASE, room="elsewhere\x00") == 403

    played(hall, play)


ELSEWHERE = (
    "https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)",
    "\r\nX: y",
)  # fmt: skip


def test_no_redirect_leads_to_elsewhere(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        for back in ELSEWHERE:
            answer = await Browser(app).post("/language", language="fr", back=back)
            location = answer.headers["location"]
            assert location.startswith("/") and location[1:2] not in ("/", "\\"), back
            assert "\t" not in location and "x" not in answer.headers, back

    played(hall, play)


BESIDE = (
    "../server.py",
    "..%2fserver.py",
    "%2e%2e/x.css",
    "",
    "..",
    "..%5cserver.py",
    "%00.css",
    "room.css%00",
)


def test_nothing_is_served_from_beside_the_static_files(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        assert (await Browser(app).get(address("room.css"))).status == 200
        for name in BESIDE:
            assert (await Browser(app).get(f"/static/{name}")).status == 404, name

    played(hall, play)


def test_a_page_elsewhere_can_send_nothing(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        asel = Browser(app)
        await asel.join(code_for(hall), "Hal")
        for path in ("/leave", "/rooms/six-valleys/do", "/language", "/join", "/enter"):
            answer = await acall(app, "POST", path, {
                "cookie": f"foedus={asel.cookies['foedus']}", "sec-fetch-site": "", "origin": "http://evil.example",
            })  # fmt: skip
            assert (answer.status, "F734" in answer.text) == (403, True)
        assert await asel.inside()

    played(hall, play)


def test_over_https_the_cookie_is_the_hosts_own(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        asel = Browser(app)
        answer = await asel.join(code_for(hall), "Ida")
        assert answer.cookies[0].startswith("__Host-foedus=") and "Secure" in answer.cookies[0]
        assert await asel.inside()
        answer = await asel.post("/language", language="ru", back="/")
        assert all("Secure" in cookie for cookie in answer.cookies)
        assert "max-age=31536000" in answer.headers["strict-transport-security"]

    hall.hall.secure = True
    try:
        played(hall, play, secure=True)
    finally:
        hall.hall.secure = False
