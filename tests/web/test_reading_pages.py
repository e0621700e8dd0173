"""The Reading page, asking tutors to read, the check on one page, and what is kept about a member of staff."""

from datetime import date

import pytest

from pathbook.audit import record
from pathbook.people.models import Role
from pathbook.uptake.models import TutorCheck
from pathbook.uptake.queries.checks import term_of, three_of
from tests import make
from tests.web.hand import hand_of, open_page, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tutees():
    return make.students(4, year=10, group="10B")


@pytest.fixture
def tutor(tutees):
    return make.form_tutor(make.tutor_group("10B"))


def text(hand, address="/"):
    return hand.get(address).content.decode()


def test_the_leader_sees_who_reads_and_asks_the_others_who_see_it_on_their_own_page(tutees, tutor):
    make.guidance_meeting(tutees[0], on=date(2026, 1, 14), summary="SECRETWORDS")
    leader = hand_of(make.careers_leader())
    page = text(leader, "/reports/reading/")
    assert "0 of 1 form tutors are reading" in page and "Remind those who have not (1)" in page
    assert "SECRETWORDS" not in page and "Number0000" not in page
    assert (
        "1 asked: it stands on their own page. No mail is set up"
        in leader.post("/reports/reading/ask/", follow=True).content.decode()
    )
    assert (
        "Nobody was asked. 1 had been asked today already."
        in leader.post("/reports/reading/ask/", follow=True).content.decode()
    )
    asked = "Priya Raman asked you on 5 Feb 2026 to read what is new"
    assert asked in text(hand_of(tutor))
    hand_of(tutor).get(f"/students/{tutees[0].key}/")
    assert asked not in text(hand_of(tutor)), "read, nobody need be reminded of it"


def test_nobody_yet_is_said_plainly(tutees):
    assert "Nobody is to read anything yet" in text(hand_of(make.careers_leader()), "/reports/reading/")


def test_of_each_reader_it_is_said_whose_records_they_opened_how_soon_and_which_never(tutees, tutor):
    late, soon, unread, never = tutees
    for one in (late, soon, unread):
        make.guidance_meeting(one, on=date(2026, 1, 14), summary="SECRETWORDS")
    for one, day in ((late, date(2026, 2, 1)), (soon, date(2026, 1, 14)), (unread, date(2026, 1, 13))):
        record.reading(by=make.viewer(tutor), at=make.at(day), student_id=one.pk)
    leader, where = hand_of(make.careers_leader()), f"/reports/reading/{tutor.pk}/form_tutor/"
    page = open_page(leader, "/reports/reading/")
    assert where in page.links
    page = open_page(leader, where)
    assert "1 of 4 never opened" in page.text and "1 has a note to read" in page.text and "SECRETWORDS" not in page.body
    for one, words in (
        (late, "1 Feb 2026 14 Jan 2026 18 days later"), (soon, "14 Jan 2026 14 Jan 2026 The same day"),
        (unread, "13 Jan 2026 14 Jan 2026 Not read"), (never, "Never"),
    ):  # fmt: skip
        assert f"{one.name} 10B {words}" in page.text
    assert (late.name, "10B") in [row[:2] for row in sheet_of(leader.get(f"{where}export.xlsx"))]
    assert leader.get(where.replace("form_tutor", "adviser")).status_code == 404
    assert leader.get(where.replace("form_tutor", "anything")).status_code == 404
    assert hand_of(tutor).get(where).status_code == 404


def test_a_senior_leader_looks_and_does_not_ask(tutees, tutor):
    make.guidance_meeting(tutees[0], on=date(2026, 1, 14), summary="What was said.")
    someone = make.account("Simon Field")
    make.role(someone, Role.SENIOR_LEADER)
    assert "Remind those who have not" not in text(hand_of(someone), "/reports/reading/")
    assert hand_of(someone).post("/reports/reading/ask/").status_code == 404


def answers(tutor, tutees, said):
    return {one.key: said for one in three_of(tutees, tutor.pk, term_of(make.TODAY))}


def test_the_check_is_answered_on_one_page_and_compared(tutees, tutor):
    for one in tutees:
        make.aspiration(one, pathway="t_level")
    hand = hand_of(tutor)
    assert "Do the check of the spring term" in text(hand)
    page = hand.post("/group/check/", answers(tutor, tutees, "t_level"), follow=True).content.decode()
    assert page.count("Right") == 3 and "Nobody but you sees this page" in page
    hand.post("/group/check/", answers(tutor, tutees, "university"))
    assert TutorCheck.objects.count() == 1 and text(hand, "/group/check/").count("Right") == 3
    assert "Do the check" not in text(hand)


def test_a_check_half_answered_is_refused_and_keeps_what_was_chosen(tutees, tutor):
    said = answers(tutor, tutees, "t_level") | {three_of(tutees, tutor.pk, term_of(make.TODAY))[0].key: ""}
    answer = hand_of(tutor).post("/group/check/", said)
    page = answer.content.decode()
    assert answer.status_code == 422 and "or say that they have not said" in page
    assert page.count('value="t_level" selected') == 2 and not TutorCheck.objects.exists()


def test_no_one_elses_page_tells_how_a_tutor_did(tutees, tutor):
    make.tutor_check(tutor, [(tutees[0], "university", "t_level")])
    for who in (make.careers_leader(), make.officer(), make.adviser()):
        for address in ("/reports/reading/", "/audit/", f"/students/{tutees[0].key}/", "/account/kept/"):
            page = text(hand_of(who), address)
            assert "Worth asking" not in page, (who.name, address)
    assert "Fewer than five tutors" in text(hand_of(make.careers_leader("Another Leader")), "/reports/reading/")


def test_somebody_sees_what_is_kept_about_them_and_a_student_gone_is_not_named(tutees, tutor):
    gone = make.student("Gone", "Elsewhere", group="10C")
    viewer = make.viewer(tutor)
    for student in (tutees[0], gone):
        record.reading(by=viewer, at=make.NOW, student_id=student.pk)
    page = text(hand_of(tutor), "/account/kept/")
    assert tutees[0].name in page and "a student you do not see now" in page and "Gone" not in page
    assert "Opened" in page and "5 Feb 2026" in page
    assert hand_of(make.as_student(tutees[0])).get("/account/kept/").status_code == 404
