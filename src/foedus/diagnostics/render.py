"""Problems as the reader sees them: in the terminal, as JSON, as HTML, from the same value.

The title comes first, then each place with its line and a mark (`^` under what is wrong, `-` under what
explains it), last what to do. Where the page's text is not at hand, the address alone is printed.
`texts` maps the path of a page, as the places name it, to its text.

>>> from foedus.diagnostics.span import Place
>>> place = Place("lir.md", 1, 6, 1, 16)
>>> problem = Problem("F111", place, {"date": "2001-02-30"}, "February 2001 has 28 days")
>>> print(to_terminal([problem], {"lir.md": "from 2001-02-30"}))
error F111: the calendar has no `2001-02-30`
  lir.md:1:6
    1 │ from 2001-02-30
      │      ^^^^^^^^^^ February 2001 has 28 days
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foedus.diagnostics.catalogue import help_of, severity_of, title_of
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.snippet import marked_lines
from foedus.diagnostics.span import Place
from foedus.diagnostics.visible import visible, wrap
from foedus.diagnostics.visible import width as columns_of
from foedus.words.speech import ENGLISH, speaking

Texts = Mapping[str, str]

NARROWEST = 40
_PAINT = {"error": "1;31", "warning": "1;33", "title": "1", "gutter": "34", "note": "36", "address": "2"}


def arrange(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by page and place, each once; those without a place come first."""
    once: dict[object, Problem] = {}
    for p in problems:
        once.setdefault((p.code, p.place, tuple(sorted(p.values.items())), p.label, p.notes, p.help), p)
    return sorted(once.values(), key=_order)


def _order(problem: Problem) -> tuple[str, int, int, int, int, str]:
    place = problem.place
    return place.page, place.line, place.column, place.end_line, place.end_column, problem.code


def tally(problems: Iterable[Problem]) -> str:
    """How many there are, as `arrange` counts them: `2 errors, 1 warning`; nothing if none."""
    kinds = [severity_of(problem) for problem in arrange(problems)]
    counts = ((kinds.count(kind), kind) for kind in ("error", "warning"))
    return ", ".join(f"{count} {kind}{'' if count == 1 else 's'}" for count, kind in counts if count)


def to_terminal(
    problems: Iterable[Problem], texts: Texts | None = None, *, colour: bool = False, width: int = 110
) -> str:
    """All problems as `arrange` puts them, an empty line between; `width` is the terminal's, in columns."""
    pages = _Pages(texts or {})
    room = max(width, NARROWEST)
    return "\n\n".join("\n".join(_said(problem, pages, room, colour)) for problem in arrange(problems))


