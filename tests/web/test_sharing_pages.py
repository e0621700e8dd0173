"""A student, a parent and staff each say it on their own page; it is shown, noted and taken back."""

import pytest

from pathbook.people.models import Objection
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db


def test_a_student_says_no_and_takes_it_back():
    one = make.student("Ada", year=12)
    me = hand_of(make.as_student(one))
    assert "/me/sharing/" in open_page(me, "/me/").links
    assert me.post("/me/sharing/", {"about": "plans"}).url == "/me/sharing/"
    page = open_page(me, "/me/sharing/")
    assert "Plans, offers" in page.text and "The student" in page.text
    me.post(f"/sharing/{Objection.objects.get().pk}/withdraw/")
    assert "Taken back" in open_page(me, "/me/sharing/").text


def test_a_parent_may_until_16_and_is_told_so_after():
    child, grown = make.student("Young", year=9), make.student("Grown", year=12)
    parent = hand_of(make.as_parent(child, grown))
    assert parent.post(f"/family/{child.key}/sharing/", {"about": "everything"}).status_code == 302
    page = Page(parent.post(f"/family/{grown.key}/sharing/", {"about": "everything"}))
    assert page.status == 422 and page.problems == ["From 16 it is the student who says this. Ask them."]
    assert Objection.objects.get().said_by == "parent"


def test_staff_note_who_said_it_and_nobody_elses_is_found():
    one, elsewhere = make.student("Ada"), make.student("Else", at=make.school("Other School"))
    for who in (make.careers_leader(), make.data_manager(), make.officer()):
        hand = hand_of(who)
        assert hand.get(f"/students/{elsewhere.key}/sharing/").status_code == 404
        assert hand.post(f"/students/{one.key}/sharing/", {"about": "plans", "said_by": "parent"}).status_code == 302
        assert f"Noted by {who.name}" in open_page(hand, f"/students/{one.key}/sharing/").text
        hand.post(f"/sharing/{Objection.objects.latest('pk').pk}/withdraw/")
    theirs = make.objection(elsewhere)
    assert hand.post(f"/sharing/{theirs.pk}/withdraw/").status_code == 404
    page = Page(hand.post(f"/students/{one.key}/sharing/", {"about": "nonsense"}))
    assert page.status == 422 and page.problems == ["Choose what is not to be shared.", "Choose who says so."]
