"""The sections as a page takes them in: words and marks, no style and no script, whatever anybody has written."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from foedus.exercise.places import MapView
from foedus.web.matter.assessing import Assessed
from foedus.web.matter.mission import Posting, Report
from foedus.web.matter.show import SECTIONS, Matter, matter_html, section_html
from foedus.web.matter.summary import Summary
from foedus.words.speech import speaking
from tests.exercise.scenes import played
from tests.web.matter.matters import after, matter, of_sources, summed

WHOLE = Assessed(61, summed(), {"valleys.send:VALLEYS>ARV": 17}, of_sources())
STAGES = {
    "begun": (played()[:1], "six-valleys", Assessed()),
    "decided": (after("authorise"), "six-valleys", Assessed(17, summed(upto=17))),
    "in the field": (
        after("report", 3),
        "six-valleys",
        replace(WHOLE, failed={"en": "too long"}, failed_at=62),
    ),
    "over": (played(), "six-valleys", WHOLE),
    "real": (
        played("kazakhstan-2022")[:18],
        "kazakhstan-2022",
        replace(WHOLE, sources=Summary(failed={"en": "no"})),
    ),
}


class Read(HTMLParser):
    """What a page has: its ids, its elements with their attributes, its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in ("br", "path", "rect", "circle"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("path", "rect", "circle"):
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def shown(name: str, chosen: int = 1) -> tuple[Matter, str]:
    turns, scenario, assessed = STAGES[name]
    found = matter(turns, scenario, assessed)
    return found, str(matter_html(found, chosen))


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
@pytest.mark.parametrize("name", STAGES)
def test_sections_that_a_strict_policy_lets_through(name: str, language: str) -> None:
    with speaking(language):
        _, html = shown(name)
    page = Read(html)
    assert [i for i in page.ids if i in SECTIONS] == list(SECTIONS)
    assert len(page.ids) == len(set(page.ids)) and not page.open
    for tag, attributes in page.elements:
        assert tag not in ("script", "style", "link", "img", "iframe", "object", "foreignobject", "use")
        assert not [key for key in attributes if key == "style" or key.startswith("on")]
        for key in ("aria-labelledby", "aria-describedby"):
            assert set((attributes.get(key) or "").split()) <= set(page.ids)
        assert tag != "a" or re.fullmatch(r"\?map=\d+#sites", attributes["href"] or "")


def test_what_is_said_where() -> None:
    _, html = shown("in the field")
    words = " ".join(Read(html).words.split())
    for said in (
        "Changed with entry 17: ◧ depends on A – Send the Ward to a party",
        "could not be assessed: too long.", "The case as it was, from the dossier",
        "The mandate runs, since 5 March 2031, 11:40.", "210 of at most 300", "Must not fight (anywhere)",
        "1 The dam at Marn dam ■ BOR, 120 people", "The next is due by",
        "Viewpoint: As the secretariat of the Compact draws it",
    ):  # fmt: skip
        assert said in words, said
    assert "being assessed" in Read(shown("begun")[1]).words
    assert "□ nobody" in Read(shown("over")[1]).words and "is over, since" in Read(shown("over")[1]).words


def test_the_newspaper_s_map_is_there_once_it_is_printed() -> None:
    assert len(shown("begun")[0].maps) == 1 and "?map=2" not in shown("begun")[1]
    assert len(shown("over")[0].maps) == 2
    first, second, none = (shown("over", n)[1] for n in (1, 2, 7))
    assert first == none != second
    assert "school atlas" in second and 'href="?map=2#sites" aria-current="true"' in second


def test_the_map_is_sound_and_the_table_says_the_same() -> None:
    for name in ("in the field", "real"):
        found, html = shown(name)
        svg = html[html.index("<svg") : html.index("</svg>") + 6]
        drawn = ElementTree.fromstring(svg)
        described = " ".join(drawn[1].itertext())
        sites = section_html("sites", found)
        table = Read(
            sites[sites.index("</figure>") :].removeprefix("</figure>").removesuffix("</section>")
        ).words
        for place in found.scenario.places:
            assert place.title in described
            assert place.title.lower() in table.lower()
        assert found.scenario.maps[0].viewpoint in described


ATTACK = "</title><script>alert(1)</script>\" onload=\"alert(2) ' x=' {{ 7*7*7*7*3 }} \u202e"
WORDY = {
    "Place": ("title", "where"), "MapView": ("viewpoint", "title"), "Shape": ("name",), "Task": ("what", "where"),
    "Report": ("text", "region", "by"), "Posting": ("task", "where"), "Told": ("asked_on",),
    "Line": ("title", "who", "verdict", "article", "instrument"), "Scenario": ("dossier",),
}  # fmt: skip


def poisoned(value: Any) -> Any:
    """The same with the attack after every text that somebody words."""
    kind = type(value).__name__
    if isinstance(value, Report | Posting):
        return value._replace(**{name: getattr(value, name) + ATTACK for name in WORDY[kind]})
    if isinstance(value, tuple):
        return tuple(poisoned(each) if not isinstance(each, str) else each + ATTACK for each in value)
    if isinstance(value, dict):
        return {key: poisoned(each) for key, each in value.items()}
    if not is_dataclass(value) or isinstance(value, type) or kind in ("Rules", "Position"):
        return value
    made: dict[str, Any] = {}
    for each in fields(value):
        held = getattr(value, each.name)
        if isinstance(held, str):
            if each.name in WORDY.get(kind, ()):
                made[each.name] = (held or "x") + ATTACK
        elif kind != "Scenario" or each.name in ("places", "maps"):
            made[each.name] = poisoned(held)
    return replace(value, **made)


def test_whatever_is_written_is_shown_as_words() -> None:
    found, plain = shown("in the field")
    attacked = str(matter_html(poisoned(found), 2))
    assert (
        "<script" not in attacked
        and "\u202e" not in attacked
        and "7203" not in set(re.findall(r"\d+", attacked))
    )
    assert attacked.count("&lt;script&gt;") > 30
    tags = [tag for tag, attributes in Read(attacked).elements if "onload" in attributes]
    assert tags == []
    assert {tag for tag, _ in Read(attacked).elements} <= {tag for tag, _ in Read(plain).elements} | {
        "br",
        "time",
    }


def test_a_room_without_places_or_maps_has_its_sections_still() -> None:
    found = matter(played()[:1])
    bare = replace(found, scenario=replace(found.scenario, places=(), maps=()))
    assert "No place has been named so far." in section_html("sites", bare)
    borders = replace(bare, scenario=replace(bare.scenario, maps=found.scenario.maps[:1]))
    assert "<svg" in section_html("sites", borders)
    empty = replace(bare, scenario=replace(bare.scenario, maps=(MapView("Nobody's.", "plain"),)))
    assert "<svg" not in section_html("sites", empty)
