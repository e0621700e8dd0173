"""A college's learners are judged by the college's criteria wherever one learner or a list of them is shown."""

import pytest

from pathbook.needs.queries import needs_of_school
from pathbook.people.models import Institution
from pathbook.reports.coverage import coverage_of, known_of
from pathbook.reports.remembered import forget
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner():
    """Year 13, one employer in no subject and a university met; nothing else."""
    one = make.student("Ada", "Learner", year=13, group="13L")
    make.participation(one, make.activity(meaningful=True))
    make.participation(
        one, make.activity("Open day", "provider_encounter", provider_type="university", meaningful=True)
    )
    Institution.objects.filter(pk=one.institution_id).update(kind="college")
    forget()
    return one


def test_coverage_and_one_learner_s_record_hold_the_college_s_rows(learner):
    school = make.school()
    (judged,) = coverage_of(school, set_id="2025", as_of=make.TODAY)
    assert judged.applying and {row.split(".")[1][-1] for row in judged.applying} == {"C"}
    verdict = judged.verdicts["GB5.1C"]
    assert (verdict.had, verdict.needed) == (1, 2)
    assert known_of(learner, school=school, set_id="2025", as_of=make.TODAY).judged.verdicts == judged.verdicts
    page = open_page(hand_of(make.careers_leader()), f"/students/{learner.key}/benchmarks/")
    assert "Two employer encounters this year" in page.text and "Guidance meeting by 16" not in page.text


@pytest.mark.parametrize("set_id", ["2025", "2018"])
def test_needs_are_of_the_college_s_criteria_in_its_own_words(learner, set_id):
    (listed,) = needs_of_school(make.school(), as_of=make.TODAY, set_id=set_id).students
    gaps = {need.criterion: need.reason for need in listed.needs if need.code == "entitlement_gap"}
    assert gaps and all("C" in row for row in gaps) and "GB7.1C.university" not in gaps
    assert gaps["GB5.1C"].startswith("1 of 2 encounters with employers")
    assert "in this programme" in gaps["GB8.1C"] and "this programme" in gaps["GB6.1C"]
    assert not [need for need in listed.needs if need.code == "provider_access"], "the law lies on schools"


def test_the_heatmap_and_the_list_are_the_college_s(learner):
    leader = hand_of(make.careers_leader())
    page = open_page(leader, "/coverage/")
    assert "two this year" in page.text and "Access duty" not in page.text
    assert open_page(leader, "/students/?gap=GB5.1C").links.count(f"/students/{learner.key}/") == 1
    assert open_page(leader, f"/coverage/{learner.key}/GB5.1C/").status == 200
