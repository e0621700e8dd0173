"""A parent's pages: own children only, only what is shared, gone at once when the link or the sharing ends."""

from datetime import date

import pytest

from pathbook.audit.models import Event, Verb
from tests import make
from tests.web.hand import Page, hand_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara():
    someone = make.student("Amara", "Ode", year=11, group="11A")
    told = make.guidance_meeting(someone, summary="Shared at home", shared_with_parent=True, private_note="canary-note")
    kept = make.guidance_meeting(someone, on=date(2026, 1, 20), summary="canary-kept", private_note="canary-note")
    make.action(someone, "Visit the college", meeting=told)
    make.action(someone, "canary-action", meeting=kept)
    return someone


def read(client, child):
    return Page(client.get(f"/family/{child.key}/"))


def test_one_child_opens_at_once_with_what_is_shared_and_how_to_help(amara):
    page = Page(hand_of(make.as_parent(amara)).get("/", follow=True))
    assert "Amara Ode" in page.text and "Shared at home" in page.text and "Ask about “Visit the college”" in page.text
    assert "canary" not in page.body


def test_two_children_are_both_there_and_no_one_elses(amara):
    ben = make.student("Ben", "Ode", year=9, group="9A")
    other = make.student("Canary", "Other", year=9, group="9A")
    client = hand_of(make.as_parent(amara, ben))
    page = Page(client.get("/family/"))
    assert "Amara Ode" in page.text and "Ben Ode" in page.text and "Canary" not in page.text
    assert read(client, ben).status == 200 and read(client, other).status == 404


def test_sharing_withdrawn_disappears_at_once(amara):
    client = hand_of(make.as_parent(amara))
    assert "Shared at home" in read(client, amara).text
    amara.meetings.update(shared_with_parent=False)
    page = read(client, amara)
    assert "Shared at home" not in page.text and "Visit the college" not in page.text
    assert "No agreed actions are shared with you" in page.text


def test_a_link_that_ended_opens_nothing_at_the_very_next_request(amara):
    parent = make.as_parent(amara)
    client = hand_of(parent)
    assert read(client, amara).status == 200
    parent.roles.update(ends_on=date(2026, 2, 4))
    assert read(client, amara).status == 404 and client.get("/family/").status_code == 404


def test_a_parents_reading_is_noted(amara):
    read(hand_of(make.as_parent(amara)), amara)
    assert Event.objects.filter(verb=Verb.READ, student_id=amara.pk, actor_role="parent").count() == 1


@pytest.mark.parametrize(
    "url", ["/students/", "/coverage/", "/needs/", "/actions/", "/answers/", "/reports/parents-evening.pdf"]
)
def test_no_page_of_staff_opens_for_a_parent(amara, url):
    assert hand_of(make.as_parent(amara)).get(url).status_code == 404


def test_staff_have_no_such_page(amara):
    leader = hand_of(make.careers_leader())
    assert leader.get("/family/").status_code == leader.get(f"/family/{amara.key}/").status_code == 404
