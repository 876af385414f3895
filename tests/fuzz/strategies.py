"""Inputs for the targets of `fuzz/`: bytes of any kind, made-up pages, and real ones with a few slips."""

from __future__ import annotations

from hypothesis import strategies as st

from fuzz.targets import seeds, words

HOSTILE = (
    "\0", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\ud7ff", "\U000e0001", "\u0301" * 40, "\u2028", "\x85", "ＡＲＶ", "АRV",
    "<script>alert(1)</script>", '"><img src=x onerror=1>', "{{7*7}}", "%s%n", "a" * 5_000, "(" * 300, "[[" * 200,
    "```", "~~~", "\t", "\r", "--", "---", ">" * 60, "- " * 60, "9" * 400, "-0001-00-00", "0000-00-00",
    "[2020-01-01,", "2020-01-01/9999-12-31", "not " * 100, "as a as a", "_", "..", "é", "e\u0301", "<https://[::1]>",
)  # fmt: skip


def made_up(target: str) -> st.SearchStrategy[bytes]:
    """Lines of words that the seeds use, indented at random, in blocks that may be closed."""
    word = st.sampled_from(words(target)) | st.sampled_from(HOSTILE)
    line = st.builds(
        lambda indent, said: " " * indent + " ".join(said), st.integers(0, 8), st.lists(word, max_size=12)
    )
    block = st.builds(
        lambda kind, lines: "\n".join((f"```{kind}", *lines, "```")),
        st.sampled_from(("foedus", "record", "ask", "foedu", "")),
        st.lists(line, max_size=12),
    )
    heading = st.sampled_from(
        ("# Compact of Lir", "## Trial · one", "### Article 4", "Prose.", "---", "> ```foedus")
    )
    return st.lists(block | heading | line, max_size=8).map(
        lambda parts: "\n\n".join(parts).encode("utf-8", "surrogatepass")
    )


@st.composite
def slipped(draw: st.DrawFn, target: str, longest: int = 9_000) -> bytes:
    """A seed with up to four slips: a line lost, twice, moved or indented; a word or a character changed."""
    text = draw(st.sampled_from([seed for seed in seeds(target) if len(seed) <= longest])).decode(
        "utf-8", "replace"
    )
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        what = draw(
            st.sampled_from(("lose", "twice", "move", "indent", "word", "character", "insert", "cut"))
        )
        line = lines[at]
        column = draw(st.integers(0, len(line)))
        inserted = draw(st.sampled_from(HOSTILE) | st.sampled_from(words(target)))
        if what == "lose" and len(lines) > 1:
            del lines[at]
        elif what == "twice":
            lines.insert(at, line)
        elif what == "move":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        elif what == "indent":
            lines[at] = " " * draw(st.integers(0, 6)) + line.lstrip()
        elif what == "word":
            lines[at] = f"{line[:column]} {inserted} {line[column:]}"
        elif what == "insert":
            lines[at] = line[:column] + inserted + line[column:]
        elif what == "cut":
            lines[at] = line[:column]
        else:
            lines[at] = line[: max(column - 1, 0)] + line[column:]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def inputs(target: str) -> st.SearchStrategy[bytes]:
    return st.binary(max_size=600) | made_up(target) | slipped(target)
