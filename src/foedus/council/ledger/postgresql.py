"""The store in PostgreSQL (extra `foedus[postgresql]`): many rooms, many servers.

Numbers are given under the lock of the room's row, since the order of a sequence is not the order of commits.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import LiteralString, cast

import psycopg

from foedus.council.ledger.database import Cursor
from foedus.council.ledger.store import Unavailable


class Postgresql:
    """A connection by URL (`postgresql://…`)."""

    lock = " FOR UPDATE"
    type_of_bytes = "BYTEA"

    def __init__(self, url: str) -> None:
        with _psycopg():
            self.raw = psycopg.connect(url, autocommit=True, connect_timeout=10)
            self.raw.execute("SET synchronous_commit = on")

    def ask(self, text: str, values: Sequence[object] = ()) -> Cursor:
        """As `Connection.ask`."""
        with _psycopg():
            return self.raw.execute(_placed(text), tuple(values))

    def ask_many(self, text: str, rows: Sequence[Sequence[object]]) -> None:
        """As `Connection.ask_many`."""
        with _psycopg(), self.raw.cursor() as cursor:
            cursor.executemany(_placed(text), [tuple(row) for row in rows])

    @contextmanager
    def writing(self) -> Generator[None]:
        """As `Connection.writing`."""
        with _psycopg(), self.raw.transaction():
            yield

    def close(self) -> None:
        """As `Connection.close`."""
        self.raw.close()


def _placed(text: str) -> LiteralString:
    """The statement with its places as psycopg writes them. Every statement is a literal of this package."""
    return cast("LiteralString", text.replace("?", "%s"))


@contextmanager
def _psycopg() -> Generator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise Unavailable(str(error).strip()) from error
