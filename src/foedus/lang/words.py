"""The words that a reader of pages knows: what each name stands for, and where it was declared.

`Words` is what `names` fills from the pages; the stages after it only look things up, and every
failed look-up is a problem with the nearest known spelling.

>>> words = Words(Slips())
>>> words.actor_sort("KAZ"), words.actor_sort("XYZ")
('State', None)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from foedus.diagnostics.problem import Note
from foedus.diagnostics.span import NOWHERE, Place
from foedus.evidence.claim import Source, Speaker
from foedus.ir.vocabulary import Actor
from foedus.lang.slips import Slips
from foedus.lang.sorts import Sorts
from foedus.lang.tree import Name, TermItem
from foedus.terms.fact import Predicate, Role
from foedus.terms.states import STATES, nearest

BUILT_IN: Mapping[str, Predicate] = {
    "state": Predicate("state", "role", (Role("of", "Actor"),), "{of} was a state"),
    "group": Predicate("group", "role", (Role("of", "Actor"),), "{of} was a group"),
    "organ": Predicate("organ", "role", (Role("of", "Actor"),), "{of} was an organ"),
    "party": Predicate(
        "party", "status", (Role("who", "Actor"), Role("to", "Instrument")), "{who} was a party to {to}"
    ),
}
"""Words that need no declaration. `decided(O)` is a shorthand and not among them."""

_OF_ALL = (
    "`every member p: agrees(by: p, to: m)`, or, where only an objection stops it, "
    "`no member p: objects(by: p, to: m)`"
)
_OF_HALF = (
    "`more than 1/2 of member p: vote(p, m)`, or, of those who voted, "
    "`more than 1/2 of member p who (vote(p, m) or objects(p, m)): vote(p, m)`"
)
SHARED_OUT: Mapping[str, str] = {
    "unanimity": _OF_ALL, "unanimous": _OF_ALL, "unanimously": _OF_ALL, "consensus": _OF_ALL,
    "majority": _OF_HALF, "simple_majority": _OF_HALF, "absolute_majority": _OF_HALF,
    "veto": "`no member p: objects(by: p, to: m)`, or the role whose veto it is in the place of `member`",
}  # fmt: skip
"""Words of statutes that leave open of whom they speak, and what says it."""

_CODE = re.compile(r"[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*")


def is_code(text: str) -> bool:
    """Whether a written word names an actor (`KAZ`, `UNSC`) by its shape."""
    return _CODE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Param:
    """A term's parameter; `marked`: its sort comes from an `as`, so it names an individual."""

    name: str
    sort: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """How a term is used: its full name and parameters."""

    name: str
    params: tuple[Param, ...]
    place: Place = NOWHERE


@dataclass(slots=True)
class Home:
    """What one instrument calls by short names. `questions` maps a name to its answers."""

    id: str
    place: Place = NOWHERE
    texts: dict[str, Place] = field(default_factory=dict[str, Place])
    roles: set[str] = field(default_factory=set[str])
    terms: dict[str, TermItem] = field(default_factory=dict[str, TermItem])
    norms: dict[str, Place] = field(default_factory=dict[str, Place])
    questions: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    signatures: dict[str, Signature] = field(default_factory=dict[str, Signature])
    weightings: set[str] = field(default_factory=set[str])
    places: dict[str, Place] = field(default_factory=dict[str, Place])


