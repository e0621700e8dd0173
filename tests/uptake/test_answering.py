"""Once each, whatever happens; and what an answer under a name brings about."""

import threading

import pytest
from django.db import connection

from pathbook.audit.models import Event
from pathbook.needs.queries import needs_of_school
from pathbook.uptake.actions.answering import AnsweredError, Answerer, answer
from pathbook.uptake.models import SurveyMark, SurveyResponse, SurveyTally
from pathbook.uptake.queries.asked import asked_of
from tests import make


def needs_of(someone):
    listed = needs_of_school(make.school(), as_of=make.TODAY)
    found = next(one for one in listed.students if one.student_id == someone.key)
    return {need.code: need for need in found.needs}


@pytest.mark.django_db
def test_a_second_answer_changes_nothing():
    first, *_ = make.students(6)
    survey = make.survey()
    make.answered(survey, first, {"know_programme": "5"})
    with pytest.raises(AnsweredError):
        make.answered(survey, first, {"know_programme": "1"})
    total = SurveyTally.objects.get(survey=survey, part="all")
    assert (total.answered, total.counts["know_programme"]["5"], total.counts["know_programme"]["1"]) == (1, 1, 0)


@pytest.mark.django_db(transaction=True)
def test_sent_twenty_times_at_once_by_two_people_each_counts_once():
    one, other, *_ = make.students(6)
    survey = make.survey()
    asked = {who.student_id: who for who in asked_of(survey, on=make.TODAY)}
    refused = []

    def send(student):
        try:
            answer(survey=survey, said={"know_programme": "4"}, who=Answerer(asked[student.pk]), by=None, at=make.NOW,
                   on=make.TODAY)  # fmt: skip
        except AnsweredError:
            refused.append(student.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(student,)) for student in (one, other) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = SurveyTally.objects.get(survey=survey, part="all")
    assert (total.answered, total.counts["know_programme"]["4"], len(refused)) == (2, 2, 18)
    assert SurveyMark.objects.filter(survey=survey).count() == 2


@pytest.mark.django_db
def test_not_knowing_the_next_step_under_a_name_is_a_need_until_they_are_met():
    unsure, sure, *_ = make.students(6)
    survey = make.survey("next_step")
    make.answered(survey, unsure, {"next_step": "1"})
    make.answered(survey, sure, {"next_step": "5"})
    need = needs_of(unsure)["said_unsure"]
    assert "do not know their next step" in need.reason and need.evidence[0].kind == "survey response"
    assert "said_unsure" not in needs_of(sure)
    make.guidance_meeting(unsure, on=make.TODAY)
    assert "said_unsure" not in needs_of(unsure)


@pytest.mark.django_db
def test_a_later_answer_that_is_sure_takes_the_need_away():
    someone, *_ = make.students(6)
    make.answered(make.survey("next_step", opens_on=make.date(2026, 1, 5)), someone, {"next_step": "1"})
    make.answered(make.survey("next_step"), someone, {"next_step": "4"})
    assert "said_unsure" not in needs_of(someone)


@pytest.mark.django_db
def test_an_anonymous_answer_raises_no_need_and_a_named_one_says_who_wrote_it_down():
    someone, *_ = make.students(6)
    make.answered(make.survey("next_step", is_named=False), someone, {"next_step": "1"})
    assert "said_unsure" not in needs_of(someone) and not SurveyResponse.objects.exists()
    make.answered(make.survey("next_step"), someone, {"next_step": "1"})
    assert Event.objects.filter(noun="survey response", student_id=someone.pk).count() == 1
