"""Signing on with the school's own accounts, against a provider on this machine: who is let in, and who is not."""

import re

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread

from pathbook.config.sign_on import apps
from pathbook.people.models import Account, Institution, Role
from pathbook.web.pages.sign_in.sign_on import is_trusted
from tests import make
from tests.web.hand import Page
from tests.web.test_sign_in import code_now, is_in, quick, with_app, with_password  # noqa: F401

pytestmark = pytest.mark.django_db
PRIYA = "priya.raman@northbridge.example"


def user(sub="priya", email=PRIYA, **claims):
    return User(sub=sub, claims={"email": email, "email_verified": True, "name": "Somebody Else"} | claims)


@pytest.fixture(scope="module")
def provider():
    known = [
        user(), user("upper", PRIYA.upper()), user("unproved", email_verified=False),
        user("stranger", "nobody@northbridge.example"), user("entra", email_verified=None, xms_edov="1"),
    ]  # fmt: skip
    with run_server_in_thread(user_claims=known) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def signed_on(provider, settings):
    cache.clear()
    told = {"name": "Microsoft", "issuer": provider, "domain": "", "client_id": "pathbook", "secret": "quiet"}
    settings.PATHBOOK_SIGN_ON = told
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps(told)}}
    return told


@pytest.fixture
def priya():
    someone = make.account("Priya Raman", PRIYA)
    make.role(someone, Role.CAREERS_LEADER)
    return someone


def sign_on(sub="priya", client=None, way="/sign-in/with/school/"):
    """As a browser would: to the provider, say who one is, and back."""
    client = client or Client()
    there = client.post(way).url
    back = requests.post(there, data={"sub": sub}, allow_redirects=False, timeout=5).headers["Location"]
    return client, client.get(re.sub(r"^https?://[^/]+", "", back), follow=True)


def test_who_was_invited_is_let_in_and_nothing_else_of_them_is_kept(priya):
    client, _ = sign_on()
    assert is_in(client)
    assert SocialAccount.objects.get().user_id == priya.pk and SocialAccount.objects.get().extra_data == {}
    priya.refresh_from_db()
    assert priya.name == "Priya Raman", "the provider's name for them changes nothing here"


def test_the_second_time_it_is_the_same_person_there_that_counts_and_case_does_not(priya):
    sign_on()
    assert is_in(sign_on()[0]) and is_in(sign_on("upper")[0])
    assert Account.objects.count() == 1


@pytest.mark.parametrize("sub", ["stranger", "unproved"])
def test_nobody_else_is_let_in_and_no_account_is_made(priya, sub):
    client, answer = sign_on(sub)
    assert not is_in(client) and answer.status_code == 403
    assert "could not sign you in" in Page(answer).text
    assert Account.objects.count() == 1 and not SocialAccount.objects.exists()


def test_microsofts_own_claim_vouches_for_an_address(priya):
    assert is_in(sign_on("entra")[0])


def test_a_disabled_account_is_not_let_in_though_it_was_before(priya):
    sign_on()
    Account.objects.update(is_active=False)
    client, answer = sign_on()
    assert not is_in(client) and answer.status_code == 403


def test_single_sign_on_vouches_for_the_second_step_a_school_asks_for(priya):
    Institution.objects.update(staff_second_step=True)
    assert is_in(sign_on()[0])


def test_but_a_second_step_that_is_set_up_is_asked_for(priya):
    with_password(priya)
    secret, _ = with_app(priya)
    client, answer = sign_on()
    assert answer.redirect_chain[-1][0] == "/sign-in/second-step/" and not is_in(client)
    client.post("/sign-in/second-step/", {"code": code_now(secret)})
    assert is_in(client) and Authenticator.objects.exists()


def test_somebody_signed_in_cannot_tie_another_identity_to_their_account(priya):
    someone = with_password(make.careers_leader("Another"))
    client = Client()
    client.force_login(someone)
    sign_on(client=client, way="/sign-in/with/school/?process=connect")
    assert not SocialAccount.objects.exists()


def test_an_answer_nobody_asked_for_signs_nobody_in(priya):
    client = Client()
    there = client.post("/sign-in/with/school/").url
    back = requests.post(there, data={"sub": "priya"}, allow_redirects=False, timeout=5).headers["Location"]
    other = Client()
    answer = other.get(re.sub(r"^https?://[^/]+", "", back), follow=True)
    assert not is_in(other) and answer.status_code == 403


def test_it_is_begun_by_a_button_never_by_following_a_link():
    assert Client().get("/sign-in/with/school/").status_code == 405
    assert Client().post("/sign-in/with/elsewhere/").status_code == 404


def test_only_the_sign_in_form_may_lead_there(provider):
    assert f"form-action 'self' {provider}" in Client().get("/sign-in/")["Content-Security-Policy"]
    assert provider not in Client().get("/privacy/")["Content-Security-Policy"]


TOLD = {"issuer": "https://accounts.google.com", "domain": "school.example"}
GOOD = {"iss": TOLD["issuer"], "hd": "school.example", "email": PRIYA, "email_verified": True}


@pytest.mark.parametrize(
    ("wrong", "trusted"),
    [
        ({}, True), ({"iss": "https://evil.example"}, False), ({"hd": "other.example"}, False), ({"hd": None}, False),
        ({"email_verified": False}, False), ({"email_verified": None}, False), ({"email": ""}, False),
        ({"email_verified": "true"}, True), ({"email_verified": "no"}, False),
    ],
)  # fmt: skip
def test_whose_word_is_taken(wrong, trusted):
    assert is_trusted(GOOD | wrong, TOLD) is trusted
