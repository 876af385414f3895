"""The line that `foedus completion` prints, in real shells at a real terminal, with the Tab key."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.program import ROOT, environment, foedus

STARTED: dict[str, list[str]] = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
BEFORE = {"zsh": "autoload -U compinit && compinit -u -D"}
"""What a shell's own settings have before the line."""

PRESSED = [
    ("foedus asse", "foedus assess "),
    ("foedus assess kaza", "kazakhstan-2022"),
    ("foedus assess bord", "border/"),
    ("foedus new dos", "foedus new dossier "),
    ("foedus new dossier sel --treaty dunk", "dunkirk"),
    ("foedus new treaty marsh --tit", "--title"),
    ("foedus assess kazakhstan-2022 --why cst.assi", "cst.assist"),
    ("foedus why F53", "F53"),
]


OWN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""
"""Makes the terminal the shell's own, so that it reads keys as from a person."""


class Terminal:
    """A shell at a terminal of its own: `type` presses keys, `until` reads what is shown."""

    def __init__(self, command: list[str], cwd: Path, env: dict[str, str]) -> None:
        self.ours, theirs = pty.openpty()
        self.child = subprocess.Popen(
            [sys.executable, "-c", OWN_TERMINAL, *command],
            cwd=cwd, env=env, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""

    def type(self, keys: str) -> None:
        self.seen = ""
        os.write(self.ours, keys.encode())

    def until(self, words: str, seconds: float = 30) -> bool:
        last = time.monotonic() + seconds
        while words not in self.shown() and time.monotonic() < last:
            if select.select([self.ours], [], [], 0.1)[0]:
                try:
                    more = os.read(self.ours, 65536).decode(errors="replace")
                except OSError:
                    break
                if "\x1b[c" in more or "\x1b[0c" in more:  # fish asks what terminal this is
                    os.write(self.ours, b"\x1b[?62;c")
                self.seen += more
        return words in self.shown()

    def shown(self) -> str:
        return re.sub(r"\x1b(\[[0-9;?>=<]*[a-zA-Z]|\][^\x07\x1b]*(\x07|\x1b\\)|[()=>].?)", "", self.seen)

    def close(self) -> None:
        self.child.kill()
        self.child.wait()
        os.close(self.ours)


@pytest.mark.parametrize("shell", sorted(STARTED))
def test_the_tab_key(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "foedus"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m foedus "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "here" / "border").mkdir(parents=True)
    line = foedus("completion", shell).out
    env = environment(
        PATH=f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", HOME=str(tmp_path), TERM="xterm",
        PS1="ready> ", COLUMNS="200",
    )  # fmt: skip
    terminal = Terminal(STARTED[shell], tmp_path / "here", env)
    try:
        terminal.type("")
        for settled in (BEFORE.get(shell), line.strip(), "echo set''tled"):
            if settled:
                terminal.type(f"{settled}\n")
        assert terminal.until("settled\r\n"), terminal.shown()
        for typed, wanted in PRESSED:
            terminal.type(f"{typed}\t")
            assert terminal.until(wanted), (typed, terminal.shown())
            terminal.type("\x15")  # forget the line
    finally:
        terminal.close()


def test_the_lines_are_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    for shell in STARTED:
        assert foedus("completion", shell).out.strip() in page
