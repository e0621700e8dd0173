"""Once a term somebody looks through who holds which role, and ends what is no longer needed."""

from datetime import date

import pytest

from pathbook.audit.models import Event
from pathbook.people.models import Place, Role
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
URL = "/set-up/review/"


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


def test_the_sheet_says_who_holds_what_over_what_since_when_until_when_and_if_they_came(leader):
    make.form_tutor(make.tutor_group("10B"))
    temporary = make.account("Terry Temp")
    make.role(temporary, Role.ADVISER, starts_on=date(2026, 1, 5), ends_on=date(2026, 3, 31))
    page = open_page(leader, URL)
    for words in (
        "Tom Whitlock",
        "Form tutor",
        "10B",
        "Terry Temp",
        "5 Jan 2026",
        "31 Mar 2026",
        "No end set",
        "Never",
    ):
        assert words in page.text, words
    assert "3 roles held, 2 by someone who never signed in" in page.text


def test_a_role_that_ended_or_belongs_to_another_school_is_not_on_it(leader):
    make.role(make.account("Long Gone"), Role.ADVISER, ends_on=date(2026, 2, 4))
    make.careers_leader("Elsewhere", at=make.school("Other School"))
    page = open_page(leader, URL)
    assert "Long Gone" not in page.text and "Elsewhere" not in page.text


def test_no_student_is_named_to_whoever_keeps_the_accounts(leader):
    amara = make.student("Amara", "Ode")
    make.role(make.account("Dan Okafor"), Role.ADVISER, Place.STUDENT, student=amara)
    make.role(make.account("Ada Ode"), Role.PARENT, Place.STUDENT, student=amara)
    page = open_page(leader, URL)
    assert "Ode" not in page.text and "One student" in page.text and "Besides these, 1 student" in page.text


def test_looked_through_is_kept_and_asked_again_next_term(leader, settings):
    assert "not looked through in the spring term yet" in open_page(leader, URL).text
    leader.post(f"{URL}looked-through/")
    event = Event.objects.get(noun="access review")
    assert event.detail == {"roles": 1} and event.actor_name == "Priya Raman"
    assert "Last looked through on 5 Feb 2026 by Priya Raman" in open_page(leader, URL).text
    settings.PATHBOOK_TODAY = date(2026, 3, 31)
    assert "not looked through" not in open_page(leader, URL).text
    settings.PATHBOOK_TODAY = date(2026, 4, 1)
    assert "not looked through in the summer term yet" in open_page(leader, URL).text


def test_a_role_is_ended_from_the_sheet_and_one_comes_back_to_it(leader):
    tutor = make.form_tutor(make.tutor_group("10B"))
    answer = leader.post(f"/set-up/people/{tutor.roles.get().pk}/end/", {"from": "review"})
    assert answer.url == URL and "Tom Whitlock" not in " ".join(open_page(leader, URL).rows)


def test_the_csv_has_the_same_rows_and_runs_no_formula(leader):
    make.role(make.account("=cmd()"), Role.GOVERNOR)
    lines = leader.get(f"{URL}export.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3 and lines[0].startswith("Name,E-mail,Role,Over,Since,Ends,Last signed in")
    assert "'=cmd()" in lines[1] + lines[2]


def test_an_it_administrator_may_review_and_a_tutor_may_not():
    someone = make.account("Ivo Tranter")
    make.role(someone, Role.IT_ADMIN)
    assert hand_of(someone).get(URL).status_code == 200
    assert hand_of(make.form_tutor(make.tutor_group("10B"))).get(URL).status_code == 404
