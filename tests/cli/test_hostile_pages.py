"""Pages as they come: broken, foreign, enormous. Each verb says what is wrong, and none falls over."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.engines import ground
from tests.cli.program import ROOT, Done, foedus

HEAD = """# Compact of Lir

```foedus
state ARV "Arvia", BOR "Bor"
instrument lir "Compact of Lir"
  signed 2000-11-20
  in force 2001-01-01
parties
  ARV, BOR from 2001-01-01
```

## Article 1

"""
DUTY = """```foedus
duty assist "help"
  class consult
  owed by each other party to victim
  when {when}
```
"""
DOSSIER = """# The border

```foedus
state ARV "Arvia", BOR "Bor"
```

```record
dossier border "The border, July 2020"
  on 2020-07-25
  concerning ARV
  assess {assess}
fact a1 force(BOR, ARV) on {on} "shots at the border post"
```
"""


def page(when: str, more: str = "") -> bytes:
    return (HEAD + DUTY.format(when=when) + more).encode()


def dossier(assess: str = "cst", on: str = "2020-07-20") -> bytes:
    return DOSSIER.format(assess=assess, on=on).encode()


GOOD = page("force(_, victim) as a")
CYRILLIC = ("Договор о коллективной безопасности был подписан в Ташкенте. Государства-участники обязались "
            "воздерживаться от применения силы и разрешать разногласия мирными средствами.\n")  # fmt: skip

PAGES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "F002"),
    "blank": (b" \n\n", "F002"),
    "zeros": (b"\0" * 1000, "F003"),
    "every byte": (bytes(range(256)) * 40, "F003"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "F003"),
    "an archive": (b"PK\x03\x04abc", "F003"),
    "no block": (b"# Compact of Lir\n\nOnly prose.\n", "F012"),
    "5 MB": (GOOD + b"prose\n" * 900_000, "F006"),
    "Windows-1251": ((HEAD + DUTY.format(when="force(_, victim) as a")).encode()[:17]
                     + (CYRILLIC * 20).encode("cp1251") + GOOD[17:], "F005"),
    "an open fence": (GOOD[:-4], "F010"),
    "an unknown word": (page("fore(_, victim) as a"), "F201"),
    "an unknown term": (page("attack(a, victim)"), "F201"),
    "a wrong sort": (page("force(_, victim) as a and force(_, a)"), "F2"),
    "a circle of terms": (
        page("x(victim)", "\n```foedus\nterm x(a)\n  when y(a)\nterm y(a)\n  when x(a)\n```\n"), "F301",
    ),
    "an impossible day": (GOOD.replace(b"2001-01-01", b"2001-02-30"), "F111"),
    "not a day": (GOOD.replace(b"2001-01-01", b"1.1.2001"), "F110"),
    "ten thousand brackets": (page("(" * 10_000 + "always" + ")" * 10_000), "F1"),
    "two hundred brackets": (page("(" * 200 + "always" + ")" * 200), "F1"),
    "ten thousand negations": (page("not " * 10_000 + "always"), "F"),
    "ten thousand conjunctions": (page(" and ".join(["force(_, victim)"] * 3_000)), "F"),
    "deep indentation": (
        HEAD.encode() + b"```foedus\n" + b"".join(b" " * n + b"x\n" for n in range(300)) + b"```\n", "F1",
    ),
    "deep quotations of prose": (b">" * 5_000 + b" x\n" + GOOD, "F106"),
    "deep lists of prose": (b"".join(b" " * n + b"- x\n" for n in range(0, 600, 2)) + GOOD, "F106"),
    "an open bracket at the end": (HEAD.encode() + b"```foedus\nduty assist (", "F0"),
    "a line of a million letters": (page("a" * 1_000_000), "F"),
    "ten thousand mistakes": (HEAD.encode() + b"```foedus\n" + b"wrong line\n" * 10_000 + b"```\n", "F013"),
    "turned letters": (page("force(_, victim) as a\u202e"), "F108"),
    "escapes of a terminal": (page("force(_, victim) as \x1b[31ma"), "F1"),
    "a dossier of an unknown instrument": (dossier("lyr"), "F508"),
    "a dossier on no day": (dossier(on="2020-13-01"), "F111"),
    "a dossier with two title pages": (dossier() + dossier(), "F407"),
    "a very long dossier": (dossier() + b"".join(
        b"```record\nfact f%d force(BOR, ARV) on 2020-07-20\n```\n" % n for n in range(1_000)), ""),
}  # fmt: skip
"""Each page with the code that checking it tells (or how that begins; none where nothing need be said)."""

HARMLESS: dict[str, bytes] = {
    "as it is": GOOD,
    "line ends of Windows": GOOD.replace(b"\n", b"\r\n"),
    "line ends of old Macs": GOOD.replace(b"\n", b"\r"),
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "UTF-16": GOOD.decode().encode("utf-16"),
    "Cyrillic prose": GOOD.replace(b"# Compact of Lir\n", b"# Compact of Lir\n\n" + CYRILLIC.encode(), 1),
    "no line end": GOOD[:-1],
}

VERBS: dict[str, Callable[[Path], Done]] = {
    "check": lambda path: foedus("check", path),
    "test": lambda path: foedus("test", path),
    "assess": lambda path: foedus("assess", path),
    "fmt": lambda path: foedus("fmt", "--check", path),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_fells_a_verb(name: str, verb: str, tmp_path: Path) -> None:
    content, code = PAGES[name]
    path = tmp_path / "page.md"
    path.write_bytes(content)
    done = VERBS[verb](path)
    assert "Traceback" not in done.said
    assert "\x1b" not in done.said
    assert "\u202e" not in done.said
    assert done.status in (0, 1, 2)
    assert len(done.said) < 200_000
    if name == "a very long dossier" and verb == "assess":
        assert done.status == 0
    if verb == "check":
        assert (done.status > 0) is (code not in ("", "F005"))
        assert not code or f" {code}" in done.err
    assert path.read_bytes() == content


def test_what_would_take_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The budget is lowered, for what spends the real one takes long to do so."""
    monkeypatch.setattr(ground, "BUDGET", 5_000)
    path = tmp_path / "page.md"
    path.write_bytes(PAGES["a very long dossier"][0])
    done = foedus("assess", path)
    assert (done.status, " F511" in done.err, done.out) == (2, True, "")


