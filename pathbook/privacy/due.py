"""Who has been kept long enough: records some years after leaving, working notes some years after Year 13."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Exists, OuterRef, Q, QuerySet

from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution, Retention, Student
from pathbook.people.retention import retention_of
from pathbook.records.models import GuidanceMeeting, MeetingDraft

LAST_YEAR = 13


@dataclass(frozen=True, slots=True)
class Due:
    """One student: when they left, the year they left from, and the day from which they need be kept no longer."""

    student: Student
    left_on: date
    year_group: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Dues:
    """On one day. `records`: to be pseudonymised; `notes`: only their working notes are to go. Longest due first."""

    kept: Retention
    records: tuple[Due, ...]
    notes: tuple[Due, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same students: what was looked at is what is erased."""
        keys = [[one.student.key for one in dues] for dues in (self.records, self.notes)]
        return sha256(repr(keys).encode()).hexdigest()


def due_on(school: Institution, *, on: date) -> Dues:
    """Three queries. Whoever is on roll, or will be, is not due."""
    kept = retention_of(school)
    last = _last_enrolments(school, on)
    records = [due for one in last if (due := _record_due(one, kept)).due_on <= on]
    with_notes = set(_with_notes(school).values_list("pk", flat=True))
    going = {due.student.pk for due in records}
    left = [one for one in last if one.student_id in with_notes - going]
    notes = [due for one in left if (due := _notes_due(one, kept)).due_on <= on]
    return Dues(kept, _in_order(records), _in_order(notes))


def _in_order(found: Iterable[Due]) -> tuple[Due, ...]:
    return tuple(sorted(found, key=lambda due: (due.due_on, due.student.pk)))


def _last_enrolments(school: Institution, on: date) -> list[Enrolment]:
    """The last of each student who has left, was not erased, and does not come back."""
    running = Enrolment.objects.filter(student=OuterRef("student"), academic_year__gte=AcademicYear.of(on).start)
    here = running.filter(Q(end_date__isnull=True) | Q(end_date__gte=on))
    rows = Enrolment.objects.filter(institution=school, student__erasure=None).exclude(Exists(here))
    ordered = rows.select_related("student").order_by("student_id", "academic_year", "start_date", "pk")
    return list({one.student_id: one for one in ordered}.values())


def _with_notes(school: Institution) -> QuerySet[Student]:
    written = GuidanceMeeting.objects.filter(student=OuterRef("pk")).exclude(private_note="")
    drafts = MeetingDraft.objects.filter(meeting__student=OuterRef("pk"))
    return Student.objects.filter(Exists(written) | Exists(drafts), institution=school)


def _left_on(last: Enrolment) -> date:
    """The day they left, or the last of the year after which they did not come back."""
    return last.end_date or AcademicYear(last.academic_year).last_day


def _record_due(last: Enrolment, kept: Retention) -> Due:
    left = _left_on(last)
    return Due(last.student, left, last.year_group, _years_on(left, kept.after_leaving))


def _notes_due(last: Enrolment, kept: Retention) -> Due:
    """Year 13 ended, or would have ended, with the year in which they would have been in it."""
    end = AcademicYear(last.academic_year + max(0, LAST_YEAR - last.year_group)).last_day
    return Due(last.student, _left_on(last), last.year_group, _years_on(end, kept.notes_after_13))


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
