"""A school's own charts: each year as the evaluation judged it, gaps and groups counted another way, leavers, and who sees what."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.framework.next_steps import NEXT_STEPS, next_step
from pathbook.people.models import Institution
from pathbook.records.models import Destination, Intention
from pathbook.reports.compared import by_groups, equity_gap
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.meant_and_did import meant_and_did
from pathbook.reports.year_on_year import year_on_year
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
BY = {"recorded_by": "a test", "recorded_at": make.NOW}


def school():
    return Institution.objects.get()


def two_years(how_many=20):
    """Of each ten in Year 10 last year, three met an employer; of the same in Year 11 now, seven."""
    people = make.students(how_many, year=11, group="11A")
    then, now = make.activity("Fair of 2024", on=date(2024, 10, 8)), make.activity("Fair of 2025")
    for n, one in enumerate(people):
        make.enrol(one, year=10, group="10A", academic_year=2024, end_date=date(2025, 7, 18))
        if n % 10 < 3:
            make.participation(one, then)
        if n % 10 < 7:
            make.participation(one, now)
    return people


def row_of(chart, starts):
    return next(row for row in chart.rows if row[0].startswith(starts))


def test_a_past_year_stands_as_it_stood_when_its_enrolments_ended():
    two_years()
    chart = year_on_year(school(), as_of=make.TODAY, named=True)
    assert chart.heads == ("Benchmark", "2024/25", "2025/26")
    assert row_of(chart, "5 ")[1:] == ("30%, 6 of 20", "70%, 14 of 20")


def test_each_year_is_what_the_evaluation_says_of_that_day():
    two_years()
    chart = year_on_year(school(), as_of=make.TODAY, named=True)
    now = evaluation_of(school(), set_id="2025", as_of=make.TODAY)
    leads = {result.benchmark.id[2:]: result.leads for result in now.benchmarks}
    for at, day in ((1, date(2025, 7, 18)), (2, make.TODAY)):
        judged = evaluation_of(school(), set_id="2025", as_of=day)
        for number, lead in leads.items():
            share = judged.criterion(lead.criterion.id).share if lead else None
            assert row_of(chart, number)[at] == (str(share) if share and share.out_of else "–")


def test_the_title_compares_whole_years_only():
    two_years()
    assert year_on_year(school(), as_of=make.TODAY, named=True).title == "Each benchmark, year by year"
    later = year_on_year(school(), as_of=date(2026, 10, 1), named=True)
    assert later.title.startswith("Encounters with employers") and later.title.endswith(
        "up 40 points, 2024/25 to 2025/26"
    )


def test_the_gap_is_counted_apart_and_too_few_are_hidden_with_a_reason():
    fair = make.activity()
    theirs, others = make.students(10, group="11A", pupil_premium=True), make.students(10, group="11B")
    make.student(year=13, pupil_premium=True)
    for one in (*theirs[:4], *others[:9]):
        make.participation(one, fair)
    chart = equity_gap(school(), as_of=make.TODAY, who="pp", named=True)
    assert row_of(chart, "Employer encounter")[1:] == ("36%, 4 of 11", "90%, 9 of 10", "54 points behind")
    assert row_of(chart, "Another guidance meeting")[1:] == ("hidden", "hidden", "fewer than 5, hidden")
    assert "behind" in chart.title and "fewer than 5" in chart.why


def test_whoever_sees_no_names_is_shown_one_group_only_however_they_ask():
    """Two that overlap could be subtracted from each other."""
    make.students(20, group="11A", sen="K")
    asked = {
        who: equity_gap(school(), as_of=make.TODAY, who=who, named=False).heads[1]
        for who in ("pp", "sen", "support", "x")
    }
    assert set(asked.values()) == {"Pupil premium"}
    assert equity_gap(school(), as_of=make.TODAY, who="support", named=True).heads[1] == "SEN support"


def test_groups_begin_with_the_furthest_behind():
    fair = make.activity()
    for form, came in (("11A", 8), ("11B", 2), ("11C", 5)):
        for one in make.students(10, group=form)[:came]:
            make.participation(one, fair)
    chart = by_groups(school(), as_of=make.TODAY, row="GB5.1", named=True)
    assert chart.rows == (("11B", "20%, 2 of 10"), ("11C", "50%, 5 of 10"), ("11A", "80%, 8 of 10"))
    assert chart.title == "11B is furthest behind: 20%"
    assert by_groups(school(), as_of=make.TODAY, row="GB5.1", named=False).rows == (("Year 11", "50%, 15 of 30"),)


def left(how_many, meant, went):
    for n in range(how_many):
        one = make.student(f"Left{n}", year=11, academic_year=2024)
        Intention.objects.create(student=one, recorded_on=date(2025, 3, 1), code=meant, **BY)
        if went:
            Destination.objects.create(student=one, as_of=date(2025, 10, 1), code=went, source="college", **BY)


def test_leavers_are_set_against_what_they_meant():
    left(12, "210", "220")
    left(6, "310", "230")
    left(3, "310", "310")
    left(2, "240", "")
    chart = meant_and_did(school(), as_of=make.TODAY, named=True)
    assert chart.title == "71% of leavers did as they meant"
    assert row_of(chart, "Apprenticeship")[1:] == ("0", "6", "3")
    assert chart.why.startswith("21 of 23")
    hidden = meant_and_did(school(), as_of=make.TODAY, named=False)
    assert row_of(hidden, "Apprenticeship")[1:] == ("0", "hidden", "hidden")
    assert "cannot be worked out" in hidden.why and "worked out" not in chart.why


def test_a_hidden_number_of_those_who_did_as_they_meant_is_not_in_the_title():
    left(47, "210", "220")
    left(3, "310", "310")
    left(6, "310", "230")
    said = meant_and_did(school(), as_of=make.TODAY, named=False)
    assert said.title == "What leavers meant to do, and did"
    assert meant_and_did(school(), as_of=make.TODAY, named=True).title == "89% of leavers did as they meant"


def test_the_last_thing_said_counts_and_nobody_known_is_said_so():
    left(1, "210", "310")
    one = Intention.objects.get().student
    Intention.objects.create(student=one, recorded_on=date(2025, 5, 1), code="310", **BY)
    assert meant_and_did(school(), as_of=make.TODAY, named=True).title == "100% of leavers did as they meant"
    Intention.objects.all().delete()
    assert meant_and_did(school(), as_of=make.TODAY, named=True).title == "Nothing known of last year's leavers yet"


@pytest.mark.parametrize(("code", "said"), [("210", "Sixth form"), ("230", "FE college"), ("240", "University"), ("310", "Apprenticeship"),
                                            ("340", "Work"), ("619", "None of these"), ("810", "Not known"), ("OUR", "Not known")])  # fmt: skip
def test_codes_become_the_few_words_there_is_room_for(code, said):
    assert next_step(code) == said and said in NEXT_STEPS


def test_a_governor_meets_no_group_no_name_and_no_number_under_five():
    two_years()
    page = open_page(hand_of(make.governor()), "/reports/charts/?who=sen&row=GB8.1a")
    assert page.status == 200 and "11A" not in page.text and "Student1" not in page.text
    assert not re.search(r"\d%, ([1-4] of|\d+ of [1-4]\b)", page.text)


def test_the_charts_stand_in_a_school_with_nobody_and_the_picture_is_one():
    leader = hand_of(make.careers_leader())
    assert open_page(leader, "/reports/charts/").status == 200
    for address in ("/reports/charts/years.svg", "/reports/charts/years.svg?narrow=yes"):
        assert leader.get(address)["Content-Type"] == "image/svg+xml"


def test_the_same_queries_at_30_and_at_300_students():
    leader, used = hand_of(make.careers_leader()), []
    for more in (30, 270):
        two_years(more)
        leader.get("/reports/charts/")
        with CaptureQueriesContext(connection) as asked:
            assert leader.get("/reports/charts/").status_code == 200
        used.append(len(asked))
    assert used[0] == used[1] <= 20, used
