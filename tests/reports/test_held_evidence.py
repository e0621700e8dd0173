"""What Pathbook holds as evidence for a criterion, attached in one press as a link to where it stands."""

import pytest

from pathbook.people.models import SubjectStudied
from pathbook.records.models import Evidence
from pathbook.reports.held_evidence import held_for
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
WHERE = "/evaluation/2025/2025/GB4.2/"


def test_staff_training_is_evidence_for_4_2_and_is_attached_as_a_link(settings):
    leader = hand_of(make.careers_leader())
    make.training(who=[make.staff("Anna", None)])
    page = open_page(leader, WHERE)
    assert "Staff who came to a session in 24 months" in page.text and "/training/" in page.links
    said = {
        "kind": "training",
        "shows": "Staff who came",
        "link": "/training/",
        "expires_on": "2026-08-31",
        "token": "",
    }
    assert leader.post(f"{WHERE}evidence/", said).status_code == 302
    assert Evidence.objects.get().link == "/training/"
    assert "open it" in open_page(leader, WHERE).text
    leader.post(f"{WHERE}evidence/", said | {"kind": "observation", "link": "/set-up/"})
    assert Evidence.objects.count() == 1, "only what is held is linked"


def test_each_rounds_finding_and_each_surveys_answer_stand_under_their_criterion():
    students = make.students(6, year=10, group="10A")
    for one in students:
        SubjectStudied.objects.create(student=one, academic_year=make.YEAR, subject="History")
    survey = make.survey(opens_on=make.date(2025, 11, 3), closes_on=make.date(2025, 11, 14))
    for one in students:
        make.answered(survey, one, {"know_programme": "5"})
    (said,) = held_for(make.school(), "GB1.3", on=make.TODAY)
    assert said.share and said.share.label == "6 of 6" and said.survey == survey.key
    round_ = make.monitoring_round()
    one = round_.observations.first()
    make.observed(one)
    one.refresh_from_db()
    look = round_.looks[0]
    found = [held for held in held_for(make.school(), look.criterion, on=make.TODAY) if held.kind == "observation"]
    assert found and all(
        held.url == f"/monitoring/{round_.key}/" and held.share and held.share.out_of == 1 for held in found
    )
