"""A student says on their own page whether what was agreed happened; it counts, is read by staff, and can be taken back."""

from datetime import timedelta

import pytest

from pathbook.audit.models import Event
from pathbook.framework.use.figures import FIGURES
from pathbook.framework.use.over_time import funnel
from pathbook.records.models import Action, Confirmation
from pathbook.reports.use import use_facts
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
FIGURE = next(one for one in FIGURES if one.id == "use.confirmed")


@pytest.fixture
def someone():
    return make.student("Ava", "Bell", year=11, group="11A")


def met(student, days=20, **said):
    meeting = make.guidance_meeting(student, held_on=make.TODAY - timedelta(days=days), **said)
    Action.objects.create(
        student=student, meeting=meeting, what=f"Ring the college, {days}", owner="student", agreed_on=meeting.held_on,
        due_on=make.TODAY, recorded_by="t", recorded_at=make.NOW,
    )  # fmt: skip
    return meeting


def counted(on=make.TODAY):
    facts = use_facts(make.school(), as_of=on)
    return FIGURE.share(facts, on).label, dict(funnel(facts, on))["Confirmed by the student"].of


def test_one_press_says_it_and_one_takes_it_back(someone):
    meeting, phone = met(someone), hand_of(make.as_student(someone))
    assert counted() == ("0 of 1", 0)
    assert "Did what you agreed happen?" in open_page(phone, "/me/").text
    where = f"/me/happened/{meeting.key}/"
    page = Page(phone.post(where, {"answer": "helped"}, follow=True))
    assert "Did what you agreed happen?" not in page.text and page.undo.startswith("/me/happened/undo/")
    assert "already" in Page(phone.post(where, {"answer": "not"}, follow=True)).text
    assert Confirmation.objects.get().answer == "helped" and counted() == ("1 of 1", 1)
    assert counted(make.TODAY - timedelta(days=1)) == ("0 of 1", 0), "not before the day it was said"
    phone.post(page.undo)
    assert not Confirmation.objects.exists() and counted() == ("0 of 1", 0)
    assert "Did what you agreed happen?" in open_page(phone, "/me/").text


def test_that_it_did_not_happen_is_read_by_the_adviser_and_counts_as_no_yes(someone):
    meeting, phone = met(someone), hand_of(make.as_student(someone))
    long = Page(phone.post(f"/me/happened/{meeting.key}/", {"answer": "not", "words": "x" * 201}))
    assert long.status == 422 and "200 characters" in long.problems[0] and long.field("words") == ["x" * 201]
    phone.post(f"/me/happened/{meeting.key}/", {"answer": "not", "words": "Nobody rang <b>back</b>."})
    page = open_page(hand_of(make.careers_leader()), f"/students/{someone.key}/guidance/")
    assert "The student says it did not happen" in page.text and "Nobody rang <b>back</b>." in page.text
    assert counted() == ("0 of 1", 0)
    assert "Nobody" not in "".join(str(one) for one in Event.objects.values_list("detail", flat=True))


def test_it_is_asked_of_the_latest_when_there_was_time_for_it_or_something_was_closed(someone):
    old, new = met(someone, 40), met(someone, 3)
    met(someone, 200)
    make.guidance_meeting(someone, held_on=make.TODAY - timedelta(days=15))  # nothing agreed
    phone = hand_of(make.as_student(someone))
    assert "Ring the college, 40" in open_page(phone, "/me/").text
    Action.objects.filter(meeting=new).update(closed_on=make.TODAY - timedelta(days=1), outcome="done", closed_by="t")
    assert f"/me/happened/{new.key}/" in open_page(phone, "/me/").body
    make.confirmation(new)
    make.confirmation(old)
    assert "Did what you agreed happen?" not in open_page(phone, "/me/").text


def test_nobody_says_it_of_another_students_meeting(someone):
    meeting = met(make.student("Ben", "Cole", year=11, group="11A"))
    assert (
        hand_of(make.as_student(someone)).post(f"/me/happened/{meeting.key}/", {"answer": "helped"}).status_code == 404
    )
    assert hand_of(make.careers_leader()).post(f"/me/happened/{meeting.key}/", {"answer": "helped"}).status_code == 404
    assert not Confirmation.objects.exists()
