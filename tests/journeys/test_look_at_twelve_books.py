"""A careers leader looks at books on a phone by keyboard: twelve are drawn, one written down with a photograph, one thing done."""

import io

import pytest
from PIL import Image

from tests.journeys.conftest import School, breaches
from tests.journeys.test_a_student_on_a_phone import Keys, is_fit_for_a_phone

pytestmark = pytest.mark.browser
CLICKS, FIELDS = 9, 2


@pytest.fixture(scope="module")
def small_school(tmp_path_factory):
    school = School(tmp_path_factory.mktemp("watched") / "school")
    school.said = school.demo("--seed", 7, "--students", 120, "--years", 2)
    school.serve()
    yield school
    school.stop()


@pytest.fixture
def phone(browser, small_school):
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB").new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.goto(small_school.way_in(small_school.said, "Careers leader"))
    page.click("main button")
    page.goto(f"{small_school.url}/monitoring/")
    yield page
    page.context.close()


def book():
    made = io.BytesIO()
    exif = Image.Exif()
    exif[271] = "Zzphone"
    Image.new("RGB", (300, 400), "white").save(made, "JPEG", exif=exif)
    return {"name": "book.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def test_twelve_books_one_seen_with_a_photograph_and_one_follow_up_done(phone):
    keys = Keys(phone)
    is_fit_for_a_phone(phone)
    keys.press("main a:has-text('Book look') >> nth=0")
    is_fit_for_a_phone(phone)
    keys.press("button:has-text('Draw the sample')")
    assert phone.locator("h1").inner_text() == "Book look: 0 of 12"
    is_fit_for_a_phone(phone)
    keys.press("main .pb-read a >> nth=0")
    is_fit_for_a_phone(phone)
    for n in range(phone.locator("fieldset").count()):
        keys.to(f"fieldset >> nth={n} >> input >> nth=0")
        phone.keyboard.press("Space")
        keys.clicks += 1
    keys.fill("#id_words", "A page on who uses this at work.")
    phone.set_input_files("#id_photo", book())
    keys.press("button:has-text('Save')")
    assert phone.locator("h1").inner_text() == "Book look: 1 of 12"
    shown = phone.request.get(phone.locator("a:has-text('Photograph')").first.evaluate("one => one.href"))
    assert shown.headers["content-type"] == "image/jpeg" and b"Zzphone" not in shown.body()
    keys.fill("#id_what", "Name a job in each unit of work")
    keys.to("#id_owner")
    phone.keyboard.press("ArrowDown")
    keys.press("button:has-text('Add it')")
    is_fit_for_a_phone(phone)
    keys.press(".pb-follow button:has-text('Done')")
    assert "Every follow-up is done" in phone.locator("main").inner_text()
    is_fit_for_a_phone(phone)
    assert keys.clicks <= CLICKS and keys.fields <= FIELDS, (keys.clicks, keys.fields)
    assert phone.complaints == [] and breaches(phone) == []
