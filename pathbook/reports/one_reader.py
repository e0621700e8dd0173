"""One reader: whose records they opened and when, how soon after a new note, and which they never opened this year."""

from dataclasses import dataclass
from datetime import date

from pathbook.people.models import Account, Enrolment, Institution, Role
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.uptake.queries.reading import OpenedRecord, records_of


@dataclass(frozen=True, slots=True)
class Whose:
    """One student's record, as this reader opened it."""

    key: str
    name: str
    form: str
    record: OpenedRecord

    @property
    def is_unread(self) -> bool:
        return self.record.note is not None and self.record.days is None


@dataclass(frozen=True, slots=True)
class OneReader:
    """Notes to read first, then those never opened, then the rest by the day they were last opened."""

    name: str
    role: str
    rows: tuple[Whose, ...]

    @property
    def never(self) -> int:
        return sum(one.record.last is None for one in self.rows)

    @property
    def unread(self) -> int:
        return sum(one.is_unread for one in self.rows)


def one_reader(viewer: Viewer, school: Institution, account: Account, role: str, *, on: date) -> OneReader | None:
    """Of students the viewer sees. None where they hold no such role that day. Eight queries."""
    records = {one.student: one for one in records_of(account.pk, role, school, on=on)}
    if not records:
        return None
    here = Enrolment.objects.main().current(on).filter(institution=school, student__in=list(records))
    seen = here.filter(student__in=students_visible_to(viewer, on)).select_related("student", "tutor_group")
    rows = [_whose(one, records[one.student_id]) for one in seen]
    return OneReader(account.name, Role(role).label, tuple(sorted(rows, key=_first)))


def _whose(row: Enrolment, record: OpenedRecord) -> Whose:
    form = row.tutor_group.name if row.tutor_group else f"Year {row.year_group}"
    return Whose(row.student.key, row.student.name, form, record)


def _first(one: Whose) -> tuple[bool, date, str]:
    return not one.is_unread, one.record.last or date.min, one.name
