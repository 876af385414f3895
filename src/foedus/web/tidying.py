"""Takes away, at the start and every hour, what is over: browsers that are forgotten, old codes, loose contents."""

from __future__ import annotations

import asyncio
import logging

from foedus.council.ledger.store import Unavailable
from foedus.web.accounts import moment
from foedus.web.hall import Hall
from foedus.web.keeping import seconds
from foedus.web.papers.history import history

LOG = logging.getLogger("foedus.web")
EVERY = 3600.0
"""Seconds."""


def begun(hall: Hall) -> None:
    """Have a hall tidied for as long as it is open."""
    tasks: list[asyncio.Task[None]] = []

    async def opened() -> None:
        tasks.append(asyncio.get_running_loop().create_task(_again_and_again(hall)))

    async def closed() -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    hall.opening.append(opened)
    hall.closing.append(closed)


async def _again_and_again(hall: Hall) -> None:
    while True:
        await once(hall)
        await asyncio.sleep(EVERY)


async def once(hall: Hall) -> None:
    """Tidy now. What cannot be done now is done an hour later."""
    now = moment()
    try:
        gone = await hall.accounts.run(lambda people: people.tidy(now=now))
        loose = 0
        for name, room in hall.rooms.items():
            spoken_of = frozenset(history(room).digests)
            loose += await hall.papers.run(
                lambda papers, name=name, of=spoken_of: papers.tidy(name, of, seconds(now))
            )
    except Unavailable as error:
        LOG.warning("what is over could not be taken away: %s", error)
        return
    LOG.info("%s visits, %s codes and %s contents were over", gone["visits"], gone["codes"], loose)
