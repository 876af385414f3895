"""Each mistake of names, meaning and dossiers: its program in `bad/`, its message beside it.

The `.txt` files are the expected messages. After a change that is meant, set FOEDUS_GOLDEN=rewrite for one
run and read the difference before committing it. `NAME.with.md` is a page read before `NAME.md`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from foedus.diagnostics.catalogue import CATALOGUE
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.render import to_terminal
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower
from foedus.lang.to_record import to_dossier, to_record

BAD = Path(__file__).parent.parent / "bad"
PAGES = sorted(p for kind in ("F2*", "F3*", "F40*") for p in BAD.glob(f"{kind}.md") if ".with" not in p.name)
BY_HAND = {"F316", "F408"}
"""Codes that the parser forestalls: only items built by hand (an import) can have them."""


def problems_of(path: Path) -> tuple[tuple[Problem, ...], dict[str, str]]:
    texts = {
        p.name: p.read_text(encoding="utf-8") for p in (path.with_suffix(".with.md"), path) if p.exists()
    }
    parsed = [parse_page(name, text) for name, text in texts.items()]
    pages = [page for page, _ in parsed]
    program, found = lower(pages)
    problems = [p for _, mistakes in parsed for p in mistakes] + list(found)
    if pages[-1].records:
        problems += to_dossier(pages[-1:], program)[1]
    for trial in pages[-1].trials:
        problems += to_record(trial.records, program)[1]
    return tuple(problems), texts


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_bad_page_says_what_is_wrong(path: Path) -> None:
    problems, texts = problems_of(path)
    assert {p.code for p in problems} == {path.name[:4]}
    said = to_terminal(problems, texts) + "\n"
    golden = path.with_suffix(".txt")
    if os.environ.get("FOEDUS_GOLDEN") == "rewrite":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_every_code_of_this_stage_has_a_bad_page() -> None:
    codes = {code for code in CATALOGUE if code[1] in "23" or code.startswith("F40")}
    assert {p.name[:4] for p in PAGES} | BY_HAND == codes
