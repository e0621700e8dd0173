"""The second task of the year: a plan of 64 copied, 4 left behind, 9 moved, 5 added; nobody's attendance comes along."""

from datetime import date, timedelta

import pytest

from pathbook.framework.years import AcademicYear
from pathbook.records.actions import copying, programme
from pathbook.records.models import Activity, Participation
from pathbook.records.queries.terms import calendars
from pathbook.reports.copying import copy_page
from tests import make

pytestmark = pytest.mark.django_db
THIS, NEXT = AcademicYear(2025), AcademicYear(2026)


def last_year(how_many):
    """One activity on each of so many school days, half of Year 10 at the first of them."""
    ten = make.students(6, year=10, group="10A")
    days = iter(date(2025, 9, 2) + timedelta(days=n) for n in range(300))
    calendar = calendars(make.school(), [2025])[2025]
    made = [
        make.activity(
            f"Talk {n}", on=next(day for day in days if calendar.days.is_open(day)), checklist=["GB5-1"], cost_spent=40
        )
        for n in range(how_many)
    ]
    for one in ten[:3]:
        make.participation(one, made[0])
    return made


def page():
    return copy_page(make.school(), source=THIS, to=NEXT, on=make.TODAY)


def rows_of(lines):
    return [copying.ToCopy(one.source, one.moved.first, one.moved.last, one.source.title, one.rule) for one in lines]


def copy(lines, by, at=make.NOW):
    return copying.copy_year(rows=rows_of(lines), year=NEXT, school=make.school(), by=by, at=at)


def test_sixty_four_copied_with_nine_moved_five_added_and_four_left_behind():
    last_year(64)
    by, lines = make.viewer(make.careers_leader()), page().lines
    rows = rows_of(lines[4:])
    moved = {row.source.title: date(2027, 3, 9) for row in rows[:9]}
    rows = [
        copying.ToCopy(r.source, moved.get(r.source.title, r.first), moved.get(r.source.title, r.last), r.title, r.rule)
        for r in rows
    ]
    done = copying.copy_year(rows=rows, year=NEXT, school=make.school(), by=by, at=make.NOW)
    for n in range(5):
        said = programme.Details(f"New {n}", "employer_encounter", date(2026, 11, 3))
        programme.plan(details=said, school=make.school(), by=by, at=make.NOW)
    planned = Activity.objects.in_year(2026)
    assert done.made == 60 and planned.count() == 65 and planned.filter(starts_on=date(2027, 3, 9)).count() == 9
    assert not Participation.objects.filter(activity__in=planned).exists()
    days, closed = calendars(make.school(), [2026])[2026].days, planned.exclude(starts_on__in=moved.values())
    assert all(days.is_open(one.starts_on) for one in closed)


def test_a_copy_is_a_plan_and_claims_nothing_that_happened():
    first, *_ = last_year(2)
    copy(page().lines, make.viewer(make.careers_leader()))
    new = Activity.objects.get(copied_from=first)
    assert (new.checklist, new.meaningful, new.cost_planned, new.cost_spent) == ([], False, 40, None)
    assert new.rule == [{"years": [10], "forms": [], "who": []}]


def test_copied_twice_it_is_there_once_and_what_was_left_behind_can_come_later():
    last_year(5)
    by = make.viewer(make.careers_leader())
    lines = page().lines
    assert copy(lines[:3], by).made == 3
    again = copy(lines, by, at=make.NOW + timedelta(minutes=1))
    assert (again.made, again.known) == (2, 3) and Activity.objects.in_year(2026).count() == 5
    assert page().waiting == ()


def test_its_undo_leaves_what_somebody_changed_or_is_down_for():
    last_year(3)
    by = make.viewer(make.careers_leader())
    copy(page().lines, by)
    kept = Activity.objects.in_year(2026).first()
    make.participation(make.student(), kept, status="planned")
    assert copying.undo_copy(school=make.school(), said_at=make.NOW, by=by, at=make.NOW) == (2, 1)
    assert list(Activity.objects.in_year(2026).not_withdrawn()) == [kept] and len(page().waiting) == 2
