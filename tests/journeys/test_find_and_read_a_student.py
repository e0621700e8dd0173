"""A tutor finds a tutee and reads what was said; a leader gets from any page to any student in two actions."""

import re

import pytest

from tests.journeys.conftest import breaches
from tests.journeys.test_log_a_careers_fair import sign_in

pytestmark = pytest.mark.browser


def test_slash_a_name_enter_and_the_record_is_open(person, demo_school):
    sign_in(person, demo_school)
    person.goto(f"{demo_school.url}/students/?q=&year=11")
    name = person.locator("tbody th a").nth(3).inner_text()
    person.goto(f"{demo_school.url}/evaluation/")
    person.keyboard.press("/")
    person.keyboard.type(name)
    person.keyboard.press("Enter")
    person.wait_for_load_state()
    if person.locator("h1").inner_text() != name:  # two share the name: one more choice
        person.click("tbody th a")
    assert person.locator("h1").inner_text() == name
    assert "Intended pathway" in person.locator("main").inner_text()
    assert breaches(person) == []


def test_a_tutor_reads_what_a_tutee_said_in_two_clicks_and_it_is_noted(person, demo_school):
    """What the demo year noted before does not count: only a reading more than there was."""
    sign_in(person, demo_school, "Form tutor")
    person.goto(f"{demo_school.url}/students/?sort=-met")
    tutee = person.locator("tbody th a").first
    name, address = tutee.inner_text(), demo_school.url + tutee.get_attribute("href")
    person.click("text=Sign out")
    before = noted_of_tutors(person, demo_school, address, name)
    sign_in(person, demo_school, "Form tutor")
    person.goto(f"{demo_school.url}/students/?sort=-met")
    person.click("text=Sign out")
    assert noted_of_tutors(person, demo_school, address, name) == before, "the list alone is no reading"
    sign_in(person, demo_school, "Form tutor")
    person.goto(f"{demo_school.url}/students/?sort=-met")
    person.locator("tbody th a").first.click()
    person.locator(".pb-tabs a", has_text="Guidance").click()
    assert "Held" in person.locator("main").inner_text()
    assert breaches(person) == []
    person.click("text=Sign out")
    assert noted_of_tutors(person, demo_school, address, name) > before


def noted_of_tutors(person, school, address, name):
    """How often a tutor is noted as having opened this record, as the careers leader reads it; signed out again after."""
    sign_in(person, school)
    person.goto(f"{address}access/")
    assert name in person.locator("h1").inner_text()
    found = person.locator("main li, main tr", has_text="Form tutor").count()
    person.click("text=Sign out")
    return found


@pytest.mark.parametrize("whom", ["Careers leader", "Form tutor", "Data manager", "Link governor"])
def test_every_page_of_every_door_passes_the_rules_and_stays_in_its_width(person, demo_school, whom):
    """axe on each page of the menu, at the width of a phone and of a screen, with no complaint of the policy."""
    sign_in(person, demo_school, whom)
    menu = [link.get_attribute("href") for link in person.locator(".pb-nav a").all()]
    for path in [*menu, "/set-up/password/", "/gallery/", "/nowhere/", "/privacy/", "/accessibility/"]:
        for width in (1280, 390, 320):
            person.set_viewport_size({"width": width, "height": 800})
            person.goto(demo_school.url + path)
            wide = person.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path} is {wide} wide at {width}"
        assert breaches(person) == [], path
    complaints = [said for said in person.complaints if "404" not in said]
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_in_the_list_no_name_lies_under_its_tick_box(person, demo_school, width):
    sign_in(person, demo_school)
    person.set_viewport_size({"width": width, "height": 900})
    person.goto(f"{demo_school.url}/students/?year=11")
    row = person.locator("table.pb-people tbody tr").first
    tick, name = row.locator("label.pb-tickbox").bounding_box(), row.locator("th a").bounding_box()
    assert tick["x"] + tick["width"] <= name["x"], (tick, name)


def test_who_in_year_11_has_had_nothing_and_the_list_as_a_file(person, demo_school):
    """Task 5: the gap in a sentence, those who have it with the most gaps first, and the same list to take away."""
    sign_in(person, demo_school)
    person.click(".pb-nav >> text=Reports")
    person.click(".pb-place >> text=Coverage")
    person.select_option("[name=year]", "11")
    person.select_option("[name=gap]", "GB8.1a")
    person.click(".pb-filters button")
    missing = int(re.search(r"Year 11: (\d+) of", person.locator("h1").inner_text())[1])
    assert missing and breaches(person) == []
    with person.expect_download() as coming:
        person.click(".pb-download >> text=CSV")
    lines = coming.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + missing and person.complaints == []


def test_the_evaluation_is_stated_with_evidence_and_frozen(person, demo_school):
    """Task 19: a practice criterion stated in place, evidence behind it, and the whole frozen and compared."""
    sign_in(person, demo_school)
    person.goto(f"{demo_school.url}/evaluation/")
    person.click("#GB1\\.3 .pb-stating summary")
    person.click("#GB1\\.3 .pb-option >> text=Partly")
    person.fill("#GB1\\.3 [name=words]", "The page for employers is being written anew.")
    person.click("#GB1\\.3 .pb-stating button")
    assert "Stated: Partly." in person.locator("#GB1\\.3").inner_text()
    person.click("#GB1\\.3 .pb-judged a")
    person.click("summary >> text=Attach evidence")
    person.select_option("#id_kind", "link")
    person.fill("#id_shows", "The page as it stands")
    person.fill("#id_link", "https://northbridge.example/employers")
    person.click("form[enctype] button")
    assert "Attached: The page as it stands" in person.locator(".pb-note").inner_text()
    person.goto(f"{demo_school.url}/evaluation/snapshots/")
    person.click("text=Freeze today")
    assert "It is never altered" in person.locator(".pb-note").inner_text()
    assert "5 February 2026 against" in person.locator("h1").inner_text() and breaches(person) == []
    assert person.complaints == []
