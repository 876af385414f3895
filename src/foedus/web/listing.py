r"""Many people at once, from a table: read, shown, and only then invited.

The table has a column for the name, one for the delegation, one for the role, under names in English, Russian or
French. Nothing else is kept, least of all addresses. It may be in any encoding that pages may be in. Whatever cannot be
read is named with its row, and nobody is invited before all can.

>>> read("list.csv", b"Name;E-mail;Delegation\nAsel;a@b.example;Valley\n", {"VAL": "Valley"}).guests
(Guest(row=2, name='Asel', role='member', seat='VAL'),)
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place, whole
from foedus.diagnostics.suggest import suggest
from foedus.diagnostics.visible import visible
from foedus.meeting.viewer import DELEGATED, OFFICES, ROLES, Role
from foedus.tables.cells import neutralised
from foedus.tables.columns import plain
from foedus.tables.delimited import read_sent_csv
from foedus.tables.sheet import Sheet, too_large
from foedus.web.keeping import HOURS
from foedus.web.names import name_of, same
from foedus.web.people import People
from foedus.words.speech import phrase, say

MOST = 1_000

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "full name", "participant", "имя", "фио", "участник", "nom", "nom complet"),
    "delegation": ("delegation", "country", "state", "seat", "делегация", "страна", "государство", "délégation",
                   "pays", "état"),
    "role": ("role", "position", "роль", "должность", "rôle", "fonction"),
}  # fmt: skip
"""Each column with the names it may have; capitals, dashes and spaces do not matter."""

ALSO: Mapping[str, Role] = {
    "head of delegation": "head", "delegate": "member", "advisor": "adviser", "president": "chair",
    "chairman": "chair", "chairperson": "chair", "secretary-general": "secretary", "guest": "observer",
    "public screen": "screen", "exercise director": "director",
    "глава": "head", "глава делегации": "head", "член": "member", "член делегации": "member", "делегат": "member",
    "советник": "adviser", "председатель": "chair", "секретарь": "secretary", "командующий": "commander",
    "наблюдатель": "observer", "экран": "screen", "руководитель учений": "director",
    "chef": "head", "chef de délégation": "head", "membre": "member", "délégué": "member", "conseiller": "adviser",
    "président": "chair", "secrétaire": "secretary", "commandant": "commander", "observateur": "observer",
    "écran": "screen", "directeur": "director",
}  # fmt: skip
"""Other words for the roles, in small letters."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is to be invited: `row` is the row of the table, from 1."""

    row: int
    name: str
    role: Role
    seat: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table says: guests, what cannot be read, the columns that are not kept, and how it was read."""

    guests: tuple[Guest, ...]
    problems: tuple[Problem, ...]
    dropped: tuple[str, ...] = ()
    said: str = ""
    warnings: tuple[Problem, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether all of it can be taken."""
        return bool(self.guests) and not self.problems


def read(called: str, raw: bytes, seats: Mapping[str, str], taken: Iterable[str] = ()) -> Preview:
    """What a table says that was sent under a name. `seats`: the room's delegations by code, with their names;
    `taken`: names of those who are in the room. Raises `Refused` for what is no table (F002–F006, F521, F522, F529)."""
    path = visible(called)[:100] or "…"
    if raw.startswith(b"PK\x03\x04"):
        why = phrase("it is a workbook: save its sheet as CSV, and send that")
        raise Refused(Problem("F521", whole(path), {"path": path, "why": why}))
    sheet = read_sent_csv(path, raw)
    header = sheet.rows[0][1] if sheet.rows else ()
    found = {name: at for name, words in COLUMNS.items() if (at := _column(header, words)) is not None}
    if "name" not in found:
        known = ", ".join(COLUMNS)
        raise Refused(
            Problem("F522", whole(path), {}, help=say("The columns are called {known}.", known=known))
        )
    if len(sheet.rows) - 1 > MOST:
        raise too_large(path, f"{len(sheet.rows) - 1:,}", f"{MOST:,}")
    reader = _Reader(sheet, found, seats, {same(name): 0 for name in taken})
    guests = tuple(reader.guests())
    dropped = tuple(visible(cell)[:40] for at, cell in enumerate(header) if at not in found.values() and cell)
    return Preview(guests, tuple(reader.problems), dropped, sheet.said, sheet.problems)


