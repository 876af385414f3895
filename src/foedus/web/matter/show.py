"""What stands beside the debate, as sections of a page: `#assessment`, `#mandate`, `#sites`, `#reports`.

Everything is words and marks made on the server; whatever a scenario, a deed or a file says is escaped. The sections
have no heading above `h2`, no style and no script of their own: `static/parts/matter.css` is for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from foedus.council.clocks import is_term
from foedus.council.fields import instant
from foedus.council.position import Deadline, Position
from foedus.council.rules import Rules
from foedus.council.state import State
from foedus.exercise.places import MapView, PlaceKind
from foedus.exercise.scenario import Scenario
from foedus.report.deeds import TASKED, actor, moment, source_said
from foedus.report.html.sealed import environment
from foedus.report.lists import begun
from foedus.web.matter.assessing import Assessed
from foedus.web.matter.chart import chart
from foedus.web.matter.mission import (
    Held,
    MandateTold,
    Posting,
    Report,
    Running,
    Site,
    contributors,
    mandate_told,
    regions,
    sites,
)
from foedus.web.matter.paper import NARROW, WIDE
from foedus.web.matter.summary import Line, Summary, Told
from foedus.words.speech import ENGLISH, language, marked, marked_in, plural, say, say_in

TEMPLATES = Path(__file__).parents[1] / "templates" / "matter"
SECTIONS = ("assessment", "mandate", "sites", "reports")
"""The ids of the sections, in their order; each has a template of its name."""

SHAPES: Mapping[Held, str] = {"held": "■", "tasked": "◧", "free": "□"}
HELD: Mapping[Held, str] = {
    "held": marked_in("site", "somebody is there"),
    "tasked": marked_in("site", "in the mandate, nobody is there"),
    "free": marked_in("site", "no task, nobody is there"),
}
KINDS: Mapping[PlaceKind, str] = {
    "town": marked_in("kind of place", "town"),
    "dam": marked_in("kind of place", "dam"),
    "water works": marked_in("kind of place", "water works"),
    "power station": marked_in("kind of place", "power station"),
    "plant": marked_in("kind of place", "plant"),
    "airfield": marked_in("kind of place", "airfield"),
    "building": marked_in("kind of place", "building"),
    "command post": marked_in("kind of place", "command post"),
    "launch site": marked_in("kind of place", "launch site"),
    "crossing": marked_in("kind of place", "crossing"),
    "region": marked_in("kind of place", "region"),
}
STANDS: Mapping[Running, str] = {
    "none": marked("No mandate has been laid down."),
    "to come": marked("The mandate has been laid down; it begins on {since}."),
    "running": marked("The mandate runs, since {since}."),
    "over": marked("The mandate is over, since {until}."),
}
PAPERS = (("wide", WIDE), ("narrow", NARROW))
"""The papers on which a map is drawn; the style shows the one that fits the screen."""
RECENT, UNFOLDED = 3, 20
"""Reports on a region that are shown at once, and those before that can be unfolded; the record has them all."""


@dataclass(frozen=True)
class Matter:
    """What is shown. `state` is that of `position`: what has run out has run out. `reports` and `postings` come from
    the deeds (`mission`), `assessed` from the room's `Assessing`."""

    scenario: Scenario
    rules: Rules
    state: State
    position: Position
    reports: Sequence[Report] = ()
    postings: Sequence[Posting] = ()
    assessed: Assessed = field(default_factory=Assessed)

    @property
    def maps(self) -> tuple[MapView, ...]:
        """The maps that are shown by now."""
        since = self.position.at - self.scenario.start
        return tuple(view for view in self.scenario.maps if view.after <= since)


def matter_html(matter: Matter, chosen: int = 1) -> Markup:
    """All sections. `chosen` is the map that is shown, from 1 (`?map=2`); the first, where there is no such."""
    return Markup("\n").join(section_html(name, matter, chosen) for name in SECTIONS)


def section_html(name: str, matter: Matter, chosen: int = 1) -> Markup:
    """One section by its id, for a page that has others between them."""
    made = MAKING[name](matter, chosen)
    return Markup(_environment().get_template(f"{name}.html").render(**made))


# ---- the assessment ----


def _assessment(matter: Matter, _: int) -> Mapping[str, Any]:
    known = matter.assessed
    return {
        "known": known,
        "why": _in_language(known.failed),
        "session": _summed(known.session, known.since) if known.session is not None else None,
        "sources": _summed(known.sources, {}) if known.sources is not None else None,
        "awaited": bool(matter.scenario.dossier) and known.sources is None,
        "dossier": matter.scenario.dossier,
    }


@dataclass(frozen=True, slots=True)
class Summed:
    """A summary in the language spoken: the lead, what its letters ask, every line with the entry since which it has
    stood so (0: it has not changed), and the newest of these."""

    told: Told | None
    failed: str
    lines: tuple[tuple[Line, int], ...] = ()
    changed: tuple[tuple[Line, int], ...] = ()


