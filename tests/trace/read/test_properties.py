"""Whatever the bytes are, reading ends, and gives documents or says why not."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.trace.read.dates import stated
from foedus.trace.read.encoding import decoded
from foedus.trace.read.source import Source, lines, unpacked
from tests.trace.read.made import ENGLISH, PAGE, packed, parquet, pdf, read, warc

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A sound file of each format."""
    folder = tmp_path_factory.mktemp("whole")
    answers = [
        ("https://a.example/1", "text/html", PAGE.encode(), ()),
        ("https://a.example/2", "text/plain", b"The council", ()),
    ]
    return {
        "a.pdf": pdf(folder / "a.pdf", ["The council met.", "It left."]).read_bytes(),
        "a.parquet": parquet(
            folder / "a.parquet", "SELECT 'The council ' || i AS text FROM range(9) t(i)"
        ).read_bytes(),
        "a.warc.gz": warc(folder / "a.warc.gz", answers).read_bytes(),
        "a.warc": warc(folder / "a.warc", answers, packed=False).read_bytes(),
        "a.jsonl": "\n".join(json.dumps({"id": str(n), "text": ENGLISH}) for n in range(5)).encode(),
        "a.jsonl.gz": packed("\n".join(json.dumps({"text": ENGLISH}) for _ in range(5))),
        "a.html": PAGE.encode(),
        "a.md": b"---\ntitle: x\n---\n# Head\n\nThe [council](a) met.\n",
        "a.txt": ENGLISH.encode(),
    }


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_file_is_read_or_told(whole: dict[str, bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(whole)))
    raw = bytearray(whole[name])
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
        raw = raw or bytearray(b"x")
    cut = data.draw(st.integers(0, len(raw)))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(raw[: cut or None])
        got, lost = read(Path(folder), most=100_000)
    assert got or lost
    for one in got:
        assert one.text.strip()
        one.text.encode()
        assert all(0 <= mark.start < mark.end <= len(one.text) for mark in one.marks)
        assert one.places is None or len(one.places) == len(one.text)
    assert len({one.id for one in got}) == len(got)


@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "koi8-r", "utf-16", "latin-1", "big5"]))
def test_any_bytes_are_decoded_or_refused(raw: bytes, declared: str) -> None:
    from foedus.diagnostics.problem import Refused

    try:
        found = decoded(raw, "a", declared)
    except Refused as refused:
        assert refused.problems[0].code in ("F600", "F601", "F602")
    else:
        assert found.text.strip()


@given(TEXTS)
def test_utf_8_is_read_as_it_is(text: str) -> None:
    if text.isspace() or sum(map(str.isprintable, text)) < len(text):
        return
    assert decoded(text.encode(), "a").text == text.removeprefix("\ufeff")


@given(
    st.lists(st.binary(max_size=30).map(lambda raw: raw.replace(b"\n", b"")), max_size=8), st.integers(1, 20)
)
def test_lines_above_the_limit_are_passed_over(rows: list[bytes], most: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_bytes(b"".join(row + b"\n" for row in rows))
        with path.open("rb") as file:
            source: Source = unpacked(path, "a", file, most)
            got = [] if source.packed else list(lines(source))
    if got or not rows:
        assert [n for n, _ in got] == list(range(1, len(rows) + 1))
        assert [line for _, line in got] == [row + b"\n" if len(row) <= most else None for row in rows]


DAYS = {
    "2022-01-06": "2022-01-06",
    "2022-01-06T10:00:00+03:00": "2022-01-06",
    "20220106": "2022-01-06",
    "2022/01/06": "2022-01-06",
    "6 January 2022": "2022-01-06",
    "January 6, 2022": "2022-01-06",
    "Jan. 6, 2022, 10:30 GMT": "2022-01-06",
    "Thu, 06 Jan 2022 10:00:00 GMT": "2022-01-06",
    "6 января 2022": "2022-01-06",
    "6 janvier 2022": "2022-01-06",
    "6 de enero de 2022": "2022-01-06",
    "6. Januar 2022": "2022-01-06",
    "2022年1月6日": "2022-01-06",
    "6 يناير 2022": "2022-01-06",
    "06.01.2022": "2022-01-06",
    "13/01/2022": "2022-01-13",
    "01/13/2022": "2022-01-13",
    "2022-01": "2022-01",
    "2022": "2022",
    "[2022-01-05,2022-01-06]": "[2022-01-05,2022-01-06]",
    "5/6/2022": None,
    "2022-02-30": None,
    "yesterday": None,
    "January": None,
    "6 January": None,
    "next Monday": None,
    "": None,
    "the council met in 2022": None,
    "x" * 99: None,
}


@pytest.mark.parametrize(("text", "day"), DAYS.items(), ids=range(len(DAYS)))
def test_a_stated_day(text: str, day: str | None) -> None:
    found = stated(text)
    assert (found and found.text) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_none(text: str) -> None:
    stated(text)
