"""Open questions with who says what, and who must be right for which finding.

One letter per question; the same letter stands in the lead, in the verdicts and in the table of
positions. It is an alias for reading: the id in brackets is what `--suppose` takes and what lasts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.assessment.finding import Assessment, Finding, Open, Position, View
from foedus.report.asking import asked_in, kind_words
from foedus.report.conditions import Letters
from foedus.report.findings import SHAPES
from foedus.report.layout import GAP, TIE, Sheet, columns, tied
from foedus.report.lead import main_findings, turning_on
from foedus.report.tables import tabulate
from foedus.report.voices import in_words, said_of, silences
from foedus.report.wording import Names, article_short, begun, in_letters, listed, titled
from foedus.words.speech import marked_in, plural, say, say_in

ANSWERS = {
    "yes": marked_in("answer", "yes"),
    "no": marked_in("answer", "no"),
    "doubted": marked_in("answer of a speaker", "doubts"),
    "both": marked_in("answer of a speaker", "yes and no"),
    "reported": marked_in("answer of a speaker", "reports"),
}
"""What a speaker's row says; everything else there is a page's own answer."""


def show_questions(sheet: Sheet, assessment: Assessment) -> None:
    """Each open question: letter, words, id, standing, and who says what of it. What is granted
    because nobody disputes it, and what nobody speaks of, stand apart."""
    if not assessment.questions:
        return
    turning = {name for finding in assessment.findings for name in finding.granting.turns_on}
    silent = [q for q in assessment.questions if is_silent(assessment, q)]
    unspoken = {q.id for q in silent}
    spoken = [q for q in assessment.questions if q.id not in unspoken]
    granted = [q for q in spoken if q.standing == "undisputed" and not turning & {q.id, *q.covers}]
    held = {q.id for q in granted}
    wide = max(columns(q.letter) for q in assessment.questions)
    for title, questions in (
        (say("Open questions"), [q for q in spoken if q.id not in held]),
        (say("Granted, because nobody disputes it"), granted),
    ):
        if questions:
            sheet.head(title)
        for question in questions:
            _question(sheet, assessment, question, wide)
    if silent:
        sheet.head(say("Open too, and nobody on record speaks of it"))
    for question in silent:
        sheet.put(_asked(assessment, question, wide), 2, wide + 2)


def is_silent(assessment: Assessment, question: Open) -> bool:
    """Whether nobody on record says anything of the question; a reading is always to be chosen."""
    return question.kind != "reading" and not said_of(assessment, question)


def _asked(assessment: Assessment, question: Open, wide: int) -> str:
    letter = tied(question.letter.ljust(wide))
    return f"{letter}{GAP}{asked_in(assessment, question)} {tied(f'[{question.id}]')}"


def _question(sheet: Sheet, assessment: Assessment, question: Open, wide: int) -> None:
    names = Names(assessment)
    aside = "" if question.standing == "undisputed" else kind_words(question)
    sheet.aside(_asked(assessment, question, wide), aside, 2, hang=wide + 2)
    indent = 2 + wide + 2
    said = said_of(assessment, question)
    parts = [in_words(names, each) for each in said]
    if silence := silences(question, said):
        parts.append(silence)
    for part in _joined(parts, sheet.room - indent):
        sheet.put(part, indent, 2)


def _joined(parts: Sequence[str], room: int) -> list[str]:
    """Short answers share a line."""
    lines: list[str] = []
    for part in parts:
        if lines and columns(lines[-1]) + 3 + columns(part) <= room:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines


# ---- positions ----


@dataclass(frozen=True, slots=True)
class Holdings:
    """Who holds what, as a table, and what is to be said of it in sentences."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]


def holdings(assessment: Assessment, letters: Letters) -> Holdings | None:
    """What each speaker holds of that on which the main findings turn, and what follows on it; None where
    nothing turns on what anybody holds."""
    findings = [f for f in main_findings(assessment) if f.granting.settled in ("depends", "unread")]
    turning = turning_on(letters, findings)
    asked = [q for q in assessment.questions if q.letter in turning]
    holding = [p for p in assessment.positions if any(q.id in p.holds for q in asked)]
    if not holding:
        return None
    questions = [q for q in asked if any(q.id in p.holds for p in holding)]
    findings = [f for f in findings if any(p.verdicts[f.id].turns_on != f.granting.turns_on for p in holding)]
    names = Names(assessment)
    heads = "", *(q.letter for q in questions), *(_headed(f) for f in findings)
    rows = _merged([_row(position, questions, findings, letters, names) for position in holding])
    return Holdings(heads, tuple(rows), tuple(who_answers(holding, questions)))


