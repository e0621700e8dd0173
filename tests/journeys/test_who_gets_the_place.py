"""A careers leader gives out guidance slots: chooses, reads why, keeps one place, works it out again, confirms, undoes."""

import pytest

from tests.journeys.conftest import breaches
from tests.journeys.test_log_a_careers_fair import sign_in

pytestmark = pytest.mark.browser


def propose(person, school, until="2026-02-27"):
    sign_in(person, school)
    person.goto(f"{school.url}/places/")
    assert breaches(person) == []
    person.fill("#id_until", until)
    person.click("text=Propose who gets them")
    person.wait_for_selector("text=nothing is booked yet")
    return person.url.split("?")[0]


def test_chosen_proposed_one_kept_worked_out_again_confirmed_and_undone(person, demo_school):
    url = propose(person, demo_school)
    first = person.locator("tbody tr:has(.r-do)").first
    who, where = first.locator("th").inner_text(), first.locator("td").nth(1).inner_text()
    assert first.locator("td").nth(2).inner_text().strip(), "every place says why"
    for part in ("?part=waiting", "?part=groups", ""):
        person.goto(url + part)
        assert breaches(person) == [], part
    person.locator("tbody tr:has(.r-do)").first.locator("button[value=keep]").click()
    assert person.locator("text=Confirm and book").count() == 0
    assert who in person.locator("section:has-text('You decided')").inner_text()
    person.click("button:has-text('Work it out again')")
    person.wait_for_selector("text=Confirm and book")  # it stands on the new answer alone
    kept = person.locator(f"tbody tr:has-text('{who}')").first
    assert where in kept.inner_text() and "You decided" in kept.inner_text()
    person.click("button:has-text('Confirm and book')")
    assert "meetings booked" in person.locator(".pb-note").first.inner_text()
    assert breaches(person) == []
    person.click("button:has-text('Undo it all')")
    assert "Undone: every meeting and place" in person.locator(".pb-note").first.inner_text()
    assert person.complaints == []


def test_a_better_answer_comes_by_itself_to_whoever_waits_for_it(person, demo_school):
    url = propose(person, demo_school, until="2026-02-13")
    person.wait_for_selector("text=The better one", timeout=90_000)
    assert person.url.split("?")[0] == url
    person.goto(url + "?part=waiting")
    assert "One more day of guidance" in person.locator("main").inner_text()
    assert breaches(person) == [] and person.complaints == []


def test_are_there_slots_enough(person, demo_school):
    sign_in(person, demo_school)
    person.goto(f"{demo_school.url}/places/capacity/")
    page = person.locator("main").inner_text()
    assert "If 10% are missed" in page and "If 15% are missed" in page and "Missed here so far" in page
    assert breaches(person) == []
