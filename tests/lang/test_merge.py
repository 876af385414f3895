"""Merging pages: nothing that one side said is lost, and a conflict means that both said otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lang.merge import Marks, merge
from foedus.lang.parse import parse_page
from foedus.lang.parts import parts_of
from foedus.lang.tree import ClaimLine, FactItem, SourceItem
from tests.house.files import ROOT

PAGES = sorted((ROOT / "src/foedus").glob("*/**/*.md")) + sorted((ROOT / "tests/good").glob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_parts_of_a_page_are_the_page(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "\n".join(line for part in parts_of(text) for line in part.all_lines()) == text


# ---- a page as data, and what merging it must give ----

Fields = dict[str, str]


@dataclass(frozen=True)
class Said:
    """Sources with their lines and facts with the days of their claims, both in the order of the page."""

    sources: dict[str, Fields] = field(default_factory=dict)
    facts: dict[str, Fields] = field(default_factory=dict)

    def page(self) -> str:
        rows = ["# Compact of Lir", "", "```record"]
        for ident, fields in self.sources.items():
            rows += [f'source {ident} "Title of {ident}"', *(f"  {k} {v}" for k, v in fields.items())]
        rows += ["```", "", "What happened, in the words of those who were there.", "", "```record"]
        for ident, claims in self.facts.items():
            rows += [
                f"fact {ident} force(BOR, ARV) on 2020-07-12",
                *(f"  {k} on {v}" for k, v in claims.items()),
            ]
        return "\n".join([*rows, "```", ""])

    def leaves(self) -> dict[tuple[str, ...], str]:
        found: dict[tuple[str, ...], str] = {}
        for kind, things in (("source", self.sources), ("fact", self.facts)):
            for ident, fields in things.items():
                found[kind, ident] = "there"
                found |= {(kind, ident, name): value for name, value in fields.items()}
        return found


FIELDS = {
    "by": st.sampled_from(["ARV", "BOR", "CAD"]),
    "date": st.sampled_from(["2020-07-12", "2020-07-13", "2020-08"]),
    "publisher": st.sampled_from(['"Gazette"', '"Chronicle"']),
}
CLAIMS = [
    f"{verb} {by} [{source}]"
    for verb in ("asserts", "denies")
    for by in ("ARV", "BOR")
    for source in ("x", "y")
]
DAYS = st.sampled_from(["2020-07-12", "2020-07-13", "2020-07-14"])
some_fields = st.fixed_dictionaries({}, optional=FIELDS)
some_claims = st.dictionaries(st.sampled_from(CLAIMS), DAYS, max_size=4)
bases = st.builds(
    Said,
    st.dictionaries(st.sampled_from(["s1", "s2", "s3", "s4"]), some_fields, max_size=4),
    st.dictionaries(st.sampled_from(["f1", "f2", "f3"]), some_claims, max_size=3),
)  # fmt: skip


@st.composite
def edited(draw: st.DrawFn, base: Said) -> Said:
    """The base after a few edits by somebody."""
    sources = {ident: dict(fields) for ident, fields in base.sources.items()}
    facts = {ident: dict(claims) for ident, claims in base.facts.items()}
    for _ in range(draw(st.integers(0, 4))):
        match draw(st.integers(0, 5)):
            case 0:
                sources[draw(st.sampled_from(["s2", "s5", "s6", "s7"]))] = draw(some_fields)
            case 1 if sources:
                del sources[draw(st.sampled_from(sorted(sources)))]
            case 2 if sources:
                name = draw(st.sampled_from(sorted(FIELDS)))
                sources[draw(st.sampled_from(sorted(sources)))][name] = draw(FIELDS[name])
            case 3 if facts:
                facts[draw(st.sampled_from(sorted(facts)))][draw(st.sampled_from(CLAIMS))] = draw(DAYS)
            case 4 if facts:
                claims = facts[draw(st.sampled_from(sorted(facts)))]
                if claims:
                    del claims[draw(st.sampled_from(sorted(claims)))]
            case 5 if sources:  # moved to the end
                ident = draw(st.sampled_from(sorted(sources)))
                sources[ident] = sources.pop(ident)
            case _:
                facts[draw(st.sampled_from(["f4", "f5"]))] = draw(some_claims)
    return Said(sources, facts)


@st.composite
def three(draw: st.DrawFn) -> tuple[Said, Said, Said]:
    base = draw(bases)
    return base, draw(edited(base)), draw(edited(base))


def oracle(base: Said, ours: Said, theirs: Said) -> dict[tuple[str, ...], str] | None:
    """Every leaf taken from whoever changed it; None if both did, otherwise, or one took out its home."""
    o, a, b = base.leaves(), ours.leaves(), theirs.leaves()
    merged: dict[tuple[str, ...], str] = {}
    for key in {**o, **a, **b}:
        was, one, two = o.get(key), a.get(key), b.get(key)
        if one != two and was not in (one, two):
            return None
        chosen = two if one == was else one
        if chosen is not None:
            merged[key] = chosen
    for side, other in ((a, b), (b, a)):  # what one took out must not have changed with the other
        for home in {key for key in o if len(key) == 2 and key in other} - set(side):
            if inside(o, home) != inside(other, home):
                return None
    return merged


def inside(leaves: dict[tuple[str, ...], str], home: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    return {key: value for key, value in leaves.items() if key[:2] == home}


def leaves_of(text: str) -> dict[tuple[str, ...], str]:
    page, problems = parse_page("lir.md", text)
    assert problems == ()
    sources: dict[str, Fields] = {}
    facts: dict[str, Fields] = {}
    for item in page.records:
        if isinstance(item, SourceItem):
            fields = {"by": item.by and item.by.text, "date": item.date and item.date.text}
            fields["publisher"] = f'"{item.publisher}"' if item.publisher else None
            assert item.id.text not in sources
            sources[item.id.text] = {name: value for name, value in fields.items() if value}
        elif isinstance(item, FactItem):
            assert item.id is not None
            assert item.id.text not in facts
            facts[item.id.text] = {shown(claim): claim.on.text for claim in item.claims if claim.on}
    return Said(sources, facts).leaves()


def shown(claim: ClaimLine) -> str:
    assert claim.by
    assert claim.source
    return f"{claim.verb} {claim.by.text} [{claim.source.text}]"


def moved(base: Said, other: Said) -> bool:
    """Whether what stands in both stands in another order."""
    kept = [name for name in base.leaves() if name in other.leaves()]
    return kept != [name for name in other.leaves() if name in base.leaves()]


@settings(max_examples=400, deadline=None)
@given(three())
def test_what_both_said_is_kept_and_a_conflict_is_one(versions: tuple[Said, Said, Said]) -> None:
    base, ours, theirs = versions
    merged = merge(base.page(), ours.page(), theirs.page())
    wanted = oracle(base, ours, theirs)
    if merged.conflicts:
        both_took_out = base.leaves().keys() - ours.leaves().keys() - theirs.leaves().keys()
        # Two who replace one thing are asked what they meant; so are two of whom one moved what the other took out.
        assert wanted is None or both_took_out or moved(base, ours) or moved(base, theirs)
        assert "<<<<<<< ours" in merged.text
    else:
        assert wanted is not None
        assert leaves_of(merged.text) == wanted


@settings(max_examples=200, deadline=None)
@given(three())
def test_a_side_that_changed_nothing_has_no_say(versions: tuple[Said, Said, Said]) -> None:
    base, ours, _ = (said.page() for said in versions)
    assert merge(base, ours, base).text == ours
    assert merge(base, base, ours).text == ours
    assert merge(base, ours, ours).text == ours


@settings(max_examples=200, deadline=None)
@given(three())
def test_one_conflicts_exactly_when_the_other_does(versions: tuple[Said, Said, Said]) -> None:
    base, ours, theirs = (said.page() for said in versions)
    one, two = merge(base, ours, theirs), merge(base, theirs, ours)
    assert bool(one.conflicts) == bool(two.conflicts)
    if not one.conflicts:
        assert leaves_of(one.text) == leaves_of(two.text)


@settings(max_examples=300, deadline=None)
@given(*[st.text('ab\n`#<>=\r\0"- record', max_size=60)] * 3)
def test_any_three_texts_are_merged_or_marked(base: str, ours: str, theirs: str) -> None:
    merged = merge(base, ours, theirs)
    assert bool(merged.conflicts) <= ("<<<<<<< ours" in merged.text)


# ---- single cases ----

LIR = Said({"x": {"date": "2020"}, "y": {}}, {"f1": {CLAIMS[0]: "2020-07-12"}}).page()


def sides(one: tuple[str, str], two: tuple[str, str]) -> tuple[str, str]:
    """The page after the change of each side."""
    assert one[0] in LIR
    assert two[0] in LIR
    return LIR.replace(*one, 1), LIR.replace(*two, 1)


def test_both_add_a_source_at_the_same_place() -> None:
    head = 'source y "Title of y"\n'
    ours, theirs = sides((head, head + 'source mine "Mine"\n'), (head, head + 'source yours "Yours"\n'))
    merged = merge(LIR, ours, theirs)
    assert not merged.conflicts
    assert head + 'source mine "Mine"\nsource yours "Yours"\n```' in merged.text


def test_both_add_a_claim_to_one_fact() -> None:
    last = "  asserts ARV [x] on 2020-07-12\n"
    ours, theirs = sides(
        (last, last + "  denies BOR [y]\n"), (last, last + "  disputes CAD [y] -- who saw it?\n")
    )
    merged = merge(LIR, ours, theirs)
    assert not merged.conflicts
    assert last + "  denies BOR [y]\n  disputes CAD [y] -- who saw it?\n```" in merged.text


def test_both_change_one_line() -> None:
    merged = merge(LIR, *sides(("date 2020", "date 2021"), ("date 2020", "date 2022")))
    assert merged.conflicts == ("source x, date",)
    assert "<<<<<<< ours\n  date 2021\n=======\n  date 2022\n>>>>>>> theirs\n" in merged.text
    _, problems = parse_page("lir.md", merged.text)
    assert [problem.code for problem in problems] == ["F014"]


def test_one_takes_out_what_the_other_changes() -> None:
    ours, theirs = sides(('source x "Title of x"\n  date 2020\n', ""), ("date 2020", "date 2022"))
    merged = merge(LIR, ours, theirs)
    assert merged.conflicts == ("source x",)
    assert "date 2022" in merged.text


def test_one_moves_what_the_other_changes() -> None:
    x, y = 'source x "Title of x"\n  date 2020\n', 'source y "Title of y"\n'
    merged = merge(LIR, *sides((x + y, y + x), ("date 2020", "date 2022")))
    assert not merged.conflicts
    assert y + 'source x "Title of x"\n  date 2022\n```' in merged.text


def test_both_change_the_speaker_of_one_claim() -> None:
    merged = merge(LIR, *sides(("asserts ARV", "asserts BOR"), ("asserts ARV", "asserts CAD")))
    assert merged.conflicts


def test_prose_is_merged_by_the_line() -> None:
    prose = "What happened, in the words"
    apart = merge(
        LIR, *sides((prose, "What befell, in the words"), ("# Compact of Lir", "# The Compact of Lir"))
    )
    assert not apart.conflicts
    together = merge(
        LIR, *sides((prose, "What befell, in the words"), (prose, "What came about, in the words"))
    )
    assert len(together.conflicts) == 1


def test_both_add_a_section_at_the_end() -> None:
    section = '\n## {0}\n\n```record\nsource {0} "{0}"\n```\n'
    merged = merge(LIR, LIR + section.format("one"), LIR + section.format("two"))
    assert not merged.conflicts
    _, problems = parse_page("lir.md", merged.text)
    assert problems == ()
    assert merged.text.index("## one") < merged.text.index("## two")


def test_comments_go_with_what_they_explain() -> None:
    ours, theirs = sides(
        ("source y", "-- seen by nobody else\nsource y"), ('"Title of y"\n', '"Title of y"\n  by CAD\n')
    )  # fmt: skip
    merged = merge(LIR, ours, theirs)
    assert not merged.conflicts
    assert '-- seen by nobody else\nsource y "Title of y"\n  by CAD\n' in merged.text


def test_lines_end_as_ours_do() -> None:
    ours, theirs = sides(("date 2020", "date 2021"), ('"Title of y"', '"Another title"'))
    merged = merge(LIR, ours.replace("\n", "\r\n"), theirs)
    assert merged.text.count("\r\n") == merged.text.count("\n") == LIR.count("\n")
    assert "Another title" in merged.text


def test_marks_are_as_long_as_git_asks() -> None:
    ours, theirs = sides(("date 2020", "date 2021"), ("date 2020", "date 2022"))
    merged = merge(LIR, ours, theirs, Marks(size=11))
    assert f"\n{'<' * 11} ours\n" in merged.text


def test_a_hostile_page_is_not_looked_at_for_long() -> None:
    ours, theirs = "a\n" * 40_000, "a\n" * 39_999 + "b\n"
    assert merge("a\n" * 30_000, ours, theirs).conflicts == ("the page",)
