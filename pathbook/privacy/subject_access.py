"""A student's own copy of what is held: one file to give, and a folder to look through first."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from pathbook.audit import record
from pathbook.framework.in_words import day_in_words
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer, command_line
from pathbook.privacy.bundle import Bundle, Rows, bundle_of
from pathbook.privacy.register import Kind, register
from pathbook.records.actions.note_openings import tell_authors_of_copy
from pathbook.sheets.students import student_records

READ_ME = """Everything Pathbook holds about one student, made on {on}.

Answer by {due} (one calendar month; school holidays do not stop the clock). A parent's request for the
educational record of a maintained school: 15 school days.

record.json      every field, by table, with what it is for, who sees it and how long it is kept
record.pdf       the same in short, to read; there is none for somebody no longer on the roll
review/          LOOK FIRST, do not send as it is
  private-notes.json   advisers' working notes and drafts: the student's data, and perhaps somebody else's too
  names.json           {held} text(s) that may name another student or a parent, held back from record.json
  family.json          parents and carers: other people's data
  record.pdf           is here instead when any text was held back

Names are found as they are spelt on the roll. A nickname, a wrong spelling, a first name with a small letter or
"her brother" is not found: read the words before you send them.
Of past imports and of decisions about places, the lines about this student are in record.json.
Not in here: passwords and other secrets, and backups.
"""


@transaction.atomic
def copy_for(student: Student, school: Institution, *, asked: date, by: Viewer, at: datetime) -> bytes:
    """The same file whoever makes it; it is noted, and each author of a working note that is in it is told."""
    said = subject_access(student, school, command_line(school), on=at.date(), asked=asked)
    record.copied(by=by, at=at, students=[student.pk])
    tell_authors_of_copy(student=student, by=by, at=at)
    return said


def subject_access(
    student: Student, school: Institution, viewer: Viewer, *, on: date, asked: date | None = None
) -> bytes:
    """A zip file. Whoever calls this notes that the copy was made. `asked`: the day they asked, if not today."""
    made, sheet = bundle_of(student, school), _sheet(student, school, viewer, on)
    held = sum(len(rows) for rows in made.names.values())
    files: dict[str, bytes] = {
        "READ ME FIRST.txt": READ_ME.format(
            on=day_in_words(on), due=day_in_words(due(asked or on)), held=held
        ).encode(),
        "record.json": _json({"register": [_told(kind) for kind in register()], "records": made.record}),
        **_to_look_at(made),
    }
    if sheet:
        files["review/record.pdf" if held else "record.pdf"] = sheet
    return _zip(files, on)


def due(on: date) -> date:
    """The same day of the next month, or that month's last."""
    first = (on.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(on.day, last.day))


def _sheet(student: Student, school: Institution, viewer: Viewer, on: date) -> bytes:
    """Empty for somebody the printed record no longer reaches."""
    sheets = student_records(Student.objects.filter(pk=student.pk), viewer, school, on=on)
    return sheets.file if sheets.students else b""


def _to_look_at(made: Bundle) -> dict[str, bytes]:
    sorts: dict[str, Rows] = {"private-notes": made.private_notes, "names": made.names, "family": made.family}
    return {f"review/{name}.json": _json(rows) for name, rows in sorts.items() if rows}


def _told(kind: Kind) -> dict[str, object]:
    return {
        "kind": kind.id, "holds": kind.holds, "purpose": kind.purpose, "basis": kind.basis, "special": kind.special,
        "seen_by": kind.seen_by, "kept": kind.kept, "fields": kind.fields,
    }  # fmt: skip


def _json(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()


def _zip(files: dict[str, bytes], on: date) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, said in files.items():
            pack.writestr(zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0)), said, zipfile.ZIP_DEFLATED)
    return made.getvalue()
