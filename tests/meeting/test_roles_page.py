"""The page on roles says what the tables of access say. After a change that is meant: FOEDUS_GOLDEN=rewrite, once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest

from foedus.council.debate.act import ActKind
from foedus.council.deed import Kind
from foedus.meeting.access import BELOW, DOES, MANAGES, SEES, Managing, Sight, may_manage
from foedus.meeting.viewer import ROLES, Role, Viewer

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "roles.md"
WORDS = {"own": "own", "all": "all", "aloud": "read aloud"}


def rows(table: Mapping[str, Mapping[Role, str]]) -> list[str]:
    head = ["", *ROLES]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for what, reach in table.items():
        cells = [WORDS[reach[role]] if role in reach else "" for role in ROLES]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return lines


def between(mark: str, table: Mapping[str, Mapping[Role, str]], text: str) -> str:
    first, last = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    before, _, rest = text.partition(first)
    _, _, after = rest.partition(last)
    assert after, mark
    return f"{before}{first}\n\n" + "\n".join(rows(table)) + f"\n\n{last}{after}"


def test_the_page_has_the_tables() -> None:
    text = PAGE.read_text(encoding="utf-8")
    made = between("sees", SEES, text)  # type: ignore[arg-type]
    made = between("does", DOES, made)  # type: ignore[arg-type]
    made = between("manages", MANAGES, made)  # type: ignore[arg-type]
    if os.environ.get("FOEDUS_GOLDEN") == "rewrite":
        PAGE.write_text(made, encoding="utf-8")
    assert made == text


def test_each_deed_act_sight_and_manage_has_a_row() -> None:
    assert set(DOES) == {*get_args(Kind), *get_args(ActKind)}
    assert set(SEES) == set(get_args(Sight))
    assert set(MANAGES) == set(get_args(Managing))


def viewer(role: Role, seat: str = "") -> Viewer:
    return Viewer("bcdfghjk", "Asel", role, seat, "council")


@pytest.mark.parametrize("role", ROLES)
def test_a_head_answers_for_members_and_advisers_of_its_own(role: Role) -> None:
    head = viewer("head", "ARV")
    for what in ("make codes", "withdraw codes", "send out"):
        assert may_manage(head, what, role, "ARV") == (role in BELOW)  # type: ignore[arg-type]
        assert not may_manage(head, what, role, "BOR")  # type: ignore[arg-type]
        assert not may_manage(head, what, role, "")  # type: ignore[arg-type]


def test_secretary_and_director_make_codes_for_all_and_nobody_else_does() -> None:
    for role in ROLES:
        may = may_manage(viewer(role, "ARV"), "make codes", "head", "BOR")
        assert may == (role in ("secretary", "director"))
