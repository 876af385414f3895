"""The record of a room behind the server's loop: one thread writes it, and an entry is acknowledged when it is on the
disk. Entries that wait for one another are written together, under one signed head."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, TypeVar

from foedus.council.ledger.database import Connection, Database, Sqlite
from foedus.council.ledger.head import Head, Signer
from foedus.council.ledger.store import Store, Unavailable
from foedus.meeting.entering import Body

T = TypeVar("T")


def connected(place: str | Path) -> Connection:
    """A connection to a file of SQLite, or to PostgreSQL by its address. Raises Unavailable."""
    if str(place).startswith(("postgresql://", "postgres://")):
        try:
            from foedus.council.ledger.postgresql import Postgresql  # noqa: PLC0415  its library is an extra
        except ImportError as error:
            raise Unavailable(str(error)) from error
        return Postgresql(str(place))
    return Sqlite(place)


class Storing:
    """A store with the one thread that may use it. `lock` is the file that keeps other servers from it."""

    def __init__(self, place: str | Path, lock: BinaryIO | None = None) -> None:
        self.lock = lock
        self.closed = False
        self.thread = ThreadPoolExecutor(1, "record")
        self.store: Store = self.thread.submit(lambda: Database(connected(place))).result()

    async def run(self, what: Callable[[Store], T]) -> T:
        """Something done with the store, in its thread. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, what, self.store)

    def now(self, what: Callable[[Store], T]) -> T:
        """The same, waiting for it: before the server runs, and after."""
        return self.thread.submit(what, self.store).result()

    async def append(self, room: str, bodies: Sequence[Body], signer: Signer, seen: int) -> Head:
        """Adds entries under one head, all or none; on the disk when it returns. Raises Unavailable, Behind."""

        def add(store: Store) -> Head:
            store.append(room, bodies, signer, seen)
            return store.head(room)

        return await self.run(add)

    def close(self) -> None:
        """Lets go of the store, and of what keeps others from it; a second time does nothing."""
        if self.closed:
            return
        self.closed = True
        self.now(lambda store: store.close())
        self.thread.shutdown()
        if self.lock is not None:
            self.lock.close()
