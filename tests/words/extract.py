"""What a catalogue of words must hold, found in the code with Babel; `make words` brings it into each.

A template is found where it is written: `say("…")` and its kin in Python and in the page's templates.
What stands in tables is added from these: states, months, days of a month, messages with a code that
delegations are shown. A catalogue keeps its translations; what is new comes in empty, what nobody says
any more goes.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

import polib
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir

from foedus.diagnostics.catalogue import templates
from foedus.diagnostics.room import MESSAGE
from foedus.terms.date_words import DAY, MONTH_NAMED, MONTH_OF_DAY, MONTH_WITHIN
from foedus.terms.edtf import MONTHS
from foedus.terms.states import NAMED, STATES
from foedus.words.catalogue import OTHERWISE
from foedus.words.speech import CATALOGUES

SOURCE = Path(__file__).parents[2] / "src" / "foedus"
PYTHON = "tests.words.extract:calls"
METHODS = [("**.py", PYTHON), ("**/templates/**.html", "jinja2")]
KEYWORDS = {
    "say": None,
    "marked": None,
    "phrase": None,
    "say_in": ((1, "c"), 2),
    "marked_in": ((1, "c"), 2),
    "phrase_in": ((1, "c"), 2),
    "plural": (1, 2),
    "phrase_plural": (1, 2),
}
HEADER = ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")
OURS = {"words/speech.py"}
"""Where the keywords are made; what stands there are examples."""


def template() -> Catalog:
    """Everything that Foedus says, without a translation."""
    found = Catalog(charset="utf-8", fuzzy=False)
    for file, line, message, _, context in extract_from_dir(SOURCE, METHODS, keywords=KEYWORDS):
        if file not in OURS:
            found.add(message, context=context, locations=[(file, line)])
    for line, (context, name, file) in enumerate(_named()):
        found.add(name, context=context, locations=[(file, line)])
    return found


def calls(
    file: BinaryIO, keywords: Collection[str], comment_tags: object, options: object
) -> Iterator[tuple[int, str, str | tuple[str, ...], list[str]]]:
    """Babel's own reading of Python misses a call inside an f-string, and takes every text inside a
    call for an argument; the tree knows better. A call whose texts are not written there (they stand in
    a table, marked) says nothing here."""
    del comment_tags, options
    for node in ast.walk(ast.parse(file.read())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in keywords:
            many = 1 if KEYWORDS[node.func.id] is None else 2
            written = [arg.value for arg in node.args[:many] if isinstance(arg, ast.Constant)]
            texts = [text for text in written if isinstance(text, str)]
            if len(texts) == many:
                yield node.lineno, node.func.id, tuple(texts) if many > 1 else texts[0], []


def _named() -> Iterator[tuple[str, str, str]]:
    for message in dict.fromkeys(templates()):
        yield MESSAGE, message, "diagnostics/catalogue.py"
    for state in STATES.values():
        yield NAMED, state.name, "terms/states.csv"
    for context in (MONTH_NAMED, MONTH_OF_DAY, MONTH_WITHIN):
        for month in MONTHS:
            yield context, month, "terms/edtf.py"
    for day in range(1, 32):
        yield DAY, str(day), "terms/date_words.py"


def brought(held: polib.POFile, wanted: Catalog) -> polib.POFile:
    """The catalogue with what is wanted, no more; nothing is guessed from what reads alike."""
    made = polib.POFile(wrapwidth=100)
    made.metadata = {name: held.metadata[name] for name in HEADER if name in held.metadata}
    forms = int(re.sub(r".*nplurals=(\d+).*", r"\1", held.metadata.get("Plural-Forms", OTHERWISE)))
    known = {key(entry): entry for entry in held if not entry.obsolete and not entry.fuzzy}
    for message in sorted((m for m in wanted if m.id), key=_place):
        several = isinstance(message.id, tuple)
        entry = polib.POEntry(
            msgctxt=message.context,
            msgid=message.id[0] if several else message.id,
            msgid_plural=message.id[1] if several else "",
            msgstr_plural=dict.fromkeys(range(forms), "") if several else {},
            occurrences=[(file, "") for file in sorted({file for file, _ in message.locations})],
        )
        if old := known.get(key(entry)):
            entry.msgstr, entry.tcomment = old.msgstr, old.tcomment
            entry.msgstr_plural |= old.msgstr_plural
        made.append(entry)
    return made


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    """What tells an entry from all others."""
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural


def lacking(held: polib.POFile) -> list[str]:
    """The templates that a catalogue does not say, or not in every form."""
    return [entry.msgid for entry in held if not all(entry.msgstr_plural.values() or [entry.msgstr])]


def _place(message: Message) -> tuple[str, int]:
    return min(message.locations)


def main() -> None:
    """Bring every catalogue up to the code; say how many translations each lacks."""
    wanted = template()
    for path in sorted(CATALOGUES.glob("*.po")):
        made = brought(polib.pofile(str(path), encoding="utf-8"), wanted)
        made.save(str(path))
        sys.stdout.write(f"{path.name}: {len(made)} entries, {len(lacking(made))} to translate\n")


if __name__ == "__main__":
    main()
