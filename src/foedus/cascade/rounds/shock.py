"""What a user gives a cascade: facts as text, answers by name, chances. Mistakes are named, and nothing is guessed.

>>> read_fact("war(AUH, SER)", {"war": 2}).id
'war(AUH, SER)'
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from foedus.cascade.rounds.outcome import Choice
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.diagnostics.suggest import suggest
from foedus.obligations.hypothesis import supposed
from foedus.terms.fact import Fact
from foedus.terms.states import STATES

SHOCKS = ("war", "force", "mobilisation")
_FACT = re.compile(r"^\s*([a-z]\w*)\s*\((.*)\)\s*$")
_NESTED = re.compile(r"\s*,\s*(?![^()]*\))")


def _refused(code: str, what: str, advice: str = "", **values: str) -> Refused:
    return Refused(Problem(code, whole(what), {"what": what, **values}, help=advice))


def read_fact(text: str, predicates: Mapping[str, int]) -> Fact:
    """A fact as its text. `predicates` says how many arguments each has. Refused with F860."""
    found = _FACT.match(text)
    if found is None:
        raise _refused("F860", text, "Write it as a page does: `war(AUH, SER)`.")
    word, args = found[1], tuple(a.strip() for a in _NESTED.split(found[2]) if a.strip())
    if word not in predicates:
        near = suggest(word, predicates)
        raise _refused("F860", text, f"Did you mean `{near}`?" if near else "")
    if len(args) != predicates[word]:
        raise _refused("F860", text, f"`{word}` takes {predicates[word]} arguments.")
    return supposed(word, *args)


def read_shock(shock: Iterable[Fact | str], predicates: Mapping[str, int]) -> tuple[Fact, ...]:
    """What happens first: wars, force and mobilisations, each between two states; and what is said of these."""
    facts = tuple(one if isinstance(one, Fact) else read_fact(one, predicates) for one in shock)
    if not any(fact.predicate in ("war", "force", "mobilisation") for fact in facts):
        raise _refused(
            "F860", ", ".join(f.id for f in facts) or "–", "A shock is a war, force or a mobilisation."
        )
    for fact in facts:
        if fact.predicate in SHOCKS and len(set(fact.args)) < 2:
            raise _refused("F860", fact.id, "It takes two states.")
    return facts


def states_of(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The states that facts name, in order."""
    return tuple(
        dict.fromkeys(
            str(arg) for fact in facts for arg in fact.args if isinstance(arg, str) and arg.isupper()
        )
    )


def check_states(named: Iterable[str], considered: Collection[str]) -> None:
    """Refuses a state that is not considered, or that nobody knows (F863)."""
    for state in named:
        if state not in considered:
            near = suggest(state, considered) if state not in STATES else None
            raise _refused("F863", state, f"Did you mean `{near}`?" if near else "")


def check_readings(
    readings: Mapping[str, Collection[str]], free: Collection[str], choices: Mapping[str, Choice]
) -> None:
    """Refuses a question that nothing here asks, or an answer that it does not have (F861)."""
    for name in (*readings, *free):
        if name not in choices:
            near = suggest(name, choices)
            raise _refused("F861", name, f"Did you mean `{near}`?" if near else "")
    for name, answers in readings.items():
        for answer in answers or ("",):
            if answer not in choices[name].all_answers:
                known = "; ".join(f"`{a}`" for a in choices[name].all_answers)
                raise _refused("F861", f'{name} = "{answer}"', f"Its answers are: {known}.")


def check_without(without: Iterable[str], known: Collection[str], day: date) -> None:
    """Refuses to leave out what is not there (F853): the answer would be the whole one, and look like another."""
    for name in without:
        if name not in known:
            near = suggest(name, known)
            advice = (
                f"Did you mean `{near}`?" if near else "Name an instrument or a norm that is looked at here."
            )
            raise _refused("F853", name, advice, name=name, on=day.isoformat())


def check_chances(chances: Mapping[str, float]) -> None:
    """Refuses a chance outside 0 to 1 (F864)."""
    for name, chance in chances.items():
        if not 0 <= chance <= 1:
            raise _refused("F864", name, number=f"{chance:g}")
