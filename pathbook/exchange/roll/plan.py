"""What an import would do, before it does it: for each row the same, new, changed or leaving, and every question."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pathbook.exchange.roll.entry import Entry
from pathbook.exchange.roll.known import Known, Values
from pathbook.exchange.roll.matching import Match
from pathbook.exchange.roll.problem import Problem

SAME, NEW, CHANGED, LEAVING = "same", "new", "changed", "leaving"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person importing has decided. `same_person` and `another_person` are lines of rows asked about."""

    on: date
    whole_roll: bool = False
    confirm_all: bool = False
    same_person: frozenset[int] = frozenset()
    another_person: frozenset[int] = frozenset()


@dataclass(slots=True)
class Step:
    """What happens to one student. `person` and `spell` are field -> new value; `spell_of` the enrolment changed."""

    kind: str
    entry: Entry | None
    known: Known | None
    person: Values = field(default_factory=dict)
    spell_of: Values | None = None
    spell: Values = field(default_factory=dict)
    new_spell: Values | None = None
    group: str = ""
    close: list[tuple[Values, date]] = field(default_factory=list)
    former_upns: list[str] = field(default_factory=list)
    former_names: list[tuple[str, str]] = field(default_factory=list)
    subjects_new: list[str] = field(default_factory=list)
    subjects_gone: list[str] = field(default_factory=list)
    said: list[tuple[str, str, str]] = field(default_factory=list)  # what, before, after: for people

    @property
    def is_change(self) -> bool:
        return bool(self.person or self.spell or self.new_spell or self.close or self.former_upns or self.former_names
                    or self.subjects_new or self.subjects_gone)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A row that may be a student already here, for a person to decide."""

    line: int
    row: Entry
    match: Match


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an import would do."""

    year: int
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]
    groups: dict[str, tuple[str, int]]  # key -> name and year group of each tutor group to be made

    def of_kind(self, kind: str) -> list[Step]:
        return [step for step in self.steps if step.kind == kind]

    def count(self, kind: str) -> int:
        return sum(step.kind == kind for step in self.steps)

    @property
    def left_out(self) -> int:
        """Rows with an error."""
        return len({problem.line for problem in self.errors() if problem.line})

    def errors(self) -> Iterable[Problem]:
        return (problem for problem in self.problems if problem.is_error)

    @property
    def fingerprint(self) -> str:
        """Changes when anything the person was shown would: what each row does, and whom it leaves."""
        told = [(s.kind, s.entry.line if s.entry else 0, s.known.pk if s.known else 0, s.said) for s in self.steps]
        return hashlib.sha256(repr((told, self.problems)).encode()).hexdigest()[:32]

    def as_json(self, *, applied: bool, import_id: str | None) -> dict[str, Any]:
        """Exactly the shape product.md promises."""
        counts = {kind: self.count(kind) for kind in (NEW, CHANGED, SAME, LEAVING)}
        return {"applied": applied, **counts, "problems": [p.as_json() for p in self.problems], "import_id": import_id}
