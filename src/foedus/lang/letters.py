"""Letters in a name that look like others, or like none that names are made of.

Names and codes are made of the letters a to z. A Cyrillic `а` looks the same, and a name with it would be another
name: so it is told, with the letter's own name, and with what was probably meant.

>>> foreign("kаz-1")
('а (CYRILLIC SMALL LETTER A)', 'kaz-1')
>>> foreign("é1")
('é (LATIN SMALL LETTER E WITH ACUTE)', 'e1')
>>> foreign("kaz-1") is None
True
"""

from __future__ import annotations

import unicodedata

ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁɡһӏ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧικνορυχ",
    "ABESIJKMHOPCTYXaesijopcyxdghl" + "ABEZHIKMNOPTYXiknopux",
)
"""Letters of the Cyrillic and Greek alphabets as the Latin ones that they look like."""
MOST_TOLD = 3


def foreign(word: str) -> tuple[str, str] | None:
    """Which characters of the word no name has, and the word in the letters that names have ("" where that is
    not plain); None if there are none."""
    found = dict.fromkeys(c for c in unicodedata.normalize("NFC", word) if not c.isascii())
    if not any(unicodedata.category(c)[0] in "LMN" for c in found):
        return None
    told = ", ".join(f"{c} ({unicodedata.name(c, f'U+{ord(c):04X}')})" for c in list(found)[:MOST_TOLD])
    apart = unicodedata.normalize("NFKD", word.translate(ALIKE))
    meant = "".join(c for c in apart if not unicodedata.combining(c))
    return told, meant if meant.isascii() else ""
