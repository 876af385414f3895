"""The findings, instrument by instrument: what, for whom, the verdict, and on what it turns.

A verdict is a word with a shape, so that it is seen at a glance and read without colour: ■ holds,
□ does not hold, ◧ depends, ? cannot be determined, – not in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from foedus.assessment.find import DATE_BOUND, DATE_OF_TEXT, ENTRY_INTO_FORCE
from foedus.assessment.finding import LIFTED, WORDS, Assessment, Finding, Settled, View
from foedus.engines.estimate import Estimate
from foedus.ir.norm import NotEncoded
from foedus.report.conditions import Letters
from foedus.report.layout import Sheet, tied
from foedus.report.lists import class_words, text_named
from foedus.report.wording import (
    Names,
    all_bearers,
    apart,
    article_short,
    bearers_brief,
    begun,
    decimal,
    enumerated,
    labelled,
    listed,
    norm_heading,
    on_day,
    quoted,
)
from foedus.terms.article_words import is_numbered
from foedus.words.speech import Phrase, aloud, marked, plural, say

SHAPES: Mapping[Settled, str] = {"yes": "■", "no": "□", "depends": "◧", "unread": "?", "not in force": "–"}
VERDICT_ROOM = 28
LABEL_ROOM = 9


def shaped(view: View) -> str:
    """`■ arises`."""
    return f"{SHAPES[view.settled]} {say(view.word)}"


def turned(view: View, letters: Letters) -> str:
    """`◧ depends on A, B and F`; settled views as `shaped`."""
    if view.settled == "depends" and view.turns_on:
        return f"{SHAPES['depends']} {say('depends on {letters}', letters=letters.depends(view))}"
    return shaped(view)


def show_findings(sheet: Sheet, assessment: Assessment, letters: Letters) -> None:
    """Every finding under its instrument and text, then the instruments not in force."""
    for instrument, text, found in by_text(assessment.findings):
        known = assessment.program.instruments.get(instrument)
        title = begun(known.title if known else instrument)
        if text is not None and known is not None and len(known.texts) > 1:
            title += f" · {text_named(text)}"
        sheet.head(title, instrument)
        for same in by_norm(found):
            _norm(sheet, assessment, same, letters)
        if unsure := unconfirmed_dates(found):
            sheet.put(say("unconfirmed: {what}", what=unsure), 2, 2, "quiet")
        if over := prevailing(assessment, instrument):
            sheet.put(over, 2, 2, "quiet")
    if assessment.not_in_force:
        sheet.head(say("Not in force on that day"))
        for instrument, why in assessment.not_in_force:
            known = assessment.program.instruments.get(instrument)
            title = known.title if known else instrument
            sheet.put(f"{SHAPES['not in force']} {labelled(title, aloud(why))}", 2, 2)


def prevailing(assessment: Assessment, instrument: str) -> str:
    """Which instruments prevail over this one where duties conflict, as its page says; empty where none does.
    No duty is turned off by it: both are shown."""
    program = assessment.program
    others = [p.first for p in program.precedence if p.second == instrument]
    titles = [
        program.instruments[name].title for name in dict.fromkeys(others) if name in program.instruments
    ]
    if not titles:
        return ""
    return plural(
        "where duties conflict, the {titles} prevails",
        "where duties conflict, the {titles} prevail",
        len(titles),
        titles=listed(titles),
    )


def _of_text(assessment: Assessment, finding: Finding, text: str, verdict: str) -> str:
    """What another text gives: one that had still applied, or, beside a secret one, the one that was public."""
    known = assessment.program.instruments.get(finding.norm.instrument)
    texts = {t.id: t for t in known.texts} if known else {}
    own, other = texts.get(finding.norm.text or ""), texts.get(text)
    if own is not None and own.secret_until is not None and other is not None and other.secret_until is None:
        return say(
            "{text}, all that was public until {day}: {verdict}",
            text=text_named(text), day=on_day(own.secret_until), verdict=verdict,
        )  # fmt: skip
    if other is not None and other.secret_until is not None:
        return say(
            "{text}, not public until {day}: {verdict}",
            text=text_named(text), day=on_day(other.secret_until), verdict=verdict,
        )  # fmt: skip
    return say("{text}, had it still applied: {verdict}", text=text_named(text), verdict=verdict)


def by_text(findings: Iterable[Finding]) -> list[tuple[str, str | None, list[Finding]]]:
    """Findings of one instrument under one text together, in the order in which they come."""
    findings = list(findings)
    texts: dict[str, set[str]] = {}
    for finding in findings:
        if finding.norm.text is not None:
            texts.setdefault(finding.norm.instrument, set()).add(finding.norm.text)
    groups: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in findings:
        norm = finding.norm
        known = texts.get(norm.instrument, set[str]())
        # What is the same in all texts stands with the only text that applies.
        text = norm.text if norm.text is not None or len(known) != 1 else next(iter(known))
        groups.setdefault((norm.instrument, text), []).append(finding)
    order = {name: n for n, name in enumerate(dict.fromkeys(instrument for instrument, _ in groups))}
    return [(i, t, found) for (i, t), found in sorted(groups.items(), key=lambda item: order[item[0][0]])]


def by_norm(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings on one norm together: other bearers, other beneficiaries."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.norm.id, []).append(finding)
    return list(groups.values())


def unconfirmed_dates(findings: Iterable[Finding], most: int = 0) -> str:
    """The dates on which findings rest and which nobody confirmed; states bound are said together, and more than
    `most` (0: however many) by their number."""
    states: dict[str, None] = {}
    others: dict[str, None] = {}
    for finding in findings:
        for name in finding.unconfirmed:
            if not isinstance(name, Phrase):  # a fact's id
                continue
            its = name.parts["instrument"] == finding.norm.instrument
            if name.template == DATE_BOUND and its:
                states[str(name.parts["state"])] = None
            elif its and name.template in _ITS:
                others[say(_ITS[name.template], **name.parts)] = None
            else:
                others[aloud(name)] = None
    said = list(others)
    if 0 < most < len(states):
        said.append(plural("when {n} state was bound", "when {n} states were bound", len(states)))
    elif states:
        said.append(
            plural(
                "when {states} was bound",
                "when {states} were bound",
                len(states),
                states=listed(list(states)),
            )
        )
    return apart(said)


_ITS = {ENTRY_INTO_FORCE: marked("entry into force"), DATE_OF_TEXT: marked("date of the text")}
"""What is said of an instrument whose name stands above."""


def _norm(sheet: Sheet, assessment: Assessment, found: Sequence[Finding], letters: Letters) -> None:
    """One norm: its title with the verdict, or, where bearers differ, a verdict for each group."""
    first = found[0]
    label, title = article_short(first.norm.article), norm_heading(first.norm)
    if not is_numbered(first.norm.article):
        label, title = "", labelled(label, title) if label else title
    room = min(VERDICT_ROOM, sheet.room // 2 - 4)
    groups: dict[tuple[str, tuple[str, ...]], list[Finding]] = {}
    for finding in found:
        key = turned(finding.granting, letters), tuple(conditions(assessment, finding, letters))
        groups.setdefault(key, []).append(finding)
    indent = 2 + LABEL_ROOM
    alone = len(groups) == 1
    verdict = next(iter(groups))[0] if alone else ""
    sheet.row(label, LABEL_ROOM, title, verdict, room)
    for (said, lines), same in groups.items():
        who = whom(assessment, same, alone=len(found) == 1)
        if alone:
            sheet.put(say(BORNE[first.norm.kind], who=who), indent, 2, "quiet")
        else:
            sheet.row("", LABEL_ROOM, who, said, room)
        for line in lines:
            sheet.put(line, indent if alone else indent + 2, 2)
    for line in notes(found):
        sheet.put(line, indent, 2, "quiet")


BORNE = {
    "duty": marked("owed by {who}"),
    "prohibition": marked("binds {who}"),
    "plan": marked("of {who}"),
    "right": marked("for {who}"),
    "power": marked("for {who}"),
}
"""How a norm's bearers are said, by its kind."""


