"""Switches: rows of a table, followed by hand here, against the assessment of each supposition."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.switches import Outcome, Switches, switches
from foedus.engines.contract import Circuit, TooLarge
from foedus.engines.table import Drawn
from tests.report import lir


def settled(found: Switches, suppose: Mapping[str, str]) -> dict[int, bool]:
    columns: dict[int, bool] = {}
    for switch in found.switches:
        answers = {answer.value: answer.settles for answer in switch.answers}
        columns.update(answers.get(suppose.get(switch.question, ""), switch.recorded))
    return columns


def possible(found: Switches, row: int, columns: Mapping[int, bool]) -> bool:
    if row < 2:
        return row == 1
    column, so, not_so = found.rows[row - 2]
    known = columns.get(column)
    return (known is not False and possible(found, so, columns)) or (
        known is not True and possible(found, not_so, columns)
    )


def word(found: Switches, outcome: Outcome, columns: Mapping[int, bool]) -> str:
    can = {
        name: possible(found, getattr(outcome, name), columns) for name in ("holds", "fails", "sure", "never")
    }
    if not can["fails"]:
        return "yes"
    if not can["holds"]:
        return "no"
    unread = outcome.always_unread or any(columns[column] for column in outcome.unread)
    return "unread" if unread and not (can["sure"] and can["never"]) else "depends"


@pytest.mark.parametrize("name", ["raid", "fen"])
def test_each_answer_by_itself_gives_what_suppose_gives(name: str) -> None:
    dossier, program = lir.loaded(name).dossier, lir.loaded(name).program
    assert dossier
    found = switches(lir.answer(name))
    assert found
    for switch in found.switches:
        for answer in switch.answers:
            suppose = {switch.question: answer.value}
            columns = settled(found, suppose)
            wanted = assess(dossier, program, Asked(suppose=suppose))
            for finding in wanted.findings:
                words = {word(found, outcome, columns) for outcome in found.outcomes.get(finding.id, ())}
                assert words <= {finding.granting.settled}, (suppose, finding.id)


def test_what_is_closed_opens_when_it_is_supposed() -> None:
    """The fen closes requests on account of the raid; to suppose one is to say that it was not so."""
    found = switches(lir.answer("fen"))
    assert found
    outcomes = found.outcomes["lir.assist@2011:BOR,CAD>ARV"]

    def words(**suppose: str) -> dict[str, str]:
        columns = settled(found, {name.replace("_", " "): value for name, value in suppose.items()})
        return {bearer: word(found, o, columns) for o in outcomes for bearer in o.bearers}

    assert words() == {"BOR": "no", "CAD": "no"}
    assert words(some_request="yes") == {"BOR": "depends", "CAD": "depends"}


def test_where_the_budget_is_spent_there_are_no_switches() -> None:
    assert switches(lir.answer("raid", Asked(budget=4))) is None


def test_the_page_of_a_supposition_can_be_switched_further() -> None:
    found = switches(lir.answer("raid", Asked(suppose={"bound": "yes"})))
    assert found
    assert "bound" not in {switch.question for switch in found.switches}
    assert {
        word(found, o, settled(found, {"outside": "yes"}))
        for o in found.outcomes["lir.assist@2011:BOR,CAD>ARV"]
    } == {"yes"}


def test_answers_that_cannot_all_be_so() -> None:
    circuit = Circuit()
    attack, force = circuit.var("attack"), circuit.var("force")
    circuit.theory.append(circuit.disj(-attack, force))  # no attack without force
    drawn = Drawn(circuit, ("attack", "force"))
    [must] = drawn.admissible({})
    found = Switches((), {}, (must,), tuple(drawn.rows))
    assert possible(found, must, {0: True}) and possible(found, must, {1: False})
    assert not possible(found, must, {0: True, 1: False})


def test_too_large_a_table_is_refused() -> None:
    circuit = Circuit()
    names = [f"x{n}" for n in range(24)]
    pairs = [
        circuit.conj(circuit.var(a), circuit.var(b)) for a, b in zip(names[:12], names[12:], strict=True)
    ]
    with pytest.raises(TooLarge):
        Drawn(circuit, names, budget=8).split(circuit.disj(*pairs), {})
