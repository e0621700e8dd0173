"""A booked meeting moved, cancelled or missed, each with its reason; undone while nothing came after; two people at once."""

from datetime import date, timedelta

import pytest

from pathbook.audit.models import Event
from pathbook.people.models import Role
from pathbook.records.actions import booking, closures, feeds, rebooking, slots
from pathbook.records.actions.booking import BookingRefusedError
from pathbook.records.actions.closures import ClosureRefusedError
from pathbook.records.models import Closure, GuidanceMeeting
from tests import make

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY = date(2026, 2, 10), date(2026, 2, 11)
LATER = make.NOW + timedelta(minutes=5)
AFTER = LATER + timedelta(minutes=5)


@pytest.fixture
def dan():
    return make.adviser().staff


@pytest.fixture
def priya():
    return make.viewer(make.careers_leader())


@pytest.fixture
def wednesday(dan):
    return make.slot(dan, make.at(WEDNESDAY, 9))


@pytest.fixture
def meeting(dan, priya):
    slot = make.slot(dan, make.at(TUESDAY, 10))
    return booking.book(slot=slot, student=make.student("Amara", "Ode"), by=priya, at=make.NOW, on=make.TODAY)


def move(meeting, slot, by, reason="A mock exam", at=LATER):
    return rebooking.move(meeting=meeting, slot=slot, reason=reason, seen=meeting.sequence, by=by, at=at, on=make.TODAY)


def cancel(meeting, by, reason="She asked to", at=LATER):
    return rebooking.cancel(meeting=meeting, reason=reason, seen=meeting.sequence, by=by, at=at)


def missed(meeting, by, at=None, reason="Absent from school"):
    at = at or make.at(TUESDAY, 11)
    return rebooking.not_attended(meeting=meeting, reason=reason, seen=meeting.sequence, by=by, at=at)


def undo(said_at, by, at=AFTER):
    return rebooking.undo(said_at=said_at, by=by, at=at, on=make.TODAY)


def test_moved_it_is_the_same_meeting_with_the_next_sequence(meeting, wednesday, priya):
    now = move(meeting, wednesday, priya)
    assert (now.pk, now.key, now.slot, now.planned_on, now.sequence) == (
        meeting.pk,
        meeting.key,
        wednesday,
        WEDNESDAY,
        1,
    )
    assert "exam" not in str(Event.objects.latest("pk").detail)


def test_moved_a_quarter_of_an_hour_it_does_not_stand_in_its_own_way(meeting, dan, priya):
    assert move(meeting, make.slot(dan, make.at(TUESDAY, 10, 15)), priya).sequence == 1


def test_moved_to_another_adviser_it_is_theirs(meeting, priya):
    ann = make.adviser("Ann Other", level=4).staff
    now = move(meeting, make.slot(ann, make.at(TUESDAY, 10)), priya)
    assert (now.adviser, now.adviser_name, now.adviser_level) == (ann, "Ann Other", 4)


def test_every_change_asks_for_its_reason(meeting, wednesday, priya):
    for act in (
        lambda: move(meeting, wednesday, priya, reason=""),
        lambda: cancel(meeting, priya, reason=""),
        lambda: missed(meeting, priya, reason=""),
    ):
        with pytest.raises(BookingRefusedError, match="Say why"):
            act()
    meeting.refresh_from_db()
    assert (meeting.status, meeting.sequence) == ("booked", 0)


def test_a_meeting_that_has_not_begun_cannot_be_missed(meeting, priya):
    with pytest.raises(BookingRefusedError, match="begins only on Tue 10 Feb 2026 at 10:00"):
        missed(meeting, priya, at=LATER)


def test_the_later_of_two_people_is_told_how_it_stands(meeting, wednesday, priya):
    cancel(meeting, priya)
    with pytest.raises(BookingRefusedError, match="it is cancelled"):
        move(meeting, wednesday, priya)


def test_cancelled_its_slot_is_free_for_another_and_then_it_is_not_undone(meeting, priya):
    cancel(meeting, priya)
    booking.book(slot=meeting.slot, student=make.student("Ben", "Shah"), by=priya, at=AFTER, on=make.TODAY)
    with pytest.raises(BookingRefusedError, match="has just been taken"):
        undo(LATER, priya)


def test_a_cancelling_undone_counts_on_so_that_calendars_believe_it(meeting, priya):
    cancel(meeting, priya)
    (now,) = undo(LATER, priya)
    assert (now.status, now.reason, now.sequence) == ("booked", "", 2)


def test_a_move_undone_is_where_it_was(meeting, wednesday, priya):
    move(meeting, wednesday, priya)
    (now,) = undo(LATER, priya)
    assert (now.planned_on, now.slot, now.sequence) == (TUESDAY, meeting.slot, 2)


def test_a_booking_undone_is_gone_and_not_twice(meeting, priya):
    undo(make.NOW, priya)
    assert GuidanceMeeting.objects.count() == 0
    with pytest.raises(BookingRefusedError, match="undone already"):
        undo(make.NOW, priya)


def test_a_booking_somebody_has_begun_to_write_up_is_not_undone(meeting, priya):
    meeting.drafts.create(author_id=1, base=1, recorded_by="a test", recorded_at=make.NOW)
    with pytest.raises(BookingRefusedError, match="begun to write"):
        undo(make.NOW, priya)


