"""Where the server says what happened: warnings where it runs, and all of it in a file, if one is named.

Times are in UTC. There are no names, codes, tokens, passphrases or addresses of pages in it: people are handles.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path
from typing import TextIO

LOG = logging.getLogger("foedus.web")
FORMAT = "%(asctime)sZ %(levelname)s %(message)s"


class _Lines(logging.Formatter):
    converter = time.gmtime

    def __init__(self) -> None:
        super().__init__(FORMAT, "%Y-%m-%dT%H:%M:%S")


def to(file: Path | None, aloud: TextIO | None = None) -> tuple[logging.Handler, ...]:
    """Have it said from now on; the handlers, to be taken away. A file is for its owner alone. Raises OSError."""
    handlers: list[logging.Handler] = [logging.StreamHandler(aloud or sys.stderr)]
    handlers[0].setLevel(logging.WARNING)
    if file is not None:
        os.close(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
        handlers.append(logging.FileHandler(file, encoding="utf-8"))
    for each in handlers:
        each.setFormatter(_Lines())
        LOG.addHandler(each)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    return tuple(handlers)


def no_longer(handlers: tuple[logging.Handler, ...]) -> None:
    """Take handlers away."""
    for each in handlers:
        LOG.removeHandler(each)
        each.close()
    LOG.propagate = True