@dataclass(slots=True)
class Words:
    """Everything declared in the pages read so far."""

    slips: Slips
    predicates: dict[str, Predicate] = field(default_factory=dict[str, Predicate])
    actors: dict[str, Actor] = field(default_factory=dict[str, Actor])
    values: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    homes: dict[str, Home] = field(default_factory=dict[str, Home])
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    speakers: dict[str, Speaker] = field(default_factory=dict[str, Speaker])
    places: dict[tuple[str, str], Place] = field(default_factory=dict[tuple[str, str], Place])
    voices: dict[tuple[str, str, str], str] = field(default_factory=dict[tuple[str, str, str], str])
    sorts: Sorts = field(default_factory=lambda: Sorts.of({}, ()))

    def settle(self) -> None:
        """Fix the order of sorts once all declarations are in."""
        self.sorts = Sorts.of(self.predicates, [*self.values, "Instrument"])

    def place_of(self, kind: str, name: str) -> Place:
        """Where a name was declared; NOWHERE for what is built in or came compiled."""
        return self.places.get((kind, name), NOWHERE)

    # ---- names of things ----

    def value_sort(self, name: str) -> str | None:
        """The enumerated sort that a value belongs to."""
        return next((sort for sort, names in self.values.items() if name in names), None)

    def is_variable(self, name: Name) -> bool:
        """Whether a word in a formula is a variable: lower case, plain, and no declared value."""
        text = name.text
        plain = text != "_" and "." not in text and not is_code(text)
        return plain and self.value_sort(text) is None

    def actor_sort(self, code: str) -> str | None:
        """State, Group or Organ; Actor for a declared speaker; None if the code is unknown."""
        actor = self.actors.get(code)
        if actor is not None:
            return actor.sort
        return "State" if code in STATES else "Actor" if code in self.speakers else None

    def actor(self, name: Name) -> str | None:
        """The code, if it is known; else the problem F202."""
        if self.actor_sort(name.text) is not None:
            return name.text
        near = nearest(name.text)
        among = {*self.actors, near} if near else set(self.actors)
        self.slips.unknown("F202", name.place, name.text, among)
        return None

    def speaker(self, name: Name) -> str | None:
        """Someone who can speak: a declared speaker, a state, a group, an organ; else F212."""
        text = self.own("speaker", name)
        if text in self.speakers or self.actor_sort(text) is not None:
            return text
        near = nearest(text)
        self.slips.unknown(
            "F212", name.place, text, {*self.speakers, *self.actors, *({near} if near else ())}
        )
        return None

    def source(self, name: Name) -> str | None:
        """A declared source; else F211."""
        ident = self.own("source", name)
        if ident in self.sources:
            return ident
        self.slips.unknown("F211", name.place, name.text, self.sources)
        return None

    def own(self, kind: str, name: Name) -> str:
        """The id of a source or speaker as the page that names it means it: its own, its dossier's, or the only
        one of that name. Two pages may each call a source `wiki`."""
        page = name.place.page
        for where in (page, page.rpartition("/")[0] + "/"):
            if found := self.voices.get((kind, where, name.text)):
                return found
        return name.text

    def voice(self, kind: str, ident: str, page: str, whole_folder: bool, taken: bool) -> str:
        """Registers a source or speaker of a page; its id, behind the page's name where another page has `taken`
        the plain one for something else."""
        stem = page.rpartition("/")[2].removesuffix(".md")
        known = f"{stem}.{ident}" if taken else ident
        self.voices[kind, page, ident] = known
        if whole_folder:
            self.voices[kind, page.rpartition("/")[0] + "/", ident] = known
        return known

    def sort(self, name: Name, default: str = "Thing") -> str:
        """A sort by its name; else F218."""
        if name.text in self.sorts.parents:
            return name.text
        self.slips.unknown("F218", name.place, name.text, self.sorts.parents)
        return default

    # ---- names inside instruments ----

    def instrument(self, name: Name) -> Home | None:
        """An instrument by its id; else F217."""
        home = self.homes.get(name.text)
        if home is None:
            self.slips.unknown("F217", name.place, name.text, self.homes)
        return home

    def _split(self, name: Name, home: Home | None) -> tuple[Home | None, str]:
        if "." not in name.text:
            return home, name.text
        instrument, _, local = name.text.partition(".")
        return self.instrument(Name(instrument, name.place)), local

    def norm(self, name: Name, home: Home | None) -> str | None:
        """A norm's id from `assist` or `cst.assist`; else F207."""
        place, local = self._split(name, home)
        if place is None:
            if "." not in name.text:
                self.slips.unknown(
                    "F207",
                    name.place,
                    name.text,
                    [f"{h.id}.{n}" for h in self.homes.values() for n in h.norms],
                )
            return None
        if local in place.norms:
            return f"{place.id}.{local}"
        self.slips.unknown("F207", name.place, local, place.norms)
        return None

    def question(self, name: Name, home: Home | None) -> tuple[str, tuple[str, ...]] | None:
        """A question's id and answers; else F208."""
        place, local = self._split(name, home)
        if place is None:
            if "." not in name.text:
                self.slips.unknown(
                    "F208",
                    name.place,
                    name.text,
                    [f"{h.id}.{q}" for h in self.homes.values() for q in h.questions],
                )
            return None
        if local in place.questions:
            return f"{place.id}.{local}", place.questions[local]
        self.slips.unknown("F208", name.place, local, place.questions)
        return None

    def weighting(self, name: Name, home: Home | None) -> str | None:
        """A weighting's id from `population` or `eu.population`; else F638."""
        place, local = self._split(name, home)
        if place is not None and local in place.weightings:
            return f"{place.id}.{local}"
        if place is not None:
            self.slips.unknown("F638", name.place, local, place.weightings)
        return None

    def text(self, name: Name | None, home: Home) -> str | None:
        """The text a clause is tagged with, None for all; an unknown one is F210."""
        if name is None:
            return None
        if name.text not in home.texts:
            self.slips.unknown("F210", name.place, name.text, home.texts)
        return name.text

    def term(self, name: Name, home: Home | None) -> tuple[Home, str] | None:
        """The instrument and local name of a term, or None if it is not one (no problem noted)."""
        if "." in name.text:
            instrument, _, local = name.text.partition(".")
            found = self.homes.get(instrument)
        else:
            found, local = home, name.text
        if found is not None and (local in found.terms or local in found.signatures):
            return found, local
        return None

    def predicate(self, name: Name, home: Home | None) -> Predicate | None:
        """A word of the vocabulary or a built-in one; else F201 with the nearest word or term."""
        text = name.text
        found = self.predicates.get(text) or BUILT_IN.get(text)
        if found is None and home is not None and text in home.roles:
            found = Predicate(text, "status", BUILT_IN["party"].roles, "{who} was " + text + " under {to}")
        if found is None and text in SHARED_OUT:
            self.slips.add("F622", name.place, name=text, instead=SHARED_OUT[text])
            return None
        if found is None:
            own = [*home.terms, *home.signatures, *home.roles] if home else []
            terms = [f"{h.id}.{t}" for h in self.homes.values() for t in (*h.terms, *h.signatures)]
            self.slips.unknown(
                "F201", name.place, text, [*self.predicates, *BUILT_IN, "decided", *own, *terms]
            )
        return found

    def declare(self, kind: str, name: str, place: Place, same: bool = False) -> bool:
        """Remember where a name is declared; a second time on a page (or unlike the first) is F213
        or, for shared words, F215. True if the name was new."""
        first = self.places.get((kind, name))
        if first is None:
            self.places[kind, name] = place
            return True
        if first == place != NOWHERE:  # the same page, read again on top of its own program
            return kind not in ("instrument", "word")
        if first.page == place.page or not same:
            shared = kind in ("word", "actor", "values", "speaker", "source") and first.page != place.page
            code = "F215" if shared else "F213"
            self.slips.add(code, place, notes=(Note(first, "declared here first"),), name=name)
        return False
