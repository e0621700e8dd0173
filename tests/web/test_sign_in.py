"""The way in: what opens it, what a second step adds, and what does not get round it."""

import re
import time
from unittest import mock

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pathbook.audit.models import Event
from pathbook.people import accounts
from pathbook.people.models import Institution, Role
from tests import make
from tests.web.hand import Page, open_page

pytestmark = pytest.mark.django_db
WORDS = "four quiet words here"


@pytest.fixture(autouse=True)
def quick(settings):
    """No tally of another test, and a hasher that takes no time: what is counted here is how often it is asked."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def with_password(someone, words=WORDS):
    someone.set_password(words)
    someone.save()
    return someone


@pytest.fixture
def priya():
    return with_password(make.careers_leader())


def give(client, someone, password=WORDS, address="10.0.0.1", follow=False):
    return client.post(
        "/sign-in/", {"login": getattr(someone, "email", someone), "password": password},
        REMOTE_ADDR=address, follow=follow,
    )  # fmt: skip


def code_now(secret, ago=0):
    return format_hotp_value(hotp_value(secret, int(time.time() - ago) // 30))


def with_app(someone, client=None):
    """Sign in and set up an authenticator app, as its owner would; its secret and the recovery codes."""
    client = client or Client()
    give(client, someone)
    page = open_page(client, "/account/second-step/app/")
    secret = re.search(r"[A-Z2-7]{32}", page.text).group()
    done = client.post("/account/second-step/app/", {"code": code_now(secret, ago=30)}, follow=True)
    codes = [found.replace(" ", "") for found in re.findall(r"\b\d{4} \d{4}\b", Page(done).text)]
    assert len(codes) == 10, Page(done).text
    return secret, codes


def is_in(client) -> bool:
    """Home opens, or leads to the student's or the parent's own."""
    answer = client.get("/")
    return answer.status_code == 200 or (answer.status_code == 302 and answer.url in ("/me/", "/family/"))


def test_a_password_opens_it_and_the_session_has_a_new_key(priya):
    client = Client()
    client.get("/sign-in/")
    client.session.save()
    before = client.session.session_key
    assert give(client, priya).url == "/" and is_in(client)
    assert client.session.session_key != before


def test_the_roles_of_whoever_signs_in_are_read_once(priya):
    with CaptureQueriesContext(connection) as asked:
        give(Client(), priya)
    assert sum('FROM "people_roleheld"' in one["sql"] for one in asked) == 1


def test_the_key_from_before_signing_in_opens_nothing(priya):
    secret, _ = with_app(priya)
    client, thief = Client(), Client()
    assert give(client, priya).url == "/sign-in/second-step/"
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    client.post("/sign-in/second-step/", {"code": code_now(secret)})
    assert is_in(client) and not is_in(thief)


def test_ten_wrong_then_even_the_right_password_waits_a_quarter_of_an_hour(priya):
    with time_machine.travel(time.time()) as clock:
        for _ in range(10):
            assert give(Client(), priya, "wrong words").status_code == 422
        answer = give(Client(), priya)
        assert "Wait 15 minutes" in Page(answer).text and answer.status_code == 422
        clock.shift(15 * 60 + 1)
        assert give(Client(), priya).url == "/"


def test_a_thousand_guesses_from_fifty_addresses_hardly_reach_the_hasher(priya):
    with mock.patch.object(MD5PasswordHasher, "verify", autospec=True, return_value=False) as hasher:
        for guess in range(1000):
            client = Client(HTTP_HOST=("localhost", "127.0.0.1")[guess % 2])
            give(client, priya.email.upper() if guess % 3 else priya, f"guess {guess}", f"10.0.1.{guess % 50}")
    assert hasher.call_count <= 20


def test_a_school_behind_one_address_signs_in_though_some_mistype():
    """300 in five minutes, and one in ten gets it wrong once."""
    everyone = [with_password(make.careers_leader(f"Person {n}")) for n in range(300)]
    started = time.time()
    with time_machine.travel(started) as clock:
        for n, someone in enumerate(everyone):
            if n % 10 == 0:
                give(Client(), someone, "mistyped")
            assert give(Client(), someone).status_code == 302, n
            clock.shift(1)


def test_unknown_disabled_and_passwordless_accounts_are_answered_as_a_wrong_password_is(priya):
    gone = with_password(make.careers_leader("Gone Away"))
    gone.is_active = False
    gone.save()
    bare = make.careers_leader("Bare")
    bare.set_unusable_password()
    bare.save()
    tries = [(priya, "wrong"), ("nobody@school.example", WORDS), (gone, WORDS), (bare, WORDS)]
    answers = [give(Client(), *one) for one in tries]
    assert {answer.status_code for answer in answers} == {422}
    assert len({tuple(Page(answer).problems) for answer in answers}) == 1


def test_every_one_of_those_costs_one_hashing(priya):
    """So that how long the answer takes says nothing: one hash each, whether or not somebody is there."""
    for who in (priya, "nobody@school.example"):
        with mock.patch.object(
            MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode
        ) as hasher:
            give(Client(), who, "wrong words")
        assert hasher.call_count == 1, who


def test_a_code_is_asked_for_and_taken_once(priya):
    secret, _ = with_app(priya)
    code = code_now(secret)
    for client, opens in ((Client(), True), (Client(), False)):
        assert give(client, priya).url == "/sign-in/second-step/"
        assert not is_in(client), "a password alone opens nothing"
        answer = client.post("/sign-in/second-step/", {"code": code})
        assert answer.status_code == (302 if opens else 422) and is_in(client) is opens


def test_a_code_cannot_be_used_again_within_the_minute_and_a_half_it_is_good_for(priya):
    with time_machine.travel(time.time()) as clock:
        secret, _ = with_app(priya)
        clock.shift(60)
        code = code_now(secret)
        for shift in (0, 31):
            clock.shift(shift)
            client = Client()
            give(client, priya)
            client.post("/sign-in/second-step/", {"code": code})
            assert is_in(client) is (shift == 0)


@pytest.mark.parametrize(("ago", "opens"), [(-30, True), (0, True), (30, True), (60, False), (-60, False), (90, False)])
def test_a_clock_may_be_half_a_minute_off(priya, ago, opens):
    with time_machine.travel(time.time()) as clock:
        secret, _ = with_app(priya)
        clock.shift(300)
        client = Client()
        give(client, priya)
        client.post("/sign-in/second-step/", {"code": code_now(secret, ago=ago)})
        assert is_in(client) is opens


def test_a_recovery_code_stands_in_once(priya):
    _, codes = with_app(priya)
    for opens in (True, False):
        client = Client()
        give(client, priya)
        client.post("/sign-in/second-step/", {"code": codes[0]})
        assert is_in(client) is opens


def test_secrets_are_not_in_the_database_as_they_are(priya):
    secret, codes = with_app(priya)
    kept = " ".join(str(one.data) for one in Authenticator.objects.all())
    assert secret not in kept and not any(code in kept for code in codes)


def test_guessing_codes_is_stopped_after_ten(priya):
    secret, _ = with_app(priya)
    client = Client()
    give(client, priya)
    for _ in range(10):
        assert client.post("/sign-in/second-step/", {"code": "000000"}).status_code == 422
    assert client.post("/sign-in/second-step/", {"code": code_now(secret)}).status_code == 422 and not is_in(client)


def test_a_sign_in_link_does_not_get_round_the_second_step(priya):
    secret, _ = with_app(priya)
    client = Client()
    link = f"/sign-in/link/{accounts.link_token(priya)}/"
    assert client.post(link).url == "/sign-in/second-step/" and not is_in(client)
    client.post("/sign-in/second-step/", {"code": code_now(secret)})
    assert is_in(client)


def reset_link():
    for _ in range(100):
        if mail.outbox:
            return re.search(r"https?://[^/]+(\S+)", mail.outbox[-1].body).group(1)
        time.sleep(0.02)
    raise AssertionError("no letter in two seconds")


def test_a_new_password_by_e_mail_ends_sessions_and_does_not_get_round_the_second_step(priya):
    old = Client()
    with_app(priya, old)
    assert is_in(old)
    client = Client()
    client.post("/sign-in/forgotten/", {"email": priya.email})
    form = client.get(reset_link(), follow=True)
    said = {"password1": "other quiet words", "password2": "other quiet words"}
    client.post(form.redirect_chain[-1][0], said)
    assert not is_in(old), "ended by the change"
    assert not is_in(client), "choosing a password does not sign in"
    assert give(client, priya, "other quiet words").url == "/sign-in/second-step/" and not is_in(client)
    assert Client().get(reset_link(), follow=True).status_code == 200


def test_asking_for_a_new_password_says_the_same_of_everyone(priya):
    answers = [
        Client().post("/sign-in/forgotten/", {"email": who}, follow=True) for who in (priya.email, "no@one.example")
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({Page(answer).text for answer in answers}) == 1
    reset_link()
    assert [letter.to for letter in mail.outbox] == [[priya.email]]


@pytest.fixture
def strict(priya):
    Institution.objects.update(staff_second_step=True)
    return priya


def test_staff_of_a_school_that_asks_for_it_are_led_to_set_one_up_before_anything_else(strict):
    amara = make.student()
    client = Client()
    give(client, strict)
    for path in ("/", "/students/", f"/students/{amara.key}/", "/set-up/people/", "/nowhere/"):
        assert client.get(path).url == "/account/second-step/", path
    page = open_page(client, "/account/second-step/")
    assert "Set up your second step" in page.text and "Find a student" not in page.text
    with_app(strict, client)
    assert is_in(client) and client.get(f"/students/{amara.key}/").status_code == 200


def test_the_last_second_step_cannot_be_taken_away_where_it_is_asked_for(strict):
    client = Client()
    with_app(strict, client)
    assert client.post("/account/second-step/app/remove/").status_code == 422
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_student_is_not_asked_for_one(strict):
    amara = make.student()
    someone = with_password(make.account("Amara Ode"))
    make.role(someone, Role.STUDENT, "student", student=amara)
    client = Client()
    give(client, someone)
    assert is_in(client)


def test_a_change_that_matters_asks_again_who_one_is(priya):
    with time_machine.travel(time.time()) as clock:
        client = Client()
        with_app(priya, client)
        clock.shift(10 * 60)
        asked = client.get("/account/second-step/app/remove/", follow=True)
        assert "again" in Page(asked).text
        assert Authenticator.objects.filter(type="totp").exists()


def test_idle_for_an_hour_or_in_use_for_half_a_day_it_is_over(priya):
    with time_machine.travel(time.time()) as clock:
        client = Client()
        give(client, priya)
        clock.shift(59 * 60)
        assert is_in(client)
        clock.shift(61 * 60)
        assert not is_in(client)
        give(client, priya)
        for _ in range(13):
            clock.shift(55 * 60)
            assert is_in(client)
        clock.shift(55 * 60)
        assert not is_in(client)


def test_each_sign_in_is_noted_with_what_was_shown(priya):
    with_app(priya)
    client = Client()
    give(client, priya)
    noted = Event.objects.filter(verb="signed_in")
    assert [one.detail for one in noted] == [{"with": "password"}], "the first; this one is half-way"
    client.post("/sign-in/second-step/", {"code": "nonsense"})
    assert noted.count() == 1


def test_signing_out_kills_the_key(priya):
    client, copy = Client(), Client()
    give(client, priya)
    copy.cookies["sessionid"] = client.cookies["sessionid"].value
    assert is_in(copy)
    client.post("/sign-in/out/")
    assert not is_in(copy) and not is_in(client)


def test_a_person_sees_where_they_are_signed_in_and_ends_it_there(priya):
    here, there = Client(), Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36")
    give(here, priya)
    give(there, priya, address="10.9.8.7")
    page = open_page(here, "/account/")
    assert "Chrome on Windows" in page.text and "From 10.9.8.7" in page.text and "This one" in page.text
    ends = re.findall(r"/account/sessions/\d+/end/", page.body)
    assert len(ends) == 1
    stranger = Client()
    give(stranger, with_password(make.careers_leader("Another")))
    assert stranger.post(ends[0]).status_code == 404 and is_in(there)
    here.post(ends[0])
    assert not is_in(there) and is_in(here)


def test_a_changed_password_signs_out_everywhere_else(priya):
    here, there = Client(), Client()
    give(here, priya)
    give(there, priya)
    new = {"old_password": WORDS, "new_password1": "other quiet words", "new_password2": "other quiet words"}
    assert here.post("/set-up/password/", new | {"old_password": "guess"}).status_code == 422
    here.post("/set-up/password/", new)
    assert is_in(here) and not is_in(there)
    assert "This one" in open_page(here, "/account/").text


def test_a_disabled_account_is_out_at_its_very_next_request(priya):
    client = Client()
    give(client, priya)
    priya.is_active = False
    priya.save()
    assert not is_in(client)


def test_every_page_of_signing_in_is_kept_by_no_browser(priya):
    client = Client()
    secret, _ = with_app(priya, client)
    for path in ("/account/", "/account/second-step/", "/account/second-step/codes/", "/set-up/password/", "/"):
        assert "no-store" in client.get(path)["Cache-Control"], path
    other = Client()
    give(other, priya)
    for path in ("/sign-in/", "/sign-in/second-step/", "/sign-in/forgotten/"):
        assert "no-store" in other.get(path)["Cache-Control"], path
    assert secret


def test_nothing_a_passkey_needs_is_written_into_the_page(priya):
    """The script is a file of ours: the content policy allows no other."""
    client = Client()
    give(client, priya)
    for page in (open_page(Client(), "/sign-in/"), open_page(client, reverse("mfa_add_webauthn"))):
        assert page.status == 200 and not page.would_run
        assert '/static/pathbook/passkeys.js"' in page.body


def test_with_two_roles_one_is_on_and_only_it_counts(priya):
    group = make.tutor_group("10B")
    tutee, other = make.student(group="10B"), make.student("Bo", "Far", group="10C")
    make.role(priya, Role.FORM_TUTOR, "tutor_group", tutor_group=group)
    client = Client()
    give(client, priya)
    assert client.get(f"/students/{other.key}/").status_code == 200
    assert client.post("/account/role/", {"role": "form_tutor"}).url == "/"
    assert client.get(f"/students/{tutee.key}/").status_code == 200
    assert client.get(f"/students/{other.key}/").status_code == 404
    assert client.get("/set-up/people/").status_code == 404
    page = open_page(client, "/")
    assert '<option value="form_tutor" selected>' in page.body and "Careers leader" in page.text


def test_a_hat_nobody_gave_cannot_be_put_on(priya):
    client = Client()
    client.force_login(make.governor())
    client.post("/account/role/", {"role": "careers_leader"})
    assert client.get("/students/").status_code == 404


def test_a_hat_whose_role_has_ended_comes_off_at_the_next_request(priya):
    make.role(priya, Role.GOVERNOR)
    client = Client()
    give(client, priya)
    assert client.get("/students/").status_code == 200
    priya.roles.filter(role=Role.CAREERS_LEADER).delete()
    assert client.get("/students/").status_code == 404 and is_in(client)
