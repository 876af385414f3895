"""Who speaks, from the line that names him: "By NAME", "The author is …", "Автор: …", and where a text comes from."""

from __future__ import annotations

import re
from typing import Final

from foedus.trace.phrases import AUTHORS, BY, NO_NAMES, ORIGINS, PARTICLES, ROLE_OPENS, ROLES

_LONGEST: Final = 240
"""Characters of a line that names an author."""
_WORDS: Final = 9
"""Words within which it is said what an author is."""


def _either(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_ROLE = re.compile(rf"(?:{'|'.join(ROLE_OPENS)})(?P<who>\S.*)", re.I | re.S)
_IS = re.compile(
    "|".join(sorted({rf"\b{one}" if one[0].isascii() else one for one in map(re.escape, ROLES)})), re.I
)
_LABEL = re.compile(rf"(?:{_either(AUTHORS)})\s*(?:[:：]|\s[—–-]\s|[/／|])\s*(?P<who>\S.*)", re.I | re.S)
_BY = re.compile(rf"(?:{_either(BY)})\s+(?P<who>\S.*)", re.I | re.S)
_ORIGIN = re.compile(
    rf"[(\[（【]?\s*(?:{_either(ORIGINS)})\s*[:：]\s*(?P<what>.*?)\s*[)\]）】]?", re.I | re.S
)
_DESK = re.compile(
    r"\(?(?:additional )?(?:reporting|writing|editing|compiled|edited|translated) by [A-Z].*", re.S
)
_DASH = r"(?: ?(?:—|–|--)| -)(?=\s)"
_AGENCY = r" {0,2}\([^)\n]{2,40}\)"
_KAZAKH = "ӘҒҚҢӨҰҮҺІ"
_PLACE = rf"[А-ЯЁ{_KAZAKH}][А-ЯЁа-яё{_KAZAKH}{_KAZAKH.lower()} -]{{2,30}}"
_DATELINE = re.compile(
    "(?:"
    + "|".join((
        # MOSCOW, Jan 6 (Reuters) —    LIR CITY —
        rf"[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{{2,40}} ?(?:, {{1,2}}[\w .]{{2,25}})?{_AGENCY}(?:{_DASH}|--)",
        r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{2,20}(?: [A-ZÀ-Þ.'’-]{2,20})?(?:, [\w .]{0,20}\d[\w .]{0,12})? ?(?:—|--)(?=\s)",
        # Moscow, 6 January 2022 (Agency) —
        rf"[A-Z][\w .'’-]{{2,30}}, [\w .]{{3,30}}(?:, \d{{4}})?{_AGENCY}{_DASH}",
        # АСТАНА, 6 января. /ТАСС/.    МОСКВА, 6 янв — РИА Новости.
        (rf"{_PLACE}, \d{{1,2}} [а-яё{_KAZAKH.lower()}]{{3,9}}\.?(?: \d{{4}})?(?: г\.)?\.?"
        rf"(?: ?/[^/\n]{{2,40}}/\.?|{_DASH} ?[^.\n]{{2,40}}\.|{_DASH})"),
        # 新华社北京1月6日电（记者…）
        (r"(?:[\u4e00-\u9fff]{2,6}社|[\u4e00-\u9fff]{2,4}网)?[\u4e00-\u9fff]{2,10}\d{1,2}月\d{1,2}日(?:电|讯|電|訊)"
        r"(?: ?[（(][^）)\n]{0,40}[)）])?"),
        # موسكو (وكالة) -
        rf"[\u0600-\u06ff][\u0600-\u06ff ]{{2,30}}{_AGENCY}{_DASH}",
    ))
    + r")\s*(?=\S)"
)  # fmt: skip


def speaker(line: str, *, signed: bool) -> str | None:
    """Whom a line names as its author: "" if it names the desk only, None if it is no such line. `signed` says
    that it stands where names stand alone after "by": above a text."""
    if len(line) > _LONGEST:
        return None
    line = line.strip("*_ \t\r()（）[]") if line[:1] in "*_(（[" else line
    if found := _ROLE.fullmatch(line):
        who = found["who"].strip().rstrip(".。 ")
        opening = (
            "".join(who.split(None, _WORDS)[:_WORDS]) if " " not in who else " ".join(who.split()[:_WORDS])
        )
        return who if _IS.search(opening[:120]) and not re.search(r"[.!?。؟] \S{2}", who) else None
    if found := _LABEL.fullmatch(line):
        who = found["who"].strip().rstrip(".。 ")
        return who if len(who) <= 120 and not re.search(r"[.!?。؟] [\w]{3}", who) else None
    if signed and (found := _BY.fullmatch(line)) and _is_name(found["who"]):
        return found["who"].strip().rstrip(".")
    return "" if _DESK.fullmatch(line) and len(line) <= 160 else None


def origin(line: str) -> str | None:
    """What a line names as its source, "" if it leaves that open; None if it is no such line."""
    found = _ORIGIN.fullmatch(line) if len(line) <= _LONGEST else None
    return found["what"].strip().rstrip(".") if found and len(found["what"]) <= 160 else None


def dateline(line: str) -> int:
    """Characters of the place and the agency with which a line begins; 0 for none."""
    found = _DATELINE.match(line)
    return found.end() if found else 0


def _is_name(text: str) -> bool:
    """Whether a text is the name of a person or a few, perhaps with what they are after a comma."""
    name, _, role = text.partition(",")
    words = name.split()
    if (
        not 2 <= len(words) <= 8
        or len(text) > 120
        or len(role) > 80
        or text.rstrip().endswith(("?", "!", ":", ";"))
    ):
        return False
    if text.rstrip().endswith(".") and len(words[-1]) > 3:
        return False
    if any(word.strip(".,").casefold() in NO_NAMES for word in words):
        return False
    large = [word for word in words if word.casefold() not in PARTICLES]
    return (
        len(large) >= 2
        and all(_begins_large(word) for word in (words[0], *large))
        and not re.search(r"\d", name)
    )


def _begins_large(word: str) -> bool:
    first = word.lstrip("\"'“«(’‘")[:1]
    return first.isupper() or (first.isalpha() and first.lower() == first.upper())
