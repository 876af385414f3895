"""Each thing that can be wrong with a document has its message, and the rest of the run is read."""

from __future__ import annotations

import gzip
import json
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

import foedus.trace.read.source
from foedus.diagnostics.catalogue import CATALOGUE, title_of
from foedus.trace.read import documents
from foedus.trace.read.source import FREE
from tests.trace.read.made import ENGLISH, RUSSIAN, one, packed, parquet, pdf, read, refusal, warc

ROOT = not hasattr(os, "geteuid") or os.geteuid() == 0


def _bytes(raw: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(raw)
        return path

    return make


def _fifo(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _loop(path: Path) -> Path:
    path.symlink_to(path)
    return path


def _cut_parquet(path: Path) -> Path:
    raw = parquet(path, "SELECT 'The council met' AS text FROM range(1000)").read_bytes()
    path.write_bytes(raw[:-20])
    return path


def _cut_warc(path: Path) -> Path:
    raw = warc(
        path, [("https://a.example/1", "text/plain", ENGLISH.encode() * 9, ())], packed=False
    ).read_bytes()
    path.write_bytes(raw[:-99])
    return path


def _spoilt_parquet(path: Path) -> Path:
    raw = parquet(path, "SELECT 'The council met ' || hash(i) AS text FROM range(5000) t(i)").read_bytes()
    path.write_bytes(raw[:1000] + bytes(2000) + raw[3000:])
    return path


LOST: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "empty": ("a.txt", _bytes(b""), "F600"),
    "blank": ("a.txt", _bytes(b" \n\xe2\x80\x83\n"), "F600"),
    "an empty page": ("a.html", _bytes(b"<html><body><script>x</script></body></html>"), "F600"),
    "an empty packed file": ("a.txt.gz", _bytes(gzip.compress(b"")), "F600"),
    "random bytes": ("a.txt", _bytes(bytes(range(256)) * 40), "F601"),
    "zeros": ("a.txt", _bytes(bytes(4000)), "F601"),
    "a picture": ("a.txt", _bytes(b"\x89PNG\r\n\x1a\n" + ENGLISH.encode()), "F601"),
    "a word processor's": ("a.txt", _bytes(b"PK\x03\x04" + ENGLISH.encode()), "F601"),
    "xml": ("a.xml", _bytes(b'<?xml version="1.0"?><rss><item>The council met.</item></rss>'), "F601"),
    "packed twice": ("a.gz", _bytes(gzip.compress(gzip.compress(b"x"))), "F601"),
    "no encoding": ("a.txt", _bytes(b"\xff\xfe\xfd".join([b"\x81\x8d\x8f\x90\x9d"] * 400)), "F602"),
    "too large": ("a.txt", _bytes(ENGLISH.encode() * 600), "F607"),
    "too large, packed": ("a.txt.gz", _bytes(packed(ENGLISH * 600)), "F607"),
    "too large a page": ("a.html", _bytes(b"<html><body>" + ENGLISH.encode() * 600), "F607"),
    "too large a row": (
        "a.parquet",
        lambda path: parquet(path, "SELECT repeat('council ', 9000) AS text"),
        "F607",
    ),
    "too large a pdf": ("a.pdf", lambda path: pdf(path, ["x" * 300] * 200), "F607"),
    "a pdf of pictures": ("a.pdf", lambda path: pdf(path, ["", ""]), "F609"),
    "a locked pdf": ("a.pdf", lambda path: pdf(path, ["The council met."], "secret"), "F611"),
    "a broken pdf": ("a.pdf", _bytes(b"%PDF-1.7\n1 0 obj << /Type /Catalog"), "F612"),
    "no pdf": ("a.pdf", _bytes(b"<<"), "F612"),
    "a cut parquet": ("a.parquet", _cut_parquet, "F612"),
    "no parquet": ("a.parquet", _bytes(b"PAR2" * 40), "F612"),
    "a cut packed file": ("a.jsonl.gz", _bytes(packed(ENGLISH * 99)[:60]), "F612"),
    "a damaged packed file": ("a.txt.gz", _bytes(packed(ENGLISH * 9)[:20] + b"x" * 60), "F612"),
    "a broken warc": ("a.warc", _bytes(b"WARC/1.0\r\nnothing\r\n\r\n"), "F612"),
    "a cut warc": ("a.warc", _cut_warc, "F612"),
    "a warc without documents": (
        "a.warc",
        _bytes(b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 0\r\n\r\n"),
        "F600",
    ),
    "jsonl of blank lines": ("a.jsonl", _bytes(b"\n \n\n"), "F600"),
    "no rows": ("a.parquet", lambda path: parquet(path, "SELECT '' AS text LIMIT 0"), "F600"),
    "jsonl in utf-16": ("a.jsonl", _bytes('{"text": "The council"}'.encode("utf-16")), "F612"),
    "a line that is no record": ("a.jsonl", _bytes(b"The council met."), "F613"),
    "a value": ("a.jsonl", _bytes(b"[1, 2]"), "F613"),
    "brackets without end": ("a.jsonl", _bytes(b"[" * 50_000), "F613"),
    "no text": ("a.jsonl", _bytes(b'{"title": "The council met."}'), "F614"),
    "text that is a number": ("a.jsonl", _bytes(b'{"text": null}'), "F600"),
    "no column of text": ("a.parquet", lambda path: parquet(path, "SELECT 1 AS n"), "F614"),
    "json over several lines": ("a.json", _bytes(b'[\n{"text": "The council"}\n]'), "F618"),
    "not there": ("a.txt", lambda path: path, "F001"),
    "a pipe": ("a.txt", _fifo, "F008"),
    "a device": ("zero", lambda _: Path(os.devnull), "F008"),
    "a loop of links": ("a.txt", _loop, "F008"),
    "a name without end": ("n" * 5_000, lambda path: path, "F008"),
}


@pytest.mark.parametrize("name", LOST)
def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    called, make, code = LOST[name]
    path = make(tmp_path / called)
    (tmp_path / "good").mkdir()
    good = tmp_path / "good" / "after.txt"
    good.write_text(ENGLISH)
    got, lost = read(path, good, most=50_000)
    assert [one.problem.code for one in lost] == [code]
    assert [one.id for one in got] == ["after"]


def test_every_code_of_documents_is_shown_here() -> None:
    here = Path(__file__).parent
    said = "".join(path.read_text(encoding="utf-8") for path in here.glob("test_*.py"))
    assert not [code for code in CATALOGUE if "F600" <= code <= "F619" and f'"{code}"' not in said]


def test_a_damaged_column_ends_its_file_only(tmp_path: Path) -> None:
    _spoilt_parquet(tmp_path / "a.parquet")
    (tmp_path / "b.txt").write_text(ENGLISH)
    got, lost = read(tmp_path)
    assert "b" in {one.id for one in got}
    assert all(one.problem.code in ("F612", "F605") for one in lost)


def test_what_is_wrong_with_a_parquet_file_names_it_once(tmp_path: Path) -> None:
    whole = parquet(tmp_path / "a.parquet", "SELECT 'The council met' AS text FROM range(1000)").read_bytes()
    for name, raw in (("cut", whole[:90]), ("spoilt", whole[: len(whole) // 2] + bytes(40) + whole[-8:])):
        path = tmp_path / f"{name}.parquet"
        path.write_bytes(raw)
        _, (lost,) = read(path)
        said = title_of(lost.problem)
        assert said.count(".parquet") == 1, said
        assert said.startswith(f"`{path.as_posix()}` cannot be read as Parquet: ")


def test_one_broken_line_leaves_the_others(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(n), "text": ENGLISH}) for n in range(9)]
    lines[4] = lines[4][:30]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    got, (lost,) = read(tmp_path)
    assert [one.id for one in got] == [str(n) for n in range(9) if n != 4]
    assert (lost.problem.code, lost.problem.place.line, lost.path[-9:]) == ("F613", 5, "a.jsonl:5")


def test_a_line_in_another_encoding_is_read_with_a_guess(tmp_path: Path) -> None:
    lines = [f'{{"text": "{RUSSIAN.strip()}"}}'.replace("\n", " ")] * 2
    (tmp_path / "a.jsonl").write_bytes("\n".join(lines).encode("cp1251") + b"\n" + lines[0].encode())
    got, lost = read(tmp_path)
    assert [(one.encoding, one.guessed) for one in got] == [("Windows-1251", True)] * 2 + [("utf-8", False)]
    assert len({one.text for one in got}) == 1
    assert not lost


def test_half_a_character_in_json_is_shown_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "The \\ud83d council \\ud83d\\ude00"}')
    found = one(tmp_path / "a.jsonl")
    assert found.text == "The \ufffd council \U0001f600"
    assert [problem.code for problem in found.warnings] == ["F605"]


def test_a_line_without_end_takes_no_memory(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.write(b'{"text": "first"}\n{"text": "')
        file.truncate(256 * 1024**2)  # a hole, which takes no room on disk
        file.seek(0, os.SEEK_END)
        file.write(b'"}\n{"text": "last"}\n')
    os.link(tmp_path / "a.jsonl", tmp_path / "b.txt")
    tracemalloc.start()
    try:
        got, lost = read(tmp_path / "a.jsonl", most=1_000_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [one.text for one in got] == ["first", "last"]
    assert [one.problem.code for one in lost] == ["F607"]
    assert peak < 16 * 1024**2


def test_a_page_that_unpacks_without_end_is_left(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + bytes(80_000_000))
    path = warc(
        tmp_path / "a.warc.gz",
        [
            ("https://a.example/1", "text/html", bomb, [("Content-Encoding", "gzip")]),
            ("https://a.example/2", "text/plain", ENGLISH.encode(), ()),
        ],
    )
    got, lost = read(path)
    assert ([one.id for one in got], [one.problem.code for one in lost]) == (["a:2"], ["F607"])


def _endless(path: Path) -> Path:
    """A small packed file that gives more than any text would."""
    with gzip.open(path, "wb") as file:
        file.write(
            b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 900000000\r\n\r\n"
        )
        file.write(bytes(FREE + 20_000_000))
    return path


def test_an_archive_that_unpacks_without_end_is_left(tmp_path: Path) -> None:
    _endless(tmp_path / "a.warc.gz")
    (tmp_path / "b.txt").write_text(ENGLISH)
    got, lost = read(tmp_path, most=1_000_000)
    assert [one.id for one in got] == ["b"]
    assert [one.problem.code for one in lost] == ["F607", "F608"]


def test_lines_that_unpack_without_end_are_left(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "first"}\n') + gzip.compress(bytes(FREE + 20_000_000)))
    got, lost = read(path)
    assert ([one.text for one in got], [one.problem.code for one in lost]) == (["first"], ["F608"])


def test_a_large_archive_of_plain_text_is_no_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foedus.trace.read.source, "FREE", 100_000)
    rows = "".join(json.dumps({"id": str(n), "text": ENGLISH * 10}) + "\n" for n in range(1_000))
    (tmp_path / "a.jsonl.gz").write_bytes(packed(rows))
    assert len(rows) > 5 * 100_000
    assert sum(1 for _ in documents([tmp_path])) == 1_000


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    found = one(pdf(tmp_path / "a.pdf", ["The council met.", "", "It left."]))
    assert [(told.code, told.values["pages"]) for told in found.warnings] == [("F610", "2")]


def test_two_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for name in ("a.md", "a.txt", "x/a.txt", "y/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name}\n{ENGLISH}")
    (tmp_path / "z.jsonl").write_text('{"id": "a", "text": "one"}\n{"id": "a", "text": "two"}\n')
    got, _ = read(tmp_path)
    assert [one.id for one in got] == ["a", "a.txt", "x/a.txt", "y/a.txt", "z.jsonl:1", "z.jsonl:2"]
    assert [[told.code for told in one.warnings] for one in got] == [[], *[["F616"]] * 5]


def test_what_a_record_says_beside_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "one", "mood": 1}\n{"text": "two", "mood": 2, "date": "5/6/2022"}\n'
    )
    first, second = read(tmp_path)[0]
    assert [(told.code, told.values.get("fields")) for told in first.warnings] == [("F615", "`mood`")]
    assert [told.code for told in second.warnings] == ["F617"]
    assert second.meta.on is None


def test_a_folder_without_documents_is_told(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text(ENGLISH)
    assert refusal(tmp_path) == "F619"


@pytest.mark.skipif(ROOT, reason="root may read every file")
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ENGLISH)
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "a.txt").chmod(0)
    got, lost = read(tmp_path)
    assert ([one.id for one in got], [one.problem.code for one in lost]) == (["b"], ["F008", "F008"])
