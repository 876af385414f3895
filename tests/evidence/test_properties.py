"""What no record may break, whoever speaks in it and whatever copies what."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence.claim import Claim, Derivation, Source
from foedus.evidence.closings import close
from foedus.evidence.record import Record, StandingWord
from foedus.evidence.standing import stand
from foedus.terms.fact import Fact
from tests.evidence.said import claim, record

SPEAKERS = ("ARV", "EMB", "BOR", "CAD", "DUN", "OBS", "PAPER", "GAZETTE")
VERBS = ("asserts", "denies", "disputes", "reports")
FACTS = ("a1", "r1")


@st.composite
def records(draw: st.DrawFn) -> Record:
    names = [f"d{n}" for n in range(draw(st.integers(1, 6)))]
    said: list[Source | Claim] = []
    for n, name in enumerate(names):
        origins = draw(st.lists(st.sampled_from([*names[:n], "lost", "gone"]), max_size=2, unique=True))
        by = draw(st.sampled_from(SPEAKERS))
        channel = draw(st.sampled_from([None, None, None, "leak"]))
        said.append(Source(name, name, by, derives=tuple(map(Derivation, origins)), channel=channel))
    for _ in range(draw(st.integers(1, 8))):
        verb = draw(st.sampled_from(VERBS))
        made = claim(
            draw(st.sampled_from(SPEAKERS)), verb, draw(st.sampled_from(names)), draw(st.sampled_from(FACTS)),
            of=draw(st.sampled_from([*SPEAKERS, *names])) if verb == "reports" else None,
            against_interest=draw(st.sampled_from(["", "", "", "it admits"])),
        )  # fmt: skip
        said.append(made)
    return record(*said)


def words(made: Record) -> dict[str, StandingWord]:
    return {fact: standing.word for fact, standing in stand(made).items()}


def add(made: Record, source: Source, claim: Claim) -> Record:
    return replace(made, sources={**made.sources, source.id: source}, claims=(*made.claims, claim))


@given(records(), st.data())
def test_a_copy_changes_no_standing(made: Record, data: st.DataObject) -> None:
    said = data.draw(st.sampled_from(made.claims))
    by = data.draw(st.sampled_from(SPEAKERS))
    more = data.draw(st.lists(st.sampled_from([*made.sources, "lost"]), max_size=2))
    derives = tuple(Derivation(origin) for origin in dict.fromkeys((said.source, *more)))
    copy = replace(said, id=f"{said.fact}/copy/{said.verb}", source="copy", by=by)
    copied = add(made, Source("copy", "copy", by, derives=derives), copy)
    assert words(copied) == words(made)
    assert {f: s.sources for f, s in stand(copied).items()} == {f: s.sources for f, s in stand(made).items()}


@given(records())
def test_an_independent_denial_contests_what_is_disputed(made: Record) -> None:
    denial = claim("STRANGER", "denies", "letter")
    after = words(add(made, Source("letter", "letter", "STRANGER"), denial))
    if stand(made)["a1"].supporting:
        assert after["a1"] == "contested"


@given(records(), records())
def test_numbers_never_outvote(made: Record, more: Record) -> None:
    apart = {n: replace(s, id=f"m{n}", derives=()) for n, s in more.sources.items()}
    added = [replace(c, id=f"m{c.id}", source=f"m{c.source}", of=None) for c in more.claims]
    both = replace(
        made, sources={**made.sources, **{s.id: s for s in apart.values()}}, claims=(*made.claims, *added)
    )
    for fact, word in words(made).items():
        if word == "contested":
            assert words(both)[fact] == "contested"


@given(records(), st.randoms())
def test_the_order_of_claims_does_not_matter(made: Record, chance: random.Random) -> None:
    claims, sources = list(made.claims), list(made.sources.items())
    chance.shuffle(claims)
    chance.shuffle(sources)
    assert stand(replace(made, claims=tuple(claims), sources=dict(sources))) == stand(made)


@given(records(), st.permutations(SPEAKERS))
def test_renaming_speakers_changes_nothing(made: Record, names: list[str]) -> None:
    new: dict[str, str] = dict(zip(SPEAKERS, (f"{n}{k}" for k, n in enumerate(names)), strict=True))

    def name(old: str | None) -> str | None:
        return new.get(old, old) if old else old

    renamed = replace(
        made,
        facts=tuple(
            replace(f, args=tuple(name(a) if isinstance(a, str) else a for a in f.args)) for f in made.facts
        ),
        claims=tuple(replace(c, by=name(c.by), of=name(c.of)) for c in made.claims),
        sources={n: replace(s, by=name(s.by)) for n, s in made.sources.items()},
        speakers={
            name(n): replace(s, id=name(n), speaks_for=name(s.speaks_for)) for n, s in made.speakers.items()
        },
        disputants=frozenset(name(p) for p in made.disputants),
    )
    assert words(renamed) == words(made)
    assert [s.sources for s in stand(renamed).values()] == [s.sources for s in stand(made).values()]


@given(records())
def test_one_source_fixes_nothing_but_its_own_act(made: Record) -> None:
    for standing in stand(made).values():
        if standing.word in ("established", "refuted") and standing.sources == 1:
            assert standing.rule.endswith("own-word")


@given(records(), st.tuples(*[st.sampled_from(["ARV", "BOR", None])] * 3), st.tuples(*[st.booleans()] * 3))
def test_a_narrower_question_is_covered_wherever_a_wider_one_is(
    made: Record, args: tuple[str | None, ...], open_roles: tuple[bool, ...]
) -> None:
    wide = tuple(None if left_out else arg for arg, left_out in zip(args, open_roles, strict=True))
    refuted = replace(made, facts=(*made.facts, Fact("none", "request", wide)), given={"none": "refuted"})
    closed = close(refuted, words(refuted))
    if closed.covering("request", wide, None):
        assert closed.covering("request", args, None)
