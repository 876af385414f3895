"""What may come next at the cursor: words of lines by where they may stand, and names by what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    InsertTextFormat,
    MarkupContent,
    MarkupKind,
    Position,
    Range,
    TextEdit,
)

from foedus.lang.lines import BELOW, STANDINGS, VERDICTS, Kind
from foedus.lang.tree import (
    Page,
    PredicateItem,
    TermItem,
)
from foedus.lang.words import BUILT_IN
from foedus.lsp.choices import Choices, Offer, fixed
from foedus.lsp.cursor import look
from foedus.lsp.naming import Known
from foedus.lsp.offers import (
    BEHIND,
    EFFECTS,
    FORMULAS,
    JOINS,
    LISTED,
    NOTED,
    NOTES,
    QUOTED,
    RULES,
    SAID,
    VERBS,
)
from foedus.lsp.telling import line_told
from foedus.lsp.text import Text

TRIGGERS = (".", "[", "(", '"')
_ACTORS = ("State", "Group", "Organ", "Actor")


def complete(
    text: Text, position: Position, page: Page, known: Known, snippets: bool = False
) -> list[CompletionItem]:
    """Everything that may come next. `page` is the page as far as it can be read."""
    here = look(text, position)
    if here is None:
        return []
    typed = here.typed.rpartition("\n")[2]
    number = position.line + 1
    start = text.position(number, text.column(position) - len(typed))
    behind = text.line(number)[text.column(position) - 1 :]
    edited = Range(start, position)
    offers = _Offers(here, text, number, page, known, snippets and not behind.startswith("("))
    once: dict[str, Offer] = {}
    for offer in offers.all():
        once.setdefault(offer.label, offer)
    return [_item(offer, edited) for offer in once.values()]


def _item(offer: Offer, edited: Range) -> CompletionItem:
    template = "$" in offer.insert
    return CompletionItem(
        label=offer.label,
        kind=offer.kind,
        detail=offer.detail or None,
        documentation=MarkupContent(MarkupKind.Markdown, offer.told) if offer.told else None,
        filter_text=f"{offer.label} {offer.also}" if offer.also else offer.label,
        sort_text=f"{offer.rank}{offer.label}",
        insert_text_format=InsertTextFormat.Snippet if template else InsertTextFormat.PlainText,
        text_edit=TextEdit(edited, offer.insert or offer.label),
    )


class _Offers(Choices):
    """What may come next, by what stands before the cursor."""

    # ---- what may come next ----

    def all(self) -> Iterator[Offer]:
        """Everything that may come next."""
        here, kind = self.here, self.here.kind
        if kind is None:
            yield from self.lines()
        elif here.inside == '"':
            if kind.key in QUOTED:
                yield from self.of(QUOTED[kind.key])
        elif here.inside == "[" and not here.word:
            if here.rest.rstrip().endswith("["):
                yield from self.sources()
        elif kind.rule == "text":
            if not here.rest.strip():
                yield from self.texts()
        elif here.inside:
            yield from self.arguments(kind)
        else:
            yield from self.names(kind)
            yield from self.keywords(kind)

    def lines(self) -> Iterator[Offer]:
        """The first words of the lines that may stand here, and the names with which one may begin."""
        for kind in BELOW.get(self.here.context, ()):
            if kind.words:
                follows = bool(kind.rule) and not kind.shows.startswith(f"{kind.words}(")
                yield Offer(
                    kind.words, CompletionItemKind.Keyword, kind.shows, line_told(kind),
                    insert=f"{kind.words} " if follows else kind.words, rank=1,
                )  # fmt: skip
            elif kind.key != "as_party" or self.here.trial:
                yield from self.of(BEHIND.get(kind.key, ()))

    def names(self, kind: Kind) -> Iterator[Offer]:
        """Names, by what stands before them."""
        here, last, two = self.here, self.here.last(), self.here.last(2)
        if not here.accepts & {"NAME", "CODE", "DOTTED", "ANY", "SORT"}:
            return
        note = next((n for n in (two, last) if (kind.key, n) in NOTED or n in NOTES), None)
        if last == "," and kind.rule in LISTED:
            note = next((t.text for t in reversed(here.tokens) if t.text in LISTED[kind.rule]), None)
        if last == "as":
            return
        if "SORT" in here.accepts:
            yield from self.sort_names()
            if last in ("some", "every", "no", "of") or two.split(" ")[0] in ("least", "than"):
                yield from fixed(
                    ["party", *(["member"] if kind.rule in RULES else []), *self.roles_of_parties()]
                )
                yield from self.individual_words()
        elif last == "by" and two[:1].isdigit():
            yield from self.weightings()
        elif last == "by" and kind.rule in (*FORMULAS, "class") and two != "held by" and not self.recorded:
            yield from self.questions()
        elif note is not None and here.accepts & {"NAME", "CODE", "DOTTED"}:
            yield from self.of(NOTED.get((kind.key, note), NOTES.get(note, ())))
        elif kind.rule in FORMULAS:
            yield from self.in_formula(kind)
        elif kind.rule == "class" and "," in (token.text for token in here.tokens):
            yield from self.of(("modifiers",))
        elif last in ("each", "other"):
            yield from fixed(["party", "state", *self.roles_of_parties()])
        elif last == "=":
            yield from fixed(["yes", "no"])
            yield from self.answers(quoted=True)
        elif kind.rule != "effect" or last not in ("detail", ""):
            yield from self.of(BEHIND.get(kind.key, ()))

    def in_formula(self, kind: Kind) -> Iterator[Offer]:
        """Where a unit of a formula begins, or one side of `is` and `before`."""
        here = self.here
        if here.last() in ("is", "before") or here.last(2) == "is not":
            yield from self.of(("variables", "actors", "values"))
        elif here.accepts & {"NAME", "DOTTED"}:
            yield from self.words()
            if not self.recorded and kind.rule not in ("atom", "act"):
                yield from self.of(("variables", "actors"))

    def keywords(self, kind: Kind) -> Iterator[Offer]:
        """The words of the grammar that may stand here, and the notes of the line."""
        accepts, lead = self.here.accepts, self.here.rest.strip()
        words = [SAID[name] for name in sorted(accepts) if name in SAID]
        if kind.rule == "verdict":
            words = [JOINS.get(lead, "because")] if lead in VERDICTS else []
        elif kind.rule == "class":
            words = [] if lead else ["by"]
        elif kind.rule == "effect" and (not lead or lead[-1] == '"' or lead.endswith("may")):
            yield from self.phrases(EFFECTS)
        if "VERB" in accepts:
            words += VERBS
        if "PREPOSITION" in accepts or "FLAG" in accepts:
            words += self.notes(kind)
        yield from (Offer(word, CompletionItemKind.Keyword, rank=7) for word in dict.fromkeys(words))

    def notes(self, kind: Kind) -> list[str]:
        """The notes that the line may carry and does not yet."""
        if self.here.last() == "owed":
            return ["to"]
        written = f" {self.here.rest} "
        notes = ["owed to" if note == "owed" else note for note in kind.allowed]
        words = [n for n in notes if n not in ("title", "ref", "standing") and f" {n} " not in written]
        if "owed to" in notes:
            words.remove("to") if "to" in words else None
        if "as party" in words:
            words += [f"as {role}" for role in self.roles_of_parties()]
        if "standing" in notes and self.here.trial:
            words += STANDINGS
        return words

    # ---- inside parentheses ----

    def arguments(self, kind: Kind) -> Iterator[Offer]:
        """What may fill a role; and the roles, where one may be named."""
        here = self.here
        if kind.rule in ("predicate", "term_head"):
            if "SORT" in here.accepts:
                yield from self.sort_names()
            return
        roles = self.roles_here()
        last = here.last()
        if here.inside == "(" and last in ("(", ","):
            yield from (
                Offer(f"{role}:", CompletionItemKind.Field, sort, insert=f"{role}: ", rank=3)
                for role, sort in roles.items()
                if f"{role}:" not in here.rest.rpartition("(")[2]
            )
        wanted = self.wanted(roles)
        if here.word == "party" and wanted == "Instrument":
            yield from self.sorts["instruments"]()
            return
        if wanted and (values := list(self.values(wanted))):
            yield from values
            return
        if self.recorded:
            yield from self.facts(rank=3 if wanted in _ACTORS else 2)
        else:
            yield from self.variables()
        if wanted in ("", "Thing", *_ACTORS):
            yield from (self.speakers if self.recorded else self.actors)()
        if wanted in ("", "Thing", "Content"):
            yield from self.values()
        yield Offer("_", CompletionItemKind.Value, rank=6)

    def roles_here(self) -> dict[str, str]:
        """The roles of the word whose parentheses are open, with the sort of each."""
        built_in = BUILT_IN.get(self.here.word)
        if built_in is not None:
            return {role.name: role.sort for role in built_in.roles}
        found = self.declared_word(self.here.word)
        match found.item if found is not None else None:
            case PredicateItem() as item:
                return {role.text: sort.text for role, sort in item.roles}
            case TermItem() as item:
                return {name.text: "" for name in item.vars}
            case _:
                return {}

    def wanted(self, roles: Mapping[str, str]) -> str:
        """The sort that is wanted at the cursor; empty if it is not known."""
        at, role, depth = 0, "", 0
        for n, token in reversed(list(enumerate(self.here.tokens))):
            depth += (token.kind == "close") - (token.kind == "open")
            if depth < 0 and token.text == "(":
                break
            if depth <= 0 and token.text == "," and not role:
                at += 1
            if token.text == ":" and not at and not role and n:
                role = self.here.tokens[n - 1].text
        names = list(roles)
        return roles.get(role) or (roles[names[at]] if not role and at < len(names) else "")
