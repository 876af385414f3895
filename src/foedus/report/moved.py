"""Which findings move between two assessments, and why.

Two answers to one dossier (under a supposition, on another day, under amended pages) are compared
for each norm, bearer and beneficiary; two dossiers for each norm, since their states and facts are
others. A finding has *moved* if its text, its verdict or what it turns on is another. *Because* names
only what differs and what the moved finding's grounds ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foedus.assessment.finding import Assessment, Finding, Settled
from foedus.engines.reason import Ground
from foedus.evidence.closings import RefutedFact
from foedus.evidence.record import Closing, Presumption
from foedus.ir.norm import Norm


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict as it can be compared: under which text, its word, and what it turns on: ids of
    one dossier, or predicates and readings where the dossiers are two."""

    text: str | None
    settled: Settled
    word: str
    turns_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """What differs: `kind` is supposition, standing, reading, closing or text; `subject` an id (of
    two dossiers, a predicate); empty words where one side has nothing."""

    kind: str
    subject: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A norm whose verdict is another, for the bearers for whom it moved in the same way."""

    norm: Norm
    bearers: tuple[str, ...]
    beneficiary: str | None
    before: tuple[Verdict, ...]
    after: tuple[Verdict, ...]
    because: tuple[Cause, ...]

    @property
    def only_text(self) -> bool:
        """Whether nothing but the text is another: the verdicts and what they turn on are alike."""
        sides = [{(v.word, v.turns_on) for v in side} for side in (self.before, self.after)]
        return sides[0] == sides[1]


@dataclass(frozen=True)
class Comparison:
    """Two assessments and what moved from the first to the second; `unmoved` counts the norms (for
    each bearer, if the dossier is the same) whose verdicts are equal."""

    first: Assessment
    second: Assessment
    moved: tuple[Moved, ...]
    unmoved: int
    same_case: bool


_Key = tuple[str, str, str | None]


def compare(a: Assessment, b: Assessment) -> Comparison:
    """What moves from `a` to `b`."""
    same = a.dossier.id == b.dossier.id
    before, after = _by_key(a, same), _by_key(b, same)
    groups: dict[tuple[object, ...], list[tuple[_Key, Moved]]] = {}
    unmoved = 0
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key, []), after.get(key, [])
        said = _verdicts(a, old, same), _verdicts(b, new, same)
        if said[0] == said[1]:
            unmoved += 1
            continue
        because = _causes(a, b, old, new, same)
        norm = (new or old)[0].norm
        moved = Moved(norm, (key[1],) if key[1] else (), key[2], *said, because)
        groups.setdefault((norm.id, key[2], *said, because), []).append((key, moved))
    merged = tuple(_merge([moved for _, moved in group]) for group in groups.values())
    return Comparison(a, b, merged, unmoved, same)


def _by_key(assessment: Assessment, same: bool) -> dict[_Key, list[Finding]]:
    found: dict[_Key, list[Finding]] = {}
    for finding in assessment.findings:
        for bearer in finding.bearers if same else ("",):
            found.setdefault((finding.norm.id, bearer, finding.beneficiary if same else None), []).append(
                finding
            )
    return found


def _merge(group: list[Moved]) -> Moved:
    first = group[0]
    bearers = tuple(bearer for moved in group for bearer in moved.bearers)
    return Moved(first.norm, bearers, first.beneficiary, first.before, first.after, first.because)


def _verdicts(assessment: Assessment, findings: Iterable[Finding], same: bool) -> tuple[Verdict, ...]:
    """Each different verdict once, in a stable order."""
    found: dict[Verdict, None] = {}
    for finding in findings:
        view = finding.granting
        names = view.turns_on if same else {about(assessment, name) for name in view.turns_on}
        found[Verdict(finding.norm.text, view.settled, view.word, tuple(sorted(names)))] = None
    return tuple(sorted(found, key=lambda v: (v.text or "", v.word, v.turns_on)))


def about(assessment: Assessment, name: str) -> str:
    """What an open name is about, whatever the dossier: a fact's predicate, a reading's question."""
    for fact in assessment.dossier.record.facts:
        if fact.id == name:
            return fact.predicate
    return name if name in assessment.program.questions else name.partition("(")[0]


# ---- why ----


def _causes(
    a: Assessment, b: Assessment, old: Iterable[Finding], new: Iterable[Finding], same: bool
) -> tuple[Cause, ...]:
    grounds = [finding.ground for finding in (*old, *new)]
    asked = frozenset(step.subject for ground in grounds for step in _steps(ground))
    causes: list[Cause] = []
    texts = [", ".join(sorted({f.norm.text or "" for f in side})) for side in (old, new)]
    if texts[0] != texts[1]:
        causes.append(Cause("text", "", *texts))
    for name in sorted({*a.supposed, *b.supposed} & asked):
        if a.supposed.get(name) != b.supposed.get(name):
            kind = "reading" if name in b.program.questions else "supposition"
            causes.append(Cause(kind, name, a.supposed.get(name, ""), b.supposed.get(name, "")))
    told = {cause.subject for cause in causes}
    stand = [_standings(side, asked, same) for side in (a, b)]
    for name in sorted({*stand[0], *stand[1]} - told):
        words = [side.get(name, "") for side in stand]
        if words[0] != words[1]:
            causes.append(Cause("standing", name, *words))
    closed = [_closed(findings) for findings in (old, new)]
    for name in sorted({*closed[0], *closed[1]}):
        words = [side.get(name, "") for side in closed]
        if words[0] != words[1]:
            causes.append(Cause("closing", name, *words))
    for name in sorted(asked):
        answers = [_answers(side, name) for side in (a, b)]
        if answers[0] != answers[1]:
            causes.append(Cause("reading", name, *answers))
    return tuple(dict.fromkeys(causes))


def _steps(ground: Ground) -> list[Ground]:
    found: list[Ground] = []
    stack = [ground]
    while stack:
        step = stack.pop()
        found.append(step)
        stack.extend(step.children)
    return found


def _standings(assessment: Assessment, asked: frozenset[str], same: bool) -> Mapping[str, str]:
    """The standing of what the grounds ask for: by fact, or by predicate where dossiers differ."""
    found: dict[str, dict[str, None]] = {}
    for fact in assessment.dossier.record.facts:
        standing = assessment.standings.get(fact.id)
        if fact.id in asked and standing is not None:
            found.setdefault(fact.id if same else fact.predicate, {})[standing.word] = None
    return {name: ", ".join(sorted(words)) for name, words in found.items()}


def _closed(findings: Iterable[Finding]) -> Mapping[str, str]:
    """What is closed or presumed among the grounds, by predicate."""
    found: dict[str, str] = {}
    for finding in findings:
        for step in _steps(finding.ground):
            match step.basis:
                case Closing(pattern=pattern):
                    found[pattern.predicate] = "closed"
                case Presumption(pattern=pattern):
                    found[pattern.predicate] = "presumed not to be"
                case RefutedFact(fact=fact):
                    found[fact.predicate] = "refuted"
                case None:
                    pass
    return found


def _answers(assessment: Assessment, name: str) -> str:
    """The readings that a question of the pages offers."""
    question = assessment.program.questions.get(name)
    return ", ".join(answer.name for answer in question.answers) if question else ""