def apply(
    preview: Preview, people: People, room: str, hours: int = HOURS, *, now: datetime
) -> tuple[tuple[Guest, str], ...]:
    """Invite all guests of a preview; each with its code. Raises `Refused` with the preview's problems."""
    if not preview.ready:
        raise Refused(*preview.problems)
    codes = people.invite_each(
        room, ((guest.role, guest.seat, guest.name) for guest in preview.guests), hours, now=now
    )
    return tuple(zip(preview.guests, codes, strict=True))


def written(guests: Iterable[Guest]) -> str:
    """The guests as a table that is read as it was written."""
    rows = ((guest.name, guest.seat if guest.role in DELEGATED else "", guest.role) for guest in guests)
    return _written(("name", "delegation", "role"), rows)


def codes_csv(invited: Iterable[tuple[Guest, str]], address: str) -> str:
    """The codes as a table to be sent on; `address` is what stands before a code in a link. Nothing in it is taken for
    a formula by a program for spreadsheets."""
    rows = (
        (guest.name, guest.seat if guest.role in DELEGATED else "", guest.role, code, f"{address}{code}")
        for guest, code in invited
    )
    return _written(("name", "delegation", "role", "code", "link"), rows)


class _Reader:
    def __init__(
        self, sheet: Sheet, columns: Mapping[str, int], seats: Mapping[str, str], seen: dict[str, int]
    ) -> None:
        self.sheet, self.columns, self.seats, self.seen = sheet, columns, seats, seen
        self.problems: list[Problem] = []

    def guests(self) -> Iterator[Guest]:
        for number, cells in self.sheet.rows[1:]:
            before = len(self.problems)
            text = {name: cells[at].strip() if at < len(cells) else "" for name, at in self.columns.items()}
            name = self._name(number, text["name"])
            role = self._role(number, text.get("role", ""), text.get("delegation", ""))
            seat = "" if role is None else self._seat(number, role, text.get("delegation", ""))
            if role is not None and len(self.problems) == before:
                yield Guest(number, name, role, seat)

    def _name(self, row: int, text: str) -> str:
        try:
            name = name_of(text)
        except Refused as refused:
            self._unfit(row, "name", text, refused.problems[0].values["why"])
            return ""
        first = self.seen.get(same(name))
        if first == 0:
            self._unfit(row, "name", name, phrase("somebody in this room is called so already"))
        elif first is not None:
            values = {"row": str(row), "name": name, "first": str(first)}
            self.problems.append(Problem("F739", self._place(row, "name"), values))
        else:
            self.seen[same(name)] = row
        return name

    def _role(self, row: int, text: str, delegation: str) -> Role | None:
        if not text:
            return "member" if delegation else "observer"
        wanted = " ".join(text.casefold().split())
        known: dict[str, Role] = {**ALSO, **{role: role for role in ROLES}}
        if wanted in known:
            return known[wanted]
        near = suggest(wanted, known)
        why = (
            phrase("no such role; did you mean {near}?", near=near)
            if near
            else phrase("no such role; there are {known}", known=", ".join(ROLES))
        )
        self._unfit(row, "role", text, why)
        return None

    def _seat(self, row: int, role: Role, text: str) -> str:
        if role not in DELEGATED:
            if text:
                why = phrase("who has the role {role} speaks for no delegation: leave it empty", role=role)
                self._unfit(row, "delegation", text, why)
            return role if role in OFFICES else ""
        if not text:
            self._unfit(row, "delegation", text, phrase("it is missing"))
            return ""
        called = {code.casefold(): code for code in self.seats}
        called |= {name.casefold(): code for code, name in self.seats.items()}
        wanted = " ".join(text.casefold().split())
        if wanted in called:
            return called[wanted]
        near = suggest(wanted, called)
        why = (
            phrase("no delegation of this room; did you mean {near}?", near=called[near])
            if near
            else phrase("no delegation of this room; there are {known}", known=", ".join(self.seats))
        )
        self._unfit(row, "delegation", text, why)
        return ""

    def _unfit(self, row: int, column: str, value: str, why: str) -> None:
        values = {"row": str(row), "value": visible(value)[:60], "column": column, "why": why}
        self.problems.append(Problem("F738", self._place(row, column), values))

    def _place(self, row: int, column: str) -> Place:
        return self.sheet.place(row, self.columns.get(column, 0) + 1, column)


def _column(header: Sequence[str], words: Sequence[str]) -> int | None:
    wanted = {plain(word) for word in words}
    return next((at for at, cell in enumerate(header) if plain(cell) in wanted), None)


def _written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([neutralised(cell) for cell in row])
    return "\ufeff" + out.getvalue()
