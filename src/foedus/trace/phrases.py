"""Words by which one tells what is not the body of a document: a table, a row a phrase, in several languages.

`LINES` are lines that are nothing else, wherever they stand; they are compared in small letters and without the
signs around them. `TAIL` are beginnings of lines that count only at the end or the beginning of a text, where no
line of the body stands between: a body may speak of comments, cookies and copies as it likes. In `TAIL` a row is
a pattern that the line begins with, and words of which it has to hold enough.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from foedus.trace.document import MarkKind
from foedus.words.speech import Phrase, phrase

COMMENTS: Final = phrase("a comment form")
SHARING: Final = phrase("buttons to share the text")
SUBSCRIBING: Final = phrase("an offer to subscribe")
FEEDBACK: Final = phrase("a request for feedback")
RIGHTS: Final = phrase("a notice of rights")
COOKIES: Final = phrase("a notice about cookies")
NAVIGATION: Final = phrase("navigation")
FURTHER: Final = phrase("a list of further articles")
ADVERTISING: Final = phrase("advertising")
BYLINE: Final = phrase("a line that names the author")
DATELINE: Final = phrase("a line that names place and agency")
ORIGIN: Final = phrase("a line that names the source")
DECK: Final = phrase("a sentence of the body, repeated above it")
HEADLINE: Final = phrase("a headline")
HEAD_LINES: Final = phrase("lines that say what the document is")
REPEATED: Final = phrase("a line that many documents of this publisher have")

FORM_BEGINS: Final = frozenset((
    "leave a reply", "leave a comment", "leave a response", "post a comment", "add a comment", "add comment",
    "write a comment", "join the discussion", "join the conversation", "cancel reply", "leave a reply cancel reply",
    "добавить комментарий", "оставить комментарий", "оставьте комментарий", "написать комментарий",
    "отменить ответ", "добавить комментарий отменить ответ", "залишити відповідь", "додати коментар",
    "пікір қалдыру", "пікір жазу",
    "laisser un commentaire", "laisser une réponse", "ajouter un commentaire", "laisser un commentaire annuler la réponse",
    "deja un comentario", "deja una respuesta", "dejar un comentario", "añadir comentario",
    "deja un comentario cancelar respuesta", "kommentar hinterlassen", "schreibe einen kommentar",
    "kommentar schreiben", "schreiben sie einen kommentar", "deixe um comentário", "deixe uma resposta",
    "lascia un commento", "bir yorum yazın", "bir cevap yazın", "اترك تعليقا", "اترك تعليقاً", "أضف تعليقا", "أضف تعليقاً", "اترك ردا",
    "اترك رداً", "发表评论", "发表回复", "我要评论", "发表評論", "發表評論", "留言", "コメントを残す",
))  # fmt: skip
"""A line with which a form for comments begins: nothing after it is the author's."""

