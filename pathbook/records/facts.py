"""The bridge: rows become the frozen facts the framework judges, in a fixed number of queries.

Give it `among` to read only some students (a year group, a form, one page of a list): the work then
follows their number, not the school's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, cast

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from pathbook.audit.models import Event, Verb
from pathbook.framework.facts import ActivityFacts, LeaverFacts, Met, Said, SchoolFacts, StudentFacts, Took
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution, Student, SubjectStudied
from pathbook.records.activity_facts import activities_of
from pathbook.records.models import (
    Action,
    Aspiration,
    Destination,
    GuidanceMeeting,
    Intention,
    Participation,
    PriorRecord,
)
from pathbook.records.queries.leavers import left_last_year

SUBJECT, ASPIRATION, INTENTION, PRIOR, READING = "subject", "aspiration", "intention", "prior", "reading"
Rows = Mapping[int, list[Any]]
SaidRows = Mapping[tuple[int, str], list[tuple[str, int, str]]]
day = cache(date.fromisoformat)  # a school's history has few distinct days, and few lengths
number = cache(float)


@dataclass(frozen=True, slots=True)
class OnRoll:
    """One main enrolment of the population: student pk and key, year group, tutor group's name."""

    pk: int
    key: str
    year_group: int
    tutor_group: str


def school_facts(school: Institution, *, as_of: date) -> SchoolFacts:
    """The whole school on a day, with last year's leavers and the meetings of those who left since September."""
    roll = population(school, as_of=as_of)
    students = student_facts(roll, as_of=as_of, school=school, everyone=True)
    return SchoolFacts(students, _leavers(school, as_of), _departed(school, as_of, {one.pk for one in roll}))


def population(school: Institution, *, as_of: date, among: QuerySet[Student] | None = None) -> list[OnRoll]:
    """Students with a main enrolment in force that day, each once; one query."""
    rows = Enrolment.objects.main().current(as_of).filter(institution=school)
    if among is not None:
        rows = rows.filter(student__in=among)
    named = rows.order_by("student_id", "start_date").values_list(
        "student_id", "student__key", "year_group", "tutor_group__name"
    )
    return list({pk: OnRoll(pk, key, group, form or "") for pk, key, group, form in named}.values())


def student_facts(
    roll: Iterable[OnRoll], *, as_of: date, school: Institution, everyone: bool = False,
    activities: Mapping[int, ActivityFacts] | None = None,
) -> tuple[StudentFacts, ...]:  # fmt: skip
    """Facts of these students, in order; five queries whatever their number, four where `activities` are read already.

    `everyone`: the roll is the whole population, which the database can name for itself.
    """
    on_roll = list(roll)
    whose: dict[str, Any] = {"student__in": [one.pk for one in on_roll]}
    if everyone:
        whose = {"student__in": Enrolment.objects.main().current(as_of).filter(institution=school).values("student")}
    year = AcademicYear.of(as_of)
    years, first = year_groups_of(whose)
    took = _took(whose, activities_of(school, as_of=as_of) if activities is None else activities)
    met = meetings_of(whose)
    said = said_by(whose, year, as_of)
    return tuple(
        StudentFacts(
            student_id=one.key,
            year_group=one.year_group,
            tutor_group=one.tutor_group,
            year_groups=years.get(one.pk, {}),
            first_enrolled=first.get(one.pk),
            took=tuple(took.get(one.pk, ())),
            met=tuple(met.get(one.pk, ())),
            subjects=frozenset(text for text, _, _ in said.get((one.pk, SUBJECT), ())),
            aspirations=tuple(Said(day(on), pathway) for on, _, pathway in sorted(said.get((one.pk, ASPIRATION), ()))),
            intentions=days_of(said, one.pk, INTENTION),
            prior_records=days_of(said, one.pk, PRIOR),
            own_readings=days_of(said, one.pk, READING),
        )
        for one in on_roll
    )


def said_by(whose: Mapping[str, Any], year: AcademicYear, as_of: date, *, since: date | None = None) -> SaidRows:
    """Subjects, aspirations, intentions, prior records and own readings, in one statement: (text, pk, more).

    Own readings from `since`, or from the first day of the year.
    """
    nothing = Value("", CharField())
    opened = Event.objects.filter(
        verb=Verb.READ_OWN,
        student_id__in=whose["student__in"],
        at__gte=_start_of(since or year.first_day),
        at__lt=_start_of(as_of + timedelta(days=1)),
    )
    rows = _coded(
        SubjectStudied.objects.filter(**whose, academic_year=year.start), SUBJECT, F("subject"), nothing
    ).union(
        _coded(Aspiration.objects.filter(**whose), ASPIRATION, _text("said_on"), F("pathway")),
        _coded(Intention.objects.filter(**whose), INTENTION, _text("recorded_on"), nothing),
        _coded(PriorRecord.objects.filter(**whose), PRIOR, _text("received_on"), nothing),
        _coded(opened, READING, _text(TruncDate("at")), nothing),
        all=True,
    )
    found: dict[tuple[int, str], list[tuple[str, int, str]]] = defaultdict(list)
    for student, code, text, pk, more in rows:
        found[student, code].append((text, pk, more))
    return found


