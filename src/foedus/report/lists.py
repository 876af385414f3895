"""Lists, numbers, articles, days and quotation marks, said in the language spoken: what any table or page needs.

>>> listed(["A", "B", "C"]), listed(["A", "B"], "or"), article_short("Article 4 · Collective defence")
('A, B and C', 'A or B', 'Art. 4')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from foedus.report.layout import tied
from foedus.terms.article_words import article_briefly
from foedus.terms.time import EDate, in_words
from foedus.words.speech import aloud, marked_in, say, say_in

NUMBERS = (
    marked_in("number", "no"),
    marked_in("number", "one"),
    marked_in("number", "two"),
    marked_in("number", "three"),
    marked_in("number", "four"),
    marked_in("number", "five"),
    marked_in("number", "six"),
    marked_in("number", "seven"),
    marked_in("number", "eight"),
    marked_in("number", "nine"),
    marked_in("number", "ten"),
    marked_in("number", "eleven"),
    marked_in("number", "twelve"),
)


def listed(parts: Sequence[str], last: Literal["and", "or"] = "and") -> str:
    """`A, B and C`; nothing of nothing."""
    if len(parts) < 2:
        return "".join(map(aloud, parts))
    before, end = enumerated(parts[:-1]), parts[-1]
    if last == "or":
        return say("{before} or {last}", before=before, last=end)
    return say("{before} and {last}", before=before, last=end)


def enumerated(parts: Sequence[str]) -> str:
    """`A, B, C`."""
    return ", ".join(map(aloud, parts))


def apart(parts: Iterable[str]) -> str:
    """`A, B; C`: parts that may have commas of their own."""
    return say("; ").join(map(aloud, parts))


def labelled(label: str, text: str) -> str:
    """`A title: what is said of it`."""
    return say_in("label", "{label}: {text}", label=label, text=text)


def in_letters(number: int) -> str:
    """`three`; from thirteen on, figures."""
    return say_in("number", NUMBERS[number]) if number < len(NUMBERS) else str(number)


def decimal(figures: str) -> str:
    """Figures with a decimal point, with the sign that the language has for it."""
    return figures.replace(".", say_in("decimal sign", "."))


def begun(sentence: str) -> str:
    """With a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def article_short(heading: str) -> str:
    """`Art. 4`, or the heading's own words, as a column of articles has them."""
    return aloud(article_briefly(heading))


def placed(instrument: str, heading: str) -> str:
    """`cst Art. 4`: an article with the id of its instrument, kept on one line."""
    return tied(f"{instrument} {article_short(heading)}")


def on_day(on: EDate | None) -> str:
    """The date in words, or nothing."""
    return aloud(in_words(on)) if on else ""


def quoted(text: str) -> str:
    """In quotation marks."""
    return say("“{text}”", text=text)


def titled(title: str) -> str:
    """A title that a page gives, set off where the language spoken is not the page's."""
    return say_in("title in a sentence", "{title}", title=title)


def text_named(text: str) -> str:
    """`text of 2010`; a text that is called otherwise by its name."""
    return say("text of {text}", text=text) if text[:1].isdigit() else say("text {text}", text=quoted(text))


CLASSES = (
    marked_in("class", "consult"),
    marked_in("class", "meet the danger"),
    marked_in("class", "as each deems necessary"),
    marked_in("class", "necessary help"),
    marked_in("class", "all means"),
    marked_in("class", "guarantee"),
    marked_in("class", "none"),
    marked_in("class", "unseen"),
)
_CLASS = dict(
    zip(
        (
            "consult",
            "meet-danger",
            "as-deemed-necessary",
            "necessary-help",
            "all-means",
            "guarantee",
            "none",
            "unseen",
        ),
        CLASSES,
        strict=True,
    )
)


def class_words(duty_class: str) -> str:
    """`necessary help` for `necessary-help`."""
    return say_in("class", _CLASS[duty_class]) if duty_class in _CLASS else duty_class
