"""How a reader knows states, organs and speakers where no assessment was made: by their names on the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.evidence.record import Record
from foedus.ir.norm import Program
from foedus.report.wording import enumerated
from foedus.terms.states import STATES, name_of, with_article
from foedus.words.speech import aloud


@dataclass(frozen=True)
class Called:
    """The names of one program, and of a record under it."""

    program: Program
    record: Record | None = None

    def brief(self, code: str) -> str:
        """For a narrow place: a state by its code, others by name."""
        actor = self.program.vocabulary.actors.get(code)
        is_state = code in STATES or (actor is not None and actor.sort == "State")
        return code if is_state else self._declared(code).removeprefix("the ") or aloud(name_of(code))

    def spoken(self, code: str) -> str:
        """Inside a sentence: `the Russian Federation`."""
        return self._declared(code) or aloud(with_article(code))

    def several(self, codes: Iterable[str]) -> str:
        """A list of them, briefly."""
        return enumerated([self.brief(code) for code in codes])

    def _declared(self, code: str) -> str:
        if self.record is not None and code in self.record.names:
            return self.record.names[code]
        for speakers in (self.record.speakers if self.record is not None else {}, self.program.speakers):
            if code in speakers:
                return speakers[code].name
        actor = self.program.vocabulary.actors.get(code)
        return actor.name if actor is not None and actor.name != code else ""
