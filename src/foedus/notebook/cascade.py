"""How a war spreads by promises alone, from Python: an answer that is asked further."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

from foedus.cascade import pivots as turning
from foedus.cascade import without as lacking
from foedus.cascade.ask import Cascade as Value
from foedus.cascade.from_obligations import Conditions
from foedus.cascade.honour import STANDARD, WIDTH, By
from foedus.cascade.put import Settings, beside, checked, paged, put
from foedus.cascade.result import Chance, Result
from foedus.cascade.sensitivity import sensitivity
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.notebook.backends import Backend, DataFrame, framed_by
from foedus.notebook.cascade_drawn import show_drawn
from foedus.notebook.columns import OF_ALL
from foedus.notebook.figure import Drawn, drawn_to
from foedus.notebook.frames import Row
from foedus.notebook.put import Day, read
from foedus.notebook.refusal import told
from foedus.notebook.rows import Rows
from foedus.obligations.sets import read_of, table_named
from foedus.register.keep import register
from foedus.report.cascade import show_cascade
from foedus.report.cascade_json import as_json, entries_rows
from foedus.report.cascade_words import percent, spoken_of
from foedus.report.data_sets import left_out_row
from foedus.report.layout import Sheet
from foedus.report.lists import begun, on_day
from foedus.report.plots.of_cascade import KINDS, figures_of
from foedus.sources.edition import Read
from foedus.sources.shelf import shelf
from foedus.terms.edtf import EDate
from foedus.words.speech import say

if TYPE_CHECKING:
    from foedus.obligations.table import Table

Source: TypeAlias = "str | Mapping[str, str | Path] | Table | Sequence[Table]"
SIDES = ("attacker", "target")


def cascade(
    shock: str,
    *,
    on: Day,
    source: Source = "atop",
    without: str | Iterable[str] = (),
    honour: str | Path = STANDARD,
    rates: By = "both",
    width: float = WIDTH,
    chance: Mapping[str, object] | None = None,
    enters: Mapping[str, object] | None = None,
    conditions: Conditions = "met",
    attacked: Literal["joined", "target"] = "joined",
    draws: int = 200,
    worlds: int | None = None,
    nodes: int | None = None,
    seed: int = 1,
    threads: int | None = None,
    data: str | Path | None = None,
    treaties: str | Path | None = None,
) -> Cascade:
    """Who is drawn in when one state attacks another on a day, if states keep what they promised as often as such
    promises were kept.

    `shock` is attacker and target, `"AUH:SRB"`. `source` is a data set on your shelf (`"atop"`, `"cow"`), a mapping
    from its name to a file, or tables of obligations; `data`, the folder of the shelf. The other arguments are those
    of `foedus cascade`: `chance` and `enters` are mappings, `{"defense": 0.6, "atop:1350/ITA": "1/5"}`. Raises
    `Refused` with what the command line would say.
    """
    with told():
        day = read("on", on)
        if day is None:
            raise Refused(Problem("F553", NOWHERE, {"name": "on", "given": "missing"}, help="Give a day."))
        settings = Settings(
            honour, rates, width, _pairs(chance), _pairs(enters), conditions, attacked == "joined", draws, worlds,
            nodes, seed, threads, without=(without,) if isinstance(without, str) else tuple(without),
        )  # fmt: skip
        folder = Path(treaties) if treaties is not None else None
        kept = Path(data) if data is not None else None
        reads: list[Read[Any]] = []
        tables = _tables(source, kept, reads.append)
        found = put(shock, day, tables, settings, lambda page: _numbers(page, folder))
        found = checked(found, folder=kept)
        return Cascade(found, folder, kept, tuple(left_out_row(each) for each in reads if each.dropped))


def _pairs(given: Mapping[str, object] | None) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in (given or {}).items()]


def _numbers(page: str, treaties: Path | None) -> Sequence[tuple[str, str]]:
    found = register(treaties).by_id.get(page)
    return found.codes if found is not None else ()


def _tables(source: Source, folder: Path | None, told: Callable[[Read[Any]], object]) -> Sequence[Table]:
    if isinstance(source, str):
        return [table_named(source, None, "source", folder, told)]
    if isinstance(source, Mapping):
        return [table_named(name, Path(path), "source", told=told) for name, path in source.items()]
    if isinstance(source, Sequence):
        return source
    return [source]


class Cascade:
    """The answer to a shock. `result` has the chances as the engine found them, `value` everything that was found.

    Printed, it reads as the terminal writes it; `frame()` gives the entries, `frame("calls")` and others more.
    """

    def __init__(
        self,
        value: Value,
        treaties: Path | None = None,
        folder: Path | None = None,
        left_out: tuple[dict[str, Any], ...] = (),
    ) -> None:
        self.value = value
        self._treaties = treaties
        self._folder = folder
        self.left_out = left_out
        """Every file of which rows were left out, with these rows."""

    def _again(self, value: Value) -> Cascade:
        return Cascade(value, self._treaties, self._folder, self.left_out)

    @property
    def result(self) -> Result:
        """The chances of every state that could be reached, in the order of `result.model.states`."""
        return self.value.result

    @property
    def json(self) -> dict[str, Any]:
        """What `foedus cascade --json` prints."""
        return {**as_json(self.value), "left_out": list(self.left_out)}

    def without(self, *names: str) -> Rows:
        """By how much each entry differs without something: an instrument (`"atop:1385"`), a treaty page that
        carries its number (`"frarus"`), what is between two states (`"FRA:RUS"`) or what one owes (`"ITA"`)."""
        found = self.value
        with told():
            named = [
                paged(name, found.obligations, lambda page: _numbers(page, self._treaties)) for name in names
            ]
            differences = [
                lacking.without(found.whole, found.part, found.obligations, name, found.engine, found.result)
                for name in named
            ]
        rows: list[Row] = []
        for each in differences:
            for index, code in enumerate(found.built.model.states):
                for side in (0, 1):
                    change = each.entered[index][side]
                    if change.value:
                        rows.append(
                            (each.name, code, found.built.numbers[index], SIDES[side], *_numbers_of(change))
                        )
        title = say("Without {what}", what=", ".join(names))
        whole = self._again(replace(found, without=tuple(differences), pivots=None, sensitivity=None))
        return Rows(
            "cascade_without", rows, title, ("without", "state", "side", "change"), lambda: str(whole)
        )

    def pivots(self, worlds: int = 1000) -> Rows:
        """What the outcome turns on: each promise, state and instrument, what turns it most often first."""
        found = turning.pivots(
            self.value.built, self.value.part.shock, worlds=worlds, seed=self.value.engine.seed
        )
        rows: list[Row] = [
            (
                turn.kind, turn.name, *_numbers_of(turn.turns), *_numbers_of(turn.sizes[0]),
                *_numbers_of(turn.sizes[1]),
            )
            for turn in found.turns
        ]  # fmt: skip
        whole = self._again(replace(self.value, pivots=found, without=()))
        title = say("What the outcome turns on")
        shown = ("kind", "name", "turns", "attackers_size", "targets_size")
        return Rows("cascade_pivots", rows, title, shown, lambda: str(whole))

    def sensitivity(self, worlds: int = 1000) -> Rows:
        """By how much the expected sizes of the sides grow with each rate that the answer rests on."""
        value = self.value
        turned = turning.pivots(value.built, value.part.shock, worlds=worlds, seed=value.engine.seed)
        found = sensitivity(value.built, value.part.shock, value.engine, value.result, turned)
        rows: list[Row] = [
            (
                slope.rate.name, slope.rate.mean, slope.rate.source or None, slope.coins,
                *_numbers_of(slope.sizes[0]), *_numbers_of(slope.sizes[1]), found.exact,
            )
            for slope in found.slopes
        ]  # fmt: skip
        whole = self._again(replace(value, pivots=turned, sensitivity=found, without=()))
        title = say("What another rate would change")
        shown = ("rate", "mean", "attackers_size", "targets_size")
        return Rows("cascade_sensitivity", rows, title, shown, lambda: str(whole))

    def beside(
        self, wars: str | Path | None = None, *, war: int | None = None, until: Day | None = None,
        states: str | Path | None = None,
    ) -> Cascade:  # fmt: skip
        """The same beside a war of COW's list (a file, or the shelf's): `value.confusion` has the table."""
        with told():
            rows = (
                shelf(self._folder).read("cow-wars")
                if wars is None
                else read_of(Path(wars), ("cow-wars",), "wars")
            )
            day = read("until", until)
            return self._again(
                beside(self.value, rows, war, day, Path(states) if states is not None else None, self._folder)
            )

    @overload
    def frame(self, name: str = "entries") -> DataFrame: ...
    @overload
    def frame(self, name: str, backend: Literal["polars"]) -> DataFrame: ...
    @overload
    def frame(self, name: str = "entries", *, backend: Literal["pandas", "pyarrow"]) -> Any: ...
    def frame(self, name: str = "entries", backend: Backend = "polars") -> Any:
        """A data frame: `entries` (a state and a side), `calls` (who draws in whom) or `promises` (every coin that
        the shock can reach)."""
        rows = {"entries": self._entries, "calls": self._calls, "promises": self._promises}
        with told():
            if name not in rows:
                values = {"name": name, "known": f"The frames are {', '.join(rows)}."}
                raise Refused(Problem("F510", NOWHERE, values))
            return framed_by(backend, OF_ALL[f"cascade_{name}"], rows[name]())

    def _entries(self) -> Iterable[Row]:
        return entries_rows(self.value)

    def _calls(self) -> Iterable[Row]:
        built = self.value.built
        for call in self.value.chains.calls:
            instruments = dict.fromkeys(built.duties[n].obligation.instrument for n in call.duties)
            yield (
                built.model.states[call.debtor], built.model.states[call.beneficiary], SIDES[call.side],
                *_numbers_of(call.chance), call.round, tuple(instruments),
            )  # fmt: skip

    def _promises(self) -> Iterable[Row]:
        built = self.value.built
        model = built.model
        pairs = [
            *((duty.debtor, duty.beneficiary, duty.chance) for duty in model.duties),
            *((promise.debtor, promise.power, promise.chance) for promise in model.neutralities),
        ]
        called: Sequence[Chance | None] = [*self.result.called, *(None for _ in model.neutralities)]
        for number, (link, (debtor, other, chance)) in enumerate(zip(built.links, pairs, strict=True)):
            one = link.obligation
            drawn = called[number] if number < len(called) else None
            yield (
                number, model.states[debtor], model.states[other], one.pledge, one.instrument, chance / 65536,
                drawn.value if drawn is not None else None, link.label, link.assumed, one.line or None,
            )  # fmt: skip

    def plot(
        self, kind: str = "chances", path: str | Path | None = None, *, columns: Literal["one", "two"] = "two"
    ) -> Drawn:
        """A figure for a paper: `chances`, `difference` (of what it was asked without), `pivots` (what `pivots` of
        the command draws) or `network` (everything in force on the day). With `path` it is written too: SVG, PDF or
        PNG by its ending, its words beside it. Needs foedus[plots]."""
        with told():
            if kind not in KINDS:
                values = {"name": kind, "known": f"The figures are {', '.join(KINDS)}."}
                raise Refused(Problem("F510", NOWHERE, values))
            value = self.value
            if kind == "pivots" and value.pivots is None:
                turned = turning.pivots(value.built, value.part.shock, seed=value.engine.seed)
                value = replace(value, pivots=turned)
            return drawn_to(figures_of(value, kind, columns), path)

    def _repr_html_(self) -> str:
        return show_drawn(self.value)

    def __str__(self) -> str:
        sheet = Sheet(80)
        show_cascade(sheet, self.value)
        return sheet.text().rstrip()

    def __repr__(self) -> str:
        found = self.value
        names = spoken_of(found.built)
        attacker, target = names[found.part.shock.attacker], names[found.part.shock.target]
        said = say(
            "{attacker} attacks {target}, {day}: nobody joins in {quiet}",
            attacker=attacker, target=target, day=on_day(EDate.of(found.asked.on)),
            quiet=percent(found.result.quiet.value).replace("\u00a0", " "),
        )  # fmt: skip
        return begun(said)


def _numbers_of(one: Chance) -> tuple[float, float, float]:
    return one.value, one.low, one.high
