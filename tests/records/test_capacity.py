"""The last places of an activity: one rule, asked inside the act that takes them, and thirty people at once."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from pathbook.records.actions import attendance, enrolling
from pathbook.records.models import Participation
from tests import make

COMING = date(2026, 3, 10)


def down(visit, people, by, at=make.NOW):
    statuses = {one.pk: "planned" for one in people}
    return attendance.record_attendance(activity=visit, statuses=statuses, by=by, at=at, visible_on=make.TODAY)


@pytest.fixture
def priya(db):
    return make.viewer(make.careers_leader())


@pytest.mark.django_db(transaction=True)
def test_thirty_requests_for_the_last_ten_places_give_exactly_ten():
    visit = make.activity("Site visit", on=COMING, capacity=12)
    for one in make.students(2):
        make.participation(one, visit, "planned")
    by, people = make.viewer(make.careers_leader()), make.students(30)
    start, won, lost, broken = threading.Barrier(30), [], [], []

    def ask(n):
        try:
            start.wait()
            won.append(down(visit, [people[n]], by, make.NOW + timedelta(milliseconds=n)))
        except attendance.NoPlaceError as full:
            lost.append(str(full))
        except Exception as problem:
            broken.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert len(won) == 10 and len(lost) == 20
    assert all(said.startswith("Site visit has no place left") for said in lost)
    assert Participation.objects.filter(activity=visit, status="planned").count() == 12


@pytest.mark.django_db(transaction=True)
def test_three_lists_at_once_share_the_last_ten_places():
    visit = make.activity("Site visit", on=COMING, capacity=10)
    by, people, done = make.viewer(make.careers_leader()), make.students(30), []

    def ask(n):
        try:
            done.append(enrolling.enrol(activity=visit, students=people[n::3], by=by, at=make.NOW, on=make.TODAY))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(len(one.students) for one in done) == 10 and sum(len(one.left) for one in done) == 20
    assert Participation.objects.count() == 10


def test_who_came_is_a_fact_however_many_there_were(priya):
    visit = make.activity("Site visit", on=date(2026, 1, 12), capacity=1)
    statuses = {one.pk: "attended" for one in make.students(3)}
    attendance.record_attendance(activity=visit, statuses=statuses, by=priya, at=make.NOW, visible_on=make.TODAY)
    assert Participation.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_more_than_the_places_are_refused_whole_and_said():
    priya, visit = make.viewer(make.careers_leader()), make.activity("Site visit", on=COMING, capacity=2)
    with pytest.raises(attendance.NoPlaceError, match="has 2 places left, and 3 more students would be put down"):
        down(visit, make.students(3), priya)
    assert not Participation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_is_put_down_past_a_home_s_no_until_it_says_yes():
    priya, visit = make.viewer(make.careers_leader()), make.activity("Site visit", on=COMING, asks_consent=True)
    amara, ben = make.students(2)
    make.consent(amara, visit, "refused")
    with pytest.raises(attendance.NoPlaceError, match=f"Home said no to Site visit for {amara.name}: record"):
        down(visit, [amara, ben], priya)
    assert not Participation.objects.exists()
    make.consent(amara, visit, "given")
    down(visit, [amara, ben], priya)
    assert Participation.objects.count() == 2


def test_who_is_down_already_takes_no_second_place_and_who_withdraws_gives_it_back(priya):
    visit = make.activity("Site visit", on=COMING, capacity=1)
    amara, ben = make.students(2)
    down(visit, [amara], priya)
    down(visit, [amara], priya)
    later = make.NOW + timedelta(minutes=1)
    attendance.record_attendance(activity=visit, statuses={amara.pk: "withdrawn"}, by=priya, at=later,
                                 visible_on=make.TODAY)  # fmt: skip
    down(visit, [ben], priya, later + timedelta(minutes=1))
    with pytest.raises(attendance.NothingToUndoError, match="cannot be undone: Site visit has no place left"):
        attendance.undo(activity=visit, said_at=later, by=priya, at=later, visible_on=make.TODAY)


def test_a_list_takes_what_there_is_in_its_order_and_the_rest_are_named(priya):
    visit = make.activity("Site visit", on=COMING, capacity=2)
    before, first, second = make.students(3)
    make.participation(before, visit, "absent")
    done = enrolling.enrol(activity=visit, students=[before, first, second, make.student("Late")], by=priya, at=make.NOW,
                           on=make.TODAY)  # fmt: skip
    assert done.students == (first, second)
    assert [one.why for one in done.left] == [
        f"{before.name} is recorded for Site visit already: absent.", "The last place in Site visit has been taken.",
    ]  # fmt: skip
