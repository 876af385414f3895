"""What a treaty page's own trials notice when its meaning is changed.

    python bench/mutation.py [PAGE…] [--missed] [--every N]

Each *mutant* is the page's program with one change of meaning: a condition denied, a part left out, *and* for *or*, a
number, a value, a role, a class of duty, a text or its day, an answer of a question, the bearer. A mutant is *caught*
if a trial of the page no longer answers as the page expects. Some mutants mean the same as the page (of two
conditions one may follow from the other), so not all can be caught; `--missed` names those that
were not. `--every N` takes each N-th.

What a trial cannot say is not counted: when real states became parties (trials speak of fictional
ones), and titles.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from foedus.assessment.trial import run
from foedus.ir.decision import DecisionRule
from foedus.ir.formula import (
    And,
    AtLeast,
    Atom,
    Choose,
    Const,
    Defined,
    Earlier,
    Formula,
    Lit,
    Not,
    Or,
    Same,
    Speech,
    Term,
    Var,
    Wild,
)
from foedus.ir.norm import CLASSES, Norm, Program
from foedus.ir.show import show_formula
from foedus.lang.tree import Page
from foedus.library import Library
from foedus.terms.time import EDate

Mutant = tuple[str, str, Program]
"""Its kind, what was changed, and the program."""

Changed = Iterator[tuple[str, str, Formula]]
"""Kind, what was changed, and the formula."""
BUILT_IN = {"party", "state", "group", "organ"}


def changed(formula: Formula, values: dict[str, tuple[str, ...]]) -> Changed:
    """The formula with one change, each with its kind."""
    for kind, other in here(formula, values):
        yield kind, f"{show_formula(formula)} → {show_formula(other)}", other
    match formula:
        case And(parts) | Or(parts):
            for i, part in enumerate(parts):
                for kind, told, other in changed(part, values):
                    yield kind, told, replace(formula, parts=(*parts[:i], other, *parts[i + 1 :]))
        case Not(body) | AtLeast(body=body):
            for kind, told, other in changed(body, values):
                yield kind, told, replace(formula, body=other)
        case Choose(answers=answers):
            for i, (name, answer) in enumerate(answers):
                for kind, told, other in changed(answer, values):
                    yield (
                        kind,
                        told,
                        replace(formula, answers=(*answers[:i], (name, other), *answers[i + 1 :])),
                    )
        case _:
            pass


def here(formula: Formula, values: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, Formula]]:
    """Changes of the outermost node alone."""
    match formula:
        case And(parts) | Or(parts):
            swapped = Or if isinstance(formula, And) else And
            yield "and for or" if swapped is And else "or for and", swapped(parts, formula.place)
            for i in range(len(parts)):
                left = (*parts[:i], *parts[i + 1 :])
                kind = "part left out" if isinstance(formula, And) else "way left out"
                yield kind, left[0] if len(left) == 1 else replace(formula, parts=left)
        case Not(body):
            yield "denied", body
        case AtLeast(share=Fraction()):
            yield "number", replace(formula, strict=not formula.strict)
            yield "number", replace(formula, share=formula.share / 2)
        case AtLeast(k, var, body):
            yield "number", AtLeast(k + 1, var, body)
            if k > 1:
                yield "number", AtLeast(k - 1, var, body)
        case Choose(answers=answers) if len(answers) > 1:
            names = [name for name, _ in answers]
            turned = zip(names[1:] + names[:1], (f for _, f in answers), strict=True)
            yield "answers exchanged", replace(formula, answers=tuple(turned))
            for _, answer in answers:
                yield "one answer for all", answer
        case Earlier(first, second):
            yield "order", Earlier(second, first, formula.place)
        case Atom() | Defined() | Speech() | Same():
            yield "denied", Not(formula)
            yield "never", Lit(False)
            if isinstance(formula, Atom | Defined):
                for terms in other_terms(formula.terms, values):
                    told = isinstance(formula, Defined) or formula.predicate in BUILT_IN
                    if told and any(isinstance(term, Wild) for term in terms):
                        continue  # of these it is always said what
                    yield "role or value", replace(formula, terms=terms)
        case _:
            pass


def other_terms(terms: tuple[Term, ...], values: dict[str, tuple[str, ...]]) -> Iterator[tuple[Term, ...]]:
    """Two variables of one sort exchanged; a value for another of its kind; a constant or a variable for
    whoever."""
    for i, term in enumerate(terms):
        for j in range(i):
            one, other = terms[j], term
            if isinstance(one, Var) and isinstance(other, Var) and one.sort == other.sort and one != other:
                yield (*terms[:j], other, *terms[j + 1 : i], one, *terms[i + 1 :])
        if isinstance(term, Const):
            for other in values.get(term.name, ())[:1]:
                yield (*terms[:i], Const(other), *terms[i + 1 :])
        if not isinstance(term, Wild) and len(terms) > 1:
            yield (*terms[:i], Wild(), *terms[i + 1 :])


def of_norm(norm: Norm, texts: tuple[str, ...]) -> Iterator[tuple[str, str, Norm]]:
    """A norm with something other than its condition changed."""
    stronger = [c for c in CLASSES if c != norm.duty_class][:1]
    if norm.kind == "duty":
        yield "class", f"class {stronger[0]}", replace(norm, duty_class=stronger[0])
    if norm.until is not None:
        yield "until left out", "no until", replace(norm, until=None)
        yield "until always", "until always", replace(norm, until=Lit(True))
    bearer = norm.bearer
    if bearer.each:
        kind = "each party" if bearer.other else "each other party"
        yield "bearer", kind, replace(norm, bearer=replace(bearer, other=not bearer.other))
    for text in texts:
        if norm.text is not None and text != norm.text:
            yield "text", f"under {text}", replace(norm, text=text)


def shifted(on: EDate, days: int) -> EDate:
    return EDate.of(on.first + timedelta(days=days))


def mutants(program: Program, instrument: str) -> Iterator[Mutant]:
    """Every mutant of one instrument."""
    values = {
        name: tuple(other for other in sorted(program.vocabulary.values) if other != name and sort == theirs)
        for name, sort in program.vocabulary.values.items()
        for theirs in [sort]
    }
    states = ("FRA", "POL")
    values |= {name: tuple(s for s in states if s != name) for name in ("DEU", "UNSC", "CSC")}
    texts = tuple(text.id for text in program.instruments[instrument].texts)
    for i, norm in enumerate(program.norms):
        if norm.instrument != instrument:
            continue
        for field in ("when", "until"):
            body = getattr(norm, field)
            if body is not None:
                for kind, told, other in changed(body, values):
                    yield (
                        kind,
                        f"{norm.id} {norm.text or ''} {field}: {told}",
                        with_norm(program, i, replace(norm, **{field: other})),
                    )
        for kind, told, other in of_norm(norm, texts):
            yield kind, f"{norm.id} {norm.text or ''} {told}", with_norm(program, i, other)
    for i, define in enumerate(program.defines):
        if define.name.startswith(f"{instrument}."):
            for kind, told, body in changed(define.body, values):
                made = replace(define, body=body)
                defines = (*program.defines[:i], made, *program.defines[i + 1 :])
                yield kind, f"{define.name} {define.text or ''}: {told}", replace(program, defines=defines)
    first = {rule.organ: rule.id for rule in reversed(program.rules)}
    for i, rule in enumerate(program.rules):
        if rule.id.startswith(f"{instrument}.") and first[rule.organ] == rule.id:
            for kind, told, other in of_rule(rule, values):
                rules = (*program.rules[:i], other, *program.rules[i + 1 :])
                yield kind, f"{rule.id}: {told}", replace(program, rules=rules)
    yield from of_dates(program, instrument)


def of_rule(
    rule: DecisionRule, values: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, str, DecisionRule]]:
    """A way of deciding, or its quorum, that asks for something else. Of several rules of one organ only the
    first can be asked in a trial."""
    for n, way in enumerate(rule.ways):
        for field in ("passes", "quorum"):
            body = getattr(way, field)
            if body is not None:
                for kind, told, made in changed(body, values):
                    ways = (*rule.ways[:n], replace(way, **{field: made}), *rule.ways[n + 1 :])
                    yield kind, f"{way.by} {field}: {told}", replace(rule, ways=ways)


def of_dates(program: Program, instrument: str) -> Iterator[Mutant]:
    """A text that begins or ends on another day."""
    known = program.instruments[instrument]
    for days in (-1, 1):
        texts = tuple(
            replace(
                text,
                start=text.start if text.start.first == date.min else shifted(text.start, days),
                until=text.until and shifted(text.until, days),
            )
            for text in known.texts
        )
        moved = replace(known, texts=texts, in_force=known.in_force and shifted(known.in_force, days))
        yield (
            "day",
            f"texts {days:+} day",
            replace(program, instruments={**program.instruments, instrument: moved}),
        )


def with_norm(program: Program, i: int, norm: Norm) -> Program:
    return replace(program, norms=(*program.norms[:i], norm, *program.norms[i + 1 :]))


def caught(page: Page, program: Program) -> bool:
    """Whether a trial of the page, or a mistake that it shows, tells the mutant from the page."""
    for trial in page.trials:
        outcomes, problems = run(replace(page, trials=(trial,)), program)
        if problems or not all(outcome.holds for outcome in outcomes):
            return True
    return False


def share(name: str, every: int = 1) -> tuple[Counter[str], Counter[str], list[str]]:
    """By kind of change: how many mutants of the page there are, and how many were caught; those missed."""
    loaded = Library().load([name])
    assert not caught(loaded.pages[name], loaded.program), f"{name}: its own trials do not hold"
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: list[str] = []
    for number, (kind, told, program) in enumerate(mutants(loaded.program, name)):
        if number % every:
            continue
        made[kind] += 1
        if caught(loaded.pages[name], program):
            found[kind] += 1
        else:
            missed.append(f"{kind}: {' '.join(told.split())}")
    return made, found, missed


def main() -> None:
    arguments = sys.argv[1:]
    every = int(arguments.pop(arguments.index("--every") + 1)) if "--every" in arguments else 1
    names = [name for name in arguments if not name.startswith("--")]
    names = names or [name for name in Library().pages if Library().page(name)[0].trials]
    for name in names:
        made, found, missed = share(name, every)
        print(f"{name:12} {found.total():4} of {made.total():4} caught: {found.total() / made.total():.0%}")
        for kind in made:
            print(f"    {kind:20} {found[kind]:4} of {made[kind]:4}")
        if "--missed" in arguments:
            print("\n".join(f"    missed {one}" for one in missed))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
