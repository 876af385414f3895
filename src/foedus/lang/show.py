"""The tree written out again: one canonical text for each formula and item.

What `parse_page` reads from it is the same tree; lines are as long as they come (`layout` breaks them).

>>> a = AtomF(Name("force"), (Arg(None, Name("_")), Arg(Name("victim"), Name("v"))), Name("a"))
>>> show_formula(AndF((a, NotF(OrF((AtomF(Name("grave"), ()), LitF(False)))))))
'force(_, victim: v) as a and not (grave or never)'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from foedus.lang.procedure_tree import ProcedureItem
from foedus.lang.show_procedure import show_procedure
from foedus.lang.tree import (
    ActorItem,
    AndF,
    Arg,
    AskItem,
    AsPartyItem,
    AtomF,
    BeforeF,
    ByF,
    ClaimLine,
    Clause,
    CompleteItem,
    DeemsItem,
    DossierItem,
    Expectation,
    FactItem,
    Formula,
    GainsItem,
    HeldItem,
    Holder,
    InstrumentItem,
    IsF,
    Item,
    LitF,
    Name,
    NoF,
    NormItem,
    NotEncodedItem,
    NotF,
    OneOf,
    OrF,
    OutcomeItem,
    PartiesItem,
    PartyLine,
    PrecedenceItem,
    PredicateItem,
    PresumeItem,
    QuantF,
    QuantityItem,
    QuantityLine,
    QuestionItem,
    ReadingF,
    RuleItem,
    SomeoneItem,
    SourceItem,
    SpeakerItem,
    SpeechF,
    TensionItem,
    TermItem,
    TextItem,
    UnreadF,
    ValuesItem,
    Who,
)
from foedus.terms.time import EDate

Rows = Iterator[str]
_WORD = r"(?!(?:and|or|not|no|as|is|that)(?![\w-]))[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*"
_IDENT = re.compile(rf"{_WORD}(?:\.{_WORD})?|[A-Z][A-Z0-9_]*")


# ---- formulas ----


def show_formula(formula: Formula) -> str:
    """The formula on one line; of readings or a choice by a question, several lines."""
    if isinstance(formula, ReadingF | ByF):
        return "\n".join(_body("", formula))
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
            counted = formula.quantifier in ("at least", "more than")
            share = f"{formula.share} of" if formula.share is not None else str(formula.k)
            many = f"{formula.quantifier} {share}" if counted else formula.quantifier
            return f"{many} {formula.sort.text} {formula.var.text}: {_unit(formula.body)}"
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


def _body(head: str, formula: Formula) -> Rows:
    """The lines of `head` with its formula: on the line, or below it."""
    colon = "" if head.startswith(("when", "unless", "until")) or not head else ":"
    match formula:
        case ReadingF():
            if head:
                yield f"{head}:"
            for name, holders, inner in formula.readings:
                yield from _deeper(_body(f'reading "{name.text}"{_held(holders)}', inner), bool(head))
        case ByF():
            yield f"{head}{colon} by {formula.question.text}:".lstrip()
            for name, inner in formula.answers:
                yield from _deeper(_body(f'"{name.text}"', inner))
        case _:
            yield f"{head}{colon} {_show(formula)}".lstrip()


def _deeper(rows: Iterable[str], really: bool = True) -> Rows:
    for row in rows:
        yield f"  {row}" if really else row


# ---- parts of lines ----


def _q(words: str) -> str:
    return f' "{words}"' if words else ""


def _names(names: Iterable[Name]) -> str:
    return ", ".join(name.text for name in names)


def _say(*parts: str | bool | Name | EDate | None) -> str:
    """Joins pairs of a word and a value; a pair whose value is empty is left out, `True` leaves the word."""
    said: list[str] = []
    for word, value in zip(parts[::2], parts[1::2], strict=True):
        if value is True:
            said.append(str(word))
        elif value:
            said.append(f"{word} {value.text if isinstance(value, Name | EDate) else value}".strip())
    return "".join(f" {part}" for part in said)


def _quoted(words: str) -> str:
    return f'"{words}"' if words else ""


def _ref(source: Name | None, where: str = "") -> str:
    return f"[{source.text}{' ' if where else ''}{where}]" if source else ""


def _held(holders: tuple[Holder, ...]) -> str:
    return f" held by {', '.join(map(_holder, holders))}" if holders else ""


def _holder(holder: Holder) -> str:
    notes = _say("on", holder.on, "", _ref(holder.source), "unconfirmed", holder.unconfirmed)
    return holder.by.text + notes


def _span(span: tuple[EDate, EDate | None]) -> str:
    return f"from {span[0].text}" + (f" until {span[1].text}" if span[1] else "")


# ---- declarations ----


def _instrument(item: InstrumentItem) -> Rows:
    yield f'instrument {item.id.text} "{item.title}"'
    for words, date, unsure in (
        ("signed", item.signed, item.signed_unconfirmed),
        ("in force", item.in_force, item.in_force_unconfirmed),
        ("ended", item.ended, item.ended_unconfirmed),
    ):
        if date:
            yield "  " + words + _say("", date, "unconfirmed", unsure)
    if item.political:
        yield "  political"
    for text in item.texts:
        yield f"  {_text(text)}"
    for name, value in item.codes:
        yield f'  code {name} "{value}"'
    for words, remark in (("duration", item.duration), ("exit", item.exit)):
        if remark:
            notes = _say("", _ref(remark.source), "unconfirmed", remark.unconfirmed)
            yield f'  {words} "{remark.words}"{notes}'
    for words, credited in (("encoded by", item.encoded), ("reviewed by", item.reviewed)):
        for credit in credited:
            yield f'  {words} "{credit.who}"' + _say("on", credit.on)


def _text(text: TextItem) -> str:
    notes = _say("read", _quoted(text.read), "unconfirmed", text.unconfirmed)
    secret = _say("secret until", text.secret_until)
    return f"text {text.id.text} {_span((text.start, text.until))}{secret}{notes}"


def _party(line: PartyLine) -> str:
    role = f" {line.role}" if line.role else ""
    spans = ", ".join(map(_span, line.spans))
    notes = _say("unconfirmed", line.unconfirmed, "", _ref(line.source))
    return f"{_names(line.states)}{role} {spans}{notes}"


def _predicate(item: PredicateItem) -> str:
    roles = ", ".join(f"{role.text}: {sort.text}" for role, sort in item.roles)
    return f"{item.kind} {item.name.text}" + (f"({roles})" if roles else "") + _q(item.gloss)


def _versions(versions: Iterable[tuple[Name | None, Formula]], head: str = "when") -> Rows:
    for text, formula in versions:
        if text is None and isinstance(formula, ReadingF) and head == "when":
            yield from _deeper(_body("", formula))
        else:
            yield from _deeper(_body(f"text {text.text}" if text else head, formula))


def _rule(item: RuleItem) -> Rows:
    yield f"rule {item.name.text} of {item.organ.text}{_q(item.title)}"
    yield f"  members {item.members.text}"
    passes = f"passes({item.motion.text})" if item.motion else ""
    for text, formula in item.versions:
        if text is None:
            yield from _deeper(_body(passes, formula))
        else:
            yield f"  text {text.text}:"
            yield from _deeper(_deeper(_body(passes, formula)))


def _norm(item: NormItem) -> Rows:
    yield f"{item.kind} {item.name.text}{_q(item.title)}"
    if item.bearer:
        head = "owed by" if item.kind == "duty" else "of"
        notes = _say("to", item.beneficiary, "against", item.against)
        yield f"  {head} {_who(item.bearer)}{notes}"
    for (text, bearer, note), clauses in groupby(item.clauses, lambda c: (c.text, c.bearer, c.note)):
        depth = 1
        if text:
            yield f"  text {text.text}:"
            depth += 1
        if bearer:
            yield "  " * depth + f'for {bearer.text}: "{note}"'
            depth += 1
        for clause in clauses:
            for row in _clause(clause):
                yield "  " * depth + row


def _who(who: Who) -> str:
    if who.names:
        return _names(who.names)
    return "each" + _say("other", who.other, "", who.each, "", who.var)


def _clause(clause: Clause) -> Rows:
    word = clause.keyword
    if word in ("when", "unless", "until") and clause.formula:
        yield from _body(word, clause.formula)
    elif clause.formula:
        yield f"{word} by {_show(clause.formula)}"
    elif word == "class" and clause.question:
        yield f"class by {clause.question.text}:"
        yield from (f'  "{answer.text}": {", ".join(words)}' for answer, words in clause.cases)
    elif word == "class":
        yield f"class {', '.join(clause.words)}"
    elif word == "within":
        yield f"within {clause.number} days"
    else:
        yield {"lifted": "lifted by"}.get(word, word) + _say("", _names(clause.names))


# ---- records ----


def _dossier(item: DossierItem) -> Rows:
    yield f'dossier {item.id.text} "{item.title}"'
    for words, value in (
        ("period", item.period.text if item.period else ""),
        ("on", item.on.text if item.on else ""),
        ("concerning", _names(item.concerning)),
        ("assess", _names(item.assess)),
        ("party to the dispute", _names(item.disputants)),
    ):
        if value:
            yield f"  {words} {value}"


def _source(item: SourceItem) -> Rows:
    yield f'source {item.id.text} "{item.title}"' + _say("unconfirmed", item.unconfirmed)
    for words, value in (
        ("by", item.by.text if item.by else ""),
        ("publisher", _quoted(item.publisher)),
        ("date", item.date.text if item.date else ""),
        ("url", f"<{item.url}>" if item.url else ""),
        *(("via", f"<{via}>") for via in item.via),
        ("read", _quoted(item.read)),
        ("channel", _quoted(item.channel)),
        *(("derives from", source.text + _q(how)) for source, how in item.derives),
    ):
        if value:
            yield f"  {words} {value}"
    if item.unresolved:
        yield "  unresolved"


def _fact(item: FactItem) -> Rows:
    name = f"{item.id.text} " if item.id else ""
    notes = _say(
        "on", item.on, "", _quoted(item.title), "", item.standing, "unconfirmed", item.unconfirmed
    )  # fmt: skip
    yield f"fact {name}{show_atom(item.atom)}{notes}"
    for claim in item.claims:
        yield f"  {show_claim(claim)}"


def show_claim(claim: ClaimLine) -> str:
    """The line of a claim, without its indentation."""
    return ("finds" if claim.finds else claim.verb) + _say(
        "", claim.by, "", _ref(claim.source, claim.where), "of", claim.of, "on", claim.on, "",
        _quoted(claim.quote),
        "authentic", claim.authentic, "against interest", _quoted(claim.against_interest),
        "unconfirmed", claim.unconfirmed,
    )  # fmt: skip


def _amount(line: QuantityLine) -> str:
    least = "at least " if line.at_least else ""
    return f"{least}{line.value} as of {line.as_of.text} {_ref(line.source)}" + _say(
        "by",
        line.by,
        "withdrawn",
        _quoted(line.withdrawn),
        "",
        _quoted(line.note),
        "unconfirmed",
        line.unconfirmed,
    )


def _ask(item: AskItem) -> Rows:
    yield item.norm.text + _say(
        "owed to", item.beneficiary, "by", item.bearer, "on", item.on, "under text", item.text
    )  # fmt: skip
    if item.suppose:
        yield "  suppose " + ", ".join(f'{_about(name)} = "{value}"' for name, value in item.suppose)
    for expectation in item.expects:
        yield f"  {_expected(expectation)}"


def _about(name: Name) -> str:
    return name.text if _IDENT.fullmatch(name.text) else f'"{name.text}"'


def _expected(expectation: Expectation) -> str:
    joins = {"depends": "on", "lifted": "by"}.get(expectation.verdict, "because")
    ids = ", ".join(map(_about, expectation.ids))
    names = f" {joins} {ids}" if ids else ""
    return f"{'granting ' if expectation.granting else ''}expect {expectation.verdict}{names}"


def _by(name: Name) -> str:
    return name.text if name.text == "encoder" else f"[{name.text}]"


def show_item(item: Item) -> str:
    """The item's lines, without a line end after the last."""
    return "\n".join(_item(item))


