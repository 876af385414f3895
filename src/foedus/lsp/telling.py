"""How a thing is told: in one line for a list, in a few for a hover.

What a page declares is shown in the page's own lines. Glosses, titles and names stand below them as words.
"""

from __future__ import annotations

from collections.abc import Callable

from foedus.diagnostics.span import Place
from foedus.lang.lines import BELOW, Kind
from foedus.lang.tree import (
    ActorItem,
    FactItem,
    InstrumentItem,
    NormItem,
    Page,
    PredicateItem,
    QuestionItem,
    SomeoneItem,
    SourceItem,
    SpeakerItem,
    TermItem,
    ValuesItem,
)
from foedus.lang.words import BUILT_IN
from foedus.lsp.naming import Declared, Known, Thing
from foedus.terms.fact import SORTS
from foedus.terms.states import STATES, name_of
from foedus.words.speech import aloud, say

MOST_LINES = 14
"""Lines of a declaration that a hover shows."""

Link = Callable[[Place], str]
"""The address of a place, for a link; empty if it has none."""


def in_a_line(found: Declared) -> str:
    """A declaration in one line, for a list of several."""
    match found.item:
        case PredicateItem() as item if found.thing.kind == "word":
            roles = ", ".join(f"{role.text}: {sort.text}" for role, sort in item.roles)
            return f"{item.kind} {item.name.text}({roles})"
        case TermItem() as item if found.thing.kind == "term":
            return f"term {item.name.text}({', '.join(name.text for name in item.vars)})"
        case NormItem() as item:
            return f"{item.kind} “{item.title}”" if item.title else item.kind
        case ActorItem() as item:
            return item.title
        case ValuesItem() as item:
            return item.sort.text
        case QuestionItem() | InstrumentItem() | SourceItem() | SpeakerItem() | SomeoneItem() as item:
            return item.title
        case FactItem() as item:
            return item.title or item.atom.predicate.text
        case _:
            return found.thing.kind


def roles_of(found: Declared) -> tuple[str, ...]:
    """What stands in the parentheses of a word or term, by name."""
    match found.item:
        case PredicateItem() as item:
            return tuple(role.text for role, _ in item.roles)
        case TermItem() as item:
            return tuple(name.text for name in item.vars)
        case _:
            return ()


def told(thing: Thing, page: Page, known: Known, link: Link) -> str:
    """What a thing is, as a page sees it, in Markdown; empty if nothing is known of it."""
    found = known.for_page(thing, page)
    if not found:
        return _without_declaration(thing)
    return "\n\n---\n\n".join(_declared(one, link) for one in found[:3])


def _without_declaration(thing: Thing) -> str:
    if thing.kind == "actor" and thing.name in STATES:
        state = STATES[thing.name]
        until = say("until {day}", day=state.until) if state.until is not None else ""
        return f"**{thing.name}** · {aloud(name_of(thing.name))}" + (f" ({until})" if until else "")
    if thing.kind == "word" and thing.name in BUILT_IN:
        word = BUILT_IN[thing.name]
        roles = ", ".join(f"{role.name}: {role.sort}" for role in word.roles)
        return _fenced(f"{word.kind} {word.name}({roles})") + say("Built in: it needs no declaration.")
    if thing.kind == "word" and thing.name == "decided":
        return _fenced("decided(O)") + say("Short for `{form}`.", form="announced(by: O) as m and regular(m)")
    if thing.kind == "sort" and thing.name in SORTS:
        return _fenced(thing.name) + say("Built in: it needs no declaration.")
    return ""


def _declared(found: Declared, link: Link) -> str:
    parts = [_fenced(source_of(found))]
    match found.item:
        case SourceItem() as item:
            address = f"<{item.url}>" if item.url.startswith(("https://", "http://")) else ""
            parts += [f"{source_told(item)} {address}".strip()]
        case ActorItem() as item if not item.title:
            parts += [aloud(name_of(item.code.text))]
        case _:
            pass
    where = say("Declared in {where}", where=_page(found.place, link))
    return "\n".join(part for part in (*parts, where) if part)


def _page(place: Place, link: Link) -> str:
    name = place.page.rpartition("/")[2] + (f" · {place.heading}" if place.heading else "")
    shown = "".join(f"\\{sign}" if sign in "[]`*_<>\\" else sign for sign in name)
    address = link(place)
    return f"[{shown}]({address})" if address else shown


def source_told(item: SourceItem) -> str:
    """Who speaks in a source, who published it, and when."""
    date = item.date.text if item.date is not None else ""
    said = (item.by.text if item.by is not None else "", item.publisher, date)
    return " · ".join(part for part in said if part)


def source_of(found: Declared) -> str:
    """The lines of a declaration, as the page has them."""
    lines = found.page.text.split("\n")
    first = found.item.place.line or found.place.line
    if not 0 < first <= len(lines):
        return ""
    margin = _margin(lines[first - 1])
    taken = [lines[first - 1]]
    for line in lines[first:]:
        if not line.strip() or _margin(line) <= margin:
            break
        taken.append(line)
    taken = [line[margin:].rstrip() for line in taken]
    return "\n".join(taken if len(taken) <= MOST_LINES else [*taken[: MOST_LINES - 1], "  …"])


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _fenced(text: str) -> str:
    fence = "`" * 4
    return f"{fence}foedus\n{text}\n{fence}\n"


def line_told(kind: Kind) -> str:
    """How a kind of line is written, and what may stand below it."""
    said = say("Such a line is written:") + "\n" + _fenced(kind.shows)
    below = list(dict.fromkeys(k.words or k.shows for k in BELOW[kind.below])) if kind.below else []
    if not below:
        return said
    return said + say("Below it may stand: {lines}.", lines=", ".join(f"`{words}`" for words in below))
