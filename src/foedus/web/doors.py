"""How people come in, and go: by a code, by name and passphrase; in which language they read."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from foedus.diagnostics.catalogue import help_of, title_of
from foedus.diagnostics.problem import Refused
from foedus.web.accounts import moment
from foedus.web.cookies import drop_cookie, set_cookie
from foedus.web.hall import Hall, hall_of
from foedus.web.passphrase import fits
from foedus.web.people import wrong_passphrase
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
    code, name = str(form.get("code", ""))[:100], str(form.get("name", ""))[:200]
    with speaking(speaks(request)):
        try:
            viewer, token = await hall.accounts.run(
                lambda people: people.join(code, name, now=moment(), language=speaks(request))
            )
        except Refused as refused:
            problem = refused.problems[0]
            words = " ".join(part for part in (title_of(problem) + ".", help_of(problem) or "") if part)
            return _door(request, words, 403, name=name)
        return await _in(hall, viewer.room, token)


async def enter(request: Request) -> Response:
    """By name and passphrase."""
    hall, form = hall_of(request), await request.form()
    room, who = str(form.get("room", ""))[:200], str(form.get("who", ""))[:200]
    passphrase = str(form.get("passphrase", ""))[:1000]
    with speaking(speaks(request)):
        try:
            handle, kept = await hall.accounts.run(lambda people: people.kept_for(room, who))
            if not await asyncio.to_thread(fits, kept, passphrase):
                raise wrong_passphrase()
            viewer, token = await hall.accounts.run(
                lambda people: people.entered(handle, now=moment(), language=speaks(request))
            )
        except Refused as refused:
            problem = refused.problems[0]
            words = " ".join(part for part in (title_of(problem) + ".", help_of(problem) or "") if part)
            return _door(request, words, 403, who=who)
        return await _in(hall, viewer.room, token)


async def _in(hall: Hall, room: str, token: str) -> Response:
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
    return answer


async def language_chosen(request: Request) -> Response:
    """In which language one reads."""
    hall, form = hall_of(request), await request.form()
    code, back = str(form.get("language", "")), str(form.get("back", "/"))
    answer = RedirectResponse(back if back.startswith("/") and not back.startswith("//") else "/", 303)
    if code in languages():
        answer.set_cookie(LANGUAGE, code, max_age=LONGEST, samesite="lax", httponly=True, path="/")
        token = hall.token(request)
        if token:
            await hall.accounts.run(lambda people: people.speak(token, code))
    return answer
