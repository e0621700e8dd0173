"""Consent: asked, said and changed, the latest stands; nobody's answer is written over unseen; undone in one act."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.audit.models import Event, Verb
from pathbook.people.models import Guardian
from pathbook.records.actions import consenting
from pathbook.records.actions.consenting import ConsentRefusedError, Said
from pathbook.records.models import Consent
from pathbook.records.queries.consents import standing, tallies
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(minutes=5)


@pytest.fixture
def visit():
    return make.activity("Site visit", "workplace_experience", make.TODAY + timedelta(days=20), asks_consent=True)


@pytest.fixture
def leader():
    return make.viewer(make.careers_leader())


def say(visit, by, said, at=make.NOW, how="paper"):
    return consenting.record_consents(
        activity=visit, said=said, how=how, said_on=make.TODAY, by=by, at=at, on=make.TODAY
    )


def stands(visit):
    return {row.student.forename: row.answer for row in standing(visit).values()}


def test_a_whole_list_is_recorded_at_once_and_counted_with_those_down_for_it(visit, leader):
    students = make.students(4)
    make.participation(students[3], visit, "planned")
    answers = ("given", "given", "refused")
    done = say(visit, leader, {one.pk: Said(answer) for one, answer in zip(students, answers, strict=False)})
    assert len(done.students) == 3 and done.passed == ()
    tally = tallies([visit])[visit.pk]
    assert (tally.given, tally.refused, tally.waiting, tally.asked) == (2, 1, 1, 4)


def test_the_latest_answer_stands_and_the_first_is_kept(visit, leader):
    amara = make.student()
    say(visit, leader, {amara.pk: Said("given")})
    first = standing(visit)[amara.pk]
    say(visit, leader, {amara.pk: Said("refused", seen=first.key)}, at=LATER, how="phone")
    assert stands(visit) == {"Amara": "refused"}
    assert list(Consent.objects.order_by("pk").values_list("answer", "how")) == [
        ("given", "paper"),
        ("refused", "phone"),
    ]


def test_the_same_form_sent_twice_acts_once(visit, leader):
    amara = make.student()
    for at in (make.NOW, LATER):
        done = say(visit, leader, {amara.pk: Said("given", "Ada Ode")}, at=at)
    assert done.students == () and done.passed == () and Consent.objects.count() == 1


def test_a_no_said_since_the_page_was_opened_is_not_written_over(visit, leader):
    amara, ben = make.student(), make.student("Ben")
    say(visit, leader, {amara.pk: Said("refused")})
    done = say(visit, leader, {amara.pk: Said("given"), ben.pk: Said("given")}, at=LATER)
    assert done.passed == (amara.pk,) and stands(visit) == {"Amara": "refused", "Ben": "given"}


def test_a_known_parent_is_found_by_name_and_any_other_name_is_kept(visit, leader):
    amara, ben = make.student(), make.student("Ben")
    ada = make.guardian(amara, "Ada Ode")
    say(visit, leader, {amara.pk: Said("given", " ada ode"), ben.pk: Said("given", "his grandmother")})
    rows = standing(visit)
    assert rows[amara.pk].guardian == ada
    assert (rows[ben.pk].guardian, rows[ben.pk].said_by) == (None, "his grandmother")


def test_undone_what_was_said_before_stands_again(visit, leader):
    amara, ben = make.student(), make.student("Ben")
    say(visit, leader, {amara.pk: Said("given")})
    seen = standing(visit)[amara.pk].key
    say(visit, leader, {amara.pk: Said("refused", seen=seen), ben.pk: Said("given")}, at=LATER)
    consenting.undo(activity=visit, said_at=LATER, by=leader, at=LATER, on=make.TODAY)
    assert stands(visit) == {"Amara": "given"}
    with pytest.raises(ConsentRefusedError, match="undone already"):
        consenting.undo(activity=visit, said_at=LATER, by=leader, at=LATER, on=make.TODAY)


def test_what_somebody_answered_since_is_not_undone_under_them(visit, leader):
    amara = make.student()
    say(visit, leader, {amara.pk: Said("given")})
    consenting.answer_from_home(activity=visit, student=amara, answer="refused", by=make.viewer(make.as_parent(amara)),
                                at=LATER, on=make.TODAY)  # fmt: skip
    with pytest.raises(ConsentRefusedError, match="answered since"):
        consenting.undo(activity=visit, said_at=make.NOW, by=leader, at=LATER, on=make.TODAY)
    assert stands(visit) == {"Amara": "refused"}


def test_a_parent_answers_for_their_own_child_only_and_it_is_known_to_be_from_them(visit):
    amara, other = make.student(), make.student("Other")
    account = make.as_parent(amara)
    ada = make.guardian(amara, "Ada Ode")
    Guardian.objects.filter(pk=ada.pk).update(account=account)
    parent = make.viewer(account)
    said = {"activity": visit, "answer": "given", "by": parent, "at": make.NOW, "on": make.TODAY}
    assert consenting.answer_from_home(student=amara, **said)
    assert not consenting.answer_from_home(student=amara, **said), "said already"
    row = standing(visit)[amara.pk]
    assert (row.guardian, row.said_by, row.how) == (ada, "Ada Ode", "page")
    with pytest.raises(ConsentRefusedError):
        consenting.answer_from_home(student=other, **said)


def test_a_tutor_records_for_their_own_form_and_no_other(visit):
    own, other = make.student(group="10B"), make.student("Other", group="10C")
    tutor = make.viewer(make.form_tutor(make.tutor_group("10B")))
    done = say(visit, tutor, {own.pk: Said("given"), other.pk: Said("given")})
    assert done.students == (own.pk,)


def test_the_audit_says_what_changed_and_never_whose_parent(visit, leader):
    amara = make.student()
    say(visit, leader, {amara.pk: Said("given", "canary-name")})
    event = Event.objects.get(noun="consent")
    assert (event.verb, event.student_id, event.detail["after"]["answer"]) == (Verb.CREATED, amara.pk, "given")
    assert "canary" not in str(event.detail)


def test_a_long_list_costs_as_few_queries_as_a_short_one(visit, leader):
    used = []
    for n, students in enumerate((make.students(3), make.students(60))):
        with CaptureQueriesContext(connection) as asked:
            say(visit, leader, {one.pk: Said("given") for one in students}, at=make.NOW + timedelta(hours=n + 1))
        used.append(len(asked))
    assert used[0] == used[1], used


@pytest.mark.django_db(transaction=True)
def test_two_people_with_the_same_list_at_once_write_each_answer_once():
    visit = make.activity("Site visit", "workplace_experience", make.TODAY + timedelta(days=20), asks_consent=True)
    leader, students = make.viewer(make.careers_leader()), make.students(20)
    done, start = [], threading.Barrier(2)

    def send(answer, minutes):
        start.wait()
        said = {one.pk: Said(answer) for one in students}
        done.append(say(visit, leader, said, at=make.NOW + timedelta(minutes=minutes)))
        connection.close()

    both = [threading.Thread(target=send, args=pair) for pair in (("given", 1), ("refused", 2))]
    [one.start() for one in both]
    [one.join() for one in both]
    assert Consent.objects.count() == 20 and len({row.answer for row in Consent.objects.all()}) == 1
    assert sorted((len(one.students), len(one.passed)) for one in done) == [(0, 20), (20, 0)]
