"""The text of a page: what a browser shows, each character with its place in the source."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from foedus.trace.read.page import page
from tests.trace.read.made import PAGE

SHOWN = {
    "entities": ("a &amp; b &lt;c&gt; &eacute;&#233;&#xE9; &nosuch; AT&T", "a & b <c> ééé &nosuch; AT&T"),
    "white space": ("  a \n\t b<b> c</b>d ", "a b cd"),
    "blocks": ("<div>a</div><div>b<br>c</div><p>d<p>e", "a\nb\nc\n\nd\n\ne"),
    "cells": ("<table><tr><td>a<td>b</tr><tr><td>c</table>", "a b\nc"),
    "left out": ("a<script>x<p></script><style>y</style><!-- z --><noscript>w</noscript>b", "ab"),
    "a head": ("<head><title>t</title></head><body>a", "a"),
    "kept as it is": ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
    "quoted brackets": ("<p title=\"a > b\" class='>'>c</p>", "c"),
    "no tag": ("a < b and 3<4", "a < b and 3<4"),
    "an open comment": ("a<!-- b", "a"),
    "an empty comment": ("a<!-->b", "ab"),
    "an open script": ("a<script>b", "a"),
    "an open tag": ("a<b class=", "a"),
    "an open quotation": ('<a href="x>y</a>z', "yz"),
    "capitals": ("<P>a</P><SCRIPT>x</Script >b", "a\n\nb"),
    "a declaration": ("<!DOCTYPE html><?xml a?>b", "b"),
    "an empty drawing": ("a<svg/>b<svg><text>x</text></svg>c", "abc"),
}


@pytest.mark.parametrize(("source", "text"), SHOWN.values(), ids=SHOWN)
def test_the_text_is_what_is_shown(source: str, text: str) -> None:
    assert page(source).text == text


def test_lines_know_in_which_part_of_the_page_they_lie() -> None:
    found = page(PAGE)
    said = {found.text[one.start : one.end]: (one.heading, set(one.regions)) for one in found.blocks}
    assert said["World"] == (0, {"nav"})
    assert said["Observers sent & welcomed"] == (1, set())
    assert said["Leave a Reply"] == (3, {"form"})
    assert said["© 2022 The Gazette of Lir. All rights reserved."] == (0, {"footer"})


PIECES = st.lists(
    st.one_of(
        st.sampled_from([
            "<p>", "</p>", "<div class='x'>", "</div>", "<br>", "<b>", "</b>", "<!--", "-->", "<script>", "</script>",
            "<pre>", "</pre>", "<nav>", "</nav>", "&amp;", "&eacute", "&#x1F600;", "&#0;", '<a href="x > y">', "<", ">",
            '"', "'", "=", "&", "<h1>", "</h1>", "<td>", " ", "\n", "\u00a0", "<svg/>", "</svg>", "<?", "<!", "a",
            "Совет", "مجلس", "\x00",
        ]),
        st.text(max_size=8),
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(PIECES)
def test_every_character_has_its_place(source: str) -> None:
    found = page(source)
    assert len(found.places) == len(found.text)
    assert list(found.places) == sorted(found.places)
    for character, place in zip(found.text, found.places, strict=True):
        there = source[place]
        assert there in (character, "&") or (character in " \n" and there in " \t\r\n\f<")
    at = 0
    for block in found.blocks:
        assert at <= block.start < block.end <= len(found.text)
        at = block.end
    assert not re.search(
        r"\S",
        "".join(found.text[a.end : b.start] for a, b in zip(found.blocks, found.blocks[1:], strict=False)),
    )


WORDS = st.sampled_from(["council", "met", "a & b", "Совет", "lake", "x", "  ", "\n"])
TREES = st.recursive(
    WORDS.map(lambda one: one.replace("&", "&amp;")),
    lambda inner: st.tuples(
        st.sampled_from(["p", "div", "b", "i", "h2", "ul", "li", "span", "section", "script", "style"]),
        st.lists(inner, max_size=4),
    ).map(lambda one: f"<{one[0]}>{' '.join(one[1])}</{one[0]}>"),
    max_leaves=25,
)


@given(TREES)
def test_the_same_words_as_lxml_reads(source: str) -> None:
    tree = html.fromstring(f"<html><body><div>{source}</div></body></html>")
    for hidden in tree.xpath("//script|//style"):
        hidden.drop_tree()
    assert "".join(page(source).text.split()) == "".join(tree.text_content().split())


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<script>", "<a ", '<a b="', "<a b='", "&amp", "&#", "<", "</", "<p>", '="', "<a =", "<svg>"],
)
def test_a_hostile_page_takes_no_longer_than_a_long_one(piece: str) -> None:
    begin = process_time()
    page(piece * 100_000)
    assert process_time() - begin < 20  # quadratic time would be hours
