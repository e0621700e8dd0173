"""Putting down whoever an activity's rule invites, and taking off whoever it no longer does. Who was there stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.invited import rule_of
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.actions.attendance import NoPlaceError
from pathbook.records.models import Activity, Consent, Participation
from pathbook.records.queries.consents import answers
from pathbook.records.queries.invited import Invitable, invitable, invited_by
from pathbook.records.queries.places import places_left

Status = Participation.Status


@dataclass(frozen=True, slots=True)
class Invited:
    """How many students were put down, and taken off again."""

    added: int = 0
    off: int = 0


@transaction.atomic
def put_down(
    *, activity: Activity, by: Viewer, at: datetime, on: date, among: Iterable[Invitable] | None = None
) -> Invited:
    """As the roll stands today. Nobody of whom anything else is recorded for it is touched; it may be full (NoPlaceError)."""
    rule, year = rule_of(activity.rule), AcademicYear(activity.academic_year)
    if not rule or activity.starts_on < on or year != AcademicYear.of(on):
        return Invited()
    roll = invitable(activity.institution, year=year, on=on) if among is None else among
    fits = {one.pk for one in invited_by(rule, roll)}
    off = _take_off(activity, fits, by, at)
    known = set(Participation.objects.filter(activity=activity).values_list("student_id", flat=True))
    no = {student for (_, student), said in answers([activity]).items() if said == Consent.Answer.REFUSED}
    return Invited(_put(activity, sorted(fits - known - no), by, at), off)


def _put(activity: Activity, students: list[int], by: Viewer, at: datetime) -> int:
    """Whoever may set the rule may fill its list, whomever of them they may record for."""
    left = places_left([activity]).get(activity.pk, len(students))
    if left < len(students):
        raise NoPlaceError(
            f"{activity.title} has {left} place{'' if left == 1 else 's'} left, and its rule invites {len(students)} more "
            "students. Narrow the rule, give it more places, or choose students by name."
        )
    rows = [
        Participation(
            activity=activity, student_id=pk, status=Status.PLANNED, on=activity.starts_on, hours=0, by_rule=True,
            recorded_by=by.name, recorded_at=at,
        )
        for pk in students
    ]  # fmt: skip
    Participation.objects.bulk_create(rows)
    after = {"status": str(Status.PLANNED), "hours": "0", "on": str(activity.starts_on)}
    events = [
        record.Change(Verb.CREATED, "activity", activity.pk, pk, {"before": None, "after": after}) for pk in students
    ]
    record.changes(by=by, at=at, of=events)
    return len(rows)


def _take_off(activity: Activity, fits: set[int], by: Viewer, at: datetime) -> int:
    """Only those a rule put down and nobody has recorded since."""
    rows = Participation.objects.filter(activity=activity, by_rule=True, status=Status.PLANNED)
    gone = [row for row in rows.order_by("student_id") if row.student_id not in fits]
    Participation.objects.filter(pk__in=[row.pk for row in gone]).delete()
    events = [
        record.Change(Verb.REMOVED, "activity", activity.pk, row.student_id, {"before": {"status": row.status}})
        for row in gone
    ]
    record.changes(by=by, at=at, of=events)
    return len(gone)


def keep_up(*, school: Institution, by: Viewer, at: datetime, on: date) -> Invited:
    """Every list to come that a rule has filled before, as the roll stands now."""
    year = AcademicYear.of(on)
    rows = Activity.objects.not_withdrawn().of_our_own().filter(institution=school, starts_on__gte=on)
    filled = rows.in_year(year.start).filter(participations__by_rule=True, capacity=None).distinct().order_by("pk")
    roll = invitable(school, year=year, on=on)
    done = [put_down(activity=row, by=by, at=at, on=on, among=roll) for row in filled.select_related("institution")]
    return Invited(sum(one.added for one in done), sum(one.off for one in done))
