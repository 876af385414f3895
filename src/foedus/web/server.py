"""The server: addresses, who is asking, and what is answered. One process; what it shows is in the pages."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from math import ceil
from time import monotonic
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from foedus.diagnostics.catalogue import help_of, title_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.visible import visible
from foedus.meeting.entering import Entered
from foedus.report.deeds import article_of
from foedus.report.lists import begun
from foedus.web import actions, assets, doors, downloads
from foedus.web.ahead import AHEAD
from foedus.web.forms import body, trimmed
from foedus.web.hall import Hall, hall_of
from foedus.web.look import AFTER_THE_END, Look
from foedus.web.pages import review
from foedus.web.pages.registry import PAGES, pages_of
from foedus.web.papers import sending
from foedus.web.refused import respond, status_of
from foedus.web.rendering import Renderer, plain
from foedus.web.room import Unkept
from foedus.web.stream import Stream
from foedus.words.speech import languages, say, speaking

LOG = logging.getLogger("foedus.web")

MOST_FIELDS = 500
"""Of a form in parts; one in a line has as many as the guard lets in."""

Answering = Callable[[Request, Hall, Look], Awaitable[Response]]


def inside(answer: Answering) -> Callable[[Request], Awaitable[Response]]:
    """An answer for whoever is in the room; all others are shown the door."""

    async def endpoint(request: Request) -> Response:
        hall = hall_of(request)
        viewer = await hall.asking(request)
        if viewer is None:
            if wants_part(request) or wants_json(request):
                return JSONResponse({"title": say("You are not in this room any more.")}, 401)
            return RedirectResponse("/", 303)
        with speaking(viewer.language if viewer.language in languages() else "en"):
            return await answer(
                request, hall, hall.look(request, viewer, request.path_params.get("page", ""))
            )

    return endpoint


def wants_part(request: Request) -> bool:
    """Whether only the inside of `<main>` is asked for."""
    return request.headers.get("x-part") == "main"


def wants_json(request: Request) -> bool:
    """Whether a script asks."""
    return "application/json" in request.headers.get("accept", "")


async def page(request: Request, hall: Hall, look: Look) -> Response:
    """A page of the room, or the inside of it."""
    if look.viewer.role == "screen" and not look.path:
        return RedirectResponse(look.at("screen"), 303)
    listed = PAGES.get(look.path)
    if listed is None or not look.sees(listed.sight, look.viewer.seat):
        raise HTTPException(404)
    if look.path in AHEAD:
        look = replace(look, told=await AHEAD[look.path](request, hall, look))
    renderer = hall.renderers.setdefault(look.room.name, Renderer())
    made = listed.show(look)
    headers = {
        "X-Entry": str(look.stamp),
        "X-Record": str(look.standing.size),
        "Cache-Control": "no-store",
        "Vary": "X-Part",
    }
    if wants_part(request):
        text = renderer.main(look, made)
        if made.kept:
            hall.ready.keep(look, request.url.path, request.url.query, text)
        return HTMLResponse(text, headers=headers)
    return HTMLResponse(
        renderer.whole(look, made, pages_of(look), hall.said.pop(look.viewer.handle, "")), headers=headers
    )


async def taken_away(request: Request, hall: Hall, look: Look) -> Response:
    """A file of the room."""
    del hall
    return await downloads.get(request, look)


async def do(request: Request, hall: Hall, look: Look) -> Response:
    """Something somebody does: a deed or an act, by a form."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    sent = dict(fields)
    kind, by = sent.get("kind", ""), sent.get("by", "")
    room = look.room
    if not look.may(kind, by, sent.get("ballot", "")):
        LOG.warning("%s may not %s for %s", look.viewer.handle, visible(kind)[:20], visible(by)[:20])
        over = room.ended and kind not in AFTER_THE_END
        words = (
            say("The session is over: nothing more is entered.")
            if over
            else say("That is not for you to do here.")
        )
        return _answered(request, hall, look, 403, words)
    try:
        _unhurried(hall, look)
        body(fields, look.now)
        entry = await room.act(
            lambda at: trimmed(body(fields, at), room.standing.state),
            look.viewer.handle,
            sent.get("once", ""),
        )
    except Refused as refused:
        return _refused(request, hall, look, refused.problems[0])
    except Unkept as error:
        words = say("The record cannot be written: {why}. Nothing was done; try again.", why=str(error))
        return _answered(request, hall, look, 503, words)
    if entry.problem is not None:
        _counted(hall, look)
        return _refused(request, hall, look, entry.problem, entry)
    if wants_json(request):
        return JSONResponse({"entry": entry.number})
    return RedirectResponse(_back(look, sent), 303)


