"""Plain functions that make one thing each, with everything unsaid filled in: make.student(year=10)."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count

from django.utils import timezone

from pathbook.people.models import (
    Account,
    Enrolment,
    Group,
    Guardian,
    GuardianLink,
    Institution,
    Membership,
    Place,
    Role,
    RoleHeld,
    Staff,
    Student,
    TutorGroup,
)
from pathbook.people.visibility import Viewer, viewer_of
from pathbook.records.models import (
    Action,
    Activity,
    CalendarFeed,
    Closure,
    GuidanceMeeting,
    GuidanceSlot,
    NoteOpening,
    Participation,
    Provider,
)


TODAY = date(2026, 2, 5)
NOW = datetime(2026, 2, 5, 10, 0, tzinfo=UTC)
YEAR = 2025
_next = count(1)


def school(name="Northbridge School", urn=None):
    known = Institution.objects.filter(name=name).first()
    return known or Institution.objects.create(name=name, urn=urn or 100000 + next(_next))


def tutor_group(name="10B", year=10, academic_year=YEAR, at=None):
    return TutorGroup.objects.get_or_create(
        institution=at or school(), academic_year=academic_year, name=name, defaults={"year_group": year}
    )[0]


def student(forename="Amara", surname="Ode", year=10, group=None, at=None, academic_year=YEAR, **said):
    """One student with a main enrolment in `academic_year`; `said` may name fields of either."""
    place = at or school()
    enrolment_fields = {f.name for f in Enrolment._meta.fields} - {"student", "institution"}
    enrolled = {k: v for k, v in said.items() if k in enrolment_fields}
    own = {k: v for k, v in said.items() if k not in enrolment_fields}
    someone = Student.objects.create(institution=place, legal_forename=forename, legal_surname=surname, **own)
    enrol(someone, year=year, group=group, academic_year=academic_year, **enrolled)
    return someone


def enrol(someone, year=10, group=None, academic_year=YEAR, **said):
    form = tutor_group(group, year, academic_year, someone.institution) if group else None
    said.setdefault("start_date", date(academic_year, 9, 1))
    return Enrolment.objects.create(
        student=someone, institution=someone.institution, academic_year=academic_year, year_group=year,
        tutor_group=form, **said,
    )  # fmt: skip


def students(how_many, year=11, group="11A", **said):
    return [student(f"Student{n}", f"Number{n:04}", year=year, group=group, **said) for n in range(how_many)]


def account(name="Sam Stranger", email=None):
    return Account.objects.create(name=name, email=email or f"person{next(_next)}@school.example")


def role(someone, held, place=Place.INSTITUTION, at=None, starts_on=date(2025, 9, 1), **said):
    return RoleHeld.objects.create(
        account=someone, role=held, place=place, institution=at or school(), starts_on=starts_on, **said
    )


def careers_leader(name="Priya Raman", at=None):
    someone = account(name)
    role(someone, Role.CAREERS_LEADER, at=at)
    return someone


def form_tutor(group, name="Tom Whitlock"):
    someone = account(name)
    role(someone, Role.FORM_TUTOR, Place.TUTOR_GROUP, at=group.institution, tutor_group=group)
    return someone


def governor(name="Grace Governor"):
    someone = account(name)
    role(someone, Role.GOVERNOR)
    return someone


def data_manager(name="Dee Data"):
    someone = account(name)
    role(someone, Role.DATA_MANAGER)
    return someone


def at(day, hour=10, minute=0):
    """A moment of the school's day."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def slot(of, starts_at, minutes=45, **said):
    return GuidanceSlot.objects.create(
        institution=of.institution, adviser=of, starts_at=starts_at, minutes=minutes, recorded_by="a test",
        recorded_at=NOW, **said,
    )  # fmt: skip


def closure(first_day, last_day=None, why="Half term"):
    return Closure.objects.create(
        institution=school(), first_day=first_day, last_day=last_day or first_day, why=why, recorded_by="a test",
        recorded_at=NOW,
    )  # fmt: skip


def calendar_feed(**of):
    return CalendarFeed.objects.create(institution=school(), recorded_by="a test", recorded_at=NOW, **of)
