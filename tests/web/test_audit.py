"""The audit names files that are there, and says of each requirement one of five things."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PAGE = (ROOT / "docs/why/web-security.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| [0-9]+\.[0-9]", line)
]
STATES = {"met", "partly", "not met", "open", "n/a"}


def test_each_requirement_stands_once_with_a_state() -> None:
    numbers = [number for row in ROWS for number in row[0].split(", ")]
    assert len(numbers) == len(set(numbers)) > 180
    assert all(re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", number) for number in numbers)
    assert {row[2] for row in ROWS} <= STATES
    for row in ROWS:
        assert len(row) == 5, row
        assert row[2] not in ("partly", "not met", "open") or row[3] or row[4], f"{row[0]}: what is missing?"
        if row[2] == "not met":
            assert row[4] or row[3], row


def test_files_that_are_named_are_there() -> None:
    web = ROOT / "src/foedus/web"
    for row in ROWS:
        for name in re.findall(r"`([\w./]+\.(?:py|html|js))`", row[3]):
            folders = (HERE,) if name.startswith("test_") else (web, web / "static")
            assert any((folder / name).is_file() for folder in folders), f"{row[0]}: {name}"
