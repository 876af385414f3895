"""Codes, tokens and the cookie: of chance, read as they are meant, kept as hashes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.web.codes import ALPHABET, digest, new_code, new_handle, new_token, read_code, shown
from foedus.web.cookies import cookie_name, drop_cookie, set_cookie, token_of

PLAIN = st.text(ALPHABET, min_size=12, max_size=12)
BETWEEN = st.sampled_from(["", "-", " ", "–", "  ", "\t", ".", "_"])


def test_codes_are_written_in_groups_and_never_twice() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert re.fullmatch(f"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{2}}", code)
        assert shown(str(read_code(code))) == code
    assert not set("ILOU") & set(ALPHABET) and len(ALPHABET) == 32
    assert {sign for code in codes for sign in code} == {*ALPHABET, "-"}, "each sign comes up"


@given(PLAIN, st.lists(BETWEEN, min_size=13, max_size=13), st.randoms(use_true_random=False))
def test_a_code_is_read_however_it_is_typed(plain: str, between: list[str], chance: object) -> None:
    typed = ""
    for sign, gap in zip(plain, between, strict=False):
        choices = {"0": "0oO", "1": "1iIlL"}.get(sign, sign + sign.lower())
        typed += gap + choices[chance.randrange(len(choices))]  # type: ignore[attr-defined]
    assert read_code(typed + between[12]) == plain if len(typed) < 60 else True


@given(st.text())
def test_what_is_no_code_is_none(typed: str) -> None:
    read = read_code(typed)
    assert read is None or re.fullmatch(f"[{ALPHABET}]{{12}}", read)
    assert len(digest(typed)) == 64


def test_handles_are_eight_small_letters_and_make_no_words() -> None:
    for handle in {new_handle() for _ in range(100)}:
        assert re.fullmatch("[bcdfghjkmnpqrstvwxz]{8}", handle)


def test_tokens_have_256_bits_and_fit_into_a_cookie() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    for token in tokens:
        assert len(token) >= 43
        assert token_of(set_cookie(token, secure=True).partition(";")[0], secure=True) == token


@pytest.mark.parametrize("secure", [True, False])
def test_the_cookie_is_not_for_scripts_and_not_for_other_sites(secure: bool) -> None:
    parts = set_cookie("abc", secure=secure).split("; ")
    assert {"Path=/", "HttpOnly", "SameSite=Lax"} <= set(parts)
    assert ("Secure" in parts) == secure
    assert parts[0].startswith("__Host-") == secure
    assert not any(part.startswith("Domain") for part in parts)
    assert "Max-Age=0" in drop_cookie(secure=secure)
    assert token_of(f"a=1; {cookie_name(secure=secure)}=xyz; b=2", secure=secure) == "xyz"


@pytest.mark.parametrize("token", ["", "a b", "a;b", "a\r\nSet-Cookie: b=c", "é"])
def test_nothing_but_a_token_is_written_into_a_cookie(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        set_cookie(token, secure=True)


@given(st.text())
def test_any_cookie_header_is_read(header: str) -> None:
    assert re.fullmatch("[A-Za-z0-9_-]*", token_of(header, secure=False))
