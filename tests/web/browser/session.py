"""A session of the six valleys in full swing: something adopted, something lost, something open, somebody speaking."""

from __future__ import annotations

from tests.web.browser.served import Served

PARTS = {
    "parts__1": "The Council sends the Ward of the Valleys to Marn, at the request of Arvia.",
    "parts__2": "The Ward guards the dam and keeps the sluices open.",
}
TASK = {
    "mandate__tasks__0__what": "guard",
    "mandate__tasks__0__force": "may",
    "mandate__tasks__0__where": "dam",
}


def asked_for_help(hall: Served) -> None:
    """A meeting is open, Arvia has asked for help, and it is being consulted about."""
    hall.acts("meet", "chair", what="open")
    hall.acts("item", "chair", what="propose", item="new", title="The dam at Marn")
    hall.acts("item", "chair", what="adopt", item="i1")
    hall.acts("item", "chair", what="take up", item="i1")
    hall.acts("step", "ARV", step="ask", terms__i="marn")
    hall.acts("step", "chair", step="consult")


def proposed(hall: Served) -> None:
    """Then Borland has proposed a mission, and Einmar an amendment."""
    asked_for_help(hall)
    words = "The Ward goes to Marn."
    hall.acts(
        "propose",
        "BOR",
        step="decide",
        terms__host="ARV",
        text=words,
        mandate__ceiling="300",
        **PARTS,
        **TASK,
    )
    parts = {"parts__3": "The mandate ends on 26 March; the Council may prolong it."}
    hall.acts("amend", "EIN", proposal="p1", text="An end, and it can be moved.", **parts)


def in_full_swing(hall: Served) -> None:
    """Then Cadria has broken the silence on the amendment, which was adopted by a vote; the proposal is under silence,
    Borland speaks, three others wait, and Cadria wants the meeting suspended."""
    proposed(hall)
    hall.acts("open", "chair", proposal="p2", until__hours="24")
    hall.acts("object", "CAD", ballot="b1", text="We do not believe in a mandate that Borland writes.")
    hall.acts("close", "chair", ballot="b1")
    hall.acts("open", "chair", proposal="p2", way="1")
    for who, status in (("ARV", "for"), ("BOR", "for"), ("CAD", "against"), ("EIN", "for"), ("FEN", "for")):
        hall.acts("vote", who, ballot="b2", status=status)
    hall.acts("vote", "DUN", ballot="b2", status="abstained")
    hall.acts("close", "chair", ballot="b2")
    for who in ("BOR", "CAD", "EIN", "FEN"):
        hall.acts("ask", who, what="speech")
    hall.acts("floor", "chair", whom="BOR")
    hall.acts("open", "chair", proposal="p1", until__hours="24")
    hall.acts("motion", "CAD", what="suspend")
