"""Places, as a careers leader uses the pages: choose, propose, decide, work out again, confirm, undo; and what is refused."""

import pytest

from pathbook.needs.models import NeedSettings, Proposal
from pathbook.people.keys import new_key
from pathbook.people.models import Role
from pathbook.records.models import GuidanceMeeting, Participation
from tests import make
from tests.needs.places import world
from tests.web.hand import hand_of
from tests.web.test_query_budgets import asked_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def leader():
    make.school()
    world.slots(2)
    world.visit(capacity=2)
    make.students(4)
    return hand_of(make.careers_leader())


def propose(leader, **said):
    visit = world.scarce().activities[0]
    asked = {"guidance": "on", "activities": [visit.key], "token": new_key(), **said}
    return leader.post("/places/", asked)


def test_from_choosing_to_confirmed_to_undone(leader):
    answer = propose(leader)
    assert answer.status_code == 302
    one = Proposal.objects.get()
    page = leader.get(answer.url)
    assert "4 students get a place" in page.content.decode()
    done = leader.post(f"/places/{one.key}/confirm/", {"run": one.run, "answer": "first"}, follow=True)
    assert "2 meetings booked and 2 students put down" in done.content.decode()
    assert (GuidanceMeeting.objects.count(), Participation.objects.count()) == (2, 2)
    undone = leader.post(f"/places/{one.key}/undo/", follow=True)
    assert "Undone: every meeting and place" in undone.content.decode()
    assert not Participation.objects.exists()


def test_the_same_form_sent_twice_makes_one_proposal(leader):
    token = new_key()
    assert propose(leader, token=token).url == propose(leader, token=token).url
    assert Proposal.objects.count() == 1


def test_nothing_chosen_is_refused_and_what_was_typed_is_kept(leader):
    answer = leader.post("/places/", {"until": "nonsense", "token": new_key()})
    assert answer.status_code == 422 and "nonsense" in answer.content.decode()
    answer = leader.post("/places/", {"token": new_key()})
    assert answer.status_code == 422 and "Choose guidance slots, an activity, or both." in answer.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("said", ["", "-1", "101", "half", "9" * 40, "\0"])
def test_a_limit_that_is_none_is_refused(leader, said):
    answer = leader.post("/places/limit/", {"limit": said})
    assert answer.status_code == 422 and "whole number from 0 to 100" in answer.content.decode()
    assert not NeedSettings.objects.exists()


def test_the_schools_limit_is_kept(leader):
    leader.post("/places/limit/", {"limit": "10"})
    assert float(NeedSettings.objects.get().fairness_limit) == 0.1
    assert 'value="10"' in leader.get("/places/").content.decode()


def test_a_decision_must_be_worked_out_before_it_is_confirmed(leader):
    propose(leader)
    one = Proposal.objects.get()
    place = one.answers.order_by("better").first().places.exclude(offer="").first()
    page = leader.post(
        f"/places/{one.key}/decide/{place.student.key}/", {"act": "out", "offer": place.offer}, follow=True
    )
    assert "is kept out of" in page.content.decode() and "Confirm and book" not in page.content.decode()
    refused = leader.post(f"/places/{one.key}/confirm/", {"run": one.run}, follow=True)
    assert "Work it out again, then confirm." in refused.content.decode() and not GuidanceMeeting.objects.exists()
    again = leader.post(f"/places/{one.key}/again/", {"run": one.run}, follow=True)
    assert "What you decided stands." in again.content.decode()
    one.refresh_from_db()
    assert not one.answers.order_by("better").first().places.filter(student=place.student, offer=place.offer)


def test_decisions_that_contradict_each_other_are_named(leader):
    propose(leader)
    one = Proposal.objects.get()
    people = [place.student for place in one.answers.order_by("better").first().places.exclude(offer="")[:2]]
    for someone in people:
        leader.post(f"/places/{one.key}/decide/{someone.key}/", {"act": "keep", "offer": one.slots[0]})
    said = leader.post(f"/places/{one.key}/again/", {"run": one.run}, follow=True).content.decode()
    assert "cannot all stand" in said and all(someone.name in said for someone in people)


@pytest.mark.parametrize(
    "said", [{}, {"act": "keep"}, {"act": "nonsense", "offer": "x"}, {"act": "keep", "offer": "x\0"}]
)
def test_a_decision_of_nothing_changes_nothing(leader, said):
    one = make.proposal(make.student(year=11))
    someone = one.answers.get().places.get().student
    answer = leader.post(f"/places/{one.key}/decide/{someone.key}/", said, follow=True)
    one.refresh_from_db()
    assert answer.status_code == 200 and not one.stale


def test_another_schools_proposal_is_not_there_and_senior_leaders_only_read(leader):
    one = make.proposal(make.student(year=11))
    head = make.account("Head")
    make.role(head, Role.SENIOR_LEADER)
    reader = hand_of(head)
    page = reader.get(f"/places/{one.key}/")
    assert page.status_code == 200 and "Confirm and book" not in page.content.decode()
    assert reader.post(f"/places/{one.key}/confirm/", {"run": 1}).status_code == 404
    Proposal.objects.filter(pk=one.pk).update(institution=make.school("Other School"))
    assert leader.get(f"/places/{one.key}/").status_code == 404


def test_every_part_costs_the_same_with_few_and_with_many_and_at_most_twelve(leader):
    few = make.proposal(make.student(year=11))
    many = make.proposal(make.student(year=11))
    from pathbook.needs.models import ProposedPlace

    answer = many.answers.get()
    ProposedPlace.objects.bulk_create(
        ProposedPlace(answer=answer, student=one, value=0.4, why="No slot is free.", needs="One more.", placed=False)
        for one in make.students(120)
    )
    for part in ("places", "waiting", "groups"):
        cost = [asked_for(leader, f"/places/{one.key}/?part={part}")[0] for one in (few, many)]
        assert cost[0] <= cost[1] <= cost[0] + 1 and cost[1] <= 12, (part, cost)
    for url in ("/places/", "/places/capacity/"):
        assert asked_for(leader, url)[0] <= 12, asked_for(leader, url)
