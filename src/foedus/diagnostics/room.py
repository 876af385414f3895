"""Messages of a council's room: which codes delegations can be shown, and the rows of those that are about signatures.

What is shown at the table is said in the language of whoever reads it; all other messages are told in English.
"""

from __future__ import annotations

from typing import Literal

AT_THE_TABLE = (
    ("F656", "F659"), ("F667", "F669"), ("F673", "F679"), ("F682", "F682"), ("F689", "F689"), ("F700", "F799"),
)  # fmt: skip
"""From where to where the codes go that delegations, chairs and secretaries can be shown in a session."""

MESSAGE = "message with a code"
"""The context in which catalogues of words have their templates."""


def at_the_table(code: str) -> bool:
    """Whether what a code says is said in the language of whoever reads it.

    >>> at_the_table("F658"), at_the_table("F660"), at_the_table("F755")
    (True, False, True)
    """
    return any(first <= code <= last for first, last in AT_THE_TABLE)


SIGNATURES: tuple[tuple[str, Literal["error", "warning"], str, str], ...] = (
    ("F750", "error", "`{path}` holds no key to sign with: {why}",
     "A key of your own is made with --new-key FILE --name NAME."),
    ("F751", "error", "there is a file `{path}` already, and no key is written over it",
     "Name another file. A key that is lost cannot be made again."),
    ("F752", "error", "`{name}` cannot name a key",
     "A name is one word without spaces or a plus: the delegation's code."),
    ("F753", "error", "nothing is signed: the record in `{path}` is not as it was signed, or not by its rules",
     "`foedus verify {path}` says where. Ask whoever keeps the record, and the other delegations."),
    ("F754", "error", "`{path}` holds something else than this head, and is not written over", "Name another file."),
    ("F755", "error", "nothing is signed: no key that was given signed the head in `{path}`",
     "Give the council's key as you were handed it, or the head that the council signed."),
    ("F756", "error", "others can read the key in `{path}`",
     "Keep it to yourself, and let nobody else read the file: chmod 600 {path}"),
)  # fmt: skip
