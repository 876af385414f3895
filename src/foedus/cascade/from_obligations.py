"""Obligations in force on a day, as the model of a cascade: what each becomes, and what was assumed of it.

- Defence becomes a duty whose trigger is an attack on the beneficiary, who asks; offence, one whose trigger is any war
  of the beneficiary; consultation, one as defence, once another member of the instrument is in. Beside a duty to
  fight under the same instrument, consulting adds nothing.
- Neutrality and non-aggression become a promise not to stand on the other side. Under an instrument of alliance
  they add nothing: allies do not fight each other.

Named adversaries limit a duty to wars against them. Every other condition that a data set only flags cannot be
carried: it is taken as met (or, if asked, as not met, and the obligation is left out), and that is listed. Of each
instrument, each pledge is a coin of its own: several instruments between one pair are several duties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from foedus.cascade.honour import Recipe, Table
from foedus.cascade.model import WHOLE, Duty, Model, Neutrality, Trigger
from foedus.cascade.rates import Rate
from foedus.obligations.obligation import Label, Obligation, Pledge
from foedus.terms.codes import code_of
from foedus.words.speech import marked

Conditions = Literal["met", "unmet"]

TRIGGERS: Mapping[Pledge, Trigger] = {"defense": "defence", "offense": "offence", "consul": "consultation"}
CARRIED = ("request", "nonstate")
"""Conditions that the model carries: help has to be asked for, and the attacker is a state."""

ASSUMED: Mapping[str, str] = {
    "adversary": marked(
        "it names adversaries that the source does not give; it is taken as owed against all"
    ),
    "location": marked("it is owed in named places only; the war is taken to be there"),
    "conflict": marked("it is owed in one particular conflict only; this war is taken to be that"),
    "number": marked("it is owed only against more than one attacker; that is taken as met"),
    "demand": marked("it is owed only upon a demand or its refusal; that is taken as met"),
    "unprovoked": marked("it is owed only if the attack was not provoked; it is taken as unprovoked"),
    "finding": marked("it is owed only if somebody finds or decides something first; that is taken as met"),
    "accord": marked("it is owed only if the parties agree on it; that is taken as met"),
    "mobilisation": marked("it is owed upon a mobilisation already; here only an attack calls on it"),
    "named": marked("the adversaries that the source names are taken to be the only ones"),
    "neutral": marked("the wars that it names are not carried; the promise is taken to hold in any"),
    "varies": marked(
        "what is owed differs by partner, the source does not say how; it is taken as owed to all"
    ),
    "beyond": marked(
        "the year lies outside of what the source of the chance covers; its nearest rate is used"
    ),
    "unconfirmed": marked("nobody confirmed the line that it rests on"),
}
"""What is assumed of an obligation, by condition."""

REFUSED: Mapping[str, str] = {
    "pledge": marked("it makes no pledge that the model knows"),
    "itself": marked("debtor and beneficiary are one state"),
    "condition": marked("a condition that the source only flags is taken as not met"),
}
IDLE: Mapping[str, str] = {
    "consul": marked("consulting adds nothing beside a duty to fight under the same instrument"),
    "ally": marked("within an alliance a promise not to attack adds nothing: allies do not fight each other"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One coin of the model: the obligation behind it, how its chance is made, and what was assumed of it."""

    obligation: Obligation
    recipe: Recipe
    label: Label
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Built:
    """A model with what it was made of. `numbers` are the states' numbers in COW's list, `duties` and `promises`
    stand in the order of the model's; `refused` and `idle` are obligations that have no coin, and why (keys of
    `REFUSED` and `IDLE`)."""

    on: date
    model: Model
    numbers: tuple[int, ...]
    duties: tuple[Link, ...]
    promises: tuple[Link, ...]
    requests: tuple[Recipe, ...]
    table: Table
    refused: tuple[tuple[Obligation, str], ...] = ()
    idle: tuple[tuple[Obligation, str], ...] = ()
    editions: tuple[str, ...] = ()

    @property
    def links(self) -> tuple[Link, ...]:
        """Duties, then promises: by the numbers of their coins."""
        return (*self.duties, *self.promises)

    @property
    def rates(self) -> Mapping[str, Rate]:
        """The rates that the chances rest on."""
        used = {name for link in self.links for name in link.recipe.names}
        used |= {name for recipe in self.requests for name in recipe.names}
        return {name: rate for name, rate in self.table.rates.items() if name in used}

    def index(self, number: int) -> int | None:
        """Where a state stands in the model; None for one that is not in it."""
        return self.numbers.index(number) if number in self.numbers else None

    def labels(self) -> Mapping[str, int]:
        """How many obligations the model carries exactly, how many with what is assumed, how many not at all, and
        how many have nothing of their own to add."""
        found = Counter(link.label for link in self.links)
        return {
            "exact": found["exact"],
            "assumed": found["assumed"],
            "refused": len(self.refused),
            "idle": len(self.idle),
        }

    def assumptions(self) -> Mapping[str, int]:
        """What is assumed (a key of `ASSUMED`, or an obligation's own words), and of how many obligations."""
        return Counter(what for link in self.links for what in link.assumed)

    def at(self, rates: Mapping[str, float]) -> Model:
        """The same model with the chances that these rates give; every coin keeps its number."""
        made: dict[int, int] = {}  # many promises share a recipe

        def chance(recipe: Recipe) -> int:
            if id(recipe) not in made:
                made[id(recipe)] = _chance(recipe, rates)
            return made[id(recipe)]

        return replace(
            self.model,
            duties=tuple(
                replace(duty, chance=chance(link.recipe))
                for duty, link in zip(self.model.duties, self.duties, strict=True)
            ),
            neutralities=tuple(
                replace(promise, chance=chance(link.recipe))
                for promise, link in zip(self.model.neutralities, self.promises, strict=True)
            ),
            requests=tuple(map(chance, self.requests)),
        )


