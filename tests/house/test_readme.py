"""What the README shows is what runs: its page, its dossier, its answer."""

from __future__ import annotations

import re
from pathlib import Path

from foedus.assessment.assess import assess
from foedus.library import Library
from foedus.report.terminal import show_assessment

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "examples" / "border"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def test_the_treaty_of_eight_lines_is_the_examples() -> None:
    (shown,) = blocks("foedus")
    assert len(shown.splitlines()) == 8
    assert shown in (EXAMPLE / "lir.md").read_text(encoding="utf-8")


def test_the_claims_are_the_examples() -> None:
    (shown,) = blocks("record")
    dossier = (EXAMPLE / "dossier.md").read_text(encoding="utf-8")
    assert [line for line in shown.splitlines() if line not in dossier] == []


def test_the_answer_is_what_the_engine_gives() -> None:
    loaded = Library().dossier(str(EXAMPLE))
    assert loaded.dossier is not None
    answer = show_assessment(assess(loaded.dossier, loaded.program))
    (shown,) = blocks("text")
    asked, _, told = shown.partition("\n\n")
    assert asked == "$ foedus assess examples/border"
    assert answer.startswith(told.rstrip())
