"""What `vote` and `power` are asked about: the pages that have a rule, states by name, weights from files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from foedus.assessment.ballot import rule_on, weightings_of
from foedus.cli.options import split
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.ir.norm import Program
from foedus.library import Library
from foedus.register.keep import register
from foedus.tables.weighings import read_weights
from foedus.terms.codes import state_of


@dataclass(frozen=True)
class Pages:
    """The pages of a rule on a day; `names` are the states that pages declare, by what they are called."""

    program: Program
    names: Mapping[str, str]
    on: date

    @staticmethod
    def of(rule: str, treaties: Path | None, on: date) -> Pages:
        """The pages that may have a rule of that name; all that have rules where none has."""
        known = register(treaties)
        owners = {r.id.partition(".")[0] for i in known.instruments for r in i.rules}
        named = [i.id for i in known.instruments for r in i.rules if rule in (r.id, i.id, r.organ)]
        program = Library(treaties, trials=False).load(named or sorted(owners)).program
        return Pages(program, known.names, on)

    def states(self, values: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Each state as it was written, with its code."""
        for written in (name.strip() for value in values for name in value.split(",")):
            if written:
                yield written, state_of(written, self.on, self.names)

    def named(self, values: tuple[str, ...]) -> tuple[str, ...] | None:
        """The states of an option by their codes; `none` is nobody, and None that the option is not given."""
        if not values:
            return None
        return () if values == ("none",) else tuple(state for _, state in self.states(values))

    def weights(self, rule: str, values: tuple[str, ...]) -> dict[str, dict[str, Fraction]]:
        """The weights of `NAME=FILE`, by the weighting's id. Refuses (F644) a name by which the rule weighs nobody."""
        if not values:
            return {}
        known = weightings_of(self.program, rule_on(self.program, rule, self.on))
        found: dict[str, dict[str, Fraction]] = {}
        for value in values:
            name, path = split("--weights", value)
            weighting = next((each for each in known if name in (each, each.partition(".")[2])), None)
            if weighting is None:
                what = f"It weighs them by {', '.join(known)}." if known else "It counts heads alone."
                raise Refused(
                    Problem("F644", whole(f"--weights {value}"), {"rule": rule, "name": name, "known": what})
                )
            found[weighting] = read_weights(Path(path), self.on, self.names)
        return found