LINES: Final[tuple[tuple[Phrase, MarkKind, tuple[str, ...]], ...]] = (
    (COMMENTS, "boilerplate", (
        "post comment", "submit comment", "comments", "no comments", "no comments yet", "comments are closed",
        "show comments", "view comments", "load comments", "read comments", "log in to reply", "sign in to comment",
        "отправить комментарий", "комментарии", "комментариев нет", "комментарии закрыты", "показать комментарии",
        "commentaires", "aucun commentaire", "comentarios", "sin comentarios", "kommentare", "keine kommentare",
        "التعليقات", "لا توجد تعليقات", "评论", "暂无评论",
    )),
    (SHARING, "footer", (
        "share", "share this", "share this article", "share this story", "share this page", "share on facebook",
        "share on twitter", "share on x", "share on whatsapp", "share via email", "tweet", "facebook", "twitter",
        "whatsapp", "telegram", "linkedin", "pinterest", "email this article", "print this article", "print", "copy link",
        "follow us", "follow us on facebook", "follow us on twitter", "follow us on social media", "like this",
        "поделиться", "поделиться в соцсетях", "поделитесь статьей", "вконтакте", "одноклассники", "скопировать ссылку",
        "распечатать", "версия для печати", "подписывайтесь на нас", "бөлісу", "поділитися",
        "partager", "partager cet article", "imprimer", "compartir", "compartir en facebook", "comparte esta noticia",
        "imprimir", "teilen", "artikel teilen", "drucken", "auf facebook teilen", "شارك", "مشاركة", "شارك الخبر",
        "شارك هذا الموضوع", "طباعة", "分享", "分享到", "打印", "分享让更多人看到",
    )),
    (SUBSCRIBING, "footer", (
        "subscribe", "subscribe now", "subscribe to our newsletter", "sign up", "sign up for our newsletter", "sign in",
        "log in", "register", "newsletter", "become a member", "start your free trial", "download our app",
        "подписаться", "подпишитесь на рассылку", "подписаться на рассылку", "войти", "регистрация",
        "s'abonner", "s'inscrire", "abonnez-vous", "se connecter", "suscríbete", "suscribirse", "iniciar sesión",
        "abonnieren", "jetzt abonnieren", "newsletter abonnieren", "anmelden", "اشترك", "اشترك الآن",
        "اشترك في النشرة البريدية", "تسجيل الدخول", "订阅", "登录", "注册",
    )),
    (NAVIGATION, "boilerplate", (
        "home", "menu", "skip to content", "skip to main content", "skip to navigation", "search", "back to top",
        "previous", "next", "previous article", "next article", "previous post", "next post", "contact us", "about us",
        "privacy policy", "terms of use", "terms of service", "terms and conditions", "cookie policy", "sitemap",
        "toggle navigation", "close", "show more", "load more", "loading", "click here", "continue reading",
        "главная", "меню", "перейти к содержанию", "перейти к основному содержанию", "поиск", "наверх", "контакты",
        "о нас", "о проекте", "обратная связь", "политика конфиденциальности", "пользовательское соглашение",
        "предыдущая запись", "следующая запись", "басты бет", "іздеу", "accueil", "rechercher", "aller au contenu",
        "mentions légales", "nous contacter", "politique de confidentialité", "inicio", "buscar", "ir al contenido",
        "contacto", "aviso legal", "política de privacidad", "startseite", "suche", "zum inhalt springen", "kontakt",
        "impressum", "datenschutz", "datenschutzerklärung", "الرئيسية", "بحث", "اتصل بنا", "من نحن", "سياسة الخصوصية",
        "首页", "搜索", "联系我们", "关于我们", "返回顶部", "上一篇", "下一篇",
    )),
    (FURTHER, "footer", (
        "read more", "read also", "related", "related articles", "related posts", "related stories", "related news",
        "related topics", "related content", "more stories", "most read", "most popular", "latest news", "trending",
        "trending now", "you may also like", "you might also like", "recommended for you", "more from this author",
        "more on this topic", "top stories", "editor's picks", "see also", "tags",
        "читайте также", "читать далее", "читать также", "по теме", "материалы по теме", "похожие статьи",
        "похожие новости", "самое читаемое", "последние новости", "другие новости", "новости по теме", "теги",
        "тағы оқыңыз", "à lire aussi", "lire aussi", "articles similaires", "sur le même sujet", "les plus lus",
        "lee también", "leer más", "artículos relacionados", "noticias relacionadas", "lo más leído",
        "lesen sie auch", "mehr zum thema", "weitere artikel", "ähnliche artikel", "meistgelesen",
        "اقرأ أيضا", "اقرأ أيضاً", "اقرأ المزيد", "مواضيع ذات صلة", "أخبار ذات صلة", "الأكثر قراءة", "相关阅读", "相关新闻", "延伸阅读",
        "推荐阅读", "更多阅读", "热门文章", "标签",
    )),
    (ADVERTISING, "boilerplate", (
        "advertisement", "advertisements", "advertising", "sponsored", "sponsored content", "promoted",
        "story continues below advertisement", "article continues below advertisement", "scroll to continue",
        "реклама", "на правах рекламы", "жарнама", "publicité", "publicidad", "anzeige", "werbung", "إعلان", "广告",
    )),
    (RIGHTS, "footer", (
        "all rights reserved", "все права защищены", "барлық құқықтар қорғалған", "tous droits réservés",
        "todos los derechos reservados", "alle rechte vorbehalten", "جميع الحقوق محفوظة", "版权所有", "保留所有权利",
    )),
)  # fmt: skip
"""Lines that are nothing else."""


