"""Panels from Python: who owed what to whom, as a data frame, out of the data sets that the user has."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.suggest import suggest
from foedus.notebook.backends import INSTALL
from foedus.notebook.put import Day, read
from foedus.notebook.refusal import told
from foedus.register.keep import register
from foedus.report.data_sets import left_out_row
from foedus.sources.edition import Read

if TYPE_CHECKING:
    import polars

    from foedus.panel.make import Panel

Files = str | Path | Iterable[str | Path]


@overload
def panel(
    first: int,
    last: int,
    *,
    unit: str = ...,
    rule: str | None = ...,
    begin: str = ...,
    codes: str | None = ...,
    pledges: str | Iterable[str] | None = ...,
    markers: bool = ...,
    on: Day | None = ...,
    until: Day | None = ...,
    atop: str | Path | None = ...,
    directed: str | Path | None = ...,
    alliances: str | Path | None = ...,
    states: Files | None = ...,
    source: str | Iterable[str] | None = ...,
    data: str | Path | None = ...,
    treaties: str | Path | None = ...,
    backend: Literal["polars"] = ...,
) -> polars.DataFrame: ...
@overload
def panel(
    first: int,
    last: int,
    *,
    unit: str = ...,
    rule: str | None = ...,
    begin: str = ...,
    codes: str | None = ...,
    pledges: str | Iterable[str] | None = ...,
    markers: bool = ...,
    on: Day | None = ...,
    until: Day | None = ...,
    atop: str | Path | None = ...,
    directed: str | Path | None = ...,
    alliances: str | Path | None = ...,
    states: Files | None = ...,
    source: str | Iterable[str] | None = ...,
    data: str | Path | None = ...,
    treaties: str | Path | None = ...,
    backend: Literal["pandas", "pyarrow"],
) -> Any: ...
def panel(
    first: int,
    last: int,
    *,
    unit: str = "dyads",
    rule: str | None = None,
    begin: str = "signature",
    codes: str | None = None,
    pledges: str | Iterable[str] | None = None,
    markers: bool = False,
    on: Day | None = None,
    until: Day | None = None,
    atop: str | Path | None = None,
    directed: str | Path | None = None,
    alliances: str | Path | None = None,
    states: Files | None = None,
    source: str | Iterable[str] | None = None,
    data: str | Path | None = None,
    treaties: str | Path | None = None,
    backend: str = "polars",
) -> Any:
    """Every pair of states and every year from `first` to `last`, and what the one owed the other.

    The options are those of `foedus panel`; files that are not named are those kept with `foedus data add`. Columns
    are integers; beyond what a data set covers they are null, never 0. Of the unit `days`, `on` and `until` narrow
    the days.

    What the frame rests on (editions, citations, rules, losses, rows left out) comes with it: of Polars as
    `frame.foedus`, of pandas as `frame.attrs["foedus"]`, of pyarrow in the schema's metadata. A frame derived from it
    no longer has it.

    Raises `foedus.Refused`, as the command line: F554 without Polars, F820 to F828, what a file has wrong.
    """
    with told():
        made, left_out = _made(
            first, last, unit, rule, begin, codes, pledges, markers, on, until, atop, directed, alliances, states,
            source, data, treaties, backend,
        )  # fmt: skip
        return _framed(made, left_out, backend)


def _made(
    first: int, last: int, unit: str, rule: str | None, begin: str, codes: str | None,
    pledges: str | Iterable[str] | None, markers: bool, on: Day | None, until: Day | None,
    atop: str | Path | None, directed: str | Path | None, alliances: str | Path | None, states: Files | None,
    source: str | Iterable[str] | None,
    data: str | Path | None, treaties: str | Path | None, backend: str,
) -> tuple[Panel, list[dict[str, Any]]]:  # fmt: skip
    _known("backend", backend, INSTALL)
    for library in dict.fromkeys(("numpy", "polars", backend)):
        if find_spec(library) is None:
            install = INSTALL.get(library, library) if library == backend != "polars" else "'foedus[panel]'"
            raise Refused(Problem("F554", NOWHERE, {"library": library, "install": install}))
    # Imported here because they come with an extra.
    from foedus.panel.given import Given, asked  # noqa: PLC0415
    from foedus.panel.make import UNITS, make, ordered  # noqa: PLC0415
    from foedus.panel.periods import RULES  # noqa: PLC0415
    from foedus.panel.recode import COLUMNS  # noqa: PLC0415
    from foedus.report.explained import by_number, entries_into_force  # noqa: PLC0415

    _known("unit", unit, UNITS)
    _known("rule", rule, RULES)
    _known("begin", begin, ("signature", "in-force"))
    _known("codes", codes, COLUMNS)
    days: tuple[date | None, ...] = (read("on", on), read("until", until))
    wanted = asked(
        first, last, unit=unit, rule=rule, begin=begin, codes=codes, pledges=_joined(pledges), markers=markers,
        on=days[0], until=days[1],
    )  # fmt: skip
    ordered(wanted)
    given = Given(
        _path(atop),
        _path(alliances),
        _paths(states),
        _joined(source),
        _path(data),
        _path(treaties),
        _path(directed),
    )
    reads: dict[str, Read[Any]] = {}

    def heard(one: Read[Any]) -> None:
        reads.setdefault(one.digest, one)

    tables = given.tables(heard)
    if begin == "in-force":
        entries = entries_into_force(by_number(register(_path(treaties)).instruments))
        tables = tuple(table.from_entry_into_force(entries) for table in tables)
    made = make(tables, given.system(tables, wanted.codes, heard), wanted)
    return made, [left_out_row(read) for read in reads.values() if read.dropped]


def _framed(made: Panel, left_out: list[dict[str, Any]], backend: str) -> Any:
    from foedus.panel.described import KEY, described  # noqa: PLC0415  with an extra, as above
    from foedus.panel.frame import frame  # noqa: PLC0415  the same

    found: Any = frame(made)
    rests_on = {**described(made), "left_out": left_out}
    if backend == "polars":
        found.foedus = rests_on
    elif backend == "pyarrow":
        found = found.to_arrow().replace_schema_metadata(
            {KEY: json.dumps(rests_on, ensure_ascii=False, indent=2)}
        )
    else:
        lacking = {name: str(kind) for name, kind in found.schema.items() if found[name].null_count()}
        found = found.to_pandas().astype(lacking)  # pandas has integers that may be missing
        found.attrs[KEY] = rests_on
    return found


def _known(name: str, value: str | None, known: Iterable[str]) -> None:
    """F510 for a value that there is not, with the nearest."""
    names = list(known)
    if value is not None and value not in names:
        near = suggest(str(value), names)
        advice = f"Did you mean `{near}`?" if near else f"For `{name}` there are {', '.join(names)}."
        raise Refused(Problem("F510", NOWHERE, {"name": str(value), "known": advice}))


def _joined(names: str | Iterable[str] | None) -> str | None:
    return names if names is None or isinstance(names, str) else ",".join(names)


def _path(given: str | Path | None) -> Path | None:
    return None if given is None else Path(given)


def _paths(given: Files | None) -> tuple[Path, ...]:
    if given is None:
        return ()
    return (Path(given),) if isinstance(given, str | Path) else tuple(map(Path, given))
