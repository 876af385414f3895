"""Formulas of a line, from the parser's branches to the tree of a page.

>>> from foedus.lang.outline import outline
>>> from foedus.lang.said import hear
>>> from foedus.lang.tangle import Source
>>> line = outline([Source(1, 1, "not grave(a) or unrest(v) as i")], "lir.md", "").lines[0]
>>> formula = to_formula(hear("body", line))
>>> type(formula).__name__, [type(part).__name__ for part in formula.parts]
('OrF', ['NotF', 'AtomF'])
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, cast

from lark import Token, Tree

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place
from foedus.lang.said import Said, branches, tokens, unquote
from foedus.lang.tree import (
    AndF,
    Arg,
    AtomF,
    BeforeF,
    Formula,
    IsF,
    LitF,
    Name,
    NoF,
    NotF,
    OneOf,
    OrF,
    QuantF,
    SpeechF,
    Term,
    UnreadF,
)

MOST_COUNTED = 1_000
"""`at least` counts states, incidents, parties: there are never as many as these."""
MOST_WEIGHED = 1_000_000_000_000_000
"""Inhabitants, shares, votes: nothing that states are weighed by comes to more."""


def to_formula(said: Said) -> Formula | None:
    """The formula on the line; None if the line has none, or chooses by a question."""
    body = next(iter(branches(said.tree, "body")), said.tree if said.tree.data == "body" else None)
    return None if body is None else _formula(said, branches(body)[0])


def asked(said: Said) -> Name | None:
    """The question by which the line chooses (`by council_needed:`), if it does."""
    by = (
        said.tree if said.tree.data == "by_question" else next(iter(branches(said.tree, "by_question")), None)
    )
    return None if by is None else said.name(tokens(by)[0])


def to_atom(said: Said, tree: Tree[Token], mark: Name | None = None) -> AtomF:
    """The atom with its arguments."""
    args: list[Arg] = []
    for arg in branches(tree, "arg"):
        role = next((said.name(token) for token in tokens(arg, "NAME")), None)
        args.append(Arg(role, _term(said, branches(arg)[0])))
    return AtomF(said.name(tokens(tree)[0]), tuple(args), mark, _place(said, tree))


def _term(said: Said, tree: Tree[Token]) -> Term:
    if tree.data == "one_of":
        return OneOf(tuple(_simple(said, simple) for simple in branches(tree)), _place(said, tree))
    return _simple(said, tree)


def _simple(said: Said, tree: Tree[Token]) -> Name:
    return said.name(tokens(tree)[0])


def _place(said: Said, tree: Tree[Token]) -> Place:
    if tree.meta.empty:
        return said.place
    return said.line.place(said.start + tree.meta.start_pos, said.start + tree.meta.end_pos)


def _formula(said: Said, tree: Tree[Token]) -> Formula:
    place = _place(said, tree)
    inner = branches(tree)
    match tree.data:
        case "formula":
            return OrF(tuple(_formula(said, part) for part in inner), place)
        case "conj":
            return AndF(tuple(_formula(said, part) for part in inner), place)
        case "group":
            return _formula(said, inner[0])
        case "denial":
            return NotF(_formula(said, inner[0]), place)
        case "nobody":
            return NoF(_formula(said, inner[0]), place)
        case "atom":
            return to_atom(said, tree)
        case "marked":
            return to_atom(said, inner[0], said.name(tokens(tree)[0]))
        case "speech":
            return SpeechF(
                _simple(said, inner[0]), said.name(tokens(tree)[0]), to_atom(said, inner[1]), place
            )
        case "same" | "different":
            return IsF(_simple(said, inner[0]), _simple(said, inner[1]), tree.data == "different", place)
        case "earlier":
            return BeforeF(_simple(said, inner[0]), _simple(said, inner[1]), place)
        case "always" | "never":
            return LitF(tree.data == "always", place)
        case "unread":
            return UnreadF(unquote(tokens(tree)[0]), place)
        case _:
            return _quantified(said, tree, place)


def _quantified(said: Said, tree: Tree[Token], place: Place) -> QuantF:
    sort, body = branches(tree, "sort")[0], branches(tree)[-1]
    how = {"at_least": "at least", "more_than": "more than", "none": "no"}.get(tree.data, tree.data)
    least = 0
    share: Fraction | None = None
    weight: Name | None = None
    for many in branches(tree, "many"):
        weight = next((said.name(token) for token in tokens(many, "NAME", "DOTTED")), None)
        for written in tokens(many, "SHARE"):
            share = _share(said, written, how)
        for number in tokens(many, "NUMBER"):
            least = _number(said, number, MOST_WEIGHED if weight else MOST_COUNTED)
    kind = cast("Literal['some', 'every', 'no', 'at least', 'more than']", how)
    variable = said.name(tokens(tree, "NAME")[0])
    who = [_formula(said, branches(inner)[0]) for inner in branches(tree, "who")]
    return QuantF(
        kind, least, said.name(tokens(sort)[0]), variable, _formula(said, body), place, share,
        who[0] if who else None, weight,
    )  # fmt: skip


def _share(said: Said, written: Token, how: str) -> Fraction:
    over, under = map(int, written.split("/"))
    if not 0 < over <= under <= MOST_COUNTED or (over == under and how == "more than"):
        raise Refused(Problem("F146", said.at(written), {"share": str(written)}))
    return Fraction(over, under)


def _number(said: Said, number: Token, most: int) -> int:
    least = int(number) if number.isdigit() and len(number) <= len(str(most)) else 0
    if not 1 <= least <= most:
        raise Refused(Problem("F138", said.at(number), {"number": str(number), "most": str(most)}))
    return least
