"""`show_page`: the whole page of a cascade over treaty pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from foedus import __version__
from foedus.cascade.rounds.compared import Confusion
from foedus.cascade.rounds.example import Example
from foedus.cascade.rounds.outcome import Choice, Group, Pivot
from foedus.report.cascade_pages import KINDS, LABELS, drawn_in, note
from foedus.report.cascade_words import percent, taken_words
from foedus.report.html.sealed import environment, policy, text_of
from foedus.report.lists import begun, listed, on_day, quoted
from foedus.report.strata.course import SMALL, course, key
from foedus.report.strata.grid import SMALL as NARROW
from foedus.report.strata.grid import grid
from foedus.report.strata.told import Told, acts_of, called, share_of, spoken
from foedus.report.strata.turns import bar, turns_of
from foedus.report.strata.wording import (
    act_words,
    because_words,
    belligerent_words,
    case_words,
    counted,
    course_title,
    did_words,
    example_words,
    further_words,
    held_words,
    left_words,
    no_probability,
    outcome_words,
    part_words,
    placed_words,
    question_words,
    strata_words,
    worlds_words,
)
from foedus.terms.edtf import EDate
from foedus.words.speech import aloud, language, say

HERE = Path(__file__).parent
SHARED = HERE.parent

MOST_CASES = 60
"""Cases of an outcome, and rows of a table; the rest is counted, and `--json` has all."""
MOST_ROWS = 200
MOST_TURNS = 6


def show_page(told: Told, command: str = "") -> str:
    """The page as HTML in one string, in the language spoken. `command` is what was typed to get it."""
    found, style = told.strata, _styles()
    return (
        _environment()
        .get_template("course.html")
        .render(
            language=language(),
            title=told.title,
            on=on_day(EDate.of(found.day)),
            lead=_lead(told),
            counted=" ".join(filter(None, (strata_words(told), worlds_words(told), taken_words(told.taken)))),
            note=note(),
            no_probability=no_probability(),
            grid=[Markup(grid(told, "outcomes")), Markup(grid(told, "outcomes-small", NARROW))],
            further=further_words(told),
            states=_states(told),
            coins=told.chances,
            happened=bool(told.did),
            key=[Markup(key("key")), Markup(key("key-small", SMALL))],
            outcomes=[_outcome(group, told) for group in told.outcomes],
            turns=_turns(told),
            tables=_tables(told),
            until=on_day(told.until) if told.until else "",
            instruments=[(told.title_of(each), each) for each in found.instruments],
            superseded=found.superseded,
            treated=[(say(words), rows) for label, words in LABELS.items() if (rows := _treated(told, label))],
            questions=[_question(choice) for choice in found.choices],
            chances=[(name, percent(chance)) for name, chance in found.chances.items()],
            command=command,
            begun=begun,
            version=__version__,
            style=Markup(style),
            policy=policy(style, ""),
        )
    )  # fmt: skip


def _lead(told: Told) -> str:
    """How many outcomes there are, and the largest."""
    groups = told.strata.groups
    most = groups[0]
    states = belligerent_words(most)
    if not drawn_in(told.strata):
        return say("Nobody is drawn in: whatever the answers, nobody but the states of the shock is at war.")
    if len(groups) == 1:
        return say("In every stratum the same are at war: {states}.", states=states)
    return say(
        "{n} outcomes. In the one with the most strata, {part}, at war are {states}.",
        n=len(groups), part=percent(share_of(most.strata, told)), states=states,
    )  # fmt: skip


def _states(told: Told) -> list[Mapping[str, str]]:
    """A row for each state at war somewhere, or of which the page says what it did; of one that no treaty here can
    call nothing is said, which is not that it stays out."""
    found = told.strata
    others = sorted(
        (row for row in told.did.values() if row.state not in found.entered and row.happened != "unknown"),
        key=lambda row: (row.observed is None, row.observed.first if row.observed else date.max, row.state),
    )
    return [
        {
            "name": spoken(state),
            "code": state,
            "war": _share(found.entered, state, told),
            "duty": _share(found.obliged, state, told),
            "did": did_words(state, told),
        }
        for state in [*told.states, *(row.state for row in others)][:MOST_ROWS]
    ]


def _share(of: Mapping[str, float], state: str, told: Told) -> str:
    """In how many strata something is so of a state; with coins, in what share of them and of their worlds."""
    if state not in told.strata.states:
        return ""
    strata = of.get(state, 0.0)
    return percent(share_of(strata, told)) if told.chances else part_words(strata, told)


def _outcome(group: Group, told: Told) -> Mapping[str, Any]:
    example = next((one for one in told.examples if one.of == group.number), None)
    cases = [(case_words(case), counted(case.strata)) for case in group.cases[:MOST_CASES]]
    acts = acts_of(group)
    return {
        "number": group.number,
        "id": f"outcome-{group.number}",
        "states": outcome_words(group),
        "part": part_words(group.strata, told),
        "drawn": _drawn(example, told) if example else None,
        "said": example_words(example, told) if example else "",
        "left": left_words(example) if example else "",
        "cases": cases if any(words for words, _ in cases) else [],
        "more_cases": max(len(group.cases) - MOST_CASES, 0),
        "acts": [
            {"round": act.round, "what": begun(act_words(act)), "under": because_words(act, told)}
            for act in acts[:MOST_ROWS]
        ],
        "title": course_title(example) if example else "",
        "held": [begun(held_words(one)) for one in group.held[:MOST_ROWS]],
        "broken": [begun(held_words(one, opened=True)) for one in group.broken[:MOST_ROWS]],
    }  # fmt: skip


def _drawn(example: Example, told: Told) -> list[Markup]:
    name = f"course-{example.of}"
    both = [course(example, told, name), course(example, told, f"{name}-small", SMALL)]
    return [Markup(each) for each in both] if all(both) else []


def _turns(told: Told) -> list[Mapping[str, Any]]:
    """For states alike the questions on which their entry turns most, with the share of strata under each answer."""
    return [
        {
            "name": begun(listed([called(state) for state in states]))
            if len(states) > 1
            else spoken(states[0]),
            "rows": [_turn(pivot, told) for pivot in pivots[:MOST_TURNS]],
            "more": max(len(pivots) - MOST_TURNS, 0),
        }
        for states, pivots in turns_of(told)
    ]


def _turn(pivot: Pivot, told: Told) -> Mapping[str, Any]:
    title = next((choice.title for choice in told.strata.choices if choice.id == pivot.choice), "")
    return {
        "id": pivot.choice,
        "title": question_words(title),
        "answers": [
            (
                quoted(aloud(answer)),
                Markup(bar(inside / of if of else 0.0)),
                percent(inside / of if of else 0.0),
            )
            for answer, inside, of in pivot.by_answer
        ],
    }


def _tables(told: Told) -> Sequence[Mapping[str, Any]]:
    """What is compared with what happened: in how many strata it is so by what states did, and who that is."""
    return [_table(what, table) for what, table in told.tables]


def _table(what: str, table: Confusion) -> Mapping[str, Any]:
    cells = (table.all, table.some, table.none)
    heads = [(say("entered"), [cell.entered for cell in cells])]
    if table.told:
        heads.append((say("stayed out"), [cell.stayed_out for cell in cells]))
    if any(cell.unknown for cell in cells):
        heads.append((say("not said by the page"), [cell.unknown for cell in cells]))
    labels = (say("in all strata"), say("in some"), say("in none"))
    rows = [
        (label, [[placed_words(one, table) for one in columns[number]] for _, columns in heads])
        for number, label in enumerate(labels)
    ]
    return {"what": what, "heads": [head for head, _ in heads], "rows": rows, "told": table.told}


def _treated(told: Told, label: str) -> Sequence[Mapping[str, str]]:
    return [
        {
            "norm": each.norm,
            "title": each.title,
            "under": " · ".join(filter(None, (told.title_of(each.norm.partition(".")[0]), each.article))),
            "assumed": ", ".join(each.assumed),
        }
        for each in told.strata.treated
        if each.label == label
    ][:MOST_ROWS]


def _question(choice: Choice) -> Mapping[str, Any]:
    return {
        "id": choice.id,
        "title": question_words(choice.title),
        "kind": say(KINDS[choice.kind]),
        "open": choice.open,
        "answers": "; ".join(quoted(aloud(answer)) for answer in choice.answers),
    }


@cache
def _styles() -> str:
    """The style that all pages share, that of a cascade's page, and this page's own."""
    shared = (SHARED / "styles" / "type.css", SHARED / "cascade" / "styles" / "cascade.css")
    return "\n".join(text_of(path) for path in (*shared, HERE / "styles" / "course.css"))


@cache
def _environment() -> Environment:
    return environment(HERE / "templates", SHARED / "templates")
