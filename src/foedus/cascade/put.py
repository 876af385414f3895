"""A question of a cascade as a command line or a notebook puts it, over data sets that the user has."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.cascade.ask import Asked, Cascade, ask, covered, shock_on
from foedus.cascade.confusion import confusion
from foedus.cascade.engine import Engine, Waiting
from foedus.cascade.from_obligations import Conditions
from foedus.cascade.given import given_chances
from foedus.cascade.honour import STANDARD, WIDTH, By, Table, read_table
from foedus.cascade.named import named_state, taken
from foedus.cascade.wars import war_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.obligations.obligation import Obligation
from foedus.obligations.sets import Told, on_shelf_or
from foedus.sources.cow_wars import Participant
from foedus.sources.edition import Edition, Read
from foedus.terms.codes import codes_on

if TYPE_CHECKING:
    from foedus.obligations.table import Table as Owed

YEAR = timedelta(days=365)
Pages = Callable[[str], Sequence[tuple[str, str]]]
"""The numbers that a treaty page carries, by its id: `("atop", "1385")`; none for an id that there is not."""


@dataclass(frozen=True)
class Settings:
    """How a cascade is to be answered; `worlds` and `nodes` are the engine's own where None."""

    honour: str | Path = STANDARD
    rates: By = "both"
    width: float = WIDTH
    chance: Sequence[tuple[str, str]] = ()
    enters: Sequence[tuple[str, str]] = ()
    conditions: Conditions = "met"
    joiner_attacks: bool = True
    draws: int = 200
    worlds: int | None = None
    nodes: int | None = None
    seed: int = 1
    threads: int | None = None
    told: int = 2000
    turned: int = 0
    without: Sequence[str] = field(default_factory=tuple[str, ...])

    def engine(self, by: Any = None) -> Engine:
        """The engine, run as asked for; `by` runs the worlds instead of this process. Raises `Refused` (F559) where a
        library that it needs is not installed."""
        solve = solver()
        made = Engine(
            solve if by is None else partial(solve, by=by),
            seed=self.seed,
            threads=self.threads or os.cpu_count() or 1,
        )
        return made.with_(self.nodes, self.worlds)

    def table(self, owed: Sequence[Obligation], on: date) -> Table:
        """The chances. Raises `Refused` (F850 to F854)."""
        read = read_table(self.honour, self.rates, self.width)
        return read.with_given(given_chances(self.chance, self.enters, owed, on))


def solver() -> Any:
    """The engines, which take a while to load. Raises `Refused` (F559) without numpy or numba."""
    try:
        return import_module("foedus.cascade.solve").solve
    except ModuleNotFoundError as lacking:
        library = (lacking.name or "").partition(".")[0]
        if library not in ("numpy", "numba", "llvmlite"):
            raise
        values = {"option": "foedus cascade", "library": library, "extra": "cascade"}
        raise Refused(Problem("F559", whole("foedus cascade"), values)) from None


def prepared(waiting: Waiting | None = None) -> None:
    """Compile before many questions (`foedus.cascade.solve.prepare`)."""
    import_module("foedus.cascade.solve").prepare(waiting)


def parted(shock: str, on: date) -> tuple[str, str]:
    """The two states of `A:B`, as codes on the day. Raises `Refused` (F855, F538)."""
    state = r"((?:cow:|gw:)?[^:>]+?)"
    parts = re.fullmatch(rf"\s*{state}\s*[:>]\s*{state}\s*", shock, re.IGNORECASE)
    if parts is None:
        why = "attacker and target stand on either side of a colon"
        raise Refused(Problem("F855", whole(f"--shock {shock}"), {"text": shock, "why": why}))
    return named_state(parts[1], on), named_state(parts[2], on)


def put(
    shock: str,
    on: date,
    tables: Sequence[Owed],
    settings: Settings,
    pages: Pages,
    progress: Waiting | None = None,
    by: Any = None,
) -> Cascade:
    """Answer a shock over the obligations of data sets; `by` is as for `foedus.cascade.solve.solve`. Raises
    `Refused` (F850 to F856)."""
    attacker, target = parted(shock, on)
    shock_on(attacker, target, on, shock.strip())
    owed, editions = obligations_on(tables, on)
    asked = Asked(
        attacker, target, on, settings.table(owed, on), settings.conditions, settings.joiner_attacks,
        tuple(paged(one, owed, pages) for one in settings.without), settings.draws, settings.told, settings.turned,
        taken([shock, *settings.without, *(name for name, _ in settings.chance)], on),
    )  # fmt: skip
    return ask(owed, asked, settings.engine(by), editions=editions, progress=progress)


