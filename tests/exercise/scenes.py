"""Scenarios for tests: those that ship, and what a test makes of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from foedus.council.deed import Deed
from foedus.exercise.play import play
from foedus.exercise.reading import read_scenario
from foedus.exercise.scenario import Scenario
from foedus.exercise.turns import Turn
from foedus.library import shipped

VALLEYS = shipped("scenarios") / "six-valleys"
STATES = ("ARV", "BOR", "CAD", "DUN", "EIN", "FEN")


@cache
def scene(name: str = "six-valleys") -> Scenario:
    """A scenario that ships."""
    return read_scenario(name)[0]


@cache
def played(name: str = "six-valleys", seed: int | None = None) -> tuple[Turn, ...]:
    """Its session."""
    return tuple(play(scene(name), seed))


def seated(policies: dict[str, tuple[str, ...]], **more: object) -> Scenario:
    """The six valleys, with other policies for some delegations and nothing that the scenario scripts."""
    found = scene()
    seats = tuple(replace(seat, policies=policies.get(seat.who, seat.policies)) for seat in found.seats)
    return replace(found, seats=seats, moves=(), **more)  # type: ignore[arg-type]


def deeds(turns: tuple[Turn, ...], kind: str = "", by: str = "") -> list[Deed]:
    """The deeds that were done."""
    return [
        turn.deed
        for turn in turns
        if turn.deed is not None
        and turn.problem is None
        and kind in ("", turn.deed.kind)
        and by in ("", turn.deed.by)
    ]


def written(folder: Path, text: str, pages: bool = True) -> Path:
    """A scenario in a folder of its own, with the page and the maps of the six valleys beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.toml").write_text(text, encoding="utf-8")
    if pages:
        page = (VALLEYS / "valleys.md").read_text(encoding="utf-8")
        (folder / "valleys.md").write_text(page, encoding="utf-8")
        for drawn in VALLEYS.glob("*.geojson"):
            (folder / drawn.name).write_bytes(drawn.read_bytes())
    return folder