def whom(assessment: Assessment, same: Sequence[Finding], alone: bool) -> str:
    """`each other party to Kazakhstan`: who bears it, and to whom it is owed."""
    names = Names(assessment)
    if len(same) == 1:
        said = bearers_brief(assessment, same[0])
    else:
        said = listed(list(dict.fromkeys(names.brief(b) for finding in same for b in finding.bearers)))
    owed = list(dict.fromkeys(f.beneficiary for f in same if f.beneficiary))
    several = len({f.beneficiary for f in assessment.findings if f.norm.id == same[0].norm.id}) > 1
    everybody = alone and len(same) == 1 and all_bearers(assessment, same[0])
    if owed and (several or everybody) and same[0].norm.kind == "duty":
        return say(
            "{who} to {beneficiary}", who=said, beneficiary=listed([names.spoken(one) for one in owed])
        )
    return said


def conditions(assessment: Assessment, finding: Finding, letters: Letters) -> list[str]:
    """The conditions of a verdict that depends, and the verdicts under other views that differ."""
    view = finding.granting
    said = settling(view, finding.norm.kind, letters, finding.liftable)
    said += _on_facts(assessment, finding, letters)
    if view.settled == "depends" and finding.claimed.settled != "depends":
        said.append(say("counting only what somebody claims: {verdict}", verdict=say(finding.claimed.word)))
    for text, other in finding.had_applied:
        if (other.word, other.turns_on) == (
            view.word,
            view.turns_on,
        ) or other.word == finding.claimed.word != "depends":
            continue
        said.append(_of_text(assessment, finding, text, _had(other, letters)))
    for name in view.needless:
        said.append(_needless(assessment, name, letters))
    if finding.norm.class_question:
        said.append(_strength(finding))
    if finding.chance is not None:
        said.append(_chance(finding))
    return said


def _strength(finding: Finding) -> str:
    """How strong the duty is under each reading."""
    classes = [
        labelled(quoted(answer), class_words(kind or "unseen")) for answer, kind, _ in finding.norm.classes
    ]
    return say("how strong it is depends on how it is read: {classes}", classes=apart(classes))


