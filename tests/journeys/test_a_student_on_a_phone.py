"""A student on a phone, by keyboard alone: their record, a step done, a changed wish with the old one kept, and "this is wrong"."""

import pytest

from tests.journeys.conftest import breaches

pytestmark = pytest.mark.browser
MOST_TABS = 60


class Keys:
    """A person with no mouse: Tab to what is wanted, Enter. Counts what was pressed, ticked and typed into."""

    def __init__(self, page):
        self.page, self.clicks, self.fields = page, 0, 0

    def to(self, wanted):
        """Tab on until it has the focus; it must be seen when it does."""
        target = self.page.locator(wanted).first
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if target.evaluate("one => one === document.activeElement"):
                box = target.bounding_box()
                assert box and box["y"] >= 0 and box["x"] >= 0, f"{wanted} has the focus and is not seen"
                return target
        raise AssertionError(f"{wanted} is not reached in {MOST_TABS} tabs")

    def press(self, wanted):
        self.to(wanted).press("Enter")
        self.clicks += 1

    def fill(self, wanted, words):
        self.to(wanted)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)
        self.fields += 1


@pytest.fixture
def phone(browser, demo_school):
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB").new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.goto(demo_school.way_in(demo_school.said, "Student"))
    page.click("main button")
    yield page
    assert page.complaints == []
    page.context.close()


def is_fit_for_a_phone(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing lies off to the side"
    assert breaches(page) == []


def test_a_step_is_marked_as_done_in_two_taps_and_undone(phone, demo_school):
    keys = Keys(phone)
    step = phone.locator("h1").inner_text()
    is_fit_for_a_phone(phone)
    keys.press("text=I’ve done this")
    assert keys.clicks <= 2 and keys.fields == 0
    assert "marked as done" in phone.locator(".pb-note").inner_text()
    assert phone.locator("h1").inner_text() != step
    keys.press(".pb-note button")
    assert phone.locator("h1").inner_text() == step


def test_a_wish_is_changed_in_four_taps_and_one_field_and_the_old_one_is_kept(phone):
    keys = Keys(phone)
    said = phone.locator(".pb-sect .pb-say").first.inner_text()
    keys.press("text=Change what you want")
    is_fit_for_a_phone(phone)
    keys.fill("#id_words", "Something with animals outdoors")
    keys.press("main button[type=submit]")
    assert keys.clicks <= 4 and keys.fields <= 1, (keys.clicks, keys.fields)
    assert phone.locator(".pb-sect .pb-say").first.inner_text() == "Something with animals outdoors"
    assert f"Before that: {said}" in phone.locator("main").inner_text()


def test_what_is_wrong_reaches_a_person_and_is_answered(phone, browser, demo_school):
    keys = Keys(phone)
    keys.press("text=Something is wrong")
    is_fit_for_a_phone(phone)
    keys.to("select[name=about]").press("ArrowDown")
    keys.clicks += 1
    keys.fill("textarea[name=words]", "I was at the science day and it is not there")
    keys.press("main button[type=submit]")
    assert keys.clicks <= 4 and keys.fields <= 1
    leader = browser.new_context(locale="en-GB").new_page()
    leader.goto(demo_school.way_in(demo_school.said, "Careers leader"))
    leader.click("main button")
    leader.goto(f"{demo_school.url}/answers/")
    mine = leader.locator("section", has_text="I was at the science day")
    mine.locator("[name=outcome]").select_option(index=1)
    mine.locator("[name=answer]").fill("You are right: it is there now.")
    mine.locator("button[type=submit]").click()
    leader.context.close()
    phone.goto(f"{demo_school.url}/me/")
    assert "You are right: it is there now." in phone.locator("main").inner_text()
    is_fit_for_a_phone(phone)


def test_the_record_and_who_has_read_it_are_a_tap_away(phone):
    keys = Keys(phone)
    keys.press("text=Who has read your record")
    assert phone.locator("h1").inner_text().startswith("Who has read")
    is_fit_for_a_phone(phone)
    keys.press("nav >> text=My record")
    is_fit_for_a_phone(phone)
    assert keys.clicks == 2
