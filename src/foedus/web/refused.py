"""How it is said that something will not do: a page in plain words, or the same as JSON for the page's own script.

The page needs no script, and is read without its style. It shows no trace of the program: what went wrong
inside goes to the log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foedus.diagnostics.catalogue import help_of, title_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.web.rendering import plain
from foedus.words.speech import ENGLISH, language, languages, speaking

STATUS: Mapping[str, int] = {
    "F730": 403, "F731": 422, "F732": 403, "F733": 422, "F734": 403, "F735": 421, "F736": 413, "F737": 429,
    "F738": 422, "F739": 422, "F740": 404, "F741": 403, "F742": 401, "F743": 500, "F744": 408,
    "F745": 400, "F777": 422, "F778": 413,
}  # fmt: skip
"""The status of an answer that refuses, by code; any other is a conflict with how the room stands (409)."""

Headers = tuple[tuple[bytes, bytes], ...]


def status_of(problem: Problem) -> int:
    """The status of the answer that tells a problem."""
    return STATUS.get(problem.code, 409)


def as_json(problem: Problem) -> dict[str, str]:
    """A problem as scripts get it: `code`, `title`, `help`, and `article`, under which it was refused."""
    return {
        "code": problem.code,
        "title": _sentence(title_of(problem)),
        "help": _quoted(help_of(problem)),
        "article": problem.place.where() if problem.place != NOWHERE else "",
    }


def as_page(problem: Problem) -> str:
    """A problem as a page, in the language spoken."""
    return plain("amiss.html", **as_json(problem))


def answer(problem: Problem, wanted: str = "", tongues: str = "") -> tuple[int, Headers, bytes]:
    """Status, headers and body that tell a problem to who sent the headers `Accept` and `Accept-Language`."""
    with speaking(spoken_of(tongues)):
        if "application/json" in wanted:
            body, kind = json.dumps(as_json(problem), ensure_ascii=False), b"application/json"
        else:
            body, kind = as_page(problem), b"text/html; charset=utf-8"
        raw = body.encode()
        headers: list[tuple[bytes, bytes]] = [
            (b"content-type", kind),
            (b"content-length", str(len(raw)).encode()),
            (b"content-language", language().encode()),
            (b"vary", b"accept, accept-language"),
        ]
        if problem.code == "F737" and "seconds" in problem.values:
            headers.append((b"retry-after", problem.values["seconds"].encode()))
        return status_of(problem), tuple(headers), raw


def told(error: Exception) -> Problem:
    """What a user is told of an exception: a refusal itself; of a mistake inside only that there was one (F743)."""
    if isinstance(error, Refused) and error.problems:
        return error.problems[0]
    if isinstance(error, HTTPException):
        codes = {401: "F742", 403: "F741", 404: "F740", 405: "F740", 413: "F736", 429: "F737"}
        return Problem(codes.get(error.status_code, "F745" if error.status_code < 500 else "F743"), NOWHERE)
    return Problem("F743", NOWHERE)


async def respond(request: Request, error: Exception) -> Response:
    """The handler of exceptions for a Starlette application: `exception_handlers=HANDLERS`."""
    status, headers, body = answer(
        told(error), request.headers.get("accept", ""), request.headers.get("accept-language", "")
    )
    further: Mapping[str, str] = {}
    if isinstance(error, HTTPException):
        status, further = error.status_code, error.headers or {}
    made = Response(body, status)
    made.raw_headers = [*headers, *((n.lower().encode(), v.encode()) for n, v in further.items())]
    return made


HANDLERS = {Refused: respond, HTTPException: respond, Exception: respond}


def spoken_of(header: str) -> str:
    """Of the languages there are, the one that a browser's `Accept-Language` puts first; English if none.

    >>> spoken_of("de-CH, fr;q=0.8, en;q=0.9"), spoken_of("ru-RU,ru;q=0.9"), spoken_of("x;q=oh")
    ('en', 'ru', 'en')
    """
    wanted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, weight = part.strip().partition(";")
        try:
            q = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        wanted.append((-q, tag.strip().lower().partition("-")[0]))
    known = languages()
    return next(
        (tag for q, tag in sorted(wanted, key=lambda each: each[0]) if tag in known and q < 0), ENGLISH
    )


def _sentence(title: str) -> str:
    return _quoted(title[:1].upper() + title[1:])


def _quoted(text: str) -> str:
    """With the quotation marks of a page for those of a terminal."""
    return re.sub(r"`([^`]*)`", r"“\1”", text)
