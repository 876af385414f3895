"""What was found when a record was checked: whole or not, by whose keys, and where it was touched."""

from __future__ import annotations

import base64
from typing import Any

from foedus.council.ledger.verify import Fault, Verified
from foedus.diagnostics.catalogue import title_of
from foedus.exercise.replay import Replayed
from foedus.report.layout import Sheet
from foedus.report.wording import listed
from foedus.words.speech import plural, say


def show_verified(sheet: Sheet, found: Verified, again: Replayed | None = None) -> None:
    """The answer first; then what it rests on, and what it does not show. `again`: the deeds done again by the rules;
    of a record that is not whole they are not."""
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
    if again is not None:
        sheet.put(done_again(again))
    sheet.blank()
    if found.head is not None:
        root = base64.b64encode(found.head.root).decode()
        sheet.put(say("Last head: {size}, {root}", size=found.head.size, root=root))
    if found.signers:
        sheet.put(say("Signed by {names}.", names=listed(found.signers)))
    for size, names in found.cosigned:
        if size == found.size:
            sheet.put(say("Co-signed by {names}.", names=listed(names)))
        else:
            first = plural("{n} entry", "{n} entries", size, n=size)
            sheet.put(say("Co-signed by {names}, as far as {size}.", names=listed(names), size=first))
    if found.own_keys:
        sheet.put(
            say(
                "The keys are those that the record itself names. That they are the council's, it cannot show: give "
                "the keys that you were given, with --keys."
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
                "It continues the head that you received.",
                "It continues all {n} heads that you received.",
                found.received,
                n=found.received,
            )
        )


def done_again(again: Replayed) -> str:
    """Whether the rules allow what was done, and whether these are the rules."""
    if again.missing:
        names = listed(list(again.missing))
        return say(
            "Its deeds were not done again: no pages at hand for {names}. Give them with --treaties.",
            names=names,
        )
    if again.differ:
        names = listed(list(again.differ))
        return say(
            "Its deeds were not done again: the pages at hand differ from its own in {names}.", names=names
        )
    deeds = plural("{n} deed", "{n} deeds", again.deeds, n=again.deeds)
    if again.amiss is None and again.rules is not None and again.live:
        return say(
            "Done again by the rules of its pages and the rules of order: {deeds} and {acts} allowed, {refused} "
            "refused as it says.",
            deeds=deeds, acts=plural("{n} act", "{n} acts", again.acts, n=again.acts), refused=again.refused,
        )  # fmt: skip
    if again.amiss is None and again.rules is not None:
        return say(
            "Done again by the rules of its pages: {deeds} allowed, {refused} refused as it says.",
            deeds=deeds, refused=again.refused,
        )  # fmt: skip
    if again.amiss is None:
        return say("It does not say by what rules it went; its entries were not done again.")
    if again.problem is not None:
        return say(
            "Not by the rules of its pages: entry {number}: {problem} ({code}).",
            number=again.amiss, problem=title_of(again.problem), code=again.problem.code,
        )  # fmt: skip
    return say(
        "Not by the rules of its pages: entry {number} says otherwise than they do.", number=again.amiss
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


def as_json(found: Verified, again: Replayed | None = None) -> dict[str, Any]:
    """The same for programs."""
    rules = None if again is None else {
        "done_again": again.rules is not None, "allowed": again.allowed, "deeds": again.deeds,
        "acts": again.acts, "refused": again.refused, "pages_missing": list(again.missing),
        "pages_differ": list(again.differ), "first_amiss": again.amiss,
        "code": again.problem.code if again.problem is not None else None,
    }  # fmt: skip
    return {
        "room": found.room,
        "whole": found.whole,
        "entries": found.size,
        "root": base64.b64encode(found.head.root).decode() if found.head else None,
        "signed_by": list(found.signers),
        "cosigned_by": [{"entries": size, "names": list(names)} for size, names in found.cosigned],
        "keys_of_its_own": found.own_keys,
        "heads_received": found.received,
        "rules": rules,
        "faults": [
            {"kind": fault.kind, "first": fault.first, "last": fault.last, "what": fault.what}
            for fault in found.faults
        ],
    }
