"""What is on paper: only what is shared with whoever takes it home, a page for each student, no name for governors."""

import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pypdf.generic import StreamObject

from pathbook.audit.models import Event, Verb
from pathbook.people.models import Student
from pathbook.records.models import Action, MeetingDraft
from pathbook.sheets import access_policy, group, printing, school, statement, students, use
from tests import make

pytestmark = pytest.mark.django_db


def pages(file):
    return [page.extract_text() for page in PdfReader(io.BytesIO(file)).pages]


def agree(meeting, what, **said):
    return Action.objects.create(
        student=meeting.student, meeting=meeting, what=what, owner="student", agreed_on=meeting.held_on,
        due_on=date(2026, 3, 1), recorded_by="a test", recorded_at=make.NOW, **said,
    )  # fmt: skip


@pytest.fixture
def amara():
    someone = make.student("Amara", "Ode", year=11, group="11A", sen="E")
    told = make.guidance_meeting(someone, summary="Shared at home", private_note="canary-note", shared_with_parent=True)
    kept = make.guidance_meeting(someone, on=date(2026, 1, 20), summary="Kept at school", private_note="canary-note")
    agree(told, "Visit the college")
    agree(kept, "Talk to the nurse")
    return someone


@pytest.fixture
def leader():
    return make.viewer(make.careers_leader())


def everyone():
    return Student.objects.all()


def test_parents_evening_shows_what_is_shared_with_parents_and_nothing_else(amara, leader):
    [page] = pages(students.parents_evening(everyone(), leader, make.school(), on=make.TODAY).file)
    assert "Amara Ode" in page and "Shared at home" in page and "Visit the college" in page and "Confidential" in page
    assert "Kept at school" not in page and "nurse" not in page and "canary" not in page


def test_sharing_withdrawn_is_off_the_next_sheet(amara, leader):
    amara.meetings.update(shared_with_parent=False)
    [page] = pages(students.parents_evening(everyone(), leader, make.school(), on=make.TODAY).file)
    assert "Shared at home" not in page and "Visit the college" not in page


def test_a_joining_code_is_on_its_own_students_sheet(amara, leader):
    make.student("Ben", "Noone", year=11, group="11A")
    codes = {amara.key: "ABCD-2345"}
    made = students.parents_evening(everyone(), leader, make.school(), on=make.TODAY, codes=codes, join_at="here")
    ben, hers = pages(made.file)
    assert "ABCD-2345" in hers and "ABCD-2345" not in ben


def test_the_record_shows_both_meetings_and_never_the_note(amara, leader):
    [page] = pages(students.student_records(everyone(), leader, make.school(), on=make.TODAY).file)
    assert "Shared at home" in page and "Kept at school" in page and "canary" not in page


def test_a_review_says_when_it_is_and_what_comes_next(amara, leader):
    make.student("No", "Plan", year=11, group="11A")
    made = students.send_reviews(everyone(), leader, make.school(), on=make.TODAY)
    [page] = pages(made.file)
    assert "EHC plan" in page and "no date has been set" in page and "Last guidance meeting 20 Jan 2026" in page
    assert "What comes next" in page and "due by" in page


def test_a_tutor_prints_their_own_group_and_nobody_elses(amara):
    make.student("Other", "Form", year=11, group="11B")
    tutor = make.viewer(make.form_tutor(make.tutor_group("11A", 11)))
    made = students.parents_evening(everyone(), tutor, make.school(), on=make.TODAY)
    assert made.students == (amara.key,)
    assert group.tutor_group_sheet(tutor, make.school(), on=make.TODAY).students == (amara.key,)


def test_a_page_for_each_of_thirty_in_the_same_number_of_questions(leader):
    make.students(3)
    with CaptureQueriesContext(
        connection,
    ) as few:
        students.parents_evening(everyone(), leader, make.school(), on=make.TODAY)
    make.students(27, group="11B")
    with CaptureQueriesContext(connection) as many:
        made = students.parents_evening(everyone(), leader, make.school(), on=make.TODAY)
    assert len(pages(made.file)) == 30 and "Page 30 of 30" in pages(made.file)[-1]
    assert len(few) == len(many) <= 9


