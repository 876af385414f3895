"""What moves between two answers, and why."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.notebook.markup import SMALL, Markup, across, block, code, framed, joined, quiet, row, table
from foedus.report import moved as values
from foedus.report.compare import because, show_comparison, verdict_words
from foedus.report.lead import asked_on
from foedus.report.wording import Names, article_short, begun, listed, norm_heading
from foedus.words.speech import plural, say


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """Two answers, and what moved from the first to the second; printed, as `foedus compare` writes it.

    >>> import foedus
    >>> answer = foedus.assess("kazakhstan-2022", only=["cst", "pko"])
    >>> moved = foedus.compare(answer, answer.suppose(binding="no"))
    >>> [each.norm.id for each in moved.moved]
    ['cst.assist', 'pko.send']
    >>> bool(foedus.compare(answer, answer))
    False
    """

    value: values.Comparison

    @property
    def moved(self) -> tuple[values.Moved, ...]:
        """Each norm whose verdict is another, for the bearers for whom it moved in the same way."""
        return self.value.moved

    @property
    def unmoved(self) -> int:
        """How many are answered alike."""
        return self.value.unmoved

    def __bool__(self) -> bool:
        """Whether anything moved."""
        return bool(self.value.moved)

    def __str__(self) -> str:
        return show_comparison(self.value, 100).rstrip()

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return framed(drawn(self.value))


def drawn(comparison: values.Comparison) -> Markup:
    """The table of what moved: before, after, and because of what."""
    heads = [_asked(comparison, side) for side in (0, 1)]
    if not comparison.moved:
        said = plural(
            "Nothing moves: {n} finding is answered alike.",
            "Nothing moves: {n} findings are answered alike.",
            comparison.unmoved,
        )
        return block(said)
    rows: list[Markup] = []
    instrument = ""
    for moved in sorted(comparison.moved, key=lambda each: each.norm.instrument):
        if moved.norm.instrument != instrument:
            instrument = moved.norm.instrument
            known = comparison.second.program.instruments.get(
                instrument
            ) or comparison.first.program.instruments.get(instrument)
            rows.append(across(3, known.title if known else instrument, " ", code(instrument)))
        rows.append(_row(comparison, moved))
    return joined([table((say("Norm"), *heads), rows), block(quiet(_rest(comparison)))])


def _rest(comparison: values.Comparison) -> str:
    if comparison.same_case:
        return plural("{n} finding did not move.", "{n} findings did not move.", comparison.unmoved)
    return plural("{n} norm did not move.", "{n} norms did not move.", comparison.unmoved)


def _asked(comparison: values.Comparison, side: int) -> str:
    assessment = (comparison.first, comparison.second)[side]
    other = (comparison.second, comparison.first)[side]
    if not comparison.same_case:
        return assessment.dossier.title or assessment.dossier.id
    if assessment.supposed != other.supposed:
        said = listed([f"{name} = {value}" for name, value in assessment.supposed.items()])
        return say("supposing {settings}", settings=said) if said else say("nothing supposed")
    if assessment.on != other.on or assessment.known_by != other.known_by:
        return asked_on(assessment)
    return say("before") if side == 0 else say("after")


def _row(comparison: values.Comparison, moved: values.Moved) -> Markup:
    names = Names(comparison.second)
    who = listed([names.brief(bearer) for bearer in moved.bearers])
    what = [block(f"{article_short(moved.norm.article)} · {begun(norm_heading(moved.norm))}")]
    what.append(block(quiet(f"{who} " if who else ""), code(moved.norm.id), style=SMALL))
    texts = len({verdict.text for verdict in (*moved.before, *moved.after)}) > 1
    before = [block(line) for line in verdict_words(moved.before, texts)]
    after = [block(line, style="font-weight:700") for line in verdict_words(moved.after, texts)]
    after += [block(quiet(line), style=SMALL) for line in because(moved.because, comparison.same_case)]
    return row(joined(what), joined(before), joined(after))


def said(comparison: values.Comparison) -> str:
    """In one line, for the head of a supposed answer."""
    number = sum(max(1, len(moved.bearers)) for moved in comparison.moved)
    if not number:
        return say("Nothing moves.")
    norms = dict.fromkeys(moved.norm.id for moved in comparison.moved)
    return plural(
        "{n} finding moved: {norms}.", "{n} findings moved: {norms}.", number, norms=listed([*norms])
    )
