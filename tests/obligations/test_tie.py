"""The assessment of a probe's facts, the panel's bit, and the first round of a cascade with every coin 1: one answer.

For every norm of every treaty page, every pair of states that its condition tells apart, every cast and every probe,
in every lane of readings. The assessment goes through `assess` and a record of its own (`scene.py`), the panel through
`Hypothesis`. CI draws a sample, other each day; `FOEDUS_EXHAUSTIVE=1` takes all.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from foedus.ir.norm import Program
from foedus.library import Library
from foedus.obligations.conditions import casts
from foedus.obligations.intervals import Interval, governed
from foedus.obligations.pages import pairs, unfit
from foedus.obligations.probe import PROBES, SINGLE, Probe, Stage, Staged, words_of
from tests.obligations.first_round import called, comparable
from tests.obligations.scene import SPAN, arises, without_rights

EXHAUSTIVE = os.environ.get("FOEDUS_EXHAUSTIVE") == "1"
SEED = int(os.environ.get("FOEDUS_SEED", date.today().toordinal()))  # noqa: DTZ011  another sample each day
SHARE = 0.3
"""Which part of the casts of a norm is tried, under one probe each, where not all are."""
MOST_LANES = 16
"""How many lanes of one that depends are asked about one by one, where not all are."""


@dataclass
class Tally:
    """What was compared, and where the two disagreed."""

    assessments: int = 0
    lanes: int = 0
    rounds: int = 0
    different: list[str] = field(default_factory=list[str])

    def compare(self, staged: Staged, probe: Probe, day: date, program: Program, draw: random.Random) -> None:
        """One norm under one probe, in every lane."""
        bits = staged.fires(probe)
        self.first_round(staged, probe, day, program, bits)
        told = (
            f"{staged.norm.id} {staged.norm.text or ''} {staged.cast} {probe.name} on {day}: panel {bits:b}"
        )
        whole = arises(staged, probe, day, None, program)
        self.assessments += 1
        if whole is not None:
            self.lanes += staged.layout.count
            if bits != (staged.layout.full if whole else 0):
                self.different.append(f"{told}, assessment {whole} in every lane")
            return
        lanes = range(staged.layout.count)
        if not EXHAUSTIVE and len(lanes) > MOST_LANES:
            lanes = draw.sample(lanes, MOST_LANES)
        for lane in lanes:
            found = arises(staged, probe, day, lane, program)
            self.assessments += 1
            self.lanes += 1
            if found is not bool(bits >> lane & 1):
                self.different.append(f"{told}, assessment {found} in lane {lane}")

    def first_round(self, staged: Staged, probe: Probe, day: date, program: Program, bits: int) -> None:
        """The panel's bits beside the first round of a cascade, where one can begin so."""
        if not comparable(staged, probe):
            return
        for lane in range(min(staged.layout.count, MOST_LANES)):
            found = called(staged, probe, day, lane, program)
            if found is not None:
                self.rounds += 1
                if found != bool(bits >> lane & 1):
                    told = f"{staged.norm.id} {staged.norm.text or ''} {staged.cast} {probe.name} on {day}"
                    self.different.append(f"{told}: panel {bits:b}, first round {found} in lane {lane}")


def staged_of(program: Program, page: str) -> Iterator[tuple[Staged, date]]:
    """Every norm of a page under every cast, once for each pair that it tells apart."""
    stage = Stage(program, directed=False)
    for norm in (n for n in program.norms if n.instrument == page and not unfit(stage, n)):
        words = words_of(program, norm)
        texts = [g for g in governed(program.instruments[page]) if norm.text in (None, g.text)]
        seen: set[object] = set()
        for pair in pairs(stage, norm, words, texts):
            if pair.key not in seen:
                seen.add(pair.key)
                day = some_days_on(pair.when)
                for cast in casts(stage, words, pair.debtor, pair.whom, pair.others):
                    staged = stage.set(norm, cast, day, words)
                    if staged is not None:
                        yield staged, day


def some_days_on(when: Interval) -> date:
    """A day so far from the beginning that a whole probe lies before it, if there is one."""
    if when.day < date.max - timedelta(2 * SPAN):
        later = when.day + timedelta(2 * SPAN)
        if when.until is None or later < when.until.first:
            return later
    return when.day


def shipped() -> list[str]:
    """The instruments whose pages ship."""
    library = Library(trials=False)
    return sorted(library.load(sorted(library.pages)).program.instruments)


@pytest.mark.skipif(not EXHAUSTIVE, reason="every probe of every norm takes minutes: FOEDUS_EXHAUSTIVE=1")
@pytest.mark.parametrize("page", shipped() if EXHAUSTIVE else [])
def test_every_probe_of_a_page(page: str, record_property: Callable[[str, object], None]) -> None:
    program = Library(trials=False).load([page]).program
    tally, bare = Tally(), without_rights(program)
    for staged, day in staged_of(program, page):
        for probe in (*PROBES, *SINGLE):
            tally.compare(staged, probe, day, bare, random.Random(SEED))
    record_property("assessments", tally.assessments)
    record_property("lanes", tally.lanes)
    record_property("rounds", tally.rounds)
    assert tally.different == []


def test_our_own_page() -> None:
    """A page on which every condition stands once."""
    draw, tally = random.Random(SEED), Tally()
    program = Library(extra=(Path(__file__).with_name("bond.md"),), trials=False).load(["bond"]).program
    bare = without_rights(program)
    for staged, day in staged_of(program, "bond"):
        tally.compare(staged, draw.choice((*PROBES, *SINGLE)), day, bare, draw)
    assert tally.rounds > 5
    assert tally.different == [], f"FOEDUS_SEED={SEED} draws this sample again"


def test_a_sample_of_all_pages() -> None:
    draw = random.Random(SEED)
    library, tally = Library(trials=False), Tally()
    for page in draw.sample(shipped(), 12):
        program = library.load([page]).program
        bare = without_rights(program)
        norms = [n for n in program.norms if n.instrument == page]
        kept = {n.id for n in draw.sample(norms, min(2, len(norms)))}
        for staged, day in staged_of(narrowed(program, kept), page):
            if draw.random() < SHARE:
                tally.compare(staged, draw.choice((*PROBES, *SINGLE)), day, bare, draw)
    assert tally.assessments > 5
    assert tally.different == [], f"FOEDUS_SEED={SEED} draws this sample again"


def narrowed(program: Program, kept: set[str]) -> Program:
    """The program with some norms only."""
    return replace(program, norms=tuple(norm for norm in program.norms if norm.id in kept))
