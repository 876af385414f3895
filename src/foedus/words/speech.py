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
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import polib

CATALOGUES = Path(__file__).with_name("catalogues")
ENGLISH = "en"
_LANGUAGE: ContextVar[str] = ContextVar("language", default=ENGLISH)
_IN_CONTEXT = "\x04"  # as gettext joins a context and its words


def languages() -> tuple[str, ...]:
    """The codes of the languages there are, English first: `('en', 'fr', 'ru')`."""
    return (ENGLISH, *sorted(path.stem for path in CATALOGUES.glob("*.po")))


def language() -> str:
    """The code of the language in which one speaks."""
    return _LANGUAGE.get()


@contextmanager
def speaking(code: str) -> Generator[None]:
    """Speak a language of `languages()` inside a `with` block; ValueError for any other."""
    if code not in languages():
        raise ValueError(f"no words in `{code}`; known: {', '.join(languages())}")
    token = _LANGUAGE.set(code)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def say(template: str, /, **parts: object) -> str:
    """The template in the language spoken, filled with its parts."""
    return _filled(_catalogue(language()).gettext(template), parts)


def say_in(context: str, template: str, /, **parts: object) -> str:
    """The same where one English word has several meanings; the context says which is meant."""
    return _filled(_catalogue(language()).pgettext(context, template), parts)


def plural(one: str, many: str, n: int, /, **parts: object) -> str:
    """`one` or `many` as the language counts; `{n}` in it is the number."""
    return _filled(_catalogue(language()).ngettext(one, many, n), {"n": n, **parts})


def marked(template: str) -> str:
    """The template as it is, for a table whose entries are put through `say` where they are used."""
    return template


def _filled(template: str, parts: dict[str, object]) -> str:
    return template.format_map(parts) if parts else template


class _Catalogue(gettext.NullTranslations):
    """A `.po` file read as it stands: nothing to compile, and nothing that can be out of date."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        file = polib.pofile(str(path), encoding="utf-8")
        self._said: dict[str, str] = {}
        self._counted: dict[str, dict[int, str]] = {}
        self._which = _plural_rule(file.metadata["Plural-Forms"])
        for entry in file:
            if entry.obsolete or entry.fuzzy:
                continue
            key = f"{entry.msgctxt}{_IN_CONTEXT}{entry.msgid}" if entry.msgctxt else entry.msgid
            if entry.msgid_plural:
                self._counted[key] = dict(entry.msgstr_plural)
            elif entry.msgstr:
                self._said[key] = entry.msgstr

    def gettext(self, message: str) -> str:
        return self._said.get(message, message)

    def pgettext(self, context: str, message: str) -> str:
        return self._said.get(f"{context}{_IN_CONTEXT}{message}", message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        which = self._which(n)
        return self._counted.get(msgid1, {}).get(which) or (msgid1 if n == 1 else msgid2)


def _plural_rule(header: str) -> Callable[[int], int]:
    """Of `nplurals=2; plural=(n > 1);`, the function from a number to its form."""
    rule = re.sub(r".*?\bplural=", "", header)
    compiled: Callable[[int], int] = gettext.c2py(rule.rstrip("; \n"))  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnknownMemberType]
    return compiled


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == ENGLISH:
        return gettext.NullTranslations()
    return _Catalogue(CATALOGUES / f"{code}.po")
