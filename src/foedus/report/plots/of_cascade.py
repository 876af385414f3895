"""The figures of a cascade over obligations, by the names under which they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from foedus.cascade.ask import Cascade
from foedus.cascade.pivots import Turn
from foedus.cascade.result import Chance
from foedus.cascade.without import Without
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.report.cascade import how
from foedus.report.cascade_words import names_of, spoken_of
from foedus.report.chains.of_cascade import of_cascade
from foedus.report.lists import listed
from foedus.report.plots.chances import LEAST, chances
from foedus.report.plots.differences import differences
from foedus.report.plots.figure import Columns, Figure
from foedus.report.plots.network import network, pledge_words
from foedus.report.plots.pivots import Moved, pivots
from foedus.words.speech import phrase, say


def figures_of(found: Cascade, kind: str, columns: Columns = "two") -> list[Figure]:
    """The figures of one kind (`KINDS`); several only of `difference`, one for each counterfactual. Raises
    `Refused`: F871 where the answer has nothing of this kind, F872."""
    return KINDS[kind](found, columns)


def _named(found: Cascade) -> dict[str, str]:
    return dict(zip(found.built.model.states, names_of(found.built), strict=True))


def _chances(found: Cascade, columns: Columns) -> list[Figure]:
    chain = of_cascade(found, LEAST)
    return [chances(found.result, columns=columns, editions=found.editions, chain=chain)]


def _differences(found: Cascade, columns: Columns) -> list[Figure]:
    if not found.without:
        why = phrase("no counterfactual was asked for, with --without")
        raise Refused(Problem("F871", NOWHERE, {"why": why}))
    spoken, shock = spoken_of(found.built), found.part.shock
    ends = (spoken[shock.attacker], spoken[shock.target])
    return [
        differences(
            found.result, each.result, _supposed(each), columns=columns,
            editions=found.editions, names=_named(found), paired=each.entered, spoken=ends,
        )
        for each in found.without
    ]  # fmt: skip


def _supposed(each: Without) -> str:
    """What is taken away, by title where there is one."""
    titles = list(dict.fromkeys(one.title or one.instrument for one in each.removed))
    if len(titles) > 2 or all(title in each.name for title in titles):
        return say("without {what}", what=each.name)
    return say("without {what} ({name})", what=listed(titles), name=each.name)


def _pivots(found: Cascade, columns: Columns) -> list[Figure]:
    if found.pivots is None:
        raise Refused(
            Problem("F871", NOWHERE, {"why": phrase("what it turns on was not asked for, with --pivots")})
        )
    now = _sum(*found.result.sizes)
    moved = [
        Moved(_promise(found, turn), _sum(now, *turn.broken), _sum(now, *turn.kept))
        for turn in found.pivots.of("promise")
    ]
    answer = say("the number of states at war")
    return [pivots(answer, now, moved, columns=columns, editions=found.editions, share=False, how=how(found))]


def _sum(*parts: Chance) -> Chance:
    """The sum; its interval is wide enough whatever the parts have to do with each other."""
    return Chance(
        sum(part.value for part in parts), sum(part.low for part in parts), sum(part.high for part in parts)
    )


def _promise(found: Cascade, turn: Turn) -> str:
    """Who promised whom what, under what."""
    link, model, names = found.built.links[turn.coins[0]], found.built.model, names_of(found.built)
    number, owes = turn.coins[0], len(model.duties)
    pair = (
        (model.duties[number].debtor, model.duties[number].beneficiary)
        if number < owes
        else (model.neutralities[number - owes].debtor, model.neutralities[number - owes].power)
    )
    return say(
        "{one} to {other}: {pledge} ({under})",
        one=names[pair[0]], other=names[pair[1]], pledge=pledge_words(frozenset({link.obligation.pledge})),
        under=link.obligation.title or link.obligation.instrument,
    )  # fmt: skip


def _network(found: Cascade, columns: Columns) -> list[Figure]:
    return [network(found.obligations, found.asked.on, columns=columns, editions=found.editions)]


KINDS: Mapping[str, Callable[[Cascade, Columns], list[Figure]]] = {
    "chances": _chances,
    "difference": _differences,
    "pivots": _pivots,
    "network": _network,
}
"""What can be drawn of a cascade: the first is drawn where no kind is named."""
