"""An edited copy is found in languages of several scripts, between texts that are otherwise unlike."""

import pytest

from foedus.trace.compare import passages
from foedus.trace.document import Document

COPIES = {
    "Russian": (
        (
            "Погода вчера была ясной. Капитан порта закрыл северный причал на закате, потому что три баржи сорвались "
            "со швартовов и дрейфовали к маяку. Рыбаки вернулись домой рано."
        ),
        (
            "Жители города узнали об этом утром. Капитан порта закрыл северный причал вечером, потому что три баржи "
            "сорвались со швартовов и дрейфовали к старому маяку. Школы работали как обычно."
        ),
        ("Капитан порта", "маяку"),
    ),
    "Kazakh": (
        (
            "Кеше күн ашық болды. Порт бастығы күн батарда солтүстік айлақты жауып тастады, өйткені үш баржа арқаннан "
            "босап, маякқа қарай ығып кетті. Балықшылар үйлеріне ерте қайтты."
        ),
        (
            "Қала тұрғындары мұны таңертең білді. Порт бастығы кешке солтүстік айлақты жауып тастады, өйткені үш баржа "
            "арқаннан босап, ескі маякқа қарай ығып кетті. Мектептер әдеттегідей жұмыс істеді."
        ),
        ("Порт бастығы", "ығып кетті"),
    ),
    "Arabic": (
        (
            "كان الطقس صافيا أمس. أغلق مدير الميناء الرصيف الشمالي عند الغروب لأن ثلاثة قوارب انفلتت من مراسيها "
            "نحو المنارة. عاد الصيادون إلى بيوتهم مبكرا."
        ),
        (
            "علم سكان المدينة بذلك صباحا. أَغْلَقَ مدير الميناء الرصيف الشمالي مساء لأن ثلاثة قوارب انفلتت من مراسيها "
            "وانجرفت نحو المنارة القديمة. عملت المدارس كالمعتاد."
        ),
        ("مدير الميناء", "المنارة"),
    ),
    "Chinese": (
        "昨天天气晴朗。港口主任在日落时关闭了北码头，因为三艘驳船脱离了缆绳，正漂向灯塔附近的浅滩。渔民们很早就回家了。",
        "居民今早才得知消息。港口主任在傍晚关闭了北码头，因为三艘驳船脱离了缆绳，正漂向旧灯塔附近的浅滩。学校照常上课。",
        ("港口主任", "浅滩"),
    ),
}


@pytest.mark.parametrize("language", COPIES)
def test_an_edited_copy_is_found(language: str):
    first, second, (begins, ends) = COPIES[language]
    a, b = Document("a", first), Document("b", second)
    (found,) = passages([a, b])
    assert found.kind == "edited"
    for document, span in ((a, found.a), (b, found.b)):
        said = document.text[span.start : span.end].rstrip(".。")
        assert begins in said
        assert said.endswith(ends) or said.rstrip(" القديمة").endswith(ends)
        assert len(said) < 0.75 * len(document.text)


def test_chinese_texts_of_one_subject_are_no_copies_of_one_another():
    texts = (
        "外交部发言人星期三表示，双方将继续就边界问题保持沟通，并欢迎国际社会发挥建设性作用。",
        "国防部星期四说，边界局势总体稳定，双方军队保持克制，有关问题应当通过对话解决。",
        "发言人在记者会上指出，国际社会应当尊重两国人民的选择，不应干涉内部事务。",
    )
    assert passages([Document(str(n), text) for n, text in enumerate(texts)]) == ()
