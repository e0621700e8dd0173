"""Who opened a student's record, and when: openings of the record as such, by somebody else than the student."""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from pathbook.audit.models import Event, Verb


def readings() -> QuerySet[Event]:
    """Every one; not prints, copies, or a note or an action opened by itself."""
    return Event.objects.filter(noun="student", verb=Verb.READ)


def opened_by(actor: int | None) -> Subquery:
    """When this person last opened the record, as a column of rows that name a student."""
    rows = readings().filter(actor_id=actor, student_id=OuterRef("student")).order_by("-at")
    return Subquery(rows.values("at")[:1])


def last_read(student: int, *, role: str, since: date | None) -> date | None:
    """The last day somebody in this role opened a record, if on `since` or after. One query, none without a day."""
    if since is None:
        return None
    rows = readings().filter(student_id=student, actor_role=role, at__date__gte=since)
    last = rows.order_by("-at").values_list("at", flat=True).first()
    return timezone.localdate(last) if last else None
