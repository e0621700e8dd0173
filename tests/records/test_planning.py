"""Planned for those who want it: one act makes, fills and links, and one undo takes it all back."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from pathbook.audit.models import Event
from pathbook.records.actions import log
from pathbook.records.actions.planning import PlannedFor, plan_for
from pathbook.records.actions.programme import Details
from pathbook.records.models import Action, Activity, Participation
from tests import make

pytestmark = pytest.mark.django_db
DAY = make.TODAY + timedelta(30)
TOKEN = "abcdefghjkmn"


@pytest.fixture
def cast():
    class Cast:
        leader = make.viewer(make.careers_leader())
        students = make.students(5, year=10, group="10A")
        actions = [make.action(one, "Visit a building site") for one in students]

    return Cast


def plan(cast, *, capacity=None, students=None, actions=None, by=None, token=TOKEN, title="Site visit"):
    return plan_for(
        details=Details(title, "workplace_experience", DAY, sector="Construction", capacity=capacity),
        students=[one.pk for one in (cast.students if students is None else students)],
        actions=[one.pk for one in (cast.actions if actions is None else actions)],
        token=token, school=make.school(), by=by or cast.leader, at=make.NOW, on=make.TODAY,
    )  # fmt: skip


def down_for(activity):
    return set(Participation.objects.filter(activity=activity, status="planned").values_list("student_id", flat=True))


def linked():
    return Action.objects.filter(activity__isnull=False).count()


def test_the_activity_those_who_want_it_and_their_actions_in_one(cast):
    done = plan(cast)
    assert isinstance(done, PlannedFor)
    assert (done.enrolled, done.waiting, done.linked) == (5, (), 5)
    assert down_for(done.activity) == {one.pk for one in cast.students} and linked() == 5
    assert done.activity.sector == "Construction" and done.activity.starts_on == DAY


def test_the_first_in_order_get_the_places_and_only_their_actions_are_linked(cast):
    done = plan(cast, capacity=3)
    assert down_for(done.activity) == {one.pk for one in cast.students[:3]}
    assert done.waiting == tuple(one.pk for one in cast.students[3:])
    assert done.linked == 3 == linked()


def test_the_same_form_sent_twice_makes_one(cast):
    first, second = plan(cast), plan(cast, title="Site visit again")
    assert isinstance(second, Activity) and second == first.activity and second.title == "Site visit"
    assert Activity.objects.count() == 1 and Participation.objects.count() == 5


def test_an_action_closed_or_served_already_or_somebody_elses_is_left_alone(cast):
    closed, served, _, *mine = cast.actions
    Action.objects.filter(pk=closed.pk).update(closed_on=make.TODAY, closed_by="Dan", outcome="done")
    other = make.activity()
    Action.objects.filter(pk=served.pk).update(activity=other)
    done = plan(cast, students=[cast.students[0], cast.students[1], *cast.students[3:]])
    assert done.linked == 2
    assert set(Action.objects.filter(activity=done.activity)) == set(mine)


def test_one_undo_takes_back_all_of_it(cast):
    done = plan(cast)
    log.undo_log(
        activity=done.activity, said_at=done.at, by=cast.leader, at=make.NOW + timedelta(minutes=1), on=make.TODAY
    )
    done.activity.refresh_from_db()
    assert done.activity.withdrawn_at and not Participation.objects.exists() and linked() == 0


def test_undo_leaves_what_was_linked_to_something_else_since(cast):
    done, other = plan(cast), make.activity("Another", on=DAY)
    Action.objects.filter(pk=cast.actions[0].pk).update(activity=other)
    log.undo_log(
        activity=done.activity, said_at=done.at, by=cast.leader, at=make.NOW + timedelta(minutes=1), on=make.TODAY
    )
    assert Action.objects.get(pk=cast.actions[0].pk).activity == other and linked() == 1


def test_all_or_nothing(cast, monkeypatch):
    from pathbook.records.actions import planning

    def fails(*given):
        raise RuntimeError

    monkeypatch.setattr(planning, "_serve", fails)
    with pytest.raises(RuntimeError):
        plan(cast)
    assert not Activity.objects.exists() and not Participation.objects.exists()


def test_students_the_writer_may_not_record_for_are_left_out(cast):
    tutor = make.viewer(make.form_tutor(make.tutor_group("9B", 9)))
    done = plan(cast, by=tutor)
    assert (done.enrolled, done.linked) == (0, 0)


def test_the_audit_tells_of_it_and_never_the_words(cast):
    plan(cast)
    events = Event.objects.filter(noun="action")
    assert events.count() == 5 and not any("building" in str(event.detail) for event in events)
    assert Event.objects.filter(noun="activity").count() == 6


def test_a_day_of_the_next_school_year_belongs_to_it(cast):
    done = plan_for(
        details=Details("Freshers", "he_visit", date(2026, 9, 10)), students=[], actions=[], token=TOKEN,
        school=make.school(), by=cast.leader, at=make.NOW, on=make.TODAY,
    )  # fmt: skip
    assert done.activity.academic_year == 2026


def test_two_people_who_plan_the_same_one_after_the_other_make_one(cast):
    other = make.viewer(make.careers_leader("Leo Second"))
    first = plan(cast)
    late = make.student("Late", year=9, group="9B")
    second = plan(cast, by=other, token="zzzzzzzzzzzz", title="site VISIT", students=[cast.students[0], late])
    assert second.joined and second.activity == first.activity and Activity.objects.count() == 1
    assert down_for(first.activity) == {one.pk for one in (*cast.students, late)}, "the second one's students are in it"
    again = plan(cast, token="yyyyyyyyyyyy", students=cast.students[:1], actions=[])
    assert isinstance(again, PlannedFor) and Activity.objects.count() == 2, "the same person means a second one"


@pytest.mark.django_db(transaction=True)
def test_two_people_who_plan_the_same_at_once_make_one(cast):
    people = [cast.leader, make.viewer(make.careers_leader("Leo Second"))]
    start, done = threading.Barrier(2), []

    def send(by, token):
        start.wait()
        done.append(plan(cast, by=by, token=token))
        connection.close()

    both = [threading.Thread(target=send, args=pair) for pair in zip(people, ("a" * 12, "b" * 12), strict=True)]
    [one.start() for one in both]
    [one.join() for one in both]
    assert Activity.objects.count() == 1 and sorted(one.joined for one in done) == [False, True]
    assert Participation.objects.count() == 5
