"""What is marked as not the body, what is not, and who is named as speaking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.trace.clean import cleaned, marks
from foedus.trace.document import Document, Mark, Meta
from foedus.trace.phrases import FORM_BEGINS, LINES, TAIL
from foedus.trace.repeated import repeated

BODY = (
    "The council of the league met at the lake on Monday and sent observers to the northern border of the country.\n\n"
    "Its chair said that nobody had asked for soldiers, and that none would be sent before the spring of that year."
)
FURTHER = (
    "Farmers at the border welcomed the observers with bread, and told them of shots that they had heard at night. "
    "The ministry of Arvia called these reports a misunderstanding, and invited the league to look for itself."
)
UNTOUCHED = (
    "Critics subscribe to the view that access to the newsletter was never exclusive.",
    "The delegates left comments on every page of the draft, and share the concern of their friends.",
    "We share this concern with the members of the league and will follow the talks closely.",
    "The author is wrong to claim that the treaty of the lake allows such a step.",
    "As mentioned by the author, no state asked for help.",
    "By Friday the talks had failed.",
    "By virtue of Article 4, Parties shall assist.",
    "Thank you for your attention.",
    "Join the league or leave it: this was the choice that members had.",
    "Get the soldiers home: that was what the crowds of the town asked for.",
    "Sign the treaty today, the minister told the members of the house.",
    "The rights of all members are reserved in Article 9.",
    "Stay where you are, the guards said to the members of the crowd.",
    "They thanked readers for sharing the experience, and asked for feedback.",
    "Cookies were handed out to the observers by the mayor of the town.",
    "The source of the river lies beyond the northern border.",
    "Источник реки лежит за северной границей.",
    "Автор не прав: договор озера такого шага не допускает.",
    "Поделиться властью с соседями он не хотел.",
    "Por la tarde, los delegados volvieron a la capital.",
    "Par la suite, le conseil a envoyé des observateurs.",
    "Von Anfang an war der Rat gegen diesen Schritt.",
    "作者在书中写道，理事会派出了观察员。",
    "اشترك الوزير في المحادثات التي جرت عند البحيرة.",
    "شارك الوزير في المحادثات التي جرت عند البحيرة.",
    "Register of treaties: the council decided that members must sign.",
    "Read more slowly, the chair said; the members of the council were tired.",
    "SHIP DD-4 of the league left the harbour — the council met.",
    "GOOD NEWS - the council met at the lake, and sent observers to the border.",
    "SAINT-JEAN-SUR-LAC is where the council met.",
    "Copyright was not on the agenda of the council.",
)
FOOTERS = (
    "Share this article with your friends and colleagues on social media.",
    "Please share your feedback and suggestions with us, we read them all.",
    "Thank you for sharing what you think with our editors.",
    "Subscribe to our newsletter to get the news in your inbox.",
    "Enjoy unlimited access, exclusive features and a faster app.",
    "As a subscriber, you can gift articles to members of your family.",
    "© 2022 The Gazette of Lir",
    "Copyright 2022 Gazette Media. All rights reserved.",
    "We use cookies to improve your experience on this website.",
    "Follow us on Facebook and Telegram",
    "Home | World | Politics | Sport",
    "Read also: Observers sent to the border",
    "Подпишитесь на наш канал в Telegram, чтобы не пропустить новости",
    "При использовании материалов ссылка на сайт обязательна",
    "Поделитесь новостью с друзьями",
    "Біздің арнаға жазылыңыз",
    "Partagez cet article avec vos amis",
    "Abonnez-vous à notre newsletter gratuite",
    "Suscríbete a nuestro boletín de noticias",
    "Teilen Sie diesen Artikel mit Freunden",
    "تابعونا على فيسبوك",
    "جميع الحقوق محفوظة لصحيفة البحيرة",
    "扫一扫，关注我们",
    "版权所有，未经授权不得转载",
    "Required fields are marked with a star",
    "Your email address will not be published.",
    "Ваш адрес email не будет опубликован. Обязательные поля помечены *",
    "Votre adresse e-mail ne sera pas publiée.",
    "Tu dirección de correo electrónico no será publicada.",
    "Deine E-Mail-Adresse wird nicht veröffentlicht.",
    "لن يتم نشر عنوان بريدك الإلكتروني",
    "您的邮箱地址不会被公开。",
)
SPEAKERS = {
    "The writer is ambassador of Lir to Arvia.": "ambassador of Lir to Arvia",
    "The author is a professor at Lir, and a member of the house.": "professor at Lir, and a member of the house",
    "*The writer was the minister of the lakes.*": "minister of the lakes",
    "By Ann Ray": "Ann Ray",
    "BY ANN RAY, STAFF WRITER": "ANN RAY, STAFF WRITER",
    "By Ann de la Ray and Bo Lund": "Ann de la Ray and Bo Lund",
    "Author: Ann Ray": "Ann Ray",
    "Автор: Анна Рэй": "Анна Рэй",
    "Автор — посол Лира в Арвии.": "посол Лира в Арвии",
    "Автор является профессором истории": "профессором истории",
    "Par Anne Ray": "Anne Ray",
    "L’auteur est ambassadeur de Lir en Arvie.": "ambassadeur de Lir en Arvie",
    "Por Ana Ray": "Ana Ray",
    "El autor es el embajador de Lir en Arvia.": "embajador de Lir en Arvia",
    "Von Anna Ray": "Anna Ray",
    "Der Autor ist Botschafter von Lir.": "Botschafter von Lir",
    "بقلم: آنا راي": "آنا راي",
    "كاتب المقال سفير ليرا في أرفيا": "سفير ليرا في أرفيا",
    "作者：安娜": "安娜",
    "作者是利拉驻阿维亚大使。": "利拉驻阿维亚大使",
}


def parts(text: str, *kinds: str) -> list[str]:
    return [text[one.start : one.end] for one in marks(text) if not kinds or one.kind in kinds]


@pytest.mark.parametrize("sentence", UNTOUCHED)
@pytest.mark.parametrize("place", ["first", "middle", "last", "alone"])
def test_a_sentence_of_the_body_is_never_marked(sentence: str, place: str) -> None:
    first, second = BODY.split("\n\n")
    text = {
        "first": f"{sentence}\n\n{BODY}",
        "middle": f"{first}\n\n{sentence}\n\n{second}",
        "last": f"{BODY}\n\n{sentence}",
        "alone": sentence,
    }[place]
    assert marks(text) == ()


@pytest.mark.parametrize("line", FOOTERS)
def test_a_line_at_the_foot_is_marked(line: str) -> None:
    assert parts(f"{BODY}\n\n{line}\n", "footer", "boilerplate") == [line]


@pytest.mark.parametrize("line", [line for line in FOOTERS if not line.startswith(("Home", "We use"))])
def test_the_same_line_within_the_body_is_left(line: str) -> None:
    first, second = BODY.split("\n\n")
    assert not parts(f"{first * 4}\n\n{line}\n\n{second * 4}")


def test_a_whole_footer_is_marked_and_nothing_of_the_body() -> None:
    foot = "\n".join(FOOTERS[:8])
    text = f"{BODY}\n***\nThe writer is ambassador of Lir to Arvia.\n{foot}"
    found = marks(text)
    assert parts(text, "byline") == ["The writer is ambassador of Lir to Arvia."]
    assert all(one.start > len(BODY) for one in found)
    assert sum(one.end - one.start + 1 for one in found) == len(text) - len(BODY) - len("\n***\n") + 1


@pytest.mark.parametrize("begin", sorted(FORM_BEGINS))
def test_a_form_for_comments_ends_the_text(begin: str) -> None:
    text = f"{BODY}\n\nSource: Agency of Lir\n\n{begin.capitalize()}\n\nBo Lund says:\nI was there.\n"
    assert parts(text, "boilerplate") == [text[text.index("Bo Lund") - len(begin) - 2 :].strip()]
    assert cleaned(Document("a", text)).meta.origin == "Agency of Lir"


def test_comments_in_the_middle_of_a_long_text_do_not_end_it() -> None:
    text = f"{BODY}\n\nLeave a comment\n\n" + "\n\n".join(
        BODY.replace("lake", f"lake {n}") for n in range(20)
    )
    assert parts(text) == ["Leave a comment"]


@pytest.mark.parametrize(("line", "speaker"), SPEAKERS.items(), ids=range(len(SPEAKERS)))
def test_the_author_is_a_byline_and_the_speaker(line: str, speaker: str) -> None:
    text = f"{line}\n\n{BODY}"
    found = cleaned(Document("a", text))
    assert (parts(text, "byline"), found.meta.speaker) == ([line], speaker)


def test_the_name_that_a_page_states_and_the_office_in_the_line_go_together() -> None:
    text = f"{BODY}\n\nThe writer is ambassador of Lir."
    assert (
        cleaned(Document("a", text, meta=Meta(speaker="Ann Ray"))).meta.speaker
        == "Ann Ray, ambassador of Lir"
    )


@pytest.mark.parametrize("account", ["admin", "The Gazette of Lir"])
def test_an_account_is_no_name(account: str) -> None:
    said = Meta(speaker=account, publisher="The Gazette of Lir")
    assert cleaned(Document("a", f"By Ann Ray\n\n{BODY}", meta=said)).meta.speaker == "Ann Ray"


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("Source: Agency of Lir", "Agency of Lir"), ("Source :", ""), ("(Source: Agency)", "Agency"),
        ("Источник: ЛИРА.", "ЛИРА"), ("来源：利拉社", "利拉社"), ("المصدر: وكالة", "وكالة"), ("Quelle: dpl", "dpl"),
    ],
)  # fmt: skip
def test_the_source_that_a_text_names(line: str, origin: str) -> None:
    text = f"{BODY}\n\n{line}"
    assert parts(text, "byline") == [line]
    assert cleaned(Document("a", text)).meta.origin == origin


@pytest.mark.parametrize(
    "line",
    [
        "LIR CITY, Jan 6 (Agency) — ", "LIR CITY — ", "LIR, Jan. 6 -- ", "LIR (AL) - ",
        "Lir City, 6 January 2022 (Agency) – ",
        "АСТАНА, 6 января. /ЛИРА/. ", "利拉社北京1月6日电（记者 安娜）", "ليرا (وكالة) - ",
    ],
)  # fmt: skip
def test_place_and_agency_at_the_beginning(line: str) -> None:
    assert parts(f"{line}{BODY}") == [line.strip()]


def test_a_sentence_put_above_the_text_is_a_deck() -> None:
    deck = "Nobody had asked for soldiers, and none would be sent before spring"
    body = BODY.replace("and that none", "and none")
    text = f"{deck} .\n{body}\n\n{FURTHER}"
    assert parts(text, "deck") == [f"{deck} ."]


def test_a_form_on_the_line_of_the_text_is_marked() -> None:
    form = "Leave a Reply Required fields are marked * Name *"
    assert parts(f"{BODY.replace(chr(10), ' ')} {form}") == [form]


def test_a_refrain_is_no_deck() -> None:
    line = "Nobody had asked for soldiers, and nobody will ask for soldiers."
    assert not parts(f"{line}\n{BODY}\n{line}\n{FURTHER}\n{line}", "deck")


def test_the_beginning_of_many_sentences_is_no_deck() -> None:
    line = "Nobody in the whole of the town by the lake had asked for soldiers."
    others = [
        f"Nobody in the whole of the town by the lake had {what}." for what in ("slept", "eaten", "left")
    ]
    assert not parts(
        " ".join([line, BODY, *others, line, FURTHER]).replace(f"{line} The", f"{line}\nThe", 1), "deck"
    )


def test_a_long_paragraph_is_no_footer_however_it_begins() -> None:
    last = "Share this article with your friends, the chair said. " + " ".join([FURTHER, FURTHER.upper()])
    assert not parts(f"{BODY}\n\n{last}")


def test_a_headline_is_marked_and_is_the_title() -> None:
    found = cleaned(Document("a", f"Council sends observers to the border\n\n{BODY}"))
    assert [one.kind for one in found.marks] == ["heading"]
    assert found.meta.title == "Council sends observers to the border"
    assert not parts(f"Council sends observers to the border.\n\n{BODY}")


def test_what_the_format_told_lies_below_what_the_words_say() -> None:
    text = f"Home\n\nBy Ann Ray\n\n{BODY}"
    placed = (Mark(0, 16, "boilerplate", "outside"),)
    found = cleaned(Document("a", text, marks=placed))
    assert [(text[one.start : one.end], one.kind) for one in found.marks] == [
        ("Home", "boilerplate"),
        ("By Ann Ray", "byline"),
    ]


# ---- lines that an outlet repeats ----


def _paper(number: int, publisher: str = "Gazette", extra: str = "") -> Document:
    story = f"Story {number} is about lake number {number} and nothing else at all, {number * 7} times."
    text = f"The Gazette of Lir since 1816\n{extra}{story}\nLetters go to the tower"
    return Document(f"d{number}", text, meta=Meta(publisher=publisher))


def test_lines_of_an_outlet_are_marked_in_all_its_documents() -> None:
    got = repeated([_paper(n) for n in range(6)])
    for one in got:
        assert [one.text[mark.start : mark.end] for mark in one.marks] == [
            "The Gazette of Lir since 1816",
            "Letters go to the tower",
        ]


def test_the_same_lines_in_many_outlets_are_no_boilerplate() -> None:
    got = repeated([_paper(n, f"Paper {n}") for n in range(6)] + [_paper(n, "") for n in range(6)])
    assert not [one for one in got if one.marks]


def test_a_story_that_an_outlet_prints_again_and_again_stays() -> None:
    got = repeated([_paper(n, extra=BODY * 3 + "\n") for n in range(6)])
    assert not [one for one in got if one.marks]


# ---- properties ----

LINES_OF_ALL = [line for _, _, rows in LINES for line in rows] + list(UNTOUCHED + FOOTERS) + list(SPEAKERS)
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(LINES_OF_ALL),
        st.sampled_from(["", "***", " ", "\t", "\r", "\f", BODY]),
        st.text(max_size=60),
    ),
    max_size=25,
).map("\n".join)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=6))
def test_marks_lie_in_the_text_in_order_and_apart(text: str, spans: list[tuple[int, int]]) -> None:
    placed = [
        Mark(min(a, b), max(a, b), "boilerplate", "x") for a, b in spans if a != b and max(a, b) <= len(text)
    ]
    found = marks(text, placed)
    at = 0
    for one in found:
        assert at <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        at = one.end


@given(TEXTS)
def test_the_text_is_untouched_and_cleaning_again_changes_nothing(text: str) -> None:
    document = Document("a", text)
    once = cleaned(document)
    assert once.text == text
    assert (document.marks, cleaned(once)) == ((), once)


def test_every_row_of_the_table_is_a_phrase_of_few_words() -> None:
    assert all(len(line.split()) <= 14 and line == line.casefold() for _, _, rows in LINES for line in rows)
    assert len({line for _, _, rows in LINES for line in rows}) == sum(len(rows) for _, _, rows in LINES)
    assert all(row.least == 1 or "|" in row.cues for row in TAIL)
