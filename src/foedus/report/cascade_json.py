"""A cascade over obligations for programs: what `foedus cascade --json` prints, and what drawings are made of.

Its form is `cascade.schema.json`. Chances are objects: `value`, the interval of the error of simulation (`low`,
`high`), `exact` as a fraction where it is one; beside them, where chances were drawn, `spread` with `mean`, `low` and
`high`. States are named by their codes; `states` has their numbers and names. Coins have the numbers of the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from foedus.cascade.ask import Cascade
from foedus.cascade.chains import Chains
from foedus.cascade.confusion import Confusion
from foedus.cascade.from_obligations import ASSUMED, REFUSED, Link
from foedus.cascade.honour import CITATIONS
from foedus.cascade.model import WHOLE
from foedus.cascade.pivots import Turn
from foedus.cascade.rates import Rate
from foedus.cascade.result import Chance
from foedus.cascade.sensitivity import Slope
from foedus.cascade.spread import Range
from foedus.cascade.without import Without
from foedus.obligations.obligation import Obligation
from foedus.report.cascade_words import taken_json
from foedus.sources.edition import Edition
from foedus.terms.states import name_of
from foedus.words.speech import aloud

NOTE = (
    "Obligations are not causes: this is what follows if states were drawn in by what they had promised, as often as "
    "such promises were kept, and by nothing else."
)
SIDES = ("attacker", "target")


def as_json(found: Cascade) -> dict[str, Any]:
    """The whole answer."""
    built, result = found.built, found.result
    model, codes = built.model, built.model.states
    return {
        "shock": {
            "attacker": found.asked.attacker, "target": found.asked.target, "on": found.asked.on.isoformat(),
            "taken": taken_json(found.asked.taken), "outside": list(found.outside),
            "bound_to_both": list(found.bound_to_both),
        },
        "engine": {
            "name": result.engine, "worlds": result.worlds, "seed": result.seed, "nodes": result.nodes,
            "why": result.why,
        },
        "sources": [edition_json(edition) for edition in found.editions],
        "reading": {
            "joiner_attacks": found.asked.joiner_attacks, "conditions": found.asked.conditions,
            "chances": found.asked.table.name, "by": found.asked.table.by,
        },
        "obligations": {
            "in_force": len(found.obligations), **found.whole.labels(), "reached": len(built.links),
            "assumptions": {
                name: {"count": count, "means": ASSUMED.get(name, name)}
                for name, count in found.whole.assumptions().items()
            },
            "refused_because": _reasons(found.whole.refused),
        },
        "chances": [_rate(rate) for rate in built.rates.values()],
        "states": [
            {
                "state": code, "cow": number, "name": str(name_of(code)),
                **{
                    f"with_{side}": _chance(
                        result.entered[index][at],
                        found.spread.entered[index][at] if found.spread is not None else None,
                    )
                    for at, side in enumerate(SIDES)
                },
                "torn": _chance(found.chains.torn[index]),
                "round": result.entry_round[index] if result.entry_round else None,
            }
            for index, (code, number) in enumerate(zip(codes, built.numbers, strict=True))
        ],
        "sizes": {
            f"with_{side}": _chance(result.sizes[at], found.spread.sizes[at] if found.spread is not None else None)
            for at, side in enumerate(SIDES)
        },
        "quiet": _chance(result.quiet, found.spread.quiet if found.spread is not None else None),
        "spread": None if found.spread is None else {
            "draws": found.spread.draws, "seed": found.spread.seed, "worlds": found.spread.worlds,
        },
        "duties": [
            {
                **_promise(link), "coin": number, "debtor": codes[duty.debtor], "beneficiary": codes[duty.beneficiary],
                "trigger": duty.trigger, "chance": duty.chance / WHOLE,
                "others": [codes[n] for n in duty.others], "adversaries": [codes[n] for n in duty.adversaries],
                "called": _chance(result.called[number]) if result.called else None,
            }
            for number, (duty, link) in enumerate(zip(model.duties, built.duties, strict=True))
        ],
        "promises": [
            {
                **_promise(link), "coin": number, "debtor": codes[promise.debtor], "power": codes[promise.power],
                "chance": promise.chance / WHOLE,
            }
            for number, (promise, link) in enumerate(
                zip(model.neutralities, built.promises, strict=True), len(model.duties)
            )
        ],
        "chains": _chains(found.chains, codes),
        "without": [_without(each, codes) for each in found.without],
        "pivots": None if found.pivots is None else {
            "worlds": found.pivots.worlds, "seed": found.pivots.seed,
            "turns": [_turn(turn, codes) for turn in found.pivots.turns],
        },
        "sensitivity": None if found.sensitivity is None else {
            "exact": found.sensitivity.exact, "slopes": [_slope(slope, codes) for slope in found.sensitivity.slopes],
        },
        "confusion": None if found.confusion is None else _confusion(found.confusion),
        "note": NOTE,
    }  # fmt: skip


def edition_json(edition: Edition) -> dict[str, Any]:
    """A data set as every answer names it."""
    return {
        "id": edition.id, "name": edition.name, "version": edition.version, "first": edition.first.isoformat(),
        "last": edition.last.isoformat(), "terms": edition.terms, "citation": edition.citation,
        "bibtex": edition.bibtex, "url": edition.url,
    }  # fmt: skip


def _chance(one: Chance, over: Range | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"value": one.value, "low": one.low, "high": one.high}
    found["exact"] = str(one.exact) if one.exact is not None else None
    if over is not None:
        found["spread"] = {"mean": over.mean, "low": over.low, "high": over.high}
    return found


def _rate(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval()
    return {
        "name": rate.name, "mean": rate.mean, "low": low, "high": high, "kind": rate.kind, "kept": rate.kept,
        "of": rate.of, "width": rate.width, "width_assumed": rate.assumed, "source": rate.source,
        "citation": CITATIONS.get(rate.source, ""), "note": rate.note,
    }  # fmt: skip


def _promise(link: Link) -> dict[str, Any]:
    one: Obligation = link.obligation
    return {
        "instrument": one.instrument, "title": one.title, "pledge": one.pledge, "basis": one.basis,
        "phase": one.phase, "start": one.start.text, "until": one.until.text if one.until else None,
        "conditions": list(one.conditions), "edition": one.edition, "line": one.line, "label": link.label,
        "assumed": list(link.assumed), "rates": list(link.recipe.names),
    }  # fmt: skip


def _reasons(refused: Iterable[tuple[Obligation, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _, why in refused:
        found.setdefault(why, {"count": 0, "means": REFUSED[why]})["count"] += 1
    return found


def _chains(found: Chains, codes: tuple[str, ...]) -> dict[str, Any]:
    return {
        "worlds": found.worlds, "seed": found.seed, "different": found.different,
        "histories": [
            {
                "chance": _chance(told.chance),
                "steps": [
                    {
                        "round": step.round, "state": codes[step.state], "side": SIDES[step.side],
                        "by": [codes[n] for n in step.by], "duties": list(step.because),
                    }
                    for step in told.steps
                ],
            }
            for told in found.histories
        ],
        "calls": [
            {
                "state": codes[call.debtor], "by": codes[call.beneficiary], "side": SIDES[call.side],
                "chance": _chance(call.chance), "round": call.round, "duties": list(call.duties),
            }
            for call in found.calls
        ],
    }  # fmt: skip


def _without(found: Without, codes: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": found.name, "obligations": len(found.removed),
        "instruments": list(dict.fromkeys(one.instrument for one in found.removed)),
        "sizes": {f"with_{side}": _chance(found.sizes[at]) for at, side in enumerate(SIDES)},
        "quiet": _chance(found.quiet),
        "states": [
            {"state": code, **{f"with_{side}": _chance(found.entered[n][at]) for at, side in enumerate(SIDES)}}
            for n, code in enumerate(codes)
        ],
    }  # fmt: skip


def _turn(turn: Turn, codes: tuple[str, ...]) -> dict[str, Any]:
    def both(pair: tuple[Chance, Chance]) -> dict[str, Any]:
        return {f"with_{side}": _chance(pair[at]) for at, side in enumerate(SIDES)}

    return {
        "kind": turn.kind, "name": turn.name, "coins": list(turn.coins), "asked": _chance(turn.asked),
        "turns": _chance(turn.turns), "sizes": both(turn.sizes), "kept": both(turn.kept), "broken": both(turn.broken),
        "entries": _entries(turn.entries, codes),
    }  # fmt: skip


def _entries(found: Iterable[tuple[int, int, Chance]], codes: tuple[str, ...]) -> list[Mapping[str, Any]]:
    return [
        {"state": codes[state], "side": SIDES[side], "change": _chance(change)}
        for state, side, change in found
    ]


def _slope(slope: Slope, codes: tuple[str, ...]) -> dict[str, Any]:
    return {
        "rate": slope.rate.name, "coins": slope.coins,
        "sizes": {f"with_{side}": _chance(slope.sizes[at]) for at, side in enumerate(SIDES)},
        "entries": _entries(slope.entries, codes),
    }  # fmt: skip


def _confusion(found: Confusion) -> dict[str, Any]:
    return {
        "war": found.war, "by": found.by.isoformat(), "threshold": found.threshold, "population": found.population,
        "source": found.source, "table": found.table(), "brier": found.brier, "nobody": found.nobody,
        "states": [
            {
                "cow": one.state, "chances": dict(zip(SIDES, one.chances, strict=True)), "predicted": one.predicted,
                "happened": one.happened, "on": one.on.isoformat() if one.on else None,
            }
            for one in found.states
        ],
    }  # fmt: skip


def entries_rows(found: Cascade) -> Iterable[tuple[Any, ...]]:
    """A row for each state that may enter: the frame of a cascade (`COLUMNS`)."""
    result, over = found.result, found.spread
    for index, code in enumerate(found.built.model.states):
        for at, side in enumerate(SIDES):
            one = result.entered[index][at]
            if not one.value and one.exact is not None:
                continue
            drawn = over.entered[index][at] if over is not None else None
            yield (
                code, found.built.numbers[index], aloud(name_of(code)), side, one.value, one.low, one.high,
                str(one.exact) if one.exact is not None else None,
                drawn.mean if drawn else None, drawn.low if drawn else None, drawn.high if drawn else None,
                result.entry_round[index] if result.entry_round else None,
            )  # fmt: skip


COLUMNS = (
    "state", "cow", "name", "side", "chance", "low", "high", "exact", "spread_mean", "spread_low", "spread_high",
    "round",
)  # fmt: skip
"""The columns of `entries_rows`."""
