"""What stands beside the debate of one room: asked for when something has moved, shown to everybody alike.

>>> from foedus.exercise.reading import read_scenario
>>> beside = Beside(read_scenario("six-valleys")[0])
>>> beside.assessed.session is None
True
>>> beside.close()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from foedus.council.clocks import run_out
from foedus.council.minutes import minutes
from foedus.council.position import Position
from foedus.council.state import State
from foedus.exercise.scenario import Scenario
from foedus.meeting.entering import Entered, Standing
from foedus.web.matter.assessing import Assessed, Assessing, pages_of
from foedus.web.matter.chart import chart
from foedus.web.matter.mission import postings_of, reports_of, sites
from foedus.web.matter.show import PAPERS, Matter, matter_html
from foedus.words.speech import language, languages

MOST = 24
"""Renderings kept: a few maps in a few languages."""
NAME = "session"
"""Of the page of the session: it is told nowhere."""


@dataclass(frozen=True, slots=True)
class _Shown:
    of: tuple[int, Assessed]
    html: Markup


class Beside:
    """One for a room. `changed` is called, in a thread, when an assessment has come (`Assessing`). It is shown alike to
    all who may see the table: nothing in it is of one seat."""

    def __init__(
        self, scenario: Scenario, treaties: Path | None = None, changed: Callable[[], object] = lambda: None
    ) -> None:
        self.scenario = scenario
        pages = pages_of(scenario.folder, treaties, languages())
        self._assessing = Assessing(pages, scenario.dossier, changed=changed)
        self._moved = -1
        self._kept: dict[tuple[str, int], _Shown] = {}
        for view in scenario.maps:  # a large file of borders takes a while: before anybody waits for it
            for _, paper in PAPERS:
                chart(view, sites(scenario.places, State(), (), ()), paper)

    @property
    def assessed(self) -> Assessed:
        """What came of it so far."""
        return self._assessing.known

    def moved(self, standing: Standing) -> None:
        """To be called when something was entered: asks for an assessment, if the matter can have changed by it."""
        if standing.moved == self._moved:
            return
        self._moved = standing.moved
        page = minutes(standing.rules, standing.state, NAME, self.scenario.title)
        self._assessing.ask(standing.size - 1, page)

    def matter(self, standing: Standing, entries: Iterable[Entered], position: Position) -> Matter:
        """What is to be shown. `entries` are all so far; `position` is anybody's: what is allowed plays no part."""
        deeds = [(e.number, e.deed) for e in entries if e.deed is not None and e.problem is None]
        return Matter(
            self.scenario, standing.rules, run_out(standing.rules, standing.state, position.at), position,
            reports_of(deeds), postings_of(standing.rules, deeds), self.assessed,
        )  # fmt: skip

    def html(
        self, standing: Standing, entries: Iterable[Entered], position: Position, chosen: int = 1
    ) -> Markup:
        """The sections, in the language spoken; made once for each state of the record and of the assessment."""
        chosen = chosen if 1 <= chosen <= len(self.scenario.maps) else 1
        key, of = (language(), chosen), (standing.size, self.assessed)
        kept = self._kept.get(key)
        if kept is None or kept.of[0] != of[0] or kept.of[1] is not of[1]:
            if len(self._kept) >= MOST:
                self._kept.pop(next(iter(self._kept)))
            kept = self._kept[key] = _Shown(of, matter_html(self.matter(standing, entries, position), chosen))
        return kept.html

    def close(self) -> None:
        """Ends the process."""
        self._assessing.close()
