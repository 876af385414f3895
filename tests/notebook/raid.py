"""The raid on Arvia, asked about from Python: what the tests of the notebook look at."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import foedus

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "tests" / "good"
RAID = ROOT / "tests" / "report" / "dossiers" / "raid.md"


@cache
def dossier() -> foedus.Dossier:
    return foedus.load(RAID, treaties=PAGES)


@cache
def raid() -> foedus.Answer:
    return foedus.assess(dossier())


@cache
def kazakhstan() -> foedus.Answer:
    return foedus.assess("kazakhstan-2022")


ANSWERS = {"raid": raid, "kazakhstan": kazakhstan}
