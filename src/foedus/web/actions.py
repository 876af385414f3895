"""What is done about people and the exercise, by the last part of its address: `POST /rooms/ROOM/ACTION`.

Each has a row: which line of the table of access lets one do it, and what does it. Nothing of it is an entry of the
record, but for what a director lets come from outside.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.meeting.access import Managing, may_manage
from foedus.web.acting import exercise, own, people
from foedus.web.acting.sent import Sent
from foedus.web.hall import Hall
from foedus.web.look import Look

Doing: TypeAlias = Callable[[Sent], Awaitable[str | None]]
"""Does it, and says to which page one goes from there; None: out. Raises `Refused`."""


@dataclass(frozen=True, slots=True)
class Action:
    """A row: who may, and what is done."""

    needs: Managing
    do: Doing


ACTIONS: Mapping[str, Action] = {
    "codes": Action("make codes", people.make_codes),
    "list": Action("make codes", people.read_table),
    "invite": Action("make codes", people.invite_table),
    "withdraw": Action("withdraw codes", people.withdraw_code),
    "send-out": Action("send out", people.send_out),
    "rename": Action("rename", people.rename),
    "forget": Action("forget", people.forget),
    "name": Action("own account", own.name),
    "passphrase": Action("own account", own.passphrase),
    "device": Action("own account", own.device),
    "end-browser": Action("own account", own.end_browser),
    "leave-everywhere": Action("own account", own.leave_everywhere),
    "bot": Action("bots", exercise.bot),
    "fire": Action("injects", exercise.fire),
    "hold": Action("injects", exercise.hold),
    "words": Action("injects", exercise.words),
    "make-up": Action("injects", exercise.make_up),
    "cosign": Action("cosign", exercise.cosign),
}


async def done(request: Request, hall: Hall, look: Look, form: FormData) -> str | None:
    """Does what the address says. Raises `Refused` (F741 for who may not), HTTPException for what there is not."""
    row = ACTIONS.get(request.path_params.get("action", ""))
    if row is None:
        raise HTTPException(404)
    if not may_manage(look.viewer, row.needs):
        raise Refused(Problem("F741", NOWHERE))
    return await row.do(Sent(request, hall, look, form))
