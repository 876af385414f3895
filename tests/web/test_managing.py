"""People, the director, the review: what is done on their pages, and by whom it is not."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Generator
from html import unescape
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from foedus.council.ledger.head import Head, Signer
from foedus.meeting.bots import BOT
from foedus.web import playing
from foedus.web.accounts import moment
from foedus.web.refused import STATUS
from foedus.web.room import Room
from foedus.web.serving import Made, Settings, made
from tests.web.asgi import Answer
from tests.web.test_doors import Browser, played

ROOM = "/rooms/six-valleys"
CODE = re.compile(r'<code class="code">([0-9A-Z-]{14})</code>')


@pytest.fixture
def hall(tmp_path: Path) -> Generator[Made]:
    ready = made(Settings("six-valleys", db=str(tmp_path / "x.db"), bots=True, bots_every=0))
    yield ready
    ready.close()


def room_of(ready: Made) -> Room:
    return ready.hall.rooms["six-valleys"]


async def entered(ready: Made, app: ASGIApp, role: str, seat: str = "", name: str = "") -> Browser:
    code = await ready.hall.accounts.run(
        lambda people: people.invite("six-valleys", role, seat, now=moment())  # type: ignore[arg-type]
    )
    browser = Browser(app)
    answer = await browser.join(code, name or f"{role} {seat}".strip())
    assert answer.status == 303, answer.text
    return browser


def during(ready: Made, what: Callable[[ASGIApp], Awaitable[None]]) -> None:
    played(ready, what)


async def went(browser: Browser, action: str, **form: str) -> Answer:
    """An action, and the page that one is led to."""
    answer = await browser.post(f"{ROOM}/{action}", **form)
    assert answer.status == 303, answer.text
    return await browser.get(answer.headers["location"])


async def refused(browser: Browser, action: str, code: str, **form: str) -> None:
    answer = await browser._asked("POST", f"{ROOM}/{action}", {"accept": "application/json"}, form)  # type: ignore[reportPrivateUsage]
    assert answer.status == STATUS.get(code, 409) and f'"{code}"' in answer.text, answer.text


def test_the_secretary_makes_codes_that_are_shown_once(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        secretary = await entered(hall, app, "secretary", "secretary")
        page = await went(secretary, "codes", role="adviser", seat="BOR", count="2", hours="1")
        codes = CODE.findall(page.text)
        assert len(codes) == 2 and page.text.count("<svg") >= 2
        again = (await secretary.get(f"{ROOM}/people")).text
        assert not CODE.findall(again) and all(code not in again for code in codes)
        adviser = Browser(app)
        assert (await adviser.join(codes[0], "Olga")).status == 303
        assert "Olga" in (await secretary.get(f"{ROOM}/people")).text
        ident = re.findall(r'name="ident" value="([0-9a-f]+)"', again)
        while ident:
            again = (await went(secretary, "withdraw", ident=ident[0])).text
            ident = re.findall(r'name="ident" value="([0-9a-f]+)"', again)
        assert (await Browser(app).join(codes[1], "Nobody")).status == 403

    during(hall, play)


def test_a_head_answers_for_its_own_delegation_and_no_other(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        head = await entered(hall, app, "head", "BOR", "Bela")
        other = await entered(hall, app, "adviser", "ARV", "Asel")
        page = await went(head, "codes", role="member", seat="BOR")
        (code,) = CODE.findall(page.text)
        member = Browser(app)
        assert (await member.join(code, "Mira")).status == 303
        for role, seat in (
            ("head", "BOR"),
            ("member", "ARV"),
            ("director", ""),
            ("observer", ""),
            ("chair", ""),
        ):
            await refused(head, "codes", "F741", role=role, seat=seat)
        seen = (await head.get(f"{ROOM}/people")).text
        assert "Mira" in seen and "Asel" not in seen
        handles = {
            n: h for h, n in (await hall.hall.accounts.ask(lambda p: dict(p.names("six-valleys")))).items()
        }
        await refused(head, "send-out", "F741", handle=handles["Asel"])
        await refused(head, "rename", "F741", handle=handles["Mira"], name="Mara")
        await went(head, "send-out", handle=handles["Mira"])
        assert not await member.inside()
        assert await other.inside()
        assert (await other.get(f"{ROOM}/people")).status == 404
        await refused(other, "codes", "F741", role="adviser", seat="ARV")

    during(hall, play)


def test_somebody_is_renamed_and_forgotten(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        director = await entered(hall, app, "director", "", "Dora")
        guest = await entered(hall, app, "observer", "", "Olga")
        names = await hall.hall.accounts.ask(lambda p: dict(p.names("six-valleys")))
        handle = next(h for h, name in names.items() if name == "Olga")
        own = next(h for h, name in names.items() if name == "Dora")
        assert "Vera" in (await went(director, "rename", handle=handle, name="Vera")).text
        await refused(director, "rename", "F731", handle=handle, name="\u200b")
        await refused(director, "forget", "F741", handle=own)
        await refused(director, "forget", "F745", handle="nobody")
        await went(director, "forget", handle=handle)
        assert not await guest.inside()
        assert "Vera" not in str(await hall.hall.accounts.ask(lambda p: dict(p.names("six-valleys"))))

    during(hall, play)


def test_ones_own_name_passphrase_and_browsers(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        asel = await entered(hall, app, "head", "ARV", "Asel")
        assert "Aigul" in (await went(asel, "name", name="Aigul")).text
        page = await went(asel, "device")
        (code,) = CODE.findall(page.text)
        phone = Browser(app)
        assert (await phone.join(code, "")).status == 303
        await went(asel, "passphrase", passphrase="a ship of three masts")
        assert not await phone.inside(), "who set a passphrase is the only one in"
        await refused(asel, "passphrase", "F732", passphrase="four other long words", current="wrong")
        await refused(asel, "passphrase", "F733", passphrase="short", current="a ship of three masts")
        await went(asel, "passphrase", passphrase="four other long words", current="a ship of three masts")
        answer = await asel.post(f"{ROOM}/leave-everywhere")
        assert answer.headers["location"] == "/" and not await asel.inside()
        answer = await phone.post(
            "/enter", room="six-valleys", who="Aigul", passphrase="four other long words"
        )
        assert answer.status == 303
        screen = await entered(hall, app, "screen")
        await refused(screen, "name", "F741", name="Me")

    during(hall, play)


async def upload(browser: Browser, text: str) -> Answer:
    body = (
        '--x\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\nContent-Type: text/csv\r\n\r\n'
        f"{text}\r\n--x--\r\n"
    ).encode()
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = await browser._asked("POST", f"{ROOM}/list", kind, body)  # type: ignore[reportPrivateUsage]
    assert answer.status == 303, answer.text
    return await browser.get(answer.headers["location"])


def test_a_list_is_shown_before_anybody_is_invited(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        secretary = await entered(hall, app, "secretary", "secretary")
        page = await upload(secretary, "Name;Delegation\nBela;BOR\nEva;Atlantis\n")
        assert "Atlantis" in page.text and "Invite all" not in page.text
        await refused(secretary, "invite", "F738")
        page = await upload(secretary, "Name;Delegation;Phone\nBela;BOR;1\nEva;EIN;2\n")
        assert "Bela" in page.text and "Phone" in page.text and "Invite all" in page.text
        page = await went(secretary, "invite")
        assert len(CODE.findall(page.text)) == 2
        await refused(secretary, "invite", "F745")
        head = await entered(hall, app, "head", "CAD")
        await refused(head, "list", "F741")

    during(hall, play)


def test_the_director_has_things_come_from_outside(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        room = room_of(hall)
        director = await entered(hall, app, "director")
        page = (await director.get(f"{ROOM}/director")).text
        assert "The snow melts early" in page and "Borland wants" not in page
        await went(director, "words", number="2", title="The snow melts <b>late</b>", text="Two words.")
        page = (await director.get(f"{ROOM}/director")).text
        assert "melts &lt;b&gt;late" in page
        await went(director, "hold", number="1", on="yes")
        assert room.held == {1}
        await went(director, "fire", number="2")
        last = room.entries[-1]
        assert last.inject is not None and last.inject.title == "The snow melts <b>late</b>"
        await refused(director, "fire", "F745", number="2")
        await refused(director, "fire", "F745", number="99")
        await went(director, "make-up", title="A dog barks", text="Far away.")
        assert room.entries[-1].kind == "inject"
        await refused(director, "make-up", "F745", title="")
        chair = await entered(hall, app, "chair", "chair")
        assert (await chair.get(f"{ROOM}/director")).status == 404
        assert (await chair.get(f"{ROOM}/briefs")).status == 404
        await refused(chair, "make-up", "F741", title="A dog barks")
        await refused(chair, "bot", "F741", seat="ARV", on="yes")

    during(hall, play)


def test_a_brief_is_for_its_own_seat(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        last = {
            seat.who: " ".join(seat.brief.split()).rstrip(".").split(". ")[-1] for seat in hall.scenario.seats
        }
        briefs = {who: words[:25] for who, words in last.items()}
        bor = await entered(hall, app, "adviser", "BOR")
        page = (await bor.get(f"{ROOM}/brief")).text
        assert [who for who, words in briefs.items() if words in page] == ["BOR"]
        assert "The Ward goes to Marn" in page, "and what it has in hand"
        observer = await entered(hall, app, "observer")
        assert (await observer.get(f"{ROOM}/brief")).status == 404
        director = await entered(hall, app, "director")
        page = (await director.get(f"{ROOM}/briefs")).text
        assert all(words in " ".join(unescape(page).split()) for words in briefs.values())

    during(hall, play)


def test_bots_play_until_somebody_comes_and_the_director_switches_them(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        room, accounts = room_of(hall), hall.hall.accounts
        assert room.bots is not None
        director = await entered(hall, app, "director")
        await went(director, "bot", seat="ARV", on="no")
        assert "ARV" not in room.bots.on
        await refused(director, "bot", "F745", seat="XXX", on="yes")
        for _ in range(4):
            await playing.once(room, room.bots, accounts)
        done = {(each.by, each.kind) for each in room.entries if each.person == BOT}
        assert ("chair", "meet") in done and not any(by == "ARV" for by, _ in done)
        await went(director, "bot", seat="all", on="yes")
        await playing.once(room, room.bots, accounts)
        assert any(each.by == "ARV" for each in room.entries)
        await entered(hall, app, "chair", "chair")
        before = [each.by for each in room.entries].count("chair")
        for _ in range(5):
            await playing.once(room, room.bots, accounts)
        assert [each.by for each in room.entries].count("chair") == before

    during(hall, play)


def test_bots_wait_until_somebody_is_there(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        del app
        room = room_of(hall)
        assert room.bots is not None
        assert not await playing.once(room, room.bots, hall.hall.accounts)

    during(hall, play)


def test_the_session_ends_is_reviewed_and_signed(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        room = room_of(hall)
        director = await entered(hall, app, "director")
        asel = await entered(hall, app, "head", "ARV")
        assert room.bots is not None
        for _ in range(8):
            await playing.once(room, room.bots, hall.hall.accounts)
        assert "<svg" in (await director.get(f"{ROOM}/review")).text
        page = (await asel.get(f"{ROOM}/review")).text
        assert 'class="timeline"' not in page and "adjourned" in page
        assert (await asel.get(f"{ROOM}/review.csv")).status == 404
        answer = await director.post(f"{ROOM}/do", kind="meet", by="chair", what="adjourn")
        assert answer.status == 303 and room.ended
        assert not await playing.once(room, room.bots, hall.hall.accounts)
        page = (await asel.get(f"{ROOM}/review")).text
        assert 'class="timeline"' in page and "style=" not in page.partition("<main")[2]
        table = (await asel.get(f"{ROOM}/review.csv")).text
        assert table.lstrip("\ufeff").startswith("seat,speeches") and "ARV" in table
        own = Signer.new("ARV")
        signed = own.sign(room.head)
        await refused(asel, "cosign", "F776", note=signed.note(), key=Signer.new("ARV").key.line())
        await refused(asel, "cosign", "F776", note="nonsense", key=own.key.line())
        other = own.sign(Head(room.head.origin, room.head.size, b"x" * 32))
        await refused(asel, "cosign", "F776", note=other.note(), key=own.key.line())
        page = (await went(asel, "cosign", note=signed.note(), key=own.key.line())).text
        assert "ARV" in page and room.head.signed_by(own.key)
        shown = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
        assert shown is not None and Head.read(unescape(shown[1])) == room.head
        assert room.storing.now(lambda store: store.head(room.name)).signed_by(own.key)
        observer = await entered(hall, app, "observer")
        await refused(observer, "cosign", "F741", note=signed.note(), key=own.key.line())

    during(hall, play)


def test_what_there_is_not_is_not_found(hall: Made) -> None:
    async def play(app: ASGIApp) -> None:
        director = await entered(hall, app, "director")
        assert (await director.post(f"{ROOM}/nothing")).status == 404

    during(hall, play)
