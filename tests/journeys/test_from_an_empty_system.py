"""From nothing but a student list to a filled heatmap, using only the words on screen."""

import csv

import pytest

from tests.journeys.conftest import breaches

pytestmark = pytest.mark.browser

FORENAMES = ("Amara", "Zoë", "Łukasz", "Siân", "Mohammed", "O'Neil", "Anne-Marie")
SURNAMES = ("Ode", "D'Angelo", "Wójcik", "Featherstonehaugh-Cholmondeley", "Iqbal", "Ng", "de la Cruz", "St John")


@pytest.fixture
def roll(tmp_path):
    """A SIMS-like list of 60 in Years 10 and 11, with one row that cannot come in."""
    path = tmp_path / "autumn roll.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file)
        write.writerow(["Northbridge School, students on roll"])
        write.writerow(
            [
                "Admission No",
                "Legal Surname",
                "Legal Forename",
                "Date of Birth",
                "Year Group",
                "Reg Group",
                "Pupil Premium",
            ]
        )
        for n in range(60):
            year = 10 + n % 2
            born = f"{13 + n % 15}/05/{2020 - year - 5}"
            write.writerow(
                [
                    f"{n + 1:06}",
                    f"{SURNAMES[n % 8]}",
                    f"{FORENAMES[n % 7]}",
                    born,
                    f"Year {year}",
                    f"{year}{'AB'[n % 4 // 2]}",
                    "YN"[n % 3 > 0],
                ]
            )
        write.writerow(["000099", "Strange", "Row", "14/05/2010", "Year 42", "10A", "N"])
    return path


def test_first_sign_in_to_a_filled_heatmap(person, new_school, roll):
    said = new_school.init()
    new_school.serve()
    person.goto(new_school.way_in(said))
    person.click("main button")
    person.goto(new_school.url)  # a password may be set first; here it is not
    assert person.locator("h1").inner_text() == "Three steps to your first answer"
    assert "invented" not in person.locator("body").inner_text(), "a school of one's own is no demo"
    assert breaches(person) == []
    person.click("text=Bring in the roll")
    assert breaches(person) == []
    person.set_input_files("input[type=file]", roll)
    whole = person.locator("input[name=whole_roll][value=yes]")
    if whole.count():
        whole.check(force=True)
    person.locator("main form button[type=submit]").first.click()
    body = person.locator("main").inner_text()
    assert "60" in body and "new" in body.lower(), body
    assert "Year 42" in body and "63" in body, "the row that cannot come in is named by line and value"
    assert breaches(person) == []
    person.locator("main form[action*=confirm] button").first.click()
    person.wait_for_url("**/import/done/**", timeout=15_000)
    assert "60" in person.locator("main").inner_text()
    assert breaches(person) == []

    person.goto(new_school.url + "/activities/log/")
    person.fill("#id_title", "Careers fair")
    person.locator("#id_whom").select_option(label="Year 11")
    person.locator("summary").click()
    for box in person.locator("input[name=checklist][value^=GB5]").all():
        box.check(force=True)
    person.click("text=Next: who came")
    person.locator("input[name=came]").first.uncheck()
    person.click(".pb-sticky button")
    assert "29 attended, 1 did not" in person.locator(".pb-note").inner_text()

    person.goto(new_school.url + "/coverage/?year=11&rows=students")
    assert person.locator("tbody tr").count() == 31, "30 students and the whole year"
    done = person.locator("td.h-done", has_text="Done").count()
    assert done == 29, "everyone who came has met an employer this year"
    assert breaches(person) == []
    assert person.complaints == []


def test_the_import_is_taken_back_whole(person, new_school, roll):
    said = new_school.init()
    new_school.pathbook("import", "students", roll)
    new_school.serve()
    person.goto(new_school.way_in(said))
    person.click("main button")
    person.goto(new_school.url + "/students/")
    assert person.locator("h1").inner_text() == "60 students"
    person.goto(new_school.url + "/import/")
    person.click("text=autumn roll.csv")
    person.locator("main form[action*=undo] button").first.click()
    person.goto(new_school.url + "/students/")
    assert "0 students" in person.locator("h1").inner_text()
