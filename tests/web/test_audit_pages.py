"""The data protection officer finds any event by whose, who, when and what; nobody else finds the page."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Student
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
ADA = record.Someone(None, "Ada Leader", "careers_leader")
TOM = record.Someone(None, "Tom Whitlock", "form_tutor")


def told(who, verb, student=None, at=make.NOW, noun="student"):
    with transaction.atomic():
        record.happened([(who, at, record.Change(verb, noun, 1, student))])


@pytest.fixture
def officer():
    return hand_of(make.officer())


def test_narrowed_by_student_person_day_and_act(officer):
    amara, bo = make.student("Amara", upn="A123", mis_id="0042"), make.student("Bo")
    told(ADA, Verb.READ, amara.pk)
    told(TOM, Verb.READ, amara.pk)
    told(TOM, Verb.EXPORTED, bo.pk, make.NOW + timedelta(days=1))
    told(ADA, Verb.CREATED, None, noun="role")
    for query, rows in (
        ("", 4), (f"student={amara.pk}", 2), ("student=a123", 2), ("student=0042", 2), ("person=whit", 2),
        ("day=2026-02-06", 1), ("verb=exported", 1), (f"student={amara.pk}&person=Tom", 1), ("student=nobody", 0),
    ):  # fmt: skip
        assert len(open_page(officer, f"/audit/?{query}").rows) == rows, query
    page = open_page(officer, "/audit/")
    assert "Exported" in page.text and "Created: role" in page.text
    assert "Amara" not in page.text


@pytest.mark.parametrize(
    "query", ["day=yesterday", "verb=nonsense", "page=x", "page=999999", "student=%00", "day=2026-13-45"]
)
def test_nonsense_is_passed_over(officer, query):
    told(ADA, Verb.READ, 1)
    assert open_page(officer, f"/audit/?{query}").status == 200


def test_a_student_who_was_erased_is_found_by_number_still(officer):
    amara = make.student("Amara")
    told(ADA, Verb.READ, amara.pk)
    number = amara.pk
    Student.objects.filter(pk=number).delete()
    assert len(open_page(officer, f"/audit/?student={number}").rows) == 1


def test_another_schools_events_are_not_this_officers(officer):
    other = make.school("Other School")
    told(ADA, Verb.READ, make.student("Elsewhere", at=other).pk)
    theirs = make.careers_leader("Their Leader", at=other)
    told(make.viewer(theirs), Verb.CREATED, None, noun="role")
    assert open_page(officer, "/audit/").rows == []


def test_ten_thousand_events_are_paged_and_cost_no_more(officer):
    told(ADA, Verb.READ, 1)
    with CaptureQueriesContext(connection) as few:
        open_page(officer, "/audit/")
    with transaction.atomic():
        record.changes(by=ADA, at=make.NOW, of=[record.Change(Verb.READ, "student", n, n) for n in range(10_000)])
    with CaptureQueriesContext(connection) as many:
        page = open_page(officer, "/audit/?page=3")
    assert len(page.rows) == 50 and len(few) == len(many) <= 12
    assert [link for link in page.links if "page=" in link and "file=" not in link] == ["?page=2", "?page=4"]


def test_the_list_of_opened_notes_says_who_why_and_who_has_seen_it(officer):
    adviser, leader = make.adviser(), make.careers_leader()
    meeting = make.guidance_meeting(make.student("Amara", "Ode"), adviser=adviser.staff, adviser_name="Dan Okafor")
    assert "No working note has been opened" in open_page(officer, "/audit/notes/").text
    make.note_opening(meeting, leader, reason="A safeguarding question from her family.")
    page = open_page(officer, "/audit/notes/")
    for words in ("Priya Raman", "Dan Okafor", "A safeguarding question", "Not yet by the adviser", "Not yet by you"):
        assert words in page.text
    assert "Amara" not in page.text


def test_opening_the_audit_is_for_the_officer_alone():
    for who in (make.careers_leader(), make.data_manager(), make.governor(), make.adviser()):
        for url in ("/audit/", "/audit/notes/"):
            assert hand_of(who).get(url).status_code == 404
