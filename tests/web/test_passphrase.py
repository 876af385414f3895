"""Passphrases: long ones are taken, those that are tried first are not."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from foedus.diagnostics.problem import Refused
from foedus.web.passphrase import CHEAP, HASHER, LONGEST, fits, hashed, outdated, passphrase_of


@pytest.mark.parametrize(
    "typed",
    [
        "a ship of three masts",
        "correct horse battery staple",
        "четыре слова без связи",
        "日本の山の中に住んでいる猫の話だよ",
        "K7%x-Qp2!vMz9#rT",
        "x " * 3 + "and sixty-four characters are always taken, and many more as well",
        "Asel has a ship of three masts",
        "a ship 🚢 of three masts",
    ],
)
def test_long_passphrases_are_taken_as_they_are(typed: str) -> None:
    assert passphrase_of(typed, "Asel") == normalize("NFC", typed)
    assert fits(hashed(typed, CHEAP), typed, CHEAP)
    assert fits(hashed(passphrase_of(typed), CHEAP), normalize("NFD", typed), CHEAP)


@pytest.mark.parametrize(
    "typed",
    [
        "", "short", "fourteen chars", "aaaaaaaaaaaaaaaaaaaa", "abababababababababab", "123456789012345",
        "qwertyuiopasdfghjkl", "йцукенгшщзхъфыва", "abcdefghijklmnopqrstuvwxyz", "99999888887777766666",
        "AselToktogulova", "asel toktogulova asel", "x" * (LONGEST + 1), "a ship\x00 of three masts", "\ud800" * 20,
    ],
)  # fmt: skip
def test_passphrases_that_are_tried_first_are_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        passphrase_of(typed, "Asel Toktogulova", "Toktogulova", "Asel")
    (problem,) = refused.value.problems
    assert problem.code == "F733"
    assert typed not in repr(problem) or not typed, "a passphrase is repeated nowhere"


def test_it_is_kept_by_argon2id_as_rfc_9106_has_it() -> None:
    kept = hashed("a ship of three masts")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert kept != hashed("a ship of three masts"), "salted"
    assert fits(kept, "a ship of three masts")
    assert not fits(kept, "a ship of three mast")
    assert not outdated(kept)
    assert outdated(hashed("a ship of three masts", CHEAP), HASHER)


@pytest.mark.parametrize("typed", ["", "\ud800", "\x00", "x" * 1_000_000])
def test_whatever_is_typed_is_only_wrong(typed: str) -> None:
    assert not fits(hashed("a ship of three masts", CHEAP), typed, CHEAP)
    assert not fits(None, typed, CHEAP)


@pytest.mark.parametrize("kept", ["", "x", "$argon2id$", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"])
def test_what_is_kept_badly_lets_nobody_in(kept: str) -> None:
    assert not fits(kept, "a ship of three masts", CHEAP)
    assert not fits(kept or None, "nobody's passphrase", CHEAP)


def test_nobodys_passphrase_is_nobodys() -> None:
    assert not fits(None, "nobody's passphrase", CHEAP)
