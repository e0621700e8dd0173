"""An adviser's day, from offering slots to opening the write-up; and a leader books every Year 11 without guidance."""

import re

import pytest

from tests.journeys.conftest import breaches
from tests.journeys.test_log_a_careers_fair import Hand, sign_in

pytestmark = pytest.mark.browser
TOMORROW = "2026-02-06"


def offer(person, first_day, number="5", begins="08:00", **more):
    """From the week of slots."""
    person.click("text=Offer slots")
    said = {
        "first_day": first_day,
        "first_time": begins,
        "number": number,
        "minutes": "40",
        "gap": "5",
        "place": "Room 4",
    }
    for name, value in said.items():
        person.fill(f"#id_{name}", value)
    assert breaches(person) == []
    for name, value in more.items():
        person.fill(f"#id_{name}", value)
        for day in person.locator("input[name=weekdays]").all():
            day.check()
    person.click("button:has-text('Offer them')")
    return person.locator(".pb-note").first.inner_text()


def test_five_meetings_from_offering_the_slots_to_opening_the_write_up(person, demo_school):
    sign_in(person, demo_school, "Careers adviser")
    person.click("nav >> text=Guidance")
    assert breaches(person) == []
    person.click("nav >> text=Week")
    assert offer(person, TOMORROW).startswith("5 slots offered.")
    assert breaches(person) == []
    person.goto(f"{demo_school.url}/students/?year=8")
    for n in range(5):
        person.locator("input[name=who]").nth(n).check()
    person.click("text=Book guidance for them")
    assert "5 of 5 can be booked" in person.locator("h1").inner_text()
    person.fill("#id_purpose", "Options in Year 9")
    person.fill("#id_first", TOMORROW)
    assert breaches(person) == []
    person.click("text=Book the 5")
    assert person.locator(".pb-note").first.inner_text().startswith("5 meetings booked, most urgent need first.")
    person.click("text=Fri 6 Feb")
    assert int(person.locator("h1").inner_text().split()[0]) >= 5, "and those booked for that day with no time said"
    first = person.locator(".pb-appt").first
    for words in ("08:00", "Room 4", "Year 8", "Options in Year 9", "WANTS", "LAST MEETING", "OPEN ACTIONS"):
        assert words.lower() in first.inner_text().lower(), words
    assert breaches(person) == []
    who = first.locator("h2").inner_text().strip()
    first.locator("text=Open the write-up").click()
    assert "Write up the meeting" in person.locator("h1").inner_text() and who in person.locator("main").inner_text()
    assert person.complaints == []


def test_a_meeting_is_moved_cancelled_and_undone_on_pages_without_a_breach(person, demo_school):
    sign_in(person, demo_school, "Careers adviser")
    person.goto(f"{demo_school.url}/students/?year=7")
    name = person.locator(".pb-people tbody th a").nth(12).inner_text()
    person.goto(f"{demo_school.url}/guidance/week/")
    offer(person, "2026-02-11", number="3")
    person.locator(".pb-week .is-free:has-text('08:00') a").first.click()
    assert breaches(person) == []
    person.fill("main input[name=q]", name)
    person.click("button:has-text('Find')")
    assert breaches(person) == []
    person.locator("a:has-text('Book')", has=person.locator(".govuk-visually-hidden")).first.click()
    assert person.locator("input[name=slot]:checked").count() == 1, "the slot chosen is kept"
    assert breaches(person) == []
    person.click("button:has-text('Book it')")
    assert "is booked for Wed 11 Feb 2026 at 08:00" in person.locator(".pb-note").first.inner_text()
    person.locator(".pb-appt").first.locator("text=Move").click()
    person.fill("#id_reason", "A trip")
    person.locator("input[name=slot]").last.check()
    assert breaches(person) == []
    person.click("button:has-text('Move it')")
    assert "is moved to" in person.locator(".pb-note").first.inner_text()
    person.click("text=Undo")
    person.goto(f"{demo_school.url}/guidance/?day=2026-02-11")
    person.locator(".pb-appt").first.locator("text=Cancel").click()
    assert breaches(person) == []
    person.click("button:has-text('Cancel the meeting')")
    assert "Say why" in person.locator(".govuk-error-summary").inner_text() and breaches(person) == []
    person.fill("#id_reason", "The student asked to")
    person.click("button:has-text('Cancel the meeting')")
    assert "the meeting is cancelled" in person.locator(".pb-note").first.inner_text()
    for page in ("missed/", "week/closures/", "calendars/"):
        person.goto(f"{demo_school.url}/guidance/{page}")
        assert breaches(person) == [], page
    assert [one for one in person.complaints if "422" not in one] == []


def test_who_in_year_11_has_had_no_guidance_is_booked_in_five_clicks(person, demo_school):
    sign_in(person, demo_school)
    person.goto(f"{demo_school.url}/guidance/week/")
    offer(person, "2026-02-23", number="7", begins="16:10", last_day="2026-03-20")
    person.goto(demo_school.url)
    hand = Hand(person)
    hand.click("a:has-text('Year 11s have had no guidance')")
    hand.click("[data-all]")
    hand.click("text=Book guidance for them")
    hand.click("button:has-text('Book the')")
    said = person.locator(".pb-note").first.inner_text()
    assert int(re.match(r"\d+", said).group()) > 5 and "meetings booked, most urgent need first" in said
    assert hand.clicks <= 5 and hand.fields <= 1
    assert breaches(person) == []
    person.click("text=Undo")
    assert "Undone" in person.locator(".pb-note").first.inner_text()
    assert person.complaints == []