class Tail(NamedTuple):
    """A line that begins with `opens` (a pattern), and holds at least `least` of the `cues` (`|` between)."""

    why: Phrase
    kind: MarkKind
    opens: str
    cues: str = ""
    least: int = 1


_READERS = "friend|network|colleague|famil|click|facebook|twitter|telegram|whatsapp|social media|this (?:article|story|news|page)"

TAIL: Final = (
    # English
    Tail(COMMENTS, "boilerplate", r"your e-?mail address will not be"),
    Tail(COMMENTS, "boilerplate", r"required fields are marked|save my name,? e-?mail"),
    Tail(COMMENTS, "boilerplate", r"(?:you must be |please )?(?:log(?:ged)? in|sign(?:ed)? in|register)\b", "comment|reply"),
    Tail(COMMENTS, "boilerplate", r"(?:name|e-?mail|website|comment)\s*\*"),
    Tail(COMMENTS, "boilerplate", r"(?:\d+|no|one|leave|view all) (?:comments?|thoughts?|responses?|repl(?:y|ies)) (?:on|to)\b"),
    Tail(SHARING, "footer", r"(?:please |quickly |easily )?(?:share|tweet|forward|send|e-?mail) (?:this|the|it|with|your)\b", _READERS),
    Tail(SHARING, "footer", r"(?:like|follow|find|join) us (?:on|at)\b"),
    Tail(FEEDBACK, "footer", r"(?:please )?(?:share|send|give|tell) (?:us )?(?:your|any|what)\b.*(?:experience|suggest|feedback|opinion|thought|think)",
         "issue|listen|improve|hear|better|us"),
    Tail(FEEDBACK, "footer", r"(?:we )?thank(?:s| you) (?:very much )?for (?:sharing|your feedback|subscrib|signing up|visiting|registering)"),
    Tail(FEEDBACK, "footer", r"(?:we(?:'d)? (?:love|want|value|appreciate|welcome)(?: to hear)?|did you (?:like|find)|was this (?:article|page|story)|how (?:would|do) you rate|have a story|got a tip)\b",
         "feedback|opinion|helpful|useful|article|hear from you|tip|tell us"),
    Tail(SUBSCRIBING, "footer", r"(?:to )?(?:subscribe|sign up|register|join|become|try|start|support|as a (?:subscriber|member)|already a|don't miss|never miss|stay)\b",
         "newsletter|inbox|subscri|free trial|unlimited|exclusive|daily|gift|e-?mail|updates|our (?:journalism|app|channel)|member|informed", 2),
    Tail(SUBSCRIBING, "footer", r"(?:get|enjoy|unlock|access|receive|download)\b",
         "experience|unlimited|faster|exclusive|seamless|updated|subscri|newsletter|inbox|app\\b|ad-free|premium|features|stories|delivered", 2),
    Tail(SUBSCRIBING, "footer", r"this (?:article|content|story) is (?:for|only available to|available (?:only )?to) (?:subscribers|members)"),
    Tail(RIGHTS, "footer", r"(?:copyright|©|\(c\)|℗)\s*(?:©|\(c\))?\s*(?:by\s+)?(?:[12]\d{3}|\w.{0,80}(?:[12]\d{3}|rights reserved))"),
    Tail(RIGHTS, "footer", r"(?:[12]\d{3}\s*)?©"),
    Tail(RIGHTS, "footer", r".{0,100}\ball rights reserved\b.{0,60}$"),
    Tail(RIGHTS, "footer", r"(?:no part of this|this (?:article|material|story|content) may not be|reproduction in whole|republish|reprinted with)\b",
         "reproduc|publish|broadcast|permission|prohibited|distribut"),
    Tail(COOKIES, "boilerplate", r"(?:we (?:and our partners )?use|(?:this|our) (?:web)?site uses|by (?:using|continuing|clicking|browsing)|to (?:give|provide|improve)|manage|accept|(?:accept|reject) all)\b.*cookies?", ""),
    Tail(FURTHER, "footer", r"(?:read (?:more|also|next)|see also|also read|related|more (?:on|about|from)|filed under|tags|topics|categories)\s*[:：]"),
    Tail(FURTHER, "footer", r"click here (?:to|for)\b"),
    Tail(FURTHER, "footer", r"(?:this (?:article|story|post|piece|commentary)|the (?:article|post|piece)) (?:was )?(?:first |originally )?(?:appeared|published|posted)\b", "on|in|at"),
    Tail(FURTHER, "footer", r"(?:the )?(?:views|opinions)(?: and (?:views|opinions))? expressed\b", "author|writer|own|reflect|represent"),
    # Russian, Ukrainian, Kazakh
    Tail(COMMENTS, "boilerplate", r"ваш (?:адрес )?e-?mail (?:адрес )?не будет|ваш адрес email не|обязательные поля помечены|ваша e-mail адреса не"),
    Tail(COMMENTS, "boilerplate", r"(?:чтобы|для того чтобы).*(?:коммент)", "войти|войдите|авториз|зарегистр"),
    Tail(SHARING, "footer", r"(?:поделитесь|поделиться|делитесь|расскажите)\b", "друз|соцсет|стать|новост|facebook|telegram|вконтакте|ссылк"),
    Tail(SUBSCRIBING, "footer", r"(?:подпишитесь|подписывайтесь|подписаться|присоединяйтесь|следите за)\b", "канал|рассылк|нас|наш|новост|telegram|группе"),
    Tail(SUBSCRIBING, "footer", r"жазылыңыз|біздің .*жазылыңыз"),
    Tail(FEEDBACK, "footer", r"(?:спасибо за (?:ваш отзыв|отзыв|оценку)|нашли ошибку|если вы (?:нашли|заметили) (?:ошибку|опечатку)|заметили ошибку|вам понравилась)"),
    Tail(RIGHTS, "footer", r".{0,100}\bвсе права (?:защищены|сохранены|на материалы)"),
    Tail(RIGHTS, "footer", r"(?:при (?:использовании|перепечатке|цитировании|полном или частичном)|перепечатка|использование материалов)\b", "ссылк|гиперссылк|разреш|запрещ"),
    Tail(COOKIES, "boilerplate", r"(?:мы используем|наш сайт использует|сайт использует|этот сайт использует|продолжая)\b", "cookie|куки"),
    Tail(FURTHER, "footer", r"(?:читайте (?:также|ещё|еще|далее)|подробнее|теги|рубрики?|ключевые слова)\s*[:：]"),
    Tail(FURTHER, "footer", r"(?:мнение (?:автора|редакции))\b.*(?:не совпада|не отража)"),
    # French
    Tail(COMMENTS, "boilerplate", r"votre adresse e?-?mail ne sera|votre adresse de messagerie ne sera|les champs obligatoires sont"),
    Tail(SHARING, "footer", r"(?:partagez|suivez-nous|rejoignez-nous)\b", "article|amis|facebook|twitter|réseaux|sur"),
    Tail(SUBSCRIBING, "footer", r"(?:abonnez-vous|inscrivez-vous|recevez|profitez)\b", "newsletter|lettre|gratuit|accès|illimité|e-?mail|actualité"),
    Tail(RIGHTS, "footer", r".{0,100}\btous droits réservés\b"),
    Tail(COOKIES, "boilerplate", r"(?:nous utilisons|ce site utilise|en poursuivant)\b", "cookies"),
    Tail(FEEDBACK, "footer", r"merci (?:pour|de) (?:votre (?:avis|retour|inscription)|vous être)"),
    Tail(FURTHER, "footer", r"(?:lire aussi|à lire aussi|voir aussi|mots-clés)\s*[:：]"),
    # Spanish, Portuguese, Italian
    Tail(COMMENTS, "boilerplate", r"tu (?:dirección de )?correo electrónico no será|los campos obligatorios están|o seu endereço de e-?mail não será|il tuo indirizzo email non sarà"),
    Tail(SHARING, "footer", r"(?:comparte|compartir|síguenos|siga-nos|compartilhe|condividi|seguici)\b", "noticia|artículo|facebook|twitter|redes|amigos|artigo|articolo|en|su"),
    Tail(SUBSCRIBING, "footer", r"(?:suscríbete|suscríbase|regístrate|recibe|assine|iscriviti)\b", "boletín|newsletter|gratis|acceso|correo|noticias"),
    Tail(RIGHTS, "footer", r".{0,100}\b(?:todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati)\b"),
    Tail(COOKIES, "boilerplate", r"(?:utilizamos|usamos|este sitio (?:web )?(?:utiliza|usa)|al continuar)\b", "cookies"),
    # German
    Tail(COMMENTS, "boilerplate", r"(?:ihre|deine) e-?mail-?adresse wird nicht|erforderliche felder sind"),
    Tail(SHARING, "footer", r"(?:teilen sie|teile|folgen sie uns|folge uns)\b", "artikel|freund|facebook|twitter|auf"),
    Tail(SUBSCRIBING, "footer", r"(?:abonnieren sie|jetzt abonnieren|melden sie sich|registrieren sie sich)\b", "newsletter|kostenlos|zugang|täglich"),
    Tail(RIGHTS, "footer", r".{0,100}\balle rechte vorbehalten\b"),
    Tail(COOKIES, "boilerplate", r"(?:wir verwenden|wir nutzen|diese (?:web)?seite (?:verwendet|nutzt))\b", "cookies"),
    # Arabic
    Tail(COMMENTS, "boilerplate", r"لن يتم نشر عنوان|الحقول الإلزامية"),
    Tail(SHARING, "footer", r"(?:شارك|تابعونا|تابعنا|انضموا)\b", "على|مع|فيسبوك|تويتر|أصدقا"),
    Tail(SUBSCRIBING, "footer", r"(?:اشترك|اشتركوا|سجل)\b", "نشر|بريد|قنا|مجان"),
    Tail(RIGHTS, "footer", r".{0,80}(?:جميع|كافة|كل) الحقوق محفوظة"),
    Tail(COOKIES, "boilerplate", r"(?:نستخدم|يستخدم هذا الموقع)\b", "ملفات تعريف|الكوكيز"),
    Tail(FURTHER, "footer", r"(?:اقرأ أيضا|اقرأ أيضاً|كلمات مفتاحية|وسوم)\s*[:：]"),
    # Chinese
    Tail(COMMENTS, "boilerplate", r"(?:您的)?(?:电子)?邮箱地址不会被|必填项已"),
    Tail(SHARING, "footer", r"(?:分享到|分享至|扫一扫|扫码|长按|关注我们|关注微信)"),
    Tail(SUBSCRIBING, "footer", r"(?:订阅|下载)(?:我们|本报|客户端|APP|app)"),
    Tail(RIGHTS, "footer", r".{0,60}(?:版权所有|保留所有权利|未经.{0,12}(?:授权|许可|允许))"),
    Tail(FURTHER, "footer", r"(?:相关阅读|相关新闻|延伸阅读|更多阅读|责任编辑|责编|编辑|关键词|标签)\s*[:：]"),
)  # fmt: skip
"""Lines that begin so are none of the body's, if they stand at the edge of a text."""

