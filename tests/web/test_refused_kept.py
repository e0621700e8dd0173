"""Forms that stand on a page of something else: refused, they say so at the field, keep what was typed and change nothing."""

from datetime import timedelta

import pytest

from pathbook.people.models import Place, Role
from pathbook.records.models import EmployerForm, Participation, PlacementForm, YearBudget
from tests import make
from tests.web.hand import Page, hand_of

pytestmark = pytest.mark.django_db


def refused(client, url, fields, kept):
    """One sentence, at the top as a link to the field and at the field itself; what was typed still stands."""
    page = Page(client.post(url, fields))
    assert page.status == 422 and len(page.problems) == 1, (page.status, page.problems)
    assert page.problems[0].endswith(".") and page.body.count(page.problems[0]) == 2
    for name, value in kept.items():
        assert value in page.field(name), name
    (anchor,) = [link[1:] for link in page.links if link.startswith("#") and link != "#main"]
    assert anchor in page.ids
    return page


def test_a_budget_that_is_none_is_kept_beside_its_sentence():
    make.activity(on=make.TODAY + timedelta(days=9))
    leader = hand_of(make.careers_leader())
    refused(leader, "/programme/budget/2025/", {"pounds": "lots"}, {"pounds": "lots"})
    assert not YearBudget.objects.exists()


def test_a_day_of_term_and_a_weight_of_a_rule_have_their_sentence_beside_them():
    leader = hand_of(make.careers_leader())
    for url, name in (("/programme/dates/2025/", "first_0"), ("/needs/rules/", "entitlement_gap/item/GB5.1")):
        stands = {field: value for field, value in Page(leader.get(url)).fields if field}
        page = Page(leader.post(url, stands | {name: "lots"}))
        assert page.status == 422 and page.field(name) == ["lots"], url
        assert any(page.body.count(said) == 2 for said in page.problems), url


def test_an_employers_address_that_is_none_is_kept_beside_its_sentence(settings):
    settings.EMAIL_HOST = "mail.example"
    fair, leader = make.activity(), hand_of(make.careers_leader())
    refused(leader, f"/activities/{fair.key}/employer/ask/", {"email": "ann at firm"}, {"email": "ann at firm"})
    assert not EmployerForm.objects.exists()


@pytest.mark.parametrize("said", [{"answer": "no", "why": ""}, {"answer": "no", "why": "x" * 1001}])
def test_a_no_from_home_without_a_reason_that_can_be_kept(said):
    amara = make.student("Amara")
    one = make.placement(amara, make.host(), said=("student", "employer"))
    parent = make.account("Ada Ode")
    make.role(parent, Role.PARENT, Place.STUDENT, student=amara)
    refused(hand_of(parent), f"/family/{amara.key}/placement/{one.key}/", said, {"why": said["why"]})
    assert not PlacementForm.objects.filter(party="parent").exists()


@pytest.mark.django_db(transaction=True)  # the refusal rolls back what it began, then the page is read
def test_who_came_is_still_chosen_when_there_is_no_place():
    full = make.activity(on=make.TODAY + timedelta(days=9), capacity=1)
    goes, asks = make.student("Amara"), make.student("Ben")
    make.participation(goes, full, status="planned")
    make.participation(asks, full, status="withdrawn")
    leader, field = hand_of(make.careers_leader()), f"s-{asks.key}"
    page = Page(leader.post(f"/activities/{full.key}/correct/", {f"s-{goes.key}": "planned", field: "planned"}))
    assert page.status == 422 and page.field(field) == ["planned"] and "no place left" in page.notes[0]
    assert Participation.objects.get(student=asks).status == "withdrawn"
