"""How a bot presides over a debate: by the rules of order, and with no will of its own.

It opens the meeting, adopts what is proposed for the agenda, gives the floor in the order of the list, puts motions by
precedence and closes them when everybody has shown a hand or nobody has for long enough. It upholds no point of order:
whoever disagrees appeals to the members.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from foedus.council.debate.act import Act
from foedus.council.debate.clock import left
from foedus.council.debate.doing import NEW, waiting_appeal
from foedus.council.debate.motions import first_waiting
from foedus.council.debate.order import ROWS
from foedus.council.debate.speakers import next_speaker
from foedus.council.debate.state import Motion
from foedus.council.debate.table import CHAIR
from foedus.meeting.entering import Standing
from foedus.words.speech import say

GRACE = 10
"""Seconds that a speaker has to come to an end when the time is over."""


@dataclass(frozen=True)
class Presiding:
    """What the chair sees. `hold`: seconds of silence at the table after which it goes on. `title` is what an agenda
    without a line gets as its first."""

    standing: Standing
    now: datetime
    real: datetime
    hold: float
    title: str

    def acts(self) -> Iterator[Act]:
        """What it would do, the most urgent first. Whether each is in order is for the rules to say."""
        debate = self.standing.debate
        if debate.point is not None:
            words = say(
                "A bot presides: it upholds no point of order. Whoever disagrees appeals to the members."
            )
            yield self._act("ruling", answer="not upheld", text=words)
            return
        appeal = waiting_appeal(debate)
        if appeal is not None:
            yield from self._motion(appeal)
            return
        if debate.sitting != "open":
            yield from self._opened()
            return
        if debate.voting is not None:
            yield from self._motion(debate.voting)
            return
        yield from self._floor()
        yield from self._agenda()

    @property
    def quiet(self) -> bool:
        """Whether nobody has done anything for long enough."""
        return self.real - self.standing.real >= timedelta(seconds=self.hold)

    def _act(self, kind: str, **said: object) -> Act:
        return Act(kind, CHAIR, self.now, **said)  # type: ignore[arg-type]

    def _opened(self) -> Iterator[Act]:
        debate = self.standing.debate
        over = debate.until is not None and self.now >= debate.until
        if debate.sitting == "not opened" or (debate.sitting == "adjourned" and over):
            yield self._act("meet", what="open")
        elif debate.sitting == "suspended" and (over or (debate.until is None and self.quiet)):
            yield self._act("meet", what="resume")

    def _motion(self, motion: Motion) -> Iterator[Act]:
        """Put; or closed, when all have shown a hand."""
        if motion.fate == "":
            yield self._act("put", motion=motion.id)
            return
        table = self.standing.table
        shown = all(each in motion.said for each in table.members if each not in table.away)
        if shown or self.quiet:
            yield self._act("settle", motion=motion.id)
            words = say("The hands did not decide it, and a bot presides: it is lost.")
            yield self._act("settle", motion=motion.id, answer="lost", text=words)

    def _floor(self) -> Iterator[Act]:
        debate, order = self.standing.debate, self.standing.order
        del order
        speech = debate.speaking
        if speech is not None:
            over = left(speech, self.real)
            if over is not None and over <= -GRACE:
                yield self._act("yield")
            return
        for each in debate.motions.values():
            if not each.fate and ROWS[each.what].decided == "chair":
                words = say("A bot presides: it grants what is left to the chair.")
                yield self._act("settle", motion=each.id, answer="carried", text=words)
        motion = first_waiting(debate)
        if motion is not None:
            yield from self._motion(motion)
        for asked in debate.asking:
            if asked.what != "speech":
                yield self._act("floor", whom=asked.who, what=asked.what)
        following = next_speaker(debate, self.standing.table)
        if following is not None:
            yield self._act("floor", whom=following.who, what="speech")

    def _agenda(self) -> Iterator[Act]:
        items = self.standing.debate.items
        if not items:
            yield self._act("item", what="propose", item=NEW, title=self.title)
        for each in items.values():
            if each.stands == "proposed":
                yield self._act("item", what="adopt", item=each.id)
        following = next((each for each in items.values() if each.stands == "adopted"), None)
        if following is None or self.standing.debate.speaking is not None:
            return
        if not self.standing.debate.item:
            yield self._act("item", what="take up", item=following.id)
        elif self.quiet and not self.standing.debate.asking and not self.standing.table.proposals:
            yield self._act("item", what="finish", item=self.standing.debate.item)
