"""Slots offered, taken back and undone: by a run of one day or a timetable of weekdays, around what is closed or booked."""

from datetime import UTC, date, time, timedelta

import pytest
from django.utils import timezone

from pathbook.audit.models import Event
from pathbook.framework.schooldays import Closed, SchoolDays
from pathbook.records.actions import slots
from pathbook.records.actions.slots import AlreadyOfferedError, Run, SlotRefusedError
from pathbook.records.models import GuidanceSlot
from pathbook.records.queries.slots import advisers_bookable_by, free_slots
from tests import make

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 2, 10)
FIVE = Run(TUESDAY, time(9, 0), number=5, minutes=45, gap=15, place="Room 4")


@pytest.fixture
def dan():
    return make.adviser().staff


@pytest.fixture
def priya():
    return make.viewer(make.careers_leader())


def offer(dan, by, run=FIVE, series="", at=make.NOW):
    return slots.offer(adviser=dan, run=run, by=by, at=at, series=series)


def clock(slot):
    return f"{timezone.localtime(slot.starts_at):%a %d %b %H:%M}"


def test_five_slots_of_one_day_one_after_another_with_a_gap(dan, priya):
    offered = offer(dan, priya)
    said = ["Tue 10 Feb 09:00", "Tue 10 Feb 10:00", "Tue 10 Feb 11:00", "Tue 10 Feb 12:00", "Tue 10 Feb 13:00"]
    assert list(map(clock, offered.slots)) == said
    assert Event.objects.filter(noun="slot", verb="created").count() == 5


def test_a_timetable_of_weekdays_leaves_out_what_is_closed_and_says_why(dan, priya):
    make.closure(date(2026, 2, 16), date(2026, 2, 20))
    run = Run(TUESDAY, time(9), 2, 45, last_day=date(2026, 2, 26), weekdays=(1, 3))
    offered = offer(dan, priya, run)
    assert {clock(slot)[:10] for slot in offered.slots} == {"Tue 10 Feb", "Thu 12 Feb", "Tue 24 Feb", "Thu 26 Feb"}
    assert offered.skipped == ((date(2026, 2, 17), "Half term"), (date(2026, 2, 19), "Half term"))


def test_ten_o_clock_stays_ten_o_clock_when_the_clocks_change(dan, priya):
    run = Run(date(2026, 3, 26), time(10), 1, 45, last_day=date(2026, 4, 2), weekdays=(3,))
    before, after = offer(dan, priya, run).slots
    assert clock(before)[-5:] == clock(after)[-5:] == "10:00"
    assert after.starts_at.astimezone(UTC) - before.starts_at.astimezone(UTC) == timedelta(days=7) - timedelta(hours=1)


@pytest.mark.parametrize(
    ("run", "says"),
    [
        (Run(TUESDAY, time(22), 3, 60), "after midnight"),
        (Run(TUESDAY, time(9), 1, 45, last_day=TUESDAY, weekdays=(0,)), "No such weekday"),
        (Run(date(2026, 2, 4), time(9), 1, 45), "before now"),
        (Run(TUESDAY, time(9), 12, 15, last_day=date(2027, 2, 9), weekdays=(0, 1, 2, 3, 4)), "at most 1,000"),
    ],
)
def test_what_cannot_be_offered_is_refused_in_one_sentence_and_nothing_is_kept(dan, priya, run, says):
    with pytest.raises(SlotRefusedError, match=says):
        offer(dan, priya, run)
    assert GuidanceSlot.objects.count() == 0


def test_a_closed_day_is_refused_with_its_reason(dan, priya):
    make.closure(TUESDAY, why="Mock exams")
    with pytest.raises(SlotRefusedError, match="Mock exams"):
        offer(dan, priya)


def test_an_overlap_is_refused_whole_and_another_adviser_may_have_the_time(dan, priya):
    offer(dan, priya)
    with pytest.raises(SlotRefusedError, match="09:00 to 09:45"):
        offer(dan, priya, Run(TUESDAY, time(9, 30), 1, 45))
    assert len(offer(make.adviser("Ann Other").staff, priya).slots) == 5


def test_the_same_form_sent_twice_offers_once(dan, priya):
    offer(dan, priya, series="abcdefghjkmn")
    with pytest.raises(AlreadyOfferedError):
        offer(dan, priya, series="abcdefghjkmn")
    assert GuidanceSlot.objects.count() == 5


