"""Fuzzing guided by coverage: `python -m fuzz TARGET [SECONDS]` (Linux; needs atheris).

Begins with what ships, and puts together words that pages use. An input that fells the target is kept in
the folder `fuzz/found`, and the exit status is 77; run it again with `python -m fuzz TARGET FILE`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["foedus", "markdown_it"]):
    from fuzz.targets import TARGETS, seeds, timed, words

FOUND = Path(__file__).with_name("found")
LONGEST = 4_000


def main() -> None:
    target, rest = sys.argv[1], sys.argv[2:]
    if rest and Path(rest[0]).is_file():
        print(f"{timed(TARGETS[target], Path(rest[0]).read_bytes()):.2f} seconds")
        return
    seconds = int(rest[0]) if rest else 60
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(seeds(target)):
            (corpus / str(number)).write_bytes(seed[:LONGEST])
        dictionary = Path(folder) / "words"
        escaped = (
            "".join(
                c if c.isalnum() and c.isascii() else "".join(f"\\x{b:02x}" for b in c.encode()) for c in word
            )
            for word in words(target)
        )
        dictionary.write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")
        FOUND.mkdir(exist_ok=True)
        atheris.Setup(
            [
                sys.argv[0],
                str(corpus),
                f"-max_total_time={seconds}",
                f"-max_len={LONGEST}",
                f"-dict={dictionary}",
                f"-artifact_prefix={FOUND}/{target}-",
                "-timeout=30",
                "-rss_limit_mb=3000",
                "-verbosity=0",
                "-print_final_stats=1",
            ],
            lambda data: timed(TARGETS[target], data),
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
