"""The timeline of a session as a drawing: a row for each seat, real time from left to right. What it shows is said in
words beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from markupsafe import Markup, escape

from foedus.meeting.review import Mark, Review
from foedus.report.deeds import actor
from foedus.words.speech import say

LEFT, RIGHT, ROW, TOP = 90.0, 910.0, 26.0, 14.0
SIGNS = {
    "speech": "", "proposal": "M0 -7L7 0L0 7L-7 0Z", "vote": "M-5 -5H5V5H-5Z", "step": "M-6 5L0 -6L6 5Z",
    "outside": "M0 -8V8M-8 0H8", "refused": "M-5 -5L5 5M-5 5L5 -5", "other": "M-2 -2H2V2H-2Z",
}  # fmt: skip
"""A sign for each sort, about its own point: told apart by its shape."""


def timeline(review: Review) -> Markup:
    """An SVG element of the class `timeline`; its looks are the page's."""
    rows = ["", *(share.who for share in review.shares)]
    length = max((review.end - review.begin).total_seconds(), 1.0)

    def x(seconds: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * min(max(seconds / length, 0.0), 1.0), 1)

    parts: list[Markup] = []
    height = TOP + ROW * len(rows) + 20
    for number, who in enumerate(rows):
        y = TOP + ROW * number + ROW / 2
        called = actor(who) if who else say("outside")
        parts.append(
            Markup('<line class="lane" x1="{}" x2="{}" y1="{}" y2="{}"/><text x="4" y="{}">{}</text>').format(
                LEFT, RIGHT, y, y, y + 4, called
            )
        )
    for mark in review.marks:
        if mark.who not in rows or mark.sort == "other":
            continue
        y = TOP + ROW * rows.index(mark.who) + ROW / 2
        parts.append(_sign(mark, x((mark.real - review.begin).total_seconds()), y, x, review))
    for share in range(5):
        seconds = length * share / 4
        at = x(seconds)
        words = say("{minutes} min", minutes=round(timedelta(seconds=seconds) / timedelta(minutes=1)))
        parts.append(Markup('<text class="scale" x="{}" y="{}">{}</text>').format(at - 12, height - 4, words))
    label = escape(say("Timeline of the session; the list below says the same in words."))
    return Markup('<svg class="timeline" viewBox="0 0 930 {}" role="img" aria-label="{}">{}</svg>').format(
        height, label, Markup("").join(parts)
    )


def _sign(mark: Mark, at: float, y: float, x: Callable[[float], float], review: Review) -> Markup:
    if mark.sort == "speech":
        end = mark.until or review.end
        width = max(x((end - review.begin).total_seconds()) - at, 2.0)
        return Markup('<rect class="speech" x="{}" y="{}" width="{}" height="12"/>').format(
            at, y - 6, round(width, 1)
        )
    return Markup('<path class="{}" transform="translate({} {})" d="{}"/>').format(
        mark.sort, at, y, SIGNS[mark.sort]
    )
