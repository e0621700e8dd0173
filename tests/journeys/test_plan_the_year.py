"""A careers leader copies last year's plan of 64: 9 days edited, 4 left behind, 5 added; what it would reach is seen at once."""

import pytest

from tests.journeys.conftest import breaches
from tests.journeys.test_log_a_careers_fair import Hand, sign_in

pytestmark = pytest.mark.browser
LEFT, EDITED, ADDED = 4, 9, 5


def test_a_year_is_copied_and_changed_within_the_budget(person, demo_school):
    sign_in(person, demo_school)
    hand = Hand(person)
    hand.click(".pb-nav >> text=Activities")
    hand.click(".pb-tabs >> text=Plan of the year")
    hand.click(".pb-chips >> text=2026/27")
    hand.click(".pb-empty >> text=Copy last year")
    assert breaches(person) == []
    rows = person.locator(".pb-copy tbody tr").count()
    for n in range(LEFT):
        person.locator("input[name^='drop-']").nth(n).check()
        hand.clicks += 1
    for n in range(EDITED):
        person.locator("input[name^='on-']").nth(10 + n).fill("2027-03-09")
        hand.fields += 1
    hand.click(".pb-sticky button")
    assert f"{rows - LEFT} activities are planned for 2026/27" in person.locator(".pb-note").inner_text()
    assert hand.clicks <= 5 + LEFT and hand.fields <= EDITED, (hand.clicks, hand.fields)
    for n in range(ADDED):
        hand.click("text=Plan an activity")
        hand.fill("#id_title", f"New talk {n}")
        hand.fill("#id_starts_on", f"2026-11-{10 + n}")
        person.locator("input[name=years_1][value='10']").check()
        hand.click(".pb-form .pb-btns >> text=Save")
        person.goto(f"{demo_school.url}/programme/?year=2026")
    assert person.locator("h1").inner_text().startswith(f"{rows - LEFT + ADDED} activities")
    assert "If all that is planned happens" in person.locator("main").inner_text()
    assert breaches(person) == [] and person.complaints == []
    person.goto(f"{demo_school.url}/programme/copy/?to=2026")
    assert person.locator("text=Copied already").count() == rows - LEFT


def test_what_if_is_asked_by_keyboard_and_the_evaluation_is_frozen(person, demo_school):
    sign_in(person, demo_school)
    person.goto(f"{demo_school.url}/evaluation/forecast/")
    assert breaches(person) == []
    person.locator("input[name=years][value='8']").press("Space")
    person.fill("#id_places", "180")
    person.locator("text=See what it would change").press("Enter")
    person.wait_for_selector("#answer .pb-note")
    assert "180 places" in person.locator("#answer").inner_text() and "years=8" in person.url
    person.reload()
    assert "180 places" in person.locator("#answer").inner_text(), "the address says the same"
    person.goto(f"{demo_school.url}/evaluation/snapshots/")
    before = person.locator("article.pb-meeting").count()
    person.locator("text=Freeze today").press("Enter")
    person.wait_for_selector(".pb-note")
    assert person.locator("article.pb-meeting").count() == before + 1
    assert breaches(person) == [] and person.complaints == []
