"""Putting down whoever an activity's rule invites, and taking off whoever it no longer does. Who was there stays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

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
BY_RULE: Mapping[str, Any] = {"by_rule": True}  # in the audit, so that joining and leaving can be told from recording


@dataclass(frozen=True, slots=True)
class Invited:
    """How many students were put down, and taken off again. `full`: lists whose rule invites more than they have places."""

    added: int = 0
    off: int = 0
    full: int = 0


@transaction.atomic
def put_down(
    *, activity: Activity, by: Viewer, at: datetime, on: date, among: Iterable[Invitable] | None = None
) -> Invited:
    """As the roll stands today. Nobody of whom anything else is recorded for it is touched; it may be full (NoPlaceError)."""
    rule, year = rule_of(activity.rule), AcademicYear(activity.academic_year)
    if not (rule or activity.rule_filled_at) or activity.starts_on < on or year != AcademicYear.of(on):
        return Invited()
    roll = invitable(activity.institution, year=year, on=on, rules=[rule]) if among is None else among
    fits = {one.pk for one in invited_by(rule, roll)}
    off = _take_off(activity, fits, by, at)
    added = _put(activity, _wanted(activity, fits), by, at)
    Activity.objects.filter(pk=activity.pk, rule_filled_at=None).update(rule_filled_at=at)
    return Invited(added, off)


def _wanted(activity: Activity, fits: set[int]) -> list[int]:
    """Whom it invites and of whom nothing is recorded, past nobody's no."""
    known = set(Participation.objects.filter(activity=activity).values_list("student_id", flat=True))
    no = {student for (_, student), said in answers([activity]).items() if said == Consent.Answer.REFUSED}
    return sorted(fits - known - no)


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
    detail = {"before": None, "after": after, **BY_RULE}
    events = [record.Change(Verb.CREATED, "activity", activity.pk, pk, detail) for pk in students]
    record.changes(by=by, at=at, of=events)
    return len(rows)


def _take_off(activity: Activity, fits: set[int], by: Viewer, at: datetime) -> int:
    """Only those a rule put down and nobody has recorded since."""
    rows = Participation.objects.filter(activity=activity, by_rule=True, status=Status.PLANNED)
    return take_off([row for row in rows.order_by("student_id") if row.student_id not in fits], by=by, at=at)


@transaction.atomic
def take_off(rows: list[Participation], *, by: Viewer, at: datetime) -> int:
    """Rows a rule put down, away again; how many."""
    Participation.objects.filter(pk__in=[row.pk for row in rows]).delete()
    record.changes(by=by, at=at, of=[_off(row) for row in rows])
    return len(rows)


def _off(row: Participation) -> record.Change:
    detail = {"before": {"status": row.status}, **BY_RULE}
    return record.Change(Verb.REMOVED, "activity", row.activity_id, row.student_id, detail)


@transaction.atomic
def keep_up(*, school: Institution, by: Viewer, at: datetime, on: date) -> Invited:
    """Every list to come that a rule has filled before, as the roll stands now.

    Done whenever the roll is brought in, and each day. A list too small for whoever joined loses who left and gains nobody.
    """
    year = AcademicYear.of(on)
    rows = Activity.objects.not_withdrawn().of_our_own().filter(institution=school, starts_on__gte=on)
    filled = list(rows.in_year(year.start).exclude(rule_filled_at=None).order_by("pk").select_related("institution"))
    rules = [rule_of(row.rule) for row in filled]
    roll = invitable(school, year=year, on=on, rules=rules) if filled else []
    done = [_kept_up(row, roll, by, at, on) for row in filled]
    return Invited(sum(one.added for one in done), sum(one.off for one in done), sum(one.full for one in done))


def _kept_up(row: Activity, roll: list[Invitable], by: Viewer, at: datetime, on: date) -> Invited:
    try:
        return put_down(activity=row, by=by, at=at, on=on, among=roll)
    except NoPlaceError:
        fits = {one.pk for one in invited_by(rule_of(row.rule), roll)}
        return Invited(0, _take_off(row, fits, by, at), 1)
