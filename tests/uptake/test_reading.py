"""Who reads: each tutor's own readings counted by the loop's rule, what waits, what was never opened, and who is asked."""

from datetime import date, timedelta

import pytest
from django.core import mail

from pathbook.audit import record
from pathbook.framework.loop import loop_of
from pathbook.people.models import Place, Role
from pathbook.records.loop_facts import meeting_facts
from pathbook.reports.reading import reading_page
from pathbook.uptake.actions.asking_to_read import ask_to_read
from pathbook.uptake.models import AskedToRead
from pathbook.uptake.queries.reading import readers_of
from tests import make

pytestmark = pytest.mark.django_db
MET = date(2026, 1, 14)


@pytest.fixture
def tutees():
    return [make.student(f"Tutee{n}", group="10B") for n in range(3)]


@pytest.fixture
def tutor(tutees):
    return make.form_tutor(make.tutor_group("10B"))


def opens(someone, student, on):
    record.reading(by=make.viewer(someone), at=make.at(on), student_id=student.pk)


def of(someone):
    return next(one for one in readers_of(make.school(), on=make.TODAY) if one.account == someone)


def test_a_note_is_read_within_14_days_or_it_is_not(tutees, tutor):
    for one, days in zip(tutees, (0, 14, 15), strict=True):
        make.guidance_meeting(one, on=MET, summary="What was said.")
        opens(tutor, one, MET + timedelta(days=days))
    found = of(tutor)
    assert (found.read14.of, found.read14.out_of) == (2, 3)
    assert found.unread == 0 and found.opened == 3 and found.never == 0 and found.days == 14


def test_a_note_from_another_school_is_no_tutors_to_read_in_time(tutees, tutor):
    make.guidance_meeting(tutees[0], on=MET, summary="Said there.", elsewhere="Hillside School")
    found = of(tutor)
    assert (found.read14.out_of, found.unread) == (0, 0)


def test_the_tutors_together_are_the_schools_own_figure(tutees, tutor):
    other = make.form_tutor(make.tutor_group("10C"), name="Olive Other")
    elsewhere = make.student("Elsewhere", group="10C")
    for one in (*tutees, elsewhere):
        make.guidance_meeting(one, on=MET, summary="What was said.")
    opens(tutor, tutees[0], MET)
    opens(other, elsewhere, MET + timedelta(days=3))
    page = reading_page(make.school(), on=make.TODAY)
    loop = loop_of(meeting_facts(make.school(), as_of=make.TODAY), make.TODAY)
    assert page.read14 == loop.share("use.read14")


def test_one_who_was_read_to_by_another_has_not_read(tutees, tutor):
    make.guidance_meeting(tutees[0], on=MET, summary="What was said.")
    opens(make.careers_leader(), tutees[0], MET)
    assert of(tutor).opened == 0 and of(tutor).unread == 1 and of(tutor).never == 3


def test_a_note_not_written_up_waits_for_nobody(tutees, tutor):
    make.guidance_meeting(tutees[0], on=MET, summary="")
    assert of(tutor).unread == 0 and of(tutor).read14.percent is None


def test_read_and_understood_waits_no_longer(tutees, tutor):
    meeting = make.guidance_meeting(tutees[0], on=MET, summary="What was said.")
    make.acknowledgement(meeting, tutor)
    assert of(tutor).unread == 0 and of(tutor).understood == 1


def test_who_reads_is_who_opened_one_in_the_last_half_term(tutees, tutor):
    opens(tutor, tutees[0], make.TODAY - timedelta(days=42))
    assert of(tutor).reads(make.TODAY) and not of(tutor).reads(make.TODAY + timedelta(days=1))


def test_each_role_is_counted_over_whom_it_reaches(tutees):
    head, teacher = make.account("Head of Ten"), make.account("Ruth Teacher")
    make.role(head, Role.HEAD_OF_YEAR, Place.YEAR_GROUP, year_group=10)
    make.student("Another form", group="10C")
    taught = make.group("10A/De1")
    make.member(tutees[0], taught)
    make.role(teacher, Role.SUBJECT_TEACHER, Place.GROUP, group=taught)
    assert (of(head).students, of(head).over) == (4, ("Year 10",))
    assert (of(teacher).students, of(teacher).over, of(teacher).read14) == (1, ("10A/De1",), None)
    assert of(make.adviser()).read14 is None, "they write the notes"


def test_the_weakest_stands_first_and_those_with_nothing_due_last(tutees, tutor):
    idle = make.form_tutor(make.tutor_group("10D"), name="Ida Idle")
    good = make.form_tutor(make.tutor_group("10C"), name="Gil Good")
    read = make.student("Read", group="10C")
    for one in (tutees[0], read):
        make.guidance_meeting(one, on=MET, summary="What was said.")
    opens(good, read, MET)
    (table,) = reading_page(make.school(), on=make.TODAY).tables
    assert [line.reader.account for line in table.lines] == [tutor, good, idle]


def ask(leader):
    page = reading_page(make.school(), on=make.TODAY)
    return ask_to_read(
        readers=page.waiting,
        school=make.school(),
        where="https://school.example/",
        by=leader,
        at=make.NOW,
        on=make.TODAY,
    )


def test_those_with_something_unread_are_asked_once_a_day(tutees, tutor, settings):
    settings.EMAIL_HOST = "mail.school.example"
    make.form_tutor(make.tutor_group("10C"), name="Nothing Waiting")
    make.guidance_meeting(tutees[0], on=MET, summary="SECRETWORDS of hers.")
    leader = make.viewer(make.careers_leader())
    first, again = ask(leader), ask(leader)
    assert (first.asked, first.mailed, first.failed) == (1, 1, ()) and (again.asked, again.already) == (0, 1)
    (letter,) = mail.outbox
    assert letter.to == [tutor.email] and letter.subject == "1 new guidance note to read"
    assert "SECRETWORDS" not in letter.body and "Tutee0" not in letter.body
    assert AskedToRead.objects.get().is_mailed


def test_without_mail_it_stands_on_their_page_alone(tutees, tutor):
    make.guidance_meeting(tutees[0], on=MET, summary="What was said.")
    assert ask(make.viewer(make.careers_leader())).asked == 1
    assert mail.outbox == [] and not AskedToRead.objects.get().is_mailed
