"""`foedus cosign`: a delegation signs the head of a record, and nothing that is not as it was signed."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from foedus.council.ledger.database import Database, Sqlite
from foedus.council.ledger.head import Head, Key, Signer
from foedus.council.ledger.record import export
from foedus.diagnostics.catalogue import CATALOGUE
from tests.cli.program import Done, foedus
from tests.council.test_verify import changed
from tests.exercise.records import a_record


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a record, its key and head, and the keys of two delegations."""
    for name, content in a_record().items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "arv.key").unlink()
    for name in ("ARV", "BOR"):
        done = foedus("cosign", "--new-key", f"{name.lower()}.key", "--name", name, cwd=tmp_path)
        assert (done.status, done.err) == (0, "")
        (tmp_path / f"{name.lower()}.pub").write_text(done.out, encoding="ascii")
    (tmp_path / "minutes.txt").write_text("We met.\n", encoding="utf-8")
    return tmp_path


def head(path: Path) -> Head:
    return Head.read(path.read_text(encoding="utf-8"))


def verified(here: Path, *more: str) -> Done:
    return foedus("verify", "record.zip", "--keys", "council.key", *more, cwd=here)


def test_a_key_is_made_for_nobody_else_to_read(here: Path) -> None:
    path = here / "arv.key"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    signer = Signer.read(path.read_text(encoding="ascii"))
    assert signer.key == Key.read((here / "arv.pub").read_text(encoding="ascii"))
    assert (signer.name, Signer.read(signer.line()).secret) == ("ARV", signer.secret)
    assert (here / "bor.key").read_bytes() != path.read_bytes()


def test_the_public_part_can_be_written(here: Path) -> None:
    done = foedus("cosign", "--new-key", "cad.key", "--name", "CAD", "-o", "cad.pub", cwd=here)
    assert (done.status, done.out, done.err) == (0, "", "Written: cad.pub\n")
    assert Key.read((here / "cad.pub").read_text(encoding="ascii")).name == "CAD"


@pytest.mark.parametrize("what", ["record.zip", "head-of-friday.txt"])
def test_a_head_is_signed_beside_the_council_s_signature(what: str, here: Path) -> None:
    done = foedus("cosign", what, "--keys", "council.key", "--key", "arv.key", cwd=here)
    assert (done.status, done.err) == (0, "")
    before, after = head(here / "head-of-friday.txt"), Head.read(done.out)
    assert after.same(before)
    assert after.signatures[: len(before.signatures)] == before.signatures
    assert after.signed_by(Key.read((here / "arv.pub").read_text(encoding="ascii")))
    again = foedus("cosign", what, "--key", "arv.key", cwd=here)
    assert again.out == done.out  # signed twice, it is signed once


def test_signatures_come_together_in_one_file(here: Path) -> None:
    """Each signs what it was handed, and none is lost, in whatever order they come."""
    for key in ("arv.key", "bor.key"):
        done = foedus("cosign", "record.zip", "--key", key, "-o", "signed.txt", cwd=here)
        assert (done.status, done.out, done.err) == (0, "", "Written: signed.txt\n")
    assert [each.name for each in head(here / "signed.txt").signatures] == ["foedus-session", "ARV", "BOR"]
    done = verified(here, "--keys", "arv.pub", "--keys", "bor.pub", "--head", "signed.txt")
    assert done.status == 0
    assert "Signed by foedus-session.\nCo-signed by ARV and BOR.\n" in done.out
    found = json.loads(verified(here, "--keys", "bor.pub", "--head", "signed.txt", "--json").out)
    assert found["signed_by"] == ["foedus-session"]
    assert found["cosigned_by"] == [{"entries": 29, "names": ["BOR"]}]
    assert "Co-signed" not in verified(here, "--head", "signed.txt").out  # by nobody who is known
    assert "Co-signed" not in verified(here, "--keys", "arv.pub").out  # nor where the signature was not given


def test_whoever_signed_earlier_is_named_as_far_as_it_signed(here: Path) -> None:
    signer = Signer.read((here / "arv.key").read_text(encoding="ascii"))
    with_heads = [json.loads(line) for line in part(here / "record.zip", "heads.jsonl")]
    early = next(each for each in map(Head.read, with_heads) if each.size == 12)
    (here / "early.txt").write_text(signer.sign(early).note(), encoding="utf-8")
    done = verified(here, "--keys", "arv.pub", "--head", "early.txt")
    assert done.status == 0
    assert "Co-signed by ARV, as far as 12 entries.\n" in done.out


