"""What kind of institution it is: what would change is said first, then changed, and back."""

import pytest

from pathbook.audit.models import Event
from pathbook.people.models import Institution
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
WHERE = "/set-up/kind/"


def test_what_a_change_would_do_is_said_and_nothing_is_lost_by_it():
    leader = hand_of(make.careers_leader())
    one = make.student(year=13, group="13L")
    make.statement("GB1.1")
    make.snapshot()
    assert "This is a school" in open_page(leader, WHERE).text
    page = open_page(leader, f"{WHERE}?kind=college")
    for said in (
        "From school to college: what would change", "The 2018 set asks", "The law on provider access is shown no more.",
        "You may choose whom the criteria are counted over.", "1 criterion stated this year would be asked no more",
        "1 snapshot stays as it was frozen",
    ):  # fmt: skip
        assert said in page.text
    assert Institution.objects.get().kind == "school", "looking changes nothing"
    leader.post(WHERE, {"kind": "college"})
    assert Event.objects.get(noun="kind of institution").detail == {"before": "school", "after": "college"}
    evaluation = open_page(leader, "/evaluation/")
    assert "GB5.1C" in evaluation.text and "Stated: Fully" not in evaluation.text
    make.cohort(one)
    assert "what was chosen is kept, and counts again" in open_page(leader, f"{WHERE}?kind=school").text
    leader.post(WHERE, {"kind": "school"})
    assert "Stated: Fully" in open_page(leader, "/evaluation/").text
    assert leader.post(WHERE, {"kind": "university"}).status_code == 404


def test_a_special_school_is_asked_what_schools_are_and_a_training_provider_nothing_of_2018():
    leader = hand_of(make.careers_leader())
    special = open_page(leader, f"{WHERE}?kind=special").text
    assert "The 2025 set asks the same" in special and "provider access is shown no more" not in special
    assert "The 2018 set asks nothing of this kind" in open_page(leader, f"{WHERE}?kind=training_provider").text
