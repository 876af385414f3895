"""Time: how long somebody has still to speak, and the room's clock against the one on the wall.

>>> from datetime import UTC
>>> nine = datetime(2031, 3, 4, 9, tzinfo=UTC)
>>> speech = Speech("ARV", "speech", 7, nine, seconds=180)
>>> left(speech, nine + timedelta(seconds=50)), left(speech, nine + timedelta(seconds=200))
(130, -20)
>>> room_now(Pace(nine, nine, 640), nine + timedelta(minutes=90)).isoformat()
'2031-04-13T09:00:00+00:00'
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from foedus.council.debate.doing import Doing, needed, only, refusal
from foedus.council.debate.state import Debate, Pace, Speech
from foedus.words.speech import phrase

FASTEST = 1_000_000
"""The greatest pace: some eleven days of the room in a second."""


def used(speech: Speech, real: datetime) -> int:
    """How many seconds of a speech have passed at an instant on the wall; a clock that was set back takes none away."""
    if speech.ended is not None or speech.held:
        return speech.used
    return speech.used + max(0, int((real - speech.began).total_seconds()))


def left(speech: Speech, real: datetime) -> int | None:
    """How many seconds are left of a speech at an instant on the wall: below 0 when over, None without a limit."""
    return None if speech.seconds is None else speech.seconds - used(speech, real)


def room_now(pace: Pace, real: datetime) -> datetime:
    """The room's time at an instant on the wall, never before the instant since which it has this pace. To the second;
    the last second there is, where the room would be beyond it."""
    if not pace.running:
        return pace.room
    passed = max(0, int((real - pace.real).total_seconds()))
    try:
        return pace.room + timedelta(seconds=passed * pace.pace)
    except OverflowError:
        return datetime.max.replace(microsecond=0, tzinfo=pace.room.tzinfo)


def held(debate: Debate, real: datetime) -> Debate:
    """The speech that goes on is interrupted; its time stands still."""
    speech = debate.speaking
    if speech is None or speech.held:
        return debate
    return _last(debate, replace(speech, held=True, used=used(speech, real)))


def going_on(debate: Debate, real: datetime) -> Debate:
    """A speech that was interrupted goes on."""
    speech = debate.speaking
    if speech is None or not speech.held:
        return debate
    return _last(debate, replace(speech, held=False, began=real))


def ended(debate: Debate, real: datetime) -> Debate:
    """Whoever speaks has spoken."""
    speech = debate.speaking
    if speech is None:
        return debate
    return _last(debate, replace(speech, held=False, used=used(speech, real), ended=real))


def _last(debate: Debate, speech: Speech) -> Debate:
    return replace(debate, speeches=(*debate.speeches[:-1], speech))


def clock(doing: Doing) -> Debate:
    """The room's clock is let run at a pace, paused, or moved forward."""
    act, debate = doing.act, doing.debate
    pace = debate.pace or Pace(act.at, doing.real)
    now = replace(pace, room=act.at, real=doing.real)
    match act.what:
        case "run":
            only(doing, "pace")
            wanted = now.pace if act.pace is None else act.pace
            if not 1 <= wanted <= FASTEST:
                raise refusal("F720", 20, why=phrase("a pace is from 1 to {most}", most=FASTEST))
            if now.running and wanted == now.pace:
                raise refusal("F720", 20, why=phrase("it runs at that pace already"))
            now = replace(now, pace=wanted, running=True)
        case "pause":
            only(doing)
            if not now.running:
                raise refusal("F720", 20, why=phrase("it stands still already"))
            now = replace(now, running=False)
        case _:
            only(doing, "until")
            needed(doing, "until")
            assert act.until is not None
            if act.until <= act.at:
                raise refusal("F720", 20, why=phrase("it moves forward only"))
            now = replace(now, room=act.until)
    return replace(debate, pace=now)
