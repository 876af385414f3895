"""What stands after the questions: conduct, statements in tension, figures, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from foedus.assessment.finding import Assessment, Conduct, Finding
from foedus.evidence.claim import Claim
from foedus.evidence.principals import principal_of
from foedus.evidence.record import Quantity, Value
from foedus.report.conditions import Letters
from foedus.report.findings import qualifying
from foedus.report.layout import GAP, Sheet, tied
from foedus.report.lead import main_findings
from foedus.report.texts import at_hand
from foedus.report.wording import (
    Names,
    apart,
    decimal,
    enumerated,
    in_one_place,
    labelled,
    listed,
    norm_heading,
    placed,
    titled,
)
from foedus.terms.date_words import within
from foedus.words.speech import Phrase, aloud, marked, marked_in, plural, say, say_in

PEOPLE = ("persons", "people")
"""Units of figures about people; they are always shown: the dead and the detained are in the dossier."""

CONDUCT = ("kept", "breached", "disputed", "not shown")


def show_conduct(sheet: Sheet, assessment: Assessment) -> None:
    """What was done about each norm, by whom; never more than the record holds."""
    shown = [finding for finding in assessment.findings if has_conduct(finding)]
    if not shown:
        return
    sheet.head(say("Conduct"))
    names = Names(assessment)
    for findings in _by_norm(shown):
        norm = findings[0].norm
        conduct = [c for finding in findings for c in finding.conduct]
        title = norm_heading(norm)
        provisos = [found for finding in findings if (found := proviso(finding))]
        if provisos:
            title = say("{title} ({proviso})", title=title, proviso=provisos[0])
        sheet.put(f"{placed(norm.instrument, norm.article)}{GAP}{title}", 2, 4)
        sheet.put(
            " · ".join(
                _said(norm.kind, conduct, word, names)
                for word in CONDUCT
                if any(c.word == word for c in conduct)
            ),
            6,
            2,
        )


def has_conduct(finding: Finding) -> bool:
    """Worth saying where the norm may hold, or where something was done all the same."""
    if not finding.conduct:
        return False
    return finding.granting.settled != "no" or any(c.word != "not shown" for c in finding.conduct)


PROVISOS = {
    "duty": marked("as far as it was owed"),
    "right": marked("as far as it was available"),
    "power": marked("as far as it was available"),
    "prohibition": marked("as far as it applied"),
    "plan": marked("as far as it was owed"),
}
"""What conduct grants where it is not settled that the norm held: to call a right *used*, or a prohibition
*kept*, would otherwise be to say that there was one."""


def proviso(finding: Finding) -> str:
    """How far the finding's conduct is told; empty where the norm held."""
    return "" if finding.granting.settled == "yes" else say(PROVISOS[finding.norm.kind])


def _by_norm(findings: Iterable[Finding]) -> list[list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.norm.id, []).append(finding)
    return list(groups.values())


def _said(kind: str, conduct: Sequence[Conduct], word: str, names: Names) -> str:
    """`kept by ARM, BLR (within 2 days)`; those with the same interval together."""
    by: dict[str, list[str]] = {}
    for each in conduct:
        if each.word == word:
            by.setdefault(interval_words(each.interval), []).append(names.brief(each.bearer))
    parts = [
        say("{who} ({interval})", who=enumerated(list(dict.fromkeys(who))), interval=interval)
        if interval
        else enumerated(list(dict.fromkeys(who)))
        for interval, who in by.items()
    ]
    template = _CONDUCT[conduct_word(kind, word)]
    return say(template, who=", ".join(parts))


_CONDUCT = {
    "kept": marked("kept by {who}"),
    "used": marked("used by {who}"),
    "breached": marked("breached by {who}"),
    "disputed": marked("disputed: {who}"),
    "not shown": marked("not shown: {who}"),
}


CONDUCT_WORDS = (
    marked_in("conduct", "kept"),
    marked_in("conduct", "used"),
    marked_in("conduct", "breached"),
    marked_in("conduct", "disputed"),
    marked_in("conduct", "not shown"),
)
"""The same where the bearers stand beside the word."""


def interval_words(interval: str) -> str:
    """How soon; that the dates do not tell more is in the word "within"."""
    if isinstance(interval, Phrase):
        return aloud(interval.parts.get("interval", interval))
    return interval.partition(";")[0]


