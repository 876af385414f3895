"""Who is who: gathers every declared name of the pages before anything is read that uses one.

Words of the vocabulary, actors and values are shared by all pages; terms, norms, questions, texts and
roles of parties belong to one instrument: the page's only one, or the last above them.

>>> from foedus.lang.tree import PredicateItem
>>> grave = PredicateItem("judgement", Name("grave"), ((Name("of"), Name("Incident")),), "{of} was grave")
>>> words, _ = read_names([Page("lir.md", "Lir", (grave,), (), ())], None, Slips())
>>> words.predicates["grave"].roles
(Role(name='of', sort='Incident'),)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from foedus.diagnostics.problem import Note
from foedus.diagnostics.span import NOWHERE
from foedus.evidence.claim import Derivation, Source, Speaker
from foedus.ir.norm import Program
from foedus.ir.vocabulary import Actor
from foedus.lang.procedure_tree import ProcedureItem
from foedus.lang.slips import Slips
from foedus.lang.tree import (
    ActorItem,
    InstrumentItem,
    Item,
    Name,
    NormItem,
    Page,
    PartiesItem,
    PredicateItem,
    QuestionItem,
    RuleItem,
    SourceItem,
    SpeakerItem,
    TermItem,
    ValuesItem,
    WeightingItem,
)  # fmt: skip
from foedus.lang.words import BUILT_IN, Home, Param, Signature, Words
from foedus.terms.fact import Predicate, Role

_BRACES = re.compile(r"\{([^{}]*)\}")
HOMED = (PartiesItem, TermItem, QuestionItem, NormItem, RuleItem, WeightingItem, ProcedureItem)


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its page and the instrument to which it belongs (None before any)."""

    page: Page
    home: Home | None
    item: Item


def read_names(pages: Sequence[Page], base: Program | None, slips: Slips) -> tuple[Words, list[Placed]]:
    """All declared names, and every item of the pages with its instrument.

    Words declared twice on a page, or unlike another page's, are problems; so are unknown sorts and
    sources or speakers that nobody declared.
    """
    words = Words(slips)
    if base is not None:
        _take_base(words, base)
    items = [placed for page in pages for placed in _place_items(words, page)]
    for placed in items:
        if isinstance(placed.item, ValuesItem):
            _declare_values(words, placed.item)
    words.settle()
    for placed in items:
        if isinstance(placed.item, PredicateItem):
            _declare_predicate(words, placed.item)
    words.settle()
    for placed in items:
        _declare(words, placed)
    for page in pages:
        declare_voices(words, (*page.items, *page.records))
    return words, items


def _take_base(words: Words, base: Program) -> None:
    vocabulary = base.vocabulary
    words.predicates.update(vocabulary.predicates)
    words.actors.update(vocabulary.actors)
    words.values.update(vocabulary.values)
    words.sources.update(base.sources)
    words.speakers.update(base.speakers)
    for kind, voices in (("source", base.sources), ("speaker", base.speakers)):
        for ident, voice in voices.items():  # as the pages that declared them call them
            words.voices[kind, voice.place.page, ident.rpartition(".")[2]] = ident
    words.settle()
    for predicate in vocabulary.predicates.values():
        words.places["word", predicate.name] = predicate.place
    for instrument in base.instruments.values():
        home = words.homes[instrument.id] = Home(instrument.id, instrument.place)
        home.texts = {text.id: text.place for text in instrument.texts}
        home.roles = {life.role for life in instrument.lives} - {"party"}
        words.places["instrument", instrument.id] = instrument.place
    for norm in base.norms:
        words.homes[norm.instrument].norms[norm.id.partition(".")[2]] = norm.place
    for question in base.questions.values():
        home_id, _, local = question.id.partition(".")
        words.homes[home_id].questions[local] = tuple(answer.name for answer in question.answers)
    for weighting in base.weightings:
        home_id, _, local = weighting.partition(".")
        words.homes[home_id].weightings.add(local)
    for define in base.defines:
        home_id, _, local = define.name.partition(".")
        signatures = words.homes[home_id].signatures
        params = tuple(Param(v.name, v.sort, words.sorts.within(v.sort, "Individual")) for v in define.vars)
        if before := signatures.get(local):
            params = tuple(widen(words, one, two) for one, two in zip(before.params, params, strict=True))
        signatures[local] = Signature(define.name, params, define.place)


