"""The lowered program as text: what the engines were given, in the words of the page.

For `foedus show` and for reading a failed test; it is not parsed again.

>>> from foedus.ir.formula import Some
>>> a = Var("a", "force")
>>> show_formula(Some(a, And((Atom("force", (Wild(), Const("ARV")), a), Not(Atom("grave", (a,)))))))
'some force a: (force(_, ARV) as a and not grave(a))'
"""

from __future__ import annotations

from collections.abc import Iterator

from foedus.ir.decision import DecisionRule, Weighting
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
    Unread,
    Var,
    Wild,
)  # fmt: skip
from foedus.ir.norm import Bearer, Define, Norm, Program, Question
from foedus.ir.procedure import Clock, Move, Mover, Procedure, Step, While


def show(program: Program) -> str:
    """The whole program: each instrument with its questions, terms, norms and rules."""
    return "\n".join(_lines(program))


def show_norm(norm: Norm) -> str:
    """One norm: its head line, and one indented line per clause."""
    return "\n".join(_norm(norm))


def show_formula(formula: Formula) -> str:
    """A formula on one line."""
    match formula:
        case Lit(value):
            return "always" if value else "never"
        case Atom(predicate, terms, mark):
            named = "" if mark is None else f" as {_term(mark)}"
            return _applied(predicate, terms) + named
        case Defined(name, terms):
            return _applied(name, terms)
        case Speech(verb, speaker, content):
            return f"{_term(speaker)} {verb} that {_applied(content.predicate, content.terms)}"
        case Same(left, right):
            return f"{_term(left)} is {_term(right)}"
        case Not(Same(left, right)):
            return f"{_term(left)} is not {_term(right)}"
        case Not(AtLeast(1, var, body) as one) if one.some:
            return f"no {var.sort} {var.name}: {_unit(body)}"
        case Not(body):
            return f"not {_unit(body)}"
        case And(parts):
            return " and ".join(_unit(part) for part in parts) or "always"
        case Or(parts):
            return " or ".join(show_formula(p) if isinstance(p, And) else _unit(p) for p in parts) or "never"
        case AtLeast(k, var, body):
            head = "some" if formula.some else _many(formula, k)
            if formula.share is None or not isinstance(body, And):
                return f"{head} {var.sort} {var.name}: {_unit(body)}"
            base, *counted = body.parts
            of = And(tuple(counted)) if len(counted) > 1 else counted[0]
            return f"{head} {var.sort} {var.name} who {_unit(base)}: {_unit(of)}"
        case Choose(question, answers):
            return f"by {question} (" + "; ".join(f'"{name}": {show_formula(f)}' for name, f in answers) + ")"
        case Earlier(first, second):
            return f"{_term(first)} before {_term(second)}"
        case Unread(text):
            return f'unread "{text}"'


def _many(formula: AtLeast, k: int) -> str:
    share, weight = formula.share, formula.weight
    many = str(k) if share is None else f"{share.numerator}/{share.denominator}"
    by = f" by {weight}" if weight is not None else ""
    of = " of" if share is not None or weight is not None else ""
    return f"{'more than' if formula.strict else 'at least'} {many}{by}{of}"


def _unit(formula: Formula) -> str:
    """The formula, in brackets where a neighbour could be taken for a part of it."""
    text = show_formula(formula)
    return f"({text})" if isinstance(formula, And | Or) else text


def _applied(word: str, terms: tuple[Term, ...]) -> str:
    return f"{word}({', '.join(_term(term) for term in terms)})" if terms else word


def _term(term: Term) -> str:
    match term:
        case Var(name) | Const(name):
            return name
        case Wild():
            return "_"


def _lines(program: Program) -> Iterator[str]:
    for instrument in program.instruments.values():
        yield f'{instrument.id} "{instrument.title}"'
        for text in instrument.texts:
            until = f" until {text.until}" if text.until else ""
            secret = f" secret until {text.secret_until}" if text.secret_until else ""
            yield f"  text {text.id} from {text.start}{until}{secret}"
        for life in instrument.lives:
            until = f" until {life.until}" if life.until else ""
            yield f"  {life.role} {life.state} from {life.start}{until}"
        prefix = f"{instrument.id}."
        for question in program.questions.values():
            if question.id.startswith(prefix):
                yield from _question(question)
        for define in program.defines:
            if define.name.startswith(prefix):
                yield from _define(define)
        for norm in program.norms:
            if norm.instrument == instrument.id:
                yield from _norm(norm)
        for weighting in program.weightings.values():
            if weighting.id.startswith(prefix):
                yield from _weighting(weighting)
        for rule in program.rules:
            if rule.id.startswith(prefix):
                yield from _rule(rule)
        for procedure in program.procedures.values():
            if procedure.instrument == instrument.id:
                yield from _procedure(procedure)


def _question(question: Question) -> Iterator[str]:
    yield f'question {question.id} "{question.title}"'
    for answer in question.answers:
        held = ", ".join(holder.by + (f" on {holder.on}" if holder.on else "") for holder in answer.holders)
        yield f'  "{answer.name}"' + (f" held by {held}" if held else "")