def conduct_word(kind: str, word: str) -> str:
    """A right or a power is *used*; what binds is *kept*."""
    return "used" if word == "kept" and kind in ("right", "power") else word


def show_tensions(sheet: Sheet, assessment: Assessment) -> None:
    """Statements that do not sit well together, with who makes them; none is decided."""
    if not assessment.tensions:
        return
    sheet.head(say("Statements in tension"))
    names = Names(assessment)
    titles = {fact.id: fact.title or fact.id for fact in assessment.dossier.record.facts}
    for strain in assessment.tensions:
        first, second = strain.tension.facts
        sheet.put(titled(strain.tension.why) if strain.tension.why else listed([first, second]), 2, 2)
        for fact, claims in ((first, strain.first), (second, strain.second)):
            sheet.put(labelled(titled(titles.get(fact, fact)), _speakers(assessment, claims, names)), 4, 2)
        if strain.principals:
            who = listed([names.spoken(p) for p in strain.principals])
            sheet.put(say("both said by {who}", who=who), 4, 2)


def _speakers(assessment: Assessment, claims: Sequence[Claim], names: Names) -> str:
    record = assessment.dossier.record
    by = dict.fromkeys(principal_of(record, claim.by) for claim in claims)
    return listed([tied(names.plain(name)) for name in by]) or say("stipulated")


def show_figures(sheet: Sheet, assessment: Assessment) -> None:
    """Each figure that moved: value, day, source; a withdrawn value says so. Then the figures about
    people of which one value is recorded; those about things are counted."""
    quantities = [q for q in assessment.quantities if q.values]
    if not quantities:
        return
    sheet.head(say("Figures"))
    names = Names(assessment)
    moving = [q for q in quantities if len(q.values) > 1 or any(value.withdrawn for value in q.values)]
    about_people = [q for q in quantities if q not in moving and q.unit in PEOPLE]
    for quantity in (*moving, *about_people):
        title = quantity.title or quantity.id
        unit = (
            f", {quantity.unit}"
            if quantity.unit and quantity.unit not in (*title.lower().split(), *PEOPLE)
            else ""
        )
        sheet.put(labelled(f"{titled(title)}{unit}", series(quantity, names)), 2, 2)
    still = len(quantities) - len(moving) - len(about_people)
    if still:
        sheet.put(
            plural(
                "{n} figure with one value each is in --json.",
                "{n} figures with one value each are in --json.",
                still,
            ),
            2,
            2,
        )


def series(quantity: Quantity, names: Names) -> str:
    """`164 on 9 January (Kazakhstan; withdrawn: technical error), 225 on …`; values that one source
    gives in a row share its name."""
    parts: list[tuple[list[str], str]] = []
    for value in quantity.values:
        notes = _notes(value, names)
        if parts and parts[-1][1] == notes and not value.withdrawn:
            parts[-1][0].append(_figure(value, names))
        else:
            parts.append(([_figure(value, names)], notes))
    return ", ".join(f"{', '.join(figures)} ({notes})" for figures, notes in parts)


def _figure(value: Value, names: Names) -> str:
    """The value and its day; the year only where it is not the year asked about."""
    when = within(value.as_of, but=names.assessment.on.year)
    if value.at_least:
        return tied(say_in("figure", "at least {number} {day}", number=number(value.value), day=when))
    return tied(say_in("figure", "{number} {day}", number=number(value.value), day=when))


def _notes(value: Value, names: Names) -> str:
    source = names.assessment.dossier.record.sources.get(value.source)
    by = value.by or (source.by if source else "")
    notes = [names.plain(by) if by else f"[{value.source}]"]
    if value.unconfirmed:
        notes.append(say("unconfirmed"))
    if value.withdrawn:
        notes.append(say("withdrawn: {why}", why=titled(value.withdrawn)))
    return apart(notes)


def number(value: Fraction) -> str:
    """A whole number as such, others as a decimal if it is one, else as a fraction."""
    if value.denominator == 1:
        return f"{value.numerator:,}".replace(",", "\u202f") if abs(value) >= 10_000 else str(value.numerator)
    power = value.denominator
    while power % 2 == 0:
        power //= 2
    while power % 5 == 0:
        power //= 5
    return decimal(f"{float(value):g}") if power == 1 else f"{value.numerator}/{value.denominator}"


