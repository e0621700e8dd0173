"""A careers leader gives a tutor their form and nothing more, and the last leader cannot be taken away: by keyboard, on a phone."""

import re

import pytest

from tests.journeys.conftest import breaches
from tests.journeys.test_a_student_on_a_phone import Keys

pytestmark = pytest.mark.browser


@pytest.fixture
def leader(browser, demo_school):
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB").new_page()
    page.goto(demo_school.way_in(demo_school.said, "Careers leader"))
    page.click("main button")
    yield page
    page.context.close()


def test_a_new_tutor_sees_their_own_form_alone(leader, browser, demo_school):
    leader.goto(f"{demo_school.url}/set-up/people/")
    keys = Keys(leader)
    keys.press("text=Invite someone")
    keys.fill("#id_name", "Nia New")
    keys.fill("#id_email", "nia.new@northbridge.example")
    leader.locator("#id_role").select_option(label="Form tutor")
    leader.locator("#id_tutor_group").select_option(label="10C")
    keys.press("main button:has-text('Invite')")
    assert keys.clicks + 2 <= 5 and keys.fields == 2
    assert breaches(leader) == []
    link = re.search(r"/sign-in/link/\S+", leader.locator("main code").inner_text()).group()
    tutor = browser.new_context(locale="en-GB").new_page()
    tutor.goto(demo_school.url + link)
    tutor.click("main button")
    tutor.goto(f"{demo_school.url}/students/")
    groups = {
        said.split()[-1]
        for said in tutor.locator("tbody tr").all_inner_texts()
        for said in re.findall(r"1[0-3][A-Z]|[7-9][A-Z]\b", said)
    }
    assert groups <= {"10C"} and tutor.locator("tbody tr").count() > 25, groups
    tutor.context.close()


def test_the_last_careers_leader_cannot_be_taken_away(leader, demo_school):
    leader.goto(f"{demo_school.url}/set-up/people/")
    keys = Keys(leader)
    while leader.locator("tr:has-text('Careers leader') form button").count() > 1:
        leader.locator("tr:has-text('Careers leader') form button").last.click()
    keys.press("tr:has-text('careers leader') form button")
    said = leader.locator("main").inner_text()
    assert "last careers leader" in said.lower(), said[:300]
    assert leader.locator("tr:has-text('careers leader')").count() >= 1