def show_positions(sheet: Sheet, assessment: Assessment, letters: Letters) -> None:
    """Who holds what of that on which the main findings turn, and what follows on it."""
    held = holdings(assessment, letters)
    if held is None:
        return
    sheet.head(say("Who must be right"))
    sheet.lines += tabulate(held.heads, held.rows, sheet.room, first=22)
    for sentence in held.sentences:
        sheet.put(sentence, 2)


def _headed(finding: Finding) -> str:
    """A finding's heading in the table, with its instrument: `cst Art. 4`."""
    return f"{finding.norm.instrument} {tied(article_short(finding.norm.article))}"


def _row(
    position: Position, questions: Sequence[Open], findings: Sequence[Finding], letters: Letters, names: Names
) -> tuple[str, ...]:
    cells = [names.plain(position.speaker), *(_held(position, question.id) for question in questions)]
    for finding in findings:
        view = position.verdicts.get(finding.id)
        cells.append(_follows(view, letters) if view else "–")
    return tuple(cells)


def _held(position: Position, question: str) -> str:
    """What the speaker holds of a question, in a word; a dash where he does not speak of it."""
    said = position.holds.get(question, "–")
    if said in ANSWERS:
        said = say_in("answer" if said in ("yes", "no") else "answer of a speaker", ANSWERS[said])
    elif said != "–":
        said = titled(said)
    return say("{what} (unconfirmed)", what=said) if is_unconfirmed(position, question) else said


def is_unconfirmed(position: Position, name: str) -> bool:
    """Whether every word of the speaker on it is unconfirmed."""
    words = [c.unconfirmed for c in position.claims if c.fact == name]
    words += [h.unconfirmed for h in position.held if h.question == name]
    return bool(words) and all(words)


def _follows(view: View, letters: Letters) -> str:
    """What follows for one who holds this: a settled word, or what is left open."""
    if view.settled == "depends":
        return tied(f"{SHAPES['depends']} {', '.join(letters.ranged(view.turns_on))}")
    return f"{SHAPES[view.settled]}{TIE}{say(view.word)}"


def _merged(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Speakers who hold the same stand in one row."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for speaker, *cells in rows:
        groups.setdefault(tuple(cells), []).append(tied(speaker))
    return [(", ".join(speakers), *cells) for cells, speakers in groups.items()]


def who_answers(positions: Sequence[Position], questions: Sequence[Open]) -> list[str]:
    """Whether the speakers answer the same questions, and where they contradict one another."""
    if len(positions) < 2 or not questions:
        return []
    letter = {question.id: question.letter for question in questions}
    spoken = Counter(tuple(q.id for q in questions if q.id in position.holds) for position in positions)
    if len(spoken) == 1:
        same = listed([letter[name] for name in next(iter(spoken))])
        number = in_letters(len(positions))
        said = [say("All {number} speak to {letters}.", number=number, letters=same)]
    else:
        most = sorted(spoken.items(), key=lambda item: (-item[1], len(item[0]), item[0]))
        parts = [
            _speak(number, [letter[name] for name in names], n == 0)
            for n, (names, number) in enumerate(most[:4])
        ]
        rest = sum(number for _, number in most[4:])
        if rest:
            parts.append(plural("{n} to others", "{n} to others", rest, n=in_letters(rest)))
        said = [say("They are not answering the same question: {who}.", who=", ".join(parts))]
    opposed = [q.letter for q in questions if len(_stands(positions, q)) > 1]
    if opposed:
        said.append(say("They contradict or doubt one another on {letters}.", letters=listed(opposed)))
    else:
        said.append(say("On no question does one of them deny or doubt what another says."))
    return [begun(sentence) for sentence in said]


def _speak(number: int, letters: Sequence[str], first: bool) -> str:
    """`three speak to A and B`; `two to C alone`."""
    who, to = in_letters(number), listed(letters)
    if first and len(letters) == 1:
        return plural("{n} speaks to {letter} alone", "{n} speak to {letter} alone", number, n=who, letter=to)
    if first:
        return plural("{n} speaks to {letters}", "{n} speak to {letters}", number, n=who, letters=to)
    if len(letters) == 1:
        return plural("{n} to {letter} alone", "{n} to {letter} alone", number, n=who, letter=to)
    return plural("{n} to {letters}", "{n} to {letters}", number, n=who, letters=to)


def _stands(positions: Sequence[Position], question: Open) -> set[str]:
    return {position.holds[question.id] for position in positions if question.id in position.holds}
