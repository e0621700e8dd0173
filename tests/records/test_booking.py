"""Booking: one student or a list in order of need; every clash one sentence; the last place goes to exactly one."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from pathbook.audit.models import Event
from pathbook.records.actions import booking
from pathbook.records.actions.booking import AlreadyBookedError, BookingRefusedError
from pathbook.records.models import GuidanceMeeting
from tests import make

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY = date(2026, 2, 10), date(2026, 2, 11)


@pytest.fixture
def dan():
    return make.adviser().staff


@pytest.fixture
def priya():
    return make.viewer(make.careers_leader())


@pytest.fixture
def amara():
    return make.student("Amara", "Ode", year=11)


@pytest.fixture
def ten(dan):
    return make.slot(dan, make.at(TUESDAY, 10), place="Room 4")


def book(slot, student, by, now=make.NOW, **said):
    return booking.book(slot=slot, student=student, by=by, at=now, on=make.TODAY, **said)


def refused(slot, student, by, now=make.NOW):
    with pytest.raises(BookingRefusedError) as problem:
        book(slot, student, by, now)
    return str(problem.value)


def test_a_booked_meeting_has_its_slot_day_and_adviser_with_level(ten, amara, priya, dan):
    meeting = book(ten, amara, priya, purpose="Options")
    assert (meeting.status, meeting.slot, meeting.planned_on, meeting.booked_on) == ("booked", ten, TUESDAY, make.TODAY)
    assert (meeting.adviser, meeting.adviser_name, meeting.adviser_level) == (dan, "Dan Okafor", 6)
    event = Event.objects.get(noun="meeting")
    assert (event.student_id, event.actor_name) == (amara.pk, "Priya Raman") and "Options" not in str(event.detail)


def test_the_same_form_sent_twice_books_once(ten, amara, priya):
    book(ten, amara, priya, key="abcdefghjkmn")
    with pytest.raises(AlreadyBookedError):
        book(ten, amara, priya, key="abcdefghjkmn")
    assert GuidanceMeeting.objects.count() == 1


def test_a_taken_slot_is_refused_and_one_cancelled_is_free_again(ten, amara, priya):
    meeting = book(ten, make.student("Ben", "Shah"), priya)
    assert refused(ten, amara, priya) == "Tue 10 Feb 2026 at 10:00 has just been taken: choose another slot."
    GuidanceMeeting.objects.filter(pk=meeting.pk).update(status="cancelled")
    assert book(ten, amara, priya).slot == ten


def test_a_slot_that_has_begun_is_refused(ten, amara, priya):
    assert "has begun already" in refused(ten, amara, priya, now=ten.starts_at)


def test_a_meeting_in_a_closure_is_refused_with_its_reason(ten, amara, priya):
    make.closure(TUESDAY, why="Mock exams")
    assert refused(ten, amara, priya) == "The school is closed on 10 Feb 2026 (Mock exams): choose another day."


def test_a_student_is_not_booked_twice(ten, amara, priya, dan):
    book(ten, amara, priya)
    said = refused(make.slot(dan, make.at(WEDNESDAY)), amara, priya)
    assert said == "Amara Ode is booked already, for Tue 10 Feb 2026 at 10:00: move that meeting instead."


def test_a_student_is_not_in_two_meetings_at_one_time(ten, amara, priya):
    book(ten, amara, priya)
    elsewhere = make.slot(make.adviser("Ann Other").staff, make.at(TUESDAY, 10, 30))
    assert refused(elsewhere, amara, priya) == "Amara Ode has another meeting at that time: choose another slot."


def test_an_adviser_is_not_in_two_meetings_at_one_time(ten, amara, priya, dan):
    book(ten, make.student("Ben", "Shah"), priya)
    overlapping = make.slot(dan, make.at(TUESDAY, 10, 30))
    said = refused(overlapping, amara, priya)
    assert said == "Dan Okafor has another meeting at that time, 10:00 to 10:45: choose another slot."


def test_who_has_left_or_leaves_before_is_not_booked(ten, priya):
    gone = make.student("Gone", "Away", end_date=date(2026, 1, 30))
    going = make.student("Going", "Soon", end_date=date(2026, 2, 9))
    assert refused(ten, gone, priya) == "Gone Away is not on the roll, so no meeting can be booked."
    assert "leaves the school before 10 Feb 2026" in refused(ten, going, priya)


def test_a_meeting_already_past_and_not_written_up_does_not_stop_the_next(ten, amara, priya):
    make.guidance_meeting(amara, status="booked", planned_on=date(2026, 1, 20))
    assert book(ten, amara, priya).planned_on == TUESDAY


def test_a_slot_taken_back_meanwhile_is_refused(ten, amara, priya):
    was = ten
    type(ten).objects.filter(pk=ten.pk).delete()
    assert "no longer offered" in refused(was, amara, priya)


def test_a_list_is_booked_in_its_order_and_who_is_left_is_told_why(dan, priya, amara):
    make.closure(TUESDAY)
    slots = [
        make.slot(dan, make.at(day, hour))
        for day, hour in ((TUESDAY, 9), (WEDNESDAY, 9), (WEDNESDAY, 10), (WEDNESDAY, 11))
    ]
    first, gone, *last = make.students(2) + make.students(3, group="11B")
    make.guidance_meeting(gone, status="booked", planned_on=WEDNESDAY)
    done = booking.book_in_order(
        school=dan.institution, students=[amara, first, gone, *last], slots=slots, by=priya, at=make.NOW,
        on=make.TODAY, purpose="First meeting",
    )  # fmt: skip
    assert [(one.student, one.slot) for one in done.meetings] == [
        (amara, slots[1]),
        (first, slots[2]),
        (last[0], slots[3]),
    ]
    assert [one.student for one in done.left] == [gone, *last[1:]]
    assert "is booked already" in done.left[0].why and "offer more" in done.left[1].why


def test_a_list_sent_twice_books_once(dan, priya):
    slots = [make.slot(dan, make.at(TUESDAY, hour)) for hour in range(9, 16)]
    people = make.students(3)
    for _ in range(2):
        done = booking.book_in_order(
            school=dan.institution, students=people, slots=slots, by=priya, at=make.NOW, on=make.TODAY
        )
    assert done.meetings == () and len(done.left) == 3
    assert GuidanceMeeting.objects.count() == 3


def test_a_list_costs_the_same_for_three_and_for_thirty(dan, priya):
    used = []
    for many, day in ((3, TUESDAY), (30, WEDNESDAY)):
        slots = [make.slot(dan, make.at(day, 8) + timedelta(minutes=10 * n), minutes=10) for n in range(many)]
        people = make.students(many)
        with CaptureQueriesContext(connection) as asked:
            done = booking.book_in_order(
                school=dan.institution, students=people, slots=slots, by=priya, at=make.NOW, on=make.TODAY
            )
        assert len(done.meetings) == many
        used.append(len(asked))
    assert used[0] == used[1] <= 12, used


def test_the_database_itself_refuses_two_meetings_in_one_slot(ten, amara):
    make.guidance_meeting(amara, status="booked", slot=ten)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.guidance_meeting(make.student("Ben", "Shah"), status="not_attended", slot=ten)


@pytest.mark.django_db(transaction=True)
def test_thirty_at_once_for_the_last_ten_slots_give_exactly_ten_and_each_loser_a_sentence():
    assert connection.vendor == "sqlite" and "memory" not in str(connection.settings_dict["NAME"])
    dan, by = make.adviser().staff, make.viewer(make.careers_leader())
    slots = [make.slot(dan, make.at(TUESDAY, 8) + timedelta(minutes=50 * n)) for n in range(10)]
    people = make.students(30)
    start, won, lost, broken = threading.Barrier(30), [], [], []

    def ask(n):
        try:
            start.wait()
            won.append(book(slots[n % 10], people[n], by, make.NOW + timedelta(milliseconds=n)))
        except BookingRefusedError as problem:
            lost.append(str(problem))
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
    assert all(said.endswith("has just been taken: choose another slot.") for said in lost)
    assert GuidanceMeeting.objects.values("slot").distinct().count() == GuidanceMeeting.objects.count() == 10
    assert Event.objects.filter(noun="meeting").count() == 10


@pytest.mark.django_db(transaction=True)
def test_three_lists_at_once_share_the_last_ten_slots_without_a_clash():
    dan, by = make.adviser().staff, make.viewer(make.careers_leader())
    slots = [make.slot(dan, make.at(TUESDAY, 8) + timedelta(minutes=50 * n)) for n in range(10)]
    people = make.students(30)
    done, broken = [], []

    def ask(n):
        try:
            done.append(
                booking.book_in_order(
                    school=dan.institution, students=people[n::3], slots=slots, by=by,
                    at=make.NOW + timedelta(seconds=n), on=make.TODAY,
                )
            )  # fmt: skip
        except Exception as problem:
            broken.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert sum(len(one.meetings) for one in done) == GuidanceMeeting.objects.count() == 10
    assert all(one.why for booked in done for one in booked.left)


def trip(student, on=TUESDAY, title="Site visit", kind="workplace_experience", **said):
    return make.participation(student, make.activity(title, kind, on, **said), said.pop("status", "planned"))


def test_a_visit_that_day_refuses_by_name_and_a_talk_of_an_hour_does_not(ten, amara, priya):
    part = trip(amara)
    assert refused(ten, amara, priya) == "Amara Ode is down for Site visit on 10 Feb 2026: choose another day."
    part.status = "withdrawn"
    part.save()
    trip(amara, title="Talk", kind="employer_encounter", hours=1)
    assert book(ten, amara, priya).status == "booked"


def test_half_a_day_and_the_middle_of_a_placement_refuse_too(dan, amara, priya):
    trip(amara, date(2026, 2, 9), "Placement", ends_on=date(2026, 2, 13))
    ben = make.student("Ben", "Shah", year=11)
    trip(ben, WEDNESDAY, "Enterprise day", "employer_encounter", hours=5)
    slot = make.slot(dan, make.at(WEDNESDAY, 10))
    assert "is down for Placement on 11 Feb 2026" in refused(slot, amara, priya)
    assert "is down for Enterprise day on 11 Feb 2026" in refused(slot, ben, priya)


def test_in_a_list_who_is_away_is_passed_over_to_the_next_slot(ten, dan, amara, priya):
    trip(amara)
    ben = make.student("Ben", "Shah", year=11)
    next_day = make.slot(dan, make.at(WEDNESDAY, 10))
    done = booking.book_in_order(school=make.school(), students=[amara, ben], slots=[ten, next_day], by=priya,
                                 at=make.NOW, on=make.TODAY)  # fmt: skip
    assert {one.student.forename: one.slot for one in done.meetings} == {"Amara": next_day, "Ben": ten}


def test_a_list_says_who_has_no_slot_but_on_the_day_of_a_visit(ten, amara, priya):
    trip(amara)
    done = booking.book_in_order(school=make.school(), students=[amara], slots=[ten], by=priya, at=make.NOW,
                                 on=make.TODAY)  # fmt: skip
    assert not done.meetings and "is down for Site visit on 10 Feb 2026" in done.left[0].why
