"""A senior leader reads the three questions; a tutor prints parents' evening; a governor takes two pages of numbers."""

import io
import re

import pytest
from pypdf import PdfReader

from tests.journeys.conftest import breaches
from tests.journeys.test_log_a_careers_fair import sign_in

pytestmark = pytest.mark.browser


class Hand:
    """Counts what a person clicks."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, what):
        self.clicks += 1
        self.page.locator(what).first.click()

    def download(self, what):
        """The file that comes of one click."""
        self.clicks += 1
        with self.page.expect_download() as coming:
            self.page.locator(what).first.click()
        return coming.value.path().read_bytes()


def pages_of(file):
    return [page.extract_text() for page in PdfReader(io.BytesIO(file)).pages]


def test_the_three_questions_in_two_clicks_their_meaning_in_one_more_and_all_on_one_sheet(person, demo_school):
    sign_in(person, demo_school, "Senior leader")
    hand = Hand(person)
    hand.click(".pb-nav >> text=Reports")
    hand.click(".pb-place >> text=Use")
    assert hand.clicks <= 2
    said = person.locator("main").inner_text()
    for asked in ("Do we have a system to record", "How can staff get hold of it?", "Is the data being used?"):
        assert asked in said
    hand.click("summary >> text=Read by the tutor within 14 days")
    assert "a form tutor of the student opened the record" in person.locator("main").inner_text()
    assert "2025/26 autumn" in person.locator("main").inner_text()
    for width in (1280, 390, 320):
        person.set_viewport_size({"width": width, "height": 800})
        assert person.evaluate("document.documentElement.scrollWidth") <= width
        assert breaches(person) == [], width
    person.set_viewport_size({"width": 1280, "height": 900})
    (page,) = pages_of(hand.download("text=One page to print"))
    now = re.search(
        r"(\d+)%\s+([\d,]+ of [\d,]+)", person.locator("tr", has_text="Opened their own record").inner_text()
    )
    assert now.group(2) in page
    assert hand.clicks <= 4 and person.complaints == []


def test_a_figure_leads_to_the_one_thing_to_do_next(person, demo_school):
    sign_in(person, demo_school)
    person.goto(f"{demo_school.url}/reports/use/")
    row = person.locator("tr", has_text="What they hope for")
    of, out_of = map(int, re.search(r"(\d+) of ([\d,]+)", row.inner_text()).group().replace(",", "").split(" of "))
    row.locator("a").click()
    assert re.search(r"([\d,]+) students?", person.locator("h1").inner_text()).group(1) == f"{out_of - of:,}"


def test_charts_say_what_they_find_and_show_their_table(person, demo_school):
    sign_in(person, demo_school, "Link governor")
    person.goto(f"{demo_school.url}/reports/charts/")
    for width in (1280, 390):
        person.set_viewport_size({"width": width, "height": 800})
        assert person.evaluate("document.documentElement.scrollWidth") <= width
        shown = [svg for svg in person.locator("svg.pb-chart").all() if svg.is_visible()]
        assert len(shown) == 4
        letters = person.evaluate(
            "[...document.querySelectorAll('svg.pb-chart')].filter(s => s.getBoundingClientRect().width)"
            ".map(s => 14 * s.getBoundingClientRect().width / s.viewBox.baseVal.width)"
        )
        assert min(letters) >= 12, letters
        person.locator("summary >> text=Show as table").first.click()
        assert breaches(person) == [], width
    person.set_viewport_size({"width": 1280, "height": 900})
    person.goto(f"{demo_school.url}/evaluation/")
    picture = person.locator(".pb-pictured img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("async img => { await img.decode(); return img.naturalWidth }") > 0
    assert person.complaints == []


def test_a_tutor_prints_parents_evening_in_three_clicks(person, demo_school):
    sign_in(person, demo_school, "Form tutor")
    tutees = person.locator("tbody th a").count()
    hand = Hand(person)
    hand.click(".pb-nav >> text=Reports")
    hand.click(".pb-place >> text=Sheets")
    assert breaches(person) == []
    sheets = pages_of(hand.download("button >> text=Parents' evening sheets"))
    assert hand.clicks <= 3 and len(sheets) == tutees
    assert all("onfidential" in sheet for sheet in sheets)


def test_a_governor_takes_two_pages_of_numbers_with_no_name_in_the_file(person, demo_school):
    sign_in(person, demo_school)
    person.goto(f"{demo_school.url}/students/?year=11")
    names = person.locator("tbody th a").all_inner_texts()[:30]
    person.click("text=Sign out")
    sign_in(person, demo_school, "Link governor")
    hand = Hand(person)
    hand.click(".pb-nav >> text=Reports")
    hand.click(".pb-place >> text=Sheets")
    assert breaches(person) == []
    file = hand.download("text=Report to governors")
    pages = pages_of(file)
    assert hand.clicks <= 3 and len(pages) == 2
    assert [name for name in names if name in "".join(pages)] == []
    assert not re.search(r"\d%, ([1-4] of|\d+ of [1-4](?![\d,]))", " ".join(pages))
