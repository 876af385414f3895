"""What a panel rests on, for programs and for whoever finds the file later: editions, rules, coverage, losses.

It goes into a Parquet file as key-value metadata under `foedus`, and beside every other file as `NAME.json`.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np

from foedus import __version__
from foedus.obligations.table import Table
from foedus.panel.cells import tally
from foedus.panel.make import Panel
from foedus.sources.edition import Edition

KEY = "foedus"
"""The key of the metadata in a Parquet file."""


def described(panel: Panel) -> dict[str, Any]:
    """Everything that one has to know to use the rows, and to cite them."""
    asked = panel.asked
    return {
        "made by": f"foedus {__version__}",
        "unit": asked.unit,
        "from": asked.on.isoformat() if asked.on else asked.first,
        "to": asked.until.isoformat() if asked.until else asked.last,
        "rule": "day" if asked.unit == "days" else asked.rule,
        "begin": asked.begin,
        "codes": panel.codes,
        "pledges": list(asked.pledges),
        "rows": len(panel),
        "states": {
            "list": _edition(panel.system.edition) if panel.system.edition else None,
            "kind": panel.system.kind,
            "count": len(panel.states),
            "prolonged": panel.prolonged,
        },
        "sources": [_source(table) for table in panel.tables],
        "filled": {source: tally(panel.of(source)) for source in panel.sources},
        "missing": {name: int(np.count_nonzero(mask)) for name, mask in panel.missing.items()},
        "losses": [_losses(panel, n) for n in range(len(panel.losses))],
    }


def as_json(panel: Panel) -> str:
    """The same as JSON."""
    return json.dumps(described(panel), ensure_ascii=False, indent=2)


def _source(table: Table) -> dict[str, Any]:
    first, last = table.coverage or (None, None)
    return {
        "prefix": table.source,
        "edition": _edition(table.edition) if table.edition else None,
        "covers": [_iso(first), _iso(last)],
        "intervals": len(table),
        "not_to_the_day": int(table.doubtful.sum()),
        "varies_by_partner": int(table.varies.sum()),
        "without_a_pair": len(table.left_out),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _edition(edition: Edition) -> dict[str, str]:
    return {
        "id": edition.id, "name": edition.name, "version": edition.version, "first": edition.first.isoformat(),
        "last": edition.last.isoformat(), "terms": edition.terms, "citation": edition.citation,
        "key": edition.key, "bibtex": edition.bibtex, "url": edition.url,
    }  # fmt: skip


def _losses(panel: Panel, n: int) -> dict[str, Any]:
    losses = panel.losses[n]
    return {
        "source": losses.source,
        "rows": losses.rows,
        "intervals": losses.intervals,
        "states": [
            {
                "state": panel.lost_names[each.state], "rows": each.rows, "first": each.first, "last": each.last,
                "in_frame_at_another_time": each.known,
            }
            for each in losses.states
        ],
    }  # fmt: skip
