"""Classes: made of who studies the subject, put right by name, and what a subject teacher reaches through one."""

import re
from datetime import date

import pytest
from django.test import Client

from pathbook.audit.models import Event
from pathbook.people.models import Group, Membership, SubjectStudied
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
NEW = {"name": "10A/De1", "subject": "Design", "year_group": "10"}


@pytest.fixture
def leader():
    for name, year, subject in (
        ("Amara", 10, "Design"),
        ("Ben", 10, "Design"),
        ("Cai", 10, "French"),
        ("Dia", 11, "Design"),
    ):
        someone = make.student(name, year=year, group=f"{year}A")
        SubjectStudied.objects.create(student=someone, academic_year=make.YEAR, subject=subject)
    return hand_of(make.careers_leader())


def make_class(leader, **said):
    return Page(leader.post("/set-up/classes/", NEW | said, follow=True))


def names_in(taught):
    return sorted(
        Membership.objects.filter(group=taught, ends_on__gte=make.TODAY).values_list(
            "student__legal_forename", flat=True
        )
    )


def test_in_a_school_of_its_own_a_subject_teacher_comes_to_their_class_and_to_nobody_else(leader):
    page = make_class(leader)
    taught = Group.objects.get()
    assert "10A/De1: 2 students" in page.text and names_in(taught) == ["Amara", "Ben"]
    wrong = {"name": "Ruth", "email": "ruth@school.example", "role": "subject_teacher"}
    assert Page(leader.post("/set-up/people/", wrong)).problems == ["Choose the class they teach."]
    link = re.search(r"/sign-in/link/[^<\s]+", Page(leader.post("/set-up/people/", wrong | {"taught": taught.pk})).text)
    ruth = Client()
    ruth.post(link.group())
    text = open_page(ruth, "/").text
    assert "10A/De1" in text and "Amara" in text and "Cai" not in text and "Dia" not in text
    assert "Ruth" in open_page(leader, "/set-up/classes/").text
    leader.post(f"/set-up/classes/{taught.pk}/end/")
    assert "Amara" not in open_page(ruth, "/").text, "at the very next request"


def test_who_is_taken_out_was_in_it_and_other_years_are_left_alone(leader):
    make_class(leader)
    taught = Group.objects.get()
    Membership.objects.update(starts_on=date(2025, 9, 1))
    dia, cai, amara = (make.Student.objects.get(legal_forename=name) for name in ("Dia", "Cai", "Amara"))
    make.member(dia, taught, ends_on=taught.ends_on)
    stranger = make.student("Eve", year=10, at=make.school("Other School"))
    said = {"year": "10", "who": [cai.key, amara.key, stranger.key]}
    before = Event.objects.filter(noun="membership").count()
    page = Page(leader.post(f"/set-up/classes/{taught.pk}/members/", said, follow=True))
    assert "2 changed in 10A/De1." in page.notes[0] and names_in(taught) == ["Amara", "Cai", "Dia"]
    assert Membership.objects.get(student__legal_forename="Ben").ends_on == date(2026, 2, 4)
    assert Event.objects.filter(noun="membership").count() == before + 2
    assert (
        "Nothing was different."
        in Page(leader.post(f"/set-up/classes/{taught.pk}/members/", said, follow=True)).notes[0]
    )


def test_a_slip_keeps_the_typing_and_a_name_is_given_once(leader):
    make_class(leader)
    page = make_class(leader, name="10a/de1")
    assert page.status == 422 and "There is a class of that name already" in page.problems[0]
    assert page.field("name") == ["10a/de1"] and Group.objects.count() == 1
    assert make_class(leader, name="", subject="", year_group="6").problems == [
        "Say what the class is called.", "Say which subject it is.", "Choose the year group.",
    ]  # fmt: skip


def test_thirty_or_three_hundred_are_as_many_questions(leader, django_assert_max_num_queries):
    make_class(leader)
    make.students(60, year=10, group="10B")
    with django_assert_max_num_queries(14):
        open_page(leader, f"/set-up/classes/{Group.objects.get().pk}/?year=10")
    with django_assert_max_num_queries(14):
        open_page(leader, "/set-up/classes/")
