"""The procedures of the pages that ship, drawn from their tables: a page for each instrument that has one."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from foedus.ir.norm import Program
from foedus.ir.procedure import Procedure, Track
from foedus.ir.show import show_formula
from foedus.library import Library
from foedus.report.diagram import draw
from foedus.report.lists import begun
from foedus.report.tracks import Names, moved, runs, taken_by, track_title, waits_for


def pages() -> Iterator[tuple[str, str]]:
    """Names of files with their text, the list of them first."""
    library = Library(trials=False)
    program = library.load(library.pages).program
    found = program.procedures.values()
    instruments = dict.fromkeys(each.instrument for each in found)
    rows = [
        "# Procedures", "",
        "How councils go about a matter, as far as the pages that ship lay it down: drawn from the tables of the pages",
        "themselves. `foedus show pko --procedure` prints them.", "",
    ]  # fmt: skip
    rows += [f"- [{program.instruments[name].title}]({name}.md)" for name in instruments]
    yield "index.md", "\n".join([*rows, ""])
    for name in instruments:
        mine = [each for each in found if each.instrument == name]
        yield f"{name}.md", "\n".join(_page(program, name, mine))


def _page(program: Program, instrument: str, procedures: list[Procedure]) -> Iterator[str]:
    names = {code: actor.name for code, actor in program.vocabulary.actors.items()}
    yield from (f"# {program.instruments[instrument].title}: procedures", "")
    for procedure in procedures:
        under = f" (text of {procedure.text})" if procedure.text else ""
        yield from (f"## {begun(procedure.title or procedure.id)}{under}", "")
        yield from (f"{begun(names.get(procedure.organ, procedure.organ))}; `{procedure.id}`.", "")
        for track in procedure.tracks:
            yield from (f"**{begun(track_title(track))}**", "", _drawn(procedure, track), "")
        yield from ("| step | | who | moves | when |", "|---|---|---|---|---|")
        yield from (_row(*cells) for cells in _steps(procedure, names))
        yield ""
        if procedure.clocks:
            yield from ("| clock | | runs | then |", "|---|---|---|---|")
            for clock in procedure.clocks:
                then = "<br>".join(escape(moved(move)) for move in clock.moves)
                yield _row(f"`{clock.name}`", begun(clock.title), begun(runs(clock)), then)
            yield ""
        if procedure.precedence:
            yield from (f"Put first, in this order: {', '.join(procedure.precedence)}.", "")


def _steps(procedure: Procedure, names: Names) -> Iterator[tuple[str, ...]]:
    for step in procedure.steps:
        needs = [waits_for(step)] if step.whiles else []
        needs += [f"`{show_formula(step.condition)}`"] if step.condition is not None else []
        moves = "<br>".join(escape(moved(move)) for move in step.moves)
        yield f"`{step.name}`", begun(step.title), begun(taken_by(step, names)), moves, "<br>".join(needs)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _drawn(procedure: Procedure, track: Track) -> str:
    label = escape(begun(track_title(track)), quote=True)
    within = f'style="overflow-x: auto" tabindex="0" role="region" aria-label="{label}"'
    return f"<div {within}>{draw(procedure, track)}</div>"
