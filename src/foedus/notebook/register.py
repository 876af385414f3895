"""What all pages say, from Python: the treaties, who is bound, who was a member when, and how much is encoded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from foedus.assessment.attack import attack
from foedus.assessment.case import Asked
from foedus.assessment.cases import compare
from foedus.assessment.finding import Assessment
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.library import Library
from foedus.notebook.answer import Answer
from foedus.notebook.dossier import Dossier, load
from foedus.notebook.frames import Row, dated_cells
from foedus.notebook.put import Day, read
from foedus.notebook.refusal import WIDE, told
from foedus.notebook.rows import Rows
from foedus.register.bound import Bond, Bonds, classes_of, search
from foedus.register.bound import bound as bonds_of
from foedus.register.keep import Register, register
from foedus.register.members import Held
from foedus.register.members import members as held_by
from foedus.register.rows import Instrument, Sure, both, dated
from foedus.report.attack import show_attack
from foedus.report.bonds import UNCONFIRMED, bonds_as_json, show_bonds
from foedus.report.cases import Case, as_rows, show_cases
from foedus.report.instruments import coverage_row, show_coverage, show_list
from foedus.report.layout import Sheet
from foedus.report.lists import begun, on_day
from foedus.report.tables import tabulate
from foedus.terms.codes import codes_on, state_of
from foedus.terms.edtf import EDate
from foedus.terms.states import name_of
from foedus.words.speech import aloud, plural, say, say_in


def treaties(
    words: str = "",
    *,
    party: str | None = None,
    on: Day | None = None,
    duty_class: str | None = None,
    treaties: str | Path | None = None,
) -> Rows:
    """The instruments that have pages: all, or those that fit everything asked.

    `words` are looked for in titles of instruments and norms; `party` is a state in any role, by code, name or
    number (`cow:705`); `on` leaves those in force on the day; `duty_class` those with a duty of the class.

    >>> import foedus
    >>> [row["instrument"] for row in foedus.treaties(party="KAZ", on="1995-01-01", duty_class="necessary-help")]
    ['cst']
    """
    with told():
        day = read("on", on)
        state = state_of(party, day) if party else ""
        found = search(_register(treaties), words, state, day, duty_class or "")
    title = plural("{n} treaty page", "{n} treaty pages", len(found))
    shown = ("instrument", "title", "signed", "in_force", "ended", "unconfirmed_dates", "class")
    return Rows(
        "treaties", [_treaty(each, day) for each in found], _dated(title, day), shown,
        _text(lambda sheet: show_list(sheet, found, day)),
    )  # fmt: skip


def _treaty(instrument: Instrument, on: date | None) -> Row:
    classes = classes_of(instrument, on)
    ever = dict.fromkeys(life.state for life in instrument.parties if life.role == "party")
    return (
        instrument.id, instrument.title, *_days(instrument.signed), *_days(instrument.in_force),
        *_days(instrument.ended), instrument.unsure, instrument.political,
        tuple(instrument.members(on) if on else ever),
        classes[-1] if classes else None, classes, tuple(text.id for text in instrument.texts[1:] and instrument.texts),
        len({norm.id for norm in instrument.norms}), instrument.unconfirmed, bool(instrument.reviewed),
        tuple(f"{name}={value}" for name, value in instrument.codes),
    )  # fmt: skip


def bound(
    state: str,
    *,
    on: Day | None = None,
    known_by: Day | None = None,
    attacked_by: str | None = None,
    areas: Iterable[str] = (),
    treaties: str | Path | None = None,
) -> Rows:
    """Who owes a state what on a day (today, if none is named), under which article and on what trigger; and what
    it owes. `known_by` leaves out texts that were not public by that day.

    With `attacked_by` that state is supposed to attack it (in `areas`: europe, pacific, …): the rows are the
    duties owed to the attacked, with what follows; `answer` is the whole answer.

    >>> import foedus
    >>> {row["counterpart"] for row in foedus.bound("KAZ", on="2022-01-05") if row["norm"] == "cst.assist"} >= {"RUS"}
    True
    """
    with told():
        day = read("on", on) or date.today()  # noqa: DTZ011  nothing else says when
        code = state_of(state, day)
        found = bonds_of(_register(treaties), code, day, read("known_by", known_by))
        struck = (areas,) if isinstance(areas, str) else tuple(areas)
        if attacked_by is not None:
            return _attacked(found, state_of(attacked_by, day), struck, treaties)
        if struck:
            raise Refused(Problem("F539", NOWHERE))
    rows = list(_bonds(found))
    name = aloud(name_of(code))
    bonds = len({bond.norm.id for bond in (*found.to, *found.by)})
    title = plural("{state}: {n} norm", "{state}: {n} norms", bonds, state=name)
    shown = ("side", "instrument", "article", "what", "class", "sure", "unconfirmed")
    text = _text(lambda sheet: show_bonds(sheet, found, True))
    return Rows("bound", rows, _dated(title, day), shown, text, "counterpart")


def _bonds(bonds: Bonds, answer: Assessment | None = None) -> Iterator[Row]:
    """The rows of all norms on both sides; after a supposed attack, of the duties owed to the attacked."""
    plain: Any = bonds_as_json(bonds)
    both_sides = [
        *zip(bonds.to, plain["owed_to"], strict=True),
        *zip(bonds.by, plain["owed_by"], strict=True),
    ]
    for bond, words in both_sides:
        if answer is None or (bond.side == "to" and bond.norm.kind == "duty"):
            yield from _bond(bonds, bond, words, answer)


def _bond(bonds: Bonds, bond: Bond, words: Mapping[str, Any], answer: Assessment | None) -> Iterator[Row]:
    """A row for each counterpart of a norm; one without, where it is owed to whoever fits."""
    norm, instrument = bond.norm, bond.instrument
    others: Mapping[str, Sure] = bond.others or {"": "yes"}
    for other, held in others.items():
        codes = codes_on(other, bonds.on) if other else None
        unsure = (*bond.unconfirmed, *(("counterpart",) if other in bond.unconfirmed_others else ()))
        verdict, turns_on = _verdict(answer, norm.id, other)
        yield (
            instrument.id, instrument.title, norm.id, norm.kind, bond.side, bonds.state, other or None,
            codes.cow if codes else None, codes.abbreviation if codes else None, codes.gw if codes else None,
            both(bond.sure, held), unsure, norm.title or None, norm.article or None, norm.text or None,
            norm.duty_class or None, tuple(f"{reading}={kind}" for reading, kind, _ in norm.classes),
            norm.modifiers, tuple(words["when"]), tuple(words["until"]), len(words["not_encoded"]),
            instrument.political, verdict, turns_on,
        )  # fmt: skip


def _attacked(bonds: Bonds, author: str, areas: tuple[str, ...], treaties: str | Path | None) -> Rows:
    if author == bonds.state:
        raise Refused(Problem("F539", NOWHERE))
    ids = tuple(dict.fromkeys(bond.norm.id for bond in bonds.to if bond.norm.kind == "duty"))
    library = Library(_folder(treaties), trials=False)
    program = library.load(dict.fromkeys(name.partition(".")[0] for name in ids)).program
    answer = attack(program, ids, bonds.state, author, bonds.on, areas, bonds.known_by)
    asked = Asked(only=ids, beneficiary=bonds.state, known_by=bonds.known_by)
    rows = list(_bonds(bonds, answer))
    shown = ("instrument", "article", "what", "class", "unconfirmed", "verdict", "turns_on")
    title = begun(
        plural("{what}: {n} duty", "{what}: {n} duties", len(ids), what=aloud(answer.dossier.title))
    )
    text = _text(lambda sheet: show_attack(sheet, answer))
    whole = Answer(answer, Dossier(answer.dossier, program), asked)
    return Rows("bound", rows, _dated(title, bonds.on), shown, text, "counterpart", whole)


def _verdict(answer: Assessment | None, norm: str, bearer: str) -> tuple[str | None, tuple[str, ...]]:
    for finding in answer.findings if answer is not None else ():
        if finding.norm.id == norm and bearer in finding.bearers:
            return finding.headline.word, finding.headline.turns_on
    return None, ()


def members(
    *, on: Day | None = None, instrument: str | Iterable[str] = (), treaties: str | Path | None = None
) -> Rows:
    """Who held which role under which instrument: a row for each spell of a state; on a day, for each state.

    The numbers of a state are those of the time. Without a day, a spell over which they change is several rows.

    >>> import foedus
    >>> germany = [row for row in foedus.members(instrument="nato") if row["iso"] == "DEU"]
    >>> [(row["cow"], row["gw"], row["start"], row["spell"]) for row in germany]
    [(260, 260, '1955-05-06', 1), (255, 260, '1990-10-03', 1)]
    """
    with told():
        day = read("on", on)
        found = list(held_by(_chosen(_register(treaties), instrument), day))
    states = len({held.state for held in found})
    title = _dated(plural("{n} state", "{n} states", states), day)
    shown = ("instrument", "iso", "name", "cow", "gw", "role", "start", "until", "sure", "unconfirmed")
    return Rows("members", [_member(held) for held in found], title, shown, _text(lambda s: _show(s, found)))


def _member(held: Held) -> Row:
    codes = held.codes
    return (
        held.instrument.id, held.instrument.title, held.state, aloud(name_of(held.state)),
        codes.cow if codes else None, codes.abbreviation if codes else None, codes.gw if codes else None,
        held.role, held.spell, *_days(held.start), *_days(held.until), held.sure, held.unconfirmed,
        held.source or None,
    )  # fmt: skip


def _show(sheet: Sheet, found: Iterable[Held]) -> None:
    heads = ("", say("state"), say("COW"), say("GW"), say("role"), say("from"), say("until"), say("sure"))
    rows = [
        (
            held.instrument.id, held.state, str(held.codes.cow) if held.codes else "",
            str(held.codes.gw) if held.codes else "", held.role, held.start, held.until,
            say_in("answer", held.sure) + (f" {UNCONFIRMED}" if held.unconfirmed else ""),
        )
        for held in found
    ]  # fmt: skip
    sheet.lines += tabulate(heads, rows, sheet.room, first=12, other=24)
    if any(row[-1].endswith(UNCONFIRMED) for row in rows):
        sheet.blank()
        sheet.put(say("{mark} marks what nobody confirmed.", mark=UNCONFIRMED))


def coverage(*instruments: str, treaties: str | Path | None = None) -> Rows:
    """How much of each treaty is encoded, left out, unread, unconfirmed, tried and reviewed.

    >>> import foedus
    >>> foedus.coverage("cst")[0]["encoded"] > 1
    True
    """
    with told():
        found = _chosen(_register(treaties), instruments)
    rows: list[Row] = []
    for each in found:
        name, *counts, reviewed = coverage_row(each)
        rows.append((name, each.title, *counts, reviewed == "yes"))
    title = plural("{n} treaty page", "{n} treaty pages", len(found))
    shown = (
        "instrument",
        "encoded",
        "not_encoded",
        "of_weight",
        "unread",
        "unconfirmed",
        "trials",
        "reviewed",
    )
    return Rows("coverage", rows, title, shown, _text(lambda sheet: show_coverage(sheet, found)))


def cases(*dossiers: str | Path | Dossier, treaties: str | Path | None = None) -> Rows:
    """What is found in each case, beside what happened; without names, in all dossiers that ship, which takes a
    while.

    >>> import foedus
    >>> [(row["norm"], row["outcome"]) for row in foedus.cases("lesotho-1998")]
    [('invitation.enter', 'granted')]
    """
    read_ = [load(each, treaties=treaties) for each in dossiers or Library().dossiers]
    with told():
        found = [Case(each.value, compare(each.value, each.program)) for each in read_]
    rows: list[Row] = [_case(plain) for case in found for plain in as_rows(case)]
    title = plural("{n} case", "{n} cases", len(found))
    shown = ("case", "norm", "by", "to", "finding", "outcome", "relation")
    return Rows("cases", rows, title, shown, _text(lambda sheet: show_cases(sheet, found)))


def _case(plain: Mapping[str, Any]) -> Row:
    return (
        plain["case"], plain["title"] or None, plain["outcome"], plain["happened"] or None,
        *_days(plain["on"] or ""), plain["unconfirmed"], plain["source"], plain["norm"], plain["text"] or None,
        plain["by"], plain["to"], tuple(plain["bearers"]), plain["finding"], plain["settled"],
        plain["as_far_as_encoded"], tuple(plain["rests_on_unconfirmed"]), tuple(plain["turns_on"]),
        plain["relation"], plain["note"],
    )  # fmt: skip


def _register(treaties: str | Path | None) -> Register:
    return register(_folder(treaties))


def _folder(treaties: str | Path | None) -> Path | None:
    return None if treaties is None else Path(treaties)


def _chosen(known: Register, names: str | Iterable[str]) -> list[Instrument]:
    """The instruments of these names, in their order; all where none is named."""
    wanted = (names,) if isinstance(names, str) else tuple(names)
    return [known.find(name) for name in wanted] or list(known.instruments)


def _days(text: str) -> Row:
    """A date on record in its three cells."""
    return dated_cells(dated(text) if text else None)


def _dated(title: str, on: date | None) -> str:
    return f"{title}, {on_day(EDate.of(on))}" if on is not None else title


def _text(show: Callable[[Sheet], None]) -> Callable[[], str]:
    """What the terminal would write."""

    def text() -> str:
        sheet = Sheet(WIDE)
        show(sheet)
        return sheet.text()

    return text
