"""`foedus session` and `foedus verify` as an operator has them: what is printed, written, refused and found."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.exercise.policies import POLICIES
from foedus.exercise.reading import scenarios
from tests.cli.program import Done, environment, foedus
from tests.council.test_verify import changed
from tests.exercise.scenes import VALLEYS, written

KAZ = ("session", "kazakhstan-2022")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the record of a session, its key, its head, and what is wrong in several ways."""
    folder = tmp_path_factory.mktemp("session")
    done = foedus(
        *KAZ, "--quiet", "--record", "record.zip", "--key", "council.key", "--head", "head.txt", "--dossier", "d.md",
        cwd=folder,
    )  # fmt: skip
    assert done.status == 0, done.err
    foedus(*KAZ, "--quiet", "--record", "other.zip", "--head", "other.txt", "--key", "other.key", cwd=folder)
    (folder / "minutes.pdf").write_bytes(b"%PDF-1.7 minutes")
    (folder / "minutes.txt").write_text("We met.\n", encoding="utf-8")
    (folder / "empty").mkdir()
    with zipfile.ZipFile(folder / "another.zip", "w") as file:
        file.writestr("minutes.txt", "We met.")
    written(folder / "own", 'title = "A test"\npolices = 3\n' + OWN)
    written(folder / "strange", 'title = "A test"\n' + OWN + '[[delegation]]\nstate = "GAL"\n')
    assert foedus("session", "six-valleys", "--quiet", "--ledger", "s.db", cwd=folder).status == 0
    return folder


OWN = 'pages = ["valleys"]\nprocedure = "valleys.mission"\nstart = 2031-03-04T08:00:00Z\nlength = 48\n'


def test_the_session_is_told_line_by_line() -> None:
    done = foedus("session", "six-valleys")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["The", "dam", "at", "Marn", "seed", "7"]
    assert re.search(r"^  08:30 EIN +moves p2, an amendment of p1 +Art. 9$", done.out, re.MULTILINE)
    assert sum("refused: " in line for line in lines) == 2
    assert "(F658)." in done.out and "■ adopted" in done.out and "□ not adopted" in done.out
    assert "■ for: 4 of 5 voting; 4 needed, 2/3" in done.out and "must not fight (anywhere)" in done.out
    assert lines[-1] == "53 deeds, 2 refused, 6 votes."


@pytest.mark.parametrize("columns", ["40", "60", "100"])
def test_it_fits_the_terminal(columns: str) -> None:
    assert max(map(len, foedus(*KAZ, COLUMNS=columns).out.splitlines())) <= int(columns)


def test_sources_are_named_and_what_is_unconfirmed_is_marked() -> None:
    out = foedus(*KAZ).out
    assert "[pashinyan-0106]" in out
    assert re.search(r"RUS +authorise its own contribution +pko\n +unconfirmed\n", out)
    assert "[lokmat], unconfirmed" in out


def test_what_ships_is_listed() -> None:
    out = foedus("session").out
    assert all(f"\n  {name} " in out for name in scenarios())


def test_the_policies_are_listed_each_in_words() -> None:
    out = " ".join(foedus("session", "--policies").out.split())
    assert all(f" {name} {policy.words}" in out for name, policy in POLICIES.items())


def test_another_seed_is_said_and_kept() -> None:
    assert foedus(*KAZ, "--seed", "5").out.splitlines()[0].endswith("seed 5")


def test_as_json(here: Path) -> None:
    done = foedus("session", "six-valleys", "--json", "--record", "j.zip", cwd=here)
    found = json.loads(done.out)
    assert (found["deeds"], found["refused"], found["stages"]["matter"]) == (53, 2, "over")
    assert [turn["entry"] for turn in found["turns"]] == list(range(1, 62))
    assert {turn["outcome"]["word"] for turn in found["turns"] if turn["kind"] == "close"} == {
        "adopted", "not adopted",
    }  # fmt: skip
    refused = [turn for turn in found["turns"] if turn["kind"] == "refused"]
    assert [turn["code"] for turn in refused] == ["F658", "F678"]
    assert all(turn["why"] for turn in refused)


def test_quietly_only_how_it_ended(here: Path) -> None:
    assert foedus(*KAZ, "--quiet").out.startswith("How it ended\n")


def test_what_is_written_is_whole(here: Path) -> None:
    assert {path.name for path in here.iterdir()} >= {"record.zip", "council.key", "head.txt", "d.md"}
    assert not list(here.glob("*.part"))
    assert foedus("check", "d.md", cwd=here).status == 0


