"""One's own account: name, passphrase, browsers."""

from __future__ import annotations

import asyncio

from foedus.web.accounts import moment
from foedus.web.acting.sent import Sent
from foedus.web.passphrase import fits, hashed, passphrase_of
from foedus.web.people import wrong_passphrase
from foedus.web.shown import Shown
from foedus.words.speech import say

PAGE = "me"


async def name(sent: Sent) -> str:
    """One is called otherwise."""
    handle, called = sent.viewer.handle, sent.text("name")
    await sent.hall.accounts.run(lambda people: people.rename(handle, called))
    await sent.hall.accounts.learn(sent.room)
    sent.look.room.renewed()  # what was shown with the old name is shown anew
    sent.show(Shown(done=say("It is changed.")))
    return PAGE


async def passphrase(sent: Sent) -> str:
    """A passphrase is set; whoever has one says it first."""
    viewer, accounts = sent.viewer, sent.hall.accounts
    wanted = passphrase_of(str(sent.form.get("passphrase", "")), viewer.name, viewer.room)
    current = str(sent.form.get("current", ""))[:1000]
    kept = await accounts.ask(lambda people: people.kept_of(viewer.handle))
    async with sent.hall.hashing:
        if kept is not None and not await asyncio.to_thread(fits, kept, current):
            raise wrong_passphrase()
        made = await asyncio.to_thread(hashed, wanted)
    token = sent.hall.token(sent.request)

    def keep(people: object) -> None:
        accounts.people.keep_passphrase(viewer.handle, made)
        accounts.people.leave_everywhere(viewer.handle, but=token)
        del people

    await accounts.run(keep)
    sent.show(Shown(done=say("The passphrase is set; other browsers have to come in with it anew.")))
    return PAGE


async def device(sent: Sent) -> str:
    """A code to come back with, in another browser."""
    viewer = sent.viewer
    code = await sent.hall.accounts.run(lambda people: people.return_code(viewer.handle, now=moment()))
    sent.show(Shown(((viewer.role, viewer.seat, viewer.name, code),)))
    return PAGE


async def end_browser(sent: Sent) -> str:
    """One browser forgets who one is."""
    handle, ident = sent.viewer.handle, sent.text("ident")
    await sent.hall.accounts.run(lambda people: people.end_browser(handle, ident))
    sent.show(Shown(done=say("That browser knows you no longer.")))
    return PAGE


async def leave_everywhere(sent: Sent) -> None:
    """Out, in all browsers."""
    handle = sent.viewer.handle
    await sent.hall.accounts.run(lambda people: people.leave_everywhere(handle))
