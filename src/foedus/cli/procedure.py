"""`foedus procedure NAME`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import click

from foedus.assessment.check import is_dossier, no_such_page
from foedus.assessment.procedure import Replay, replay
from foedus.assessment.put import supposed
from foedus.cli import complete
from foedus.cli.everywhere import language_option, treaties_option
from foedus.cli.options import split
from foedus.cli.say import examples, in_json, print_sheet, warn
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.diagnostics.suggest import suggest
from foedus.evidence.record import Dossier
from foedus.ir.norm import Program
from foedus.ir.procedure import Procedure
from foedus.library import Library, Loaded, stands
from foedus.report.layout import Sheet
from foedus.report.procedure import show_procedure
from foedus.report.procedure_json import to_json
from foedus.report.replay import show_replay
from foedus.terms.time import EDate, parse_date


@click.command(
    "procedure",
    epilog=examples(
        "foedus procedure kazakhstan-2022",
        "foedus procedure kazakhstan-2022 --move leave_kgz=2022-01-09",
        "foedus procedure pko",
    ),
)
@click.argument("name", shell_complete=complete.pages)
@click.option(
    "--move",
    multiple=True,
    metavar="FACT=DATE",
    help="Suppose that a fact of the dossier was on another date (leave_kgz=2022-01-09). May be repeated.",
)
@treaties_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="The same as JSON (schema: procedure.schema.json).")
def command(name: str, move: tuple[str, ...], treaties: Path | None, as_json: bool) -> None:
    """How an organ goes about a matter, and whether a historic case went so.

    NAME is a dossier (a folder, a page, or a shipped one): its facts are replayed through the procedures
    of its treaties, and found in order in all, in some or in none of the orders that their dates allow.
    Or it is a treaty page: its procedures are shown.
    """
    loaded = _loaded(name, treaties)
    if warn(loaded.problems, loaded.texts):
        sys.exit(1)
    program, dossier = loaded.program, loaded.dossier
    if dossier is None:
        owners = [i.id for i in program.instruments.values() if i.place.page in _own(loaded, name)]
        found = _of(program, owners) or _missing(name, owners)
        if move:
            raise Refused(Problem("F685", whole(f"--move {move[0]}"), {"name": name}))
        if as_json:
            click.echo(in_json(to_json(found)))
        else:
            print_sheet(lambda sheet: _pages(sheet, found, program))
        return
    named = dossier.on or dossier.period
    day = named.last if named is not None else date.max
    found = _of(program, dossier.instruments, day) or _of(program, program.instruments, day)
    found = found or _missing(name, dossier.instruments)
    replays = _replays(dossier, program, found, _moved(dossier, move))
    if as_json:
        click.echo(in_json(to_json([each.procedure for each in replays], replays)))
    else:
        print_sheet(lambda sheet: _replayed(sheet, replays))


def _loaded(name: str, treaties: Path | None) -> Loaded:
    """The dossier or page of that name, by what it is."""
    path = Path(name)
    library = Library(treaties, trials=False)
    if name in library.pages and not (stands(path) and path.is_dir()):
        return library.load([name])
    if name in library.dossiers or (stands(path) and path.is_dir()):
        return library.dossier(name)
    if not stands(path):
        raise no_such_page(name, [*library.pages, *library.dossiers])
    library = Library(treaties, trials=False, extra=(path,))
    return library.dossier(name) if is_dossier(library.page(path.stem)[0]) else library.load([path.stem])


def _own(loaded: Loaded, name: str) -> tuple[str, ...]:
    page = loaded.pages.get(Path(name).stem)
    return (page.path,) if page is not None else ()


def _of(program: Program, owners: Iterable[str], day: date | None = None) -> list[Procedure]:
    """The procedures of these instruments: all of them, or those of the text that was in force on a day."""
    wanted = set(owners)
    found: dict[str, Procedure] = {}
    every: list[Procedure] = []
    for procedure in program.procedures.values():
        if procedure.instrument not in wanted:
            continue
        every.append(procedure)
        texts = program.instruments[procedure.instrument].texts
        begun = [text.id for text in texts if day is not None and text.start.first <= day]
        if procedure.text is None or (begun and procedure.text == begun[-1]):
            found[procedure.id] = procedure
        else:
            found.setdefault(procedure.id, procedure)
    return every if day is None else list(found.values())


def _missing(name: str, owners: Iterable[str]) -> list[Procedure]:
    raise Refused(Problem("F683", whole(name), {"name": name, "pages": ", ".join(owners)}))


def _moved(dossier: Dossier, move: tuple[str, ...]) -> Mapping[str, EDate]:
    """The other dates. Refuses a fact that the dossier has not (F684), and what is no date."""
    known = {fact.id for fact in dossier.record.facts}
    found: dict[str, EDate] = {}
    for fact, text in supposed([split("--move", one) for one in move]).items():
        place = whole(f"--move {fact}={text}")
        if fact not in known:
            near = suggest(fact, known)
            advice = f"Did you mean `{near}`?" if near else ""
            raise Refused(Problem("F684", place, {"name": fact, "dossier": dossier.id}, help=advice))
        found[fact] = parse_date(text, place)
    return found


def _replays(
    dossier: Dossier, program: Program, found: Iterable[Procedure], moved: Mapping[str, EDate]
) -> list[Replay]:
    """Each procedure replayed; of those of which the record has no step, only where there is no other."""
    every = [replay(dossier, program, procedure, moved) for procedure in found]
    told = [each for each in every if each.matters]
    for fact in moved:
        if not any(event.id == fact for each in told for event in each.events):
            steps = sorted({event.id for each in told for event in each.events})
            advice = f"Those that are: {', '.join(steps)}." if steps else ""
            raise Refused(
                Problem("F684", whole(f"--move {fact}"), {"name": fact, "dossier": dossier.id}, help=advice)
            )
    return told or every


def _pages(sheet: Sheet, found: Iterable[Procedure], program: Program) -> None:
    names = {code: actor.name for code, actor in program.vocabulary.actors.items()}
    for procedure in found:
        sheet.blank()
        show_procedure(sheet, procedure, names)


def _replayed(sheet: Sheet, replays: Iterable[Replay]) -> None:
    for each in replays:
        sheet.blank()
        show_replay(sheet, each)
