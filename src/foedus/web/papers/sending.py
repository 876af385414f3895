"""A paper is handed in: its content is judged and kept, and then it is an act of the record, or a draft."""

from __future__ import annotations

import re

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foedus.council.debate.papers import SORTS
from foedus.council.fields import READ, instant
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.meeting.entering import Entered
from foedus.web.accounts import moment
from foedus.web.hall import Hall
from foedus.web.headers import SANDBOX
from foedus.web.keeping import seconds
from foedus.web.look import Look
from foedus.web.papers.asking import seat_for
from foedus.web.papers.history import history
from foedus.web.papers.judging import ENDING, MEDIA, judged, refusal
from foedus.web.papers.keeping import Content, Draft, Papers
from foedus.words.speech import phrase

FIELDS, FILES, PIECE = 20, 1, 5 * 1024 * 1024
"""What a form with a paper has at most: fields, files, bytes of a text that was pasted."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


async def form_of(request: Request) -> FormData:
    """What was sent. Raises HTTPException for what is no form, or has too many parts."""
    return await request.form(max_files=FILES, max_fields=FIELDS, max_part_size=PIECE)


def text_of(form: FormData, name: str) -> str:
    """A field; empty where it is not there."""
    found = form.get(name, "")
    return found.strip() if isinstance(found, str) else ""


async def handed_in(form: FormData, hall: Hall, look: Look) -> Entered | None:
    """Keeps a paper and enters it; None for a draft. Raises `Refused`, Unkept."""
    what = text_of(form, "what") or "table"
    seat = text_of(form, "by")
    if not seat or seat != seat_for(look):
        raise Refused(Problem("F741", NOWHERE))
    if what == "drop":
        ident = text_of(form, "draft")
        await hall.papers.run(lambda papers: papers.drop(look.room.name, seat, ident))
        return None
    title, sort = text_of(form, "title"), text_of(form, "sort")
    if title:
        READ["title"]("title", title)
    draft = await _draft(hall, look, seat, text_of(form, "draft"))
    if draft is not None:
        content = await hall.papers.run(lambda papers: papers.get(look.room.name, draft.digest))
        if content is None or not content.whole:
            raise Refused(Problem("F779", NOWHERE))
        title, sort = title or draft.title, sort or draft.sort
        digest, size = content.digest, len(content.content)
    else:
        found = judged(await _raw(form))
        at = seconds(moment())
        digest = await hall.papers.run(
            lambda papers: papers.put(look.room.name, found, look.viewer.handle, at)
        )
        size = len(found.content)
    if what == "draft":
        if not title or sort not in SORTS:
            raise Refused(Problem("F745", NOWHERE))
        at = seconds(moment())
        await hall.papers.run(lambda papers: papers.draft(look.room.name, seat, digest, title, sort, at))
        return None
    if what not in ("table", "revise"):
        raise Refused(Problem("F745", NOWHERE))
    body = {
        "kind": "paper", "by": seat, "what": what, "digest": digest, "size": size,
        "paper": "new" if what == "table" else text_of(form, "paper"),
    }  # fmt: skip
    further = {"title": title, "proposal": text_of(form, "proposal"), "text": sort if what == "table" else ""}
    body |= {name: value for name, value in further.items() if value}
    entry = await look.room.act(
        lambda now: {**body, "at": instant(now)}, look.viewer.handle, text_of(form, "once")
    )
    if draft is not None and entry.problem is None:
        await hall.papers.run(lambda papers: papers.drop(look.room.name, seat, draft.id))
    return entry


async def _raw(form: FormData) -> bytes:
    file, words = form.get("file"), form.get("words", "")
    raw = await file.read() if isinstance(file, UploadFile) else b""
    if raw and isinstance(words, str) and words.strip():
        raise refusal(phrase("there is a file and a text: hand in one of them"))
    return raw or (words.encode("utf-8", "replace") if isinstance(words, str) else b"")


async def _draft(hall: Hall, look: Look, seat: str, ident: str) -> Draft | None:
    if not ident:
        return None
    drafts = await hall.papers.run(lambda papers: papers.drafts(look.room.name, seat))
    found = next((each for each in drafts if each.id == ident), None)
    if found is None:
        raise Refused(Problem("F740", NOWHERE))
    return found


async def taken(request: Request, hall: Hall, look: Look) -> Response:
    """A paper as a file, for whoever is in the room; a draft for its delegation. Raises HTTPException, Refused."""
    digest = str(request.path_params["digest"])
    if not _DIGEST.fullmatch(digest) or not look.sees("papers", look.viewer.seat):
        raise HTTPException(404)
    revision = history(look.room).digests.get(digest)
    seat = seat_for(look)

    def ask(papers: Papers) -> tuple[bool, Content | None]:
        mine = seat and any(each.digest == digest for each in papers.drafts(look.room.name, seat))
        return revision is not None or bool(mine and look.sees("drafts", seat)), papers.get(
            look.room.name, digest
        )

    may, content = await hall.papers.run(ask)
    if not may or content is None:
        raise HTTPException(404)
    if not content.whole:
        raise Refused(Problem("F779", NOWHERE))
    stem = re.sub(r"[^A-Za-z0-9]", "", revision.paper)[:20] if revision is not None else "draft"
    number = f"-rev{revision.number}" if revision is not None and revision.number else ""
    name = f"{stem or 'paper'}{number}.{ENDING[content.kind]}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store",
        "Content-Security-Policy": SANDBOX.decode(), "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    return Response(content.content, media_type=MEDIA[content.kind], headers=headers)
