"""A page read back as elements, by the parser of the standard library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "hr", "path", "rect", "circle", "use", "line"}


@dataclass
class Element:
    """An element with its attributes and what it holds."""

    tag: str
    attributes: dict[str, str]
    held: list[Element | str] = field(default_factory=list["Element | str"])

    def __iter__(self) -> Iterator[Element]:
        """Itself and every element below it, in order."""
        yield self
        for one in self.held:
            if isinstance(one, Element):
                yield from one

    @property
    def text(self) -> str:
        """Its words, with one space for every run of white space."""
        return " ".join("".join(one if isinstance(one, str) else f"{one.text} " for one in self.held).split())

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def all(self, tag: str = "", of: str = "") -> list[Element]:
        """Every element below with this tag and this class."""
        return [
            e for e in self if e is not self and (not tag or e.tag == tag) and (not of or of in e.classes)
        ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        assert len(made.attributes) == len(attrs), f"an attribute twice: {tag} {attrs}"
        self.open[-1].held.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].held.append(data)


def read(page: str) -> Element:
    """The page as a tree; fails where an end tag closes something else."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert [e.tag for e in reader.open] == [""], f"left open: {[e.tag for e in reader.open]}"
    return reader.root


def by_id(page: Element) -> dict[str, Element]:
    """Every element that has an id; fails where two have the same."""
    found: dict[str, Element] = {}
    for element in page:
        name = element.attributes.get("id")
        if name is not None:
            assert name not in found, f"id twice: {name}"
            found[name] = element
    return found