def test_the_same_words_are_the_same_file_and_it_is_tagged(amara, leader):
    once, again = (students.student_records(everyone(), leader, make.school(), on=make.TODAY).file for _ in "12")
    assert once == again
    root = PdfReader(io.BytesIO(once)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "en-GB"


def test_printing_is_noted_for_each_student(amara, leader):
    made = students.student_records(everyone(), leader, make.school(), on=make.TODAY)
    printing.note(made, by=leader, at=make.NOW)
    assert list(Event.objects.filter(verb=Verb.PRINTED).values_list("student_id", flat=True)) == [amara.pk]


def test_governors_get_two_pages_with_no_name_and_no_small_number(amara, leader):
    make.students(40)
    two = pages(school.governors(leader, make.school(), on=make.TODAY))
    said = " ".join(two)
    assert len(two) == 2 and "fewer than 5, hidden" in said
    assert "Amara" not in said and "Ode" not in said and "Number00" not in said and "1 of 41" not in said


def test_the_year_counts_each_activity(amara, leader):
    fair = make.activity("Careers fair")
    make.participation(amara, fair)
    said = " ".join(pages(school.year_report(leader, make.school(), on=make.TODAY)))
    assert "Careers fair" in said and "Autumn term: 1 activities" not in said and "Autumn term" in said


def test_the_website_statement_is_plain_and_escapes_what_was_typed(amara):
    make.participation(amara, make.activity())
    contact = statement.Contact("Priya <b>Raman</b>", "p@school.example", review=date(2026, 9, 1))
    html = statement.website_statement(make.school(), contact, on=make.TODAY)
    assert "&lt;b&gt;" in html and "<b>Year 11:</b>" in html and "1 Sep 2026" in html
    assert "style" not in html and "<script" not in html


def test_the_access_policy_has_this_years_technical_encounters_and_the_schools_own_words(amara):
    college = make.activity("T Levels <explained>", "provider_encounter", provider_type="fe_college", technical=True)
    make.participation(amara, college)
    make.activity("Sixth form talk", "provider_encounter", provider_type="sixth_form")
    policy = access_policy.Policy(statement.Contact("Priya Raman"), rooms="The <new> hall.")
    html = access_policy.access_policy(make.school(), policy, on=make.TODAY)
    assert "<li>8 Oct 2025: T Levels &lt;explained&gt; (Year 11)</li>" in html and "Sixth form talk" not in html
    assert "The &lt;new&gt; hall." in html and access_policy.DUTY in html and "<script" not in html
    assert "agreed with providers as they ask" in access_policy.access_policy(
        make.school(), policy, on=date(2031, 1, 1)
    )


def test_long_and_accented_names_are_set(leader):
    make.student("Zoë-Łucja Wilhelmina", "Ångström-Featherstonehaugh-Oyelaran-Szczepański" * 2, year=11, group="11A")
    [page] = pages(students.parents_evening(everyone(), leader, make.school(), on=make.TODAY).file)
    assert "Łucja" in page


OF_STUDENTS = {
    "parents": lambda who: students.parents_evening(everyone(), who, make.school(), on=make.TODAY).file,
    "record": lambda who: students.student_records(everyone(), who, make.school(), on=make.TODAY).file,
    "review": lambda who: students.send_reviews(everyone(), who, make.school(), on=make.TODAY).file,
    "group": lambda who: group.tutor_group_sheet(who, make.school(), on=make.TODAY).file,
}
OF_THE_SCHOOL = {
    "governors": lambda who: school.governors(who, make.school(), on=make.TODAY),
    "year": lambda who: school.year_report(who, make.school(), on=make.TODAY),
    "use": lambda who: use.use_sheet(who, make.school(), on=make.TODAY),
}


def everything_in(file):
    """What anybody can dig out of a PDF: the words set, what is said to a screen reader, the properties, every stream."""
    reader = PdfReader(io.BytesIO(file))
    found = [page.extract_text() for page in reader.pages] + [str(reader.metadata), str(reader.xmp_metadata)]
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        held = reader.get_object(number)
        found.append(repr(held) + (held.get_data().decode("latin-1") if isinstance(held, StreamObject) else ""))
    return "\n".join(found)


def test_every_pdf_is_opened_and_no_private_word_is_in_one_and_nobody_in_those_of_the_school(amara, leader):
    make.students(12)
    make.acknowledgement(amara.meetings.first(), make.form_tutor(make.tutor_group("11A", 11), "Tom Canarytutor"))
    MeetingDraft.objects.create(
        meeting=amara.meetings.first(),
        author_id=1,
        base=1,
        says={"summary": "canary-draft"},
        recorded_by="a test",
        recorded_at=make.NOW,
    )
    for name, made in (OF_STUDENTS | OF_THE_SCHOOL).items():
        file = everything_in(made(leader))
        assert "canary" not in file, name
        assert ("Amara" in file) == (name in OF_STUDENTS), name
        if name in OF_THE_SCHOOL:
            assert not re.search("Ode|Number0|Shared at home|Visit the college|Canarytutor", file), name
