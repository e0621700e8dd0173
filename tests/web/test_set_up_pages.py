"""Set-up: inviting, ending a role, the last careers leader, one's own password."""

import re
from datetime import date

import pytest
from django.core import mail
from django.test import Client

from pathbook.audit.models import Event
from pathbook.people import accounts
from pathbook.people.models import Account, Role, RoleHeld
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
TOM = {"name": "Tom Whitlock", "email": "tom@school.example", "role": "senior_leader"}
PASSPHRASE = "four grey herons waiting"


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


def invite(client, **said) -> Page:
    return Page(client.post("/set-up/people/", TOM | said))


def link_on(page):
    found = re.search(r"/sign-in/link/[^<\s]+", page.text)
    return found.group() if found else ""


def test_an_invited_person_signs_in_with_the_link_and_sees_their_home(leader):
    page = invite(leader)
    assert page.status == 200 and "Tom Whitlock may sign in" in page.notes[0]
    tom = Client()
    asked = tom.get(link_on(page))
    assert asked.status_code == 200 and "_auth_user_id" not in tom.session, "a mail scanner must not sign in"
    assert tom.post(link_on(page)).url == "/set-up/password/"
    assert "Tom Whitlock , senior leader" in open_page(tom, "/").text


def test_with_mail_the_link_is_sent_to_its_owner_and_shown_to_nobody(leader, settings):
    settings.EMAIL_HOST = "mail.school.example"
    page = invite(leader)
    assert link_on(page) == "" and "was sent to" in page.notes[0]
    assert mail.outbox[0].to == [TOM["email"]] and "/sign-in/link/" in mail.outbox[0].body


def test_the_link_is_shown_once(leader):
    invite(leader)
    assert link_on(open_page(leader, "/set-up/people/")) == ""


def test_an_invitation_is_noted_with_who_gave_it(leader):
    invite(leader)
    event = Event.objects.get(noun="role")
    assert (event.actor_name, event.detail["role"]) == ("Priya Raman", "senior_leader")


def test_a_tutor_is_given_their_group_and_sees_only_that(leader):
    make.student("Mine", group="10B")
    make.student("Other", group="10C")
    page = invite(leader, role="form_tutor", tutor_group=make.tutor_group("10B").pk)
    tom = Client()
    tom.post(link_on(page))
    text = open_page(tom, "/students/").text
    assert "Mine" in text and "Other" not in text


def test_an_invited_adviser_offers_meetings_until_their_role_ends(leader):
    """In a school of its own, where nobody but the invitation says who is an adviser."""
    invite(leader, name="Dan Okafor", role="adviser", level="6")
    held = RoleHeld.objects.get(role="adviser")
    assert (held.account.staff.name, held.account.staff.level) == ("Dan Okafor", 6)
    assert "Dan Okafor" in open_page(leader, "/guidance/calendars/").text
    leader.post(f"/set-up/people/{held.pk}/end/")
    assert "No adviser yet" in open_page(leader, "/guidance/calendars/").text


def test_a_role_with_a_last_day_opens_nothing_the_day_after(leader, settings):
    page = invite(leader, role="sendco", until="2026-02-06")
    assert "to 6 Feb 2026" in open_page(leader, "/set-up/people/").text
    tom = Client()
    tom.post(link_on(page))
    invite(leader, role="sendco")
    assert RoleHeld.objects.get(role="sendco").ends_on, "a lost link sent again does not make it longer"
    for today, opens in ((date(2026, 2, 6), 200), (date(2026, 2, 7), 404)):
        settings.PATHBOOK_TODAY = today
        assert tom.get("/students/").status_code == opens


