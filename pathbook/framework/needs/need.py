"""A need: what a rule found, how urgent it is and why, and the fingerprint by which a dismissal knows it again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b
from typing import NamedTuple

from pathbook.framework.needs.programme import Step, Wanted
from pathbook.framework.needs.rules import Item, Rule, urgency
from pathbook.framework.years import AcademicYear


class Evidence(NamedTuple):
    """A record a need rests on."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says of a student. `about` tells two needs of one rule apart; `rests_on`: facts that are no record.

    `reason` is one sentence that reads well to the student and to staff alike.
    """

    reason: str
    due: date
    evidence: tuple[Evidence, ...] = ()
    criterion: str = ""
    about: str = ""
    rests_on: str = ""
    item: Item | None = None
    wants: Wanted | None = None
    step: str = ""
    booked: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a student needs next. `severity` 0 to 1; `how` says how it came about; `reads` who may be shown it.

    `wants`: what in the programme would meet it, a guidance meeting among them; None where nothing there would.
    """

    student_id: str
    code: str
    criterion: str
    reason: str
    evidence: tuple[Evidence, ...]
    due: date
    severity: float
    suggested: Step
    label: str
    plain: str
    how: str
    booked: bool
    reads: frozenset[str]
    fingerprint: str
    wants: Wanted | None

    @property
    def order(self) -> tuple[float, date, str, str, str]:
        """Most urgent first; the fingerprint makes it total."""
        return (-self.severity, self.due, self.code, self.criterion, self.fingerprint)


@dataclass(frozen=True, slots=True)
class StudentNeeds:
    """One student's needs, most urgent first."""

    student_id: str
    year_group: int
    tutor_group: str
    needs: tuple[Need, ...]

    def due_by(self, day: date) -> "StudentNeeds":
        return replace(self, needs=tuple(need for need in self.needs if need.due <= day))

    @property
    def order(self) -> tuple[float, date, int, str]:
        """Whose most urgent need is most urgent comes first; then who has more of them."""
        first = self.needs[0].order[:2] if self.needs else (1.0, date.max)
        return (*first, -len(self.needs), self.student_id)


def last_day_of_needs(year: AcademicYear) -> date:
    """What is due by then is this school year's. September's promise belongs to the year before it."""
    return year.last_day + timedelta(days=30)


def closeness(days: int) -> float:
    """1 on the day and after it; falls in a line to `at_horizon` a year ahead, and on as one over the days beyond."""
    asked = urgency()
    if days <= 0:
        return 1.0
    if days <= asked.horizon_days:
        return 1 - (1 - asked.at_horizon) * days / asked.horizon_days
    return asked.at_horizon * asked.horizon_days / days


def need_of(student_id: str, rule: Rule, found: Found, step: Step, as_of: date) -> Need:
    weight = rule.weight * (found.item.weight if found.item else 1)
    booked = found.booked or step.booked
    severity = weight * closeness((found.due - as_of).days) * (urgency().booked if booked else 1)
    evidence = tuple(sorted(found.evidence))
    item_reads = found.item.reads if found.item else frozenset()
    return Need(
        student_id, rule.code, found.criterion, found.reason, evidence, found.due, round(min(severity, 1), 3), step,
        found.item.label if found.item else rule.label, rule.plain, _how(weight, found.due, booked, as_of), booked,
        item_reads or rule.reads, fingerprint_of(rule.code, found, evidence), found.wants,
    )  # fmt: skip


def fingerprint_of(code: str, found: Found, evidence: Iterable[Evidence]) -> str:
    """Changes when the facts do: not with the day asked about, the weights, the wording or the step suggested."""
    said = [code, found.criterion, found.about, found.rests_on, found.due.isoformat()]
    said += [f"{one.kind}={one.id}" for one in evidence]
    return blake2b("\n".join(said).encode(), digest_size=8).hexdigest()


def _how(weight: float, due: date, booked: bool, as_of: date) -> str:
    days = (due - as_of).days
    when = (
        f"due in {days} day{'' if days == 1 else 's'}"
        if days > 0
        else f"overdue by {-days} days"
        if days
        else "due today"
    )
    return f"weight {weight:.2f}, {when}{', halved because something is booked' if booked else ''}"
