"""A work placement by keyboard on phones: a student finds it, the employer and home say yes, the school checks and approves."""

import re

import pytest

from tests.journeys.conftest import breaches
from tests.journeys.test_a_student_on_a_phone import Keys, is_fit_for_a_phone

pytestmark = pytest.mark.browser
HOST = "Wren Bakery"


def on_a_phone(browser, address):
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB").new_page()
    page.goto(address)
    if "/sign-in/" in address:
        page.locator("main form button").first.click()
    return Keys(page)


def write(keys, **said):
    for field, words in said.items():
        keys.to(f"#id_{field}").fill(words)


def link_of(leader):
    return leader.page.locator("input[readonly]").first.input_value()


def test_student_employer_parent_and_school_each_say_their_part(browser, demo_school):
    student = on_a_phone(browser, demo_school.way_in(demo_school.said, "Student,"))
    student.page.goto(f"{demo_school.url}/me/placement/")
    student.press("text=I have found a placement")
    write(
        student, host=HOST, email="wren@bakery.example", first="2026-03-16", last="2026-03-20", aim="How bread is sold"
    )
    student.press("main button:has-text('Save')")
    assert "The school looks at the host you named" in student.page.locator("main").inner_text()
    is_fit_for_a_phone(student.page)

    leader = on_a_phone(browser, demo_school.way_in(demo_school.said, "Priya Raman"))
    leader.page.goto(f"{demo_school.url}/placements/?q=wren")
    is_fit_for_a_phone(leader.page)
    leader.press("tbody th a")
    leader.press("text=Give a host")
    leader.press("main button:has-text('Give this host')")
    leader.press("main button:has-text('Ask the employer')")
    employer = on_a_phone(browser, link_of(leader))
    is_fit_for_a_phone(employer.page)
    employer.to("input[name=yes][value=yes]")
    employer.page.keyboard.press("Space")
    write(employer, words="Bake, serve and count the till", insured_until="2026-03-18", risk_assessed_on="2026-01-10")
    for box in ("safeguarding", "keeps_data"):
        employer.to(f"#id_{box}")
        employer.page.keyboard.press("Space")
    write(employer, name="Wren Hill")
    employer.press("main button")
    assert "Thank you" in employer.page.locator("h1").inner_text()

    parent = on_a_phone(browser, demo_school.way_in(demo_school.said, "Rosa Parent"))
    parent.page.goto(f"{demo_school.url}/family/")
    child = re.search(r"Student, (.+?)  ", demo_school.said).group(1)
    parent.press(f"main a:has-text('{child}')")
    parent.press(f"button:has-text('Yes, they may go to {HOST}')")
    assert "Rosa Parent has said yes" in parent.page.locator("#placement").inner_text()
    assert breaches(parent.page) == []

    leader.page.reload()
    said = leader.page.locator("main").inner_text()
    assert "The host's insurance ends on 18 Mar 2026, before the last day, 20 Mar 2026." in said
    assert leader.page.locator("button:has-text('Approve')").count() == 0
    here = leader.page.url
    leader.press("text=Write down what the host's papers say")
    write(leader, insured_until="2026-12-31")
    leader.press("main button:has-text('Save')")
    leader.page.goto(here)
    leader.press("main button:has-text('Approve')")
    assert "Approved" in leader.page.locator(".pb-note").first.inner_text()
    is_fit_for_a_phone(leader.page)
    student.page.reload()
    assert "You are going" in student.page.locator("main").inner_text()
