"""`--texts DIR`: the reader's own copies of treaty texts, named by instrument (`cst.txt`, `cst.2010.md`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from foedus.assessment.finding import Assessment
from foedus.cli.say import refuse
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_page
from foedus.diagnostics.span import spelled, whole

ENDINGS = (".txt", ".md")


def read_copies(folder: Path, answer: Assessment) -> Mapping[str, str]:
    """The text of each instrument of the answer for which the folder has one: that of the text in force
    first (`cst.2010.txt`), then that of the instrument (`cst.txt`). Files in another encoding are read, and
    said to be. Raises `Refused` (F560) where the folder has none."""
    wanted: dict[str, str | None] = {}
    for finding in answer.findings:
        wanted[finding.norm.instrument] = finding.norm.text or wanted.get(finding.norm.instrument)
    found: dict[str, str] = {}
    for instrument, text in wanted.items():
        names = [f"{instrument}.{text}", instrument] if text else [instrument]
        at_hand = [path for name in names for end in ENDINGS if (path := folder / f"{name}{end}").is_file()]
        if at_hand:
            found[instrument], problems = read_page(at_hand[0])
            if problems:
                refuse(problems)
    if not found:
        named = ", ".join(f"{instrument}.txt" for instrument in wanted)
        raise Refused(Problem("F560", whole(spelled(folder)), {"folder": spelled(folder), "names": named}))
    return found