def test_who_keeps_accounts_opens_no_record_to_themselves_nor_unnoticed_to_another(leader, settings):
    ivo = make.account("Ivo Tranter")
    make.role(ivo, Role.IT_ADMIN)
    page = invite(hand_of(ivo), email=ivo.email, role="careers_leader")
    assert page.status == 422 and "Nobody gives this role to themselves" in page.problems[0]
    mine = invite(leader, email=Account.objects.get(roles__role="careers_leader").email, role="dpo")
    assert mine.status == 422 and RoleHeld.objects.count() == 2, (
        "a leader is not the officer who is told of their reading"
    )
    settings.EMAIL_HOST = "mail.school.example"
    invite(hand_of(ivo), role="governor")
    invite(hand_of(ivo), role="senior_leader", email="other@school.example")
    told = [one for one in mail.outbox if "A role was given" in one.subject]
    assert [one.to for one in told] == [[Account.objects.get(roles__role="careers_leader").email]]
    assert "Ivo Tranter gave Tom Whitlock the role of senior leader" in told[0].body


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Say who it is."),
        ({"email": ""}, "Give their e-mail address."),
        ({"email": "tom at school"}, "Write the address as name@school.example."),
        ({"role": "form_tutor"}, "Choose the tutor group they look after."),
        ({"role": "head_of_year"}, "Choose the year group they look after."),
        ({"role": "adviser"}, "Choose the level of their careers qualification."),
        ({"until": "2026-02-04"}, "Choose a last day that is not over."),
        (
            {"role": "careers_leader", "until": "2026-07-22"},
            "A careers leader’s role has no last day: end it once somebody else leads.",
        ),
    ],
)
def test_what_is_missing_is_said_and_nobody_is_invited(leader, wrong, sentence):
    before = Account.objects.count()
    page = invite(leader, **wrong)
    assert page.status == 422 and page.problems == [sentence]
    assert page.field("name") == [TOM["name"] if "name" not in wrong else ""]
    assert Account.objects.count() == before and link_on(page) == ""


def test_a_role_or_group_that_is_not_offered_cannot_be_given(leader):
    theirs = make.tutor_group("10B", at=make.school("Other School"))
    for wrong in ({"role": "student"}, {"role": "emperor"}, {"role": "form_tutor", "tutor_group": theirs.pk}):
        assert invite(leader, **wrong).status == 422
    assert Account.objects.count() == 1


def test_the_same_role_given_twice_is_held_once_and_the_link_is_there_again(leader):
    """A lost invitation is sent again."""
    invite(leader)
    page = invite(leader, email="TOM@school.example")
    assert RoleHeld.objects.filter(account__email="tom@school.example").count() == 1
    assert link_on(page)


def test_who_has_a_password_gets_the_role_and_nobody_gets_a_link_to_be_them(leader):
    """Otherwise whoever may invite could sign in as anyone, and read an adviser's private notes."""
    dan = make.account("Dan Okafor", "dan@school.example")
    dan.set_password(PASSPHRASE)
    dan.save()
    page = invite(leader, name="Whoever", email="dan@school.example", role="sendco")
    assert link_on(page) == "" and "Dan Okafor" in page.notes[0]
    assert RoleHeld.objects.get(account=dan).role == "sendco"


def test_someone_of_another_school_cannot_be_taken_over(leader):
    theirs = make.careers_leader("Their leader", at=make.school("Other School"))
    page = invite(leader, email=theirs.email)
    assert page.status == 422 and link_on(page) == ""
    assert RoleHeld.objects.filter(account=theirs).count() == 1


def test_a_role_that_is_ended_opens_nothing_from_the_next_request(leader):
    tutor = make.form_tutor(make.tutor_group("10B"))
    tom = hand_of(tutor)
    assert tom.get("/").status_code == 200
    held = RoleHeld.objects.get(account=tutor)
    answer = leader.post(f"/set-up/people/{held.pk}/end/")
    assert open_page(leader, answer.url).notes == ["Tom Whitlock is no longer form tutor."]
    assert tom.get("/").status_code == 404
    assert Event.objects.filter(noun="role", verb="removed").count() == 1


def test_the_last_careers_leader_stays_and_is_told_why(leader):
    mine = RoleHeld.objects.get(role="careers_leader")
    answer = leader.post(f"/set-up/people/{mine.pk}/end/")
    assert open_page(leader, answer.url).notes == ["This is the last careers leader. Give someone else the role first."]
    mine.refresh_from_db()
    assert mine.ends_on is None


