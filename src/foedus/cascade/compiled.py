"""Where compiled code comes from: made once on a machine, in some seconds, and kept in the user's cache folder.

`FOEDUS_CACHE` names another folder, or `off`: then it is compiled by each process that needs it.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import threading
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from foedus.diagnostics.cache import cache_folder

WORDS = 32
"""Words of 64 worlds in a block, of which every row of lanes has so many."""
PLANES = 16
"""Binary digits of the size of a side."""

_SOURCES = ("kernel.py", "throwing.py", "vectors.py", "coins.py", "compiled.py", "model.py")
_ONE_AT_A_TIME = threading.Lock()


def available() -> bool:
    """Whether `foedus[cascade]` is installed: numba, and what it needs."""
    return find_spec("numba") is not None and find_spec("numpy") is not None


def kept_in() -> Path | None:
    """The folder of the compiled code; None if the user wants none kept."""
    folder = cache_folder()
    if folder is None:
        return None
    # numba asks only whether kernel.py is still the same; what it draws in counts too.
    key = hashlib.sha256()
    for source in _SOURCES:
        key.update(Path(__file__).with_name(source).read_bytes())
    return folder / f"cascade-{key.hexdigest()[:16]}"


def is_ready() -> bool:
    """Whether the code was compiled before, by this process or on this machine: if not, the first answer takes some
    seconds more."""
    if simulate.cache_info().currsize:
        made: Any = simulate()
        if made.signatures:
            return True
    folder = kept_in()
    if folder is None:
        return False
    named = os.environ.get("NUMBA_CACHE_DIR")
    folder = Path(named) if named else folder
    return folder.is_dir() and any(folder.rglob("kernel.simulate-*.nbi"))


@cache
def simulate() -> Callable[..., None]:
    """The compiled `foedus.cascade.kernel.simulate`. ImportError where numba is not installed."""
    config: Any = importlib.import_module("numba").config
    folder = kept_in()
    with _ONE_AT_A_TIME:
        before = config.CACHE_DIR
        if folder is not None and not os.environ.get("NUMBA_CACHE_DIR"):
            config.CACHE_DIR = os.fspath(
                folder
            )  # read where a function is marked to be compiled, and nowhere else
        try:
            kernel: Any = importlib.import_module("foedus.cascade.kernel")
        finally:
            config.CACHE_DIR = before
    return kernel.simulate if folder is not None else kernel.simulate_unkept