LEFT_OUT = {
    "may defeat": marked("may be defeated by what is not encoded: {what}"),
    "may create": marked("may be brought about by what is not: {what}"),
}


EFFECTS = (
    marked_in("what is left out", "may defeat"),
    marked_in("what is left out", "may create"),
    marked_in("what is left out", "detail"),
)
"""What it may do, in two words."""


def show_left_out(sheet: Sheet, assessment: Assessment) -> None:
    """What the pages leave out and what it may do to which norm."""
    shown: dict[str, dict[str, dict[str, None]]] = {}
    for finding in assessment.findings:
        article = placed(finding.norm.instrument, finding.norm.article)
        for left in qualifying(finding):
            shown.setdefault(article, {}).setdefault(left.effect, {})[in_one_place(left.text)] = None
    details = {n.text for f in assessment.findings for n in f.details}
    if not shown and not details:
        return
    sheet.head(say("Not encoded"))
    for article, effects in shown.items():
        for effect, texts in effects.items():
            either = say("; or ").join(map(titled, texts))
            sheet.put(f"{article}{GAP}{say(LEFT_OUT[effect], what=either)}", 2, 4)
    if details:
        sheet.put(
            plural(
                "{n} detail that can change no verdict (in --json)",
                "{n} details that can change no verdict (in --json)",
                len(details),
            ),
            2,
            2,
        )


def show_next(sheet: Sheet, assessment: Assessment, letters: Letters) -> None:
    """Three commands to go on with."""
    main = main_findings(assessment)
    if not main:
        return
    shown = next((f for f in main if f.granting.settled == "depends"), main[0])
    offers = [(f"--why {shown.norm.id}", say("the grounds, source by source"))]
    turning = sorted(shown.granting.turns_on, key=letters.letter)
    plain = [name for name in turning if name in assessment.standings]
    readings = [name for name in turning if name in assessment.program.questions]
    if plain:
        letter = letters.letter(plain[0])
        offers.append(
            (f"--suppose {letter}=no", say("what moves ({letter}: {id})", letter=letter, id=plain[0]))
        )
    elif readings:
        answer = assessment.program.questions[readings[0]].answers[0].name
        offers.append((f"--reading '{readings[0]}={answer}'", say("what moves under that reading")))
    offers.append(("--json", say("the whole, for programs")))
    sheet.head(say("Next"))
    start = f"foedus assess {assessment.dossier.called or assessment.dossier.id} "
    wide = max(len(option) for option, _ in offers) + 2
    beside = 2 + len(start) + wide + max(len(what) for _, what in offers) <= sheet.room
    for n, (option, what) in enumerate(offers):
        if beside:
            sheet.put(tied(f"{start if n == 0 else ' ' * len(start)}{option.ljust(wide)}{what}"), 2)
        else:
            sheet.put(f"{start}{option}", 2, 4)
            sheet.put(what, 6)


def show_engine(sheet: Sheet, assessment: Assessment) -> None:
    """What reckoned, in which version, over how many pages; and that no texts of the sources were compared."""
    used = listed(
        [
            engine_words(name)
            for name in sorted(
                {v.engine for f in assessment.findings for v in (f.on_facts, f.granting) if v.engine}
            )
        ]
    )
    sheet.blank()
    said = plural(
        "Exact, by {engine}; Foedus {version}, {n} page (digests in --json).",
        "Exact, by {engine}; Foedus {version}, {n} pages (digests in --json).",
        len(assessment.digests),
        engine=used or engine_words(assessment.engine),
        version=assessment.version,
    )
    sheet.put(said, style="quiet")
    if assessment.dossier.record.compared is None and assessment.dossier.record.sources:
        sheet.put(at_hand(assessment), style="quiet")


ENGINES = (
    marked_in("engine", "decision diagram"),
    marked_in("engine", "SAT"),
    marked_in("engine", "enumeration"),
)


def engine_words(name: str) -> str:
    """How the engine that reckoned is called."""
    return say_in("engine", name) if name in ENGINES else name
