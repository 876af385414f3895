"""How quickly a chair answers: what may now be done, by one and by all, and a vote taken. `python bench/chair.py`.

A position is laid out of a state that nobody has asked about yet, as after each deed in a live room. The two shipped
exercises have six members each; the others are the same small procedure with 6, 15 and 193 of them and a vote open in
which half have spoken. Medians, with the slowest in parentheses, in milliseconds.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from foedus.council.ballots import may_say
from foedus.council.chair import begin, decide, evolve
from foedus.council.deed import Deed
from foedus.council.rules import Rules
from foedus.council.state import State
from foedus.exercise.play import play
from foedus.exercise.reading import read_scenario, scenarios
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower
from foedus.library import shipped

RUNS = 15
NOW = datetime(2031, 3, 4, 12, tzinfo=UTC)
PAGE = """# Pact

```foedus
organ CSL "the Council"
instrument pact "Pact"
  signed 1990-01-01
  in force 1990-01-01
  text 1990 from 1990-01-01
rule decide of CSL "two thirds of those who vote"
  members party
  by vote
    passes(m): at least 2/3 of party p who (vote(by: p, on: m) or objects(by: p, to: m)): vote(by: p, on: m)
procedure matter of CSL "a decision"
  track matter "the matter"
    stages none, asked, decided
    ends none, decided
  track contributor of p "each contributor"
    stages none, authorised, present, gone
    ends none, gone
  step ask "ask"
    by host
    on matter from none to asked
    performed by request(by: host, to: CSL) as r
  step decide "decide"
    by CSL
    on matter from asked to decided
    when no withdrawn(by: host, what: r)
    decided by decide
    performed by announced(by: CSL, what: aid, for: host) as m
  step authorise "authorise"
    by each State p
    on contributor from none to authorised
    when p is not host
    performed by authorised(by: p, what: m)
  step deploy "deploy"
    by each State p
    on contributor from authorised to present
    while matter is decided
    performed by deployed(by: p, where: host)
  step leave "leave"
    by each State p
    on contributor from authorised, present to gone
    performed by left(who: p, where: host)
```
"""


def told(what: str, times: list[float]) -> None:
    print(f"  {what:44} {statistics.median(times) * 1e3:8.2f} ms  ({max(times) * 1e3:.2f})")


def timed(states: Iterable[State], work: Callable[[State], object]) -> list[float]:
    """How long for each state, each made anew."""
    found: list[float] = []
    for state in states:
        fresh = replace(state)
        start = time.perf_counter()
        work(fresh)
        found.append(time.perf_counter() - start)
    return found


def played(name: str) -> None:
    """After every deed of a shipped exercise."""
    scene = read_scenario(name)[0]
    turns = list(play(scene))
    rules, at = turns[-1].rules, {id(turn.state): turn.at for turn in turns}
    states = [turn.state for turn in turns]
    who = rules.states(turns[0].at.date())[0]
    print(f"{name}: {len(turns)} positions")
    for what, by in (("all", None), (f"one member ({who})", {who}), ("the chair", {"chair"})):
        found: list[float] = []
        for state in states:
            found += timed([state], lambda fresh, s=state, b=by: decide(rules, fresh, at[id(s)], b))
        told(f"decide, {what}", found)


def pact(members: int) -> tuple[Rules, tuple[str, ...]]:
    """The rules of a session of so many."""
    words = (shipped("treaties") / "vocabulary.md").read_text(encoding="utf-8")
    pages = [parse_page(name, text)[0] for name, text in (("vocabulary", words), ("pact", PAGE))]
    program = lower(pages)[0]
    names = tuple(f"S{n:03}" for n in range(members))
    return Rules(program, program.procedures["pact.matter"], NOW.date(), members={"pact": names}), names


def sitting(members: int) -> None:
    """With a vote open."""
    rules, names = pact(members)
    state = begin(rules)
    for deed in (
        Deed("step", names[0], NOW, step="ask"),
        Deed("propose", names[1], NOW, step="decide"),
        Deed("open", "chair", NOW, proposal="p1"),
        *(Deed("vote", who, NOW, ballot="b1", status="for") for who in names[: members // 2]),
    ):
        state = evolve(rules, state, deed)
    states, last = [state] * RUNS, names[-1]
    print(f"{members} members, a vote open")
    told("decide, all", timed(states[: 3 if members > 50 else RUNS], lambda s: decide(rules, s, NOW)))
    told("decide, one member", timed(states, lambda s: decide(rules, s, NOW, {last})))
    told("decide, the chair", timed(states, lambda s: decide(rules, s, NOW, {"chair"})))
    told("what one may say", timed(states, lambda s: may_say(rules, s, "b1", last, NOW)))
    vote = Deed("vote", last, NOW, ballot="b1", status="against")
    told("evolve, a vote", timed(states, lambda s: evolve(rules, s, vote)))
    close = Deed("close", "chair", NOW, ballot="b1")
    told("evolve, the close", timed(states, lambda s: evolve(rules, s, close)))


def main() -> None:
    for name in scenarios():
        played(name)
    for members in (6, 15, 193, 200):
        sitting(members)


if __name__ == "__main__":
    main()
