"""What is said of a cascade wherever it is shown: chances, the shock, who called whom by which duty."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.cascade.model import Trigger
from foedus.cascade.result import CONFIDENCE, Chance, Result
from foedus.cascade.spread import Range
from foedus.report.cascade_words import between, percent
from foedus.report.chains.chain import Call, Chain
from foedus.report.layout import TIE
from foedus.report.lists import decimal
from foedus.words.speech import marked, marked_in, plural, say, say_in

TRIGGERS: Mapping[Trigger, str] = {
    "defence": marked_in("trigger", "defence"),
    "offence": marked_in("trigger", "offence"),
    "consultation": marked_in("trigger", "consultation"),
}

NOT_SO = marked(
    "These are consequences of the obligations and chances that were put in, not a forecast. What no obligation says "
    "is not in them."
)


def _tied(text: str) -> str:
    return text.replace(" ", TIE)


def with_interval(chance: Chance) -> str:
    """The chance, and of an estimate its interval: `61.2 % (60.8–61.6)`."""
    if chance.exact is not None or chance.low == chance.high:
        return percent(chance.value)
    low, high = (decimal(f"{100 * bound:.1f}") for bound in (chance.low, chance.high))
    return _tied(say("{chance} ({low}–{high})", chance=percent(chance.value), low=low, high=high))


def with_spread(chance: Chance, over: Range | None) -> str:
    """The chance with its interval, and how far it moves as far as the chances of promises may be wrong."""
    if over is None:
        return with_interval(chance)
    return say("{chance}, spread {spread}", chance=with_interval(chance), spread=between(over))


def spread_words(chain: Chain) -> str:
    """What the spread is, where there is one."""
    if chain.spread is None:
        return ""
    return say(
        "The spread is the middle 95 % over {draws} draws of the chances of promises; it is no error of simulation.",
        draws=chain.spread.draws,
    )


def number(chance: Chance) -> str:
    """An expected number of states, with its interval if it is estimated."""
    value = decimal(f"{chance.value:.2f}")
    if chance.exact is not None or chance.low == chance.high:
        return value
    low, high = (decimal(f"{bound:.2f}") for bound in (chance.low, chance.high))
    return _tied(say("{chance} ({low}–{high})", chance=value, low=low, high=high))


def shock_words(chain: Chain) -> str:
    """`Lir attacks Bor`."""
    return say("{attacker} attacks {target}", attacker=chain.attacker, target=chain.target)


def side_words(chain: Chain, side: int) -> str:
    """`with Lir`."""
    return say("with {state}", state=(chain.attacker, chain.target)[side])


def call_words(call: Call, caller: str) -> str:
    """`defence of Lir (Pact of the Ford)`."""
    what = {
        "defence": say("defence of {state}", state=caller),
        "offence": say("offence beside {state}", state=caller),
        "consultation": say("consultation with {state}", state=caller),
    }[call.trigger]
    return say("{what} ({label})", what=what, label=call.label) if call.label else what


def chance_of(call: Call) -> str:
    """With which chance a duty calls; nothing in one world."""
    if call.chance is None:
        return ""
    said = with_interval(call.chance)
    return say("at most {chance}", chance=said) if call.shared else said


def how_found(result: Result) -> str:
    """Exact, or estimated from how many worlds with which seed."""
    if result.engine == "exact":
        return say("Worked out exactly, over every way in which the coins can fall.")
    worlds = f"{result.worlds or 0:,}".replace(",", TIE)
    said = say(
        "Estimated from {worlds} simulated worlds (seed {seed}), with {level} % intervals.",
        worlds=worlds, seed=result.seed, level=round(100 * CONFIDENCE),
    )  # fmt: skip
    return say("{said} Not exact: {why}.", said=said, why=result.why.rstrip(".")) if result.why else said


def faint_words(chain: Chain) -> str:
    """How many entries are too unlikely to be drawn; nothing if none."""
    if not chain.faint:
        return ""
    return plural(
        "{n} further entry, less likely than 1 %, is not drawn.",
        "{n} further entries, each less likely than 1 %, are not drawn.",
        chain.faint,
    )


def trigger_words(trigger: Trigger) -> str:
    """The trigger's name."""
    return say_in("trigger", TRIGGERS[trigger])


def headline(chain: Chain) -> str:
    """What came of the shock, in a sentence."""
    if chain.result is None:
        joined = [one for one in chain.entrants if one.round > 0]
        last = int(max((one.round for one in joined), default=0))
        if not joined:
            return say("Nobody joins.")
        states = plural("{n} state joins", "{n} states join", len(joined))
        return plural("{states}, within {n} round.", "{states}, within {n} rounds.", last, states=states)
    sizes = [number(size) for size in chain.result.sizes]
    return say(
        "On average {first} states are in with {attacker} and {second} with {target}; nobody joins in {quiet}.",
        first=sizes[0], second=sizes[1], attacker=chain.attacker, target=chain.target,
        quiet=with_interval(chain.result.quiet),
    )  # fmt: skip


__all__ = [
    "NOT_SO", "call_words", "chance_of", "faint_words", "headline", "how_found", "number",
    "shock_words", "side_words", "spread_words", "trigger_words", "with_interval", "with_spread",
]  # fmt: skip