def test_what_was_changed_since_is_not_undone(meeting, wednesday, priya):
    move(meeting, wednesday, priya)
    with pytest.raises(BookingRefusedError, match="changed since"):
        undo(make.NOW, priya)


def test_a_missed_meeting_keeps_its_slot_and_undone_is_booked_again(meeting, priya):
    at = make.at(TUESDAY, 11)
    now = missed(meeting, priya, at)
    assert (now.status, now.reason, now.slot) == ("not_attended", "Absent from school", meeting.slot)
    (now,) = rebooking.undo(said_at=at, by=priya, at=at + timedelta(minutes=1), on=TUESDAY)
    assert (now.status, now.slot) == ("booked", meeting.slot)


def test_a_missed_meeting_has_a_reason_why_no_other_and_that_is_undone(meeting, priya):
    at = make.at(TUESDAY, 11)
    now = missed(meeting, priya, at)
    later = at + timedelta(minutes=1)
    now = rebooking.no_next(meeting=now, why="Moved to another school", seen=now.sequence, by=priya, at=later)
    assert now.no_next == "Moved to another school"
    (now,) = rebooking.undo(said_at=later, by=priya, at=later + timedelta(minutes=1), on=TUESDAY)
    assert (now.status, now.no_next) == ("not_attended", "")


def test_nobody_undoes_for_a_student_they_no_longer_reach(dan, priya):
    ann = make.account("Ann Other")
    hers = make.student("Hers", "Only", year=11, group="11A")
    make.role(ann, Role.ADVISER, "tutor_group", tutor_group=make.tutor_group("11A", 11))
    slot = make.slot(dan, make.at(TUESDAY, 14))
    booking.book(slot=slot, student=hers, by=make.viewer(ann), at=make.NOW, on=make.TODAY)
    ann.roles.all().delete()
    with pytest.raises(BookingRefusedError):
        undo(make.NOW, make.viewer(ann))
    with pytest.raises(BookingRefusedError):
        undo(make.NOW, priya)


def test_a_closure_takes_nothing_booked_away(meeting, priya):
    closures.close(school=meeting.institution, first_day=TUESDAY, last_day=TUESDAY, why="Snow", by=priya, at=LATER)
    meeting.refresh_from_db()
    assert meeting.status == "booked"


def test_closing_the_same_days_twice_is_one_closure(meeting, priya):
    said = {"school": meeting.institution, "first_day": TUESDAY, "last_day": WEDNESDAY, "why": "Snow", "by": priya}
    closures.close(**said, at=LATER)
    with pytest.raises(ClosureRefusedError, match=r"closed already \(Snow\)"):
        closures.close(**said, at=AFTER)
    with pytest.raises(ClosureRefusedError, match="before the first"):
        closures.close(**said | {"last_day": make.TODAY}, at=AFTER)
    assert Closure.objects.count() == 1


def test_a_closure_said_and_ended_are_both_undone(dan, priya):
    school = dan.institution
    closure = closures.close(school=school, first_day=TUESDAY, last_day=TUESDAY, why="Snow", by=priya, at=LATER)
    closures.reopen(closure=closure, by=priya, at=AFTER)
    closures.undo(school=school, said_at=AFTER, by=priya, at=AFTER + timedelta(minutes=1))
    assert Closure.objects.get().why == "Snow"
    with pytest.raises(ClosureRefusedError, match="undone already"):
        closures.undo(school=school, said_at=AFTER, by=priya, at=AFTER + timedelta(minutes=2))


def test_a_slot_with_a_missed_meeting_is_not_taken_back(meeting, priya):
    missed(meeting, priya)
    assert slots.withdraw(slots=[meeting.slot], by=priya, at=make.NOW) == 0


def test_one_calendar_for_each_and_once_ended_a_new_address(dan, priya):
    first = feeds.open_feed(school=dan.institution, adviser=dan, by=priya, at=make.NOW)
    assert feeds.open_feed(school=dan.institution, adviser=dan, by=priya, at=LATER) == first
    feeds.end_feed(feed=first, by=priya, at=LATER)
    assert feeds.open_feed(school=dan.institution, adviser=dan, by=priya, at=AFTER).key != first.key
    assert first.key not in str(list(Event.objects.values_list("detail", flat=True)))


def test_undoing_a_second_move_keeps_why_it_was_moved_first(meeting, wednesday, dan, priya):
    now = move(meeting, wednesday, priya, reason="A mock exam")
    now = move(now, make.slot(dan, make.at(date(2026, 2, 12), 9)), priya, reason="Dan is ill", at=AFTER)
    (back,) = undo(AFTER, priya, at=AFTER + timedelta(minutes=1))
    assert (back.reason, back.planned_on) == ("A mock exam", WEDNESDAY)


def test_undoing_not_attended_keeps_why_it_was_moved_before(meeting, wednesday, priya):
    now = move(meeting, wednesday, priya, reason="A mock exam")
    at = make.at(WEDNESDAY, 10)
    missed(now, priya, at=at)
    (back,) = undo(at, priya, at=at + timedelta(minutes=1))
    assert (back.status, back.reason) == ("booked", "A mock exam")
