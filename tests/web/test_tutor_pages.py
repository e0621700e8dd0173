"""The form tutor's fortnight: what is new and why, one tap to say so, and a board that shows a class nothing of anybody's."""

from datetime import timedelta

import pytest

from pathbook.people.models import Place, Role, Student
from pathbook.reports.my_group import my_group
from pathbook.uptake.models import Acknowledgement, GoalOnBoard
from tests import make
from tests.web.hand import hand_of

pytestmark = pytest.mark.django_db
PLANTED = ("PLANTSUMMARY", "PLANTACTION", "PLANTHOPE", "PLANTPRIVATE", "PLANTASK", "PLANTCOURSE")


@pytest.fixture
def tutee():
    return make.student("Amara", "Ode", group="10B")


@pytest.fixture
def tutor(tutee):
    return make.form_tutor(make.tutor_group("10B"))


def group(tutor):
    return my_group(make.viewer(tutor), make.school(), on=make.TODAY)


def words(tutor):
    return [news.words for one in group(tutor).tutees for news in one.news]


def test_what_is_new_is_said_in_words_with_its_day(tutee, tutor):
    make.guidance_meeting(tutee, summary="What was said.")
    make.aspiration(tutee, pathway="t_level")
    make.action(tutee)
    make.guidance_request(tutee)
    assert words(tutor) == [
        "asked for guidance, 5 Feb 2026", "action overdue since 1 Feb 2026", "new guidance summary, 14 Jan 2026",
        "said what they hope for, 3 Nov 2025",
    ]  # fmt: skip


def test_a_hope_said_again_has_changed(tutee, tutor):
    make.aspiration(tutee, pathway="t_level")
    make.aspiration(tutee, pathway="university", said_on=make.TODAY)
    assert words(tutor) == ["hope changed, 5 Feb 2026"]


def test_opening_the_record_reads_it_all(tutee, tutor):
    make.guidance_meeting(tutee, summary="What was said.")
    make.action(tutee)
    hand_of(tutor).get(f"/students/{tutee.key}/")
    shown = group(tutor)
    assert shown.new == () and shown.tutees[0].you == "read" and shown.tutees[0].to_say


def test_another_who_opened_it_reads_for_themselves(tutee, tutor):
    make.guidance_meeting(tutee, summary="What was said.")
    hand_of(make.careers_leader()).get(f"/students/{tutee.key}/")
    assert words(tutor) == ["new guidance summary, 14 Jan 2026"]


def test_one_tap_says_read_and_understood_and_undo_stands_beside_it(tutee, tutor):
    meeting = make.guidance_meeting(tutee, summary="What was said.")
    hand = hand_of(tutor)
    assert f'name="note" value="{meeting.key}"' in hand.get("/").content.decode()
    page = hand.post(f"/group/understood/{tutee.key}/", {"note": meeting.key}, follow=True).content.decode()
    assert "read and understood what was agreed with Amara Ode" in page
    assert group(tutor).tutees[0].you == "understood" and not group(tutor).tutees[0].to_say
    undo = page.split('action="/group/understood/undo/')[1].split('"')[0]
    assert "Taken back" in hand.post(f"/group/understood/undo/{undo}", follow=True).content.decode()
    assert not Acknowledgement.objects.filter(meeting=meeting).exists()


def test_nobody_says_so_of_another_forms_student(tutee, tutor):
    other = make.student("Other", group="10C")
    make.guidance_meeting(other, summary="What was said.")
    assert hand_of(tutor).post(f"/group/understood/{other.key}/").status_code == 404
    assert hand_of(make.careers_leader()).post(f"/group/understood/{tutee.key}/").status_code == 404
    assert not Acknowledgement.objects.exists()


def test_the_leader_and_the_adviser_see_who_said_so_and_the_student_does_not(tutee, tutor):
    make.acknowledgement(make.guidance_meeting(tutee, summary="What was said."), tutor)
    address, said = f"/students/{tutee.key}/guidance/", "Read and understood</span> Tom Whitlock, 5 Feb 2026"
    for someone in (make.careers_leader(), make.adviser()):
        assert said in hand_of(someone).get(address).content.decode()
    assert "Tom Whitlock, 5 Feb" not in hand_of(make.as_student(tutee)).get(address).content.decode()


