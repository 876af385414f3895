"""July 1914 as it is drawn: with everything that is open, and with coins."""

from __future__ import annotations

from functools import cache

from foedus.cascade.rounds.compared import compared, confusion
from foedus.cascade.rounds.run import Options, cascade
from foedus.report.strata.told import Told, told_of
from tests.cascade.courses import TEXT, july


@cache
def whole() -> Told:
    """Every reading, every plan either way."""
    return _told(Options())


@cache
def with_coins() -> Told:
    """The readings nearest to the words, plans carried out or not, and duties kept with a chance."""
    readings = {**TEXT, "frarus.mobilised_member": ["any of its forces"]}
    return _told(Options(readings=readings, chances={"duty": 0.6}, worlds=64, seed=3))


def _told(options: Options) -> Told:
    page = july()
    asked = options.copy()
    asked["given"] = page.given
    strata = cascade(page.program, page.shock, page.day, **asked)
    rows = compared(strata, dict(page.observed), stayed=dict(page.stayed))
    return told_of(
        page, strata, (("Obliged, beside who entered", confusion(rows, strata.strata)),), None, **asked
    )
