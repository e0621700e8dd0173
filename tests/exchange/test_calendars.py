"""A calendar that other calendars follow: parsed back, it keeps its UIDs, counts its changes, and names nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from pathbook.exchange.calendars import calendar_of, feed_of
from pathbook.records.actions import booking, feeds, rebooking
from tests import make

pytestmark = pytest.mark.django_db
TUESDAY, AFTER_THE_CHANGE = date(2026, 2, 10), date(2026, 3, 31)
LATER = make.NOW + timedelta(minutes=5)


@pytest.fixture
def dan():
    return make.adviser().staff


@pytest.fixture
def priya():
    return make.viewer(make.careers_leader())


@pytest.fixture
def zahra():
    return make.student("Zahra", "Quillfeather", year=11, sen="E", looked_after=True, pupil_premium=True)


def booked(dan, student, by, day=TUESDAY, **said):
    slot = make.slot(dan, make.at(day, 10), **said)
    return booking.book(
        slot=slot, student=student, by=by, at=make.NOW, on=make.TODAY, purpose="Annual review: her plan"
    )


def read(feed):
    return Calendar.from_ical(calendar_of(feed, on=make.TODAY))


def events(feed):
    return list(read(feed).walk("VEVENT"))


def test_a_meeting_has_its_time_room_and_no_more(dan, zahra, priya):
    meeting = booked(dan, zahra, priya, place="Room 4")
    (event,) = events(make.calendar_feed(adviser=dan))
    assert (event["SUMMARY"], event["LOCATION"], event["UID"]) == (
        "Guidance meeting",
        "Room 4",
        f"{meeting.key}@pathbook",
    )
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert event.decoded("DTSTART").astimezone(UTC) == datetime(2026, 2, 10, 10, 0, tzinfo=UTC)
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=45)


@pytest.mark.parametrize("whose", ["adviser", "student"])
def test_no_name_no_purpose_and_nothing_about_anybody_is_in_it(dan, zahra, priya, whose):
    meeting = booked(dan, zahra, priya, place="Room 4")
    rebooking.cancel(meeting=meeting, reason="Her carer asked", seen=0, by=priya, at=LATER)
    feed = make.calendar_feed(**{whose: dan if whose == "adviser" else zahra})
    said = calendar_of(feed, on=make.TODAY).decode().lower()
    for word in (
        "zahra",
        "quillfeather",
        zahra.key,
        "okafor",
        "raman",
        "review",
        "plan",
        "carer",
        "ehc",
        "northbridge",
    ):
        assert word not in said, word
    assert len(events(feed)) == 1


def test_ten_o_clock_is_ten_o_clock_on_both_sides_of_the_clock_change(dan, zahra, priya):
    booked(dan, zahra, priya)
    booked(dan, make.student("Ben", "Shah"), priya, AFTER_THE_CHANGE)
    calendar = read(make.calendar_feed(adviser=dan))
    winter, summer = (event["DTSTART"] for event in calendar.walk("VEVENT"))
    assert winter.params["TZID"] == summer.params["TZID"] == "Europe/London"
    assert (winter.dt.hour, summer.dt.hour) == (10, 10)
    assert (winter.dt.utcoffset(), summer.dt.utcoffset()) == (timedelta(0), timedelta(hours=1))
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/London" and {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}


def test_moved_it_is_the_same_uid_with_the_next_sequence(dan, zahra, priya):
    meeting = booked(dan, zahra, priya)
    feed = make.calendar_feed(student=zahra)
    (before,) = events(feed)
    slot = make.slot(dan, make.at(date(2026, 2, 11), 14))
    rebooking.move(meeting=meeting, slot=slot, reason="A trip", seen=0, by=priya, at=LATER, on=make.TODAY)
    (after,) = events(feed)
    assert after["UID"] == before["UID"] and (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after.decoded("DTSTART").astimezone(UTC) == datetime(2026, 2, 11, 14, 0, tzinfo=UTC)
    assert after.decoded("DTSTAMP") == LATER


def test_cancelled_it_is_still_sent_as_cancelled_and_undone_it_is_on_again(dan, zahra, priya):
    meeting = booked(dan, zahra, priya)
    feed = make.calendar_feed(adviser=dan)
    rebooking.cancel(meeting=meeting, reason="She asked to", seen=0, by=priya, at=LATER)
    (gone,) = events(feed)
    assert (gone["STATUS"], gone["SEQUENCE"]) == ("CANCELLED", 1)
    rebooking.undo(said_at=LATER, by=priya, at=LATER + timedelta(minutes=1), on=make.TODAY)
    (back,) = events(feed)
    assert (back["STATUS"], back["SEQUENCE"], back["UID"]) == ("CONFIRMED", 2, gone["UID"])


def test_moved_to_another_adviser_it_is_cancelled_with_the_first_and_back_again_it_is_on(dan, zahra, priya):
    meeting, ann = booked(dan, zahra, priya), make.adviser("Ann Other").staff
    dans, anns = make.calendar_feed(adviser=dan), make.calendar_feed(adviser=ann)
    slot = make.slot(ann, make.at(date(2026, 2, 11), 14))
    rebooking.move(meeting=meeting, slot=slot, reason="Dan is ill", seen=0, by=priya, at=LATER, on=make.TODAY)
    (gone,), (new,) = events(dans), events(anns)
    assert (gone["STATUS"], gone["SEQUENCE"], new["STATUS"], new["UID"]) == ("CANCELLED", 1, "CONFIRMED", gone["UID"])
    (students,) = events(make.calendar_feed(student=zahra))
    assert students["STATUS"] == "CONFIRMED"
    rebooking.undo(said_at=LATER, by=priya, at=LATER + timedelta(minutes=1), on=make.TODAY)
    (back,), (over,) = events(dans), events(anns)
    assert (back["STATUS"], back["SEQUENCE"], over["STATUS"]) == ("CONFIRMED", 2, "CANCELLED")


def test_a_cancelled_one_whose_slot_was_taken_back_is_still_cancelled_on_its_day(dan, zahra, priya):
    make.guidance_meeting(zahra, status="cancelled", planned_on=TUESDAY, adviser=dan)
    (event,) = events(make.calendar_feed(adviser=dan))
    assert event["STATUS"] == "CANCELLED" and event.decoded("DTSTART") == TUESDAY


def test_an_adviser_and_a_student_have_each_their_own(dan, zahra, priya):
    booked(dan, zahra, priya)
    booked(make.adviser("Ann Other").staff, make.student("Ben", "Shah"), priya)
    assert len(events(make.calendar_feed(adviser=dan))) == len(events(make.calendar_feed(student=zahra))) == 1
    assert events(make.calendar_feed(student=make.student("New", "Here"))) == []


def test_it_opens_without_signing_in_and_ended_it_is_gone(client, dan, zahra, priya):
    booked(dan, zahra, priya)
    feed = feeds.open_feed(school=dan.institution, adviser=dan, by=priya, at=make.NOW)
    answer = client.get(f"/calendar/{feed.key}.ics")
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 1
    feeds.end_feed(feed=feed, by=priya, at=LATER)
    assert client.get(f"/calendar/{feed.key}.ics").status_code == 404
    assert client.get("/calendar/abcdefghjkmnabcdefghjkmn.ics").status_code == 404
    assert feed_of(feed.key, on=make.TODAY) is None


@pytest.mark.parametrize("how", ["left", "disabled"])
def test_an_adviser_who_left_or_may_not_sign_in_follows_nothing(how):
    account = make.adviser("Gone Adviser")
    staff = account.staff
    feed = make.calendar_feed(adviser=staff)
    assert feed_of(feed.key, on=make.TODAY) == feed
    if how == "left":
        staff.ends_on = make.TODAY - timedelta(days=1)
        staff.save()
    else:
        account.is_active = False
        account.save()
    assert feed_of(feed.key, on=make.TODAY) is None
