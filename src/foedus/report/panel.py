"""A panel in brief, for the terminal: how many rows, by which rule, what is in them, what they lack, how to cite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import spelled, whole
from foedus.obligations.table import Table
from foedus.panel.make import Panel, Unit
from foedus.panel.periods import Rule
from foedus.panel.recode import Codelist
from foedus.report.data_sets import titled
from foedus.report.layout import TIE, Sheet
from foedus.report.lists import on_day
from foedus.report.tables import tabulate
from foedus.sources.edition import Edition
from foedus.terms.codes import state_numbered
from foedus.terms.edtf import EDate
from foedus.terms.states import name_of, with_article
from foedus.words.speech import aloud, marked_in, plural, say, say_in

UNITS: dict[Unit, str] = {
    "dyads": marked_in("panel", "Directed pairs of states, year by year"),
    "undirected": marked_in("panel", "Pairs of states, year by year"),
    "state": marked_in("panel", "States, year by year"),
    "days": marked_in("panel", "Directed pairs of states, day by day"),
    "triads": marked_in("panel", "Attacker, target and obliged state, year by year"),
}
RULES: dict[Rule, str] = {
    "any": marked_in("panel", "what is owed on any day of a year counts for it (--rule any)"),
    "jan1": marked_in("panel", "what is owed on 1 January counts for the year (--rule jan1)"),
    "july1": marked_in("panel", "what is owed on 1 July counts for the year (--rule july1)"),
    "dec31": marked_in("panel", "what is owed on 31 December counts for the year (--rule dec31)"),
}
MOST_STATES = 8
"""How many states for whose sake rows are lost are named; the file's description has all."""


def show_panel(sheet: Sheet, panel: Panel, written: Sequence[Path] = ()) -> None:
    """What the panel holds."""
    asked = panel.asked
    span = f"{asked.on or asked.first} – {asked.until or asked.last}"
    sheet.put(
        say("{unit}, {span}: {rows}", unit=say_in("panel", UNITS[asked.unit]), span=span, rows=rows_of(len(panel))),
        style="title",
    )  # fmt: skip
    for line in _read_so(panel):
        sheet.put(line, 2, 2)
    for n, each in enumerate(panel.tables):
        _source(sheet, panel, n, each)
    for path in written:
        sheet.blank()
        sheet.put(say("Written: {file} ({size})", file=spelled(path), size=size_of(path.stat().st_size)))


def _read_so(panel: Panel) -> Iterable[str]:
    """By which states and rules the rows are made."""
    asked, kind = panel.asked, panel.system.kind
    count = plural("{n} state", "{n} states", len(panel.states))
    if panel.system.edition is not None:
        yield say("States: {count} of {list}.", count=count, list=titled(panel.system.edition))
    else:
        yield say(
            "States: the {count} of the data itself, each from its first day in it to its last; whoever was "
            "party to nothing is not in it (--states FILE gives a list).",
            count=count,
        )
    if panel.prolonged and panel.system.edition is not None:
        day = on_day(EDate.of(panel.system.edition.last))
        yield say("The list ends on {day}; after that, the states of that day.", day=day)
    if asked.unit != "days":
        yield say("Years: {rule}.", rule=say_in("panel", RULES[asked.rule]))
    if asked.begin == "signature":
        yield say("Obligations begin when the data set has them begin: ATOP counts from signature.")
    else:
        known = sum(int(t.in_force.sum()) for t in panel.tables)
        of = sum(map(len, panel.tables))
        yield say(
            "Obligations begin with the entry into force where a treaty page gives it ({known} of {of} intervals), "
            "else when the data set has them begin.",
            known=grouped(known), of=grouped(of),
        )  # fmt: skip
    if panel.codes != ("gw" if kind == "gw" else "cow"):
        yield say("Codes: {codes}, on the days in question.", codes=panel.codes.upper())


