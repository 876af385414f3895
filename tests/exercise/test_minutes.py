"""The dossier of a session: an assessment of it gives the council's own findings."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.council.minutes import minutes
from foedus.exercise.play import play
from foedus.library import Library, Loaded
from tests.cli.program import foedus
from tests.exercise.scenes import STATES, VALLEYS, seated


def dossier(turns: list[object], folder: Path) -> Loaded:
    """The session's dossier, read as a user's."""
    last = turns[-1]
    path = folder / "session.md"
    path.write_text(minutes(last.rules, last.state, "session", "A session"), encoding="utf-8")  # type: ignore[attr-defined]
    return Library(VALLEYS).dossier(str(path))


def settled(loaded: Loaded, norm: str) -> set[str]:
    """What the engine answers, where the violence at the dam is taken for established."""
    assert loaded.dossier is not None and not loaded.errors
    found = assess(loaded.dossier, loaded.program, Asked(only=(norm,), suppose={"marn": "yes"}))
    return {finding.granting.settled for finding in found.findings if finding.norm.id == norm}


SAYS = st.sampled_from(
    ["supports", "votes against", "abstains", "undecided", "breaks the silence", "opposes"]
)


@given(st.fixed_dictionaries(dict.fromkeys(STATES[2:], SAYS)), st.integers(0, 5))
@settings(max_examples=10, deadline=None)
def test_adopted_is_available_and_nothing_else_is(
    tmp_path_factory: object, policies: dict[str, str], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("minutes")  # type: ignore[attr-defined]
    given_up = seated({who: (policy,) for who, policy in policies.items()})
    turns = list(play(given_up, seed))
    state = turns[-1].state
    adopted = any(
        ballot.came is not None and ballot.came.word == "adopted" and state.proposals[ballot.proposal].step == "decide"
        and not state.proposals[ballot.proposal].amends
        for ballot in state.ballots.values()
    )  # fmt: skip
    answers = settled(dossier(list(turns), folder), "valleys.send")
    assert ("yes" in answers) == adopted
    assert "depends" not in answers


def test_the_dossier_of_the_command_is_assessed_by_the_command(tmp_path: Path) -> None:
    done = foedus("session", "six-valleys", "--quiet", "--dossier", "marn.md", cwd=tmp_path)
    assert done.status == 0, done.err
    checked = foedus("check", "marn.md", "--treaties", VALLEYS, cwd=tmp_path)
    assert checked.status == 0, checked.said
    said = foedus("assess", "marn.md", "--treaties", VALLEYS, "--suppose", "marn=yes", cwd=tmp_path)
    assert "■ available" in said.out and "◧" not in said.out
    assert "kept by Council of the Valleys" in said.out  # the notice to the Security Council
