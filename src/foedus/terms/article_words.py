"""Articles as a sentence or a table names them, from the heading that a page gives.

>>> article_briefly("Article 4 · Collective defence"), article_in_full("Article 4 · Collective defence")
('Art. 4', 'Article 4')
>>> article_in_full("Contingents · who sends what"), is_numbered("Contingents")
('Contingents', False)
"""

from __future__ import annotations

import re

from foedus.words.speech import Phrase, phrase

_ARTICLE = re.compile(r"^(?:Article|Art\.)\s+([^\s·]+(?:\s*\([^)]*\))?)")


def is_numbered(heading: str) -> bool:
    """Whether the heading is that of an article, and not some other words."""
    return _ARTICLE.match(heading) is not None


def article_briefly(heading: str) -> Phrase | str:
    """`Art. 4`; other headings up to the dot between words."""
    found = _ARTICLE.match(heading)
    return phrase("Art. {number}", number=found[1]) if found else heading.partition("·")[0].strip()


def article_in_full(heading: str) -> Phrase | str:
    """`Article 4` as a sentence has it."""
    found = _ARTICLE.match(heading)
    return phrase("Article {number}", number=found[1]) if found else heading.partition("·")[0].strip()