def test_a_long_note_can_be_read_where_it_stands(tutee, tutor):
    make.guidance_meeting(tutee, summary="A long note. " * 30 + "Its last words.")
    assert "Its last words." in hand_of(tutor).get("/").content.decode()


# ------------------------------------------------------------------ whiteboard view


def plant(tutee):
    make.guidance_meeting(tutee, summary="PLANTSUMMARY", private_note="PLANTPRIVATE")
    make.action(tutee, "PLANTACTION")
    hope = make.aspiration(tutee, words="PLANTHOPE", pathway="t_level")
    make.guidance_request(tutee, "PLANTASK")
    return hope


def test_the_board_shows_names_and_nothing_planted(tutor, tutee):
    plant(tutee)
    make.student("Sen", "Child", group="10B", sen="E", pupil_premium=True)
    hand = hand_of(tutor)
    hand.post("/whiteboard/on/")
    page = hand.get("/whiteboard/").content.decode()
    assert "Amara Ode" in page and "Sen Child" in page
    assert not [word for word in (*PLANTED, "EHC", "SEN", "Pupil premium", "T Level", "PP") if word in page]


def test_a_hope_is_shown_only_by_the_students_own_choice_and_only_that_one(tutor, tutee):
    plant(tutee)
    student = hand_of(make.as_student(tutee))
    assert "PLANTHOPE" not in hand_of(tutor).get("/whiteboard/").content.decode(), "not shown unless chosen"
    student.post("/me/goal/", {"show": "yes"})
    assert "PLANTHOPE" in hand_of(tutor).get("/whiteboard/").content.decode()
    make.aspiration(tutee, words="PLANTLATER", said_on=make.TODAY)
    page = hand_of(tutor).get("/whiteboard/").content.decode()
    assert "PLANTHOPE" not in page and "PLANTLATER" not in page, "a new hope asks again"
    student.post("/me/goal/", {"show": "yes"})
    student.post("/me/goal/", {"show": "no"})
    assert "PLANTLATER" not in hand_of(tutor).get("/whiteboard/").content.decode()
    assert not GoalOnBoard.objects.exists()


def test_while_it_is_on_every_other_address_asks_first_and_does_nothing(tutor, tutee):
    meeting = make.guidance_meeting(tutee, summary="PLANTSUMMARY")
    hand = hand_of(tutor)
    hand.post("/whiteboard/on/")
    for address in ("/", "/students/", f"/students/{tutee.key}/guidance/", "/account/", "/reports/tutor-group.pdf"):
        answer = hand.get(address, follow=True)
        page = answer.content.decode()
        assert "Leave whiteboard view?" in page and "PLANT" not in page and "Tom Whitlock" not in page, address
    hand.post(f"/group/understood/{tutee.key}/", {"note": meeting.key})
    assert not Acknowledgement.objects.filter(meeting=meeting).exists()
    left = hand.post("/whiteboard/leave/", {"next": f"/students/{tutee.key}/guidance/"}, follow=True)
    assert "PLANTSUMMARY" in left.content.decode()


def test_leaving_never_sends_anybody_elsewhere(tutor):
    hand = hand_of(tutor)
    for bad in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "\\\\elsewhere.example"):
        assert hand.post("/whiteboard/leave/", {"next": bad}).url == "/", bad


def test_signing_out_is_always_open(tutor):
    hand = hand_of(tutor)
    hand.post("/whiteboard/on/")
    assert hand.post("/sign-in/out/").url == "/sign-in/"


def test_only_what_all_go_to_stands_on_the_board(tutor, tutee):
    make.student("Second", group="10B")
    soon = make.TODAY + timedelta(days=7)
    for everyone, title in ((True, "Careers fair for us"), (False, "SEND transition day")):
        activity = make.activity(title, on=soon)
        for row in group(tutor).tutees if everyone else group(tutor).tutees[:1]:
            make.participation(Student.objects.get(key=row.key), activity, status="planned", on=soon)
    page = hand_of(tutor).get("/whiteboard/").content.decode()
    assert "Careers fair for us" in page and "SEND transition day" not in page


def test_whiteboard_view_is_a_tutors(tutee):
    teacher = make.account("Ruth")
    make.role(teacher, Role.SUBJECT_TEACHER, Place.GROUP, group=make.group())
    for someone in (make.careers_leader(), teacher, make.as_student(tutee)):
        assert hand_of(someone).post("/whiteboard/on/").status_code == 404
