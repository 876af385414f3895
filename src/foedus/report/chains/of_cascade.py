"""The chains of a cascade over obligations, with its own count of who entered on whose account, and by which treaty."""

from __future__ import annotations

from foedus.cascade.ask import Cascade
from foedus.cascade.chains import Told
from foedus.report.cascade_words import names_of, spoken_of
from foedus.report.chains.chain import FAINTEST, Call, Chain, Entrant, after_callers
from foedus.report.lists import listed
from foedus.words.speech import say

MOST_TITLES = 2


def of_cascade(found: Cascade, faintest: float = FAINTEST) -> Chain:
    """Whoever enters with at least the chance `faintest`, and on whose account."""
    result, shock, names = found.result, found.part.shock, names_of(found.built)
    begin = (shock.attacker, shock.target)
    entrants: list[Entrant] = []
    faint = 0
    for state, chances in enumerate(result.entered):
        for side, chance in enumerate(chances):
            first = state == begin[side]
            if state in begin and not first:
                continue
            if not first and chance.value < faintest:
                faint += chance.value > 0
                continue
            calls = tuple(
                Call(call.duties[0], call.beneficiary, found.built.model.duties[call.duties[0]].trigger,
                     titles(found, call.duties), call.chance)
                for call in found.chains.calls
                if (call.debtor, call.side) == (state, side)
            )  # fmt: skip
            round_ = 0.0 if first else _round(found, state, side)
            entrants.append(
                Entrant(
                    state, names[state], side, 0.0 if round_ is None else round_, chance, () if first else calls,
                    round_ is not None,
                )
            )  # fmt: skip
    entrants = after_callers(entrants)
    entrants.sort(key=lambda one: (one.round, -(one.chance.value if one.chance else 1), one.side, one.name))
    spoken = dict(enumerate(spoken_of(found.built)))
    return Chain(
        spoken[begin[0]], spoken[begin[1]], tuple(entrants), result, faint=faint, spoken=spoken, spread=found.spread
    )  # fmt: skip


def _round(found: Cascade, state: int, side: int) -> float | None:
    """The mean round of entry; where the engine has none, that of the worlds told one by one."""
    rounds = found.result.entry_round
    mean = rounds[state] if state < len(rounds) else None
    if mean is not None:
        return mean
    told = [call for call in found.chains.calls if (call.debtor, call.side) == (state, side)]
    weight = sum(call.chance.value for call in told)
    return sum(call.round * call.chance.value for call in told) / weight if weight else None


def titles(found: Cascade, duties: tuple[int, ...]) -> str:
    """The instruments of some duties, by title where the source has one."""
    links = [found.built.duties[number].obligation for number in duties]
    named = list(dict.fromkeys(one.title or one.instrument for one in links))
    if len(named) > MOST_TITLES:
        return say("{named} and {n} more", named=", ".join(named[:MOST_TITLES]), n=len(named) - MOST_TITLES)
    return listed(named)


def of_told(found: Cascade, told: Told) -> Chain:
    """One of the most frequent histories as a chain."""
    shock, names = found.part.shock, names_of(found.built)
    ends = tuple(
        Entrant(state, names[state], side, 0.0, None, ())
        for side, state in enumerate((shock.attacker, shock.target))
    )
    steps = tuple(
        Entrant(
            step.state, names[step.state], step.side, float(step.round), None,
            tuple(_call(found, step.because, caller) for caller in step.by),
        )
        for step in told.steps
    )  # fmt: skip
    spoken = dict(enumerate(spoken_of(found.built)))
    return Chain(spoken[shock.attacker], spoken[shock.target], (*ends, *steps), None, spoken=spoken)


def _call(found: Cascade, because: tuple[int, ...], caller: int) -> Call:
    model = found.built.model
    own = tuple(number for number in because if model.duties[number].beneficiary == caller)
    return Call(own[0], caller, model.duties[own[0]].trigger, titles(found, own))
