"""Tasks 20 and 21 on a phone, with the keyboard: intentions, who to ask about, leavers to confirm, and the weekly file."""

import re
from pathlib import Path

import pytest

from tests.journeys.conftest import breaches
from tests.journeys.test_log_a_careers_fair import sign_in

pytestmark = pytest.mark.browser


def test_a_leader_goes_from_who_has_said_nothing_to_the_file_for_the_authority(browser, demo_school):
    person = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="en-GB", accept_downloads=True
    ).new_page()
    sign_in(person, demo_school)
    for page in ("", "offers/", "risk/", "leavers/", "outcomes/", "authority/", "codes/"):
        person.goto(f"{demo_school.url}/next/{page}")
        assert breaches(person) == [], page
        assert person.evaluate("document.documentElement.scrollWidth") <= 390, page

    person.goto(f"{demo_school.url}/next/?year=11&show=without")
    before = int(person.locator("h1").inner_text().split()[0])
    chosen = person.locator(".pb-nexts select").first
    chosen.focus()
    person.keyboard.type("Apprent")
    assert chosen.input_value() == "310"
    person.locator(".pb-sticky button").focus()
    person.keyboard.press("Enter")
    person.wait_for_selector(".pb-note")
    assert int(person.locator("h1").inner_text().split()[0]) == before - 1
    person.locator(".pb-note button").press("Enter")
    assert "Taken back" in person.locator(".pb-note").inner_text()

    person.goto(f"{demo_school.url}/next/risk/")
    assert re.fullmatch(r"\d+ students? to ask about", person.locator("h1").inner_text())
    assert "not a score" in person.locator("main").inner_text()

    person.goto(f"{demo_school.url}/next/leavers/")
    assert person.locator("h1").inner_text().startswith("275 to confirm")
    still = person.locator("h1").inner_text()
    person.select_option("#id-source", "college")
    person.locator(".pb-nexts select").first.select_option("230")
    person.locator(".pb-sticky button").focus()
    person.keyboard.press("Enter")
    assert "1 destination written down" in person.locator(".pb-note").inner_text()
    assert person.locator("h1").inner_text() != still
    person.locator(".pb-note button").press("Enter")
    assert person.locator("h1").inner_text() == still

    person.goto(f"{demo_school.url}/next/authority/")
    assert "Objects to sharing plans" in person.locator("main").inner_text()
    with person.expect_download() as file:
        person.locator("button:has-text('Make the XML')").press("Enter")
    assert b"<YoungPerson>" in Path(file.value.path()).read_bytes()
