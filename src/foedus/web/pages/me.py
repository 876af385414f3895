"""One's own account."""

from __future__ import annotations

from foedus.meeting.access import may_manage
from foedus.web.look import Look
from foedus.web.pages.page import Page
from foedus.web.qr import svg
from foedus.words.speech import say


def show(look: Look) -> Page:
    """The page of one's own account; a screen has none, and is only told so."""
    shown = look.told["shown"]
    codes = [
        (code, svg(f"{look.told['address']}join#{code}", say("Code for another device")))
        for *_, code in shown.codes
    ]
    return Page(
        say("My account"), "me",
        values={
            "browsers": look.told["browsers"], "kept": look.told["kept"], "shown": shown, "codes": codes,
            "may": may_manage(look.viewer, "own account"),
        },
        live=False,
    )  # fmt: skip
