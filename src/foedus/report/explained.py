"""What stands behind a cell of a panel, for the terminal and for programs: instruments with their days, conditions and
lines, which of them are live in the year and which are over; and what the treaty pages of the same number say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from foedus.obligations.obligation import Obligation
from foedus.panel.explain import Behind, Close, Explained, Interval, Standing
from foedus.register.members import Held, members
from foedus.register.rows import Instrument, dated
from foedus.report.data_sets import titled
from foedus.report.layout import TIE, Sheet
from foedus.report.lists import begun, enumerated, listed, on_day
from foedus.report.page_beside import Drawn, as_row, lines, twice
from foedus.report.panel import state_coded, state_named
from foedus.report.pledge_words import CONDITIONS, PLEDGED
from foedus.terms.edtf import EDate
from foedus.words.speech import marked_in, plural, say, say_in

Pages = Mapping[str, tuple[Instrument, ...]]
NOTHING: Drawn = MappingProxyType({})

STANDING: dict[Standing, str] = {
    "live": marked_in("panel", "counts in {year}"),
    "over": marked_in("panel", "no longer in {year}"),
    "later": marked_in("panel", "not yet in {year}"),
}
CLOSES: dict[Close, str] = {
    "": marked_in("panel", "had not ended when the coverage ends"),
    "debtor left": marked_in("panel", "{debtor} left; others stayed"),
    "beneficiary left": marked_in("panel", "{beneficiary} left; others stayed"),
    "ended": marked_in("panel", "it ended for both"),
    "went on": marked_in("panel", "a later phase took its place"),
}


def by_number(instruments: Iterable[Instrument]) -> dict[str, tuple[Instrument, ...]]:
    """The treaty pages that carry a number of a data set, by the instrument's id there (`atop:4220`); and each by its
    own id."""
    found: dict[str, tuple[Instrument, ...]] = {}
    for each in instruments:
        found[each.id] = (each,)
        for system, number in each.codes:
            found[f"{system}:{number}"] = (*found.get(f"{system}:{number}", ()), each)
    return found


def entries_into_force(pages: Pages) -> dict[str, tuple[EDate, str]]:
    """By the instrument's id, the day on which a page says that it entered into force, and the page: of several
    pages of one number, the earliest."""
    days: dict[str, tuple[EDate, str]] = {}
    for name, found in pages.items():
        known = [(dated(page.in_force), page.id) for page in found if page.in_force]
        if known and ":" in name:  # a data set's; a page's own rows begin when it says
            days[name] = min(known, key=lambda each: each[0].first)
    return days


def covering(ways: Iterable[Explained], pages: Pages) -> tuple[str, ...]:
    """The ids of the treaty pages that carry the number of a data set's instrument behind a cell."""
    behind = [each for way in ways for each in way.behind if each.source != "pages"]
    return tuple(dict.fromkeys(page.id for each in behind for page in pages.get(each.instrument.id, ())))


def show_explained(sheet: Sheet, ways: Sequence[Explained], pages: Pages, drawn: Drawn = NOTHING) -> None:
    """Both directions; the second only as far as it differs. `drawn` is what the pages behind the cell come to."""
    first = ways[0]
    names = _names(first)
    sheet.put(
        say("What {one} and {other} owed each other in {year}", **names, year=first.year), style="title"
    )
    if len(ways) > 1 and _alike(ways[0], pages, drawn) == _alike(ways[1], pages, drawn):
        _way(sheet, first, pages, drawn, say("Each owed the other the same"))
    else:
        for way in ways:
            _way(sheet, way, pages, drawn, begun(say("{one} owed {other}", **_names(way))))
    for edition in first.editions:
        sheet.blank()
        sheet.put(
            say("{what}. Cite: {citation}", what=titled(edition), citation=edition.citation), style="quiet"
        )


