"""Task 19: the evaluation in December, March and July, pre-filled, each answer with what it rests on, frozen and compared."""

import re

import pytest

from tests.journeys.conftest import School, breaches

pytestmark = pytest.mark.browser
WALK = (("2026-01-05", "31 Dec 2025"), ("2026-04-01", "31 Mar 2026"), ("2026-08-01", "31 Jul 2026"))
FIRST, LAST = "December 2025", "July 2026"
LEADER, REVIEWER = "priya.raman@northbridge.example", "simon.field@northbridge.example"


@pytest.fixture
def school(tmp_path):
    built = School(tmp_path / "school", today="2025-12-20")
    built.pathbook("demo", "--build-only", "--seed", 5, "--today", "2025-12-20", "--students", 60, "--years", 1)
    yield built
    built.stop()


def as_on(school, person, day, whom):
    """The same school on a later day, with somebody signed in."""
    school.stop()
    school.env["PATHBOOK_TODAY"] = day
    school.serve()
    come_in(school, person, whom)


def come_in(school, person, whom):
    said = school.pathbook("link", whom, "--port", school.url.rpartition(":")[2])
    person.context.clear_cookies()
    person.goto(re.search(r"http\S+/sign-in/link/\S+", said).group())
    person.click("main button")


def test_each_of_the_three_days_is_frozen_reviewed_and_laid_beside_the_others(person, school):
    for day, due in WALK:
        as_on(school, person, day, LEADER)
        person.goto(f"{school.url}/evaluation/")
        judged = " ".join(person.locator(".pb-criteria tbody tr").all_inner_texts())
        for how in ("counted from records", "stated, with evidence", "stated, no evidence yet"):
            assert how in judged, (day, how)
        person.goto(f"{school.url}/evaluation/snapshots/")
        person.click(f"text=Freeze {due}")
        assert f"As it stood on {due}" in person.locator("main").inner_text()
        assert person.locator(f"button:has-text('Freeze {due}')").count() == 0, "once"
        if day != WALK[-1][0]:
            state(person, school)
    come_in(school, person, REVIEWER)
    review(person, school)


def state(person, school):
    """What nobody has stated is stated, so that the next day differs by it."""
    person.goto(f"{school.url}/evaluation/")
    row = person.locator(".pb-criteria tbody tr:has(.pb-stating)").filter(has_text="not stated").first
    row.locator("summary:has-text('State')").click()
    row.locator("input[value=met]").check()
    row.locator("input[name=words]").fill("Agreed with the senior team.")
    row.locator("button:has-text('Save')").click()


def review(person, school):
    """Leadership lays the last beside the first and says what it makes of it."""
    person.goto(f"{school.url}/evaluation/snapshots/")
    for name, month in (("before", FIRST), ("after", LAST)):
        option = person.locator(f"select[name={name}] option").filter(has_text=month).first
        person.locator(f"select[name={name}]").select_option(option.get_attribute("value"))
    person.click("text=Compare")
    assert person.locator("h1").inner_text().startswith(f"{LAST} against {FIRST}")
    person.locator("summary:has-text('Add a review note')").first.click()
    person.locator("textarea[name=words]").first.fill("Two more stated since December; employers next.")
    person.locator("button:has-text('Keep the note')").first.click()
    assert "employers next." in person.locator(".pb-said").first.inner_text()
    assert breaches(person) == [] and person.complaints == []
