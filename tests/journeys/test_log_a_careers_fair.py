"""A careers leader logs a careers fair for 180 with 7 absent, in 6 clicks and one for each absentee, and undoes it."""

import re

import pytest

from tests.journeys.conftest import breaches

pytestmark = pytest.mark.browser


class Hand:
    """Counts clicks, choices and fields as a person would."""

    def __init__(self, page):
        self.page, self.clicks, self.fields = page, 0, 0

    def click(self, what):
        self.page.locator(what).first.click()
        self.clicks += 1

    def choose(self, what, label):
        self.page.locator(what).select_option(label=label)
        self.clicks += 1

    def fill(self, what, text):
        self.page.locator(what).fill(text)
        self.fields += 1


def sign_in(person, school, whom="Careers leader"):
    person.goto(school.way_in(school.said, whom))
    person.click("main button")


def log_fair(person, school, absentees=7):
    hand = Hand(person)
    hand.click("text=Log an activity")
    hand.fill("#id_title", "Careers fair in the hall")
    hand.choose("#id_kind", "Employer encounter")
    hand.choose("#id_whom", "Year 10")
    hand.click("text=Next: who came")
    boxes = person.locator("input[name=came]")
    assert boxes.count() == 180
    for n in range(absentees):
        boxes.nth(n * 20).click()
        hand.clicks += 1
    hand.click(".pb-sticky button")
    return hand


def test_180_students_with_7_absent_within_the_budget(person, demo_school):
    sign_in(person, demo_school)
    hand = log_fair(person, demo_school)
    assert person.locator(".pb-note").inner_text().startswith("Careers fair in the hall: 173 attended, 7 did not.")
    assert hand.clicks <= 6 + 7 and hand.fields <= 2, (hand.clicks, hand.fields)
    assert breaches(person) == []
    person.click("text=Undo")
    assert "as it was before" in person.locator(".pb-note").inner_text()
    assert person.locator("text=Careers fair in the hall").count() == 1, "only the notice names it now"
    assert person.complaints == []


def test_the_count_follows_the_ticks_and_a_name_is_found(person, demo_school):
    sign_in(person, demo_school)
    person.goto(f"{demo_school.url}/activities/log/")
    person.fill("#id_title", "Talk")
    person.locator("#id_whom").select_option(label="Year 10")
    person.click("text=Next: who came")
    person.locator("input[name=came]").first.click()
    assert person.locator("[data-count]").inner_text() == "179 of 180 attended, 1 absent"
    name = person.locator(".pb-roster label").nth(50).inner_text().strip()
    person.fill("[data-narrow]", name)
    shown = [label for label in person.locator(".pb-roster label").all() if label.is_visible()]
    assert [label.inner_text().strip() for label in shown].count(name) == len(shown) >= 1


def test_a_mistake_keeps_what_was_typed(person, demo_school):
    sign_in(person, demo_school)
    person.goto(f"{demo_school.url}/activities/log/")
    person.fill("#id_title", "A talk about bees")
    person.click("text=Next: who came")
    assert "Say who it was for" in person.locator(".govuk-error-summary").inner_text()
    assert person.locator("#id_title").input_value() == "A talk about bees"
    assert breaches(person) == []


def test_without_scripts_it_works_the_same(browser, demo_school):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo_school)
    hand = log_fair(page, demo_school, absentees=2)
    assert "178 attended, 2 did not" in page.locator(".pb-note").inner_text()
    assert hand.clicks <= 6 + 2
    page.click("text=Undo")
    assert "as it was before" in page.locator(".pb-note").inner_text()
    context.close()


def test_a_correction_later_takes_three_clicks_and_shows_in_the_history(person, demo_school):
    sign_in(person, demo_school)
    log_fair(person, demo_school)
    person.goto(f"{demo_school.url}/activities/")
    hand = Hand(person)
    hand.click("text=Careers fair in the hall")
    person.locator("table select").first.select_option(label="Attended")
    hand.clicks += 1
    hand.click("text=Save corrections")
    assert hand.clicks <= 3
    assert "1 student corrected" in person.locator(".pb-note").inner_text()
    assert re.search(r"corrected 1 student", person.locator("main").inner_text())
    person.click("text=Undo")