def _source(sheet: Sheet, panel: Panel, n: int, source: Table) -> None:
    """One source: its coverage, what is filled, what is lost, how to cite it."""
    edition = source.edition
    sheet.head(titled(edition) if edition is not None else source.source, f"{source.source}_…")
    if edition is not None:
        sheet.put(say("It covers {span}.", span=span_of(edition)), 2, 2)
        missing = panel.missing.get(source.source)
        if not source.whole:
            sheet.put(say("It is a selection: where it has nothing, the cells are missing, not 0."), 2, 2)
        elif missing is not None:
            share = plural(
                "Beyond that the cells are missing: {n} row.", "Beyond that the cells are missing: {n} rows.",
                int(np.count_nonzero(missing)),
            )  # fmt: skip
            sheet.put(share, 2, 2)
    columns = panel.of(source.source)
    rows: list[tuple[str, str, str]] = []
    for name, values in columns.items():
        if name.endswith("_conditional"):
            continue
        hung = columns.get(f"{name}_conditional")
        rows.append((
            name, grouped(int(np.count_nonzero(values))),
            grouped(int(np.count_nonzero(hung))) if hung is not None else "",
        ))  # fmt: skip
    heads = (say_in("panel", "column"), say_in("panel", "rows not 0"), say_in("panel", "only on a condition"))
    sheet.blank()
    sheet.lines += tabulate(heads, _right(heads, rows), sheet.room, 32, 24)
    _lost(sheet, panel, n)
    if edition is not None:
        sheet.blank()
        sheet.put(say("Terms: {terms}", terms=edition.terms or say("not stated, as far as we know")), 2, 2)
        sheet.put(say("Cite: {citation}", citation=edition.citation), 2, 2)


def _right(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Numbers to the right, under heads to the left."""
    wide = [max(len(cell) for cell in column) for column in zip(heads, *rows, strict=True)]
    return [
        (
            row[0],
            *(cell.rjust(width).replace(" ", TIE) for cell, width in zip(row[1:], wide[1:], strict=True)),
        )
        for row in rows
    ]


def _lost(sheet: Sheet, panel: Panel, n: int) -> None:
    losses = panel.losses[n]
    sheet.blank()
    if not losses.rows:
        sheet.put(say("Nothing of it is lost: every pair that it has is in the frame."), 2, 2)
        return
    sheet.put(
        say(
            "Not in the frame, and so not in the panel: {rows}, of {intervals}. States that the list of states "
            "lacks then:",
            rows=rows_of(losses.rows), intervals=plural("{n} interval", "{n} intervals", losses.intervals),
        ), 2, 2,
    )  # fmt: skip
    shown = losses.states[:MOST_STATES]
    for each in shown:
        label = panel.lost_names[each.state]
        sheet.put(
            say(
                "{state}: {rows}, {first} – {last}",
                state=state_coded(panel.codes, label, each.first if panel.asked.unit != "days" else 0),
                rows=rows_of(each.rows), first=_period(panel, each.first), last=_period(panel, each.last),
            ), 4, 2,
        )  # fmt: skip
    rest = len(losses.states) - len(shown)
    if rest > 0:
        sheet.put(plural("and {n} state more", "and {n} states more", rest), 4, 2, "quiet")


def _period(panel: Panel, name: int) -> str:
    return date.fromordinal(name).isoformat() if panel.asked.unit == "days" else str(name)


def state_named(codes: Codelist, label: str, year: int = 0, inside: bool = False) -> str:
    """The name of a state by what stands in the panel for it, in a year; its number where none is known. With its
    article, `inside` a sentence."""
    day = date(year, 7, 1) if year else None
    code = label if codes == "iso" else state_numbered(int(label), day, codes)
    return aloud(with_article(code) if inside else name_of(code))


def state_coded(codes: Codelist, label: str, year: int = 0, inside: bool = False) -> str:
    """The same with what stands in the panel for it: `Mexico (70)`; a number without a name is said once."""
    name = state_named(codes, label, year, inside)
    unnamed = name in (label, f"{codes.upper()} {label}", label.upper().replace(":", " "))
    return name if unnamed else say("{name} ({code})", name=name, code=label)


def beyond(panel: Panel) -> list[Problem]:
    """F827 for each source that does not cover the whole panel: from when to when nothing is known."""
    found: list[Problem] = []
    for each in panel.tables:
        if each.whole and each.source in panel.missing and each.edition is not None:
            when = panel.columns[panel.keys[-1]][panel.missing[each.source]]
            first, last = (
                (_period(panel, int(name)) for name in (when.min(), when.max())) if len(when) else ("", "")
            )
            span = f"{each.edition.first.isoformat()} to {each.edition.last.isoformat()}"
            values = {"first": first, "last": last, "what": each.edition.name, "span": span}
            found.append(Problem("F827", whole("foedus panel"), values))
    return found


def span_of(edition: Edition) -> str:
    """From when to when it covers."""
    return say("{start} to {end}", start=on_day(EDate.of(edition.first)), end=on_day(EDate.of(edition.last)))


def rows_of(count: int) -> str:
    """`2 252 820 rows`."""
    return plural("{count} row", "{count} rows", count, count=grouped(count))


def grouped(number: int) -> str:
    """`2 252 820`, with spaces that do not break."""
    return f"{number:,}".replace(",", TIE)


def size_of(size: int) -> str:
    """`1.2 MB`."""
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.1f}{TIE}{name}"
    return f"{size}{TIE}B"
