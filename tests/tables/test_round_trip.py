"""Out and back in is nothing; a change is that change and no other."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.library import Library
from foedus.tables.book import read_book, write_book
from foedus.tables.cells import neutralised, restored
from foedus.tables.columns import TABLES, VERBS
from foedus.tables.delimited import read_csv, read_json, write_csv, write_json
from foedus.tables.exchange import Opened, open_dossier, propose
from foedus.tables.sheet import Sheet
from tests.house.files import ROOT
from tests.tables.dossiers import LIR, changed, opened, sheet, table, through_csv

DOSSIERS = [*Library().dossiers[::9], "armenia-2022", "kazakhstan-2022", str(ROOT / "examples" / "border")]
FORMS = ["csv", "semicolon", "tab", "json", "xlsx"]


def sheets(form: str, dossier: Opened, folder: Path) -> list[Sheet]:
    """All tables of the dossier, written in a form and read again."""
    rows = {name: dossier.rows.cells(name) for name in TABLES}
    if form == "xlsx":
        return read_book(folder / "t.xlsx", write_book(rows))
    found: list[Sheet] = []
    for name in TABLES:
        path = folder / f"{name}.{'json' if form == 'json' else 'csv'}"
        sign = {"semicolon": ";", "tab": "\t"}.get(form, ",")
        text = write_json(rows[name]) if form == "json" else write_csv(rows[name], TABLES[name], sign)
        path.write_bytes(text.encode())
        if form == "json" and not rows[name]:
            continue  # a list without rows has no columns
        found.append(read_json(path) if form == "json" else read_csv(path))
    return found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", DOSSIERS, ids=lambda name: Path(name).name)
def test_what_goes_out_comes_back_the_same(name: str, form: str, tmp_path: Path) -> None:
    dossier = open_dossier(name)
    proposal = propose(dossier, sheets(form, dossier, tmp_path), remove=True)
    assert proposal.problems == ()
    assert proposal.compared.edits == ()
    assert proposal.pages == {}


words = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"), exclude_characters='"\ufffd'),
    max_size=30,
).map(lambda text: " ".join(text.split()))  # fmt: skip
filled = words.filter(bool)
nasty = st.sampled_from(
    [
        "=1+1",
        "+x",
        "-",
        "@SUM(A1)",
        "'=x",
        "''",
        "; , x",
        "a -- b",
        "＝x",
        "#",
        "<b>",
        "`x`",
    ]
)
dates = st.sampled_from(
    ["", "2020-07-12", "2020-07", "[2020-07-12,2020-07-13]", "2020-07-12/2020-07-14", "2020-07-12?"]
)
flags = st.sampled_from(["", "yes"])
who = st.sampled_from(["", "ARV", "BOR", "GAZETTE", "EMB"])
source_rows = st.fixed_dictionaries(
    {}, optional={
        "title": filled | nasty, "by": who, "publisher": words | nasty, "date": dates, "read": words,
        "url": st.sampled_from(["", "https://example.org/1", "https://example.org/?a=1;b"]),
        "via": st.sampled_from(["", "https://example.org/1", "https://example.org/3 https://example.org/4"]),
        "channel": words, "unresolved": flags, "unconfirmed": flags,
    },
)  # fmt: skip
claim_rows = st.fixed_dictionaries(
    {}, optional={
        "fact": st.sampled_from(["a1", "a2", "armed_attack(a1)"]), "verb": st.sampled_from(VERBS),
        "by": who, "source": st.sampled_from(["gazette-0712", "letter", "wire"]), "of": who, "on": dates,
        "where": st.sampled_from(["", "¶3", "p. 5, left"]), "quote": words | nasty, "authentic": flags,
        "against interest": words, "unconfirmed": flags, "note": words | nasty,
    },
)  # fmt: skip
NEW_SOURCE = {"id": "new-1", "title": "New"}
NEW_CLAIM = {"claim": "", "fact": "a2", "verb": "denies", "source": "wire"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.integers(0, 2), source_rows), st.dictionaries(st.integers(0, 2), claim_rows),
    st.lists(source_rows, max_size=2), st.lists(claim_rows, max_size=2), st.sampled_from([",", ";", "\t"]),
)  # fmt: skip
def test_any_change_is_made_and_no_other(
    tmp_path: Path, sources, claims, more_sources, more_claims, sign
) -> None:
    dossier = opened()
    wanted = {
        name: [{**row, **edits.get(n, {})} for n, row in enumerate(dossier.rows.cells(name))]
        for name, edits in (("sources", sources), ("claims", claims))
    }
    blank = {name: {column.name: "" for column in TABLES[name].columns} for name in wanted}
    wanted["sources"] += [
        {**blank["sources"], **NEW_SOURCE, **row, "id": f"new-{n}"} for n, row in enumerate(more_sources)
    ]
    wanted["claims"] += [{**blank["claims"], **NEW_CLAIM, **row} for row in more_claims]
    given_back = [through_csv(name, rows, tmp_path, sign) for name, rows in wanted.items()]
    proposal = propose(dossier, given_back)
    if {problem.code for problem in proposal.problems} == {"F527"}:
        return  # two new claims that are the same
    assert proposal.problems == ()
    text = next(iter(proposal.pages.values()), LIR)
    after = opened(text)
    assert rows_of(after, "sources") == sorted(map(shown, wanted["sources"]))
    assert rows_of(after, "claims") == sorted(map(shown, wanted["claims"]))
    was, now = LIR.split("\n"), text.split("\n")
    kept = [
        row
        for row in was
        if not row.lstrip("> ").startswith(("source", "asserts", "denies", "by", "date", "via", "publisher"))
    ]
    assert [
        row for row in now if row in set(kept)
    ] == kept  # prose, comments, facts, what derives from what: in order
    touched = sum(row[:1] in "+-" for row in difflib.ndiff(was, now))
    assert touched <= 2 * 12 * (len(sources) + len(claims) + len(more_sources) + len(more_claims))
    assert propose(after, given_back).compared.edits == () or claims_renamed(after, given_back)


def shown(cells) -> str:
    return repr(sorted((name, value) for name, value in cells.items() if name != "claim"))


def rows_of(dossier: Opened, name: str) -> list[str]:
    return sorted(map(shown, dossier.rows.cells(name)))


def claims_renamed(dossier: Opened, given_back: list[Sheet]) -> bool:
    """A claim whose fact, source or verb changed has another id, and its old one is unknown."""
    return any(problem.code in ("F534", "F527") for problem in propose(dossier, given_back).problems)


@given(st.text())
def test_a_neutralised_cell_is_harmless_and_comes_back(text: str) -> None:
    assert neutralised(text)[:1] not in tuple("=+-@\t\r")
    assert restored(neutralised(text)) == text


def test_ends_of_lines_and_the_mark_stay() -> None:
    raw = b"\xef\xbb\xbf" + LIR.replace("\n", "\r\n").replace("More prose.\r\n", "More prose.\n").encode()
    text = changed(propose(opened(LIR, raw), [table("id | title\nletter | A letter")]))
    assert text.encode() == raw.replace(b'"Letter"', b'"A letter"')


def test_a_page_that_is_not_utf_8_is_left_alone() -> None:
    with pytest.raises(Exception, match="F532"):
        propose(opened(LIR, LIR.encode("utf-16")), [table("id | title\nletter | A letter")])


def test_a_new_row_goes_below_the_one_above_it() -> None:
    text = changed(
        propose(
            opened(), [table("id | title | by\ngazette-0712 | Order of the day | GAZETTE\nx-1 | X | BOR")]
        )
    )
    assert '  via <https://example.org/2>\nsource x-1 "X"\n  by BOR\nsource letter' in text


def test_a_new_row_goes_above_a_row_that_changes() -> None:
    rows = table("id | title\nwire | Changed\nletter | Letter\nx-1 | X\nx-2 | Y")
    text = changed(propose(opened(), [rows]))
    assert (
        '"repeats it"\nsource x-1 "X"\nsource x-2 "Y"\nsource wire "Changed" unconfirmed\n  publisher' in text
    )


def test_a_new_claim_goes_to_its_fact() -> None:
    text = changed(
        propose(opened(), [table("fact | verb | source | note\na2 | reports | wire | so they say")])
    )
    assert "> fact a2 force(BOR, ARV) on 2020-07-14\n>   reports [wire] -- so they say\n> fact armed" in text


def test_only_the_line_that_changes_changes() -> None:
    text = changed(propose(opened(), [table("id | date | unconfirmed\ngazette-0712 | 2020-07-13 | no")]))
    differ = [row for row in difflib.ndiff(LIR.split("\n"), text.split("\n")) if row[0] in "+-"]
    assert differ == [
        "-   by GAZETTE unconfirmed",
        "+   by GAZETTE",
        "-   date 2020-07-12 -- of the paper",
        "+   date 2020-07-13 -- of the paper",
    ]


def test_a_claim_that_moves_to_another_fact() -> None:
    text = changed(propose(opened(), [table("claim | fact\na1/letter/denies | a2")]))
    assert (
        '>   -- the other side\n> fact a2 force(BOR, ARV) on 2020-07-14\n>   denies BOR [letter] "not we" -- in'
        in text
    )


def test_rows_that_are_missing_stay_unless_they_are_to_go() -> None:
    rows = table("id | title\ngazette-0712 | Order of the day\nletter | Letter")
    kept = propose(opened(), [rows])
    assert (kept.pages, kept.compared.absent) == ({}, {"sources": 1})
    text = changed(propose(opened(), [rows], remove=True))
    assert text == LIR.replace('source wire "Wire" unconfirmed\n  publisher "Agency"\n  date 2020-07\n', "")


def test_a_source_that_is_cited_cannot_go() -> None:
    proposal = propose(
        opened(), [table("id | title\ngazette-0712 | Order of the day\nwire | Wire")], remove=True
    )
    assert {problem.code for problem in proposal.problems} == {"F211"}
    assert proposal.pages == {}


def test_two_tables_of_one_kind_make_one() -> None:
    halves = [
        table("id | title\ngazette-0712 | Order of the day"),
        table("id | title\nletter | Letter\nwire | Wire"),
    ]
    assert propose(opened(), halves, remove=True).compared.edits == ()
    at_odds = [table("id | title\nletter | One"), table("id | title\nletter | Two")]
    assert [problem.code for problem in propose(opened(), at_odds).problems] == ["F527"]


def test_the_first_source_of_a_dossier() -> None:
    bare = '# Lir\n\n```record\ndossier lir "Lir"\nstate ARV "Arvia"\n```\n'
    text = changed(
        propose(
            opened(bare),
            [
                sheet(["id", "title", "by"], ["x", "X", "ARV"]),
                sheet(["id", "name", "for"], ["E", "E", "ARV"]),
            ],
        )
    )
    assert text == bare.replace('ARV "Arvia"\n', 'ARV "Arvia"\n').replace(
        '"Lir"\nstate', '"Lir"\nsource x "X"\n  by ARV\nspeaker E "E" for ARV\nstate'
    )


def test_the_same_new_row_twice_over_is_added_once() -> None:
    rows = table("fact | verb | by | source\na2 | denies | BOR | letter")
    text = changed(propose(opened(), [rows]))
    assert propose(opened(text), [rows]).compared.edits == ()