def widen(words: Words, one: Param, two: Param) -> Param:
    """A parameter as it stands in two texts of one term."""
    return Param(one.name, words.sorts.join(one.sort, two.sort), one.marked or two.marked)


def _place_items(words: Words, page: Page) -> list[Placed]:
    """Homes for the page's instruments, and each item with the one to which it belongs."""
    homes: list[Home] = []
    for item in page.items:
        if not isinstance(item, InstrumentItem):
            continue
        known = words.homes.get(item.id.text)
        if known is not None and known.place == item.id.place != NOWHERE:
            homes.append(known)
        elif words.declare("instrument", item.id.text, item.id.place):
            home = Home(item.id.text, item.id.place)
            for text in item.texts:
                if words.declare(f"text {home.id}", text.id.text, text.id.place):
                    home.texts[text.id.text] = text.id.place
            words.homes[home.id] = home
            homes.append(home)
    current = homes[0] if homes else None
    placed: list[Placed] = []
    for item in (*page.items, *page.records):
        if isinstance(item, InstrumentItem):
            current = words.homes.get(item.id.text, current)
        placed.append(Placed(page, current, item))
    return placed


def _declare_values(words: Words, item: ValuesItem) -> None:
    sort, names = item.sort.text, tuple(dict.fromkeys(name.text for name in item.names))
    if words.declare("values", sort, item.sort.place, same=words.values.get(sort) == names):
        for name in item.names:
            words.declare("value", name.text, name.place)
        words.values[sort] = names


def _declare_predicate(words: Words, item: PredicateItem) -> None:
    name = item.name.text
    roles: dict[str, Role] = {}
    for role, sort in item.roles:
        if role.text in roles:
            words.slips.add("F205", role.place, name=role.text, word=name)
        roles[role.text] = Role(role.text, words.sort(sort))
    for blank in dict.fromkeys(_BRACES.findall(item.gloss)):
        if blank not in roles:
            among = ", ".join(f"`{role}`" for role in roles) or "none"
            words.slips.unknown("F204", item.place, blank, roles, do=f"The roles of `{name}` are: {among}.")
    predicate = Predicate(name, item.kind, tuple(roles.values()), item.gloss, item.name.place)
    known = words.predicates.get(name)
    same = known is not None and (known.kind, known.roles, known.gloss) == (
        predicate.kind, predicate.roles, predicate.gloss,
    )  # fmt: skip
    if name in BUILT_IN:
        words.slips.add("F213", item.name.place, label="this word is built in", name=name)
    elif words.declare("word", name, item.name.place, same=same):
        words.predicates[name] = predicate


def _declare(words: Words, placed: Placed) -> None:
    item, home = placed.item, placed.home
    if isinstance(item, ActorItem):
        _declare_actor(words, item)
    if home is None:
        if isinstance(item, HOMED):
            words.slips.add("F314", item.place)
        return
    match item:
        case TermItem():
            if item.name.text in words.predicates:
                first = words.place_of("word", item.name.text)
                words.slips.add(
                    "F213",
                    item.name.place,
                    notes=(Note(first, "a word of the vocabulary"),),
                    name=item.name.text,
                )
            if _own(words, home, item.name):
                home.terms[item.name.text] = item
        case NormItem():
            if _own(words, home, item.name):
                home.norms[item.name.text] = item.name.place
        case QuestionItem():
            if _own(words, home, item.name):
                home.questions[item.name.text] = tuple(answer.text for answer, _ in item.answers)
        case RuleItem() | ProcedureItem():
            _own(words, home, item.name)
        case WeightingItem():
            if _own(words, home, item.name):
                home.weightings.add(item.name.text)
        case PartiesItem():
            home.roles |= {line.role for line in item.lines} - {"", "party"}
        case _:
            pass


