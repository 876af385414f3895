"""Who comes in, under which name, and who goes: codes, lists, names."""

from __future__ import annotations

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.meeting.viewer import DELEGATED, OFFICES, Role, Viewer, role_of
from foedus.web.accounts import moment
from foedus.web.acting.sent import Sent, unreadable
from foedus.web.invited import seats_called
from foedus.web.listing import Preview, apply
from foedus.web.listing import read as read_list
from foedus.web.people import Invite
from foedus.web.shown import Shown
from foedus.words.speech import say

PAGE = "people"
MOST = 100
"""Codes made at a time, and uses of one."""


async def make_codes(sent: Sent) -> str:
    """Codes of one role and seat: so many for one person each, or one for so many."""
    role, seat = _wanted(sent)
    sent.needs("make codes", role, seat)
    count, hours = sent.number("count", 1, MOST, 1), sent.number("hours", 1, 24 * 60, 48)
    together = sent.text("together") == "yes"
    room = sent.room
    codes = await sent.hall.accounts.run(
        lambda people: [
            people.invite(room, role, seat, count if together else 1, hours, now=moment())
            for _ in range(1 if together else count)
        ]
    )
    sent.show(Shown(tuple((role, seat, _called(sent, role, seat), code) for code in codes)))
    return PAGE


def _wanted(sent: Sent) -> tuple[Role, str]:
    role = role_of(sent.text("role"))
    if role is None or (role in OFFICES and role not in sent.look.rules.offices):
        raise unreadable()
    if role in OFFICES:
        return role, role
    seat = sent.text("seat") if role in DELEGATED else ""
    if role in DELEGATED and seat not in seats_called(sent.look.room.scenario):
        raise unreadable()
    return role, seat


def _called(sent: Sent, role: Role, seat: str) -> str:
    titles = {each.who: each.title for each in sent.look.room.scenario.seats}
    return titles.get(seat or role, "")


async def withdraw_code(sent: Sent) -> str:
    """A code lets nobody in any more."""
    ident, room = sent.text("ident"), sent.room
    invites = await sent.hall.accounts.ask(lambda people: people.invites(room))
    found: Invite | None = next((each for each in invites if each.ident == ident), None)
    if found is None:
        raise unreadable()
    sent.needs("withdraw codes", found.role, found.seat)
    await sent.hall.accounts.run(lambda people: people.revoke_code(ident))
    sent.show(Shown(done=say("The code lets nobody in any more.")))
    return PAGE


async def _person(sent: Sent) -> Viewer:
    """The person that is meant, who is in this room. Raises `Refused` (F745)."""
    handle = sent.text("handle")
    found = await sent.hall.accounts.ask(lambda people: people.person(handle))
    if found is None or found.room != sent.room:
        raise unreadable()
    return found


async def send_out(sent: Sent) -> str:
    """Somebody is sent out; a code would let it in again, under another handle."""
    person = await _person(sent)
    sent.needs("send out", person.role, person.seat)
    if person.handle == sent.viewer.handle:
        raise Refused(Problem("F741", NOWHERE))
    await sent.hall.accounts.run(lambda people: people.revoke(person.handle, now=moment()))
    sent.show(Shown(done=say("{name} is out.", name=person.name)))
    return PAGE


async def rename(sent: Sent) -> str:
    """Somebody is called otherwise."""
    person, name = await _person(sent), sent.text("name")
    sent.needs("rename", person.role, person.seat)
    await sent.hall.accounts.run(lambda people: people.rename(person.handle, name))
    await sent.hall.accounts.learn(sent.room)
    sent.look.room.renewed()  # what was shown with the old name is shown anew
    sent.show(Shown(done=say("It is changed.")))
    return PAGE


async def forget(sent: Sent) -> str:
    """Somebody is sent out, and its name taken away: in the record it is eight letters from then on."""
    person = await _person(sent)
    sent.needs("forget", person.role, person.seat)
    if person.handle == sent.viewer.handle:
        raise Refused(Problem("F741", NOWHERE))
    await sent.hall.accounts.run(lambda people: people.forget(person.handle, now=moment()))
    await sent.hall.accounts.learn(sent.room)
    sent.look.room.renewed()  # what was shown with the old name is shown anew
    sent.show(Shown(done=say("Nothing is kept of who it was.")))
    return PAGE


async def read_table(sent: Sent) -> str:
    """A list of people is read and shown; nobody is invited yet."""
    _all(sent)
    called, raw = await sent.file("file")
    room = sent.room
    taken = await sent.hall.accounts.ask(lambda people: tuple(each.name for each in people.people(room)))
    found = read_list(called, raw, seats_called(sent.look.room.scenario), taken)
    sent.hall.lists[sent.viewer.handle] = found
    sent.show(Shown(preview=found))
    return PAGE


async def invite_table(sent: Sent) -> str:
    """The people of the list that was shown last are invited, all or none."""
    _all(sent)
    found: Preview | None = sent.hall.lists.pop(sent.viewer.handle, None)
    if found is None:
        raise unreadable()
    room = sent.room
    codes = await sent.hall.accounts.run(lambda people: apply(found, people, room, now=moment()))
    sent.show(Shown(tuple((guest.role, guest.seat, guest.name, code) for guest, code in codes)))
    return PAGE


def _all(sent: Sent) -> None:
    """A list may name anybody: only who makes codes for all reads one."""
    sent.needs("make codes", "observer", "")