async def handed_in(request: Request, hall: Hall, look: Look) -> Response:
    """A paper that somebody hands in. What was typed stays on the page where it is refused."""
    form = await sending.form_of(request)
    try:
        _unhurried(hall, look)
        entry = await sending.handed_in(form, hall, look)
    except Refused as refused:
        return await _handed_back(request, hall, look, form, refused.problems[0])
    except Unkept as error:
        words = say("The record cannot be written: {why}. Nothing was done; try again.", why=str(error))
        return _answered(request, hall, look, 503, words)
    finally:
        await form.close()
    if entry is not None and entry.problem is not None:
        _counted(hall, look)
        return await _handed_back(request, hall, look, form, entry.problem, entry)
    if wants_json(request):
        return JSONResponse({"entry": look.room.standing.size - 1})
    return RedirectResponse(look.at("papers"), 303)


async def _handed_back(
    request: Request, hall: Hall, look: Look, form: FormData, problem: Problem, entry: Entered | None = None
) -> Response:
    if wants_json(request):
        return _refused(request, hall, look, problem, entry)
    listed = PAGES["papers"]
    look = replace(look, path="papers", standing=look.room.standing)
    told = await AHEAD["papers"](request, hall, look)
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    look = replace(look, told={**told, "typed": typed})
    renderer = hall.renderers.setdefault(look.room.name, Renderer())
    headers = {"X-Entry": str(look.standing.size), "Cache-Control": "no-store"}
    text = renderer.whole(look, listed.show(look), pages_of(look), _words(problem))
    return HTMLResponse(text, status_of(problem), headers)


async def paper(request: Request, hall: Hall, look: Look) -> Response:
    """A paper, as a file."""
    try:
        return await sending.taken(request, hall, look)
    except Refused as refused:
        return await respond(request, refused)


async def acted(request: Request, hall: Hall, look: Look) -> Response:
    """Something about people or the exercise: no deed and no act, but perhaps what comes from outside."""
    try:
        async with request.form() as form:  # closes the files that were sent
            back = await actions.done(request, hall, look, form)
    except Refused as refused:
        return _refused(request, hall, look, refused.problems[0])
    except Unkept as error:
        words = say("The record cannot be written: {why}. Nothing was done; try again.", why=str(error))
        return _answered(request, hall, look, 503, words)
    if wants_json(request):
        return JSONResponse({"entry": look.room.standing.size - 1})
    return RedirectResponse(look.at(back) if back is not None else "/", 303)


async def counted(request: Request, hall: Hall, look: Look) -> Response:
    """The review as a table."""
    del request, hall
    if not look.sees("review", look.viewer.seat) or not review.is_open(look):
        raise HTTPException(404)
    named = {
        "Content-Disposition": f'attachment; filename="{look.room.name}-review.csv"',
        "Cache-Control": "no-store",
    }
    return Response(review.as_csv(look), media_type="text/csv; charset=utf-8", headers=named)


def _back(look: Look, sent: Mapping[str, str]) -> str:
    back = sent.get("back", "")
    return back if back.startswith(f"/rooms/{look.room.name}") else look.at()


def _refused(
    request: Request, hall: Hall, look: Look, problem: Problem, entry: Entered | None = None
) -> Response:
    said: dict[str, Any] = {
        "code": problem.code, "title": title_of(problem), "help": help_of(problem) or "",
        "article": article_of(problem),
    }  # fmt: skip
    if entry is not None:
        said["entry"] = entry.number
    if wants_json(request):
        wait = {"Retry-After": problem.values["seconds"]} if problem.code == "F737" else None
        return JSONResponse(said, status_of(problem), wait)
    return _answered(request, hall, look, status_of(problem), _words(problem))