@lru_cache(maxsize=4096)
def state_code(number: int, on: date) -> str:
    """The code of a state by its number in COW's list on a day; `cow:1005` for one that has no code. Of several
    codes with one number (345: SRB, SER, YUG), that of the former state which stood then.

    >>> state_code(345, date(1914, 7, 28)), state_code(345, date(1960, 1, 1)), state_code(345, date(2010, 1, 1))
    ('SER', 'YUG', 'SRB')
    """
    return code_of(number, on) or f"cow:{number}"


def keys_of(one: Obligation, on: date) -> tuple[str, ...]:
    """By which names a user may give an obligation's chance, the most particular first."""
    debtor, beneficiary = state_code(one.debtor, on), state_code(one.beneficiary, on)
    pair = f"{debtor}:{beneficiary}"
    return (
        f"{one.instrument}/{debtor}/{one.pledge}",
        f"{one.instrument}/{debtor}",
        f"{pair}/{one.pledge}",
        pair,
        one.instrument,
        debtor,
    )


def build(
    obligations: Iterable[Obligation],
    on: date,
    table: Table,
    *,
    conditions: Conditions = "met",
    further: Sequence[int] = (),
    joiner_attacks: bool = True,
) -> Built:
    """The model of what was owed on a day. `obligations` are those in force then; `further` are states (COW's
    numbers) that are to be in the model even if they owe nothing; `conditions`, whether conditions that cannot be
    carried are taken as met. Raises `Refused` (F854) where the table has no chance for a pledge."""
    return _Builder(on, table, conditions, joiner_attacks).build(tuple(dict.fromkeys(obligations)), further)


