"""A student's work placements as their record shows them: where each stands, and the way to it for those who may open it."""

from datetime import date

from pathbook.people import access
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer
from pathbook.records.queries.placements import forms_of, placements_of
from pathbook.reports.placements import Row, row_of

SHOWN = 3


def placements_in_record(student: Student, viewer: Viewer, *, on: date) -> tuple[Row, ...]:
    """The latest first, none called off; two queries, none for whoever may not see activities."""
    if not viewer.may(access.ACTIVITIES):
        return ()
    rows = list(placements_of(Student.objects.filter(pk=student.pk)).standing())[-SHOWN:]
    forms = forms_of(rows) if rows else {}
    return tuple(row_of(one, forms.get(one.pk, {}), "", on=on) for one in reversed(rows))
