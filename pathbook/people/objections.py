"""Objecting to sharing with the local authority: saying so, taking it back, and whose data may then be shared."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Objection, Role, Student
from pathbook.people.visibility import Viewer

About, Said = Objection.About, Objection.Said
OWN_AT = 16  # from this age the right is the student's alone


class NotTheirsError(Exception):
    """Somebody else may say this; the sentence says who."""


def may_share_with_authority(students: QuerySet[Student], *, about: str, on: date) -> QuerySet[Student]:
    """Those of them about whom this may be shared on that day: nobody who objects to it, or to everything."""
    return students.exclude(objects_to(about, on=on))


def objects_to(about: str, *, on: date, student: str = "pk") -> Exists:
    """Does the student, whose key stands in that column, object to this or to everything on that day?"""
    standing = Objection.objects.standing(on)
    return Exists(standing.filter(student=OuterRef(student), about__in=(about, About.EVERYTHING)))


def objections_of(student: Student) -> QuerySet[Objection]:
    """All there have been, those that stand first."""
    return Objection.objects.filter(student=student).order_by("withdrawn_on", "-said_on", "-pk")


def is_own_right(student: Student, *, on: date) -> bool:
    """Are they 16? Where no birth date is kept: have they finished Year 11?"""
    born = student.date_of_birth
    if born:
        return (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) >= OWN_AT
    year = Enrolment.objects.filter(student=student, start_date__lte=on).order_by("-academic_year").first()
    return year is not None and year.year_group + AcademicYear.of(on).start - year.academic_year > 11


def object_to_sharing(
    *, student: Student, about: str, said_by: str = "", by: Viewer, at: datetime, on: date
) -> Objection | None:
    """None when it stands already. A student and a parent say it for themselves, whatever `said_by`; staff say who did."""
    who = by.role if by.role in Said else said_by
    if who == Said.PARENT and is_own_right(student, on=on):
        raise NotTheirsError("From 16 it is the student who says this. Ask them.")
    try:
        with transaction.atomic():
            row = Objection.objects.create(
                student=student, about=about, said_by=who, said_on=on, recorded_by=by.name, recorded_at=at
            )
            _note(Verb.CREATED, row, by, at)
            return row
    except IntegrityError:
        return None


@transaction.atomic
def withdraw(*, objection: Objection, by: Viewer, at: datetime, on: date) -> bool:
    """False when it was withdrawn already. Until 16 each takes back what they said; from then on the student does."""
    own = is_own_right(objection.student, on=on)
    if by.role == Role.PARENT and (objection.said_by != Said.PARENT or own):
        raise NotTheirsError("The student said this, or is 16 now: it is theirs to take back.")
    if by.role == Role.STUDENT and objection.said_by != Said.STUDENT and not own:
        raise NotTheirsError("A parent or carer said this: until you are 16 it is theirs to take back.")
    done = Objection.objects.filter(pk=objection.pk, withdrawn_on=None).update(withdrawn_on=on, withdrawn_by=by.name)
    if done:
        _note(Verb.CHANGED, objection, by, at, withdrawn_on=on.isoformat())
    return bool(done)


def _note(verb: Verb, row: Objection, by: Viewer, at: datetime, **more: str) -> None:
    after = {"about": row.about, "said_by": row.said_by, **more}
    of = record.Change(verb, "objection", row.pk, row.student_id, {"after": after})
    record.changes(by=by, at=at, of=[of])