def _way(sheet: Sheet, way: Explained, pages: Pages, drawn: Drawn, title: str) -> None:
    sheet.head(title)
    if way.beyond:
        sources = listed([source.upper() for source in way.beyond])
        sheet.put(say("The cell is missing: {sources} does not cover the year.", sources=sources), 2, 2)
    live = way.standing("live")
    if not way.behind:
        sheet.put(say("No instrument of the data binds them, in this or any other year."), 2, 2)
        return
    pledges = [pledge for pledge in PLEDGED if any(_pledged(each, pledge) for each in live)]
    if pledges:
        words = begun(enumerated([say_in("pledge", PLEDGED[pledge]) for pledge in pledges]))
        said = plural(
            "{pledges}, under {n} instrument", "{pledges}, under {n} instruments", len(live), pledges=words
        )
        sheet.put(said, 2, 2)
    elif not way.beyond:
        sheet.put(say("Nothing in that year."), 2, 2)
    for each in way.behind:
        _behind(sheet, way, each, pages.get(each.instrument.id, ()), drawn)


def _behind(sheet: Sheet, way: Explained, behind: Behind, pages: Sequence[Instrument], drawn: Drawn) -> None:
    sheet.blank()
    title = listed([begun(page.title) for page in pages]) or behind.instrument.title
    number = behind.instrument.id
    if ":" in number:
        number = number.replace(":", TIE).upper()
    sheet.aside(
        f"{number} · {title}" if title else number,
        say_in("panel", STANDING[behind.standing], year=way.year), 2, "head", 2,
    )  # fmt: skip
    for interval in behind.intervals:
        _interval(sheet, way, interval)
    for page in pages:
        _page(sheet, way, page)
        read = twice(way, behind, page.id, drawn)
        for line in lines(read) if read is not None else ():
            sheet.put(begun(line), 6, 2)


def _interval(sheet: Sheet, way: Explained, interval: Interval) -> None:
    row = interval.first
    until = on_day(row.until)
    words = {
        "start": on_day(row.start),
        "until": until,
        "phase": row.phase,
        "line": row.line,
    }
    if row.until is None:
        said = say("from {start} on; line {line}", **words)
    elif row.phase:
        said = say("from {start} until {until}; phase {phase}, line {line}", **words)
    else:
        said = say("from {start} until {until}; line {line}", **words)
    sheet.put(said, 4, 2)
    if interval.close:
        sheet.put(begun(say_in("panel", CLOSES[interval.close], **_sides(way))), 6, 2, "quiet")
    for each in interval.obligations:
        sheet.put(_obligation(each), 6, 2)
    if row.adversaries:
        foes = listed([state_named("cow", str(foe), way.year) for foe in row.adversaries])
        sheet.put(say("named as a threat: {states}", states=foes), 6, 2)
    if row.varies:
        sheet.put(say("what is pledged differs by partner, and the row does not say to whom"), 6, 2)
    if interval.from_entry:
        sheet.put(say("counted from the entry into force that the treaty page gives"), 6, 2, "quiet")


def _obligation(each: Obligation) -> str:
    words = say_in("pledge", PLEDGED[each.pledge or "defense"])
    if not each.conditions:
        return say("{pledge} ({variable})", pledge=words, variable=each.basis)
    conditions = enumerated([say_in("condition", CONDITIONS[word]) for word in each.conditions])
    return say(
        "{pledge} ({variable}); marked: {conditions}",
        pledge=words, variable=each.basis, conditions=conditions,
    )  # fmt: skip


def _page(sheet: Sheet, way: Explained, page: Instrument) -> None:
    """What the treaty page says of the two states under the same instrument."""
    sheet.put(say("page {page}: {dates}", page=page.id, dates=_dates(page)), 4, 2)
    for number in (way.debtor, way.beneficiary):
        spells = held(page, number)
        state = state_named("cow", str(number), way.year)
        if not spells:
            sheet.put(say("{state}: not a party", state=state), 6, 2)
            continue
        said = [_spell(each) for each in spells]
        sheet.put(say("{state}: {spells}", state=state, spells="; ".join(said)), 6, 2)


