"""Who objects to sharing with the local authority is left out of what is shared, from that day until they take it back."""

from datetime import date, timedelta

import pytest

from pathbook.audit.models import Event
from pathbook.people.models import Objection, Student
from pathbook.people.objections import (
    NotTheirsError,
    is_own_right,
    may_share_with_authority,
    object_to_sharing,
    withdraw,
)
from tests import make

pytestmark = pytest.mark.django_db
NEXT_WEEK = make.TODAY + timedelta(days=7)


def shared(about, on=make.TODAY):
    found = may_share_with_authority(Student.objects.order_by("pk"), about=about, on=on)
    return [one.legal_forename for one in found]


def objects(one, by, about="plans", said_by="", on=make.TODAY):
    return object_to_sharing(student=one, about=about, said_by=said_by, by=by, at=make.NOW, on=on)


def test_only_what_they_object_to_is_left_out_and_everything_is_everything():
    ada, ben = make.student("Ada"), make.student("Ben")
    make.student("Cy")
    objects(ada, make.viewer(make.as_student(ada)))
    objects(ben, make.viewer(make.as_student(ben)), "everything")
    assert (shared("plans"), shared("support")) == (["Cy"], ["Ada", "Cy"])


def test_it_holds_from_the_day_it_is_said_until_it_is_taken_back():
    ada = make.student("Ada")
    me = make.viewer(make.as_student(ada))
    row = objects(ada, me)
    assert shared("plans", make.TODAY - timedelta(days=1)) == ["Ada"] and shared("plans") == []
    assert withdraw(objection=row, by=me, at=make.NOW, on=NEXT_WEEK)
    assert not withdraw(objection=row, by=me, at=make.NOW, on=NEXT_WEEK)
    assert shared("plans", NEXT_WEEK - timedelta(days=1)) == [] and shared("plans", NEXT_WEEK) == ["Ada"]
    assert objects(ada, me, on=NEXT_WEEK) is not None and Objection.objects.count() == 2


def test_said_twice_it_stands_once():
    ada = make.student("Ada")
    me = make.viewer(make.as_student(ada))
    assert objects(ada, me) and objects(ada, me) is None and Objection.objects.count() == 1


@pytest.mark.parametrize(
    ("born", "year", "own"),
    [
        (date(2010, 2, 5), 11, True), (date(2010, 2, 6), 11, False),
        (None, 11, False), (None, 12, True),
    ],
)  # fmt: skip
def test_the_right_is_the_students_alone_from_16(born, year, own):
    one = make.student("Ada", year=year, date_of_birth=born)
    assert is_own_right(one, on=make.TODAY) is own
    parent = make.viewer(make.as_parent(one))
    if own:
        with pytest.raises(NotTheirsError, match="From 16"):
            objects(one, parent)
        with pytest.raises(NotTheirsError, match="From 16"):
            objects(one, make.viewer(make.careers_leader()), said_by="parent")
    else:
        assert objects(one, parent).said_by == "parent"


def test_whoever_signs_in_as_family_says_it_as_themselves():
    one = make.student("Ada", date_of_birth=date(2012, 1, 1))
    assert objects(one, make.viewer(make.as_parent(one)), said_by="student").said_by == "parent"


def test_a_parent_does_not_take_back_what_the_student_said():
    one = make.student("Ada", date_of_birth=date(2012, 1, 1))
    row = objects(one, make.viewer(make.as_student(one)))
    with pytest.raises(NotTheirsError):
        withdraw(objection=row, by=make.viewer(make.as_parent(one)), at=make.NOW, on=make.TODAY)


def test_it_is_noted_who_said_it_about_what():
    ada = make.student("Ada")
    objects(ada, make.viewer(make.careers_leader()), said_by="student")
    event = Event.objects.get(noun="objection")
    assert (event.student_id, event.detail) == (ada.pk, {"after": {"about": "plans", "said_by": "student"}})


def test_until_16_a_student_does_not_take_back_what_a_parent_said():
    ada = make.student("Ada", year=9)
    said = objects(ada, make.viewer(make.as_parent(ada)))
    with pytest.raises(NotTheirsError):
        withdraw(objection=said, by=make.viewer(make.as_student(ada)), at=make.NOW, on=make.TODAY)
    said.refresh_from_db()
    assert said.withdrawn_on is None
