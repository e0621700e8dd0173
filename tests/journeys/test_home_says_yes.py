"""A visit asks home: the leader asks, a parent says no on a phone in two clicks, slips come in, and places follow."""

import pytest

from tests.journeys.conftest import breaches
from tests.journeys.test_log_a_careers_fair import Hand

pytestmark = pytest.mark.browser
DAY = "2026-03-12"


@pytest.fixture
def family_school(new_school):
    """A small school of its own: other journeys must not meet these answers."""
    said = new_school.demo("--students", 120, "--activities", 20, "--years", 1)
    new_school.serve()
    new_school.leader = new_school.way_in(said, "Priya Raman")
    new_school.parent = new_school.way_in(said, "Rosa Parent")
    return new_school


def signed_in(browser, address, **window):
    page = browser.new_context(locale="en-GB", **window).new_page()
    page.goto(address)
    if page.locator("main form button").count():
        page.locator("main form button").first.click()
    return page


def test_home_is_asked_says_no_and_the_slips_do_not_write_over_it(browser, family_school):
    leader = signed_in(browser, family_school.leader)
    leader.goto(f"{family_school.url}/activities/log/")
    leader.fill("#id_title", "Visit to a building site")
    leader.select_option("#id_kind", "workplace_experience")
    leader.fill("#id_starts_on", DAY)
    leader.select_option("#id_whom", "year:11")
    leader.click("text=Next: who came")
    leader.click("main button:has-text('Save')")
    assert "have said yes, 0 no" in leader.locator("#consent").inner_text()
    leader.click("#consent a")
    assert breaches(leader) == []
    slips = leader.url

    parent = Hand(signed_in(browser, family_school.parent, viewport={"width": 390, "height": 844}))
    parent.page.goto(f"{family_school.url}/family/")
    parent.click("a:has-text('the school asks you')")
    parent.click("button:has-text('No, not to Visit to a building site')")
    assert parent.clicks == 2 and "may not go" in parent.page.locator(".pb-note").first.inner_text()
    assert breaches(parent.page) == []

    leader.click("button:has-text('Mark all')")
    told = leader.locator("main").inner_text()
    assert "since you opened this page. Theirs stands" in told and "By the parent, in Pathbook" not in told
    assert (
        "Rosa Parent, by the parent, in Pathbook" in told
        and leader.locator("input[value=refused]:checked").count() == 1
    )
    assert leader.url == slips and breaches(leader) == []
