"""Every role has a door of its own: a menu of at most six places that all open, and a home that says what is so."""

import pytest
from django.db import transaction
from django.urls import reverse

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.audit.record import Someone
from pathbook.people.models import Place, Role
from pathbook.people.visibility import viewer_of
from pathbook.web.doors import DOORS, MOST
from pathbook.web.menu import PLACES
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


def test_whoever_keeps_the_accounts_begins_with_backups_roles_and_second_steps():
    page = open_page(hand_of(holder(Role.IT_ADMIN)), "/")
    assert "No backup has been made" in page.text and "Amara" not in page.text and "Ode" not in page.text
    assert "role to look through in the spring term" in page.text and reverse("access-review") in page.links
    assert "1 of staff has no second step to sign in" in page.text
    with transaction.atomic():
        record.changes(by=Someone(None, "Night", ""), at=make.NOW, of=[record.Change(Verb.EXPORTED, "backup")])
    assert "No backup" not in open_page(hand_of(holder(Role.IT_ADMIN)), "/").text


def test_the_officer_begins_with_what_is_due_and_what_was_read():
    gone = make.student("Long", "Gone", year=13, academic_year=2020)
    make.student("Still", "Here")
    officer = hand_of(make.officer())
    with transaction.atomic():
        record.changes(
            by=Someone(None, "Her", "form_tutor"), at=make.NOW, of=[record.Change(Verb.READ, "student", 1, gone.pk)]
        )
    page = open_page(officer, "/")
    assert "1 record has been kept long enough" in page.text and "Records opened 1" in page.text
    assert "Gone" not in page.text and reverse("due") in page.links


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