class _Pages:
    """The lines of each page, split once."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.split: dict[str, list[str]] = {}

    def lines(self, page: str) -> list[str]:
        if page not in self.split:
            self.split[page] = self.texts[page].split("\n") if page in self.texts else []
        return self.split[page]


def _said(problem: Problem, pages: _Pages, columns: int, colour: bool) -> list[str]:
    severity = severity_of(problem)
    code = f"{severity} {visible(problem.code)}"
    title, *more = _fitted(title_of(problem), columns - columns_of(code) - 2)
    found = [f"{_paint(code, severity, colour)}: {_paint(title, 'title', colour)}"]
    found += [f"  {_paint(line, 'title', colour)}" for line in more]
    places = [problem.place, *(note.place for note in problem.notes)]
    gutter = max(3, *(len(str(min(place.end_line, len(pages.lines(place.page))))) for place in places))
    look = _Look(pages, columns, gutter, colour)
    found += look.at(problem.place, problem.label, "^", severity)
    for note in problem.notes:
        found += look.at(note.place, note.label, "-", "note")
    if advice := help_of(problem):
        found += [f"  {shown}" for line in advice.split("\n") for shown in _fitted(line, columns - 2)]
    return found


def _fitted(text: str, room: int) -> list[str]:
    """The text on one line if there is room, else broken at spaces."""
    shown = visible(text)
    if columns_of(shown) <= room:
        return [shown]
    return wrap(text, room)


@dataclass(frozen=True, slots=True)
class _Look:
    """How places are shown in one problem: with line numbers `gutter` columns wide."""

    pages: _Pages
    columns: int
    gutter: int
    colour: bool

    def at(self, place: Place, label: str, mark: str, paint: str) -> list[str]:
        """The address, the marked lines, and the label beside or below its mark."""
        label = visible(label)
        if not place.page:
            return [f"  {label}"] if label else []
        found = [f"  {_paint(visible(place.where()), 'address', self.colour)}"]
        room = self.columns - self.gutter - 5
        marked = marked_lines(place, self.pages.lines(place.page), room)
        if not marked:
            return [*found, f"  {label}"] if label else found
        bar = _paint("│", "gutter", self.colour)
        empty = f"  {'':{self.gutter}} {bar} "
        for index, (number, strip) in enumerate(marked):
            if index and number > marked[0][0] + 1:
                found.append(f"{empty}…")
            numbered = _paint(f"{number:{self.gutter}}", "gutter", self.colour)
            found.append(f"  {numbered} {bar} {strip.shown}".rstrip())
            last = index == len(marked) - 1
            beside, below = _placed(label if last else "", strip.before, strip.length, room)
            found.append(
                f"{empty}{' ' * strip.before}{_paint(mark * strip.length + beside, paint, self.colour)}"
            )
            found += [f"{empty}{_paint(line, paint, self.colour)}" for line in below]
        return found


def _placed(label: str, before: int, length: int, room: int) -> tuple[str, list[str]]:
    """A label beside its mark if there is room, else on lines of its own below."""
    if not label:
        return "", []
    if before + length + 1 + columns_of(label) <= room:
        return f" {label}", []
    indent = min(before, max(room - columns_of(label), 0), room // 2)
    return "", [" " * indent + line for line in wrap(label, room - indent)]


def _paint(text: str, kind: str, colour: bool) -> str:
    return f"\x1b[{_PAINT[kind]}m{text}\x1b[0m" if colour else text


def to_json(problem: Problem) -> dict[str, object]:
    """One problem as a value for `json.dumps`; `place` is None where no page wrote it. In English in all languages."""
    with speaking(ENGLISH):
        title, advice = title_of(problem), help_of(problem)
    return {
        "code": problem.code,
        "severity": severity_of(problem),
        "title": title,
        "label": problem.label,
        "help": advice,
        "values": dict(problem.values),
        "place": _place(problem.place),
        "notes": [{"place": _place(note.place), "label": note.label} for note in problem.notes],
    }


def _place(place: Place) -> dict[str, str | int] | None:
    if not place.page:
        return None
    return {
        "page": place.page,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "heading": place.heading,
    }


def to_html(problems: Iterable[Problem], texts: Texts | None = None) -> str:
    """All problems as `arrange` puts them, as an HTML fragment; everything in it is escaped.

    One `article.problem` each (with the severity as a second class), in it `h4`, per place a `figure` with
    `pre > mark`, and `p.help`. No scripts, styles or identifiers.
    """
    pages = _Pages(texts or {})
    return "\n".join(_article(problem, pages) for problem in arrange(problems))


def _article(problem: Problem, pages: _Pages) -> str:
    severity = severity_of(problem)
    head = f'<span class="code">{severity} {_escaped(problem.code)}</span> {_prose(title_of(problem))}'
    found = [f'<article class="problem {severity}">', f"<h4>{head}</h4>"]
    found.append(_figure(problem.place, problem.label, "primary", pages))
    found += [_figure(note.place, note.label, "note", pages) for note in problem.notes]
    if advice := help_of(problem):
        found.append(f'<p class="help">{_prose(advice)}</p>')
    return "\n".join([line for line in found if line] + ["</article>"])


def _figure(place: Place, label: str, kind: str, pages: _Pages) -> str:
    caption = _prose(label)
    if not place.page:
        return f'<p class="label">{caption}</p>' if label else ""
    where = _escaped(place.where())
    found = [f'<figure class="{kind}">', f'<figcaption class="where">{where}</figcaption>']
    for number, strip in marked_lines(place, pages.lines(place.page), room=400):
        before, marked, after = (_escaped(part) for part in strip.split())
        found.append(f'<pre><span class="line">{number}</span> {before}<mark>{marked}</mark>{after}</pre>')
    if label:
        found.append(f'<p class="label">{caption}</p>')
    return "\n".join([*found, "</figure>"])


def _escaped(text: str) -> str:
    return html.escape(visible(text))


def _prose(text: str) -> str:
    """Escaped, with `words in backticks` as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", _escaped(text))
