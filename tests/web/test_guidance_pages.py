"""Recording a guidance meeting by page: it counts at once, its summary is shared, and it can be taken back."""

from datetime import date

import pytest

from pathbook.audit.models import Event
from pathbook.records.models import Action, GuidanceMeeting
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
HELD = {
    "held_on": "2026-01-14", "adviser_name": "Dan Okafor", "adviser_level": "6", "minutes": "45", "purpose": "Options",
    "summary": "Wants to be an electrician.",
}  # fmt: skip


@pytest.fixture
def amara():
    return make.student("Amara", "Ode", year=11, group="11A")


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


def form_of(student):
    return f"/guidance/record/?student={student.key}"


def record(client, student, **said):
    """The form as the page offers it, filled in, sent, and the page that follows."""
    offered = dict(open_page(client, form_of(student)).fields)
    offered.pop("nothing_agreed", None)
    answer = client.post(form_of(student), offered | HELD | said)
    assert answer.status_code == 302, Page(answer).problems
    return open_page(client, answer.url)


def test_a_meeting_is_filed_and_counts_at_once(leader, amara):
    assert "gap=GB8.1a" in " ".join(open_page(leader, "/").links)
    page = record(leader, amara)
    assert page.notes[0].startswith("The meeting with Amara Ode is recorded.")
    assert "Wants to be an electrician." in page.text and "14 Jan 2026, Dan Okafor" in page.text
    assert "gap=GB8.1a" not in " ".join(open_page(leader, "/").links)
    assert "Done" in open_page(leader, "/coverage/").text


def test_undo_takes_the_meeting_back_and_the_gap_returns(leader, amara):
    page = record(leader, amara)
    answer = leader.post(page.undo)
    assert open_page(leader, answer.url).notes == ["Undone: the meeting is taken back."]
    assert GuidanceMeeting.objects.count() == 0
    assert "gap=GB8.1a" in " ".join(open_page(leader, "/").links)
    assert leader.post(page.undo).status_code == 404, "there is nothing left to take back"


def test_both_are_noted_and_the_words_said_are_in_neither(leader, amara):
    leader.post(record(leader, amara).undo)
    events = Event.objects.filter(noun="meeting").order_by("pk")
    assert [event.verb for event in events] == ["created", "undone"]
    assert not any("electrician" in str(event.detail) for event in events)


def test_a_meeting_with_an_adviser_below_level_6_is_filed_and_does_not_count(leader, amara):
    record(leader, amara, adviser_level="4")
    tab = open_page(leader, f"/coverage/{amara.key}/GB8.1a/")
    assert "0 of 1" in tab.text and "Held, adviser at level 4" in tab.text and "Does not count" in tab.text


def test_a_form_sent_twice_files_one_meeting(leader, amara):
    fields = dict(open_page(leader, form_of(amara)).fields) | HELD
    fields.pop("nothing_agreed", None)
    first, second = leader.post(form_of(amara), fields), leader.post(form_of(amara), fields)
    assert first.status_code == second.status_code == 302
    assert GuidanceMeeting.objects.count() == 1
    assert "already" in open_page(leader, second.url).notes[-1]


def test_two_meetings_on_one_day_are_two(leader, amara):
    record(leader, amara)
    record(leader, amara, adviser_name="Ann Other")
    assert GuidanceMeeting.objects.count() == 2


def test_a_meeting_something_was_agreed_in_cannot_be_taken_back(leader, amara):
    page = record(leader, amara)
    Action.objects.create(
        student=amara, meeting=GuidanceMeeting.objects.get(), what="Visit the college", owner="student",
        agreed_on=make.TODAY, due_on=make.TODAY, recorded_by="t", recorded_at=make.NOW,
    )  # fmt: skip
    answer = leader.post(page.undo)
    assert "agreed" in open_page(leader, answer.url).notes[0]
    assert GuidanceMeeting.objects.count() == 1 and Action.objects.count() == 1


@pytest.mark.parametrize("maker", [
    lambda: make.form_tutor(make.tutor_group("11A", 11)), make.data_manager, make.governor, make.stranger,
])  # fmt: skip
def test_who_may_not_record_guidance_neither_sees_the_form_nor_saves(maker, amara):
    client = hand_of(maker())
    assert client.get(form_of(amara)).status_code == 404
    assert client.post(form_of(amara), HELD).status_code == 404
    meeting = make.guidance_meeting(amara)
    assert client.post(f"/guidance/{meeting.key}/take-back/").status_code == 404
    assert GuidanceMeeting.objects.count() == 1


def test_another_schools_student_and_meeting_do_not_exist(leader):
    theirs = make.student("Theirs", at=make.school("Other School"))
    meeting = make.guidance_meeting(theirs)
    assert leader.get(form_of(theirs)).status_code == leader.post(form_of(theirs), HELD).status_code == 404
    assert leader.post(f"/guidance/{meeting.key}/take-back/").status_code == 404
    assert GuidanceMeeting.objects.get() == meeting


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"held_on": ""}, "Say when it was held."),
        ({"held_on": "31/02/2026"}, "Write the date as day, month and year, such as 14/1/2026."),
        ({"held_on": "2026-02-06"}, "This day has not come yet. Record the meeting once it has been held."),
        ({"held_on": "2011-01-01"}, "Check the year: it is more than ten years ago."),
        ({"adviser_name": "  "}, "Say who the adviser was."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_what_was_typed_is_kept(leader, amara, wrong, sentence):
    page = Page(leader.post(form_of(amara), HELD | wrong))
    assert page.status == 422 and page.problems == [sentence]
    assert page.field("summary") == ["Wants to be an electrician."] and page.field("minutes") == ["45"]
    assert GuidanceMeeting.objects.count() == 0 and not Event.objects.filter(noun="meeting").exists()


@pytest.mark.parametrize("said", ["14/1/2026", "14/01/26", "14 Jan 2026", "2026-01-14", "14 January 2026"])
def test_a_date_may_be_written_as_people_write_it(leader, amara, said):
    record(leader, amara, held_on=said)
    assert GuidanceMeeting.objects.get().held_on == date(2026, 1, 14)
