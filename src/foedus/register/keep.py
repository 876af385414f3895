"""The register of all pages, drawn up once and kept until a page or Foedus itself changes.

What is kept is JSON in the user's cache folder, under a key made of the pages' contents and of the code that
reads them: nothing stale can be found under it. Where nothing can be written, the register is drawn up anew
each time. `FOEDUS_CACHE` names another folder, or `off`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from foedus.diagnostics.cache import cache_folder, code_of, keep
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.diagnostics.suggest import suggest
from foedus.register.rows import Credit, Instrument, LeftOut, Norm, Party, Remark, Rule, Text

READERS = ("diagnostics", "evidence", "ir", "lang", "library.py", "register", "terms")
"""The rooms whose code decides what a register says, and the library, which finds the pages."""


@dataclass(frozen=True)
class Register:
    """Every instrument's record, by its id."""

    instruments: tuple[Instrument, ...]
    key: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Instrument]:
        """The records by id."""
        return {i.id: i for i in self.instruments}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of states and organs that pages declare, by their codes."""
        return {code: name for i in self.instruments for code, name in i.names}

    def find(self, name: str) -> Instrument:
        """The instrument of that id; refuses (F508) one that there is not, with the nearest."""
        if name not in self.by_id:
            near = suggest(name, self.by_id)
            advice = f"Did you mean `{near}`?" if near else ""
            raise Refused(Problem("F508", whole(name), {"name": name}, help=advice))
        return self.by_id[name]


def register(treaties: Path | None = None) -> Register:
    """The register of the shipped pages, with the user's over them. Raises `Refused` with the mistakes of pages
    that cannot be read."""
    if treaties is not None:
        from foedus.library import pages_in  # noqa: PLC0415  the parser, as below

        pages_in(treaties, "Treaty pages are named after their instrument: `cst.md`.")
    key = key_of(treaties)
    if (shipped := _kept(built())) is not None and shipped.key == key:
        return shipped
    folder = cache_folder()
    if folder is not None and (found := _kept(folder / f"register-{key}.json")) is not None:
        return found
    from foedus.register.draw import draw_up  # noqa: PLC0415  the parser, which a kept register does not need

    made = Register(draw_up(treaties), key)
    if folder is not None:
        keep(folder, f"register-{key}.json", as_json(made))
    return made


def as_json(made: Register) -> str:
    """A register as it is kept."""
    return json.dumps({"key": made.key, "instruments": as_plain(made.instruments)}, ensure_ascii=False)


def built() -> Path:
    """The register of the shipped pages, drawn up when the package was built; there is none in a checkout."""
    return Path(__file__).with_name("built.json")


def as_plain(found: Iterable[Instrument]) -> list[dict[str, Any]]:
    """Records as JSON has them."""
    return [asdict(row) for row in found]


def page_path(name: str, treaties: Path | None) -> Path:
    """Where the page of an instrument stands; refuses (F508) a name that no page has."""
    paths = _paths(treaties)
    if name not in paths:
        raise Refused(Problem("F508", whole(name), {"name": name}))
    return paths[name]


def _paths(treaties: Path | None) -> dict[str, Path]:
    found = {path.stem: path for path in _shipped().glob("*.md")}
    if treaties is not None:
        with suppress(OSError):  # a folder that cannot be looked into is told when it is read
            found |= {p.stem: p for p in treaties.iterdir() if p.suffix.lower() == ".md" and p.name[0] != "."}
    return found


def _shipped() -> Path:
    return Path(str(files("foedus"))) / "treaties"


def key_of(treaties: Path | None) -> str:
    """The key of a set of pages: their contents, and the code that reads them."""
    paths = _paths(treaties)
    made = sha256(code_of(READERS).encode())
    for name in sorted(paths):
        with suppress(OSError):
            where = "" if paths[name].is_relative_to(_shipped()) else str(paths[name])
            made.update(f"\0{name}\0{where}\0".encode())
            made.update(paths[name].read_bytes())
    return made.hexdigest()[:32]


def _kept(path: Path) -> Register | None:
    try:
        read = json.loads(path.read_bytes())
        return Register(tuple(_instrument(row) for row in read["instruments"]), str(read["key"]))
    except (OSError, ValueError, TypeError, KeyError):  # none there, or one that somebody else wrote
        return None


def _instrument(row: dict[str, Any]) -> Instrument:
    def tuples(value: Any) -> Any:
        return tuple(map(tuples, cast("list[Any]", value))) if isinstance(value, list) else value

    plain = {name: tuples(value) for name, value in row.items()}
    rows = {
        "texts": Text, "parties": Party, "norms": Norm, "rules": Rule, "left_out": LeftOut, "encoded": Credit,
        "reviewed": Credit,
    }  # fmt: skip
    for name, of in rows.items():
        plain[name] = tuple(of(**{k: tuples(v) for k, v in one.items()}) for one in row[name])
    for name in ("duration", "exit"):
        plain[name] = Remark(**row[name])
    return Instrument(**plain)
