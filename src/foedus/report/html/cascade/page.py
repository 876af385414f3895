"""`show_page`: the whole page of a cascade over obligations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from foedus import __version__
from foedus.cascade.ask import Cascade
from foedus.cascade.from_obligations import ASSUMED, IDLE, REFUSED
from foedus.cascade.pivots import Turn
from foedus.cascade.without import Without
from foedus.report.cascade import history_words, how, note, size_words
from foedus.report.cascade_changes import KINDS
from foedus.report.cascade_words import (
    SIDE,
    between,
    bound_words,
    names_of,
    outside_words,
    percent,
    points,
    rate_label,
    signed,
    span,
    spoken_of,
    taken_words,
)
from foedus.report.chains.bars import SMALL, chances, timeline
from foedus.report.chains.chain import Chain
from foedus.report.chains.graph import graph, tree
from foedus.report.chains.of_cascade import of_cascade, titles
from foedus.report.chains.wording import (
    faint_words,
    headline,
    shock_words,
    side_words,
    spread_words,
    trigger_words,
    with_interval,
)
from foedus.report.html.sealed import environment, policy, text_of
from foedus.report.lists import begun, decimal, on_day
from foedus.terms.edtf import EDate
from foedus.words.speech import aloud, language, say, say_in

HERE = Path(__file__).parent
SHARED = HERE.parent

MOST_ROWS = 200
"""Rows of a table; the rest is counted, and `--json` has all."""
MOST_TURNS = 15
LEAST = 0.0005


def show_page(found: Cascade, command: str = "") -> str:
    """The page as HTML in one string, in the language spoken. `command` is what was typed to get it."""
    chain = of_cascade(found)
    style = _styles()
    return (
        _environment()
        .get_template("cascade.html")
        .render(
            language=language(),
            title=begun(shock_words(chain)),
            on=on_day(EDate.of(found.asked.on)),
            headline=headline(chain),
            how=how(found),
            taken=taken_words(found.asked.taken),
            outside=outside_words(found.outside),
            bound=bound_words(found.bound_to_both),
            sides=[begun(side_words(chain, side)) for side in (0, 1)],
            graph=[Markup(graph(chain, "chain")), Markup(tree(chain, "tree"))],
            faint=faint_words(chain),
            calls=_calls(found, chain),
            told=found.chains,
            histories=[(history_words(each, spoken_of(found.built)), percent(each.chance.value))
                       for each in found.chains.histories],
            lines=[Markup(timeline(chain, "line")), Markup(timeline(chain, "line-small", SMALL))],
            bars=[Markup(chances(chain, "bars")), Markup(chances(chain, "bars-small", SMALL))],
            bars_words=" ".join(filter(None, (_found(found), spread_words(chain)))),
            exact=found.result.engine == "exact",
            entrants=_entrants(found, chain),
            sizes=[size_words(found.result.sizes[side], found.spread.sizes[side] if found.spread else None)
                   for side in (0, 1)],
            quiet=with_interval(found.result.quiet),
            spread=found.spread,
            without=[_without(found, each) for each in found.without],
            turns=_turns(found),
            slopes=_slopes(found),
            confusion=_confusion(found),
            rests=_rests(found),
            rates=_rates(found),
            editions=found.editions,
            note=note(),
            command=command,
            version=__version__,
            style=Markup(style),
            policy=policy(style, ""),
        )
    )  # fmt: skip


def _found(found: Cascade) -> str:
    exact = found.result.engine == "exact"
    return say("Exact chances.") if exact else say("Estimates, with their intervals of 95 %.")


def _entrants(found: Cascade, chain: Chain) -> list[Mapping[str, Any]]:
    """A row for each state that may enter: both chances, how far they may be wrong, the mean round."""
    rows: dict[int, Mapping[str, Any]] = {}
    for one in chain.entrants:
        if one.round == 0 or one.state in rows:
            continue
        over = found.spread.entered[one.state] if found.spread else (None, None)
        rows[one.state] = {
            "name": one.name,
            "chances": [
                (with_interval(chance), between(wide) if wide else "") if chance.value > LEAST else ("", "")
                for chance, wide in zip(found.result.entered[one.state], over, strict=True)
            ],
            "torn": percent(found.chains.torn[one.state].value) if found.chains.torn[one.state].value else "",
            "round": decimal(f"{one.round:.1f}") if one.timed else "–",
        }
    return list(rows.values())[:MOST_ROWS]


def _calls(found: Cascade, chain: Chain) -> list[Mapping[str, str]]:
    names = names_of(found.built)
    return [
        {
            "who": names[call.debtor],
            "side": side_words(chain, call.side),
            "whom": names[call.beneficiary],
            "what": trigger_words(found.built.model.duties[call.duties[0]].trigger),
            "under": titles(found, call.duties),
            "chance": percent(call.chance.value),
            "round": decimal(f"{call.round:.1f}"),
        }
        for call in found.chains.calls[:MOST_ROWS]
    ]


def _without(found: Cascade, each: Without) -> Mapping[str, Any]:
    """What would be otherwise: each chance as it is, as it would be, and the difference with its error."""
    names = names_of(found.built)
    changes = sorted(
        (
            (abs(change.value), names[state], side, state, change)
            for state, pair in enumerate(each.entered)
            for side, change in enumerate(pair)
            if abs(change.value) > LEAST
        ),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    exact = found.result.engine == each.result.engine == "exact"
    return {
        "name": each.name,
        "removed": list(dict.fromkeys(one.title or one.instrument for one in each.removed)),
        "rows": [
            {
                "name": name,
                "side": (0, 1)[side],
                "before": percent(found.result.entered[state][side].value),
                "after": percent(each.result.entered[state][side].value),
                "by": points(change, exact),
                "open": not exact and change.low <= 0 <= change.high,
            }
            for _, name, side, state, change in changes[:MOST_ROWS]
        ],
        "sizes": [signed(size.value, 2) for size in each.sizes],
        "quiet": points(each.quiet, exact),
    }


def _turns(found: Cascade) -> list[tuple[str, list[Mapping[str, str]]]]:
    """What the outcome turns on, by kind."""
    if found.pivots is None:
        return []
    names = names_of(found.built)
    return [
        (say(head), [_turn(turn, names) for turn in turns])
        for kind, head in KINDS
        if (turns := [turn for turn in found.pivots.of(kind) if turn.turns.value > 0][:MOST_TURNS])
    ]


def _turn(turn: Turn, names: Sequence[str]) -> Mapping[str, str]:
    most = ""
    if turn.entries:
        state, _, change = turn.entries[0]
        most = f"{names[state]} {signed(100 * change.value, 1)}"
    return {
        "name": turn.name,
        "turns": percent(turn.turns.value),
        "one": signed(turn.sizes[0].value, 2),
        "other": signed(turn.sizes[1].value, 2),
        "most": most,
    }


def _slopes(found: Cascade) -> list[Mapping[str, str]]:
    if found.sensitivity is None:
        return []
    return [
        {
            "name": rate_label(slope.rate.name),
            "one": signed(slope.sizes[0].value / 10, 3),
            "other": signed(slope.sizes[1].value / 10, 3),
        }
        for slope in found.sensitivity.slopes[:MOST_TURNS]
        if any(one.value for one in slope.sizes)
    ]


def _confusion(found: Cascade) -> Mapping[str, Any] | None:
    """What was simulated beside what happened."""
    table = found.confusion
    if table is None:
        return None
    numbers = dict(zip(found.built.numbers, names_of(found.built), strict=True))
    sides = ("attacker", "target", "out")
    return {
        "war": table.war,
        "by": on_day(EDate.of(table.by)),
        "heads": [say_in("side in a cascade", SIDE[side]) for side in sides],
        "rows": [
            (
                say_in("side in a cascade", SIDE[predicted]),
                [table.count(predicted, happened) for happened in sides],
            )
            for predicted in sides
        ],
        "states": [
            {
                "name": numbers.get(one.state) or str(one.state),
                "predicted": say_in("side in a cascade", SIDE[one.predicted]),
                "happened": say_in("side in a cascade", SIDE[one.happened]),
                "chances": [percent(chance) for chance in one.chances],
                "on": on_day(EDate.of(one.on)) if one.on else "",
            }
            for one in table.states
            if (one.predicted, one.happened) != ("out", "out")
        ],
    }


def _rests(found: Cascade) -> list[str]:
    """What the answer rests on: what was assumed, what was left out, and the readings."""
    whole = found.whole
    said = [
        say("{n} × assumed: {what}", n=count, what=say(ASSUMED[name]) if name in ASSUMED else aloud(name))
        for name, count in sorted(found.built.assumptions().items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    for table, reasons in ((REFUSED, whole.refused), (IDLE, whole.idle)):
        counts = {name: sum(why == name for _, why in reasons) for name in table}
        said += [
            say("{n} × left out: {why}", n=count, why=say(table[name]))
            for name, count in counts.items()
            if count
        ]
    said.append(
        say("Reading: whoever joins a side makes the other side attacked.")
        if found.asked.joiner_attacks
        else say("Reading: only the target of the shock counts as attacked.")
    )
    return said


def _rates(found: Cascade) -> list[Mapping[str, str]]:
    return [
        {
            "name": rate_label(rate.name),
            "mean": percent(rate.mean),
            "ends": span(*rate.interval()) if rate.kind != "fixed" else "",
            "source": rate.source,
        }
        for rate in found.built.rates.values()
    ]


@cache
def _styles() -> str:
    """The style that all pages share, this page's own, and that of paper."""
    own = text_of(HERE / "styles" / "cascade.css")
    return "\n".join([text_of(SHARED / "styles" / "type.css"), own])


@cache
def _environment() -> Environment:
    return environment(HERE / "templates", SHARED / "templates")