def settling(view: View, kind: str, letters: Letters, liftable: bool = False) -> list[str]:
    """`arises if …` and `does not arise if …` of a view that depends. Where one of the two lists had to be
    cut and the other is whole, the whole one says it all: what is left is the other answer. A prohibition
    that only a right stands against (`liftable`) is lifted."""
    if view.settled != "depends":
        return []
    yes, no = WORDS[kind]["yes"], LIFTED if liftable else WORDS[kind]["no"]
    both = [(view.arises_if, True, yes, no), (view.fails_if, False, no, yes)]
    found = [one for one in both if one[0].sets]
    whole = [one for one in found if one[0].complete]
    if len(whole) == 1 and len(found) == len(both):
        ((sets, holds, word, other),) = whole
        return [
            say(
                "{verdict} if {condition}; otherwise {other}",
                verdict=say(word),
                condition=letters.condition(sets, holds),
                other=say(other),
            )
        ]
    return [
        say("{verdict} if {condition}", verdict=say(word), condition=letters.condition(sets, holds))
        for sets, holds, word, _ in found
    ]


def _on_facts(assessment: Assessment, finding: Finding, letters: Letters) -> list[str]:
    """What was granted because nobody disputes it, and what the facts alone give."""
    view, granting = finding.on_facts, finding.granting
    if (view.settled, view.turns_on) == (granting.settled, granting.turns_on):
        return []
    granted = [
        name
        for name in view.turns_on
        if name not in granting.turns_on
        and (standing := assessment.standings.get(name)) is not None
        and standing.word == "undisputed"
    ]
    if view.settled != "depends":
        return [say("on the facts alone: {verdict}", verdict=say(view.word))]
    if granting.settled == "depends":
        if not granted:
            return []
        return [say("grants {letters}, which nobody disputes", letters=letters.several(granted))]
    if granted:
        return [
            say(
                "grants {letters}, which nobody disputes; on the facts alone: depends",
                letters=letters.several(granted),
            )
        ]
    return [say("on the facts alone: depends on {letters}", letters=letters.depends(view))]


def _had(view: View, letters: Letters) -> str:
    """What another text would have answered, on any claim recorded."""
    if view.settled == "depends":
        return say("depends on {letters}", letters=letters.depends(view))
    return say("{verdict}, on any claim recorded", verdict=say(view.word))


def _needless(assessment: Assessment, name: str, letters: Letters) -> str:
    """That a reading, by its letter or by its word, changes nothing."""
    question = assessment.program.questions.get(name)
    title = question.title if question else ""
    if name in letters.letters:
        return say("{question} makes no difference here", question=letters.letter(name))
    if title and "{" not in title:
        return say("{question} makes no difference here", question=quoted(title))
    term = quoted(name.partition(".")[2].replace("_", " ") or name)
    return say("how {term} is read makes no difference here", term=term)


def _chance(finding: Finding) -> str:
    chance = finding.chance
    if isinstance(chance, str):
        return say("chance under the weights given: {why_not}", why_not=aloud(chance))
    if isinstance(chance, Estimate):
        return say(
            "chance under the weights given: about {about} ({level} % interval {low}–{high}, sampled, "
            "seed {seed}), if they are independent",
            about=decimal(f"{chance.about:.2f}"),
            level=round(100 * chance.level),
            low=decimal(f"{chance.low:.3f}"),
            high=decimal(f"{chance.high:.3f}"),
            seed=chance.seed,
        )
    return say(
        "chance under the weights given: {exact} ({decimal}), if they are independent",
        exact=chance,
        decimal=decimal(f"{float(chance or 0):.3f}"),
    )


def qualifying(finding: Finding) -> list[NotEncoded]:
    """What is left out and could turn the verdict: of one that holds, only what may defeat it."""
    return list(finding.qualifying)


def notes(found: Sequence[Finding]) -> list[str]:
    """What qualifies the verdicts of a norm: what lifts it, what is not encoded or not confirmed."""
    said: list[str] = []
    lifting = list(dict.fromkeys(name for f in found for name in f.lifted_by))
    if lifting:
        said.append(say("lifted by {norms}", norms=listed(lifting)))
    effects = list({n.text: n.effect for f in found for n in qualifying(f)}.values())
    parts: list[str] = []
    if number := effects.count("may defeat"):
        parts.append(plural("{n} may defeat it", "{n} may defeat it", number))
    if number := effects.count("may create"):
        parts.append(plural("{n} may bring it about", "{n} may bring it about", number))
    if parts:
        said.append(say("as far as encoded: of the clauses left out, {what} (below)", what=listed(parts)))
    if facts := unconfirmed_facts(found):
        said.append(facts)
    return said


def unconfirmed_facts(found: Iterable[Finding]) -> str:
    """The facts on which findings rest and which nobody confirmed; empty where there are none."""
    facts = list(dict.fromkeys(n for f in found for n in f.unconfirmed if not isinstance(n, Phrase)))
    if not facts:
        return ""
    return plural(
        "rests on {n} unconfirmed fact: {facts}",
        "rests on {n} unconfirmed facts: {facts}",
        len(facts),
        facts=enumerated([tied(n) for n in facts]),
    )
