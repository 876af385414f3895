"""Reads a page: Markdown in, the tree of what it says out, with every mistake told of once.

>>> text = '''# Compact of Lir
...
... ```foedus
... duty assist
...   owed by each other party to victim
...   when force(_, victim) as a and grave(a)
... ```
... '''
>>> page, problems = parse_page("lir.md", text)
>>> page.items[0].name.text, problems
('assist', ())
"""

from __future__ import annotations

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place
from foedus.lang import declarations, norms, procedures, records
from foedus.lang.outline import Line, outline
from foedus.lang.reader import MOST_PROBLEMS, Full, Reader
from foedus.lang.tangle import Block, tangle
from foedus.lang.tree import (
    ActorItem,
    AskItem,
    DossierItem,
    Item,
    Page,
    SourceItem,
    SpeakerItem,
    Trial,
)
from foedus.lang.trials import ask

BUILDERS = declarations.BUILDERS | norms.BUILDERS | procedures.BUILDERS | records.BUILDERS


def parse_page(path: str, text: str, trials: bool = True) -> tuple[Page, tuple[Problem, ...]]:
    """The page that `text` writes, and what is wrong with it, in the order of the page.

    Lines with a mistake are left out of the page. Sources and speakers are records wherever they
    stand; states, groups and organs of a record outside a trial are items. Without `trials`, what
    stands under trials is passed over, mistakes included: an assessment has no use for it.
    """
    tangled = tangle(path, text)
    reading = _Page(tangled.trials)
    try:
        for block in tangled.blocks:
            if trials or block.trial is None:
                reading.block(path, block)
    except Full:
        reading.reader.problems.append(
            Problem("F013", reading.reader.problems[-1].place, {"most": str(MOST_PROBLEMS)})
        )
    if reading.asks and not any(isinstance(item, DossierItem) for item in reading.records):
        reading.reader.problems.append(Problem("F143", reading.asks[0].place))
    problems = (*tangled.problems, *reading.reader.problems)
    page = Page(
        path, tangled.title, tuple(reading.items), tuple(reading.records), reading.of_trials(), text,
        tuple(reading.asks),
    )  # fmt: skip
    return page, tuple(sorted(problems, key=_where))


def _where(problem: Problem) -> tuple[int, int]:
    return problem.place.line, problem.place.column


class _Page:
    def __init__(self, trials: tuple[tuple[str, Place], ...]) -> None:
        self.reader = Reader()
        self.items: list[Item] = []
        self.records: list[Item] = []
        self.asks: list[AskItem] = []
        self.trials = [(heading, place, list[Item](), list[AskItem]()) for heading, place in trials]

    def block(self, path: str, block: Block) -> None:
        drawn = outline(block.lines, path, block.heading)
        for problem in drawn.problems:
            self.reader.tell(problem)
        self.reader.trial = block.trial is not None
        for line in drawn.lines:
            self.line(block, line)

    def line(self, block: Block, line: Line) -> None:
        kind, said = self.reader.hear(block.kind, line)
        if kind is None:
            return
        if not kind.below:
            self.reader.nothing_below(line, kind)
        try:
            if kind.key == "ask":
                self.ask(block, ask(self.reader, line, said))
                return
            for item in BUILDERS[kind.key](self.reader, line, said):
                self.home(block, item).append(item)
        except (
            Refused
        ) as refused:  # what no line below it took: the item is left out, and the page is read on
            for problem in refused.problems:
                self.reader.tell(problem)

    def ask(self, block: Block, asked: tuple[AskItem, ...]) -> None:
        if block.trial is not None:
            self.trials[block.trial][3].extend(asked)
        else:
            self.asks.extend(asked)

    def home(self, block: Block, item: Item) -> list[Item]:
        """Where an item belongs."""
        if block.trial is not None and block.kind == "record":
            return self.trials[block.trial][2]
        recorded = block.kind == "record" and not isinstance(item, ActorItem)
        return (
            self.records
            if recorded or isinstance(item, SourceItem | SpeakerItem | DossierItem)
            else self.items
        )

    def of_trials(self) -> tuple[Trial, ...]:
        return tuple(
            Trial(heading, tuple(found), tuple(asks), place)
            for heading, place, found, asks in self.trials
            if found or asks
        )