def _own(words: Words, home: Home, name: Name) -> bool:
    """Terms, norms, questions, rules, weightings and procedures of one instrument share one space of names."""
    return words.declare(f"name {home.id}", name.text, name.place)


def _declare_actor(words: Words, item: ActorItem) -> None:
    code, known = item.code.text, words.actors.get(item.code.text)
    same = known is None or known.sort == item.sort
    if words.declare("actor", code, item.code.place, same=same) and known is None:
        words.actors[code] = Actor(code, item.sort, item.title or code)


def declare_voices(words: Words, items: Iterable[Item]) -> None:
    """Add the speakers and sources that the items declare. Pages may declare the same one alike; where two mean
    different ones by a name, the later page's own goes behind that page's name."""
    kept = list(items)
    folder = not any(isinstance(item, InstrumentItem) for item in kept)

    def named(kind: str, name: Name, same: bool) -> str:
        first = words.place_of(kind, name.text)
        taken = first != NOWHERE and not same and first.page != name.place.page
        return words.voice(kind, name.text, name.place.page, folder, taken)

    speakers = [item for item in kept if isinstance(item, SpeakerItem)]
    new = [item for item in speakers if item.id.text not in words.speakers]
    for item in new:
        words.speakers.setdefault(
            item.id.text, Speaker(item.id.text, "")
        )  # so that one may speak for another
    for item in speakers:
        principal = words.speaker(item.speaks_for) if item.speaks_for is not None else None
        speaker = Speaker(item.id.text, item.title or item.id.text, principal, item.place)
        known = words.speakers[item.id.text]
        same = replace(known, place=NOWHERE) == replace(speaker, place=NOWHERE)
        ident = named("speaker", item.id, same)
        if words.declare("speaker", ident, item.id.place, same=same):
            words.speakers[ident] = replace(speaker, id=ident)
    sources = [item for item in kept if isinstance(item, SourceItem)]
    fresh: list[SourceItem] = []
    for item in sources:
        source, known_source = _to_source(words, item), words.sources.get(item.id.text)
        same = known_source is not None and _unplaced(known_source) == _unplaced(source)
        ident = named("source", item.id, same)
        if words.declare("source", ident, item.id.place, same=same):
            words.sources[ident] = replace(source, id=ident)
            fresh.append(item)
    for item in fresh:
        origins = [(words.source(origin) or origin.text, how) for origin, how in item.derives]
        if origins:
            ident = words.own("source", item.id)
            derives = tuple(Derivation(origin, how, item.place) for origin, how in origins)
            words.sources[ident] = replace(words.sources[ident], derives=derives)


def _unplaced(source: Source) -> Source:
    derives = tuple(replace(origin, place=NOWHERE) for origin in source.derives)
    return replace(source, place=NOWHERE, derives=derives)


def _to_source(words: Words, item: SourceItem) -> Source:
    """A document without `by` carries its own voice: it speaks under its own id."""
    ident = item.id.text
    by = words.speaker(item.by) if item.by is not None else None
    if item.by is None:
        words.speakers.setdefault(
            ident, Speaker(ident, item.publisher or item.title or ident, None, item.place)
        )
    return Source(
        id=ident, title=item.title, by=by or ident, publisher=item.publisher, date=item.date, url=item.url,
        via=item.via, derives=tuple(Derivation(origin.text, how, item.place) for origin, how in item.derives),
        channel=item.channel or None, read=item.read, resolved=not item.unresolved,
        unconfirmed=item.unconfirmed, place=item.place,
    )  # fmt: skip
