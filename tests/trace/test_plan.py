import duckdb
import numpy as np

from foedus.trace.plan import K, Settings, chains, diagonals


def planned(grams: list[tuple[int, int, int]], settings: Settings) -> tuple[list[tuple[int, ...]], ...]:
    """The diagonals and the chains of some runs: document, place, run."""
    doc, place, gram = (np.array(column, np.int64) for column in zip(*grams, strict=True))
    with duckdb.connect() as engine:
        engine.register(
            "runs_in", {"doc": doc.astype(np.int32), "place": place.astype(np.int32), "gram": gram}
        )
        engine.execute("CREATE TABLE grams AS SELECT * FROM runs_in")
        engine.execute("CREATE TABLE diagonals AS " + diagonals(settings))
        met = engine.execute("SELECT * FROM diagonals ORDER BY ALL").fetchall()
        return met, engine.execute(chains(settings)).fetchall()


def test_neighbouring_runs_are_one_diagonal_and_one_chain():
    met, found = planned([(doc, 10 * doc + n, 100 + n) for doc in (0, 1) for n in range(5)], Settings())
    assert met == [(0, 1, 0, 10, 5)]
    assert found == [(0, 1, 0, 4 + K, 10, 14 + K, 5)]


def test_what_a_document_says_again_and_again_meets_so_often_only():
    again = [(doc, 2 * n, 7) for doc in (0, 1) for n in range(50)]
    met, _ = planned(again, Settings(times=3))
    assert sum(row[-1] for row in met) == 9


def test_a_run_that_many_have_is_found_in_all_of_them_through_its_first_holders():
    story = [(doc, n, 100 + n) for doc in range(30) for n in range(4)]
    met, found = planned(story, Settings(few=5, hubs=2))
    assert {b for _, b, *_ in found} == set(range(1, 30))
    assert (
        len(met) == len(found) == 2 * 30 - 3 + 3
    )  # two hubs with all after them, the first five also among one another


def test_a_weak_chain_counts_only_beside_a_strong_one():
    weak = [(doc, 500 + 100 * doc + n, 900 + n) for doc in (0, 1) for n in range(2)]
    strong = [(doc, n, 100 + n) for doc in (0, 1) for n in range(12)]
    assert planned(weak, Settings())[1] == []
    assert [row[-1] for row in planned(weak + strong, Settings())[1]] == [12, 2]
