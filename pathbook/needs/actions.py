"""Putting a need aside and bringing it back; changing the rules. Each leaves its event."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.needs.need import Need
from pathbook.framework.needs.rules import Change
from pathbook.needs.models import Dismissal, NeedSettings
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer


@transaction.atomic
def dismiss(*, student: Student, need: Need, reason: str, until: date, by: Viewer, at: datetime, on: date) -> Dismissal:
    """Put this need aside until a day, or until its facts change. Asked twice, the later reason and day stand."""
    Dismissal.objects.in_force(on).filter(student=student, fingerprint=need.fingerprint).update(
        restored_by=by.name, restored_at=at
    )
    row = Dismissal.objects.create(
        student=student, code=need.code, criterion=need.criterion, fingerprint=need.fingerprint, reason=reason,
        said_on=on, until=until, recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
    said = {"code": need.code, "criterion": need.criterion, "until": until.isoformat()}
    record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "dismissal", row.pk, student.pk, {"after": said})])
    return row


@transaction.atomic
def restore(*, dismissal: Dismissal, by: Viewer, at: datetime) -> bool:
    """Bring the need back now; False when somebody has already."""
    done = Dismissal.objects.filter(pk=dismissal.pk, restored_at__isnull=True).update(
        restored_by=by.name, restored_at=at
    )
    if not done:
        return False
    said = {"code": dismissal.code, "criterion": dismissal.criterion, "until": dismissal.until.isoformat()}
    of = record.Change(Verb.UNDONE, "dismissal", dismissal.pk, dismissal.student_id, {"before": said})
    record.changes(by=by, at=at, of=[of])
    return True


@transaction.atomic
def change_rules(*, school: Institution, changes: Mapping[str, Change], by: Viewer, at: datetime) -> NeedSettings:
    """Set what the school changes of the rules; what is not named is as shipped."""
    before = NeedSettings.objects.filter(institution=school).first()
    said = {code: asdict(change) for code, change in sorted(changes.items())}
    row, _ = NeedSettings.objects.update_or_create(
        institution=school, defaults={"changed": said, "recorded_by": by.name, "recorded_at": at}
    )
    detail = {"before": before.changed if before else {}, "after": said}
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "needs rules", row.pk, None, detail)])
    return row
