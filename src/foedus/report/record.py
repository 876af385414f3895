"""What was found when a record was checked: whole or not, by whose keys, and where it was touched."""

from __future__ import annotations

import base64
from typing import Any

from foedus.council.ledger.verify import Fault, Verified
from foedus.report.layout import Sheet
from foedus.report.wording import listed
from foedus.words.speech import plural, say


def show_verified(sheet: Sheet, found: Verified) -> None:
    """The answer first; then what it rests on, and what it does not show."""
    size = plural("{n} entry", "{n} entries", found.size, n=found.size)
    if found.whole:
        sheet.put(
            say("Whole: the record of {room}, {entries}.", room=found.room, entries=size), style="title"
        )
    else:
        sheet.put(
            say("Not whole: the record of {room}, {entries}.", room=found.room, entries=size), style="title"
        )
        sheet.blank()
        for fault in found.faults:
            sheet.put(said(fault), 2, 2)
    sheet.blank()
    if found.head is not None:
        root = base64.b64encode(found.head.root).decode()
        sheet.put(say("Last head: {size}, {root}", size=found.head.size, root=root))
    if found.signers:
        sheet.put(say("Signed by {names}.", names=listed(found.signers)))
    if found.own_keys:
        sheet.put(
            say(
                "The keys are those that the record itself names. That they are the council's, it cannot show: give "
                "the keys that you were given, with --key."
            ),
            style="quiet",
        )
    if not found.received:
        sheet.put(
            say(
                "That others were shown the same record, it cannot show: give a head that you received, with --head."
            ),
            style="quiet",
        )
    elif found.whole:
        sheet.put(
            plural(
                "It continues the {n} head that you received.",
                "It continues all {n} heads that you received.",
                found.received,
                n=found.received,
            )
        )


def said(fault: Fault) -> str:
    """A fault in words."""
    one = fault.first == fault.last
    where = (
        say("Entry {first}", first=fault.first)
        if one
        else say("Entries {first} to {last}", first=fault.first, last=fault.last)
    )
    return {
        "changed": lambda: say("{where}: not what was signed; something in there was changed.", where=where),
        "unreadable": lambda: say(
            "{where}: not written as entries are; changed, or not an entry.", where=where
        ),
        "missing": lambda: say("{where}: missing.", where=where),
        "moved": lambda: say("{where}: in the wrong place, or there twice.", where=where),
        "another room": lambda: say("{where}: from the record of {room}.", where=where, room=fault.what),
        "cut off": lambda: say("{where}: cut off; a head that was signed counts them.", where=where),
        "unsigned": lambda: say("{where}: under no signed head.", where=where),
        "forked": lambda: say(
            "{where}: somewhere in there this record parts from the one whose head you received. Two histories "
            "were signed.",
            where=where,
        ),
        "not signed": lambda: say(
            "The head over {size}: not signed by a key that was given.",
            size=plural("{n} entry", "{n} entries", fault.first, n=fault.first),
        ),
        "other head": lambda: say("A head that you gave is of another record: {room}.", room=fault.what),
    }[fault.kind]()


def as_json(found: Verified) -> dict[str, Any]:
    """The same for programs."""
    return {
        "room": found.room,
        "whole": found.whole,
        "entries": found.size,
        "root": base64.b64encode(found.head.root).decode() if found.head else None,
        "signed_by": list(found.signers),
        "keys_of_its_own": found.own_keys,
        "heads_received": found.received,
        "faults": [
            {"kind": fault.kind, "first": fault.first, "last": fault.last, "what": fault.what}
            for fault in found.faults
        ],
    }
