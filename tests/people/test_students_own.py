"""Who is written to as the student: the accounts they sign in with today, and none whose role is over."""

from datetime import timedelta

import pytest

from pathbook.people.accounts import students_own
from pathbook.people.models import Place, Role
from tests import make

pytestmark = pytest.mark.django_db


def door(someone, **said):
    account = make.account(f"Door of {someone.name}")
    make.role(account, Role.STUDENT, Place.STUDENT, student=someone, **said)
    return account


def test_a_role_that_is_over_and_an_account_that_is_closed_are_written_to_no_more(django_assert_num_queries):
    now, over, closed, none = make.students(4)
    theirs, gone = door(now), door(closed)
    door(over, ends_on=make.TODAY - timedelta(days=1))
    gone.is_active = False
    gone.save()
    with django_assert_num_queries(1):
        found = students_own([one.pk for one in (now, over, closed, none)], on=make.TODAY)
    assert found == {now.pk: (theirs,)}
