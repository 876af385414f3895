"""A position: what one speaker holds of the open questions, and what follows on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from foedus.assessment import finding as values
from foedus.assessment.finding import Assessment
from foedus.notebook.markup import Markup, block, framed, joined, letter, row, table
from foedus.report.conditions import Letters
from foedus.report.openings import holdings
from foedus.report.wording import Names
from foedus.words.speech import say


@dataclass(frozen=True, eq=False, repr=False)
class Position:
    """What one speaker holds. `answer.suppose(position)` takes all of it to be so.

    >>> import foedus
    >>> position = foedus.assess("kazakhstan-2022").positions["RUS"]
    >>> position.holds["directed"], position.verdicts["cst.assist@2010:ARM,BLR,KGZ,RUS,TJK>KAZ"]
    ('yes', 'arises')
    """

    assessment: Assessment
    value: values.Position

    @property
    def speaker(self) -> str:
        """The principal's code or id."""
        return self.value.speaker

    @property
    def name(self) -> str:
        """The principal's name."""
        return Names(self.assessment).plain(self.speaker)

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be asked for by."""
        return self.speaker, self.name

    @property
    def holds(self) -> Mapping[str, str]:
        """By question: yes, no, doubted, both, reported, or the name of a reading."""
        return dict(self.value.holds)

    @property
    def verdicts(self) -> Mapping[str, str]:
        """By finding: the verdict's word on what the speaker holds."""
        return {name: view.word for name, view in self.value.verdicts.items()}

    @property
    def supposition(self) -> Mapping[str, str]:
        """What has to be supposed to take the speaker at his word; what he doubts stays open."""
        questions = self.assessment.program.questions
        return {
            name: said
            for name, said in self.value.holds.items()
            if name in questions or said in ("yes", "no")
        }

    def __repr__(self) -> str:
        said = ", ".join(f"{name} = {word}" for name, word in self.holds.items())
        return f"{self.name} ({self.speaker}): {said}"

    def _repr_html_(self) -> str:
        return framed(drawn(self.assessment, [self.value]))


def drawn(assessment: Assessment, positions: Sequence[values.Position]) -> Markup:
    """Who holds what of that on which the main findings turn, and what follows on it; speakers who hold
    the same stand in one row."""
    letters = Letters.of(assessment)
    found = holdings(replace(assessment, positions=tuple(positions)), letters)
    if found is None:
        return block(say("Nobody on record speaks to what the main findings turn on."))
    lettered = set(letters.letters.values())
    heads = [letter(head) if head in lettered else head for head in found.heads]
    rows = [row(*cells) for cells in found.rows]
    return joined([table(heads, rows, wide=False), *(block(sentence) for sentence in found.sentences)])
