"""Managing accounts: what closes one, what resets one, and that it never lets anybody act as somebody else."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from pathbook.audit.models import Event
from pathbook.people.models import Account, Role
from tests import make
from tests.web.hand import Page, hand_of, open_page
from tests.web.test_sign_in import WORDS, give, is_in, quick, reset_link, with_app, with_password  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def ivo():
    someone = make.account("Ivo Tranter")
    make.role(someone, Role.IT_ADMIN)
    return hand_of(someone)


@pytest.fixture
def priya():
    return with_password(make.careers_leader())


def at(someone, act=""):
    return f"/set-up/accounts/{someone.pk}/{act}"


def test_disabling_ends_every_session_and_they_do_not_come_back(ivo, priya):
    make.careers_leader("Second Leader")
    theirs = Client()
    give(theirs, priya)
    ivo.post(at(priya, "active/"), {"active": "no"})
    assert not is_in(theirs)
    assert give(Client(), priya).status_code == 422
    ivo.post(at(priya, "active/"), {"active": "yes"})
    assert not is_in(theirs), "the old session is dead"
    assert give(Client(), priya).status_code == 302


def test_the_last_careers_leader_cannot_be_disabled(ivo, priya):
    page = Page(ivo.post(at(priya, "active/"), {"active": "no"}, follow=True))
    assert "last careers leader" in page.notes[0]
    assert Account.objects.get(pk=priya.pk).is_active


def test_signing_somebody_out_everywhere(ivo, priya):
    theirs = Client()
    give(theirs, priya)
    assert "in one place" in open_page(ivo, at(priya)).text
    ivo.post(at(priya, "sessions/end/"))
    assert not is_in(theirs) and give(theirs, priya).status_code == 302


def test_a_second_step_is_reset_but_whoever_resets_it_gets_nothing(ivo, priya):
    theirs = Client()
    with_app(priya, theirs)
    page = Page(ivo.post(at(priya, "second-step/reset/"), follow=True))
    assert not Authenticator.objects.filter(user=priya).exists() and not is_in(theirs)
    assert "/sign-in/" not in page.body.replace("/sign-in/out/", "")


def test_a_new_password_is_started_and_never_chosen(ivo, priya, settings):
    settings.EMAIL_HOST = "mail.school.example"
    page = Page(ivo.post(at(priya, "password/reset/"), follow=True))
    link = reset_link()
    assert mail.outbox[0].to == [priya.email]
    assert link not in page.body and "was sent a link" in page.notes[0]
    assert give(Client(), priya).status_code == 302, "the old one works until its owner chooses"


def test_without_mail_nothing_is_started_from_the_page(ivo, priya):
    ivo.post(at(priya, "password/reset/"))
    assert not mail.outbox and "pathbook link" in open_page(ivo, at(priya)).text


def test_each_is_noted(ivo, priya):
    make.careers_leader("Second Leader")
    for act, said in (("sessions/end/", {}), ("second-step/reset/", {}), ("active/", {"active": "no"})):
        ivo.post(at(priya, act), said)
    noted = Event.objects.filter(noun_id=priya.pk).exclude(noun="role").values_list("noun", "actor_name", "actor_role")
    assert {"sessions", "second step", "account"} <= {noun for noun, *_ in noted}
    assert {tuple(who) for _, *who in noted if who[0] == "Ivo Tranter"} == {("Ivo Tranter", "it_admin")}


def test_an_administrator_sees_no_student(ivo, priya):
    amara = make.student("Amara", "Zzcanary")
    make.role(priya, Role.PARENT, "student", student=amara)
    for path in ("/", "/set-up/people/", at(priya)):
        page = open_page(ivo, path)
        assert page.status == 200 and "Zzcanary" not in page.body, path
    assert ivo.get("/students/").status_code == 404 and ivo.get(f"/students/{amara.key}/").status_code == 404


def test_the_door_of_a_student_or_parent_is_shown_only_to_who_knows_students_by_name(ivo, priya):
    """The name and address of their account are theirs as well, wherever they stand."""
    amara = make.student("Amara", "Zzcanary")
    hers, home = make.account("Amara Zzcanary", "zzcanary@school.example"), make.account("Zzcanary Home")
    doors = [
        make.role(hers, Role.STUDENT, "student", student=amara),
        make.role(home, Role.PARENT, "student", student=amara),
    ]
    for path in ("/set-up/people/", "/set-up/people/?search=Zzcanary", "/set-up/review/"):
        assert "zzcanary@" not in (said := open_page(ivo, path).body) and "Zzcanary Home" not in said, path
    for held in doors:
        for act in ("", "active/", "sessions/end/", "second-step/reset/", "password/reset/"):
            assert ivo.post(at(held.account, act)).status_code in (404, 405), act
        assert ivo.get(at(held.account)).status_code == 404
        assert ivo.post(f"/set-up/people/{held.pk}/end/").status_code == 404
    leader = hand_of(priya)
    assert "Zzcanary" not in open_page(leader, "/set-up/people/").body, "a list of staff, not of a thousand students"
    found = open_page(leader, "/set-up/people/?search=zzcan+amara")
    assert "Amara Zzcanary" in found.text and "Zzcanary Home" not in found.text
    assert "/end/" not in open_page(leader, at(hers)).body.split("Roles today")[1], "it ends with the account"
    assert leader.post(f"/set-up/people/{doors[1].pk}/end/").status_code == 404, "a parent's ends with the link"


def test_another_schools_account_does_not_exist(ivo):
    theirs = make.careers_leader("Their Leader", at=make.school("Other School"))
    assert ivo.get(at(theirs)).status_code == 404
    assert ivo.post(at(theirs, "active/"), {"active": "no"}).status_code == 404
    assert Account.objects.get(pk=theirs.pk).is_active
