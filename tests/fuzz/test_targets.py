"""No input fells a target: hypothesis makes them up, and `fuzz/` looks on where coverage leads (`make fuzz`)."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import Place
from fuzz.targets import ROOT, TARGETS, Elements, Fell, seeds, timed, told
from tests.fuzz.strategies import inputs, slipped

EXAMPLES = {"page": 120, "dossier": 60, "command": 40}


@pytest.mark.parametrize("target", TARGETS)
def test_no_input_fells(target: str) -> None:
    @settings(
        max_examples=EXAMPLES.get(target, 60),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(data=inputs(target))
    def no_input_fells(data: bytes) -> None:
        timed(TARGETS[target], data)

    no_input_fells()


@pytest.mark.parametrize("target", TARGETS)
def test_what_it_begins_with_is_taken(target: str) -> None:
    for data in seeds(target)[:12]:
        timed(TARGETS[target], data)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(data=slipped("page", longest=2_500), name=st.sampled_from(("<b>", "\x1b[2J", "\u202e.md", "a\nb")))
def test_the_name_of_a_page_is_input_too(data: bytes, name: str) -> None:
    told([Problem("F010", Place(name, 1, 1, 1, 2, data.decode("utf-8", "replace")), {"fence": name})], {})


def test_the_targets_can_fail() -> None:
    with pytest.raises(Fell, match="markup"):
        Elements().feed("<p class='a'><script>")


@pytest.mark.skipif(sys.platform != "linux", reason="atheris is made for Linux alone")
@pytest.mark.parametrize("target", TARGETS)
def test_a_short_run_guided_by_coverage(target: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fuzz", target, "5"],
        cwd=ROOT,
        env={"PYTHONPATH": "src:.", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "number_of_executed_units" in done.stderr