ORIGINS: Final = (
    "source", "sources", "source of the text", "origin", "источник", "источники", "первоисточник", "джерело",
    "дереккөз", "fuente", "fonte", "quelle", "quellen", "kaynak", "المصدر", "来源", "来源于", "稿件来源", "文章来源", "信息来源",
)  # fmt: skip
"""What stands before the name of the source."""

AUTHORS: Final = (
    "author", "authors", "by", "byline", "written by", "text by", "writer", "speaker", "автор", "авторы", "текст",
    "автор текста", "автор статьи", "автор материала", "беседовал", "беседовала", "auteur", "auteurs", "texte",
    "autor", "autora", "autores", "autorin", "texto", "text", "autore", "yazar", "بقلم", "الكاتب", "المؤلف", "كتب", "كتبت",
    "作者", "撰文", "文", "记者", "本报记者", "撰稿", "автори",
)  # fmt: skip
"""What stands before the name of the author, with a colon or a dash."""

BY: Final = ("by", "written by", "par", "propos recueillis par", "por", "von", "бy", "بقلم", "text:")
"""The same without a colon; only a name may follow."""

ROLE_OPENS: Final = (
    r"(?:the |this )?(?:writer|author)s?(?: of (?:this|the) (?:article|op-ed|commentary|piece|column|statement|letter))? (?:is|are|was|serves as|works as)(?: currently| also)?(?: an?| the)? ",
    r"автор(?:ы)?(?: (?:этой )?(?:статьи|материала|текста|письма|колонки))?\s*(?:—|–|-|является|являются|это)\s*",
    r"автор(?: (?:статті|тексту))?\s*(?:—|–|-|є)\s*",
    r"l['’]aut(?:eur|eure|rice)(?: de cet article)? est (?:une? |le |la |l['’])?",
    r"(?:el autor|la autora|o autor|a autora)(?: de este artículo| deste artigo)? (?:es|é) (?:una? |el |la |o |a )?",
    r"(?:der autor|die autorin|der verfasser|die verfasserin)(?: dieses (?:artikels|beitrags))? ist (?:eine?r? |der |die )?",
    r"l['’]autore è (?:una? |il |la |l['’])?",
    r"(?:كاتب المقال|كاتبة المقال|الكاتب|الكاتبة|المؤلف)\s*(?:هو|هي|:|،|-)?\s*",
    r"(?:本文)?作者(?:是|为|系|現任|现任|為)\s*",
)  # fmt: skip
"""How a line about its author begins, up to what he is."""

