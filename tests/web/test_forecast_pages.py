"""The forecast's page: the answer first, the what-if kept as it was typed, what would do with its places."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
URL = "/evaluation/forecast/"
SECOND = f"{URL}?set=2018&kind=employer_encounter&years=8&places=20"


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


@pytest.fixture
def year_eight():
    """Last year all of Year 8 came to a talk; this year ten of thirty have, and ten are down for one to come."""
    students = make.students(30, year=8, group="8A")
    before = make.activity("Employer talk, Year 8", "employer_encounter", date(2025, 9, 20))
    coming = make.activity("Employer day", "employer_encounter", make.TODAY + timedelta(days=30))
    for one in students[:10]:
        make.participation(one, before)
    for one in students[10:20]:
        make.participation(one, coming, "planned")
    return students


def test_first_the_answer_then_each_criterion_then_what_would_do(leader, year_eight):
    page = open_page(leader, f"{URL}?set=2018")
    assert "would be met if all that is planned happens" in page.text and "By 31 Aug 2026, 0 of" in page.text
    assert "10 of 30" in page.text and "20 of 30" in page.text and "nine in ten" in page.text
    assert "10 would lack it, 1 more would do" in page.text
    assert "One more: one like “Employer talk” for Year 8 (10 places)." in page.text


def test_a_what_if_is_answered_kept_and_can_be_passed_on(leader, year_eight):
    page = open_page(leader, SECOND)
    assert "20 places, 10 of them for students who would still lack something it gives" in page.text
    assert "Employer encounter this year : expect" in page.text and "if everyone comes, 100%, 30 of 30" in page.text
    assert 'value="20"' in page.body and "Opens" not in page.text


def test_the_answer_alone_is_the_same_as_on_its_page(leader, year_eight):
    alone = leader.get(f"{URL}what-if/?set=2018&kind=employer_encounter&years=8&places=20")
    assert alone["HX-Push-Url"] == f"{SECOND}#what-if" and "HX" not in alone.content.decode()
    assert alone.content.decode().partition("<ul>")[2][:200] in open_page(leader, SECOND).body
    wrong = leader.get(f"{URL}what-if/?kind=employer_encounter&places=lots").content.decode()
    assert "Choose at least one year group." in wrong and "Write the places as a whole number" in wrong


def test_the_forecast_as_a_file_says_each_year_group(leader, year_eight):
    rows = leader.get(f"{URL}export.csv?set=2018").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Criterion,What is counted,Year group")
    assert any(row.startswith("GB5.1,Employer encounter this year,Year 8,30,10,20,") for row in rows)


def test_what_cannot_be_answered_says_why_and_keeps_what_was_typed(leader, year_eight):
    answer = leader.get(f"{URL}?kind=employer_encounter&places=lots&on=2027-01-01")
    assert answer.status_code == 422
    assert Page(answer).problems == [
        "Choose at least one year group.",
        "Write the places as a whole number from 1 to 10,000.",
        "Choose a day from today to 31 Aug 2026.",
    ]
    assert 'value="lots"' in Page(answer).body


def test_with_nobody_on_the_roll_it_says_what_to_do_first(leader):
    assert "Nobody is on the roll to forecast for" in open_page(leader, URL).text