def _item(item: Item) -> Rows:
    match item:
        case InstrumentItem():
            yield from _instrument(item)
        case PartiesItem():
            yield "parties"
            yield from (f"  {_party(line)}" for line in item.lines)
        case ActorItem():
            yield f"{item.sort.lower()} {item.code.text}{_q(item.title)}"
        case ValuesItem():
            yield f"values {item.sort.text}: {_names(item.names)}"
        case PredicateItem():
            yield _predicate(item)
        case TermItem():
            variables = f"({_names(item.vars)})" if item.vars else ""
            yield f"term {item.name.text}{variables}{_q(item.gloss)}"
            yield from _versions(item.versions)
        case QuestionItem():
            yield f"question {item.name.text}{_q(item.title)}"
            yield from (f'  "{name.text}"{_held(holders)}' for name, holders in item.answers)
        case NormItem():
            yield from _norm(item)
        case DeemsItem():
            yield f'deems "{item.text}"'
        case NotEncodedItem():
            yield f'not encoded "{item.text}" {item.effect}' + _say("", _names(item.norms))
        case PrecedenceItem():
            yield f"this {'prevails over' if item.prevails else 'yields to'} {item.other.text}"
        case RuleItem():
            yield from _rule(item)
        case ProcedureItem():
            yield from show_procedure(item, _body, show_atom)
        case _:
            yield from _record(item)


