"""Task 6: the careers leader asks everyone, chases who has not answered, and reads what they said; a student answers on a phone."""

import re

import pytest

from tests.journeys.conftest import breaches
from tests.journeys.test_log_a_careers_fair import Hand, sign_in

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def in_view(page):
    """How much wider than the window the page is."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def small_targets(page):
    """What a finger must hit on the form and is lower than 44 px."""
    found = "main label.pb-option, main select, main textarea, main button"
    return page.eval_on_selector_all(found, "all => all.filter(one => one.getBoundingClientRect().height < 44).length")


def test_a_student_answers_on_a_phone_and_a_lost_signal_loses_nothing(person, demo_school):
    person.set_viewport_size(PHONE)
    sign_in(person, demo_school, "Student,")
    person.click("text=3 questions for you")
    assert "Your name is kept with your answers" in person.inner_text("main")
    assert breaches(person) == [] and in_view(person) == 0 and small_targets(person) == 0
    person.click("text=Not really >> nth=0")
    person.context.set_offline(True)
    person.evaluate("document.querySelector('main form').requestSubmit()")
    person.wait_for_timeout(300)
    person.context.set_offline(False)
    person.goto(f"{demo_school.url}/me/")
    person.click("text=3 questions for you")
    assert person.locator("input[name=next_step][value='2']").is_checked(), "kept in this tab"
    person.click("text=Send my answers")
    assert "Thank you" in person.inner_text("h1") and breaches(person) == []
    assert person.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('pathbook-draft')).length") == 0
    person.goto(f"{demo_school.url}/me/")
    assert "questions for you" not in person.inner_text("main")
    assert person.complaints == [] or all("ERR_INTERNET_DISCONNECTED" in said for said in person.complaints)


def test_the_leader_reads_what_742_of_1105_said_and_no_cell_is_under_five(person, demo_school):
    sign_in(person, demo_school)
    hand = Hand(person)
    hand.click("nav >> text=Reports")
    hand.click("text=Surveys")
    row = person.locator("tr", has_text="28 Sep 2025")
    assert "742 of 1,105" in row.inner_text()
    row.locator("text=Results").click()
    assert hand.clicks + 1 <= 3
    assert breaches(person) == []
    person.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
    said = person.inner_text("main")
    counts = [
        (int(of.replace(",", "")), int(out.replace(",", ""))) for of, out in re.findall(r"([\d,]+) of ([\d,]+)", said)
    ]
    assert len(counts) > 60
    assert [pair for pair in counts if 0 < pair[0] < 5 or 0 < pair[1] < 5 or 0 < pair[1] - pair[0] < 5] == []
    assert "[name] was really helpful" in said and "Okafor" not in said
    assert "Last time" in said


def test_the_363_who_have_not_answered_are_named_by_group(person, demo_school):
    sign_in(person, demo_school)
    person.goto(f"{demo_school.url}/surveys/")
    person.locator("tr", has_text="28 Sep 2025").locator("th a").click()
    assert "742 of 1,105 have answered" in person.inner_text("h1")
    assert "363 have not answered" in person.inner_text("main") and breaches(person) == []
    assert sum(int(n) for n in re.findall(r"(\d+) names?", person.inner_text("main"))) == 363


def test_asking_everyone_takes_five_clicks_and_looks_as_they_will_see_it(person, demo_school):
    sign_in(person, demo_school)
    hand = Hand(person)
    hand.click("nav >> text=Reports")
    hand.click("text=Surveys")
    hand.click("a:has-text('Use it: Student voice')")
    assert breaches(person) == []
    hand.click("text=Make it")
    hand.click("text=Open it now")
    assert "0 of 1,105 have answered" in person.inner_text("h1") and hand.clicks <= 5 and hand.fields == 0
    person.set_viewport_size(PHONE)
    person.click("text=See it as they do")
    assert breaches(person) == [] and in_view(person) == 0
    person.set_viewport_size({"width": 1280, "height": 900})
    person.go_back()
    person.click("text=Remind the 1,105")
    assert "see it on their own page" in person.locator(".pb-note").inner_text()
