"""Where we stand: our yes or no beside shares of schools, our students apart, and the same cost at any size."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.people.models import Institution
from pathbook.reports.nation import nation_page
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
ADDRESS = "/reports/nation/"


def half_met_an_employer(how_many):
    fair = make.activity()
    people = make.students(how_many, year=11, group="11A")
    for one in people[::2]:
        make.participation(one, fair)
    return people


def page(named=True):
    return nation_page(Institution.objects.get(), as_of=make.TODAY, named=named)


def test_our_answer_is_yes_or_no_and_theirs_a_share_of_schools_with_its_year():
    half_met_an_employer(20)
    employers = page().benchmarks[4]
    assert (employers.then.state, employers.now.state) == ("no", "no")
    assert employers.nation == "80% of 4,534 schools" and employers.published == "2022/23, second hand"


def test_ours_and_theirs_are_never_in_one_table():
    half_met_an_employer(20)
    html = hand_of(make.careers_leader()).get(ADDRESS).content.decode()
    tables = re.findall(r"<table.*?</table>", html, re.S)
    ours, theirs = ([t for t in tables if words in t] for words in ("GB3.2", "Points apart"))
    assert len(ours) == len(theirs) == 1 and ours != theirs
    assert "not the same schools" in html and "shares of schools, not of students" in html
    for word in ("36", "37", "13%", "20%", "27%", "49%", "57%", "63%"):
        assert word in theirs[0], word


def test_whoever_sees_no_names_sees_no_small_number_of_ours():
    people = make.students(20, year=11, group="11A")
    for one in people[:17]:
        make.guidance_meeting(one)
    found = page(named=False)
    guidance = next(line for line in found.ours if line.id == "GB8.1")
    assert "hidden" in guidance.count and found.gap.had is None
    assert open_page(hand_of(make.governor()), ADDRESS).status == 200


def test_a_school_with_nobody_is_told_apart_from_one_that_fails():
    leader = hand_of(make.careers_leader())
    assert leader.get(ADDRESS).status_code == 200
    assert page().met == 0 and page().benchmarks[4].then.state == "unknown"


def test_it_costs_the_same_at_30_and_at_300():
    leader, used = hand_of(make.careers_leader()), []
    for more in (30, 270):
        make.students(more, group=f"11{more}")
        leader.get(ADDRESS)
        with CaptureQueriesContext(connection) as asked:
            assert leader.get(ADDRESS).status_code == 200
        used.append(len(asked))
    assert used[0] == used[1] and used[1] <= 12, used