def obligations_on(tables: Sequence[Owed], on: date) -> tuple[list[Obligation], list[Edition]]:
    """What was owed on a day by every data set. Raises `Refused` (F856) for a day that one does not cover."""
    editions = [table.edition for table in tables if table.edition is not None]
    for edition in editions:
        covered(edition, on)
    return [one for table in tables for one in table.on(on)], editions


def paged(text: str, owed: Sequence[Obligation], pages: Pages) -> str:
    """What is to be taken away, with the ids of treaty pages as the numbers that they carry in the data set."""
    known = {one.instrument for one in owed}
    sets = {name.partition(":")[0] for name in known}

    def numbered(part: str) -> str:
        head, slash, tail = part.strip().partition("/")
        if head in known or not re.fullmatch(r"[a-z][a-z0-9-]*", head):
            return part
        names = [f"{name}:{value}" for name, value in pages(head) if name in sets]
        return "+".join(f"{name}{slash}{tail}" for name in names) or part

    return "+".join(map(numbered, text.split("+")))


def beside(
    found: Cascade,
    wars: Read[Participant],
    number: int | None,
    until: date | None,
    states: Path | None = None,
    folder: Path | None = None,
    told: Told | None = None,
) -> Cascade:
    """The answer beside a war of a file: by its number, or that which the shock began; entries `until` a day, or in
    a year. `states` is COW's list of states, else that on the shelf
    in `folder`; `told` hears that it was read. Raises `Refused` (F858)."""
    on, built = found.asked.on, found.built
    pair = (built.numbers[found.part.shock.attacker], built.numbers[found.part.shock.target])
    name, entries = war_of(wars.rows, pair, on, number)
    table = confusion(
        found.result, built.numbers, name, entries, until or on + YEAR, system=members_on(states, on, folder, told),
        source=f"{wars.edition.name} {wars.edition.version}",
    )  # fmt: skip
    return replace(found, confusion=table, editions=(*found.editions, wars.edition))


def checked(
    found: Cascade, states: Path | None = None, folder: Path | None = None, told: Told | None = None
) -> Cascade:
    """The answer with what COW's list of states, if it is at hand, says of the two of the shock; `told` hears that it
    was read."""
    members = members_on(states, found.asked.on, folder, told)
    if not members:  # no list, or a day before it begins
        return found
    ends = (found.part.shock.attacker, found.part.shock.target)
    outside = tuple(found.built.model.states[n] for n in ends if found.built.numbers[n] not in members)
    return replace(found, outside=outside)


def members_on(
    path: Path | None, on: date, folder: Path | None = None, told: Told | None = None
) -> tuple[int, ...] | None:
    """COW's members of the system of states on a day, by the list given or on the shelf; None where there is none.
    Of a day after the list ends, who was one then."""
    read = on_shelf_or(path, "cow-states", "--cow", folder, told)
    if read is None:
        return None
    day = min(on, max((spell.last for spell in read.rows), default=on))
    return tuple(sorted({spell.number for spell in read.rows if spell.start <= day <= spell.last}))


def numbers_of(states: str, first: int, last: int) -> tuple[int, ...]:
    """COW's numbers, in some years, of states that are listed with commas. Raises `Refused`: F538 for what names
    none, F855 for one that has no number in any of the years."""
    found: dict[int, None] = {}
    for text in filter(None, (part.strip() for part in states.split(","))):
        own = [number for year in range(first, last + 1) for number in _numbered(text, date(year, 1, 1))]
        if not own:
            why = "it has no number in the list of the Correlates of War in these years"
            raise Refused(Problem("F855", whole(states), {"text": text, "why": why}))
        found |= dict.fromkeys(own)
    return tuple(found)


def _numbered(text: str, on: date) -> tuple[int, ...]:
    code = named_state(text, on)
    if code.startswith("cow:"):
        return (int(code.removeprefix("cow:")),)
    codes = codes_on(code, on)
    return (codes.cow,) if codes is not None else ()


def years_of(text: str) -> tuple[int, int]:
    """The years of `1900-1914`, or of `1914`. Raises `Refused` (F859)."""
    found = re.fullmatch(r"\s*(\d{4})\s*(?:[-–:]\s*(\d{4}))?\s*", text)
    why = "a first and a last year are wanted"
    if found:
        first, last = int(found[1]), int(found[2] or found[1])
        if 0 < first <= last:
            return first, last
        why = "the last comes before the first" if first else "there was no year 0"
    raise Refused(Problem("F859", whole(f"--sweep {text}"), {"text": text, "why": why}))
