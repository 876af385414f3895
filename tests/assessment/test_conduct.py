"""What was done: kept and breached only on what is established or closed, and never where nothing was owed."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.assessment.assess import assess
from foedus.library import Library

GOOD = Path(__file__).parent.parent / "good"
PAGE = """# A border

```record
dossier border "A border"
  period 2012-02-01/2012-02-29
  on 2012-02-10
  concerning ARV
  assess bounds
speaker OBSERVERS "Observers"
source note "A note"
  by BOR
source log "A log"
  by OBSERVERS
fact struck force(CAD, ARV) on 2012-02-01 "the first shots"
{both}
fact heavy grave(struck)
  asserts OBSERVERS [log]
complete for force by encoder "all of it"
complete for helped on 2012-02-01/2012-02-29 by encoder "all of it"
{more}
```
"""
BOTH = "  asserts BOR [note]\n  asserts OBSERVERS [log]"
DOUBTED = "  disputes BOR [note]"


def conduct(folder: Path, norm: str, *facts: str, doubt: str = "") -> dict[str, str]:
    """Each bearer's conduct under a norm; every fact is said by both sources."""
    more = "\n".join(f'{fact} "it"\n{BOTH}' for fact in facts)
    page = folder / "dossier.md"
    text = PAGE.format(both=BOTH, more=more).replace("grave(struck)\n", f"grave(struck)\n{doubt}")
    page.write_text(text, encoding="utf-8")
    loaded = Library(GOOD).dossier(str(page))
    assert not loaded.errors, loaded.errors
    assert loaded.dossier is not None
    found = assess(loaded.dossier, loaded.program)
    return {c.bearer: c.word for f in found.findings if f.norm.id == norm for c in f.conduct}


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("2012-02-04", "kept"),
        ("2012-02-06", "kept"),
        ("2012-02-09", "breached"),
        ("[2012-02-04,2012-02-09]", "not shown"),  # in time or late: the dates do not tell
    ],
)
def test_help_within_five_days(tmp_path: Path, day: str, word: str) -> None:
    assert conduct(tmp_path, "bounds.help", f"fact came helped(by: BOR, for: ARV) on {day}") == {"BOR": word}


def test_help_that_never_came_is_a_breach_where_the_record_is_complete(tmp_path: Path) -> None:
    assert conduct(tmp_path, "bounds.help") == {"BOR": "breached"}


def test_nothing_is_breached_that_may_not_have_been_owed(tmp_path: Path) -> None:
    assert conduct(tmp_path, "bounds.help", doubt=f"{DOUBTED}\n") == {"BOR": "not shown"}


def test_force_in_return_is_no_breach_where_a_right_lifts_the_prohibition(tmp_path: Path) -> None:
    back = "fact back force(ARV, CAD) on 2012-02-02"
    assert conduct(tmp_path, "bounds.abstain", back) == {"BOR": "kept"}


def test_force_without_a_right_is_a_breach(tmp_path: Path) -> None:
    other = "fact other force(BOR, CAD) on 2012-02-02"
    assert conduct(tmp_path, "bounds.abstain", other) == {"BOR": "breached"}


TWO_ACTS = """# The Pact of the Fen

```foedus
state ARV "Arvia", BOR "Bor", CAD "Cad"

instrument fen "Pact of the Fen"
  in force 2001-01-01

prohibition force "use force, or send troops"
  of each other state s to v
  when always
  breached by force(author: s, victim: v)
  breached by deployed(by: s, where: v)
```
"""


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("complete for force by encoder", "not shown"),  # of troops nothing is known
        ("complete for force by encoder\ncomplete for deployed by encoder", "kept"),
        (
            "complete for force by encoder\nfact sent deployed(by: BOR, where: ARV) on 2012-02-03\n" + BOTH,
            "breached",
        ),
    ],
)
def test_a_prohibition_of_two_acts_is_kept_only_where_neither_was_done(
    tmp_path: Path, lines: str, word: str
) -> None:
    (tmp_path / "fen.md").write_text(TWO_ACTS, encoding="utf-8")
    head, tail = PAGE.split("fact struck", 1)
    assert "complete for force" in tail
    named = (
        "fact asked request(by: BOR, to: CAD) on 2012-02-01"  # only states that the record names are asked
    )
    text = f"{head.replace('assess bounds', 'assess fen')}{named}\n{lines}\n```\n"
    (tmp_path / "dossier.md").write_text(text, encoding="utf-8")
    loaded = Library(tmp_path).dossier(str(tmp_path / "dossier.md"))
    assert loaded.dossier is not None and not loaded.errors, loaded.errors
    found = assess(loaded.dossier, loaded.program)
    assert {c.word for f in found.findings for c in f.conduct if c.bearer == "BOR"} == {word}
