"""Invitations, sign-in links, and the last careers leader."""

import pytest

from pathbook.audit.models import Event
from pathbook.people import accounts
from pathbook.people.models import Role, RoleHeld
from tests import make

pytestmark = pytest.mark.django_db


def invite(today, now, **said):
    leader = make.careers_leader()
    said = {"name": "Tom Whitlock", "email": "Tom@School.example ", "role": Role.FORM_TUTOR, **said}
    return accounts.invite(
        institution=make.school(), by=make.viewer(leader), at=now, on=today,
        tutor_group=make.tutor_group("10B"), **said,
    )  # fmt: skip


def test_an_invitation_makes_an_account_without_a_password_and_is_noted(today, now):
    account = invite(today, now)
    assert account.email == "tom@school.example"
    assert not account.has_usable_password()
    assert Event.objects.get(noun="role").actor_name == "Priya Raman"


def test_a_link_signs_in_its_owner_until_a_password_is_set(today, now):
    account = invite(today, now)
    token = accounts.link_token(account)
    assert accounts.account_of_token(token) == account
    account.set_password("a long enough pass phrase")
    account.save()
    assert accounts.account_of_token(token) is None


def test_a_spoiled_link_or_a_disabled_account_opens_nothing(today, now):
    account = invite(today, now)
    token = accounts.link_token(account)
    assert accounts.account_of_token(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    account.is_active = False
    account.save()
    assert accounts.account_of_token(token) is None


def test_the_last_careers_leader_cannot_be_ended(today, now):
    leader = make.careers_leader()
    held = RoleHeld.objects.get(account=leader)
    with pytest.raises(accounts.LastLeaderError):
        accounts.end_role(held=held, by=make.viewer(leader), at=now, on=today)
    make.careers_leader("Second Leader")
    accounts.end_role(held=held, by=make.viewer(leader), at=now, on=today)
    assert not make.viewer(leader, today).held
