"""Logging: an activity and who came, in one act that can be undone in one."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.actions import attendance, planning, programme
from pathbook.records.actions.attendance import Logged
from pathbook.records.actions.programme import Details
from pathbook.records.models import Activity


def log(
    *,
    details: Details,
    statuses: Mapping[int, str],
    token: str,
    school: Institution,
    by: Viewer,
    at: datetime,
    on: date,
    part: str = access.ACTIVITIES,
) -> tuple[Activity, Logged | None]:
    """Add the activity and record everyone. The same form sent twice makes one: then the second value is None."""
    try:
        with transaction.atomic():
            activity = programme.add(details=details, school=school, by=by, at=at, key=token)
            logged = attendance.record_attendance(
                activity=activity, statuses=statuses, by=by, at=at, visible_on=on,
                made=programme.making(activity, details), part=part,
            )  # fmt: skip
            return activity, logged
    except IntegrityError:
        return Activity.objects.get(key=token, institution=school), None


@transaction.atomic
def undo_log(
    *, activity: Activity, said_at: datetime, by: Viewer, at: datetime, on: date, part: str = access.ACTIVITIES
) -> int:
    """Take back one act of recording; if it also made the activity, that goes too, unless others took part since.

    Actions that act linked to it are served by nothing again.
    """
    undone = attendance.undo(activity=activity, said_at=said_at, by=by, at=at, visible_on=on, part=part)
    planning.unlink(activity=activity, said_at=said_at, by=by, at=at)
    if activity.recorded_at == said_at and not activity.participations.exists():
        programme.withdraw(activity=activity, by=by, at=at)
    return undone
