"""Draws up the register's records from a program and the pages it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from foedus.ir import formula as f
from foedus.ir import norm as ir
from foedus.ir.check import below
from foedus.ir.norm import Program
from foedus.lang.tree import Page
from foedus.register.phrases import Phrases, calls, joined
from foedus.register.rows import Credit, Instrument, LeftOut, Norm, Party, Remark, Rule, Text
from foedus.terms.time import EDate

_TRIAL = re.compile(r"^ {0,3}#+ +Trial\b", re.MULTILINE)


def records(program: Program, pages: Mapping[str, Page]) -> tuple[Instrument, ...]:
    """One record for each instrument, by its id."""
    trials = {page.path: len(_TRIAL.findall(page.text)) for page in pages.values()}
    return tuple(
        _instrument(program, program.instruments[name], trials) for name in sorted(program.instruments)
    )


def _instrument(program: Program, known: ir.Instrument, trials: Mapping[str, int]) -> Instrument:
    own = tuple(norm for norm in program.norms if norm.instrument == known.id)
    terms = [d.body for d in program.defines if d.name.startswith(f"{known.id}.")]
    wholes = [*terms, *(n.when for n in own), *(n.until for n in own if n.until is not None)]
    unread = {part.text for whole in wholes for part in below(whole) if isinstance(part, f.Unread)}
    page = known.place.page
    questions = [q for q in program.questions.values() if q.id.startswith(f"{known.id}.")]
    unsure = tuple(
        name
        for name, doubtful in (
            ("signed", known.signed_unconfirmed),
            ("in force", known.in_force_unconfirmed),
            ("ended", known.ended_unconfirmed),
        )
        if doubtful
    )
    sources = [s for s in program.sources.values() if s.place.page == page]
    unconfirmed = (
        len(unsure)
        + sum(life.unconfirmed for life in known.lives)
        + sum(text.unconfirmed for text in known.texts)
        + sum(h.unconfirmed for q in questions for a in q.answers for h in a.holders)
        + sum(source.unconfirmed for source in sources)
        + known.duration.unconfirmed
        + known.exit.unconfirmed
    )
    return Instrument(
        id=known.id, title=known.title, page=page, signed=_text(known.signed),
        in_force=_text(known.in_force), ended=_text(known.ended), unsure=unsure, political=known.political,
        texts=tuple(
            Text(t.id, t.start.text, _text(t.until), t.read, t.unconfirmed, _text(t.secret_until))
            for t in known.texts
        ),
        parties=tuple(
            Party(life.state, life.role, life.start.text, _text(life.until), life.unconfirmed, life.source)
            for life in known.lives
        ),
        names=_names(program, known, own, wholes),
        norms=tuple(_norm(program, norm) for norm in own),
        rules=tuple(
            Rule(r.id, _named(program, r.organ), r.title, r.text or "", r.passes is not None)
            for r in program.rules if r.id.startswith(f"{known.id}.")
        ),
        deems=known.deems,
        left_out=tuple(
            LeftOut(n.text, n.effect, n.norms) for n in program.not_encoded if n.instrument == known.id
        ),
        questions=tuple(q.id for q in questions),
        unread=len(unread), unconfirmed=unconfirmed, sources=len(sources),
        yields_to=tuple(p.first for p in program.precedence if p.second == known.id),
        prevails_over=tuple(p.second for p in program.precedence if p.first == known.id),
        duration=Remark(known.duration.words, known.duration.source, known.duration.unconfirmed),
        exit=Remark(known.exit.words, known.exit.source, known.exit.unconfirmed),
        encoded=tuple(Credit(c.who, _text(c.on)) for c in known.encoded),
        reviewed=tuple(Credit(c.who, _text(c.on)) for c in known.reviewed),
        codes=known.codes, trials=trials.get(page, 0), digest=known.digest,
    )  # fmt: skip


def _norm(program: Program, norm: ir.Norm) -> Norm:
    blanks: dict[str, str] = {}
    to, whom = "", ()
    match norm.beneficiary:
        case f.Const(name):
            to, whom = "named", (name,)
        case f.Var(name, _):
            blanks[name] = "{whom}"
            guarded = norm.bearer.other and norm.bearer.each == "party"
            to = "party" if guarded or _asks_party(norm, name) else "state"
            named = _is_one_of(norm, name)
            to, whom = ("named", named) if named else (to, ())
        case _:
            pass
    if norm.bearer.var.name:
        blanks[norm.bearer.var.name] = "{who}"
    against: tuple[str, ...] = ()
    if isinstance(norm.against, f.Const):
        against = (norm.against.name,)
    elif isinstance(norm.against, f.Var):
        against = _is_one_of(norm, norm.against.name)
    called, kinds = calls(program, norm.when, blanks)
    phrases = Phrases(program, {**called, **blanks})
    bearer = norm.bearer.var.name
    ones = norm.bearer.names or (_is_one_of(norm, bearer) if bearer else ())
    plain = (*_said_elsewhere(norm), *kinds)
    when = [said for part in _parts(norm) if part not in plain for said in phrases.clauses(part)]
    return Norm(
        id=norm.id, kind=norm.kind, title=norm.title, article=norm.article, text=norm.text or "",
        bearers=ones, role=norm.bearer.role if norm.bearer.each == "party" else norm.bearer.each,
        others=norm.bearer.other or _apart(norm), to=to, whom=whom, against=against,
        duty_class=norm.duty_class or ("" if norm.class_question else "unseen"), modifiers=norm.modifiers,
        class_question=norm.class_question,
        classes=tuple((answer, kind or "unseen", modifiers) for answer, kind, modifiers in norm.classes),
        together=norm.manner == "together", immediately=norm.immediately, within_days=norm.within_days or 0,
        when=tuple(dict.fromkeys(when)), until=phrases.clauses(norm.until) if norm.until is not None else (),
        lifts=norm.lifts, line=norm.place.line,
    )  # fmt: skip


def _parts(norm: ir.Norm) -> list[f.Formula]:
    return joined(norm.when)


def _said_elsewhere(norm: ir.Norm) -> tuple[f.Formula, ...]:
    """Parts of a condition that only say that who bears the norm, or whom it serves, is a named one: the row has
    them as bearers and beneficiaries."""
    bearer = norm.bearer.var.name
    whom = norm.beneficiary.name if isinstance(norm.beneficiary, f.Var) else ""

    def names_one(part: f.Formula) -> bool:
        options = part.parts if isinstance(part, f.Or) else (part,)
        return any(
            name and all(isinstance(o, f.Same) and _identified(o, name) for o in options)
            for name in (bearer, whom)
        )

    return tuple(part for part in _parts(norm) if names_one(part))


def _apart(norm: ir.Norm) -> bool:
    """Whether the clauses say that the bearer is not whom the norm serves."""
    return any(
        isinstance(part, f.Not)
        and isinstance(part.body, f.Same)
        and {part.body.left, part.body.right} == {norm.bearer.var, norm.beneficiary}
        for part in _parts(norm)
    )


def _asks_party(norm: ir.Norm, name: str) -> bool:
    """Whether the clauses ask that whom it serves is a party."""
    return any(
        isinstance(part, f.Atom) and part.predicate == "party" and getattr(part.terms[0], "name", "") == name
        for part in _parts(norm)
    )


def _is_one_of(norm: ir.Norm, name: str) -> tuple[str, ...]:
    """The codes with one of which the clauses identify a variable."""
    for part in _parts(norm):
        options = part.parts if isinstance(part, f.Or) else (part,)
        if not all(isinstance(option, f.Same) for option in options):
            continue
        found = [_identified(option, name) for option in options if isinstance(option, f.Same)]
        if all(found):
            return tuple(found)
    return ()


def _identified(same: f.Same, name: str) -> str:
    for one, other in ((same.left, same.right), (same.right, same.left)):
        if isinstance(one, f.Var) and one.name == name and isinstance(other, f.Const):
            return other.name
    return ""


def _names(
    program: Program, known: ir.Instrument, own: Iterable[ir.Norm], wholes: Iterable[f.Formula]
) -> tuple[tuple[str, str], ...]:
    """What pages call the states and organs, in none of the tables, that an instrument speaks of."""
    codes = [life.state for life in known.lives]
    for norm in own:
        codes += norm.bearer.names
        codes += [to.name for to in (norm.beneficiary, norm.against) if isinstance(to, f.Const)]
    for part in (part for whole in wholes for part in below(whole)):
        terms = getattr(part, "terms", None) or (getattr(part, "left", None), getattr(part, "right", None))
        codes += [term.name for term in terms if isinstance(term, f.Const)]
    actors = program.vocabulary.actors
    return tuple((code, actors[code].name) for code in dict.fromkeys(codes) if code in actors)


def _named(program: Program, code: str) -> str:
    actor = program.vocabulary.actors.get(code)
    return actor.name if actor is not None else code


def _text(on: EDate | None) -> str:
    return on.text if on is not None else ""
