"""Consent on its pages: asked of a year group, recorded from a pile of slips, answered by a parent, chased from a proposal."""

from datetime import timedelta

import pytest

from pathbook.audit.models import Event
from pathbook.records.models import Activity, Consent
from tests import make
from tests.needs.places import world
from tests.web.hand import Page, hand_of, open_page
from tests.web.test_activity_pages import save, step_two

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


@pytest.fixture
def visit():
    return make.activity("Site visit", "workplace_experience", make.TODAY + timedelta(days=20), asks_consent=True)


def page_of(visit):
    return f"/activities/{visit.key}/consent/"


def send(client, url, page, **said):
    """The list as the page offers it, with some of it changed."""
    return Page(client.post(url, dict(page.fields) | said, follow=True))


def answers():
    return {row.student.forename: row.answer for row in Consent.objects.order_by("pk").select_related("student")}


def test_mark_all_received_after_the_one_no_is_ticked(leader, visit):
    amara, *others = [make.student(name, group="10B") for name in ("Amara", "Ben", "Cy")]
    for one in (amara, *others):
        make.participation(one, visit, "planned")
    page = open_page(leader, page_of(visit))
    assert "0 of 3 have said yes" in page.text and "Mark all 3 received" in page.text
    page = send(leader, page_of(visit), page, **{f"a-{amara.key}": "refused", "all": "given"})
    assert "2 of 3 have said yes" in page.text and "1 no, 0 not answered" in page.text
    assert answers() == {"Amara": "refused", "Ben": "given", "Cy": "given"}
    told = open_page(leader, f"/activities/{visit.key}/")
    assert "2 of 3 have said yes, 1 no, 0 not answered" in told.text
    undone = Page(leader.post(page.undo, follow=True))
    assert "0 of 3 have said yes" in undone.text and answers() == {}


def test_mark_all_received_says_nothing_of_homes_that_were_not_asked(leader, visit):
    asked, *others = make.students(3, year=11)
    make.participation(asked, visit, "planned")
    url = f"{page_of(visit)}?whom=year:11"
    page = open_page(leader, url)
    assert "Mark all 1 received" in page.text
    late = make.student("Late", year=11)  # came onto the list after the page was opened
    send(leader, url, page, all="given")
    assert {row.student for row in Consent.objects.all()} == {asked}
    assert late not in {row.student for row in Consent.objects.all()} and others


def test_a_year_group_is_asked_and_then_listed(leader, visit):
    make.students(3, year=11)
    url = f"{page_of(visit)}?whom=year:11"
    page = send(leader, url, open_page(leader, url), all="asked")
    assert "Recorded for 3 students" in page.notes[0]
    assert "0 of 3 have said yes" in open_page(leader, page_of(visit)).text


def test_what_a_parent_said_since_the_page_was_opened_stands_and_is_named(leader, visit):
    amara, ben = make.student("Amara"), make.student("Ben")
    for one in (amara, ben):
        make.participation(one, visit, "planned")
    page = open_page(leader, page_of(visit))
    parent = hand_of(make.as_parent(amara))
    parent.post(f"/family/{amara.key}/consent/{visit.key}/", {"answer": "refused"})
    page = send(leader, page_of(visit), page, all="given")
    assert "Amara Ode since you opened this page" in page.notes[0] and "Recorded for 1 student." in page.notes[1]
    assert answers() == {"Amara": "refused", "Ben": "given"}
    assert "by the parent, in Pathbook" in page.text


def test_a_day_to_come_and_a_name_too_long_are_refused_and_the_list_keeps_what_was_ticked(leader, visit):
    amara = make.student()
    make.participation(amara, visit, "planned")
    page = open_page(leader, page_of(visit))
    wrong = {f"a-{amara.key}": "given", f"by-{amara.key}": "x" * 201, "said_on": "2026-03-01", "how": "pigeon"}
    answer = Page(leader.post(page_of(visit), dict(page.fields) | wrong))
    assert answer.status == 422 and Consent.objects.count() == 0
    assert answer.problems == [
        "Shorten the name of who answered to 200 characters.", "Choose how they answered.",
        "That day has not come yet. Choose today or a day before.",
    ]  # fmt: skip
    assert answer.field(f"a-{amara.key}") == ["given"]


def test_a_parent_says_yes_in_two_clicks_and_may_change_their_mind(visit):
    amara = make.student()
    make.participation(amara, visit, "planned")
    parent = hand_of(make.as_parent(amara))
    page = Page(parent.get("/family/", follow=True))
    assert "The school asks you" in page.text and "May Amara Ode go to Site visit?" in page.text
    url = f"/family/{amara.key}/consent/{visit.key}/"
    page = Page(parent.post(url, {"answer": "given"}, follow=True))
    assert "The school knows that Amara may go to Site visit." in page.notes[0] and "Change to no" in page.text
    page = Page(parent.post(url, {"answer": "refused"}, follow=True))
    assert "may not go" in page.notes[0] and answers() == {"Amara": "refused"}
    assert Event.objects.filter(noun="consent", student_id=amara.pk, actor_role="parent").count() == 2


def test_a_parent_cannot_answer_for_another_child_nor_for_what_nobody_asked(visit):
    amara, other = make.student(), make.student("Other")
    make.participation(other, visit, "planned")
    parent = hand_of(make.as_parent(amara))
    for child in (amara, other):
        assert parent.post(f"/family/{child.key}/consent/{visit.key}/", {"answer": "given"}).status_code == 404
    assert hand_of(make.careers_leader()).post(f"/family/{other.key}/consent/{visit.key}/").status_code == 404
    assert Consent.objects.count() == 0


def test_what_has_begun_is_asked_no_more(visit):
    amara = make.student()
    make.participation(amara, visit, "planned")
    Activity.objects.update(starts_on=make.TODAY - timedelta(days=1))
    assert "Site visit?" not in Page(hand_of(make.as_parent(amara)).get("/family/", follow=True)).text


def test_a_visit_to_come_asks_unless_it_is_said_not_to_and_a_talk_does_only_if_it_is_said(leader):
    make.students(2)
    day = (make.TODAY + timedelta(days=30)).isoformat()
    for kind, said, asks in (
        ("workplace_experience", "", True),
        ("workplace_experience", "no", False),
        ("employer_encounter", "", False),
        ("employer_encounter", "yes", True),
    ):
        save(leader, step_two(leader, "year:11", kind=kind, starts_on=day, asks_consent=said))
        assert Activity.objects.order_by("-pk").first().asks_consent is asks, (kind, said)
    save(leader, step_two(leader, "year:11", kind="workplace_experience", starts_on="2025-11-03"))
    assert not Activity.objects.order_by("-pk").first().asks_consent, "it has been"


def test_from_a_proposal_to_the_homes_to_ask(leader):
    visit = world.visit(capacity=5, asks_consent=True)
    make.students(3)
    leader.post("/places/", {"activities": [visit.key], "token": "abcdefghjkmn"})
    page = open_page(leader, page_of(visit))
    assert "3 students would get a place if home said yes, and nobody has asked" in page.text
    url = f"{page_of(visit)}?whom=waiting"
    assert "Ask all 3" in open_page(leader, url).text
    send(leader, url, open_page(leader, url), all="asked")
    assert set(answers().values()) == {"asked"} and "nobody has asked" not in open_page(leader, page_of(visit)).text


def test_an_activity_that_does_not_ask_has_no_such_page(leader):
    assert leader.get(page_of(make.activity())).status_code == 404
