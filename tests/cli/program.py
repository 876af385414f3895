"""`foedus` as an operator has it: its exit status, and what it wrote where.

`foedus` runs it inside the tests' own process, which spares every run the half second in which Python and the
rooms begin. Nothing of a run is left for the next: tests/cli/test_program.py holds that, and that `process`, which
begins a process as an operator does, says the same. Where the process itself is what is tested (signals, terminals,
shells, pipes that close), tests begin one.
"""

from __future__ import annotations

import codecs
import contextlib
import contextvars
import gc
import inspect
import io
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from unittest.mock import patch

from foedus.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
SETTLED = {
    "NO_COLOR", "COLUMNS", "LC_ALL", "LANG", "PYTHONIOENCODING", "PYTHONUTF8", "FOEDUS_LANGUAGE", "FOEDUS_CATALOGUES",
    "PYTHONDONTWRITEBYTECODE",
}  # fmt: skip
"""What of the caller's environment would change what is written, or have each process compile every file anew."""
OWN = {"FOEDUS_DATA": "data-sets"}
"""A shelf in the folder in which the program runs: nobody's own."""
LONGEST = 120
"""Seconds after which a run is given up."""


@dataclass(frozen=True, slots=True)
class Done:
    """Exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in SETTLED}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "COLUMNS": "80", **OWN, **more}


def process(*args: str | Path, cwd: Path = ROOT, **env: str) -> Done:
    """Run it to its end in a process of its own, without input."""
    done = subprocess.run(
        [sys.executable, "-m", "foedus", *map(str, args)],
        cwd=cwd,
        env=environment(**env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=LONGEST,
    )
    return _done(done.returncode, done.stdout, done.stderr, env)


def foedus(*args: str | Path, cwd: Path = ROOT, **env: str) -> Done:
    """Run it to its end in this process, without input. What would be a traceback is raised here."""
    coding, _, errors = env.get("PYTHONIOENCODING", "utf-8").partition(":")
    out = io.TextIOWrapper(io.BytesIO(), coding, errors or "strict")
    err = io.TextIOWrapper(io.BytesIO(), coding, "backslashreplace")
    with (
        Path(os.devnull).open(encoding="utf-8") as nothing,
        patch.multiple(sys, argv=["foedus", *map(str, args)], stdin=nothing, stdout=out, stderr=err),
        patch.multiple(sys, __stdout__=out, __stderr__=err),  # asked how wide the terminal is
        patch.dict(os.environ, environment(**env), clear=True),
        contextlib.chdir(cwd),
        _as_begun(),
    ):
        status = contextvars.Context().run(_ended)  # the language spoken is the context's
        out.flush()
        err.flush()
    assert isinstance(out.buffer, io.BytesIO) and isinstance(err.buffer, io.BytesIO)
    return _done(status, out.buffer.getvalue(), err.buffer.getvalue(), env)


def _ended() -> int:
    """The exit status that the interpreter makes of how the program ends."""
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
            return 1
        return end.code or 0
    return 0


class TookTooLong(BaseException):
    """A run that does not end: nothing in the program takes it for a mistake of its own."""


def _give_up(number: int, frame: FrameType | None) -> None:
    raise TookTooLong(f"{sys.argv} was not done after {LONGEST} seconds")


@contextlib.contextmanager
def _as_begun() -> Generator[None]:
    """The interpreter as a process has it at first: the whole depth of calls, and what the program settles for
    itself given back."""
    often, deep = gc.get_threshold(), sys.getrecursionlimit()
    before = signal.signal(signal.SIGALRM, _give_up) if hasattr(signal, "SIGALRM") else None
    try:
        sys.setrecursionlimit(deep + len(inspect.stack(0)))
        if before is not None:
            signal.alarm(LONGEST)
        yield
    finally:
        if before is not None:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
        sys.setrecursionlimit(deep)
        gc.set_threshold(*often)


def _done(status: int, out: bytes, err: bytes, env: dict[str, str]) -> Done:
    coding = codecs.lookup(env.get("PYTHONIOENCODING", "utf-8").partition(":")[0]).name
    return Done(status, out.decode(coding), err.decode(coding))
