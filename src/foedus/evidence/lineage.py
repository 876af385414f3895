"""What copies what, and who is independent of whom.

Claims belong together, and count as one source, if they stand in one document, come from one origin
(also one that is not in the record), are the word of one principal, or are known through one and the
same channel only. A *component* is what so belongs together; two components are independent.

Some claims add nothing, and so can neither add a source nor tie two sources into one:

- a *copy*: the same word on the same fact stands in a document from which this one derives;
- a *reprint*: the principal has said the same in a document of its own, which needs nobody's print;
- a *report*: it only points to somebody else's words. It is listed with the origin it names.

Were a copy allowed to tie, a press review that quotes two witnesses would make one witness of them.

A document derives from another if the dossier declares it, or if the texts at hand show it
(`record.compared`): most of its own words stand in the other. Of what texts show there is more: two
claims may stand in one copied passage, and two texts may be one without anybody knowing which was
first; these are tied. Who did the thing said, admits it, or writes the instrument for it speaks with his
own word even where he takes another's words: such a claim is tied to its origin, and not hung on it. A claim that
is quoted from words that the document shares with no other is no copy.

>>> from foedus.evidence.claim import Derivation, Source
>>> sources = {"min": Source("min", "Note", "ARV"),
...            "paper": Source("paper", "News", "PAPER", derives=(Derivation("min", "repeats it"),))}
>>> said = [Claim("a1/min/asserts", "a1", "asserts", "ARV", "min"),
...         Claim("a1/paper/asserts", "a1", "asserts", "PAPER", "paper")]
>>> [one] = components(Record(sources=sources), said)
>>> one.documents, one.principals, one.reasons
(('min', 'paper'), ('ARV',), ('min is the origin of paper: repeats it',))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.diagnostics.problem import Problem, Refused
from foedus.evidence.claim import Claim
from foedus.evidence.comparison import Comparison, Copied
from foedus.evidence.principals import performers, principal_of
from foedus.evidence.record import Record
from foedus.words.speech import Phrase, phrase

MOST_ORIGINS = 200
"""From so many documents at most one document derives: a bound for hostile pages, far above any real one."""


@dataclass(frozen=True, slots=True)
class Component:
    """Claims that count as one source.

    `claims` are all of them, copies and reports included, sorted; `witnesses` are those that add
    something; `documents` the ids of the documents in which the claims stand; `principals` those
    whose word the witnesses are (of a copied text also its origin's author); `reasons` says in
    English why each belongs to the others.
    """

    claims: tuple[Claim, ...]
    witnesses: tuple[Claim, ...]
    documents: tuple[str, ...]
    principals: tuple[str, ...]
    reasons: tuple[Phrase, ...]


def origins_of(record: Record, source_id: str) -> tuple[str, ...]:
    """Every document from which `source_id` derives, through any number of steps, nearest first.

    An origin that the record does not have is named too; a document in a circle is its own origin.
    Raises `Refused` with F424 for more than `MOST_ORIGINS`.
    """
    found: dict[str, None] = {}
    ring = [source_id]
    while ring:
        if len(found) > MOST_ORIGINS:
            values = {"name": source_id, "most": str(MOST_ORIGINS)}
            raise Refused(Problem("F424", record.sources[source_id].place, values))
        here = [d.origin for s in ring if s in record.sources for d in record.sources[s].derives]
        ring = sorted({origin for origin in here if origin not in found})
        found.update(dict.fromkeys(ring))
    return tuple(found)


def components(record: Record, claims: Iterable[Claim]) -> tuple[Component, ...]:
    """The components of `claims`, sorted by their first claim; the order given does not matter."""
    nodes = sorted(set(claims), key=_order)
    return _Joiner(record, nodes).join()


def count_documents(record: Record) -> int:
    """How many documents carry a claim."""
    return len({claim.source for claim in record.claims})


def count_sources(record: Record) -> int:
    """How many independent sources these documents are.

    Here documents are joined, over all facts at once: a document speaks for the principal whose word
    it carries, or, if it carries the words of several, for its own author. A document that only
    reports somebody's words is no source beside them.
    """
    return len(components(record, _one_word_each(record)))


def _one_word_each(record: Record) -> tuple[Claim, ...]:
    """One claim per document, all on one fact: so that documents are joined as claims are."""
    per: dict[str, list[Claim]] = {}
    for claim in sorted(record.claims, key=_order):
        per.setdefault(claim.source, []).append(claim)
    stand_ins: list[Claim] = []
    for source_id, carried in per.items():
        spoken = [claim for claim in carried if claim.verb != "reports"]
        by = sorted({principal_of(record, claim.by) for claim in spoken})
        source = record.sources.get(source_id)
        author = source.by if source else source_id
        if spoken:
            stand_ins.append(Claim(source_id, "", "asserts", by[0] if len(by) == 1 else author, source_id))
        else:
            of = next((claim.of for claim in carried if claim.of), None)
            stand_ins.append(Claim(source_id, "", "reports", author, source_id, of=of))
    return tuple(stand_ins)


def _order(claim: Claim) -> tuple[str, ...]:
    return claim.id, claim.source, claim.by, repr(claim)  # the last only so that equal ids have an order


def _end(leaves: dict[int, tuple[int, Phrase]], n: int) -> int:
    """What a claim hangs on in the end; itself if on nothing."""
    while n in leaves:
        n = leaves[n][0]
    return n


class _Joiner:
    """Joins the nodes of one call: first what adds nothing is hung on what it repeats, then the rest."""

    def __init__(self, record: Record, nodes: list[Claim]) -> None:
        self.record = record
        self.nodes = nodes
        self.shown = record.compared or Comparison()
        sources = {claim.source for claim in nodes}
        self.declared = {source: origins_of(record, source) for source in sources}
        self.above = {source: self.origins(source) for source in sources}
        self.parent = list(range(len(nodes)))
        self.reasons: dict[int, list[Phrase]] = {}
        self.at_source: dict[tuple[str, str, str], int] = {}
        self.verbs_at: dict[tuple[str, str], set[str]] = {}
        self.own: dict[tuple[str, str, str], int] = {}
        for n, claim in enumerate(nodes):
            if claim.verb == "reports":
                continue
            self.at_source.setdefault((claim.fact, claim.verb, claim.source), n)
            self.verbs_at.setdefault((claim.fact, claim.source), set()).add(claim.verb)
            if self.is_own(claim):
                key = claim.fact, claim.verb, principal_of(record, claim.by)
                self.own.setdefault(key, n)

    def join(self) -> tuple[Component, ...]:
        leaves: dict[int, tuple[int, Phrase]] = {}
        for n, claim in enumerate(self.nodes):
            hung = self.repeats(claim)
            if hung is not None:
                leaves[n] = hung
        tied = self.hang_passages(leaves)
        witnesses = [n for n, c in enumerate(self.nodes) if n not in leaves and c.verb != "reports"]
        self.tie(witnesses)
        self.tie_texts(witnesses)
        for first, second, why in tied:
            self.unite(first, second, why)
        for n, (onto, why) in leaves.items():
            self.unite(onto, n, why)
        self.hang_reports(witnesses)
        return self.collect(set(witnesses))

    def origins(self, source: str) -> tuple[str, ...]:
        """Every document from which one derives: declared ones first, then those that the texts show."""
        shown: dict[str, list[str]] = {}
        for one in sorted(self.shown.copied, key=lambda one: (one.through, one.first)):
            if one.whole and one.by:
                shown.setdefault(one.second, []).append(one.first)
        found = dict.fromkeys(self.declared[source])
        ring = [source, *found] if shown else []
        while ring:
            at = ring.pop(0)
            further = [d.origin for d in self.record.sources[at].derives] if at in self.record.sources else []
            fresh = dict.fromkeys(o for o in (*further, *shown.get(at, ())) if o not in found)
            found.update(fresh)
            ring += fresh
        return tuple(found)

    def origins_for(self, claim: Claim) -> tuple[str, ...]:
        """The documents from which a claim is derived: its document's, but that words of its own have none that
        only the texts show."""
        return (self.declared if claim.id in self.shown.own else self.above)[claim.source]

    def is_word_of_its_own(self, claim: Claim) -> bool:
        """Whether it counts as its speaker's own word, from wherever he has the text of it."""
        if claim.authentic or claim.against_interest:
            return True
        fact = next((fact for fact in self.record.facts if fact.id == claim.fact), None)
        if fact is None or fact.predicate not in self.record.predicates:
            return False
        return principal_of(self.record, claim.by) in performers(self.record, fact.predicate, fact.args)

    def is_own(self, claim: Claim) -> bool:
        """Whether the principal speaks here in a document of its own, known without anybody's help."""
        source = self.record.sources.get(claim.source)
        if source is None or self.origins_for(claim) or source.channel:
            return False
        return principal_of(self.record, source.by) == principal_of(self.record, claim.by)

    def voices(self, claim: Claim, origins: Iterable[str] | None = None) -> tuple[str, ...]:
        """The principals whose word the claim is: its speaker's, and the authors' of what it copies (`origins`,
        where they are given).

        The author of an origin that itself says something else of the fact is not among them.
        """
        authors = [
            self.record.sources[origin].by
            for origin in (self.origins_for(claim) if origins is None else origins)
            if origin in self.record.sources
            and not self.verbs_at.get((claim.fact, origin), set()) - {claim.verb}
        ]
        return tuple(dict.fromkeys(principal_of(self.record, by) for by in (claim.by, *authors)))

    def repeats(self, claim: Claim) -> tuple[int, Phrase] | None:
        """The claim that this one merely repeats, with the reason; None if it adds something."""
        if claim.verb == "reports":
            return None
        for origin in self.origins_for(claim):
            n = self.at_source.get((claim.fact, claim.verb, origin))
            if n is None or claim.source in self.above[origin]:
                continue
            if origin in self.declared[claim.source] or not self.is_word_of_its_own(claim):
                return n, self.path(origin, claim.source)
        if not (self.is_own(claim) or claim.authentic or claim.against_interest):
            own = self.is_word_of_its_own(claim)
            for voice in self.voices(claim, self.declared[claim.source] if own else None):
                n = self.own.get((claim.fact, claim.verb, voice))
                if n is not None:
                    return (
                        n,
                        phrase(
                            "{document} carries the word of {speaker}, who says it in {own}",
                            document=claim.source,
                            speaker=voice,
                            own=self.nodes[n].source,
                        ),
                    )
        return None

    def path(self, origin: str, copy: str) -> Phrase:
        """Why `origin` counts as the origin of `copy`, with how the writer says so."""
        source = self.record.sources.get(copy)
        for derivation in source.derives if source else ():
            if derivation.origin == origin:
                if not derivation.how:
                    return phrase("{origin} is the origin of {copy}", origin=origin, copy=copy)
                return phrase(
                    "{origin} is the origin of {copy}: {how}", origin=origin, copy=copy, how=derivation.how
                )
        shown = self.texts_of(origin, copy)
        if shown is not None and shown.by:
            return shown.why
        return phrase("{origin} is the origin of {copy}, through another document", origin=origin, copy=copy)

    def texts_of(self, first: str, second: str) -> Copied | None:
        """What the texts of two documents have in common; None if nothing that counts."""
        both = {first, second}
        return next((one for one in self.shown.copied if {one.first, one.second} == both), None)

    def hang_passages(self, leaves: dict[int, tuple[int, Phrase]]) -> list[tuple[int, int, Phrase]]:
        """Hangs claims on those from whose passage they are copied; what is only to be tied is returned."""
        at = {claim.id: n for n, claim in enumerate(self.nodes) if claim.verb != "reports"}
        tied: list[tuple[int, int, Phrase]] = []
        for tie in sorted(self.shown.ties, key=lambda tie: (tie.first, tie.second)):
            first, copy = at.get(tie.first), at.get(tie.second)
            if first is None or copy is None or self.nodes[first].fact != self.nodes[copy].fact:
                continue
            end = _end(leaves, first)
            hangs = tie.directed and self.nodes[first].verb == self.nodes[copy].verb and end != copy
            if hangs and copy not in leaves and not self.is_word_of_its_own(self.nodes[copy]):
                leaves[copy] = first, tie.why
            else:
                tied.append((first, copy, tie.why))
        ends = [(_end(leaves, a), _end(leaves, b), b, why) for a, b, why in tied]
        return [(first, b, why) for first, last, b, why in ends if b not in leaves or first == last]

    def tie_texts(self, witnesses: list[int]) -> None:
        """Joins documents that are one text, where nobody knows which was first."""
        said: dict[str, list[int]] = {}
        for n in witnesses:
            if self.nodes[n].id not in self.shown.own:
                said.setdefault(self.nodes[n].source, []).append(n)
        for one in sorted(self.shown.copied, key=lambda one: (one.first, one.second)):
            if one.whole and not one.by and one.first in said and one.second in said:
                for n in said[one.second]:
                    self.unite(said[one.first][0], n, one.why)

    def tie(self, witnesses: list[int]) -> None:
        """Joins whatever shares a document, an origin, a principal or a channel."""
        shared: dict[tuple[str, str], list[int]] = {}
        for n in witnesses:
            claim = self.nodes[n]
            source = self.record.sources.get(claim.source)
            keys = [("document", claim.source), *(("document", o) for o in self.origins_for(claim))]
            keys += [("principal", voice) for voice in self.voices(claim)]
            if source and source.channel:
                keys.append(("channel", source.channel))
            for key in dict.fromkeys(keys):
                shared.setdefault(key, []).append(n)
        for (kind, name), members in sorted(shared.items()):
            for n in members[1:]:
                self.unite(members[0], n, self.tied_by(kind, name, self.nodes[members[0]], self.nodes[n]))

    def tied_by(self, kind: str, name: str, first: Claim, second: Claim) -> Phrase | None:
        """Why two words count as one source; None where it is seen at once."""
        a, b = first.source, second.source
        same, named = a == b, {"a": a, "b": b, "name": name}
        if kind == "channel" and same:
            return phrase("what stands in {a} is known only through {name}", a=a, name=name)
        if kind == "channel":
            return phrase("{a} and {b} are known only through {name}", **named)
        if kind == "principal":
            return None if same else phrase("{a} and {b} both speak for {name}", **named)
        if name in (a, b):
            return phrase("two words stand in {a}", a=a) if same else self.path(name, b if name == a else a)
        if same:
            return None
        if name in self.record.sources:
            return phrase("{a} and {b} are derived from {name}", **named)
        return phrase("{a} and {b} are derived from {name}, which is not in the record", **named)

    def hang_reports(self, witnesses: list[int]) -> None:
        """Hangs each report on the origin it names; reports of an absent origin join one another."""
        speaking: dict[tuple[str, str, str], int] = {}
        for n in witnesses:
            claim = self.nodes[n]
            for document in (claim.source, *self.origins_for(claim)):
                speaking.setdefault((claim.fact, "document", document), n)
            for voice in self.voices(claim):
                speaking.setdefault((claim.fact, "principal", voice), n)
        for n, claim in enumerate(self.nodes):
            if claim.verb == "reports":
                kind, named = self.named_by(claim)
                why = (
                    phrase("{document} only reports the words of {name}", document=claim.source, name=named)
                    if named != claim.source
                    else None
                )
                self.unite(speaking.setdefault((claim.fact, kind, named), n), n, why)

    def named_by(self, report: Claim) -> tuple[str, str]:
        """The origin to which a report points: a document or a principal; its own document if none."""
        named = report.of or next(iter(self.above[report.source]), report.source)
        if named in self.record.speakers or (report.of and named not in self.record.sources):
            return "principal", principal_of(self.record, named)
        return "document", named

    def root(self, n: int) -> int:
        while self.parent[n] != n:
            self.parent[n] = self.parent[self.parent[n]]
            n = self.parent[n]
        return n

    def unite(self, first: int, second: int, why: Phrase | None) -> None:
        if why:
            self.reasons.setdefault(second, []).append(why)
        self.parent[self.root(second)] = self.root(first)

    def collect(self, witnesses: set[int]) -> tuple[Component, ...]:
        groups: dict[int, list[int]] = {}
        for n in range(len(self.nodes)):
            groups.setdefault(self.root(n), []).append(n)
        made = [self.component(members, witnesses) for members in groups.values()]
        return tuple(sorted(made, key=lambda c: _order(c.claims[0])))

    def component(self, members: list[int], witnesses: set[int]) -> Component:
        here = [self.nodes[n] for n in members]
        adding = [self.nodes[n] for n in members if n in witnesses]
        reasons = dict.fromkeys(why for n in members for why in self.reasons.get(n, ()))
        voices = {voice for claim in adding for voice in self.voices(claim)}
        documents = sorted({claim.source for claim in here})
        return Component(tuple(here), tuple(adding), tuple(documents), tuple(sorted(voices)), tuple(reasons))
