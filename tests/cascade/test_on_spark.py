"""On Spark the same worlds, and the same counts."""

from __future__ import annotations

import sys

import pytest

from foedus.cascade.on_spark import Cluster
from foedus.cascade.plan import plan
from foedus.cascade.solve import sample, solve
from foedus.diagnostics.problem import Refused
from foedus.trace.corpus import spark
from tests.cascade.test_solve import SHOCK, SIX


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
    finally:
        cluster.close()


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
