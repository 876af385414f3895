"""How long an editor waits: from a keystroke in a long page to what is wrong with it, and for what it asks meanwhile.

    python bench/keystroke.py [KILOBYTES]

A dossier of that size (60) is typed in through the real server; the pause before it begins to review is left out.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parents[1])]

from foedus.lsp.server import PAUSE  # noqa: E402  found on the path just given
from tests.lsp.editor import Editor, at  # noqa: E402  the same

TIMES = 15
CASE = Path(__file__).parents[1] / "src" / "foedus" / "dossiers" / "kazakhstan-2022"


def long_page(size: int) -> str:
    """The claims of the shipped case, its last block of facts again and again under other names."""
    text = (CASE / "claims.md").read_text(encoding="utf-8")
    number = 0
    while len(text.encode()) < size:
        number += 1
        text += (
            f"\nMore of the same, {number}.\n\n```record\n"
            f'fact more-{number} force(gunmen, KAZ) on 2022-01-05 "armed men in a street, {number}"\n'
            "  asserts KAZ [mfa-0106 ¶1] on 2022-01-06\n```\n"
        )
    return text


def measured(name: str, wait: Callable[[int], object]) -> None:
    """Do it several times; print the median and the longest, in milliseconds."""
    took: list[float] = []
    for n in range(TIMES):
        began = time.perf_counter()
        wait(n)
        took.append((time.perf_counter() - began) * 1000)
    print(f"{name:34} median {statistics.median(took):7.1f} ms   longest {max(took):7.1f} ms")


def main() -> None:
    size = int(sys.argv[1]) * 1000 if len(sys.argv) > 1 else 60_000
    with tempfile.TemporaryDirectory() as made:
        folder = Path(shutil.copytree(CASE, Path(made).resolve() / "case"))
        text = long_page(size)
        (folder / "claims.md").write_text(text, encoding="utf-8")
        with Editor(folder) as editor:
            uri = editor.open(folder / "claims.md")
            print(f"a page of {len(text.encode()) / 1000:.0f} kB, {len(editor.told(uri))} mistakes")
            line, character = at(text, "asserts KAZ [")

            def key(n: int) -> None:
                editor.change(uri, text + "\n" * (n % 2) + f"word {n}\n")
                editor.told(uri)

            def asked(n: int) -> None:
                editor.change(uri, text + f"word {n}\n")
                editor.completion(uri, line, character + len("asserts KAZ ["))

            measured(f"mistakes, after {PAUSE:.2f} s of pause", key)
            measured("completion, right after a key", asked)
            editor.told(uri)
            measured("hover, page unchanged", lambda _: editor.hover(uri, line, character + 9))
            measured("colours, page unchanged", lambda _: editor.colours(uri))
            measured("layout, page unchanged", lambda _: editor.formatting(uri))


if __name__ == "__main__":
    main()
