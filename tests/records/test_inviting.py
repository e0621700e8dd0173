"""A list that a rule fills follows the roll, and never takes off who was there."""

from datetime import date, timedelta

import pytest

from pathbook.framework.invited import Clause, Rule
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment
from pathbook.records.actions import inviting
from pathbook.records.models import Activity, Participation
from pathbook.records.planned_facts import planned_school
from tests import make

pytestmark = pytest.mark.django_db
SOON = make.TODAY + timedelta(days=20)
RULE = Rule((Clause(years=(10,)), Clause(years=(9,), who=("ehcp",)))).kept


@pytest.fixture
def talk():
    return make.activity("Talk", on=SOON, rule=RULE)


def put_down(talk):
    return inviting.put_down(activity=talk, by=make.viewer(make.careers_leader()), at=make.NOW, on=make.TODAY)


def down(talk):
    return set(Participation.objects.filter(activity=talk, status="planned").values_list("student", flat=True))


def leave(someone):
    Enrolment.objects.filter(student=someone).update(end_date=make.TODAY - timedelta(days=1))


def test_year_10_and_year_9_with_a_plan_are_put_down_and_kept_right_as_they_come_and_go(talk):
    ten, plan, nine = make.student(year=10), make.student(year=9, sen="E"), make.student(year=9)
    put_down(talk)
    assert down(talk) == {ten.pk, plan.pk}
    leave(ten)
    Enrolment.objects.filter(student=nine).update(sen="E")
    new = make.student("New", year=10)
    done = inviting.keep_up(school=make.school(), by=make.viewer(make.careers_leader()), at=make.NOW, on=make.TODAY)
    assert (done.added, done.off) == (2, 1) and down(talk) == {plan.pk, nine.pk, new.pk}


def test_who_was_there_who_said_no_and_who_was_chosen_by_name_stay(talk):
    was_there, said_no, by_name = make.student(year=10), make.student(year=10), make.student(year=7)
    make.participation(was_there, talk)
    make.participation(said_no, talk, status="withdrawn")
    make.participation(by_name, talk, status="planned")
    leave(was_there)
    put_down(talk)
    assert Participation.objects.filter(activity=talk).count() == 3
    assert set(Participation.objects.values_list("student", "status")) == {
        (was_there.pk, "attended"), (said_no.pk, "withdrawn"), (by_name.pk, "planned"),
    }  # fmt: skip


def test_a_list_too_small_for_who_joined_loses_who_left_and_gains_nobody(talk):
    Activity.objects.update(capacity=2)
    ten, _ = make.student(year=10), make.student("Stays", year=10)
    put_down(talk)
    leave(ten)
    make.student("One", year=10)
    make.student("Two", year=10)
    done = inviting.keep_up(school=make.school(), by=make.viewer(make.careers_leader()), at=make.NOW, on=make.TODAY)
    assert (done.added, done.off, done.full) == (0, 1, 1)


def test_a_rule_may_name_a_group_of_the_school(talk):
    choir, inside = make.group("Choir"), make.student(year=9)
    make.member(inside, choir)
    make.student(year=9)
    Activity.objects.update(rule=Rule((Clause(years=(9,), groups=("Choir",)),)).kept)
    talk.refresh_from_db()
    put_down(talk)
    assert down(talk) == {inside.pk}


def test_whom_a_rule_invites_counts_as_planned_before_any_list_is_filled(talk):
    ten = make.student(year=10)
    make.activity("Few places", on=SOON, rule=RULE, capacity=0 + 1)
    make.student(year=10)
    found = planned_school(make.school(), as_of=make.TODAY).to_come
    assert [took.activity.activity_id for took in found[ten.key]] == [talk.key]


def test_a_rule_for_next_year_is_read_with_everyone_a_year_group_on():
    nine = make.student(year=9)
    make.student(year=10)
    make.activity("Next year", on=date(2026, 10, 6), rule=RULE)
    planned = planned_school(make.school(), as_of=make.TODAY, year=AcademicYear(2026))
    assert list(planned.to_come) == [nine.key] and planned.until == date(2027, 8, 31)