@dataclass
class _Builder:
    on: date
    table: Table
    conditions: Conditions
    joiner_attacks: bool
    refused: list[tuple[Obligation, str]] = field(default_factory=list[tuple[Obligation, str]])
    idle: list[tuple[Obligation, str]] = field(default_factory=list[tuple[Obligation, str]])
    recipes: dict[tuple[Pledge, tuple[str, ...]], Recipe] = field(
        default_factory=dict[tuple[Pledge, tuple[str, ...]], Recipe]
    )

    def build(self, obligations: tuple[Obligation, ...], further: Sequence[int]) -> Built:
        year = self.on.year
        members = _members(obligations)
        kept = [one for one in obligations if self._possible(one)]
        fighting = {
            (o.instrument, o.debtor, o.beneficiary) for o in kept if o.pledge in ("defense", "offense")
        }
        allied = {(o.instrument, o.debtor, o.beneficiary) for o in kept if o.pledge in TRIGGERS}
        numbers = tuple(
            sorted({*further, *(n for o in kept for n in (o.debtor, o.beneficiary, *o.adversaries))})
        )
        place = {number: index for index, number in enumerate(numbers)}
        duties: list[tuple[Duty, Link]] = []
        promises: list[tuple[Neutrality, Link]] = []
        values = self.table.values()
        seen: set[tuple[object, ...]] = set()
        for one in kept:
            coin = (
                one.instrument,
                one.phase,
                one.debtor,
                one.beneficiary,
                one.pledge,
                one.adversaries,
                one.basis,
            )
            if coin in seen:
                continue
            seen.add(coin)
            pair = (place[one.debtor], place[one.beneficiary])
            if one.pledge is None:
                continue
            if one.pledge in TRIGGERS:
                if one.pledge == "consul" and (one.instrument, one.debtor, one.beneficiary) in fighting:
                    self.idle.append((one, "consul"))
                    continue
                link = self._link(one, one.pledge, year)
                others = (
                    members[one.instrument] - {one.debtor, one.beneficiary}
                    if one.pledge == "consul"
                    else set[int]()
                )
                duties.append((
                    Duty(
                        *pair, TRIGGERS[one.pledge], _chance(link.recipe, values),
                        tuple(sorted(place[n] for n in others if n in place)),
                        tuple(sorted(place[n] for n in one.adversaries if n != one.debtor)),
                        named(one),
                    ),
                    link,
                ))  # fmt: skip
            elif (one.instrument, one.debtor, one.beneficiary) in allied:
                self.idle.append((one, "ally"))
            else:
                link = self._link(one, one.pledge, year)
                promises.append((Neutrality(*pair, _chance(link.recipe, values), named(one)), link))
        duties.sort(key=lambda pair: pair[0])
        promises.sort(key=lambda pair: pair[0])
        states = tuple(state_code(number, self.on) for number in numbers)
        requests = tuple(self.table.request((f"request/{code}",), year) for code in states)
        asked = tuple(_chance(recipe, values) for recipe in requests)
        made = Model(
            states,
            tuple(d for d, _ in duties),
            tuple(p for p, _ in promises),
            asked,
            None,
            self.joiner_attacks,
        )
        return Built(
            self.on, made, numbers, tuple(link for _, link in duties), tuple(link for _, link in promises), requests,
            self.table, tuple(self.refused), tuple(self.idle),
            tuple(dict.fromkeys(one.edition for one in obligations if one.edition)),
        )  # fmt: skip

    def _possible(self, one: Obligation) -> bool:
        why = ""
        if one.pledge is None or one.label == "refused":
            why = "pledge"
        elif one.debtor == one.beneficiary:
            why = "itself"
        elif self.conditions == "unmet" and _flagged(one):
            why = "condition"
        if why:
            self.refused.append((one, why))
        return not why

    def _recipe(self, one: Obligation, pledge: Pledge, year: int) -> Recipe:
        """The recipe of its chance; the same object for all that no chance given by hand parts."""
        given = (
            tuple(key for key in keys_of(one, self.on) if key in self.table.given) if self.table.given else ()
        )
        if (pledge, given) not in self.recipes:
            self.recipes[pledge, given] = self.table.recipe(pledge, year, given)
        return self.recipes[pledge, given]

    def _link(self, one: Obligation, pledge: Pledge, year: int) -> Link:
        recipe = self._recipe(one, pledge, year)
        assumed = [*one.assumed, *_flagged(one)]
        if one.adversaries:
            assumed.append("named" if pledge in TRIGGERS else "neutral")
        if one.varies:
            assumed.append("varies")
        if one.unconfirmed:
            assumed.append("unconfirmed")
        if recipe.beyond:
            assumed.append("beyond")
        return Link(one, recipe, "assumed" if assumed else "exact", tuple(dict.fromkeys(assumed)))


def _flagged(one: Obligation) -> list[str]:
    """The conditions that the source only flags."""
    named_there = ("adversary",) if one.adversaries else ()
    return [condition for condition in one.conditions if condition not in (*CARRIED, *named_there)]


def _members(obligations: Iterable[Obligation]) -> Mapping[str, set[int]]:
    found: dict[str, set[int]] = {}
    for one in obligations:
        found.setdefault(one.instrument, set()).update((one.debtor, one.beneficiary))
    return found


def named(one: Obligation) -> str:
    """`atop:1350 defense`: which obligation a coin is."""
    return f"{one.instrument} {one.pledge}"


def _chance(recipe: Recipe, rates: Mapping[str, float]) -> int:
    return min(WHOLE, max(0, round(recipe.value(rates) * WHOLE)))
