"""What the page's script reads: the switches with their table, and the words in which it speaks.

The script knows no language and no law. It follows the rows of the table (`assessment.switches`), and
fills the sentences that are given here; everything it can say is in `SENTENCES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.assessment.finding import Finding, Open
from foedus.assessment.switches import Answer, Columns, Outcome, Switch, Switches
from foedus.assessment.verdict import word
from foedus.diagnostics.visible import visible
from foedus.report.cite import asking
from foedus.report.html.setting import Setting
from foedus.report.wording import article_short, bearers_brief, norm_heading, quoted
from foedus.words.speech import aloud, language, marked, say, say_in

SENTENCES: Mapping[str, str] = {
    "asRecorded": marked("As recorded; nothing is supposed."),
    "notice": marked(
        "Below it is supposed: {answers}. The verdicts are given on that; all else on this page stands as recorded."
    ),
    "supposing": marked("Supposing {answers}:"),
    "answer": marked("{letter} {answer}"),
    "moved": marked("{finding}: {before} → {after}"),
    "movedTurning": marked("{finding}: {before} → {after} {turns}"),
    "still": marked("{finding}: still {word}, now {turns}"),
    "nothing": marked("Nothing moves."),
    "others": marked("All other verdicts stay as recorded."),
    "impossible": marked("Supposing {answers}: these cannot all be so. Take one of them back."),
    "impossibleWord": marked("these cannot all be so"),
    "unknown": marked("The link supposes what this page does not know; it is left out: {names}"),
    "was": marked("as recorded: {word}"),
    "wasTurning": marked("as recorded: {word} {turns}"),
    "on": marked("on {letters}"),
    "onMore": marked("on {letters}, and on what has no letter"),
    "onRest": marked("on what has no letter"),
    "if": marked("{word} if {ways}"),
    "ifMore": marked("{word} if {ways}, among other ways"),
    "with": marked("{one} with {other}"),
    "or": marked("{one}; or {other}"),
    "apart": marked("differs from one to the other"),
    "bearer": marked("{bearers}: {word}"),
    "bearerTurning": marked("{bearers}: {word} {turns}"),
    "copied": marked("Copied."),
    "notCopied": marked("Your browser does not let a page copy; the address bar holds the link."),
    "openAll": marked("Open all grounds"),
    "closeAll": marked("Close all grounds"),
}
"""Every sentence of the script, by the name under which it asks for it."""


def island(page: Setting) -> Mapping[str, Any]:
    """What the script reads, as JSON would have it; without switches, only its words."""
    said = {name: say(sentence) for name, sentence in SENTENCES.items()}
    found = page.switches
    if found is None:
        return {"language": language(), "say": said}
    return {
        "language": language(),
        "say": said,
        "command": asking(page.assessment),
        "supposed": dict(page.assessment.supposed),
        "rows": [number for row in found.rows for number in row],
        "admissible": list(found.admissible),
        "questions": [
            _question(page, *both) for both in zip(page.assessment.questions, found.switches, strict=True)
        ],
        "findings": [_finding(page, finding, found) for finding in page.assessment.findings],
    }


def _question(page: Setting, question: Open, switch: Switch) -> Mapping[str, Any]:
    return {
        "id": question.id,
        "letter": question.letter,
        "recorded": _columns(switch.recorded),
        "answers": [
            {"value": a.value, "said": answer_words(page, a), "settles": _columns(a.settles)}
            for a in switch.answers
        ],
    }


def answer_words(page: Setting, answer: Answer) -> str:
    """An answer as a reader has it: yes, no, or in quotation marks."""
    if not answer.variable:
        return say_in("answer", answer.value)
    return visible(quoted(aloud(page.letters.read(answer.variable, True).answer)))


def _columns(columns: Columns) -> list[list[int]]:
    return [[column, int(so)] for column, so in columns.items()]


def _finding(page: Setting, finding: Finding, found: Switches) -> Mapping[str, Any]:
    norm = finding.norm
    words = {settled: say(word(norm.kind, settled)) for settled in ("yes", "no", "depends", "unread")}
    return {
        "id": finding.id,
        "title": visible(
            say(
                "{article} {title} ({bearers})",
                article=article_short(norm.article),
                title=norm_heading(norm),
                bearers=bearers_brief(page.assessment, finding),
            )
        ),
        "words": {**words, "lifted": say("lifted")},
        "outcomes": [_outcome(page, outcome) for outcome in found.outcomes[finding.id]],
    }


def _outcome(page: Setting, outcome: Outcome) -> Mapping[str, Any]:
    return {
        "bearers": [visible(page.names.brief(bearer)) for bearer in outcome.bearers],
        "holds": outcome.holds,
        "fails": outcome.fails,
        "sure": outcome.sure,
        "never": outcome.never,
        "unread": list(outcome.unread),
        "alwaysUnread": outcome.always_unread,
        "barred": outcome.barred,
        "sways": [[sway.question, sway.row, *sway.columns] for sway in outcome.sways],
    }
