"""The signed records of a whole year of leavers, in one zip: a file a student, named so that they can be told apart."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from pathbook.exchange.portable.writing import SUFFIX, portable_records
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.people.names import plain_name


def leavers(school: Institution, *, year_group: int, on: date) -> list[Student]:
    """Everybody whose latest main enrolment of this academic year or the last is in that year group, by name."""
    year = AcademicYear.of(on).start
    rows = Enrolment.objects.main().filter(institution=school, academic_year__in=(year - 1, year))
    latest = {row.student_id: row for row in rows.select_related("student").order_by("academic_year", "start_date")}
    found = [row.student for row in latest.values() if row.year_group == year_group]
    return sorted(found, key=lambda one: (plain_name(f"{one.surname} {one.forename}"), one.pk))


def bundle(students: Sequence[Student], school: Institution, *, folder: Path, at: datetime, numbers: bool) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for one, said in portable_records(students, school, folder=folder, at=at, numbers=numbers):
            pack.writestr(file_name(one), said)
    return out.getvalue()


def file_name(one: Student) -> str:
    """Letters and digits of the name, then the student's key: no two alike, and nothing a file system minds."""
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in plain_name(f"{one.surname} {one.forename}"))
    return f"{plain.strip('-') or 'student'}-{one.key}{SUFFIX}"
