"""Saying things in a language: look up a template, then fill it.

A template is written in English where it is used, and looked up in the catalogue of the language in
which one speaks; one that the catalogue lacks is said in English. What fills a template is never
looked into for further templates, whatever it holds.

>>> say("Whether {who} had to help turns on {letters}.", who="Bor {x}", letters="A")
'Whether Bor {x} had to help turns on A.'
>>> plural("{n} document", "{n} documents", 2)
'2 documents'
>>> with speaking("ru"):
...     language()
'ru'
>>> language()
'en'

What a room far below the reader says (a ground, a day in words) is a *phrase*: English text, equal to
itself in every language, that remembers what it was made of. Whoever shows it says it `aloud`, in the
language of the moment; `say` does so with all that fills a template.

>>> found = phrase("{what}: none listed", what="a raid")
>>> found, aloud(found), aloud("a page's own words")
('a raid: none listed', 'a raid: none listed', "a page's own words")
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

CATALOGUES = Path(__file__).with_name("catalogues")
FURTHER = "FOEDUS_CATALOGUES"
"""The variable that names a folder with further catalogues; its own go before the shipped."""

ENGLISH = "en"


class Catalogue(Protocol):
    """What is said for a template in one language; the template itself where the language lacks it."""

    def said(self, template: str, context: str = "") -> str: ...
    def counted(self, one: str, many: str, n: int) -> str: ...


class _English:
    def said(self, template: str, context: str = "") -> str:
        del context
        return template

    def counted(self, one: str, many: str, n: int) -> str:
        return one if n == 1 else many


_SPOKEN: ContextVar[tuple[str, Catalogue]] = ContextVar("spoken", default=(ENGLISH, _English()))


# ---- which language ----


def languages() -> tuple[str, ...]:
    """The codes of the languages there are, English first: `('en', 'fr', 'ru')`."""
    found = {path.stem for folder in _folders() for path in folder.glob("*.po") if path.is_file()}
    return (ENGLISH, *sorted(found - {ENGLISH}))


def language() -> str:
    """The code of the language in which one speaks."""
    return _SPOKEN.get()[0]


@contextmanager
def speaking(code: str) -> Generator[None]:
    """Speak a language of `languages()` inside a `with` block; ValueError for any other, and for a
    catalogue that cannot be read."""
    if code not in languages():
        raise ValueError(f"no words in `{code}`; known: {', '.join(languages())}")
    token = _SPOKEN.set((code, _catalogue(code)))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def _folders() -> tuple[Path, ...]:
    further = os.environ.get(FURTHER)
    return (Path(further), CATALOGUES) if further else (CATALOGUES,)


def _catalogue(code: str) -> Catalogue:
    if code == ENGLISH:
        return _English()
    return _read(next(path for folder in _folders() if (path := folder / f"{code}.po").is_file()))


@cache
def _read(path: Path) -> Catalogue:
    # English needs no catalogue, and what reads one takes a tenth of the time that an answer may take.
    return cast("Catalogue", import_module("foedus.words.catalogue").read(path))


# ---- saying ----


def say(template: str, /, **parts: object) -> str:
    """The template in the language spoken, filled with its parts."""
    return _filled(_SPOKEN.get()[1].said(template), template, parts)


def say_in(context: str, template: str, /, **parts: object) -> str:
    """The same where one English word has several meanings; the context says which is meant."""
    return _filled(_SPOKEN.get()[1].said(template, context), template, parts)


def plural(one: str, many: str, n: int, /, **parts: object) -> str:
    """`one` or `many` as the language counts; `{n}` in it is the number, unless a part says it."""
    said = _SPOKEN.get()[1].counted(one, many, n)
    return _filled(said, one if n == 1 else many, {"n": n, **parts})


def marked(template: str) -> str:
    """The template as it is, for a table whose entries are put through `say` where they are used."""
    return template


def marked_in(context: str, template: str) -> str:
    """The same for entries that are put through `say_in` with this context."""
    del context
    return template


def spoken(templates: Iterable[str]) -> dict[str, str]:
    """Templates with what is said for them, unfilled: for a program that fills them itself, such as
    the script of a page. Each is marked where it is written."""
    words = _SPOKEN.get()[1]
    return {template: words.said(template) for template in templates}


def template_in(context: str, template: str) -> str:
    """What is said for one template in a context, unfilled: for whoever fills it in a way of its own."""
    return _SPOKEN.get()[1].said(template, context)


def _filled(said: str, template: str, parts: Mapping[str, object]) -> str:
    if not parts:
        return said
    filling = {name: aloud(part) if isinstance(part, Phrase) else part for name, part in parts.items()}
    try:
        return said.format_map(filling)
    except (LookupError, ValueError, AttributeError, TypeError):
        if said == template:
            raise
        return template.format_map(filling)  # a translation that asks for what there is not


# ---- phrases: said later, perhaps in another language ----


class Phrase(str):
    """English text that can be said again in another language. It is a `str` in every respect, and
    equal to the same text said by anybody."""

    template: str
    many: str
    context: str
    parts: Mapping[str, object]


def phrase(template: str, /, **parts: object) -> Phrase:
    """The template filled in English now, and aloud in whatever language is spoken then. A part that
    is a tuple is a list with commas."""
    return _phrase(template, "", "", parts)


def phrase_in(context: str, template: str, /, **parts: object) -> Phrase:
    """The same with a context, as `say_in`."""
    return _phrase(template, "", context, parts)


def phrase_plural(one: str, many: str, n: int, /, **parts: object) -> Phrase:
    """The same with a number, as `plural`."""
    return _phrase(one, many, "", {"n": n, **parts})


def _phrase(template: str, many: str, context: str, parts: Mapping[str, object]) -> Phrase:
    english = many if many and parts["n"] != 1 else template
    filling = {name: _joined(part, str) for name, part in parts.items()}
    made = Phrase(english.format_map(filling) if parts else english)
    made.template, made.many, made.context, made.parts = template, many, context, parts
    return made


def aloud(text: object) -> str:
    """A phrase in the language spoken; any other text as it stands."""
    if not isinstance(text, Phrase):
        return str(text)
    if language() == ENGLISH:
        return str.__str__(text)
    parts = {name: _joined(part, aloud) for name, part in text.parts.items()}
    if text.many:
        n = cast("int", text.parts["n"])
        return plural(text.template, text.many, n, **{k: v for k, v in parts.items() if k != "n"})
    if text.context:
        return say_in(text.context, text.template, **parts)
    return say(text.template, **parts)


def _joined(part: object, said: Callable[[object], str]) -> object:
    if not isinstance(part, tuple):
        return part
    return ", ".join(map(said, cast("tuple[object, ...]", part)))
