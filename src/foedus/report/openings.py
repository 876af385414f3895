"""Open questions with who says what, and who must be right for which finding.

One letter per question; the same letter stands in the lead, in the verdicts and in the table of
positions. It is an alias for reading: the id beside it is what `--suppose` takes and what lasts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from foedus.assess.finding import Assessment, Finding, Open, Position, View
from foedus.report.asking import kind_words, question_words
from foedus.report.conditions import Letters
from foedus.report.findings import SHAPES
from foedus.report.layout import Sheet
from foedus.report.lead import main_findings
from foedus.report.tables import tabulate
from foedus.report.voices import in_words, said_of, silences
from foedus.report.wording import Names, article_short, begun, in_letters, listed

ANSWERS = {"yes": "yes", "no": "no", "doubted": "doubts", "both": "yes and no", "reported": "reports"}


def show_questions(sheet: Sheet, assessment: Assessment) -> None:
    """Each open question: letter, words, kind and standing, id, and who says what of it."""
    if not assessment.questions:
        return
    names = Names(assessment)
    sheet.head("Open questions")
    wide = max(len(q.letter) for q in assessment.questions)
    for question in assessment.questions:
        letter = question.letter.ljust(wide)
        sheet.aside(f"{letter}  {question_words(question)}", kind_words(question), 2, hang=wide + 2)
        indent = 2 + wide + 2
        said = said_of(assessment, question)
        parts = [in_words(names, each) for each in said]
        silent = silences(question, said)
        if silent:
            parts.append(silent)
        if not said and question.kind in ("fact", "judgement"):
            parts.append("nobody on record speaks of it")
        for part in _joined(parts, sheet.room - indent):
            sheet.put(part, indent, 2)
        sheet.put(question.id, indent, 2, "quiet")


def _joined(parts: Sequence[str], room: int) -> list[str]:
    """Short answers share a line."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + 3 + len(part) <= room:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines


# ---- positions ----


def show_positions(sheet: Sheet, assessment: Assessment, letters: Letters) -> None:
    """Who holds what, and what follows on it: speakers by letters and by the main findings."""
    holding = [position for position in assessment.positions if position.holds]
    if not holding:
        return
    held = {name for position in holding for name in position.holds}
    questions = [question for question in assessment.questions if question.id in held]
    findings = [f for f in main_findings(assessment) if f.granting.settled in ("depends", "unread")]
    sheet.head("Who must be right")
    names = Names(assessment)
    heads = ["", *(q.letter for q in questions), *(_headed(assessment, f) for f in findings)]
    rows = _merged([_row(position, questions, findings, letters, names) for position in holding])
    sheet.lines += tabulate(heads, rows, sheet.room)
    for sentence in who_answers(holding, questions):
        sheet.put(sentence, 2)


def _headed(assessment: Assessment, finding: Finding) -> str:
    """A finding's heading in the table; the instrument is named where two have the same article."""
    article = article_short(finding.norm.article)
    alike = {f.norm.instrument for f in main_findings(assessment) if article_short(f.norm.article) == article}
    return f"{finding.norm.instrument} {article}" if len(alike) > 1 else article


def _row(
    position: Position, questions: Sequence[Open], findings: Sequence[Finding], letters: Letters, names: Names
) -> tuple[str, ...]:
    cells = [names.brief(position.speaker)]
    for question in questions:
        said = position.holds.get(question.id, "–")
        cells.append(ANSWERS.get(said, said))
    for finding in findings:
        view = position.verdicts.get(finding.id)
        cells.append(_follows(view, letters) if view else "–")
    return tuple(cells)


def _follows(view: View, letters: Letters) -> str:
    """What follows for one who holds this: a settled word, or what is left open."""
    if view.settled == "depends":
        return f"{SHAPES['depends']} {', '.join(letters.ranged(view.turns_on))}"
    return f"{SHAPES[view.settled]} {view.word}"


def _merged(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Speakers who hold the same stand in one row."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for speaker, *cells in rows:
        groups.setdefault(tuple(cells), []).append(speaker)
    return [(", ".join(speakers), *cells) for cells, speakers in groups.items()]


def who_answers(positions: Sequence[Position], questions: Sequence[Open]) -> list[str]:
    """Whether the speakers answer the same questions, and where they contradict one another."""
    if len(positions) < 2 or not questions:
        return []
    letter = {question.id: question.letter for question in questions}
    spoken = Counter(tuple(q.id for q in questions if q.id in position.holds) for position in positions)
    if len(spoken) == 1:
        same = listed([letter[name] for name in next(iter(spoken))])
        said = [f"All {in_letters(len(positions))} speak to {same}."]
    else:
        most = sorted(spoken.items(), key=lambda item: (-item[1], len(item[0]), item[0]))
        parts = [
            f"{in_letters(number)} to {listed([letter[name] for name in names])}"
            + (" alone" if len(names) == 1 else "")
            for names, number in most[:4]
        ]
        rest = sum(number for _, number in most[4:])
        if rest:
            parts.append(f"{in_letters(rest)} otherwise")
        parts[0] = parts[0].replace(" to ", " speak to " if most[0][1] > 1 else " speaks to ", 1)
        said = [f"They are not answering the same question: {', '.join(parts)}."]
    opposed = [q.letter for q in questions if len(_stands(positions, q)) > 1]
    if opposed:
        said.append(f"They differ only on {listed(opposed)}." if len(opposed) < len(questions) else "")
    else:
        said.append("On no question does one of them say what another denies or doubts.")
    return [begun(sentence) for sentence in said if sentence]


def _stands(positions: Sequence[Position], question: Open) -> set[str]:
    return {position.holds[question.id] for position in positions if question.id in position.holds}
