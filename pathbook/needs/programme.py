"""The programme as the rules see it: what is still to come and has room, who it is for, and what each group had."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Q, When

from pathbook.framework import kinds
from pathbook.framework.demand import Planned
from pathbook.framework.needs.programme import MEETING, Coming, HeldForGroup, Programme
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution, Staff
from pathbook.records.activity_facts import YEARS_THAT_COUNT
from pathbook.records.models import Activity, Participation
from pathbook.records.queries.places import places_taken
from pathbook.records.queries.slots import day_of, free_slots, midnight, school_days

Named = Mapping[str, Any]


@dataclass(slots=True)
class Taken:
    """Who has been asked to one activity: year groups, and attendance by tutor group."""

    years: set[int] = field(default_factory=set)
    attended: dict[str, int] = field(default_factory=dict)


def programme_of(school: Institution, *, as_of: date, most_of_group: float) -> Programme:
    """Seven queries: activities, the other exhibitors' sectors, who was asked to what this year, group sizes, closures,
    advisers and their free slots.
    """
    year = AcademicYear.of(as_of)
    activities = _activities(school, since=year.start - YEARS_THAT_COUNT)
    sectors = _sectors(school, activities, since=year.start - YEARS_THAT_COUNT)
    taken = _taken(school, year, as_of)
    this_year = {pk: row for pk, row in activities.items() if row["academic_year"] == year.start}
    return Programme(
        tuple(
            _coming(row, sectors.get(pk, frozenset()), taken.get(pk, Taken()))
            for pk, row in this_year.items()
            if row["starts_on"] > as_of
        ),
        {row["key"]: row["title"] for row in activities.values()},
        {row["key"]: sectors[pk] for pk, row in activities.items() if pk in sectors},
        _held(this_year, taken, _sizes(school, as_of), most_of_group),
        school_days(school),
        _free(school, as_of),
    )


def planned_from(school: Institution, *, on: date) -> tuple[Planned, ...]:
    """Everything from that day on, soonest first, with who is down for it; three queries."""
    since = AcademicYear.of(on).start
    rows = {pk: row for pk, row in _activities(school, since).items() if row["starts_on"] >= on}
    sectors = _sectors(school, rows, since)
    down = _down_for(school, on)
    found = [_planned(row, sectors.get(pk, frozenset()), down.get(pk, {})) for pk, row in rows.items()]
    return tuple(sorted(found, key=lambda one: (one.coming.on, one.coming.id)))


def _down_for(school: Institution, on: date) -> dict[int, dict[str, int]]:
    """By activity: the key and year group of each student who is down for it."""
    enrolled = Q(student__enrolments__academic_year=AcademicYear.of(on).start, student__enrolments__registration="main")
    rows = Participation.objects.filter(
        enrolled, activity__institution=school, activity__starts_on__gte=on, status__in=("planned", "attended")
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for activity, student, group in rows.values_list("activity_id", "student__key", "student__enrolments__year_group"):
        found[activity][student] = group
    return found


def _planned(row: Named, sectors: frozenset[str], down: Mapping[str, int]) -> Planned:
    coming = _coming(row, sectors, Taken(set(down.values())))
    return Planned(coming, row["pathway"], frozenset(down))


def _activities(school: Institution, since: int) -> dict[int, Named]:
    rows = (
        Activity.objects.not_withdrawn()
        .of_our_own()
        .filter(institution=school, academic_year__gte=since)
        .order_by("pk")
    )
    return {
        row["pk"]: row
        for row in rows.values(
            "pk", "key", "title", "academic_year", "starts_on", "kind", "also", "provider_type", "subject", "technical",
            "sector", "pathway", "provider__sector", "capacity",
            places_taken=Case(When(capacity__isnull=False, then=places_taken()), default=0),
        )
    }  # fmt: skip


def _sectors(school: Institution, activities: Mapping[int, Named], since: int) -> dict[int, frozenset[str]]:
    """Of the activity, its provider, and everyone else who exhibits at it."""
    found: dict[int, set[str]] = defaultdict(set)
    for pk, row in activities.items():
        found[pk] |= {sector for sector in (row["sector"], row["provider__sector"]) if sector}
    others = Activity.others.through.objects.filter(
        activity__institution=school, activity__academic_year__gte=since
    ).exclude(provider__sector="")
    for pk, sector in others.values_list("activity_id", "provider__sector"):
        found[pk].add(sector)
    return {pk: frozenset(sectors) for pk, sectors in found.items() if sectors}


def _taken(school: Institution, year: AcademicYear, as_of: date) -> dict[int, Taken]:
    """By main enrolments that run that day, so that a student enrolled at two schools is asked once."""
    running = Q(student__enrolments__end_date__isnull=True) | Q(student__enrolments__end_date__gte=as_of)
    rows = Participation.objects.filter(
        running, student__enrolments__registration="main", activity__institution=school, activity__academic_year=year.start,
        student__enrolments__academic_year=year.start, student__enrolments__institution=school,
    ).values_list("activity_id", "student__enrolments__year_group", "student__enrolments__tutor_group__name")  # fmt: skip
    found: dict[int, Taken] = defaultdict(Taken)
    counted = rows.order_by().annotate(came=Count("student", distinct=True, filter=Q(status="attended", on__lte=as_of)))
    for activity, group, form, came in counted:
        one = found[activity]
        one.years.add(group)
        one.attended[form or ""] = one.attended.get(form or "", 0) + came
    return found


def _free(school: Institution, as_of: date) -> tuple[Coming, ...]:
    advisers = Staff.objects.filter(institution=school, level__isnull=False)
    slots = free_slots(school, after=midnight(as_of + timedelta(days=1)), advisers=advisers).select_related("adviser")
    kind = frozenset({MEETING})
    return tuple(Coming(slot.key, "", day_of(slot), kind, level=slot.adviser.level or 0) for slot in slots)


def _sizes(school: Institution, as_of: date) -> dict[str, int]:
    rows = Enrolment.objects.main().current(as_of).filter(institution=school).order_by()
    return dict(rows.values_list("tutor_group__name").annotate(n=Count("pk")).exclude(tutor_group=None))


def _coming(row: Named, sectors: frozenset[str], taken: Taken) -> Coming:
    said, types, _ = kinds.said_of(row["kind"], tuple(row["also"]), row["provider_type"])
    left = None if row["capacity"] is None else max(0, row["capacity"] - row["places_taken"])
    return Coming(
        row["key"], row["title"], row["starts_on"], said, types, sectors, row["subject"], row["technical"],
        frozenset(taken.years), left,
    )  # fmt: skip


def _held(
    this_year: Mapping[int, Named], taken: Mapping[int, Taken], sizes: Mapping[str, int], most: float
) -> dict[str, tuple[HeldForGroup, ...]]:
    """What at least `most` of each tutor group attended this year, oldest first."""
    found: dict[str, list[HeldForGroup]] = defaultdict(list)
    for pk, row in this_year.items():
        for form, came in taken[pk].attended.items() if pk in taken else ():
            if form in sizes and came >= most * sizes[form] and came:
                said = kinds.all_kinds(row["kind"], row["also"])
                found[form].append(HeldForGroup(row["key"], row["title"], row["starts_on"], said))
    return {form: tuple(sorted(held, key=lambda one: (one.on, one.id))) for form, held in found.items()}