def _words(problem: Problem) -> str:
    said = (article_of(problem), begun(title_of(problem)), help_of(problem) or "")
    return " · ".join(each for each in said if each)


def _unhurried(hall: Hall, look: Look) -> None:
    """Whether fewer deeds of somebody were refused than would fill the record. Raises `Refused` (F737)."""
    wait = hall.refused.wait(look.viewer.handle, monotonic(), only_look=True)
    if wait:
        raise Refused(Problem("F737", NOWHERE, {"seconds": str(ceil(wait))}))


def _counted(hall: Hall, look: Look) -> None:
    hall.refused.wait(look.viewer.handle, monotonic())


def _answered(request: Request, hall: Hall, look: Look, status: int, words: str) -> Response:
    """Words for whoever did something: at once for a script, on the next page for others."""
    if wants_json(request):
        return JSONResponse({"title": words}, status)
    hall.said[look.viewer.handle] = words
    return RedirectResponse(request.headers.get("referer", look.at()), 303)


async def stream(request: Request) -> Response | ASGIApp:
    """The stream of a room."""
    hall = hall_of(request)
    viewer = await hall.asking(request)
    if viewer is None:
        return Response(status_code=401)
    return Stream(hall.rooms[viewer.room])


async def static_file(request: Request) -> Response:
    """A style or a script of ours."""
    name = request.path_params["name"]
    found = assets.found(name)
    if found is None:
        raise HTTPException(404)
    lasting = found.address.endswith(f"/{name}")
    headers = {"Cache-Control": "public, max-age=31536000, immutable" if lasting else "no-store"}
    return Response(found.content, media_type=found.kind, headers=headers)


def application(hall: Hall) -> Starlette:
    """The application over a hall."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        app.state.hall = hall
        for room in hall.rooms.values():
            room.open()
            await hall.accounts.learn(room.name)
        for opened in hall.opening:
            await opened()
        yield
        for closed in hall.closing:
            await closed()
        for room in hall.rooms.values():
            await room.close()

    routes = [
        Route("/", doors.home, methods=["GET"]),
        Route("/join", doors.join, methods=["GET", "POST"]),
        Route("/enter", doors.enter, methods=["POST"]),
        Route("/leave", doors.leave, methods=["POST"]),
        Route("/language", doors.language_chosen, methods=["POST"]),
        Route("/static/{name}", static_file, methods=["GET"]),
        Route("/rooms/{room}/stream", stream, methods=["GET"]),
        Route("/rooms/{room}/do", inside(do), methods=["POST"]),
        Route("/rooms/{room}/papers", inside(handed_in), methods=["POST"]),
        Route("/rooms/{room}/papers/{digest}", inside(paper), methods=["GET"]),
        Route("/rooms/{room}/{action}", inside(acted), methods=["POST"]),
        Route("/rooms/{room}/review.csv", inside(counted), methods=["GET"]),
        Route("/rooms/{room}/get/{name}", inside(taken_away), methods=["GET"]),
        Route("/rooms/{room}", inside(page), methods=["GET"]),
        Route("/rooms/{room}/{page}", inside(page), methods=["GET"]),
    ]
    app = Starlette(
        routes=routes, lifespan=lifespan, exception_handlers={HTTPException: _amiss, Exception: _failed}
    )  # type: ignore[dict-item]
    app.router.redirect_slashes = False
    app.state.hall = hall
    return app


async def _amiss(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {404: say("There is no such page in this room."), 405: say("That is not done at this address.")}
    text = words.get(status, say("That did not work."))
    if wants_json(request):
        return JSONResponse({"title": text}, status)
    return HTMLResponse(plain("amiss.html", title=text, text=text), status)


async def _failed(request: Request, error: Exception) -> Response:
    del error
    text = say("Something went wrong in the server. Nothing that was acknowledged is lost.")
    if wants_json(request):
        return JSONResponse({"title": text}, 500)
    return HTMLResponse(plain("amiss.html", title=text, text=text), 500)
