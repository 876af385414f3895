"""Obligations of data sets as calls in the same rounds, beside those of pages.

| pledge | here |
|---|---|
| defence | a duty to fight whoever opens a war on the beneficiary; named adversaries limit it |
| offence | the same for any war of the beneficiary, whoever opened it |
| neutrality, non-aggression | no war on the one to whom it is owed |
| consultation | changes nothing |

A page with the same number (`code atop 1335`) takes the place of a row: the row says *somewhere in the treaty*, the
page says where and when. Conditions that a row only flags are taken as met, and listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.cascade.rounds.acts import Effect
from foedus.cascade.rounds.feeds import Feed
from foedus.cascade.rounds.lowered import Call, tie
from foedus.cascade.rounds.outcome import Treated
from foedus.engines.contract import Circuit, Lit
from foedus.ir import formula as f
from foedus.ir.norm import Bearer, Norm, Program
from foedus.obligations.obligation import Obligation
from foedus.terms.codes import codes_of, codes_on, state_numbered, stood

_X, _Y = f.Var("x", "State"), f.Var("y", "State")
EFFECTS: dict[str, Effect] = {
    "defense": "war", "offense": "war", "neutral": "stays out", "nonagg": "sends no force", "consul": "none",
}  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """Rows as calls. `superseded` are those whose place a page takes, `left_out` those of other states or days."""

    calls: tuple[Call, ...]
    allied: frozenset[tuple[str, str]]
    feeds: dict[str, Feed]
    treated: tuple[Treated, ...]
    superseded: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """The codes of states by their numbers in COW's list on a day. A number may be that of several codes (345 is
    Serbia's, the kingdom's and Yugoslavia's): one that pages or the shock name comes first, then one that stood
    then and stands no more."""

    day: date
    known: frozenset[str]

    def of(self, number: int) -> str:
        """The code; `cow:329` for a number that has none."""
        known = [
            code for code in codes_of(number, self.day) if code in self.known and _has(code, number, self.day)
        ]
        known.sort(key=lambda code: not stood(code, self.day))
        return known[0] if known else state_numbered(number, self.day)


def _has(code: str, number: int, day: date) -> bool:
    known = codes_on(code, day)
    return known is not None and known.cow == number


def in_force(row: Obligation, day: date) -> bool:
    """Whether a row obliges on a day."""
    return row.start.first <= day and (row.until is None or day < row.until.first)


def reached(rows: Iterable[Obligation], names: Names) -> frozenset[str]:
    """The states that a war among those known can reach through rows: whoever owes something to one of them, and
    so on. Nobody else is ever called."""
    owed: dict[str, set[str]] = {}
    for row in rows:
        if in_force(row, names.day) and row.pledge in ("defense", "offense"):
            owed.setdefault(names.of(row.beneficiary), set()).add(names.of(row.debtor))
    found, new = set(names.known), list(names.known)
    while new:
        for debtor in owed.get(new.pop(), set[str]()) - found:
            found.add(debtor)
            new.append(debtor)
    return frozenset(found)


def superseded_by(program: Program) -> frozenset[str]:
    """The rows' instruments whose place a page takes."""
    return frozenset(
        f"{system}:{number}" for one in program.instruments.values() for system, number in one.codes
    )


def lower_rows(
    rows: Iterable[Obligation], program: Program, circuit: Circuit, day: date, states: tuple[str, ...]
) -> Rows:
    """The calls of the rows in force on the day, between states that are considered."""
    names = Names(day, frozenset(states))
    pages, skipped = superseded_by(program), dict[str, None]()
    calls: list[Call] = []
    allied: set[tuple[str, str]] = set()
    treated: dict[str, Treated] = {}
    for row in rows:
        debtor, beneficiary = names.of(row.debtor), names.of(row.beneficiary)
        if not in_force(row, day) or row.pledge is None or debtor == beneficiary:
            continue
        if row.instrument in pages:
            skipped[row.instrument] = None
            continue
        if debtor not in states or beneficiary not in states:
            continue
        made = EFFECTS[row.pledge]
        norm = _norm(row)
        assumed = tuple(c for c in row.conditions if c != "adversary" or not row.adversaries)
        treated.setdefault(
            norm.id,
            Treated(
                norm.id,
                norm.title,
                "",
                "duty",
                "assumed" if assumed else row.label,
                made,
                (*assumed, *row.assumed),
            ),
        )
        if made == "war":
            allied.add((debtor, beneficiary))
            named = {names.of(number) for number in row.adversaries}
            for other in states:
                if other not in (debtor, beneficiary) and (not named or other in named):
                    lit = _attacked(circuit, other, beneficiary, any_war=row.pledge == "offense")
                    calls.append(Call(norm, made, debtor, beneficiary, (other,), lit))
        elif made != "none":
            calls.append(Call(norm, made, debtor, beneficiary, (), Circuit.TRUE))
    feeds = {name: Feed("state", name) for name in circuit.support(*(call.lit for call in calls))}
    return Rows(tuple(calls), frozenset(allied), feeds, tuple(treated.values()), tuple(skipped))


def _attacked(circuit: Circuit, attacker: str, victim: str, *, any_war: bool) -> Lit:
    """That a war was opened on the victim; or, for any war of it, that the two are at war."""
    opened = circuit.var(f"war({attacker}, {victim})")
    if not any_war:
        return opened
    return circuit.disj(opened, circuit.var(f"war({victim}, {attacker})"), circuit.var(tie(attacker, victim)))


def _norm(row: Obligation) -> Norm:
    return Norm(
        f"{row.instrument}/{row.pledge}", row.instrument, "duty", None, Bearer(_X), _Y, None, f.Lit(True), None,
        (), (), row.pledge, title=row.title,
    )  # fmt: skip
