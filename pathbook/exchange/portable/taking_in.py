"""A file as it waits to be decided on: what it says, whose it is, and what it would add."""

from dataclasses import dataclass
from datetime import date

from pathbook.exchange.portable.matching import could_be, whose
from pathbook.exchange.portable.plan import Plan, plan_of
from pathbook.exchange.portable.reading import Carried, read_record
from pathbook.people.models import Institution, Student


@dataclass(frozen=True, slots=True)
class Weighed:
    """One record against this school. `student` is None when a person has to say; they choose among `candidates`."""

    record: Carried
    student: Student | None
    candidates: tuple[Student, ...]
    plan: Plan


def weigh(data: bytes, name: str, *, school: Institution, on: date, chosen: Student | None = None) -> Weighed:
    """Read it and hold it against what is here. Nothing is written."""
    record = read_record(data, name, school=school, on=on)
    said = record.said["student"]
    student = chosen or whose(said, school)
    plan = plan_of(record, student) if student else Plan()
    return Weighed(record, student, () if student else could_be(said, school), plan)