def _dates(page: Instrument) -> str:
    signed, in_force, ended = (
        on_day(dated(text)) if text else "" for text in (page.signed, page.in_force, page.ended)
    )
    if signed and in_force and ended:
        return say(
            "signed {signed}, in force {in_force}, ended {ended}",
            signed=signed,
            in_force=in_force,
            ended=ended,
        )
    if signed and in_force:
        return say("signed {signed}, in force {in_force}", signed=signed, in_force=in_force)
    if in_force:
        return say("in force {in_force}", in_force=in_force)
    return say("signed {signed}", signed=signed) if signed else say("no dates")


def held(page: Instrument, number: int) -> tuple[Held, ...]:
    """The spells of a state as a party of an instrument, by its number in COW's list."""
    return tuple(
        each for each in members([page]) if each.role == "party" and each.codes and each.codes.cow == number
    )


def _spell(each: Held) -> str:
    start = on_day(dated(each.start)) if each.start else ""
    until = on_day(dated(each.until)) if each.until else ""
    mark = "~" if each.unconfirmed else ""
    if until:
        return say("party from {start} until {until}{mark}", start=start, until=until, mark=mark)
    return say("party from {start} on{mark}", start=start, mark=mark)


def _names(way: Explained) -> dict[str, str]:
    one, other = (state_coded("cow", str(n), way.year, inside=True) for n in (way.debtor, way.beneficiary))
    return {"one": one, "other": other}


def _sides(way: Explained) -> dict[str, str]:
    one, other = (state_named("cow", str(number), way.year) for number in (way.debtor, way.beneficiary))
    return {"debtor": one, "beneficiary": other}


def _pledged(behind: Behind, pledge: str) -> bool:
    return any(each.pledge == pledge for i in behind.intervals if i.counts for each in i.obligations)


def _alike(way: Explained, pages: Pages, drawn: Drawn) -> list[Any]:
    """What both directions have in common: all but whose rows they are, and who of the two left."""
    return [
        (
            each.instrument.id,
            each.standing,
            [
                (
                    i.first.start, i.first.until, i.counts, i.close.endswith("left"),
                    [(o.pledge, o.conditions) for o in i.obligations],
                )
                for i in each.intervals
            ],
            [
                lines(read)
                for page in pages.get(each.instrument.id, ())
                if (read := twice(way, each, page.id, drawn)) is not None
            ],
        )
        for each in way.behind
    ]  # fmt: skip


def as_rows(way: Explained, pages: Pages, drawn: Drawn = NOTHING) -> dict[str, Any]:
    """The same for programs."""
    return {
        "ccode1": way.debtor,
        "ccode2": way.beneficiary,
        "year": way.year,
        "rule": way.rule,
        "missing": list(way.beyond),
        "instruments": [
            _behind_row(way, each, pages.get(each.instrument.id, ()), drawn) for each in way.behind
        ],
        "cite": [edition.citation for edition in way.editions],
    }


def _behind_row(way: Explained, behind: Behind, pages: Sequence[Instrument], drawn: Drawn) -> dict[str, Any]:
    return {
        "source": behind.source,
        "instrument": behind.instrument.id,
        "standing": behind.standing,
        "intervals": [
            {
                "start": i.first.start.text,
                "until": i.first.until.text if i.first.until else None,
                "counts": i.counts,
                "close": i.close or None,
                "phase": i.first.phase,
                "line": i.first.line,
                "varies": i.first.varies,
                "adversaries": list(i.first.adversaries),
                "from_entry_into_force": i.from_entry,
                "pledges": {o.pledge: list(o.conditions) for o in i.obligations},
            }
            for i in behind.intervals
        ],
        "pages": [
            {
                "page": page.id,
                "title": page.title,
                "signed": page.signed or None,
                "in_force": page.in_force or None,
                "ended": page.ended or None,
                "parties": {
                    str(number): [
                        {"start": h.start, "until": h.until or None, "unconfirmed": h.unconfirmed}
                        for h in held(page, number)
                    ]
                    for number in (way.debtor, way.beneficiary)
                },
                "beside": as_row(twice(way, behind, page.id, drawn)),
            }
            for page in pages
        ],
    }
