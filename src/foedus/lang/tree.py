"""What a page says, item by item, before any name is resolved.

Every node keeps its place. Names are as written: resolution (variables against constants,
predicates, sorts) is the next stage's work. Comments live in the outline, not here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from foedus.diagnostics.span import NOWHERE, Place
from foedus.ir.norm import Credit as Credit
from foedus.lang.formula_tree import (
    AndF as AndF,
)
from foedus.lang.formula_tree import (
    Arg as Arg,
)
from foedus.lang.formula_tree import (
    AtomF as AtomF,
)
from foedus.lang.formula_tree import (
    BeforeF as BeforeF,
)
from foedus.lang.formula_tree import (
    ByF as ByF,
)
from foedus.lang.formula_tree import (
    Formula as Formula,
)
from foedus.lang.formula_tree import (
    Holder as Holder,
)
from foedus.lang.formula_tree import (
    IsF as IsF,
)
from foedus.lang.formula_tree import (
    LitF as LitF,
)
from foedus.lang.formula_tree import (
    Name as Name,
)
from foedus.lang.formula_tree import (
    NoF as NoF,
)
from foedus.lang.formula_tree import (
    NotF as NotF,
)
from foedus.lang.formula_tree import (
    OneOf as OneOf,
)
from foedus.lang.formula_tree import (
    OrF as OrF,
)
from foedus.lang.formula_tree import (
    QuantF as QuantF,
)
from foedus.lang.formula_tree import (
    ReadingF as ReadingF,
)
from foedus.lang.formula_tree import (
    SpeechF as SpeechF,
)
from foedus.lang.formula_tree import (
    Term as Term,
)
from foedus.lang.formula_tree import (
    UnreadF as UnreadF,
)
from foedus.lang.procedure_tree import ProcedureItem
from foedus.lang.rule_tree import ApartLine as ApartLine
from foedus.lang.rule_tree import RuleItem as RuleItem
from foedus.lang.rule_tree import RuleVersion as RuleVersion
from foedus.lang.rule_tree import WayLine as WayLine
from foedus.lang.rule_tree import WeightingItem as WeightingItem
from foedus.lang.rule_tree import WeightLine as WeightLine
from foedus.terms.time import EDate

# ---- declarations ----


@dataclass(frozen=True, slots=True)
class TextItem:
    id: Name
    start: EDate
    until: EDate | None = None
    read: str = ""
    unconfirmed: bool = False
    place: Place = field(default=NOWHERE, compare=False)
    secret_until: EDate | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Words about an instrument, with their source: how long it lasts, how one leaves it."""

    words: str
    source: Name | None = None
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class InstrumentItem:
    id: Name
    title: str
    signed: EDate | None = None
    in_force: EDate | None = None
    in_force_unconfirmed: bool = False
    ended: EDate | None = None
    political: bool = False
    texts: tuple[TextItem, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    place: Place = field(default=NOWHERE, compare=False)
    signed_unconfirmed: bool = False
    ended_unconfirmed: bool = False
    duration: Remark | None = None
    exit: Remark | None = None
    encoded: tuple[Credit, ...] = ()
    reviewed: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One line of `parties`: states, a role, and one or more spans (start, until)."""

    states: tuple[Name, ...]
    role: str
    spans: tuple[tuple[EDate, EDate | None], ...]
    unconfirmed: bool = False
    source: Name | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PartiesItem:
    lines: tuple[PartyLine, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ActorItem:
    """`organ CSC "…"`, `state ARV "…"`, `group …`: one item per code."""

    sort: Literal["Organ", "State", "Group"]
    code: Name
    title: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ValuesItem:
    sort: Name
    names: tuple[Name, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PredicateItem:
    kind: Literal["incident", "act", "role", "status", "judgement"]
    name: Name
    roles: tuple[tuple[Name, Name], ...]  # (role, sort)
    gloss: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class TermItem:
    """`versions` pairs a text (None: all) with its formula."""

    name: Name
    vars: tuple[Name, ...]
    gloss: str
    versions: tuple[tuple[Name | None, Formula], ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class QuestionItem:
    name: Name
    title: str
    answers: tuple[tuple[Name, tuple[Holder, ...]], ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Who:
    """`each other party d`, `each state s`, codes, or one name."""

    each: str = ""  # "" | party | state | a role of parties
    other: bool = False
    var: Name | None = None
    names: tuple[Name, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Clause:
    """One line of a norm. `text` is the text it belongs to, `bearer` the reservation's state.

    keyword: when, unless, until (formula) · performed, breached (atom) · class (words) · lifts,
    lifted (names) · immediately, within (number), together.
    """

    keyword: str
    text: Name | None = None
    bearer: Name | None = None
    formula: Formula | None = None
    words: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    number: int = 0
    note: str = ""
    place: Place = field(default=NOWHERE, compare=False)
    question: Name | None = None  # `class by question:`
    cases: tuple[tuple[Name, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class NormItem:
    kind: Literal["duty", "right", "power", "prohibition", "plan"]
    name: Name
    title: str
    bearer: Who | None
    beneficiary: Name | None
    against: Name | None
    clauses: tuple[Clause, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class DeemsItem:
    text: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NotEncodedItem:
    text: str
    effect: Literal["may defeat", "may create", "detail"]
    norms: tuple[Name, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PrecedenceItem:
    prevails: bool  # False: "this yields to"
    other: Name
    place: Place = field(default=NOWHERE, compare=False)


# ---- records ----


@dataclass(frozen=True, slots=True)
class DossierItem:
    id: Name
    title: str
    period: EDate | None = None
    on: EDate | None = None
    concerning: tuple[Name, ...] = ()
    assess: tuple[Name, ...] = ()
    disputants: tuple[Name, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SourceItem:
    id: Name
    title: str
    by: Name | None = None
    publisher: str = ""
    date: EDate | None = None
    url: str = ""
    via: tuple[str, ...] = ()
    derives: tuple[tuple[Name, str], ...] = ()
    channel: str = ""
    read: str = ""
    unresolved: bool = False
    unconfirmed: bool = False
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SpeakerItem:
    id: Name
    title: str
    speaks_for: Name | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SomeoneItem:
    id: Name
    title: str
    may_be: tuple[Name, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """`where` is what stands beside the source's id in its brackets (`¶3`)."""

    verb: Literal["asserts", "denies", "disputes", "reports"]
    by: Name | None
    source: Name | None
    where: str = ""
    on: EDate | None = None
    quote: str = ""
    of: Name | None = None
    authentic: bool = False
    against_interest: str = ""
    unconfirmed: bool = False
    place: Place = field(default=NOWHERE, compare=False)
    finds: bool = False  # `finds`: asserts, as the one who is to find it


@dataclass(frozen=True, slots=True)
class FactItem:
    id: Name | None
    atom: AtomF
    on: EDate | None = None
    title: str = ""
    standing: str = ""  # trials only
    claims: tuple[ClaimLine, ...] = ()
    unconfirmed: bool = False
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class CompleteItem:
    atom: AtomF
    on: EDate | None
    by: Name  # encoder, or a source's id
    why: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PresumeItem:
    atom: AtomF
    why: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class GainsItem:
    who: Name
    fact: Name  # a fact's id or `*`
    gains: bool
    ground: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class HeldItem:
    question: Name
    answer: Name
    holder: Holder
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class TensionItem:
    first: Name
    second: Name
    why: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class QuantityLine:
    value: str  # decimal digits as written, without separators
    as_of: EDate
    source: Name
    by: Name | None = None
    at_least: bool = False
    withdrawn: str = ""
    note: str = ""
    unconfirmed: bool = False
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class QuantityItem:
    id: Name
    title: str
    unit: str
    lines: tuple[QuantityLine, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OutcomeItem:
    """What came of it: a word of `OUTCOMES`, with the norms that it answers (norm, to whom, by whom)."""

    word: str
    title: str
    on: EDate | None = None
    source: Name | None = None
    unconfirmed: bool = False
    under: tuple[tuple[Name, Name | None, Name | None], ...] = ()
    note: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class AsPartyItem:
    """Trials: `ARV, BOR as party [of cst]`; `role` for another role of parties (`as guarantor`)."""

    states: tuple[Name, ...]
    instrument: Name | None = None
    place: Place = field(default=NOWHERE, compare=False)
    role: Name | None = None


# ---- trials ----


@dataclass(frozen=True, slots=True)
class Expectation:
    """`verdict` in the words of semantics §4; `ids` after `because` or `depends on`."""

    verdict: str
    ids: tuple[Name, ...] = ()
    granting: bool = False
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class AskItem:
    norm: Name
    beneficiary: Name | None = None
    bearer: Name | None = None
    on: EDate | None = None
    text: Name | None = None
    suppose: tuple[tuple[Name, str], ...] = ()
    expects: tuple[Expectation, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


Item: TypeAlias = (
    InstrumentItem | PartiesItem | ActorItem | ValuesItem | PredicateItem | TermItem | QuestionItem | NormItem
    | DeemsItem | NotEncodedItem | PrecedenceItem | RuleItem | WeightingItem | ProcedureItem
    | DossierItem | SourceItem | SpeakerItem | SomeoneItem | FactItem | CompleteItem | PresumeItem | GainsItem
    | HeldItem | TensionItem | QuantityItem | AsPartyItem | OutcomeItem | AskItem
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trial:
    """One heading's record and questions."""

    heading: str
    records: tuple[Item, ...]
    asks: tuple[AskItem, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page: its declarations (`foedus` blocks), its records outside trials, its trials, and the
    questions (`ask` blocks) outside trials, which a dossier asks of itself."""

    path: str
    title: str
    items: tuple[Item, ...]
    records: tuple[Item, ...]
    trials: tuple[Trial, ...]
    text: str = field(default="", compare=False)
    asks: tuple[AskItem, ...] = ()
