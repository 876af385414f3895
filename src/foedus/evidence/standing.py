"""What the claims together make of a fact: the table of standings, first line that fits.

Facts (incidents, acts, roles, status, speech) are weighed by `stand`; judgements have no standing as
facts, and `judge` only says whether anybody objects. Both answer with a `Standing`, which names its
line of the table, what it rests on, and what would change it.

*established* needs that nobody denies or doubts, and one of: the authentic instrument for what it
constitutes; of an act, the word of every person who did it, that they did it; two independent
components, at least one of which gains nothing by it (see `foedus.evidence.interest`); an admission
against interest and one more independent component. *refuted* is the same for the denial. Numbers
never outvote, and a document that copies another changes no word.

>>> from foedus.evidence.claim import Claim, Source
>>> from foedus.terms.fact import Predicate, Role
>>> record = Record(
...     facts=(Fact("a1", "force", (None, "ARV")),),
...     claims=(Claim("a1/note/asserts", "a1", "asserts", "ARV", "note"),),
...     sources={"note": Source("note", "Note", "ARV")},
...     disputants=frozenset({"ARV"}),
...     predicates={
...         "force": Predicate("force", "incident", (Role("author", "Actor"), Role("victim", "State"))),
...     },
... )
>>> standing = stand(record)["a1"]
>>> standing.word, standing.documents, standing.sources
('asserted', 1, 1)
>>> standing.would_change[0]
'a second independent source that does not gain by it would establish it'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from foedus.evidence.claim import Claim, Verb
from foedus.evidence.closings import Closings, close, is_judgement
from foedus.evidence.interest import disinterested
from foedus.evidence.known import said_by, witnessing
from foedus.evidence.lineage import Component, components
from foedus.evidence.principals import performers, principal_of
from foedus.evidence.record import Closing, Presumption, Record, StandingWord
from foedus.terms.fact import Fact
from foedus.words.speech import Phrase, phrase

RULES: Mapping[str, Phrase] = {
    "given": phrase("the trial stipulates it"),
    "unknown": phrase("nobody with a resolved source asserts, denies or doubts it"),
    "inconsistent": phrase("one and the same principal asserts and denies it, and nobody else takes a side"),
    "contested": phrase("it is asserted and denied by independent sources"),
    "contested-dependent": phrase("different principals assert and deny it, though not through independent sources"),
    "disputed": phrase("it is asserted, and doubted but not denied"),
    "doubted": phrase("it is doubted, and nobody asserts or denies it"),
    "established-instrument": phrase("the authentic instrument for it says so, and nobody denies or doubts it"),
    "established-own-word": phrase("whoever did it says so, and nobody denies or doubts it"),
    "established-two": phrase("two independent sources assert it, at least one of which gains nothing by it"),
    "established-admission": phrase("one source admits it against its interest, and an independent one asserts it"),
    "refuted-instrument": phrase("the authentic instrument denies it, and nobody asserts or doubts it"),
    "refuted-own-word": phrase("whoever is said to have done it denies it, and nobody asserts or doubts it"),
    "refuted-two": phrase("two independent sources deny it, at least one of which gains nothing by it"),
    "refuted-admission": phrase("one source denies it against its interest, and an independent one denies it too"),
    "refuted-closing": phrase("nobody asserts it, and the dossier is declared complete for it"),
    "refuted-wider": phrase("nobody asserts it, and a fact that says more is refuted"),
    "refuted-presumption": phrase("nobody asserts it, and it is presumed not to be so until somebody does"),
    "asserted": phrase("it is asserted, and nobody denies or doubts it, but nothing yet establishes it"),
    "denied": phrase("it is denied and not asserted, but nothing yet refutes it"),
    "undisputed": phrase("it is asserted, and nobody denies or doubts it; whoever the article names settles it"),
    "judged-differently": phrase("it is asserted, and denied or doubted; whoever the article names settles it"),
    "judgement-denied": phrase("it is denied, and nobody asserts it; whoever the article names settles it"),
    "judgement-unknown": phrase("nobody asserts or denies it"),
}  # fmt: skip
"""Each line of the tables of standing, in words."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one fact or judgement stands, and why.

    `rule` is a key of `RULES`. `claims` holds all claims by verb, copies and reports included.
    `components` are all of what was said, joined; `supporting` those in which somebody asserts it,
    `opposing` those in which somebody denies or doubts it. `documents` and `sources` count what
    carries an assertion, denial or doubt. `closing`, `presumption` and `refuted_by` (a fact's id)
    say on what else the word rests.
    """

    fact: str
    word: StandingWord
    rule: str
    claims: Mapping[Verb, tuple[Claim, ...]] = field(default_factory=dict[Verb, tuple[Claim, ...]])
    components: tuple[Component, ...] = ()
    supporting: tuple[Component, ...] = ()
    opposing: tuple[Component, ...] = ()
    documents: int = 0
    sources: int = 0
    would_change: tuple[Phrase, ...] = ()
    closing: Closing | None = None
    presumption: Presumption | None = None
    refuted_by: str | None = None

    @property
    def why(self) -> Phrase:
        """The line of the table, in words."""
        return RULES[self.rule]


def weigh(record: Record, known_by: date | None = None) -> dict[str, Standing]:
    """The standing of every fact and judgement of the record, by id, in the record's order."""
    found = {**stand(record, known_by), **judge(record, known_by)}
    return {fact.id: found[fact.id] for fact in record.facts}


def stand(record: Record, known_by: date | None = None) -> dict[str, Standing]:
    """The standing of every incident, act, role, status and speech, by id.

    `known_by` leaves out what had not been said by that day (included). Raises ValueError for a fact
    whose predicate the record does not have, since nobody can say then by which table it is weighed.
    """
    heard = _hear(record, known_by)
    facts = [fact for fact in record.facts if not is_judgement(record, fact.predicate)]
    found = {fact.id: _of_fact(record, fact, heard.get(fact.id, _NOTHING)) for fact in facts}
    closings = close(record, {f: s.word for f, s in found.items()}, known_by)
    return {fact.id: _closed(record, fact, found[fact.id], closings) for fact in facts}


def judge(record: Record, known_by: date | None = None) -> dict[str, Standing]:
    """How every judgement stands, by id; never established, never refuted (unless a trial says so).

    *undisputed*: asserted, and nobody denies or doubts it. *disputed*: asserted, and somebody does.
    *denied*: denied, and nobody asserts it. *unknown*: nobody asserts or denies it (a mere doubt of
    what nobody says disputes nothing). All four are open.
    """
    heard = _hear(record, known_by)
    return {
        fact.id: _of_judgement(record, fact, heard.get(fact.id, _NOTHING))
        for fact in record.facts
        if is_judgement(record, fact.predicate)
    }


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was said of one fact: `words` are its witnessing claims, `rest` reports and unresolved ones."""

    words: tuple[Claim, ...] = ()
    rest: tuple[Claim, ...] = ()


_NOTHING = _Heard()


def _hear(record: Record, known_by: date | None) -> dict[str, _Heard]:
    for fact in record.facts:
        if fact.predicate not in record.predicates:
            raise ValueError(f"the record has no predicate {fact.predicate!r} for the fact {fact.id!r}")
    witnesses = set(witnessing(record, known_by))
    words: dict[str, list[Claim]] = {}
    rest: dict[str, list[Claim]] = {}
    for claim in sorted(said_by(record, known_by), key=lambda c: (c.id, repr(c))):
        (words if claim in witnesses else rest).setdefault(claim.fact, []).append(claim)
    return {
        fact: _Heard(tuple(words.get(fact, ())), tuple(rest.get(fact, ())))
        for fact in words.keys() | rest.keys()
    }


@dataclass(frozen=True, slots=True)
class _Case:
    """One fact with what was said of it, ready for the table."""

    record: Record
    fact: Fact
    joined: tuple[Component, ...]

    def having(self, *verbs: Verb) -> tuple[Component, ...]:
        return tuple(c for c in self.joined if any(w.verb in verbs for w in c.witnesses))

    def saying(self, verb: Verb) -> tuple[Claim, ...]:
        return tuple(w for c in self.joined for w in c.witnesses if w.verb == verb)

    def speakers(self, *verbs: Verb) -> set[str]:
        return {principal_of(self.record, w.by) for verb in verbs for w in self.saying(verb)}

    @property
    def performing(self) -> frozenset[str]:
        return performers(self.record, self.fact.predicate, self.fact.args)

    def has_disinterested(self, verb: Verb) -> bool:
        return any(disinterested(self.record, c, self.fact.id, self.performing) for c in self.having(verb))

    def both(self) -> bool:
        """Whether somebody asserts and somebody denies it."""
        return bool(self.saying("asserts") and self.saying("denies"))

    def apart(self) -> bool:
        """Whether an assertion and a denial stand in different components."""
        asserting, denying = self.having("asserts"), self.having("denies")
        one = len(asserting) == len(denying) == 1 and asserting[0] is denying[0]
        return bool(asserting and denying) and not one

    def fixed_by(self, verb: Verb) -> str:
        """By which line the word of this verb, which nobody opposes, fixes the fact; empty if by none."""
        said, found = self.saying(verb), self.having(verb)
        if any(claim.authentic for claim in said):
            return "instrument"
        if self.performing and self.performing <= self.speakers(verb):
            return "own-word"
        if len(found) > 1 and self.has_disinterested(verb):
            return "two"
        if len(found) > 1 and any(claim.against_interest for claim in said):
            return "admission"
        return ""


_Line = tuple[StandingWord, str, Callable[[_Case], bool]]

_TABLE: tuple[_Line, ...] = (
    ("unknown", "unknown", lambda c: not c.having("asserts", "denies", "disputes")),
    ("contested", "contested", lambda c: c.apart()),
    ("inconsistent", "inconsistent",
     lambda c: c.both() and len(c.speakers("asserts", "denies")) == 1),
    ("contested", "contested-dependent", lambda c: c.both()),
    ("disputed", "disputed", lambda c: bool(c.saying("asserts") and c.saying("disputes"))),
    ("disputed", "doubted", lambda c: not c.saying("asserts") and not c.saying("denies")),
    ("denied", "denied", lambda c: bool(c.saying("denies") and c.saying("disputes"))),
    ("established", "established-instrument", lambda c: c.fixed_by("asserts") == "instrument"),
    ("established", "established-own-word", lambda c: c.fixed_by("asserts") == "own-word"),
    ("established", "established-two", lambda c: c.fixed_by("asserts") == "two"),
    ("established", "established-admission", lambda c: c.fixed_by("asserts") == "admission"),
    ("refuted", "refuted-instrument", lambda c: c.fixed_by("denies") == "instrument"),
    ("refuted", "refuted-own-word", lambda c: c.fixed_by("denies") == "own-word"),
    ("refuted", "refuted-two", lambda c: c.fixed_by("denies") == "two"),
    ("refuted", "refuted-admission", lambda c: c.fixed_by("denies") == "admission"),
    ("asserted", "asserted", lambda c: bool(c.saying("asserts"))),
    ("denied", "denied", lambda c: bool(c.saying("denies"))),
)  # fmt: skip
"""First that fits. *contested* may stand before *inconsistent*: one principal is one component, so
the two never fit together."""


def _of_fact(record: Record, fact: Fact, heard: _Heard) -> Standing:
    case = _Case(record, fact, components(record, (*heard.words, *_reports(heard))))
    if fact.id in record.given:
        return _standing(case, heard, record.given[fact.id], "given", ())
    word, rule, _ = next(line for line in _TABLE if line[2](case))
    return _standing(case, heard, word, rule, _would_change(case, word, rule))


def _of_judgement(record: Record, fact: Fact, heard: _Heard) -> Standing:
    case = _Case(record, fact, components(record, (*heard.words, *_reports(heard))))
    if fact.id in record.given:
        return _standing(case, heard, record.given[fact.id], "given", ())
    finder = phrase("a finding by whoever the article names would settle it")
    if case.saying("asserts"):
        if case.saying("denies") or case.saying("disputes"):
            return _standing(case, heard, "disputed", "judged-differently", (finder,))
        return _standing(
            case,
            heard,
            "undisputed",
            "undisputed",
            (finder, phrase("a denial or doubt by anyone would make it disputed")),
        )
    word, rule = ("denied", "judgement-denied") if case.saying("denies") else ("unknown", "judgement-unknown")
    return _standing(case, heard, word, rule, (finder,))


def _reports(heard: _Heard) -> tuple[Claim, ...]:
    return tuple(claim for claim in heard.rest if claim.verb == "reports")


def _standing(
    case: _Case, heard: _Heard, word: StandingWord, rule: str, would_change: tuple[Phrase, ...]
) -> Standing:
    claims: dict[Verb, tuple[Claim, ...]] = {}
    for claim in (*heard.words, *heard.rest):
        claims[claim.verb] = (*claims.get(claim.verb, ()), claim)
    return Standing(
        case.fact.id, word, rule, claims, case.joined,
        supporting=case.having("asserts"),
        opposing=case.having("denies", "disputes"),
        documents=len({claim.source for claim in heard.words}),
        sources=len(case.having("asserts", "denies", "disputes")),
        would_change=would_change,
    )  # fmt: skip


def _closed(record: Record, fact: Fact, found: Standing, closings: Closings) -> Standing:
    """The standing once closings and presumptions are applied to what nobody asserts."""
    if found.rule == "given" or found.word == "refuted" or found.supporting:
        return found
    kind = record.predicates[fact.predicate].kind
    closing = closings.closing(fact.predicate, fact.args, fact.on) if kind in ("role", "status") else None
    opens = (phrase("an assertion by anyone with a resolved source would open it"),)
    if closing is not None:
        return replace(found, word="refuted", rule="refuted-closing", closing=closing, would_change=opens)
    wider = closings.wider(fact)
    if wider is not None:
        return replace(
            found, word="refuted", rule="refuted-wider", refuted_by=wider.fact.id, would_change=opens
        )
    presumption = closings.presumption(fact.predicate, fact.args)
    if presumption is not None:
        return replace(
            found, word="refuted", rule="refuted-presumption", presumption=presumption, would_change=opens
        )
    return found


def _would_change(case: _Case, word: StandingWord, rule: str) -> tuple[Phrase, ...]:
    """What would change the word, in short sentences; the likeliest first."""
    match word:
        case "unknown":
            return (
                phrase("an assertion or denial by anyone with a resolved source would give it a standing"),
            )
        case "asserted" | "denied" if rule == word and not case.saying("disputes"):
            verb: Verb = "asserts" if word == "asserted" else "denies"
            return (*_would_fix(case, verb), *_would_open(verb))
        case "denied":
            return (
                phrase("if the doubt were withdrawn, the denial alone would be weighed"),
                *_would_open("denies")[:1],
            )
        case "established":
            return _would_open("asserts")
        case "refuted":
            return _would_open("denies")
        case "inconsistent":
            return (
                phrase("if its speaker withdrew one of the two words, the other would be weighed"),
                phrase("an independent assertion or denial would make it contested"),
            )
        case "contested":
            return (
                phrase("only a withdrawal by those who assert it, or by those who deny it, would change it"),
            )
        case _ if rule == "doubted":
            return (phrase("an assertion would make it disputed between speakers, a denial denied"),)
        case _:
            return (
                phrase("if the doubt were withdrawn, the assertions alone would be weighed"),
                phrase("an independent denial would make it contested"),
            )


def _would_fix(case: _Case, verb: Verb) -> tuple[Phrase, ...]:
    said = _FIX[verb]
    found = case.having(verb)
    if len(found) > 1:
        more = (said["independent"],)
    elif case.has_disinterested(verb):
        more = (said["second"],)
    else:
        more = (said["second disinterested"], said["admission"])
    missing = sorted(case.performing - case.speakers(verb))
    if not missing:
        return more
    names: str = missing[-1]
    if len(missing) > 1:
        names = phrase("{names} and {last}", names=tuple(missing[:-1]), last=names)
    if verb == "asserts":
        return (phrase("the word of {names}, whose act it is, would establish it", names=names), *more)
    return (phrase("the word of {names}, whose act it is, would refute it", names=names), *more)


_FIX: Mapping[Verb, Mapping[str, Phrase]] = {
    "asserts": {
        "independent": phrase("an independent source that does not gain by it would establish it"),
        "second": phrase("a second independent source would establish it"),
        "second disinterested": phrase("a second independent source that does not gain by it would establish it"),
        "admission": phrase("an admission against interest by another would establish it"),
    },
    "denies": {
        "independent": phrase("an independent source that does not gain by it would refute it"),
        "second": phrase("a second independent source would refute it"),
        "second disinterested": phrase("a second independent source that does not gain by it would refute it"),
        "admission": phrase("an admission against interest by another would refute it"),
    },
}  # fmt: skip


def _would_open(verb: Verb) -> tuple[Phrase, ...]:
    if verb == "asserts":
        return (
            phrase("an independent denial would make it contested"),
            phrase("a doubt by anyone would make it disputed"),
        )
    return (
        phrase("an independent assertion would make it contested"),
        phrase("a doubt by anyone would leave it denied, and not refuted"),
    )
