"""Classes: a teacher's students between dates. Who is taken out of one was in it until yesterday, and that stays known."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Group, Institution, Membership, SubjectStudied
from pathbook.people.visibility import Viewer


class SameNameError(Exception):
    """There is a class of that name already."""


def classes_on(school: Institution, *, on: date) -> QuerySet[Group]:
    """Those that run that day."""
    return Group.objects.running(on).filter(institution=school, kind=Group.Kind.CLASS)


@transaction.atomic
def make_class(
    *, school: Institution, name: str, subject: str, year_group: int, by: Viewer, at: datetime, on: date
) -> Group:
    """From today to the end of the academic year, of all in that year group who study the subject by the roll."""
    if classes_on(school, on=on).filter(name__iexact=name).exists():
        raise SameNameError("There is a class of that name already. Give this one another, or open that one below.")
    year = AcademicYear.of(on)
    taught = Group.objects.create(
        institution=school, kind=Group.Kind.CLASS, name=name, subject=subject, starts_on=on, ends_on=year.last_day
    )
    record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "class", taught.pk)])
    here = Enrolment.objects.current(on).filter(institution=school, year_group=year_group).values("student")
    studying = SubjectStudied.objects.filter(academic_year=year.start, subject__iexact=subject, student__in=here)
    _put_in(taught, studying.order_by("student").values_list("student", flat=True), by, at, on)
    return taught


@transaction.atomic
def set_members(
    *, taught: Group, of: Collection[int], inside: Collection[int], by: Viewer, at: datetime, on: date
) -> int:
    """Of these students those `inside` are in the class from today and the others are not; how many that changed."""
    now = Membership.objects.running(on).filter(group=taught, student__in=of)
    there = set(now.values_list("student", flat=True))
    gone = list(now.filter(student__in=there - set(inside)).order_by("pk"))
    _take_out(gone, by, at, on)
    come = sorted(set(inside) & set(of) - there)
    _put_in(taught, come, by, at, on)
    return len(gone) + len(come)


@transaction.atomic
def end_class(*, taught: Group, by: Viewer, at: datetime, on: date) -> None:
    """It was there until yesterday: who teaches it reaches nobody through it any more."""
    _take_out(list(Membership.objects.running(on).filter(group=taught).order_by("pk")), by, at, on)
    taught.ends_on = on - timedelta(days=1)
    taught.starts_on = min(taught.starts_on, taught.ends_on)
    taught.save(update_fields=["starts_on", "ends_on"])
    record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "class", taught.pk)])


def _put_in(taught: Group, students: Iterable[int], by: Viewer, at: datetime, on: date) -> None:
    rows = [Membership(group=taught, student_id=one, starts_on=on, ends_on=taught.ends_on) for one in students]
    made = Membership.objects.bulk_create(rows)
    _note(Verb.CREATED, made, by, at)


def _take_out(rows: list[Membership], by: Viewer, at: datetime, on: date) -> None:
    """One who came today was never in it."""
    _note(Verb.REMOVED, rows, by, at)
    known = Membership.objects.filter(pk__in=[one.pk for one in rows])
    known.filter(starts_on__gte=on).delete()
    known.update(ends_on=on - timedelta(days=1))


def _note(verb: Verb, rows: Iterable[Membership], by: Viewer, at: datetime) -> None:
    record.changes(by=by, at=at, of=[record.Change(verb, "membership", one.pk, one.student_id) for one in rows])
