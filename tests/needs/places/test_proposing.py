"""A proposal from the first answer to what is booked: decided by hand, worked out again, confirmed once, undone."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from pathbook.allocation.improve import improve
from pathbook.allocation.pins import PinsConflict
from pathbook.audit.models import Event
from pathbook.needs.models import Proposal
from pathbook.needs.places import confirming, deciding, proposing
from pathbook.needs.places.bought import changed_by
from pathbook.needs.places.proposing import ProposalMovedOnError
from pathbook.records.actions import rebooking
from pathbook.records.models import GuidanceMeeting, Participation
from pathbook.records.queries.slots import school_days
from tests import make
from tests.needs.places import world

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(minutes=5)


@pytest.fixture
def priya(db):
    return make.viewer(make.careers_leader())


@pytest.fixture
def four(db):
    """Two slots and a visit with two places for four students of Year 11."""
    world.slots(2)
    world.visit(capacity=2)
    return make.students(4)


def proposed(by, at=make.NOW):
    return proposing.propose(school=make.school(), scarce=world.scarce(), by=by, at=at, on=make.TODAY)


def confirm(one, by, at=LATER, better=False, run=None):
    return confirming.confirm(proposal=one, better=better, run=run or one.run, by=by, at=at, on=make.TODAY)


def given(one, better=False):
    return one.answers.get(better=better).places.exclude(offer="")


def test_a_proposal_books_nothing_and_keeps_who_why_and_who_waits(four, priya):
    one = proposed(priya).proposal
    answer = one.answers.get()
    assert not GuidanceMeeting.objects.exists() and not Participation.objects.exists()
    assert given(one).count() == 4 and all(place.why for place in answer.places.all())
    waits = answer.places.filter(offer="")
    assert waits and all(place.needs for place in waits)
    assert (
        answer.objective == pytest.approx(sum(place.value for place in given(one))) and answer.objective <= answer.bound
    )
    assert {group["group"] for group in answer.groups} == {"Form 11A"}


def test_confirmed_it_books_every_meeting_and_every_place_and_undone_none(four, priya):
    one = proposed(priya).proposal
    done = confirm(one, priya)
    assert (done.booked, done.enrolled, done.refused) == (2, 2, 0)
    assert {m.student_id for m in GuidanceMeeting.objects.all()} == {
        p.student_id for p in given(one) if p.offer in one.slots
    }
    assert set(Participation.objects.values_list("status", flat=True)) == {"planned"}
    one.refresh_from_db()
    confirming.undo(proposal=one, by=priya, at=LATER + timedelta(minutes=1), on=make.TODAY)
    assert not GuidanceMeeting.objects.exclude(status="cancelled").exists() and not Participation.objects.exists()
    with pytest.raises(ProposalMovedOnError, match="undone already"):
        confirming.undo(proposal=one, by=priya, at=LATER + timedelta(minutes=2), on=make.TODAY)


def test_confirmed_twice_it_books_once(four, priya):
    one = proposed(priya).proposal
    confirm(one, priya)
    with pytest.raises(ProposalMovedOnError):
        confirm(one, priya, LATER + timedelta(seconds=1))
    assert GuidanceMeeting.objects.count() == 2


def test_what_was_taken_meanwhile_is_refused_by_name_and_the_rest_stands(four, priya):
    one = proposed(priya).proposal
    slot_place = next(place for place in given(one) if place.offer in one.slots)
    from pathbook.records.actions import booking
    from pathbook.records.models import Activity, GuidanceSlot

    taken = GuidanceSlot.objects.get(key=slot_place.offer)
    booking.book(slot=taken, student=make.student("Quick", year=13), by=priya, at=make.NOW, on=make.TODAY)
    make.participation(make.student("Sly", year=11), Activity.objects.get(), "planned")
    done = confirm(one, priya)
    assert (done.booked, done.enrolled, done.refused) == (1, 1, 2)
    refused = given(one).exclude(refused="")
    said = {place.refused for place in refused}
    assert any("has just been taken" in why for why in said) and "The last place in Site visit has been taken." in said


def test_a_student_booked_elsewhere_meanwhile_is_refused_by_the_rule_the_proposal_was_made_by(four, priya):
    one = proposed(priya).proposal
    place = next(place for place in given(one) if place.offer in one.slots)
    from pathbook.records.models import GuidanceSlot

    day = GuidanceSlot.objects.get(key=place.offer).starts_at.date()
    make.participation(place.student, make.activity("Trip", on=day), "planned")
    assert confirm(one, priya).refused == 1
    assert given(one).get(pk=place.pk).refused == f"{place.student.name} is at Trip on 9 Feb 2026."


def decide(one, someone, offer, act, by):
    return deciding.decide(proposal=one, student=someone, offer=offer, act=act, by=by, at=LATER)


def again(one, by, run=None):
    return proposing.again(proposal=one, run=run or one.run, by=by, at=LATER, on=make.TODAY).proposal


def test_worked_out_again_what_was_decided_stands(four, priya):
    first = proposed(priya).proposal
    place = next(place for place in given(first) if place.offer in first.slots)
    other = next(key for key in first.slots if key != place.offer)
    assert decide(first, place.student, other, "keep", priya) and decide(
        first, four[0], first.activities[0], "out", priya
    )
    with pytest.raises(ProposalMovedOnError, match="Work it out again"):
        confirm(first, priya)
    first.refresh_from_db()
    second = again(first, priya)
    assert second.run == 2 and second.answers.count() == 1 and not second.stale
    assert given(second).get(offer=other).student == place.student and given(second).get(offer=other).pinned
    assert not given(second).filter(student=four[0], offer=first.activities[0])
    assert confirm(second, priya).refused == 0


def test_a_decision_gives_way_to_the_next_and_is_let_go(four, priya):
    one, (amara, *_) = proposed(priya).proposal, four
    slot, other, visit = *one.slots, one.activities[0]
    for offer, act, pins, outs in (
        (slot, "keep", [slot], []), (other, "keep", [other], []), (other, "out", [], [other]),
        (visit, "keep", [visit], [other]), (other, "let_go", [visit], []),
    ):  # fmt: skip
        assert decide(one, amara, offer, act, priya)
        one.refresh_from_db()
        assert (one.pins, one.outs) == ([[amara.key, key] for key in pins], [[amara.key, key] for key in outs])
    assert not decide(one, amara, visit, "keep", priya) and not decide(one, amara, "elsewhere", "keep", priya)


def test_what_somebody_else_worked_out_since_is_not_replaced_or_confirmed_unseen(four, priya):
    one = proposed(priya).proposal
    again(one, priya)
    with pytest.raises(ProposalMovedOnError):
        again(one, priya, run=1)
    with pytest.raises(ProposalMovedOnError):
        confirm(one, priya, run=1)
    assert not GuidanceMeeting.objects.exists()


def test_decisions_that_cannot_all_stand_change_nothing(four, priya):
    one = proposed(priya).proposal
    for someone in four[:2]:
        decide(one, someone, one.slots[0], "keep", priya)
    one.refresh_from_db()
    with pytest.raises(PinsConflict):
        again(one, priya)
    one.refresh_from_db()
    assert one.run == 1 and one.stale and one.answers.count() == 1


def test_a_better_answer_is_kept_beside_the_first_and_either_can_be_confirmed(four, priya):
    found = proposed(priya)
    better = improve(found.answer.problem, found.answer, 5)
    assert proposing.found_better(proposal=found.proposal, answer=better, more={}, at=LATER)
    assert given(found.proposal, better=True).count() == len(better.places)
    assert confirm(found.proposal, priya, better=True).booked == 2
    assert found.proposal.answers.get(accepted=True).better


def test_what_an_earlier_search_finds_is_not_kept(four, priya):
    found = proposed(priya)
    again(Proposal.objects.get(), priya)
    assert not proposing.found_better(proposal=found.proposal, answer=found.answer, more={}, at=LATER)
    assert found.proposal.answers.count() == 1


def test_one_more_day_is_as_long_as_the_fullest_and_says_who_would_be_reached(four, priya):
    answer = proposed(priya).answer
    more = changed_by(answer, school_days(make.school()), on=make.TODAY, seconds=5)
    assert (more["day"], more["slots"]) == ("2026-02-13", 2)
    waits = {place.student for place in answer.waiting if place.need == "entitlement_gap"}
    assert len(more["reached"]) == 2 and set(more["reached"]) <= waits


def test_a_meeting_changed_since_is_not_undone_with_the_rest(four, priya):
    one = proposed(priya).proposal
    confirm(one, priya)
    one.refresh_from_db()
    meeting = GuidanceMeeting.objects.first()
    rebooking.cancel(meeting=meeting, reason="Ill", seen=meeting.sequence, by=priya, at=LATER + timedelta(minutes=1))
    from pathbook.records.actions.booking import BookingRefusedError

    with pytest.raises(BookingRefusedError):
        confirming.undo(proposal=one, by=priya, at=LATER + timedelta(minutes=2), on=make.TODAY)
    assert Participation.objects.count() == 2


def test_no_reason_or_name_goes_into_the_audit(four, priya):
    one = proposed(priya).proposal
    confirm(one, priya)
    said = str(list(Event.objects.filter(noun="proposal").values_list("detail", flat=True)))
    assert "meeting" not in said and "Number" not in said


@pytest.mark.django_db(transaction=True)
def test_two_people_confirming_at_once_book_once():
    by = make.viewer(make.careers_leader())
    world.slots(2)
    make.students(4)
    one, done, lost = proposed(by).proposal, [], []

    def ask(n):
        try:
            done.append(confirm(one, by, LATER + timedelta(milliseconds=n)))
        except ProposalMovedOnError:
            lost.append(n)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), len(lost), GuidanceMeeting.objects.count()) == (1, 3, 2)


def test_a_no_said_after_the_proposal_is_refused_by_name_and_the_rest_stands(db, priya):
    visit = world.visit(capacity=2, asks_consent=True)
    amara, ben = make.student("Amara", year=11), make.student("Ben", year=11)
    for someone in (amara, ben):
        make.consent(someone, visit)
    one = proposed(priya).proposal
    assert given(one).count() == 2
    make.consent(amara, visit, "refused")
    done = confirm(one, priya)
    assert (done.enrolled, done.refused) == (1, 1)
    assert given(one).get(student=amara).refused == f"{amara.name}: no consent from home."
    assert [part.student for part in Participation.objects.all()] == [ben]


def test_any_careers_leader_undoes_what_another_confirmed(four, priya):
    one = proposed(priya).proposal
    confirm(one, priya)
    one.refresh_from_db()
    other = make.viewer(make.careers_leader("Leo Second"))
    confirming.undo(proposal=one, by=other, at=LATER + timedelta(minutes=1), on=make.TODAY)
    assert not GuidanceMeeting.objects.exists() and not Participation.objects.exists()
    one.refresh_from_db()
    assert one.undone_by == "Leo Second"
