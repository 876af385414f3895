"""The tree written out again: one canonical text for each formula and item.

What `parse_page` reads from it is the same tree; lines are as long as they come (`layout` breaks them).

>>> print(show_item(WeightingItem(Name("population"), "inhabitants", ())))
weighting population "inhabitants"
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from itertools import groupby

from foedus.lang.procedure_tree import ProcedureItem
from foedus.lang.show_formula import (
    Rows,
    deeper,
    held_by,
    in_quotes,
    listed,
    noted,
    reference,
    rows_of,
    show_atom,
    show_formula,
    titled,
)
from foedus.lang.show_procedure import show_procedure
from foedus.lang.tree import (
    ActorItem,
    AskItem,
    AsPartyItem,
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
    InstrumentItem,
    Item,
    Name,
    NormItem,
    NotEncodedItem,
    OutcomeItem,
    PartiesItem,
    PartyLine,
    PrecedenceItem,
    PredicateItem,
    PresumeItem,
    QuantityItem,
    QuantityLine,
    QuestionItem,
    ReadingF,
    RuleItem,
    RuleVersion,
    SomeoneItem,
    SourceItem,
    SpeakerItem,
    TensionItem,
    TermItem,
    TextItem,
    ValuesItem,
    WeightingItem,
    Who,
)
from foedus.terms.time import EDate

_WORD = r"(?!(?:and|or|not|no|as|is|that)(?![\w-]))[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*"
_IDENT = re.compile(rf"{_WORD}(?:\.{_WORD})?|[A-Z][A-Z0-9_]*")


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
            yield "  " + words + noted("", date, "unconfirmed", unsure)
    if item.political:
        yield "  political"
    for text in item.texts:
        yield f"  {_text(text)}"
    for name, value in item.codes:
        yield f'  code {name} "{value}"'
    for words, remark in (("duration", item.duration), ("exit", item.exit)):
        if remark:
            notes = noted("", reference(remark.source), "unconfirmed", remark.unconfirmed)
            yield f'  {words} "{remark.words}"{notes}'
    for words, credited in (("encoded by", item.encoded), ("reviewed by", item.reviewed)):
        for credit in credited:
            yield f'  {words} "{credit.who}"' + noted("on", credit.on)


def _text(text: TextItem) -> str:
    notes = noted("read", in_quotes(text.read), "unconfirmed", text.unconfirmed)
    secret = noted("secret until", text.secret_until)
    return f"text {text.id.text} {_span((text.start, text.until))}{secret}{notes}"


def _party(line: PartyLine) -> str:
    role = f" {line.role}" if line.role else ""
    spans = ", ".join(map(_span, line.spans))
    notes = noted("unconfirmed", line.unconfirmed, "", reference(line.source))
    return f"{listed(line.states)}{role} {spans}{notes}"


def _predicate(item: PredicateItem) -> str:
    roles = ", ".join(f"{role.text}: {sort.text}" for role, sort in item.roles)
    return f"{item.kind} {item.name.text}" + (f"({roles})" if roles else "") + titled(item.gloss)


def _versions(versions: Iterable[tuple[Name | None, Formula]], head: str = "when") -> Rows:
    for text, formula in versions:
        if text is None and isinstance(formula, ReadingF) and head == "when":
            yield from deeper(rows_of("", formula))
        else:
            yield from deeper(rows_of(f"text {text.text}" if text else head, formula))


def _rule(item: RuleItem) -> Rows:
    yield f"rule {item.name.text} of {item.organ.text}{titled(item.title)}"
    motion = item.motion.text if item.motion else ""
    for version in item.versions:
        rows = deeper(_version(version, motion))
        if version.text is None:
            yield from rows
        else:
            yield f"  text {version.text.text}:"
            yield from deeper(rows)


def _version(version: RuleVersion, motion: str) -> Rows:
    if version.members:
        yield f"members {version.members.text}"
    if version.seats is not None:
        yield f"seats {version.seats}"
    for words, apart in (("left out", version.left_out), ("held to abstain", version.held_to)):
        if apart is not None:
            yield from rows_of(f"{words}({apart.member.text}, {motion})", apart.body)
    if version.quorum is not None:
        yield from rows_of(f"quorum({motion})", version.quorum)
    for n, way in enumerate(version.ways):
        hours = f" {way.hours} hours" if way.hours is not None else ""
        if way.by:
            yield f"{'failing that ' if n else ''}by {way.by}{hours}"
        if way.quorum is not None:
            yield from deeper(rows_of(f"quorum({motion})", way.quorum), bool(way.by))
        yield from deeper(rows_of(f"passes({motion})", way.passes), bool(way.by))


def _weighting(item: WeightingItem) -> Rows:
    yield f"weighting {item.name.text}{titled(item.title)}"
    for line in item.lines:
        notes = noted("", reference(line.source), "unconfirmed", line.unconfirmed)
        yield f"  {line.state.text} {_weight(line.weight)}{notes}"


def _weight(weight: Fraction) -> str:
    """As few digits as say it: a whole number, a decimal one, or a fraction."""
    for places in range(12):
        if (weight * 10**places).denominator == 1:
            digits = str(weight * 10**places).rjust(places + 1, "0")
            return f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"{weight.numerator}/{weight.denominator}"


def _norm(item: NormItem) -> Rows:
    yield f"{item.kind} {item.name.text}{titled(item.title)}"
    if item.bearer:
        head = "owed by" if item.kind == "duty" else "of"
        notes = noted("to", item.beneficiary, "against", item.against)
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
        return listed(who.names)
    return "each" + noted("other", who.other, "", who.each, "", who.var)


def _clause(clause: Clause) -> Rows:
    word = clause.keyword
    if word in ("when", "unless", "until") and clause.formula:
        yield from rows_of(word, clause.formula)
    elif clause.formula:
        yield f"{word} by {show_formula(clause.formula)}"
    elif word == "class" and clause.question:
        yield f"class by {clause.question.text}:"
        yield from (f'  "{answer.text}": {", ".join(words)}' for answer, words in clause.cases)
    elif word == "class":
        yield f"class {', '.join(clause.words)}"
    elif word == "within":
        yield f"within {clause.number} days"
    else:
        yield {"lifted": "lifted by"}.get(word, word) + noted("", listed(clause.names))


# ---- records ----


def _dossier(item: DossierItem) -> Rows:
    yield f'dossier {item.id.text} "{item.title}"'
    for words, value in (
        ("period", item.period.text if item.period else ""),
        ("on", item.on.text if item.on else ""),
        ("concerning", listed(item.concerning)),
        ("assess", listed(item.assess)),
        ("party to the dispute", listed(item.disputants)),
    ):
        if value:
            yield f"  {words} {value}"


def _source(item: SourceItem) -> Rows:
    yield f'source {item.id.text} "{item.title}"' + noted("unconfirmed", item.unconfirmed)
    for words, value in (
        ("by", item.by.text if item.by else ""),
        ("publisher", in_quotes(item.publisher)),
        ("date", item.date.text if item.date else ""),
        ("url", f"<{item.url}>" if item.url else ""),
        *(("via", f"<{via}>") for via in item.via),
        ("read", in_quotes(item.read)),
        ("channel", in_quotes(item.channel)),
        *(("derives from", source.text + titled(how)) for source, how in item.derives),
    ):
        if value:
            yield f"  {words} {value}"
    if item.unresolved:
        yield "  unresolved"


def _fact(item: FactItem) -> Rows:
    name = f"{item.id.text} " if item.id else ""
    notes = noted(
        "on", item.on, "", in_quotes(item.title), "", item.standing, "unconfirmed", item.unconfirmed
    )  # fmt: skip
    yield f"fact {name}{show_atom(item.atom)}{notes}"
    for claim in item.claims:
        yield f"  {show_claim(claim)}"


def show_claim(claim: ClaimLine) -> str:
    """The line of a claim, without its indentation."""
    return ("finds" if claim.finds else claim.verb) + noted(
        "", claim.by, "", reference(claim.source, claim.where), "of", claim.of, "on", claim.on, "",
        in_quotes(claim.quote),
        "authentic", claim.authentic, "against interest", in_quotes(claim.against_interest),
        "unconfirmed", claim.unconfirmed,
    )  # fmt: skip


def _amount(line: QuantityLine) -> str:
    least = "at least " if line.at_least else ""
    return f"{least}{line.value} as of {line.as_of.text} {reference(line.source)}" + noted(
        "by",
        line.by,
        "withdrawn",
        in_quotes(line.withdrawn),
        "",
        in_quotes(line.note),
        "unconfirmed",
        line.unconfirmed,
    )


def _ask(item: AskItem) -> Rows:
    yield item.norm.text + noted(
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
            yield f"{item.sort.lower()} {item.code.text}{titled(item.title)}"
        case ValuesItem():
            yield f"values {item.sort.text}: {listed(item.names)}"
        case PredicateItem():
            yield _predicate(item)
        case TermItem():
            variables = f"({listed(item.vars)})" if item.vars else ""
            yield f"term {item.name.text}{variables}{titled(item.gloss)}"
            yield from _versions(item.versions)
        case QuestionItem():
            yield f"question {item.name.text}{titled(item.title)}"
            yield from (f'  "{name.text}"{held_by(holders)}' for name, holders in item.answers)
        case NormItem():
            yield from _norm(item)
        case DeemsItem():
            yield f'deems "{item.text}"'
        case NotEncodedItem():
            yield f'not encoded "{item.text}" {item.effect}' + noted("", listed(item.norms))
        case PrecedenceItem():
            yield f"this {'prevails over' if item.prevails else 'yields to'} {item.other.text}"
        case RuleItem():
            yield from _rule(item)
        case WeightingItem():
            yield from _weighting(item)
        case ProcedureItem():
            yield from show_procedure(item)
        case _:
            yield from _record(item)


def _record(item: Item) -> Rows:
    match item:
        case DossierItem():
            yield from _dossier(item)
        case SourceItem():
            yield from _source(item)
        case SpeakerItem():
            yield f"speaker {item.id.text}" + noted("", in_quotes(item.title), "for", item.speaks_for)
        case SomeoneItem():
            yield f"someone {item.id.text}{titled(item.title)}"
            if item.may_be:
                yield f"  may be {listed(item.may_be)}"
        case FactItem():
            yield from _fact(item)
        case CompleteItem():
            yield f"complete for {show_atom(item.atom)}{noted('on', item.on)} by {_by(item.by)}{titled(item.why)}"
        case PresumeItem():
            yield f"presume no {show_atom(item.atom)}{titled(item.why)}"
        case GainsItem():
            verb = "gains" if item.gains else "does not gain"
            yield f"{verb} {item.who.text} by {item.fact.text}{titled(item.ground)}"
        case HeldItem():
            holder = noted("by", item.holder.by, "on", item.holder.on, "", reference(item.holder.source))
            unsure = noted("unconfirmed", item.holder.unconfirmed)
            yield f'held {item.question.text} "{item.answer.text}"{holder}{unsure}'
        case TensionItem():
            yield f"tension {item.first.text}, {item.second.text}{titled(item.why)}"
        case QuantityItem():
            yield f'quantity {item.id.text} "{item.title}" of "{item.unit}"'
            yield from (f"  {_amount(line)}" for line in item.lines)
        case OutcomeItem():
            notes = noted("on", item.on, "", reference(item.source), "unconfirmed", item.unconfirmed)
            yield f'outcome {item.word} "{item.title}"{notes}'
            for norm, to, by in item.under:
                yield f"  under {norm.text}" + noted("owed to", to, "by", by)
            if item.note:
                yield f'  note "{item.note}"'
        case AsPartyItem():
            role = item.role.text if item.role else "party"
            yield f"{listed(item.states)} as {role}" + noted("of", item.instrument)
        case AskItem():
            yield from _ask(item)
        case _:
            raise TypeError(f"{type(item).__name__} is no item")
