"""The reference page has the tables as they ship, word for word."""

from __future__ import annotations

from pathlib import Path

from foedus.obligations.conditions import AXES
from foedus.obligations.obligation import CONDITIONS
from foedus.obligations.pledges import rules
from foedus.obligations.probe import PROBES
from foedus.obligations.treatment import Treatment, rows

PAGE = (Path(__file__).parents[2] / "docs/reference/obligations.md").read_text(encoding="utf-8")


def cell(treated: Treatment) -> str:
    more = treated.axis or treated.value or ("" if treated.chance is None else str(treated.chance))
    return f"`{treated.how}:{more}`" if more else f"`{treated.how}`"


def test_every_treatment_stands_there() -> None:
    told = [line for line in PAGE.splitlines() if line.startswith("| `") and line.count("|") == 5]
    wanted = [
        f"| `{row.word}` | {cell(row.panel)}"
        + (f" (of {', '.join(sorted(row.panel.of))})" if row.panel.of else "")
        + f" | {cell(row.cascade)} | {row.panel.why or row.cascade.why} |"
        for row in rows().values()
    ]
    assert told == wanted


def test_every_rule_for_a_pledge_stands_there() -> None:
    for rule in rules():
        act = f"`{rule.act}`" if rule.act else ""
        cells = (
            rule.kind,
            rule.duty_class,
            rule.modifier,
            act,
            rule.trigger,
            rule.pledge or "none",
            rule.why,
        )
        assert f"| {' | '.join(cells)} |" in PAGE


def test_every_probe_and_condition_is_named() -> None:
    assert all(f"`{probe.name}`" in PAGE for probe in PROBES)
    derived = {*AXES, "adversary", "number", "nonstate", "mobilisation"}
    assert derived < CONDITIONS.keys()
    assert all(f"`{name}`" in PAGE for name in derived)
