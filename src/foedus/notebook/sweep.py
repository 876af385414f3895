"""A sweep as an object: every way to answer some open questions, with the verdicts, drawn and as a frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, overload

from foedus.assessment import sweep as values
from foedus.assessment.finding import Assessment, View
from foedus.notebook.backends import Backend, DataFrame, framed_by
from foedus.notebook.columns import Column, columns_of
from foedus.notebook.frames import Row
from foedus.notebook.markup import Markup, block, framed, joined, letter, quiet, row, table
from foedus.notebook.refusal import told
from foedus.report.asking import asked_in
from foedus.report.findings import SHAPES
from foedus.report.wording import Names, article_short, listed
from foedus.words.speech import plural, say

SHOWN = 64
"""So many ways are drawn; the frame has all of them."""

_COLUMNS = columns_of("""
way whole the number of the way
finding text the finding's id, as an assessment under it would give it
norm text the norm's id
instrument text the instrument's id
bearer text whom the norm binds or empowers
beneficiary text to whom it is owed
verdict text the verdict
settled text yes, no, depends, unread or not in force
turns_on texts what would remain open
""")


@dataclass(frozen=True, eq=False, repr=False)
class Sweep:
    """The verdicts for every way to answer some questions; `len` is the number of ways.

    >>> import foedus
    >>> found = foedus.assess("kazakhstan-2022").sweep("cst.aggression", "directed", "binding")
    >>> len(found), sum(found.holds("cst.assist"))
    (8, 3)
    """

    assessment: Assessment
    value: values.Sweep

    def __len__(self) -> int:
        return len(self.value.ways)

    @property
    def ways(self) -> tuple[values.Way, ...]:
        """Each way, with its answers by question and its verdicts by finding."""
        return self.value.ways

    def holds(self, norm: str) -> tuple[bool, ...]:
        """For each way, whether the norm is settled to hold for everybody whom it binds or empowers."""
        ids = [each.id for each in self.value.norms if norm in (each.id, each.norm.id)]
        return tuple(
            bool(ids) and all(way.verdicts[name].settled == "yes" for name in ids) for way in self.value.ways
        )

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of its frame: those that every sweep has, then one for each question, by its id."""
        asked = [
            Column(question.id, "text", f"the answer to {question.letter}")
            for question in self.value.questions
        ]
        return (_COLUMNS[0], *asked, *_COLUMNS[1:])

    @overload
    def frame(self) -> DataFrame: ...
    @overload
    def frame(self, backend: Literal["polars"]) -> DataFrame: ...
    @overload
    def frame(self, backend: Literal["pandas", "pyarrow"]) -> Any: ...
    def frame(self, backend: Backend = "polars") -> Any:
        """One row for each way, norm and bearer; the answers in columns named by their questions."""
        with told():
            return framed_by(backend, self.columns, self._rows())

    def _rows(self) -> Iterator[Row]:
        for number, way in enumerate(self.value.ways, 1):
            answers = [way.answers[question.id] for question in self.value.questions]
            for each in self.value.norms:
                view = way.verdicts[each.id]
                for bearer in each.bearers:
                    yield (
                        number, *answers, each.id, each.norm.id, each.norm.instrument, bearer,
                        each.beneficiary, view.word, view.settled, view.turns_on,
                    )  # fmt: skip

    def __repr__(self) -> str:
        ways = plural("{n} way", "{n} ways", len(self))
        asked = listed([f"{q.letter} [{q.id}]" for q in self.value.questions])
        return f"{ways} to answer {asked}" if asked else ways

    def _repr_html_(self) -> str:
        return framed(_drawn(self.assessment, self.value))


def _drawn(assessment: Assessment, found: values.Sweep) -> Markup:
    """Ways as rows, norms whose verdict is not always the same as columns, verdicts as shapes."""
    names = Names(assessment)
    turning = [each for each in found.norms if len({_cell(way.verdicts[each.id]) for way in found.ways}) > 1]
    groups: dict[tuple[str, ...], list[values.Asking]] = {}
    for each in turning:
        shapes = tuple(_cell(way.verdicts[each.id]) for way in found.ways)
        groups.setdefault((each.norm.id, *shapes), []).append(each)
    heads: list[str] = [joined([letter(question.letter)]) for question in found.questions]
    for same in groups.values():
        norm = same[0].norm
        whole = len(groups) == len({each.norm.id for each in turning}) and len(same) == 1
        who = listed(list(dict.fromkeys(names.brief(b) for each in same for b in each.bearers)))
        title = f"{norm.instrument} {article_short(norm.article)}"
        heads.append(title if whole else joined([block(title), block(quiet(who), style="font-size:.9em")]))
    rows = [
        row(
            *(way.answers[question.id] for question in found.questions),
            *(_cell(way.verdicts[same[0].id]) for same in groups.values()),
        )
        for way in found.ways[:SHOWN]
    ]
    asked = [
        block(letter(question.letter), " ", asked_in(assessment, question)) for question in found.questions
    ]
    constant = len(found.norms) - len(turning)
    rest = plural(
        "{n} finding is the same in every way.", "{n} findings are the same in every way.", constant
    )
    parts = [block(*asked, style="margin-bottom:.4rem"), table(heads, rows, wide=False)] if groups else asked
    if len(found.ways) > SHOWN and groups:
        parts.append(block(quiet(say("{shown} of {n} ways are drawn.", shown=SHOWN, n=len(found.ways)))))
    return joined([*parts, block(quiet(rest))])


def _cell(view: View) -> str:
    return f"{SHAPES[view.settled]} {say(view.word)}"
