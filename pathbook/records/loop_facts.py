"""The bridge of the loop: meetings held, what was agreed and done, and when tutors opened the record. Four queries."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from pathbook.audit.readings import readings
from pathbook.framework.loop import Agreed, MeetingFacts
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution, Role
from pathbook.records.models import Action, Confirmation, GuidanceMeeting
from pathbook.records.models.action import PROVED

YEARS_READ = 3  # as far back as the loop is shown over time
Place = tuple[int, str]


def meeting_facts(
    school: Institution, *, as_of: date, places: Mapping[int, Place] | None = None
) -> tuple[MeetingFacts, ...]:
    """Every meeting held here by the day, oldest first. Year and tutor group are those of this academic year, 0 and "" if none.

    `places`: each student's, for whoever has read them already.
    """
    held = GuidanceMeeting.objects.held_here().filter(institution=school, held_on__lte=as_of)
    rows = held.annotate(has_summary=~Q(summary="")).order_by("held_on", "pk")
    agreed, reads = _agreed(school), _reads(as_of)
    places = _places(school, as_of) if places is None else places
    return tuple(
        MeetingFacts(
            key, student, on, adviser, *places.get(student_pk, (0, "")), has_summary, tuple(agreed.get(pk, ())),
            tuple(reads.get(student_pk, ())), None if said == Confirmation.Answer.NOT else said_on,
        )
        for pk, key, student_pk, student, on, adviser, has_summary, said, said_on in rows.values_list(
            "pk", "key", "student_id", "student__key", "held_on", "adviser_name", "has_summary",
            "confirmation__answer", "confirmation__said_on",
        )
        if on is not None
    )  # fmt: skip


def acted_on(school: Institution, *, as_of: date) -> set[str]:
    """Keys of the students for whom something agreed in a meeting was done by the day, in any year. One query.

    Wherever it was held: it stands against Benchmark 8, which counts meetings held elsewhere too.
    """
    held = _done(school).filter(closed_on__lte=as_of, meeting__held_on__lte=as_of)
    return set(held.values_list("student__key", flat=True).distinct())


def first_done(school: Institution) -> dict[int, date]:
    """Of each student, by pk, the first day on which `acted_on` counts them. One query."""
    found: dict[int, date] = {}
    for student, closed, held in _done(school).values_list("student_id", "closed_on", "meeting__held_on").distinct():
        if closed and held:
            found[student] = min(max(closed, held), found.get(student, date.max))
    return found


def _done(school: Institution) -> QuerySet[Action]:
    held = Action.objects.filter(meeting__institution=school, meeting__status=GuidanceMeeting.Status.HELD)
    return held.filter(outcome=Action.Outcome.DONE)


def _agreed(school: Institution) -> dict[int, list[Agreed]]:
    found: dict[int, list[Agreed]] = defaultdict(list)
    rows = Action.objects.filter(meeting__institution=school).annotate(proved=PROVED)
    for meeting, *said in rows.values_list("meeting_id", "agreed_on", "closed_on", "outcome", "proved"):
        found[meeting].append(Agreed(*said))
    return found


def _reads(as_of: date) -> dict[int, list[date]]:
    """Days, in the last YEARS_READ academic years, on which a form tutor opened a student's record."""
    since = AcademicYear(AcademicYear.of(as_of).start - YEARS_READ + 1).first_day
    first = timezone.make_aware(datetime.combine(since, time()))
    opened = readings().filter(actor_role=Role.FORM_TUTOR, at__gte=first)
    found: dict[int, list[date]] = defaultdict(list)
    for student, day in opened.annotate(day=TruncDate("at")).values_list("student_id", "day").distinct():
        if student is not None:
            found[student].append(day)
    return found


def _places(school: Institution, as_of: date) -> dict[int, Place]:
    rows = Enrolment.objects.main().in_year(AcademicYear.of(as_of).start).filter(institution=school)
    named = rows.order_by("start_date").values_list("student_id", "year_group", "tutor_group__name")
    return {student: (year, form or "") for student, year, form in named}
