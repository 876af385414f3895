"""The page as text: what it may load, and what a dossier can put into it. The browser's part is in `tests/browser`."""

import base64
import hashlib
import re

from foedus.assessment.assess import assess
from foedus.library import Library
from foedus.report.html.show import show_page


def page_of(name: str) -> str:
    loaded = Library(trials=False).dossier(name)
    assert loaded.dossier is not None
    return show_page(assess(loaded.dossier, loaded.program))


def test_a_browser_is_told_to_take_nothing_but_the_pages_own_style_and_script() -> None:
    page = page_of("armenia-2022")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy and policy[1].startswith("default-src &#39;none&#39;")
    for element in ("style", "script"):
        (inline,) = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{element}-src &#39;sha256-{digest}&#39;" in policy[1]


def test_nothing_is_fetched() -> None:
    page = page_of("armenia-2022")
    assert not re.search(r"<(?:img|link|iframe|object|embed|script src|base)\b|url\((?!#)|@import", page)
