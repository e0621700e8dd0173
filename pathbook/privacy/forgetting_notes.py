"""Working notes go sooner than the record: the note, drafts, and why a note was opened; what was shared stays."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer
from pathbook.privacy.erasing import apply_to
from pathbook.privacy.reach import rows_tied_to
from pathbook.privacy.register import register

NOTES = next(kind for kind in register() if kind.id == "private_note")


@transaction.atomic
def forget_notes(*, students: Iterable[Student], by: Viewer, at: datetime) -> int:
    """Of these students; returns how many."""
    found = list(students)
    for one in found:
        rows = rows_tied_to(one)
        for label in {field.rpartition(".")[0] for field in NOTES.fields}:
            ours = [field.rpartition(".")[2] for field in NOTES.fields if field.rpartition(".")[0] == label]
            apply_to(label, rows[label], (), only=ours)
    record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "working notes", one.pk, one.pk) for one in found])
    return len(found)
