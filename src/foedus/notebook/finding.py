"""A finding: a verdict on a norm for some bearers, with its conditions in words and its grounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from foedus.assessment import finding as values
from foedus.assessment.finding import Assessment, Settled
from foedus.engines.contract import Sets
from foedus.engines.estimate import Estimate
from foedus.notebook.grounds import Grounds
from foedus.notebook.markup import SMALL, Markup, across, block, code, framed, joined, quiet, row, table
from foedus.report.conditions import Letters
from foedus.report.findings import BORNE, by_norm, by_text, conditions, notes, settling, turned, whom
from foedus.report.lists import text_named
from foedus.report.wording import article_short, begun, in_one_place, is_numbered, norm_heading
from foedus.words.speech import say


@dataclass(frozen=True, eq=False, repr=False)
class Finding:
    """A verdict on one norm, for the bearers to whom the same grounds apply.

    >>> import foedus
    >>> finding = foedus.assess("kazakhstan-2022").findings["cst.assist"]
    >>> finding.verdict, finding.turns_on
    ('depends', ('binding', 'cst.aggression', 'directed'))
    >>> finding.holds_if[0]
    {'cst.aggression': 'any author', 'binding': 'yes'}
    """

    assessment: Assessment
    value: values.Finding

    @property
    def id(self) -> str:
        """Stable: norm, text, bearers, beneficiary."""
        return self.value.id

    @property
    def norm(self) -> str:
        """The norm's id: `cst.assist`."""
        return self.value.norm.id

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be asked for by: its id, or its norm's."""
        return self.id, self.norm

    @property
    def article(self) -> str:
        """The heading that the norm stands under in its page."""
        return self.value.norm.article

    @property
    def title(self) -> str:
        """What the norm asks or allows, in words."""
        return norm_heading(self.value.norm)

    @property
    def kind(self) -> str:
        """duty, right, power, prohibition or plan."""
        return self.value.norm.kind

    @property
    def text(self) -> str | None:
        """The text of the instrument under which it is found, where it has several."""
        return self.value.norm.text

    @property
    def bearers(self) -> tuple[str, ...]:
        """Codes of those whom the norm binds or empowers."""
        return self.value.bearers

    @property
    def beneficiary(self) -> str | None:
        """Code of the one to whom it is owed, if it is owed to one."""
        return self.value.beneficiary

    @property
    def verdict(self) -> str:
        """The verdict's word, granting what nobody disputes: `arises`, `depends`, …"""
        return self.value.granting.word

    @property
    def settled(self) -> Settled:
        """yes, no, depends, unread, or not in force."""
        return self.value.granting.settled

    @property
    def on_facts(self) -> str:
        """The verdict's word on the established facts alone, every judgement open."""
        return self.value.on_facts.word

    @property
    def claimed(self) -> str:
        """The verdict's word if nothing is so but what somebody claims."""
        return self.value.claimed.word

    @property
    def turns_on(self) -> tuple[str, ...]:
        """The ids of the open questions that matter."""
        return self.value.granting.turns_on

    @property
    def holds_if(self) -> tuple[Mapping[str, str], ...]:
        """The smallest sets of answers, by question, on which it holds."""
        return self._sets(self.value.granting.arises_if)

    @property
    def fails_if(self) -> tuple[Mapping[str, str], ...]:
        """The smallest sets of answers, by question, on which it does not."""
        return self._sets(self.value.granting.fails_if)

    @property
    def conditions(self) -> tuple[str, ...]:
        """Its conditions, and how it looks otherwise, in words."""
        letters = Letters.of(self.assessment)
        return tuple(" ".join(each.split()) for each in conditions(self.assessment, self.value, letters))

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """The facts and dates on which it rests and which nobody confirmed."""
        return self.value.unconfirmed

    @property
    def not_encoded(self) -> tuple[str, ...]:
        """What the page leaves out of this norm and could turn it, in words."""
        return tuple(in_one_place(left.text) for left in self.value.qualifiers)

    @property
    def conduct(self) -> Mapping[str, str]:
        """What was done about it, by bearer: kept, breached, disputed, not shown."""
        return {each.bearer: each.word for each in self.value.conduct}

    @property
    def chance(self) -> Fraction | Estimate | str | None:
        """The exact chance under the weights given; one estimated, with its interval; why there is none;
        None if none was asked for."""
        return self.value.chance

    def why(self) -> Grounds:
        """The grounds, article by article, source by source."""
        return Grounds(self.assessment, self.id)

    def _sets(self, sets: Sets) -> tuple[Mapping[str, str], ...]:
        letters = Letters.of(self.assessment)
        order = {question.id: n for n, question in enumerate(self.assessment.questions)}
        found: list[Mapping[str, str]] = []
        for each in sets.sets:
            read = [letters.read(name, so) for name, so in each]
            read.sort(key=lambda one: order.get(one.question, len(order)))
            found.append({one.question: one.answer for one in read})
        return tuple(found)

    def __repr__(self) -> str:
        return f"{self.norm} · {_who(self.assessment, self.value)}: {_said(self.assessment, self.value)}"

    def _repr_html_(self) -> str:
        return framed(drawn(self.assessment, [self.value]))


def drawn(assessment: Assessment, found: Sequence[values.Finding]) -> Markup:
    """Findings as a table under their instruments: what, for whom, the verdict and its conditions."""
    letters = Letters.of(assessment)
    rows: list[Markup] = []
    for instrument, text, same in by_text(found):
        known = assessment.program.instruments.get(instrument)
        title = known.title if known else instrument
        if text is not None and known is not None and len(known.texts) > 1:
            title = say("{title} · {text}", title=title, text=text_named(text))
        rows.append(across(3, title, " ", code(instrument)))
        for norm in by_norm(same):
            rows += _rows(assessment, norm, letters)
    return table((say("Article"), say("Norm"), say("Verdict")), rows)


def _rows(assessment: Assessment, found: Sequence[values.Finding], letters: Letters) -> list[Markup]:
    """One norm: a row for each verdict with its conditions, and those for whom it is the same."""
    norm = found[0].norm
    groups: dict[tuple[str, tuple[str, ...]], list[values.Finding]] = {}
    for finding in found:
        key = turned(finding.granting, letters), tuple(conditions(assessment, finding, letters))
        groups.setdefault(key, []).append(finding)
    rows: list[Markup] = []
    for (said, lines), same in groups.items():
        first, last = not rows, len(rows) == len(groups) - 1
        who = whom(assessment, same, alone=len(found) == 1)
        owed = block(quiet(say(BORNE[norm.kind], who=who), " "), code(norm.id) if first else "", style=SMALL)
        what = joined([block(begun(norm_heading(norm))), owed]) if first else owed
        shown = settling(same[0].granting, norm.kind, letters)
        rest = (*lines[len(shown) :], *(notes(found) if last else ()))
        verdict = [block(said, style="font-weight:700")]
        verdict += [block(line, style=SMALL) for line in shown]
        verdict += [block(quiet(line), style=SMALL) for line in rest]
        label = article_short(norm.article) if first else ""
        rows.append(row(label, what, joined(verdict), tied=(0,) if is_numbered(norm.article) else ()))
    return rows


def _who(assessment: Assessment, finding: values.Finding) -> str:
    return whom(assessment, [finding], alone=True)


def _said(assessment: Assessment, finding: values.Finding) -> str:
    return turned(finding.granting, Letters.of(assessment))
