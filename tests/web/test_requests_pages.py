"""The data protection officer erases one student on request and everybody due; nobody else finds the pages."""

import io
import threading
import zipfile
from datetime import date

import pytest

from pathbook.audit.models import Event
from pathbook.people.models import Erasure, Retention, Student
from pathbook.records.models import NoteOpening
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
GOOD = {"reason": "Asked in writing on 3 March.", "agreed": "ERASE"}


@pytest.fixture
def officer():
    return hand_of(make.officer())


def finish():
    """Wait for what goes on behind the page."""
    for thread in threading.enumerate():
        if thread.name.startswith("erase-"):
            thread.join(60)


def left_long_ago(name="Ada", **said):
    return make.student(name, "Longgone", year=11, academic_year=2020, end_date=date(2021, 7, 1), **said)


def test_found_by_number_shown_what_goes_and_erased_with_a_reason(officer):
    amara = make.student("Amara", "Ode", upn="H801200001001", mis_id="0042", group="10B")
    for number in ("h801200001001", " 0042 "):
        answer = officer.post("/requests/", {"number": number})
        assert answer.url == f"/requests/erase/{amara.key}/"
    page = open_page(officer, answer.url)
    assert "There is no undo" in page.text and "on the roll today" in page.text and "duty to keep" in page.text
    assert officer.post(answer.url, GOOD).url == "/requests/"
    page = open_page(officer, "/requests/")
    assert "Asked in writing on 3 March." in page.text and "Amara" not in page.text
    assert (
        Student.objects.get(pk=amara.pk).name == "Erased student" and Erasure.objects.get().recorded_by == "Meera Shah"
    )
    assert officer.get(f"/requests/erase/{amara.key}/").status_code == 404


def test_a_copy_of_everything_is_one_form_and_each_author_of_a_note_in_it_is_told(officer):
    amara, ann = make.student("Amara", "Ode", mis_id="0042"), make.adviser("Ann Adviser")
    make.guidance_meeting(amara, adviser=ann.staff, private_note="Worried about home")
    make.guidance_meeting(amara, adviser=ann.staff, summary="Wants to weld")
    slip = Page(officer.post("/requests/copy/", {"copy-number": "43", "copy-asked": "2026-02-01"}))
    assert slip.status == 422 and "No student has the number 43" in slip.text and 'value="43"' in slip.body
    late = Page(officer.post("/requests/copy/", {"copy-number": "0042", "copy-asked": "2026-02-06"}))
    assert late.status == 422 and "a day that is not to come" in late.text and not NoteOpening.objects.exists()
    answer = officer.post("/requests/copy/", {"copy-number": "0042", "copy-asked": "2026-01-31"})
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    assert {"READ ME FIRST.txt", "record.json", "record.pdf", "review/private-notes.json"} == set(pack.namelist())
    assert "Answer by 28 Feb 2026" in pack.read("READ ME FIRST.txt").decode()
    assert "Wants to weld" in pack.read("record.json").decode()
    assert "Amara" not in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]
    told = NoteOpening.objects.get()
    assert told.author == ann and told.officer_saw_by == "Meera Shah" and "asked for a copy" in told.reason
    assert Event.objects.filter(verb="exported", noun="student", student_id=amara.pk).count() == 1
    assert "Answer by 28 Feb 2026" in open_page(officer, "/requests/").text
    assert "asked for a copy" in open_page(hand_of(ann), "/").text
    assert hand_of(make.careers_leader()).post("/requests/copy/", {"copy-number": "0042"}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "Say in a sentence why"),
        ({"reason": "Ode asked for it."}, "without the student’s name"),
        ({"agreed": "erase"}, "Type ERASE"),
        ({"agreed": ""}, "Type ERASE"),
    ],
)
def test_a_slip_keeps_the_typing_and_changes_nothing(officer, wrong, said):
    amara = make.student("Amara", "Ode")
    page = Page(officer.post(f"/requests/erase/{amara.key}/", GOOD | wrong))
    assert page.status == 422 and any(said in one for one in page.problems) and not Erasure.objects.exists()
    assert (GOOD | wrong)["reason"] in page.body


