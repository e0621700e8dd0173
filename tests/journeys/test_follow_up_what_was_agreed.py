"""A careers leader follows up what is overdue: reminds, closes one with what was attended, and takes it back."""

import pytest

from tests.journeys.conftest import breaches
from tests.journeys.test_log_a_careers_fair import Hand, sign_in

pytestmark = pytest.mark.browser


def overdue(person, school):
    """From home, the board narrowed to what is overdue and the student's own."""
    sign_in(person, school)
    hand = Hand(person)
    hand.click(".pb-nav >> text=Guidance")
    person.goto(f"{school.url}/actions/") if "/actions/" not in person.url else None
    hand.choose("select[name=owner]", person.locator("select[name=owner] option[value=tutor]").inner_text())
    hand.choose("select[name=state]", "Overdue")
    hand.click("button:has-text('Show')")
    return hand


def note(person):
    return person.locator(".pb-note[role=status]").first.inner_text()


def how_many_overdue(person):
    return int(person.locator("h1").inner_text().split(" of ")[0].replace(",", ""))


def with_something_attended(person):
    """The first of the list whose student has attended something since."""
    for address in [a.get_attribute("href") for a in person.locator(".pb-board tbody th a").all()]:
        person.goto(person.url.split("/actions/")[0] + address)
        if person.locator("#id_proof option[value^=attended]").count():
            return address
        person.go_back()
    raise AssertionError("nobody overdue has attended anything since")


def test_the_overdue_are_reminded_in_five_clicks_and_the_filter_stays(person, demo_school):
    hand = overdue(person, demo_school)
    hand.click("[data-all]")
    hand.click("button:has-text('Remind the owners')")
    assert "reminded: shown on the owner's own page" in note(person) and "No mail is set up" in note(person)
    assert "state=overdue" in person.url and hand.clicks <= 6, hand.clicks
    marked = person.locator("td[data-is=Reminded]:has-text('5 Feb 2026')").count()
    assert note(person).startswith(f"{marked} reminded") and marked > 0
    assert breaches(person) == [] and person.complaints == []


def test_one_is_closed_with_what_was_attended_and_taken_back(person, demo_school):
    overdue(person, demo_school)
    before = how_many_overdue(person)
    with_something_attended(person)
    assert breaches(person) == []
    hand = Hand(person)
    hand.choose("#id_proof", person.locator("#id_proof option[value^=attended]").first.inner_text())
    hand.click("main button:has-text('Save')")
    assert note(person).startswith("1 action: done.") and "state=overdue" in person.url
    assert how_many_overdue(person) == before - 1 and hand.clicks == 2
    person.click("text=Undo")
    assert "Undone: 1 open again." in note(person)
    assert person.locator("h2:has-text('What became of it?')").count() == 1
    assert person.complaints == []


def test_several_are_carried_on_at_once_and_what_is_hidden_is_still_said(person, demo_school):
    overdue(person, demo_school)
    assert "overdue actions are outside what is shown here" in person.locator("main").inner_text()
    before = how_many_overdue(person)
    for n in range(2):
        person.locator("[data-one]").nth(n).check()
    person.locator("[data-one]").nth(0).press("Tab")
    person.fill("#due_on", "2026-03-02")
    person.press("#due_on", "Enter")
    assert "carry on until then, or clear the day" in person.locator("main").inner_text(), "Enter closes nothing"
    assert breaches(person) == []
    person.click("button:has-text('Carry on')")
    assert note(person).startswith("2 actions: carried on.") and how_many_overdue(person) == before - 2
    person.click("text=Undo")
    assert how_many_overdue(person) == before and "state=overdue" in person.url


def test_on_a_phone_nothing_runs_off_the_side(person, demo_school):
    overdue(person, demo_school)
    person.set_viewport_size({"width": 390, "height": 844})
    for address in ("/actions/", person.locator(".pb-board tbody th a").first.get_attribute("href"), "/"):
        person.goto(f"{demo_school.url}{address}")
        assert person.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        assert breaches(person) == [], address
