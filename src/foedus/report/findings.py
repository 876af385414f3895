"""The findings, instrument by instrument: what, for whom, the verdict, and on what it turns.

A verdict is a word with a shape, so that it is seen at a glance and read without colour: ■ holds,
□ does not hold, ◧ depends, ? cannot be determined, – not in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foedus.assess.finding import Assessment, Finding, View
from foedus.report.conditions import Letters
from foedus.report.layout import Sheet, columns, tied
from foedus.report.wording import (
    Names,
    article_short,
    bearers_brief,
    counted,
    in_one_place,
    listed,
    norm_title,
    quoted,
)

SHAPES = {"yes": "■", "no": "□", "depends": "◧", "unread": "?", "not in force": "–"}
VERDICT_ROOM = 29
LABEL_ROOM = 16


def shaped(view: View) -> str:
    """`■ arises`."""
    return f"{SHAPES[view.settled]} {view.word}"


def turned(view: View, letters: Letters) -> str:
    """`◧ depends on A, B and F`; settled views as `shaped`."""
    if view.settled == "depends" and view.turns_on:
        return f"{SHAPES['depends']} depends on {letters.depends(view)}"
    return shaped(view)


def show_findings(sheet: Sheet, assessment: Assessment, letters: Letters) -> None:
    """Every finding under its instrument and text, then the instruments not in force."""
    for instrument, text, found in by_text(assessment.findings):
        known = assessment.program.instruments.get(instrument)
        title = known.title if known else instrument
        aside = ""
        if text is not None and known is not None and len(known.texts) > 1:
            title += f" · text of {text}"
        if known is not None and known.in_force_unconfirmed:
            aside = "entry into force unconfirmed"
        sheet.head(title, aside)
        label = min(LABEL_ROOM, 2 + max(columns(article_short(f.norm.article)) for f in found))
        for same in by_norm(found):
            _norm(sheet, assessment, same, letters, label)
    if assessment.not_in_force:
        sheet.head("Not in force on that day")
        for instrument, why in assessment.not_in_force:
            known = assessment.program.instruments.get(instrument)
            sheet.put(f"{SHAPES['not in force']} {known.title if known else instrument}: {why}", 2, 2)


def by_text(findings: Iterable[Finding]) -> list[tuple[str, str | None, list[Finding]]]:
    """Findings of one instrument under one text together, in the order in which they come."""
    groups: dict[tuple[str, str | None], list[Finding]] = {}
    texts: dict[str, list[str]] = {}
    findings = list(findings)
    for finding in findings:
        if finding.norm.text is not None and finding.norm.text not in texts.setdefault(finding.norm.instrument, []):
            texts[finding.norm.instrument].append(finding.norm.text)
    for finding in findings:
        norm = finding.norm
        known = texts.get(norm.instrument, [])
        # What is the same in all texts stands with the only text that applies.
        text = norm.text if norm.text is not None or len(known) != 1 else known[0]
        groups.setdefault((norm.instrument, text), []).append(finding)
    order = {name: n for n, name in enumerate(dict.fromkeys(instrument for instrument, _ in groups))}
    return [(i, t, found) for (i, t), found in sorted(groups.items(), key=lambda item: order[item[0][0]])]


def by_norm(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings on one norm together: other bearers, other beneficiaries."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.norm.id, []).append(finding)
    return list(groups.values())


def _norm(sheet: Sheet, assessment: Assessment, found: Sequence[Finding], letters: Letters, label: int) -> None:
    first = found[0]
    article, title = article_short(first.norm.article), norm_title(first.norm)
    room = min(VERDICT_ROOM, sheet.room // 2 - 4)
    if len(found) == 1:
        sheet.row(article, label, title, turned(first.granting, letters), room)
        _below(sheet, assessment, first, letters, label, whom=whom(assessment, first, found))
        return
    sheet.row(article, label, title, "", room)
    for finding in found:
        sheet.row("", label, whom(assessment, finding, found), turned(finding.granting, letters), room)
        _below(sheet, assessment, finding, letters, label)


def whom(assessment: Assessment, finding: Finding, found: Sequence[Finding]) -> str:
    """`each other party to Kazakhstan`: who bears it, and, where there are several, to whom."""
    said = bearers_brief(assessment, finding)
    if finding.beneficiary and (len({f.beneficiary for f in found}) > 1 or said == "each other party"):
        said += f" to {Names(assessment).spoken(finding.beneficiary)}"
    return said


def _below(
    sheet: Sheet, assessment: Assessment, finding: Finding, letters: Letters, label: int, whom: str = ""
) -> None:
    indent = 2 + label
    if whom:
        by = "for" if finding.norm.kind in ("right", "power") else "binds"
        sheet.put(f"{by} {whom}", indent, 2, "quiet")
    for line in conditions(assessment, finding, letters):
        sheet.put(line, indent, 2)
    for line in notes(assessment, finding, letters):
        sheet.put(line, indent, 2, "quiet")


def conditions(assessment: Assessment, finding: Finding, letters: Letters) -> list[str]:
    """The conditions of a verdict that depends, and the verdict on the facts where it differs."""
    view = finding.granting
    said = settling(view, finding.norm.kind, letters)
    if finding.on_facts.settled != view.settled or finding.on_facts.turns_on != view.turns_on:
        said.append(_on_facts(finding, letters))
    claimed = finding.claimed
    if view.settled == "depends" and claimed.settled != "depends":
        said.append(f"counting only what somebody claims: {claimed.word}")
    for text, other in finding.had_applied:
        said.append(f"text of {text}, had it still applied: {_had(other, letters)}")
    if finding.chance is not None:
        said.append(_chance(finding))
    return said


def settling(view: View, kind: str, letters: Letters) -> list[str]:
    """`arises if …` and `does not arise if …` of a view that depends."""
    if view.settled != "depends":
        return []
    yes, no = words_of(kind)
    said: list[str] = []
    if view.arises_if.sets:
        said.append(f"{yes} if {letters.condition(view.arises_if)}")
    if view.fails_if.sets:
        said.append(f"{no} if {letters.condition(view.fails_if)}")
    return said


def words_of(kind: str) -> tuple[str, str]:
    """The two settled words of a kind of norm."""
    from_kind = {"right": "available", "power": "available", "prohibition": "applies"}
    yes = from_kind.get(kind, "arises")
    return yes, {"available": "not available", "applies": "does not apply"}.get(yes, "does not arise")


def _on_facts(finding: Finding, letters: Letters) -> str:
    """What the facts alone give, every judgement open."""
    view = finding.on_facts
    if view.settled == "depends":
        more = set(view.turns_on) - set(finding.granting.turns_on)
        if more and set(finding.granting.turns_on) <= set(view.turns_on):
            are = "is a judgement" if len(more) == 1 else "are judgements"
            if finding.granting.settled != "depends":
                return f"grants {letters.several(more)}, which nobody disputes; on the facts alone: depends"
            return f"grants {letters.several(more)}, which {are} nobody disputes"
        return f"on the facts alone: depends on {letters.depends(view)}"
    return f"on the facts alone: {view.word}"


def _had(view: View, letters: Letters) -> str:
    """What another text would have answered, on any claim recorded."""
    if view.settled == "depends":
        return f"depends on {letters.depends(view)}"
    return f"{view.word}, on any claim recorded"


def _chance(finding: Finding) -> str:
    if isinstance(finding.chance, str):
        return f"chance under the weights given: {finding.chance}"
    value = finding.chance or 0
    return f"chance under the weights given: {value} ({float(value):.3f}), if they are independent"


def notes(assessment: Assessment, finding: Finding, letters: Letters) -> list[str]:
    """What qualifies the verdict: readings that do not matter, what is not encoded, not confirmed."""
    said: list[str] = []
    for name in finding.granting.needless:
        question = assessment.program.questions.get(name)
        title = quoted(question.title) if question and question.title else f"of {name}"
        letter = f"{letters.letter(name)}, " if name in letters.letters else ""
        said.append(f"the reading {letter}{title}: makes no difference here")
    if finding.lifted_by:
        said.append(f"lifted by {listed(finding.lifted_by)}")
    for effect in ("may defeat", "may create"):
        left = [in_one_place(n.text) for n in finding.qualifiers if n.effect == effect]
        if left:
            word = "defeated" if effect == "may defeat" else "brought about"
            said.append(f"as far as encoded; may be {word} by what is not: {'; '.join(left)}")
    if finding.unconfirmed:
        facts = [name for name in finding.unconfirmed if name in assessment.standings]
        others = [name for name in finding.unconfirmed if name not in assessment.standings]
        shown = [tied(name) if len(name) < 30 else name for name in facts]
        parts = [f"rests on {counted(len(facts), 'unconfirmed fact')}: {', '.join(shown)}"] if facts else []
        if others:
            parts.append(f"unconfirmed: {'; '.join(others)}")
        said += parts
    return said
