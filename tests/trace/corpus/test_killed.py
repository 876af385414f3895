"""A process killed at any moment leaves an index from which the next goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]


def run(place: Path, until: str = "", workers: int = 1) -> tuple[list[str], int]:
    """What a process said until it was killed, right after it said `until`, and what it exited with."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY)])}
    command = [sys.executable, "-m", "tests.trace.corpus.killed", str(place), str(workers)]
    said: list[str] = []
    with subprocess.Popen(
        command, env=environment, cwd=REPOSITORY, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.strip())
            if said[-1] == until:
                process.kill()
                break
            if not line.startswith("passage"):
                process.stdin.write("\n")
                process.stdin.flush()
        process.stdout.close()
        process.stdin.close()
        return said, process.wait()


def inodes(place: Path) -> dict[str, int]:
    return {str(one): one.stat().st_ino for one in place.glob("batches/*/*")}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not there")
def test_what_is_finished_is_not_done_again(tmp_path):
    straight, code = run(tmp_path / "straight")
    assert code == 0
    wanted = [line for line in straight if line.startswith("passage")]
    assert wanted

    def stages(said: list[str]) -> list[str]:
        return [line for line in said if not line.startswith(("passage", "reading"))]

    place = tmp_path / "index"
    reading = [line for line in straight if line.startswith("reading")]
    kept: dict[str, int] = {}
    for until in (reading[2], "joining 1", "chaining 2", "aligning 1"):
        said, code = run(place, until, workers=2 if until == "aligning 1" else 1)
        assert (said[-1], code) == (until, -signal.SIGKILL)
        if until == "chaining 2":
            assert stages(said)[0] == "joining 1"  # what was joined is kept
        assert kept.items() <= inodes(place).items()
        kept = inodes(place)
    said, code = run(place)
    assert code == 0
    stage, done = stages(said)[0].split()
    assert stage == "aligning"
    assert int(done) >= 1  # the other worker may have finished one too before it saw that its parent was gone
    assert [line for line in said if line.startswith("passage")] == wanted
    assert list((place / "work").iterdir()) == [place / "work" / "lock"]
