"""How each word of a condition is treated in a panel and in a cascade: a table, and the label that follows from it.

A word is a predicate of the shared vocabulary or of a page. The table (`treatment.csv`) has a row for each kind of
word, and rows for single words, which come first; a run may replace any of them. What no engine can carry is
refused, by name; what is assumed is listed beside every norm that rests on it.

>>> Table().of("unprovoked", "judgement", "panel").axis, Table().of("grave", "judgement", "panel").value
('unprovoked', 'true')
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.diagnostics.suggest import suggest
from foedus.obligations.hypothesis import Hypothesis, Variable
from foedus.obligations.obligation import Label

Engine = Literal["panel", "cascade"]
How = Literal["given", "probe", "computed", "fixed", "coin", "assumed", "refused"]
Assumed = Literal["true", "false", "both"]
ENGINES: tuple[Engine, ...] = ("panel", "cascade")


@dataclass(frozen=True, slots=True)
class Treatment:
    """How one engine fills the column of one word.

    `axis` names what of a probe switches it (with `probe`), `value` what is assumed (true only `of` incidents of
    these axes, if any are named), `chance` that of a coin, with its `source`. `why` is the table's reason.
    """

    how: How
    axis: str = ""
    value: Assumed | None = None
    chance: Fraction | None = None
    of: frozenset[str] = frozenset()
    source: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: `word` is a predicate, or `kind:` and a kind of variable."""

    word: str
    panel: Treatment
    cascade: Treatment

    def under(self, engine: Engine) -> Treatment:
        """The engine's treatment of it."""
        return self.panel if engine == "panel" else self.cascade


@dataclass(frozen=True)
class Table:
    """The rows, with what a run replaces: `{("great_power", "panel"): Treatment("given")}`."""

    replaced: Mapping[tuple[str, Engine], Treatment] = field(
        default_factory=dict[tuple[str, Engine], Treatment]
    )

    def of(self, word: str, kind: str, engine: Engine) -> Treatment:
        """The treatment of a word of a kind (incident, act, role, status, judgement, speech, unread, order,
        answer, other): the word's own, else its kind's."""
        for name in (word, f"kind:{kind}"):
            if (found := self.replaced.get((name, engine))) is not None:
                return found
            if name in rows():
                return rows()[name].under(engine)
        raise LookupError(f"no treatment of {word}, a word of the kind {kind}")

    def variable(self, hypothesis: Hypothesis, name: str, engine: Engine) -> tuple[Variable, Treatment]:
        """What a variable of a hypothesis is about, and how the engine treats it."""
        found = hypothesis.variable(name)
        known = hypothesis.at.predicates.get(found.predicate)
        return found, self.of(found.predicate, known.kind if known else found.kind, engine)

    def label(
        self, hypothesis: Hypothesis, names: Iterable[str], engine: Engine
    ) -> tuple[Label, tuple[str, ...]]:
        """A norm's label, for the variables on which it rests: with `assumed` what is, as `word: value`; with
        `refused` the words that are."""
        assumed: dict[str, None] = {}
        refused: dict[str, None] = {}
        for name in names:
            found, treated = self.variable(hypothesis, name, engine)
            word = found.predicate or (found.args[0] if found.args else name)
            if treated.how == "refused":
                refused[word] = None
            elif treated.how == "assumed":
                assumed[f"{word}: {treated.value}"] = None
        if refused:
            return "refused", tuple(refused)
        return ("assumed", tuple(assumed)) if assumed else ("exact", ())


@cache
def rows() -> Mapping[str, Row]:
    """The table as it ships, by word."""
    path = Path(__file__).with_name("treatment.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        read = csv.DictReader(lines, delimiter="|", quoting=csv.QUOTE_NONE, strict=True)
        return {
            line["word"]: Row(
                line["word"],
                *(
                    treatment(line[engine], line["of"], line["source"], line["why"])
                    for engine in ("panel", "cascade")
                ),
            )
            for line in read
        }


def changed(changes: Iterable[str], words: Collection[str]) -> Table:
    """The table with what a run replaces: `great_power=given`, or for one engine `cascade:request=coin:1/2`. `words`
    are the predicates that there are. Raises `Refused` for what is no treatment (F835) or no word (F836)."""
    replaced: dict[tuple[str, Engine], Treatment] = {}
    for text in changes:
        left, equals, cell = text.partition("=")
        head, colon, rest = left.partition(":")
        engines: list[Engine] = [one for one in ENGINES if not colon or head not in ENGINES or one == head]
        word = rest if colon and head in ENGINES else left
        try:
            made = treatment(cell.strip() if equals else "", source="the run", why="the run says so")
        except (ValueError, ZeroDivisionError):
            raise Refused(Problem("F835", whole(text), {"text": text})) from None
        if word not in rows() and word not in words:
            near = suggest(word, (*rows(), *words))
            advice = f"Did you mean `{near}`?" if near else ""
            raise Refused(Problem("F836", whole(text), {"word": word}, help=advice))
        for engine in engines:
            replaced[word, engine] = made
    return Table(replaced)


def treatment(cell: str, of: str = "", source: str = "", why: str = "") -> Treatment:
    """A cell of the table: `given`, `probe:request`, `assumed:both`, `coin:1/2`. ValueError for any other."""
    how, _, rest = cell.partition(":")
    if how not in get_args(How) or (how in ("probe", "assumed", "coin")) != bool(rest):
        raise ValueError(f"`{cell}` is no treatment")
    made = cast("How", how)
    if made == "coin":
        chance = Fraction(rest)
        if not 0 <= chance <= 1:
            raise ValueError(f"a chance of {rest}")
        return Treatment(made, chance=chance, source=source, why=why)
    if made == "assumed":
        if rest not in get_args(Assumed):
            raise ValueError(f"`{cell}` is no treatment")
        return Treatment(made, value=cast("Assumed", rest), of=frozenset(of.split()), why=why)
    return Treatment(made, axis=rest, why=why)
