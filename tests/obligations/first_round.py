"""A probe as the shock of a cascade, and whether the norm calls on its debtor in the first round, every coin 1."""

from __future__ import annotations

from datetime import date

from foedus.cascade.rounds.chances import Coins
from foedus.cascade.rounds.engine import Rounds
from foedus.cascade.rounds.feeds import ALWAYS, ENGINE, NEVER, NOT_SO, SO
from foedus.cascade.rounds.lowered import Lowered, lower
from foedus.cascade.rounds.space import Space
from foedus.engines.lanes import Lanes
from foedus.ir.norm import Norm, Program
from foedus.obligations.probe import BAND, Probe, Staged
from foedus.obligations.treatment import Engine, Table, Treatment
from foedus.terms.fact import Fact

SHOCKS = ("war", "force", "mobilisation", "helped", "general_mobilisation")
BESIDE = ("threat", "unrest", "event", "catastrophe", "default", "zone_breach")
"""What rounds do not make; it is given."""


def comparable(staged: Staged, probe: Probe) -> bool:
    """Whether a cascade can begin with this: with actors that are states, of whom the debtor is none, and with no
    force without a war or war without force, which its shock does not tell apart; what is said, is always said."""
    cast = staged.cast
    apart = ("force" in probe.axes) != ("war" in probe.axes)
    actors = cast.adversary not in (BAND, cast.debtor) and cast.second != cast.debtor
    said = "opinion" in probe.axes or all(about.kind != "speech" for about, _ in staged.variables.values())
    return staged.norm.kind == "duty" and actors and said and not apart


def called(staged: Staged, probe: Probe, day: date, lane: int, program: Program) -> bool | None:
    """Whether the first round calls on the cast's debtor for its beneficiary in a lane; None where the norm is
    nothing that a cascade carries, or one word is so of one pair and not of another, which it takes as one."""
    chosen = staged.layout.lane(lane)
    taken_apart: dict[str, set[bool]] = {}
    for name, so in chosen.items():
        about = staged.hypothesis.variable(name)
        if about.kind in ("fact", "judgement"):
            taken_apart.setdefault(about.predicate, set()).add(so)
    if any(len(values) > 1 for values in taken_apart.values()):
        return None
    said = [fact for fact in staged.hypothesis.facts if staged.so(fact.id, probe)]
    shock = tuple(fact for fact in said if fact.predicate in SHOCKS)
    general = tuple(
        Fact(f"general_mobilisation({f.id})", "general_mobilisation", (f.id,))
        for f in shock
        if f.predicate == "mobilisation" and "general_mobilisation" in program.vocabulary.predicates
    )
    beside = tuple(fact for fact in said if fact.predicate in BESIDE)
    granted = _granted(staged, probe, chosen)
    taken: dict[tuple[str, Engine], Treatment] = {
        (word, "cascade"): Treatment("assumed", value="true" if so else "false")
        for word, so in granted.items()
    }
    table = Table(taken)

    def keep(norm: Norm) -> bool:
        return norm.id == staged.norm.id and norm.text == staged.norm.text

    lowered = lower(program, day, staged.cast.states, (*beside, *general), table, keep)
    calls = [
        c for c in lowered.calls if (c.debtor, c.beneficiary) == (staged.cast.debtor, staged.cast.beneficiary)
    ]
    if not any(
        t.norm == staged.norm.id and t.label != "refused" and t.effect != "none" for t in lowered.treated
    ):
        return None
    rounds = Rounds(
        lowered,
        Space(_answers(lowered, staged, probe, chosen, granted), 1),
        staged.cast.states,
        Coins({}, 1, 0),
    )
    rounds.begin(shock, (*beside, *general))
    return any(Lanes(lowered.circuit, [call.lit for call in calls]).run(rounds.column, rounds.full))


def _granted(staged: Staged, probe: Probe, chosen: dict[str, bool]) -> dict[str, bool]:
    """The words of which no round says anything, as the panel takes them."""
    found: dict[str, bool] = {}
    for name, (about, _) in staged.variables.items():
        if about.kind in ("fact", "judgement") and name not in staged.axis:
            so = chosen[name] if name in chosen else staged.holds(name, probe)
            found[about.predicate] = found.get(about.predicate, False) or so
    return found


def _answers(
    lowered: Lowered, staged: Staged, probe: Probe, chosen: dict[str, bool], granted: dict[str, bool]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """One answer of every question, so that there is one stratum."""
    page = {
        about.args[0]: about.args[1]
        for name in chosen
        if chosen[name] and (about := staged.hypothesis.variable(name)).kind == "answer"
    }
    found: list[tuple[str, tuple[str, ...]]] = []
    defaults = {choice.id: choice.default for choice in ENGINE}
    for name in lowered.questions:
        answer = page.get(name) or defaults.get(name)
        found.append((name, (answer or staged.hypothesis.program.questions[name].answers[0].name,)))
    for word in lowered.judged:
        if word == "unprovoked":
            found.append((word, (ALWAYS if "unprovoked" in probe.axes else NEVER,)))
            continue
        listed = [fact for fact in staged.axis if fact.startswith(f"{word}(")]
        so = granted.get(word, any(staged.so(fact, probe) for fact in listed))
        found.append((word, (SO if so else NOT_SO,)))
    return tuple(found)
