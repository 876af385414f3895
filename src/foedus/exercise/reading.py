"""Reads a scenario: a folder with `scenario.toml` and, beside it, pages of its own.

It is read strictly: a key that nobody knows, a state that sits nowhere, a time before the start and a policy that does
not exist are each refused by name, before anything is played.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import cast

from foedus.council.debate.order import Order
from foedus.council.deed import CLOCK, KINDS, read
from foedus.council.fields import instant
from foedus.council.ledger.canonical import Value
from foedus.council.rules import Rules
from foedus.council.state import Noted
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_page
from foedus.diagnostics.span import spelled, whole
from foedus.diagnostics.suggest import suggest
from foedus.exercise.places import read_maps, read_places
from foedus.exercise.policies import POLICIES
from foedus.exercise.scenario import Cue, Draft, Inject, Move, Scenario, Seat
from foedus.exercise.table import Table, unknown
from foedus.ir.norm import Program
from foedus.ir.procedure import OFFICES, Office, Procedure
from foedus.library import SHIPPED, Library, Loaded, shipped, stands
from foedus.words.speech import phrase

FILE = "scenario.toml"
FACT = re.compile(r"\s*([a-z_][a-z0-9_]*)\s*\(([^()]*)\)\s*")
WHEN = re.compile(
    r"\s*([a-z_][a-z0-9_-]*(?: of [A-Z][A-Z0-9_]*)?) is ([a-z0-9_-]+(?:\s*,\s*[a-z0-9_-]+)*)\s*"
)
NAME = re.compile(r"[a-z][a-z0-9_-]*")


def scenarios() -> tuple[str, ...]:
    """The names of the shipped scenarios."""
    folder = shipped("scenarios")
    return tuple(sorted(entry.name for entry in folder.iterdir() if (entry / FILE).is_file()))


def find(name: str) -> tuple[Path, str]:
    """The folder of a scenario, and how a message calls its file. Raises `Refused` (F686)."""
    path = Path(name)
    if stands(path / FILE):
        return path, spelled(path / FILE)
    if stands(path) and path.name == FILE:
        return path.parent, spelled(path)
    if name in scenarios():
        return shipped("scenarios") / name, f"{SHIPPED}/{name}/{FILE}"
    near = suggest(name, scenarios())
    advice = phrase("Did you mean `{near}`?", near=near) if near else ""
    why = (
        phrase("there is no {file} there", file=FILE)
        if stands(path)
        else phrase("there is none of that name")
    )
    raise Refused(Problem("F686", whole(name), {"path": name, "why": why}, help=advice))


def read_scenario(name: str, treaties: Path | None = None) -> tuple[Scenario, Loaded]:
    """A scenario by its path or its shipped name, with the pages it rests on. Raises `Refused`: F686 to F688, and what
    is wrong with a page."""
    folder, called = find(name)
    text, _ = read_page(folder / FILE)
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        why = str(error) if isinstance(error, ValueError) else phrase("it is nested too deeply")
        raise Refused(Problem("F686", whole(called), {"path": called, "why": why})) from None
    beside = tuple(sorted(folder.glob("*.md")))
    library = Library(treaties, trials=False, extra=beside)
    table = Table(raw, called)
    pages = table.texts("pages")
    for page in pages:
        if page not in library.pages:
            near = suggest(page, library.pages)
            advice = phrase("Did you mean `{near}`?", near=near) if near else ""
            raise unknown(called, "pages", page, phrase("there is no such page"), advice)
    procedure = table.text("procedure")
    loaded = library.load((*pages, procedure.partition(".")[0]))
    if loaded.errors:
        raise Refused(*loaded.errors)
    return _Reading(table, loaded.program, called, folder, library).scenario(procedure), loaded


def procedure_of(program: Program, name: str, on: date) -> Procedure | None:
    """The procedure of that id or key, under the text of the day."""
    if name in program.procedures:
        return program.procedures[name]
    owner = program.instruments.get(name.partition(".")[0])
    begun = [text.id for text in owner.texts if text.start.first <= on] if owner is not None else []
    return program.procedures.get(f"{name}@{begun[-1]}") if begun else None


class _Reading:
    """One scenario as it is read."""

    def __init__(self, table: Table, program: Program, page: str, folder: Path, library: Library) -> None:
        self.table, self.program, self.page, self.folder = table, program, page, folder
        self.library = library
        self.start = table.instant("start")
        self.end = self.start + timedelta(hours=table.whole("length", least=1, most=24 * 3660))

    def scenario(self, name: str) -> Scenario:
        table = self.table
        procedure = procedure_of(self.program, name, self.start.date())
        if procedure is None:
            near = suggest(name, (each.id for each in self.program.procedures.values()))
            advice = phrase("Did you mean `{near}`?", near=near) if near else ""
            raise unknown(self.page, "procedure", name, phrase("no page lays down such a procedure"), advice)
        title, summary, dossier = table.text("title"), table.text("summary", ""), table.text("dossier", "")
        seed = table.whole("seed", 1, most=2**31)
        pace = timedelta(minutes=table.whole("pace", 5, least=1, most=24 * 60))
        rules = self._rules(procedure)
        sources = self._sources(dossier)
        seats = tuple(self._seats(rules))
        injects = tuple(self._inject(rules, row, sources) for row in table.many("inject"))
        moves = tuple(self._move(rules, row, sources) for row in table.many("move"))
        states = rules.states(self.start.date())
        places = read_places(table, states, lambda row: self._source(row, sources))
        maps = read_maps(table, self.folder, places)
        order, minutes = self._order(), self._minutes()
        table.done()
        return Scenario(
            self.folder.resolve().name, title, rules, self.start, self.end, seed, pace, seats, injects, moves,
            summary, dossier, dict(sorted(self.program.digests.items())), self.folder, places, maps,
            order, minutes,
        )  # fmt: skip

    def _rules(self, procedure: Procedure) -> Rules:
        table = self.table
        members: dict[str, tuple[str, ...]] = {}
        if table.has("members"):
            below = table.inner("members")
            members = {role: below.texts(role) for role in below.raw}
        offices = table.texts("offices") if table.has("offices") else OFFICES
        for office in offices:
            if office not in OFFICES:
                raise unknown(self.page, "offices", office, phrase("it is no office"), _known(OFFICES))
        answers = table.named("answers")
        for question, answer in answers.items():
            asked = self.program.questions.get(question)
            if asked is None:
                raise unknown(
                    self.page,
                    "answers",
                    question,
                    phrase("no page asks this"),
                    _known(self.program.questions),
                )
            if answer not in {each.name for each in asked.answers}:
                known = _known(each.name for each in asked.answers)
                raise unknown(self.page, f"answers.{question}", answer, phrase("none of its answers"), known)
        rules = Rules(
            self.program, procedure, self.start.date(), members, table.texts("others"),
            cast("tuple[Office, ...]", tuple(offices)), answers, weights=self._weights(),
            announced=table.flag("announced"),
        )  # fmt: skip
        for who in (*rules.others, *(state for held in members.values() for state in held)):
            if re.fullmatch(r"[A-Z]{3}", who) is None:
                raise unknown(self.page, "others", who, phrase("no state has such a code"))
        facts: list[Noted] = []
        for row in table.many("known"):
            facts.append(self._noted(rules, row))
            row.done()
        return replace(rules, known=tuple(facts))

    def _order(self) -> Order:
        """The settings of the rules of order under `[order]`, which are read as those of a record are."""
        if not self.table.has("order"):
            return Order()
        below = self.table.inner("order")
        try:
            return Order.read(below.rest())
        except Refused as refused:
            values = refused.problems[0].values
            name = values["name"].partition(".")[0]
            raise unknown(
                self.page, below.called(values["name"]), below.raw.get(name, "…"), values["why"],
                "" if name in below.raw and name in Order().body() else _known(Order().body()),
            ) from None  # fmt: skip

    def _minutes(self) -> int:
        if not self.table.has("room"):
            return 0
        below = self.table.inner("room")
        found = below.whole("minutes", 0, least=1, most=7 * 24 * 60)
        below.done()
        return found

    def _weights(self) -> Mapping[str, Mapping[str, Fraction]]:
        if not self.table.has("weights"):
            return {}
        below = self.table.inner("weights")
        made: dict[str, dict[str, Fraction]] = {}
        for name in below.raw:
            for who, weight in below.named(name).items():
                try:
                    made.setdefault(name, {})[who] = Fraction(weight)
                except (ValueError, ZeroDivisionError):
                    raise unknown(
                        self.page, f"weights.{name}.{who}", weight, phrase("a number as text was expected")
                    ) from None
        return made

    def _sources(self, dossier: str) -> frozenset[str] | None:
        """The sources of the dossier that the scenario is taken from."""
        if not dossier:
            return None
        found = self.library.dossier(dossier)
        assert found.dossier is not None
        return frozenset(found.dossier.record.sources)

    # ---- who sits there ----

    def _seats(self, rules: Rules) -> Sequence[Seat]:
        found: list[Seat] = []
        states = rules.states(self.start.date())
        for key, field, among in (("office", "office", rules.offices), ("delegation", "state", states)):
            for row in self.table.many(key):
                who = row.text(field)
                if who not in among:
                    raise unknown(
                        self.page, row.called(field), who, phrase("it has no seat here"), _known(among)
                    )
                if any(seat.who == who for seat in found):
                    raise unknown(self.page, row.called(field), who, phrase("it has a seat already"))
                found.append(self._seat(rules, row, who, states))
                row.done()
        return found

    def _seat(self, rules: Rules, row: Table, who: str, states: Sequence[str]) -> Seat:
        policies = row.texts("policy")
        for policy in policies:
            if policy not in POLICIES:
                near = suggest(policy, POLICIES)
                advice = phrase("Did you mean `{near}`?", near=near) if near else _known(POLICIES)
                raise unknown(
                    self.page, row.called("policy"), policy, phrase("there is no such policy"), advice
                )
        follows = row.text("follows", "")
        if follows and (follows not in states or follows == who):
            raise unknown(
                self.page, row.called("follows"), follows, phrase("no other delegation"), _known(states)
            )
        if "follows" in policies and not follows:
            raise unknown(
                self.page, row.called("policy"), "follows", phrase("it is not said whom: follows = …")
            )
        drafts = [self._draft(rules, each, amends=False) for each in row.many("proposal")]
        drafts += [self._draft(rules, each, amends=True) for each in row.many("amendment")]
        return Seat(
            who, row.text("title", who), policies, row.text("brief", ""), row.named("terms"), tuple(drafts),
            row.whole("sends") if row.has("sends") else None, row.text("task", ""), row.text("where", ""),
            follows, row.whole("longer", 720, least=1, most=87_600), row.named("rulings"),
            row.whole("ballot", 2, least=1, most=8760),
        )  # fmt: skip

    def _draft(self, rules: Rules, row: Table, *, amends: bool) -> Draft:
        step = row.text("step")
        if step not in rules.steps:
            raise unknown(
                self.page,
                row.called("step"),
                step,
                phrase("the procedure has no such step"),
                _known(rules.steps),
            )
        body = self._body(row)
        if not amends:
            body["step"] = step
        kind = "amend" if amends else "propose"
        named = {"proposal": "p1"} if amends else {}
        self._is_deed(row, {**body, **named, "kind": kind, "by": "chair", "at": instant(self.start)})
        return Draft(step, body, amends)

    # ---- what happens ----

    def _cue(self, rules: Rules, row: Table) -> Cue:
        after = timedelta(hours=row.whole("after", 0, most=24 * 3660))
        if row.has("when"):
            said = row.text("when")
            found = WHEN.fullmatch(said)
            track = found[1].partition(" of ")[0] if found is not None else ""
            if found is None or track not in rules.tracks:
                known = phrase("As in: when = `{track} is …`.", track=next(iter(rules.tracks), "matter"))
                raise unknown(self.page, row.called("when"), said, phrase("no stage of a track"), known)
            stages = tuple(stage.strip() for stage in found[2].split(","))
            for stage in stages:
                if stage not in rules.tracks[track].stages:
                    known = _known(rules.tracks[track].stages)
                    raise unknown(
                        self.page, row.called("when"), stage, phrase("no stage of that track"), known
                    )
            return Cue(None, found[1], stages, after)
        at = (
            self.start + timedelta(hours=row.whole("hour", most=24 * 3660))
            if row.has("hour")
            else row.instant("at")
        ) + after
        if at < self.start:
            why = phrase("it is before the start, {start}", start=instant(self.start))
            raise unknown(self.page, row.called("at"), instant(at), why)
        if at > self.end:
            why = phrase("it is after the end, {end}", end=instant(self.end))
            raise unknown(self.page, row.called("hour" if row.has("hour") else "at"), instant(at), why)
        return Cue(at)

    def _inject(self, rules: Rules, row: Table, sources: frozenset[str] | None) -> Inject:
        cue = self._cue(rules, row)
        title, text = row.text("title"), row.text("text", "")
        source, unconfirmed = self._source(row, sources), row.flag("unconfirmed")
        fact = self._noted(rules, row) if row.has("fact") else None
        row.done()
        return Inject(cue, title, text, fact, source, unconfirmed)

    def _source(self, row: Table, sources: frozenset[str] | None) -> tuple[str, ...]:
        """The sources that a line names, each of which the dossier has."""
        found = row.texts("source")
        for each in found:
            if each not in (sources or ()):
                near = suggest(each, sources or ())
                advice = phrase("Did you mean `{near}`?", near=near) if near else ""
                raise unknown(
                    self.page, row.called("source"), each, phrase("the dossier has no such source"), advice
                )
        return found

    def _move(self, rules: Rules, row: Table, sources: frozenset[str] | None) -> Move:
        cue = self._cue(rules, row)
        source, unconfirmed = self._source(row, sources), row.flag("unconfirmed")
        on = cue.at.date() if cue.at is not None else self.start.date()
        kind, by = row.text("kind", "step"), row.text("by")
        if kind not in KINDS:
            raise unknown(self.page, row.called("kind"), kind, phrase("it is no kind of deed"), _known(KINDS))
        actors = (*rules.states(on), *rules.offices, *rules.organs, CLOCK)
        if by not in actors:
            raise unknown(self.page, row.called("by"), by, phrase("it has no seat here"), _known(actors))
        named: dict[str, Value] = {"kind": kind, "by": by}
        if row.has("step"):
            step = named["step"] = row.text("step")
            if step not in rules.steps:
                why = phrase("the procedure has no such step")
                raise unknown(self.page, row.called("step"), step, why, _known(rules.steps))
        body = {**self._body(row), **named}
        self._is_deed(row, {**body, "at": instant(cue.at or self.start)})
        row.done()
        return Move(cue, body, source, unconfirmed)

    def _body(self, row: Table) -> dict[str, Value]:
        left = {key: value for key, value in row.rest().items() if key != "hour"}
        return cast("dict[str, Value]", _plain(left))

    def _is_deed(self, row: Table, body: Mapping[str, Value]) -> None:
        """Whether these are the fields of a deed. The chair's own message (F656) names the field; ours, the table."""
        try:
            read(body)
        except Refused as refused:
            values = refused.problems[0].values
            raise unknown(
                self.page, row.called(values.get("name", "")), body.get(values.get("name", ""), "…"),
                values.get("why", ""),
            ) from None  # fmt: skip

    def _noted(self, rules: Rules, row: Table) -> Noted:
        """A fact: `unrest(ARV)`, with its name, and whether it is so."""
        said, words = row.text("fact"), rules.program.vocabulary.predicates
        name = row.text("id", "")
        found = FACT.fullmatch(said)
        if found is None:
            raise unknown(self.page, row.called("fact"), said, phrase("a fact is written unrest(ARV)"))
        known = words.get(found[1])
        if known is None:
            near = suggest(found[1], words)
            advice = phrase("Did you mean `{near}`?", near=near) if near else ""
            raise unknown(self.page, row.called("fact"), found[1], phrase("no page has this word"), advice)
        args = tuple(arg.strip() for arg in found[2].split(","))
        if len(args) != len(known.roles):
            roles = tuple(role.name for role in known.roles)
            raise unknown(self.page, row.called("fact"), said, phrase("it has other roles"), _known(roles))
        if name and NAME.fullmatch(name) is None:
            raise unknown(self.page, row.called("id"), name, phrase("a name is small letters and digits"))
        if known.individual and not name:
            raise unknown(self.page, row.called("id"), "", phrase("an incident or an act needs a name"))
        truth = not row.flag("refuted")
        return Noted(
            name or f"known_{found[1]}_{'_'.join(args).lower()}", found[1],
            tuple(None if arg == "_" else arg for arg in args), truth, title=row.text("title", ""),
        )  # fmt: skip


def _known(names: object) -> str:
    return phrase("There are: {names}.", names=tuple(str(each) for each in cast("Sequence[object]", names)))


def _plain(value: object) -> object:
    """A value of TOML as a record has it: instants as text, in UTC."""
    if isinstance(value, datetime):
        return instant(value if value.tzinfo is not None else value.replace(tzinfo=UTC))
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in cast("dict[str, object]", value).items()}
    if isinstance(value, list):
        return [_plain(each) for each in cast("list[object]", value)]
    return value
