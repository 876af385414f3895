"""What takes long shows so on a terminal and nowhere else, and can be ended with one key."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from foedus.cli.busy import Busy
from tests.cli.program import ROOT, environment

LIR = ROOT / "tests" / "good" / "lir.md"
LONG = [sys.executable, "-m", "foedus", "check", *[str(LIR)] * 3_000]  # minutes
LINE = re.compile(r"Checking \d+ of 3000: \S+ … \d+ s \(Ctrl-C ends it\)")


def settled(**more: str) -> dict[str, str]:
    return {name: value for name, value in environment(**more).items() if name != "CI"} | more


def read_until(end: int, found: re.Pattern[str], seconds: float) -> str:
    """What a terminal shows, until the pattern is met, or it is closed."""
    seen = b""
    last = time.monotonic() + seconds
    while time.monotonic() < last and not found.search(seen.decode(errors="replace")):
        if select.select([end], [], [], 0.2)[0]:
            try:
                seen += os.read(end, 65536)
            except OSError:  # Linux's way to say that the other end is closed
                break
    return seen.decode(errors="replace")


@pytest.fixture
def terminal():
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)


def test_what_takes_long_says_so_and_ends_with_one_key(terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    child = subprocess.Popen(
        LONG, env=settled(COLUMNS="300"), stdin=theirs, stdout=subprocess.PIPE, stderr=theirs
    )
    os.close(theirs)
    try:
        seen = read_until(ours, LINE, 60)
        assert LINE.search(seen), seen
        child.send_signal(signal.SIGINT)
        seen = read_until(ours, re.compile(r"Interrupted[^\n]*\n"), 60)
        assert child.wait(60) == 130
    finally:
        child.kill()
        child.wait()
    assert "Interrupted." in seen
    assert "Traceback" not in seen
    assert child.stdout is not None
    assert child.stdout.read() == b""
    child.stdout.close()


@pytest.mark.parametrize("ci", [{}, {"CI": "true"}], ids=["in a pipe", "under CI"])
def test_nothing_is_shown_where_nobody_looks_on(ci: dict[str, str], terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    where = theirs if ci else subprocess.PIPE
    child = subprocess.Popen(LONG, env=settled(**ci), stdout=subprocess.DEVNULL, stderr=where)
    os.close(theirs)
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(4)
    child.send_signal(signal.SIGINT)
    assert child.wait(60) == 130
    said = read_until(ours, re.compile(r"\n$"), 60) if ci else child.communicate()[1].decode()
    assert said.strip() == "Interrupted."


def test_the_line_is_cleared_and_stays_within_the_terminal(terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    os.environ["COLUMNS"] = "30"
    try:
        with open(theirs, "w", encoding="utf-8", closefd=False) as stream:
            shown = Busy(stream, "Assessing " + "日本" * 40 + "\x1b[2J", after=0.02)
            drawn = read_until(ours, re.compile("日"), 30)
            shown.end()
    finally:
        del os.environ["COLUMNS"]
    after = drawn + read_until(ours, re.compile(r" {3,}\r$"), 30)
    os.close(theirs)
    assert "\x1b" not in after
    assert max(len(part) + part.count("日") + part.count("本") for part in after.split("\r")) < 30
    assert after.endswith(" \r")


def test_a_terminal_that_goes_away_disturbs_nothing(tmp_path: Path) -> None:
    stream = (tmp_path / "gone").open("w", encoding="utf-8")
    shown = Busy(stream, "Assessing", after=0.01)
    stream.close()
    shown.on("Assessing on")
    shown.end()
