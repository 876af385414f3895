"""How people come in, and go: by a code, by name and passphrase; in which language they read."""

from __future__ import annotations

import asyncio
import time
from math import ceil

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.web.accounts import moment
from foedus.web.codes import digest
from foedus.web.cookies import drop_cookie, set_cookie
from foedus.web.hall import Hall, hall_of
from foedus.web.limits import address_key
from foedus.web.names import same
from foedus.web.passphrase import fits
from foedus.web.people import wrong_passphrase
from foedus.web.refused import as_json
from foedus.web.rendering import plain
from foedus.words.speech import languages, say, speaking

LANGUAGE = "language"
LONGEST = 60 * 60 * 24 * 400


def speaks(request: Request) -> str:
    """The language of somebody who is not in yet: as chosen, else as the browser prefers."""
    chosen = request.cookies.get(LANGUAGE, "")
    known = languages()
    if chosen in known:
        return chosen
    for each in request.headers.get("accept-language", "").split(","):
        code = each.split(";")[0].strip().lower()[:2]
        if code in known:
            return code
    return "en"


async def home(request: Request) -> Response:
    """The door: who is in already goes to the room."""
    viewer = await hall_of(request).asking(request)
    if viewer is not None:
        return RedirectResponse(f"/rooms/{viewer.room}", 303)
    with speaking(speaks(request)):
        return _door(request, "")


def _door(request: Request, problem: str, status: int = 200, **filled: str) -> Response:
    rooms = hall_of(request).rooms
    listed = [(room.name, room.scenario.title) for room in rooms.values()]
    text = plain("door.html", title=say("Come in"), problem=problem, rooms=listed, filled=filled)
    return HTMLResponse(text, status, headers={"Cache-Control": "no-store"})


async def join(request: Request) -> Response:
    """By a code; the first one to use it gives the name by which the others will know who it is."""
    if request.method == "GET":
        return await home(request)
    hall, form = hall_of(request), await request.form()
    code, name = str(form.get("code", ""))[:100], str(form.get("name", ""))[:1000]
    with speaking(speaks(request)):
        try:
            viewer, token = await hall.accounts.asked(
                lambda people: people.join(code, name, now=moment(), language=speaks(request))
            )
        except Refused as refused:
            return _shut(request, refused.problems[0], name=name[:60])
        return await _in(request, hall, viewer.room, token)


async def enter(request: Request) -> Response:
    """By name and passphrase: a few tries for each name from an address, so that nobody can lock out another."""
    hall, form = hall_of(request), await request.form()
    room, who = str(form.get("room", "")), str(form.get("who", ""))[:200]
    passphrase = str(form.get("passphrase", ""))
    with speaking(speaks(request)):
        try:
            if room not in hall.rooms:
                raise wrong_passphrase()
            _counted(request, hall, room, who)
            handle, kept = await hall.accounts.asked(lambda people: people.kept_for(room, who))
            async with hall.hashing:
                right = await asyncio.to_thread(fits, kept, passphrase)
            if not right:
                raise wrong_passphrase()
            viewer, token = await hall.accounts.asked(
                lambda people: people.entered(handle, now=moment(), language=speaks(request))
            )
        except Refused as refused:
            return _shut(request, refused.problems[0], who=who)
        return await _in(request, hall, viewer.room, token)


def _counted(request: Request, hall: Hall, room: str, who: str) -> None:
    address = address_key(request.client.host) if request.client else ""
    wait = hall.tries.wait(digest(f"{address} {room} {same(who)}"), time.monotonic())
    if wait:
        raise Refused(Problem("F737", NOWHERE, {"seconds": str(ceil(wait))}))


def _shut(request: Request, problem: Problem, **filled: str) -> Response:
    """The door again, with why it stays shut."""
    said = as_json(problem)
    words = " ".join(part for part in (f"{said['title']}.", said["help"]) if part)
    answer = _door(request, words, 429 if problem.code == "F737" else 403, **filled)
    if problem.code == "F737":
        answer.headers["Retry-After"] = problem.values["seconds"]
    return answer


async def _in(request: Request, hall: Hall, room: str, token: str) -> Response:
    """Into the room. Whoever this browser was known as before, it is known as no more."""
    before = hall.token(request)
    if before:
        await hall.accounts.run(lambda people: people.leave(before))
    await hall.accounts.learn(room)
    answer = RedirectResponse(f"/rooms/{room}", 303)
    answer.headers.append("set-cookie", set_cookie(token, secure=hall.secure))
    return answer


async def leave(request: Request) -> Response:
    """Out, in this browser."""
    hall = hall_of(request)
    token = hall.token(request)
    if token:
        await hall.accounts.run(lambda people: people.leave(token))
    answer = RedirectResponse("/", 303)
    answer.headers.append("set-cookie", drop_cookie(secure=hall.secure))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


async def language_chosen(request: Request) -> Response:
    """In which language one reads."""
    hall, form = hall_of(request), await request.form()
    code, back = str(form.get("language", "")), str(form.get("back", "/"))
    answer = RedirectResponse(back if back.startswith("/") and not back.startswith("//") else "/", 303)
    if code in languages():
        answer.set_cookie(
            LANGUAGE, code, max_age=LONGEST, samesite="lax", httponly=True, path="/", secure=hall.secure
        )
        token = hall.token(request)
        if token:
            await hall.accounts.run(lambda people: people.speak(token, code))
    return answer
