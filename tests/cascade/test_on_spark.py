"""On Spark the same worlds, and the same counts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from foedus.cascade import on_spark
from foedus.cascade.counts import Counts
from foedus.cascade.on_spark import Cluster
from foedus.cascade.plan import Plan, plan
from foedus.cascade.solve import sample, solve
from foedus.diagnostics.problem import Refused
from foedus.trace.corpus import spark
from tests.cascade.owed import laid
from tests.cascade.test_solve import SHOCK, SIX
from tests.cli.program import foedus


@pytest.mark.needs_spark
def test_the_same_counts_as_here(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    cluster = Cluster(tmp_path, 2)
    try:
        made = plan(SIX, SHOCK)
        here = sample(made, 10_000, 5, detail=True)
        assert cluster.sample(made, 10_000, 5, True, share=1984) == here
        with pytest.raises(ValueError, match="whole words"):
            cluster.sample(made, 10_000, 5, True, share=1000)
        here_too = solve(SIX, SHOCK, nodes=0, worlds=5000, seed=5)
        assert solve(SIX, SHOCK, nodes=0, worlds=5000, seed=5, by=cluster.sample) == here_too
        monkeypatch.setattr(on_spark, "SHARE", 4992)  # more than one worker's share is dealt out
        told: list[str] = []
        waited = solve(
            SIX,
            SHOCK,
            nodes=0,
            worlds=5000,
            seed=5,
            by=cluster.sampled,
            waiting=lambda what, *_: told.append(what),
        )
        assert waited == here_too and told == ["worlds"]
    finally:
        cluster.close()


@pytest.mark.needs_spark
def test_the_command_answers_the_same_on_spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = laid(tmp_path)
    monkeypatch.setattr(on_spark, "SHARE", 1984)
    asked = (
        "cascade",
        "--shock",
        "AUH:SRB",
        "--on",
        "1914-07-28",
        "--source",
        "atop=atop.csv",
        "--draws",
        "0",
    )
    few = ("--nodes", "0", "--worlds", "3000", "--json")
    dealt: list[int] = []
    own = on_spark.Cluster.sample

    def sample_(self: Cluster, plan: Plan, worlds: int, seed: int, detail: bool) -> Counts:
        dealt.append(worlds)
        return own(self, plan, worlds, seed, detail, share=1984)

    monkeypatch.setattr(on_spark.Cluster, "sample", sample_)
    there = foedus(*asked, *few, "--engine", "spark", "--threads", "2", cwd=here)
    assert there.status == 0, there.err
    assert dealt == [3000]
    assert there.out == foedus(*asked, *few, cwd=here).out


def test_the_command_says_what_spark_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark.shutil, "which", lambda _: "java")
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    asked = ("cascade", "--shock", "AUH:SRB", "--on", "1914-07-28", "--source", "atop=atop.csv")
    done = foedus(*asked, "--engine", "spark", cwd=laid(tmp_path))
    assert (done.status, done.out) == (2, "")
    assert "F559" in done.err and "foedus[spark]" in done.err


def test_without_java_or_pyspark(tmp_path, monkeypatch) -> None:
    with monkeypatch.context() as patch, pytest.raises(Refused) as refused:
        patch.setattr(spark.shutil, "which", lambda _: "java")
        patch.setitem(sys.modules, "pyspark.sql", None)
        Cluster(tmp_path, 1)
    assert refused.value.problems[0].code == "F559"
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused) as refused:
        Cluster(tmp_path, 1)
    assert refused.value.problems[0].code == "F631"