def test_with_a_second_careers_leader_the_first_may_go(leader):
    make.careers_leader("Second Leader")
    mine = RoleHeld.objects.get(account__name="Priya Raman")
    leader.post(f"/set-up/people/{mine.pk}/end/")
    assert leader.get("/").status_code == 404


def test_a_leader_whose_account_is_disabled_or_whose_role_is_over_does_not_count(leader):
    asleep = make.careers_leader("Asleep")
    asleep.is_active = False
    asleep.save()
    make.role(make.account(), "careers_leader", ends_on=make.TODAY.replace(day=1))
    mine = RoleHeld.objects.get(account__name="Priya Raman")
    leader.post(f"/set-up/people/{mine.pk}/end/")
    assert leader.get("/").status_code == 200


@pytest.mark.parametrize("pk", ["0", "999999", "99999999999999999999999"])
def test_a_role_that_is_none_is_not_found(leader, pk):
    assert leader.post(f"/set-up/people/{pk}/end/").status_code == 404


def test_another_schools_role_cannot_be_ended(leader):
    theirs = make.careers_leader("Their leader", at=make.school("Other School"))
    held = RoleHeld.objects.get(account=theirs)
    assert leader.post(f"/set-up/people/{held.pk}/end/").status_code == 404
    assert RoleHeld.objects.get(pk=held.pk).ends_on is None


def test_a_password_is_set_signs_in_and_ends_the_link():
    someone = make.careers_leader()
    token = accounts.link_token(someone)
    client = Client()
    client.post(f"/sign-in/link/{token}/")
    answer = client.post("/set-up/password/", {"new_password1": PASSPHRASE, "new_password2": PASSPHRASE})
    assert answer.url == "/" and client.get("/").status_code == 200, "and stays signed in here"
    assert Client().get(f"/sign-in/link/{token}/").status_code == 410
    fresh = Client()
    assert fresh.post("/sign-in/", {"login": someone.email, "password": PASSPHRASE}).url == "/"
    assert fresh.get("/").status_code == 200


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("short", "short", "at least 12"),
        (PASSPHRASE, PASSPHRASE + "x", "match"),
        ("", "", "required"),
        ("counterstrike", "counterstrike", "too common"),
    ],
)
def test_a_poor_password_is_refused_and_never_shown_back(leader, first, second, words):
    page = Page(leader.post("/set-up/password/", {"new_password1": first, "new_password2": second}))
    assert page.status == 422 and any(words in problem for problem in page.problems)
    assert not first or f'value="{first}"' not in page.body
    assert not Account.objects.get().has_usable_password() or not Account.objects.get().check_password(first)


def test_a_wrong_password_and_an_unknown_address_are_told_alike():
    someone = make.careers_leader()
    someone.set_password(PASSPHRASE)
    someone.save()
    said = [
        Page(Client().post("/sign-in/", {"login": who, "password": "not the right words"})).problems
        for who in (someone.email, "nobody@school.example")
    ]
    assert said[0] == said[1] == ["That e-mail address and password do not match. Check both and try again."]


def test_signing_in_goes_on_to_the_page_asked_for_but_never_off_the_site():
    someone = make.careers_leader()
    someone.set_password(PASSPHRASE)
    someone.save()
    said = {"login": someone.email, "password": PASSPHRASE}
    assert Client().post("/sign-in/?next=/coverage/", said).url == "/coverage/"
    assert Client().post("/sign-in/?next=https://evil.example/", said).url == "/"


def test_only_those_who_may_give_roles_see_who_holds_them():
    for maker in (make.data_manager, make.governor, lambda: make.form_tutor(make.tutor_group("10B"))):
        client = hand_of(maker())
        assert client.get("/set-up/people/").status_code == 404
        assert client.post("/set-up/people/", TOM).status_code == 404
    assert not Account.objects.filter(email=TOM["email"]).exists()