def test_a_number_nobody_has_is_said_so(officer):
    page = Page(officer.post("/requests/", {"number": "999"}))
    said = "No student has the number 999. Check it on the student's page, or in the roll."
    assert page.status == 422 and page.problems == [said]


def test_another_schools_student_and_one_erased_before_are_not_found(officer):
    elsewhere = make.student("Else", at=make.school("Other School"), upn="H801200001001")
    gone = make.student("Gone")
    make.erasure(gone)
    for one in (elsewhere, gone):
        assert officer.get(f"/requests/erase/{one.key}/").status_code == 404
    assert Page(officer.post("/requests/", {"number": "H801200001001"})).status == 422


def test_how_long_is_the_schools_to_say(officer):
    left_long_ago()
    assert "1 record" in open_page(officer, "/requests/due/").text
    assert officer.post("/requests/due/keep-for/", {"after_leaving": 6, "notes_after_13": 0}).status_code == 302
    page = open_page(officer, "/requests/due/")
    assert "Nobody is due" in page.text and Retention.objects.get().after_leaving == 6
    page = Page(officer.post("/requests/due/keep-for/", {"after_leaving": 0, "notes_after_13": "x"}))
    assert page.status == 422 and len(page.problems) == 2 and Retention.objects.get().after_leaving == 6
    assert "six years after the student leaves" in officer.get("/requests/papers/ropa.md").content.decode()


@pytest.mark.django_db(transaction=True)
def test_everybody_due_goes_in_one_act_however_often_it_is_sent(officer):
    one, two, here = left_long_ago(), left_long_ago("Ben"), make.student("Here")
    page = open_page(officer, "/requests/due/")
    assert "Ada Longgone" in page.text and "Ben Longgone" in page.text and "Here" not in page.text.split("Records:")[1]
    said = {"token": page.field("token")[0], "seen": page.field("seen")[0], "agreed": "ERASE"}
    answers = [officer.post("/requests/due/erase/", said) for _ in range(3)]
    assert len({answer.url for answer in answers}) == 1
    finish()
    done = open_page(officer, answers[0].url)
    assert "Every total is as it was" in done.text
    assert {row.student_id for row in Erasure.objects.all()} == {one.pk, two.pk}
    assert Event.objects.filter(noun="personal data").count() == 2 and Student.objects.get(pk=here.pk).name.startswith(
        "Here"
    )


@pytest.mark.django_db(transaction=True)
def test_a_list_that_has_changed_since_is_looked_at_again(officer):
    left_long_ago()
    page = open_page(officer, "/requests/due/")
    said = {"token": page.field("token")[0], "seen": page.field("seen")[0], "agreed": "ERASE"}
    left_long_ago("Ben")
    begun = officer.post("/requests/due/erase/", said)
    finish()
    done = open_page(officer, begun.url)
    assert "has changed since" in done.text and not Erasure.objects.exists()


def test_each_paper_is_there_to_take_and_each_person_reads_their_own_notice(officer):
    page = open_page(officer, "/requests/papers/")
    papers = [url for url in page.links if url.endswith(".md")]
    assert len(papers) == 6
    for url in papers:
        answer = officer.get(url)
        assert (
            answer.status_code == 200
            and answer["Content-Disposition"].startswith("attachment")
            and b"{" not in answer.content
        )
    assert officer.get("/requests/papers/nothing.md").status_code == 404
    child = make.student("Ada")
    for who, words in (
        (make.as_student(child), "What Pathbook knows about you"), (make.as_parent(child), "Privacy notice for parents"),
        (make.form_tutor(make.tutor_group("10B")), "Privacy notice for staff"),
    ):  # fmt: skip
        assert words in open_page(hand_of(who), "/notice/").text
        assert "/notice/" in hand_of(who).get("/account/").content.decode()
