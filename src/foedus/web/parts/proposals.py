"""The proposals on the table: what each moves, its clauses, its mandate, and the amendments to it clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from foedus.council.deed import Deed
from foedus.council.mandate import Mandate
from foedus.council.state import Proposal
from foedus.council.table import amended, first
from foedus.report.deeds import moment, more_said
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.web.parts.changes import Change, changed
from foedus.web.parts.naming import Naming, article_at
from foedus.web.parts.tabled import Tabled, tabled
from foedus.words.speech import marked_in, plural, say, say_in

FATES: Mapping[str, str] = {
    "withdrawn": marked_in("fate of a proposal", "withdrawn"),
    "adopted": marked_in("fate of a proposal", "adopted"),
    "not adopted": marked_in("fate of a proposal", "not adopted"),
    "lapsed": marked_in("fate of a proposal", "lapsed"),
}
ANY = datetime(2000, 1, 1, tzinfo=UTC)
"""Of a deed whose time is not told."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as it reads, with what changed in it: `was` is how it stood before, empty where it is new."""

    number: str
    text: str
    was: str
    note: str = ""

    @property
    def changes(self) -> tuple[Change, ...]:
        """Word by word."""
        return changed(self.was, self.text)

    @property
    def moved(self) -> bool:
        """Whether anything changed in it."""
        return self.was != self.text


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal, or an amendment, as the page shows it. `clauses` and lines of the `mandate` say what changed: of a
    proposal since it was tabled, of an amendment by it. `stands` and `stands_mandate` are the whole text as it is, or
    as the amendment would leave it."""

    id: str
    title: str
    article: str
    rule: str
    by: str
    at: datetime | None
    entry: int
    text: str
    terms: tuple[tuple[str, str], ...]
    clauses: tuple[Clause, ...]
    mandate: tuple[Change, ...]
    ballot: str
    is_first: bool
    why: str = ""
    stands: tuple[Clause, ...] = ()
    stands_mandate: tuple[Change, ...] = ()
    amendments: tuple[Shown, ...] = ()
    changed_since: bool = False


def proposals(look: Look) -> Filling | None:
    """What is on the table, and what became of what was."""
    names, record = Naming.of(look), tabled(look)
    every = look.state.proposals
    if not every:
        return {"shown": (), "settled": ()}
    put = first(look.rules, look.state, look.now)
    shown = tuple(
        _shown(look, names, record, each, put) for each in every.values() if not each.fate and not each.amends
    )
    settled = tuple(
        _settled(look, names, record, each) for each in reversed(list(every.values())) if each.fate
    )
    return {"shown": shown, "settled": settled}


def _shown(look: Look, names: Naming, record: Tabled, one: Proposal, put: Proposal | None) -> Shown:
    entry, tabled_as = record.first.get(one.id, (None, one))
    step = look.rules.steps[one.step]
    rule = names.rule(one)
    is_first = put is not None and put.id == one.id
    ballot = look.state.on(one.id)
    changes = [each for each in look.state.proposals.values() if each.amends == one.id and not each.fate]
    notes = _notes(one, len(rule.ways) if rule is not None else 1)
    lines, before = (
        mandate_lines(names, one.mandate, one.hours),
        mandate_lines(names, tabled_as.mandate, tabled_as.hours),
    )
    return Shown(
        one.id, names.step(one.step), article_at(step.place), article_at(rule.place) if rule is not None else "",
        names.who(one.by), entry.at if entry is not None else None, entry.number if entry is not None else 0, one.text,
        tuple((names.variable(step, name), names.thing(value)) for name, value in one.terms.items()),
        tuple(_clauses(tabled_as.parts, one.parts, {})),
        tuple(_lines(before, lines)),
        ballot.id if ballot is not None else "",
        is_first,
        _why(look, put) if is_first and put is not None else "",
        stands=tuple(Clause(number, text, text, notes.get(number, "")) for number, text in one.parts.items()),
        stands_mandate=tuple(("same", line) for line in lines),
        amendments=tuple(_change(look, names, record, one, each, put) for each in changes),
        changed_since=tabled_as.parts != one.parts or before != lines,
    )  # fmt: skip


def _change(
    look: Look, names: Naming, record: Tabled, target: Proposal, one: Proposal, put: Proposal | None
) -> Shown:
    """An amendment: the clauses that it changes, and the text as it would stand."""
    entry, _ = record.first.get(one.id, (None, one))
    would = amended(target, one)
    before, after = (
        mandate_lines(names, target.mandate, target.hours),
        mandate_lines(names, would.mandate, would.hours),
    )
    is_first = put is not None and put.id == one.id
    ballot = look.state.on(one.id)
    touched = [each for each in _clauses(target.parts, would.parts, {}) if each.number in one.parts]
    return Shown(
        one.id, say("Amendment of {target}", target=target.id), article_at(look.rules.steps[one.step].place), "",
        names.who(one.by), entry.at if entry is not None else None, entry.number if entry is not None else 0, one.text,
        (), tuple(touched),
        tuple(each for each in _lines(before, after) if each[0] != "same"),
        ballot.id if ballot is not None else "",
        is_first,
        _why(look, put) if is_first and put is not None else "",
        stands=tuple(Clause(number, text, text) for number, text in would.parts.items()),
        stands_mandate=tuple(("same", line) for line in after),
    )  # fmt: skip


def _settled(look: Look, names: Naming, record: Tabled, one: Proposal) -> dict[str, str]:
    """What became of a proposal, and by which votes."""
    entry, _ = record.first.get(one.id, (None, one))
    votes = [each.id for each in look.state.ballots.values() if each.proposal == one.id]
    return {
        "id": one.id,
        "title": names.proposal(one),
        "by": names.who(one.by),
        "at": moment(entry.at) if entry is not None else "",
        "fate": say_in("fate of a proposal", FATES[one.fate]),
        "votes": ", ".join(votes),
        "text": one.text,
    }


def _clauses(
    before: Mapping[str, str], after: Mapping[str, str], notes: Mapping[str, str]
) -> Iterator[Clause]:
    """Every clause that is, or was: in the order in which they come."""
    for number in dict.fromkeys((*before, *after)):
        yield Clause(number, after.get(number, ""), before.get(number, ""), notes.get(number, ""))


def _notes(one: Proposal, ways: int) -> dict[str, str]:
    """What votes on parts by themselves have come to."""
    return {
        part: say("It was voted on by itself, and stays.")
        for part, tried in one.tried.items()
        if part and tried >= ways
    }


def _lines(before: list[str], after: list[str]) -> Iterator[Change]:
    """The lines of a mandate: those that stay, go and come."""
    for line in before:
        if line not in after:
            yield "gone", line
    for line in after:
        yield ("same" if line in before else "new"), line


def mandate_lines(names: Naming, mandate: Mandate | None, hours: Mapping[str, int]) -> list[str]:
    """What a mandate says, a line each; with the lengths of the clocks that a decision sets."""
    found: list[str] = []
    if mandate is not None:
        if mandate.since is not None:
            found.append(say("from {since}", since=moment(mandate.since)))
        found += more_said(Deed("propose", "chair", ANY, mandate=mandate, hours=hours))
    found += [
        plural("{clock}: {n} hour", "{clock}: {n} hours", n, clock=names.clock(clock))
        for clock, n in hours.items()
    ]
    return found


def _why(look: Look, put: Proposal) -> str:
    """Why it is put first."""
    waiting = [
        each for each in look.state.proposals.values() if not each.fate and look.state.on(each.id) is None
    ]
    if put.amends:
        return say("It is put first: amendments go before what they amend.")
    others = [each for each in waiting if not each.amends and each.id != put.id]
    if not others:
        return say("It is put next: nothing else waits.")
    order = look.rules.procedure.precedence
    if put.step in order and any(
        each.step not in order or order.index(each.step) > order.index(put.step) for each in others
    ):
        steps = ", ".join(Naming.of(look).step(name) for name in order)
        return say("It is put first: the procedure has this order: {steps}.", steps=steps)
    return say("It is put first: it was received before the others.")
