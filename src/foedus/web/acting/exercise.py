"""What a director does that is no deed: bots, what comes from outside; and signatures under the record."""

from __future__ import annotations

from dataclasses import replace

from foedus.council.ledger.head import Head, Key
from foedus.council.ledger.store import Unavailable
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.exercise.scenario import Cue, Inject
from foedus.web.acting.sent import Sent, unreadable
from foedus.web.shown import Shown
from foedus.words.speech import phrase, say

PAGE = "director"
TITLE, TEXT, LONGEST = 200, 4_000, 10_000
"""Characters of what comes from outside."""


async def bot(sent: Sent) -> str:
    """Bots get a seat, or lose it; `seat` may be `all`."""
    bots = sent.look.room.bots
    on, seat = sent.text("on") == "yes", sent.text("seat")
    seats = [each.who for each in sent.look.room.scenario.seats] if seat == "all" else [seat]
    if bots is None or not all(bots.switch(each, on) for each in seats):
        raise unreadable()
    return PAGE


def _number(sent: Sent) -> int:
    injects = sent.look.room.scenario.injects
    number = sent.number("number", 0, len(injects) - 1) if injects else -1
    if number < 0 or number in sent.look.room.had:
        raise unreadable()
    return number


async def fire(sent: Sent) -> str:
    """Something that the scenario has in store comes now."""
    room, number = sent.look.room, _number(sent)
    room.had.add(number)  # not twice, however often it was pressed
    try:
        await room.inject(room.reworded.get(number, room.scenario.injects[number]), number)
    except BaseException:
        room.had.discard(number)
        raise
    return PAGE


async def hold(sent: Sent) -> str:
    """It is held back, or no longer."""
    room, number = sent.look.room, _number(sent)
    (room.held.add if sent.text("on") == "yes" else room.held.discard)(number)
    return PAGE


async def words(sent: Sent) -> str:
    """It will come in other words; a fact that it brings stays what it is."""
    room, number = sent.look.room, _number(sent)
    title, text = _words(sent)
    room.reworded[number] = replace(room.scenario.injects[number], title=title, text=text)
    sent.show(Shown(done=say("It is changed.")))
    return PAGE


async def make_up(sent: Sent) -> str:
    """Something comes from outside that the scenario did not have."""
    title, text = _words(sent)
    room = sent.look.room
    await room.inject(Inject(Cue(room.now()), title, text))
    return PAGE


def _words(sent: Sent) -> tuple[str, str]:
    title, text = " ".join(sent.text("title").split()), sent.text("text").replace("\r\n", "\n")
    if not title or len(title) > TITLE or len(text) > TEXT or not title.isprintable():
        raise unreadable()
    return title, text


async def cosign(sent: Sent) -> str:
    """A delegation's signature under a head of the record is taken in, with the key that shows it. Raises `Refused`
    (F776) for what is none, or none of this record."""
    note = str(sent.form.get("note", ""))[:LONGEST].replace("\r\n", "\n").strip("\n ") + "\n"
    room = sent.look.room
    try:
        head, key = Head.read(note), Key.read(sent.text("key"))
    except ValueError:
        raise _unsigned(phrase("it is no head, or no key of the form name+id+key")) from None
    if key.name == room.signer.name or not head.signed_by(key):
        raise _unsigned(phrase("no signature under it is that key's"))
    mine = tuple(each for each in head.signatures if (each.name, each.id) == (key.name, key.id))[:1]
    try:
        both = await room.storing.run(lambda store: store.cosign(room.name, replace(head, signatures=mine)))
    except ValueError:
        raise _unsigned(phrase("it is no head of this record")) from None
    except Unavailable as error:
        raise _unsigned(str(error)) from None
    if both.size == room.head.size:
        room.head = both
    names = ", ".join(each.name for each in both.signatures)
    sent.show(Shown(done=say("The head of {n} entries is signed by: {names}.", n=both.size, names=names)))
    return "review"


def _unsigned(why: str) -> Refused:
    return Refused(Problem("F776", NOWHERE, {"why": why}))
