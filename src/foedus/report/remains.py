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
from foedus.report.wording import Names, article_short, counted, dated, in_one_place, listed, norm_title

PEOPLE = ("persons", "people")
"""Units of figures about people; they are always shown: the dead and the detained are in the dossier."""

CONDUCT = ("kept", "breached", "disputed", "not shown")


def show_conduct(sheet: Sheet, assessment: Assessment) -> None:
    """What was done about each norm, by whom; never more than the record holds."""
    shown = [finding for finding in assessment.findings if has_conduct(finding)]
    if not shown:
        return
    sheet.head("Conduct")
    names = Names(assessment)
    for findings in _by_norm(shown):
        norm = findings[0].norm
        conduct = [c for finding in findings for c in finding.conduct]
        owed = norm.kind == "duty" and any(f.granting.settled != "yes" for f in findings)
        article = f"{norm.instrument} {article_short(norm.article)}"
        sheet.put(f"{tied(article)}{GAP}{norm_title(norm)}{' (as far as it was owed)' if owed else ''}", 2, 4)
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
            # That the dates do not tell more is in the word "within".
            by.setdefault(each.interval.partition(";")[0], []).append(names.brief(each.bearer))
    parts = [
        ", ".join(dict.fromkeys(who)) + (f" ({interval})" if interval else "") for interval, who in by.items()
    ]
    return (
        f"{conduct_word(kind, word)}{':' if word in ('not shown', 'disputed') else ' by'} {', '.join(parts)}"
    )


def conduct_word(kind: str, word: str) -> str:
    """A right or a power is *used*; what binds is *kept*."""
    return "used" if word == "kept" and kind in ("right", "power") else word


def show_tensions(sheet: Sheet, assessment: Assessment) -> None:
    """Statements that do not sit well together, with who makes them; none is decided."""
    if not assessment.tensions:
        return
    sheet.head("Statements in tension")
    names = Names(assessment)
    titles = {fact.id: fact.title or fact.id for fact in assessment.dossier.record.facts}
    for strain in assessment.tensions:
        first, second = strain.tension.facts
        sheet.put(strain.tension.why or f"{first} and {second}", 2, 2)
        sheet.put(f"{titles.get(first, first)}: {_speakers(assessment, strain.first, names)}", 4, 2)
        sheet.put(f"{titles.get(second, second)}: {_speakers(assessment, strain.second, names)}", 4, 2)
        if strain.principals:
            sheet.put(f"both said by {listed([names.spoken(p) for p in strain.principals])}", 4, 2)


def _speakers(assessment: Assessment, claims: Sequence[Claim], names: Names) -> str:
    record = assessment.dossier.record
    by = dict.fromkeys(principal_of(record, claim.by) for claim in claims)
    return listed([tied(names.plain(name)) for name in by]) or "stipulated"


def show_figures(sheet: Sheet, assessment: Assessment) -> None:
    """Each figure that moved: value, day, source; a withdrawn value says so. Then the figures about
    people of which one value is recorded; those about things are counted."""
    quantities = [q for q in assessment.quantities if q.values]
    if not quantities:
        return
    sheet.head("Figures")
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
        sheet.put(f"{title}{unit}: {series(quantity, names)}", 2, 2)
    still = len(quantities) - len(moving) - len(about_people)
    if still:
        sheet.put(
            f"{counted(still, 'figure')} with one value each {'is' if still == 1 else 'are'} in --json.", 2, 2
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
    when = dated(value.as_of).removesuffix(f" {names.assessment.on.year}")
    return tied(f"{'at least ' if value.at_least else ''}{number(value.value)} {when}")


def _notes(value: Value, names: Names) -> str:
    source = names.assessment.dossier.record.sources.get(value.source)
    by = value.by or (source.by if source else "")
    notes = [names.plain(by) if by else f"[{value.source}]"]
    if value.unconfirmed:
        notes.append("unconfirmed")
    if value.withdrawn:
        notes.append(f"withdrawn: {value.withdrawn}")
    return "; ".join(notes)


def number(value: Fraction) -> str:
    """A whole number as such, others as a decimal if it is one, else as a fraction."""
    if value.denominator == 1:
        return f"{value.numerator:,}".replace(",", "\u202f") if abs(value) >= 10_000 else str(value.numerator)
    power = value.denominator
    while power % 2 == 0:
        power //= 2
    while power % 5 == 0:
        power //= 5
    return f"{float(value):g}" if power == 1 else f"{value.numerator}/{value.denominator}"


LEFT_OUT = {
    "may defeat": "may be defeated by what is not encoded",
    "may create": "may be brought about by what is not",
}


def show_left_out(sheet: Sheet, assessment: Assessment) -> None:
    """What the pages leave out and what it may do to which norm."""
    shown: dict[str, dict[str, dict[str, None]]] = {}
    for finding in assessment.findings:
        article = f"{finding.norm.instrument} {article_short(finding.norm.article)}"
        for left in qualifying(finding):
            shown.setdefault(article, {}).setdefault(left.effect, {})[in_one_place(left.text)] = None
    details = {n.text for f in assessment.findings for n in f.details}
    if not shown and not details:
        return
    sheet.head("Not encoded")
    for article, effects in shown.items():
        for effect, texts in effects.items():
            sheet.put(f"{tied(article)}{GAP}{LEFT_OUT[effect]}: {'; or '.join(texts)}", 2, 4)
    if details:
        sheet.put(f"{counted(len(details), 'detail')} that can change no verdict (in --json)", 2, 2)


def show_next(sheet: Sheet, assessment: Assessment, letters: Letters) -> None:
    """Three commands to go on with."""
    main = main_findings(assessment)
    if not main:
        return
    shown = next((f for f in main if f.granting.settled == "depends"), main[0])
    offers = [(f"--why {shown.norm.id}", "the grounds, source by source")]
    turning = sorted(shown.granting.turns_on, key=letters.letter)
    plain = [name for name in turning if name in assessment.standings]
    readings = [name for name in turning if name in assessment.program.questions]
    if plain:
        letter = letters.letter(plain[0])
        offers.append((f"--suppose {letter}=no", f"what moves ({letter}: {plain[0]})"))
    elif readings:
        answer = assessment.program.questions[readings[0]].answers[0].name
        offers.append((f"--reading '{readings[0]}={answer}'", "what moves under that reading"))
    offers.append(("--json", "the whole, for programs"))
    sheet.head("Next")
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
    """One line: what reckoned, in which version, over how many texts."""
    used = listed(
        sorted({view.engine for f in assessment.findings for view in (f.on_facts, f.granting) if view.engine})
    )
    pages = counted(len(assessment.digests), "page")
    sheet.blank()
    sheet.put(
        f"Exact, by {used or assessment.engine}; Foedus {assessment.version}, {pages} (digests in --json).",
        style="quiet",
    )
