"""A leader sees that nothing is planned for those who name a sector, and plans it; a tutor reads what is new."""

import re

import pytest

from tests.journeys.conftest import breaches
from tests.journeys.test_log_a_careers_fair import sign_in

pytestmark = pytest.mark.browser


def test_from_a_sentence_to_an_activity_with_everyone_behind_it_enrolled(person, demo_school):
    sign_in(person, demo_school)
    person.click(".pb-nav >> text=Guidance")
    person.click(".pb-tabs >> text=Demand")
    for year in ("10", "11"):
        person.check(f"input[name=year][value='{year}']")
    person.click("text=Show")
    assert breaches(person) == []
    sectors = person.locator("section", has=person.locator("h2", has_text="Sectors of work"))
    row = sectors.locator("li", has_text="nothing that fits is planned").first
    students = int(row.locator(".pb-todo__n").inner_text())
    assert "Years 10 and 11 name" in row.inner_text()
    row.locator("a", has_text="Plan it").click()
    assert person.locator("input[name=who]:checked").count() == students
    assert breaches(person) == []
    person.fill("#id_title", "Site visit to Marlow Build")
    person.fill("#id_starts_on", "2026-03-12")
    person.click("text=Plan it and enrol those ticked")
    said = person.locator(".pb-note").inner_text()
    enrolled = int(re.search(r"(\d+) enrolled", said).group(1))
    assert enrolled == students == person.locator("select[name^='s-']").count()
    assert breaches(person) == []
    person.goto(f"{demo_school.url}/guidance/demand/?year=10&year=11")
    assert "Site visit to Marlow Build" in person.locator("main").inner_text()
    assert person.complaints == []


def test_a_tutor_reads_what_is_new_and_it_is_new_no_more(person, demo_school):
    sign_in(person, demo_school, "Form tutor")
    news = person.locator(".pb-news a")
    if not news.count():
        assert "read every guidance meeting" in person.locator("main").inner_text()
        return
    name, first = news.first.inner_text(), news.first.get_attribute("href")
    assert breaches(person) == []
    news.first.click()
    assert name in person.locator("h1").inner_text()
    assert breaches(person) == []
    person.goto(demo_school.url)
    assert first not in [link.get_attribute("href") for link in person.locator(".pb-news a").all()]
    assert person.complaints == []
