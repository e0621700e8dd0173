"""Calendars that follow an adviser's or a student's meetings, or the programme: an address made, and ended when it is no longer wanted."""

from datetime import datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Institution, Staff, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import CalendarFeed


def live_feed(
    school: Institution, *, adviser: Staff | None = None, student: Student | None = None
) -> CalendarFeed | None:
    """The one that is answered now; of neither an adviser nor a student, the programme's."""
    return CalendarFeed.objects.filter(institution=school, adviser=adviser, student=student, ended_at=None).first()


@transaction.atomic
def open_feed(
    *, school: Institution, by: Viewer, at: datetime, adviser: Staff | None = None, student: Student | None = None
) -> CalendarFeed:
    """One at a time for each, of neither the programme's: asked for again, it is the same. The audit is never told the address."""
    if known := live_feed(school, adviser=adviser, student=student):
        return known
    feed = CalendarFeed.objects.create(
        institution=school, adviser=adviser, student=student, recorded_by=by.name, recorded_at=at
    )
    of = record.Change(Verb.CREATED, "calendar_feed", feed.pk, student.pk if student else None)
    record.changes(by=by, at=at, of=[of])
    return feed


@transaction.atomic
def end_feed(*, feed: CalendarFeed, by: Viewer, at: datetime) -> None:
    """Whoever still has the address gets nothing from now on."""
    if CalendarFeed.objects.filter(pk=feed.pk, ended_at=None).update(ended_at=at):
        record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "calendar_feed", feed.pk, feed.student_id)])
