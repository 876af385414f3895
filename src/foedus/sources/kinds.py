"""The kinds of files that Foedus reads, and what a file is: told by the columns that its first row names, and of a list
without such a row by the look of it. The name of a file tells nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.sources import (
    atop_alliance,
    atop_directed,
    atop_member,
    cow,
    cow_alliances,
    cow_wars,
    fulfilment,
    gw,
    nmc,
    ucdp,
)
from foedus.sources.about import ABOUT
from foedus.sources.atop_alliance import Alliance
from foedus.sources.atop_directed import DyadYear
from foedus.sources.atop_member import PLEDGES, Phase
from foedus.sources.cow import Spell
from foedus.sources.cow_alliances import Ally, Pact
from foedus.sources.cow_wars import Participant
from foedus.sources.edition import Read
from foedus.sources.fulfilment import Commitment
from foedus.sources.gather import Layout
from foedus.sources.grid import columns_of, lacking
from foedus.sources.gw import Independent
from foedus.sources.nmc import Capabilities
from foedus.sources.ucdp import ConflictYear, Event
from foedus.words.speech import marked_in

Counts = tuple[tuple[str, int], ...]

ALLIANCES = marked_in("data set", "alliances")
STATES = marked_in("data set", "states")
YEARS = marked_in("data set", "years")
EARLY = marked_in("data set", "alliances begun until 1944")
IN_FORCE = marked_in("data set", "alliances in force when it ends")
PLEDGED = {
    "defense": marked_in("data set", "alliances with a defence pledge"),
    "offense": marked_in("data set", "alliances with an offence pledge"),
    "neutral": marked_in("data set", "alliances with a neutrality pledge"),
    "nonagg": marked_in("data set", "alliances with a non-aggression pledge"),
    "consul": marked_in("data set", "alliances with a consultation pledge"),
    "entente": marked_in("data set", "alliances with an entente"),
}
WARS = marked_in("data set", "wars")
EVENTS = marked_in("data set", "events")
DEAD = marked_in("data set", "dead, by the best estimate")
CONFLICTS = marked_in("data set", "conflicts")
PAIRS = marked_in("data set", "pairs of states")
ASYMMETRIC = marked_in("data set", "alliances whose members pledge different things")
CONDITIONAL = marked_in("data set", "alliances whose defence pledge hangs on something")
SOMEWHERE = marked_in("data set", "alliances with a defence pledge and a condition on any pledge")

COMMITMENTS = marked_in("data set", "alliances in wars")
CALLED = marked_in("data set", "alliances called on by a war, by the first coding")

LAST_EARLY = date(1944, 12, 31)
"""ATOP was first published for the alliances until then, and its first counts are of these."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: its columns, its reader, and what is counted in it. One reader may tell several editions apart
    (a file with years of one without); `ids` are all that it gives."""

    ids: tuple[str, ...]
    layout: Layout
    read: Callable[[Path], Read[Any]]
    count: Callable[[Sequence[Any]], Counts]
    unlike: tuple[str, ...] = ()
    """Columns that only another kind has."""

    def fits(self, names: Sequence[str]) -> bool:
        """Whether a file with these columns is of this kind."""
        return not lacking(names, self.layout.needed) and not any(column in names for column in self.unlike)


def _phases(rows: Sequence[Phase]) -> Counts:
    return (
        (ALLIANCES, len({row.alliance for row in rows})),
        *_by_pledge((row.alliance, row.pledges) for row in rows),
        (EARLY, _early((row.alliance, row.start.last) for row in rows)),
        (IN_FORCE, len({row.alliance for row in rows if row.until is None})),
        (STATES, len({row.member for row in rows})),
    )


def _alliances(rows: Sequence[Alliance]) -> Counts:
    return (
        (ALLIANCES, len(rows)),
        *_by_pledge((row.number, row.pledges) for row in rows),
        (CONDITIONAL, sum("defense" in row.conditions for row in rows)),
        (SOMEWHERE, sum("defense" in row.pledges and row.conditional is True for row in rows)),
        (ASYMMETRIC, sum(row.asymmetric is True for row in rows)),
        (EARLY, _early((row.number, row.start.last) for row in rows)),
        (IN_FORCE, sum(row.until is None for row in rows)),
    )


def _by_pledge(rows: Iterable[tuple[int, frozenset[str]]]) -> list[tuple[str, int]]:
    """For each pledge that there is, the alliances that hold it in any row."""
    found: dict[str, set[int]] = {}
    for alliance, pledges in rows:
        for pledge in pledges:
            found.setdefault(pledge, set()).add(alliance)
    return [(PLEDGED[pledge], len(found[pledge])) for pledge in (*PLEDGES, "entente") if pledge in found]


def _early(rows: Iterable[tuple[int, date]]) -> int:
    """The alliances whose first row begins by 1944."""
    first: dict[int, date] = {}
    for alliance, start in rows:
        first[alliance] = min(start, first.get(alliance, start))
    return sum(start <= LAST_EARLY for start in first.values())


def _dyad_years(rows: Sequence[DyadYear]) -> Counts:
    return (
        (PAIRS, len({(row.first, row.second) for row in rows})),
        (YEARS, len({row.year for row in rows})),
    )


def _spells(rows: Sequence[Spell | Independent]) -> Counts:
    return ((STATES, len({row.number for row in rows})),)


def _pacts(rows: Sequence[Pact]) -> Counts:
    return (
        (ALLIANCES, len({row.alliance for row in rows})),
        *_by_pledge((row.alliance, row.pledges) for row in rows),
        (PAIRS, len({(row.first, row.second) for row in rows})),
    )


def _allies(rows: Sequence[Ally]) -> Counts:
    return (
        (ALLIANCES, len({row.alliance for row in rows})),
        *_by_pledge((row.alliance, row.pledges) for row in rows),
        (STATES, len({row.member for row in rows})),
    )


def _wars(rows: Sequence[Participant]) -> Counts:
    return ((WARS, len({row.war for row in rows})), (STATES, len({row.state for row in rows})))


def _capabilities(rows: Sequence[Capabilities]) -> Counts:
    return ((STATES, len({row.state for row in rows})), (YEARS, len({row.year for row in rows})))


def _events(rows: Sequence[Event]) -> Counts:
    return ((EVENTS, len(rows)), (DEAD, sum(row.best for row in rows)))


def _conflicts(rows: Sequence[ConflictYear]) -> Counts:
    return ((CONFLICTS, len({row.conflict for row in rows})), (YEARS, len({row.year for row in rows})))


def _commitments(rows: Sequence[Commitment]) -> Counts:
    return (
        (COMMITMENTS, len(rows)),
        (ALLIANCES, len({row.alliance for row in rows})),
        (WARS, len({row.war for row in rows})),
        (CALLED, fulfilment.tally(rows).counted),
    )


KINDS: tuple[Kind, ...] = (
    Kind(("atop-member",), atop_member.LAYOUT, atop_member.read_phases, _phases),
    Kind(("atop-alliance",), atop_alliance.LAYOUT, atop_alliance.read_alliances, _alliances, ("member",)),
    Kind(("atop-directed",), atop_directed.LAYOUT, atop_directed.read_directed, _dyad_years),
    Kind(
        ("cow-alliances", "cow-alliances-yearly", "cow-alliances-dyad", "cow-alliances-dyad-yearly"),
        cow_alliances.DYADS,
        cow_alliances.read_pacts,
        _pacts,
    ),
    Kind(
        ("cow-alliances-member", "cow-alliances-member-yearly"),
        cow_alliances.MEMBERS,
        cow_alliances.read_allies,
        _allies,
    ),
    Kind(("cow-states",), cow.LAYOUT, cow.read_spells, _spells),
    Kind(("cow-majors",), cow.MAJORS, cow.read_majors, _spells, ("statenme",)),
    Kind(("cow-wars",), cow_wars.LAYOUT, cow_wars.read_wars, _wars),
    Kind((fulfilment.KIND,), fulfilment.LAYOUT, fulfilment.read_commitments, _commitments),
    Kind(("nmc",), nmc.LAYOUT, nmc.read_capabilities, _capabilities),
    Kind(("ucdp-ged",), ucdp.GED, ucdp.read_events, _events),
    Kind(("ucdp-conflict",), ucdp.CONFLICT, ucdp.read_conflicts, _conflicts, ("dyad_id",)),
    Kind(("gw-states", "gw-microstates"), gw.LAYOUT, gw.read_independent, _spells),
)

ELSEWHERE: tuple[tuple[frozenset[str], str], ...] = (
    (
        frozenset(("atopid1", "mem1", "mem2", "year")),
        "It is ATOP's file of dyad-years without direction: take the member level, or the directed dyad-years.",
    ),
    (frozenset(("dyad_id", "conflict_id")), "It is UCDP's dyadic dataset: take UCDP/PRIO's, by conflict and year."),
    (frozenset(("bd_best",)), "It is UCDP's file of battle-related deaths: take UCDP/PRIO's, by conflict and year."),
    (frozenset(("dispnum",)), "It is a file of militarised disputes, which Foedus does not read."),
    (frozenset(("conttype",)), "It is a file of contiguity, which Foedus does not read."),
)  # fmt: skip
"""Files that are near those read, by columns of theirs, and what to say of them."""


def kind_named(name: str) -> Kind:
    """The kind that gives editions of that id."""
    return next(kind for kind in KINDS if name in kind.ids)


def recognised(path: Path) -> Kind:
    """What kind of file that is. Raises `Refused`: F001, F007 and F008 for one that cannot be opened, F540 for one
    that is no text of rows, F803 for one that is none of the kinds, with the nearest."""
    names = columns_of(path)
    if gw.looks_like(names):
        return kind_named(gw.STATES)
    found = next((kind for kind in KINDS if kind.fits(names)), None)
    if found is not None:
        return found
    raise Refused(Problem("F803", whole(spelled(path)), {"path": spelled(path)}, help=_advice(names)))


def _advice(names: Sequence[str]) -> str:
    for columns, said in ELSEWHERE:
        if columns <= {*names}:
            return said
    shared = Counter({kind.layout.what: _share(kind.layout, names) for kind in KINDS})
    what, share = shared.most_common(1)[0]
    if share < 0.5:  # less than half of what it needs: no likeness worth a word
        return f"Foedus reads: {', '.join(about.name for about in ABOUT.values())}."
    layout = next(kind.layout for kind in KINDS if kind.layout.what == what)
    listed = ", ".join(f"`{column}`" for column in lacking(names, layout.needed))
    return f"It is nearest to {what}, and its first row does not name {listed}."


def _share(layout: Layout, names: Sequence[str]) -> float:
    return 1 - len(lacking(names, layout.needed)) / len(layout.needed)