def _summed(summary: Summary, since: Mapping[str, int]) -> Summed:
    told = summary.told.get(language()) or summary.told.get(ENGLISH)
    if told is None:
        return Summed(None, _in_language(summary.failed))
    lines = tuple((line, max((since.get(key, 0) for key in line.keys), default=0)) for line in told.lines)
    newest = max((entry for _, entry in lines), default=0)
    return Summed(told, "", lines, tuple(each for each in lines if newest and each[1] == newest))


def _in_language(said: Mapping[str, str]) -> str:
    return said.get(language()) or said.get(ENGLISH, "")


# ---- the mandate ----


def _mandate(matter: Matter, _: int) -> Mapping[str, Any]:
    rules, state, position = matter.rules, matter.state, matter.position
    told = mandate_told(rules, state, position.at)
    rows = contributors(rules, state, position, matter.postings)
    return {
        "told": told,
        "stands": _stands(told),
        "rows": rows,
        "numbered": any(row.sent is not None or row.ceiling is not None for row in rows),
        "posted": any(row.postings for row in rows),
        "late": [late for late in position.late if late.kind == "clock"],
        "running": [
            each for each in position.deadlines if each.kind == "clock" and not _is_said(rules, state, each)
        ],
    }


def _is_said(rules: Rules, state: State, deadline: Deadline) -> bool:
    """Whether a time stands elsewhere: the mandate's end, or with the contributor whose it is."""
    running = state.clocks[deadline.what]
    return is_term(rules, rules.clocks[running.name]) or bool(running.subject)


def _stands(told: MandateTold) -> str:
    return say(
        STANDS[told.stands],
        since=moment(told.since) if told.since is not None else "",
        until=moment(told.until) if told.until is not None else "",
    )


# ---- sites and reports ----


def _sites(matter: Matter, chosen: int) -> Mapping[str, Any]:
    present = contributors(matter.rules, matter.state, matter.position, matter.postings)
    found = sites(matter.scenario.places, matter.state, present, matter.reports)
    maps = matter.maps
    number = chosen if 1 <= chosen <= len(maps) else 1
    view = maps[number - 1] if maps else None
    placed = any(site.place is not None for site in found) or (view is not None and bool(view.shapes))
    return {
        "sites": found,
        "maps": maps,
        "number": number,
        "view": view,
        "charts": [(name, chart(view, found, paper)) for name, paper in PAPERS]
        if view is not None and placed
        else [],
        "guarded": any(site.place is not None and site.place.guarded_by for site in found),
        "sourced": any(
            site.place is not None and (site.place.source or site.place.unconfirmed) for site in found
        ),
        "adrift": ", ".join(dict.fromkeys(e.who for row in present for e in row.postings if not e.where)),
    }


def _reports(matter: Matter, _: int) -> Mapping[str, Any]:
    told = mandate_told(matter.rules, matter.state, matter.position.at)
    return {
        "regions": tuple(regions(matter.position, matter.reports)),
        "told": told,
        "recent": RECENT,
        "most": RECENT + UNFOLDED,
    }


MAKING = {"assessment": _assessment, "mandate": _mandate, "sites": _sites, "reports": _reports}


# ---- words ----


def lasting(time: timedelta) -> str:
    """A length of time in words, in the two largest units that say enough.

    >>> lasting(timedelta(days=3, hours=4)), lasting(timedelta(minutes=61)), lasting(timedelta(seconds=20))
    ('3 days 4 hours', '1 hour 1 minute', 'less than a minute')
    """
    days, rest = divmod(int(time.total_seconds()), 86_400)
    hours, minutes = rest // 3600, rest % 3600 // 60
    said = [
        plural("{n} day", "{n} days", days) if days else "",
        plural("{n} hour", "{n} hours", hours) if hours and days < 10 else "",
        plural("{n} minute", "{n} minutes", minutes) if minutes and not days else "",
    ]
    return " ".join(each for each in said if each) or say("less than a minute")


def site_words(site: Site) -> str:
    """A site in one line, for who hears the map instead of seeing it."""
    what = say_in("site", HELD[site.held])
    who = ", ".join(dict.fromkeys(posting.who for posting in site.there))
    if who:
        return say("{number} {name}: {who} is there", number=site.number, name=site.name, who=who)
    return say("{number} {name}: {what}", number=site.number, name=site.name, what=what)


def kind_words(kind: PlaceKind) -> str:
    """The kind of a place in a word."""
    return say_in("kind of place", KINDS[kind])


def held_words(held: Held) -> str:
    """What is so of a site, in words."""
    return say_in("site", HELD[held])


def task_words(force: str, what: str, where: str) -> str:
    """`may guard (the dam)`, as in a proposal."""
    return say_in("force of a task", TASKED[force], task=what, where=where or say("anywhere"))


@cache
def _environment() -> Environment:
    made = environment(TEMPLATES)
    made.globals.update(  # pyright: ignore[reportUnknownMemberType]
        actor=actor, begun=begun, held_words=held_words, instant=_instant, kind_words=kind_words, lasting=lasting,
        moment=moment, site_words=site_words, source_said=source_said, task_words=task_words, SHAPES=SHAPES,
    )  # fmt: skip
    return made


def _instant(at: datetime) -> str:
    return instant(at)