def test_a_ledger_is_taken_up_again(here: Path) -> None:
    done = foedus("session", "six-valleys", "--quiet", "--resume", "s.db", cwd=here)
    assert (done.status, done.out.splitlines()[-1]) == (0, "53 deeds, 2 refused, 6 votes.")


# ---- verify ----


def verified(here: Path, record: Path | str, *more: str) -> Done:
    return foedus("verify", record, "--keys", "council.key", *more, cwd=here)


def test_a_record_is_whole_and_its_deeds_are_done_again(here: Path) -> None:
    done = verified(here, "record.zip", "--head", "head.txt")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Whole: the record of kazakhstan-2022, 29 entries.\n")
    assert "22 deeds allowed, 1 refused as it says." in done.out
    assert "Signed by foedus-session." in done.out
    assert "It continues the head that you received." in done.out


def test_what_it_cannot_show_is_said(here: Path) -> None:
    out = foedus("verify", "record.zip", cwd=here).out
    assert "give the keys that you were given" in out and "give a head that you received" in " ".join(
        out.split()
    )


def flipped(lines: list[bytes]) -> list[bytes]:
    return [*lines[:5], lines[5].replace(b"2022-01-0", b"2022-01-1", 1), *lines[6:]]


def otherwise(lines: list[bytes]) -> list[bytes]:
    return [*lines[:6], lines[6].replace(b":", b": ", 1), *lines[7:]]


