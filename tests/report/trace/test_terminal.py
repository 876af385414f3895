"""What the terminal shows of a trace: the answer first, no line too long, edits word by word."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from foedus.report.layout import columns
from foedus.report.trace.asked import Asked, sentences
from foedus.report.trace.overview import Overview, show_overview
from foedus.report.trace.terminal import show_traced
from foedus.report.trace.wording import percent
from foedus.trace.document import Document
from foedus.trace.lineage import traced
from foedus.trace.passage import Group, Link, Passage, Span, Traced
from foedus.words.speech import phrase
from tests.report.trace.corpus import ford, unread

GOLDEN = Path(__file__).parents[1] / "golden" / "trace.txt"


def test_the_page_is_as_it_was_read_and_approved() -> None:
    assert show_traced(ford(), paths=["press"]) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("every", [False, True])
def test_no_line_is_too_long(width: int, every: bool) -> None:
    traced = ford()
    traced = replace(
        traced, documents=(*traced.documents, Document("w" * 200, "x", "p" * 200, "cp1251", True))
    )
    said = show_traced(traced, paths=["p" * 200, "q"], every=every, width=width)
    assert [line for line in said.splitlines() if columns(line) > width] == []


def test_edits_are_shown_word_by_word_and_painted_where_there_is_colour() -> None:
    plain = show_traced(ford(), every=True)
    painted = show_traced(ford(), every=True, colour=True)
    assert re.search(r"In reply to \[-the request-\] \{\+an urgent request\+\} of", plain)
    assert "\x1b[31m[-short-]" in painted
    assert "\x1b[32m{+brief+}" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain


def test_signs_of_the_text_are_not_taken_for_ours() -> None:
    traced = ford()
    first, *rest = traced.documents
    text = first.text.replace("marsh", "[-as-")
    assert len(text) == len(first.text)
    painted = show_traced(
        replace(traced, documents=(replace(first, text=text), *rest)), every=True, colour=True
    )
    assert re.search(r"of the \[-as- people", painted)


def test_nothing_of_a_document_reaches_the_terminal_as_a_command() -> None:
    traced = ford()
    first, *rest = traced.documents
    text = first.text.replace("marsh people", "\x1b[2Jh\u202e peopl")
    said = show_traced(replace(traced, documents=(replace(first, text=text), *rest)), every=True)
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_a_crowd_is_summed_up_and_nothing_of_it_is_lost_with_all() -> None:
    names = [f"paper-{n:03}" for n in range(300)]
    links = tuple(
        Link(names[0], name, "time", phrase("{name} is later", name=name), n / 400, 0.5, ())
        for n, name in enumerate(names[1:], 1)
    )
    passages = tuple(Passage(Span(names[0], 0, 5), Span(name, 0, 5), "verbatim", 1, 1) for name in names[1:])
    traced = Traced(
        tuple(Document(name, "words") for name in names), passages, links, (Group(tuple(names), ()),)
    )
    brief, whole = show_traced(traced), show_traced(traced, every=True)
    assert "300 documents, 1 source" in brief
    assert "and 287 pairs more" in brief
    assert len(brief.splitlines()) < 40
    assert all(f"paper-000 → {name}" in whole for name in names[1:])


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0 %"), (0.001, "under 1 %"), (0.01, "1 %"), (0.994, "99 %"), (0.996, "99 %"), (1, "100 %")],
)
def test_a_part_is_neither_nothing_nor_all(share: float, said: str) -> None:
    assert percent(share).replace("\u00a0", " ") == said


def test_where_the_second_was_first_a_passage_is_turned() -> None:
    traced = ford()
    first, *rest = traced.links
    turned = replace(traced, links=(replace(first, origin="toll", copy="minutes"), *rest))
    said = " ".join(show_traced(turned, every=True).split())
    assert "toll → minutes" in said
    assert "in reply to [-an urgent request-] {+the request+} of" in said


def test_documents_without_anything_in_common() -> None:
    said = show_traced(
        Traced((Document("a", "x"), Document("b", "y")), (), (), (Group(("a",), ()), Group(("b",), ())))
    )
    assert said.startswith(
        "2 documents, 2 sources\n  No document has words of its own in common with another."
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked("x", 0, (), ()), "No document of the index shares a passage with x."),
        (Asked("x", 1, ("a",), ()), "Of these a had them first."),
        (Asked("x", 2, ("a", "b"), ()), "Who had them first is not known to the day: a and b."),
        (
            Asked("x", 2, ("a",), ("b",)),
            "Of those with a date the first is a; 1 has none, and may have been before.",
        ),
        (Asked("x", 2, (), ("a", "b")), "Who had them first is not known: none of these has a date."),
    ],
)
def test_who_was_first_is_said_only_where_it_is_known(asked: Asked, said: str) -> None:
    assert sentences(asked)[-1] == said


def test_two_groups_of_one_size_are_told_by_name() -> None:
    mill = "On Monday the miller opened the sluice, and forty boats came down to the ford by night with all their oars"
    fair = "Nobody at the autumn fair had seen so many herons, though the reeds were high and the weather was fine"
    texts = {"a": mill, "b": mill, "c": f"{fair} for geese", "d": f"{fair} for geese"}
    said = show_traced(traced([Document(name, f"{text}; so says {name}.") for name, text in texts.items()]))
    assert said.index("a and b count as one source") < said.index("c and d count as one source")


def test_an_edit_in_a_text_without_spaces_stands_close() -> None:
    said = "星期一晚上，沼泽议会派出四十条船前往渡口，因为关卡请求援助以抵御来自山里的强盗。船只在夜里返回，无人受伤。"
    found = traced([Document("a", said), Document("b", said.replace("四十条船", "五十条大船"))])
    lines = show_traced(found, every=True).splitlines()
    begin = next(n for n, line in enumerate(lines) if "星期一" in line)
    assert "派出[-四-]{+五+}十条{+大+}船前往" in "".join(line.strip() for line in lines[begin:])
    assert all(columns(line) <= 80 for line in lines)


def test_an_index_in_brief() -> None:
    it = Overview(
        "crawl.index",
        12_000,
        9,
        2,
        {"verbatim": 30, "shared": 10},
        [(31, ["a", "b", "c", "d", "e", "f"])],
        [unread] * 20,
    )
    said = show_overview(it)
    assert "a, b, c and 3 more" in said
    assert "40 passages" in said
    assert "10 are from texts that anybody may quote" in said
    assert "and 12 more; --all names them" in said
    assert show_overview(it, every=True).count("seal.txt") == 20
    assert all(columns(line) <= 80 for line in said.splitlines())
