"""HTML: the whole readable text of a page in order; trafilatura decides which of it is the body.

The rest is marked, not dropped. What the page says of itself (title, publisher, author, day, address, language)
is taken from where it says so: meta elements, JSON-LD, `lang`. Nothing is fetched: libraries get text only.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

import trafilatura
from trafilatura.metadata import examine_meta
from trafilatura.utils import load_html

from foedus.diagnostics.problem import Problem, Refused
from foedus.terms.time import EDate
from foedus.trace.document import Document, Mark, MarkKind, Meta, Unread
from foedus.trace.read import plain
from foedus.trace.read.dates import stated
from foedus.trace.read.encoding import decoded
from foedus.trace.read.page import Page, page
from foedus.trace.read.source import Source, problem, too_large
from foedus.words.speech import Phrase, phrase

for _library in ("trafilatura", "htmldate", "courlan"):  # what is wrong is told by us
    logging.getLogger(_library).addHandler(logging.NullHandler())

LARGE: Final = 4 * 1024 * 1024
"""Characters of a page's source above which only its own elements say what is not the body: no such page is an
article, and looking for one takes minutes."""

_SURE: Final = 25
"""Letters of a line that cannot be in the body by accident."""

_PARAGRAPH: Final = 140
"""Characters of a line that stays body where it stands between two lines of it, even if trafilatura drops it."""

_DATES: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "dcterms.created", "citation_publication_date", "citation_date", "parsely-pub-date", "pubdate",
    "publishdate", "publish-date", "publish_date", "sailthru.date", "date", "rnews:datepublished", "article.published",
)  # fmt: skip
"""Names of meta elements that state the day of publication, the plainest first."""

_CHARSET = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.I,
)
_JSON_LD: Final = './/script[@type="application/ld+json"]'
_NO_WORD = re.compile(r"[\W_]+")

_WHY: Final[tuple[tuple[str, MarkKind, Phrase], ...]] = (
    ("form", "boilerplate", phrase("a form")),
    ("nav", "boilerplate", phrase("navigation")),
    ("menu", "boilerplate", phrase("navigation")),
    ("button", "boilerplate", phrase("a button")),
    ("dialog", "boilerplate", phrase("a dialogue box")),
    ("footer", "footer", phrase("the foot of the page")),
    ("aside", "boilerplate", phrase("beside the article")),
)
_OUTSIDE: Final = phrase("outside the article")
_HEADING: Final = phrase("a heading")


def read(source: Source) -> Iterator[Document | Unread]:
    """The one document of a file."""
    raw = source.file.read(source.most + 1)
    if len(raw) > source.most:
        yield Unread(source.name, too_large(source.name, plain.size(source), source.most))
        return
    yield document(raw, source.name, source.stem)


def document(raw: bytes, path: str, id: str, declared: str = "") -> Document:  # noqa: A002 - the field's name
    """The page of some bytes; `declared` is the encoding that its server declared. Raises `Refused` as `decoded`
    does, and with F600 if there is nothing to read on it."""
    if not declared and (found := _CHARSET.search(raw, 0, 4096)):
        declared = (found[1] or found[2]).decode("ascii", "replace")
    source = decoded(raw, path, declared)
    made = page(source.text)
    if not made.text.strip():
        raise Refused(problem("F600", path))
    tree = _tree(source.text)
    meta, told = _meta(tree, path) if tree is not None else (Meta(), ())
    body = _body(source.text) if len(source.text) <= LARGE else ""
    marks = tuple(_marks(made, body))
    return Document(
        id,
        made.text,
        path,
        source.encoding,
        source.guessed,
        meta,
        marks,
        made.places,
        (*source.warnings, *told),
    )


# ---- what is the body ----


def _body(source: str) -> str:
    """The body as trafilatura has it; "" if it finds none."""
    try:
        return trafilatura.extract(source, include_comments=False, include_tables=True) or ""
    except Exception:  # a page that fells the library, as hostile ones do, is all body
        return ""


def _marks(made: Page, body: str) -> Iterator[Mark]:
    lines = {_squeezed(line) for line in body.split("\n")}
    lines.discard("")
    all_of_it = _squeezed(body)
    long = [line for line in lines if len(line) >= _SURE]
    words = [_squeezed(made.text[block.start : block.end]) for block in made.blocks]
    inside = [bool(one) and _in_body(one, lines, all_of_it, long) for one in words]
    first = inside.index(True) if any(inside) else len(inside)
    last = len(inside) - inside[::-1].index(True) if any(inside) else 0
    for number, block in enumerate(made.blocks):
        if not words[number]:
            continue
        named = next((row for row in _WHY if row[0] in block.regions), None)
        if inside[number]:
            if block.heading:
                yield Mark(block.start, block.end, "heading", _HEADING)
        elif named:
            yield Mark(block.start, block.end, named[1], named[2])
        elif block.heading in (1, 2) or (block.heading and not body):
            yield Mark(block.start, block.end, "heading", _HEADING)
        elif body and not (first < number < last and block.end - block.start >= _PARAGRAPH):
            yield Mark(block.start, block.end, "boilerplate", _OUTSIDE)


def _in_body(words: str, lines: set[str], body: str, long: list[str]) -> bool:
    if words in lines or (len(words) >= _SURE and words in body):
        return True
    return len(words) > _SURE and any(line in words for line in long)


def _squeezed(text: str) -> str:
    return _NO_WORD.sub("", text)


# ---- what the page says of itself ----


def _tree(source: str) -> Any:
    try:
        return load_html(source)
    except Exception:  # as above: then the page says nothing of itself
        return None


def _meta(tree: Any, path: str) -> tuple[Meta, tuple[Problem, ...]]:
    found: Any = examine_meta(tree)
    nodes = [node for script in tree.xpath(_JSON_LD) for node in _nodes(script.text or "")]
    titles: list[Any] = tree.xpath(".//head//title")
    title = (
        found.title or _said(nodes, "headline") or _headline(tree, titles[0].text_content() if titles else "")
    )
    publisher = _named(found.sitename) or _said(nodes, "publisher")
    author = _said(nodes, "author") or found.author
    links: list[Any] = tree.xpath('.//link[@rel="canonical"]/@href')
    url = next(
        (str(one) for one in (found.url, *links) if str(one or "").startswith(("http://", "https://"))), ""
    )
    language = str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    on, told = _published(tree, nodes, path)
    said = [" ".join(str(one or "").split()) for one in (title, publisher, author)]
    return Meta(said[0], said[1], said[2], on, url, language.strip() or _said(nodes, "inLanguage")), told


def _headline(tree: Any, title: str) -> str:
    """The title of the window without the name of the site: the page's one heading of the first level, if that
    stands in it."""
    heads: list[Any] = tree.xpath(".//h1")
    head = " ".join(heads[0].text_content().split()) if len(heads) == 1 else ""
    return head if head and head in " ".join(title.split()) else title


def _named(text: object) -> str:
    """A name; "" for an address or an account, which pages put in its place."""
    name = str(text or "").strip()
    return "" if name.startswith(("http://", "https://", "@")) else name


def _published(tree: Any, nodes: Sequence[Node], path: str) -> tuple[EDate | None, tuple[Problem, ...]]:
    """The day of publication, where the page states it."""
    stating: dict[str, str] = {}
    for element in tree.iterfind(".//meta[@content]"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        stating.setdefault(name, element.get("content", "").strip())
    said = [stating[name] for name in _DATES if stating.get(name)]
    said += [on for node in nodes if (on := _said([node], "datePublished"))]
    said += tree.xpath(".//time[@itemprop='datePublished' or @pubdate]/@datetime")
    for text in said:
        if (on := stated(str(text))) is not None:
            return on, ()
    return None, (problem("F617", path, text=str(said[0])),) if said else ()


# ---- JSON-LD ----

Node = Mapping[str, object]


def _nodes(text: str) -> list[Node]:
    """What a script of JSON-LD describes: articles and pages, not the things named in them."""
    try:
        waiting: list[object] = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return []
    found: list[Node] = []
    for value in waiting:  # it grows
        if isinstance(value, list):
            waiting += cast("list[object]", value)
        elif isinstance(value, dict):
            node = cast("dict[str, object]", value)
            found.append(node)
            waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]
    return found


def _said(nodes: Sequence[Node], key: str) -> str:
    """The text of a field, or the names of the persons in it; "" where no article has it."""
    for node in nodes:
        if "headline" in node or "datePublished" in node or "articleBody" in node:
            value = node.get(key)
            values = cast("list[object]", value) if isinstance(value, list) else [value]
            names = [cast("Node", one).get("name") if isinstance(one, dict) else one for one in values]
            if said := ", ".join(name.strip() for name in names if isinstance(name, str) and _named(name)):
                return said
    return ""
