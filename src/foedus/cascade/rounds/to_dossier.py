"""One course of events out of a cascade, its rounds turned into days, as a dossier that can be assessed.

Every duty that was kept in it is asked about on the day before it was kept, under the readings of its stratum: it
arises there too, or one of the two engines is wrong. Nothing in such a dossier happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from foedus.cascade.rounds.feeds import COMPUTED
from foedus.cascade.rounds.run import Options, Ran, ran
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.ir.norm import Program
from foedus.terms.fact import Fact

_FACT = re.compile(r"^(?:some )?([a-z]\w*)(?:\((.*)\))?$")
_SPLIT = re.compile(r"\s*,\s*(?![^()]*\))")
CLOSED = ("incident", "act", "role", "status")
DERIVED = ("force", "at_blows", "state_of_war", "hostile_act")
"""What goes with a war that is opened."""


def to_dossier(
    program: Program, shock: Iterable[Fact | str], day: date, *, name: str = "course", **options: object
) -> str:
    """The text of a dossier's page. `options` are those of `cascade`; every question must have one answer, and
    no chance be below 1 (else refused, F865). The day of a round is as many days after `day`."""
    done = ran(program, shock, day, **Options(**options))  # type: ignore[typeddict-item]
    space = done.rounds.space
    if space.strata * space.worlds > 1:
        what = ", ".join(f"`{c.id}`" for c in done.choices if c.open) or "the chances"
        values = {"strata": f"{space.strata * space.worlds:,}", "what": what}
        raise Refused(Problem("F865", whole(name), values))
    return "\n".join(_Written(program, done, name).lines()) + "\n"


@dataclass
class _Written:
    program: Program
    done: Ran
    name: str
    ids: dict[str, str] = field(default_factory=dict[str, str])

    def day(self, number: int) -> str:
        return (self.done.day + timedelta(number)).isoformat()

    def lines(self) -> Iterator[str]:
        rounds, program = self.done.rounds, self.program
        last = max((one.round for one in rounds.done), default=0)
        treaties = [n for n in self.done.instruments if not self._is_plan(n)]
        period = f"{self.day(0)}/{self.day(last + 1)}"
        shock = ", ".join(f"`{fact.id}`" for fact in self.done.shock)
        yield f"# A course of events after {shock}"
        yield ""
        yield "A cascade computed this; nothing here is said to have happened. One round is one day. Two sources stand"
        yield "for all of it, because two independent ones establish a fact."
        yield ""
        yield "```record"
        yield f'dossier {self.name} "A course of events, as a cascade has it"'
        yield f"  period {period}"
        yield f"  on {self.day(last)}"
        yield f"  concerning {', '.join(self._concerned())}"
        yield f"  assess {', '.join(treaties)}"
        yield 'speaker ROUNDS "The rounds of the cascade"'
        yield 'speaker STRATUM "The stratum of the cascade"'
        for source, speaker in (("rounds", "ROUNDS"), ("stratum", "STRATUM")):
            yield f'source {source} "What the cascade came to"'
            yield f"  by {speaker}"
            yield f"  date {self.day(last)}"
        yield "```"
        yield ""
        yield "```record"
        for on, text in self._happened():
            yield from self._fact(text, on)
        for text in self._taken():
            yield from self._fact(text, None)
        for predicate in sorted(self._spoken()):
            if program.vocabulary.predicates[predicate].kind in CLOSED:
                yield f'complete for {predicate} by encoder "the cascade knows of no more"'
        yield "```"
        yield ""
        yield "```ask"
        yield from self._asks()
        yield "```"

    def _is_plan(self, instrument: str) -> bool:
        return all(norm.kind == "plan" for norm in self.program.norms if norm.instrument == instrument)

    def _concerned(self) -> list[str]:
        shocked = (str(arg) for fact in self.done.shock for arg in fact.args if isinstance(arg, str))
        return list(dict.fromkeys(arg for arg in shocked if arg.isupper())) or list(
            self.done.rounds.states[:1]
        )

    def _spoken(self) -> set[str]:
        known = self.program.vocabulary.predicates
        found = {word for word in ("war", "force", "mobilisation", "helped") if word in known}
        for name in self.done.rounds.lowered.feeds:
            word = _FACT.match(name)
            if word and word[1] in known:
                found.add(word[1])
        return found | {word for word in self.done.rounds.lowered.closed if word in known}

    def _happened(self) -> Iterator[tuple[str, str]]:
        """Facts with their days; what goes with a war that is opened beside it. A war that two opened at once
        stands there twice, on one day."""
        rounds = self.done.rounds
        seen: set[str] = set()
        for number, fact, lanes in sorted(rounds.log, key=lambda one: one[0]):
            if not lanes or fact in seen:
                continue
            seen.add(fact)
            word, _, rest = fact[:-1].partition("(")
            on = "" if word in ("general_mobilisation",) else self.day(number)
            if word in self.program.vocabulary.predicates:
                yield on, fact
            if word == "war":
                one, _, other = rest.partition(", ")
                ways = [f"{one}, {other}"]
                if rounds.opened(other, one):
                    ways.append(f"{other}, {one}")
                for way in ways:
                    for also in ("war", *DERIVED):
                        further = f"{also}({way})"
                        if further not in seen and rounds.fact(further) and further in self._asked():
                            seen.add(further)
                            yield on, further

    def _asked(self) -> set[str]:
        return set(self.done.rounds.lowered.feeds)

    def _taken(self) -> Iterator[str]:
        """What is given, and what is taken of judgements and roles about what happened."""
        rounds = self.done.rounds
        for name in rounds.facts:
            word = name.partition("(")[0]
            if name not in self.ids and word not in COMPUTED and word in self.program.vocabulary.predicates:
                yield name
        for name, feed in rounds.lowered.feeds.items():
            if feed.source in ("judged", "taken") and rounds.column(name) and name not in self.ids:
                found = _FACT.match(name)
                if found and found[1] in self.program.vocabulary.predicates and self._whole(found[2] or ""):
                    yield name

    def _whole(self, rest: str) -> bool:
        """Whether every individual that a fact speaks of is in the dossier."""
        return all("(" not in arg or arg in self.ids for arg in _SPLIT.split(rest))

    def _fact(self, text: str, on: str | None) -> Iterator[str]:
        found = _FACT.match(text)
        assert found is not None  # it was matched before
        word, rest = found[1], found[2] or ""
        roles = self.program.vocabulary.predicates[word].roles
        args = [arg for arg in _SPLIT.split(rest) if arg]
        told = ", ".join(
            f"{role.name}: {self.ids.get(arg, arg)}"
            for role, arg in zip(roles, args, strict=False)
            if arg != "_"
        )
        self.ids[text] = made = f"f{len(self.ids) + 1}"
        yield f"fact {made} {word}({told})" + (f" on {on}" if on else "")
        yield "  asserts [rounds]"
        yield "  asserts [stratum]"

    def _asks(self) -> Iterator[str]:
        """Every duty that was kept, on the day of the round before."""
        known = self.program.questions
        supposed = [f'{c.id} = "{c.answers[0]}"' for c in self.done.choices if c.id in known]
        asked: set[tuple[str, str, str]] = set()
        for one in self.done.rounds.done:
            if one.call is None or one.call.norm.kind != "duty":
                continue
            norm, owed = one.call.norm, one.call.beneficiary
            if (norm.id, owed or "", one.state) in asked or norm.instrument not in self.program.instruments:
                continue
            asked.add((norm.id, owed or "", one.state))
            to = f" owed to {owed}" if owed else " owed"
            yield f"{norm.id}{to} by {one.state} on {self.day(one.round - 1)}"
            mine = [s for s in supposed if s.startswith(f"{norm.instrument}.")]
            others = [s for s in supposed if s not in mine and norm.instrument in s]
            if mine or others:
                yield f"  suppose {', '.join((*mine, *others))}"
            yield "  granting expect arises"
