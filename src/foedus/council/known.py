"""What a council knows when it asks whether a condition holds: its own record, the pages' members, the chair's rulings.

Of acts the record is complete: what is not in it was not done here. Of everything else (a status, a judgement, an
incident) what nobody has established stays open until the chair has ruled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from foedus.council.facts import Args
from foedus.council.reading import named
from foedus.council.rules import Rules
from foedus.council.state import Noted, State

INDIVIDUALS = ("Act", "Incident", "Individual", "Thing")


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of a state, as `holds` and `outcome` ask for them, on a day."""

    rules: Rules
    state: State
    on: date

    def atom(self, predicate: str, args: Args) -> bool | None:
        """Whether it is so; None where nothing says it."""
        if predicate == "party" and len(args) == 2 and args[1] is not None:
            holders = self.rules.held(args[1], self.on)
            return bool(holders) if args[0] is None else args[0] in holders
        found = [noted.truth for noted in self._of(predicate) if _covers(noted, args)]
        if found:
            return any(found)
        ruled = self.state.rulings.get(named(predicate, args))
        if ruled is not None:
            return ruled.answer == "yes"
        known = self.rules.program.vocabulary.predicates.get(predicate)
        return False if known is not None and known.kind in ("act", "speech") else None

    def domain(self, sort: str, instrument: str) -> Sequence[str]:
        """Whom or what a variable of the sort can stand for."""
        del instrument
        found = self.rules.sorted_as(sort, self.on)
        if found is not None:
            return found
        kept = self.rules.about(self.state)
        found = kept.get(("of sort", sort))
        if found is None:
            names = (noted.id for noted in self._individuals() if self._is(noted.predicate, sort))
            found = kept["of sort", sort] = tuple(names)
        return found

    def individuals(self, predicate: str) -> Iterable[tuple[str, Args]]:
        """Each act or incident of the predicate that is on the record."""
        return [(noted.id, noted.args) for noted in self._of(predicate) if noted.truth]

    def weight(self, weighting: str, who: str) -> Fraction | None:
        """What a member weighs."""
        given = self.rules.weights.get(weighting, {}).get(who)
        if given is not None:
            return given
        ruled = self.state.rulings.get(f"{weighting} of {who}")
        if ruled is not None:
            return Fraction(ruled.answer)
        known = self.rules.program.weightings.get(weighting)
        return known.values.get(who) if known is not None else None

    def earlier(self, first: str, second: str) -> bool | None:
        """Whether one individual came before another: by the deeds, where both are deeds."""
        one, two = self.find(first), self.find(second)
        if one is None or two is None or one.deed == two.deed:
            return None
        return (-1 if one.deed is None else one.deed) < (-1 if two.deed is None else two.deed)

    def find(self, name: str) -> Noted | None:
        """The act or incident of that name."""
        kept = self.rules.about(self.state)
        if "named" not in kept:
            named: dict[str, Noted] = {}
            for noted in self._individuals():
                named.setdefault(noted.id, noted)
            kept["named"] = named
        return kept["named"].get(name)

    def _of(self, predicate: str) -> Iterator[Noted]:
        yield from self.rules.noted.get(predicate, ())
        yield from self.state.noted.get(predicate, ())

    def _individuals(self) -> Iterator[Noted]:
        known = self.rules.program.vocabulary.predicates
        for predicate in dict.fromkeys((*self.rules.noted, *self.state.noted)):
            word = known.get(predicate)
            if word is None or word.individual:
                yield from (noted for noted in self._of(predicate) if noted.truth)

    def _is(self, predicate: str, sort: str) -> bool:
        known = self.rules.program.vocabulary.predicates.get(predicate)
        kind = "Act" if known is None or known.kind != "incident" else "Incident"
        return sort in (predicate, kind, "Individual", "Thing")


def _covers(noted: Noted, args: Args) -> bool:
    """Whether a fact says that it is so of these (or, where it is refuted, that it is not so of any of them)."""
    if len(noted.args) != len(args):
        return False
    if noted.truth:
        return all(want is None or has == want for has, want in zip(noted.args, args, strict=True))
    return all(has is None or has == want for has, want in zip(noted.args, args, strict=True))
