"""From the sheet in a parent's hand to their own child's record, on a phone, by keyboard alone."""

import re

import pytest
from pypdf import PdfReader

from tests.journeys.conftest import breaches

pytestmark = pytest.mark.browser
ROLL = "Admission No,Surname,Forename,DOB,Year,Reg\n1,Ode,Amara,13/05/2010,11,11A\n2,Zzcanary,Bo,14/05/2010,11,11A\n"


@pytest.fixture
def sheet(new_school, person, tmp_path):
    """What the careers leader printed: the first page's words."""
    said = new_school.init()
    (tmp_path / "roll.csv").write_text(ROLL)
    new_school.pathbook("import", "students", tmp_path / "roll.csv")
    new_school.serve()
    person.goto(new_school.way_in(said))
    person.get_by_role("button", name="Continue").click()
    person.goto(f"{new_school.url}/reports/")
    with person.expect_download() as printed:
        person.get_by_role("button", name="Parents' evening sheets with joining codes").click()
    return PdfReader(printed.value.path()).pages[0].extract_text()


def typed(page, label, words):
    """Tab to a box, as somebody without a mouse does, and write in it."""
    for _ in range(30):
        if page.evaluate("document.activeElement.labels?.[0]?.innerText.trim()") == label:
            page.keyboard.type(words)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {label}")


def test_with_the_code_they_see_their_own_child_and_nobody_else(browser, new_school, sheet):
    assert "Amara Ode" in sheet and "/sign-in/code/" in sheet.replace("\n", "")
    code = re.search(r"month:\s*((?:[a-z2-9]\s*){12})", sheet).group(1)  # a pair set apart is read as two words
    phone = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    phone.goto(f"{new_school.url}/sign-in/code/")
    typed(phone, "Code", code)
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/code/family/")
    assert breaches(phone) == []
    typed(phone, "Your name", "Ada Ode")
    typed(phone, "You are their", "mother")
    typed(phone, "E-mail address", "ada@home.example")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/password/")
    typed(phone, phone.locator("label[for=id_new_password1]").inner_text(), "four quiet words here")
    typed(phone, phone.locator("label[for=id_new_password2]").inner_text(), "four quiet words here")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/family/*/")
    assert "Amara Ode" in phone.locator("main").inner_text() and "Zzcanary" not in phone.content()
    assert breaches(phone) == [] and phone.evaluate("document.documentElement.scrollWidth") <= 390
