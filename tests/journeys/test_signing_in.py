"""From an invitation to a second step and back in, in a real browser: with JavaScript off, and with a passkey."""

import base64
import hashlib
import hmac
import re
import struct
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys.conftest import breaches

pytestmark = pytest.mark.browser
WORDS = "four quiet words here"
PASSKEYS = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def code_of(secret, ago=0):
    """What an authenticator app would show (RFC 6238), worked out without the product."""
    step = struct.pack(">Q", int(time.time() - ago) // 30)
    seal = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    start = seal[-1] & 15
    return f"{(struct.unpack('>I', seal[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def real_school(new_school):
    """As `init` leaves it: staff must have a second step. The name localhost, because a passkey needs a name."""
    said = new_school.pathbook("init", "--name", "Marlow High", "--urn", 123456, "--email", "ada@school.example")
    new_school.serve()
    new_school.url = new_school.url.replace("127.0.0.1", "localhost")
    new_school.link = new_school.way_in(said)
    return new_school


def accept(person, school):
    """Open the link, choose a password; the school then asks for a second step."""
    person.goto(school.link)
    person.get_by_role("button", name="Continue").click()
    person.locator("[name=new_password1]").fill(WORDS)
    person.locator("[name=new_password2]").fill(WORDS)
    person.get_by_role("button", name="Set password").click()
    assert person.locator("h1").inner_text() == "Set up your second step"


def test_password_and_code_with_javascript_off(browser, real_school):
    person = browser.new_context(java_script_enabled=False).new_page()
    accept(person, real_school)
    person.get_by_role("link", name="Set up an app").click()
    secret = person.locator(".pb-secret").inner_text()
    person.get_by_label("Code that the app shows").fill(code_of(secret, ago=30))
    person.get_by_role("button", name="Turn it on").click()
    assert person.locator(".pb-codes li").count() == 10
    person.get_by_role("link", name="I have kept them").click()
    assert person.locator("h1").inner_text() == "Three steps to your first answer"
    person.get_by_role("button", name="Sign out").click()
    person.get_by_label("E-mail address").fill("ada@school.example")
    person.get_by_label("Password").fill(WORDS)
    person.get_by_role("button", name="Sign in", exact=True).click()
    assert person.get_by_role("button", name="Use a passkey").count() == 0, "nothing that cannot work"
    person.get_by_label("Code").fill(code_of(secret))
    person.get_by_role("button", name="Sign in", exact=True).click()
    assert person.locator("h1").inner_text() == "Three steps to your first answer"


def test_a_passkey_is_set_up_and_signs_in_by_itself(person, real_school):
    keys = person.context.new_cdp_session(person)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEYS})
    accept(person, real_school)
    found = breaches(person)
    person.get_by_role("link", name="Set up a passkey").click()
    found += breaches(person)
    person.get_by_role("button", name="Set up a passkey").click()
    person.wait_for_url("**/codes/")
    found += breaches(person)
    person.get_by_role("link", name="I have kept them").click()
    person.get_by_role("button", name="Sign out").click()
    found += breaches(person)
    person.get_by_role("button", name="Sign in with a passkey").click()
    person.wait_for_url(f"{real_school.url}/")
    assert person.locator("h1").inner_text() == "Three steps to your first answer"
    assert found == [] and person.complaints == []


def test_wrong_tries_are_one_tally_whichever_process_hears_them(demo_school):
    """Twenty-four guesses at one account in four hands at once: ten are heard, and the others told to wait."""
    heard = Counter()

    def guess(_):
        hand = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page = hand.open(f"{demo_school.url}/sign-in/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
        said = {"csrfmiddlewaretoken": token, "login": "nobody@school.example", "password": "a guess"}
        try:
            hand.open(f"{demo_school.url}/sign-in/", urllib.parse.urlencode(said).encode())
        except urllib.error.HTTPError as refused:
            heard["Wait 15 minutes" in refused.read().decode()] += 1

    with ThreadPoolExecutor(4) as hands:
        list(hands.map(guess, range(24)))
    assert heard == {False: 10, True: 14}
