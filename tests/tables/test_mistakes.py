"""Every mistake in a table is told with its row and column, and nothing is proposed."""

from __future__ import annotations

import pytest

from foedus.tables.exchange import propose
from tests.tables.dossiers import LIR, codes, opened, table

MISTAKES: dict[str, tuple[str, str, str]] = {
    "no header": ("letter | Letter", "F522", "t.csv:1:1"),
    "a column misspelt": ("id | tilte\nletter | L", "F523", "t.csv:1:2"),
    "a column twice": ("id | title | Title\nletter | L | L", "F527", "t.csv:1:3"),
    "a column of one's own": ("id | title | to do\nletter | L | x", "F524", "t.csv:1:3"),
    "too many cells": ("id | title\nletter | L | x", "F525", "t.csv:2:3"),
    "no such day": ("id | date\nletter | 2020-02-30", "F111", "t.csv:2:2 · column date"),
    "no date": ("id | date\nletter | Jan-22", "F110", "t.csv:2:2 · column date"),
    "a day with strokes": ("id | date\nletter | 01/02/2020", "F525", "t.csv:2:2 · column date"),
    "a strange verb": ("fact | verb | source\na1 | says | letter", "F525", "t.csv:2:2 · column verb"),
    "an unknown fact": ("fact | verb | source\na7 | asserts | letter", "F219", "t.csv:2:1 · column fact"),
    "an unknown source": ("fact | verb | source\na1 | asserts | lettre", "F211", "t.csv:2:3 · column source"),
    "an unknown speaker": ("fact | verb | by | source\na1 | asserts | XYZ | letter", "F212", "t.csv:2:3 · column by"),
    "an unknown claim": ("claim | on\na1/letter/denise | 2020-07-12", "F534", "t.csv:2:1 · column claim"),
    "an id twice": ("id | title\nnew | A\nnew | B", "F527", "t.csv:3:1 · column id"),
    "a claim twice": ("claim | on\na1/letter/denies | 2020\na1/letter/denies | 2021", "F527", "t.csv:3:1"),
    "a row twice": ("fact | verb | source\na2 | denies | wire\na2 | denies | wire", "F527", "t.csv:3:1"),
    "no title": ("id | title\nnew |", "F528", "t.csv:2:2 · column title"),
    "no column for the title": ("id | by\nnew | ARV", "F528", "t.csv:2:1"),
    "an id in capitals": ("id | title\nNew | N", "F126", "t.csv:2:1 · column id"),
    "an id with spaces": ("id | title\nnew one | N", "F525", "t.csv:2:1 · column id"),
    "a word of the language": ("id | title\nand | N", "F525", "t.csv:2:1 · column id"),
    "no address": ("id | url\nletter | javascript:alert(1)", "F141", "t.csv:2:2 · column url"),
    "an address with a sign": ("id | url\nletter | https://example.org/<x>", "F141", "t.csv:2:2 · column url"),
    "two addresses": ("id | url\nletter | https://a.example https://b.example", "F525", "t.csv:2:2 · column url"),
    "no flag": ("id | unconfirmed\nletter | perhaps", "F525", "t.csv:2:2 · column unconfirmed"),
    "a hidden character": ("id | title\nletter | L\u202ex", "F108", "t.csv:2:2 · column title"),
    "an end of text": ("id | title\nletter | L\0x", "F108", "t.csv:2:2 · column title"),
    "a bracket": ("claim | where\na1/letter/denies | ¶3] x", "F525", "t.csv:2:2 · column where"),
    "a cell without end": (f"id | title\nletter | {'x' * 10_001}", "F525", "t.csv:2:2 · column title"),
    "a source that is a speaker for itself": ("id | name | for\nGAZETTE | G | EMB\nEMB | E | GAZETTE", "F421", ""),
    "facts are only read": ("id | fact | on | title\na1 | force(BOR, ARV) | 2021 | other", "F524", "t.csv:1:1"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code", "where"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_at_its_cell(text: str, code: str, where: str) -> None:
    found = codes(text)
    assert [known for known, _ in found] == [code]
    assert found[0][1].startswith(where)


@pytest.mark.parametrize("name", [name for name, (_, code, _) in MISTAKES.items() if code not in ("F524",)])
def test_one_wrong_row_stops_all(name: str) -> None:
    good = table("id | title\nwire | Another title")
    proposal = propose(opened(), [good, table(MISTAKES[name][0])])
    assert proposal.wrong
    assert proposal.pages == {}


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    found = propose(opened(), [table("fact | verb | source\na1 | asserts | leter")]).problems
    assert found[0].values["near"] == "letter"


def test_cells_are_read_as_people_write_them() -> None:
    rows = table(
        'Claim | ON | Un-Confirmed | authentic | quote\na1/letter/denies | 3.7.2020 | ДА | x | he said  "so"'
    )
    text = next(iter(propose(opened(), [rows]).pages.values()))
    assert (
        '>   denies BOR [letter] on 2020-07-03 "he said “so”" authentic unconfirmed -- in the second' in text
    )
    assert text.replace("on 2020-07-03 ", "").count("\n") == LIR.count("\n")


def test_a_new_source_and_speaker_come_with_their_claim() -> None:
    sheets = [
        table("fact | verb | by | source\na1 | denies | HERALD | herald-1"),
        table("id | title | by\nherald-1 | Herald | HERALD"),
        table("id | name\nHERALD | The Herald"),
    ]  # fmt: skip
    proposal = propose(opened(), sheets)
    assert proposal.problems == ()
    assert [edit.what for edit in proposal.compared.edits] == ["add"] * 3
