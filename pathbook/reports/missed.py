"""Missed meetings that have neither a next slot nor a reason why none: past their school days, and still in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from pathbook.needs.of_school import rules_of
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.models import GuidanceMeeting
from pathbook.records.queries.slots import bookable_by, school_days

Status = GuidanceMeeting.Status


@dataclass(frozen=True, slots=True)
class Missed:
    """`days`: school days since; `by`: the last of those it may wait."""

    meeting: GuidanceMeeting
    group: str
    days: int
    by: date

    @property
    def said(self) -> str:
        return f"{self.days} school day{'' if self.days == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class MissedBoard:
    """`within`: school days a missed meeting may wait, as the school's rules for needs say."""

    late: tuple[Missed, ...]
    in_time: tuple[Missed, ...]
    within: int
    has_missed: bool  # any in the time looked back over, so that an empty board is a good one

    @property
    def both(self) -> tuple[tuple[Missed, ...], ...]:
        return self.late, self.in_time


def missed_board(viewer: Viewer, school: Institution, *, on: date) -> MissedBoard:
    """Five queries, whatever their number."""
    rule = next(rule for rule in rules_of(school) if rule.code == "guidance_missed")
    within, back = rule.settings["school_days"], rule.settings["within_days"]
    rows = missed_meetings(viewer, school, on=on).filter(planned_on__gte=on - timedelta(days=back))
    unanswered = list(
        rows.filter(~Exists(_later()), no_next="").select_related("student", "adviser").order_by("planned_on", "pk")
    )
    groups = _groups(school, unanswered, on)
    days = school_days(school)
    board = [
        Missed(row, groups[row.student_id], days.since(row.planned_on, on), days.after(row.planned_on, within))
        for row in unanswered
        if row.student_id in groups and row.planned_on
    ]
    late = tuple(one for one in board if one.days > within)
    in_time = tuple(one for one in board if one.days <= within)
    return MissedBoard(late, in_time, within, bool(board) or rows.exists())


def how_many_wait(viewer: Viewer, school: Institution, *, on: date, written: int | None = None) -> int:
    """How many lines the board has; one query beside the rules."""
    back = next(rule for rule in rules_of(school, written=written) if rule.code == "guidance_missed").settings[
        "within_days"
    ]
    here = Enrolment.objects.current(on).filter(institution=school, student=OuterRef("student"))
    rows = missed_meetings(viewer, school, on=on).filter(planned_on__gte=on - timedelta(days=back))
    return rows.filter(~Exists(_later()), Exists(here), no_next="").count()


def missed_meetings(viewer: Viewer, school: Institution, *, on: date) -> QuerySet[GuidanceMeeting]:
    """Of the students this viewer sees; an adviser's own, and everybody's for whoever writes the programme."""
    seen = students_visible_to(viewer, on, access.GUIDANCE)
    rows = GuidanceMeeting.objects.filter(status=Status.NOT_ATTENDED, institution=school, student__in=seen)
    if not viewer.may(access.PROGRAMME, access.WRITE):
        rows = rows.filter(adviser__in=bookable_by(viewer, school, on=on))
    return rows.defer("private_note", "summary")


def _later() -> QuerySet[GuidanceMeeting]:
    """Another of the student's after it that was not cancelled: if that was missed too, it stands there itself."""
    day = OuterRef("planned_on")
    after = Q(planned_on__gt=day) | Q(held_on__gt=day) | Q(planned_on=day, pk__gt=OuterRef("pk"))
    return GuidanceMeeting.objects.filter(after, student=OuterRef("student")).exclude(status=Status.CANCELLED)


def _groups(school: Institution, rows: Sequence[GuidanceMeeting], on: date) -> dict[int, str]:
    """Only those on the roll: who has left needs no other slot here."""
    here = Enrolment.objects.current(on).filter(institution=school, student__in=[row.student_id for row in rows])
    found = here.order_by("-registration").values_list("student_id", "year_group", "tutor_group__name")
    return {student: form or f"Year {year}" for student, year, form in found}
