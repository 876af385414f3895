"""The cascade over treaty pages, in one call."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from foedus.cascade.rounds.outcome import Strata
from foedus.ir.norm import Program
from foedus.obligations.obligation import Obligation
from foedus.terms.fact import Fact


def cascade(
    program: Program,
    shock: Iterable[Fact | str],
    day: date,
    *,
    states: Iterable[str] | None = None,
    given: Iterable[Fact | str] = (),
    readings: Mapping[str, Collection[str]] | None = None,
    free: Collection[str] = (),
    plans: Collection[str] | None = None,
    without: Collection[str] = (),
    chances: Mapping[str, float] | None = None,
    worlds: int = 1,
    seed: int = 0,
    rows: Iterable[Obligation] = (),
    tell: Callable[[int, int], None] | None = None,
) -> Strata:
    """How a shock spreads under the norms of `program` in force on `day`.

    `shock`: what happens first, as facts or as their text (`"war(AUH, SER)"`, `"mobilisation(AUH, SER)"`); `given`
    what holds all the time (`"great_power(RUE)"`). `states`: those considered (else every party of the
    instruments on the day and whoever the shock names). `readings`: for a question, the answers to look at
    (pages' questions: else all; questions of the engine and judgements: else their default). `free` opens
    questions of the engine and judgements by their ids (all their answers). `plans`: which of the program's
    plans may be carried out (else all); that they are, or not, is the question `plans`. `without` leaves norms
    or whole instruments out. `chances`: of being kept, by norm id, duty class, or `duty`, `plan`, `neutrality`,
    `enters` (else 1); with any below 1, `worlds` worlds are drawn for each stratum from `seed`, the same coins in
    every stratum. `rows` are obligations of data sets; a page with the same `code atop` takes their place.
    `tell(round, strata)` is called as rounds are done.

    Refused: a shock that says no act (F860), a question or answer there is not (F861), strata and worlds beyond
    the budget (F862), a state that is not considered (F863), a chance outside 0 to 1 (F864).
    """
    raise NotImplementedError
