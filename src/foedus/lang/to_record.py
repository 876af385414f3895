"""Records, lowered: the facts of a dossier or trial, and who said what of them.

`to_dossier` reads a dossier's pages, `to_record` the record of one trial. In a record there are no
variables: every name is a state or another actor, an individual (the id of an incident or act, or
`someone`), a value, a clause (`lir.assist`); `_` and a role left out stand as None. `[CAD | DUN]` is
both of them.

>>> from foedus.lang.tree import AtomF
>>> record, problems = to_record([FactItem(None, AtomF(Name("fore"), ()))], Program())
>>> record.facts, [p.code for p in problems]
((), ['F201'])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import cast

from foedus.diagnostics.problem import Note, Problem
from foedus.diagnostics.span import Place
from foedus.evidence.claim import Interest
from foedus.evidence.record import (
    Answered,
    Closing,
    Dossier,
    Held,
    Outcome,
    Pattern,
    Presumption,
    Quantity,
    Record,
    StandingWord,
    Tension,
    Value,
)
from foedus.ir.norm import Program
from foedus.lang.claims import ClaimReader
from foedus.lang.facts import FactReader
from foedus.lang.names import read_names
from foedus.lang.slips import Slips
from foedus.lang.tree import (
    AsPartyItem,
    CompleteItem,
    DossierItem,
    FactItem,
    GainsItem,
    HeldItem,
    Item,
    Name,
    OutcomeItem,
    Page,
    PresumeItem,
    QuantityItem,
    TensionItem,
)
from foedus.lang.words import Words
from foedus.terms.fact import Fact

OF_JUDGEMENTS = ("undisputed", "disputed")
"""The standings that a trial may give a judgement: nothing settles one but a finder."""
ENCODER = "encoder"


def to_dossier(pages: Sequence[Page], program: Program) -> tuple[Dossier, tuple[Problem, ...]]:
    """The dossier of the pages, which may add words and actors of their own to the program's."""
    slips = Slips()
    words, _ = read_names(pages, program, slips)
    items = [item for page in pages for item in (*page.items, *page.records)]
    heads = [item for item in items if isinstance(item, DossierItem)]
    for extra in heads[1:]:
        slips.add("F407", extra.place, notes=(Note(heads[0].place, "the first"),), name=extra.id.text)
    if not heads:
        slips.add("F406", Place(pages[0].path if pages else ""))
        heads = [DossierItem(Name(""), "")]
    head = heads[0]
    disputants = frozenset(code for name in head.disputants if (code := words.speaker(name)))
    record = _Reader(words, program, False, None).read(items, disputants)
    instruments = [home.id for n in head.assess if "." not in n.text and (home := words.instrument(n))]
    only = [ident for n in head.assess if "." in n.text and (ident := words.norm(n, None))]
    dossier = Dossier(
        id=head.id.text,
        title=head.title,
        record=record,
        period=head.period,
        on=head.on,
        concerning=tuple(code for name in head.concerning if (code := words.actor(name))),
        instruments=tuple(dict.fromkeys([*instruments, *(ident.partition(".")[0] for ident in only)])),
        only=tuple(only),
        digest=sha256("\0".join(page.text for page in pages).encode()).hexdigest(),
        place=head.place,
        outcomes=tuple(_outcome(words, item) for item in items if isinstance(item, OutcomeItem)),
    )
    return dossier, slips.all()


def _outcome(words: Words, item: OutcomeItem) -> Outcome:
    under: list[Answered] = []
    for name, to, by in item.under:
        norm = words.norm(name, None)
        whom = (words.actor(code) or "" if code is not None else "" for code in (to, by))
        if norm is not None:
            under.append(Answered(norm, *whom))
    source = (words.source(item.source) or "") if item.source is not None else ""
    return Outcome(
        item.word, item.title, item.on, source, item.unconfirmed, tuple(under), item.note, item.place
    )


def to_record(
    items: Sequence[Item], program: Program, trial: bool = True, instrument: str | None = None
) -> tuple[Record, tuple[Problem, ...]]:
    """The record that the items make.

    `instrument` is the one whose parties `as party` means where it names none; without it, the
    program's only instrument. A trial may give standings and make states parties. Outside trials the
    parser refuses both (F140), and nothing is made of them here.
    """
    slips = Slips()
    words, _ = read_names([Page(_page_of(items), "", (), tuple(items), ())], program, slips)
    if instrument is None and len(program.instruments) == 1:
        instrument = next(iter(program.instruments))
    return _Reader(words, program, trial, instrument).read(items, frozenset()), slips.all()


def _page_of(items: Sequence[Item]) -> str:
    return items[0].place.page if items else ""


