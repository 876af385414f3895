"""Invented obligations and models: states with numbers that no list has, and a July with four great powers."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction
from itertools import permutations

from foedus.cascade.model import WHOLE, Duty, Model, Neutrality, Shock, Trigger, model
from foedus.cascade.plain import run
from foedus.cascade.result import Chance, Result
from foedus.obligations.obligation import Obligation, Pledge
from foedus.sources.edition import Edition
from foedus.terms.edtf import EDate

NAMES = {901: "Lir", 902: "Bor", 903: "Casmar", 904: "Dun", 905: "Esk", 906: "Far Holm", 907: "Gael", 908: "Hob",
         909: "Istria Minor", 910: "Jed", 911: "Kell", 912: "Lorn"}  # fmt: skip

EDITION = Edition(
    "lir-pacts", "Pacts of Lir", "2.0", date(1850, 1, 1), date(1925, 12, 31), "", "The clerks of Lir (1926)", "lir",
    "@misc{lir}",
)  # fmt: skip


def owes(
    debtor: int, beneficiary: int, pledge: Pledge | None, instrument: str, title: str = "",
    start: str = "1880-01-01", until: str | None = None, edition: str = "lir-pacts",
) -> Obligation:  # fmt: skip
    def day(text: str) -> EDate:
        return EDate.of(date.fromisoformat(text))

    return Obligation(
        debtor, beneficiary, pledge, None, day(start), day(until) if until else None, instrument, pledge or "aid",
        title=title, edition=edition,
    )  # fmt: skip


def pact(
    members: tuple[int, ...], pledges: tuple[Pledge, ...], instrument: str, title: str, **dates: str
) -> list[Obligation]:
    return [owes(a, b, p, instrument, title, **dates) for a, b in permutations(members, 2) for p in pledges]


def obligations() -> tuple[Obligation, ...]:
    """A pact of two, a guarantee of one by another, a league of five, and one of guarantors."""
    return (
        *pact((901, 902), ("defense", "nonagg", "consul"), "lir:1", "Pact of the Ford"),
        *pact((902, 903), ("neutral",), "lir:2", "Treaty of Casmar", until="1915-01-01"),
        owes(904, 901, "defense", "lir:3", "Guarantee of Lir"),
        owes(904, 901, "offense", "lir:3", "Guarantee of Lir"),
        *pact((904, 905, 906, 907, 908), ("defense", "consul"), "lir:4", "League of the Five Valleys"),
        *(
            owes(a, b, "defense", "lir:5", "Guarantee of the Straits")
            for a in (902, 909, 910)
            for b in (911, 912)
        ),
    )


# ---- a July: four great powers and their friends, with chances of our own invention ----

JULY_NAMES = {
    "AUH": "Austria-Hungary", "SER": "Serbia", "RUS": "Russia", "GER": "Germany", "FRN": "France", "BEL": "Belgium",
    "UK": "United Kingdom", "JPN": "Japan", "OTT": "Ottoman Empire", "ITA": "Italy", "ROM": "Romania",
}  # fmt: skip


def july() -> Model:
    """Eleven states. The chances are invented, and the duties only like those of 1914."""
    at = {name: n for n, name in enumerate(JULY_NAMES)}

    def duty(
        debtor: str, owed: str, trigger: Trigger, chance: float, label: str, *others: str, against: str = ""
    ) -> Duty:
        return Duty(
            at[debtor], at[owed], trigger, round(chance * WHOLE), tuple(sorted(at[each] for each in others)),
            (at[against],) if against else (), label,
        )  # fmt: skip

    return model(
        tuple(JULY_NAMES),
        (
            duty("RUS", "SER", "defence", 0.8, "promise of 1909"),
            duty("GER", "AUH", "defence", 0.9, "Dual Alliance"),
            duty("GER", "AUH", "offence", 0.2, "blank cheque"),
            duty("FRN", "RUS", "defence", 0.85, "Franco-Russian Convention", against="GER"),
            duty("BEL", "FRN", "consultation", 0.15, "staff talks", "UK"),
            duty("UK", "BEL", "defence", 0.7, "Treaty of London"),
            duty("UK", "FRN", "defence", 0.55, "Entente"),
            duty("JPN", "UK", "offence", 0.5, "Anglo-Japanese Alliance"),
            duty("OTT", "GER", "defence", 0.4, "alliance of August"),
            duty("ITA", "GER", "defence", 0.1, "Triple Alliance"),
            duty("ITA", "UK", "consultation", 0.3, "Mediterranean Agreements", "FRN"),
            duty("ROM", "AUH", "defence", 0.25, "treaty of 1883"),
        ),
        (Neutrality(at["ITA"], at["FRN"], round(0.7 * WHOLE), "agreement of 1902"),),
        (round(0.95 * WHOLE),) * len(JULY_NAMES),
    )


SHOCK = Shock(0, 1)


def counted(shock: Shock = SHOCK, worlds: int = 4000, seed: int = 7, given: Model | None = None) -> Result:
    """A result by counting worlds of the plain engine: slow, obvious, with the intervals of large numbers."""
    played = given or july()
    draw = random.Random(seed)
    chances = [
        *(d.chance for d in played.duties), *(n.chance for n in played.neutralities), *played.requests
    ]  # fmt: skip
    entered = [[0, 0] for _ in played.states]
    called = [0] * len(played.duties)
    rounds: list[list[int]] = [[] for _ in played.states]
    sizes, quiet = [0, 0], 0
    for _ in range(worlds):
        coins = [draw.random() * WHOLE < chance for chance in chances]
        history = run(played, shock, coins.__getitem__)
        for entry in history.entries:
            entered[entry.state][entry.side] += 1
            sizes[entry.side] += 1
            rounds[entry.state].append(entry.round)
            for number in entry.because:
                called[number] += 1
        quiet += len(history.entries) == 2

    def share(count: float) -> Chance:
        value = count / worlds
        half = 1.96 * (max(value * (1 - value), 0) / worlds) ** 0.5
        return Chance(value, max(0.0, value - half), min(1.0, value + half))

    return Result(
        played, shock, "Monte Carlo",
        tuple((share(a), share(b)) for a, b in entered),
        (Chance(sizes[0] / worlds, sizes[0] / worlds - 0.03, sizes[0] / worlds + 0.03),
         Chance(sizes[1] / worlds, sizes[1] / worlds - 0.03, sizes[1] / worlds + 0.03)),
        share(quiet), tuple(share(count) for count in called),
        tuple(sum(found) / len(found) if found else None for found in rounds),
        worlds=worlds, seed=seed, why="the budget of nodes was spent",
    )  # fmt: skip


def exactly(result: Result) -> Result:
    """The same numbers as if they were exact: for how that is drawn, not for what it is."""

    def sure(chance: Chance) -> Chance:
        return Chance(chance.value, chance.value, chance.value, Fraction(chance.value))

    return Result(
        result.model, result.shock, "exact", tuple((sure(a), sure(b)) for a, b in result.entered),
        (sure(result.sizes[0]), sure(result.sizes[1])), sure(result.quiet), tuple(map(sure, result.called)),
        result.entry_round, nodes=1234,
    )  # fmt: skip


def world(states: int, seed: int = 3) -> tuple[Obligation, ...]:
    """A whole world: blocs of many, pacts of two, guarantees one way. States bear the numbers of no list."""
    draw = random.Random(seed)
    found: list[Obligation] = []
    first = 0
    for n, size in enumerate((20, 14, 9, 6, 5)):
        members = tuple(1000 + (first + k) % states for k in range(size))
        first += size - 2
        found += pact(members, ("defense", "consul"), f"pact-{n}", f"Pact of the {n + 4}th Shore")
    for n in range(states // 2):
        a, b = draw.sample(range(1000, 1000 + states), 2)
        pledge: Pledge = draw.choice(("defense", "nonagg", "neutral"))
        found += (
            pact((a, b), (pledge,), f"two-{n}", "A pact of two")
            if n % 3
            else [owes(a, b, pledge, f"two-{n}")]
        )
    if states > 400:
        found += [owes(1000 + n, 1001 + n, "defense", f"more-{n}") for n in range(states - 1)]
    return tuple(found)
