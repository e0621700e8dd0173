"""Every role has a door of its own: a menu of at most six places that all open, and a home that says what is so."""

import pytest
from django.urls import reverse

from pathbook.people.models import Place, Role
from pathbook.people.visibility import viewer_of
from pathbook.web.doors import DOORS, MOST
from pathbook.web.frame import PLACES
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db


def holder(role):
    someone = make.account(f"A {role}")
    amara = make.student("Amara", "Ode", group="10B")
    over = {
        Role.FORM_TUTOR: (Place.TUTOR_GROUP, {"tutor_group": make.tutor_group("10B")}),
        Role.HEAD_OF_YEAR: (Place.YEAR_GROUP, {"year_group": 10}),
        Role.STUDENT: (Place.STUDENT, {"student": amara}),
        Role.PARENT: (Place.STUDENT, {"student": amara}),
    }
    place, what = over.get(role, (Place.INSTITUTION, {}))
    make.role(someone, role, place, **what)
    return someone


def test_no_role_is_without_a_door_and_no_place_in_no_menu():
    assert set(DOORS) == set(Role)
    assert {place for door in DOORS.values() for place in door.menu} == set(PLACES)


@pytest.mark.parametrize("role", Role)
def test_a_menu_has_at_most_six_places_and_each_opens(role):
    assert len(DOORS[role].menu) <= MOST and len(set(DOORS[role].menu)) == len(DOORS[role].menu)
    client = hand_of(holder(role))
    page = Page(client.get("/", follow=True))
    menu = page.body.split('aria-label="Main"')[1].split("</nav>")[0]
    links = [link for link in page.links if f'href="{link}"' in menu]
    assert page.status == 200 and len(links) >= len(DOORS[role].menu)
    for link in links:
        assert client.get(link, follow=True).status_code == 200, link


@pytest.mark.parametrize("role", [Role.IT_ADMIN])
def test_a_role_without_a_page_of_its_own_is_told_so(role):
    page = open_page(hand_of(holder(role)), "/")
    assert DOORS[role].waiting.title in page.text and "Amara" not in page.text
    assert reverse("account") in page.links


def test_roles_held_on_the_day_are_the_hats_and_one_is_on():
    someone = make.careers_leader()
    make.role(someone, Role.GOVERNOR)
    make.role(someone, Role.SENDCO, starts_on=make.TODAY.replace(year=2027))
    make.role(someone, Role.ADVISER, ends_on=make.TODAY.replace(month=1))
    whole = viewer_of(someone, make.TODAY)
    assert whole.wearing("").hats == (Role.CAREERS_LEADER, Role.GOVERNOR)
    assert whole.wearing("").role == Role.CAREERS_LEADER
    assert whole.wearing(Role.GOVERNOR).role == Role.GOVERNOR and not whole.wearing(Role.GOVERNOR).reaches_all
    assert whole.wearing(Role.SENDCO).role == Role.CAREERS_LEADER, "not yet theirs"
    assert whole.wearing(Role.ADVISER).role == Role.CAREERS_LEADER, "no longer theirs"


def test_a_tutor_of_two_forms_wears_one_hat_over_both():
    someone = make.form_tutor(make.tutor_group("10B"))
    make.role(someone, Role.FORM_TUTOR, Place.TUTOR_GROUP, tutor_group=make.tutor_group("10C"))
    viewer = viewer_of(someone, make.TODAY).wearing("")
    assert len(viewer.held) == 2 and viewer.hats == (Role.FORM_TUTOR,)
