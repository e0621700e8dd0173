"""Appointments by page: the day, the week, offering, booking one and a list, what becomes of a meeting, closures, missed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.people.models import Role
from pathbook.records.models import CalendarFeed, Closure, GuidanceMeeting, GuidanceSlot
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 2, 10)
OFFER = {
    "first_day": "2026-02-10", "first_time": "09:00", "number": "5", "minutes": "45", "gap": "10", "place": "Room 4",
}  # fmt: skip


@pytest.fixture
def account():
    return make.adviser()


@pytest.fixture
def dan(account):
    return account.staff


@pytest.fixture
def hand(account):
    return hand_of(account)


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


@pytest.fixture
def amara():
    return make.student("Amara", "Ode", year=11, group="11A", pupil_premium=True)


def booked(student, slot, **said):
    said = {"status": "booked", "planned_on": slot.starts_at.date(), "adviser_name": slot.adviser.name} | said
    return make.guidance_meeting(student, slot=slot, adviser=slot.adviser, **said)


def send(hand, url, **said):
    """The form as the page offers it, filled in and sent."""
    fields = dict(open_page(hand, url).fields)
    return hand.post(url, fields | said)


def followed(hand, answer):
    assert answer.status_code == 302, Page(answer).problems
    return open_page(hand, answer.url)


def test_the_day_tells_who_why_what_was_said_what_is_open_and_what_they_want(hand, dan, amara):
    make.guidance_meeting(amara, on=date(2025, 11, 12), summary="Wants to be a paramedic. We compared the routes.")
    make.action(amara, "Visit the ambulance station", due_on=date(2026, 1, 30))
    booked(amara, make.slot(dan, make.at(make.TODAY, 11), place="Room 4"), purpose="Options after Year 11")
    page = open_page(hand, "/guidance/")
    for words in ("1 meeting today", "11:00", "Room 4", "Amara Ode", "Year 11, 11A", "Pupil premium", "Options after",
                  "12 Nov 2025 : Wants to be a paramedic", "Visit the ambulance station", "Due 30 Jan 2026"):  # fmt: skip
        assert words in page.text, words


def test_the_private_note_is_not_on_the_day(hand, dan, amara):
    make.guidance_meeting(amara, on=date(2025, 11, 12), private_note="Worried about home", adviser=dan)
    booked(amara, make.slot(dan, make.at(make.TODAY, 11)))
    assert "Worried" not in open_page(hand, "/guidance/").body


def test_an_adviser_sees_their_own_day_and_a_leader_everybodys(hand, leader, dan, amara):
    ann = make.adviser("Ann Other").staff
    booked(amara, make.slot(dan, make.at(make.TODAY, 11)))
    booked(make.student("Ben", "Shah"), make.slot(ann, make.at(make.TODAY, 11)))
    assert "Ben Shah" not in open_page(hand, "/guidance/").text
    assert "Ben Shah" not in open_page(hand, "/guidance/?adviser=all").text
    assert "2 meetings today" in open_page(leader, "/guidance/").text
    assert "1 meeting today" in open_page(leader, f"/guidance/?adviser={ann.pk}").text


def test_an_adviser_of_one_group_meets_no_other_name(dan, amara):
    only = make.account("Only Eleven")
    make.role(only, Role.ADVISER, "tutor_group", tutor_group=make.tutor_group("11A", 11))
    mine = make.staff("Only Eleven", 6, account=only)
    booked(make.student("Hidden", "Zzcanary", year=10, group="10B"), make.slot(mine, make.at(make.TODAY, 11)))
    booked(amara, make.slot(mine, make.at(make.TODAY, 12)))
    hand = hand_of(only)
    for url in ("/guidance/", "/guidance/week/", "/guidance/missed/", "/guidance/week/closures/"):
        assert "Zzcanary" not in open_page(hand, url).body
    assert "Booked" in open_page(hand, "/guidance/week/").text


def test_nonsense_in_the_address_is_ignored(hand, dan):
    for query in (
        "day=nonsense",
        "day=9999-12-31",
        "day=0001-01-01",
        "adviser=x",
        "adviser=99999999",
        "day=2026-02-30",
    ):
        for url in ("/guidance/", "/guidance/week/"):
            assert open_page(hand, f"{url}?{query}").status == 200, query


def test_what_was_not_finished_yesterday_stands_on_today(hand, dan, amara):
    booked(amara, make.slot(dan, make.at(make.TODAY - timedelta(days=1), 11)))
    assert "Of earlier days, not finished" in open_page(hand, "/guidance/").text
    assert "not finished" not in open_page(hand, "/guidance/?day=2026-02-04").text


def test_slots_offered_by_a_timetable_are_in_the_week_and_undone(hand, dan):
    page = followed(hand, send(hand, "/guidance/week/offer/", **OFFER, last_day="2026-02-20", weekdays=["1", "3"]))
    assert page.notes == ["20 slots offered.Undo"] and "0 booked, 10 free" in page.text
    undone = followed(hand, hand.post(page.undo))
    assert undone.notes == ["Undone: 20 slots. What is booked stays."]
    assert GuidanceSlot.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"first_day": ""}, "Say on which day"),
        ({"first_day": "2026-02-04"}, "begin before now"),
        ({"number": "0"}, "from 1 to 30"),
        ({"minutes": "x"}, "from 5 to 240"),
        ({"first_time": "25:00"}, "hours and minutes"),
        ({"last_day": "2026-02-09"}, "before the first"),
        ({"last_day": "2026-03-09"}, "Tick the weekdays"),
        ({"weekdays": ["1"]}, "until which day"),
        ({"last_day": "2028-03-09", "weekdays": ["1"]}, "at most a year"),
        ({"adviser": "99999"}, "Choose an adviser"),
    ],
)
def test_a_bad_offer_is_one_sentence_keeps_what_was_typed_and_changes_nothing(hand, dan, said, says):
    answer = send(hand, "/guidance/week/offer/", **(OFFER | said))
    page = Page(answer)
    assert answer.status_code == 422 and any(says in problem for problem in page.problems), page.problems
    assert page.field("place") == ["Room 4"] and GuidanceSlot.objects.count() == 0


def test_an_offer_sent_twice_is_offered_once(hand, dan):
    fields = dict(open_page(hand, "/guidance/week/offer/").fields) | OFFER
    hand.post("/guidance/week/offer/", fields)
    page = followed(hand, hand.post("/guidance/week/offer/", fields))
    assert "Nothing was offered twice" in page.notes[-1] and GuidanceSlot.objects.count() == 5


def test_ticked_free_slots_are_taken_back_and_the_booked_stay(hand, dan, amara):
    free, taken = make.slot(dan, make.at(TUESDAY, 9)), make.slot(dan, make.at(TUESDAY, 10))
    booked(amara, taken)
    page = followed(hand, hand.post("/guidance/week/withdraw/", {"slot": [free.key, taken.key], "day": "2026-02-10"}))
    assert page.notes == ["1 slot is no longer offered.Undo"]
    followed(hand, hand.post(page.undo))
    assert set(GuidanceSlot.objects.values_list("key", flat=True)) == {free.key, taken.key}


def test_nobody_takes_back_another_advisers_slots(hand, dan):
    other = make.slot(make.adviser("Ann Other").staff, make.at(TUESDAY, 9))
    hand.post("/guidance/week/withdraw/", {"slot": [other.key]})
    assert GuidanceSlot.objects.filter(pk=other.pk).exists()


def test_one_student_is_booked_from_the_record_and_undone(hand, dan, amara):
    slot = make.slot(dan, make.at(TUESDAY, 10))
    url = f"/guidance/book/?student={amara.key}"
    assert url in open_page(hand, f"/students/{amara.key}/").links
    page = followed(hand, send(hand, url, slot=slot.key, purpose="Options"))
    assert page.notes == ["Amara Ode is booked for Tue 10 Feb 2026 at 10:00 with Dan Okafor.Undo"]
    followed(hand, hand.post(page.undo))
    assert GuidanceMeeting.objects.count() == 0


def test_a_booking_refused_keeps_what_was_typed(hand, dan, amara):
    slot = make.slot(dan, make.at(TUESDAY, 10))
    booked(make.student("Ben", "Shah"), slot)
    make.slot(dan, make.at(TUESDAY, 14))
    for key, says in ((slot.key, "has just been taken"), ("", "Choose a slot"), ("neverexisted", "no longer offered")):
        answer = send(hand, f"/guidance/book/?student={amara.key}", slot=key, purpose="Options")
        page = Page(answer)
        assert answer.status_code == 422 and says in page.problems[0] and page.field("purpose") == ["Options"]
    assert GuidanceMeeting.objects.filter(student=amara).count() == 0


def test_an_adviser_books_no_slot_of_another(hand, dan, amara):
    other = make.slot(make.adviser("Ann Other").staff, make.at(TUESDAY, 10))
    make.slot(dan, make.at(TUESDAY, 10))
    assert send(hand, f"/guidance/book/?student={amara.key}", slot=other.key).status_code == 422


def test_a_free_slot_of_the_week_is_booked_by_finding_the_name(hand, dan, amara):
    slot = make.slot(dan, make.at(TUESDAY, 10))
    assert f"/guidance/book/?slot={slot.key}" in open_page(hand, "/guidance/week/?day=2026-02-10").links
    page = open_page(hand, f"/guidance/book/?slot={slot.key}&q=amara")
    link = f"/guidance/book/?student={amara.key}&slot={slot.key}"
    assert link in page.links
    assert ("slot", slot.key) in open_page(hand, link).fields


def test_a_list_is_shown_in_order_of_need_then_booked_and_undone(leader, dan, amara):
    missed = make.student("Missed", "Before", year=11, group="11A")
    make.guidance_meeting(missed, status="not_attended", planned_on=date(2026, 1, 12))
    for hour in (9, 10):
        make.slot(dan, make.at(TUESDAY, hour))
    third = make.student("Zed", "Last", year=8, group="8A")
    keys = [third.key, amara.key, missed.key]
    shown = leader.post("/guidance/book/list/", {"who": keys})
    page = Page(shown)
    assert "2 of 3 can be booked" in page.text and "No free slot is left: offer more." in page.text
    assert GuidanceMeeting.objects.filter(status="booked").count() == 0, "nothing is booked until it is asked for"
    answer = leader.post("/guidance/book/list/", {"who": keys, "act": "book", "purpose": "First meeting", "first": ""})
    page = followed(leader, answer)
    assert page.notes[0].startswith("2 meetings booked, most urgent need first. 1 not booked: No free slot")
    first, second = GuidanceMeeting.objects.filter(status="booked").order_by("slot__starts_at")
    assert (first.student, second.student, first.purpose) == (missed, amara, "First meeting")
    followed(leader, leader.post(page.undo))
    assert GuidanceMeeting.objects.filter(status="booked").count() == 0


def test_a_list_sent_twice_books_nobody_twice(leader, dan, amara):
    for hour in (9, 10, 11):
        make.slot(dan, make.at(TUESDAY, hour))
    said = {"who": [amara.key], "act": "book", "purpose": "", "first": ""}
    leader.post("/guidance/book/list/", said)
    page = followed(leader, leader.post("/guidance/book/list/", said))
    assert "0 meetings booked" in page.notes[-1] and GuidanceMeeting.objects.count() == 1


def test_the_lists_of_students_and_of_needs_offer_it_to_a_leader_and_an_adviser(leader, hand, dan, amara):
    for who in (leader, hand):
        for url in ("/students/?year=11", "/needs/?year=11"):
            assert "Book guidance for them" in open_page(who, url).text


def test_a_meeting_is_moved_with_its_reason(hand, dan, amara):
    meeting = booked(amara, make.slot(dan, make.at(TUESDAY, 10)))
    slot = make.slot(dan, make.at(TUESDAY, 14))
    url = f"/guidance/{meeting.key}/move/"
    assert Page(send(hand, url, slot=slot.key, reason="")).problems == ["Say why, in a few words."]
    page = followed(hand, send(hand, url, slot=slot.key, reason="A mock exam"))
    assert page.notes == ["Amara Ode is moved to Tue 10 Feb 2026 at 14:00.Undo"]
    meeting.refresh_from_db()
    assert (meeting.slot, meeting.reason, meeting.sequence) == (slot, "A mock exam", 1)


def test_a_meeting_is_cancelled_and_the_later_of_two_is_told(hand, leader, dan, amara):
    meeting = booked(amara, make.slot(dan, make.at(TUESDAY, 10)))
    url = f"/guidance/{meeting.key}/cancel/"
    stale = dict(open_page(leader, url).fields)
    followed(hand, send(hand, url, reason="She asked to"))
    answer = leader.post(url, stale | {"reason": "A trip"})
    assert answer.status_code == 422 and "it is cancelled. Nothing was done" in Page(answer).problems[0]
    meeting.refresh_from_db()
    assert (meeting.status, meeting.reason) == ("cancelled", "She asked to")


def test_who_did_not_come_is_given_a_next_slot_at_once(hand, dan, amara):
    meeting = booked(amara, make.slot(dan, make.at(make.TODAY - timedelta(days=1), 8)))
    slot = make.slot(dan, make.at(TUESDAY, 10))
    page = followed(hand, send(hand, f"/guidance/{meeting.key}/not-attended/", reason="Forgot"))
    assert "Book a meeting for Amara Ode" in page.text and page.undo
    followed(hand, send(hand, f"/guidance/book/?student={amara.key}", slot=slot.key))
    assert "Every missed meeting has a next slot or a reason" in open_page(hand, "/guidance/missed/").text


def test_the_board_of_missed_meetings_counts_school_days_past_closures(leader, dan):
    early, late = make.student("Early", "Still"), make.student("Late", "Now")
    make.guidance_meeting(early, status="not_attended", planned_on=date(2026, 1, 26), adviser_name="Dan Okafor")
    meeting = make.guidance_meeting(
        late, status="not_attended", planned_on=date(2026, 1, 21), adviser_name="Dan Okafor"
    )
    page = open_page(leader, "/guidance/missed/")
    assert "1 missed meeting without a next slot after 10 school days" in page.text
    assert page.text.index("Late Now") < page.text.index("Early Still") and "11 school days" in page.text
    closed = make.closure(date(2026, 1, 28))
    assert "2 missed meetings to rebook, all within 10 school days" in open_page(leader, "/guidance/missed/").text
    closed.delete()
    page = followed(leader, send(leader, f"/guidance/{meeting.key}/no-next/", reason="Leaves soon"))
    assert page.text.count("Late Now") == 1 and page.undo, "only the note names her"
    followed(leader, leader.post(page.undo))
    assert "Late Now" in open_page(leader, "/guidance/missed/").text


def test_a_missed_meeting_leaves_the_board_when_booked_or_held_since_but_not_when_cancelled(leader, amara):
    make.guidance_meeting(amara, status="not_attended", planned_on=date(2026, 1, 12))
    later = make.guidance_meeting(amara, status="cancelled", planned_on=date(2026, 2, 9))
    assert "Amara Ode" in open_page(leader, "/guidance/missed/").text
    GuidanceMeeting.objects.filter(pk=later.pk).update(status="booked")
    assert "Amara Ode" not in open_page(leader, "/guidance/missed/").text


def test_who_has_left_is_not_on_the_board(leader):
    gone = make.student("Gone", "Away", end_date=date(2026, 1, 30))
    make.guidance_meeting(gone, status="not_attended", planned_on=date(2026, 1, 12))
    assert "Gone Away" not in open_page(leader, "/guidance/missed/").text


def test_a_closure_says_which_booked_meetings_lie_in_it_and_what_to_do(leader, dan, amara):
    meeting = booked(amara, make.slot(dan, make.at(TUESDAY, 10)))
    page = followed(
        leader,
        send(leader, "/guidance/week/closures/", first_day="2026-02-09", last_day="2026-02-13", why="Mock exams"),
    )
    assert "1 meeting booked while the school is closed" in page.text and "nothing is cancelled by itself" in page.text
    assert f"/guidance/{meeting.key}/move/" in page.links and f"/guidance/{meeting.key}/cancel/" in page.links
    meeting.refresh_from_db()
    assert meeting.status == "booked"
    followed(leader, leader.post(page.undo))
    assert Closure.objects.count() == 0


def test_a_closure_is_taken_away_and_undone(leader, dan):
    closure = make.closure(TUESDAY)
    page = followed(leader, leader.post(f"/guidance/week/closures/{closure.pk}/end/"))
    assert Closure.objects.count() == 0
    followed(leader, leader.post(page.undo))
    assert Closure.objects.get().why == "Half term"


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"first_day": "2026-02-10", "why": ""}, "Say why"),
        ({"first_day": "", "why": "Snow"}, "from which day"),
        ({"first_day": "2026-02-10", "last_day": "2026-02-09", "why": "Snow"}, "before the first"),
        ({"first_day": "2026-02-10", "last_day": "2028-02-09", "why": "Snow"}, "at most a year"),
    ],
)
def test_a_bad_closure_changes_nothing(leader, said, says):
    answer = leader.post("/guidance/week/closures/", said)
    assert answer.status_code == 422 and any(says in problem for problem in Page(answer).problems)
    assert Closure.objects.count() == 0


def test_an_adviser_of_one_group_reads_closures_and_closes_nothing(account):
    only = make.account("Only Eleven")
    make.role(only, Role.ADVISER, "tutor_group", tutor_group=make.tutor_group("11A", 11))
    hand = hand_of(only)
    assert open_page(hand, "/guidance/week/closures/").status == 200
    assert hand.post("/guidance/week/closures/", {"first_day": "2026-02-10", "why": "Snow"}).status_code == 404
    assert hand.post(f"/guidance/week/closures/{make.closure(TUESDAY).pk}/end/").status_code == 404


def test_a_calendar_is_made_and_ended_on_its_page(hand, dan, client):
    page = followed(hand, hand.post("/guidance/calendars/make/", {"adviser": dan.pk}))
    feed = CalendarFeed.objects.get()
    assert f"http://testserver/calendar/{feed.key}.ics" in page.body
    assert client.get(f"/calendar/{feed.key}.ics").status_code == 200
    followed(hand, hand.post(f"/guidance/calendars/{feed.pk}/end/"))
    assert client.get(f"/calendar/{feed.key}.ics").status_code == 404


def test_nobody_makes_or_ends_the_calendar_of_another(hand, dan, amara):
    ann, elsewhere = make.adviser("Ann Other").staff, make.student("Else", "Where", at=make.school("Other School"))
    assert hand.post("/guidance/calendars/make/", {"adviser": ann.pk}).status_code == 404
    assert hand.post("/guidance/calendars/make/", {"student": elsewhere.key}).status_code == 404
    assert hand.post(f"/guidance/calendars/{make.calendar_feed(adviser=ann).pk}/end/").status_code == 404
    assert hand.post("/guidance/calendars/make/", {"student": amara.key}).status_code == 302


def test_a_meeting_of_a_student_not_yours_does_not_exist(hand, dan):
    elsewhere = make.student("Else", "Where", at=make.school("Other School"))
    meeting = make.guidance_meeting(elsewhere, status="booked", planned_on=TUESDAY)
    for act in ("move", "cancel", "not-attended", "no-next"):
        assert hand.get(f"/guidance/{meeting.key}/{act}/").status_code == 404
        assert hand.post(f"/guidance/{meeting.key}/{act}/", {"reason": "x", "seen": "0"}).status_code == 404


@pytest.mark.parametrize("url", ["/guidance/", "/guidance/week/", "/guidance/missed/", "/guidance/week/closures/"])
def test_a_page_asks_as_often_for_three_meetings_as_for_sixty(leader, dan, url):
    used = []
    make.closure(make.TODAY + timedelta(days=1), make.TODAY + timedelta(days=30))
    for more, hour, group in ((3, 8, "11A"), (57, 9, "11B")):
        for n, student in enumerate(make.students(more, group=group)):
            slot = make.slot(dan, make.at(make.TODAY, hour) + timedelta(minutes=10 * n), minutes=10)
            booked(student, slot)
            make.guidance_meeting(student, on=date(2025, 11, 12), summary="What was said.")
            make.guidance_meeting(student, status="not_attended", planned_on=date(2026, 1, 20))
            booked(student, make.slot(dan, make.at(TUESDAY, hour) + timedelta(minutes=10 * n), minutes=10))
            make.action(student)
        leader.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert leader.get(url).status_code == 200
        used.append(len(asked))
    assert used[0] == used[1] <= 12, used


def test_a_list_in_order_of_need_asks_as_often_for_three_students_as_for_thirty(leader, dan):
    used = []
    for more, group in ((3, "11A"), (30, "11B")):
        keys = [one.key for one in make.students(more, group=group)]
        make.slot(dan, make.at(TUESDAY, 9 + len(used)))
        leader.post("/guidance/book/list/", {"who": keys})
        with CaptureQueriesContext(connection) as asked:
            assert leader.post("/guidance/book/list/", {"who": keys}).status_code == 200
        used.append(len(asked))
    assert used[0] == used[1] <= 22, used