def _define(define: Define) -> Iterator[str]:
    params = ", ".join(f"{v.name}: {v.sort}" for v in define.vars)
    under = f" under {define.text}" if define.text else ""
    yield f"term {define.name}({params}){under}: {show_formula(define.body)}"


def _norm(norm: Norm) -> Iterator[str]:
    under = f" under {norm.text}" if norm.text else ""
    to = f" to {_term(norm.beneficiary)}" if norm.beneficiary else ""
    against = f" against {_term(norm.against)}" if norm.against else ""
    yield f"{norm.kind} {norm.id}{under}: {_bearer(norm.bearer)}{to}{against}"
    if norm.class_question:
        yield f"  class by {norm.class_question}"
        for answer, kind, modifiers in norm.classes:
            yield f'    "{answer}": {", ".join((kind or "unseen", *modifiers))}'
    elif norm.duty_class or norm.modifiers:
        yield f"  class {', '.join((norm.duty_class or 'unseen', *norm.modifiers))}"
    if norm.bound:
        yield "  for " + ", ".join(f"some {v.sort} {v.name}" for v in norm.bound)
    yield f"  when {show_formula(norm.when)}"
    if norm.until is not None:
        yield f"  until {show_formula(norm.until)}"
    for act in norm.acts:
        yield f"  {'breached' if norm.kind == 'prohibition' else 'performed'} by {show_formula(act)}"
    if norm.immediately:
        yield "  immediately"
    if norm.within_days is not None:
        yield f"  within {norm.within_days} days"
    if norm.manner == "together":
        yield "  together"
    if norm.lifts:
        yield f"  lifts {', '.join(norm.lifts)}"


def _bearer(bearer: Bearer) -> str:
    if not bearer.each:
        return ", ".join(bearer.names)
    role = "state" if bearer.each == "state" else bearer.role
    return f"each {'other ' if bearer.other else ''}{role} {bearer.var.name}"


def _rule(rule: DecisionRule) -> Iterator[str]:
    under = f" under {rule.text}" if rule.text else ""
    if not rule.ways:
        yield f'rule {rule.id} of {rule.organ}{under}: "{rule.title}"'
        return
    seats = f", {rule.seats} seats" if rule.seats is not None else ""
    yield f"rule {rule.id} of {rule.organ}{under}, members {rule.members}{seats}"
    for words, apart in (("left out", rule.left_out), ("held to abstain", rule.held_to)):
        if apart is not None:
            yield f"  {rule.member.name} is {words} when {show_formula(apart)}"
    for way in rule.ways:
        hours = f" {way.hours} hours" if way.hours is not None else ""
        by = f" by {way.by}{hours}" if way.by else ""
        if way.quorum is not None:
            yield f"  {rule.motion.name} has a quorum{by} when {show_formula(way.quorum)}"
        yield f"  {rule.motion.name} passes{by} when {show_formula(way.passes)}"


def _procedure(procedure: Procedure) -> Iterator[str]:
    under = f" under {procedure.text}" if procedure.text else ""
    yield f"procedure {procedure.id} of {procedure.organ}{under}"
    for track in procedure.tracks:
        ends = f"; ends {', '.join(track.ends)}" if track.ends else ""
        yield f"  track {track.name}{_whose(track.of)}: {', '.join(track.stages)}{ends}"
    for step in procedure.steps:
        yield f"  step {step.name} by {', '.join(map(_mover, step.movers))}"
        yield from (f"    {line}" for line in _step(step))
    for clock in procedure.clocks:
        yield f"  clock {clock.name} from {', '.join(clock.starts)}"
        yield from (f"    {line}" for line in _clock(clock))
    if procedure.precedence:
        yield f"  first {', '.join(procedure.precedence)}"


def _step(step: Step) -> Iterator[str]:
    yield from (f"on {_move(move)}" for move in step.moves)
    yield from (f"while {_while(each)}" for each in step.whiles)
    if step.condition is not None:
        yield f"when {show_formula(step.condition)}"
    if step.act is not None:
        yield f"performed by {show_formula(step.act)}"
    if step.rule is not None:
        yield f"decided by {step.rule}"
    if step.mandate:
        yield f"mandate {step.mandate}"


def _clock(clock: Clock) -> Iterator[str]:
    if clock.until:
        yield f"until {', '.join(clock.until)}"
    if clock.hours is not None:
        yield f"length {clock.hours} hours"
    else:
        yield "not stated" if clock.set_by == "not stated" else f"set by {clock.set_by}"
    yield from (f"then {_move(move)}" for move in clock.moves)


def _mover(mover: Mover) -> str:
    if mover.var is None:
        return mover.office or mover.name
    return f"each {mover.role} {mover.var.name}" if mover.each else mover.var.name


def _move(move: Move) -> str:
    sources = f" from {', '.join(move.sources)}" if move.sources else ""
    return f"{move.track}{_whose(move.of)}{sources} to {move.target}"


def _while(each: While) -> str:
    return f"{each.track}{_whose(each.of)} is {', '.join(each.stages)}"


def _whose(of: Var | None) -> str:
    return f" of {of.name}" if of is not None else ""


def _weighting(weighting: Weighting) -> Iterator[str]:
    yield f'weighting {weighting.id} "{weighting.title}"'
    for state, weight in weighting.values.items():
        yield f"  {state} {weight}"