ROLES: Final = (
    "ambassador", "minister", "professor", "fellow", "journalist", "editor", "correspondent", "columnist", "analyst",
    "researcher", "director", "president", "head of", "member of", "lecturer", "lawyer", "student", "expert", "scholar",
    "chairman", "chairwoman", "chair of", "spokes", "consul", "envoy", "attaché", "historian", "economist", "adviser",
    "advisor", "founder", "general", "colonel", "secretary", "chief", "teacher", "reporter", "scientist", "commentator",
    "writer", "diplomat", "commissioner", "senator", "chargé", "governor", "intern", "scholar", "graduate", "candidate",
    "посол", "министр", "профессор", "журналист", "эксперт", "политолог", "историк", "доктор", "кандидат", "сотрудник",
    "директор", "депутат", "президент", "обозреватель", "корреспондент", "аналитик", "руководитель", "представитель",
    "заместитель", "глава", "член", "юрист", "советник", "писатель", "консул", "секретарь", "дипломат", "редактор",
    "міністр", "професор", "журналіст",
    "ambassad", "ministre", "professeur", "journaliste", "chercheu", "directeur", "directrice", "historien", "ancien",
    "député", "conseiller", "avocat", "secrétaire", "spécialiste",
    "embajador", "ministro", "profesor", "periodista", "investigador", "historiador", "abogad", "diputad", "diplomátic",
    "embaixador", "jornalista", "ambasciator", "giornalista",
    "botschafter", "journalist", "historiker", "direktor", "abgeordnete", "wissenschaftler", "politologe", "sprecher",
    "سفير", "وزير", "أستاذ", "صحفي", "صحافي", "باحث", "كاتب", "محلل", "خبير", "مدير", "رئيس", "نائب", "دبلوماسي", "محام",
    "大使", "部长", "教授", "记者", "研究员", "学者", "主任", "专家", "院长", "所长", "总统", "主席", "评论员", "外交官", "领事", "编辑", "博士",
)  # fmt: skip
"""What an author may be; without one of these, "The author is wrong" is a sentence of the body."""

ACCOUNTS: Final = (
    "admin",
    "administrator",
    "editor",
    "editors",
    "staff",
    "webmaster",
    "redaktion",
    "редакция",
    "редактор",
)
"""What systems name as the author of everything."""

PARTICLES: Final = frozenset((
    "de", "del", "della", "di", "da", "dos", "du", "des", "la", "le", "van", "von", "der", "den", "ter", "al", "el",
    "bin", "ibn", "ben", "and", "und", "et", "y", "e", "и", "та", "و", "of", "the", "in", "for",
))  # fmt: skip
"""Small words within a name."""

NO_NAMES: Final = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "article", "virtue",
    "dios", "ejemplo", "exemple", "anfang", "beginn", "contrast", "decree", "resolution", "email", "e-mail", "phone",
))  # fmt: skip
"""Words after "by" that begin no name."""
