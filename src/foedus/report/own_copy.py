r"""The reader's own copy of a treaty's text, cut into articles, to stand beside the encoding.

Texts of treaties do not ship with Foedus; whoever has one may show it. An article begins at a line that
names it, in English, French, Spanish, German, Russian or another language that writes the word before
the number, and ends where the next heading begins.

>>> found = articles("ARTICLE III\nThe Parties meet.\n\nArticle 4 - Help\nThey help.\nAll of them.")
>>> found["3"], found["4"]
('The Parties meet.', 'They help.\nAll of them.')
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from foedus.assessment.finding import Assessment

_NAMES = r"article|art\.|articolo|artigo|artículo|artikel|статья|ст\.|стаття|бап|madde|المادة|член"
_HEAD = re.compile(
    rf"^[ \t]*(?:#{{1,6}}[ \t]+)?[*_]{{0,3}}(?:{_NAMES}|§)[ \t]*(?P<number>\d{{1,4}}|[ivxlc]{{1,8}})"
    r"(?P<letter>[ \t]?(?:bis|ter|quater)|[a-z](?![a-z]))?(?:-(?=\s)|[.:)*_–—-]|(?=\s)|$)[^\n]{0,200}$",
    re.IGNORECASE,
)
_OTHER_HEAD = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]|(?:chapter|part|section|title|annex|protocol|глава|раздел|часть|chapitre|titre|partie)\b)",
    re.IGNORECASE,
)
_IN_PAGE = re.compile(r"^(?:Article|Art\.)\s+(?P<number>\d{1,4}|[IVXLC]{1,8})\s*(?P<letter>bis|ter|[a-z])?\b")
_FIGURES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def articles(text: str) -> Mapping[str, str]:
    """Each article's text under its number (`4`, `4bis`; Roman figures as Arabic). Of two articles with one
    number, as where a protocol follows a treaty in one file, the first stands."""
    found: dict[str, str] = {}
    number, lines = "", list[str]()
    for line in [*text.splitlines(), "# "]:
        head = _HEAD.match(line)
        if not head and not _OTHER_HEAD.match(line):
            lines.append(line.rstrip())
            continue
        if number:
            found.setdefault(number, "\n".join(lines).strip())
        number, lines = (_number(head) if head else ""), []
    return {number: said for number, said in found.items() if said}


def beside(assessment: Assessment, copies: Mapping[str, str]) -> Mapping[tuple[str, str], str]:
    """The articles that the norms of an answer name: (instrument, heading in the page) to the copy's text.

    `copies` are whole texts, by the instrument's id.
    """
    cut = {instrument: articles(text) for instrument, text in copies.items()}
    found: dict[tuple[str, str], str] = {}
    for finding in assessment.findings:
        norm = finding.norm
        named = _IN_PAGE.match(norm.article)
        said = cut.get(norm.instrument, {}).get(_number(named)) if named else None
        if said:
            found[norm.instrument, norm.article] = said
    return found


def _number(head: re.Match[str]) -> str:
    figures = head["number"].lower()
    value = int(figures) if figures.isdigit() else _roman(figures)
    return f"{value}{(head['letter'] or '').strip().lower()}"


def _roman(figures: str) -> int:
    values = [_FIGURES[figure] for figure in figures]
    return sum(
        -value if any(later > value for later in values[n + 1 : n + 2]) else value
        for n, value in enumerate(values)
    )
