"""Trees of pages, drawn at random: what the language can say, and nothing that it cannot."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal, TypeVar, cast

from hypothesis import strategies as st

from foedus.ir.decision import By
from foedus.lang import procedure_tree as p
from foedus.lang import tree as t
from foedus.lang.lines import CLASSES, STANDINGS, VERDICTS
from foedus.lang.tree import Name
from foedus.terms.time import EDate, day

T = TypeVar("T")


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def some(
    strategy: st.SearchStrategy[T], least: int = 0, most: int = 3, **more: Any
) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, min_size=least, max_size=most, **more).map(tuple)


def name_is(name: Name) -> str:
    return name.text


plain = st.sampled_from(
    ["a", "b", "victim", "author", "x1", "kremlin-12507", "force", "state", "text", "date", "nobody"]
)
lower = plain.map(Name)
codes = st.sampled_from(["ARV", "BOR", "EMB_CAD", "U2"]).map(Name)
dotted = st.sampled_from(["lir.assist", "law.defend", "pko-1.fight"]).map(Name)
idents = lower | codes | dotted
simple = idents | st.just(Name("_"))
sorts = st.sampled_from(["State", "Actor", "Interest"]).map(Name)
texts = st.sampled_from(["2001", "2011", "secret"]).map(Name)
words = st.text(st.characters(exclude_characters='"\ufffd', exclude_categories=["C", "Z"]), max_size=6)
titles = st.lists(words, max_size=3).map(lambda parts: " ".join(part for part in parts if part))
named = titles.filter(bool)
dates: st.SearchStrategy[EDate] = st.sampled_from(
    ["2020-07-12", "2020-07?", "[2020-07-12,2020-07-13]", "2020-07-12/2020-07-20", "[..2020]"]
).map(day)
terms = simple | st.builds(t.OneOf, some(simple, 1))


def _atoms(mark: st.SearchStrategy[Name | None]) -> st.SearchStrategy[t.AtomF]:
    return st.builds(t.AtomF, lower, some(st.builds(t.Arg, maybe(lower), terms)), mark)


bare = _atoms(st.none())
verbs = st.sampled_from(["asserts", "denies", "finds", "recognises", "requests", "agrees"]).map(Name)
leaves: st.SearchStrategy[t.Formula] = (
    _atoms(maybe(lower))
    | st.builds(t.SpeechF, simple, verbs, bare)
    | st.builds(t.IsF, simple, simple, st.booleans())
    | st.builds(t.BeforeF, simple, simple)
    | st.builds(t.LitF, st.booleans())
    | st.builds(t.UnreadF, titles)
)


more_or_less: st.SearchStrategy[Literal["at least", "more than"]]
more_or_less = st.sampled_from(["at least", "more than"])
shares = st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(55, 100)])
idents_lower = lower | dotted


def _grown(inner: st.SearchStrategy[t.Formula]) -> st.SearchStrategy[t.Formula]:
    return (
        st.builds(t.NotF, inner)
        | st.builds(t.NoF, inner)
        | st.builds(t.AndF, some(inner, 2))
        | st.builds(t.OrF, some(inner, 2))
        | st.builds(
            t.QuantF,
            st.sampled_from(["some", "every", "no"]),
            st.just(0),
            sorts | lower,
            lower,
            inner,
            who=maybe(inner),
        )
        | st.builds(
            t.QuantF,
            more_or_less,
            st.integers(1, 1000),
            sorts | lower,
            lower,
            inner,
            who=maybe(inner),
            weight=maybe(idents_lower),
        )
        | st.builds(
            t.QuantF,
            more_or_less,
            st.just(0),
            sorts | lower,
            lower,
            inner,
            share=shares,
            who=maybe(inner),
            weight=maybe(idents_lower),
        )
    )


formulas = st.recursive(leaves, _grown, max_leaves=8)
holders = st.builds(t.Holder, lower | codes, maybe(dates), maybe(lower), st.booleans())
choices = st.builds(
    t.ByF, lower, some(st.tuples(named.map(Name), formulas), 1, unique_by=lambda pair: pair[0].text)
)
readings = st.builds(
    t.ReadingF,
    some(
        st.tuples(named.map(Name), some(holders, most=2), formulas | choices),
        1,
        unique_by=lambda one: one[0].text,
    ),
)
bodies = formulas | choices | readings

versions = st.builds(lambda body: ((None, body),), bodies) | some(
    st.tuples(texts, bodies), 1, unique_by=lambda pair: pair[0].text
)
spans = st.tuples(dates, maybe(dates))
clauses = (
    st.builds(t.Clause, st.sampled_from(["when", "unless", "until"]), formula=bodies)
    | st.builds(t.Clause, st.sampled_from(["performed", "breached"]), formula=bare)
    | st.builds(
        t.Clause, st.just("class"), words=st.tuples(st.sampled_from(CLASSES), st.just("chosen by each"))
    )
    | st.builds(t.Clause, st.sampled_from(["lifts", "lifted"]), names=some(idents, 1))
    | st.builds(t.Clause, st.sampled_from(["immediately", "together"]))
    | st.builds(t.Clause, st.just("within"), number=st.integers(1, 100))
)


@st.composite
def _norms(draw: st.DrawFn) -> t.NormItem:
    found: list[t.Clause] = []
    drawn = draw(st.lists(clauses, max_size=5, unique_by=lambda clause: clause.keyword))
    for clause in drawn:
        text, bearer, note = draw(maybe(texts)), draw(maybe(codes)), draw(titles)
        found.append(
            t.Clause(
                clause.keyword, text, bearer, clause.formula, clause.words, clause.names, clause.number,
                note if bearer else "",
            )
        )  # fmt: skip
    who = draw(
        st.builds(t.Who, lower.map(name_is), st.booleans(), maybe(lower))
        | st.builds(t.Who, names=some(idents, 1))
    )
    kinds: list[Literal["duty", "right", "power", "prohibition", "plan"]]
    kinds = ["duty", "right", "power", "prohibition", "plan"]
    kind = draw(st.sampled_from(kinds))
    return t.NormItem(
        kind, draw(lower), draw(titles), who, draw(maybe(idents)), draw(maybe(idents)), tuple(found)
    )  # fmt: skip


@st.composite
def _rules(draw: st.DrawFn) -> t.RuleItem:
    """Rules with one motion for all of their lines; those for one text have what those for all have not."""
    motion = draw(maybe(lower))
    aparts = maybe(st.builds(t.ApartLine, lower, bodies))

    def version(text: Name | None, members: Name | None) -> t.RuleVersion:
        seats = draw(maybe(st.integers(1, 1000)))
        if motion is None:
            return t.RuleVersion(text, members=members, seats=seats)
        ways: list[t.WayLine] = []
        for n in range(draw(st.integers(0, 3))):
            by = draw(st.sampled_from(["vote", "consensus", "silence", *([""] if n == 0 else [])]))
            hours = draw(maybe(st.integers(1, 1000))) if by == "silence" else None
            quorum = draw(maybe(bodies)) if by else None
            ways.append(t.WayLine(cast("By", by), draw(bodies), quorum, hours))
        quorum = draw(maybe(bodies))
        return t.RuleVersion(text, tuple(ways), members, seats, draw(aparts), draw(aparts), quorum)

    found = [version(None, draw(lower))]
    found += [version(text, draw(maybe(lower))) for text in draw(st.lists(texts, max_size=2, unique_by=str))]
    found = [one for one in found if one != t.RuleVersion(one.text)]
    said = any(list(one.formulas()) for one in found)
    return t.RuleItem(draw(lower), draw(codes), draw(titles), motion if said else None, tuple(found))


rules = _rules()
weight_lines = st.builds(
    t.WeightLine, codes, st.builds(Fraction, st.integers(0, 10**9), st.sampled_from([1, 2, 3, 7, 1000])),
    maybe(lower), st.booleans(),
)  # fmt: skip
norms = _norms()
effects = st.builds(t.NotEncodedItem, titles, st.just("detail")) | st.builds(
    t.NotEncodedItem, titles, st.sampled_from(["may defeat", "may create"]), some(idents, 1)
)
stages = some(lower, 1, unique_by=name_is)
moves = st.builds(p.MovePart, lower, some(lower), lower, maybe(lower))
movers = st.builds(p.MoverPart, lower | codes) | st.builds(p.MoverPart, lower, lower)
tracks = st.builds(
    p.TrackPart, lower, titles, maybe(lower), stages, some(lower, unique_by=name_is), maybe(texts)
)
steps = st.builds(
    p.StepPart, lower, titles, some(movers, 1), maybe(moves), some(moves),
    some(st.builds(p.WhilePart, lower, some(lower, 1), maybe(lower))),
    maybe(bodies), maybe(_atoms(maybe(lower))), maybe(lower | dotted),
    st.sampled_from(["", *p.MANNERS]), maybe(texts),
)  # fmt: skip
lengths = st.tuples(st.integers(1, 99), st.just("text")) | st.tuples(
    st.none(), st.sampled_from(["decision", "chair", "not stated"])
)
clocks = st.builds(
    lambda name, title, starts, until, length, moved, text: p.ClockPart(
        name, title, starts, until, length[0], length[1], moved, text
    ),
    lower, titles, some(lower, 1), some(lower), lengths, some(moves), maybe(texts),
)  # fmt: skip
firsts = st.builds(p.FirstPart, stages, maybe(texts))


def _by_text(parts: tuple[p.Part, ...]) -> tuple[p.Part, ...]:
    """What stands below one text stands together: two `text N:` of one name would be two places."""
    return tuple(sorted(parts, key=lambda part: part.text.text if part.text else ""))


def _part_name(part: p.Part) -> tuple[str, str, str]:
    own = "" if isinstance(part, p.FirstPart) else part.name.text
    return type(part).__name__, own, part.text.text if part.text else ""


procedures = st.builds(
    p.ProcedureItem, lower, codes, titles,
    st.tuples(some(tracks | clocks | firsts), some(steps, 1)).map(lambda two: _by_text(two[0] + two[1])).filter(
        lambda parts: len({*map(_part_name, parts)}) == len(parts)
    ),
)  # fmt: skip
instruments = st.builds(
    t.InstrumentItem, lower, named, maybe(dates), st.just(day("2001")), st.booleans(), maybe(dates),
    st.booleans(),
    some(st.builds(t.TextItem, texts, dates, maybe(dates), titles, st.booleans()),
    unique_by=lambda text: text.id.text),
    some(st.tuples(plain, titles), unique_by=lambda code: code[0]),
)  # fmt: skip
items = (
    instruments
    | st.builds(
        t.PartiesItem,
        some(st.builds(t.PartyLine, some(codes, 1), st.sampled_from(["", "guarantor"]), some(spans, 1),
        st.booleans(), maybe(lower)), 1),
    )
    | st.builds(t.ActorItem, st.sampled_from(["Organ", "State", "Group"]), codes, titles)
    | st.builds(t.ValuesItem, sorts, some(lower, 1))
    | st.builds(
        t.PredicateItem, st.sampled_from(["incident", "act", "role", "status", "judgement"]), lower,
        some(st.tuples(lower, sorts)), titles,
    )
    | st.builds(t.TermItem, lower, some(lower), titles, versions)
    | st.builds(
        t.QuestionItem, lower, titles,
        some(st.tuples(named.map(Name), some(holders)), 2, unique_by=lambda answer: answer[0].text),
    )
    | norms
    | st.builds(t.DeemsItem, titles)
    | effects
    | st.builds(t.PrecedenceItem, st.booleans(), idents)
    | rules
    | st.builds(t.WeightingItem, lower, titles, some(weight_lines, 0, unique_by=lambda line: line.state.text))
    | procedures
)  # fmt: skip
addresses = st.sampled_from(["https://example.org/1", "http://example.org/a--b?c=d#e"])
sources = st.builds(
    t.SourceItem, lower, named, maybe(lower | codes), titles, maybe(dates), st.just("") | addresses,
    some(addresses),
    some(st.tuples(lower, titles)), titles, titles, st.booleans(), st.booleans(),
)  # fmt: skip
wheres = st.sampled_from(["", "¶3", "page 2 (b)"])
claims = st.builds(
    lambda source, where, **rest: t.ClaimLine(source=source, where=where if source else "", **rest),
    maybe(lower), wheres, verb=st.sampled_from(["asserts", "denies", "disputes", "reports"]),
    by=maybe(lower | codes), on=maybe(dates), quote=titles, of=maybe(lower | codes), authentic=st.booleans(),
    against_interest=titles, unconfirmed=st.booleans(),
)  # fmt: skip
amounts = st.builds(
    t.QuantityLine,
    st.sampled_from(["164", "10.5"]),
    dates,
    lower,
    maybe(codes),
    st.booleans(),
    titles,
    titles,
    st.booleans(),
)
records = (
    st.builds(
        t.DossierItem, lower, named, maybe(dates), maybe(dates), some(codes), some(idents), some(codes)
    )
    | sources
    | st.builds(t.SpeakerItem, codes, titles, maybe(codes))
    | st.builds(t.SomeoneItem, lower, titles, some(idents))
    | st.builds(
        t.FactItem, maybe(lower), bare, maybe(dates), titles, st.sampled_from(["", *STANDINGS]), some(claims),
        st.booleans()
    )
    | st.builds(t.CompleteItem, bare, maybe(dates), st.just(Name("encoder")) | lower, titles)
    | st.builds(t.PresumeItem, bare, titles)
    | st.builds(t.GainsItem, lower | codes, lower | st.just(Name("*")), st.booleans(), titles)
    | st.builds(t.HeldItem, idents, named.map(Name), holders)
    | st.builds(t.TensionItem, idents, idents, titles)
    | st.builds(t.QuantityItem, lower, named, named, some(amounts))
    | st.builds(t.AsPartyItem, some(codes, 1), maybe(lower))
)  # fmt: skip


abouts = idents | st.sampled_from(["grave(a1)", "and", "A b"]).map(Name)


@st.composite
def _asks(draw: st.DrawFn) -> t.AskItem:
    def expected(granting: bool) -> t.Expectation:
        verdict = draw(st.sampled_from(VERDICTS))
        return t.Expectation(verdict, draw(some(abouts, verdict == "depends")), granting)

    expects = (expected(False), expected(True))[: draw(st.integers(1, 2))]
    supposed = draw(some(st.tuples(abouts, titles)))
    return t.AskItem(
        draw(lower | dotted),
        draw(maybe(idents)),
        draw(maybe(codes)),
        draw(maybe(dates)),
        draw(maybe(texts)),
        supposed,
        expects,
    )


asks = _asks()
