"""A need that is put aside: until its day, until its facts change, or until somebody brings it back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pathbook.audit.models import Event
from pathbook.needs import actions
from pathbook.needs.models import Dismissal
from tests import make
from tests.needs import cast

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 3, 1)


@pytest.fixture
def leader():
    return make.viewer(make.careers_leader())


@pytest.fixture
def amara():
    someone = make.student(year=11, group="11A")
    cast.action(someone)
    return someone


def put_aside(someone, code, leader, until=UNTIL, on=make.TODAY, reason="Arranged at home"):
    return actions.dismiss(student=someone, need=cast.need(someone, code, on), reason=reason, until=until, by=leader,
                           at=make.NOW, on=on)  # fmt: skip


def test_it_is_gone_until_its_day_and_back_the_day_after(leader, amara):
    put_aside(amara, "action_overdue", leader)
    assert cast.need(amara, "action_overdue") is None
    assert cast.need(amara, "action_overdue", UNTIL) is None
    assert cast.need(amara, "action_overdue", UNTIL + timedelta(days=1))


def test_it_is_listed_apart_with_its_reason(leader, amara):
    put_aside(amara, "action_overdue", leader)
    (aside,) = cast.listed().aside[amara.key]
    assert (aside.need.code, aside.dismissal.reason, aside.dismissal.recorded_by) == (
        "action_overdue",
        "Arranged at home",
        "Priya Raman",
    )


def test_only_that_need_of_that_student_goes(leader, amara):
    other = make.student("Ben", year=11, group="11A")
    cast.action(other)
    second = cast.action(amara, due_on=date(2026, 1, 25))
    before = len(cast.needs(amara))
    put_aside(amara, "action_overdue", leader)
    left = cast.needs(amara)
    assert len(left) == before - 1 and cast.need(other, "action_overdue")
    assert next(n for n in left if n.code == "action_overdue").evidence == (("action", second.key),)


def test_it_comes_back_when_the_day_agreed_is_moved(leader, amara):
    put_aside(amara, "action_overdue", leader)
    amara.actions.update(due_on=date(2026, 1, 30))
    assert cast.need(amara, "action_overdue")


def test_a_gap_put_aside_comes_back_when_something_of_its_kind_is_recorded_that_does_not_count(leader, amara):
    gap = next(n for n in cast.needs(amara) if n.criterion == "GB5.1")
    actions.dismiss(
        student=amara, need=gap, reason="Fair next week", until=UNTIL, by=leader, at=make.NOW, on=make.TODAY
    )
    assert not [n for n in cast.needs(amara) if n.criterion == "GB5.1"]
    make.participation(amara, make.activity(meaningful=False))
    assert [n for n in cast.needs(amara) if n.criterion == "GB5.1"]


def test_what_has_nothing_to_do_with_it_does_not_bring_it_back(leader, amara):
    put_aside(amara, "action_overdue", leader)
    make.participation(amara, make.activity(kind="careers_lesson", title="Lesson"))
    cast.aspiration(amara, "university")
    assert cast.need(amara, "action_overdue") is None


def test_brought_back_by_hand_it_stands_at_once_and_once(leader, amara):
    row = put_aside(amara, "action_overdue", leader)
    assert actions.restore(dismissal=row, by=leader, at=make.NOW)
    assert not actions.restore(dismissal=row, by=leader, at=make.NOW)
    assert cast.need(amara, "action_overdue")


def test_put_aside_twice_the_later_reason_and_day_stand(leader, amara):
    need = cast.need(amara, "action_overdue")
    for reason, until in (("One", UNTIL), ("Two", UNTIL), ("Three", UNTIL + timedelta(days=7))):
        actions.dismiss(student=amara, need=need, reason=reason, until=until, by=leader, at=make.NOW, on=make.TODAY)
    (standing,) = Dismissal.objects.in_force(make.TODAY)
    assert (standing.reason, standing.until) == ("Three", UNTIL + timedelta(days=7))
    assert cast.need(amara, "action_overdue", UNTIL + timedelta(days=1)) is None


def test_looking_back_before_it_was_put_aside_the_need_is_there(leader, amara):
    put_aside(amara, "action_overdue", leader)
    assert cast.need(amara, "action_overdue", make.TODAY - timedelta(days=1))


def test_both_leave_an_event_and_never_the_words_of_the_reason(leader, amara):
    row = put_aside(amara, "action_overdue", leader, reason="Family matter")
    actions.restore(dismissal=row, by=leader, at=make.NOW)
    events = Event.objects.filter(noun="dismissal", student_id=amara.pk)
    assert {event.verb for event in events} == {"created", "undone"}
    assert "Family matter" not in str([event.detail for event in events])


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"until": date(2026, 2, 4)}, {"restored_by": "Somebody"}])
def test_the_database_refuses_one_without_a_reason_or_with_a_day_before_it(leader, amara, wrong):
    row = put_aside(amara, "action_overdue", leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dismissal.objects.filter(pk=row.pk).update(**wrong)


class AnyDay(TestCase):
    """A dismissed need stays dismissed on every day to its date, as long as its facts are the same."""

    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, 150), st.integers(0, 150))
    def test_it_stays_away_exactly_to_its_day(self, lasts, later):
        leader = make.viewer(make.careers_leader())
        someone = make.student(year=11, group="11A")
        cast.action(someone)
        until, asked = make.TODAY + timedelta(days=lasts), make.TODAY + timedelta(days=later)
        put_aside(someone, "action_overdue", leader, until)
        assert (cast.need(someone, "action_overdue", asked) is None) == (asked <= until)
