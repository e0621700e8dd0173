"""What was said before stands folded beside what is said now: for whoever may read it, and for no one else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.records.actions import agreeing, voice
from pathbook.records.models import GuidanceMeeting
from tests import make
from tests.web.hand import hand_of

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(hours=1)


@pytest.fixture
def amara():
    return make.student("Amara", "Ode", group="10B")


def page(someone, url):
    answer = hand_of(someone).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_tutor_reads_what_a_summary_and_an_action_said_before(amara):
    meeting = make.guidance_meeting(amara, summary="She means to be a nurse.")
    make.before(amara, "She means to be a doctor.", row=meeting.pk)
    one = make.action(amara, "Visit", meeting=meeting)
    leader = make.careers_leader()
    by = make.viewer(leader)
    what = agreeing.What("Visit the college", "student", one.due_on)
    agreeing.put_right(action=one, what=what, version=1, by=by, at=LATER)
    said = page(make.form_tutor(amara.enrolments.get().tutor_group), f"/students/{amara.key}/guidance/")
    assert "She means to be a doctor." in said and "Changed 5 Feb 2026 by a test: what it said before" in said
    assert "<b>Action</b>: Visit</p>" in said and "<b>Action</b>: Visit</p>" in page(leader, f"/actions/{one.key}/")
    assert "Changed 5 Feb 2026 by Priya Raman" in said


def test_words_that_stand_there_again_are_not_told_twice_and_what_is_gone_is_told_once(amara):
    meeting = make.guidance_meeting(amara, summary="She means to be a nurse.")
    make.before(amara, "She means to be a nurse.", row=meeting.pk)
    make.action(amara, "Visit the college")
    make.before(amara, "Visit the college", of="action", row=9001, field="what")
    url = f"/students/{amara.key}/guidance/"
    said = page(make.careers_leader(), url)
    assert "what it said before" not in said and "Taken out" not in said
    make.before(amara, "Ring the college", of="action", row=9002, field="what")
    assert "Taken out of this record: 1" in page(make.careers_leader(), url)


def test_a_student_reads_their_own_old_words_and_not_what_a_summary_said(amara):
    part, account = make.participation(amara, make.activity()), make.as_student(amara)
    for words in ("Dull, mostly", "Not bad"):
        voice.reflect(participation=part, words=words, by=make.viewer(account), at=LATER)
    make.before(amara, "She told me about home.", row=make.guidance_meeting(amara, summary="We spoke.").pk)
    one = make.action(amara, "Visit the college")
    make.before(amara, "Tell her mother", of="action", row=one.pk, field="what")
    said = page(account, "/me/record/")
    assert "Dull, mostly" in said and "You changed this 5 Feb 2026: what you wrote before" in said
    others = "".join(page(account, url) for url in ("/me/", "/me/plan/", f"/students/{amara.key}/guidance/"))
    everything = said + others + page(account, f"/actions/{one.key}/")
    assert "She told me about home." not in everything and "Tell her mother" not in everything


def test_a_hundred_corrections_cost_the_page_no_more_than_one(amara):
    browser, url, asked = hand_of(make.careers_leader()), f"/students/{amara.key}/guidance/", []
    meetings = [make.guidance_meeting(amara, summary="Said") for _ in range(5)]
    for more in (1, 99):
        for n in range(more):
            make.before(amara, f"Words {n}", row=meetings[n % 5].pk)
        browser.get(url)
        with CaptureQueriesContext(connection) as found:
            browser.get(url)
        asked.append((len(found), sum("records_before" in one["sql"] for one in found)))
    assert asked[0] == asked[1] and asked[0][1] == 1 and GuidanceMeeting.objects.count() == 5
