"""A figure as an object: a notebook shows it as SVG, and it is saved for a paper with its words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.notebook.refusal import told
from foedus.report.plots.figure import Figure
from foedus.report.plots.save import rendered, save


class Drawn:
    """Figures of one kind, most often one. `alt` says what they show to whoever does not see them."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.figures = tuple(figures)

    @property
    def alt(self) -> str:
        """What the figures show, in words."""
        return "\n\n".join(figure.alt for figure in self.figures)

    def save(self, path: str | Path) -> None:
        """Write SVG, PDF or PNG, by the file's ending, and `FILE.alt.txt`; further figures into `NAME-2` and so on.
        Raises `Refused`: F870 for another ending, F507 where it cannot be written, F559 without matplotlib."""
        first = Path(path)
        with told():
            for number, figure in enumerate(self.figures, 1):
                save(figure, first if number == 1 else first.with_stem(f"{first.stem}-{number}"))

    def svg(self, number: int = 1) -> str:
        """One of the figures as SVG."""
        with told():
            return rendered(self.figures[number - 1], "svg").decode()

    def _repr_html_(self) -> str:
        # The declaration of XML has no place inside a page.
        return "".join(self.svg(n + 1).partition("\n")[2] for n in range(len(self.figures)))

    def __repr__(self) -> str:
        return "; ".join(figure.title for figure in self.figures)


def drawn_to(figures: Sequence[Figure], path: str | Path | None) -> Drawn:
    """The figures, written too if a path is given."""
    drawn = Drawn(figures)
    if path is not None:
        drawn.save(path)
    return drawn
