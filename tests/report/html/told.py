"""July 1914 as it is drawn: with everything that is open, and with coins."""

from __future__ import annotations

from functools import cache

from foedus.cascade.rounds.compared import compared, confusion
from foedus.cascade.rounds.example import examples
from foedus.cascade.rounds.run import Options, cascade
from foedus.report.strata.told import MOST_OUTCOMES, Told
from tests.cascade.courses import TEXT, july, plans


@cache
def whole() -> Told:
    """Every reading, every plan either way."""
    return _told(Options())


@cache
def with_coins() -> Told:
    """The readings nearest to the words, all plans carried out, and duties kept with a chance."""
    readings = {**TEXT, "frarus.mobilised_member": ["any of its forces"], **plans("mobilisation_is_war")}
    return _told(Options(readings=readings, chances={"duty": 0.6}, worlds=64, seed=3))


def _told(options: Options) -> Told:
    page = july()
    given = options.copy()
    given["given"] = page.given
    strata = cascade(page.program, page.shock, page.day, **given)
    shown = strata.groups[:MOST_OUTCOMES]
    rows = compared(strata, dict(page.observed))
    titles = {name: each.title for name, each in page.program.instruments.items()}
    return Told(
        strata, page.title, titles, dict(page.observed),
        (("Obliged, beside who entered", confusion(rows)),), None,
        examples(strata, shown, page.program, page.shock, page.day, **given),
    )  # fmt: skip