def _coded(rows: QuerySet[Any], code: str, text: Any, more: Any) -> QuerySet[Any]:
    named = rows.order_by().annotate(what=Value(code, CharField()), text=text, which=F("pk"), more=more)
    return cast(QuerySet[Any], named.values_list("student_id", "what", "text", "which", "more"))


def _text(day_field: Any) -> Cast:
    return Cast(day_field, CharField())


def _start_of(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time()))


def days_of(said: SaidRows, student: int, code: str) -> tuple[date, ...]:
    return tuple(day(text) for text, _, _ in said.get((student, code), ()))


def _grouped(rows: QuerySet[Any], name: str) -> Rows:
    """Values of one column, by student."""
    found: dict[int, list[Any]] = defaultdict(list)
    for student, value in rows.values_list("student_id", name):
        found[student].append(value)
    return found


def year_groups_of(whose: Mapping[str, Any]) -> tuple[dict[int, dict[int, int]], dict[int, date]]:
    """Year group by academic year (main enrolments), and the first day ever enrolled here (any)."""
    years: dict[int, dict[int, int]] = defaultdict(dict)
    first: dict[int, date] = {}
    rows = Enrolment.objects.filter(**whose).order_by("start_date")
    for student, year, group, registration, start in rows.values_list(
        "student_id", "academic_year", "year_group", "registration", "start_date"
    ):
        first.setdefault(student, start)
        if registration == "main":
            years[student][year] = group
    return years, first


def _took(whose: Mapping[str, Any], activities: Mapping[int, ActivityFacts]) -> Rows:
    """Participations by student. Dates and hours come as text and number, parsed once for each distinct value."""
    found: dict[int, list[Took]] = defaultdict(list)
    rows = Participation.objects.filter(**whose).annotate(
        said_on=Cast("on", CharField()), spent=Cast("hours", CharField())
    )
    for student, activity, status, on, hours in rows.values_list(
        "student_id", "activity_id", "status", "said_on", "spent"
    ).iterator(chunk_size=5000):
        facts = activities.get(activity)
        if facts is not None:
            found[student].append(Took(facts, status, day(on), number(hours)))
    return found


def meetings_of(whose: Mapping[str, Any]) -> Rows:
    """Guidance meetings by student, each with the first day something was agreed in it."""
    first = Action.objects.filter(meeting=OuterRef("pk")).order_by("agreed_on").values("agreed_on")[:1]
    rows = GuidanceMeeting.objects.filter(**whose).annotate(has_summary=~Q(summary=""), first=Subquery(first))
    found: dict[int, list[Met]] = defaultdict(list)
    for student, key, status, booked, held, level, summary, nothing, agreed, planned in rows.values_list(
        "student_id",
        "key",
        "status",
        "booked_on",
        "held_on",
        "adviser_level",
        "has_summary",
        "nothing_agreed",
        "first",
        "planned_on",
    ):
        agreed_on = agreed or (held if nothing else None)
        found[student].append(Met(key, status, booked, held, level or 0, summary, agreed_on, planned))
    return found


def _leavers(school: Institution, as_of: date) -> tuple[LeaverFacts, ...]:
    """Those whose main enrolment last academic year was in Year 11 or 13 and who have none begun this year."""
    left = left_last_year(school, as_of=as_of)
    known = _grouped(Destination.objects.filter(student__in=left.values("student")), "as_of")
    rows = left.order_by("student_id", "start_date").values_list("student_id", "student__key", "year_group")
    return tuple(
        LeaverFacts(key, group, tuple(known.get(pk, ()))) for pk, key, group in {row[0]: row for row in rows}.values()
    )


def _departed(school: Institution, as_of: date, here: set[int]) -> tuple[tuple[int, Met], ...]:
    """Meetings held this academic year with students no longer on the roll, with their last year group.

    A guest from another school's roll (only a subsidiary enrolment here) is in no denominator.
    """
    year = AcademicYear.of(as_of)
    held = GuidanceMeeting.objects.held().filter(institution=school, held_on__gte=year.first_day, held_on__lte=as_of)
    gone = set(held.values_list("student_id", flat=True)) - here
    years, _ = year_groups_of({"student__in": list(gone)})
    met = meetings_of({"student__in": list(gone)})
    return tuple((years[pk][max(years[pk])], meeting) for pk in sorted(gone & years.keys()) for meeting in met[pk])
