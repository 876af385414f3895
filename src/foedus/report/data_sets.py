"""Data sets that a user keeps: what a file is, what was left out of it, how to cite it; in the terminal, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from foedus.report.layout import GAP, TIE, Sheet
from foedus.report.lists import enumerated, on_day
from foedus.sources.edition import Dropped, Edition, Read
from foedus.sources.kinds import Counts
from foedus.sources.shelf import Added, Kept
from foedus.terms.edtf import EDate
from foedus.words.speech import plural, say, say_in

SCHEMA = "urn:foedus:schema:data:1"
FIRST_LINES = 5
"""How many lines of rows left out for one reason are named, where not all are asked for."""


def show_added(sheet: Sheet, added: Added, every: bool) -> None:
    """What a file is, how much of it was read, and what was left out: by reasons, or row by row."""
    kept = added.kept
    show_edition(sheet, kept.edition, kept.name)
    sheet.put(say("Read from {file}: {rows}.", file=kept.called, rows=rows_of(kept)), 2, 2)
    show_left_out(sheet, added.read.dropped, every)
    show_terms(sheet, kept.edition)
    if added.before:
        day = on_day(EDate.of(kept.added))
        sheet.put(say("The same file has been kept since {day}, as {name}.", day=day, name=named(kept)), 2, 2)
    else:
        sheet.put(say("Kept as {name}.", name=named(kept)), 2, 2)


def show_kept(sheet: Sheet, kept: Kept, counts: Counts, dropped: Sequence[Dropped], every: bool) -> None:
    """A data set on the shelf: what is counted in it, what was left out, how to cite it."""
    show_edition(sheet, kept.edition, kept.name)
    added = on_day(EDate.of(kept.added))
    sheet.put(
        say("Added on {day} from {file}: {rows}.", day=added, file=kept.called, rows=rows_of(kept)), 2, 2
    )
    widest = max((len(str(number)) for _, number in counts), default=0)
    for words, number in counts:
        figure = str(number).rjust(widest).replace(" ", TIE)
        sheet.put(f"{figure}{GAP}{say_in('data set', words)}", 4, widest + 2)
    show_left_out(sheet, dropped, every)
    show_terms(sheet, kept.edition)


def show_shelf(sheet: Sheet, every: Sequence[Kept], folder: str) -> None:
    """What is kept, one line each, and where."""
    if not every:
        sheet.put(say("No data set is kept in {folder}.", folder=folder))
        sheet.put(say("Add one with: {command}", command="foedus data add FILE"))
        return
    for kept in every:
        sheet.aside(titled(kept.edition), kept.name, style="head", hang=2)
        said = say(
            "{span}; {rows}, from {file}", span=span(kept.edition), rows=rows_of(kept), file=kept.called
        )
        sheet.put(said, 2, 2, "quiet")
    sheet.blank()
    sheet.put(say("Kept in {folder}.", folder=folder))


def show_edition(sheet: Sheet, edition: Edition, name: str) -> None:
    """The head of a data set: what it is, its version, what it covers."""
    sheet.blank()
    sheet.aside(titled(edition), name, style="head", hang=2)
    sheet.put(say("It covers {span}; beyond that, nothing is known.", span=span(edition)), 2, 2)


def show_left_out(sheet: Sheet, dropped: Sequence[Dropped], every: bool) -> None:
    """The rows left out, each reason with the lines it concerns."""
    if not dropped:
        sheet.put(say("No row was left out."), 2, 2)
        return
    sheet.put(plural("{n} row was left out:", "{n} rows were left out:", len(dropped)), 2, 2)
    if every:
        for each in dropped:
            sheet.put(in_words(each), 4, 2)
        return
    ordered = sorted(dropped, key=reason)
    for _, group in groupby(ordered, key=reason):
        rows = list(group)
        if len(rows) == 1:
            sheet.put(in_words(rows[0]), 4, 2)
            continue
        lines = enumerated([str(each.line) for each in rows[:FIRST_LINES]])
        why, column = say_in("data set", rows[0].why), column_of(rows[0])
        if column:
            why = say("column {column}: {why}", column=column, why=why)
        if len(rows) > FIRST_LINES:
            why = say("{n} × {why} (lines {lines}, …)", n=len(rows), why=why, lines=lines)
        else:
            why = say("{n} × {why} (lines {lines})", n=len(rows), why=why, lines=lines)
        sheet.put(why, 4, 2)


def show_known_left_out(sheet: Sheet, read: Read[Any]) -> None:
    """That rows of a data set that is kept were left out, and how to learn which."""
    command = f"foedus data show {read.edition.id}"
    said = plural(
        "{name}: {n} row left out; {command} says which.", "{name}: {n} rows left out; {command} says which.",
        len(read.dropped), name=titled(read.edition), command=command.replace(" ", TIE),
    )  # fmt: skip
    sheet.put(said, 0, 2, "quiet")


def show_terms(sheet: Sheet, edition: Edition) -> None:
    """On which terms it may be used, and how to cite it."""
    terms = edition.terms or say("not stated, as far as we know")
    sheet.put(say("Terms: {terms}", terms=terms), 2, 2)
    sheet.put(say("Cite: {citation}", citation=edition.citation), 2, 2)


def reason(dropped: Dropped) -> tuple[str, str]:
    """Why a row was left out, and in which column that stands."""
    return dropped.why, column_of(dropped)


def column_of(dropped: Dropped) -> str:
    """The column that made a row unreadable, if one did."""
    return next((name for name, _ in dropped.cells if name not in ("", "line")), "")


def in_words(dropped: Dropped) -> str:
    """`line 203, column member, “8152”: no state has this number`."""
    why = say_in("data set", dropped.why)
    column, cells = column_of(dropped), dict(dropped.cells)
    if column:
        return say(
            "line {line}, column {column}, “{value}”: {why}",
            line=dropped.line,
            column=column,
            value=cells[column],
            why=why,
        )
    if "line" in cells:
        return say("line {line}: {why} (line {other})", line=dropped.line, why=why, other=cells["line"])
    return say("line {line}: {why}", line=dropped.line, why=why)


def titled(edition: Edition) -> str:
    """`ATOP, member level · version 4.01`."""
    if not edition.version:
        return say("{name} · no version named", name=edition.name)
    return say("{name} · version {version}", name=edition.name, version=edition.version)


def span(edition: Edition) -> str:
    """From when to when it covers."""
    start, end = on_day(EDate.of(edition.first)), on_day(EDate.of(edition.last))
    return say("{start} – {end}", start=start, end=end)


def rows_of(kept: Kept) -> str:
    """`2397 rows`."""
    return plural("{n} row", "{n} rows", kept.rows)


def named(kept: Kept) -> str:
    """The name to ask for it by, with the version where that is needed to tell it apart."""
    return say("{name} {version}", name=kept.name, version=kept.version)


def show_cited(sheet: Sheet, every: Sequence[Kept]) -> None:
    """How to cite them, each work and version once."""
    for citation in dict.fromkeys(kept.edition.citation for kept in every):
        sheet.blank()
        sheet.put(citation, 0, 2)


def in_bibtex(every: Sequence[Kept]) -> list[str]:
    """The entries, each once. Editions of one work share it and differ in its note: the key of the second and later
    ones has a number after it."""
    entries = dict.fromkeys((kept.edition.key, kept.edition.bibtex) for kept in every)
    seen: dict[str, int] = {}
    found: list[str] = []
    for key, entry in entries:
        n = seen[key] = seen.get(key, 0) + 1
        found.append(entry if n == 1 else entry.replace(f"{{{key},", f"{{{key}-{n},", 1))
    return found


def as_json(every: Sequence[Mapping[str, Any]], folder: str) -> dict[str, Any]:
    """What `foedus data … --json` writes."""
    return {"schema": SCHEMA, "folder": folder, "data_sets": list(every)}


def as_row(kept: Kept, dropped: Sequence[Dropped] | None = None, counts: Counts = ()) -> dict[str, Any]:
    """One data set for programs; `dropped` and `counts` where they were asked for."""
    edition = kept.edition
    row: dict[str, Any] = {
        "name": kept.name,
        "title": edition.name,
        "version": edition.version or None,
        "first": edition.first.isoformat(),
        "last": edition.last.isoformat(),
        "rows": kept.rows,
        "left_out": kept.dropped,
        "file": str(kept.path),
        "called": kept.called,
        "sha256": kept.digest,
        "added": kept.added.isoformat(),
        "terms": edition.terms or None,
        "cite": edition.citation,
        "bibtex": edition.bibtex,
        "url": edition.url,
    }
    if dropped is not None:
        row["rows_left_out"] = [_dropped(each) for each in dropped]
    if counts:
        row["counts"] = dict(counts)
    return row


def left_out_row(read: Read[Any]) -> dict[str, Any]:
    """A file of which rows were left out, with these rows, for programs."""
    return {
        "name": read.edition.id,
        "version": read.edition.version or None,
        "file": read.path,
        "kept": read.kept,
        "rows_left_out": [_dropped(each) for each in read.dropped],
    }


def _dropped(each: Dropped) -> dict[str, Any]:
    return {"line": each.line, "why": each.why, "cells": [list(cell) for cell in each.cells]}