@dataclass(slots=True)
class _Reader:
    words: Words
    program: Program
    trial: bool
    instrument: str | None

    @property
    def slips(self) -> Slips:
        return self.words.slips

    def read(self, items: Sequence[Item], disputants: frozenset[str]) -> Record:
        reader = FactReader(self.words, self.instrument)
        facts = reader.facts(items)
        known = {fact.id for _, fact in facts}
        claims = ClaimReader(self.words, self.trial)
        said = claims.claims(facts)
        closings = tuple(
            c for item in items if isinstance(item, CompleteItem) for c in self._closings(item, reader)
        )
        presumed = tuple(
            Presumption(Pattern(predicate.name, args), item.why, item.place)
            for item in items
            if isinstance(item, PresumeItem)
            for predicate, args in reader.patterns(item.atom)
        )
        tensions = tuple(
            Tension((one, two), item.why, item.place)
            for item in items
            if isinstance(item, TensionItem)
            if (one := reader.fact_id(item.first, known)) and (two := reader.fact_id(item.second, known))
        )
        made = tuple(self._as_party(items))
        actors = {code: actor.name for code, actor in self.words.actors.items()}
        return Record(
            facts=tuple(fact for _, fact in facts),
            claims=said,
            sources={**self.words.sources, **claims.implied},
            speakers=dict(self.words.speakers),
            interests=tuple(self._interests(items, reader, known)),
            disputants=disputants,
            closings=closings,
            presumptions=presumed,
            held=tuple(h for item in items if isinstance(item, HeldItem) if (h := self._held(item))),
            quantities=tuple(
                q for item in items if isinstance(item, QuantityItem) for q in self._quantity(item)
            ),
            tensions=tensions,
            given=dict(self._given(facts)),
            sorts={**self._own_actors(), **reader.sorts},
            names={**actors, **reader.names},
            may_be={one: others for one, others in reader.may_be.items() if others},
            predicates=reader.used,
            as_party=tuple((state, of) for state, role, of in made if role == "party"),
            as_role=tuple(row for row in made if row[1] != "party"),
        )

    def _own_actors(self) -> dict[str, str]:
        """The kinds of the states, groups and organs that the record itself declares."""
        pages = self.program.vocabulary.actors
        own = (actor for code, actor in self.words.actors.items() if code not in pages)
        return {actor.code: actor.sort for actor in own if actor.sort in ("State", "Group", "Organ")}

    def _given(self, facts: Iterable[tuple[FactItem, Fact]]) -> Iterable[tuple[str, StandingWord]]:
        for item, fact in facts:
            if not item.standing or not self.trial:
                continue
            predicate = self.words.predicates.get(fact.predicate)
            judgement = predicate is not None and predicate.kind == "judgement"
            if item.standing not in OF_JUDGEMENTS if judgement else item.standing == "undisputed":
                self.slips.add("F405", item.place, name=fact.id, word=item.standing, kind=_kind(judgement))
            else:
                yield fact.id, cast(StandingWord, item.standing)

    def _closings(self, item: CompleteItem, reader: FactReader) -> Iterable[Closing]:
        by = item.by.text if item.by.text == ENCODER else self.words.source(item.by)
        for predicate, args in reader.patterns(item.atom):
            if predicate.kind == "judgement":
                self.slips.add("F402", item.place, name=predicate.name)
            elif by is not None:
                yield Closing(Pattern(predicate.name, args), item.on, by, item.why, item.place)

    def _interests(self, items: Iterable[Item], reader: FactReader, known: set[str]) -> Iterable[Interest]:
        for item in items:
            if isinstance(item, GainsItem):
                who = self.words.speaker(item.who)
                fact = "*" if item.fact.text == "*" else reader.fact_id(item.fact, known)
                if who is not None and fact is not None:
                    yield Interest(who, fact, item.gains, item.ground, item.place)

    def _held(self, item: HeldItem) -> Held | None:
        home = self.words.homes.get(self.instrument or "")
        question = self.words.question(item.question, home)
        by = self.words.speaker(item.holder.by)
        source = self.words.source(item.holder.source) if item.holder.source is not None else ""
        if question is None or by is None or source is None:
            return None
        ident, answers = question
        if item.answer.text not in answers:
            self.slips.unknown("F209", item.answer.place, item.answer.text, answers)
            return None
        return Held(ident, item.answer.text, by, item.holder.on, source, item.holder.unconfirmed, item.place)

    def _quantity(self, item: QuantityItem) -> Iterable[Quantity]:
        if not self.words.declare("quantity", item.id.text, item.id.place):
            return
        values: list[Value] = []
        for line in item.lines:
            source = self.words.source(line.source)
            by = self.words.speaker(line.by) if line.by is not None else ""
            value = _number(line.value)
            if value is None:
                self.slips.add("F408", line.place, value=line.value)
            elif source is not None and by is not None:
                values.append(
                    Value(
                        value,
                        line.as_of,
                        source,
                        by or self.words.sources[source].by,
                        line.at_least,
                        line.withdrawn,
                        line.unconfirmed,
                        line.note,
                        line.place,
                    )
                )
        yield Quantity(item.id.text, item.title, item.unit, tuple(values), item.place)

    def _as_party(self, items: Iterable[Item]) -> Iterable[tuple[str, str, str]]:
        """State, role, instrument."""
        for item in items:
            if not isinstance(item, AsPartyItem) or not self.trial:
                continue
            instrument = self.instrument
            if item.instrument is not None:
                home = self.words.instrument(item.instrument)
                instrument = home.id if home is not None else None
            elif instrument is None:
                self.slips.add("F409", item.place)
            home = self.words.homes.get(instrument or "")
            role = item.role.text if item.role is not None else "party"
            if item.role is not None and home is not None and role not in home.roles:
                self.slips.unknown("F218", item.role.place, role, {"party", *home.roles})
                continue
            for name in item.states:
                state = self.words.actor(name)
                if state is not None and instrument is not None:
                    yield state, role, instrument


def _number(text: str) -> Fraction | None:
    """The exact value of decimal digits; None if it is no such number, or one too long to be a figure."""
    plain = text.strip()
    digits = plain.replace(".", "", 1).removeprefix("-")
    return Fraction(plain) if digits.isascii() and digits.isdigit() and len(plain) <= 40 else None


def _kind(judgement: bool) -> str:
    return "judgement" if judgement else "fact"
