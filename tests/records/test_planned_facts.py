"""Coverage as it would be if all that is planned happens, against a cohort worked out by hand."""

from datetime import date

import pytest

from pathbook.framework.evaluate import evaluate
from pathbook.records.planned_facts import planned_school
from tests import make

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 4)

# criterion, year group: met now, met if all that is planned happens, of how many
WORKED_OUT = """
GB5.1   11   1   2   3
GB5.1   10   0   1   2
GB8.1a  11   0   1   3
GB7.1.fe_college  11   0   1   3
"""


@pytest.fixture
def cohort():
    """Three of Year 11 and two of Year 10, and what each did and is down for."""
    came, down, absent = make.students(3, year=11)
    placed, idle = make.students(2, year=10, group="10A")
    fair, talk = make.activity("Fair"), make.activity("Talk", on=MARCH, meaningful=False)
    taster = make.activity("Taster", "provider_encounter", on=MARCH, provider_type="fe_college", meaningful=False)
    make.participation(came, fair)
    make.participation(absent, fair, status="absent")
    make.participation(down, talk, status="planned")
    make.participation(placed, talk, status="planned")
    make.participation(came, taster, status="planned")
    make.participation(idle, make.activity("Next year", on=date(2026, 10, 1)), status="planned")
    make.participation(idle, make.activity("Off", on=MARCH, withdrawn_at=make.NOW, withdrawn_by="x"), status="planned")
    make.guidance_meeting(down, status="booked", held_on=None, planned_on=MARCH)
    make.guidance_meeting(absent, status="cancelled", held_on=None, planned_on=MARCH)


def shares(facts, on):
    found = evaluate(facts, "2025", on)
    rows = [row for one in found.benchmarks for c in one.criteria for row in (c, *c.parts)]
    return {getattr(row, "id", None) or row.criterion.id: row.by_year_group for row in rows}


def test_coverage_if_all_happens_is_as_worked_out_by_hand(cohort):
    school = planned_school(make.school(), as_of=make.TODAY)
    now, planned = shares(school.now, make.TODAY), shares(school.if_all_happens, school.until)
    for line in WORKED_OUT.strip().splitlines():
        row, group, *said = line.split()
        counted = now[row][int(group)], planned[row][int(group)]
        assert [counted[0].of, counted[1].of, counted[1].out_of] == list(map(int, said)), line


def test_a_plan_takes_nothing_away_and_leaves_what_is_recorded_as_it_is(cohort):
    school = planned_school(make.school(), as_of=make.TODAY)
    for was, then in zip(school.now.students, school.if_all_happens.students, strict=True):
        recorded = {one for one in was.took if one.status != "planned"}
        assert recorded <= set(then.took)
        assert len(was.took) == len(then.took)


def test_what_is_planned_costs_four_questions_more(cohort, django_assert_num_queries):
    with django_assert_num_queries(14):
        planned_school(make.school(), as_of=make.TODAY)