CHANGED: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str]] = {
    "flipped": (flipped, "Entry 5: not what was signed"),
    "deleted": (lambda lines: lines[:7] + lines[8:], "Entry 7: missing"),
    "reordered": (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], "Entry 3: "),
    "truncated": (lambda lines: lines[:20], "Entries 20 to 28: cut off"),
    "doubled": (lambda lines: [*lines[:4], lines[3], *lines[4:]], "in the wrong place, or there twice"),
    "one of another room": (
        lambda lines: [*lines[:6], lines[6].replace(b'"room":"kazakhstan-2022"', b'"room":"lir"'), *lines[7:]],
        "Entry 6: from the record of lir",
    ),
    "written otherwise": (otherwise, "Entry 6: not written"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
def test_a_record_that_was_touched_is_found_and_placed(name: str, here: Path, tmp_path: Path) -> None:
    change, words = CHANGED[name]
    path = changed(Path(shutil.copy(here / "record.zip", tmp_path / "r.zip")), "entries.jsonl", change)
    done = verified(here, path)
    assert done.status == 1
    assert done.out.startswith("Not whole: ")
    assert words in done.out
    assert "done again" not in done.out.lower()
    (fault, *_) = json.loads(verified(here, path, "--json").out)["faults"]
    assert fault["kind"]


def test_a_fork_is_found_by_a_head_that_was_received(here: Path) -> None:
    """Another session of the same room, signed by the same kind of server: the head that a delegation has says so."""
    done = foedus(
        "verify", "other.zip", "--keys", "other.key", "--head", "head.txt", "--keys", "council.key", cwd=here
    )
    assert done.status in (0, 1)
    same = (here / "head.txt").read_text(encoding="utf-8").splitlines()[:3] == (here / "other.txt").read_text(
        encoding="utf-8"
    ).splitlines()[:3]
    assert same == (done.status == 0)  # the same deeds have the same tree, whoever signs


def test_a_fork_of_another_history_is_found(here: Path, tmp_path: Path) -> None:
    for seed in ("3", "4"):
        done = foedus(
            "session", "six-valleys", "--quiet", "--seed", seed, "--record", f"{seed}.zip", "--head", f"{seed}.txt",
            "--key", f"{seed}.key", cwd=tmp_path,
        )  # fmt: skip
        assert done.status == 0
    done = foedus("verify", "3.zip", "--keys", "3.key", "--keys", "4.key", "--head", "4.txt", cwd=tmp_path)
    assert done.status == 1
    assert "Two histories were signed" in " ".join(done.out.split())


def test_a_head_that_nobody_known_signed_proves_nothing(here: Path) -> None:
    done = verified(here, "record.zip", "--head", "other.txt")
    assert done.status == 1
    assert "not signed by a key that was given" in done.out


def test_another_key_did_not_sign(here: Path) -> None:
    done = foedus("verify", "record.zip", "--keys", "other.key", cwd=here)
    assert (done.status, "not signed by a key" in done.out) == (1, True)


def test_amended_pages_are_said_to_differ(here: Path, tmp_path: Path) -> None:
    shutil.copy(VALLEYS.parents[1] / "treaties" / "pko.md", tmp_path / "pko.md")
    page = (tmp_path / "pko.md").read_text(encoding="utf-8")
    (tmp_path / "pko.md").write_text(page + "\nAmended.\n", encoding="utf-8")
    done = verified(here, "record.zip", "--treaties", str(tmp_path))
    assert done.status == 0
    assert "differ from its own in pko" in " ".join(done.out.split())


# ---- refused ----

REFUSED: dict[str, tuple[tuple[str, ...], str, str]] = {
    "a record that is not there": (("verify", "rekord.zip"), "F001", "rekord.zip"),
    "a folder for a record": (("verify", "empty"), "F007", "folder"),
    "a document for a record": (("verify", "minutes.pdf"), "F680", "no zip file"),
    "another zip": (("verify", "another.zip"), "F680", "record.json"),
    "a key that is none": (("verify", "record.zip", "--keys", "council"), "F681", "`council`"),
    "a file without keys": (("verify", "record.zip", "--keys", "minutes.txt"), "F681", "We met."),
    "a head that is none": (("verify", "record.zip", "--head", "minutes.txt"), "F682", "minutes.txt"),
    "no such head": (("verify", "record.zip", "--head", "haed.txt"), "F001", "haed.txt"),
    "no such scenario": (("session", "six-vallys"), "F686", "Did you mean `six-valleys`?"),
    "a folder without a scenario": (("session", "empty"), "F686", "scenario.toml"),
    "an unknown key": (("session", "own"), "F687", "polices"),
    "an unknown state": (("session", "strange"), "F688", "GAL"),
    "a ledger that is there": ((*KAZ, "--ledger", "s.db"), "F689", "--resume s.db"),
    "another session's ledger": ((*KAZ, "--resume", "s.db"), "F689", "entry 0"),
    "a ledger that is not there": ((*KAZ, "--resume", "t.db"), "F001", "t.db"),
    "a record in no folder": ((*KAZ, "--record", "nowhere/r.zip"), "F001", "nowhere"),
    "a record over a folder": ((*KAZ, "--quiet", "--record", "empty"), "F689", "Give another place"),
    "a dossier over a folder": ((*KAZ, "--quiet", "--dossier", "empty"), "F689", "Give another place"),
}


@pytest.mark.parametrize(("args", "code", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_with_words_that_help(args: tuple[str, ...], code: str, words: str, here: Path) -> None:
    before = sorted(path.name for path in here.iterdir())
    done = foedus(*args, cwd=here)
    assert done.status == 2, done.said
    assert f"error {code}: " in done.err
    assert words in " ".join(done.err.split())
    assert not [gap for gap in ("`…`", "``", "{", "Traceback") if gap in done.err]
    assert sorted(path.name for path in here.iterdir()) == before


def test_a_key_or_a_head_without_a_record_is_told() -> None:
    assert "--record, --ledger or --resume" in foedus(*KAZ, "--head", "head.txt").err
    assert "give one of them" in foedus(*KAZ, "--ledger", "a.db", "--resume", "b.db").err


def test_a_ledger_that_nobody_may_write(here: Path, tmp_path: Path) -> None:
    """Where another holds the file and does not let go, the store says so instead of waiting for ever."""
    shutil.copy(here / "s.db.key", tmp_path / "s.db.key")
    with sqlite3.connect(tmp_path / "s.db") as file:
        file.execute("CREATE TABLE version (version BIGINT PRIMARY KEY)")
        file.execute("INSERT INTO version VALUES (99)")
    done = foedus("session", "six-valleys", "--quiet", "--resume", "s.db", cwd=tmp_path)
    assert (done.status, "made by a later Foedus" in " ".join(done.err.split())) == (2, True)


@pytest.mark.parametrize("args", [("verify", "record.zip"), (*KAZ, "--record", "x.zip")])
def test_without_the_library_of_signatures(args: tuple[str, ...], here: Path) -> None:  # F559
    program = (
        "import importlib.util, sys; find = importlib.util.find_spec; "
        "importlib.util.find_spec = lambda name, *a: None if name == 'cryptography' else find(name, *a); "
        f"from foedus.cli.main import main; sys.argv = ['foedus', *{args!r}]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=here, env=environment(), capture_output=True, encoding="utf-8"
    )
    assert (done.returncode, "error F559" in done.stderr) == (2, True), done.stderr
    assert "foedus[council]" in done.stderr
