"""`foedus` as an operator has it: a process of its own, with its exit status and what it wrote where."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTLED = {
    "NO_COLOR", "COLUMNS", "LC_ALL", "LANG", "PYTHONIOENCODING", "PYTHONUTF8", "FOEDUS_LANGUAGE", "FOEDUS_CATALOGUES",
}  # fmt: skip
"""What of the caller's environment would change what is written."""


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
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "COLUMNS": "80", **more}


def foedus(*args: str | Path, cwd: Path = ROOT, **env: str) -> Done:
    """Run it to its end, without input."""
    command = [sys.executable, "-m", "foedus", *map(str, args)]
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(**env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Done(
        done.returncode,
        *(read.decode(env.get("PYTHONIOENCODING", "utf-8")) for read in (done.stdout, done.stderr)),
    )
