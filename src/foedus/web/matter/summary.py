"""An assessment in few lines, in several languages at once: plain texts that go from one process to another.

An assessment costs far more than saying it does. So it is made once, and said in every language of the room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from foedus.assessment.assess import assess
from foedus.assessment.finding import Assessment, Finding, Settled
from foedus.diagnostics.catalogue import title_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.lang.parse import parse_page
from foedus.library import Library, Loaded, Parsed, read_parsed
from foedus.report.asking import asked_in, kind_words
from foedus.report.conditions import Letters
from foedus.report.findings import BORNE, SHAPES, by_norm, by_text, turned, whom
from foedus.report.lead import asked_on, main_findings, sentences, supposed, turning_on
from foedus.report.lists import text_named
from foedus.report.wording import article_short, begun, norm_heading
from foedus.words.speech import say, speaking

PAGE = Path("session.md")
"""Where the page of a session would lie: it is nowhere on a disk."""


@dataclass(frozen=True, slots=True)
class Line:
    """One norm for those for whom it stands alike. `keys` name each of them, the same in every language and in every
    assessment; `verdict` is a word with its shape: `◧ depends on A and B`."""

    keys: tuple[str, ...]
    instrument: str
    article: str
    title: str
    who: str
    settled: Settled
    verdict: str


@dataclass(frozen=True, slots=True)
class Told:
    """A summary in one language. `sentences` is the lead, each with its shape (none of those that say no verdict);
    `letters` what each letter asks, and of what kind it is: first the `leading`, on which the lead turns."""

    asked_on: str
    supposed: str
    sentences: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    letters: tuple[tuple[str, str, str], ...]
    leading: int


@dataclass(frozen=True, slots=True)
class Summary:
    """An assessment, or why there is none (`failed`, by language). `verdicts` has what came of each norm for each
    bearer, by the keys of the lines: two summaries are compared by it."""

    told: Mapping[str, Told] = field(default_factory=dict[str, Told])
    verdicts: Mapping[str, str] = field(default_factory=dict[str, str])
    failed: Mapping[str, str] = field(default_factory=dict[str, str])


def of_session(page: str, treaties: Path | None, beside: Sequence[Path], languages: Sequence[str]) -> Summary:
    """The page of a session, assessed by the treaty pages of its room."""
    library = Library(treaties, trials=False, extra=tuple(beside), read=partial(_read, page))
    return _summary(lambda: library.dossier_of({PAGE: PAGE.name}, PAGE, PAGE.name), languages)


def of_dossier(name: str, treaties: Path | None, beside: Sequence[Path], languages: Sequence[str]) -> Summary:
    """The dossier from which a scenario is taken, by the same pages."""
    library = Library(treaties, trials=False, extra=tuple(beside))
    return _summary(lambda: library.dossier(name), languages)


def _read(text: str, path: Path, called: str, trials: bool) -> Parsed:
    if path != PAGE:
        return read_parsed(path, called, trials)
    page, problems = parse_page(called, text, trials)
    return page, text, problems


def _summary(load: Callable[[], Loaded], languages: Sequence[str]) -> Summary:
    try:
        loaded = load()
        if loaded.errors or loaded.dossier is None:
            return _refused(loaded.errors[0], languages)
        found = assess(loaded.dossier, loaded.program)
    except Refused as refused:
        return _refused(refused.problems[0], languages)
    told: dict[str, Told] = {}
    for code in languages:
        with speaking(code):
            told[code] = _told(found)
    return Summary(told, {key: _came(finding) for finding in found.findings for key in _keys(finding)})


def _refused(problem: Problem, languages: Sequence[str]) -> Summary:
    def said() -> str:
        return say("{problem} ({code})", problem=title_of(problem), code=problem.code)

    return Summary(failed=said_in(languages, said))


def said_in(languages: Sequence[str], saying: Callable[[], str]) -> Mapping[str, str]:
    """The same in each of these languages."""
    found: dict[str, str] = {}
    for code in languages:
        with speaking(code):
            found[code] = saying()
    return found


def _keys(finding: Finding) -> Iterator[str]:
    """The norm for each bearer: who is told together with whom differs from one assessment to the next."""
    norm = f"{finding.norm.id}@{finding.norm.text}" if finding.norm.text is not None else finding.norm.id
    for who in finding.bearers:
        yield f"{norm}:{who}>{finding.beneficiary}"


def _came(finding: Finding) -> str:
    view = finding.granting
    return " ".join((view.settled, *sorted(view.turns_on)))


def _told(found: Assessment) -> Told:
    letters = Letters.of(found)
    leading = turning_on(letters, main_findings(found))
    asked = sorted(found.questions, key=lambda question: question.letter not in leading)
    return Told(
        asked_on(found),
        supposed(found),
        tuple((SHAPES[settled] if settled else "", words) for settled, words in sentences(found, letters)),
        tuple(_lines(found, letters)),
        tuple((q.letter, begun(asked_in(found, q)), kind_words(q)) for q in asked),
        sum(question.letter in leading for question in asked),
    )


def _lines(found: Assessment, letters: Letters) -> Iterator[Line]:
    for instrument, text, of_text in by_text(found.findings):
        known = found.program.instruments.get(instrument)
        title = begun(known.title if known else instrument)
        if text is not None and known is not None and len(known.texts) > 1:
            title = say("{title}, {text}", title=title, text=text_named(text))
        for of_norm in by_norm(of_text):
            alike: dict[str, list[Finding]] = {}
            for finding in of_norm:
                alike.setdefault(turned(finding.granting, letters), []).append(finding)
            norm = of_norm[0].norm
            for verdict, same in alike.items():
                who = whom(found, same, alone=len(of_norm) == 1)
                yield Line(
                    tuple(key for finding in same for key in _keys(finding)), title, article_short(norm.article),
                    begun(norm_heading(norm)), say(BORNE[norm.kind], who=who), same[0].granting.settled, verdict,
                )  # fmt: skip
