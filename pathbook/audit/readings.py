"""Who opened a student's record, and when: openings of the record as such, by somebody else than the student."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Max, QuerySet
from django.utils import timezone

from pathbook.audit.models import Event, Verb


def readings() -> QuerySet[Event]:
    """Every one; not prints, copies, or a note or an action opened by itself."""
    return Event.objects.filter(noun="student", verb=Verb.READ)


def last_opened(*, by: int | None, students: Collection[int]) -> dict[int, datetime]:
    """When this person last opened each student's record. One query."""
    rows = readings().filter(actor_id=by, student_id__in=students)
    return {one: at for one, at in rows.values_list("student_id").annotate(Max("at")) if one is not None}


def last_read(student: int, *, role: str, since: date | None) -> date | None:
    """The last day somebody in this role opened a record, if on `since` or after. One query, none without a day."""
    if since is None:
        return None
    rows = readings().filter(student_id=student, actor_role=role, at__date__gte=since)
    last = rows.order_by("-at").values_list("at", flat=True).first()
    return timezone.localdate(last) if last else None
