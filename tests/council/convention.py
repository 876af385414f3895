"""A convention of four states, to try a council on: a request, consultation, a decision under a rule in three ways,
authorisations, deployment within a mandate, reports, an extension, a recall, a withdrawal. Nothing of it is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache

from foedus.council.chair import begin, evolve
from foedus.council.deed import Deed
from foedus.council.mandate import Mandate, Task
from foedus.council.rules import Rules
from foedus.council.state import Noted, State
from foedus.ir.decision import Way
from foedus.ir.formula import And, AtLeast, Atom, Not, Or
from foedus.ir.norm import Program
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower
from foedus.library import shipped

START = datetime(2031, 3, 4, 12, tzinfo=UTC)
PARTIES = ("ARV", "BOR", "CAD", "DUN")

PAGE = """\
# Convention of Lir

```foedus
state ARV "Arvia", BOR "Bor", CAD "Cad", DUN "Dun", EST "Est"
organ COUNCIL "the Council of Lir"

instrument lir "Convention of Lir"
  signed 2020-01-01
  in force 2021-01-01
  text 2021 from 2021-01-01
parties
  ARV, BOR, CAD, DUN from 2021-01-01

rule decide of COUNCIL "consensus; failing that two thirds; failing that silence"
  members party
  passes(m): no party p: objects(by: p, to: m)
```

## Article 4 · Help

```foedus
power help "send help"
  class none
  of COUNCIL to host
  when request(by: host, to: COUNCIL) as r and announced(by: COUNCIL, what: peacekeepers, for: host) as m
      and regular(m)
  until withdrawn(by: host, what: r)
```

## Article 5 · From a request to the end

```foedus
procedure operation of COUNCIL "from a request to the end of an operation"
  track matter "the matter"
    stages none, asked, consulting, decided, over
    ends over
  track contributor of p "each contributor"
    stages none, authorised, present, gone
    ends none, gone
  track mandate "the mandate"
    stages none, given, running, over
    ends none, over
  track order "order at the table"
    stages kept, raised
    ends kept
  step ask "ask the Council for help"
    by host
    on matter from none to asked
    when party(host) and grave(i)
    performed by request(by: host, to: COUNCIL, about: i) as r
  step consult "consult"
    by chair
    on matter from asked, consulting to consulting
    while order is kept
    performed by met(COUNCIL)
  step decide "decide to send help"
    by COUNCIL
    on matter from asked, consulting to decided
    also on mandate from none to given
    while order is kept
    when no withdrawn(by: host, what: r)
    decided by decide
    mandate gives
    performed by announced(by: COUNCIL, what: peacekeepers, for: host) as m
  step renew "lay down a new mandate"
    by COUNCIL
    on mandate from over to given
    while matter is decided
    decided by decide
    mandate gives
    performed by announced(by: COUNCIL, what: peacekeepers, for: host) as n
  step authorise "authorise its own part"
    by each party p
    on contributor from none to authorised
    when p is not host
    performed by authorised(by: p, what: m)
  step deploy "send its contingent"
    by each party p
    on contributor from authorised to present
    also on mandate from given, running to running
    while matter is decided
    mandate within
    performed by deployed(by: p, where: host)
  step patrol "act under the mandate"
    by each party p
    on contributor from present to present
    while mandate is running
    mandate within
    performed by said(p)
  step prolong "prolong the mandate"
    by COUNCIL
    on mandate from running to running
    decided by decide
    mandate extends
    performed by announced(by: COUNCIL, what: mission, for: host)
  step leave "go home"
    by each party p
    on contributor from authorised, present to gone
    performed by left(who: p, where: host)
  step recall "take the request back"
    by host
    on matter from asked, consulting, decided to over
    also on mandate to over
    mandate ends
    performed by withdrawn(by: host, what: r)
  step finish "end the operation"
    by COUNCIL
    on matter from decided to over
    when calm(host)
    decided by decide
    performed by announced(by: COUNCIL, what: return, for: host)
  step raise "raise a point of order"
    by each party p
    on order from kept to raised
    performed by said(p)
  step settle "settle the point of order"
    by chair
    on order from raised to kept
    performed by said(_)
  clock term "the term of the mandate"
    from deploy
    until finish, recall
    set by decision
    then mandate from given, running to over
  clock answer "the time for an answer"
    from ask
    until decide, recall
    length 72 hours
  clock talks "the time for talks"
    from consult
    until decide
    set by chair
  clock parliament "the time for a contingent"
    from authorise
    until deploy, leave
    length 48 hours
    then contributor of p from authorised to gone
  clock help "the time for help"
    from ask
    until deploy
    not stated
  first finish, prolong
```
"""


@cache
def program() -> Program:
    """The convention, its rule in three ways: consensus, two thirds of those who vote, a silence of 24 hours."""
    shared, _ = parse_page(
        "vocabulary.md", (shipped("treaties") / "vocabulary.md").read_text(encoding="utf-8")
    )
    page, mistakes = parse_page("lir.md", PAGE)
    found, problems = lower([shared, page])
    assert not [*mistakes, *problems], [*mistakes, *problems]
    rule = found.rules[0]
    m = rule.motion
    member = found.rules[0].ways[0].passes
    assert isinstance(member, Not)
    one = member.body
    assert isinstance(one, AtLeast) and isinstance(one.body, And)
    party = one.body.parts[0]

    def did(word: str) -> Atom:
        return Atom(word, (one.var, m))

    voted = And((party, Or((did("vote"), did("objects")))))
    ways = (
        Way("consensus", member),
        Way(
            "vote",
            AtLeast(2, one.var, And((voted, did("vote"))), share=Fraction(2, 3)),
            AtLeast(2, one.var, And((party, Not(did("stayed_away"))))),
        ),
        Way("silence", member, hours=24),
    )
    return replace(found, rules=(replace(rule, ways=ways),))


def rules(**changes: object) -> Rules:
    """The rules of a session on the convention, with an unrest known beforehand and taken for grave."""
    known = (
        Noted("riots", "unrest", ("ARV",)),
        Noted("riots_grave", "grave", ("riots",)),
    )
    made = Rules(program(), program().procedures["lir.operation"], date(2031, 3, 4), known=known)
    return replace(made, **changes)  # type: ignore[arg-type]


def at(hours: float = 0, seconds: int = 0) -> datetime:
    """So long after the beginning."""
    return START + timedelta(hours=hours, seconds=seconds)


MANDATE = Mandate(
    tasks=(Task("guard", "may", "airport"), Task("report", "must"), Task("fight", "must not")),
    ceiling=100, ceilings={"BOR": 40}, until=at(240), report_hours=24, regions=("north", "south"),
)  # fmt: skip


def run(rules: Rules, *deeds: Deed, state: State | None = None) -> State:
    """The state after these deeds."""
    state = begin(rules) if state is None else state
    for deed in deeds:
        state = evolve(rules, state, deed)
    return state


ASK = Deed("step", "ARV", at(0), step="ask", terms={"i": "riots"})
PROPOSE = Deed(
    "propose", "BOR", at(1), step="decide", mandate=MANDATE, parts={"1": "Help is sent.", "2": "At once."}
)
OPEN = Deed("open", "chair", at(2), proposal="p1")
CLOSE = Deed("close", "chair", at(3), ballot="b1")
DECIDED = (ASK, PROPOSE, OPEN, CLOSE)
GO = (
    Deed("step", "BOR", at(4), step="authorise"),
    Deed("step", "BOR", at(5), step="deploy", number=40, task="guard", where="airport"),
)
