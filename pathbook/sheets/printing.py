"""A file of students' sheets, and the note that it was made: each student in it was printed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer


@dataclass(frozen=True, slots=True)
class Sheets:
    """A file, and the keys of the students in it."""

    file: bytes
    students: tuple[str, ...]


@transaction.atomic
def note(sheets: Sheets, *, by: Viewer, at: datetime) -> None:
    """One event a student in the file."""
    pks = Student.objects.filter(key__in=sheets.students).order_by("pk").values_list("pk", flat=True)
    record.changes(by=by, at=at, of=[record.Change(Verb.PRINTED, "student", pk, pk) for pk in pks])
