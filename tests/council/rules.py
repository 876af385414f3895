"""Rules of decision written as pages, and votes under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from hypothesis import strategies as st

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


def did(rest: Status | None = None, members: Iterable[str] = SEVEN, **who: str) -> Mapping[str, Status]:
    """`did("absent", for_="ARV BOR", against="CAD")`: who did what, and what the others did."""
    statuses: dict[str, Status] = {}
    for status, states in who.items():
        statuses |= dict.fromkeys(states.split(), status.rstrip("_"))  # type: ignore[arg-type]
    if rest is not None:
        statuses |= {member: rest for member in members if member not in statuses}
    return statuses


# ---- rules at random ----

UNITS = (
    "vote(p, m)", "agrees(p, m)", "objects(p, m)", "abstained_on(p, m)", "stands_aside(p, m)", "stayed_away(p, m)",
    "present(p, m)", "not objects(p, m)", "(vote(p, m) or objects(p, m))", "(present(p, m) and not vote(p, m))",
)  # fmt: skip
BASES = ("", "", " who (vote(p, m) or objects(p, m))", " who present(p, m)")
SHARES = ("1/2", "2/3", "1/3", "3/5", "5/6")
APART = ("", "left out(p, m): disputant(p, m)\n", "held to abstain(p, m): disputant(p, m)\n")
PEOPLE = 'weighting people "inhabitants"\n  ARV 5\n  BOR 3\n  CAD 2\n  DUN 1\n  EIN 1\n  FEN 0'


@st.composite
def tests(draw: st.DrawFn) -> str:
    """One test of a rule."""
    unit, base = draw(st.sampled_from(UNITS)), draw(st.sampled_from(BASES))
    least = draw(st.sampled_from(("at least", "more than")))
    by = draw(st.sampled_from(("", "", "by people ")))
    match draw(st.sampled_from(("share", "share", "number", "no", "every", "some"))):
        case "share":
            return f"{least} {draw(st.sampled_from(SHARES))} {by}of member p{base}: {unit}"
        case "number":
            number = draw(st.integers(1, 5))
            return f"{least} {number} {by}{'of ' if by else ''}member p{base}: {unit}"
        case word:
            return f"{word} member p{base}: {unit}"


@st.composite
def conditions(draw: st.DrawFn) -> str:
    """One to three tests, of which some may be denied."""
    found = draw(st.lists(tests(), min_size=1, max_size=3))
    found = [f"not ({one})" if draw(st.integers(0, 4)) == 0 else f"({one})" for one in found]
    return draw(st.sampled_from((" and ", " or "))).join(found)


@st.composite
def rules(draw: st.DrawFn, apart: bool = True) -> str:
    """The lines of a rule: one way, or several; a quorum, somebody who stands apart."""
    lines = [draw(st.sampled_from(APART)) if apart else ""]
    ways = draw(st.lists(st.sampled_from(("vote", "consensus")), min_size=1, max_size=2, unique=True))
    for n, way in enumerate(ways):
        lines.append(f"{'failing that ' if n else ''}by {way}\n")
        if draw(st.integers(0, 2)) == 0:
            lines.append(f"  quorum(m): {draw(conditions())}\n")
        lines.append(f"  passes(m): {draw(conditions())}\n")
    return "".join(lines)
