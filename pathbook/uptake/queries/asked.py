"""Who is asked by a survey, and who of them has answered; never what."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q

from pathbook.people import access
from pathbook.people.models import Enrolment, Membership, Role, RoleHeld, Sen
from pathbook.uptake.bank import PARENTS, STAFF, STUDENTS
from pathbook.uptake.models import Survey, SurveyMark


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked: a student, or an account. `form` says where to find them; a parent's is their child's."""

    name: str
    student_id: int | None = None
    account_id: int | None = None
    key: str = ""
    form: str = ""
    year_group: int | None = None
    has_sen: bool | None = None
    has_premium: bool | None = None
    has_answered: bool = False


def asked_of(survey: Survey, *, on: date) -> tuple[Asked, ...]:
    """Everyone asked on that day, or on its last when it is over; two queries."""
    day = min(on, survey.closes_on)
    marks = SurveyMark.objects.filter(survey=survey)
    students, accounts = set(), set()
    for student, account in marks.values_list("student_id", "account_id"):
        students.add(student)
        accounts.add(account)
    return tuple(
        replace(one, has_answered=one.student_id in students if one.student_id else one.account_id in accounts)
        for one in _everyone(survey, day)
    )


def one_asked(survey: Survey, *, on: date, student: int | None = None, account: int | None = None) -> Asked | None:
    """That one person, if the survey asks them."""
    found = _everyone(survey, on, student=student, account=account)
    return next(iter(found), None)


def _everyone(survey: Survey, day: date, *, student: int | None = None, account: int | None = None) -> Iterable[Asked]:
    if survey.audience == STUDENTS:
        return _students(survey, day, student)
    if survey.audience == PARENTS:
        return _parents(survey, day, account)
    return _staff(survey, day, account) if survey.audience == STAFF else ()


def _students(survey: Survey, day: date, student: int | None) -> Iterable[Asked]:
    rows = Enrolment.objects.main().current(day).filter(_aimed(survey, day), institution=survey.institution_id)
    if student is not None:
        rows = rows.filter(student=student)
    for one in rows.select_related("student", "tutor_group").order_by("year_group", "tutor_group__name", "pk"):
        yield Asked(
            one.student.name, one.student_id, None, one.student.key, one.tutor_group.name if one.tutor_group else "",
            one.year_group, one.sen != Sen.NONE, one.pupil_premium,
        )  # fmt: skip


def _aimed(survey: Survey, day: date) -> Q:
    """Whom of the roll the survey is for."""
    if survey.group_id:
        members = Membership.objects.running(day).filter(group=survey.group_id, student=OuterRef("student"))
        return Q(Exists(members))
    if survey.tutor_group_id:
        return Q(tutor_group=survey.tutor_group_id)
    return Q(year_group=survey.year_group) if survey.year_group else Q()


def _parents(survey: Survey, day: date, account: int | None) -> Iterable[Asked]:
    """Each once, with their youngest child of those asked about."""
    children = Enrolment.objects.main().current(day).filter(_aimed(survey, day), institution=survey.institution_id)
    rolls = {one.student_id: one for one in children.select_related("tutor_group")}
    rows = RoleHeld.objects.held_on(day).filter(
        role=Role.PARENT, institution=survey.institution_id, student__in=children.values("student"), account__is_active=True
    )  # fmt: skip
    if account is not None:
        rows = rows.filter(account=account)
    found: dict[int, Asked] = {}
    for row in rows.select_related("account").order_by("account__name", "account"):
        child = rolls[row.student_id] if row.student_id else None
        if child is None or (row.account_id in found and (found[row.account_id].year_group or 0) <= child.year_group):
            continue
        form = child.tutor_group.name if child.tutor_group else ""
        found[row.account_id] = Asked(row.account.name, None, row.account_id, "", form, child.year_group)
    return found.values()


def _staff(survey: Survey, day: date, account: int | None) -> Iterable[Asked]:
    rows = RoleHeld.objects.held_on(day).filter(institution=survey.institution_id, account__is_active=True)
    if account is not None:
        rows = rows.filter(account=account)
    named = rows.exclude(role__in=access.FAMILY).order_by("account__name", "account")
    found = dict(named.values_list("account", "account__name"))
    return [Asked(name, None, pk) for pk, name in found.items()]
