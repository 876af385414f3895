"""Rules of decision written as pages, and votes under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from foedus.ir.decision import DecisionRule, Status
from foedus.ir.norm import Program
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower
from foedus.library import shipped

SEVEN = ("ARV", "BOR", "CAD", "DUN", "EIN", "FEN", "GAL")
PAGE = """# Pact of the Ferry

```foedus
state ARV "Arvia", BOR "Bor", CAD "Cad", DUN "Dun", EIN "Ein", FEN "Fen", GAL "Gal"
organ CSL "the Council of the Ferry"
instrument ferry "Pact of the Ferry"
  signed 1990-01-01
  in force 1990-01-01
  text 1990 from 1990-01-01 read "whole"
  encoded by "Foedus contributors" on 2026-11-22
parties
  ARV, BOR, CAD, DUN, EIN, FEN, GAL from 1990-01-01
judgement disputant(who: State, in: Act) "{{who}} was a party to what {{in}} is about"
{items}
```
"""


@cache
def page(rule: str, further: str = "") -> Program:
    """The program of a page with this rule: the lines below `rule decide of CSL`."""
    lines = "\n".join(f"  {line}" for line in rule.strip("\n").split("\n"))
    text = PAGE.format(items=f'{further}\nrule decide of CSL "as it decides"\n  members party\n{lines}')
    vocabulary = (shipped("treaties") / "vocabulary.md").read_text(encoding="utf-8")
    pages = [parse_page(name, words) for name, words in (("vocabulary", vocabulary), ("ferry", text))]
    mistakes = [mistake for _, found in pages for mistake in found]
    program, problems = lower([one for one, _ in pages])
    wrong = [each for each in (*mistakes, *problems) if each.code not in ("F307", "F310")]
    assert not wrong, wrong
    return program


def rule_of(program: Program, name: str = "decide") -> DecisionRule:
    """The rule of that name, under its last text."""
    return [rule for rule in program.rules if rule.id.partition(".")[2] == name][-1]


def did(
    rest: Status | None = None, members: Iterable[str] = SEVEN, **who: str
) -> Mapping[str, Status]:
    """`did("absent", for_="ARV BOR", against="CAD")`: who did what, and what the others did."""
    statuses: dict[str, Status] = {}
    for status, states in who.items():
        statuses |= dict.fromkeys(states.split(), status.rstrip("_"))  # type: ignore[arg-type]
    if rest is not None:
        statuses |= {member: rest for member in members if member not in statuses}
    return statuses
