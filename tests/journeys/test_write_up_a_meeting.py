"""An adviser writes up a meeting with two actions; the lid closes half-way, a second tab is open, nothing is lost."""

import pytest

from tests.journeys.conftest import breaches
from tests.journeys.test_log_a_careers_fair import Hand, sign_in

pytestmark = pytest.mark.browser


def begin(person, school):
    """From any student's record: somebody walked in."""
    sign_in(person, school, "Careers adviser")
    person.goto(f"{school.url}/students/")
    person.locator(".pb-people tbody th a").first.click()
    person.click("text=Write up a meeting")
    return person.url


def says(page, words):
    page.locator("#kept", has_text=words).wait_for()


def test_written_up_within_the_budget_and_read_on_the_record(person, demo_school):
    begin(person, demo_school)
    hand = Hand(person)
    hand.fill("#id_summary", "Means to be a paramedic. We compared the routes.")
    hand.fill("#id_words", "a paramedic")
    person.wait_for_selector("#meant input[type=radio]")
    hand.click("#meant label:has-text('Paramedics')")
    hand.fill("#id_what_1", "Visit the college open day")
    hand.fill("#id_what_2", "Ask the ambulance service about volunteering")
    hand.click("label:has-text('We agreed who will see')")
    hand.click("button:has-text('File it')")
    assert person.locator(".pb-note").first.inner_text().startswith("The meeting with")
    assert "Means to be a paramedic" in person.locator("main").inner_text()
    assert hand.clicks <= 6 and hand.fields <= 4, (hand.clicks, hand.fields)
    person.click("text=Undo")
    assert person.locator("#id_summary").input_value().startswith("Means to be a paramedic")
    assert person.complaints == []


def test_a_closed_lid_loses_nothing(person, demo_school):
    url = begin(person, demo_school)
    person.fill("#id_summary", "Typed, and kept by itself")
    says(person, "Saved at")
    person.type("#id_summary", " then the lid closed")
    other = person.context.new_page()
    person.close(run_before_unload=True)
    other.wait_for_timeout(500)
    other.goto(url)
    assert other.locator("#id_summary").input_value() == "Typed, and kept by itself then the lid closed"
    assert breaches(other) == []


def test_the_later_of_two_tabs_is_shown_both(person, demo_school):
    url = begin(person, demo_school)
    second = person.context.new_page()
    second.goto(url)
    person.fill("#id_summary", "Typed in the first tab")
    says(person, "Saved at")
    second.fill("#id_summary", "Typed in the second tab")
    says(second, "This was changed elsewhere")
    second.click("button:has-text('Save for later')")
    said = second.locator("main").inner_text()
    assert "Typed in the first tab" in said
    assert second.locator("#id_summary").input_value() == "Typed in the second tab"
    assert breaches(second) == []