def part(path: Path, name: str) -> list[bytes]:
    found: list[bytes] = []

    def kept(lines: list[bytes]) -> list[bytes]:
        found.extend(lines)
        return lines

    changed(path, name, kept)
    return found


# ---- refused ----


def touched(here: Path) -> None:
    changed(here / "record.zip", "entries.jsonl", lambda lines: [*lines[:7], *lines[8:]])


def forged(here: Path) -> None:
    """Whole, and by whoever holds a key; the rules say no."""
    key = Signer.new("forger")
    store = Database(Sqlite(":memory:"))
    store.open_room("kazakhstan-2022", key)
    bodies = [json.loads(line)["body"] for line in part(here / "record.zip", "entries.jsonl")]
    store.append("kazakhstan-2022", [body for body in bodies if body.get("step") != "decide"], key)
    export(store, "kazakhstan-2022", [key.key], here / "record.zip")


def open_to_all(here: Path) -> None:
    (here / "arv.key").chmod(0o644)


def nothing(here: Path) -> None:
    del here


REFUSED = {
    "a head that is not there": (nothing, ("haed.txt", "--key", "arv.key"), "F001", "haed.txt"),
    "a key that is not there": (nothing, ("record.zip", "--key", "dun.key"), "F001", "dun.key"),
    "a text for a head": (nothing, ("minutes.txt", "--key", "arv.key"), "F682", "minutes.txt"),
    "a public part for a key": (nothing, ("record.zip", "--key", "arv.pub"), "F750", "--new-key FILE --name NAME"),
    "a text for a key": (nothing, ("record.zip", "--key", "minutes.txt"), "F750", "PRIVATE+KEY"),
    "a key over a key": (nothing, ("--new-key", "arv.key", "--name", "ARV"), "F751", "`arv.key`"),
    "a public part over a file": (
        nothing, ("--new-key", "e.key", "--name", "E", "-o", "minutes.txt"), "F751", "`minutes.txt`",
    ),
    "a name of two words": (nothing, ("--new-key", "e.key", "--name", "the chair"), "F752", "`the chair`"),
    "a key in no folder": (nothing, ("--new-key", "no/e.key", "--name", "E"), "F507", "no such file"),
    "a record that was touched": (touched, ("record.zip", "--key", "arv.key"), "F753", "foedus verify record.zip"),
    "a record against the rules": (forged, ("record.zip", "--key", "arv.key"), "F753", "not by its rules"),
    "over another file": (
        nothing, ("record.zip", "--key", "arv.key", "-o", "minutes.txt"), "F754", "`minutes.txt`",
    ),
    "a head of somebody else's": (
        nothing, ("head-of-friday.txt", "--keys", "bor.pub", "--key", "arv.key"), "F755", "head-of-friday.txt",
    ),
    "a record of somebody else's": (
        nothing, ("record.zip", "--keys", "bor.pub", "--key", "arv.key"), "F755", "record.zip",
    ),
    "a key that is none among those given": (
        nothing, ("record.zip", "--keys", "minutes.txt", "--key", "arv.key"), "F681", "We met.",
    ),
    "a key that others can read": (open_to_all, ("record.zip", "--key", "arv.key"), "F756", "chmod 600 arv.key"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_and_nothing_is_written(name: str, here: Path) -> None:
    spoil, args, code, words = REFUSED[name]
    if code == "F756" and os.name != "posix":
        pytest.skip("no such permissions on this system")
    spoil(here)
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    done = foedus("cosign", *args, cwd=here)
    assert (done.status, done.out) == (2, "")
    assert f"error {code}: " in done.err
    assert words in " ".join(done.err.split())
    assert not [gap for gap in ("`…`", "``", "{", "Traceback") if gap in done.err]
    assert {path.name: path.read_bytes() for path in here.iterdir()} == before


def test_every_code_about_signatures_is_raised() -> None:
    raised = {code for _, _, code, _ in REFUSED.values()}
    assert {code for code in CATALOGUE if "F750" <= code <= "F759"} <= raised


@pytest.mark.parametrize(
    "args",
    [
        (), ("head-of-friday.txt",), ("--key", "arv.key"), ("--name", "ARV"), ("--new-key", "e.key"),
        ("head-of-friday.txt", "--new-key", "e.key", "--name", "E"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_told(args: tuple[str, ...], here: Path) -> None:
    done = foedus("cosign", *args, cwd=here)
    assert (done.status, done.out) == (2, "")
    assert "key" in done.err and not (here / "e.key").exists()