def _record(item: Item) -> Rows:
    match item:
        case DossierItem():
            yield from _dossier(item)
        case SourceItem():
            yield from _source(item)
        case SpeakerItem():
            yield f"speaker {item.id.text}" + _say("", _quoted(item.title), "for", item.speaks_for)
        case SomeoneItem():
            yield f"someone {item.id.text}{_q(item.title)}"
            if item.may_be:
                yield f"  may be {_names(item.may_be)}"
        case FactItem():
            yield from _fact(item)
        case CompleteItem():
            yield f"complete for {show_atom(item.atom)}{_say('on', item.on)} by {_by(item.by)}{_q(item.why)}"
        case PresumeItem():
            yield f"presume no {show_atom(item.atom)}{_q(item.why)}"
        case GainsItem():
            verb = "gains" if item.gains else "does not gain"
            yield f"{verb} {item.who.text} by {item.fact.text}{_q(item.ground)}"
        case HeldItem():
            holder = _say("by", item.holder.by, "on", item.holder.on, "", _ref(item.holder.source))
            unsure = _say("unconfirmed", item.holder.unconfirmed)
            yield f'held {item.question.text} "{item.answer.text}"{holder}{unsure}'
        case TensionItem():
            yield f"tension {item.first.text}, {item.second.text}{_q(item.why)}"
        case QuantityItem():
            yield f'quantity {item.id.text} "{item.title}" of "{item.unit}"'
            yield from (f"  {_amount(line)}" for line in item.lines)
        case OutcomeItem():
            notes = _say("on", item.on, "", _ref(item.source), "unconfirmed", item.unconfirmed)
            yield f'outcome {item.word} "{item.title}"{notes}'
            for norm, to, by in item.under:
                yield f"  under {norm.text}" + _say("owed to", to, "by", by)
            if item.note:
                yield f'  note "{item.note}"'
        case AsPartyItem():
            role = item.role.text if item.role else "party"
            yield f"{_names(item.states)} as {role}" + _say("of", item.instrument)
        case AskItem():
            yield from _ask(item)
        case _:
            raise TypeError(f"{type(item).__name__} is no item")
