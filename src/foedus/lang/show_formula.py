"""Formulas and the notes of a line written out again: what `show` puts together to items.

>>> a = AtomF(Name("force"), (Arg(None, Name("_")), Arg(Name("victim"), Name("v"))), Name("a"))
>>> show_formula(AndF((a, NotF(OrF((AtomF(Name("grave"), ()), LitF(False)))))))
'force(_, victim: v) as a and not (grave or never)'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foedus.lang.tree import (
    AndF,
    Arg,
    AtomF,
    BeforeF,
    ByF,
    Formula,
    Holder,
    IsF,
    LitF,
    Name,
    NoF,
    NotF,
    OneOf,
    OrF,
    QuantF,
    ReadingF,
    SpeechF,
    UnreadF,
)
from foedus.terms.time import EDate

Rows = Iterator[str]


def show_formula(formula: Formula) -> str:
    """The formula on one line; of readings or a choice by a question, several lines."""
    if isinstance(formula, ReadingF | ByF):
        return "\n".join(rows_of("", formula))
    return _show(formula)


def _show(formula: Formula) -> str:
    match formula:
        case AtomF():
            return show_atom(formula)
        case SpeechF():
            return f"{formula.speaker.text} {formula.verb.text} that {show_atom(formula.content)}"
        case NotF():
            return f"not {_unit(formula.body)}"
        case NoF():
            return f"no {_unit(formula.body)}"
        case AndF():
            return " and ".join(_unit(part) for part in formula.parts)
        case OrF():
            return " or ".join(f"({_show(p)})" if isinstance(p, OrF) else _show(p) for p in formula.parts)
        case QuantF():
            who = f" who {_unit(formula.who)}" if formula.who is not None else ""
            return f"{_many(formula)} {formula.sort.text} {formula.var.text}{who}: {_unit(formula.body)}"
        case IsF():
            return f"{formula.left.text} is {'not ' if formula.negated else ''}{formula.right.text}"
        case BeforeF():
            return f"{formula.first.text} before {formula.second.text}"
        case LitF():
            return "always" if formula.value else "never"
        case UnreadF():
            return f'unread "{formula.text}"'
        case ReadingF() | ByF():
            raise TypeError("readings and choices stand below a line, never inside a formula")


def _many(formula: QuantF) -> str:
    if formula.quantifier not in ("at least", "more than"):
        return formula.quantifier
    many = (
        str(formula.k) if formula.share is None else f"{formula.share.numerator}/{formula.share.denominator}"
    )
    weight = f" by {formula.weight.text}" if formula.weight is not None else ""
    of = " of" if formula.share is not None or weight else ""
    return f"{formula.quantifier} {many}{weight}{of}"


def _unit(formula: Formula) -> str:
    return f"({_show(formula)})" if isinstance(formula, AndF | OrF) else _show(formula)


def show_atom(atom: AtomF) -> str:
    """The atom on one line."""
    args = ", ".join(map(_arg, atom.args))
    mark = f" as {atom.mark.text}" if atom.mark else ""
    return f"{atom.predicate.text}({args}){mark}" if atom.args else atom.predicate.text + mark


def _arg(arg: Arg) -> str:
    term = f"[{' | '.join(n.text for n in arg.term.names)}]" if isinstance(arg.term, OneOf) else arg.term.text
    return f"{arg.role.text}: {term}" if arg.role else term


def rows_of(head: str, formula: Formula) -> Rows:
    """The lines of `head` with its formula: on the line, or below it."""
    colon = "" if head.startswith(("when", "unless", "until")) or not head else ":"
    match formula:
        case ReadingF():
            if head:
                yield f"{head}:"
            for name, holders, inner in formula.readings:
                yield from deeper(rows_of(f'reading "{name.text}"{held_by(holders)}', inner), bool(head))
        case ByF():
            yield f"{head}{colon} by {formula.question.text}:".lstrip()
            for name, inner in formula.answers:
                yield from deeper(rows_of(f'"{name.text}"', inner))
        case _:
            yield f"{head}{colon} {_show(formula)}".lstrip()


def deeper(rows: Iterable[str], really: bool = True) -> Rows:
    """The rows one level deeper, if `really`."""
    for row in rows:
        yield f"  {row}" if really else row


# ---- parts of lines ----


def titled(words: str) -> str:
    """A title behind a name; nothing if there is none."""
    return f' "{words}"' if words else ""


def listed(names: Iterable[Name]) -> str:
    """Names joined by commas."""
    return ", ".join(name.text for name in names)


def noted(*parts: str | bool | Name | EDate | None) -> str:
    """Joins pairs of a word and a value; a pair whose value is empty is left out, `True` leaves the word."""
    said: list[str] = []
    for word, value in zip(parts[::2], parts[1::2], strict=True):
        if value is True:
            said.append(str(word))
        elif value:
            said.append(f"{word} {value.text if isinstance(value, Name | EDate) else value}".strip())
    return "".join(f" {part}" for part in said)


def in_quotes(words: str) -> str:
    """Words in quotation marks; nothing if there are none."""
    return f'"{words}"' if words else ""


def reference(source: Name | None, where: str = "") -> str:
    """A source in brackets, with where in it."""
    return f"[{source.text}{' ' if where else ''}{where}]" if source else ""


def held_by(holders: tuple[Holder, ...]) -> str:
    """Who holds a reading or an answer."""
    return f" held by {', '.join(map(_holder, holders))}" if holders else ""


def _holder(holder: Holder) -> str:
    notes = noted("on", holder.on, "", reference(holder.source), "unconfirmed", holder.unconfirmed)
    return holder.by.text + notes