def test_taking_back_leaves_what_is_booked(dan, priya):
    offered = offer(dan, priya)
    make.guidance_meeting(make.student(), status="booked", slot=offered.slots[0])
    assert slots.withdraw(slots=offered.slots, by=priya, at=make.NOW + timedelta(minutes=1)) == 4
    assert list(GuidanceSlot.objects.values_list("pk", flat=True)) == [offered.slots[0].pk]


def test_a_cancelled_meeting_does_not_hold_its_slot(dan, priya):
    offered = offer(dan, priya)
    gone = make.guidance_meeting(make.student(), status="cancelled", slot=offered.slots[0], planned_on=TUESDAY)
    assert slots.withdraw(slots=offered.slots, by=priya, at=make.NOW) == 5
    gone.refresh_from_db()
    assert gone.slot is None and gone.planned_on == TUESDAY


def test_undo_of_offering_and_of_taking_back(dan, priya):
    later = make.NOW + timedelta(minutes=1)
    offered = offer(dan, priya)
    slots.withdraw(slots=offered.slots, by=priya, at=later)
    assert slots.undo(said_at=later, advisers=[dan], by=priya, at=later + timedelta(minutes=1)) == 5
    assert list(GuidanceSlot.objects.order_by("starts_at").values_list("key", flat=True)) == [
        s.key for s in offered.slots
    ]
    assert slots.undo(said_at=make.NOW, advisers=[dan], by=priya, at=later + timedelta(minutes=2)) == 5
    assert GuidanceSlot.objects.count() == 0
    with pytest.raises(SlotRefusedError, match="undone already"):
        slots.undo(said_at=make.NOW, advisers=[dan], by=priya, at=later + timedelta(minutes=3))


def test_undo_does_not_bring_back_what_something_else_stands_in(dan, priya):
    later = make.NOW + timedelta(minutes=1)
    slots.withdraw(slots=offer(dan, priya).slots, by=priya, at=later)
    offer(dan, priya, Run(TUESDAY, time(9, 15), 1, 45), at=later + timedelta(minutes=1))
    with pytest.raises(SlotRefusedError, match="overlaps"):
        slots.undo(said_at=later, advisers=[dan], by=priya, at=later + timedelta(minutes=2))


def test_nobody_undoes_what_another_did_or_another_advisers(dan, priya):
    offer(dan, priya)
    for advisers, by in (
        ([make.adviser("Ann Other").staff], priya),
        ([dan], make.viewer(make.careers_leader("Lena Leader"))),
    ):
        with pytest.raises(SlotRefusedError):
            slots.undo(said_at=make.NOW, advisers=advisers, by=by, at=make.NOW)


def test_free_is_not_begun_not_taken_and_not_closed(dan, priya):
    offered = offer(dan, priya, Run(TUESDAY, time(9), 2, 45, last_day=date(2026, 2, 12), weekdays=(1, 2, 3))).slots
    make.guidance_meeting(make.student(), status="booked", slot=offered[1])
    make.closure(date(2026, 2, 11))
    free = free_slots(dan.institution, after=make.at(TUESDAY, 9, 0), advisers=[dan])
    assert list(map(clock, free)) == ["Thu 12 Feb 09:00", "Thu 12 Feb 09:45"]


def test_an_adviser_offers_for_themselves_and_a_leader_for_all(dan, priya, today):
    ann = make.adviser("Ann Other").staff
    assert advisers_bookable_by(priya, dan.institution, on=today) == [ann, dan]
    assert advisers_bookable_by(make.viewer(dan.account), dan.institution, on=today) == [dan]
    tutor = make.viewer(make.form_tutor(make.tutor_group("10B")))
    assert advisers_bookable_by(tutor, dan.institution, on=today) == []
    make.Account.objects.filter(pk=ann.account_id).update(is_active=False)
    assert advisers_bookable_by(priya, dan.institution, on=today) == [dan], "whose account is disabled meets nobody"


def test_ten_school_days_pass_over_weekends_and_closures():
    days = SchoolDays((Closed(date(2026, 2, 16), date(2026, 2, 20), "Half term"),))
    assert days.after(date(2026, 2, 5), 10) == date(2026, 2, 26)
    assert days.since(date(2026, 2, 5), date(2026, 2, 26)) == 10
    assert not days.is_open(date(2026, 2, 7)) and days.is_open(date(2026, 2, 9))
