"""What one may take away."""

from __future__ import annotations

from importlib.util import find_spec

from foedus.meeting.secrecy import shown_until
from foedus.web.downloads import DOWNLOADS
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.words.speech import say

TYPESETS = find_spec("typst") is not None
"""Whether PDF can be made here: its library is an extra."""


def files(look: Look) -> Filling:
    """The files, with what they are."""
    return {
        "files": [
            (name, say(each.title))
            for name, each in DOWNLOADS.items()
            if each.listed and (name != "minutes.pdf" or TYPESETS) and look.sees(each.sight, look.viewer.seat)
        ],
        "proof": look.sees("record", look.viewer.seat),
        "last": look.standing.size - 1,
        "held": shown_until(look.entries, look.state, look.debate) < look.standing.size,
    }