@pytest.mark.parametrize("name", HARMLESS)
def test_what_wrote_a_page_does_not_matter(name: str, tmp_path: Path) -> None:
    path = tmp_path / "lir.md"
    path.write_bytes(HARMLESS[name])
    done = foedus("check", path)
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    "path",
    [
        "nowhere.md",
        "a" * 300 + ".md",
        "nowhere/" * 600 + "x.md",
        "",
        ".",
        "-",
        "--",
        "~",
        "x\ny.md",
        "a\u202eb.md",
    ],
    ids=[
        "missing",
        "too long a name",
        "too long a path",
        "no name",
        "here",
        "dash",
        "dashes",
        "home",
        "lines",
        "turned",
    ],
)
def test_no_path_fells_a_verb(verb: str, path: str, tmp_path: Path) -> None:
    done = foedus(verb, "--", path, cwd=tmp_path)
    assert "Traceback" not in done.said
    assert "\u202e" not in done.said
    assert done.status in ((1, 2) if path not in ("--",) else (0, 1, 2))


def test_a_slip_in_a_path_is_told_with_the_file_meant(tmp_path: Path) -> None:
    (tmp_path / "lir.md").write_bytes(GOOD)
    for verb in VERBS:
        done = foedus(verb, "lri.md", cwd=tmp_path)
        assert (done.status, "Did you mean `lir.md`?" in done.err) == (2, True), verb


def test_a_folder_without_pages(tmp_path: Path) -> None:
    for verb in ("check", "assess", "fmt", "test"):
        done = foedus(verb, tmp_path)
        assert (done.status, "F509" in done.err) == (2, True), verb


def test_a_folder_with_one_bad_page_names_it(tmp_path: Path) -> None:
    (tmp_path / "dossier.md").write_bytes(dossier())
    (tmp_path / "more.md").write_bytes(b"\0")
    for verb in ("check", "assess"):
        done = foedus(verb, tmp_path)
        assert (done.status, "F003" in done.err, "more.md" in done.err) == (2, True, True), verb


def test_a_dossier_in_two_pages_with_two_titles(tmp_path: Path) -> None:
    (tmp_path / "dossier.md").write_bytes(dossier())
    (tmp_path / "more.md").write_bytes(dossier())
    assert "F407" in foedus("check", tmp_path).err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "lir.md"
    path.write_bytes(GOOD)
    path.chmod(0)
    for verb in VERBS.values():
        done = verb(path)
        assert (done.status, "F008" in done.err) == (2, True)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there are no devices here")
def test_a_device_is_not_a_page() -> None:
    for verb in VERBS.values():
        done = verb(Path("/dev/zero"))
        assert (done.status, "F008" in done.err) == (2, True)


def test_two_pages_of_one_name_are_both_checked(tmp_path: Path) -> None:
    for folder, content in (("a", GOOD), ("b", page("fore(_, victim) as a"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "lir.md").write_bytes(content)
    done = foedus("check", "a/lir.md", "b/lir.md", cwd=tmp_path)
    assert (done.status, "b/lir.md" in done.err, "a/lir.md" in done.err) == (1, True, False)


def test_the_pages_that_ship_are_where_they_were() -> None:
    assert foedus("check", *(path.stem for path in (ROOT / "src/foedus/treaties").glob("*.md"))).status == 0
